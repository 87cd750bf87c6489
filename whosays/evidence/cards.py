"""Source cards: who publishes, owns and wrote a document, in whose words, with what interest.

An answer on a card counts only with what shows it: the masthead, a credit line, the
wording, something outside the document, or nothing at all ("not found" is an answer). The
fields follow the *sourcing* questions of Reading Like a Historian and the provenance part of
the Berkeley Protocol's source analysis (OHCHR 2020).

The truth of a card is data (table ``cards`` of a case pack), so a card can be corrected by
whoever finds the missing owner.
"""

from dataclasses import dataclass

from ..base.words import words_of
from ..case.case import Case, Row, load_case
from ..case.first_pass import open_sources
from ..learner import store
from ..learner.verdict import BLANK, NOT_YET, RIGHT, SIGNS
from ..text.days import in_words
from ..view.show import TableView
from ..view.view import View

NAME = "source_cards"

_WORDS = words_of(__package__)
FIELDS, NAMES, EVIDENCE = _WORDS["card"], _WORDS["card_field"], _WORDS["shown_by"]


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
    def right(self) -> int:
        """How many parts are right."""
        return sum(p.state == RIGHT for p in self.parts)

    def summary(self) -> str:
        """One sentence: how many parts are right, how many are not answered."""
        blank = sum(p.state == BLANK for p in self.parts)
        rest = f", {blank} not answered" if blank else ""
        return f"{self.right} of {len(self.parts)} parts right{rest}."

    def table(self) -> TableView:
        """One row a field: whether answer and evidence are right, and why."""
        rows = {}
        for p in self.parts:
            row = rows.setdefault(p.field, {"field": FIELDS[p.field], "why": ""})
            row[p.part] = SIGNS[p.state]
            row["why"] = " ".join(filter(None, (row["why"], p.why)))
        columns, caption = "field answer evidence why".split(), f"{self.headline}: {self.summary()}"
        return TableView(rows.values(), columns, caption, evidence="shown by")


def options(case: Case, field: str) -> list[str]:
    """The answers on offer for a field: every answer that some card of the case gives, sorted."""
    return sorted({card["answer"] for card in case.cards if card["field"] == field})


def card_of(case: Case, source_id: str) -> dict[str, Row]:
    """The rows of one document's card, by field.

    Raises
    ------
    KeyError
        When the case has no such document or no card for it; the message lists those it has.
    """
    rows = {card["field"]: card for card in case.cards if card["source_id"] == source_id}
    if not rows:
        known = ", ".join(sorted({card["source_id"] for card in case.cards}))
        raise KeyError(
            f"There is no source card for {source_id!r}. Documents with a card: {known}."
        )
    return rows


def _parts(field, row, given):
    """The two parts of a field, checked; a right answer says why, any other what to look at."""
    why = f"{row['why']} (label {row['label']}) [cards/{row['card_id']}]"
    look = "Where would a stranger have to look to see this for themselves?"
    for part, also, told, hint in (
        ("answer", row["also"], why, row["hint"]),
        ("evidence", row["also_evidence"], "", look),
    ):
        if not given.get(part):
            yield Checked(field, part, BLANK, "")
        elif given[part] in (row[part], *(also or ())):
            yield Checked(field, part, RIGHT, told)
        else:
            yield Checked(field, part, NOT_YET, hint)


class SourceCard(View):
    """The card of one document of a case: to look at, to check, to fill in through fields.

    Raises
    ------
    KeyError
        When the case has no card for it; the message lists those it has.
    """

    def __init__(self, case, source_id):
        self.case, self.source_id = load_case(case), source_id
        self.rows = card_of(self.case, source_id)
        source = self.case.sources[source_id]
        self.headline = source["headline"]
        self.place = f"{in_words(source['published']) or 'no date'}, {source['words']:,} words"

    @property
    def fields(self) -> list[str]:
        """The fields of this card in the order of :data:`FIELDS`."""
        return [field for field in FIELDS if field in self.rows]

    def check(self, filled) -> CardFeedback:
        """Check what a learner wrote; a machine's guess grades nobody.

        ``filled`` has for a field ``{"answer": ..., "evidence": ...}``; either part may be missing
        or empty. Two parts a field come back, in the order of :data:`FIELDS`.
        """
        if self.source_id in open_sources(self.case):
            return CardFeedback(
                f"Source card of {self.source_id}, which nobody has checked yet", []
            )
        parts = [part for f in self.fields for part in _parts(f, self.rows[f], filled.get(f) or {})]
        return CardFeedback(f"Source card of {self.source_id}", parts)

    def finished(self) -> TableView:
        """The whole card as a table, every field with what shows it."""
        rows = [
            {"field": FIELDS[f], **self.rows[f], "evidence": EVIDENCE[self.rows[f]["evidence"]]}
            for f in self.fields
        ]
        columns, caption = "field answer evidence why label", f"Source card: {self.headline}"
        return TableView(rows, columns.split(), caption, evidence="shown by", why="in detail")

    def kept(self) -> dict[str, dict[str, str]]:
        """What the learner filled in before: field to answer and evidence."""
        return store.kept(NAME, self.case.name, self.source_id)

    def keep(self, filled) -> str:
        """Keep what is filled in; returns a sentence when it could not be saved, else nothing."""
        return store.keep(NAME, filled, self.case.name, self.source_id)

    def table(self) -> TableView:
        """The card to fill in, with what the learner filled in before."""
        columns = {"field": "question", "answer": "answer", "evidence": "shown by"}
        filled = self.kept()
        rows = [{"field": FIELDS[f], **filled.get(f, {})} for f in self.fields]
        return TableView(rows, columns, f"Source card to fill in: {self.headline}, {self.place}")


def source_card(case, source_id: str | None = None) -> SourceCard:
    """A source card; ``source_card("azernews-2021-film")`` is short for one of the main case."""
    return SourceCard("khojaly", case) if source_id is None else SourceCard(case, source_id)
