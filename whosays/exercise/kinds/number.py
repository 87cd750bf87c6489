"""A value and what it counts: a number without its definition is half an answer."""

import html
from typing import ClassVar

from ..kind import PartsKind, lines, ticks
from ..typed import fold
from ..values import Part, Reading, read_entries

_VALUES = ("value", "number", "amount", "answer", "n", "how many")  # other names of the value


class Number(PartsKind):
    """``answer_1_4 = {"value": 412, "counts": "tickets sold"}``."""

    name = "number"
    fields: ClassVar = {"field": "tables", "decimals": "whole?", "shown": "bool?"}
    shape_words = 'the value and what it counts: {{"value": ..., "{0}": "..."}}'

    def check(self, spec, wrong) -> None:
        self.check_columns(spec, wrong)
        if any(field["name"] == "value" for field in spec["field"]):
            wrong("called_value")
        if spec.get("decimals", 0) > 9:
            wrong("decimals")

    def example(self, spec) -> tuple[str]:
        return (spec["field"][0]["name"],)

    def parts(self, spec) -> list[Part]:
        return [
            Part("value", "the number", number=True, text=spec["prompt"]),
            *(
                Part(f["name"], f["ask"], options=tuple(f["options"]), text=f["ask"])
                for f in spec["field"]
            ),
        ]

    def read(self, spec, answer) -> Reading:
        names = ["value", *(field["name"] for field in spec["field"])]
        flat = type(answer) is list and not any(type(item) in (list, dict) for item in answer)
        if flat and len(answer) == len(names) and not _is_range(answer):
            answer = dict(zip(names, answer, strict=True))
        if type(answer) is dict:
            answer = {"value" if key in _VALUES else key: v for key, v in answer.items()}
        if type(answer) is list and len(answer) <= 2 and _is_range(answer):
            answer = {"value": answer}
        if type(answer) in (int, float, str):
            return Reading({**self._named(spec, answer), "value": answer})
        return read_entries(answer, names, "field", f'{{"value": 12, "{names[1]}": "..."}}')

    def _named(self, spec, answer):
        """What a text says of the number besides the number itself: "412 tickets sold"."""
        words = f" {fold(str(answer))} "
        out = {}
        for field in spec["field"]:
            named = [option for option in field["options"] if f" {fold(option)} " in words]
            out[field["name"]] = max(named, key=len, default=None)
        return out

    def one_answer(self, answer):
        if type(answer) is not dict:  # the value alone; where it is a list, a range
            return answer
        return {**super().one_answer(answer), "value": answer.get("value")}

    def readable(self, spec, part_id: str, form: str) -> str:
        return "another number" if part_id == "value" else form

    def body(self, spec) -> list[str]:
        return columns(spec)

    def paper(self, spec) -> str:
        asked = (f"<p>{html.escape(f['ask'])}</p>{ticks(f['options'], '○')}" for f in spec["field"])
        return lines(1, "Number:") + "".join(asked)


def _is_range(answer):
    return all(type(end) in (int, float) for end in answer)


def columns(spec) -> list[str]:
    """The fields as lines of Markdown, each with the values it takes."""
    out = []
    for field in spec["field"]:
        values = ", ".join(f"`{option}`" for option in field["options"])
        out += ["", f"`{field['name']}` ({field['ask']}): {values}"]
    return out
