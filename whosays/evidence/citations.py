"""The citation marks in the kit's own prose, and how a text reads without them.

A number that is filled from ``data/`` carries a mark that nobody sees on the page:
``161<!--=figures/hrw-1993-161.value-->``. ``tools/lint.py`` checks the marks; here is what the
package needs of them: the text as a reader gets it, and the text without its dates and places.
"""

import re

from ..text.dates import NAMES

EXEMPT = re.compile(r"<!--\s*no-claim(?::(?P<why>[^>]*))?-->")
_MARK = re.compile(r"<!--=[^>]*-->")
_MONTH = rf"(?:(?:{NAMES})\b\.?)"
# What is not a number about the event even when it has digits: dates, addresses, names, times,
# places in a text.
_NOT_COUNTS = re.compile(
    rf"\b\d{{1,2}}(?:\s*(?:-|–|/|to|and)\s*\d{{1,2}})?\s+{_MONTH}(?:\s+\d{{4}})?|\b{_MONTH}\s+\d{{1,2}}(?!\d)(?:,?\s+\d{{4}})?"
    r"|\b\d{4}-\d{2}(?:-\d{2})?\b|\b(?:1[89]|20)\d\d(?:s|\b)(?:\s*[-–]\s*(?:1[89]|20)?\d\d\b)?|\b\d{1,2}:\d{2}\b|\b366th\b|\b366\b"
    r"|§+\s*\d+|\b(?:pp?\.|pages?|lessons?|questions?|steps?|paragraphs?|resolutions?|articles?|art\.|notes?|figure|table|"
    r"no\.|nos\.|python|jupyterlab|version|option)\s+\d[\d.,]*(?:\s*(?:-|–|,|and|to)\s*\d[\d.]*)*"
    r"|\b\d+\s*(?:minutes?|min|px|%\s+zoom|words|cells|offsets|KB|MB)\b|\b[A-Z]/\d+/\d+|\b[SA]/[\w/.-]+|\b\d+/\d+\b",
    re.IGNORECASE,
)


def without_dates(text: str) -> str:
    """Blank out what has digits and counts nothing: dates, times, pages, paragraph numbers.

    What comes back is as long as ``text``, so that offsets stay.
    """
    return _NOT_COUNTS.sub(lambda match: " " * len(match[0]), text)


def plain(text: str) -> str:
    """Markdown, or the TOML of a question, without what only the lint reads."""
    return EXEMPT.sub("", _MARK.sub("", text))
