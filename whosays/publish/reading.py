"""The reading edition: every lesson and exercise as a plain HTML page, with tables and pictures
filled in.

A page is one file. It runs nothing and fetches nothing (its own policy forbids both), prints, and
reads at any size. The notebooks are run in this process, with the kit's case packs as they are
shipped: neither full texts that lie on this machine nor anybody's saved answers get into a page.
"""

import argparse
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
from ..grading.page import page
from ..view.view import STYLE
from . import Problem, guide, links
from .paper import answers_of, on_paper
from .tracked import tracked
from .words import in_text, markdown, plain, relinked

FOLDER = "reading"
SHIPPED = ("khojaly", "ferry")
STACKED = 5  # a table of so many columns is stacked on a narrow page
# cells that have no use on paper: where answers are typed as code, and the score
NOT_ON_PAPER = re.compile(r"q\d+-answer|score|score-words")
_NEXT_QUESTION = re.compile(r"q([2-9]|\d\d)(-material)?")
_CITED = re.compile(r"\[(?:[a-z0-9-]+:)?[a-z_]+/[^\[\]]*\]")
_ROW = re.compile(r"([a-z_]+)/([a-z0-9][a-z0-9-]*)")
_TABLE = re.compile(r'<table class="ws-t">(.*?)</table>', re.DOTALL)
_FORMATS = ("text/html", "image/svg+xml", "text/markdown", "text/plain")

LOOK = """
main,.ws{max-width:70em;margin:0 auto}.ws blockquote{white-space:normal}
.ws p,.ws blockquote,.ws ul,.ws ol,.ws dl,.ws pre,.contents,.ws .spaced,.lines{max-width:50em}
.skip{position:absolute;left:-99em}.skip:focus{position:static;display:inline-block;padding:.4em}
a{color:#0b57a4}a:focus-visible,summary:focus-visible{outline:.2em solid currentColor;outline-offset:.15em}
header p{margin:0}footer.ws{margin-top:3em;border-top:1px solid #8a8a8a}
h1{font-size:1.8em}.ws h2{font-size:1.35em;margin:2em 0 .4em}.ws h3{font-size:1.1em;margin:1.6em 0 .3em}.ws h4{margin:1.2em 0 .3em}
.framed{border:1px solid #8a8a8a;padding:.2em 1.2em;margin:1em 0}.framed h3{margin-top:.6em}
img{max-width:100%;height:auto}li{margin:.2em 0}
.ws table{border-collapse:collapse;margin:.5em 0 1em}.ws table.ws-t{margin-top:1em}
.ws th,.ws td{text-align:left;vertical-align:top;padding:.3em .8em .3em 0;border-bottom:1px solid #8a8a8a}
.ws table.ws-t thead th{white-space:normal}.ws pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.5em 0}
.code{margin:.8em 0}.code summary{color:#595959;width:max-content;cursor:pointer}
.code pre{padding:.6em .9em;border:1px solid #8a8a8a;border-radius:.2em}
.ws table.ws-t td,.ws table.ws-t tbody th{overflow-wrap:break-word}.ws blockquote p{margin:.5em 0}
.ws dl{grid-template-columns:minmax(8em,max-content) minmax(0,1fr)}.ws dd{overflow-wrap:anywhere}
.ws hr{border:0;border-top:2px solid #8a8a8a;margin:3em 0 1.5em}
.ws .fill table.ws-t td{border:1px solid #8a8a8a;height:2.2em}
.ws .fill table.ws-t tbody th{font-weight:400;width:14em}.ws .fill.sentences table.ws-t tbody th{width:50%}
.lines div{border-bottom:1px solid #8a8a8a;height:2.1em}.spaced{line-height:2.6}
.ticks{list-style:none;padding-left:0}.ticks li{margin:.4em 0;padding-left:1.6em;text-indent:-1.6em}
.contents ol{columns:2 18em;padding-left:1.4em}
@media screen and (max-width:45em){.ws dl{grid-template-columns:minmax(0,1fr)}.ws dl dd{margin-bottom:.4em}
.ws table.ws-t th,.ws table.ws-t td{overflow-wrap:anywhere;padding:.3em .5em .3em 0}
.ws .fill table.ws-t tbody th{width:auto}
.ws table.wide,.ws .wide tbody,.ws .wide tr,.ws .wide caption{display:block}.ws .wide thead{position:absolute;left:-99em}
.ws table.ws-t.wide tr{border-bottom:1px solid;padding:.4em 0}
.ws table.ws-t.wide td,.ws table.ws-t.wide tbody th{display:block;border:0;padding:.1em 0}
.wide td::before{content:attr(data-of) ": ";font-weight:600}.wide td:empty{display:none}}
@media(prefers-color-scheme:dark){a{color:#8ab8f0}.code summary{color:#b0b0b0}}
@media print{body{font-size:10.5pt}.ws table{font-size:9pt}.code,.contents,.skip,header{display:none}a{color:inherit}
h1,h2,h3,caption{break-after:avoid}tr,li,.lines div,dl>*{break-inside:avoid}table{break-inside:auto}
thead{display:table-header-group}
details:not(.code)::details-content{content-visibility:visible;display:block}summary{list-style:none}@page{margin:1.8cm}}
"""


def build(out):
    """Write the reading edition.

    Parameters
    ----------
    out : path-like
        The site's folder; the pages go into ``reading/`` in it.

    Returns
    -------
    list of pathlib.Path
        The files written, the index first.

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
    for book in books:
        pages[address(book)] = _page_of(book, root, rows)
    pages |= _guide_pages(books, root, rows)
    pages |= {f"rows/{name}.html": _rows_page(*cited) for name, cited in sorted(rows.items())}
    pages = {"index.html": _index(books, rows), **pages}
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in pages]


def _guide_pages(books, root, rows):
    """The teacher's guide; its links lead to the pages of the edition, its citations to the same
    rows.
    """
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


def page_of(book, root=None):
    """One notebook as a page; see :func:`build`.

    Parameters
    ----------
    book : pathlib.Path
        A notebook of the kit.
    root : path-like, optional
        The kit's top folder.

    Returns
    -------
    str
        Its links lead to the pages of the whole edition.
    """
    return _page_of(Path(book), Path(root or paths.root()), {})


def _page_of(book, root, rows):
    """As :func:`page_of`; the rows that it cites are added to ``rows``: name of a case -> (case,
    paths).
    """
    exercise = book.parent.name == "exercises"
    pages = {one.resolve(): address(one) for one in notebooks(root)}
    body, title, case, seen, begun, answers = [], book.stem, None, set(), set(), []
    with _as_shipped(), _shell(answers) as shell:
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
                        _shown(output, seen) for output in outputs
                    ]
            elif cell.cell_type == "markdown" and not NOT_ON_PAPER.fullmatch(cell.id):
                if source.startswith("# "):
                    first, _, source = source.partition("\n")
                    title = plain(markdown(first[2:]))
                body.append(relinked(markdown(source, book.parent), book, root, pages, "../"))
    if answers:  # what opens in the notebook after an answer is not to be read before it
        body += ["<h2>What stands behind the questions</h2>", *answers]
    made = "".join(body)
    if case is not None and case.name in SHIPPED:  # one that a lesson makes has no page of rows
        cited = rows.setdefault(case.name, (case, set()))[1]
        made = in_text(
            made, lambda text: _with_links(text, case, f"../rows/{case.name}.html", cited)
        )
    above = (
        '<header class="ws"><p><a href="../index.html">Who Says? The reading'
        " edition</a></p></header>"
    )
    return page(
        title, [_how(book, root), _contents(made), made], above, _footer(), LOOK, pictures=True
    )


def _cells(book):
    import nbformat

    return nbformat.read(book, as_version=4).cells


@contextmanager
def _as_shipped():
    """The kit as it is shipped: packs without texts that were dropped in, no saved answers."""
    names = ("WHOSAYS_DATA", "WHOSAYS_ANSWERS", "WHOSAYS_FULLTEXT")
    before = {name: os.environ.get(name) for name in names}
    with tempfile.TemporaryDirectory(prefix="whosays-reading-") as place:
        shutil.copytree(
            paths.data(), Path(place) / "data", ignore=shutil.ignore_patterns("fulltext")
        )
        os.environ.update(
            WHOSAYS_DATA=str(Path(place) / "data"), WHOSAYS_ANSWERS=str(Path(place) / "answers")
        )
        os.environ.pop("WHOSAYS_FULLTEXT", None)
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value


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
    note, rest = re.fullmatch(r'(<p class="note quiet">.*?</p>)?(.*)', made, re.DOTALL).groups(
        default=""
    )
    inner = re.sub(r'^<div class="ws">(.*)</div>$', r"\1", rest, flags=re.DOTALL)
    if inner in seen:
        return note
    seen.add(inner)
    if 'class="fill' not in inner:  # room to write needs its columns
        inner = _TABLE.sub(_stacking, inner)
    # a page within the page, such as a sample memo: framed, and below the headings of the lesson
    framed = " framed" if "<h2" in inner else ""
    inner = (
        re.sub(r"<(/?)h([2-5])\b", lambda m: f"<{m[1]}h{int(m[2]) + 1}", inner) if framed else inner
    )
    return f'<div class="output{framed}">{note}{inner}</div>' if inner else note


def _stacking(table):
    """A table of many columns so that a narrow page can set its cells one below the other, each
    with its heading.

    Tables that are not laid out as tables lose their meaning for screen readers, unless it is spelt
    out.
    """
    heads = re.findall(r'<th scope="col">(.*?)</th>', table[1], re.DOTALL)
    if len(heads) < STACKED or "<td>" not in table[1]:
        return table[0]
    rows = re.sub(r"<(thead|tbody)>", r'<\1 role="rowgroup">', table[1]).replace(
        "<tr>", '<tr role="row">'
    )
    rows = rows.replace('<th scope="col">', '<th scope="col" role="columnheader">')
    rows = rows.replace('<th scope="row">', '<th scope="row" role="rowheader">')
    column = itertools.cycle(heads[1:])
    rows = re.sub(
        "<td>", lambda _: f'<td role="cell" data-of="{html.escape(plain(next(column)))}">', rows
    )
    return f'<table class="ws-t wide" role="table">{rows}</table>'


def _code(source):
    """A code cell, folded."""
    return (
        "<details"
        f' class="code"><summary>Code</summary><pre><code>{html.escape(source)}</code></pre></details>'
    )


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
    if book.parent.name == "exercises":
        words = (
            "To read and to print; nothing on this page runs. Checks, hints and explanations are"
            f" {there}."
        )
    else:
        words = (
            "To read and to print; nothing on this page runs, and its tables and pictures are"
            f" filled in. Menus, buttons and checks that the text speaks of are {there}."
        )
    return f'<p class="note">{words}</p>'


def _contents(made):
    """The headings of a page as links."""
    found = re.findall(r'<h2 id="([^"]*)">(.*?)</h2>', made, re.DOTALL)
    entries = "".join(
        f'<li><a href="#{urllib.parse.quote(html.unescape(name))}">{words}</a></li>'
        for name, words in found
    )
    return (
        '<nav class="contents" aria-label="On this page"><details><summary>On this'
        f" page</summary><ol>{entries}</ol></details></nav>"
        if len(found) > 2
        else ""
    )


def _footer():
    return (
        f'<footer class="ws"><p class="quiet">Who Says? {whosays.__version__}, a teaching kit on'
        " source evaluation. Code under the MIT licence, texts under CC BY 4.0; quotations belong"
        " to their sources.</p></footer>"
    )


def _rows_page(case, cited):
    """The rows of a case that the lessons and exercises cite, each with an anchor."""
    from ..view import show

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
    body.append(show.labels(case).html())
    for name, table in case.tables.items():
        rows = [row_id for row_id in table.ids if f"{name}/{row_id}" in cited]
        if rows:
            body.append(f'<h2 id="{name}">{html.escape(name.replace("_", " "))}</h2>')
        for row_id in rows:
            path = f"{name}/{row_id}"
            made = (
                show.row(case, path).html().partition("</p>")[2]
            )  # its citation is the heading here
            made = in_text(
                made, lambda text: _CITED.sub(lambda g: _ROW.sub(_if(cited), g[0]), text)
            )
            body.append(f'<h3 id="{path}">{path}</h3>{made}')
    above = (
        '<header class="ws"><p><a href="../index.html">Who Says? The reading'
        " edition</a></p></header>"
    )
    title = (
        f"The rows behind the {'practice case' if case.name == 'ferry' else 'lessons'}:"
        f" {case.name.capitalize()}"
    )
    return page(title, body, above, _footer(), LOOK)


def _if(cited):
    return lambda match: f'<a href="#{match[0]}">{match[0]}</a>' if match[0] in cited else match[0]


def _index(books, rows):
    """The page with the table of lessons."""
    lines = []
    for number, title, minutes in links.LESSONS:
        mine = [book for book in books if book.name.startswith(f"{number}_")]
        lesson = [b for b in mine if b.parent.name == "notebooks"]
        twins = [b for b in mine if b.stem.endswith("_ferry_ex")]
        main = [b for b in mine if b not in lesson and b not in twins]
        cells = "".join(
            f"<td>{f'<a href={chr(34)}{address(found[0])}{chr(34)}>{words} {number}</a>' if found else ''}</td>"
            for found, words in ((lesson, "lesson"), (main, "exercise"), (twins, "practice"))
        )
        lines.append(
            f'<tr><th scope="row">{number} {html.escape(title)}</th><td>{minutes}</td>{cells}</tr>'
        )
    head = "".join(
        f'<th scope="col">{h}</th>'
        for h in ("lesson", "minutes", "to read", "exercise", "practice case")
    )
    body = [
        (
            "<p>Who says so? Who did they get it from? Are two texts one text? What do independent"
            " accounts say? These are the lessons and exercises of the kit as plain pages: to read,"
            " to print, to hand out. Nothing runs here and nothing is loaded from elsewhere.</p>"
        ),
        (
            "<blockquote><p><strong>Content note.</strong> The lessons are about a massacre of"
            " civilians. There are no pictures of violence. Some texts name killings and injuries,"
            " of children too. The column <em>practice case</em> teaches the same skills on a calm,"
            " invented case about a ferry; whoever takes it need not say why.</p></blockquote>"
        ),
        '<table class="ws-t"><caption>Lessons and exercises</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>",
        (
            f'<h2>For teachers</h2><p><a href="{guide.FIRST}">The teacher\'s guide</a>: six lesson'
            " plans, care, what is settled and what is open, the classroom, grading, rubrics with"
            " sample answers, two short tasks to print.</p>"
        ),
        (
            "<h2>The rows behind the statements</h2><p>A name in square brackets is a row of data."
            " It opens with a click: "
        ),
        ", ".join(
            f'<a href="rows/{name}.html">rows of the case {name}</a>' for name in sorted(rows)
        ),
        ".</p>",
    ]
    return page("Who Says? The reading edition", body, below=_footer(), look=LOOK)


def main(argv=None):
    parser = argparse.ArgumentParser(
        prog="whosays.publish.reading",
        description="Write the lessons as plain HTML pages, to read and to print.",
    )
    parser.add_argument("out", help="the site's folder; the pages go into reading/ in it")
    try:
        written = build(Path(parser.parse_args(argv).out))
    except Problem as problem:
        print(f"whosays: {problem}", file=sys.stderr)
        return 1
    print(f"{len(written)} pages; begin with {written[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
