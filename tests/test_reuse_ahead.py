"""Machine code kept: the same as Numba's, safe when a file is cut short, and Numba not imported for it."""

import subprocess
import sys

import numpy as np
import pytest

pytest.importorskip("numba")
from reuse_texts import newsroom

from whosays.reuse import ahead, compiled, find_reuse

pytestmark = pytest.mark.skipif(not ahead.keeps(), reason="here Numba keeps its own cache")


def counted(call):
    tok = np.arange(500, dtype=np.uint32) * np.uint32(2654435761) % np.uint32(97)
    sizes, nothing = np.zeros(16, np.int64), np.empty(0, np.uint64)
    call(tok, 0, len(tok), 5, 4, 0, 16, sizes, 24, nothing)
    return sizes.tolist()


def test_a_kernel_kept_counts_as_numba_does(tmp_path, monkeypatch):
    from whosays.reuse import kernels

    (tmp_path / "file").touch()  # a folder that cannot be made: the next is taken
    monkeypatch.setattr(ahead, "_folders", lambda: (tmp_path / "file" / "kernels", tmp_path))
    want = counted(kernels.scatter)
    assert sum(want) > 400 and counted(ahead.Kernel("scatter")) == want
    (file,) = tmp_path.glob("scatter-*.o")
    whole = file.read_bytes()
    assert counted(ahead.Kernel("scatter")) == want
    file.write_bytes(whole[: len(whole) // 2])
    assert counted(ahead.Kernel("scatter")) == want and file.read_bytes() == whole


def test_a_kernel_that_needs_numba_to_run_is_left_to_numba(tmp_path, monkeypatch):
    from numba import njit

    from whosays.reuse import kernels

    @njit
    def makes_an_array(n):
        return (np.arange(n).sum(),)

    monkeypatch.setattr(ahead, "_folders", lambda: (tmp_path,))
    monkeypatch.setattr(kernels, "makes_an_array", makes_an_array, raising=False)
    assert ahead.Kernel("makes_an_array")(5) == (10,) and not list(tmp_path.iterdir())


def test_an_array_with_gaps_is_refused():
    with pytest.raises(ValueError, match="contiguous"):
        ahead.Kernel("scatter")(np.zeros(9, np.uint32)[::2])


def test_a_later_run_does_not_import_numba():
    assert find_reuse(newsroom(stories=3)[0], engine="numba").passage_rows
    code = (
        "import sys; from whosays.reuse import find_reuse; t = 'one two three four five six seven eight nine ten'\n"
        "r = find_reuse({'a': t, 'b': t}, engine='numba', threshold=0)\n"
        "assert len(r.passage_rows) == 1 and 'numba' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.slow
def test_where_none_is_kept_numba_calls_the_kernels(monkeypatch):
    monkeypatch.setattr(ahead, "keeps", lambda: False)
    for kernel in vars(compiled).values():
        if isinstance(kernel, ahead.Kernel):
            monkeypatch.setattr(kernel, "_made", {})
    documents, _ = newsroom(stories=6)
    plain, numbas = (find_reuse(documents, engine=e) for e in ("numpy", "numba"))
    assert len(plain.found.rows) > 3 and np.array_equal(plain.found.rows, numbas.found.rows)
    assert plain.passage_rows == numbas.passage_rows
