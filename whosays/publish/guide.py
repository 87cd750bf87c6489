"""The teacher's guide as plain pages of the reading edition: to print, to hand to a colleague."""

import re

from .markdown import markdown, plain

FIRST = "guide/teachers-guide.html"

_TICK = re.compile(r'<li[^>]*><input [^>]*type="checkbox"[^>]*>')


def page_of(source, edition, case) -> str:
    """One page of the guide, from its Markdown file; it cites rows of ``case``.

    Raises
    ------
    Problem
        For a link to a file that is not there.
    """
    first, _, rest = source.read_text(encoding="utf-8").partition("\n")
    body = markdown(rest, source.parent, _anchor)
    body = _TICK.sub('<li class="tick">☐ ', body.replace("<table>", '<table class="ws-t">'))
    body = body.replace("<th></th>", "<td></td>")  # the corner of a table heads nothing
    up = edition.up(source)
    body = edition.cited(edition.linked(body, source), case, up)
    return edition.page(plain(markdown(first.lstrip("# "))), [body], up)


def _anchor(heading):
    """An anchor as the repository's host makes it, for the pages link to one another by these."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
