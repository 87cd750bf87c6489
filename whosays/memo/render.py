"""One list of blocks as HTML to print and as Markdown to edit.

A block is (kind, thing): ``heading``, ``text``, ``written`` (a learner's own words), ``table`` (a
TableView), ``brief`` (the evidence in a few lines) or ``view`` (any view). Everything is escaped
here.
"""

import html
import re

from ..view.grave import shown, told
from ..view.show import text_of


def to_html(blocks) -> str:
    """The blocks as HTML, opened, since what is folded on a screen is not there on paper.

    What describes cruelty stays folded, on paper too.
    """
    return "".join(_HTML[kind](thing) for kind, thing in blocks)


def _written_html(words):
    body = "".join(f"<p>{html.escape(p)}</p>" for p in paragraphs(words))
    return body or '<p class="quiet">Not written yet.</p>'


_HTML = {
    "heading": lambda words: f"<h2>{html.escape(told(words))}</h2>",
    "text": lambda words: f"<p>{shown(words)}</p>",
    "written": lambda words: f'<div class="written">{_written_html(words)}</div>',
    "table": lambda table: table.whole(),
    "brief": lambda brief: brief.html(),
    "view": lambda view: re.sub(
        r'<details(?! open| class="ws-grave")', "<details open", view.html()
    ),
}


def to_markdown(blocks) -> str:
    """The blocks as Markdown that any program reads: pipe tables, no HTML."""
    parts = (_MARKDOWN[kind](thing) for kind, thing in blocks)
    return "\n\n".join(filter(None, parts)) + "\n"


def _written_markdown(words):
    return "\n\n".join(_plain(p) for p in paragraphs(words)) or "*Not written yet.*"


def _plain(words):
    """Text that Markdown takes for text: no heading, list, quotation or HTML by accident."""
    escaped = re.sub(r"([\\`*_<>|#])", r"\\\1", told(words))
    return re.sub(r"^(\s*)([-+]|\d+[.)])(?=\s)", r"\1\\\2", escaped)


def _table(view):
    def line(cells):
        return f"| {' | '.join(_plain(' '.join(text_of(c).split())) for c in cells)} |"

    head = [f"**{_plain(view.caption)}**", "", line(view.columns.values())]
    rows = (line(row.values()) for row in view.rows)
    return "\n".join([*head, "|---" * len(view.columns) + "|", *rows])


def _view(view):
    # the words of a view stand as they are, in a block that Markdown leaves alone
    longest = max((len(run) for run in re.findall(r"`+", view.text())), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{view.text()}\n{fence}"


_MARKDOWN = {
    "heading": lambda words: f"## {_plain(words)}",
    "text": _plain,
    "written": _written_markdown,
    "table": _table,
    "brief": lambda brief: "\n".join(
        f"- **{_plain(name)}**: {_plain('; '.join(map(told, lines)))}"
        for name, lines in brief.facts
        if lines
    ),
    "view": _view,
}


def paragraphs(words: str) -> list:
    """The paragraphs of a text, each on one line."""
    return [" ".join(p.split()) for p in re.split(r"\n\s*\n", words or "") if p.strip()]
