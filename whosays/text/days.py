"""Days as a page prints them: *25 February 2021*, not 2021-02-25."""

import calendar
import re


def in_words(day):
    """A date as a reader writes it; empty for nothing.

    ``2021``, ``2021-02`` and ``2021-02-25`` are told alone or among other words, which stay.
    """

    def named(found):
        year, month, date = found.groups()
        return f"{f'{int(date)} ' if date else ''}{calendar.month_name[int(month)]} {year}"

    return re.sub(r"\b(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?\b", named, day or "")


def capital(words):
    """The words with a capital at the beginning: an outlet without a name begins small."""
    return words[:1].upper() + words[1:]
