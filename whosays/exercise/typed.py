"""What people type for a number or a date, in the ways that they write it.

A number may stand in words, with its unit, or with the thousands and decimal marks of any language.
One that can be read in two ways (``1.275``) is asked back, and never taken for wrong.
"""

import math
import re
import unicodedata
from fractions import Fraction

from ..text.dates import DAY, MONTH, MONTHS
from ..text.fold import words
from ..text.numbers import Reader, tokens

LARGEST = 10**15
_SPACES = "\u00a0\u202f\u2009 "
_THOUSANDS = "'’٬"
_NUMBER = re.compile(
    rf"(?<![\w.,])[+\-−]?(?:\d{{1,3}}(?:[{_SPACES}{_THOUSANDS}.,]\d{{3}})+(?:[.,٫]\d+)?|\d+(?:[.,٫]\d+)?)"
    r"(?!\d)"
)
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_BETWEEN = re.compile(r"\s*(?:to|until|till|and|or|[-–—])\s*", re.I)
_YEAR = r"(?:,?\s+(?P<year>\d{4}))?"
_DATES = [
    re.compile(pattern, re.I)
    for pattern in (
        rf"{DAY}\s+(?:of\s+)?{MONTH}{_YEAR}",
        rf"{MONTH}\s+{DAY}{_YEAR}",
        rf"{MONTH}{_YEAR}",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?",
        r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})",
    )
]
_WEEKDAY = re.compile(
    r"^(?:on\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:the\s+)?", re.I
)


class Unreadable(ValueError):
    """A part that cannot be compared; the message is for the learner."""


def read_number(value) -> list[Fraction]:
    """A number, or the two ends of a range.

    A value is a number, or a text with one number or range in it: ``"1,200"``, ``"1 200,5"``,
    ``"nineteen"``, ``"161 people"``, ``"500 to 1,000"``. Raises Unreadable when there is no number,
    more than one, or one that can be read in two ways.
    """
    if type(value) is Fraction:
        return [value]
    if type(value) in (int, float) and math.isfinite(value) and abs(value) < LARGEST:
        return [Fraction(str(value))]
    if type(value) is not str:
        raise Unreadable(f"{_ASK}; given was {shown(value)}.")
    text = "".join(_digit(c) for c in value)
    found = list(_NUMBER.finditer(text))
    if not found:
        return [_in_words(text)]
    if len(found) > 2 or (len(found) == 2 and not _BETWEEN.fullmatch(_gap(text, *found))):
        raise Unreadable(
            f"There are {len(found)} numbers in {shown(value)}: give the one asked for."
        )
    ends = [_marked(match[0]) * _scale(text, match.end(), value) for match in found]
    if any(abs(end) >= LARGEST for end in ends):
        raise Unreadable(f"{_ASK}; given was {shown(value)}.")
    return ends


_ASK = "The value should be a number, for example 12 or 12.5"


def _digit(character):
    return str(unicodedata.digit(character)) if character.isdecimal() else character


def _gap(text, first, second):
    return text[first.end() : second.start()]


def _scale(text, end, value):
    """What a word after the number multiplies it by; letters that touch it make it no number."""
    if text[end : end + 1].isalpha():
        raise Unreadable(f"{_ASK}; given was {shown(value)}.")
    word = re.match(r"\s+([a-z]+)", text[end:], re.I)
    return _SCALES.get(word[1].lower(), 1) if word else 1


def _marked(text):
    """A number in digits, whatever its thousands and decimal marks."""
    sign = -1 if text[0] in "-−" else 1
    bare = re.sub(rf"[{_SPACES}{_THOUSANDS}+\-−]", "", text).replace("٫", ".")
    marks = [c for c in bare if c in ".,"]
    if not marks:
        return sign * Fraction(bare)
    whole, _, part = bare.rpartition(marks[-1])
    if len(set(marks)) == 1 and len(marks) > 1:
        return sign * Fraction(bare.replace(marks[0], ""))
    if (
        len(marks) == 1
        and len(part) == 3
        and len(whole) < 4
        and whole != "0"
        and bare == text.strip("+-−")
    ):
        if marks[0] == ".":
            raise Unreadable(
                f"{text} can be read as {whole}{part} or as {whole} and {part} thousandths: "
                f"write {whole}{part}, or {whole}.{part}0."
            )
        return sign * Fraction(whole + part)
    return sign * Fraction(f"{whole.replace('.', '').replace(',', '')}.{part}")


def _in_words(text):
    found = tokens(text)
    reader = Reader(found, text)
    at, numerals = 0, []
    while at < len(found):
        cardinal = reader.cardinal(at)
        if cardinal:
            numerals.append(cardinal[0])
            at = cardinal[1]
        else:
            at += 1
    if len(numerals) != 1:
        raise Unreadable(f"{_ASK}; given was {shown(text)}.")
    return Fraction(str(numerals[0]))


def read_date(text: str) -> str | None:
    """A date as ISO 8601 has it (``"1992-02-26"``, ``"1992-02"``, ``"--02-26"``), or None.

    The text is a date and nothing else: ``"26 February 1992"``, ``"Feb. 26, 1992"``,
    ``"26/02/1992"``, ``"February 1992"``. Raises Unreadable when day and month could be meant
    either way round.
    """
    bare = _WEEKDAY.sub("", text.strip().rstrip("."))
    match = next((found for pattern in _DATES if (found := pattern.fullmatch(bare))), None)
    if not match:
        return None
    part = match.groupdict()
    day, year, month = part.get("day"), part.get("year"), part["month"]
    if month.isdecimal():
        day, month = int(day) if day else None, int(month)
        if "-" not in bare and day != month and day <= 12 and month <= 12:
            raise Unreadable(f"{text} can be two days: write the month in letters.")
        if "-" not in bare and month > 12:
            day, month = month, day
    else:
        month = MONTHS[month.lower()]
    if not 1 <= month <= 12 or (day and not 1 <= int(day) <= 31) or not (day or year):
        return None
    return f"{year or '-'}-{month:02d}" + (f"-{int(day):02d}" if day else "")


def short(text, limit=40):
    """A text in one line of at most ``limit`` characters."""
    text = " ".join(str(text).split())
    if len(text) <= limit:
        return text
    whole = text[: limit - 1].rsplit(" ", 1)[0]
    # cut between words, unless one word fills it all
    return (whole if len(whole) > limit // 2 else text[: limit - 1]).rstrip(",;: ") + "…"


def shown(value):
    """A value as it was given, short, for a message: a text in quotation marks."""
    return f'"{short(value)}"' if type(value) is str else short(repr(value))


def fold(text):
    """Compare texts without case, accents, punctuation and spaces; spellings of a place are one."""
    return " ".join(word.text for word in words(text))
