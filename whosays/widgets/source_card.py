"""A source card as fields: for each question of the card an answer, and what shows it.

``source_card("azernews-2021-film").check({...})`` does the same in code.
"""

import html

import ipywidgets as w

from .. import cards
from . import fields
from .box import Box
from .guard import KeyGuard, StatusLine

PARTS = ("answer", "evidence")


class CardBox(Box):
    """One card: two menus a field, *Check*, *Show the card*, and a line that is read out.

    ``filled`` is what the fields hold, field name to ``{"answer": ..., "evidence": ...}``; it is
    saved at each change and there again when the cell is run anew.
    """

    def __init__(self, card):
        self.card = card
        self.menus = {}
        self.checked = False  # whether the status line tells of what the menus hold now
        self.status = StatusLine()
        self.check_button = w.Button(description="Check", button_style="primary", tooltip="Say field by field what is right so far")
        self.show_button = w.Button(description="Show the finished card", tooltip="Every field with what shows it")
        self.check_button.on_click(lambda _: self.check())
        self.show_button.on_click(lambda _: self.reveal())
        title = f"<p><strong>Source card: {html.escape(card.headline)}</strong><br>{html.escape(card.place)}</p>"
        super().__init__([
            w.HTML(fields.LOOK + title),
            *(self._row(field) for field in card.fields),
            w.HBox([self.check_button, self.show_button], layout=w.Layout(margin="0.5em 0 0 0")),
            self.status,
            KeyGuard(),
        ])
        self.add_class("ws-question")
        for menu in self.menus.values():
            menu.observe(lambda _: self._keep(), names="value")

    def _row(self, field):
        evidence = [(words, key) for key, words in cards.EVIDENCE.items()]
        pair = (
            fields.menu(cards.FIELDS[field], cards.options(self.card.case, field), look="ws-cell"),
            fields.menu(f"What shows the {cards.NAMES[field]}?", evidence, look="ws-cell"),
        )
        kept = self.card.kept().get(field, {})
        for part, made in zip(PARTS, pair, strict=True):
            self.menus[field, part] = made
            fields.fill(made, kept.get(part))
        return w.HBox(pair, layout=w.Layout(flex_flow="row wrap", width="100%", max_width="58em"))

    @property
    def filled(self):
        filled = {}
        for (field, part), menu in self.menus.items():
            if menu.value:
                filled.setdefault(field, {})[part] = menu.value
        return filled

    def _keep(self):
        problem = self.card.keep(self.filled)
        if problem:
            self.status.say(problem, asked=False)
        elif self.checked:
            self.checked = False
            self.status.say("Changed since the last check.", asked=False)

    def check(self):
        """What the Check button does; returns the :class:`whosays.cards.CardFeedback`."""
        feedback = self.card.check(self.filled)
        self.status.say(feedback.summary(), f'<div class="ws">{feedback.html()}</div>')
        self.checked = True
        return feedback

    def reveal(self):
        """What *Show the finished card* does: only after a try, so that nobody reads before thinking."""
        if not self.filled:
            self.status.say("Fill in at least one field first. A guess is fine.")
            return
        self.status.say("The finished card, with what shows each field:", f'<div class="ws">{self.card.finished().html()}</div>')

    def __repr__(self):
        return repr(self.card)

