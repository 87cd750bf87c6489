"""A corroboration table as fields: a menu for each cell, claim by account, checked cell by cell.

``fill_corroboration(case, claims, accounts).check({(claim, account): stance})`` does the same in
code.
"""

import ipywidgets as w

from ..evidence.corroboration import STANCES
from ..view.caveats import claim_words
from ..view.grave import shown, told
from ..view.show import text_of
from . import fields
from .checked import CheckedBox


class CorroborationBox(CheckedBox):
    """One block a claim with a menu for each account, *Check*, *What the accounts say*, and a line
    that is read out.

    ``filled`` is what the menus hold, ``(claim_id, account_id)`` to a stance; it is saved at each
    change and there again when the cell is run anew.
    """

    def __init__(self, to_fill):
        self.to_fill = to_fill
        self.menus, self.marks = {}, {}
        super().__init__(
            to_fill,
            "<p><strong>Corroboration table</strong><br>What does each account say on the"
            " claim?</p>",
            [self._row(claim) for claim in to_fill.table.claims],
            self.menus,
            "Say cell by cell what is right so far",
            ("What the accounts say", "The findings in full, with label, host and limits"),
        )

    def _row(self, claim):
        kept, pairs = (
            self.to_fill.kept(),
            [pair for pair in self.to_fill.cells if pair[0] == claim.claim_id],
        )
        options = [(text_of(stance), stance) for stance in STANCES]
        words = claim_words(self.to_fill.case, claim)
        for pair in pairs:
            menu = fields.menu(
                self.to_fill.name_of(pair[1]), options, look="ws-cell", of=told(words)
            )
            menu.layout.flex = (  # the look of a cell is made for a row; this one stands above its mark
                "0 0 auto"
            )
            fields.fill(menu, kept.get(pair))
            self.menus[pair], self.marks[pair] = menu, w.HTML()
        cells = [
            w.VBox(
                [self.menus[pair], self.marks[pair]],
                layout=w.Layout(flex="1 1 13em", overflow="visible"),
            )
            for pair in pairs
        ]
        wide = w.Layout(flex_flow="row wrap", width="100%", max_width="58em", overflow="visible")
        title = w.HTML(f"<p><strong>{shown(words)}</strong></p>")
        return w.VBox([title, w.HBox(cells, layout=wide)], layout=w.Layout(overflow="visible"))

    @property
    def filled(self):
        return {pair: menu.value for pair, menu in self.menus.items() if menu.value}

    def no_longer_checked(self):
        for mark in self.marks.values():
            mark.value = ""

    def check(self):
        """What the Check button does; returns the :class:`whosays.evidence.corroboration.Filled`."""
        result = self.to_fill.check(self.filled)
        for cell in result.cells:
            sign = {"right": "✓ right", "not yet": "✗ not yet"}.get(cell.state, "")
            self.marks[cell.claim_id, cell.account_id].value = shown(sign)
        return self.say_checked(
            result, result.table(answered_only=True).html() if self.filled else ""
        )

    def reveal(self):
        """What *What the accounts say* does."""
        words = (
            "The findings in full: what each account says, its label, the host it was seen on, and"
            " its limits."
        )
        self.show_after_a_try("cell", words, self.to_fill.table.findings())
