"""Answers in other containers than the one asked for, where they can be read in one way only."""

import re
from itertools import pairwise

from .plain import as_list
from .typed import fold

_TRUE = ("true", "yes", "y", "1", "x", "ticked", "tick")
_SIGN = re.compile(r"\s*(?:[:=]|->|→)\s*")
_ARROW = re.compile(r"\s*(?:->|→|>|;|,|\n|\bthen\b)\s*")


def known(value, keys) -> str | None:
    """The key that a value names, in any case and with any brackets; else None."""
    if type(value) not in (str, int) or type(value) is bool:
        return None
    return next((key for key in keys if key == value or fold(key) == fold(str(value))), None)


def entries(answer, keys: list[str]) -> dict:
    """A dictionary by the keys of a question, from whatever says the same.

    That is a dictionary; one turned round (label to keys); a list of pairs or of records; a text
    like ``"a: holds; b: fails"``. What cannot be read so comes back as it is.
    """
    if type(answer) is str:
        pieces = [p for p in re.split(r"[;\n]", answer) if p.strip()]
        if len(pieces) == 1:
            pieces = re.split(r",(?=\s*\(?[\w-]+\)?\s*(?:[:=]|->|→))", answer)
        pairs = [_SIGN.split(piece.strip(), maxsplit=1) for piece in pieces]
        return _from_pairs(pairs, keys) or answer
    if type(answer) is list and answer:
        pairs = [_pair(item, keys) for item in answer]
        return _from_pairs(pairs, keys) or answer
    if type(answer) is dict and answer and not any(known(key, keys) for key in answer):
        pairs = [[key, label] for label, named in answer.items() for key in as_list(named)]
        return _from_pairs(pairs, keys) or answer
    return answer


def _pair(item, keys):
    if type(item) is list:
        return item
    if type(item) is dict and len(item) == 1:
        return next([key, value] for key, value in item.items())
    if type(item) is dict and len(item) == 2:
        first, second = item.values()
        if known(first, keys) and not known(second, keys):
            return [first, second]
        if known(second, keys) and not known(first, keys):
            return [second, first]
    return None


def _from_pairs(pairs, keys):
    """Entries from pairs of key and value; None unless every key is known and stands once."""
    if not all(pair and len(pair) == 2 and known(pair[0], keys) for pair in pairs):
        return None
    by_key = {known(key, keys): value for key, value in pairs}
    return by_key if len(by_key) == len(pairs) else None


def ticks(answer, keys, texts) -> list[str]:
    """The options that an answer ticks, as a list: from a dictionary, a text or lists in lists."""
    if type(answer) is dict:
        named = [value for value in answer.values() if type(value) is list]
        if len(answer) == len(named) == 1:
            return named[0]
        return [
            key
            for key, value in answer.items()
            if value is True or (type(value) in (str, int) and str(value).casefold() in _TRUE)
        ]
    if type(answer) is str and not known(answer, [*keys, *texts]):
        words = [word for word in re.split(r"[,;\s]+|\band\b|&", answer) if word]
        if words and all(known(word, keys) for word in words):
            return words
        if fold(answer).isalpha() and all(known(letter, keys) for letter in fold(answer)):
            return list(fold(answer))
    if type(answer) is list:
        return [one for item in answer for one in as_list(item)]
    return [answer]


def one(answer) -> dict | str:
    """The single value of a container that holds one."""
    while type(answer) in (list, dict) and len(answer) == 1:
        (key,) = answer if type(answer) is dict else [None]
        value = answer[key] if type(answer) is dict else answer[0]
        answer = key if value is True else value
    if type(answer) is dict:
        ticked = [key for key, value in answer.items() if value is True]
        others = [value for value in answer.values() if value is not True and value]
        return ticked[0] if len(ticked) == 1 and not others else answer
    return answer


def chain(answer) -> list[str]:
    """A list first to last: from a text with arrows or commas, places, or linked pairs."""
    if type(answer) is str:
        return [piece for piece in _ARROW.split(answer) if piece]
    if type(answer) is dict and answer and all(str(key).strip(".").isdecimal() for key in answer):
        return [answer[key] for key in sorted(answer, key=lambda key: int(str(key).strip(".")))]
    linked = type(answer) is list and all(type(i) is list and len(i) == 2 for i in answer)
    if linked and answer and all(a[1] == b[0] for a, b in pairwise(answer)):
        return [answer[0][0], *(pair[1] for pair in answer)]
    return answer


def marks(answer, roles) -> list[dict]:
    """A list of marks: from a dictionary by role, or from pairs of role and words."""
    if type(answer) is dict and answer and all(known(key, roles) for key in answer):
        answer = [[role, words] for role, given in answer.items() for words in as_list(given)]
    if type(answer) is list:
        pairs = [type(i) is list and len(i) == 2 and known(i[0], roles) for i in answer]
        return [
            {"role": role, "exact": item[1]} if role else item
            for role, item in zip(pairs, answer, strict=True)
        ]
    return answer


def table(answer, rows, names) -> dict[str, dict]:
    """Cells by row and field: from rows as lists, flat keys (``row/field``), or columns."""
    if type(answer) is list and len(answer) == len(rows) and all(type(i) is list for i in answer):
        answer = dict(zip(rows, answer, strict=True))
    if type(answer) is not dict:
        return answer
    flat = {f"{row} {name}": (row, name) for row in rows for name in names}
    if answer and all(known(key, flat) for key in answer):
        by_row = {}
        for key, value in answer.items():
            row, name = flat[known(key, flat)]
            by_row.setdefault(row, {})[name] = value
        return by_row
    columns = all(type(v) is dict for v in answer.values())
    if answer and columns and all(known(key, names) and not known(key, rows) for key in answer):
        by_row = {}
        for name, cells in answer.items():
            for row, value in cells.items():
                by_row.setdefault(row, {})[known(name, names)] = value
        return by_row
    in_order = [row for row, v in answer.items() if type(v) is list and len(v) == len(names)]
    return answer | {row: dict(zip(names, answer[row], strict=True)) for row in in_order}
