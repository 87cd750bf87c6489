"""Days as a page prints them: *25 February 2021*, not 2021-02-25."""

import calendar
import re


def in_words(day: str) -> str:
    """A date as a reader writes it; empty for nothing.

    ``2021``, ``2021-02``, ``2021-02-25`` and ``2021-02-25T06:30`` are told alone or among other
    words, which stay.
    """

    def named(found):
        year, month, date, hour = found.groups()
        told = f"{f'{int(date)} ' if date else ''}{calendar.month_name[int(month)]} {year}"
        return f"{told}, {hour}" if hour else told

    return _DAY.sub(named, day or "")


_DAY = re.compile(
    r"\b(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d)(?:T(\d\d:\d\d)(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?)?\b"
)


def capital(words: str) -> str:
    """The words with a capital at the beginning: an outlet without a name begins small."""
    return words[:1].upper() + words[1:]
