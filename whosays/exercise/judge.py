"""One judge for the notebook and for the gradebook.

``judge`` compares plain values with a question's key. The key may be open (forms in
clear, when a teacher grades) or locked (salted digests, in the learner's checks): the
comparison is the same function, so the two can never disagree.
"""

from ..learner.verdict import BLANK, NOT_YET, PARTLY, RIGHT, UNREADABLE
from . import chain, freetext, kinds, marking
from .kinds import LEFT_OUT, TICKED, Unreadable
from .outcome import PartResult, opens, outcome, planted, status_of, truth_of
from .plain import NotPlain, is_blank, plain


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
        return outcome(spec, UNREADABLE, notes=[f"{str(problem)[0].upper()}{str(problem)[1:]}."])
    if is_blank(answer):
        return outcome(spec, BLANK)
    try:
        return _JUDGES.get(spec["kind"], judge_parts)(spec, answer)
    except Unreadable as problem:
        return outcome(spec, UNREADABLE, notes=[str(problem)])


def judge_parts(spec, answer):
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
        belief = _belief(part.stance(forms[part.id]), truth)
        say = belief if belief.startswith("wrongly") else ""
        results.append(PartResult(part.id, part.name, RIGHT if right else NOT_YET, say, belief))
        if part.number and not right:
            notes += _scale_note(spec, keys[part.id], part, value)
    notes += planted(
        spec, lambda key: key["id"] in forms and opens(spec, key, key["id"], forms[key["id"]])
    )
    if spec["kind"] == "choices":
        ticked = {result.status for result in results if forms.get(result.id) == TICKED}
        if {RIGHT, NOT_YET} <= ticked:
            notes.append("Each wrong tick takes back a right one.")
        return outcome(*_ticks(spec, results, forms), notes=notes)
    right = sum(result.status == RIGHT for result in results)
    status = status_of(results)
    if status == BLANK:
        status = UNREADABLE  # something was given, and none of it belongs to this question
    return outcome(spec, status, right / len(results), results, notes)


def _belief(stance, truth):
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
        r if forms.get(r.id) == TICKED else PartResult(r.id, r.name, "", "", r.belief)
        for r in results
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
            if opens(spec, key, part.id, kinds.form(part, other, spec)):
                return ["The digits are right and the scale is not: look at the unit."]
    if given and opens(spec, key, part.id, kinds.form(part, -given, spec)):
        return ["The size is right and the sign is not."]
    return []


_JUDGES = {"ordering": chain.judge_chain, "spans": marking.judge_marks, "text": freetext.judge_text}
