"""Broken packs: one thing broken at a time, and the exact problem that has to be reported.

Each case starts from the tiny valid pack of ``packs.py``, which has no problem at all.
"""

import json
import os

import packs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whosays.case import schema as case_schema
from whosays.case.case import CaseError, load_case
from whosays.case.check import check_case
from whosays.case.read import MAX_BYTES

PACKAGE, NEWS_PRINT, NOTE_PRINT = (
    "datapackage.json",
    "fingerprints/harbour-news-may.json",
    "fingerprints/tide-note-june.json",
)


# --- ways to break a pack --------------------------------------------------------------------------


def cell(table, row_id, **cells):
    return lambda folder: packs.change(folder, table, row_id, **cells)


def file(name, make):
    """Replace a file's bytes by what ``make`` gives for them."""

    def breaking(folder):
        path = folder / name
        path.write_bytes(make(path.read_bytes()))

    return breaking


def remove(name):
    return lambda folder: (folder / name).unlink()


def add_line(table, *cells):
    line = (",".join(cells) + "\n").encode()
    return file(f"{table}.csv", lambda data: data + line)


def swap(old, new):
    def make(data):
        assert data.count(old.encode()) >= 1, old
        return data.replace(old.encode(), new.encode(), 1)

    return make


def package(change):
    def make(data):
        values = json.loads(data)
        return json.dumps(change(values) or values).encode()

    return file(PACKAGE, make)


def fingerprint(change, name=NEWS_PRINT):
    def make(data):
        values = json.loads(data)
        return json.dumps(change(values) or values).encode()

    return file(name, make)


def resource(name, **properties):
    def change(values):
        next(r for r in values["resources"] if r["name"] == name).update(properties)

    return package(change)


def row_twice(table):
    return file(f"{table}.csv", lambda data: data + data.splitlines(keepends=True)[1])


def link_out(name):
    def breaking(folder):
        outside = folder.parent / "outside"
        outside.write_bytes((folder / name).read_bytes())
        (folder / name).unlink()
        try:
            (folder / name).symlink_to(outside)
        except OSError:
            pytest.skip("links need a right that this Windows account lacks")

    return breaking


def huge(name):
    def breaking(folder):
        with open(folder / name, "r+b") as out:
            out.truncate(4 * MAX_BYTES)  # a hole: 200 MB that take no room

    return breaking


def quote_all(folder):
    """Quote the third paragraph too, so that more than a third of the words stands in the pack."""
    start = packs.NEWS.index("Nothing else")
    end = packs.NEWS.index("Second piece") - 2
    words = packs.NEWS[start:end]
    cells = packs.row(
        "passages", passage_id="p-long", source_id="harbour-news-may", item_id="late", paragraph=5,
        start=start, end=end, sha256=packs.digest(words), quoted="true", exact=words, about="The rest.",
    )  # fmt: skip
    with open(folder / "passages.csv", "ab") as out:
        out.write(packs.csv_text("passages", [cells]).split("\n", 1)[1].encode("utf-8"))


def nested(depth):
    return lambda data: b'{"a":' * depth + b"1" + b"}" * depth


def zero_hash(values):
    values["grams"]["3"] = "AAAA" + values["grams"]["3"][4:]


LATE = packs.place(packs.NEWS, "The harbour office")[0]
LAST = len(packs.NEWS)
LONG = " ".join(["word"] * 26)

# name: (how to break it, (table, line, column, rule) that has to be reported)
BROKEN = {
    # files and tables
    "missing table": (remove("claims.csv"), ("claims", None, None, "missing-file")),
    "table is a folder": (
        lambda f: (remove("gaps.csv")(f), (f / "gaps.csv").mkdir()),
        ("gaps", None, None, "missing-file"),
    ),
    "empty file": (file("gaps.csv", lambda d: b""), ("gaps", 1, None, "header")),
    "extra table": (
        lambda f: packs.write(f / "victims.csv", "a\n"),
        ("victims.csv", None, None, "extra-table"),
    ),
    "200 MB file": (huge("gaps.csv"), ("gaps", None, None, "too-large")),
    "link to a file outside": (link_out("gaps.csv"), ("gaps", None, None, "path-outside")),
    "missing column": (
        file("gaps.csv", swap("where_to_look,", "")),
        ("gaps", 1, "where_to_look", "missing-column"),
    ),
    "wrong column": (
        file("gaps.csv", swap("where_to_look", "where")),
        ("gaps", 1, "where", "extra-column"),
    ),
    "column twice": (
        file("gaps.csv", swap("where_to_look", "what")),
        ("gaps", 1, "what", "duplicate-column"),
    ),
    "columns in another order": (
        file("gaps.csv", swap("gap_id,what", "what,gap_id")),
        ("gaps", 1, None, "column-order"),
    ),
    "row too short": (add_line("gaps", "g-two", "what"), ("gaps", 3, None, "ragged")),
    "row too long": (file("gaps.csv", swap("NF", "NF,more")), ("gaps", 2, None, "ragged")),
    "blank line": (file("gaps.csv", lambda d: d + b"\n"), ("gaps", 3, None, "blank-line")),
    "quotation mark left open": (add_line("gaps", 'g-two,"open'), ("gaps", 3, None, "csv")),
    "text after a closing quotation mark": (
        add_line("gaps", '"g"two', "a"),
        ("gaps", 3, None, "csv"),
    ),
    "byte order mark": (file("gaps.csv", lambda d: b"\xef\xbb\xbf" + d), ("gaps", 1, None, "bom")),
    "Latin-1": (
        file("gaps.csv", lambda d: d.replace(b"The log.", b"Le caf\xe9")),
        ("gaps", 2, None, "encoding"),
    ),
    "UTF-16": (
        file("gaps.csv", lambda d: d.decode("utf-8").encode("utf-16")),
        ("gaps", None, None, "encoding"),
    ),
    "NUL": (file("gaps.csv", lambda d: d.replace(b"log", b"l\x00g")), ("gaps", 2, None, "nul")),
    "Windows line ends": (
        file("gaps.csv", lambda d: d.replace(b"\n", b"\r\n")),
        ("gaps", 1, None, "line-ends"),
    ),
    # cells
    "duplicate id": (row_twice("gaps"), ("gaps", 3, "gap_id", "duplicate-id")),
    "unreadable id": (cell("gaps", "g-log", gap_id="G_Log"), ("gaps", 2, "gap_id", "id")),
    "id with an accent apart": (
        cell("gaps", "g-log", gap_id="cafe\u0301"),
        ("gaps", 2, "gap_id", "nfc"),
    ),
    "id left empty": (cell("gaps", "g-log", gap_id=""), ("gaps", 2, "gap_id", "required")),
    "required cell left empty": (
        cell("accounts", "riders", limits=""),
        ("accounts", 2, "limits", "required"),
    ),
    "alignment without evidence": (
        cell("sources", "tide-note-june", alignment_evidence=""),
        ("sources", 3, "alignment_evidence", "required"),
    ),
    "open claim without a reason": (
        cell("claims", "boats-late", why=""),
        ("claims", 2, "why", "required"),
    ),
    "value not in the list": (
        cell("claims", "boats-late", status="setled"),
        ("claims", 2, "status", "not-in-list"),
    ),
    "unknown label": (
        cell("findings", "riders-late", label="OK"),
        ("findings", 2, "label", "label"),
    ),
    "not found told as a fact": (
        cell("figures", "f-late", label="NF"),
        ("figures", 3, "label", "label"),
    ),
    "gap that is found": (cell("gaps", "g-log", label="VP"), ("gaps", 2, "label", "label")),
    "unknown mode among those accepted": (
        cell("assertions", "a-late", modes_accepted="hedged; sure"),
        ("assertions", 2, "modes_accepted", "not-in-list"),
    ),
    "NaN": (cell("figures", "f-late", value="NaN"), ("figures", 3, "value", "not-a-number")),
    "infinity": (cell("figures", "f-late", value="inf"), ("figures", 3, "value", "not-a-number")),
    "None for an empty cell": (
        cell("gaps", "g-log", where_to_look="None"),
        ("gaps", 2, "where_to_look", "stand-in"),
    ),
    "dash for an empty cell": (
        cell("gaps", "g-log", where_to_look="-"),
        ("gaps", 2, "where_to_look", "stand-in"),
    ),
    "number with a separator": (
        cell("figures", "f-late", value="1,275"),
        ("figures", 3, "value", "number"),
    ),
    "number in words": (
        cell("figures", "f-late", value="forty"),
        ("figures", 3, "value", "number"),
    ),
    "offset with a decimal": (cell("items", "note", start="0.0"), ("items", 4, "start", "number")),
    "offset below nought": (cell("items", "note", start="-1"), ("items", 4, "start", "minimum")),
    "order from nought": (cell("items", "note", order="0"), ("items", 4, "order", "minimum")),
    "boolean in capitals": (
        cell("assertions", "a-late", optional="TRUE"),
        ("assertions", 2, "optional", "boolean"),
    ),
    "date of another country": (
        cell("sources", "tide-note-june", published="26.02.1992"),
        ("sources", 3, "published", "date"),
    ),
    "day that does not exist": (
        cell("sources", "tide-note-june", published="2021-02-29"),
        ("sources", 3, "published", "date"),
    ),
    "hash cut short": (
        cell("passages", "p-late", sha256="abc123"),
        ("passages", 2, "sha256", "sha256-form"),
    ),
    "formula": (cell("gaps", "g-log", what="=HYPERLINK(1)"), ("gaps", 2, "what", "formula")),
    "formula with at": (cell("gaps", "g-log", what="@SUM(1)"), ("gaps", 2, "what", "formula")),
    "formula in exact text": (
        cell("findings", "riders-late", quote="=1+1"),
        ("findings", 2, "quote", "formula"),
    ),
    "control character": (
        cell("gaps", "g-log", what="The\x07 log"),
        ("gaps", 2, "what", "control-character"),
    ),
    "line end in a cell": (
        cell("gaps", "g-log", what="The\nlog"),
        ("gaps", 2, "what", "control-character"),
    ),
    "white space at the end": (
        cell("gaps", "g-log", what="The log "),
        ("gaps", 2, "what", "whitespace"),
    ),
    "no-break space at the start": (
        cell("gaps", "g-log", what="\u00a0The log"),
        ("gaps", 2, "what", "whitespace"),
    ),
    "accents apart": (cell("gaps", "g-log", what="Cafe\u0301"), ("gaps", 2, "what", "nfc")),
    "list with commas": (
        cell("figures", "f-late", relayed_by="owner, ada-quill"),
        ("figures", 3, "relayed_by", "id"),
    ),
    "list without a space": (
        cell("agents", "tide-note", aliases="Tide;Nota"),
        ("agents", 3, "aliases", "list"),
    ),
    "list entry twice": (
        cell("agents", "tide-note", aliases="A; A"),
        ("agents", 3, "aliases", "list-repeats"),
    ),
    "spans with a comma": (
        cell("assertions", "a-late", cue_spans="1-3,5-8"),
        ("assertions", 2, "cue_spans", "spans"),
    ),
    "span backwards": (
        cell("assertions", "a-late", content_spans="60-50"),
        ("assertions", 2, "content_spans", "span-reversed"),
    ),
    "pieces that overlap": (
        cell("assertions", "a-late", cue_spans="50-58;55-60"),
        ("assertions", 2, "cue_spans", "spans-overlap"),
    ),
    "chain with arrows": (
        cell("assertions", "a-note", chain="tide-note:masthead -> nobody-named:inferred"),
        ("assertions", 5, "chain", "chain-how"),
    ),
    "chain without how": (
        cell("assertions", "a-winter", chain="harbour-news"),
        ("assertions", 4, "chain", "chain"),
    ),
    "chain with an unknown how": (
        cell("assertions", "a-winter", chain="harbour-news:guessed"),
        ("assertions", 4, "chain", "chain-how"),
    ),
    # references
    "dangling reference": (
        cell("gaps", "g-log", claim_id="no-such-claim"),
        ("gaps", 2, "claim_id", "dangling-reference"),
    ),
    "dangling reference in a list": (
        cell("figures", "f-late", relayed_by="owner; nobody"),
        ("figures", 3, "relayed_by", "dangling-reference"),
    ),
    "unknown agent in a chain": (
        cell("assertions", "a-winter", chain="stranger:explicit > harbour-news:masthead"),
        ("assertions", 4, "chain", "dangling-reference"),
    ),
    "finding of an unknown account": (
        cell("findings", "riders-late", account_id="drivers"),
        ("findings", 2, "account_id", "dangling-reference"),
    ),
    "truth of an unknown claim": (
        cell("truth", "winter-stays", claim_id="summer-stays"),
        ("truth", 2, "claim_id", "dangling-reference"),
    ),
    "circle of parents": (
        cell("assertions", "a-late", parent="a-denied"),
        ("assertions", 2, "parent", "cycle"),
    ),
    "its own parent": (
        cell("assertions", "a-late", parent="a-late"),
        ("assertions", 2, "parent", "cycle"),
    ),
    "circle of figures": (
        cell("figures", "f-all", part_of="f-late"),
        ("figures", 2, "part_of", "cycle"),
    ),
    "circle of origins": (
        cell("origins", "log", derived_from="watch"),
        ("origins", 2, "derived_from", "cycle"),
    ),
    "parent in another document": (
        cell("assertions", "a-note", parent="a-late"),
        ("assertions", 5, "parent", "parent-elsewhere"),
    ),
    # documents and items
    "shipped text changed": (
        file("texts/tide-note-june.txt", lambda d: d.replace(b"stays", b"stops")),
        ("sources", 3, "sha256", "text-sha256"),
    ),
    "shipped text missing": (
        remove("texts/tide-note-june.txt"),
        ("texts/tide-note-june.txt", None, None, "missing-file"),
    ),
    "text outside the pack": (
        cell("sources", "tide-note-june", text="../note.txt"),
        ("sources", 3, "text", "path-outside"),
    ),
    "absolute path": (
        cell("sources", "tide-note-june", text="/etc/motd"),
        ("sources", 3, "text", "path-outside"),
    ),
    "path of Windows": (
        cell("sources", "tide-note-june", text="C:\\notes\\note.txt"),
        ("sources", 3, "text", "path-outside"),
    ),
    "wrong number of characters": (
        cell("sources", "tide-note-june", characters=len(packs.NOTE) + 1),
        ("sources", 3, "characters", "characters"),
    ),
    "wrong number of words": (
        cell("sources", "tide-note-june", words=10),
        ("sources", 3, "words", "words"),
    ),
    "document without an item": (
        file("items.csv", lambda d: b"".join(d.splitlines(keepends=True)[:3])),
        ("sources", 3, "source_id", "no-item"),
    ),
    "item past the end of its document": (
        cell("items", "note", end=999),
        ("items", 4, "end", "span-outside-document"),
    ),
    "item backwards": (cell("items", "winter", end=3), ("items", 3, "end", "span-reversed")),
    "items that overlap": (
        cell("items", "winter", start=9),
        ("items", 3, "start", "items-overlap"),
    ),
    "items numbered twice": (cell("items", "winter", order=1), ("items", 3, "order", "item-order")),
    "items numbered against the text": (
        lambda f: (cell("items", "winter", order=1)(f), cell("items", "late", order=2)(f)),
        ("items", 3, "order", "item-order"),
    ),
    "item with the wrong hash": (
        cell("items", "note", sha256="0" * 64),
        ("items", 4, "sha256", "sha256"),
    ),
    # passages
    "passage past the end": (
        cell("passages", "p-winter", end=LAST + 1),
        ("passages", 4, "end", "span-outside-document"),
    ),
    "passage outside its item": (
        cell("passages", "p-winter", item_id="late"),
        ("passages", 4, "start", "passage-outside-item"),
    ),
    "passage of an item elsewhere": (
        cell("passages", "p-winter", item_id="note"),
        ("passages", 4, "item_id", "disagrees"),
    ),
    "quotation that is not what its hash says": (
        cell("passages", "p-denied", exact="The owner denies it."),
        ("passages", 3, "sha256", "sha256"),
    ),
    "quotation longer than its span": (
        cell(
            "passages",
            "p-denied",
            exact="The owner denied.",
            sha256=packs.digest("The owner denied."),
        ),
        ("passages", 3, "exact", "span-mismatch"),
    ),
    "quotation that the shipped text does not have": (
        cell("passages", "p-note", start=10, end=44),
        ("passages", 5, "exact", "span-mismatch"),
    ),
    "quotation moved by one, found by the fingerprint": (
        cell("passages", "p-late", start=LATE + 1, end=LATE + 82, prefix="", suffix=""),
        ("passages", 2, "exact", "fingerprint-disagrees"),
    ),
    "neighbouring quotations that disagree": (
        cell("passages", "p-late", suffix="\n\nThe miller"),
        ("passages", 5, "exact", "span-mismatch"),
    ),
    "prefix that disagrees": (
        cell("passages", "p-note", prefix="Tied Note\n\n"),
        ("passages", 5, "prefix", "context-mismatch"),
    ),
    "prefix too long": (
        cell("passages", "p-note", prefix="x" * 33),
        ("passages", 5, "prefix", "context-too-long"),
    ),
    "quoted without its text": (
        cell("passages", "p-note", exact=""),
        ("passages", 5, "exact", "required"),
    ),
    "text without being quoted": (
        cell("passages", "p-winter", exact="The winter boat will stay"),
        ("passages", 4, "exact", "not-quoted"),
    ),
    "paragraphs out of order": (
        cell("passages", "p-denied", paragraph=2),
        ("passages", 3, "paragraph", "paragraph"),
    ),
    "paragraph miscounted": (
        cell("passages", "p-note", paragraph=7),
        ("passages", 5, "paragraph", "paragraph"),
    ),
    "too much quoted": (quote_all, ("sources", 2, "words", "quoted-share")),
    # assertions
    "assertion of another document than its passage": (
        cell("assertions", "a-winter", source_id="tide-note-june"),
        ("assertions", 4, "source_id", "disagrees"),
    ),
    "assertion of another item than its passage": (
        cell("assertions", "a-winter", item_id="late"),
        ("assertions", 4, "item_id", "disagrees"),
    ),
    "content hash, checked inside a quotation": (
        cell("assertions", "a-denied", content_sha256=packs.digest("denied")),
        ("assertions", 3, "content_sha256", "sha256"),
    ),
    "content outside its passage": (
        cell("assertions", "a-denied", content_spans="0-5", content_sha256=packs.digest("Ferry")),
        ("assertions", 3, "content_spans", "content-outside-passage"),
    ),
    "content past the end": (
        cell("assertions", "a-denied", content_spans=f"5-{LAST + 9}"),
        ("assertions", 3, "content_spans", "span-outside-document"),
    ),
    "source words that are not there": (
        cell("assertions", "a-late", source_text="The harbor office"),
        ("assertions", 2, "source_text", "text-mismatch"),
    ),
    "cue words that are not there": (
        cell("assertions", "a-late", cue_text="said, according to"),
        ("assertions", 2, "cue_text", "text-mismatch"),
    ),
    "cue words without a place": (
        cell("assertions", "a-late", cue_spans=""),
        ("assertions", 2, "cue_spans", "spans-text"),
    ),
    "source place without words": (
        cell("assertions", "a-late", source_text=""),
        ("assertions", 2, "source_text", "spans-text"),
    ),
    "agent that does not end the chain": (
        cell("assertions", "a-winter", agent="owner"),
        ("assertions", 4, "agent", "chain-agent"),
    ),
    "mode accepted twice": (
        cell("assertions", "a-late", modes_accepted="indirect"),
        ("assertions", 2, "modes_accepted", "modes"),
    ),
    "nobody's words with a source marked": (
        cell("assertions", "a-late", mode="unattributed"),
        ("assertions", 2, "mode", "mode-source"),
    ),
    "voice twice in a chain": (
        cell("assertions", "a-winter", chain="harbour-news:masthead > harbour-news:explicit"),
        ("assertions", 4, "chain", "chain-repeats"),
    ),
    "claim nobody makes": (
        add_line(
            "claims",
            "unsaid",
            "Nobody says it.",
            "event",
            "open",
            "Why ever not.",
            "",
            "event",
            "",
            "",
            "",
        ),
        ("claims", 4, "claim_id", "unused"),
    ),
    "agent nobody names": (
        add_line("agents", "stranger", "A stranger", "person", "", "", "", "", "", ""),
        ("agents", 8, "agent_id", "unused"),
    ),
    "passage nothing uses": (
        file(
            "assertions.csv",
            lambda d: b"".join(d.splitlines(keepends=True)[:3] + d.splitlines(keepends=True)[4:]),
        ),
        ("passages", 4, "passage_id", "unused"),
    ),
    # figures, accounts, findings
    "figure from nowhere": (
        cell("figures", "f-range", account_id=""),
        ("figures", 4, "source_id", "figure-origin"),
    ),
    "figure from two places": (
        cell("figures", "f-late", account_id="riders"),
        ("figures", 3, "account_id", "figure-origin"),
    ),
    "range backwards": (
        cell("figures", "f-range", value_max=20),
        ("figures", 4, "value_max", "range-reversed"),
    ),
    "range without an end": (
        cell("figures", "f-range", value_max=""),
        ("figures", 4, "value_max", "range"),
    ),
    "range that is said to be exact": (
        cell("figures", "f-range", qualifier="about"),
        ("figures", 4, "qualifier", "range"),
    ),
    "number not as printed": (
        cell("figures", "f-late", as_printed="41"),
        ("figures", 3, "as_printed", "text-mismatch"),
    ),
    "number printed nowhere": (
        cell("figures", "f-late", start=""),
        ("figures", 3, "start", "figure-place"),
    ),
    "number outside its passage": (
        cell("figures", "f-late", start=0, end=2),
        ("figures", 3, "start", "figure-outside-passage"),
    ),
    "number of another document than its passage": (
        cell("figures", "f-late", passage_id="p-note"),
        ("figures", 3, "source_id", "disagrees"),
    ),
    "part larger than the whole": (
        cell("figures", "f-late", value=400),
        ("figures", 3, "part_of", "part-larger-than-whole"),
    ),
    "count later than its publication": (
        cell("figures", "f-late", as_of=2022),
        ("figures", 3, "as_of", "as-of-later"),
    ),
    "quotation of 26 words": (
        cell("findings", "riders-late", quote=LONG),
        ("findings", 2, "quote", "quote-too-long"),
    ),
    # status, silence, who counted
    "settled by nobody independent": (
        cell("claims", "winter-stays", act_of=""),
        ("claims", 3, "status", "settled-alone"),
    ),
    "settled and contradicted": (
        cell("findings", "riders-late", claim_id="winter-stays", stance="contradicts"),
        ("claims", 3, "status", "settled-disputed"),
    ),
    "does not hold and supported": (
        lambda t: (
            cell("claims", "boats-late", status="does_not_hold")(t),
            cell("findings", "riders-late", stance="supports")(t),
        ),
        ("claims", 2, "status", "supported"),
    ),
    "a status without a reason": (
        cell("claims", "boats-late", why="Unclear."),
        ("claims", 2, "why", "status-reason"),
    ),
    "silence of one who speaks": (
        cell("findings", "riders-late", silence="whole"),
        ("findings", 2, "silence", "silence"),
    ),
    "silent, and what was read is not said": (
        cell("findings", "riders-late", stance="silent"),
        ("findings", 2, "silence", "silence"),
    ),
    "counted by somebody whom the note denies": (
        cell("figures", "f-late", note="Who counted is not said."),
        ("figures", 3, "counted_by", "counted-by"),
    ),
    # reuse
    "reused stretch outside its item": (
        cell("reuse_key", "r-winter", a_item="late"),
        ("reuse_key", 2, "a_start", "reuse-outside-item"),
    ),
    "reused stretch backwards": (
        cell("reuse_key", "r-winter", b_end=1),
        ("reuse_key", 2, "b_end", "span-reversed"),
    ),
    "reused stretch without an end": (
        cell("reuse_key", "r-winter", b_end=""),
        ("reuse_key", 2, "b_end", "required"),
    ),
    "stretch that reuses itself": (
        cell(
            "reuse_key",
            "r-winter",
            b_item="winter",
            b_start=LAST - 99,
            b_end=LAST - 20,
            a_start=LAST - 90,
            a_end=LAST - 30,
        ),
        ("reuse_key", 2, "b_start", "reuse-itself"),
    ),
    # the package
    "no package": (remove(PACKAGE), (PACKAGE, None, None, "missing-file")),
    "package that is not JSON": (file(PACKAGE, lambda d: d[:-1]), (PACKAGE, 1, None, "json")),
    "NaN in the package": (
        package(lambda p: p | {"version": float("nan")}),
        (PACKAGE, None, None, "json"),
    ),
    "package nested 5,000 levels deep": (
        file(PACKAGE, nested(5000)),
        (PACKAGE, None, None, "nesting"),
    ),
    "package that is a list": (package(lambda p: [p]), (PACKAGE, None, None, "package")),
    "package without a title": (
        package(lambda p: p | {"title": ""}),
        (PACKAGE, None, "title", "package"),
    ),
    "package without licences": (
        package(lambda p: p | {"licenses": []}),
        (PACKAGE, None, "licenses", "package"),
    ),
    "resources that are no list": (
        package(lambda p: p | {"resources": 1}),
        (PACKAGE, None, "resources", "package"),
    ),
    "table not listed": (
        package(lambda p: p | {"resources": p["resources"][1:]}),
        (PACKAGE, None, "resources/agents", "missing-resource"),
    ),
    "table listed twice": (
        package(lambda p: p | {"resources": [*p["resources"], p["resources"][0]]}),
        (PACKAGE, None, "resources/agents", "duplicate-resource"),
    ),
    "table of another name": (
        package(
            lambda p: (
                p | {"resources": [*p["resources"], {"name": "victims", "path": "victims.csv"}]}
            )
        ),
        (PACKAGE, None, "resources/victims", "extra-table"),
    ),
    "optional table listed and missing": (
        remove("truth.csv"),
        ("truth", None, None, "missing-file"),
    ),
    "table in another file": (
        resource("gaps", path="holes.csv"),
        (PACKAGE, None, "resources/gaps", "resource-path"),
    ),
    "table outside the pack": (
        resource("gaps", path="../gaps.csv"),
        (PACKAGE, None, "resources/gaps", "path-outside"),
    ),
    "table on the net": (
        resource("gaps", path="https://x.org/gaps.csv"),
        (PACKAGE, None, "resources/gaps", "path-outside"),
    ),
    "table in another encoding": (
        resource("gaps", encoding="cp1252"),
        (PACKAGE, None, "resources/gaps", "resource-encoding"),
    ),
    "schema of another kind": (
        resource("gaps", schema={"fields": []}),
        (PACKAGE, None, "resources/gaps", "resource-schema"),
    ),
    # fingerprints and names
    "no fingerprint": (remove(NEWS_PRINT), (NEWS_PRINT, None, None, "missing-file")),
    "fingerprint of no source": (
        lambda f: packs.write(f / "fingerprints/other.json", "{}"),
        ("fingerprints/other.json", None, None, "extra-fingerprint"),
    ),
    "fingerprint of another text": (
        fingerprint(lambda p: p | {"sha256": "0" * 64}),
        (NEWS_PRINT, None, "sha256", "fingerprint-disagrees"),
    ),
    "fingerprint of another length": (
        fingerprint(lambda p: p | {"characters": 4000}),
        (NEWS_PRINT, None, "characters", "fingerprint-disagrees"),
    ),
    "fingerprint with too few hashes": (
        fingerprint(lambda p: p["grams"].update({"5": "AAAAAA=="})),
        (NEWS_PRINT, None, None, "fingerprint-form"),
    ),
    "fingerprint with words out of order": (
        fingerprint(lambda p: p["words_offsets"].reverse()),
        (NEWS_PRINT, None, None, "fingerprint-form"),
    ),
    "fingerprint with a changed hash": (
        fingerprint(zero_hash, NOTE_PRINT),
        (NOTE_PRINT, None, "grams", "fingerprint-mismatch"),
    ),
    "fingerprint folded otherwise": (
        fingerprint(lambda p: p | {"fold": "00000000"}),
        (NEWS_PRINT, None, "fold", "fingerprint-fold"),
    ),
    "place name of another length": (
        cell("place_names", "quay-fr", spelling="Grand Quai"),
        ("place_names", 2, "spelling", "place-words"),
    ),
}

WARNINGS = {
    "formula in exact text",
    "paragraph miscounted",
    "nobody's words with a source marked",
    "voice twice in a chain",
    "claim nobody makes",
    "agent nobody names",
    "passage nothing uses",
    "part larger than the whole",
    "count later than its publication",
    "package without licences",
}


COLUMNS = {column for table in case_schema.tables().values() for column in table.columns}


def is_sentence(text):
    """A sentence begins with a capital (or the name of a column or file) and ends with a full stop."""
    first = text.split()[0]
    named = first in COLUMNS or first.rstrip(":").endswith((".csv", ".json", ".txt"))
    return len(text.split()) >= 2 and text.endswith(".") and (named or not first[0].islower())


def key(problem):
    return problem.table, problem.row, problem.column, problem.rule


@pytest.fixture
def pack(tmp_path, monkeypatch):
    monkeypatch.delenv("WHOSAYS_FULLTEXT", raising=False)
    return packs.build(tmp_path / "tiny")


def test_the_pack_that_is_broken_here_is_whole(pack):
    assert check_case(pack) == []


def test_there_are_at_least_sixty_kinds():
    assert len(BROKEN) >= 60


@pytest.mark.parametrize("name", BROKEN)
def test_broken(name, pack):
    breaking, wanted = BROKEN[name]
    breaking(pack)
    problems = check_case(pack)
    assert wanted in [key(p) for p in problems], "\n".join(map(str, problems))
    problem = next(p for p in problems if key(p) == wanted)
    assert is_sentence(problem.message) and is_sentence(problem.remedy)
    assert problem.severity == ("warning" if name in WARNINGS else "error")
    if problem.severity == "error":
        with pytest.raises(CaseError) as caught:
            load_case(pack)
        assert wanted in [key(p) for p in caught.value.problems]
    else:
        assert wanted in [key(p) for p in load_case(pack).warnings]


# What only the whole text can show; it is dropped in first.
WITH_TEXT = {
    "verbatim though the words differ": (
        cell("reuse_key", "r-winter", a_end=packs.place(packs.NEWS, "The winter boat will")[1]),
        ("reuse_key", 2, "kind", "not-verbatim"),
    ),
    "unquoted passage moved by one": (
        cell("passages", "p-winter", start=packs.place(packs.NEWS, "he winter boat will")[0]),
        ("passages", 4, "sha256", "sha256"),
    ),
    "content of an unquoted passage": (
        cell("assertions", "a-winter", content_sha256="0" * 64),
        ("assertions", 4, "content_sha256", "sha256"),
    ),
    "item shorter than its hash says": (
        cell("items", "winter", end=LAST - 1),
        ("items", 3, "sha256", "sha256"),
    ),
    "words of an item": (cell("items", "winter", words=1), ("items", 3, "words", "words")),
    "prefix beside text that is not quoted": (
        cell("passages", "p-denied", suffix=" “We were on"),
        ("passages", 3, "suffix", "context-mismatch"),
    ),
    "cue outside every quotation": (
        cell("assertions", "a-winter", cue_spans="0-5", cue_text="Fairy"),
        ("assertions", 4, "cue_text", "text-mismatch"),
    ),
    "fingerprint with a changed hash": (
        fingerprint(zero_hash),
        (NEWS_PRINT, None, "grams", "fingerprint-mismatch"),
    ),
}


@pytest.mark.parametrize("name", WITH_TEXT)
def test_broken_and_seen_with_the_whole_text(name, pack):
    breaking, wanted = WITH_TEXT[name]
    packs.write(pack / "fulltext/news.txt", packs.NEWS)
    assert check_case(pack) == []
    breaking(pack)
    assert wanted in [key(p) for p in check_case(pack)]


@pytest.mark.parametrize(
    "name", ["missing table", "UTF-16", "200 MB file", "unreadable id", "row too short"]
)
def test_a_broken_table_is_no_reason_to_complain_of_references_to_it(name, pack):
    BROKEN[name][0](pack)
    assert "dangling-reference" not in [p.rule for p in check_case(pack)]


def test_ten_breakages_are_ten_problems(pack):
    names = [
        "row too long",
        "not found told as a fact",
        "open claim without a reason",
        "chain without how",
        "circle of origins",
        "paragraphs out of order",
        "wrong number of words",
        "reused stretch backwards",
        "no fingerprint",
        "package without a title",
    ]
    for name in names:
        BROKEN[name][0](pack)
    found = [key(p) for p in check_case(pack)]
    assert [BROKEN[name][1] for name in names if BROKEN[name][1] not in found] == []
    with pytest.raises(CaseError) as caught:
        load_case(pack)
    assert {key(p) for p in caught.value.problems} >= {BROKEN[name][1] for name in names}


def test_a_file_of_200_mb_is_refused_without_reading_it(pack, monkeypatch):
    huge("gaps.csv")(pack)
    assert os.path.getsize(pack / "gaps.csv") == 200 * 1024 * 1024
    read = type(pack).read_bytes
    monkeypatch.setattr(
        type(pack),
        "read_bytes",
        lambda self: pytest.fail("read") if self.name == "gaps.csv" else read(self),
    )
    assert ("gaps", None, None, "too-large") in [key(p) for p in check_case(pack)]


def test_no_folder_is_one_problem(tmp_path):
    (problem,) = check_case(tmp_path / "nowhere")
    assert problem.rule == "missing-folder" and "nowhere" in problem.message


def test_an_empty_folder_lists_every_table_missing(tmp_path):
    missing = {p.table for p in check_case(tmp_path) if p.rule == "missing-file"}
    wanted = {name for name, t in case_schema.tables().items() if not t.optional}
    assert missing == {"datapackage.json"} | wanted


# --- any mutation at all ---------------------------------------------------------------------------

NASTY = st.one_of(
    st.sampled_from(
        [
            "",
            "NaN",
            "-",
            "=1",
            "0",
            "-1",
            "999999999999",
            "1e9",
            "true",
            "a:b > c",
            "0-1;0-1",
            "9-3",
            ";",
            "; ",
        ]
    ),
    st.sampled_from(
        [
            "p-late",
            "a-late",
            "log",
            "f-late",
            "harbour-news-may",
            "2021-13",
            "../x",
            "\x00",
            "\r",
            '"',
            "\u0301",
        ]
    ),
    st.text(max_size=12),
)


@st.composite
def mutations(draw):
    tables = packs.valid_tables()
    for _ in range(draw(st.integers(1, 4))):
        table = draw(st.sampled_from(sorted(tables)))
        line = draw(st.sampled_from(tables[table]))
        column = draw(st.sampled_from(sorted(line)))
        line[column] = draw(NASTY)
        if draw(st.integers(0, 5)) == 0:
            tables[table].append(dict(line))
    return tables


@pytest.mark.slow
@given(mutations())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_mutation_of_cells_makes_the_checks_raise(tmp_path_factory, tables):
    folder = tmp_path_factory.mktemp("mutated")
    for rows in tables.values():
        for line in rows:
            for column, text in line.items():
                line[column] = text.encode("utf-8", errors="replace").decode("utf-8")
    packs.build(folder, packs.valid_tables())
    for name, rows in tables.items():
        packs.write(folder / f"{name}.csv", packs.csv_text(name, rows))
    errors = [p for p in check_case(folder) if p.severity == "error"]
    if errors:
        with pytest.raises(CaseError):
            load_case(folder)
    else:
        assert load_case(folder).name == "tiny"


@pytest.mark.slow
@given(
    st.binary(max_size=200),
    st.sampled_from(["claims.csv", "datapackage.json", NEWS_PRINT, "texts/tide-note-june.txt"]),
)
@settings(max_examples=60, deadline=None)
def test_no_bytes_in_a_file_make_the_checks_raise(tmp_path_factory, data, name):
    folder = packs.build(tmp_path_factory.mktemp("bytes"))
    (folder / name).write_bytes(data)
    problems = check_case(folder)
    assert any(p.severity == "error" for p in problems)


WORDS = st.lists(
    st.text(alphabet="abcdé Ж𝄞", min_size=1, max_size=8).map(lambda w: w.replace(" ", "") or "w"),
    min_size=16,
    max_size=40,
)


@pytest.mark.slow
@given(WORDS, st.data())
@settings(max_examples=30, deadline=None)
def test_a_generated_pack_is_whole(tmp_path_factory, body, data):
    """Any text, any stretch of it quoted or not, any figure in it: a pack made from them has no problem."""
    text = " ".join(body) + "\n"
    first = data.draw(st.integers(0, len(body) - 4))
    last = data.draw(st.integers(first, first + 2))
    start = len(" ".join(body[:first])) + (1 if first else 0)
    end = len(" ".join(body[: last + 1]))
    quoted = data.draw(st.booleans())
    tables = packs.valid_tables()
    source = tables["sources"][0]
    source |= {"words": str(len(body)), "characters": str(len(text)), "sha256": packs.digest(text)}
    item = tables["items"][0] | {"start": "0", "end": str(len(text)), "sha256": packs.digest(text)}
    item["words"] = str(len(body))
    words = text[start:end]
    passage = packs.row(
        "passages", passage_id="p-late", source_id=source["source_id"], item_id="late", paragraph=1,
        start=start, end=end, sha256=packs.digest(words), quoted=str(quoted).lower(), about="Something.",
        exact=words if quoted else "",
    )  # fmt: skip
    assertion = tables["assertions"][0] | dict.fromkeys(
        ["source_spans", "source_text", "cue_spans", "cue_text"], ""
    )
    assertion |= {
        "content_spans": f"{start}-{end}",
        "content_sha256": packs.digest(text[start:end]),
    }
    figure = tables["figures"][0] | {
        "start": str(start),
        "end": str(end),
        "as_printed": text[start:end],
    }
    tables["items"] = [item, tables["items"][2]]
    tables["passages"] = [passage, tables["passages"][3]]
    tables["assertions"] = [assertion, tables["assertions"][3]]
    tables["figures"] = [figure, tables["figures"][2]]
    tables["reuse_key"] = []
    folder = packs.build(tmp_path_factory.mktemp("generated"), tables)
    packs.write_fingerprints(folder, {source["source_id"]: text, "tide-note-june": packs.NOTE})
    errors = [p for p in check_case(folder) if p.severity == "error"]
    assert errors == []
    assert load_case(folder).passages["p-late"].end == end
