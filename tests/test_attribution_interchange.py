"""Written for other tools: JSON lines, CSV, W3C Web Annotation, brat."""

import csv
import json
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.attribution import interchange as io
from whosays.attribution import read
from whosays.attribution.model import Attribution, Stretch
from whosays.cli import main

TEXT = (
    "😀 According to the Echo, the director said that the boat was late.\n\n"
    "“It was cold,” said Rook. “Nobody\ncame.” The council condemned the plan. It is noted that a boat sank. "
    "The mayor denied that a boat sank. The union did not say that it sank.\n"
)


def spans(attribution, role):
    return [[s.start, s.end] for s in getattr(attribution, role)]


def placed(page):
    """What a Web Annotation page marks: role, position and words of every target."""
    return [
        (target["purpose"].removeprefix("ws:"), *target["selector"])
        for item in page["items"]
        for target in item["target"]
    ]


def marks(brat):
    """The marks of a brat file: label, pieces, words."""
    for line in brat.splitlines():
        if line.startswith("T"):
            _, places, words = line.split("\t", 2)
            label, _, pieces = places.partition(" ")
            yield label, [[*map(int, piece.split())] for piece in pieces.split(";")], words


@pytest.fixture
def readings():
    found = read(TEXT, "all")
    assert any(a.parent for a in found) and len(found) >= 5
    return found


def test_jsonl_has_every_field(readings):
    rows = [json.loads(line) for line in io.to_jsonl(readings, "echo").splitlines()]
    for row, a in zip(rows, readings, strict=True):
        assert row["doc"] == "echo" and row["id"] == a.id
        assert row["parent"] == (a.parent and a.parent.id)
        for name in ("mode", "kind", "confidence", "negated", "denied"):
            assert row[name] == getattr(a, name)
        for role in ("source", "cue", "content"):
            assert row[role] == spans(a, role)
            assert row[f"{role}_text"] == [TEXT[s:e] for s, e in row[role]]


def test_csv_says_the_same(readings):
    rows = list(csv.DictReader(StringIO(io.to_csv(readings, "echo"))))
    for row, a in zip(rows, readings, strict=True):
        assert (row["rel_id"], row["parent_id"]) == (a.id, a.parent.id if a.parent else "")
        assert (row["negated"] == "true") == a.negated and (row["denied"] == "true") == a.denied
        for role in ("source", "cue", "content"):
            pieces = [[*map(int, p.split("-"))] for p in row[f"{role}_spans"].split(";") if p]
            assert pieces == spans(a, role)


def test_webanno_places_and_quotes_every_piece(readings):
    page = json.loads(json.dumps(io.to_webanno(readings, TEXT, "urn:echo")))
    expected = [
        (role, start, end)
        for a in readings
        for role in ("source", "cue", "content")
        for start, end in spans(a, role)
    ]
    found = placed(page)
    assert [(role, p["start"], p["end"]) for role, p, _ in found] == expected
    assert all(TEXT[p["start"] : p["end"]] == quoted["exact"] for _, p, quoted in found)
    assert {p["type"] for _, p, _ in found} == {"TextPositionSelector"}
    parents = [item["body"].get("ws:parent") for item in page["items"]]
    assert parents == [a.parent and f"#{a.parent.id}" for a in readings]


def test_brat_has_a_mark_for_every_part(readings):
    brat = io.to_brat(readings, TEXT)
    expected = [
        (role.capitalize(), [TEXT[start:end].split() for start, end in spans(a, role)])
        for a in readings
        for role in ("source", "cue", "content")
        if getattr(a, role)
    ]
    found = list(marks(brat))
    assert [(label, words.split()) for label, _, words in found] == [
        (label, [word for piece in pieces for word in piece]) for label, pieces in expected
    ]
    assert brat.count("\tMode ") == len(readings)
    for _, places, words in found:
        assert all("\n" not in TEXT[start:end] for start, end in places)
        assert words == " ".join(TEXT[start:end] for start, end in places)
    assert any(len(places) > 1 for _, places, _ in found)
    assert brat.count("\tInside ") == sum(a.parent is not None for a in readings) > 0


def test_brat_is_written_with_relations_attributes_and_notes():
    text = "The owner said all was, yes, quiet"
    source, cue, *content = (
        Stretch(start, end, text[start:end])
        for start, end in ((0, 9), (10, 14), (15, 22), (29, 34))
    )
    said = Attribution((source,), (cue,), tuple(content), "indirect", kind="verb", id="a1")
    assert io.to_brat([said], text) == (
        "T1\tSource 0 9\tThe owner\n"
        "T2\tCue 10 14\tsaid\n"
        "T3\tContent 15 22;29 34\tall was quiet\n"
        "R1\tSourceOf Arg1:T2 Arg2:T1\n"
        "R2\tContentOf Arg1:T2 Arg2:T3\n"
        "A1\tMode T2 indirect\n"
        "A2\tConfidence T2 0.5\n"
        "#1\tAnnotatorNotes T2\ta1 verb\n"
    )


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Finch said “a ",
                "b” c. ",
                "\n",
                "The film says that ",
                "😀",
                "It is late. ",
                "according to Rook. ",
            ]
        ),
        max_size=14,
    )
)
def test_any_reading_can_be_written(pieces):
    text = "".join(pieces)
    found = read(text, "all")
    assert len(list(marks(io.to_brat(found, text)))) >= len(found)
    assert len(io.to_jsonl(found).splitlines()) == len(found)
    for _, position, quoted in placed(io.to_webanno(found, text)):
        assert text[position["start"] : position["end"]] == quoted["exact"]


# --- the command ---------------------------------------------------------------------------------


def test_command_writes_every_format(tmp_path, capfdbinary):
    file = tmp_path / "piece.txt"
    file.write_bytes(TEXT.encode("utf-8"))
    readings = read(TEXT, "all")
    for form, written in {
        "brat": io.to_brat(readings, TEXT),
        "jsonl": io.to_jsonl(readings, "piece.txt"),
        "csv": io.to_csv(readings, "piece.txt"),
        "webanno": json.dumps(io.to_webanno(readings, TEXT, "piece.txt")),
    }.items():
        assert main(["attribute", str(file), "--setting", "all", "--format", form]) == 0
        said = capfdbinary.readouterr().out.decode("utf-8")
        if form == "webanno":
            assert placed(json.loads(said)) == placed(json.loads(written))
        elif form == "brat":
            assert list(marks(said)) == list(marks(written))
        else:
            assert said.count("\n") == written.count("\n") > 1


def test_command_writes_files(tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_bytes(TEXT.encode("utf-8"))
    out = tmp_path / "out"
    assert (
        main(
            [
                "attribute",
                str(tmp_path / "one.txt"),
                str(tmp_path / "two.txt"),
                "--format",
                "brat",
                "--out",
                str(out),
            ]
        )
        == 0
    )
    assert sorted(p.name for p in out.iterdir()) == ["one.ann", "two.ann"]


def test_command_names_every_bad_file_at_once(tmp_path, capsys):
    bad = tmp_path / "latin.txt"
    bad.write_bytes("Été".encode("latin-1"))
    assert main(["attribute", str(bad), str(tmp_path / "missing.txt")]) == 2
    message = capsys.readouterr().err
    assert "latin.txt: byte 0 is not UTF-8" in message and "missing.txt: cannot be read" in message
