"""A file that is written whole or not at all."""

import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def whole(path: Path, mode: str = "w", **how):
    """A file to write; it stands at its place once all is written, and else nothing is changed.

    The folder of ``path`` has to be there; ``mode`` and ``how`` are as for :func:`open`.
    """
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".part")
    try:
        with os.fdopen(handle, mode, **how) as file:
            yield file
        os.replace(part, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise


def write_whole(path: Path, text: str) -> None:
    """Write a text whole or not at all; what UTF-8 cannot hold becomes a question mark."""
    with whole(Path(path), encoding="utf-8", errors="replace", newline="") as file:
        file.write(text)
