"""Find the quantities in English press text, with what they count and how they are qualified.

Standard library only: rules, no model. A first pass that a reader corrects. What counts as a
quantity follows the practice case's convention: every number somebody gives for something
(counts, shares, prices, limits), also small ones in words. Not quantities: dates, years, clock
times, ages, ordinals, the numbers of notes, issues, pages and resolutions, "one" as a pronoun.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from ..base.words import words_of
from ..text.numbers import GROUPS, MONEY, PARTS, SCALES, TENS, UNITS, Reader, tokens
from ..text.spans import Span

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?:\s?(?:-|–|/|to|and|or|,)\s?{_DAY})*"
_YEAR = r"(?:1[5-9]|20)\d\d"
_REFERENCE = (
    r"(?:[Nn]os?\.|[Nn]umbers?|[Ii]ssues?|[Nn]otes?|[Pp]ages?|pp?\.|[Pp]aragraphs?|[Pp]aras?\.?|§+|[Aa]rticles?|[Aa]rts?\.|"
    r"[Cc]hapters?|[Rr]esolutions?|[Vv]olumes?|[Vv]ol\.|[Ii]tems?|[Ss]ections?|[Rr]ooms?|[Ff]lights?|[Ff]igures?|[Tt]ables?|[Pp]latforms?|[Bb]us|[Tt]ram|"
    r"[Ii]mages?|[Pp]arts?|[Rr]oute|[Gg]ate|[Pp]hase|[Ee]pisode|[Rr]ank(?:ed)?|[Tt]el\.?|[Pp]hone|Apollo|Covid|COVID|G|UTC|"
    r"[Aa]ged?|Airbus|Boeing|Camp|Cell|Channel|Highway|Hill|Pier|Unit|Ward)"
)

# What looks like a number and is none: blanked before the numbers are read.
NOT_QUANTITIES = tuple(
    re.compile(p)
    for p in (
        r"\b(?:[Ff]rom|[Bb]etween|[Ss]ince)\s(?:1[5-9]|20)\d\d\s(?:to|and|until|[-–])\s(?:1[5-9]|20)\d\d\b"
        r"(?!\s(?:people|[a-z]+s)\b)",
        r"\b(?:[Hh]e|[Ss]he)\s(?:was|is|turned)\s\d{1,3}\b(?!\s[a-z]+s\b|,\d)",
        r"\b(?:was|were|is|are)"
        r"\s(?:under|over|below|above)\s(?:the age "
        r"of\s)?\d{1,2}\b(?!\s?%|\s(?!was\b)[a-z]+s\b|[,.]\d|\s\d{3}|\s(?:per|people|men|women))",
        r"\b\d{1,4}\s(?:[A-Z]\w+\s)+(?:Road|Street|Avenue|Lane|Square|Quay)\b",
        r"\b(?:won|lost|drew|score of)\s\d{1,2}[-–]\d{1,2}\b",
        r"\bat\s\d{1,2}\.[0-5]\d\b(?!\d|\s?(?:%|per|[a-z]+illion|\w+s\b))",
        r"\b(?:[Cc]all|[Dd]ial|[Rr]ing)\s\d{3}\b(?!,\d|\s[a-z]+s\b|\speople\b)",
        r"\bhttps?://\S+|\bwww\.\S+|\S+@\S+",
        rf"\b{_DAYS}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR}(?:/\d\d)?)?\b",
        rf"\b{_MONTH}\s{_DAYS}(?:,?\s{_YEAR})?\b(?!,\d)",
        rf"\b{_MONTH},?\s(?:of\s)?{_YEAR}\b",
        r"\b\d{4}-\d\d(?:-\d\d)?\b|\b\d{1,2}[./]\d{1,2}[./](?:\d\d){1,2}\b",
        r"\b\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b\.?|o['’]clock\b|hrs\b)|\b(?:\d{1,2}[:.])?\d{2,4}\s?(?:UTC|GMT)\b",
        r"\(?\bUTC\s?[+\-−]\s?\d\d?(?::?\d\d)?\)?|\b\d{1,2}:\d\d(?::\d\d)?\b",
        rf"(?<![\w,.]){_YEAR}(?:['’]?s\b|[-–/]\d{{2,4}}\b)|['’]\d0s\b|\b\d0s\b",
        r"\b\d[\d,]*(?:st|nd|rd|th)\b",
        rf"(?:\b|(?=§)){_REFERENCE}\s?(?:[Nn]os?\.\s?)?\d[\w./-]*(?:(?:,\s|\sand\s|\s?[-–]\s?)\d[\w./-]*)*",
        r"\b\d[\d,]*-(?!percent|per\b|odd|strong|plus|magnitude)[a-z]{2,}(?:-\w+)*\b",
        r"\b(?!magnitude)[A-Za-z]+[-/]?\d(?:[\w/.,-]*\w)?|\b\d+(?!(?:bn|m|k)\b)[A-Za-z]\w*(?:[-/]\w+)*",
        r"\b\d+(?:/\d+)+\b|\b\d+(?:[-–]\d+){2,}\b",
        r"\.{4,}[\s.]*\d+|\t\d+(?=\s*(?:\n|$))",
        r"(?m)^[ \t]*(?:\d+[.)]\s|\d+[ \t]*$)",
        r"\bhalf[- ]past\s\w+|\b24/7\b|[#№]\s?\d+",
        r"\b(?:in two minds|one or two|one way or another|at sixes and sevens|second to "
        r"none|one-sided|one-way|"
        r"ten to one|two-thirds majority of the way|four corners|on all fours|zero "
        r"tolerance|ground zero)\b",
    )
)

_DATA = words_of(__package__)
_WORDS = {name: frozenset(words.split()) for name, words in _DATA["words"].items()}
PEOPLE, _PERSON, _FATE = _WORDS["people"], _WORDS["person"], _WORDS["fates"]
_NUMBER_NOUNS, _MEASURES, _STOP = _WORDS["number_nouns"], _WORDS["measures"], _WORDS["no_nouns"]
_PLURAL_ONLY_TRAPS, _ONE_IDIOMS = _WORDS["no_plurals"], _WORDS["one_idioms"]
_AFTER = _DATA["after"]
# By their last word, longest first: "no fewer than" before "fewer than".
_PHRASES = {}
for _words, _kind in sorted(
    ((p.split(), kind) for kind, phrases in _DATA["qualifiers"].items() for p in phrases),
    key=lambda p: -len(p[0]),
):
    _PHRASES.setdefault(_words[-1], []).append((_words, _kind))
#: units that stand behind a number in one letter or two
_SHORT_UNITS = {"t": "tonnes", "m": "metres", "kg": "kilograms"}
_DEMONYM = re.compile(r"[A-ZÀ-Þ]\w*(?:ians|anis|ese|ans|ish|eans|iots|enians|ers)$")


# Signs of units right after the number; square ones may be written with a digit.
_SIGN_AFTER = re.compile(
    r"[ \u00a0]?(km2|km²|m2|m²|km|kg|sq\.? (?:km|miles?)|square (?:\w+))\b|[ \u00a0]?(km²|m²)"
)


@dataclass(frozen=True)
class Quantity:
    """A quantity in a text; a :class:`Span` is in code points, its end exclusive."""

    span: Span  # the expression with its "per cent" or "in ten", without qualifier and unit
    value: int | Decimal  # exactly as written
    value_max: int | Decimal | None = None  # the upper end of a range
    # as in the table ``figures``: ``exact``, ``about``, ``at_least``, ``more_than``, ``up_to``,
    # ``nearly``, ``range``; and the words that say so
    qualifier: str = "exact"
    qualifier_span: Span | None = None
    # ``percent``, ``people``, or the noun that is counted; None when the text does not say
    unit: str | None = None
    # the words for what is counted, and their place; for "and 201 of these" they stand before
    counts: str | None = None
    counts_span: Span | None = None
    from_before: bool = False  # what is counted is taken over from the quantity before
    # told as a part of what stands before: "613 people, *including 63 children and 70 elderly*"
    part: bool = False
    # ``before`` for a value of an earlier time in a sentence about a change ("up from *900*"),
    # ``corrected`` for one that is taken back ("an earlier figure of *19*")
    time: str | None = None
    # another reading of the same digits, where marks for thousands and decimals can be mistaken:
    # "1.200 people" is read as 1200 and could be 1.2; ``value`` is then a guess
    other: int | Decimal | None = None

    def of(self, text: str) -> str:
        """The words of the number in the text it was found in."""
        return self.span.of(text)


def blank(text: str) -> str:
    """The text with everything that only looks like a quantity blanked out, same length."""
    for pattern in NOT_QUANTITIES:
        text = pattern.sub(lambda m: re.sub(r"[^\n]", "\x00", m.group()), text)
    return text.replace("\x00", "\u2063")


def find_figures(text: str) -> list[Quantity]:
    """The quantities of an English text, in its order; their spans do not overlap."""
    all_tokens = tokens(blank(text))
    reader = Reader(all_tokens, text)
    quantities, at = [], 0
    while at < len(all_tokens):
        token = all_tokens[at]
        numeral = reader.numeral(at) if token.is_number or token.low in _STARTS else None
        if numeral and _is_quantity(reader, numeral):
            quantities.append(_quantity(reader, numeral, *_qualifier(reader, numeral), quantities))
        elif token.low in _ARTICLES and (hour := _an_hour(reader, at)):
            quantities.append(hour)
        at = numeral.last if numeral else at + 1
    return quantities


_ARTICLES = ("a", "an")
_STARTS = frozenset(
    [*UNITS, *TENS, *GROUPS, *PARTS, *SCALES, *_ARTICLES, "between", "several", "tens"]
) | frozenset(["dozens", "scores", "hundreds", "thousands", "millions", "billions"])


def _an_hour(reader, at):
    """ "more than an hour late": an hour is a quantity where something qualifies it."""
    if reader.low(at + 1) not in _MEASURES:
        return None
    phrase = _before(reader, at)
    if not phrase or phrase[0] == "exact":
        return None
    qualifier, first = phrase
    span = Span(reader.tokens[at].start, reader.tokens[at + 1].end)
    unit = reader.low(at + 1)
    words = Span(reader.tokens[first].start, reader.tokens[at - 1].end)
    return Quantity(
        span, 1, None, qualifier, words, unit if unit.endswith("s") else unit + "s", unit, None
    )


def _is_quantity(reader, n):
    token = reader.tokens[n.first]
    if n.unit or n.high is not None or n.qualifier:
        return True
    after = reader.low(n.last)
    if token.is_number:
        return not _is_year(reader, n)
    if token.low == "one" and n.last == n.first + 1:
        return _one_counts(reader, n.first)
    several = token.low in {"a", "an"} and reader.low(n.first + 1) in {"score", "couple"}
    if several and n.last - n.first == 2:
        return after == "of" or after.endswith("s")
    return after != "-" or not reader.touching(n.last)


def _is_year(reader, n):
    """Whether four bare digits are a year: no counted noun follows, or words before say so."""
    token = reader.tokens[n.first]
    if not re.fullmatch(_YEAR, token.text) or n.last != n.first + 1:
        return False
    before, after = reader.low(n.first - 1), reader.low(n.last)
    if before in _WORDS["year_words"]:
        return True
    if _before(reader, n.first):
        return False
    return not (_countable(after) and reader.joined(n.last)) and not after.endswith("ed")


# "one person", "one of them died later": there the word is a count.


def _one_counts(reader, at):
    after = reader.low(at + 1)
    if after in _PERSON or after in _FATE:
        return True
    told = reader.low(at - 1) in {"for", "only", "just", "least", "exactly", "than"}
    if told and after.isalpha() and after not in _STOP and after not in _ONE_IDIOMS:
        return True
    whole = after == "of" and reader.low(at + 2) in {"the", "its", "their", "our"}
    return whole and reader.tokens[at].text[0] == "O" and _countable(reader.low(at + 3))


def _countable(word):
    if word in _NUMBER_NOUNS or word in PEOPLE:
        return True
    plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    return plural and word not in _PLURAL_ONLY_TRAPS


# -- qualifiers -----------------------------------------------------------------------------------


def _before(reader, at):
    """The qualifier that ends just before token ``at``: (kind, its first token) or None."""
    if not reader.joined(at):
        return None
    for words, kind in _PHRASES.get(reader.low(at - 1), ()):
        first = at - len(words)
        if first >= 0 and all(reader.low(first + i) == w for i, w in enumerate(words)):
            # "only about 20": the word that qualifies stands before the one that does not.
            return (kind == "exact" and _before(reader, first)) or (kind, first)
    return None


def _qualifier(reader, n):
    """(kind, span of the words) of a numeral."""
    all_tokens, kind, first = reader.tokens, n.qualifier or "exact", None
    start = n.first - 1 if reader.low(n.first - 1) == "between" else n.first
    if reader.low(start - 1) in MONEY:
        start -= 1
    phrase = _before(reader, start)
    if phrase and n.qualifier != "range":
        kind, first = phrase
        if kind == "exact" and n.qualifier:
            kind = n.qualifier
    if kind == "exact":
        after = _after(reader, n.last)
        if after:
            return after
    if first is None:
        return kind, None
    return kind, Span(all_tokens[first].start, all_tokens[start - 1].end)


def _after(reader, at):
    """A qualifier within five words after the number: "15 minutes late or more", "400+"."""
    if reader.low(at) == "+" and reader.touching(at):
        return "more_than", Span(reader.tokens[at].start, reader.tokens[at].end)
    for first in range(at, min(at + 4, len(reader.tokens) - 1)):
        if not reader.joined(first) or not (reader.low(first)[0].isalpha() or first == at):
            return None
        kind = _AFTER.get(f"{reader.low(first)} {reader.low(first + 1)}")
        if kind:
            return kind, Span(reader.tokens[first].start, reader.tokens[first + 1].end)
        if reader.tokens[first].is_number:
            return None
    return None


# -- what is counted ------------------------------------------------------------------------------


def _quantity(reader, n, qualifier, qualifier_span, before):
    all_tokens = reader.tokens
    span = Span(all_tokens[n.first].start, all_tokens[n.last - 1].end)
    start = qualifier_span.start if qualifier_span else span.start
    time = _time(reader.text, start, span.end)
    unit, words, counts_span, taken = _counted(reader, n, span, before, time)
    value, other = n.value, n.other
    if other is not None and value < other and unit and unit not in _MEASURES and unit != "percent":
        value, other = other, value  # people do not come in thousandths
    part = _is_part(reader, start, before)
    return Quantity(
        span, value, n.high, qualifier, qualifier_span, unit, words, counts_span, taken,
        part, time, other,
    )  # fmt: skip


def _counted(reader, n, span, before, time):
    """Unit, words, their place, and whether they are taken over from the quantity before."""
    text, all_tokens = reader.text, reader.tokens
    unit = n.unit or MONEY.get(reader.low(n.first - 1)) or MONEY.get(reader.low(n.last))
    measure = _SIGN_AFTER.match(text, span.end)
    if measure and unit is None:
        words = (measure[1] or measure[2]).replace("²", "2")
        return words, words, Span(measure.end() - len(words), measure.end()), False
    short = reader.low(n.last)
    if unit is None and short in _SHORT_UNITS and reader.joined(n.last):
        place = Span(all_tokens[n.last].start, all_tokens[n.last].end)
        return _SHORT_UNITS[short], short, place, False
    place = n.inside or _noun_after(reader, n)
    if place:
        counts_span = Span(all_tokens[place[0]].start, all_tokens[place[1] - 1].end)
        words = counts_span.of(text)
        return unit or unit_of(words), words, counts_span, False
    if unit is not None:
        return unit, None if n.unit else unit, None, False
    previous = _named_before(text, before, span.start, time)
    acting = short in _WORDS["person_verbs"]
    if previous and not (acting and previous.unit not in {"people", "households"}):
        # "287 replied, and 201 of these": what is counted stands with the number before.
        unit = previous.unit if previous.unit in _MEASURES else unit_of(previous.counts)
        return unit, previous.counts, previous.counts_span, True
    return ("people" if acting else None), None, None, False


_CHANGE = (
    r"\b(?:rose|fell|grew|dropped|sank|rises?|falls?|climbed|revised|cut|raised|increased|"
    r"declined|went)\b"
)
_CORRECTED = re.compile(
    r"\b(?:earlier|previous|initial|first) (?:figure|toll|count|estimate|report)s? of "
    r"$|\b(?:instead of|rather than) $"
)
_BEFORE = re.compile(
    r"\b(?:up|down),? from $|\b(?:compared (?:with|to)|against) $|\bto \S+(?: \w+)?,? from "
    rf"$|{_CHANGE}[^.;]{{0,60}}\bfrom $"
)
_EARLIER = re.compile(r"(?: \w+)? (?:a|the) (?:year|month|week|day) (?:earlier|before|ago)\b")


def _time(text, start, end):
    """``before`` or ``corrected`` where the sentence itself says that the value is no longer so."""
    left, right = " ".join(text[max(0, start - 90) : start].split()) + " ", text[end : end + 60]
    if _CORRECTED.search(left) or (
        left.endswith(" not ") and re.match(r"(?: \w+)? as (?:first|earlier|previously)\b", right)
    ):
        return "corrected"
    return "before" if _BEFORE.search(left) or _EARLIER.match(right) else None


def _is_part(reader, start, before):
    """Whether a quantity follows "including", or goes on with a list that does."""
    left = reader.text[max(0, start - 24) : start]
    if re.search(r"\b(?:including|among them|of whom)\s(?:\w+\s)?$", left):
        return True
    if not before or not before[-1].part:
        return False
    last = before[-1].span if before[-1].from_before else before[-1].counts_span or before[-1].span
    return re.fullmatch(r"\s*(?:,|and|, and)\s*", reader.text[last.end : start]) is not None


_FAR = 12  # quantities; a noun further back is hardly meant


def _named_before(text, before, start, time=None):
    """The last quantity of the paragraph that says what it counts.

    Measures of time and length are left out, unless the number is the same thing at another time.
    """
    for quantity in before[: -_FAR - 1 : -1]:
        if "\n" in text[quantity.span.end : start]:
            return None
        if (
            quantity.counts
            and not (quantity.from_before or quantity.part)
            and (time is not None or quantity.unit not in _MEASURES)
        ):
            return quantity
    return None


def _noun_after(reader, n):
    """The tokens that name what is counted, after the number."""
    at, skipped = n.last, 0
    if reader.low(at) == "+":
        at += 1
    if f"{reader.low(at)} {reader.low(at + 1)}" in _AFTER:
        at += 2  # "fifteen *or so* riders"
    while skipped < 3 and reader.low(at) in _WORDS["before_nouns"]:
        if not reader.joined(at):
            return None
        at, skipped = at + 1, skipped + 1
    first, last, limit = at, None, at + 5
    while at < min(limit, len(reader.tokens)) and reader.joined(at):
        word = reader.tokens[at]
        if _inside_name(reader, at):
            at, limit = at + 1, limit + 1
            continue
        if not word.text[0].isalpha() or word.low in _STOP or reader.cardinal(at):
            break
        at += 1
        measure = word.low in _MEASURES
        if _names(word, n):
            if measure and skipped:
                break
            # "women and children" is one group where one number stands before both
            joined = reader.low(at) in {"and", "or"} and reader.joined(at + 1)
            return first, at + 2 if joined and _countable(reader.low(at + 1)) else at
        if (measure and not skipped) or (n.unit == "percent" and not word.low.endswith("ly")):
            last = at
    return (first, last) if last else None


def _names(word, n):
    """Whether a word ends the name of what is counted."""
    one = n.value == 1 and word.low in _PERSON
    return one or _countable(word.low) or _DEMONYM.match(word.text) is not None


def _inside_name(reader, at):
    """Whether a sign stands inside a name: "season-ticket holders", "U.S. states"."""
    word = reader.tokens[at]
    if word.low in {"-", "’", "'", "."} and reader.touching(at) and reader.touching(at + 1):
        return True
    return word.text == "." and reader.low(at - 1) in {"u", "s"} and reader.joined(at + 1)


def unit_of(words: str) -> str:
    """The unit of what is counted: ``people`` for any words for people, else the last noun."""
    parts = re.findall(r"[^\W\d_]+", words)
    if any(p.lower() in PEOPLE | _PERSON for p in parts) or (parts and _DEMONYM.match(parts[-1])):
        return "people"
    return parts[-1].lower() if parts else words
