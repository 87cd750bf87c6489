"""In and out: JSON lines, CSV, W3C Web Annotation, brat, PROV-O, schema.org."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.attribution import interchange as io
from whosays.attribution import read, relay_chain
from whosays.cli import main
from whosays.text.spans import read_brat

TEXT = (
    "😀 According to the Echo, the director said that the boat was late.\n\n"
    "“It was cold,” said Rook. “Nobody\ncame.” The council condemned the plan. It is noted that a boat sank. "
    "The mayor denied that a boat sank. The union did not say that it sank.\n"
)


def plain(readings):
    return [
        (a.id, a.parent and a.parent.id, a.mode, a.kind, a.confidence, a.negated, a.denied, *(tuple((s.start, s.end) for s in getattr(a, r)) for r in ("source", "cue", "content")))
        for a in readings
    ]  # fmt: skip


@pytest.fixture
def readings():
    found = read(TEXT, "all")
    assert any(a.parent for a in found) and len(found) >= 5
    return found


def test_jsonl_round_trip(readings):
    assert plain(io.from_jsonl(io.to_jsonl(readings, "echo"), TEXT)) == plain(readings)


def test_csv_round_trip(readings):
    assert plain(io.from_csv(io.to_csv(readings, "echo"), TEXT)) == plain(readings)


@pytest.mark.parametrize("units", ["code-points", "utf-16"])
def test_webanno_round_trip(readings, units):
    page = json.loads(json.dumps(io.to_webanno(readings, TEXT, "urn:echo", units)))
    assert plain(io.from_webanno(page, TEXT)) == plain(readings)
    for item in page["items"]:
        for target in item["target"]:
            assert [s["type"] for s in target["selector"]] == [
                "TextPositionSelector",
                "TextQuoteSelector",
            ]


def test_utf16_positions_are_what_javascript_counts(readings):
    page = io.to_webanno(readings, TEXT, units="utf-16")
    position, quoted = page["items"][0]["target"][0]["selector"]
    utf16 = TEXT.encode("utf-16-le")[2 * position["start"] : 2 * position["end"]].decode(
        "utf-16-le"
    )
    assert utf16 == quoted["exact"]


@pytest.mark.parametrize("units", ["code-points", "utf-16"])
def test_anchors_survive_edits_around_them(readings, units):
    page = io.to_webanno(readings, TEXT, units=units)
    edited = "A new first line, 🙂.\n" + TEXT + "And a last one."
    moved = io.from_webanno(page, edited)
    assert [[s.text for s in a.content] for a in moved] == [
        [s.text for s in a.content] for a in readings
    ]
    assert moved[0].content[0].start == readings[0].content[0].start + edited.index(TEXT)


def test_brat_has_a_mark_for_every_part(readings):
    standoff = read_brat(io.to_brat(readings, TEXT), TEXT)
    expected = [
        (role.capitalize(), tuple((s.start, s.end) for s in getattr(a, role)))
        for a in readings
        for role in ("source", "cue", "content")
        if getattr(a, role)
    ]
    assert [(mark.label, mark.spans) for mark in standoff.marks] == expected
    modes = [x.value for x in standoff.attributes if x.label == "Mode"]
    assert modes == [a.mode for a in readings]
    inside = [r for r in standoff.relations if r.label == "Inside"]
    assert len(inside) == sum(a.parent is not None for a in readings) > 0


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
def test_round_trips_of_any_reading(pieces):
    text = "".join(pieces)
    found = read(text, "all")
    assert len(read_brat(io.to_brat(found, text), text).marks) >= len(found)
    assert plain(io.from_webanno(io.to_webanno(found, text), text)) == plain(found)
    assert plain(io.from_jsonl(io.to_jsonl(found), text)) == plain(found)


def test_prov_holds_the_chain(readings):
    chain = relay_chain(readings[1], TEXT)
    graph = json.loads(json.dumps(io.to_prov(readings[1], chain, "urn:echo")))
    agents = [node["rdfs:label"] for node in graph["@graph"] if node["@type"] == "prov:Agent"]
    known = [node["ws:knownBy"] for node in graph["@graph"] if node["@type"] == "prov:Entity"]
    assert list(zip(agents, known, strict=True)) == [tuple(step) for step in chain]
    tellings = [node for node in graph["@graph"] if node["@type"] == "prov:Entity"]
    assert tellings[0]["prov:wasQuotedFrom"]["@id"] == tellings[1]["@id"]
    assert len(chain) == 2 and graph["@graph"][-1]["prov:value"] == readings[1].text("content")


def test_claim_has_an_author_and_no_rating(readings):
    claim = io.to_claim(readings[0], relay_chain(readings[0], TEXT), ["urn:first", "urn:second"])
    assert claim["@type"] == "Claim" and claim["author"]["name"] == "the Echo"
    assert claim["firstAppearance"]["url"] == "urn:first" and len(claim["appearance"]) == 2
    assert "reviewRating" not in claim


@pytest.mark.parametrize(
    "lines, message",
    [
        ("{", "line 1 is no JSON"),
        ('{"content": [[0, 9999]]}', "line 1, content: 0-9999"),
        ('{"content": [["a", 2]]}', "line 1, content"),
        ('{"content": [[2, 8]], "content_text": ["other"]}', "another version"),
        ('{"content": []}', "needs a content"),
        ('{"content": [[2, 8]], "mode": "shouted"}', "no mode 'shouted'"),
        ('{"content": [[2, 8]], "parent": "zz"}', "parent 'zz'"),
        ('{"id": "a", "content": [[2, 8]]}\n{"id": "a", "content": [[2, 8]]}', "used twice"),
        ('{"id": "a", "parent": "a", "content": [[2, 8]]}', "circle"),
    ],
)
def test_bad_lines_are_named(lines, message):
    with pytest.raises(io.InterchangeError, match=message):
        io.from_jsonl(lines, TEXT)


def test_bad_csv_is_named():
    with pytest.raises(io.InterchangeError, match="row 2, column content_spans"):
        io.from_csv("rel_id,content_spans\na1,2 to 8\n", TEXT)


# --- the command ---------------------------------------------------------------------------------


def test_command_writes_every_format(tmp_path, capfdbinary):
    file = tmp_path / "piece.txt"
    file.write_bytes(TEXT.encode("utf-8"))
    readings = plain(read(TEXT, "all"))
    back = {
        "jsonl": io.from_jsonl,
        "csv": io.from_csv,
        "webanno": lambda out, text: io.from_webanno(json.loads(out), text),
    }
    assert main(["attribute", str(file), "--setting", "all", "--format", "brat"]) == 0
    assert read_brat(capfdbinary.readouterr().out.decode("utf-8"), TEXT).marks
    for form, reader in back.items():
        assert main(["attribute", str(file), "--setting", "all", "--format", form]) == 0
        assert plain(reader(capfdbinary.readouterr().out.decode("utf-8"), TEXT)) == readings


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
