"""Tables that are safe to open in a spreadsheet: nothing that somebody wrote can become a formula."""

import csv
import io
import re

from .intake import clean

# what a spreadsheet takes for the beginning of a formula, full-width forms and leading blanks included
_FORMULA = re.compile(r"[\s\u3000]*[=+\-@|\uff1d\uff0b\uff0d\uff20]")


def safe(value):
    """A cell that is text and nothing else: a number as it is, of a text one line."""
    if value is None:
        return ""
    if type(value) is int:
        return str(value)
    if type(value) is float:
        return f"{value:.15g}"
    text = re.sub(r"\s+", " ", clean(value, 30_000))
    return "'" + text if _FORMULA.match(text) else text


def table(header, rows):
    """A CSV as text, with a byte order mark so that every spreadsheet reads names in any script."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return "\ufeff" + text.getvalue()
