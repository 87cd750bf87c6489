"""Quotation cards: every wording of a quotation, aligned, with what was cut, changed and added.

A card never holds a quotation of its own: the words come from the passages and findings of the
case (tables ``quotations`` and ``wordings``), so what may not be quoted is not, and what could not
be opened is said to be so. The questions follow what editors ask of a quotation (who, to whom,
when, in which language, what stood before and after); for an ellipsis the rule is strict:
it is a claim that nothing that matters was left out.
"""

import html
import re
from dataclasses import dataclass
from functools import cached_property

from ..base.words import words_of
from ..case.case import Case, load_case
from ..reuse.edits import stretches
from ..text.days import capital, in_words
from ..view.caveats import caveats, claim_words
from ..view.grave import Grave, fold, marked, shown, told
from ..view.named import checked_words
from ..view.show import PagesView, TableView
from ..view.view import View, facts, folded, wrapped

DIRECTIONS = words_of(__package__)["direction"]

UNQUOTED = "not quoted here; in our words"
HEADINGS = {
    "gloss": "put around it", "cut": "left out", "around": "what stood around it",
    "label": "how far checked", "caveats": "to be said with it",
}  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """One wording on a card."""

    row: object  # Row: of ``wordings``
    # the words as printed; None where the pack knows them by place only, or the finding has none
    words: str | None
    gloss: str | None  # the words put around them, as printed
    where: str  # outlet or account, date, and the row
    paraphrase: str  # what stands there, in our words
    caveats: tuple[str, ...] = ()  # what has to be said with it

    @property
    def number(self) -> int:
        """Its place on the card, from 1."""
        return self.row.order

    def mark(self, words: str | None) -> Grave | str | None:
        """Words of this row, grave where the row is; nothing stays nothing."""
        return words and marked(self.row, words)

    @property
    def beside(self) -> dict[str, str | None]:
        """What is said beside the words, by column of the card's table."""
        row = self.row
        return {
            "gloss": f"“{_plain(self.gloss)}”" if self.gloss else None,
            "cut": row.cut, "changed": row.changed, "around": row.around,
        }  # fmt: skip


@dataclass(frozen=True)
class WordingPiece:
    """A stretch of a wording against another, with both texts."""

    # ``same``, ``changed``, ``left out``, ``put in``; or ``beyond`` for words at either end that
    # our excerpt of the other wording does not reach, since of a book only a few words may be
    # quoted
    kind: str
    was: str
    now: str


_KINDS = {"verbatim": "same", "edited": "changed", "dropped": "left out", "inserted": "put in"}


def differences(was: str, now: str) -> list[WordingPiece]:
    """Align two wordings word by word, in order.

    Case, punctuation and the spelling of places are no difference. Changes that touch, or have a
    single word between them, are one: "were able to break" became "needed to put a stop".
    """
    runs = []
    for s in stretches(was, now):
        kind = _KINDS[s.kind]
        if runs and kind != "same" and runs[-1][0] != "same":
            runs[-1] = ("changed", runs[-1][1], s.a_end, runs[-1][3], s.b_end)
        elif len(runs) > 1 and kind != "same" and " " not in now[runs[-1][3] : runs[-1][4]].strip():
            runs[-2:] = [("changed", runs[-2][1], s.a_end, runs[-2][3], s.b_end)]
        else:
            runs.append((kind, s.a_start, s.a_end, s.b_start, s.b_end))
    return [
        WordingPiece(k, was[a0 : _closed(was, a1)], now[b0 : _closed(now, b1)])
        for k, a0, a1, b0, b1 in runs
    ]


def _closed(text, end):
    """The end of a stretch with the bracket or comma after its last word: "[stereotype]"."""
    while text[end : end + 1] in {")", "]", ","}:
        end += 1
    return end


def _excerpt(pieces):
    """Words put in at either end of an excerpt: they may have stood in the whole as well."""
    pieces = list(pieces)
    for end in (0, -1):
        if len(pieces) > 1 and pieces[end].kind == "put in":
            pieces[end] = WordingPiece("beyond", "", pieces[end].now)
    return pieces


def _reach(words, excerpt):
    """The sentences of a wording that an excerpt of another one is to be held against.

    An excerpt leaves out what stands around it, and its speaker did not: the rest is no difference.
    """
    sentences = re.split(r"(?<=[.!?])\s+", words)
    n = len(re.split(r"(?<=[.!?])\s+", excerpt))
    windows = [" ".join(sentences[i : i + n]) for i in range(len(sentences) - n + 1)]
    # of two that keep as much, the later one: what is known of a quotation is mostly its end
    return max(reversed(windows), key=lambda part: _kept(part, excerpt), default=words)


def _kept(was, now):
    """The share of the words of one wording that stand in the other."""
    words = sum(len(p.was.split()) for p in differences(was, now) if p.kind == "same")
    return words / max(1, len(was.split()))


class QuotationCard(View):
    """The card of one quotation: its row, and its ``wordings`` in the order of the card.

    Raises
    ------
    KeyError
        When the case has no such card; the message says what is near.
    """

    def __init__(self, case, quotation_id: str):
        self.case = case
        self.row = case.quotations[quotation_id.strip("[] ").removeprefix("quotations/")]
        rows = case.wordings.where(quotation_id=self.row.quotation_id)
        self.wordings = [_wording(case, w) for w in sorted(rows, key=lambda w: w.order)]

    @property
    def known(self) -> list[Wording]:
        """The wordings whose words are known."""
        return [w for w in self.wordings if w.words]

    @cached_property
    def distinct(self) -> list[list[Wording]]:
        """The wordings that differ, each in a list with those that say the same so far."""
        groups = []
        for wording in self.known:
            for group in groups:
                if not WordingDifferences(group[0], wording).changes:
                    group.append(wording)
                    break
            else:
                groups.append([wording])
        return groups

    def aligned(self) -> list["WordingDifferences"]:
        """Every different wording, as WordingDifferences, against the first one.

        Where they share less than half, it stands against a nearer one; other words altogether
        (less than a quarter shared) are not aligned: there is nothing to align.
        """
        # An excerpt stands for its group only where nothing longer does.
        longest = [max(group, key=lambda w: len(w.words)) for group in self.distinct]
        pieces = []
        for number, group in enumerate(self.distinct[1:], 1):
            against, wording = self.distinct[0][0], group[0]
            if _kept(against.words, wording.words) < 0.5:
                nearer = [against, *longest[:number]]
                against = max(nearer, key=lambda one: _kept(one.words, wording.words))
            if _kept(against.words, wording.words) >= 0.25:
                pieces.append(WordingDifferences(against, wording))
        return pieces

    def compare(self, was: int, now: int) -> "WordingDifferences":
        """Two wordings of the card, by their numbers on it, as WordingDifferences."""
        return WordingDifferences(self._number(was), self._number(now))

    def _number(self, number):
        by_number = {wording.number: wording for wording in self.wordings}
        if number not in by_number:
            numbers = ", ".join(map(str, by_number))
            raise ValueError(f"The card has no wording {number}; it has {numbers}.")
        if by_number[number].words is None:
            paraphrase = by_number[number].paraphrase
            raise ValueError(f"The words of wording {number} are not known here: {paraphrase}")
        return by_number[number]

    def about(self) -> list[tuple]:
        """What is known of the quotation itself: a list of (question, answer)."""
        row, agents = self.row, self.case.agents
        claim = claim_words(self.case, self.case.claims[row.claim_id], caveat=True)
        unseen = "; ".join(self.case.gaps[g].what for g in row.unseen or ())
        pairs = [
            ("whose words", agents[row.speaker].name),
            ("occasion", row.occasion),
            ("language", row.original_language),
            ("the original words", row.original),
            ("first printed", row.printed_source),
            ("how far checked", checked_words(row)),
            ("seen at", row.seen_at),
            ("could not be opened", unseen),
            ("what the card shows", row.shows),
            ("direction", DIRECTIONS[row.direction]),
            ("claim", claim),
        ]
        return [(q, a) for q, a in pairs if a]

    def table(self) -> TableView:
        """The wordings, one row each."""
        rows = [
            {
                "number": w.number, "where": w.where, "given_as": w.row.given_as,
                "words": w.mark(
                    f"“{_plain(w.words)}”" if w.words else f"{UNQUOTED}: {w.paraphrase}"
                ),
                **{name: w.mark(words) for name, words in w.beside.items()},
                "label": checked_words(w.row), "caveats": " ".join(w.caveats),
            }
            for w in self.wordings
        ]  # fmt: skip
        used = [column for column in rows[0] if any(row[column] for row in rows)] if rows else []
        n = len(self.distinct)
        wordings = "one wording that is known" if n == 1 else f"{n} different wordings"
        caption = f"{self.row.title}: {len(rows)} places, {wordings}"
        return TableView(rows, used, caption, number="no.", **HEADINGS)

    def html(self) -> str:
        aligned = "".join(a.html() for a in self.aligned())
        return (
            f"<p><strong>{html.escape(self.row.title)}</strong></p>{facts(self.about())}"
            + self.places().html()
            + (folded("The wordings aligned", aligned) if aligned else "")
        )

    def places(self) -> "WordingList":
        """Every place where the words stand, without what is known of the quotation itself."""
        return WordingList(self.case, self.row.quotation_id)

    def text(self) -> str:
        about = (wrapped(f"{asked}: {told(answer)}", hang="  ") for asked, answer in self.about())
        aligned = (one.text() for one in self.aligned())
        head = f"{self.row.title} [{self.row.cite}]"
        return "\n".join([head, *about, "", self.table().text(), *aligned])


class WordingList(QuotationCard):
    """The wordings of a card as a list: a table of nine columns would leave the words no room."""

    text = View.text

    def html(self) -> str:
        caption = html.escape(self.table().caption)
        listed = "".join(map(self._wording_html, self.wordings))
        return f"<p><strong>{caption}</strong></p><ol>{listed}</ol>"

    @staticmethod
    def _wording_html(wording):
        row = wording.row
        words = f"<p>{UNQUOTED.capitalize()}: {html.escape(wording.paraphrase)}</p>"
        if wording.words:
            words = f"<blockquote>{html.escape(_plain(wording.words))}</blockquote>"
        told = {"caveats": " ".join(wording.caveats), **wording.beside}
        told["label"] = row.label != "VP" and checked_words(row)
        words += facts((HEADINGS.get(name, name), value) for name, value in told.items() if value)
        return (
            f'<li value="{wording.number}">{html.escape(wording.where)}.'
            f" {html.escape(row.given_as)}{fold(words) if row.grave else words}</li>"
        )


class WordingDifferences(View):
    """Two wordings aligned: left out is struck through, put in underlined, both said in words."""

    def __init__(self, was, now):
        self.was, self.now = was, now
        before, after = was.words, now.words
        if now.row.finding_id and not was.row.finding_id:
            before = _reach(before, after)
        self.cut = before != was.words
        pieces = differences(before, after)
        self.pieces = _excerpt(pieces) if was.row.finding_id else pieces

    @property
    def changes(self) -> list[WordingPiece]:
        """The pieces that are not the same."""
        return [p for p in self.pieces if p.kind not in {"same", "beyond"}]

    def summary(self) -> Grave | str:
        """What was left out, put in and changed, in words."""
        sentences = {"left out": [], "put in": [], "changed": []}
        for p in self.changes:
            words = (f"“{_plain(side)}”" for side in (p.was, p.now) if side)
            sentences[p.kind].append(" became ".join(words))
        sentences = (f"{kind}: {', '.join(words)}" for kind, words in sentences.items() if words)
        told = "; ".join(sentences) or "The same words"
        told += "" if told.endswith(".”") else "."
        if self.cut or any(p.kind == "beyond" for p in self.pieces):
            told += " Our excerpt does not reach further."
        return self._mark(told)

    def _mark(self, words):
        return Grave(words) if self.was.row.grave or self.now.row.grave else words

    def caption(self) -> str:
        return (
            f"Wording {self.now.number} ({self.now.where}) against wording {self.was.number}"
            f" ({self.was.where})"
        )

    def marked(self) -> str:
        """The later wording as HTML: left out is struck through, put in is underlined."""
        out = []
        for p in self.pieces:
            if p.kind in {"left out", "changed"}:
                out.append(f"<del>{html.escape(p.was)}</del>")
            if p.kind != "left out":
                words = html.escape(p.now)
                out.append(words if p.kind in {"same", "beyond"} else f"<ins>{words}</ins>")
        page = f"<blockquote>{' '.join(out)}</blockquote>"
        return fold(page) if isinstance(self._mark(""), Grave) else page

    def html(self) -> str:
        caption = f"<p><strong>{html.escape(self.caption())}</strong></p>"
        return f"{caption}{self.marked()}<p>{shown(self.summary())}</p>"

    def text(self) -> str:
        return f"{wrapped(self.caption(), '')}\n{wrapped(told(self.summary()))}"


def _plain(words):
    return " ".join(words.split()).rstrip(",")


def _wording(case, row):
    if row.passage_id:
        passage = case.passages[row.passage_id]
        source, item = case.sources[passage.source_id], case.items[passage.item_id]
        outlet = case.agents[source.outlet].name
        where = f"{capital(outlet)}, {in_words(item.published or source.published) or 'no date'}"
        return Wording(
            row, _spans(case, passage.source_id, row.word_spans),
            _spans(case, passage.source_id, row.gloss_spans), where,
            passage.about,
        )  # fmt: skip
    finding = case.findings[row.finding_id]
    account = case.accounts[finding.account_id]
    where = f"{case.agents[account.publisher].name}, {in_words(account.published) or 'no date'}"
    told = tuple(caveats(case, finding))
    return Wording(row, finding.quote, None, where, finding.paraphrase, told)


def _spans(case, source_id, spans):
    """The words at some spans, pieces joined by a space; None where any of them is not known."""
    pieces = [case.stretch(source_id, start, end) for start, end in spans or ()]
    return " ".join(pieces) if pieces and None not in pieces else None


def quotation_card(case: Case, quotation_id: str) -> QuotationCard:
    """The card of one quotation of a case, given itself or by its name."""
    return QuotationCard(load_case(case), quotation_id)


def quotation_cards(case: Case) -> list[QuotationCard]:
    """All cards of a case, in the order of the table."""
    return [QuotationCard(case, row.quotation_id) for row in case.quotations]


class CardDesk(PagesView):
    """Several quotation cards; its face opens one at a time and lays two wordings side by side."""

    def __init__(self, cards):
        pages = {card.row.quotation_id: card for card in cards}
        super().__init__(pages, {name: card.row.title for name, card in pages.items()})


def card_desk(case: Case, names=None):
    """Fields to open the cards of a case and to lay any two wordings of a card over each other.

    ``names`` are those of cards; all when left out. In code: :func:`quotation_card` and
    :meth:`QuotationCard.compare`.
    """
    return CardDesk(
        quotation_cards(case) if names is None else [quotation_card(case, name) for name in names]
    ).widget()
