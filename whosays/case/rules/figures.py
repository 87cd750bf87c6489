"""Figures: their place, their whole, their day, and who is said to have counted."""

import re

from ..read import shorten
from .places import as_long, extent, follows, held

NOT_COUNTED = re.compile(
    r"\bnot (?:said|stated|noted|known)\b|\b(?:did|does) not count\b|\bnobody counted\b",
    re.IGNORECASE,
)


def figures(pack) -> None:
    for row in pack.rows("figures", "figure_id"):
        v = row.values
        if v["source_id"] is None and v["account_id"] is None:
            pack.add("figures", row, "source_id", "figure-origin")
        if row.has("source_id", "account_id"):
            pack.add("figures", row, "account_id", "figure-origin.both")
        if row.has("value", "value_max") and v["value_max"] <= v["value"]:
            ends = {"low": v["value"], "high": v["value_max"]}
            pack.add("figures", row, "value_max", "range-reversed", **ends)
        if row.has("qualifier"):
            if v["qualifier"] == "range" and v["value_max"] is None:
                pack.add("figures", row, "value_max", "range")
            if v["qualifier"] != "range" and row.has("value_max"):
                problem = "range.qualifier"
                pack.add("figures", row, "qualifier", problem, qualifier=v["qualifier"])
        if row.has("value_max") and v["value"] is None:
            pack.add("figures", row, "value", "range.value")
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
        pack.add("figures", row, missing, "figure-place", filled=there[0], missing=missing)
        return
    if not row.has("start", "end", "as_printed", "source_id") or not extent(pack, "figures", row):
        return
    place = ("start", "figure-outside-passage")
    held(pack, "figures", row, [(v["start"], v["end"])], passage, *place)
    known = pack.known.get(v["source_id"])
    text = known.slice(v["start"], v["end"]) if known else None
    if text is not None and text != v["as_printed"]:
        pack.add("figures", row, "as_printed", "text-mismatch.number", there=shorten(text))
    else:
        as_long(pack, "figures", row, "as_printed")


def _whole(pack, row):
    whole = pack.find("figures", row.values["part_of"], "value", "unit")
    if whole is None or not row.has("value", "unit"):
        return
    most = whole.values["value_max"] if whole.has("value_max") else whole.values["value"]
    open_ended = whole.values.get("qualifier") in {"at_least", "more_than", "about"}
    if row.values["unit"] == whole.values["unit"] and row.values["value"] > most and not open_ended:
        words = {"part": row.values["value"], "whole": most, "figure": whole.values["figure_id"]}
        pack.add("figures", row, "part_of", "part-larger-than-whole", **words)


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
    if printed is not None and v["as_of"][:4] > (day := printed.values["published"])[:4]:
        pack.add("figures", row, "as_of", "as-of-later", as_of=v["as_of"], day=day)


def counted_by(pack) -> None:
    """Who counted is named only where a text says so, and the row's own words do not deny it."""
    for row in pack.rows("figures", "figure_id", "counted_by"):
        for column in ("method", "note"):
            words = row.values[column]
            if isinstance(words, str) and (denied := NOT_COUNTED.search(words)):
                told = {"column": column, "words": denied[0]}
                pack.add("figures", row, "counted_by", "counted-by", **told)
