"""Every number on the event that a learner sees comes from ``data/``.

Prose is the citation lint's (rules ``typed-number`` and ``stale-number``). Here the rest: what the code cells
of a lesson show, menus and fields included, and what is typed in code cells and in the package.
"""

import ast
import html
import json
import re

import pytest
from notebook_run import run

from tools.lint import EVENT_CASE
from whosays import load_case
from whosays.base import paths
from whosays.evidence.citations import without_dates
from whosays.evidence.ledger import Ledger
from whosays.figures import figures_of, sums

LESSONS = sorted(
    path for n in ("04", "05", "06") for path in (paths.root() / "notebooks").glob(f"{n}_*.ipynb")
)
SHEETS = sorted(
    path
    for n in ("04", "05", "06")
    for path in paths.exercises().glob(f"{n}_*_ex.ipynb")
    if "ferry" not in path.name
)
NUMBER = re.compile(r"(?<![\w.,/-])\d[\d,]*(?:\.\d+)?(?![\w/-])")
# ids, places in a text and addresses have digits and are no statement
NO_STATEMENT = re.compile(
    r"\[[a-z_]+/[^\]]*\]|[a-z_]+/[a-z0-9-]+|https?://\S+|\b[a-z]+(?:-[a-z0-9]+)+\b"
    r"|\bpage=\d+|\b(?:paragraph|start|end|order|page|words|characters|spans):?\s+\d[\d,; -]*|\b(?:seen at:?|address:)\s[^\n]*"
)
# Cells of a lesson's second edition whose sentences are invented or on the ferry: part A, the
# questions on the lesson before, the first and last judgement, and the exit question.
INVENTED = re.compile(r"^(?:a-|recall$|first-commit$|last$|c-exit$)")
NOT_CONTENT = re.compile(
    r"(_id|_spans|start|end|sha256|url|words|characters|order|paragraph|seen_at|page)$"
)


def numbers(text):
    """The numbers of a text as they are compared: without dates, ids and thousands' commas."""
    return {
        n.rstrip(",").replace(",", "")
        for n in NUMBER.findall(without_dates(NO_STATEMENT.sub(" ", text)))
    }


@pytest.fixture(scope="module")
def case():
    return load_case(EVENT_CASE)


@pytest.fixture(scope="module")
def in_data(case):
    """Every number in the cells of the case that a reader may see."""
    found = set()
    for table in case.tables.values():
        for row in table:
            for column, value in row.items():
                if isinstance(value, float) and value.is_integer():
                    value = int(value)
                if isinstance(value, (str, int, float)) and not NOT_CONTENT.search(column):
                    found |= numbers(str(value))
    return found


@pytest.fixture(scope="module")
def worked_out(case):
    """What the kit counts or adds up from the case: sums, rows of tables, pieces and origins, question numbers and points."""
    found = {str(len(table)) for table in case.tables.values()}
    for total in sums(figures_of(case), case):
        found |= numbers(total.says)
    for entry in Ledger(case):
        found |= {str(entry.n), str(len(entry.whole)), str(len(entry.part)), str(len(entry.beside))}
    for checks in (paths.exercises() / "checks").glob("*.json"):
        questions = json.loads(checks.read_text(encoding="utf-8"))["questions"]
        found |= {question["id"].rstrip("f") for question in questions} | {
            str(sum(question["points"] for question in questions))
        }
    return found


def words_of(shown):
    """All that a value shows: as text, and as the menus, labels and lines of a widget."""
    parts = [repr(shown)]
    for name in ("value", "description", "text", "details", "options", "view", "shown", "outputs"):
        part = getattr(shown, name, None) if hasattr(shown, "comm") else None
        if isinstance(part, (str, list, tuple, dict)):
            parts.append(str(part))
    bare = [
        html.unescape(re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]+>", " ", part, flags=re.S))
        for part in parts
    ]
    if hasattr(shown, "opens"):  # what stands behind a question is seen too, after an answer
        bare.append(
            re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]+>", " ", shown.opens() or "", flags=re.S)
        )
    return "\n".join([*bare, *(words_of(child) for child in getattr(shown, "children", ()))])


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem[:2])
def test_what_a_lesson_shows_comes_from_the_data(path, in_data, worked_out):
    shown = []
    assert run(path, shown=shown) == []
    on_event = [(cell, value) for cell, value in shown if not INVENTED.match(cell)]
    assert len(on_event) >= 8
    seen = {(cell, number) for cell, value in on_event for number in numbers(words_of(value))}
    assert len({number for _, number in seen}) > 3
    assert {(cell, n) for cell, n in seen if n not in in_data | worked_out} == set()


@pytest.mark.slow
@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem[:2])
def test_what_an_exercise_shows_comes_from_the_data(path, in_data, worked_out):
    shown = []
    assert run(path, shown=shown) == []
    seen = {
        (cell, number)
        for cell, value in shown
        if cell != "score"
        for number in numbers(words_of(value))
    }
    assert len(seen) > 10
    assert {(cell, n) for cell, n in seen if n not in in_data | worked_out} == set()


def test_a_number_of_nobody_s_is_found(in_data, worked_out):
    assert "613" in in_data and "1275" in in_data  # the comma is no difference
    assert numbers(
        "617 people, 1,276 hostages, see [figures/mfa-613], 26 February 1992"
    ) - in_data - worked_out == {"617", "1276"}


def _code_cells():
    for folder in (paths.root() / "notebooks", paths.solutions()):
        for path in sorted(folder.glob("*.ipynb")):
            notebook = json.loads(path.read_text(encoding="utf-8"))
            if notebook["metadata"].get("whosays", {}).get("case", EVENT_CASE) == EVENT_CASE:
                for cell in notebook["cells"]:
                    if cell["cell_type"] == "code" and not INVENTED.match(cell["id"]):
                        yield f"{path.name}, {cell['id']}", "".join(cell["source"])


def _typed(source, of):
    """Numbers in the constants of some code, docstrings left out."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    constants = (
        n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in docstrings
    )
    return {
        number for constant in constants for number in numbers(str(constant.value)) if number in of
    }


def test_no_number_on_the_event_is_typed_in_a_code_cell(case):
    counts = {str(int(f.value)) for f in case.figures if f.value >= 10}
    assert _typed('told = [f for f in told if f.value == 487]\nsay("1,275 hostages")', counts) == {
        "487",
        "1275",
    }
    typed = {where: found for where, source in _code_cells() if (found := _typed(source, counts))}
    assert typed == {}


def test_no_number_on_the_event_is_typed_in_the_package(case):
    # round numbers are sizes and limits of programs, too
    counts = {str(int(f.value)) for f in case.figures if f.value >= 100 and f.value % 10}
    at_all = re.compile(rf"\b(?:{'|'.join(counts)})\b")
    package = sorted(p for p in (paths.root() / "whosays").rglob("*") if p.suffix in {".py", ".js"})
    typed = {}
    for path in package:
        source = path.read_text(encoding="utf-8").replace(",", "")
        if (
            at_all.search(source) and path.name != "seccomp.py"
        ):  # that one has the numbers of system calls
            typed[path.name] = (
                _typed(path.read_text(encoding="utf-8"), counts)
                if path.suffix == ".py"
                else numbers(source) & counts
            )
    assert len(package) > 100
    assert {name: found for name, found in typed.items() if found} == {}
