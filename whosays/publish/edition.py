"""The reading edition as a whole: its pages, and how they lead to each other and to rows."""

import html
import re
import urllib.parse
from functools import cached_property
from pathlib import Path

import whosays

from ..base import paths
from ..base.problem import Problem
from ..grading.page import page
from . import links
from .markdown import in_text
from .tracked import tracked

FOLDER = "reading"
BOOKS = ("notebooks/[0-9]*.ipynb", "exercises/[0-9]*_ex.ipynb")
# what a teacher prints or looks up; everything else that these pages link to is in the repository
GUIDE = (
    "docs/teachers-guide.md",
    "docs/teaching/*.md",
    "docs/memo-rubric.md",
    "docs/grading.md",
    "docs/running.md",
    "docs/traps.md",
)
SHIPPED = ("khojaly", "ferry")
LOOK = Path(__file__).with_name("reading.css").read_text(encoding="utf-8")
FOOTER = (
    f'<footer class="ws"><p class="quiet">Who Says? {whosays.__version__}, a teaching kit on'
    " source evaluation. Code under the MIT licence, texts under CC BY 4.0; quotations belong"
    " to their sources.</p></footer>"
)
_LINK = re.compile(r'<a\b([^>]*?)href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_CITED = re.compile(r"\[(?:[a-z0-9-]+:)?[a-z_]+/[^\[\]]*\]")
_ROW = re.compile(r"([a-z_]+)/([a-z0-9][a-z0-9-]*)")


class Edition:
    """What a page has to know of all others.

    ``books`` are the notebooks, lessons before exercises, ``guide`` the pages of the teacher's
    guide, the first one first; ``rows`` has the rows that are cited, by the name of their case, as
    (Case, set of str), and gets those of each page that is made.
    """

    def __init__(self, root=None):
        self.root = Path(root or paths.root())
        self.books, self.guide = (self._tracked(patterns) for patterns in (BOOKS, GUIDE))
        self.pages = {file.resolve(): self.address(file) for file in (*self.books, *self.guide)}
        self.rows = {}

    def _tracked(self, patterns):
        return tracked(self.root, (f for one in patterns for f in sorted(self.root.glob(one))))

    def address(self, file: Path) -> str:
        """Where the page of a notebook or of a page of the guide is, within the edition."""
        place = file.relative_to(self.root).with_suffix(".html").as_posix()
        return re.sub("^docs/", "guide/", place)

    def up(self, file: Path) -> str:
        """What leads from the page of a file to the edition's folder."""
        return "../" * self.address(file).count("/")

    @cached_property
    def home(self):
        """The kit's home, as :func:`whosays.publish.links.home` knows it."""
        return links.home(self.root)

    def linked(self, made: str, source: Path) -> str:
        """A page's links, led to the pages of the edition, else to the repository.

        ``source`` is the file that the page was made from; its links are relative to it. Where the
        repository's address is not known, the words of such a link stand without it.

        Raises
        ------
        Problem
            For a link to a file that is not there.
        """

        def target(match):
            before, link, after, words = match.groups()
            parts = urllib.parse.urlsplit(html.unescape(link))
            if parts.scheme or not parts.path:
                return match[0]
            path = (source.parent / urllib.parse.unquote(parts.path)).resolve()
            if not path.exists():
                raise Problem(f"{source.name} links to {parts.path}, which is not there.")
            if path in self.pages:
                there = self.up(source) + self.pages[path]
            elif self.home.on_github:
                kind = "tree" if path.is_dir() else "blob"
                place = path.relative_to(self.root.resolve()).as_posix()
                there = f"{self.home.repository}/{kind}/{self.home.tag}/{place}"
            else:
                return words
            anchor = f"#{parts.fragment}" if parts.fragment else ""
            return f'<a{before}href="{html.escape(there + anchor)}"{after}>{words}</a>'

        return _LINK.sub(target, made)

    def cited(self, made: str, case, up: str) -> str:
        """A page's citations of rows as links to the page of the rows; see :func:`with_rows`."""
        rows = self.rows.setdefault(case.name, (case, set()))[1]

        def link(row, table, name):
            if table not in case.tables or name not in case.tables[table].ids:
                return ""
            rows.add(row)
            return f"{up}rows/{case.name}.html#{row}"

        return with_rows(made, link)

    @staticmethod
    def page(title: str, body, up: str) -> str:
        """A page of the edition; ``body`` is a list of HTML, ``up`` leads to its folder."""
        first = f'<a href="{up}../index.html">Who Says? All lessons and exercises</a>'
        above = f'<header class="ws"><p>{first}</p></header>'
        return page(title, body, above, FOOTER, LOOK, pictures=True)


def with_rows(made: str, link) -> str:
    """HTML with the rows that its text cites as links.

    ``link(row, table, name)`` gives the address of a row; empty where it gets no link.
    """

    def row(match):
        there = link(match[0], match[1], match[2])
        return f'<a href="{there}">{match[0]}</a>' if there else match[0]

    return in_text(made, lambda text: _CITED.sub(lambda group: _ROW.sub(row, group[0]), text))
