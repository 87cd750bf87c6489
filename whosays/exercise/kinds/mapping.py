"""A label for each statement."""

from typing import ClassVar

from ...view.show import text_of
from ..kind import PartsKind, item_part, keyed, table
from ..values import Part, Reading, read_entries

WIDE = 5  # labels that still stand side by side as columns on paper


class Mapping(PartsKind):
    """``answer_1_3 = {"a": "supports", "b": "silent"}``."""

    name = "mapping"
    fields: ClassVar = {"labels": "texts", "accepting": "texts?", "statement": "tables"}
    shape_words = 'a label for each statement: {{"{0}": "...", "{1}": "...", ...}}'

    def check(self, spec, wrong) -> None:
        self.check_closed("labels", spec["labels"], spec.get("accepting"), wrong)

    def example(self, spec) -> tuple[str, str]:
        return tuple(statement["key"] for statement in (spec["statement"] * 2)[:2])

    def parts(self, spec) -> list[Part]:
        labels, accepting = spec["labels"], spec.get("accepting", ())
        return [item_part(statement, labels, accepting) for statement in spec["statement"]]

    def read(self, spec, answer) -> Reading:
        keys = [statement["key"] for statement in spec["statement"]]
        in_order = type(answer) is list and len(answer) == len(keys)
        if in_order and all(type(label) in (str, int, type(None)) for label in answer):
            return Reading(dict(zip(keys, answer, strict=True)))
        return read_entries(answer, keys, "statement", f'{{"{keys[0]}": "a label", ...}}')

    def body(self, spec) -> list[str]:
        labels = ", ".join(f"`{label}`" for label in spec["labels"])
        return [*super().body(spec), "", f"Labels: {labels}"]

    def paper(self, spec) -> str:
        labels = list(map(text_of, spec["labels"]))
        if len(labels) <= WIDE:
            head, caption = ["statement", *labels], "Tick one for each statement"
        else:
            head = ["statement", "your answer"]
            caption = f"For each statement one of: {', '.join(labels)}"
        rows = [[keyed(s), *[""] * (len(head) - 1)] for s in spec["statement"]]
        return table(head, rows, caption, of_rows=False)
