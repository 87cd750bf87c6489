"""First tries: what a learner answered before any feedback, kept once beside the last answer.

Feedback comes part by part and as often as asked for, so that in the end nearly everything is
right. What somebody knew shows in the first check of each part. It is kept as plain JSON in the
same file as the answers, under ``first``, by question::

    {"answer": {"a": "open"}, "at": {"a": "2026-03-01T10:15:00+00:00"}, "sure": 80,
     "checks": 3, "last": "2026-03-01T10:21:40+00:00"}

Nothing is punished by it; it is seen. A file without ``first`` is of an earlier version of the kit,
or of somebody who never checked: the answer handed in is then the first as well.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from ..learner.verdict import BLANK, UNREADABLE
from .judge import judge
from .kinds import kind_of
from .plain import NotPlain, is_blank, plain

WHOLE = ""  # the part under which a question that is answered as a whole keeps its time
# Edges of the table that holds how sure somebody was against how often that was right.
STEPS = (0, 40, 60, 80, 100)
MANY, SECONDS_A_CHECK = 20, 2  # checks of one question that are faster than a person


def remember(entry: dict | None, spec: dict, answer, sure=None, now=None) -> dict:
    """The entry of a question after one more check of an answer that is not blank.

    ``entry`` is what was kept so far, ``sure`` how sure the learner was, in percent. Parts that had
    not been checked before are added; the others stay as they were.
    """
    at = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    entry = _sound(entry) or {"answer": None, "at": {}, "sure": None, "checks": 0}
    given = kind_of(spec).given(spec, answer)
    first, times = entry["answer"], dict(entry["at"])
    if given is None:
        if WHOLE not in times:
            first, times[WHOLE] = answer, at
    else:
        for part, value in given.items():
            if part not in times:
                first = kind_of(spec).put({} if first is None else first, part, value)
                times[part] = at
    if entry["sure"] is None and not entry["checks"]:
        entry["sure"] = percent(sure)
    return entry | {"answer": first, "at": times, "checks": entry["checks"] + 1, "last": at}


def percent(sure) -> None:
    """How sure somebody is: a number from 0 to 100, or None when it is none."""
    if type(sure) in (int, float) and 0 <= sure <= 100:
        return sure
    return None


def _sound(entry):
    """An entry as far as it can be read; None when it cannot: the file may come from anywhere."""
    if type(entry) is not dict or "answer" not in entry:
        return None
    try:
        answer = plain(entry["answer"], convert=False)
    except NotPlain:
        return None
    at, checks, last = (entry.get(name) for name in ("at", "checks", "last"))
    times = at.items() if type(at) is dict else ()
    return {
        "answer": answer,
        "at": {part: time for part, time in times if type(part) is type(time) is str},
        "sure": percent(entry.get("sure")),
        "checks": checks if type(checks) is int and 0 <= checks < 10**6 else 0,
        "last": last if type(last) is str else "",
    }


def read_first(kept: dict) -> dict[str, dict]:
    """The first tries by question id in a saved file of any version, as far as it can be read."""
    first = kept.get("first") if type(kept) is dict else None
    tries = {key: _sound(entry) for key, entry in first.items()} if type(first) is dict else {}
    return {key: entry for key, entry in tries.items() if type(key) is str and entry}


def first_answers(specs: list[dict], answers: dict, first: dict) -> dict:
    """The answers that count as first tries, by question id.

    ``answers`` are the last ones, ``first`` is from :func:`read_first`. Parts that were never
    checked are as handed in.
    """
    merged = {}
    for spec in specs:
        identity, kind = spec["id"], kind_of(spec)
        merged[identity] = answers.get(identity)
        tried = first.get(identity)
        if tried and not is_blank(tried["answer"]):
            given = kind.given(spec, tried["answer"])
            last = {} if given is None else kind.given(spec, merged[identity]) or {}
            merged[identity] = tried["answer"]
            for part in last.keys() - (given or {}).keys():
                merged[identity] = kind.put(merged[identity], part, last[part])
    return merged


@dataclass(frozen=True)
class Sure:
    """Answers given with about the same confidence: how many, how sure, how many of the points."""

    low: int
    high: int
    answers: int
    sure: float
    right: float

    @property
    def words(self) -> str:
        return f"{self.low} to {self.high} %"


def confidence(specs: list[dict], first: dict) -> list[tuple[float, float]]:
    """How sure a learner was of each first try (percent), and the share of its points (0 to 1).

    Only of questions that asked for it; the keys may be open or locked, ``first`` is from
    :func:`read_first`.
    """
    given = []
    for spec in specs:
        entry = first.get(spec["id"])
        if entry and entry["sure"] is not None and kind_of(spec).by_machine:
            judged = judge(spec, entry["answer"])
            if judged.status not in (BLANK, UNREADABLE):
                given.append((entry["sure"], judged.points / judged.of))
    return given


def calibration(given: list[tuple[float, float]]) -> list[Sure]:
    """How sure people were against how much of it was right, of one learner or of a class.

    One for each step of confidence that occurs, lowest first; ``sure`` and ``right`` are means from
    0 to 1. Whoever is well calibrated has the two alike (Lichtenstein, Fischhoff and Phillips 1982,
    "Calibration of probabilities").
    """
    rows = []
    for low, high in pairwise(STEPS):
        inside = [pair for pair in given if low <= pair[0] < high or pair[0] == high == 100]
        if inside:
            sure = sum(s for s, _ in inside) / len(inside) / 100
            right = sum(r for _, r in inside) / len(inside)
            rows.append(Sure(low, high, len(inside), round(sure, 3), round(right, 3)))
    return rows


def hurried(first: dict) -> list[str]:
    """Questions that were checked more often than a person would: a program may have guessed.

    That is at least twenty checks, less than two seconds apart in the mean; ``first`` is from
    :func:`read_first`.
    """
    names = []
    for identity, entry in first.items():
        try:
            begun = min(map(datetime.fromisoformat, entry["at"].values()))
            took = (datetime.fromisoformat(entry["last"]) - begun).total_seconds()
        except (ValueError, TypeError):
            continue
        if entry["checks"] >= MANY and took < SECONDS_A_CHECK * entry["checks"]:
            names.append(identity)
    return names
