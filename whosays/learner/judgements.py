"""What a learner judges, predicts, counts and writes in a lesson, kept with its time.

The first answer to a question is never overwritten: the last one is kept beside it. So a lesson
can show both at its end, and lesson 07 can offer them.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from . import store

NAME = "judgements"


@dataclass(frozen=True)
class Answer:
    """One answer."""

    # str, int, float or dict: a dictionary by the question's fields where it has several
    value: object
    sure: int | None = None  # how sure the learner was, 0 to 100 %, where the question asks it
    at: str = ""  # when it was given: UTC, ISO 8601, to the second

    def words(self) -> str:
        """The answer as a person reads it."""
        if isinstance(self.value, dict):
            return "; ".join(f"{ask} {value}" for ask, value in self.value.items())
        return str(self.value)


@dataclass(frozen=True)
class Judgement:
    """One question of a lesson with the first and the last answer to it."""

    name: str  # ``LESSON/NAME``, such as ``03/first``
    ask: str  # the question as it was asked
    # first, last: the same one until the learner changes it; None where nothing was answered
    first: Answer | None = None
    last: Answer | None = None
    without: str = ""  # when the learner had it opened without an answer; empty otherwise

    @property
    def lesson(self) -> str:
        """The number of the lesson, such as ``03``."""
        return self.name.partition("/")[0]

    @property
    def opened(self) -> bool:
        """Whether what stands behind the question may be shown."""
        return bool(self.last or self.without)


def kept(name: str) -> Judgement:
    """What was kept under a name; a judgement without answers where there is nothing."""
    return _read(name, store.load(NAME).get(name))


def every(lesson: str | None = None) -> list[Judgement]:
    """All that was kept, in the order of the first answers.

    Parameters
    ----------
    lesson : str, optional
        Only of this lesson.
    """
    judgements = [_read(name, one) for name, one in store.load(NAME).items()]
    return [one for one in judgements if one.opened and lesson in (None, one.lesson)]


def keep(name: str, ask: str, value, sure: int | None = None) -> str:
    """Keep an answer, and how sure (0 to 100): the first one stays, the last one is replaced.

    Returns an empty text when it was kept; otherwise a sentence for the learner.
    """
    answer = {"value": value, "sure": sure, "at": _now()}
    return _change(name, ask, lambda one: {"first": one.get("first") or answer, "last": answer})


def keep_opened(name: str, ask: str) -> str:
    """Keep that a question was opened without an answer; returns as :func:`keep`."""
    return _change(name, ask, lambda one: {"without": one.get("without") or _now()})


def _change(name, ask, change):
    one = store.kept(NAME, name)
    return store.keep(NAME, {**one, "ask": ask, **change(one)}, name)


def _read(name, one):
    one = one if isinstance(one, dict) else {}
    return Judgement(
        str(name),
        str(one.get("ask") or ""),
        _answer(one.get("first")),
        _answer(one.get("last")),
        str(one.get("without") or ""),
    )


def _answer(one):
    if not isinstance(one, dict) or one.get("value") in (None, "", {}):
        return None
    sure = one.get("sure")
    return Answer(one["value"], sure if type(sure) is int else None, str(one.get("at") or ""))


def _now():
    return datetime.now(UTC).isoformat(timespec="seconds")
