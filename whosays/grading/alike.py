"""Rows that are too much alike: the same work, the same name, a file named for somebody else."""

import json
import unicodedata

from ..learner.verdict import NOT_YET, PARTLY
from .row import RAN

# Greek and Cyrillic letters that look like Latin ones
_LOOKS = str.maketrans("аеорсухіјѕԁһкмтвнгοαρνικτυχ", "aeopcyxijsdhkmtbhroapviktux")
_SHORTEST = 60  # characters of a free text that is worth comparing


_TEXT, _WRONG = "same free text as", "same wrong answers as"
_NAME = "the name looks like that of"
_HOLDS, _NAMED = "a file in it is named for another student:", "another student handed in a file"
_WHOLE = "its files are named as in the export of a whole class: if it is one, name the zip itself"
# how a flag begins that speaks of another student
ABOUT_OTHERS = (_TEXT, _WRONG, _NAME, _HOLDS, _NAMED, _WHOLE)


def flag(rows) -> None:
    """Flag rows whose answers are the same word for word, whose names are, or that name another.

    Kept results are read again: these flags are made anew from all rows of this run.
    """
    groups = {}
    for row in rows:
        row.flags = [f for f in row.flags if not f.startswith(ABOUT_OTHERS)]
        for key in _may_be_shared(row):
            groups.setdefault(key, []).append(row)
    for (beginning, *_), alike in groups.items():
        for row in alike if len(alike) > 1 else ():
            others = ", ".join(_called(other) for other in alike if other is not row)
            row.flags.append(f"{beginning} {others}"[:300])
    _named_for_another(rows)


def _called(row):
    return f"{row.student} ({row.lms_id})" if row.lms_id else row.student


def _may_be_shared(row):
    """A row's free texts, its wrong answers where there are several, and its name."""
    wrong = {}
    for identity, entry in row.questions.items() if row.status in RAN else ():
        if entry.by_hand and len(entry.answer or "") > _SHORTEST:
            yield _TEXT, row.set, " ".join(entry.answer.split()).casefold()
        elif not entry.by_hand and entry.status in (NOT_YET, PARTLY):
            wrong[identity] = entry.answer
    # right answers are alike anyway; two wrong ones alike in every detail are worth a look
    if len(wrong) >= 2:
        yield _WRONG, row.set, json.dumps(wrong, sort_keys=True)
    if name := skeleton(row.student):
        yield _NAME, name


def skeleton(name: str) -> str:
    """What is left of a name that a hurried reader sees: no accents, case, signs or look-alikes."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return "".join(c for c in bare.translate(_LOOKS) if c.isalnum())


def _named_for_another(rows):
    """Inside a submission no name makes another row; that one was tried is told on both."""
    for row in rows:
        for student, lms_id in row.named:
            if lms_id == row.lms_id or skeleton(student) == skeleton(row.student):
                continue
            row.flags.append(f"{_HOLDS} {student} ({lms_id})"[:300])
            for other in rows:
                same_name = skeleton(student) == skeleton(other.student)
                if other is not row and (same_name or (lms_id and lms_id == other.lms_id)):
                    other.flags.append(f"{_NAMED} named for this one: {_called(row)}"[:300])
        if len({tuple(who) for who in row.named}) > 1:
            row.flags.append(_WHOLE)
    for row in rows:
        row.flags = list(dict.fromkeys(row.flags))
