"""The detector's words are `whosays.text.fold`'s words, in NumPy and compiled."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

pytest.importorskip("numpy")

from whosays.reuse import folding, plain, texts
from whosays.text import fold

TEXT = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="ab \u0301½ﬁﾞİıßд𝔘\u200bعº_'-\n\x00XocalıХоджалы", max_size=60),
    st.lists(
        st.sampled_from(["Dağlıq", "Qarabağ", "Nagorny", "Karabakh", "Khojali", "-", "x"]),
        max_size=9,
    ).map(" ".join),
)


def agrees(documents, chunk_words):
    words = texts.tokenise(texts.store(documents), chunk_words)
    for d, text in enumerate(documents):
        want = fold.words(text)
        lo, hi = words.first[d], words.first[d + 1] - 1
        assert words.tok[lo:hi].tolist() == [folding.word_hash(w.text) for w in want]
        assert words.at[lo:hi].tolist() == [
            len(text[: w.start].encode("utf-8", "surrogatepass")) for w in want
        ]
        assert words.tok[lo - 1] == words.tok[hi] == 0
        assert words.text(d) == text


@given(st.lists(TEXT, max_size=5))
@example(["ﾞ", "ﾞ"])
@example(["ab", "cd", "", "\u0301ab", "ﾞ aﾞ", "\ud800x"])
@example(["Dağlıq Qarabağ", "Dağlıq", "Qarabağ"])
@settings(max_examples=150, deadline=None)
def test_words_are_those_of_fold_numpy(documents):
    agrees(documents, plain.words)


@pytest.mark.slow  # Numba compiles for seconds
@given(st.lists(TEXT, max_size=5))
@example(["ﾞ", "ﾞ"])
@example(["ab", "cd", "", "\u0301ab", "ﾞ aﾞ", "\ud800x"])
@example(["Dağlıq Qarabağ", "Dağlıq", "Qarabağ"])
@settings(max_examples=150, deadline=None)
def test_words_are_those_of_fold_compiled(documents):
    pytest.importorskip("numba")
    from whosays.reuse import compiled

    agrees(documents, compiled.words)


def test_a_chunk_ends_where_a_document_does(monkeypatch):
    monkeypatch.setattr(texts, "CHUNK", 10)
    agrees(["one two three four five", "six", "", "seven eight"] * 3, plain.words)


def test_place_names_fold_across_scripts():
    words = texts.tokenise(
        texts.store(["Khojaly", "Xocalı", "Ходжалы", "Khojali", "Kolkhoz"]), plain.words
    )
    hashes = [int(words.tok[f]) for f in words.first[:-1]]
    assert len(set(hashes[:4])) == 1 and hashes[4] != hashes[0]
