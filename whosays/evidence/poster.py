"""The poster: claims by voices, one sign with a word in each cell. A learner guesses a cell first;
what was said there, by whom and where it was read opens behind the guess, cell by cell.
"""

import html
from dataclasses import dataclass

from ..base.words import words_of
from ..learner import judgements
from ..view.caveats import claim_words, with_caveats
from ..view.grave import shown, told
from ..view.show import TableView
from ..view.view import View
from .cited import STANCE, checked_words

# a sign for each stance; none of them is one of those that say how far something was checked
SIGNS = words_of(__package__)["sign"]
# silence is never more than what was read of a text
WORDS = {**STANCE, "silent": "says nothing on it in what we read"}
_STANCE_OF = {words: stance for stance, words in WORDS.items()}
# how far a stance speaks for the claim
_FOR_IT = {"supports": 3, "supports_in_part": 2, "qualifies": 1, "silent": 1, "contradicts": 0}
# of several findings of one voice, the one that the cell shows
_CLEAREST = ("supports", "contradicts", "supports_in_part", "qualifies", "silent")

AS_EXPECTED, LESS, MORE, ELSE = "as", "less", "more", "else"
COMPARED = {
    AS_EXPECTED: "as you expected",
    LESS: "less for the claim than you expected",
    MORE: "more for the claim than you expected",
    ELSE: "something else than you expected",
}


def sign_and_words(stance: str) -> str:
    """A stance as it stands in a cell, such as ``+ bears it out``."""
    return f"{SIGNS[stance]} {WORDS[stance]}"


@dataclass(frozen=True)
class PosterCell:
    """One voice on one claim."""

    claim: object  # Row
    voice: str
    stance: str  # that of the clearest finding
    findings: tuple  # tuple of Row

    def compare(self, given) -> str:
        """How a guess stands to what was found: one of the keys of :data:`COMPARED`."""
        if given in {f.stance for f in self.findings}:
            return AS_EXPECTED
        here, there = _FOR_IT[self.stance], _FOR_IT[given]
        return ELSE if here == there else LESS if here < there else MORE


class Poster(View):
    """Claims by voices, to be filled in and opened cell by cell.

    Parameters
    ----------
    lesson : str
        Under which the guesses are kept, such as ``06``.
    voices : mapping of str to iterable of str
        The head of a column to its accounts.
    model : iterable of str
        Claims whose row stands open from the beginning, as a model.

    Attributes
    ----------
    cells : dict of (str, str) to Cell
        By claim and voice; without those where the case has no finding.
    """

    def __init__(self, case, lesson, claim_ids, voices, model=()):
        self.case, self.lesson = case, lesson
        self.claims = [case.claims[one] for one in claim_ids]
        self.voices = {voice: tuple(accounts) for voice, accounts in voices.items()}
        self.model = tuple(model)
        cells = (self._cell(claim, voice) for claim in self.claims for voice in self.voices)
        self.cells = {(one.claim.claim_id, one.voice): one for one in cells if one}

    def _cell(self, claim, voice):
        findings = self.case.findings.where(claim_id=claim.claim_id)
        findings = tuple(one for one in findings if one.account_id in self.voices[voice])
        stance = min((one.stance for one in findings), key=_CLEAREST.index, default=None)
        return stance and PosterCell(claim, voice, stance, findings)

    def to_guess(self) -> list[PosterCell]:
        """The cells that a learner fills in, row by row."""
        return [cell for (claim, _), cell in self.cells.items() if claim not in self.model]

    def _name(self, cell):
        return f"{self.lesson}/poster: {cell.claim.claim_id}, {cell.voice}"

    def _asked(self, cell):
        return f"{cell.voice} on: {told(claim_words(self.case, cell.claim))}"

    def kept(self, cell: PosterCell):
        """What was guessed in a cell: a :class:`whosays.learner.judgements.Judgement`."""
        return judgements.kept(self._name(cell))

    def keep(self, cell: PosterCell, given) -> str:
        """Keep a guess, in the words of the menu; returns a sentence where it was not saved."""
        return judgements.keep(self._name(cell), self._asked(cell), WORDS[given])

    def guesses(self, cell: PosterCell) -> tuple[str | None, str | None]:
        """The first and the last guess in a cell, as stances; None where there is none."""
        stored = self.kept(cell)
        return tuple(one and _STANCE_OF.get(one.value) for one in (stored.first, stored.last))

    def keep_opened(self, cell: PosterCell) -> str:
        """Keep that a cell was opened without a guess."""
        return judgements.keep_opened(self._name(cell), self._asked(cell))

    def opened(self, cell: PosterCell) -> str:
        """What stands behind a cell: the words, who said them and when, where they were read."""
        items = "".join(f"<li>{self._finding(one)}</li>" for one in cell.findings)
        head = f"{cell.voice}: {sign_and_words(cell.stance)}"
        return f"<p><strong>{html.escape(head)}</strong></p><ul>{items}</ul>"

    def _finding(self, finding):
        account = self.case.accounts[finding.account_id]
        year = f" ({str(account.published)[:4]})" if account.published else ""
        words = with_caveats(self.case, finding, finding.paraphrase)
        where = html.escape(checked_words(finding))
        return f"{html.escape(account.title + year)}: {shown(words)} <em>{where}</em>"

    def summary(self) -> str:
        """How many cells are open, and how the first guesses stood to what was found."""
        cells = self.to_guess()
        firsts = [(cell, self.guesses(cell)[0]) for cell in cells]
        comparisons = [cell.compare(first) for cell, first in firsts if first]
        counts = [
            f"{comparisons.count(how)} {words}"
            for how, words in COMPARED.items()
            if how in comparisons
        ]
        opened = sum(self.kept(cell).opened for cell in cells)
        return f"{opened} of {len(cells)} cells open{': ' + '; '.join(counts) if counts else ''}."

    def table(self, answers: bool = False) -> TableView:
        """The poster as a table: all ``answers``, or only the rows shown as a model."""
        rows = []
        for claim in self.claims:
            row = {"claim": claim_words(self.case, claim, caveat=True)}
            full = answers or claim.claim_id in self.model
            for voice in self.voices:
                cell = self.cells.get((claim.claim_id, voice))
                told = sign_and_words(cell.stance) if cell and full else ""
                row[voice] = told if cell else "not looked at"
            rows.append(row)
        columns = {"claim": "claim", **{voice: voice for voice in self.voices}}
        return TableView(rows, columns, "What does each say on the claim?")

    def answers(self) -> str:
        """Everything that opens, as HTML: the full table, then cell by cell."""
        opened = "".join(
            f"<p>{shown(claim_words(self.case, cell.claim))}</p>{self.opened(cell)}"
            for cell in self.to_guess()
        )
        return f"{self.table(answers=True).html()}{opened}"


def poster(case, lesson: str, claim_ids, voices, model=()):
    """Claims by voices, as fields; see :class:`Poster`."""
    return Poster(case, lesson, claim_ids, voices, model).widget()
