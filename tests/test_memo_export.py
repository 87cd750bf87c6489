"""A memo as files, the evidence in it, whosays report, the samples and the rubric."""

import csv
import io
import json
import re
import shutil
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from whosays import load_case
from whosays.base import paths
from whosays.base.problem import Problem
from whosays.cli import main
from whosays.learner import store
from whosays.memo import memo, rubric, sample
from whosays.memo.brief import MOST, Brief
from whosays.memo.evidence import ClaimEvidence, shipped
from whosays.memo.export import annotations, export, files
from whosays.memo.page import NAME, Memo, offered
from whosays.memo.render import to_markdown
from whosays.memo.samples import names
from whosays.view.show import text_of

DOC = paths.root() / "docs" / "memo-rubric.md"


@pytest.fixture(scope="module")
def case():
    return load_case("ferry")


@pytest.fixture(autouse=True)
def answers(tmp_path, monkeypatch):
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path / "answers"))
    return tmp_path / "answers"


@pytest.fixture
def written(case):
    return Memo(case, ["late-boat-19", "loss-310000"]).write(
        title="<b>Boats</b>",
        by="=cmd",
        loss_310000="=1+1 is <script>alert(1)</script>\n\n# no heading",
        limits="- no list",
    )


# -- the evidence -------------------------------------------------------------------------------------


def test_evidence_has_what_the_lessons_found(case):
    one = ClaimEvidence(case, "late-boat-19")
    assert (one.entry.n, len(one.entry.whole)) == (7, 3)
    assert len(one.pieces()) == len(one.assertions)
    echo = next(a for a in one.assertions if a.assertion_id == "echo-late-boat-19")
    assert "coast-press" in [other for other, _ in one.shared_with(echo)]
    assert {row["checked"] for row in one.corroboration().rows} == {"● read at its source"}
    assert "caption" in one.html() and case.claims["late-boat-19"].why in one.text()


def test_a_claim_without_pieces_findings_or_figures_has_evidence_all_the_same(case):
    for claim_id in case.claims.ids[::8]:
        assert (
            text_of(case.claims[claim_id].status).capitalize()
            in ClaimEvidence(case, claim_id).text()
        )


def test_what_is_offered_is_of_every_status(case):
    assert {case.claims[c].status for c in offered(case)} == {
        "settled", "open", "contested", "does_not_hold",
    }  # fmt: skip
    assert len(offered(case)) == len(set(offered(case))) == 12


def test_files_say_which_words_describe_cruelty():
    case = load_case("khojaly")
    mine = Memo(case, ["stabbed-with-knives", "toll-613"])
    found = files(mine)
    for name, table in (("claims", case.claims), ("findings", case.findings)):
        rows = list(csv.DictReader(io.StringIO(found[f"{name}.csv"].lstrip("\ufeff"))))
        assert {row["grave"] for row in rows} == {"", "true"}
        key = f"{name[:-1]}_id"
        assert all((row["grave"] == "true") == bool(table[row[key]].grave) for row in rows)
    for item in annotations(mine)["items"]:
        row = case.get(item["id"].split("/", 1)[1])
        assert item["body"].get("ws:grave", False) == bool(case.passages[row.passage_id].grave)


def test_no_more_is_quoted_than_the_pack_quotes():
    """A text that a teacher dropped in is at hand, and stays out of what a learner hands on."""
    quoted = SimpleNamespace(quoted=True, source_id="s", start=10, end=16, exact="quoted")
    case = SimpleNamespace(
        sources={"s": SimpleNamespace(text=None)},
        passages=[quoted],
        stretch=lambda *a: "dropped in",
    )
    assert shipped(case, "s", 12, 16) == "oted"
    assert shipped(case, "s", 9, 16) is None


# -- the files ------------------------------------------------------------------------------------------


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.loads = set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.loads += [
            value
            for name, value in attrs
            if name in {"src", "data", "srcset"} or (name == "href" and tag != "a")
        ]


def test_the_page_is_one_file_and_what_was_written_is_escaped(written):
    made = files(written)
    page = _Links()
    page.feed(made["memo.html"])
    assert page.loads == [] and not page.tags & {"script", "iframe", "link", "b"}
    assert "@media print" in made["memo.html"] and '<html lang="en">' in made["memo.html"]
    assert "<script" not in made["memo.md"].replace("\\<script", "")
    assert "\n\\# no heading" in made["memo.md"] and "\n\\- no list" in made["memo.md"]


def test_the_evidence_stands_in_brief_below_each_claim():
    one = sample("khojaly-3").memo
    page = files(one)["memo.html"]
    for claim_id in one.claims:
        brief = Brief(one.evidence(claim_id))
        assert brief.html() in page
        assert all(len(lines) <= MOST + 1 for _, lines in brief.facts)
        assert not re.search(r"\b(?:claims|findings|figures|sources|assertions)/", brief.text())
    # what does not fit is counted, not lost without a word
    said = dict(Brief(one.evidence("toll-613")).facts)["said in"]
    assert len(said) == MOST + 1 and re.fullmatch(r"and \d+ more", said[-1])


def test_the_tables_are_safe_in_a_spreadsheet(written):
    made = files(written)
    rows = list(csv.DictReader(io.StringIO(made["claims.csv"].lstrip("\ufeff"))))
    assert [row["claim_id"] for row in rows] == written.claims
    assert rows[1]["written"].startswith("'=1+1")
    assert [(row["pieces"], len(row["whole"].split("; "))) for row in rows] == [("7", 3), ("6", 1)]


@pytest.mark.slow
def test_the_tables_are_a_data_package(tmp_path):
    frictionless = pytest.importorskip("frictionless")
    for name in ("ferry-3", "khojaly-3"):
        export(sample(name).memo, tmp_path / name)
        report = frictionless.Package(tmp_path / name / "datapackage.json").validate()
        assert report.valid, report.to_summary()


def test_every_annotation_cuts_its_words_from_the_text(case, written):
    page = annotations(written)
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    for item in page["items"]:
        for target in item["target"]:
            position, quote = target["selector"]
            text = case.text(target["source"].rpartition("/")[2])
            assert text[position["start"] : position["end"]] == quote["exact"]
    assert len(page["items"]) == sum(len(case.assertions.where(claim_id=c)) for c in written.claims)


def test_a_passage_that_may_not_be_quoted_keeps_its_place_only():
    page = annotations(sample("khojaly-3").memo)
    lengths = {len(t["selector"]) for item in page["items"] for t in item["target"]}
    assert lengths == {1, 2}


def test_the_same_memo_makes_the_same_files(written):
    assert files(written, "2026-11-22") == files(written, "2026-11-22")


def test_what_stands_in_the_way_is_said_at_once(case, tmp_path):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(Problem) as told:
        export(Memo(case), tmp_path / "taken")
    assert "No claim is picked" in str(told.value) and "taken is a file" in str(told.value)
    with pytest.raises(Problem, match="cannot be made"):
        export(Memo(case, ["late-boat-19"]), tmp_path / "taken" / "below")


def test_in_a_cell_an_export_answers_in_words(case, answers):
    assert "pick at least one" in repr(Memo(case).report())
    told = Memo(case, ["late-boat-19"]).report()
    assert len(told) == len(list((answers / "memo-ferry").iterdir())) == 9


# -- keeping ---------------------------------------------------------------------------------------------


def test_a_memo_is_there_again(written):
    assert written.keep() == ""
    again = memo("ferry")
    assert (again.claims, again.texts, again.title, again.by) == (
        written.claims,
        written.texts,
        written.title,
        written.by,
    )


@pytest.mark.parametrize(
    "kept",
    [None, [], {"claims": "x", "texts": [], "title": 3}, {"claims": ["gone", 4, "late-boat-19"]}],
)
def test_what_was_kept_may_be_damaged(case, kept):
    store.save(NAME, {"ferry": kept})
    assert set(memo(case).claims) <= {"late-boat-19"}


def test_writing_into_a_part_that_is_none_names_the_parts(written):
    with pytest.raises(KeyError, match="its parts are summary"):
        written.write(toll_613="x")
    with pytest.raises(KeyError, match="Near it"):
        written.pick("late-boat-18")


# -- whosays report ----------------------------------------------------------------------------------------


def test_report_writes_the_saved_memo(written, tmp_path, capsys):
    written.keep()
    assert main(["report", "--to", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "9 files" in said and "not written yet" in said
    assert (tmp_path / "out" / "memo.html").is_file()
    assert main(["report", "ferry", "--check"]) == 0
    assert "only a reader can tell" in capsys.readouterr().out


def test_report_finds_a_case_that_lies_elsewhere_again(tmp_path, monkeypatch, capsys):
    folder = shutil.copytree(paths.data() / "ferry", tmp_path / "elsewhere" / "own-case")
    package = folder / "datapackage.json"
    package.write_text(package.read_text(encoding="utf-8").replace('"ferry"', '"own-case"', 1))
    Memo(load_case(folder), ["late-boat-19"]).keep()
    monkeypatch.chdir(tmp_path)
    for case in ([], ["own-case"], [str(folder)]):
        assert main(["report", *case, "--check"]) == 0, capsys.readouterr().err


@pytest.mark.parametrize(
    ("kept", "arguments", "told"),
    [
        ({}, [], ["No memo is saved"]),
        ({"ferry": {}, "khojaly": {}}, [], ["memos on ferry and khojaly"]),
        ({"ferry": {}}, ["nowhere"], ["nowhere"]),
        ({"own-case": {}}, ["ferry"], ["No memo on ferry", "there is one on own-case"]),
        ({"ferry": {"claims": ["gone"]}}, [], ["left out", "No claim is picked"]),
        ({}, ["--sample", "ferry-9"], ["no sample memo", "ferry-3"]),
    ],
)
def test_report_says_what_is_wrong(kept, arguments, told, capsys):
    store.save(NAME, kept)
    assert main(["report", *arguments]) == 1
    said = capsys.readouterr().err
    for words in told:
        assert words in said


@pytest.mark.parametrize("two", [["--to", "x", "--check"], ["ferry", "--sample", "ferry-3"]])
def test_report_is_asked_for_one_thing(two, capsys):
    with pytest.raises(SystemExit):
        main(["report", *two])
    assert "not allowed with" in capsys.readouterr().err


def test_report_on_a_sample_leaves_the_readers_own_log_out(tmp_path):
    store.save("leave_the_page", {"entries": [{"lesson": "01", "found": "my own visit"}]})
    assert main(["report", "--sample", "ferry-3", "--to", str(tmp_path / "out")]) == 0
    assert "my own visit" not in (tmp_path / "out" / "memo.html").read_text(encoding="utf-8")


# -- samples and rubric --------------------------------------------------------------------------------------


def test_there_is_a_sample_at_each_level_for_each_case():
    assert {(s.memo.case.name, s.level) for s in map(sample, names())} == {
        (c, n) for c in ("ferry", "khojaly") for n in (1, 2, 3)
    }


def test_the_rubric_page_has_the_rubric_and_every_sample():
    text = DOC.read_text(encoding="utf-8")
    begin, end = (f"<!-- made from data/memos/rubric.csv: {mark} -->" for mark in ("begin", "end"))
    assert f"{begin}\n\n{to_markdown([('table', rubric())])}\n{end}" in text
    rows = dict(re.findall(r"^\| \[([\w-]+)\]\([^)]*\) \| (\d \| [^|]*?) \|", text, re.MULTILINE))
    samples = map(sample, names())
    assert rows == {s.name: f"{s.level} | {'; '.join(s.fails) or 'none'}" for s in samples}
    assert len(rubric()) == 7


def test_every_citation_of_a_sample_is_a_row():
    for one in map(sample, names()):
        for group in re.findall(r"\[([a-z_]+/[^\]]+)\]", json.dumps(one.memo.texts)):
            for citation in group.split("; "):
                one.memo.case.get(citation)
