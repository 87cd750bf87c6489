"""The teacher's guide as plain pages of the reading edition: to print, to hand to a colleague."""

import html
import re
from pathlib import Path

from ..grading.page import page
from .markdown import in_text, markdown, plain, relinked
from .tracked import tracked

# what a teacher prints or looks up; everything else that these pages link to is in the repository
PAGES = (
    "docs/teachers-guide.md",
    "docs/teaching/*.md",
    "docs/memo-rubric.md",
    "docs/grading.md",
    "docs/running.md",
    "docs/traps.md",
)
FIRST = "guide/teachers-guide.html"

_HEADING = re.compile(r'<h([2-6]) id="[^"]*">(.*?)</h\1>', re.DOTALL)
_TICK = re.compile(r'<li[^>]*><input [^>]*type="checkbox"[^>]*>')
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)


def sources(root):
    """The pages of the guide, the first one first."""
    root = Path(root)
    return tracked(root, (path for pattern in PAGES for path in sorted(root.glob(pattern))))


def address(source, root):
    """Where a page of the guide is, within the edition."""
    return f"guide/{source.relative_to(Path(root) / 'docs').with_suffix('.html').as_posix()}"


def above(up):
    """The line above a page that leads to the edition's first one; ``up`` leads to its folder."""
    words = "Who Says? The reading edition"
    return f'<header class="ws"><p><a href="{up}index.html">{words}</a></p></header>'


def page_of(source, root, book_at, cite, look="", below="") -> str:
    """One page of the guide, from a Markdown file of :func:`sources`.

    Parameters
    ----------
    book_at : dict of pathlib.Path to str
        The notebooks of the edition, resolved, and their addresses in it.
    cite : callable
        ``cite(text, up)`` gives a stretch of text with its citations as links; ``up`` leads to the
        edition's folder.
    look, below : str
        As in :func:`whosays.grading.page.page`.

    Raises
    ------
    Problem
        For a link to a file that is not there.
    """
    root = Path(root)
    first, _, rest = source.read_text(encoding="utf-8").partition("\n")
    up = "../" * address(source, root).count("/")
    made = _HEADING.sub(_anchored, markdown(rest, source.parent))
    made = _TICK.sub('<li class="tick">☐ ', _TABLE.sub(r'<table class="ws-t">\1</table>', made))
    made = made.replace("<th></th>", "<td></td>")  # the corner of a table heads nothing
    pages = {path.resolve(): address(path, root) for path in sources(root)}
    made = relinked(made, source, root, pages | book_at, up)
    made = in_text(made, lambda text: cite(text, up))
    return page(
        plain(markdown(first.lstrip("# "))),
        [made],
        above(up),
        below,
        look + ".tick{list-style:none;margin-left:-1.2em}",
        pictures=True,
    )


def _anchored(heading):
    """Anchors as the repository's host makes them, for the pages link to one another by these."""
    name = re.sub(r"[^\w\- ]", "", plain(heading[2]).lower()).replace(" ", "-")
    return f'<h{heading[1]} id="{html.escape(name)}">{heading[2]}</h{heading[1]}>'
