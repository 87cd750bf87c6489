"""Rows that are too much alike: the same work, the same name, a file named for somebody else."""

import json
import unicodedata

from ..learner.verdict import NOT_YET, PARTLY
from .row import RAN

# Greek and Cyrillic letters that look like Latin ones
_LOOKS = str.maketrans("аеорсухіјѕԁһкмтвнгοαρνικτυχ", "aeopcyxijsdhkmtbhroapviktux")
_SHORTEST = 60  # characters of a free text that is worth comparing


def flag(rows):
    """Flag rows whose answers are the same word for word, whose names are, or that name another.

    Kept results are read again: these flags are made anew from all rows of this run.
    """
    for row in rows:
        row.flags = [f for f in row.flags if not f.startswith(ABOUT_OTHERS)]
    for what, groups in (("same", _same_work(rows)), ("name", _same_name(rows))):
        for words, alike in groups:
            for row in alike:
                others = ", ".join(_called(other) for other in alike if other is not row)
                beginning = words if what == "same" else _NAME
                row.flags.append(f"{beginning} {others}"[:300])
    _named_for_another(rows)


_TEXT, _WRONG = "same free text as", "same wrong answers as"
_NAME = "the name looks like that of"
_HOLDS, _NAMED = "a file in it is named for another student:", "another student handed in a file"
_WHOLE = "its files are named as in the export of a whole class: if it is one, name the zip itself"
# how a flag begins that speaks of another student
ABOUT_OTHERS = (_TEXT, _WRONG, _NAME, _HOLDS, _NAMED, _WHOLE)


def _called(row):
    return f"{row.student} ({row.lms_id})" if row.lms_id else row.student


def _groups(pairs):
    """Rows that share a key, where there are two or more of them."""
    found = {}
    for key, row in pairs:
        found.setdefault(key, []).append(row)
    return [(key, alike) for key, alike in found.items() if len(alike) > 1]


def _same_work(rows):
    """Rows with the same free text or, with several mistakes, the same wrong answers."""
    pairs = []
    for row in rows:
        if row.status not in RAN:
            continue
        wrong = {}
        for identity, entry in row.questions.items():
            if entry.kind == "text" and len(entry.answer or "") > _SHORTEST:
                text = " ".join(entry.answer.split()).casefold()
                pairs.append(((_TEXT, row.set, text), row))
            elif entry.kind != "text" and entry.status in (NOT_YET, PARTLY):
                wrong[identity] = entry.answer
        # right answers are alike anyway; two wrong ones alike in every detail are worth a look
        if len(wrong) >= 2:
            pairs.append(((_WRONG, row.set, json.dumps(wrong, sort_keys=True)), row))
    return [(key[0], alike) for key, alike in _groups(pairs)]


def _same_name(rows):
    return _groups((skeleton(row.student), row) for row in rows if skeleton(row.student))


def skeleton(name):
    """What is left of a name that a hurried reader sees: no accents, case, signs or look-alikes."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return "".join(c for c in bare.translate(_LOOKS) if c.isalnum())


def _named_for_another(rows):
    """Inside a submission no name makes another row; that one was tried is told on both."""
    for row in rows:
        for student, lms_id in row.named:
            own = lms_id == row.lms_id or skeleton(student) == skeleton(row.student)
            if own:
                continue
            row.flags.append(f"{_HOLDS} {student} ({lms_id})"[:300])
            for other in rows:
                same = (lms_id and lms_id == other.lms_id) or (
                    skeleton(student) == skeleton(other.student)
                )
                if other is not row and same:
                    other.flags.append(f"{_NAMED} named for this one: {_called(row)}"[:300])
        if len({tuple(who) for who in row.named}) > 1:
            row.flags.append(_WHOLE)
    for row in rows:
        row.flags = list(dict.fromkeys(row.flags))
