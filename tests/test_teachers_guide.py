"""The teacher's guide keeps to the material: plans to the lessons, rubrics to the exercises, the two forms to their key."""

import itertools
import json
import re
import tomllib
from pathlib import PurePosixPath

import pytest

from whosays import load_case
from whosays.base import paths
from whosays.base.problem import Problem
from whosays.evidence.citations import plain
from whosays.publish import guide
from whosays.publish.edition import Edition

DOCS = paths.root() / "docs"
TEACHING = DOCS / "teaching"


def page(name):
    return (TEACHING / name).read_text(encoding="utf-8")


def free_text():
    """Every question in free text of every exercise: id -> its settings."""
    found = {}
    for path in sorted((paths.root() / "solutions").glob("*_sol.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "raw":
                settings = tomllib.loads("".join(cell["source"]))
                if settings.get("kind") == "text":
                    found[settings["id"]] = settings
    return found


def marked():
    """The sections of the page on marking: question id -> (title, [(rubric, sample), ...])."""
    found = {}
    for head, body in re.findall(
        r"^### ([^\n]+)\n(.*?)(?=^##|\Z)", page("marking.md"), re.DOTALL | re.MULTILINE
    ):
        number, _, title = head.partition(" ")
        found[number] = title, re.findall(r"^\*\*\d\.\*\* (.+)\n\n> (.+)$", body, re.MULTILINE)
    return found


def test_each_question_in_free_text_has_its_rubric_and_three_samples():
    questions, sections = free_text(), marked()
    assert sections.keys() == questions.keys()
    for number, settings in questions.items():
        title, levels = sections[number]
        assert title == settings["title"]
        assert [rubric for rubric, _ in levels] == list(settings["rubric"].values()), number


def test_samples_keep_to_the_length_and_the_best_has_what_is_looked_for():
    for number, settings in free_text().items():
        samples = [re.sub(r"<!--.*?-->", "", plain(sample)) for _, sample in marked()[number][1]]
        for sample in samples:
            assert settings["min_words"] <= len(sample.split()) <= settings["max_words"], (
                number,
                sample,
            )
        for keyword in settings["keyword"]:
            assert any(word.casefold() in samples[2].casefold() for word in keyword["any"]), (
                number,
                keyword["name"],
            )


@pytest.mark.parametrize("number", range(1, 8))
def test_a_plan_fills_fifty_minutes_and_names_sections_that_exist(number):
    plan = re.search(
        rf"^## Lesson 0{number}: (.*?)(?=^## )", page("lesson-plans.md"), re.DOTALL | re.MULTILINE
    )[0]
    minutes = [
        tuple(map(int, row)) for row in re.findall(r"^\| (\d+)–(\d+) \|", plan, re.MULTILINE)
    ]
    assert minutes[0][0] == 0 and minutes[-1][1] == 50
    assert all(
        before[1] == after[0] and after[0] < after[1]
        for before, after in itertools.pairwise(minutes)
    )
    notebook = paths.root() / re.search(r"\*\*Open:\*\* `(.+?)`", plan)[1]
    title, _, headings = _headings(notebook).partition("\n")
    assert title.removeprefix(f"0{number} · ") == plan.split("\n")[0].removeprefix(
        f"## Lesson 0{number}: "
    )
    named = {
        int(n)
        for words in re.findall(r"sections? ((?:\d+(?:, | and )?)+)", plan)
        for n in re.findall(r"\d+", words)
    }
    there = {int(n) for n in re.findall(r"^(\d+)\. ", headings, re.MULTILINE)}
    # the second edition has parts with letters
    parts = set(re.findall(r"\*([ABC]\. [^*]+)\*", plan))
    assert (named or parts) and named <= there and parts <= set(headings.splitlines())
    assert "**Exit question:**" in plan and "**Left for home:**" in plan


def _headings(notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return "\n".join(re.findall(r"^#+ (.+)$", text, re.MULTILINE))


def test_the_forms_are_parallel_and_no_habit_passes_them():
    rows = [
        row.split(" | ")
        for row in re.findall(
            r"^\| (.+ \| (?:not )?supported) \|$", page("before-and-after.md"), re.MULTILINE
        )
    ]
    assert len(rows) == 8
    for whose in ("aligned", "other side"):  # going by whose sentence it is gives half
        assert (
            sorted(row[6] for row in rows if row[2] == whose)
            == ["not supported"] * 2 + ["supported"] * 2
        )
    for column, name in ((3, "form-a.md"), (4, "form-b.md"), (5, "form-c.md")):
        asked = dict(re.findall(r"^\| ([a-h]) \| (.+?) \| ☐ \| ☐ \|$", page(name), re.MULTILINE))
        assert sorted(asked) == sorted(row[column] for row in rows) == list("abcdefgh")
        answers = {row[column]: row[6] for row in rows}
        by_length = sorted(asked, key=lambda letter: len(asked[letter]))
        for half in (list("abcd"), by_length[:4], by_length[4:]):  # nor going by place or length
            assert 1 <= sum(answers[letter] == "supported" for letter in half) <= 3


def test_every_page_stands_in_the_index():
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    # JupyterLab leaves copies in hidden folders
    pages = {
        name
        for path in DOCS.rglob("*.md")
        if not (name := path.relative_to(DOCS).as_posix()).count("/.")
    } - {"README.md"}
    linked = {PurePosixPath(link).as_posix() for link in re.findall(r"\]\(([^)#]+\.md)", index)}
    assert not pages - linked, "add them to docs/README.md"


def test_a_page_of_the_guide_to_print():
    source, home = DOCS / "teaching" / "classroom.md", DOCS / "teachers-guide.md"
    whole, case, cites = Edition(), load_case("khojaly"), DOCS / "teaching" / "settled-and-open.md"
    made = {one.name: guide.page_of(one, whole, case) for one in (source, home, cites)}
    assert whole.address(source) == "guide/teaching/classroom.html"
    assert '<h2 id="the-week-before">' in made["classroom.md"] and "☐" in made["classroom.md"]
    assert 'href="../../guide/teaching/care.html#a-letter-home"' in made["classroom.md"]
    assert 'href="../notebooks/00_start_here.html"' in made["teachers-guide.md"]
    # where the kit lives is not known: what is not in the edition is named and not linked
    assert "CONTRIBUTING" in made["teachers-guide.md"] and "/blob/" not in made["teachers-guide.md"]
    assert "<input" not in made["classroom.md"]
    (row, *_) = whole.rows["khojaly"][1]
    assert f'href="../../rows/khojaly.html#{row}"' in "".join(made.values())


def test_a_link_to_a_page_that_is_not_there_is_named(tmp_path):
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "teachers-guide.md"
    page.write_text("# Guide\n\nSee [this](gone.md).\n", encoding="utf-8")
    with pytest.raises(Problem, match=r"teachers-guide.md links to gone.md"):
        guide.page_of(page, Edition(tmp_path), None)
