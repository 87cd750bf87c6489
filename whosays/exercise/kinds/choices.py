"""Several options: right ticks less wrong ticks."""

from dataclasses import replace
from typing import ClassVar

from ...learner.verdict import NOT_YET, PARTLY, RIGHT, UNREADABLE
from ..kind import PartsKind, item_part, keyed, ticks
from ..outcome import PartResult, QuestionOutcome, outcome
from ..plain import is_blank
from ..shapes import ticks as ticks_of
from ..values import BadSolution, Part, Reading, UnreadablePart, pick

TICKED = "ticked"
LEFT_OUT = "left out"
_GO_THROUGH = "Go through those that you left out, and ask of each what it rests on."


class Choices(PartsKind):
    """``answer_1_2 = ["a", "c"]``."""

    name = "choices"
    fields: ClassVar = {"option": "tables", "both_ways": "bool?"}
    least_options = 3
    remarks = ("answer", "part", "missing")
    shape_words = 'a list of keys, for example ["{0}", "{1}"]'
    # Who thinks that none fits has answered, and hears why nothing is marked.
    nothing = ("Nothing is ticked. At least one fits: ask of each what it rests on.",)

    def example(self, spec) -> tuple[str, str]:
        return tuple(option["key"] for option in spec["option"][:2])

    def parts(self, spec) -> list[Part]:
        accepting = (TICKED,) if spec.get("both_ways") else ()
        return [item_part(option, (TICKED, LEFT_OUT), accepting) for option in spec["option"]]

    def read(self, spec, answer) -> Reading:
        texts = {option["key"]: option["text"] for option in spec["option"]}
        answer = ticks_of(answer, list(texts), list(texts.values()))
        if not answer:
            raise UnreadablePart(
                'Give the keys of the options you choose as a list, for example ["a", "b"].'
            )
        reading = Reading(dict.fromkeys(texts, LEFT_OUT))
        for item in answer:
            if is_blank(item):
                continue
            try:
                reading.values[pick(item, list(texts), texts, spec.get("names"))] = TICKED
            except UnreadablePart as problem:
                reading.problems.append(str(problem))
        return reading

    def planted(self, value) -> bool:
        # A planted set of ticks is met by every answer that has these ticks.
        return value != LEFT_OUT

    def missing_parts(self, spec, missing) -> list[dict]:
        reading = self.read(spec, missing)
        if reading.problems:
            raise BadSolution(" ".join(reading.problems))
        left = [key for key, value in reading.values.items() if value == TICKED]
        return [{"id": key, "accepts": [LEFT_OUT]} for key in left]

    def given(self, spec, answer) -> None:
        # A set of ticks is one answer: what is left out was left out on purpose.
        return None

    def one_answer(self, answer) -> list[str] | str:
        return answer

    def put(self, answer, part_id: str, value) -> list[str]:
        others = [key for key in answer if key != part_id]
        return [*others, part_id] if value == TICKED else others

    def reply(self, spec, result: PartResult, forms, remarks) -> str:
        if forms[result.id] == LEFT_OUT:
            return " ".join(remarks)
        return super().reply(spec, result, forms, remarks)

    def mark(self, spec, results, forms, notes) -> QuestionOutcome:
        """Right ticks less wrong ticks; options left out are counted, not named."""
        ticked = [r for r in results if forms.get(r.id) == TICKED]
        if not ticked:
            return outcome(spec, UNREADABLE, notes=notes)
        hits = sum(r.status == RIGHT for r in ticked)
        missed = [r for r in results if r not in ticked and r.status == NOT_YET]
        shown = [r if r in ticked else replace(r, status="", say="") for r in results]
        if 0 < hits < len(ticked):
            notes = [*notes, "Each wrong tick takes back a right one."]
        if missed:
            # One remark at a time: what is left out is counted, and not named.
            remark = next((r.say for r in missed if r.say), "")
            of_which = "One of them: " if remark and len(missed) > 1 else ""
            say = f"{len(missed)} more should be ticked. {of_which}{remark or _GO_THROUGH}"
            shown.append(PartResult("missing", "left out", NOT_YET, say))
        status = RIGHT if hits == len(ticked) and not missed else PARTLY if hits else NOT_YET
        share = max(0, 2 * hits - len(ticked)) / (hits + len(missed))
        return outcome(spec, status, share, shown, notes)

    def paper(self, spec) -> str:
        return "<p>Tick all that fit:</p>" + ticks(map(keyed, spec["option"]), "☐")
