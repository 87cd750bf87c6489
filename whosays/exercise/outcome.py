"""What a judgement is, and how a canonical form is held against a key that is open or locked."""

from dataclasses import dataclass

from ..learner.verdict import BLANK, NOT_YET, PARTLY, RIGHT, UNREADABLE
from .seal import digest, unseal


@dataclass(frozen=True)
class PartResult:
    """What the judge says on one part.

    ``belief`` is "", "rightly accepted", "rightly rejected", "wrongly accepted" or "wrongly
    rejected".
    """

    id: str
    name: str
    status: str
    say: str = ""
    belief: str = ""


@dataclass(frozen=True)
class QuestionOutcome:
    """The outcome for one answer: status, marks, parts, and sentences for the learner."""

    question: str
    kind: str
    status: str
    points: float
    of: float
    parts: tuple = ()
    notes: tuple = ()

    @property
    def right(self) -> bool:
        return self.status == RIGHT

    @property
    def replies(self) -> str:
        """Everything that is said on the answer, in one text."""
        return "\n".join([*self.notes, *(part.say for part in self.parts if part.say)])


def outcome(spec, status: str, share=0.0, parts=(), notes=()) -> QuestionOutcome:
    of, told = spec["points"], (tuple(parts), tuple(dict.fromkeys(notes)))
    return QuestionOutcome(spec["id"], spec["kind"], status, round(of * share, 2), of, *told)


def opens(spec, key, part_id: str, form: str) -> bool:
    """Whether a canonical form is among those a key accepts, open or locked."""
    if "accepts" in key:
        return form in key["accepts"]
    return digest(spec["salt"], part_id, form, spec["rounds"]) in key["locks"]


def truth_of(spec, key, part_id: str) -> str:
    """``"accept"`` or ``"reject"`` for a statement, ``""`` where the part is none."""
    if "truth" in key:
        return key["truth"]
    if "truth_lock" not in key:
        return ""
    accept = digest(spec["salt"], f"{part_id}/truth", "accept", spec["rounds"]) == key["truth_lock"]
    return "accept" if accept else "reject"


def status_of(results) -> str:
    statuses = {result.status for result in results}
    if statuses == {RIGHT}:
        return RIGHT
    if RIGHT in statuses:
        return PARTLY
    return NOT_YET if NOT_YET in statuses else UNREADABLE if UNREADABLE in statuses else BLANK


def planted(spec: dict, met) -> list[tuple[dict, str]]:
    """The planted wrong answers that an answer meets, with what is said on each.

    ``met`` says whether one part of a planted answer agrees with the answer; all have to.
    """
    return [
        (wrong, said(spec, wrong["say"]))
        for wrong in spec.get("wrong", ())
        if all(map(met, wrong["parts"]))
    ]


def said(spec, text: str) -> str:
    """A sentence of the spec, unsealed when the spec is the learner's."""
    return unseal(text, spec["salt"]) if spec.get("sealed") else text


def why(spec, part: str) -> str:
    """Half a sentence on why a right part is right, where the author gave one."""
    return said(spec, spec.get("why", {}).get(part, "")) if part in spec.get("why", {}) else ""


def look_again(spec, part: str = "") -> str:
    """Where to look again for a part, in a sentence: its row in words, else the first hint."""
    looks = spec.get("look", {})
    if place := looks.get(part) or looks.get(""):
        return f"Look again at {said(spec, place)}."
    return (
        f"A hint: {said(spec, spec['hints'][0])}" if spec["hints"] else "Read the question again."
    )
