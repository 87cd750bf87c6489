"""Wordings of a quotation: each stands in a passage or a finding, and no surer than that."""

from .places import held

STRENGTH = {"SO": 1, "VR": 2, "VP": 3}


def wordings(pack):
    """A wording stands in a passage or in a finding, and its words inside that passage."""
    seen = set()
    for row in pack.rows("wordings", "wording_id"):
        v = row.values
        if (v["passage_id"] is None and v["finding_id"] is None) or row.has(
            "passage_id", "finding_id"
        ):
            message = "The wording needs a passage_id or a finding_id, and only one of them."
            remedy = "Say where it stands: in one or the other."
            pack.add("wordings", row, "passage_id", "wording-place", message, remedy)
            continue
        if row.has("passage_id") and v["word_spans"] is None:
            message = "The wording stands in a passage, but word_spans is empty."
            remedy = "Say which words are the quotation."
            pack.add("wordings", row, "word_spans", "wording-place", message, remedy)
        _spans(pack, row)
        _strength(pack, row)
        if row.has("quotation_id", "order"):
            place = (v["quotation_id"], v["order"])
            if place in seen:
                message = f"The card {place[0]!r} has two wordings with the order {place[1]}."
                remedy = "Number the wordings of a card from 1 on."
                pack.add("wordings", row, "order", "wording-order", message, remedy)
            seen.add(place)


def _spans(pack, row):
    """The words of a wording lie inside its passage."""
    v = row.values
    passage = pack.find("passages", v["passage_id"])
    for column in ("word_spans", "gloss_spans"):
        if not row.has(column):
            continue
        if passage is None:
            message = f"{column} is filled, but there is no passage."
            remedy = "Empty it, or give the passage."
            pack.add("wordings", row, column, "wording-place", message, remedy)
        else:
            place = ("passage", column, "wording-outside-passage")
            held(pack, "wordings", row, v[column], passage, *place)


def _strength(pack, row):
    """A wording is no surer than the finding that has it."""
    v = row.values
    finding = pack.find("findings", v["finding_id"], "label")
    if not finding or not row.has("label"):
        return
    if STRENGTH[v["label"]] > STRENGTH[finding.values["label"]]:
        message = f"The label is {v['label']}, that of its finding {finding.values['label']}."
        remedy = "A wording is no better verified than the finding that has it."
        pack.add("wordings", row, "label", "label-too-strong", message, remedy)
