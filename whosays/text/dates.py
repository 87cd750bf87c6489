"""Dates as people write them: what they say in the way of ISO 8601, and where they stand.

English months are known here. The months of other languages are known where dateparser is
installed (``whosays[case]``). A date whose day and month can be read either way round is never
decided; both readings are given instead.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))  # of months, for a pattern
MONTH = rf"(?P<month>{NAMES})\b\.?"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.?),?\s+"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_GAP = r"(?:\s+(?:of\s+)?|[-/.])"
_WORD = r"(?P<month>[^\W\d_]{3,12})\.?"
_PATTERNS = [
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b{_YEAR}([-/.])(?P<month>[01]?\d)\2(?P<day>[0-3]?\d)(?!\d)",
        rf"\b(?:{WEEKDAY})?{DAY}{_GAP}{MONTH}[-/.,]?\s*{_YEAR}\b",
        rf"\b(?:{WEEKDAY})?{MONTH}[\s-]+{DAY}(?:,\s*|[\s-]+){_YEAR}\b",
        rf"\b(?P<day>[0-3]?\d)([./-])(?P<month>[0-3]?\d)\2{_YEAR}\b",
        rf"\b{DAY}\.?(?:-?го|er|º)?\s+(?:de\s+)?{_WORD}\s+(?:de\s+)?{_YEAR}\b",
        rf"(?<!\d\s)\b{MONTH},?\s+{_YEAR}\b",
        rf"\b(?:spring|summer|autumn|fall|winter)\s+{_YEAR}\b",
    )
]


@dataclass(frozen=True)
class Dated:
    """A date in a line."""

    # as exact as it stands: ``2024-04-09``, ``2024-04``, ``2024``; empty where it can be two days
    iso: str
    # start, end: where it stands, in code points, end exclusive
    start: int
    end: int
    readings: tuple[str, ...] = ()  # both days where it can be two, otherwise empty


def find_date(words: str) -> Dated | None:
    """The first and most exact date of a line."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(words):
            part = match.groupdict()
            month, day = part.get("month"), part.get("day")
            number = None if month is None else _month(match[0], month)
            if month is not None and number is None:
                continue
            year, day = int(part["year"]), day and int(day)
            first = match[0].lstrip().startswith(part["year"])
            dotted = "." in match[0]  # 9.4.2024 is written where the day comes first
            if month and month.isdigit() and not first and not dotted and day != number:
                both = [_iso(year, m, d) for m, d in ((number, day), (day, number))]
                if all(both):
                    return Dated("", *match.span(), tuple(both))
                iso = both[0] or both[1]
            else:
                iso = _iso(year, number, day) or (dotted and _iso(year, day, number)) or ""
            if iso:
                return Dated(iso, *match.span())
    return None


def _iso(year, month, day):
    if month is None:
        return f"{year}"
    try:
        date(year, month, 1 if day is None else day)
    except ValueError:
        return ""
    return f"{year}-{month:02d}" + (f"-{day:02d}" if day else "")


def _month(whole, name):
    """The number of a month; a word that English does not know is asked of dateparser."""
    if name.isdigit():
        return int(name)
    if number := MONTHS.get(name.lower()):
        return number
    reader = _other_languages()
    if reader is None:
        return None
    period = reader.get_date_data(" ".join(re.sub(r"-го\b", "", whole).split()))
    return period.date_obj.month if period.date_obj else None


@cache
def _other_languages():
    """What reads the months of other languages; all two hundred would take seconds to load."""
    try:
        from dateparser.date import DateDataParser
    except ImportError:
        return None
    known = "ru uk az tr de fr es it pt pl nl sv da fi cs ro hu ka hy el ar fa he".split()
    return DateDataParser(languages=known, settings={"REQUIRE_PARTS": ["month", "year"]})
