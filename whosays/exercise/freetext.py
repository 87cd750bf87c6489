"""Free text: length and keywords for the learner's own review; no machine marks it."""

from ..learner.verdict import NOT_YET, SELF_REVIEW
from ..text.fold import words
from .kinds import Unreadable
from .outcome import PartResult, outcome


def text_key(full, spec, answer):
    """Fill in the model answer."""
    if type(answer) is not str or not answer.strip():
        raise Unreadable("the solution of a text question is the model answer, a text")
    full["model"] = answer.strip()
    full["parts"], full["rounds"] = [], 0


def judge_text(spec, answer):
    """Say how long a text is and which expected words it has. Never any points."""
    if type(answer) is not str:
        raise Unreadable("Write your answer as text, in quotation marks.")
    given = [word.text for word in words(answer)]
    spaced = f" {' '.join(given)} "
    short, long = len(given) < spec.get("min_words", 1), len(given) > spec.get("max_words", 10**6)
    limits = _limits(spec)
    results = [
        PartResult(
            "length",
            "length",
            "too short" if short else "too long" if long else "fits",
            f"{len(given)} word{'' if len(given) == 1 else 's'}{limits}",
        )
    ]
    for keyword in spec.get("keyword", ()):
        found = any(
            f" {' '.join(w.text for w in words(phrase))} " in spaced for phrase in keyword["any"]
        )
        results.append(
            PartResult(keyword["name"], keyword["name"], "mentioned" if found else "not mentioned")
        )
    if short:
        return outcome(
            spec, NOT_YET, 0, results, ["Write a little more, then compare with the model answer."]
        )
    notes = [
        "No machine marks this. Compare it with the model answer and the three levels: Explain shows them."
    ]
    return outcome(spec, SELF_REVIEW, 0, results, notes)


def _limits(spec):
    low, high = spec.get("min_words"), spec.get("max_words")
    if low and high:
        return f" (asked for: {low} to {high})"
    return (
        f" (asked for: at least {low})" if low else f" (asked for: at most {high})" if high else ""
    )
