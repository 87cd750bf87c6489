"""Reading answers: from a plain value to the parts of a question, and from each part to its canonical form.

A question has parts: the statements of a mapping, the cells of a table, the value and
the definition of a number. Every part is read, turned into one canonical form and
compared on its own, so that feedback can say exactly which part is not right yet.
"""

import difflib
import math
import re
from dataclasses import dataclass, field
from fractions import Fraction

from ..text.fold import words
from .plain import is_blank

TICKED = "ticked"
LEFT_OUT = "left out"
# A tolerance is cut into this many steps: answers are accepted to a tenth of it, exactly.
STEPS = 10
LARGEST = 10**15


class Unreadable(ValueError):
    """A part that cannot be compared; the message is for the learner."""


@dataclass(frozen=True)
class Part:
    """One part of a question: its id, what the learner reads, and the values it takes.

    ``options`` are the closed values (``()`` when open); ``number`` and ``ticks`` say
    how a value is compared; ``accepting`` are the options that mean acceptance.
    """

    id: str
    name: str
    options: tuple = ()
    number: bool = False
    ticks: bool = False
    text: str = ""
    alignment: str = ""
    accepting: tuple = ()

    @property
    def about_truth(self):
        """Whether an answer here accepts or rejects a statement."""
        return bool(self.accepting)

    def stance(self, value):
        """``"accept"`` or ``"reject"``: what this (canonical) value does with the statement."""
        return "accept" if value in self.accepting else "reject"


@dataclass
class Reading:
    """An answer taken apart: a value for each part (None where blank), and what could not be read."""

    values: dict
    problems: list = field(default_factory=list)


def parts(spec):
    """The parts of a question that are compared one by one.

    Parameters
    ----------
    spec : dict
        A question of kind choice, choices, mapping, number or table.

    Returns
    -------
    list of Part
    """
    return _PARTS[spec["kind"]](spec)


def _choice_parts(spec):
    options = tuple(option["key"] for option in spec["option"])
    return [
        Part(
            "choice",
            "your choice",
            options,
            alignment=spec.get("alignment", ""),
            accepting=tuple(spec.get("accepting", ())),
            text=spec["prompt"],
        )
    ]


def _choices_parts(spec):
    accepting = (TICKED,) if spec.get("both_ways") else ()
    return [
        Part(
            option["key"],
            f"({option['key']})",
            (TICKED, LEFT_OUT),
            ticks=True,
            text=option["text"],
            alignment=option.get("alignment", ""),
            accepting=accepting,
        )
        for option in spec["option"]
    ]


def _mapping_parts(spec):
    return [
        Part(
            statement["key"],
            f"({statement['key']})",
            tuple(spec["labels"]),
            text=statement["text"],
            alignment=statement.get("alignment", ""),
            accepting=tuple(spec.get("accepting", ())),
        )
        for statement in spec["statement"]
    ]


def _number_parts(spec):
    fields = [Part(f["name"], f["ask"], tuple(f["options"]), text=f["ask"]) for f in spec["field"]]
    return [Part("value", "the value", number=True, text=spec["prompt"]), *fields]


def _table_parts(spec):
    return [
        Part(
            f"{row['key']}/{f['name']}",
            f"{row['text']}: {f['ask']}",
            tuple(f.get("options", ())),
            number=f.get("number", False),
            text=row["text"],
            alignment=row.get("alignment", ""),
            accepting=tuple(f.get("accepting", ())),
        )
        for row in spec["row"]
        for f in spec["field"]
    ]


_PARTS = {
    "choice": _choice_parts,
    "choices": _choices_parts,
    "mapping": _mapping_parts,
    "number": _number_parts,
    "table": _table_parts,
}


def read(spec, answer):
    """Take a plain answer apart.

    Parameters
    ----------
    spec : dict
        A question whose kind has parts (see :func:`parts`).
    answer : plain value
        As :func:`whosays.exercise.plain.plain` returns it, not blank.

    Returns
    -------
    Reading
        Values by part id; sentences on what does not belong to the question.

    Raises
    ------
    Unreadable
        When the answer as a whole has the wrong shape.
    """
    return _READ[spec["kind"]](spec, answer)


def _read_choice(spec, answer):
    if type(answer) is list and len(answer) == 1:
        answer = answer[0]
    if type(answer) is list:
        raise Unreadable("This question takes one option, and several were given.")
    return Reading({"choice": answer})


def _read_choices(spec, answer):
    if type(answer) is dict:
        answer = [key for key, value in answer.items() if value is True]
        if not answer:
            raise Unreadable(
                'Give the keys of the options you choose as a list, for example ["a", "b"].'
            )
    given = answer if type(answer) is list else [answer]
    options = [option["key"] for option in spec["option"]]
    reading = Reading({key: LEFT_OUT for key in options})
    for item in given:
        if is_blank(item):
            continue
        try:
            reading.values[pick(item, options, _texts(spec))] = TICKED
        except Unreadable as problem:
            reading.problems.append(str(problem))
    return reading


def _read_mapping(spec, answer):
    keys = [statement["key"] for statement in spec["statement"]]
    if (
        type(answer) is list
        and len(answer) == len(keys)
        and not any(type(a) is dict for a in answer)
    ):
        return Reading(dict(zip(keys, answer)))
    return _by_key(answer, keys, "statement", '{"%s": "%s", ...}' % (keys[0], "a label"))


def _read_number(spec, answer):
    names = ["value", *(f["name"] for f in spec["field"])]
    if type(answer) in (int, float, str):
        return Reading({name: (answer if name == "value" else None) for name in names})
    return _by_key(answer, names, "field", '{"value": 12, "%s": "..."}' % names[1])


def _read_table(spec, answer):
    rows = [row["key"] for row in spec["row"]]
    names = [f["name"] for f in spec["field"]]
    if type(answer) is list:
        answer = _records(answer, rows)
    table = _by_key(answer, rows, "row", '{"%s": {"%s": ...}}' % (rows[0], names[0]))
    reading = Reading({}, table.problems)
    for row, cells in table.values.items():
        if is_blank(cells):
            reading.values.update({f"{row}/{name}": None for name in names})
            continue
        try:
            line = _by_key(cells, names, "field", '{"%s": ...}' % names[0])
        except Unreadable as problem:
            reading.problems.append(f"Row {row}: {problem}")
            line = Reading(dict.fromkeys(names))
        reading.problems += [f"Row {row}: {problem}" for problem in line.problems]
        reading.values.update({f"{row}/{name}": value for name, value in line.values.items()})
    return reading


_READ = {
    "choice": _read_choice,
    "choices": _read_choices,
    "mapping": _read_mapping,
    "number": _read_number,
    "table": _read_table,
}


def _records(records, rows):
    """Rows of a table given as a list: known by a cell called ``key`` or ``row``, else by their order."""
    table = {}
    for i, record in enumerate(records):
        if type(record) is not dict:
            raise Unreadable("A table is given row by row, each row a dictionary of its fields.")
        name = next((str(record[k]) for k in ("key", "row", "index") if k in record), None)
        cells = {k: v for k, v in record.items() if k not in ("key", "row", "index")}
        table[name if name is not None else rows[i] if i < len(rows) else f"row {i + 1}"] = cells
    return table


def _by_key(answer, keys, what, example):
    if type(answer) is not dict:
        raise Unreadable(
            f"Give a dictionary with one entry for each {what}, for example {example}."
        )
    values, problems = dict.fromkeys(keys), []
    for key, value in answer.items():
        known = next((k for k in keys if k == key or fold(k) == fold(key)), None)
        if known is None:
            problems.append(
                f'There is no {what} called "{_short(key)}" here; there are {_listed(keys)}.'
            )
        else:
            values[known] = value
    return Reading(values, problems)


def form(part, value, spec):
    """The canonical form of one value, which is what gets compared.

    Parameters
    ----------
    part : Part
    value : plain value
        Not blank.
    spec : dict
        The question, for its texts, ``tolerance`` and ``decimals``.

    Returns
    -------
    str

    Raises
    ------
    Unreadable
        When the value is no option of the part, or no number.
    """
    if part.options:
        return pick(value, part.options, _texts(spec) if part.id == "choice" else {})
    if part.number:
        return "..".join(str(step) for step in _steps(value, spec))
    if type(value) not in (str, int, float):
        raise Unreadable("This takes a short text.")
    return fold(str(value))


def accepted(part, value, spec):
    """Every canonical form that counts as right when ``value`` is: one, or the steps within a tolerance."""
    if part.number and _tolerance(spec):
        (middle, *other) = _steps(value, spec)
        if other:
            raise Unreadable("A range is compared exactly: leave out the tolerance.")
        return [str(step) for step in range(middle - STEPS, middle + STEPS + 1)]
    return [form(part, value, spec)]


def _tolerance(spec):
    return Fraction(str(spec.get("tolerance", 0)))


def _steps(value, spec):
    """A number (or a range) in whole steps of the question's grid."""
    if _tolerance(spec):
        step = _tolerance(spec) / STEPS
    else:
        step = Fraction(1, 10 ** spec["decimals"]) if "decimals" in spec else Fraction(1, 10**9)
    ends = value if type(value) is list else [value]
    if not 1 <= len(ends) <= 2:
        raise Unreadable("A number is one value, or two for a range.")
    return [round(number(end) / step) for end in ends]


def number(value):
    """A number given as a number, or written out: ``"1,200"``, ``"1 200"``, ``"12.5"``.

    Raises
    ------
    Unreadable
        When it is neither.
    """
    if type(value) is Fraction:
        return value
    if type(value) in (int, float) and math.isfinite(value) and abs(value) < LARGEST:
        return Fraction(str(value))
    if type(value) is str:
        digits = re.sub(r"(?<=\d)[,\u00a0\u202f ](?=\d{3}(?!\d))", "", value.strip())
        if re.fullmatch(r"[+-]?\d{1,18}(\.\d{1,12})?", digits, re.ASCII):
            return Fraction(digits)
    raise Unreadable(
        f"The value should be a number, for example 12 or 12.5; given was {_shown(value)}."
    )


def fold(text):
    """Compare texts without case, accents, punctuation and spaces; spellings of one place are one."""
    return " ".join(word.text for word in words(text))


def _texts(spec):
    return {option["key"]: option["text"] for option in spec.get("option", ())}


def pick(value, options, texts):
    """The option a value means: its key, its text, or either in other case."""
    if type(value) is int and str(value) in options:
        value = str(value)
    if type(value) is not str:
        raise Unreadable(f"Give one of {_listed(options)}; given was {_shown(value)}.")
    if value in options:
        return value
    wanted = fold(value)
    for option in options:
        if wanted and wanted in (fold(option), fold(texts.get(option, option))):
            return option
    near = difflib.get_close_matches(wanted[:200], [fold(o) for o in options], n=1, cutoff=0.75)
    meant = next((o for o in options if near and fold(o) == near[0]), None)
    question = f' Did you mean "{meant}"?' if meant else ""
    raise Unreadable(f'"{_short(value)}" is none of {_listed(options)}.{question}')


def _listed(options):
    return ", ".join(f'"{option}"' for option in options)


def _short(text, limit=40):
    text = " ".join(str(text).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _shown(value):
    return f'"{_short(value)}"' if type(value) is str else _short(repr(value))
