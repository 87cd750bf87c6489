"""A corroboration table as fields: a menu for each cell, claim by account, checked cell by cell.

``fill_corroboration(case, claims, accounts).check({(claim, account): stance})`` does the same in code.
"""

import html

import ipywidgets as w

from ..corroboration import STANCES
from ..show import text_of
from . import fields
from .box import Box
from .guard import KeyGuard, StatusLine


class CorroborationBox(Box):
    """One block a claim with a menu for each account, *Check*, *What the accounts say*, and a line that is read out.

    ``filled`` is what the menus hold, ``(claim_id, account_id)`` to a stance; it is saved at each
    change and there again when the cell is run anew.
    """

    def __init__(self, to_fill):
        self.to_fill = to_fill
        self.menus = {}
        self.marks = {}
        self.checked = False
        self.status = StatusLine()
        self.check_button = w.Button(description="Check", button_style="primary", tooltip="Say cell by cell what is right so far")
        self.show_button = w.Button(description="What the accounts say", tooltip="The findings in full, with label, host and limits")
        self.check_button.on_click(lambda _: self.check())
        self.show_button.on_click(lambda _: self.reveal())
        super().__init__([
            w.HTML(fields.LOOK + "<p><strong>Corroboration table</strong><br>What does each account say on the claim?</p>"),
            *(self._row(claim) for claim in to_fill.table.claims),
            w.HBox([self.check_button, self.show_button], layout=w.Layout(margin="0.5em 0 0 0")),
            self.status,
            KeyGuard(),
        ])
        self.add_class("ws-question")
        for menu in self.menus.values():
            menu.observe(lambda _: self._keep(), names="value")

    def _row(self, claim):
        kept, pairs = self.to_fill.kept(), [pair for pair in self.to_fill.cells if pair[0] == claim.claim_id]
        options = [(text_of(stance), stance) for stance in STANCES]
        for pair in pairs:
            menu = fields.menu(self.to_fill.name_of(pair[1]), options, look="ws-cell", of=claim.text)
            menu.layout.flex = "0 0 auto"  # the look of a cell is made for a row; this one stands above its mark
            fields.fill(menu, kept.get(pair))
            self.menus[pair], self.marks[pair] = menu, w.HTML()
        cells = [
            w.VBox([self.menus[pair], self.marks[pair]], layout=w.Layout(flex="1 1 13em", overflow="visible")) for pair in pairs
        ]
        wide = w.Layout(flex_flow="row wrap", width="100%", max_width="58em", overflow="visible")
        title = w.HTML(f"<p><strong>{html.escape(claim.text)}</strong></p>")
        return w.VBox([title, w.HBox(cells, layout=wide)], layout=w.Layout(overflow="visible"))

    @property
    def filled(self):
        return {pair: menu.value for pair, menu in self.menus.items() if menu.value}

    def _keep(self):
        problem = self.to_fill.keep(self.filled)
        if problem:
            self.status.say(problem, asked=False)
        elif self.checked:
            self.checked = False
            for mark in self.marks.values():
                mark.value = ""
            self.status.say("Changed since the last check.", asked=False)

    def check(self):
        """What the Check button does; returns the :class:`whosays.corroboration.Filled`."""
        result = self.to_fill.check(self.filled)
        for cell in result.cells:
            sign = {"right": "✓ right", "not yet": "✗ not yet"}.get(cell.state, "")
            self.marks[cell.claim_id, cell.account_id].value = html.escape(sign)
        more = f'<div class="ws">{result.table(answered_only=True).html()}</div>' if self.filled else ""
        self.status.say(result.summary(), more)
        self.checked = True
        return result

    def reveal(self):
        """What *What the accounts say* does: only after a try, so that nobody reads before thinking."""
        if not self.filled:
            self.status.say("Fill in at least one cell first. A guess is fine.")
            return
        words = "The findings in full: what each account says, its label, the host it was seen on, and its limits."
        self.status.say(words, f'<div class="ws">{self.to_fill.table.findings().html()}</div>')

    def __repr__(self):
        return repr(self.to_fill)
