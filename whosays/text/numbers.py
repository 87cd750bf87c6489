"""Numbers as English press text writes them: digits, words, fractions, shares, ranges.

Only the number itself is read here; what is *not* a quantity (a date, a clock time, the number
of a note) and what is counted are the finder's business. Word numbers follow the usual cardinal
grammar (units, tens, hundred, scale words); the readings of "one in four" and "half of" as
shares of a hundred, and of "thousands" as a lower bound, are this kit's own conventions.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
UNITS = {word: n for n, word in enumerate(_ONES.split())}
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: 10 * n for n, word in enumerate(_ROUND.split(), 2)}
_SMALL = UNITS | TENS
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
GROUPS = {"dozen": 12, "score": 20, "pair": 2, "couple": 2}
MONEY = {"$": "dollars", "€": "euros", "£": "pounds", "₽": "roubles", "₼": "manats", "¥": "yen"}
#: plurals without an s
_PLURALS = frozenset(("children", "men", "people", "police", "staff", "women"))
_SHORT = {"bn": 10**9, "m": 10**6, "k": 10**3}
_SIZES = {"dozen": 12, "hundred": 100, **SCALES}
MANY = {f"{word}s": n for word, n in _SIZES.items()} | {"scores": 20}
_NAMED_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}
PARTS = {"half": 2, "halves": 2, **_NAMED_PARTS, **{f"{w}s": n for w, n in _NAMED_PARTS.items()}}

# thousands by comma, point, apostrophe or a space, thin or not; then any digits with one mark
_DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?![\d.]\d?)(?:,\d+)?"
    r"|\d{1,3}(?:[ \u00a0\u202f\u2009'’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+|[¼½¾])?)"
)
_QUARTERS = {"¼": "0.25", "½": "0.5", "¾": "0.75"}
_DECIMAL_COMMA = re.compile(r"(?<![\d,.])\d+,\d{1,2}(?![\d,])|\d\.\d{3}\.\d{3}|\d\.\d{3},\d")
_CHANGES = frozenset(("rose", "fell", "grew", "dropped", "revised", "cut", "raised", "increased"))
_CHANGES |= {"declined", "rise", "fall", "climbed", "went", "sank"}
TOKEN = re.compile(
    rf"{_DIGITS}(?=st\b|nd\b|rd\b|th\b)|{_DIGITS}|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|_"
)


class NumberToken(NamedTuple):
    """A word, number or sign with its place."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.text[0].isdecimal()


@dataclass(frozen=True)
class Numeral:
    """A number read from tokens ``first`` to ``last`` (excluded)."""

    first: int
    last: int
    value: int | Decimal
    high: int | Decimal | None = None  # the upper end of a range
    # ``percent`` for shares, ``hours`` for "a quarter of an hour", else None
    unit: str | None = None
    # what the form itself says: ``range``, or ``at_least`` for "thousands"
    qualifier: str | None = None
    # tokens that name what is counted within the expression ("one *crossing* in four")
    inside: tuple | None = None
    words: bool = False  # written in words
    other: int | Decimal | None = None  # another reading of the same digits; see :func:`digits`


def tokens(text: str) -> list[NumberToken]:
    """The tokens of a text, with their places."""
    return [NumberToken(m[0], m[0].lower(), m.start(), m.end()) for m in TOKEN.finditer(text)]


def tidy(value) -> Decimal | int:
    """A whole number as an int, any other as a Decimal without noughts at its end.

    Thirds and the like, which no decimal writes, are cut at twelve places.
    """
    value = Decimal(value)
    if value.as_tuple().exponent < -12:
        value = round(value, 12)
    return int(value) if value == value.to_integral_value() else value.normalize()


def digits(word: str, decimal_comma: bool = False) -> tuple:
    """The value of a number in digits, exactly, and another reading of it or None.

    Digits stand with marks: ``1,200``, ``1 200``, ``1'200``, ``12.5``, ``12,5``, ``1.200``, ``3½``.
    ``decimal_comma`` says whether the text's other numbers show a comma before decimals.
    """
    plain = re.sub(r"[ \u00a0\u202f\u2009'’]", "", word)
    if plain[-1] in _QUARTERS:
        return Decimal(plain[:-1]) + Decimal(_QUARTERS[plain[-1]]), None
    whole = int(re.sub(r"[.,]", "", plain))
    if "," in plain and "." in plain:
        thousands, decimal = (",", ".") if plain.rindex(".") > plain.rindex(",") else (".", ",")
        return tidy(plain.replace(thousands, "").replace(decimal, ".")), None
    mark = "," if "," in plain else "."
    if plain.count(mark) != 1:
        return whole, None
    part = tidy(plain.replace(mark, "."))
    if not re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain):
        return part, whole if mark == "," and not decimal_comma else None
    if mark == ",":
        return whole, part if decimal_comma else None
    return (whole, None) if decimal_comma else (part, whole)


class Reader:
    """Reads numerals from a list of tokens.

    Parameters
    ----------
    text : str
        The text they are of: words of one number are apart by nothing but white space and hyphens.
    """

    def __init__(self, found: list[NumberToken], text):
        self.tokens = found
        self.text = text
        self._commas = [match.start() for match in _DECIMAL_COMMA.finditer(text)]

    def digits(self, at: int) -> tuple:
        """The value of the digits at a token, and another reading by what the others show."""
        token = self.tokens[at]
        others = any(not token.start <= place < token.end for place in self._commas)
        return digits(token.text, others)

    def low(self, at: int) -> str:
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

    def joined(self, at: int) -> bool:
        """Whether token ``at`` follows the one before with only spaces on one line between them."""
        if not 0 < at < len(self.tokens):
            return False
        gap = self.text[self.tokens[at - 1].end : self.tokens[at].start]
        return "\n" not in gap

    def touching(self, at: int) -> bool:
        """Whether token ``at`` follows the one before with nothing between."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    # -- cardinals ---------------------------------------------------------------------------------

    def cardinal(self, at: int) -> tuple | None:
        """A cardinal that starts at token ``at``.

        Returns
        -------
        (value, next token, written in words) or None
        """
        if at >= len(self.tokens):
            return None
        if self.tokens[at].is_number:
            value, end = self.digits(at)[0], at + 1
            short = _SHORT.get(self.low(end)) if self.touching(end) else None
            # "£44m" is money and "2.5m people" are people; else "44m" is metres.
            scaled = self.low(end) == "bn" or self.low(at - 1) in MONEY or self._named(end + 1)
            if short and scaled:
                return tidy(value * short), end + 1, False
            if self._follows(end, SCALES):
                value, end = value * SCALES[self.low(end)], end + 1
            return tidy(value), end, False
        return self._in_words(at)

    def _named(self, at):
        """Whether a plural stands at ``at``: what "m" and "k" before it count."""
        word = self.low(at)
        plural = word in _PLURALS or (len(word) > 3 and word.endswith("s"))
        return self.joined(at) and plural

    def _in_words(self, at):
        total, end, part = 0, at, self._below_thousand(at)
        if part is None and self.low(at) in {"a", "an"} and self._follows(at + 1, SCALES):
            part = 1, at + 1
        while part is not None:
            value, after = part
            if not self._follows(after, SCALES):
                return total + value, after, True
            total, end = total + value * SCALES[self.low(after)], after + 1
            small = self._below_thousand(end + 1) if self.low(end) == "and" else None
            small = small if self.joined(end + 1) else None
            if small and small[0] < 100 and self.low(small[1]) not in SCALES:
                return total + small[0], small[1], True
            part = self._below_thousand(end) if self._follows(end, _SMALL) else None
        return (total, end, True) if end > at else None

    def _follows(self, at, words):
        """Whether one of some words stands at ``at``, on the same line as the token before."""
        return self.low(at) in words and self.joined(at)

    def _below_thousand(self, at):
        """A number under a thousand in words, "a hundred" and "two dozen" included."""
        word = self.low(at)
        if word in {"a", "an"}:
            if self._follows(at + 1, {"hundred"}):
                return self._after_hundred(100, at + 2)
            if self._follows(at + 1, GROUPS):
                return GROUPS[self.low(at + 1)], at + 2
            return None
        small = self._below_hundred(at)
        if small is None:
            return None
        value, end = small
        if self._follows(end, {"hundred"}):
            return self._after_hundred(value * 100, end + 1)
        if self._follows(end, {"dozen", "score"}):
            return value * GROUPS[self.low(end)], end + 1
        return value, end

    def _after_hundred(self, value, end):
        after = end + 1 if self.low(end) == "and" else end
        small = self._below_hundred(after) if self.joined(after) else None
        # "one hundred and two dogs" is 102; "a hundred, two of them" is not.
        return (value + small[0], small[1]) if small else (value, end)

    def _below_hundred(self, at):
        word, after = self.low(at), at + 1
        if word not in TENS:
            return (UNITS[word], after) if word in UNITS else None
        if self.low(after) == "-" and self.touching(after) and self.touching(after + 1):
            after += 1
        if 0 < UNITS.get(self.low(after), 0) < 10 and self.joined(after):
            return TENS[word] + UNITS[self.low(after)], after + 1
        return TENS[word], at + 1

    # -- everything else ---------------------------------------------------------------------------

    def numeral(self, at: int) -> Numeral | None:
        """The longest numeral that starts at token ``at``."""
        return (
            self._span_of_time(at)
            or self._share(at)
            or self._fraction(at)
            or self._many(at)
            or self._plain(at)
        )

    def _plain(self, at):
        if self.low(at) == "between":
            return self._between(at)
        number = self.cardinal(at)
        if number is None:
            return None
        value, end, words = number
        if [self.low(end + i) for i in range(3)] == ["and", "a", "half"] and self.joined(end + 2):
            value, end = value + Decimal("0.5"), end + 3
            if self._follows(end, SCALES):
                value, end = value * SCALES[self.low(end)], end + 1
            return Numeral(at, end, tidy(value), words=words)
        if ranged := self._range(at, value, end, words):
            return ranged
        # a word for thousands or more behind the digits leaves one reading of them
        other = self.digits(at)[1] if end == at + 1 and self.tokens[at].is_number else None
        percent = self._percent(end)
        unit = "percent" if percent else None
        return Numeral(at, percent or end, value, unit=unit, words=words, other=other)

    def _changed(self, at):
        """Whether "from 12 to 17" tells a change and no range: "rose *from* 12 to 17"."""
        return self.low(at - 1) == "from" and any(
            self.low(k) in _CHANGES for k in range(max(0, at - 10), at)
        )

    def _range(self, at, low, end, words):
        sign = self.low(end)
        if sign not in {"-", "–", "—", "to"} or not self.joined(end) or self._changed(at):
            return None
        if sign != "to" and not (self.touching(end) and self.touching(end + 1)):
            return None
        second = self.cardinal(end + 1)
        if second is None or not self.joined(end + 1):
            return None
        high, after, high_words = second
        # "two to three million": the scale belongs to both.
        scale = SCALES.get(self.low(after - 1), 1)
        if scale > 1 and low < 1000 <= high:
            low *= scale
        return self._spread(at, low, high, after, words and high_words)

    def _spread(self, at, low, high, end, words):
        """A range up to token ``end``, and on over a percent sign behind it; None if reversed."""
        if high <= low:
            return None
        percent = self._percent(end)
        unit = "percent" if percent else None
        return Numeral(at, percent or end, low, high, unit, "range", words=words)

    def _between(self, at):
        low, end, words = self.cardinal(at + 1) or (None, at, False)
        end = self._percent(end) or end
        second = self.cardinal(end + 1) if self.low(end) == "and" else None
        return self._spread(at + 1, low, second[0], second[1], words) if second else None

    def _percent(self, at):
        """The token after a percent sign or word at ``at``, or None."""
        if self.low(at) == "%" or self._follows(at, {"percent", "pct"}):
            return at + 1
        two = (self.low(at), self.low(at + 1)) in {("-", "percent"), ("per", "cent")}
        return at + 2 if two and self.joined(at) else None

    def _share(self, at):
        """ "one in four", "nineteen boats in twenty", "7 out of 10": a share of a hundred."""
        number = self.cardinal(at)
        if number is None:
            return None
        part, noun, words = number
        end = noun
        while end < noun + 3 and self._is_noun(end) and self.joined(end):
            end += 1
        inside = (noun, end) if end > noun else None
        if not self.joined(end):
            return None
        link = (self.low(end), self.low(end + 1))
        long = link in {("out", "of"), ("in", "every"), ("of", "every")}
        if not long and link[0] != "in":
            return None
        after = end + 1 + long
        whole = self.cardinal(after) if self.joined(after) else None
        # "two people in 1992" is no share; nor is "five in 3 of them".
        if whole is None or not part < whole[0] <= 1000 or part != int(part):
            return None
        if not long and (not whole[2] if inside else whole[2] != words):
            return None
        if inside and self.low(whole[1]) in _MEASURES:
            return None
        share = tidy(Decimal(100 * part) / whole[0])
        return Numeral(at, whole[1], share, unit="percent", inside=inside, words=True)

    def _is_noun(self, at):
        word = self.low(at)
        return word.isalpha() and word not in _NO_NOUN and not self.cardinal(at)

    def _fraction(self, at):
        """ "half of", "a third of", "three quarters of"; a share of a hundred."""
        word = self.low(at)
        if word == "half":
            # "half the households" is a share, "half the coast" a manner of speaking.
            whose = self.low(at + 1) in {"the", "its", "their", "all"}
            if self._follows(at + 1, {"of"}) or (whose and self.low(at + 2).endswith("s")):
                return Numeral(at, at + 1, 50, unit="percent", words=True)
            return None
        part, end = 1 if word == "a" else UNITS.get(word, 0), at + 1 + (self.low(at + 1) == "-")
        # "one-fifth" and "two thirds"; "a quarter" alone may be a part of town.
        whole = PARTS.get(self.low(end), 0)
        if not part or whole < 3 or not self.joined(end):
            return None
        if self.low(end + 1) == "of" or (word != "a" and part < whole):
            share = tidy(Decimal(100 * part) / whole)
            return Numeral(at, end + 1, share, unit="percent", words=True)
        return None

    def _span_of_time(self, at):
        """ "a quarter of an hour", "half an hour", "three quarters of an hour"."""
        word, part, end = self.low(at), None, at
        if word == "half":
            part, end = Decimal("0.5"), at + 1
        elif self.low(at + 1) in {"quarter", "quarters"} and self.low(at + 2) == "of":
            quarters = {"a": "0.25", "one": "0.25", "three": "0.75"}
            part, end = Decimal(quarters.get(word, "0")), at + 3
        if not part or self.low(end) not in {"a", "an"}:
            return None
        unit = self.low(end + 1)
        if unit == "million":
            return Numeral(at, end + 2, tidy(part * 10**6), words=True)
        if unit in {"hour", "day", "year", "century"}:
            return Numeral(at, end + 2, part, unit=f"{unit}s", words=True)
        return None

    def _many(self, at):
        """ "thousands", "tens of thousands", "several hundred", "a few dozen": lower bounds."""
        words = [self.low(at + i) for i in range(3)]
        word = words[0]
        times = MANY.get(words[2], 0) if words[1] == "of" else 0
        if word in MANY or (word == "tens" and times):
            value, end = MANY.get(word, 10) * (times or 1), at + (3 if times else 1)
            return Numeral(at, end, value, qualifier="at_least", words=True)
        about = words == ["a", "couple", "of"]
        length = 1 if word == "several" else 3 if about else 2 * (words[:2] == ["a", "few"])
        if length and self._follows(at + length, _SIZES):
            size, kind = _SIZES[self.low(at + length)], "about" if about else "at_least"
            return Numeral(at, at + length + 1, 2 * size, qualifier=kind, words=True)
        return Numeral(at, at + 2, 2, qualifier="about", words=True) if about else None


# "two boats in 20 days" is no share
_MEASURES = frozenset("days weeks months years hours minutes places countries".split())
# words that no name of what is counted holds: "one *crossing* in four"
_NO_NOUN_WORDS = """
a all an and are as at be because been but by came can could did do does each every for from had
has have her his in is its may might must no not of on or our out over per said says shall than
that the their these this those to under was went were when which while who whom will with would
"""
_NO_NOUN = frozenset(_NO_NOUN_WORDS.split())
