"""Single values: what a part of a question takes, and the form in which it is compared."""

import difflib
import re
from dataclasses import dataclass, field
from fractions import Fraction

from ..text.spans import short
from .plain import as_list
from .shapes import entries
from .typed import UnreadablePart, fold, read_number, shown


class BadSolution(ValueError):
    """The author's answer is no answer to the author's question."""


@dataclass(frozen=True)
class Part:
    """One part of a question: its id, what the learner reads, and the values it takes.

    ``options`` are the closed values and ``texts`` their words; where ``number`` is set it takes a
    number in their place. ``accepting`` are the options that mean acceptance of the statement
    ``text``, which comes from a source of ``alignment``.
    """

    id: str
    name: str
    options: tuple = ()
    number: bool = False
    text: str = ""
    alignment: str = ""
    accepting: tuple = ()
    texts: tuple = ()

    @property
    def about_truth(self) -> bool:
        """Whether an answer here accepts or rejects a statement."""
        return bool(self.accepting)

    def stance(self, form: str) -> str:
        """``"accept"`` or ``"reject"``: what this canonical form does with the statement."""
        return "accept" if form in self.accepting else "reject"

    def form(self, value, spec: dict) -> str:
        """The canonical form of a plain value that is not blank, with the ``decimals`` of ``spec``.

        Raises UnreadablePart when the value is no option of the part, or no number.
        """
        if self.number:
            return "..".join(map(str, _steps(value, spec)))
        texts = dict(zip(self.options, self.texts, strict=False))
        return pick(value, self.options, texts, spec.get("names", {}))

    def near_miss(self, value, spec, right) -> str:
        """What is off with a wrong number whose digits are right: the scale or the sign."""
        if type(value) is list:
            return ""
        given, *other = read_number(value)
        if other:
            return ""
        for factor in (10, 100, 1000, 1_000_000):
            if right(self.form(given * factor, spec)) or right(self.form(given / factor, spec)):
                return "The digits are right and the scale is not: look at the unit."
        if given and right(self.form(-given, spec)):
            return "The size is right and the sign is not."
        return ""


@dataclass
class Reading:
    """An answer taken apart: a value for each part (None if blank), and what could not be read."""

    values: dict
    problems: list = field(default_factory=list)


def read_entries(answer, keys: list[str], what: str, example: str) -> Reading:
    """The entries of a dictionary by the keys of the question, in any case.

    ``what`` is what an entry is ("statement", "row", "field"), ``example`` what an answer looks
    like. Raises UnreadablePart when the answer is no dictionary.
    """
    answer = entries(answer, keys)
    if type(answer) is not dict:
        raise UnreadablePart(
            f"Give a dictionary with one entry for each {what}, for example {example}."
        )
    reading = Reading(dict.fromkeys(keys))
    for key, value in answer.items():
        known = next((k for k in keys if k == key or fold(k) == fold(key)), None)
        if known is None:
            reading.problems.append(
                f'There is no {what} called "{short(key, 40)}" here; there are {_quoted(keys)}.'
            )
        else:
            reading.values[known] = value
    return reading


def _steps(value, spec):
    """A number (or a range) in whole steps of the question's decimals."""
    step = Fraction(1, 10 ** spec.get("decimals", 9))
    ends = [end for one in as_list(value) for end in read_number(one)]
    if not 1 <= len(ends) <= 2:
        raise UnreadablePart("A number is one value, or two for a range.")
    return [round(end / step) for end in ends]


def _bare(text):
    """A short text as it is compared: its words without an article."""
    return _ARTICLE.sub("", fold(text))


_ARTICLE = re.compile(r"^(?:the|an?) (?=\w)")


def pick(value, options, texts: dict[str, str], names: dict | None = None) -> str:
    """The option that a value means, in any case: its key, its text, or both ("b) the office").

    ``texts`` has an option's text where that is another, ``names`` its other folded names. Raises
    UnreadablePart when it is none of them; with the nearest one, where there is one.
    """
    if type(value) is int and str(value) in options:
        value = str(value)
    if type(value) is not str:
        raise UnreadablePart(f"Give one of {_quoted(options)}; given was {shown(value)}.")
    if value in options:
        return value
    wanted = _bare(value)
    for option in options:
        text = texts.get(option, option)
        forms = (option, text, f"{option} {text}")
        if wanted and (wanted in map(_bare, forms) or wanted in (names or {}).get(option, ())):
            return option
    near = difflib.get_close_matches(wanted[:200], [fold(o) for o in options], n=1, cutoff=0.75)
    meant = next((o for o in options if near and fold(o) == near[0]), None)
    question = f' Did you mean "{meant}"?' if meant else ""
    raise UnreadablePart(f'"{short(value, 40)}" is none of {_quoted(options)}.{question}')


def _quoted(options):
    return ", ".join(f'"{option}"' for option in options)
