"""A question as its author writes it: TOML in, a checked dictionary and every problem out."""

import re
import tomllib
from dataclasses import dataclass

KINDS = ("choice", "choices", "mapping", "number", "ordering", "table", "spans", "text")
ALIGNMENTS = ("official_source", "carries_official_account", "independent", "unclear")
ROLES = ("source", "cue", "content")

_TEXT, _NUMBER, _TEXTS, _TABLES, _BOOL, _TABLE, _WHOLE = (
    "text",
    "number",
    "texts",
    "tables",
    "bool",
    "table",
    "whole",
)

_COMMON = {
    "id": (_TEXT, True),
    "kind": (_TEXT, True),
    "title": (_TEXT, True),
    "prompt": (_TEXT, True),
    "points": (_NUMBER, True),
    "hints": (_TEXTS, True),
    "explain": (_TEXT, True),
    "wrong": (_TABLES, False),
    # the answer is to be computed from the case: the grader may run it with another pack too
    "computed": (_BOOL, False),
}

# kind -> field -> (type, required)
_FIELDS = {
    "choice": {
        "option": (_TABLES, True),
        "accepting": (_TEXTS, False),
        "alignment": (_TEXT, False),
        "truth": (_TEXT, False),
    },
    "choices": {"option": (_TABLES, True), "both_ways": (_BOOL, False)},
    "mapping": {
        "labels": (_TEXTS, True),
        "accepting": (_TEXTS, False),
        "statement": (_TABLES, True),
    },
    "number": {
        "field": (_TABLES, True),
        "tolerance": (_NUMBER, False),
        "decimals": (_WHOLE, False),
        "shown": (_BOOL, False),
    },
    "ordering": {"option": (_TABLES, True)},
    "table": {
        "row": (_TABLES, True),
        "field": (_TABLES, True),
        "tolerance": (_NUMBER, False),
        "decimals": (_WHOLE, False),
        "shown": (_BOOL, False),
    },
    "spans": {"text": (_TEXT, True), "roles": (_TEXTS, True)},
    "text": {
        "rubric": (_TABLE, True),
        "keyword": (_TABLES, False),
        "min_words": (_WHOLE, False),
        "max_words": (_WHOLE, False),
    },
}

# list of tables -> the fields of one entry
_ENTRIES = {
    "option": {
        "key": (_TEXT, True),
        "text": (_TEXT, True),
        "alignment": (_TEXT, False),
        "truth": (_TEXT, False),
    },
    "statement": {
        "key": (_TEXT, True),
        "text": (_TEXT, True),
        "alignment": (_TEXT, False),
        "truth": (_TEXT, False),
    },
    "row": {
        "key": (_TEXT, True),
        "text": (_TEXT, True),
        "alignment": (_TEXT, False),
        "truth": (_TEXT, False),
    },
    "field": {
        "name": (_TEXT, True),
        "ask": (_TEXT, True),
        "options": (_TEXTS, False),
        "number": (_BOOL, False),
        "accepting": (_TEXTS, False),
    },
    "wrong": {"answer": ("any", True), "say": (_TEXT, True)},
    "keyword": {"name": (_TEXT, True), "any": (_TEXTS, True)},
}

# What may be taken from a variable of the solution instead of being typed.
FROM_SOLUTION = {
    "rows_from": "row",
    "options_from": "option",
    "statements_from": "statement",
    "text_from": "text",
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an exercise set: where, what, and what to do."""

    notebook: str
    cell: str
    question: str
    what: str
    remedy: str

    def __str__(self):
        where = ", ".join(
            part
            for part in (
                self.notebook,
                f"cell {self.cell}" if self.cell else "",
                f"question {self.question}" if self.question else "",
            )
            if part
        )
        return f"{where}: {self.what} {self.remedy}".strip()


def read_toml(text):
    """Parse a question cell.

    Parameters
    ----------
    text : str
        The source of a raw cell.

    Returns
    -------
    (dict or None, list of (str, str))
        The question as written, and problems as (what, remedy).
    """
    try:
        return tomllib.loads(text.replace("\r\n", "\n")), []
    except tomllib.TOMLDecodeError as error:
        return None, [
            (
                f"This raw cell is not valid TOML: {error}.",
                "Correct the line it names; texts stand in quotes.",
            )
        ]


def check(spec):
    """Every problem of one question, as (what, remedy) pairs; the ``..._from`` fields already filled in."""
    problems = []

    def wrong(what, remedy=""):
        problems.append((what, remedy))

    kind = spec.get("kind")
    if kind not in KINDS:
        wrong(f"There is no kind {kind!r}.", f"Use one of {', '.join(KINDS)}.")
        return problems
    _check_fields(spec, _COMMON | _FIELDS[kind], "", wrong)
    for name, entry in _ENTRIES.items():
        items = spec.get(name)
        if name in _FIELDS[kind] or name == "wrong":
            for i, item in enumerate(items if type(items) is list else (), 1):
                if type(item) is dict:
                    _check_fields(item, entry, f"[[{name}]] number {i}: ", wrong)
    if not problems:
        _check_sense(spec, wrong)
    return problems


def _is(value, kind):
    if kind == _TEXT:
        return type(value) is str and bool(value.strip())
    if kind == _NUMBER:
        return type(value) in (int, float) and 0 <= value < 1e9
    if kind == _WHOLE:
        return type(value) is int and 0 <= value <= 10_000
    if kind == _TEXTS:
        return (
            type(value) is list and bool(value) and all(type(v) is str and v.strip() for v in value)
        )
    if kind == _TABLES:
        return type(value) is list and bool(value) and all(type(v) is dict for v in value)
    return kind == "any" or type(value) is {_BOOL: bool, _TABLE: dict}[kind]


_WORDS = {
    _TEXT: "text that is not empty",
    _NUMBER: "a number, 0 or more",
    _WHOLE: "a whole number",
    _TEXTS: "a list of texts",
    _TABLES: "one or more [[...]] entries",
    _BOOL: "true or false",
    _TABLE: "a [...] table",
}


def _check_fields(item, fields, where, wrong):
    for name, (kind, required) in fields.items():
        if name not in item:
            if required:
                wrong(f"{where}`{name}` is missing.", f"Add it: {_WORDS.get(kind, 'a value')}.")
        elif not _is(item[name], kind):
            wrong(f"{where}`{name}` should be {_WORDS[kind]}.", f"It is {item[name]!r}."[:120])
    for name in item.keys() - fields.keys():
        wrong(f"{where}`{name}` is no field here.", f"Fields are {', '.join(sorted(fields))}.")


def _check_sense(spec, wrong):
    """What fields of the right type may still get wrong."""
    kind = spec["kind"]
    if spec["points"] <= 0:
        wrong("`points` is 0.", "Give at least one point.")
    for name in ("option", "statement", "row"):
        keys = [item["key"] for item in spec.get(name, ())]
        for key in sorted({k for k in keys if keys.count(k) > 1}):
            wrong(f'[[{name}]]: the key "{key}" is used twice.', "Give each its own key.")
        for key in keys:
            if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
                wrong(
                    f'[[{name}]]: the key "{key}" is not readable.',
                    "Use a-z, 0-9 and single hyphens.",
                )
    for item in [spec, *(i for name in ("option", "statement", "row") for i in spec.get(name, ()))]:
        if item.get("alignment", "unclear") not in ALIGNMENTS:
            wrong(
                f"There is no alignment {item['alignment']!r}.",
                f"Use one of {', '.join(ALIGNMENTS)}.",
            )
        if item.get("truth", "accept") not in ("accept", "reject"):
            wrong(f"`truth` is {item['truth']!r}.", 'Write "accept" or "reject".')
    minimum = {"choice": 2, "choices": 3, "ordering": 2}.get(kind)
    if minimum and len(spec["option"]) < minimum:
        wrong(f"A {kind} question needs at least {minimum} options.", "Add some.")
    if kind == "mapping":
        _check_closed("labels", spec["labels"], spec.get("accepting"), wrong)
    if kind == "choice":
        _check_closed("options", [o["key"] for o in spec["option"]], spec.get("accepting"), wrong)
    for f in spec.get("field", ()):
        _check_closed(f"options of {f['name']}", f.get("options"), f.get("accepting"), wrong)
        if kind == "number" and "options" not in f:
            wrong(
                f"The field {f['name']} of a number has no options.",
                "Say what the number may count: options = [...].",
            )
        if f.get("number") and f.get("options"):
            wrong(f"The field {f['name']} is a number and has options.", "Drop one of the two.")
        if f["name"] == "value" and kind == "number":
            wrong("A field may not be called value.", "That name is the number's own.")
    if spec.get("decimals", 0) > 9:
        wrong("More than 9 `decimals` cannot be compared.", "Use fewer.")
    if kind == "spans":
        for role in set(spec["roles"]) - set(ROLES):
            wrong(f"There is no role {role!r}.", f"Use {', '.join(ROLES)}.")
    if kind == "text":
        if sorted(spec["rubric"]) != ["1", "2", "3"] or not all(
            _is(v, _TEXT) for v in spec["rubric"].values()
        ):
            wrong("[rubric] needs three levels.", 'Write 1 = "...", 2 = "...", 3 = "...".')
    elif not spec.get("wrong"):
        wrong(
            "There is no planted wrong answer.",
            "Add a [[wrong]] with the commonest mistake and what to say on it.",
        )


def _check_closed(name, options, accepting, wrong):
    if options is not None and len(set(options)) != len(options):
        wrong(f"The {name} name one value twice.", "Keep one.")
    for value in accepting or ():
        if value not in (options or ()):
            wrong(
                f'`accepting` names "{value}", which is not among the {name}.',
                "Use the same words.",
            )
    if accepting and options and set(accepting) >= set(options):
        wrong(
            "Every option is `accepting`.",
            "One at least must mean that the statement is not accepted.",
        )
