"""The packs that are shipped: whole, neutral referee included, every offset where it says it is.

Where the whole texts are at hand (``fulltext/`` or ``WHOSAYS_FULLTEXT``) offsets are verified
against them; where they are not, by hash, by the quotations beside them and by the fingerprints.
"""

import csv
import json
from hashlib import sha256

import pytest

from whosays import load_case
from whosays.base import paths
from whosays.case import schema as case_schema
from whosays.case.check import check_case, render
from whosays.reuse.fingerprint import gram_hashes, make_fingerprint, read_fingerprints
from whosays.text.fold import place_names, words

PACKS = ["khojaly", "ferry"]


@pytest.fixture(scope="module", params=PACKS)
def case(request):
    return load_case(request.param)


def digest(text):
    return sha256(text.encode("utf-8")).hexdigest()


@pytest.mark.parametrize("name", PACKS)
def test_a_shipped_pack_has_no_error(name):
    problems = check_case(paths.data() / name)
    assert not [p for p in problems if p.severity == "error"], render(problems)


@pytest.mark.parametrize("name", PACKS)
def test_a_shipped_pack_is_whole_without_the_texts_dropped_in(name, monkeypatch):
    monkeypatch.setattr(paths, "full_texts", lambda folder: [])
    problems = check_case(paths.data() / name)
    assert not [p for p in problems if p.severity == "error"], render(problems)


@pytest.mark.parametrize("name", PACKS)
def test_the_package_is_the_canonical_one(name):
    written = json.loads((paths.data() / name / "datapackage.json").read_text(encoding="utf-8"))
    by_name = {r["name"]: r for r in written["resources"]}
    assert written["licenses"] and written["title"]
    for table, resource in by_name.items():
        assert resource == case_schema.resource(table)


@pytest.mark.slow
@pytest.mark.parametrize("name", PACKS)
def test_a_neutral_referee_finds_the_pack_valid(name):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.Package(str(paths.data() / name / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:10]
    assert report.stats["tasks"] >= 12


def test_quotations_are_what_their_offsets_and_hashes_say(case):
    quoted = [p for p in case.passages if p.quoted]
    assert quoted
    for p in quoted:
        assert len(p.exact) == p.end - p.start and digest(p.exact) == p.sha256, p.cite


def test_neighbouring_quotations_agree_with_each_other(case):
    """Each quotation is laid, with its context, at its offsets: no character may be two."""
    for source in case.sources:
        laid = {}
        for p in case.passages.where(source_id=source.id, quoted=True):
            before, after = p.prefix or "", p.suffix or ""
            for i, character in enumerate(before + p.exact + after, p.start - len(before)):
                assert laid.setdefault(i, character) == character, (p.cite, i)
        assert not laid or (min(laid) >= 0 and max(laid) < source.characters)


def test_quotations_stand_where_the_fingerprints_have_their_words(case):
    prints, places = read_fingerprints(case.folder), place_names(case.place_spellings)
    assert set(prints) == set(case.sources.ids)
    checked = 0
    for p in case.passages.where(quoted=True):
        fingerprint = prints[p.source_id]
        # Words at either edge may be cut by the quotation.
        inner = words(p.exact, places)[2:-2]
        at = {start: i for i, (start, _) in enumerate(fingerprint.offsets)}
        if len(inner) >= 3:
            first = at[p.start + inner[0].start]
            hashes = gram_hashes([w.text for w in inner], 3)
            assert fingerprint.grams[3][first : first + len(hashes)] == hashes, p.cite
            checked += 1
    assert checked


def test_every_offset_is_right_in_the_whole_texts(case):
    at_hand = [s for s in case.sources if case.has_text(s.id)]
    if not at_hand:
        pytest.skip(
            "no whole text is at hand: put lawful copies into fulltext/ or set WHOSAYS_FULLTEXT"
        )
    prints, places = read_fingerprints(case.folder), place_names(case.place_spellings)
    for source in at_hand:
        text = case.text(source.id)
        assert (digest(text), len(text), len(text.split())) == (
            source.sha256,
            source.characters,
            source.words,
        )
        made = make_fingerprint(source.id, text, places)
        assert made == prints[source.id] and made.grams == prints[source.id].grams
        for row in [
            *case.items.where(source_id=source.id),
            *case.passages.where(source_id=source.id),
        ]:
            assert digest(text[row.start : row.end]) == row.sha256, row.cite
        for a in case.assertions.where(source_id=source.id):
            pieces = {
                kind: " ".join(text[s:e] for s, e in a[f"{kind}_spans"] or ())
                for kind in ("source", "cue", "content")
            }
            assert digest(pieces["content"]) == a.content_sha256, a.cite
            assert (pieces["source"], pieces["cue"]) == (a.source_text or "", a.cue_text or ""), (
                a.cite
            )
        for f in case.figures.where(source_id=source.id):
            assert f.start is None or text[f.start : f.end] == f.as_printed, f.cite


def test_what_is_not_found_stands_among_the_gaps_only(case):
    for name, table in case.tables.items():
        labels = {row[c] for row in table for c in table.columns if c.endswith("label")}
        assert labels <= ({"NF"} if name == "gaps" else {"VP", "VR", "SO", None}), name


def test_files_are_plain(case):
    for path in [*case.folder.glob("*.csv"), *case.folder.glob("fingerprints/*.json")]:
        data = path.read_bytes()
        assert (
            data.endswith(b"\n") and b"\r" not in data and not data.startswith(b"\xef\xbb\xbf")
        ), path.name


def test_a_table_written_again_is_the_same_file(case):
    """No cell is changed by reading: what is typed can be written back."""
    for name, table in case.tables.items():
        path = case.folder / f"{name}.csv"
        if not path.exists():
            continue
        with open(path, encoding="utf-8", newline="") as file:
            raw = list(csv.DictReader(file))
        assert [r[table.schema.key] for r in raw] == table.ids
        for before, row in zip(raw, table, strict=True):
            for column in table.schema.fields:
                assert _written(row[column.name], column.kind) == before[column.name], (
                    row.cite,
                    column.name,
                )


def _written(value, kind):
    if value is None:
        return ""
    if kind == "boolean":
        return str(value).lower()
    if kind == "list":
        return "; ".join(value)
    if kind == "spans":
        return ";".join(f"{s}-{e}" for s, e in value)
    if kind == "chain":
        return " > ".join(map(str, value))
    return str(value)


def test_texts_that_may_not_be_shipped_are_not(case):
    for source in case.sources:
        if source.text is None:
            for path in case.folder.rglob("*"):
                if path.is_file() and "fulltext" not in path.parts:
                    assert sha256(path.read_bytes()).hexdigest() != source.sha256, path.name
