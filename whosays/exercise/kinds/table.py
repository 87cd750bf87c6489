"""Rows by fields."""

import html
from typing import ClassVar

from ...learner.verdict import BLANK, SIGNS
from ...view.show import text_of
from ..kind import PartsKind, table
from ..plain import is_blank
from ..shapes import table as in_cells
from ..values import Part, Reading, UnreadablePart, read_entries
from .number import columns

_NAMES = ("key", "row", "index")  # cells that say which row a record is


class TableKind(PartsKind):
    """``answer_1_6 = {"row key": {"field": "value"}}``."""

    name = "table"
    fields: ClassVar = {"row": "tables", "field": "tables"}
    shape_words = 'for each row its fields: {{"{0}": {{"{1}": "...", ...}}, ...}}'

    def check(self, spec, wrong) -> None:
        self.check_columns(spec, wrong)

    def example(self, spec) -> tuple[str, str]:
        return spec["row"][0]["key"], spec["field"][0]["name"]

    def parts(self, spec) -> list[Part]:
        return [
            Part(
                f"{row['key']}/{field['name']}",
                f"{row['text']}: {field['ask']}",
                options=tuple(field["options"]),
                text=row["text"],
                alignment=row.get("alignment", ""),
                accepting=tuple(field.get("accepting", ())),
            )
            for row in spec["row"]
            for field in spec["field"]
        ]

    def read(self, spec, answer) -> Reading:
        rows = [row["key"] for row in spec["row"]]
        names = [field["name"] for field in spec["field"]]
        answer = in_cells(answer, rows, names)
        if type(answer) is list:
            answer = _records(answer, rows)
        whole = read_entries(answer, rows, "row", f'{{"{rows[0]}": {{"{names[0]}": ...}}}}')
        reading = Reading({}, whole.problems)
        for row, cells in whole.values.items():
            line = Reading(dict.fromkeys(names))
            if not is_blank(cells):
                try:
                    line = read_entries(cells, names, "field", f'{{"{names[0]}": ...}}')
                except UnreadablePart as problem:
                    line.problems.append(str(problem))
            reading.problems += [f"Row {row}: {problem}" for problem in line.problems]
            reading.values |= {f"{row}/{name}": value for name, value in line.values.items()}
        return reading

    def put(self, answer, part_id: str, value) -> dict[str, dict[str, str]]:
        row, _, name = part_id.partition("/")
        return {**answer, row: {**answer.get(row, {}), name: value}}

    def feedback_rows(self, spec, parts) -> list[dict[str, str]]:
        """One line a row of the table, or fifteen parts would fill a screen."""
        signs = {p.id: SIGNS[p.status] + (f" ({p.say})" if p.say else "") for p in parts}
        rows = []
        for row in spec["row"]:
            parts = {f["ask"]: f"{row['key']}/{f['name']}" for f in spec["field"]}
            if signs.keys() & set(parts.values()):
                cells = {ask: signs.get(part, SIGNS[BLANK]) for ask, part in parts.items()}
                rows.append({"about": row["text"]} | cells)
        return rows

    def body(self, spec) -> list[str]:
        return [*super().body(spec), *columns(spec)]

    def paper(self, spec) -> str:
        head = ["about", *(field["ask"] for field in spec["field"])]
        rows = [[row["text"], *[""] * len(spec["field"])] for row in spec["row"]]
        choices = "".join(
            f"<dt>{html.escape(field['ask'])}</dt>"
            f"<dd>{html.escape('; '.join(map(text_of, field['options'])))}</dd>"
            for field in spec["field"]
        )
        return f"{table(head, rows, 'To fill in')}<p>To choose from:</p><dl>{choices}</dl>"


def _records(records, rows):
    """Rows given as a list: known by a cell called ``key`` or ``row``, else by their order."""
    out = {}
    for i, record in enumerate(records):
        if type(record) is not dict:
            raise UnreadablePart(
                "A table is given row by row, each row a dictionary of its fields."
            )
        in_order = rows[i] if i < len(rows) else f"row {i + 1}"
        name = next((str(record[k]) for k in _NAMES if k in record), in_order)
        out[name] = {k: v for k, v in record.items() if k not in _NAMES}
    return out
