"""The reuse key: what two items share stands in both."""

from ...text.fold import words
from .places import held


def reuse_key(pack):
    for row in pack.rows("reuse_key", "reuse_id"):
        v = row.values
        _verbatim(pack, row)
        for side in "ab":
            start, end = f"{side}_start", f"{side}_end"
            if (v[start] is None) != (v[end] is None):
                missing = start if v[start] is None else end
                message = "One offset is filled and the other is empty."
                remedy = "Give start and end together."
                pack.add("reuse_key", row, missing, "required", message, remedy)
            if not row.has(start, end):
                continue
            if v[start] >= v[end]:
                message = f"The span {v[start]}-{v[end]} does not end after it starts."
                remedy = "Write the smaller offset first."
                pack.add("reuse_key", row, end, "span-reversed", message, remedy)
            else:
                item = pack.find("items", v[f"{side}_item"])
                place = ("item", start, "reuse-outside-item")
                held(pack, "reuse_key", row, [(v[start], v[end])], item, *place)
        if (
            row.has("a_item", "b_item", "a_start", "b_start")
            and v["a_item"] == v["b_item"]
            and row.has("a_end", "b_end")
            and v["a_start"] < v["b_end"]
            and v["b_start"] < v["a_end"]
        ):
            message = "The two stretches are in the same item and overlap."
            remedy = "Give two stretches that are apart."
            pack.add("reuse_key", row, "b_start", "reuse-itself", message, remedy)


def _folded(pack, item_id, start, end):
    """The folded words of a stretch, or None where its text is not known."""
    item = pack.find("items", item_id)
    known = pack.known.get(item.values["source_id"]) if item is not None else None
    text = known.slice(start, end) if known is not None else None
    return None if text is None else [w.text for w in words(text, pack.places)]


def _verbatim(pack, row):
    """Verbatim means the same words, whatever their case, punctuation and spelling of places."""
    v = row.values
    if v["kind"] != "verbatim" or not row.has(
        "a_item", "a_start", "a_end", "b_item", "b_start", "b_end"
    ):
        return
    a, b = (_folded(pack, v[f"{s}_item"], v[f"{s}_start"], v[f"{s}_end"]) for s in "ab")
    if a is not None and b is not None and a != b:
        message = "The pair is said to be verbatim, but the words of the two stretches differ."
        remedy = "Call it edited, or correct the offsets."
        pack.add("reuse_key", row, "kind", "not-verbatim", message, remedy, "warning")
