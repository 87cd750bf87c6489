"""A learner's work is kept whole or not at all, and nothing is ever lost silently."""

import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.learner import store


@pytest.fixture(autouse=True)
def answers(tmp_path, monkeypatch):
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path / "answers"))
    return tmp_path / "answers"


def test_nothing_kept_is_empty():
    assert store.load("one") == {}


def test_kept_and_read_back(answers):
    assert store.save("one", {"a": "Xocalı, Ходжалы", "b": [1, None]}) == ""
    assert store.load("one") == {"a": "Xocalı, Ходжалы", "b": [1, None]}
    assert os.listdir(answers) == ["one.json"]  # no half-written file is left


@pytest.mark.parametrize("damage", [b"{", b"\xff\xfe\x00", b"[1, 2]", b"[" * 100_000, b""])
def test_a_damaged_file_is_moved_aside_not_lost(answers, damage):
    answers.mkdir()
    (answers / "one.json").write_bytes(damage)
    assert store.load("one") == {}
    assert (answers / "one.damaged.json").read_bytes() == damage
    store.save("one", {"new": 1})
    (answers / "one.json").write_bytes(damage + b"{")
    assert store.load("one") == {}
    assert (answers / "one.damaged.json").read_bytes() == damage
    assert (answers / "one.damaged-2.json").read_bytes() == damage + b"{"


def test_a_failed_write_leaves_the_old_work(answers):
    store.save("one", {"old": 1})
    with pytest.raises(TypeError):
        store.save("one", {"not plain": object()})
    assert store.load("one") == {"old": 1}
    assert os.listdir(answers) == ["one.json"]


def test_a_folder_that_cannot_be_made_is_one_sentence(answers):
    answers.write_text("a file where the folder should be", encoding="utf-8")
    assert store.save("one", {"a": 1}).startswith("Not saved")
    assert store.load("one") == {}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.text(), json_values))
def test_any_plain_values_come_back(kept):
    whole = json.dumps(kept, ensure_ascii=False).encode(
        "utf-8", "replace"
    )  # half a character becomes a question mark
    assert store.save("any", kept) == ""
    assert store.load("any") == json.loads(whole)
