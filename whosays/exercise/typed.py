"""What people type for a number, in the ways that they write it.

A number may stand in words, with its unit, or with the thousands and decimal marks of any language.
One that can be read in two ways (``1.275``) is asked back, and never taken for wrong.
"""

import math
import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ..text.fold import words
from ..text.numbers import Reader, tokens
from ..text.spans import short

LARGEST = 10**15
LONGEST = 1_000  # characters of a text that holds a number
_BETWEEN = re.compile(r"\s*(?:to|until|till|and|or|[-–—])\s*", re.I)


class UnreadablePart(ValueError):
    """A part that cannot be compared; the message is for the learner."""


def read_number(value) -> list[Fraction]:
    """A number, or the two ends of a range.

    A value is a number, or a text with one number or range in it: ``"1,200"``, ``"1 200,5"``,
    ``"nineteen"``, ``"161 people"``, ``"500 to 1,000"``. Raises UnreadablePart when there is no
    number, more than one, or one that can be read in two ways.
    """
    if type(value) is Fraction:
        return [value]
    if type(value) in (int, float) and math.isfinite(value) and abs(value) < LARGEST:
        return [Fraction(str(value))]
    if type(value) is not str or len(value) > LONGEST:
        raise UnreadablePart(f"{_ASK}; given was {shown(value)}.")
    text = "".join(map(_plain, value))
    numerals = _numerals(text)
    if not numerals:
        raise UnreadablePart(f"{_ASK}; given was {shown(value)}.")
    if len(numerals) > 2 or (len(numerals) == 2 and not _is_range(text, *numerals)):
        raise UnreadablePart(
            f"There are {len(numerals)} numbers in {shown(value)}: give the one asked for."
        )
    for one in numerals:
        if text[one.start - 1 : one.start].isalnum() or text[one.end : one.end + 1].isalpha():
            raise UnreadablePart(f"{_ASK}; given was {shown(value)}.")
        if one.other is not None and one.other > one.value:
            whole, _, part = text[one.start : one.end].partition(".")
            raise UnreadablePart(
                f"{whole}.{part} can be read as {whole}{part} or as {whole} and {part} "
                f"thousandths: write {whole}{part}, or {whole}.{part}0."
            )
    ends = [Fraction(one.value) for one in numerals]
    if re.search(r"(?<![\w.,])-$", text[: numerals[0].start]):
        ends[0] = -ends[0]
    if any(abs(end) >= LARGEST for end in ends):
        raise UnreadablePart(f"{_ASK}; given was {shown(value)}.")
    return ends


_ASK = "The value should be a number, for example 12 or 12.5"
# Arabic thousands and decimal marks, and a minus sign, as others are written
_MARKS = {"٬": "'", "٫": ".", "−": "-"}


def _plain(character):
    """A digit of any script as one of ours, a mark of any as one that the reader of texts knows."""
    if character.isdecimal():
        return str(unicodedata.digit(character))
    return _MARKS.get(character, character)


class _Numeral(NamedTuple):
    value: Decimal
    other: Decimal | None  # what the same digits may mean as well
    start: int
    end: int
    words: bool


def _numerals(text):
    """The numbers in digits; where there are none, those in words."""
    numerals, all_tokens = [], tokens(text)
    reader, at = Reader(all_tokens, text), 0
    while at < len(all_tokens):
        if not (read := reader.cardinal(at)):
            at += 1
            continue
        value, after, in_words = read
        # with a point only: a comma before two digits is a decimal mark
        pointed = not in_words and after == at + 1 and "," not in all_tokens[at].text
        other = reader.digits(at)[1] if pointed else None
        if not in_words and reader.low(after) == "hundred":
            value, after = value * 100, after + 1
        ends = all_tokens[at].start, all_tokens[after - 1].end
        numerals.append(_Numeral(Decimal(value), other, *ends, in_words))
        at = after
    return [one for one in numerals if not one.words] or numerals


def _is_range(text, first, second):
    return not first.words and _BETWEEN.fullmatch(text[first.end : second.start])


def shown(value) -> str:
    """A value as it was given, short, for a message: a text in quotation marks."""
    return f'"{short(value, 40)}"' if type(value) is str else short(repr(value), 40)


def fold(text: str) -> str:
    """Compare texts without case, accents, punctuation and spaces; spellings of a place are one."""
    return " ".join(word.text for word in words(text))
