"""Marks in a text as a pure state: functions that take a state and give a new one.

A *mark* is a stretch of whole words with a role; a *relation* ties marks into one attribution,
with its mode, the relation it stands inside, and the chain of voices it came through. All of it is
plain JSON. The functions in :data:`OPERATIONS` take a state and give a new one; :class:`Marking`
adds undo, saving and words for the learner; ``.widget()`` is a face of it.

Roles, modes and nesting are those of :mod:`whosays.attribution` (PARC, Pareti 2012; PolNeAR, Newell
et al. 2018), and one role more: a *voice without a source*, words that somebody must have said and
nobody is named for. That marks keep their words and context beside their offsets is the Text Quote
Selector of the W3C Web Annotation Data Model (2017).
"""

import copy
import re

from ..attribution import read
from ..attribution.model import MODES
from ..base.words import words_of
from ..text.place import NoPlace, place_of, snap
from ..text.spans import Quote, Span, short

ROLES = {"source": "source", "cue": "cue", "content": "content", "voice": "voice without a source"}
MODE_NAMES = words_of(__package__)["mode"]
#: what can be wrong with a reading of the first-pass reader
REASONS = words_of(__package__)["reason"]
MOST_MARKS = 500
_CHAIN = re.compile(r"\s*[>→›]\s*")
WHICH_RELATION = re.compile(r", relation \d+")


class MarkingError(ValueError):
    """Something that cannot be done; the message is for the learner and says what to do."""


# --- the state ----------------------------------------------------------------------------------


def empty() -> dict:
    """A state without marks."""
    return {"marks": [], "relations": [], "open": None, "machine": {}}


def _by_id(rows, wanted, what):
    for row in rows:
        if row["id"] == wanted:
            return row
    have = ", ".join(row["id"] for row in rows) or "none"
    raise MarkingError(f"There is no {what} {wanted!r}; there are: {have}.")


def _new_id(rows, letter):
    return f"{letter}{1 + max((int(row['id'][1:]) for row in rows), default=0)}"


def _described(mark):
    return f"{ROLES[mark['role']]} “{short(mark['exact'])}”"


def number(state, relation_id: str) -> int:
    """The number of a relation as the learner sees it, counted from 1 in the order of the text."""
    return [r["id"] for r in in_order(state)].index(relation_id) + 1


def in_order(state) -> list[dict]:
    """The relations, ordered by where their first mark stands."""
    start = {mark["id"]: mark["start"] for mark in state["marks"]}
    return sorted(
        state["relations"],
        key=lambda r: (min((start[m] for m in r["marks"]), default=0), int(r["id"][1:])),
    )


def marks_of(state, relation, role: str | None = None) -> list[dict]:
    """The marks of a relation, in the order of the text, all or of one role."""
    chosen = [
        m for m in state["marks"] if m["id"] in relation["marks"] and role in (None, m["role"])
    ]
    return sorted(chosen, key=lambda m: (m["start"], m["end"]))


def _tidy(state):
    """Relations without marks go, marks without a relation stay; nothing points at what is gone."""
    known = {mark["id"] for mark in state["marks"]}
    for relation in state["relations"]:
        relation["marks"] = [m for m in relation["marks"] if m in known]
    state["relations"] = [r for r in state["relations"] if r["marks"]]
    left = {r["id"] for r in state["relations"]}
    for relation in state["relations"]:
        if relation["parent"] not in left:
            relation["parent"] = None
    if state["open"] not in left:
        state["open"] = None
    taken = ("accepted", "changed")
    state["machine"] = {
        key: row
        for key, row in state["machine"].items()
        if row["verdict"] not in taken or row["relation"] in left
    }


def _relation(state):
    new = _new_id(state["relations"], "r")
    relation = {"id": new, "marks": [], "mode": "", "parent": None, "chain": []}
    state["relations"].append(relation)
    return relation


def _add_mark(text, state, role, start, end):
    """A new mark, or the one that is there already; and whether it is new."""
    for mark in state["marks"]:
        if (mark["role"], mark["start"], mark["end"]) == (role, start, end):
            return mark, False
    if len(state["marks"]) >= MOST_MARKS:
        raise MarkingError(f"There are {MOST_MARKS} marks already: remove some first.")
    quote = Quote.make(text, start, end, context=16)
    mark = {"id": _new_id(state["marks"], "m"), "role": role, "start": start, "end": end}
    mark |= {name: getattr(quote, name) for name in ("exact", "prefix", "suffix")}
    state["marks"].append(mark)
    return mark, True


# --- operations: (text, state, arguments) -> what to say; the state is theirs to change -----------


def _mark(text, state, exact=None, role="content", start=None, end=None, relation=None):
    if role not in ROLES:
        raise MarkingError(f"There is no role {role!r}: choose one of {', '.join(ROLES)}.")
    start, end = place_of(text, exact, start, end)
    if relation is not None:
        target = _by_id(state["relations"], relation, "relation")
    elif role == "voice":
        target = None
    else:
        target = next((r for r in state["relations"] if r["id"] == state["open"]), None)
    mark, new = _add_mark(text, state, role, start, end)
    # one source may have several claims: the same mark then goes into a second relation, too
    holders = [target] if target else state["relations"] if role == "voice" else []
    if not new and any(mark["id"] in r["marks"] for r in holders):
        raise MarkingError(f"Already marked: {_described(mark)}.")
    if target is None:
        target = _relation(state)
        if role == "voice":
            # nobody is named, so nothing can be added to it but how it is told
            target["mode"] = "unattributed"
        else:
            state["open"] = target["id"]
    target["marks"].append(mark["id"])
    crossing = sum(m["start"] < end and start < m["end"] for m in state["marks"] if m is not mark)
    more = f" It overlaps {crossing} other{'' if crossing == 1 else 's'}; all are kept."
    more = more if crossing else ""
    return f"Marked as {_described(mark)}, relation {number(state, target['id'])}.{more}"


def _unmark(text, state, mark):
    gone = _by_id(state["marks"], mark, "mark")
    state["marks"].remove(gone)
    _tidy(state)
    return f"Removed: {_described(gone)}."


def _begin(text, state):
    state["open"] = None
    return "The next mark begins a new relation."


def _go_on(text, state, relation):
    _by_id(state["relations"], relation, "relation")
    state["open"] = relation
    return f"Marks now go into relation {number(state, relation)}."


def _both(state, relation, mark):
    return _by_id(state["relations"], relation, "relation"), _by_id(state["marks"], mark, "mark")


def _link(text, state, relation, mark):
    target, linked = _both(state, relation, mark)
    if mark in target["marks"]:
        raise MarkingError(
            f"Relation {number(state, relation)} has this mark already: {_described(linked)}."
        )
    target["marks"].append(mark)
    return f"Linked {_described(linked)} into relation {number(state, relation)}."


def _unlink(text, state, relation, mark):
    target, linked = _both(state, relation, mark)
    if mark not in target["marks"]:
        raise MarkingError(
            f"Relation {number(state, relation)} does not have this mark: {_described(linked)}."
        )
    target["marks"].remove(mark)
    if not any(mark in r["marks"] for r in state["relations"]):
        state["marks"].remove(linked)
    _tidy(state)
    return f"Taken out: {_described(linked)}."


def _describe(text, state, relation=None, mode=None, parent=None, chain=None):
    relation = relation or state["open"]
    if relation is None:
        raise MarkingError(
            "No relation is open: mark something first, or say which relation is meant."
        )
    target, sentences = _by_id(state["relations"], relation, "relation"), []
    if mode is not None:
        if mode and mode not in MODES:
            raise MarkingError(f"There is no mode {mode!r}: choose one of {', '.join(MODES)}.")
        target["mode"] = mode
        sentences.append(f"mode {mode.replace('_', ' ') or 'not chosen'}")
    if parent is not None:
        _set_parent(state, target, parent)
        sentences.append(
            f"inside relation {number(state, parent)}" if parent else "inside no other relation"
        )
    if chain is not None:
        steps = _CHAIN.split(chain) if isinstance(chain, str) else chain
        if not isinstance(steps, (list, tuple)) or not all(isinstance(step, str) for step in steps):
            raise MarkingError("A chain is names with > between them, the outermost first.")
        target["chain"] = [step.strip()[:120] for step in steps if step.strip()][:20]
        sentences.append("chain " + (" > ".join(target["chain"]) or "empty"))
    return f"Relation {number(state, relation)}: {'; '.join(sentences) or 'nothing changed'}."


def _set_parent(state, target, parent):
    if not parent:
        target["parent"] = None
        return
    above = _by_id(state["relations"], parent, "relation")
    parents = {r["id"]: r["parent"] for r in state["relations"]}
    while above is not None:
        if above["id"] == target["id"]:
            raise MarkingError("A relation cannot stand inside itself: choose the outer one.")
        above = next((r for r in state["relations"] if r["id"] == parents[above["id"]]), None)
    target["parent"] = parent


def _drop(text, state, relation):
    gone = _by_id(state["relations"], relation, "relation")
    shown = number(state, relation)
    state["relations"].remove(gone)
    still_used = {m for r in state["relations"] for m in r["marks"]}
    state["marks"] = [
        m for m in state["marks"] if m["id"] in still_used or m["id"] not in gone["marks"]
    ]
    _tidy(state)
    return f"Relation {shown} is removed, with the marks that only it had."


def _clear(text, state, confirm=False):
    if confirm is not True:
        raise MarkingError(
            f"This would remove all {len(state['marks'])} marks and all relations. To do it,"
            " confirm (in code: confirm=True)."
        )
    state.clear()
    state.update(empty())
    return "All marks are removed. Undo brings them back."


def _accept(text, state, suggestion, change=False):
    chosen = _by_id(suggestions(text), suggestion, "suggestion")
    if state["machine"].get(suggestion, {}).get("verdict") in ("accepted", "changed"):
        raise MarkingError("This suggestion is among your relations already.")
    relation = _relation(state)
    for role in ("source", "cue", "content"):
        for start, end in chosen[role]:
            relation["marks"].append(_add_mark(text, state, role, start, end)[0]["id"])
    relation["mode"] = chosen["mode"]
    outer = state["machine"].get(chosen["parent"] or "", {}).get("relation")
    if any(r["id"] == outer for r in state["relations"]):
        relation["parent"] = outer
    verdict = "changed" if change else "accepted"
    state["machine"][suggestion] = {"verdict": verdict, "relation": relation["id"], "why": ""}
    if change:
        state["open"] = relation["id"]
        return f"Taken over as relation {number(state, relation['id'])}: change what is wrong."
    return f"Accepted as relation {number(state, relation['id'])}."


def _reject(text, state, suggestion, why=""):
    _by_id(suggestions(text), suggestion, "suggestion")
    if why and why not in REASONS:
        raise MarkingError(f"There is no reason {why!r}: choose one of {', '.join(REASONS)}.")
    before = state["machine"].get(suggestion, {})
    if before.get("verdict") == "changed":
        state["machine"][suggestion] = {**before, "why": why}
        return f"Changed, because {REASONS[why]}." if why else "Changed, no reason given yet."
    there = any(r["id"] == before.get("relation") for r in state["relations"])
    message = _drop(text, state, before["relation"]) if there else ""
    state["machine"][suggestion] = {"verdict": "rejected", "relation": None, "why": why}
    reason = f"Rejected, because {REASONS[why]}." if why else "Rejected. Say why, if you can."
    return f"{reason} {message}".strip()


_EVERY = (
    _mark, _unmark, _begin, _go_on, _link, _unlink, _describe, _drop, _clear, _accept, _reject
)  # fmt: skip
#: name -> function; every change of a state is one of these
OPERATIONS = {one.__name__.removeprefix("_"): one for one in _EVERY}


def apply(text: str, state, operation: str, **arguments) -> tuple[dict, str]:
    """Do one of :data:`OPERATIONS`: the new state, and one sentence on what was done.

    Raises
    ------
    MarkingError
        If it cannot be done; the state is as before.
    """
    if operation not in OPERATIONS:
        raise MarkingError(f"There is no operation {operation!r}: {', '.join(OPERATIONS)}.")
    new = copy.deepcopy(state)
    try:
        message = OPERATIONS[operation](text, new, **arguments)
    except NoPlace as problem:
        raise MarkingError(str(problem)) from None
    except TypeError as error:
        # arguments come from a page or a file, so a wrong name is a mistake and no bug
        raise MarkingError(
            f"{operation} was asked with arguments it does not have ({error})."
        ) from error
    return new, message


def suggestions(text: str) -> list[dict]:
    """What the first-pass reader finds, as relations that can be accepted, changed or rejected.

    Each has ``id`` (from the places, so it stays when the reader learns something new), ``source``,
    ``cue``, ``content`` (lists of ``[start, end]``, whole words), ``mode``, ``parent`` (an id or
    None).
    """
    marks, ids = [], {}
    for attribution in read(text, "all"):
        parts = {}
        for role in ("source", "cue", "content"):
            parts[role] = []
            for span in getattr(attribution, role):
                try:
                    parts[role].append(list(snap(text, span.start, span.end)))
                except NoPlace:
                    continue  # a stretch of punctuation only
        first = (parts["content"] or parts["cue"] or parts["source"] or [[0, 0]])[0]
        source = parts["source"][0][0] if parts["source"] else "none"
        ids[id(attribution)] = identity = f"s{first[0]}-{first[1]}-{source}"
        parent = ids.get(id(attribution.parent))
        if identity not in {row["id"] for row in marks}:
            marks.append({"id": identity, **parts, "mode": attribution.mode, "parent": parent})
    return marks


def clean(text: str, kept) -> tuple[dict, int]:
    """A state from what was kept, and how many marks are lost: their words are gone from the text.

    It may be anything: what is no state, whole and well formed, is an empty one.
    """
    try:
        return _placed(text, kept)
    except (AttributeError, KeyError, TypeError, ValueError):
        return empty(), 0


def _placed(text, kept):
    state, lost, marks, relations = empty(), 0, {}, {None: None}
    for mark in kept["marks"]:
        span = Span.make(mark["start"], mark["end"])
        place = Quote(span, mark["exact"], mark["prefix"], mark["suffix"]).anchor(text)
        if place is None:
            lost += 1
        elif mark["role"] in ROLES:
            placed, _ = _add_mark(text, state, mark["role"], *snap(text, *place))
            marks[mark["id"]] = placed["id"]
    for row in kept["relations"]:
        placed = _relation(state)
        relations[row["id"]] = placed["id"]
        placed["marks"] = list(dict.fromkeys(marks[m] for m in row["marks"] if m in marks))
        placed["mode"] = row["mode"] if row["mode"] in MODES else ""
        placed["chain"] = [str(step) for step in row["chain"]]
    for row, placed in zip(kept["relations"], state["relations"], strict=True):
        _set_parent(state, placed, relations[row["parent"]])
    for suggestion, row in kept["machine"].items():
        if row["verdict"] in ("accepted", "changed", "rejected"):
            why = row["why"] if row["why"] in REASONS else ""
            graded = {"verdict": row["verdict"], "relation": relations[row["relation"]], "why": why}
            state["machine"][suggestion] = graded
    state["open"] = relations[kept["open"]]
    _tidy(state)
    return state, lost


def as_relations(state) -> list[dict]:
    """The relations as plain mappings that :func:`whosays.attribution.score` takes.

    Each has ``id``, ``source``, ``cue``, ``content`` (lists of ``(start, end)``), ``mode``,
    ``parent``, ``chain``. A voice without a source is a content without a source.
    """
    rows = []
    for relation in in_order(state):
        spans = {
            role: [(m["start"], m["end"]) for m in marks_of(state, relation, role)]
            for role in ROLES
        }
        content = sorted(spans["content"] + spans.pop("voice"))
        told = {name: relation[name] for name in ("id", "mode", "parent")}
        rows.append({**told, **spans, "content": content, "chain": list(relation["chain"])})
    return rows
