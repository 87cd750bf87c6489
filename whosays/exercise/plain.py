"""From whatever a learner hands over to plain JSON values, which is all that the judge accepts."""

import math

MAX_ITEMS = 5_000
MAX_TEXT = 20_000
MAX_CHARACTERS = 200_000  # in the whole answer
MAX_DEPTH = 6


class NotPlain(ValueError):
    """A value that is not plain data; the message says which and what to hand over instead."""


def plain(value, convert: bool = True):
    """Turn an answer into plain JSON values: dict, list, str, int, float, bool, None.

    Tuples and sets become lists, ``...`` becomes ``None`` (not answered), a pandas table a list of
    rows, numbers from numpy Python numbers. Without ``convert`` tables and arrays are refused: the
    judge looks at exact built-in types only, so that no method of a foreign object is ever called.

    Raises NotPlain, with a sentence for the learner, also beyond ``MAX_ITEMS`` values and
    ``MAX_DEPTH`` levels.
    """
    return _plain(value, 0, [0, 0], convert)


def _plain(value, depth, seen, convert):
    seen[0] += 1
    if seen[0] > MAX_ITEMS:
        raise NotPlain(
            f"this answer holds more than {MAX_ITEMS:,} values, far more than any question needs"
        )
    if depth > MAX_DEPTH:
        raise NotPlain(f"this answer is nested more than {MAX_DEPTH} levels deep")
    kind = type(value)
    if value is None or value is Ellipsis:
        return None
    if kind in (bool, int, float):
        return _plain_number(value, convert)
    if kind is str:
        return _plain_text(value, seen)
    if kind in (list, tuple):
        return [_plain(item, depth + 1, seen, convert) for item in value]
    if kind in (set, frozenset):
        return sorted((_plain(item, depth + 1, seen, convert) for item in value), key=repr)
    if kind is dict:
        return {_key(k): _plain(v, depth + 1, seen, convert) for k, v in value.items()}
    converted = _converted(value, kind) if convert else None
    if converted is None:
        raise NotPlain(
            f"a value of type {kind.__name__} was given; "
            "use plain text, numbers, lists and dictionaries"
        )
    return _plain(converted[0], depth + 1, seen, convert)


def _plain_number(value, convert):
    if type(value) is int and abs(value) >= 2**63:
        raise NotPlain("this whole number is too large")
    if type(value) is float and not math.isfinite(value):
        if convert and math.isnan(value):
            return None  # an empty cell of a pandas table
        raise NotPlain(f"{value!r} is not a number one can compare")
    return value


def _plain_text(value, seen):
    if len(value) > MAX_TEXT:
        raise NotPlain(f"this text has {len(value):,} characters; the limit is {MAX_TEXT:,}")
    seen[1] += len(value)
    if seen[1] > MAX_CHARACTERS:
        raise NotPlain(f"this answer has more than {MAX_CHARACTERS:,} characters")
    return value


def _key(key):
    if type(key) is str and len(key) <= 200:
        return key
    if type(key) is int:
        return str(key)
    raise NotPlain(f"a dictionary key should be short text, not {type(key).__name__}")


def _converted(value, kind):
    """``(simpler value,)`` for types of pandas and numpy, told by name: neither is imported."""
    module, name = kind.__module__.partition(".")[0], kind.__name__
    try:
        if module == "pandas" and name == "DataFrame":
            return (value.to_dict("records" if _is_range(value.index) else "index"),)
        if module == "pandas" and name == "Series":
            return (value.to_list() if _is_range(value.index) else value.to_dict(),)
        if module == "numpy" and hasattr(value, "tolist"):
            return (value.tolist(),)
    except (ValueError, TypeError) as error:
        raise NotPlain(f"this table cannot be read: {error}") from None
    return None


def _is_range(index):
    return type(index).__name__ == "RangeIndex"


def as_list(value) -> list:
    """A value that may stand alone, as a list."""
    return value if type(value) is list else [value]


def is_blank(value) -> bool:
    """Whether a plain value is no answer: None, empty text, or a list or dict of only such."""
    if value is None:
        return True
    if type(value) is str:
        return not value.strip()
    if type(value) is list:
        return all(is_blank(item) for item in value)
    if type(value) is dict:
        return all(is_blank(item) for item in value.values())
    return False
