"""A source card as fields: for each question of the card an answer, and what shows it.

``source_card("azernews-2021-film").check({...})`` does the same in code.
"""

import html

import ipywidgets as w

from ..evidence import cards
from .box import Box
from .fields import beside, button, buttons, fill, framed, menu, watch

PARTS = ("answer", "evidence")


class CardBox(Box):
    """One card: two menus a field, *Check*, *Show the finished card*, and a line that is read out.

    ``filled`` is what the fields hold, field name to ``{"answer": ..., "evidence": ...}``; it is
    saved at each change and there again when the cell is run anew.
    """

    def __init__(self, card):
        self.card, self.menus = card, {}
        self.check_button = button(
            "Check", self.check, True, "Say field by field what is right so far"
        )
        self.show_button = button(
            "Show the finished card", self.reveal, tooltip="Every field with what shows it"
        )
        headline = f"<strong>Source card: {html.escape(card.headline)}</strong>"
        super().__init__(
            card,
            w.HTML(f"<p>{headline}<br>{html.escape(card.place)}</p>"),
            *map(self._row, card.fields),
            buttons(self.check_button, self.show_button),
            self.status,
        )
        watch(lambda: self.after_change(card.keep(self.filled)), *self.menus.values())

    def _row(self, field):
        evidence = [(words, key) for key, words in cards.EVIDENCE.items()]
        pair = (
            menu(cards.FIELDS[field], cards.options(self.card.case, field), look="ws-cell"),
            menu(f"What shows the {cards.NAMES[field]}?", evidence, look="ws-cell"),
        )
        entry = self.card.kept().get(field, {})
        for part, dropdown in zip(PARTS, pair, strict=True):
            self.menus[field, part] = dropdown
            fill(dropdown, entry.get(part))
        return beside(*pair, max_width="58em")

    @property
    def filled(self) -> dict[str, dict[str, str]]:
        filled = {}
        for (field, part), dropdown in self.menus.items():
            if dropdown.value:
                filled.setdefault(field, {})[part] = dropdown.value
        return filled

    def check(self):
        """What the Check button does; returns the :class:`whosays.evidence.cards.CardFeedback`."""
        feedback = self.card.check(self.filled)
        self.status.say(feedback.summary(), framed(feedback.html()))
        self.checked = True
        return feedback

    def reveal(self) -> None:
        """What *Show the finished card* does, but only once something is filled in."""
        if self.filled:
            sentence = "The finished card, with what shows each field:"
            self.status.say(sentence, framed(self.card.finished().html()))
        else:
            self.status.say("Fill in at least one field first. A guess is fine.")
