"""Several options: right ticks less wrong ticks."""

from dataclasses import replace
from typing import ClassVar

from ...learner.verdict import NOT_YET, PARTLY, RIGHT, UNREADABLE
from ..kind import PartsKind, keyed, listed, ticks
from ..outcome import PartResult, outcome
from ..plain import is_blank
from ..values import Part, Reading, Unreadable, pick

TICKED = "ticked"
LEFT_OUT = "left out"


class Choices(PartsKind):
    """``answer_1_2 = ["a", "c"]``."""

    name = "choices"
    fields: ClassVar = {"option": "tables", "both_ways": "bool?"}
    shape_words = 'a list of keys, for example ["{0}", "{1}"]'

    def check(self, spec, wrong):
        self.check_options(spec, 3, wrong)

    def example(self, spec):
        return tuple(option["key"] for option in spec["option"][:2])

    def parts(self, spec):
        return [
            Part(
                option["key"],
                f"({option['key']})",
                options=(TICKED, LEFT_OUT),
                text=option["text"],
                alignment=option.get("alignment", ""),
                accepting=(TICKED,) if spec.get("both_ways") else (),
            )
            for option in spec["option"]
        ]

    def read(self, spec, answer):
        if type(answer) is dict:
            answer = [key for key, value in answer.items() if value is True]
            if not answer:
                raise Unreadable(
                    'Give the keys of the options you choose as a list, for example ["a", "b"].'
                )
        texts = {option["key"]: option["text"] for option in spec["option"]}
        reading = Reading(dict.fromkeys(texts, LEFT_OUT))
        for item in answer if type(answer) is list else [answer]:
            if is_blank(item):
                continue
            try:
                reading.values[pick(item, list(texts), texts)] = TICKED
            except Unreadable as problem:
                reading.problems.append(str(problem))
        return reading

    def planted(self, part, value):
        # A planted set of ticks is met by every answer that has these ticks.
        return value != LEFT_OUT

    def mark(self, spec, results, forms, notes):
        """Right ticks less wrong ticks; options left out are counted, not named."""
        ticked = [r for r in results if forms.get(r.id) == TICKED]
        if not ticked:
            return outcome(spec, UNREADABLE, notes=notes)
        hits = sum(r.status == RIGHT for r in ticked)
        missed = sum(r.status == NOT_YET for r in results if r not in ticked)
        shown = [r if r in ticked else replace(r, status="", say="") for r in results]
        if 0 < hits < len(ticked):
            notes = [*notes, "Each wrong tick takes back a right one."]
        if missed:
            say = f"{missed} more should be ticked"
            shown.append(PartResult("missing", "left out", NOT_YET, say))
        status = RIGHT if hits == len(ticked) and not missed else PARTLY if hits else NOT_YET
        share = max(0, 2 * hits - len(ticked)) / (hits + missed)
        return outcome(spec, status, share, shown, notes)

    def body(self, spec):
        return listed(spec["option"])

    def paper(self, spec):
        return "<p>Tick all that fit:</p>" + ticks(map(keyed, spec["option"]), "☐")
