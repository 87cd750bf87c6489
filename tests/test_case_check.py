"""whosays check-case: what it prints, its exit code, and that schema and format page agree."""

import itertools
import json
import re
import tomllib
from pathlib import Path

import packs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosays.base.paths import PACKAGE
from whosays.case import schema as case_schema
from whosays.case.check import check_case, main, render
from whosays.case.problem import PackProblem
from whosays.case.schema import CellError, Field, parse_cell, parse_date, parse_spans
from whosays.case.texts import KnownText
from whosays.cli import main as whosays

PAGE = Path(__file__).parent.parent / "docs/case-format.md"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("WHOSAYS_FULLTEXT", raising=False)
    return packs.build(tmp_path / "tiny")


def test_a_whole_pack_is_0_and_a_broken_one_is_1(folder, capsys):
    assert whosays(["check-case", str(folder)]) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings\n"
    packs.change(folder, "claims", "boats-late", status="setled")
    assert main([str(folder)]) == 1
    printed = capsys.readouterr().out
    assert "error: claims.csv, line 2 (boats-late), column status [not-in-list]" in printed
    assert "'setled' is not one of the values of status." in printed
    assert (
        "Use one of: settled, open, contested, does_not_hold." in printed
        and "1 error, 0 warnings" in printed
    )


def test_warnings_alone_are_0(folder, capsys):
    packs.change(folder, "figures", "f-late", value=400)
    assert main([str(folder)]) == 0
    assert "0 errors, 1 warning\n" in capsys.readouterr().out


def test_a_problem_holds_every_part(folder):
    packs.change(folder, "figures", "f-late", label="NF")
    (problem,) = check_case(folder)
    assert problem.remedy == "Use one of: VP, VR, SO." and problem.message.startswith("'NF'")
    assert problem == PackProblem(
        "figures", 3, "label", "NF", "label", problem.message, problem.remedy, "error", "f-late"
    )


def test_a_name_in_data_will_do(folder, monkeypatch, capsys):
    monkeypatch.setenv("WHOSAYS_DATA", str(folder.parent))
    assert main(["tiny"]) == 0


def test_the_package_is_written_anew_and_the_rest_of_it_kept(folder, capsys):
    path = folder / "datapackage.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    values["contributors"] = [{"title": "Ada"}]
    values["resources"] = values["resources"][:2]
    path.write_text(json.dumps(values), encoding="utf-8")
    assert main([str(folder)]) == 1
    assert main([str(folder), "--write-datapackage"]) == 0
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written["title"] == "A tiny case" and written["contributors"] == [{"title": "Ada"}]
    assert {r["name"] for r in written["resources"]} == set(packs.valid_tables())
    path.unlink()
    main([str(folder), "--write-datapackage", "--title", "Anew"])
    assert json.loads(path.read_text(encoding="utf-8"))["title"] == "Anew"


def test_a_package_that_cannot_be_read_is_not_written_over(folder, capsys):
    (folder / "datapackage.json").write_text('{"title": "mine"', encoding="utf-8")
    assert main([str(folder), "--write-datapackage"]) == 1
    assert "not a JSON object: correct it, or delete it" in capsys.readouterr().err
    assert (folder / "datapackage.json").read_text(encoding="utf-8") == '{"title": "mine"'


def test_errors_come_before_warnings_and_in_the_order_of_the_tables(folder):
    packs.change(folder, "figures", "f-late", value=400)
    packs.change(folder, "truth", "winter-stays", verdict="maybe")
    packs.change(folder, "agents", "owner", kind="boss")
    found = [(p.severity, p.table) for p in check_case(folder)]
    assert found == [("error", "agents"), ("error", "truth"), ("warning", "figures")]


def test_the_same_pack_gives_the_same_problems(folder):
    packs.change(folder, "assertions", "a-late", parent="a-denied", chain="x:y")
    assert render(check_case(folder)) == render(check_case(folder))


def test_the_format_page_and_the_schema_name_the_same_tables_columns_and_values():
    page = PAGE.read_text(encoding="utf-8")
    described = dict(re.findall(r"^\*\*(\w+)\*\* \([^\n]*?\): (`.*)$", page, re.MULTILINE))
    assert set(described) == set(case_schema.tables())
    for name, table in case_schema.tables().items():
        # A column is a code word that is not inside a parenthesis (those name examples).
        line = described[name]
        while re.search(r"\([^()]*\)", line):
            line = re.sub(r"\([^()]*\)", "", line)
        line = line.split(". ")[0]
        columns, rest = [], line
        for part in re.split(r",\s+(?=`)", re.sub(r"\[[^\]]*\]", "", rest)):
            columns += re.findall(r"`(\w+)`", part)
        assert columns == table.columns, name
        for field in table.fields:
            if field.kind == "enum" and field.name not in {"label", "alignment_label"}:
                listed = re.search(rf"`{field.name}`(?: R)? \[([^\]]*)\]", described[name])
                if listed:
                    assert re.split(r",\s*", listed[1]) == list(field.among), (name, field.name)


def test_every_column_says_what_it_is():
    for table in case_schema.tables().values():
        for field in table.fields:
            assert field.description.endswith("."), (table.name, field.name)
            assert field.to is None or field.to in case_schema.tables()


def test_dates_as_exact_as_known():
    for good in ("1992", "1992-02", "1992-02-29", "2000-02-29"):
        assert parse_date(good) == good
    for bad in (
        "1900-02-29",
        "1992-13",
        "1992-00",
        "1992-2-26",
        "92",
        "1992-02-30",
        "1992-04-31",
        "١٩٩٢",
    ):
        with pytest.raises(CellError):
            parse_date(bad)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), min_size=1, max_size=5))
def test_spans_read_back_what_was_written(gaps):
    spans, at = [], 0
    for gap, length in gaps:
        spans.append((at + gap, at + gap + length))
        at = spans[-1][1]
    assert list(parse_spans(";".join(f"{a}-{b}" for a, b in spans))) == spans


@pytest.mark.parametrize("text", ["1e5", "+5", "007", "5.", ".5", " 5", "1_000", "٥", "9" * 5000])
def test_numbers_are_written_plainly(text):
    with pytest.raises(CellError):
        parse_cell(Field("value", "number"), text)


def test_numbers_keep_their_kind():
    assert parse_cell(Field("value", "number"), "613") == 613
    assert parse_cell(Field("value", "number"), "4.25") == 4.25
    assert parse_cell(Field("value", "number"), "-3") == -3


ALPHABET = "ab 𝄞"


@given(st.text(ALPHABET, min_size=1, max_size=30), st.data())
def test_what_is_known_of_a_text_is_what_was_quoted_from_it(text, data):
    known, learnt = KnownText(len(text)), [False] * len(text)
    for _ in range(data.draw(st.integers(0, 6))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start, len(text)))
        assert known.add(start, text[start:end])
        learnt[start:end] = [True] * (end - start)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert known.slice(start, end) == (text[start:end] if all(learnt[start:end]) else None)
    assert all(text[s : s + len(t)] == t for s, t in known.stretches())
    assert sum(len(t) for _, t in known.stretches()) == sum(learnt)
    starts = [(s, s + len(t)) for s, t in known.stretches()]
    assert all(a[1] < b[0] for a, b in itertools.pairwise(starts))


def test_what_disagrees_is_not_learnt():
    known = KnownText(10)
    assert known.add(2, "ferry") and not known.add(4, "xx") and not known.add(8, "late")
    assert known.slice(2, 7) == "ferry" and known.slice(4, 8) is None and known.words() == 1
    assert KnownText(5, "ferry").add(1, "err") and not KnownText(5, "ferry").add(1, "arr")


def test_a_wording_is_no_better_verified_than_its_finding(tmp_path, monkeypatch):
    import shutil

    from whosays.base import paths

    pack = shutil.copytree(paths.data() / "khojaly", tmp_path / "pack")
    table = pack / "wordings.csv"
    lines = table.read_text(encoding="utf-8").split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("largest-1,"))
    assert ",VR," in lines[at]
    lines[at] = lines[at].replace(",VR,", ",VP,")
    table.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    assert [p.rule for p in check_case(pack)] == ["label-too-strong"]


def test_no_words_of_a_problem_stand_unused():
    code = "".join(p.read_text(encoding="utf-8") for p in (PACKAGE / "case").rglob("*.py"))
    words = tomllib.loads((PACKAGE / "case" / "problems.toml").read_text(encoding="utf-8"))
    assert [name for name in words["problems"] if f'"{name}"' not in code] == []
    remedies = {remedy for _, remedy, *_ in words["problems"].values()}
    assert set(words["remedies"]) <= remedies
