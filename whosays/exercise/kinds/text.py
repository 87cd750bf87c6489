"""Free text: length and keywords for the learner's own review; no machine marks it."""

import re
from typing import ClassVar

from ...learner.verdict import SELF_REVIEW, TOO_SHORT
from ...text.fold import words
from ..kind import Kind, lines
from ..outcome import PartResult, QuestionOutcome, outcome
from ..values import BadSolution, UnreadablePart

MENTIONED, NOT_SEEN = "mentioned", "not seen, look again"


class TextKind(Kind):
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

    def check(self, spec, wrong) -> None:
        levels = spec["rubric"]
        written = all(type(level) is str and level.strip() for level in levels.values())
        if sorted(levels) != ["1", "2", "3"] or not written:
            wrong("rubric")

    def key(self, full, spec, answer) -> None:
        if type(answer) is not str or not answer.strip():
            raise UnreadablePart("the solution of a text question is the model answer, a text")
        given = _words(answer)
        for keyword in spec.get("keyword", ()):
            if not any(_mentions(given, _words(phrase)) for phrase in keyword["any"]):
                raise BadSolution(f"the model answer itself does not mention “{keyword['name']}”")
        full |= {"model": answer.strip(), "parts": [], "rounds": 0}

    def judge(self, spec, answer) -> QuestionOutcome:
        """Say how long a text is and which expected words it has. Never any points."""
        if type(answer) is not str:
            raise UnreadablePart("Write your answer as text, in quotation marks.")
        given = _words(answer)
        # one word fifty times is no text of fifty words
        short = len(given) < spec.get("min_words", 1) or 3 * len(set(given)) < len(given)
        long = len(given) > spec.get("max_words", 10**6)
        fits = "too short" if short else "too long" if long else "fits"
        count = f"{len(given)} word{'' if len(given) == 1 else 's'}{_limits(spec)}"
        results = [PartResult("length", "length", fits, count)]
        for keyword in spec.get("keyword", ()):
            # Words show that something is spoken of, and nothing of what is said about it: whoever
            # writes that a thing is not known has spoken of it.
            mentioned = any(_mentions(given, _words(phrase)) for phrase in keyword["any"])
            status = MENTIONED if mentioned else NOT_SEEN
            results.append(PartResult(keyword["name"], keyword["name"], status))
        if short:
            note = "Write a little more, then compare with the model answer."
            return outcome(spec, TOO_SHORT, 0, results, [note])
        note = (
            "No machine marks this. Compare it with the model answer and the three levels: "
            "Explain shows them."
        )
        return outcome(spec, SELF_REVIEW, 0, results, [note])

    def paper(self, spec) -> str:
        return lines(8, "Your text:")


def _words(text):
    """The folded words of a text, with "don't" and "isn't" as two."""
    text = re.sub(r"\bcan(?:['’]t|not)\b", "can not", text, flags=re.I)
    text = re.sub(r"\bwon['’]t\b", "will not", text, flags=re.I)
    return [word.text for word in words(re.sub(r"n['’]t\b", " not", text, flags=re.I))]


def _mentions(given, phrase):
    """Whether the words of a phrase stand in a text one after the other, in any ending."""
    starts = range(len(given) - len(phrase) + 1)
    return any(all(map(_same, given[i : i + len(phrase)], phrase)) for i in starts)


def _same(word, wanted):
    endings = ("", "s", "es", "d", "ed", "ing", "ly")
    return word in [wanted + ending for ending in endings] or word + "s" == wanted


def _limits(spec):
    low, high = spec.get("min_words"), spec.get("max_words")
    if low and high:
        return f" (asked for: {low} to {high})"
    if low or high:
        return f" (asked for: at least {low})" if low else f" (asked for: at most {high})"
    return ""
