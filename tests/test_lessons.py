"""The limits of the lessons' second edition (docs/lessons.md), for every lesson that has it."""

import re

import nbformat
import pytest

from tools import cite, measure_lessons
from whosays.base import paths
from whosays.publish.markdown import markdown, plain

# a lesson comes in here when its second edition is done
SECOND_EDITION = ["00", "01", "02", "03", "04", "05", "06", "07"]
WORDS, WORDS_OF_00, CELLS, ROWS, COLUMNS = 2_000, 1_200, 36, 8, 4

every_lesson = pytest.mark.parametrize("number", SECOND_EDITION)


def book_of(number):
    path = next((paths.root() / "notebooks").glob(f"{number}_*.ipynb"))
    return path, nbformat.read(path, as_version=4)


@every_lesson
def test_a_lesson_keeps_its_limits(number):
    path, book = book_of(number)
    measured = measure_lessons.measure(path)
    assert measured.errors == []
    assert measured.ids == []
    assert measured.words <= (WORDS_OF_00 if number == "00" else WORDS)
    assert measured.cells <= CELLS
    assert measured.pictures >= 1
    assert measured.table[0] <= ROWS and measured.table[1] <= COLUMNS
    said = int(re.search(r"\| Time \| (\d+) minutes", book.cells[0].source)[1])
    assert abs(said - measured.minutes) <= 10


@every_lesson
def test_code_is_folded_and_its_first_line_is_for_a_learner(number):
    for cell in book_of(number)[1].cells:
        if cell.cell_type == "code":
            assert cell.metadata.get("jupyter", {}).get("source_hidden"), cell.id
            assert cell.source.startswith("# "), cell.id


@every_lesson
def test_the_parts_stand_in_their_order(number):
    text = "\n".join(cell.source for cell in book_of(number)[1].cells)
    parts = ["## First, you", "## A. ", "## B. ", "## C. Both ways", "## Look back"]
    if number == "00":
        parts = parts[:1]
    places = [text.find(part) for part in [*parts, "## Leave the page", "## Sources", "## Next"]]
    assert -1 not in places and places == sorted(places)
    if number != "00":
        assert f'"{number}/first"' in text and f'"{number}/last"' in text
        assert f'look_back("{number}")' in text


@every_lesson
def test_citations_are_small_marks_and_the_sources_are_fresh(number):
    _, book = book_of(number)
    before = nbformat.writes(book)
    assert cite.renewed(book)
    assert nbformat.writes(book) == before, "run tools/cite.py"
    for cell in book.cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"\[[a-z_]+/[a-z0-9-]+[];]", cell.source), cell.id


@every_lesson
def test_no_id_stands_on_the_screen(number):
    for cell in book_of(number)[1].cells:
        if cell.cell_type == "markdown":
            folded = re.sub(r"<details>.*?</details>", "", cell.source, flags=re.DOTALL)
            seen = plain(markdown(folded))
            assert not re.search(r"\b[a-z_]+/[a-z]+-[a-z0-9-]+|\b(VP|VR|SO|NF)\b", seen), cell.id
            assert "`" not in folded, cell.id


def test_a_citation_of_no_row_is_told():
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell(text) for text in ("x.[1](#claims/none)", "")]
    )
    book.cells[1]["id"] = "sources"
    with pytest.raises(KeyError):
        cite.renewed(book)


def test_citations_are_numbered_as_they_stand_and_one_row_keeps_its_number():
    marks = "a.[7](#claims/toll-613) b.[1](#agents/hrw) c.[9](#claims/toll-613)"
    cells = [nbformat.v4.new_markdown_cell(text) for text in (marks, "")]
    cells[1]["id"] = "sources"
    book = nbformat.v4.new_notebook(cells=cells)
    assert cite.renewed(book) == ["claims/toll-613", "agents/hrw"]
    assert re.findall(r"\[(\d)\]", book.cells[0].source) == ["1", "2", "1"]
    assert 'claims/toll-613 "The claim' in book.cells[0].source
    assert '2. <a id="agents/hrw"></a>Human Rights Watch' in book.cells[1].source


def test_words_that_are_folded_or_hidden_are_not_on_the_screen():
    page = measure_lessons.look(
        "<style>.a{}</style><p>one two</p><details><summary>three</summary>four</details>"
        '<details open><summary>five</summary>six</details><p hidden>seven</p><svg role="img"><title>no</title></svg>'
        "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>"
    )
    assert page.words == ["one", "two", "three", "five", "six", "a", "b", "c", "d"]
    assert page.pictures == 1 and page.table == (1, 2)
