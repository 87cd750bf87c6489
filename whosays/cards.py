"""Source cards: for each document, who publishes, owns, wrote it, in whose words, with what interest.

An answer on a card counts only with what shows it: the masthead, a credit line, the
wording, something outside the document, or nothing at all ("not found" is an answer). The
fields follow the *sourcing* questions of Reading Like a Historian and the provenance part of
the Berkeley Protocol's source analysis (OHCHR 2020).

The truth of a card is data (table ``cards`` of a case pack), so a card can be corrected by
whoever finds the missing owner.
"""

from dataclasses import dataclass

from whosays.show import View, TableView

FIELDS = {
    "outlet": "Who publishes it?",
    "owner": "Who owns the publisher?",
    "author": "Who wrote it?",
    "genre": "What kind of text is it?",
    "whose_words": "Whose words are they, mostly?",
    "interest": "Who gains if it is believed?",
}

EVIDENCE = {
    "masthead": "the masthead or page furniture",
    "byline": "a byline",
    "credit_line": "a credit line or dateline",
    "wording": "the wording of the text",
    "outside": "something outside the document",
    "not_found": "nothing that could be found",
}

MARKS = {"right": "✓ right", "not yet": "✗ not yet", "not answered": "· not answered"}


@dataclass(frozen=True)
class Checked:
    """One field after a check: its state, and in words why."""

    field: str
    part: str
    state: str
    why: str


class CardFeedback(View):
    """What was checked on one card, field by field."""

    def __init__(self, headline, parts):
        self.headline = headline
        self.parts = parts

    @property
    def right(self):
        """How many parts are right."""
        return sum(p.state == "right" for p in self.parts)

    def summary(self):
        """One sentence: how many parts are right, how many are not answered."""
        blank = sum(p.state == "not answered" for p in self.parts)
        rest = f", {blank} not answered" if blank else ""
        return f"{self.right} of {len(self.parts)} parts right{rest}."

    def _table(self):
        rows = [{"field": FIELDS[p.field], "part": p.part, "state": MARKS[p.state], "why": p.why} for p in self.parts]
        columns = {"field": "field", "part": "part", "state": "result", "why": "why"}
        return TableView(rows, columns, f"{self.headline}: {self.summary()}")

    def html(self):
        return self._table().html()

    def text(self):
        return self._table().text()


def options(case, field):
    """The answers on offer for a field: every answer that some card of the case gives, sorted.

    Parameters
    ----------
    case : Case
    field : str
        One of :data:`FIELDS`.

    Returns
    -------
    list of str
    """
    return sorted({card["answer"] for card in case.cards if card["field"] == field})


def card_of(case, source_id):
    """The rows of one document's card: a dict from field to row of ``cards``.

    Raises
    ------
    KeyError
        When the case has no such document or no card for it; the message lists those it has.
    """
    rows = {card["field"]: card for card in case.cards if card["source_id"] == source_id}
    if not rows:
        known = ", ".join(sorted({card["source_id"] for card in case.cards}))
        raise KeyError(f"There is no source card for {source_id!r}. Documents with a card: {known}.")
    return rows


def check_card(case, source_id, filled):
    """Check what a learner wrote on one card.

    Parameters
    ----------
    case : Case
    source_id : str
        The document.
    filled : mapping
        Field name to ``{"answer": ..., "evidence": ...}``; either part may be missing or empty.

    Returns
    -------
    CardFeedback
        Two parts a field, in the order of :data:`FIELDS`.
    """
    parts = []
    for field, row in card_of(case, source_id).items():
        given = filled.get(field) or {}
        parts += [_answer(field, row, given.get("answer")), _evidence(field, row, given.get("evidence"))]
    return CardFeedback(f"Source card of {source_id}", parts)


def _answer(field, row, given):
    if not given:
        return Checked(field, "answer", "not answered", "")
    if given == row["answer"] or given in (row["also"] or []):
        return Checked(field, "answer", "right", f"{row['why']} (label {row['label']}) [cards/{row['card_id']}]")
    return Checked(field, "answer", "not yet", row["hint"])


def _evidence(field, row, given):
    if not given:
        return Checked(field, "evidence", "not answered", "")
    if given == row["evidence"] or given in (row["also_evidence"] or []):
        return Checked(field, "evidence", "right", "")
    return Checked(field, "evidence", "not yet", "Where would a stranger have to look to see this for themselves?")


class SourceCard(View):
    """The finished card of one document, every field with what shows it."""

    def __init__(self, case, source_id):
        rows = [
            {"field": FIELDS[f], "answer": r["answer"], "evidence": EVIDENCE[r["evidence"]], "why": r["why"], "label": r["label"]}
            for f, r in card_of(case, source_id).items()
        ]
        columns = {"field": "field", "answer": "answer", "evidence": "shown by", "why": "in detail", "label": "label"}
        self.view = TableView(rows, columns, f"Source card: {case.get(f'sources/{source_id}')['headline']}")

    def html(self):
        return self.view.html()

    def text(self):
        return self.view.text()
