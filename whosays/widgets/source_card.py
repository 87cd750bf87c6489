"""A source card as fields: for each question of the card an answer, and what shows it.

``source_card("azernews-2021-film").check({...})`` does the same in code.
"""

import html

import ipywidgets as w

from ..evidence import cards
from . import fields
from .checked import CheckedBox

PARTS = ("answer", "evidence")


class CardBox(CheckedBox):
    """One card: two menus a field, *Check*, *Show the finished card*, and a line that is read out.

    ``filled`` is what the fields hold, field name to ``{"answer": ..., "evidence": ...}``; it is
    saved at each change and there again when the cell is run anew.
    """

    def __init__(self, card):
        self.card = card
        self.menus = {}
        super().__init__(
            card,
            "<p><strong>Source card:"
            f" {html.escape(card.headline)}</strong><br>{html.escape(card.place)}</p>",
            [self._row(field) for field in card.fields],
            self.menus,
            "Say field by field what is right so far",
            ("Show the finished card", "Every field with what shows it"),
        )

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

    def check(self):
        """What the Check button does; returns the :class:`whosays.evidence.cards.CardFeedback`."""
        feedback = self.card.check(self.filled)
        return self.say_checked(feedback, feedback.html())

    def reveal(self):
        """What *Show the finished card* does."""
        self.show_after_a_try(
            "field", "The finished card, with what shows each field:", self.card.finished()
        )
