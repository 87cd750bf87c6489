"""The reuse key: what two items share stands in both."""

from ...text.fold import words
from .places import held


def reuse_key(pack) -> None:
    for row in pack.rows("reuse_key", "reuse_id"):
        v = row.values
        _verbatim(pack, row)
        for side in "ab":
            start, end = f"{side}_start", f"{side}_end"
            if (v[start] is None) != (v[end] is None):
                missing = start if v[start] is None else end
                pack.add("reuse_key", row, missing, "required.offset")
            if not row.has(start, end):
                continue
            if v[start] >= v[end]:
                span = {"start": v[start], "end": v[end]}
                pack.add("reuse_key", row, end, "span-reversed.reuse", **span)
            else:
                item = pack.find("items", v[f"{side}_item"])
                place = (start, "reuse-outside-item")
                held(pack, "reuse_key", row, [(v[start], v[end])], item, *place)
        if (
            row.has("a_item", "b_item", "a_start", "b_start")
            and v["a_item"] == v["b_item"]
            and row.has("a_end", "b_end")
            and v["a_start"] < v["b_end"]
            and v["b_start"] < v["a_end"]
        ):
            pack.add("reuse_key", row, "b_start", "reuse-itself")


def _folded(pack, item_id, start, end):
    """The folded words of a stretch, or None where its text is not known."""
    item = pack.find("items", item_id)
    known = pack.known.get(item.values["source_id"]) if item is not None else None
    text = known.slice(start, end) if known is not None else None
    return None if text is None else [w.text for w in words(text, pack.places)]


def _verbatim(pack, row):
    """Verbatim means the same words, whatever their case, punctuation and spelling of places."""
    v = row.values
    places = [(f"{side}_item", f"{side}_start", f"{side}_end") for side in "ab"]
    if v["kind"] != "verbatim" or not all(row.has(*place) for place in places):
        return
    a, b = (_folded(pack, *(v[column] for column in place)) for place in places)
    if a is not None and b is not None and a != b:
        pack.add("reuse_key", row, "kind", "not-verbatim")
