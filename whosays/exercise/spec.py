"""A question as its author writes it: TOML in, a checked dictionary and every problem out."""

import re
import tomllib
from dataclasses import dataclass

from .kinds import KINDS
from .words import wrong_words

ALIGNMENTS = ("official_source", "carries_official_account", "independent", "unclear")
_ITEMS = ("option", "statement", "row")


def _is_text(value):
    return type(value) is str and bool(value.strip())


def _list_of(each):
    return lambda value: type(value) is list and bool(value) and all(map(each, value))


def answer_name(question_id: str) -> str:
    """The variable that holds the answer: ``answer_1_3`` for question 1.3."""
    return "answer_" + question_id.replace(".", "_")


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
}
_ITEM = {"key": "text", "text": "text", "alignment": "text?"}
# list of tables -> the fields of one entry
_ENTRIES = {
    **dict.fromkeys(_ITEMS, _ITEM),
    "field": {
        "name": "text",
        "ask": "text",
        "options": "texts",
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
class SpecProblem:
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


def read_toml(text: str) -> tuple[dict | None, list[tuple[str, str]]]:
    """Parse the source of a raw cell: the question as written, and problems as (what, remedy)."""
    try:
        return tomllib.loads(text.replace("\r\n", "\n")), []
    except tomllib.TOMLDecodeError as error:
        return None, [wrong_words("no_toml", error=error)]


def check(spec: dict) -> list[tuple[str, str]]:
    """Every problem of one question, as (what, remedy) pairs; ``..._from`` already filled in."""
    problems = []

    def wrong(problem, **filled):
        problems.append(wrong_words(problem, **filled))

    kind = KINDS.get(str(spec.get("kind")))
    if kind is None:
        wrong("kind", kind=spec.get("kind"), kinds=", ".join(KINDS))
        return problems
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
                wrong("missing", where=where, name=name, words=words)
        elif not is_one(item[name]):
            given = f"It is {item[name]!r}."[:120]
            wrong("type", where=where, name=name, words=words, given=given)
    for name in item.keys() - fields.keys():
        wrong("unknown", where=where, name=name, fields=", ".join(sorted(fields)))


def _check_sense(spec, kind, wrong):
    if spec["points"] <= 0:
        wrong("no_points")
    for name in _ITEMS:
        keys = [item["key"] for item in spec.get(name, ())]
        for key in sorted({k for k in keys if keys.count(k) > 1}):
            wrong("two_keys", name=name, key=key)
        for key in keys:
            if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
                wrong("key", name=name, key=key)
        for item in spec.get(name, ()):
            if item.get("alignment", "unclear") not in ALIGNMENTS:
                wrong("alignment", alignment=item["alignment"], alignments=", ".join(ALIGNMENTS))
    kind.check(spec, wrong)
    _check_remarks(spec, kind, wrong)


def _check_remarks(spec, kind, wrong):
    if kind.by_machine and not spec.get("wrong"):
        wrong("no_wrong")
    for planted in spec.get("wrong", ()):
        if len(planted) != 2 or not planted.keys() & set(kind.remarks):
            wrong("wrong_needs_one", say=planted["say"][:60], names=" and ".join(kind.remarks))
    for name in ("why", "look"):
        for part, text in spec.get(name, {}).items():
            if not _is_text(text):
                wrong("no_text", name=name, part=part)
