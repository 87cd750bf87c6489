"""The poster as fields: a menu to guess in each cell, and *Open*; what was said opens below."""

import html

import ipywidgets as w

from ..evidence.poster import COMPARED, SIGNS, WORDS, PosterCell, sign_and_words
from ..view.caveats import caveats, claim_words
from ..view.grave import shown, told
from .box import Box
from .fields import beside, button, fill, framed, menu


class PosterBox(Box):
    """One row a claim, one cell a voice; a guess opens its cell and is kept."""

    def __init__(self, poster):
        self.poster = poster
        self.menus, self.said, self.below, self.buttons = {}, {}, {}, {}
        self.all_button = button(
            "Open all without guessing", self.open_all, tooltip="This is kept, too"
        )
        rows = [self._row(claim) for claim in poster.claims]
        key = "; ".join(f"{SIGNS[stance]} {words}" for stance, words in WORDS.items())
        key = w.HTML(f"<p>The five signs: {html.escape(key)}.</p>")
        super().__init__(poster, key, *rows, self.all_button, self.status)
        for cell in poster.to_guess():
            last = poster.guesses(cell)[1] or ""
            fill(self.menus[self._at(cell)], last)
            if poster.kept(cell).opened:
                self._open(cell, last)

    @staticmethod
    def _at(cell):
        return cell.claim.claim_id, cell.voice

    def _row(self, claim):
        words = shown(claim_words(self.poster.case, claim))
        caution = html.escape(" ".join(caveats(self.poster.case, claim)))
        title = w.HTML(f"<p><strong>{words}</strong>{caution and '<br>'}{caution}</p>")
        below = self.below[claim.claim_id] = w.HTML()
        cells = [self._field(claim, voice) for voice in self.poster.voices]
        if claim.claim_id in self.poster.model:
            self._show_below(claim.claim_id)
        return w.VBox([title, beside(*cells), below])

    def _field(self, claim, voice):
        cell = self.poster.cells.get((claim.claim_id, voice))
        if cell is None:
            inner = [w.HTML(f"{html.escape(voice)}<br>not looked at for this case")]
        elif claim.claim_id in self.poster.model:
            inner = [w.HTML(f"{html.escape(voice)}{_sign(cell.stance)}")]
        else:
            options = [(sign_and_words(stance), stance) for stance in WORDS]
            at = self._at(cell)
            of = told(claim_words(self.poster.case, claim))
            self.menus[at] = menu(voice, options, look="ws-cell", of=of)
            says = f"Open what {voice} says on it"
            self.buttons[at] = button("Open", lambda: self.open_cell(cell), tooltip=says)
            self.said[at] = w.HTML()
            inner = [self.menus[at], self.buttons[at], self.said[at]]
        return w.VBox(inner).add_class("ws-poster-cell")

    def open_cell(self, cell: PosterCell) -> None:
        """What *Open* does: keep the guess, and show the cell; without a guess it says so."""
        given = self.menus[self._at(cell)].value
        if not given:
            self.status.say(f"Guess first what {cell.voice} says. A wrong guess costs nothing.")
            return
        problem = self.poster.keep(cell, given)
        self._open(cell, given)
        self.status.say(
            problem
            or f"{cell.voice}: {WORDS[cell.stance]}; {COMPARED[cell.compare(given)]}. "
            f"{self.poster.summary()}"
        )

    def open_all(self) -> None:
        """What *Open all without guessing* does."""
        for cell in self.poster.to_guess():
            if not self.poster.kept(cell).opened:
                self.poster.keep_opened(cell)
                self._open(cell, "")
        self.status.say(self.poster.summary())

    def _open(self, cell, given):
        compared = f"<p>It is {COMPARED[cell.compare(given)]}.</p>" if given else ""
        self.said[self._at(cell)].value = f"{_sign(cell.stance)}{compared}"
        self._show_below(cell.claim.claim_id)

    def _show_below(self, claim_id):
        """Everything of a row that is open, in the order of its columns."""
        model = claim_id in self.poster.model
        opened = [
            self.poster.opened(cell)
            for (claim, _), cell in self.poster.cells.items()
            if claim == claim_id and (model or self.said[self._at(cell)].value)
        ]
        inner = "".join(opened)
        if model:
            inner = f"<details><summary>What they say</summary>{inner}</details>"
        self.below[claim_id].value = framed(inner)

    def opens(self) -> str:
        """Everything that opens as HTML, for counting words and for paper."""
        return self.poster.answers()


def _sign(stance):
    sign, words = SIGNS[stance], WORDS[stance]
    return f'<p class="ws-poster-said"><b aria-hidden="true">{sign}</b>{html.escape(words)}</p>'
