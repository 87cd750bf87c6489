"""Out to passim's input format and back from its output."""

import json

import pytest

from whosays.reuse import from_passim, to_passim

pytest.importorskip("pandas")


def test_the_way_out_is_padded_and_whole(tmp_path):
    path = tmp_path / "in.jsonl"
    documents = {"a": "Xocalı\n𝔘", "b": "\ud800 half"}
    assert to_passim(documents, path, dates={"a": "1992-02-26"}, series={"a": "press"}) == 2
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert rows[0] == {
        "id": "a",
        "series": "press",
        "text": " " * 40 + "Xocalı\n𝔘",
        "date": "1992-02-26",
    }
    assert len(rows[1]["text"]) == 40 + len(documents["b"]) and rows[1]["series"] == "b"


def test_the_way_back_takes_the_padding_off(tmp_path):
    alignment = {
        "id": "b",
        "id2": "a",
        "begin": 50,
        "end": 70,
        "begin2": 40,
        "end2": 60,
        "matches": 20,
        "s1": "",
        "s2": "",
    }
    folder = tmp_path / "align.json"
    folder.mkdir()
    (folder / "part-0.json").write_text(json.dumps(alignment) + "\n", encoding="utf-8")
    held = [
        {"cluster": 7, "id": "a", "begin": 40, "end": 60},
        {"cluster": 7, "id": "b", "begin": 50, "end": 70},
    ]
    (tmp_path / "out.json").write_text("\n".join(map(json.dumps, held)), encoding="utf-8")
    tables = from_passim(tmp_path)
    assert tables["passages"].values.tolist() == [["a", 0, 20, "b", 10, 30, "verbatim", 20.0]]
    assert tables["clusters"].values.tolist() == [[7, "a", 0, 20], [7, "b", 10, 30]]


def test_what_is_not_passims_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"neither align.json nor out.json"):
        from_passim(tmp_path)
    (tmp_path / "out.json").write_text('{"cluster": 1}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 1: no 'id'"):
        from_passim(tmp_path)
