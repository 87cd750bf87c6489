"""``whosays site OUT``: the lessons to read and to run in the browser, as one folder."""

import argparse
import json
import os
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

from jinja2 import Template

from .. import __version__
from ..base import paths
from ..base.problem import Problem
from ..grading.page import page
from . import edition, guide, links, lite, reading

# what says that a folder is a site of ours, and may be replaced
MARK = ".whosays-site"
# GitHub Pages leaves files out otherwise
NO_JEKYLL = ".nojekyll"
PARTS = ("lite", "reading")
# the one script of the first page
COPIES = "copies.js"
FIRST = Path(__file__).with_name("first.html")


def build(out: Path, offline_only: bool = False, parts=PARTS, say=print) -> Path:
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
    out.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
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
    if out.exists() and not out.is_dir():
        raise Problem(f"{out} is a file: give a folder.")
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise Problem(
            f"{out} has something else in it, and a site replaces its folder: give an empty or new"
            " one."
        )


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


def landing(site: Path) -> str:
    """The first page of a site: every lesson and exercise, to read and to run, as far as there."""
    lessons = []
    for number, title in links.LESSONS.items():
        books = links.books_of(number, paths.root())
        names = title, f"exercise {number}", f"exercise {number} on the ferry"
        cells = [_faces(site, book, name) for book, name in zip(books, names, strict=True)]
        if any(cells):
            lessons.append((number, title, links.time_of(books[0]), cells))
    runs, first = (site / "lite").is_dir(), f"{edition.FOLDER}/{guide.FIRST}"
    body = Template(FIRST.read_text(encoding="utf-8"), autoescape=True).render(
        lessons=lessons,
        runs=runs,
        reads=(site / edition.FOLDER).is_dir(),
        guide=first if (site / first).is_file() else "",
        rows=sorted(page.stem for page in site.glob(f"{edition.FOLDER}/rows/*.html")),
    )
    version = (
        f"Who Says? {__version__}. Code MIT, texts CC BY 4.0; quotations belong to their sources."
    )
    if runs:
        version += " In it: JupyterLite (BSD 3-Clause) and Pyodide (MPL 2.0) with their packages."
    footer = f"<footer class='ws'><p class='quiet'>{version}</p></footer>"
    html_page = page("Who Says?", [body], below=footer, look=edition.LOOK)
    if not runs:
        return html_page
    # this page alone runs a script, its own: it looks for copies that are older than the site's
    html_page = html_page.replace("default-src 'none'", "default-src 'none'; script-src 'self'", 1)
    return html_page.replace("</body>", f'<script type="module" src="{COPIES}"></script></body>')


def _faces(site, book, what):
    """The two faces of a notebook, as far as they are there: to read it, and to run it.

    Each has a word, its address, what it opens for whoever hears the word alone, and the edition
    of the notebook that is run.
    """
    if book is None:
        return []
    place = book.relative_to(paths.root())
    read = f"{edition.FOLDER}/{place.with_suffix('.html').as_posix()}"
    faces = [("Read", read, what, "")] if (site / read).is_file() else []
    if (site / "lite/lab/index.html").is_file():
        run = f"lite/lab/index.html?path={place.as_posix()}"
        faces.append(("Run", run, what, _edition(site / "lite" / "files" / place)))
    return faces


def _edition(copy):
    """The name of the edition of a notebook in the site; empty where it has none."""
    if not copy.is_file():
        return ""
    notebook = json.loads(copy.read_text(encoding="utf-8"))
    return notebook["metadata"].get("whosays", {}).get("edition", "")


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
    say = partial(print, "...", flush=True)
    out = build(options.out, options.offline_only, parts, say)
    files = [file for file in out.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files)
    print(f"{out}: {len(files)} files, {size / 1e6:.0f} MB. To look at it here:")
    print(f'    "{sys.executable}" -m http.server --bind 127.0.0.1 --directory "{out}" 8000')
    print("and open http://localhost:8000 (not the machine's number: see docs/running.md).")
    return 0
