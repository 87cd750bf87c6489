"""Free text: length and keywords for the learner's own review; no machine marks it."""

from typing import ClassVar

from ...learner.verdict import NOT_YET, SELF_REVIEW
from ...text.fold import words
from ..kind import Kind, lines
from ..outcome import PartResult, outcome
from ..values import Unreadable


class Text(Kind):
    """``answer_1_7 = "..."``; the text in the solution is the model answer."""

    name = "text"
    by_machine = False
    fields: ClassVar = {
        "rubric": "table",
        "keyword": "tables?",
        "min_words": "whole?",
        "max_words": "whole?",
    }
    shape_words = "text in quotes; three quotes for several lines"

    def check(self, spec, wrong):
        levels = spec["rubric"]
        if sorted(levels) != ["1", "2", "3"] or not all(
            type(level) is str and level.strip() for level in levels.values()
        ):
            wrong("[rubric] needs three levels.", 'Write 1 = "...", 2 = "...", 3 = "...".')

    def key(self, full, spec, answer):
        if type(answer) is not str or not answer.strip():
            raise Unreadable("the solution of a text question is the model answer, a text")
        full |= {"model": answer.strip(), "parts": [], "rounds": 0}

    def judge(self, spec, answer):
        """Say how long a text is and which expected words it has. Never any points."""
        if type(answer) is not str:
            raise Unreadable("Write your answer as text, in quotation marks.")
        given = [word.text for word in words(answer)]
        short = len(given) < spec.get("min_words", 1)
        long = len(given) > spec.get("max_words", 10**6)
        fits = "too short" if short else "too long" if long else "fits"
        count = f"{len(given)} word{'' if len(given) == 1 else 's'}{_limits(spec)}"
        results = [PartResult("length", "length", fits, count)]
        spaced = f" {' '.join(given)} "
        for keyword in spec.get("keyword", ()):
            found = any(
                f" {' '.join(w.text for w in words(phrase))} " in spaced
                for phrase in keyword["any"]
            )
            status = "mentioned" if found else "not mentioned"
            results.append(PartResult(keyword["name"], keyword["name"], status))
        if short:
            note = "Write a little more, then compare with the model answer."
            return outcome(spec, NOT_YET, 0, results, [note])
        note = (
            "No machine marks this. Compare it with the model answer and the three levels: "
            "Explain shows them."
        )
        return outcome(spec, SELF_REVIEW, 0, results, [note])

    def paper(self, spec):
        return lines(8, "Your text:")


def _limits(spec):
    low, high = spec.get("min_words"), spec.get("max_words")
    if low and high:
        return f" (asked for: {low} to {high})"
    if low or high:
        return f" (asked for: at least {low})" if low else f" (asked for: at most {high})"
    return ""
