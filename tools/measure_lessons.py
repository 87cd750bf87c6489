"""What a lesson asks of a learner: words on screen, fields, questions, minutes, pictures, tables.

Every lesson is run here, in this process, and looked at as it stands after *Run All*: text cells,
the first line of folded code, outputs and widgets. What is folded does not count as on screen. What
opens after a judgement is counted apart, for it is read as well. ``--write`` puts the table into
``docs/lessons.md``; tests/test_lessons.py holds the limits.
"""

import argparse
import re
import sys
import tempfile
from dataclasses import dataclass, field
from html.parser import HTMLParser
from os import environ
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from notebook_run import run  # noqa: E402

WORDS_A_MINUTE = 150
SECONDS_A_FIELD = 40
SECONDS_A_QUESTION = 90
FIELDS = {"Dropdown", "Text", "Textarea", "Combobox", "RadioButtons", "BoundedIntText", "Checkbox"}
QUESTIONS = {"QuestionBox"}
SILENT = {"script", "style", "title", "desc", "template"}
NOT_SHOWN = {"kind", "show", "shape", "id", "role", "html", "cite"}
_ID = re.compile(r"\[(?:[a-z0-9-]+:)?[a-z_]+/[a-z][a-z0-9-]*|\bdoes_not_hold\b|\*\w+")
BEGIN, END = "<!--measured-->", "<!--/measured-->"


@dataclass
class Measure:
    """One lesson; ``words`` are on screen after Run All, ``opens`` stand behind a judgement;
    ``ids`` are names of rows, and asterisks, that somebody would see in either.
    """

    name: str
    cells: int = 0
    words: int = 0
    opens: int = 0
    fields: int = 0
    questions: int = 0
    pictures: int = 0
    table: tuple = (0, 0)
    errors: list = field(default_factory=list)
    ids: list = field(default_factory=list)

    @property
    def minutes(self):
        """Reading, fields and questions in whole minutes."""
        seconds = self.fields * SECONDS_A_FIELD + self.questions * SECONDS_A_QUESTION
        return round((self.words + self.opens) / WORDS_A_MINUTE + seconds / 60)


class _Page(HTMLParser):
    """The words of some HTML that somebody sees, its pictures and its largest table."""

    def __init__(self):
        super().__init__()
        self.words, self.pictures, self.table = [], 0, (0, 0)
        self.stack, self.rows, self.cells = [], 0, 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in ("br", "img", "input", "hr", "path", "rect", "circle", "line"):
            return
        hidden = tag in SILENT or "hidden" in given or "ws-unseen" in (given.get("class") or "")
        folded = any(name == "details" and not shown for name, shown in self.stack)
        shown = not hidden and not (folded and tag != "summary")
        if tag == "details":
            shown = "open" in given
        self.stack.append((tag, shown))
        self.pictures += (tag == "svg" and given.get("role") == "img") or tag == "figure"
        if tag == "table":
            self.rows, self.cells = 0, 0
        if tag == "tr" and self._seen():
            self.rows, self.cells = self.rows + 1, 0
        if tag in ("td", "th") and self._seen():
            self.cells += 1
            self.table = max(self.table, (self.rows - 1, self.cells))

    def handle_endtag(self, tag):
        while self.stack and any(name == tag for name, _ in self.stack):
            if self.stack.pop()[0] == tag:
                break

    def _seen(self):
        if any(name == "summary" for name, _ in self.stack):
            return all(shown for name, shown in self.stack if name not in ("details", "summary"))
        return all(shown for _, shown in self.stack)

    def handle_data(self, data):
        if self._seen():
            self.words += data.split()


def look(html):
    """The page that some HTML makes."""
    page = _Page()
    page.feed(html)
    page.close()
    return page


def measure(path):
    """Run a lesson and measure it.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Measure
    """
    book = nbformat.read(path, as_version=4)
    made = Measure(path.stem, len(book.cells))
    shown = []
    before = environ.get("WHOSAYS_ANSWERS")
    with tempfile.TemporaryDirectory() as folder:  # as somebody who has answered nothing yet
        environ["WHOSAYS_ANSWERS"] = folder
        try:
            made.errors = [str(failure) for failure in run(path, shown=shown)]
            for cell in book.cells:
                made.words += len(_source(cell))
            for _, value in shown:
                _output(value, made)
        finally:
            if before is None:
                del environ["WHOSAYS_ANSWERS"]
            else:
                environ["WHOSAYS_ANSWERS"] = before
    return made


def _source(cell):
    if cell.cell_type == "raw":
        return []
    if cell.cell_type == "code":
        hidden = cell.metadata.get("jupyter", {}).get("source_hidden")
        return (cell.source.partition("\n")[0] if hidden else cell.source).split()
    text = re.sub(r"<!--.*?-->", "", cell.source, flags=re.DOTALL)
    text = re.sub(r"(!?)\[([^\]]*)\]\([^)]*\)", lambda m: "" if m[1] else m[2], text)
    return re.findall(r"[\w][\w'’.,%-]*", " ".join(look(text).words))


def _output(value, made):
    if hasattr(value, "comm"):
        _widget(value, made)
    elif hasattr(value, "_repr_html_"):
        _html(value._repr_html_(), made)
    elif value is not None:
        made.words += len(repr(value).split())


def _html(text, made):
    page = look(text)
    made.ids += _ID.findall(" ".join(page.words))
    made.words += len(page.words)
    made.pictures += page.pictures
    made.table = max(made.table, page.table)


def _widget(widget, made):
    kind = type(widget).__name__
    if getattr(getattr(widget, "layout", None), "display", None) == "none":
        return
    if hasattr(widget, "opens"):
        behind = Measure("")
        _html(widget.opens() or "", behind)
        made.opens += behind.words
        made.pictures += behind.pictures
        made.ids += behind.ids
    if kind in QUESTIONS:
        made.questions += 1
        inner = Measure("")
        for child in widget.children:
            _widget(child, inner)
        made.words += inner.words
        return
    if hasattr(widget, "children"):
        for child in widget.children:
            _widget(child, made)
        return
    if kind == "HTML":
        return _html(widget.value, made)
    made.fields += kind in FIELDS
    made.pictures += kind == "Columns"
    if hasattr(widget, "_esm"):
        made.words += sum(len(look(text).words) for text in _strings(widget.get_state()))
        return
    options = getattr(widget, "_options_labels", ()) if kind == "RadioButtons" else ()
    for text in (getattr(widget, "description", ""), *options):
        _html(str(text), made)


def _strings(value, name=""):
    if name.startswith("_") or name in NOT_SHOWN:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _strings(one, str(key))
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _strings(one)


def table(measures):
    """The measures as a Markdown table."""
    head = ["lesson", "words on screen", "open later", "cells", "fields", "questions", "minutes"]
    head += ["pictures", "largest table"]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for m in measures:
        rows, columns = m.table
        size = f"{rows} × {columns}" if rows > 0 else "none"
        row = [m.name[:2], f"{m.words:,}", f"{m.opens:,}", m.cells, m.fields, m.questions]
        row += [m.minutes, m.pictures, size]
        lines.append(f"| {' | '.join(map(str, row))} |")
    return "\n".join(lines)


def main(arguments=None):
    """Measure the lessons that are named, or 00 to 07, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("lesson", nargs="*", help="such as 03; 00 to 07 when left out")
    parser.add_argument("--write", action="store_true", help="put it into docs/lessons.md")
    given = parser.parse_args(arguments)
    names = given.lesson or [f"{n:02}" for n in range(8)]
    paths = [next((ROOT / "notebooks").glob(f"{name}_*.ipynb")) for name in names]
    measures = [measure(path) for path in paths]
    print(table(measures))
    for m in measures:
        print(*m.errors, sep="\n", end="\n" if m.errors else "")
    if given.write:
        page = ROOT / "docs" / "lessons.md"
        text = page.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        after = rest.partition(END)[2]
        page.write_text(f"{before}{BEGIN}\n{table(measures)}\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
