"""The evidence on a claim, put together from the tables of a case.

Everything here is looked up, nothing is judged: who says it and through whom, who shares the
passage, on how many starting points it rests, its figures with their definitions, what the
accounts say, and what speaks for a pause in either direction.
"""

from functools import lru_cache

from ..evidence.corroboration import doubts
from ..evidence.ledger import Ledger
from ..evidence.quotations import quotation_card
from ..figures import figures_of, line_up
from ..view.caveats import with_caveats
from ..view.grave import marked, told
from ..view.named import text_number
from ..view.show import TableView, said_and_found, text_of
from ..view.view import View
from .render import to_html

# the kinds of account that looked into a matter themselves, or judged it
INDEPENDENT = {"independent", "author", "court", "council"}


# a memo is checked again and again while it is written; a case does not change meanwhile
ledger_of = lru_cache(maxsize=4)(Ledger)


@lru_cache(maxsize=4)
def all_figures(case) -> tuple:
    """The figures of a case, read once."""
    return tuple(figures_of(case))


class ClaimEvidence(View):
    """What a case has on one claim: rows, figures, and ``entry``, its ClaimLedger."""

    def __init__(self, case, claim_id: str):
        self.case = case
        self.claim = case.claims[claim_id]
        self.entry = ledger_of(case).claim(claim_id)
        self.assertions = case.assertions.where(claim_id=claim_id)
        self.findings = case.findings.where(claim_id=claim_id)
        self.gaps = case.gaps.where(claim_id=claim_id)
        self.quotations = case.quotations.where(claim_id=claim_id)
        self.figures = [f for f in all_figures(case) if f.claim == claim_id]

    @property
    def accounts(self) -> list:
        """The accounts that looked into it or judged it and speak to it, silence not counted."""
        account_ids = dict.fromkeys(f.account_id for f in self.findings if f.stance != "silent")
        return [
            self.case.accounts[a] for a in account_ids if self.case.accounts[a].kind in INDEPENDENT
        ]

    def pieces(self) -> TableView:
        """Who says it: item, date, voices, words, and which texts share the passage."""
        rows = []
        for a in self.assertions:
            item = self.case.items[a.item_id]
            voices = (self.case.agents[s.agent].name for s in a.chain)
            row = {"item": item.headline, "date": item.published, "voices": " > ".join(voices)}
            row["words"] = marked(self.case.passages[a.passage_id], self.words(a))
            shared = (
                f"{text_number(self.case, b)}: {text_of(r.why)}" for b, r in self.shared_with(a)
            )
            rows.append(row | {"shared": "; ".join(shared)})
        return TableView(
            rows,
            "item date voices words shared".split(),
            "Who says it, through whom, and who shares the passage",
            voices="voices, outermost first",
            shared="shares the passage with",
        )

    def words(self, assertion) -> str:
        """The content as it stands in the text, where the case ships it; else in our words."""
        source = assertion.source_id
        pieces = [shipped(self.case, source, *span) for span in assertion.content_spans]
        if pieces and None not in pieces:
            return f"“{' … '.join(' '.join(p.split()) for p in pieces)}”"
        return f"not quoted; in our words: {self.case.passages[assertion.passage_id].about}"

    def shared_with(self, assertion) -> list[str]:
        """The other items that share its words, each with its row of the reuse key of the case."""
        out = []
        for row in self.case.reuse_key:
            a = (row.a_item, row.a_start, row.a_end)
            b = (row.b_item, row.b_start, row.b_end)
            for (item, start, end), (other, *_) in ((a, b), (b, a)):
                here = item == assertion.item_id != other
                if here and any(s < end and start < e for s, e in assertion.content_spans):
                    out.append((other, row))
        return out

    def numbers(self) -> TableView:
        """Its figures, one row a definition and number."""
        return line_up(self.figures, self.case).table()

    def corroboration(self) -> TableView:
        """What every account says on it, and how far that was checked."""
        return said_and_found(self.case, self.claim.claim_id)

    def doubts(self) -> TableView:
        """What speaks for a pause before accepting it, and before rejecting it."""
        return doubts(self.case, self.claim.claim_id, ledger_of(self.case)).table()

    def blocks(self) -> list[tuple]:
        """The evidence as a list of (kind, thing) for a page; see :mod:`whosays.memo.render`."""
        status = f"{text_of(self.claim.status).capitalize()}: {self.claim.why}"
        tables = [self.pieces()] if self.assertions else []
        tables += [self.numbers()] if self.figures else []
        tables += [self.corroboration()] if self.findings else []
        tables.append(self.doubts())
        tables += [quotation_card(self.case, row.quotation_id).table() for row in self.quotations]
        if self.gaps:
            columns = "what why_it_matters where_to_look".split()
            tables.append(TableView(self.gaps, columns, "Gaps", what="what could not be seen"))
        return [
            ("text", with_caveats(self.case, self.claim, status)),
            ("view", self.entry),
            *(("table", table) for table in tables),
        ]

    def html(self) -> str:
        return to_html(self.blocks())

    def text(self) -> str:
        return "\n\n".join(
            told(thing) if isinstance(thing, str) else thing.text() for _, thing in self.blocks()
        )


def shipped(case, source_id: str, start: int, end: int) -> str | None:
    """The words of a stretch as far as the case ships them; a text that was dropped in stays out.

    A memo may be handed in and passed on, so it quotes what the pack quotes and no more.
    """
    if case.sources[source_id].text:
        return case.stretch(source_id, start, end)
    for passage in (p for p in case.passages if p.quoted and p.source_id == source_id):
        if passage.start <= start and end <= passage.end:
            return passage.exact[start - passage.start : end - passage.start]
    return None
