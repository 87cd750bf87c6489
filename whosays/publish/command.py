"""``whosays site OUT``: the lessons to read and to run in the browser, as one folder."""

import argparse
import html
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from .. import __version__
from ..base import paths
from ..base.problem import Problem
from ..grading.page import page
from . import links, lite, reading

# what says that a folder is a site of ours, and may be replaced
MARK = ".whosays-site"
# GitHub Pages leaves files out otherwise
NO_JEKYLL = ".nojekyll"
PARTS = ("lite", "reading")
# the one script of the first page
COPIES = "copies.js"
# how a lesson is run, and where one's work is
RUNNING = "running.html"

_LOOK = (
    "td,tbody th{padding:.4em .8em .4em 0;vertical-align:top;text-align:left}"
    "main,footer.ws{max-width:60em;margin-left:auto;margin-right:auto}"
)
_ABOVE = (
    "<p class='lead'>A teaching kit on source evaluation: who says so, who copied whom, what"
    " independent accounts say.</p><p class='note'><strong>Content note.</strong> The case of the"
    " lessons is a massacre of civilians. Every exercise has a twin on a calm, invented case, the"
    " ferry.</p>"
)


def build(out, offline_only=False, parts=PARTS, say=print):
    """Make the site; returns its folder.

    Parameters
    ----------
    out : path
        A folder that does not exist, is empty, or is a site that was made before (replaced as a
        whole, once the new one is ready).
    offline_only : bool
        See :func:`whosays.publish.lite.build`.
    parts : collection of str
        Of :data:`PARTS`: the lessons that run, the pages to read and print.
    say : callable
        Called with a line at each step.

    Raises
    ------
    Problem
        With the sentence for whoever asked.
    """
    out = Path(out).resolve()
    _may_be_replaced(out)
    if "lite" in parts:
        lite.check()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise Problem(f"{out.parent} cannot be written ({error.strerror or error}).") from None
    try:
        if "lite" in parts:
            lite.build(part / "lite", offline_only, say=say)
        if "reading" in parts:
            say("the pages to read")
            reading.build(part)
        (part / "index.html").write_text(landing(part), encoding="utf-8", newline="\n")
        if "lite" in parts:
            shutil.copyfile(Path(__file__).with_name(COPIES), part / COPIES)
        (part / MARK).write_text(f"{__version__}\n", encoding="utf-8", newline="\n")
        (part / NO_JEKYLL).write_text("", encoding="utf-8")
        part.chmod(0o755)
        _swap(part, out)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return out


def _may_be_replaced(out):
    try:
        if out.exists() and not out.is_dir():
            raise Problem(f"{out} is a file: give a folder.")
        if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
            raise Problem(
                f"{out} has something else in it, and a site replaces its folder: give an empty or"
                " new one."
            )
    except OSError as error:
        raise Problem(f"{out} cannot be read ({error.strerror or error}).") from None


def _swap(part, out):
    """The new site in the place of the old one, which goes last."""
    old = part.with_name(f"{part.name}-old")
    try:
        if out.exists():
            os.replace(out, old)
        os.replace(part, out)
    except OSError as error:
        if old.exists() and not out.exists():
            os.replace(old, out)
        raise Problem(
            f"{out} cannot be replaced ({error.strerror or error}): is it open in another program?"
        ) from None
    shutil.rmtree(old, ignore_errors=True)


def landing(site) -> str:
    """The first page of a site: every lesson and exercise, to read and to run, as far as there."""
    runs, reads = (site / "lite").is_dir(), (site / "reading").is_dir()
    read = (
        "<strong>Read</strong> opens a page with every table and picture filled in, which can be"
        ' printed (<a href="reading/index.html">all of them</a>). '
    )
    run = (
        "<strong>Run</strong> opens the notebook with its fields and buttons, and checks your"
        " answers. Nothing is installed: Python runs inside your browser."
    )
    body = [_ABOVE, f"<p>{read if reads else ''}{run if runs else ''}</p>", _lessons(site)]
    version = f"Who Says? {__version__}. Code MIT, texts CC BY 4.0."
    if runs:
        body.append(Path(__file__).with_name(RUNNING).read_text(encoding="utf-8"))
        version += " In it: JupyterLite (BSD 3-Clause) and Pyodide (MPL 2.0) with their packages."
    if runs and reads:
        body.append("<p>Where a lesson does not come up, <em>Read</em> always works.</p>")
    footer = f"<footer class='ws'><p class='quiet'>{version}</p></footer>"
    made = page("Who Says?", body, below=footer, look=_LOOK)
    if not runs:
        return made
    # this page alone runs a script, its own: it looks for copies that are older than the site's
    made = made.replace("default-src 'none'", "default-src 'none'; script-src 'self'", 1)
    return made.replace("</body>", f'<script type="module" src="{COPIES}"></script></body>')


def _lessons(site):
    root = paths.root()
    columns = ("No.", "Lesson", "Time", "Lesson notebook", "Exercise", "The same on the ferry")
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    rows = []
    for number, title in links.LESSONS.items():
        names = title, f"exercise {number}", f"exercise {number} on the ferry"
        books = links.books_of(number, root)
        cells = [_cell(site, root, book, name) for book, name in zip(books, names, strict=True)]
        if any(cells):
            name = f'<td>{number}</td><th scope="row">{html.escape(title)}</th>'
            name += f"<td>{links.time_of(books[0])}</td>"
            rows.append(f"<tr>{name}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    return (
        '<table class="ws-t"><caption>Lessons and exercises</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _cell(site, root, book, what):
    """Links to a notebook's two faces; each says what it opens to whoever hears it alone."""
    if book is None:
        return ""
    book = book.relative_to(root)
    there = {
        "Read": f"reading/{book.with_suffix('.html').as_posix()}",
        "Run": f"lite/lab/index.html?path={book.as_posix()}",
    }
    copy = site / "lite" / "files" / book
    return " · ".join(
        f'<a href="{html.escape(place)}" aria-label="{name} {html.escape(what)}"'
        f"{_edition(copy) if name == 'Run' else ''}>{name}</a>"
        for name, place in there.items()
        if (site / place.partition("?")[0]).is_file()
    )


def _edition(copy):
    """The attribute with the edition of a notebook in the site; none where it has no name."""
    if not copy.is_file():
        return ""
    notebook = json.loads(copy.read_text(encoding="utf-8"))
    edition = notebook["metadata"].get("whosays", {}).get("edition", "")
    return f' data-edition="{html.escape(edition)}"' if edition else ""


def _say(what):
    print(f"... {what}", flush=True)


def main(argv=None):
    parser = argparse.ArgumentParser(
        prog="whosays site",
        description=(
            "Make a folder of plain files for any web server: the lessons to read and print, and to"
            " run in the browser."
        ),
    )
    parser.add_argument("out", type=Path, help="a new or empty folder, or a site made before")
    parser.add_argument(
        "--offline-only",
        action="store_true",
        help="without NumPy and pandas, which a cell would fetch from the internet",
    )
    parser.add_argument(
        "--only",
        choices=PARTS,
        help="the lessons that run, or the pages to read (these need no npm)",
    )
    options = parser.parse_args(argv)
    parts = [options.only] if options.only else PARTS
    out = build(options.out, options.offline_only, parts, _say)
    files = [file for file in out.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files)
    print(f"{out}: {len(files)} files, {size / 1e6:.0f} MB. To look at it here:")
    print(f'    "{sys.executable}" -m http.server --bind 127.0.0.1 --directory "{out}" 8000')
    print("and open http://localhost:8000 (not the machine's number: see docs/running.md).")
    return 0
