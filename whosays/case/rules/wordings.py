"""Wordings of a quotation: each stands in a passage or a finding, and no surer than that."""

from .places import held

STRENGTH = {"SO": 1, "VR": 2, "VP": 3}


def wordings(pack) -> None:
    """A wording stands in a passage or in a finding, and its words inside that passage."""
    seen = set()
    for row in pack.rows("wordings", "wording_id"):
        v = row.values
        both = row.has("passage_id", "finding_id")
        if both or (v["passage_id"] is None and v["finding_id"] is None):
            pack.add("wordings", row, "passage_id", "wording-place")
            continue
        if row.has("passage_id") and v["word_spans"] is None:
            pack.add("wordings", row, "word_spans", "wording-place.words")
        _spans(pack, row)
        _strength(pack, row)
        if row.has("quotation_id", "order"):
            card, order = place = (v["quotation_id"], v["order"])
            if place in seen:
                pack.add("wordings", row, "order", "wording-order", card=card, order=order)
            seen.add(place)


def _spans(pack, row):
    """The words of a wording lie inside its passage."""
    v = row.values
    passage = pack.find("passages", v["passage_id"])
    for column in ("word_spans", "gloss_spans"):
        if not row.has(column):
            continue
        if passage is None:
            pack.add("wordings", row, column, "wording-place.spans", column=column)
        else:
            place = (column, "wording-outside-passage")
            held(pack, "wordings", row, v[column], passage, *place)


def _strength(pack, row):
    """A wording is no surer than the finding that has it."""
    finding = pack.find("findings", row.values["finding_id"], "label")
    if not finding or not row.has("label"):
        return
    own, theirs = row.values["label"], finding.values["label"]
    if STRENGTH[own] > STRENGTH[theirs]:
        pack.add("wordings", row, "label", "label-too-strong", label=own, finding=theirs)
