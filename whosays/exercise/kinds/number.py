"""A value and what it counts: a number without its definition is half an answer."""

import html
from typing import ClassVar

from ..kind import PartsKind, lines, ticks
from ..values import Part, Reading, read_entries
from .mapping import first_of_each


class Number(PartsKind):
    """``answer_1_4 = {"value": 412, "counts": "tickets sold"}``."""

    name = "number"
    fields: ClassVar = {
        "field": "tables",
        "tolerance": "number?",
        "decimals": "whole?",
        "shown": "bool?",
    }
    shape_words = 'the value and what it counts: {{"value": ..., "{0}": "..."}}'

    def check(self, spec, wrong):
        self.check_columns(spec, wrong)
        for field in spec["field"]:
            if "options" not in field:
                wrong(
                    f"The field {field['name']} of a number has no options.",
                    "Say what the number may count: options = [...].",
                )
            if field["name"] == "value":
                wrong("A field may not be called value.", "That name is the number's own.")

    def example(self, spec):
        return (spec["field"][0]["name"],)

    def parts(self, spec):
        return [
            Part("value", "the value", number=True, text=spec["prompt"]),
            *(
                Part(f["name"], f["ask"], options=tuple(f["options"]), text=f["ask"])
                for f in spec["field"]
            ),
        ]

    def read(self, spec, answer):
        names = ["value", *(field["name"] for field in spec["field"])]
        if type(answer) in (int, float, str):
            return Reading({**dict.fromkeys(names), "value": answer})
        return read_entries(answer, names, "field", f'{{"value": 12, "{names[1]}": "..."}}')

    def one_answer(self, answer):
        if type(answer) is not dict:
            return answer
        return {**first_of_each(answer), "value": answer.get("value")}

    def readable(self, spec, part_id, form):
        return "another number" if part_id == "value" else form

    def body(self, spec):
        return columns(spec)

    def paper(self, spec):
        asked = (f"<p>{html.escape(f['ask'])}</p>{ticks(f['options'], '○')}" for f in spec["field"])
        return lines(1, "Value:") + "".join(asked)


def columns(spec):
    """The fields as lines of Markdown, each with the values it takes."""
    found = []
    for field in spec["field"]:
        values = "a number" if field.get("number") else "text"
        if field.get("options"):
            values = ", ".join(f"`{option}`" for option in field["options"])
        found += ["", f"`{field['name']}` ({field['ask']}): {values}"]
    return found
