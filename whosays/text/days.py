"""Days as a page prints them: *25 February 2021*, not 2021-02-25."""

import calendar
import re


def in_words(day):
    """A date as a reader writes it.

    Parameters
    ----------
    day : str or None
        ``2021``, ``2021-02`` or ``2021-02-25``; anything else comes back as it is.

    Returns
    -------
    str
        Empty for nothing.
    """
    found = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", day or "")
    if not found or not 1 <= int(found[2]) <= 12:
        return day or ""
    year, month, date = found.groups()
    named = f"{calendar.month_name[int(month)]} {year}"
    return f"{int(date)} {named}" if date else named


def capital(words):
    """The words with a capital at the beginning: an outlet without a name begins small."""
    return words[:1].upper() + words[1:]
