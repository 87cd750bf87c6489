"""One judge for the notebook and for the gradebook.

``judge`` compares plain values with a question's key. The key may be open (forms in
clear, when a teacher grades) or locked (salted digests, in the learner's checks): the
comparison is the same function, so the two can never disagree.
"""

from dataclasses import asdict, dataclass

from . import kinds
from .kinds import LEFT_OUT, TICKED, Unreadable
from .plain import NotPlain, is_blank, plain
from .seal import digest, unseal

RIGHT, NOT_YET, BLANK, UNREADABLE = "right", "not yet", "not answered", "unreadable"
PARTLY, SELF_REVIEW = "partly right", "self-review"


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


def judge(spec, answer):
    """Compare an answer with a question's key.

    Parameters
    ----------
    spec : dict
        A question with its key open or locked, as the build writes it.
    answer : plain JSON value
        Only exact built-in types are looked at; anything else is "unreadable".

    Returns
    -------
    Judgement
        Always; no answer makes it raise.
    """
    try:
        answer = plain(answer, convert=False)
    except NotPlain as problem:
        return _outcome(spec, UNREADABLE, notes=[f"{str(problem)[0].upper()}{str(problem)[1:]}."])
    if is_blank(answer):
        return _outcome(spec, BLANK)
    try:
        return _JUDGES.get(spec["kind"], _judge_parts)(spec, answer)
    except Unreadable as problem:
        return _outcome(spec, UNREADABLE, notes=[str(problem)])


def _outcome(spec, status, share=0.0, parts=(), notes=()):
    of = spec["points"]
    return Judgement(
        spec["id"], spec["kind"], status, round(of * share, 2), of, tuple(parts), tuple(dict.fromkeys(notes))
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


def _judge_parts(spec, answer):
    reading = kinds.read(spec, answer)
    keys = {key["id"]: key for key in spec["parts"]}
    results, forms, notes = [], {}, list(reading.problems)
    for part in kinds.parts(spec):
        value = reading.values.get(part.id)
        if is_blank(value):
            results.append(PartResult(part.id, part.name, BLANK))
            continue
        try:
            forms[part.id] = kinds.form(part, value, spec)
        except Unreadable as problem:
            results.append(PartResult(part.id, part.name, UNREADABLE, str(problem)))
            continue
        right = opens(spec, keys[part.id], part.id, forms[part.id])
        truth = truth_of(spec, keys[part.id], part.id)
        belief = _belief(part.stance(forms[part.id]), truth, right)
        results.append(PartResult(part.id, part.name, RIGHT if right else NOT_YET, belief=belief))
        if part.number and not right:
            notes += _scale_note(spec, keys[part.id], part, value)
    notes += _planted(spec, forms)
    if spec["kind"] == "choices":
        return _outcome(*_ticks(spec, results, forms), notes=notes)
    right = sum(result.status == RIGHT for result in results)
    return _outcome(spec, _status(results), right / len(results), results, notes)


def _status(results):
    statuses = {result.status for result in results}
    if statuses == {RIGHT}:
        return RIGHT
    if RIGHT in statuses:
        return PARTLY
    return NOT_YET if NOT_YET in statuses else UNREADABLE if UNREADABLE in statuses else BLANK


def _belief(stance, truth, right):
    if not truth:
        return ""
    if stance == truth:
        return f"rightly {stance}ed"
    return f"wrongly {stance}ed"


def _ticks(spec, results, forms):
    """Marks for several choices: right ticks less wrong ticks; options left out are counted, not named."""
    ticked = [r for r in results if forms.get(r.id) == TICKED]
    hits = sum(r.status == RIGHT for r in ticked)
    missed = sum(r.status == NOT_YET for r in results if forms.get(r.id) == LEFT_OUT)
    shown = [
        r if forms.get(r.id) == TICKED else PartResult(r.id, r.name, "", "", r.belief) for r in results
    ]
    if not ticked:
        return spec, UNREADABLE, 0.0, ()
    status = RIGHT if hits == len(ticked) and not missed else PARTLY if hits else NOT_YET
    if missed:
        shown.append(PartResult("missing", "left out", NOT_YET, f"{missed} more should be ticked"))
    return spec, status, max(0, 2 * hits - len(ticked)) / (hits + missed), shown


def _scale_note(spec, key, part, value):
    """A near miss with numbers: the digits are right and the scale or the sign is not."""
    if type(value) is list:
        return []
    given = kinds.number(value)
    for factor in (10, 100, 1000, 1_000_000):
        for other in (given * factor, given / factor):
            if opens(spec, key, part.id, kinds.form(part, float(other), spec)):
                return ["The digits are right and the scale is not: look at the unit."]
    if given and opens(spec, key, part.id, kinds.form(part, float(-given), spec)):
        return ["The size is right and the sign is not."]
    return []


def _planted(spec, forms):
    """What is said on planted wrong answers: all parts that the planted answer names must agree."""
    says = []
    for wrong in spec.get("wrong", ()):
        keys = wrong["parts"]
        if all(key["id"] in forms and opens(spec, key, key["id"], forms[key["id"]]) for key in keys):
            says.append(said(spec, wrong["say"]))
    return says


def said(spec, text):
    """A sentence of the spec, unsealed when the spec is the learner's."""
    return unseal(text, spec["salt"]) if spec.get("sealed") else text


_JUDGES = {}
