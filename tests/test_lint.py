"""The citation lint catches each thing it names, and leaves honest prose alone."""

import json
import re
from functools import cache

import pytest

from tools import lint
from whosays import load_case
from whosays.evidence.citations import plain


class Rows(list):
    """The smallest thing that looks like a table to the lint."""


class FakeCase:
    """Two findings, one figure, one gap: enough to cite, fill, quote and hold back."""

    def __init__(self):
        self.findings = Rows(
            [{"finding_id": "hrw-column", "quote": "the largest massacre to date in the conflict"}]
        )
        self.figures = Rows(
            [{"figure_id": "hrw-161", "value": 161.0}, {"figure_id": "hostages", "value": 1275.0}]
        )
        self.gaps = Rows(
            [
                {
                    "gap_id": "handed-over",
                    "watch": [r"\b700\b.{0,40}handed over", "handed over by 28 March"],
                }
            ]
        )
        self.passages = Rows(
            [{"quoted": True, "exact": "The film mentions that troops attacked the town at night"}]
        )
        self.items = Rows([{"headline": "A headline of the piece itself"}])
        self.sources = Rows([{"headline": "Another headline, of the document"}])
        self.accounts = Rows(
            [{"title": "Bloodshed in the Caucasus: Escalation of the Armed Conflict"}]
        )

    def get(self, path):
        table, _, key = path.partition("/")
        for row in getattr(self, table, []):
            if key in row.values():
                return row
        raise KeyError(f"{path}: no such row")


@pytest.fixture(autouse=True)
def fake_case(monkeypatch):
    monkeypatch.setattr(lint, "_case", lambda name: FakeCase())
    for cached in (lint._quotable, lint._watched):
        cached.cache_clear()
    yield
    for cached in (lint._quotable, lint._watched):
        cached.cache_clear()


def rules(text, case="khojaly"):
    return sorted({f.rule for f in lint.lint_text(text, "here", case)})


CLEAN = [
    "Armenian forces killed hundreds of civilians who were fleeing [findings/hrw-column].",
    "At least 161<!--=figures/hrw-161.value--> civilians were killed in one incident [figures/hrw-161].",
    "## How many were killed?",
    "How many people died, and who counted the 613?",
    "On 26 February 1992 people fled the town [findings/hrw-column].",
    "Between 25 and 26 February 1992 the 366th regiment took part in the attack [findings/hrw-column].",
    "Human Rights Watch wrote of “the largest massacre to date in the conflict” [findings/hrw-column].",
    "The piece says “The film mentions that troops … attacked the town at night” [findings/hrw-column].",
    "Azerbaijan calls the killing genocide [findings/hrw-column].",
    "How many captives were handed over could not be verified [gaps/handed-over].",
    "This lesson takes 50 minutes and has 7 questions.",
    "In June 1992 people who had survived spoke of it, as questions 4.1, 4.6 show [findings/hrw-column].",
    "```python\ncase.figures  # 613 people were killed\n```",
    "This page is about victims and how to read. <!--no-claim: says what the page is about-->",
    "It was the company's ferry that fell behind, with 12 late crossings.",
]


@pytest.mark.parametrize("text", CLEAN)
def test_honest_prose_is_left_alone(text):
    assert rules(text) == []


CAUGHT = [
    ("Armenian forces killed hundreds of civilians who were fleeing.", "no-citation"),
    (
        "- One item cites [findings/hrw-column].\n- Another says that troops attacked the town.",
        "no-citation",
    ),
    ("Civilians were killed [findings/hrw-colum].", "dangling-citation"),
    ("Civilians were killed [findings/hrw-column; gaps/nothing].", "dangling-citation"),
    ("At least 161 civilians were killed [figures/hrw-161].", "typed-number"),
    ("Some 1,275 people were taken hostage [figures/hostages].", "typed-number"),
    ("About five hundred people died [findings/hrw-column].", "typed-number"),
    ("It says that eight families died [findings/hrw-column].", "typed-number"),
    ("Of the dead, 20 % were fighters [findings/hrw-column].", "typed-number"),
    (
        "At least 160<!--=figures/hrw-161.value--> civilians were killed [figures/hrw-161].",
        "stale-number",
    ),
    (
        "At least 161<!--=figures/hrw-161.number--> civilians were killed [figures/hrw-161].",
        "bad-marker",
    ),
    (
        "At least 161<!--=figures/none.value--> civilians were killed [figures/hrw-161].",
        "bad-marker",
    ),
    ("The captives were freed in March [gaps/handed-over].", "not-found-stated"),
    ("By then 700 captives had been handed over [findings/hrw-column].", "not-found-stated"),
    ("They were handed over by 28 March [findings/hrw-column].", "not-found-stated"),
    ("It wrote of “the largest massacre so far in the region” [findings/hrw-column].", "misquoted"),
    ("The genocide began at night [findings/hrw-column].", "own-genocide"),
    ("Civilians were killed. <!--no-claim:-->", "idle-exemption"),
    ("The weather was fine. <!--no-claim: no reason to be here-->", "idle-exemption"),
]


@pytest.mark.parametrize(("text", "rule"), CAUGHT)
def test_each_rule_catches(text, rule):
    assert rule in rules(text)


# What a citation has to bear out, on the rows of the main case itself.
OVERSAID = [
    ("It is settled that 613 people died [claims/toll-613].", "status-word"),
    ("That it was genocide is settled [claims/genocide].", "status-word"),
    ("The ministry's charge is contested [claims/azerbaijanis-to-blame].", "status-word"),
    ("That the town was razed does not hold [claims/town-destroyed].", "status-word"),
    ("Two independent accounts have 613 [findings/mfa-toll].", "party-called-independent"),
    ("An independent ministry says so [findings/armenia-1997-blame].", "party-called-independent"),
    ("Two copies agree word for word [findings/un-letter-largest].", "copies-agree"),
    ("The sentence is VP [findings/hrw-1994-largest].", "label-too-strong"),
    ("Both words are VR [findings/fip-20; findings/areas-20].", "label-too-strong"),
]
MEASURED = [
    "It is settled that people were shot in flight [claims/killing-of-fleeing-civilians].",
    "That the charge holds is not so: it does not hold [claims/azerbaijanis-to-blame].",
    "Is it settled [claims/toll-613]?",
    "Nobody independent is seen to have counted it [findings/mfa-toll].",
    "Human Rights Watch and Memorial are independent of the parties [findings/memorial-fired-on].",
    "The copies do not agree to the end [findings/un-letter-largest].",
    "The sentence is VR [findings/hrw-1994-largest].",
]


@pytest.fixture
def real_case(fake_case, monkeypatch):
    monkeypatch.setattr(lint, "_case", cache(load_case))


WORDS = {rule for _, rule in OVERSAID}


@pytest.mark.parametrize(("text", "rule"), OVERSAID)
def test_a_word_that_says_more_than_its_row_is_caught(text, rule, real_case):
    assert rule in rules(text)


@pytest.mark.parametrize("text", MEASURED)
def test_a_word_that_its_row_bears_out_is_left_alone(text, real_case):
    assert not WORDS & set(rules(text))


def test_every_rule_is_documented_and_tested():
    documented = set(re.findall(r"^``([a-z-]+)``$", lint.__doc__, re.MULTILINE))
    assert documented == {rule for _, rule in CAUGHT} | WORDS


def test_a_practice_text_is_on_the_event_only_where_it_names_the_place():
    assert rules("The prisoners of the timetable were late 12 times.", "ferry") == []
    assert "no-citation" in rules("At Khojaly civilians were killed.", "ferry")


def test_a_page_on_how_the_kit_works_is_on_the_event_where_it_names_somebody_of_the_case():
    def page(text):
        return [f.rule for f in lint.lint_text(text, "docs/page.md", throughout=False)]

    assert page("The kernel died and the worker was killed after 12 s. It is no verdict.") == []
    assert "no-citation" in page("Human Rights Watch wrote that civilians were killed.")
    assert "typed-number" in page(
        "At least 161 civilians were killed, Memorial says [findings/hrw-column]."
    )


def test_places_are_known_in_every_spelling():
    for name in ("Khojaly", "Khojali", "Xocalı", "Ходжалы", "Khodjaly", "Hocalı"):
        assert "no-citation" in rules(f"In {name} civilians were killed.", "ferry"), name


def test_fill_writes_what_the_data_holds_and_loses_nothing():
    text = "?<!--=figures/hostages.value--> people, 9<!--=figures/hrw-161.value--> and ?<!--=figures/none.value-->."
    assert lint.fill(text) == (
        "1,275<!--=figures/hostages.value--> people, 161<!--=figures/hrw-161.value--> and ?<!--=figures/none.value-->."
    )


def test_plain_text_shows_no_marker():
    assert plain("161<!--=figures/hrw-161.value--> people <!--no-claim: why-->") == "161 people "


def test_a_notebook_problem_names_file_and_cell(tmp_path):
    notebook = {
        "cells": [
            {"cell_type": "code", "id": "a", "source": ["# 613 people were killed"]},
            {"cell_type": "markdown", "id": "b-1", "source": ["Civilians ", "were killed."]},
        ],
        "metadata": {"whosays": {"case": "khojaly"}},
    }
    path = tmp_path / "05_test.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    found = lint.lint_notebook(path)
    assert [(f.rule, f.where) for f in found] == [("no-citation", "05_test.ipynb, cell 2 (b-1)")]
    assert "Cite the row" in str(found[0])


def test_fill_files_changes_only_what_is_stale(tmp_path):
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "page.md"
    page.write_text(
        "?<!--=figures/hostages.value--> people [figures/hostages].\n", encoding="utf-8"
    )
    assert lint.fill_files(tmp_path) == [page]
    assert page.read_text(encoding="utf-8").startswith("1,275<!--")
    assert lint.fill_files(tmp_path) == []
