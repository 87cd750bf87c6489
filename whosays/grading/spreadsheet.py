"""Tables that are safe to open in a spreadsheet: nothing that was written becomes a formula."""

import csv
import io
import re

from .handed import clean

# what a spreadsheet takes for the beginning of a formula: full-width forms and blanks included
_LONGEST = 30_000  # characters; a cell of a spreadsheet holds 32,767
_FORMULA = re.compile(r"[\s\u3000]*[=+\-@|\uff1d\uff0b\uff0d\uff20]")


def safe(value, lines: bool = False) -> str:
    """A text, a number or None as a cell that is text and nothing else.

    ``lines`` keeps line breaks, as for what a person has to read and mark.
    """
    if value is None:
        return ""
    if type(value) is int:
        return str(value)
    if type(value) is float:
        return f"{value:.15g}"
    text = clean(value, _LONGEST + 1)
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]} [cut here; the feedback page has more]"
    if not lines:
        text = re.sub(r"[\t\n\v\f\r\x85\u2028\u2029]+", " ", text)
    return "'" + text if _FORMULA.match(text) else text


def table(header: list[str], rows, lines=(), quote_all: bool = False) -> str:
    """A CSV as text, with a byte order mark so that every spreadsheet reads names in any script.

    ``lines`` names the columns whose cells keep their line breaks. ``quote_all`` puts every cell in
    quotation marks, so that a name with a semicolon is one cell everywhere.
    """
    text = io.StringIO()
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    writer = csv.writer(text, lineterminator="\r\n", quoting=quoting)
    writer.writerow(header)
    for row in rows:
        named = zip(header, row, strict=True)
        writer.writerow([safe(cell, name in lines) for name, cell in named])
    return "\ufeff" + text.getvalue()
