"""The reading edition: every lesson and exercise as a plain page, its tables filled in.

A page is one file. It runs nothing and fetches nothing (its own policy forbids both), prints, and
reads at any size. The notebooks are run in this process, with the kit's case packs as they are
shipped: neither full texts that lie on this machine nor anybody's saved answers get into a page.
"""

import html
import itertools
import os
import re
import shutil
import sys
import tempfile
import urllib.parse
from contextlib import contextmanager, nullcontext
from pathlib import Path
from string import Template

import whosays

from ..base import paths
from ..base.problem import Problem
from ..evidence.cited import how_checked
from ..grading.page import page
from ..view import show
from ..view.view import STYLE, folded
from . import guide, links
from .markdown import in_text, markdown, plain, relinked
from .paper import answers_of, on_paper
from .tracked import tracked

FOLDER = "reading"
INDEX = "index.html"  # the words of the first page
SHIPPED = ("khojaly", "ferry")
STACKED = 5  # a table of so many columns is stacked on a narrow page
# cells that have no use on paper: where answers are typed as code, and the score
NOT_ON_PAPER = re.compile(r"q\d+-answer|score|score-words|hand-in|hand-in-words")
_NEXT_QUESTION = re.compile(r"q([2-9]|\d\d)(-material)?")
_CITED = re.compile(r"\[(?:[a-z0-9-]+:)?[a-z_]+/[^\[\]]*\]")
_ROW = re.compile(r"([a-z_]+)/([a-z0-9][a-z0-9-]*)")
_TABLE = re.compile(r'<table class="ws-t">(.*?)</table>', re.DOTALL)
_FORMATS = ("text/html", "image/svg+xml", "text/markdown", "text/plain")

LOOK = Path(__file__).with_name("reading.css").read_text(encoding="utf-8")


def build(out):
    """Write the reading edition into ``reading/`` of a site's folder.

    Returns the files written, the index first.

    Raises
    ------
    Problem
        Outside a copy of the repository; for a notebook with a cell that fails or a link that leads
        nowhere.
    """
    root, folder = paths.root(), Path(out) / FOLDER
    books = notebooks(root)
    if not any(book.parent.name == "notebooks" for book in books):
        raise Problem(
            "the lessons are not part of this installation: run this in a copy of the repository."
        )
    pages, rows = {}, {}
    with _data_as_shipped() as data:  # one copy, so that a case is read once and not for each page
        for book in books:
            pages[address(book)] = page_of(book, root, rows, data)
    pages |= _guide_pages(books, root, rows)
    pages |= {f"rows/{name}.html": _rows_page(*cited) for name, cited in sorted(rows.items())}
    pages = {"index.html": _index(books, root, rows), **pages}
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in pages]


def _guide_pages(books, root, rows):
    """The teacher's guide; its citations lead to the same rows as those of the lessons."""
    case = whosays.load_case("khojaly")
    cited = rows.setdefault(case.name, (case, set()))[1]
    book_at = {book.resolve(): address(book) for book in books}
    return {
        guide.address(source, root): guide.page_of(
            source,
            root,
            book_at,
            lambda text, up: _with_links(text, case, f"{up}rows/{case.name}.html", cited),
            LOOK,
            _footer(),
        )
        for source in guide.sources(root)
    }


def notebooks(root):
    """The notebooks of the edition, in order: lessons, then exercises."""
    root, patterns = Path(root), ("notebooks/[0-9]*.ipynb", "exercises/[0-9]*_ex.ipynb")
    return tracked(root, (book for pattern in patterns for book in sorted(root.glob(pattern))))


def address(book):
    """Where a notebook's page is, within the edition."""
    return f"{book.parent.name}/{book.stem}.html"


def page_of(book, root=None, rows=None, data=None):
    """One notebook as a page, whose links lead to the pages of the whole edition.

    ``rows`` has the rows that are cited by the name of a case, as (Case, set of str); those of this
    notebook are added. ``data`` is the folder of the packs as they are shipped, if there is one.
    """
    book, root = Path(book), Path(root or paths.root())
    rows = {} if rows is None else rows
    exercise = book.parent.name == "exercises"
    pages = {one.resolve(): address(one) for one in notebooks(root)}
    body, title, case, seen, begun, answers = [], book.stem, None, set(), set(), []
    with _as_shipped(data), _shell(answers) as shell:
        for number, cell in enumerate(_cells(book), 1):
            source = cell.source
            if (question := _NEXT_QUESTION.fullmatch(cell.id)) and question[1] not in begun:
                begun.add(question[1])  # its material stands above its heading
                body.append("<hr>")
            if cell.cell_type == "code":
                outputs = _run(shell, source, f"{book.name}, cell {number} (id {cell.id})")
                case = shell.user_ns.get("case", case)
                if not NOT_ON_PAPER.fullmatch(cell.id):
                    # the code of a question holds the replies to it, which are not to be read
                    # before it
                    without_code = exercise or "commit(" in source
                    body += ([] if without_code else [_code(source)]) + [
                        relinked(_shown(output, seen), book, root, pages, "../")
                        for output in outputs
                    ]
            elif cell.cell_type == "markdown" and not NOT_ON_PAPER.fullmatch(cell.id):
                if source.startswith("# "):
                    first, _, source = source.partition("\n")
                    title = plain(markdown(first[2:]))
                body.append(relinked(markdown(source, book.parent), book, root, pages, "../"))
    if answers:  # what opens in the notebook after an answer is not to be read before it
        behind = "".join(["<h2>What stands behind the questions</h2>", *answers])
        body.append(relinked(behind, book, root, pages, "../"))
    made = "".join(body)
    if case is not None and case.name in SHIPPED:  # one that a lesson makes has no page of rows
        cited = rows.setdefault(case.name, (case, set()))[1]
        made = in_text(
            made, lambda text: _with_links(text, case, f"../rows/{case.name}.html", cited)
        )
    return page(
        title, [_how(book, root), _contents(made), made], guide.above("../"), _footer(), LOOK, True
    )


def _cells(book):
    import nbformat

    return nbformat.read(book, as_version=4).cells


@contextmanager
def _data_as_shipped():
    """A copy of the packs, without texts that were dropped in."""
    with tempfile.TemporaryDirectory(prefix="whosays-reading-") as place:
        yield shutil.copytree(
            paths.data(), Path(place) / "data", ignore=shutil.ignore_patterns("fulltext")
        )


@contextmanager
def _as_shipped(data=None):
    """The kit as it is shipped: packs as ``data`` holds them or a copy does, no saved answers."""
    before = dict(os.environ)
    with (
        nullcontext(data) if data else _data_as_shipped() as packs,
        tempfile.TemporaryDirectory(prefix="whosays-reading-") as place,
    ):
        os.environ.update(WHOSAYS_DATA=str(packs), WHOSAYS_ANSWERS=str(Path(place) / "answers"))
        os.environ.pop("WHOSAYS_FULLTEXT", None)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


@contextmanager
def _shell(answers):
    """An IPython shell in this process, in which a widget shows as what stands for it on paper.

    What stands behind a question is added to ``answers`` when the question is shown.
    """
    from IPython.core.interactiveshell import InteractiveShell
    from ipywidgets import Widget
    from traitlets.config import Config

    quiet = Config()
    quiet.HistoryManager.enabled = False  # never somebody's own history
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=quiet)
    formatter = shell.display_formatter.formatters["text/html"]

    def show(widget):
        if behind := answers_of(widget):
            answers.append(f'<div class="ws">{behind}</div>')
        return _framed(*on_paper(widget))

    formatter.for_type(Widget, show)
    try:
        yield shell
    finally:
        InteractiveShell.clear_instance()


def _framed(says, made):
    note = f'<p class="note quiet">{html.escape(says)}</p>' if says else ""
    return f"{note}{made}"


def _run(shell, source, where):
    """What a code cell shows, each output a mapping of formats; it must not fail."""
    from IPython.utils.capture import capture_output

    with capture_output() as captured:
        shell.display_trap.hook = sys.displayhook  # else the shell puts its own back for the cell
        result = shell.run_cell(source, store_history=False)
    error = result.error_before_exec or result.error_in_exec
    if error is not None:
        raise Problem(f"{where} fails with {type(error).__name__}: {error}")
    printed = [{"text/plain": captured.stdout}] if captured.stdout.strip() else []
    return printed + [output.data for output in captured.outputs]


def _shown(data, seen):
    """An output as HTML; what stands on this page already is not shown twice."""
    kind = next((kind for kind in _FORMATS if kind in data), None)
    made = data.get(kind, "")
    if kind == "text/plain":
        made = f"<pre>{html.escape(made.strip())}</pre>"
    elif kind == "text/markdown":
        made = markdown(made)
    # pandas leaves the corner of a table empty, and a heading must not be
    made = made.replace(STYLE, "").replace("<th></th>", "<td></td>").strip()
    parts = re.fullmatch(r'(<p class="note quiet">.*?</p>)?(.*)', made, re.DOTALL)
    note, rest = parts.groups(default="")
    inner = re.sub(r'^<div class="ws">(.*)</div>$', r"\1", rest, flags=re.DOTALL)
    if inner in seen:
        return note
    seen.add(inner)
    if 'class="fill' not in inner:  # room to write needs its columns
        inner = _TABLE.sub(_stacking, inner)
    # a page within the page, such as a sample memo: framed, and below the headings of the lesson
    framed = " framed" if "<h2" in inner else ""
    if framed:
        inner = re.sub(r"<(/?)h([2-5])\b", lambda m: f"<{m[1]}h{int(m[2]) + 1}", inner)
    return f'<div class="output{framed}">{note}{inner}</div>' if inner else note


def _stacking(table):
    """A table of many columns whose cells a narrow page can set below each other.

    Tables that are not laid out as tables lose their meaning for screen readers, unless it is spelt
    out.
    """
    heads = re.findall(r'<th scope="col">(.*?)</th>', table[1], re.DOTALL)
    if len(heads) < STACKED or "<td>" not in table[1]:
        return table[0]
    rows = re.sub(r"<(thead|tbody)>", r'<\1 role="rowgroup">', table[1])
    rows = rows.replace("<tr>", '<tr role="row">')
    rows = rows.replace('<th scope="col">', '<th scope="col" role="columnheader">')
    rows = rows.replace('<th scope="row">', '<th scope="row" role="rowheader">')
    of = itertools.cycle([html.escape(plain(head)) for head in heads[1:]])
    rows = re.sub("<td>", lambda _: f'<td role="cell" data-of="{next(of)}">', rows)
    return f'<table class="ws-t wide" role="table">{rows}</table>'


def _code(source):
    """A code cell, folded."""
    made = f"<pre><code>{html.escape(source)}</code></pre>"
    return f'<details class="code"><summary>Code</summary>{made}</details>'


def _with_links(text, case, page_of_rows, cited):
    """Citations in a stretch of text as links to their rows; the rows are added to ``cited``."""

    def row(match):
        if match[1] not in case.tables or match[2] not in case.tables[match[1]].ids:
            return match[0]
        cited.add(match[0])
        return f'<a href="{page_of_rows}#{match[0]}">{match[0]}</a>'

    return _CITED.sub(lambda group: _ROW.sub(row, group[0]), text)


def _how(book, root):
    """The sentence above a page: what it is, and where the notebook is."""
    place = book.relative_to(root).as_posix()
    link = links.binder_url(place, root)
    there = f'<a href="{html.escape(link)}">in the notebook</a>' if link else "in the notebook"
    words = "To read and to print; nothing on this page runs"
    if book.parent.name == "exercises":
        words += f". Checks, hints and explanations are {there}."
    else:
        words += ", and its tables and pictures are filled in. Menus, buttons and checks that the"
        words += f" text speaks of are {there}."
    return f'<p class="note">{words}</p>'


def _contents(made):
    """The headings of a page as links."""
    found = re.findall(r'<h2 id="([^"]*)">(.*?)</h2>', made, re.DOTALL)
    entries = "".join(
        f'<li><a href="#{urllib.parse.quote(html.unescape(name))}">{words}</a></li>'
        for name, words in found
    )
    if len(found) <= 2:
        return ""
    folds = folded("On this page", f"<ol>{entries}</ol>")
    return f'<nav class="contents" aria-label="On this page">{folds}</nav>'


def _footer():
    return (
        f'<footer class="ws"><p class="quiet">Who Says? {whosays.__version__}, a teaching kit on'
        " source evaluation. Code under the MIT licence, texts under CC BY 4.0; quotations belong"
        " to their sources.</p></footer>"
    )


def _rows_page(case, cited):
    """The rows of a case that the lessons and exercises cite, each with an anchor."""
    body = [
        "<p>Every statement of the lessons and exercises names the row of data it stands on. Here"
        " are those rows, each with its source, and how far it was checked.</p>"
    ]
    if case.name != "ferry":
        body.append(
            "<blockquote><p><strong>Content note.</strong> Some rows name killings and injuries, of"
            ' children too. The <a href="ferry.html">rows of the practice case</a> have nothing of'
            " the kind.</p></blockquote>"
        )
    body.append(how_checked(case).html())
    for name, table in case.tables.items():
        rows = [row_id for row_id in table.ids if f"{name}/{row_id}" in cited]
        if rows:
            body.append(f'<h2 id="{name}">{html.escape(name.replace("_", " "))}</h2>')
        for row_id in rows:
            path = f"{name}/{row_id}"
            # its citation is the heading here
            made = show.row(case, path).html().partition("</p>")[2]
            made = in_text(made, lambda t: _CITED.sub(lambda g: _ROW.sub(_if(cited), g[0]), t))
            body.append(f'<h3 id="{path}">{path}</h3>{made}')
    of = "practice case" if case.name == "ferry" else "lessons"
    title = f"The rows behind the {of}: {case.name.capitalize()}"
    return page(title, body, guide.above("../"), _footer(), LOOK)


def _if(cited):
    return lambda match: f'<a href="#{match[0]}">{match[0]}</a>' if match[0] in cited else match[0]


def _index(books, root, rows):
    """The page with the table of lessons."""
    lines = []
    for number, title in links.LESSONS.items():
        there = [book if book in books else None for book in links.books_of(number, root)]
        time = links.time_of(there[0])
        cells = "".join(
            f'<td><a href="{address(book)}">{words} {number}</a></td>' if book else "<td></td>"
            for book, words in zip(there, ("lesson", "exercise", "practice"), strict=True)
        )
        lines.append(
            f'<tr><th scope="row">{number} {html.escape(title)}</th><td>{time}</td>{cells}</tr>'
        )
    words = Path(__file__).with_name(INDEX).read_text(encoding="utf-8")
    made = Template(words).substitute(
        lessons="".join(lines),
        guide=guide.FIRST,
        rows=", ".join(f'<a href="rows/{n}.html">rows of the case {n}</a>' for n in sorted(rows)),
    )
    return page("Who Says? The reading edition", [made], below=_footer(), look=LOOK)
