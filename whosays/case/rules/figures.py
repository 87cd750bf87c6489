"""Figures: their place, their whole, their day, and who is said to have counted."""

import re

from ..read import shorten
from .places import as_long, extent, follows, held

NOT_COUNTED = re.compile(
    r"\bnot (?:said|stated|noted|known)\b|\b(?:did|does) not count\b|\bnobody counted\b",
    re.IGNORECASE,
)


def figures(pack):
    for row in pack.rows("figures", "figure_id"):
        v = row.values
        if v["source_id"] is None and v["account_id"] is None:
            message = "The figure has neither a source_id nor an account_id."
            remedy = "Say where it is printed: in one or the other."
            pack.add("figures", row, "source_id", "figure-origin", message, remedy)
        if row.has("source_id", "account_id"):
            message = "The figure has both a source_id and an account_id."
            remedy = "Keep one; give the other a row of its own."
            pack.add("figures", row, "account_id", "figure-origin", message, remedy)
        if row.has("value", "value_max") and v["value_max"] <= v["value"]:
            message = f"The range runs from {v['value']} to {v['value_max']}."
            remedy = "Write the smaller number in value."
            pack.add("figures", row, "value_max", "range-reversed", message, remedy)
        if row.has("qualifier"):
            if v["qualifier"] == "range" and v["value_max"] is None:
                message = "The qualifier is range, but value_max is empty."
                remedy = "Give the upper end, or another qualifier."
                pack.add("figures", row, "value_max", "range", message, remedy)
            if v["qualifier"] != "range" and row.has("value_max"):
                message = f"value_max is filled, but the qualifier is {v['qualifier']}."
                remedy = "Set the qualifier to range, or empty value_max."
                pack.add("figures", row, "qualifier", "range", message, remedy)
        if row.has("value_max") and v["value"] is None:
            message = "value_max is filled, but value is empty."
            remedy = "Give the lower end."
            pack.add("figures", row, "value", "range", message, remedy)
        passage = pack.find("passages", v["passage_id"])
        follows(pack, "figures", row, passage)
        _as_printed(pack, row, passage)
        _whole(pack, row)
        _later(pack, row)


def _as_printed(pack, row, passage):
    v = row.values
    there = [c for c in ("start", "end", "as_printed") if v[c] is not None]
    if (there and len(there) < 3) or (there and v["source_id"] is None):
        missing = next(c for c in ("start", "end", "as_printed", "source_id") if v[c] is None)
        message = f"{there[0]} is filled, but {missing} is empty."
        remedy = "Give start, end, as_printed and source_id together."
        pack.add("figures", row, missing, "figure-place", message, remedy)
        return
    if not row.has("start", "end", "as_printed", "source_id") or not extent(pack, "figures", row):
        return
    place = ("passage", "start", "figure-outside-passage")
    held(pack, "figures", row, [(v["start"], v["end"])], passage, *place)
    known = pack.known.get(v["source_id"])
    text = known.slice(v["start"], v["end"]) if known else None
    if text is not None and text != v["as_printed"]:
        message = f"The document has {shorten(text)!r} at this place."
        remedy = "Copy the number unchanged, or correct the offsets."
        pack.add("figures", row, "as_printed", "text-mismatch", message, remedy)
    else:
        as_long(pack, "figures", row, "as_printed")


def _whole(pack, row):
    whole = pack.find("figures", row.values["part_of"], "value", "unit")
    if whole is None or not row.has("value", "unit"):
        return
    most = whole.values["value_max"] if whole.has("value_max") else whole.values["value"]
    open_ended = whole.values.get("qualifier") in {"at_least", "more_than", "about"}
    if row.values["unit"] == whole.values["unit"] and row.values["value"] > most and not open_ended:
        message = (
            f"{row.values['value']} is said to be a part of {most} ({whole.values['figure_id']})."
        )
        remedy = (
            "Check both numbers, and whether one is part of the other; if it is printed so,"
            " note it."
        )
        pack.add("figures", row, "part_of", "part-larger-than-whole", message, remedy, "warning")


def _later(pack, row):
    """A count of a year after it was printed is a slip, or a plan; a note tells which.

    Later in the same year is common: a timetable, a budget, an announced ceremony.
    """
    v = row.values
    if not row.has("as_of") or v["note"] is not None:
        return
    passage = pack.find("passages", v["passage_id"])
    printed = (
        pack.find("items", passage and passage.values["item_id"], "published")
        or pack.find("sources", v["source_id"], "published")
        or pack.find("accounts", v["account_id"], "published")
    )
    if printed is None:
        return
    day = printed.values["published"]
    if v["as_of"][:4] > day[:4]:
        message = f"The count is as of {v['as_of']}, but it was published on {day}."
        remedy = "Check both dates; if the number is a plan or a forecast, say so in note."
        pack.add("figures", row, "as_of", "as-of-later", message, remedy, "warning")


def counted_by(pack):
    """Who counted is named only where a text says so, and the row's own words do not deny it."""
    for row in pack.rows("figures", "figure_id", "counted_by"):
        for column in ("method", "note"):
            words = row.values[column]
            if isinstance(words, str) and (denied := NOT_COUNTED.search(words)):
                message = f"counted_by names somebody, and {column} says {denied[0]!r}."
                remedy = "Empty counted_by (not said), or say in method how they counted."
                pack.add("figures", row, "counted_by", "counted-by", message, remedy)
