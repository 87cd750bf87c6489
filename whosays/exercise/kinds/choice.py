"""One option of several."""

from typing import ClassVar

from ..kind import PartsKind, keyed, ticks
from ..shapes import one
from ..values import Part, Reading, UnreadablePart


class Choice(PartsKind):
    """``answer_1_1 = "b"``."""

    name = "choice"
    fields: ClassVar = {"option": "tables"}
    least_options = 2
    shape_words = 'the key of one option, for example "{0}"'

    def example(self, spec) -> tuple[str]:
        return (spec["option"][0]["key"],)

    def parts(self, spec) -> list[Part]:
        return [
            Part(
                "choice",
                "your choice",
                options=tuple(option["key"] for option in spec["option"]),
                texts=tuple(option["text"] for option in spec["option"]),
                text=spec["prompt"],
            )
        ]

    def read(self, spec, answer) -> Reading:
        answer = one(answer)
        if type(answer) is list:
            raise UnreadablePart("This question takes one option, and several were given.")
        return Reading({"choice": answer})

    def values(self, spec, answer) -> dict:
        return {"choice": answer}

    def put(self, answer, part_id: str, value) -> str:
        return value

    def readable(self, spec, part_id: str, form: str) -> str:
        return next((o["text"] for o in spec["option"] if o["key"] == form), form)

    def paper(self, spec) -> str:
        return "<p>Choose one:</p>" + ticks(map(keyed, spec["option"]), "○")
