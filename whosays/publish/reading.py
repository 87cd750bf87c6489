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
from contextlib import contextmanager
from pathlib import Path

import whosays

from ..base import paths
from ..base.problem import Problem
from ..evidence.cited import how_checked
from ..view import show
from ..view.view import STYLE, folded
from . import guide
from .edition import FOLDER, SHIPPED, Edition, with_rows
from .markdown import markdown, plain
from .paper import answers_of, on_paper

STACKED = 5  # a table of so many columns is stacked on a narrow page
# cells that have no use on paper: where answers are typed as code, and the score
NOT_ON_PAPER = re.compile(r"q\d+-answer|score|score-words|hand-in|hand-in-words")
_NEXT_QUESTION = re.compile(r"q([2-9]|\d\d)(-material)?")
_TABLE = re.compile(r'<table class="ws-t">(.*?)</table>', re.DOTALL)
_FORMATS = ("text/html", "image/svg+xml", "text/markdown", "text/plain")


def build(out):
    """Write the reading edition into ``reading/`` of a site's folder; returns the files written.

    Raises
    ------
    Problem
        Outside a copy of the repository; for a notebook with a cell that fails or a link that leads
        nowhere.
    """
    edition, folder = Edition(), Path(out) / FOLDER
    if not any(book.parent.name == "notebooks" for book in edition.books):
        raise Problem(
            "the lessons are not part of this installation: run this in a copy of the repository."
        )
    pages = pages_of(edition.books, edition)
    case = whosays.load_case("khojaly")
    pages |= {
        edition.address(source): guide.page_of(source, edition, case) for source in edition.guide
    }
    pages |= {
        f"rows/{name}.html": _rows_page(edition, *cited)
        for name, cited in sorted(edition.rows.items())
    }
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in pages]


def pages_of(books, edition: Edition) -> dict[str, str]:
    """Notebooks as pages whose links lead to those of the whole edition, by their addresses."""
    with _as_shipped():  # for all of them, so that a case is read once
        return {edition.address(book): _page_of(book, edition) for book in books}


def _page_of(book, edition):
    exercise, up = book.parent.name == "exercises", edition.up(book)
    body, title, case, seen, begun, answers = [], book.stem, None, set(), set(), []
    shutil.rmtree(paths.answers(), ignore_errors=True)  # each page begins without any
    with _shell(answers) as shell:
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
                    if not (exercise or "commit(" in source):
                        body.append(_code(source))
                    body += [_shown(output, seen) for output in outputs]
            elif cell.cell_type == "markdown" and not NOT_ON_PAPER.fullmatch(cell.id):
                if source.startswith("# "):
                    first, _, source = source.partition("\n")
                    title = plain(markdown(first[2:]))
                body.append(markdown(source, book.parent))
    if answers:  # what opens in the notebook after an answer is not to be read before it
        body += ["<h2>What stands behind the questions</h2>", *answers]
    content = edition.linked("".join(body), book)
    if case is not None and case.name in SHIPPED:  # one that a lesson makes has no page of rows
        content = edition.cited(content, case, up)
    return edition.page(title, [_how(book, edition), _contents(content), content], up)


def _cells(book):
    import nbformat

    return nbformat.read(book, as_version=4).cells


@contextmanager
def _as_shipped():
    """The kit as it is shipped: its packs without texts that were dropped in, no saved answers."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="whosays-reading-") as place:
        data, answers = os.path.join(place, "data"), os.path.join(place, "answers")
        shutil.copytree(paths.data(), data, ignore=shutil.ignore_patterns("fulltext"))
        os.environ.update(WHOSAYS_DATA=data, WHOSAYS_ANSWERS=answers)
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
        says, twin = on_paper(widget)
        return (f'<p class="note quiet">{html.escape(says)}</p>' if says else "") + twin

    formatter.for_type(Widget, show)
    try:
        yield shell
    finally:
        InteractiveShell.clear_instance()


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
    out = data.get(kind, "")
    if kind == "text/plain":
        out = f"<pre>{html.escape(out.strip())}</pre>"
    elif kind == "text/markdown":
        out = markdown(out)
    # pandas leaves the corner of a table empty, and a heading must not be
    out = out.replace(STYLE, "").replace("<th></th>", "<td></td>").strip()
    parts = re.fullmatch(r'(<p class="note quiet">.*?</p>)?(.*)', out, re.DOTALL)
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
    listing = f"<pre><code>{html.escape(source)}</code></pre>"
    return f'<details class="code"><summary>Code</summary>{listing}</details>'


def _how(book, edition):
    """The sentence above a page: what it is, and where the notebook is."""
    link = edition.home.binder(book.relative_to(edition.root).as_posix())
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
    headings = re.findall(r'<h2 id="([^"]*)">(.*?)</h2>', made, re.DOTALL)
    entries = "".join(
        f'<li><a href="#{urllib.parse.quote(html.unescape(name))}">{words}</a></li>'
        for name, words in headings
    )
    if len(headings) <= 2:
        return ""
    folds = folded("On this page", f"<ol>{entries}</ol>")
    return f'<nav class="contents" aria-label="On this page">{folds}</nav>'


def _rows_page(edition, case, cited):
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
            content = show.row(case, path).html().partition("</p>")[2]
            content = with_rows(content, lambda row, *_: f"#{row}" if row in cited else "")
            body.append(f'<h3 id="{path}">{path}</h3>{content}')
    of = "practice case" if case.name == "ferry" else "lessons"
    title = f"The rows behind the {of}: {case.name.capitalize()}"
    return edition.page(title, body, "../")
