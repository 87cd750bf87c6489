"""What a judgement is, and how a canonical form is held against a key that is open or locked."""

from dataclasses import asdict, dataclass

from ..learner.verdict import BLANK, NOT_YET, PARTLY, RIGHT, UNREADABLE
from .seal import digest, unseal


@dataclass(frozen=True)
class PartResult:
    """What the judge says on one part.

    ``belief`` is "", "rightly accepted", "rightly rejected", "wrongly accepted" or "wrongly rejected".
    """

    id: str
    name: str
    status: str
    say: str = ""
    belief: str = ""


@dataclass(frozen=True)
class Judgement:
    """The outcome for one answer: status, marks, parts, and sentences for the learner."""

    question: str
    kind: str
    status: str
    points: float
    of: float
    parts: tuple = ()
    notes: tuple = ()

    @property
    def right(self):
        return self.status == RIGHT

    def to_json(self):
        """The same as plain JSON values."""
        return asdict(self)


def outcome(spec, status, share=0.0, parts=(), notes=()):
    of = spec["points"]
    return Judgement(
        spec["id"],
        spec["kind"],
        status,
        round(of * share, 2),
        of,
        tuple(parts),
        tuple(dict.fromkeys(notes)),
    )


def opens(spec, key, part_id, form):
    """Whether a canonical form is among those a key accepts, open or locked."""
    if "accepts" in key:
        return form in key["accepts"]
    return digest(spec["salt"], part_id, form, spec["rounds"]) in key["locks"]


def truth_of(spec, key, part_id):
    """``"accept"`` or ``"reject"`` for a statement, ``""`` where the part is none."""
    if "truth" in key:
        return key["truth"]
    if "truth_lock" not in key:
        return ""
    accept = digest(spec["salt"], f"{part_id}/truth", "accept", spec["rounds"]) == key["truth_lock"]
    return "accept" if accept else "reject"


def status_of(results):
    statuses = {result.status for result in results}
    if statuses == {RIGHT}:
        return RIGHT
    if RIGHT in statuses:
        return PARTLY
    return NOT_YET if NOT_YET in statuses else UNREADABLE if UNREADABLE in statuses else BLANK


def planted(spec, met):
    """What is said on planted wrong answers; ``met(key)`` tells whether one of their parts agrees."""
    return [
        said(spec, wrong["say"]) for wrong in spec.get("wrong", ()) if all(map(met, wrong["parts"]))
    ]


def said(spec, text):
    """A sentence of the spec, unsealed when the spec is the learner's."""
    return unseal(text, spec["salt"]) if spec.get("sealed") else text
