"""A question as its author writes it: TOML in, a checked dictionary and every problem out."""

import re
import tomllib
from dataclasses import dataclass

from .kinds import KINDS

ALIGNMENTS = ("official_source", "carries_official_account", "independent", "unclear")
_ITEMS = ("option", "statement", "row")


def _is_text(value):
    return type(value) is str and bool(value.strip())


def _list_of(each):
    return lambda value: type(value) is list and bool(value) and all(map(each, value))


# name of a type -> what it is in words, and whether a value is one
TYPES = {
    "text": ("text that is not empty", _is_text),
    "number": ("a number, 0 or more", lambda v: type(v) in (int, float) and 0 <= v < 1e9),
    "whole": ("a whole number", lambda v: type(v) is int and 0 <= v <= 10_000),
    "texts": ("a list of texts", _list_of(_is_text)),
    "tables": ("one or more [[...]] entries", _list_of(lambda v: type(v) is dict)),
    "bool": ("true or false", lambda v: type(v) is bool),
    "table": ("a [...] table", lambda v: type(v) is dict),
    "any": ("a value", lambda v: True),
}

# field -> type, with ? when it may be left out
_COMMON = {
    "id": "text",
    "kind": "text",
    "title": "text",
    "prompt": "text",
    "points": "number",
    "hints": "texts",
    "explain": "text",
    "wrong": "tables?",
    # whether to ask how sure the learner is
    "sure": "bool?",
    # by part: half a sentence on why the right answer is right; the rows to look at again
    "why": "table?",
    "look": "table?",
    # the answer is to be computed from the case: the grader may run it with another pack too
    "computed": "bool?",
}
_ITEM = {
    "key": "text",
    "text": "text",
    "alignment": "text?",
    "truth": "text?",
}
# list of tables -> the fields of one entry
_ENTRIES = {
    **dict.fromkeys(_ITEMS, _ITEM),
    "field": {
        "name": "text",
        "ask": "text",
        "options": "texts?",
        "number": "bool?",
        "accepting": "texts?",
    },
    "wrong": {"answer": "any?", "missing": "any?", "part": "text?", "say": "text"},
    "keyword": {"name": "text", "any": "texts"},
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
        cell = f"cell {self.cell}" if self.cell else ""
        question = f"question {self.question}" if self.question else ""
        where = ", ".join(filter(None, (self.notebook, cell, question)))
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
        what = f"This raw cell is not valid TOML: {error}."
        return None, [(what, "Correct the line it names; texts stand in quotes.")]


def check(spec):
    """Every problem of one question, as (what, remedy) pairs; ``..._from`` already filled in."""
    problems = []

    def wrong(what, remedy=""):
        problems.append((what, remedy))

    if spec.get("kind") not in list(KINDS):
        wrong(f"There is no kind {spec.get('kind')!r}.", f"Use one of {', '.join(KINDS)}.")
        return problems
    kind = KINDS[spec["kind"]]
    _check_fields(spec, _COMMON | kind.fields, "", wrong)
    for name, entry in _ENTRIES.items():
        items = spec.get(name)
        if name in kind.fields or name == "wrong":
            for i, item in enumerate(items if type(items) is list else (), 1):
                if type(item) is dict:
                    _check_fields(item, entry, f"[[{name}]] number {i}: ", wrong)
    if not problems:
        _check_sense(spec, kind, wrong)
    return problems


def _check_fields(item, fields, where, wrong):
    for name, kind in fields.items():
        words, is_one = TYPES[kind.removesuffix("?")]
        if name not in item:
            if not kind.endswith("?"):
                wrong(f"{where}`{name}` is missing.", f"Add it: {words}.")
        elif not is_one(item[name]):
            wrong(f"{where}`{name}` should be {words}.", f"It is {item[name]!r}."[:120])
    for name in item.keys() - fields.keys():
        wrong(f"{where}`{name}` is no field here.", f"Fields are {', '.join(sorted(fields))}.")


def _check_sense(spec, kind, wrong):
    """What fields of the right type may still get wrong."""
    if spec["points"] <= 0:
        wrong("`points` is 0.", "Give at least one point.")
    for name in _ITEMS:
        _check_keys(name, [item["key"] for item in spec.get(name, ())], wrong)
    for item in [spec, *(item for name in _ITEMS for item in spec.get(name, ()))]:
        if item.get("alignment", "unclear") not in ALIGNMENTS:
            what = f"There is no alignment {item['alignment']!r}."
            wrong(what, f"Use one of {', '.join(ALIGNMENTS)}.")
        if item.get("truth", "accept") not in ("accept", "reject"):
            wrong(f"`truth` is {item['truth']!r}.", 'Write "accept" or "reject".')
    kind.check(spec, wrong)
    _check_remarks(spec, kind, wrong)


def _check_keys(name, keys, wrong):
    for key in sorted({k for k in keys if keys.count(k) > 1}):
        wrong(f'[[{name}]]: the key "{key}" is used twice.', "Give each its own key.")
    for key in keys:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
            what = f'[[{name}]]: the key "{key}" is not readable.'
            wrong(what, "Use a-z, 0-9 and single hyphens.")


def _check_remarks(spec, kind, wrong):
    if kind.by_machine and not spec.get("wrong"):
        remedy = "Add a [[wrong]] with the commonest mistake and what to say on it."
        wrong("There is no planted wrong answer.", remedy)
    for planted in spec.get("wrong", ()):
        if len(planted.keys() & {"answer", "missing", "part"}) != 1:
            what = "A [[wrong]] has one of `answer`, `missing` and `part`."
            wrong(what, f"It is the one that says {planted['say'][:60]!r}.")
    for name in ("why", "look"):
        for part, text in spec.get(name, {}).items():
            if not _is_text(text):
                wrong(f"[{name}] {part} is no text.", "Write it in quotation marks.")
