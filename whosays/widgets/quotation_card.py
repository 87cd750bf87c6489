"""A desk for quotation cards: choose a card, and lay two of its wordings over each other.

The same in code: ``quotation_card(case, name)`` and ``quotation_card(case, name).compare(1, 2)``.
"""

import html
import textwrap

import ipywidgets as w

from .box import Box
from .fields import CHOOSE, LOOK, menu
from .guard import KeyGuard, StatusLine


class QuotationCardBox(Box):
    """A menu of cards, two menus of wordings, the two aligned, and the whole card below.

    Parameters
    ----------
    desk : whosays.evidence.quotations.CardDesk
        With at least one card; the first is open to begin with.
    """

    def __init__(self, desk):
        self.cards = {card.row.quotation_id: card for card in desk.cards}
        self.card = menu(
            "Card:", [(card.row.title, name) for name, card in self.cards.items()], "100%"
        )
        self.was = menu("One wording:", [], "100%")
        self.now = menu("Another wording:", [], "100%")
        self.whole = w.HTML()
        self.status = StatusLine()
        self.card.observe(lambda _: self._open(), names="value")
        for field in (self.was, self.now):
            field.observe(lambda _: self._align(), names="value")
        super().__init__(
            [w.HTML(LOOK), self.card, self.was, self.now, self.status, self.whole, KeyGuard()]
        )
        self.add_class("ws-question")
        self.card.value = next(iter(self.cards))

    @property
    def chosen(self):
        """The card that is chosen, or None."""
        return self.cards.get(self.card.value)

    def _open(self):
        """Another card: its wordings into the menus, and itself below."""
        known = self.chosen.known if self.chosen else []
        options = [(CHOOSE, ""), *((_label(wording), str(wording.number)) for wording in known)]
        for field in (self.was, self.now):
            field.options = options
            field.value = ""
        self.whole.value = f'<div class="ws">{self.chosen.html()}</div>' if self.chosen else ""
        if self.chosen and len(known) < 2:
            self.status.say(
                "The words of fewer than two wordings are known here: nothing to lay side by side.",
                asked=False,
            )

    def _align(self):
        """The two that are chosen, aligned; an answer to an earlier pair is taken away."""
        self.status.say("", asked=False)
        if not (self.chosen and self.was.value and self.now.value):
            return
        if self.was.value == self.now.value:
            self.status.say("Choose two different wordings.")
            return
        found = self.chosen.compare(int(self.was.value), int(self.now.value))
        self.status.say(
            found.summary(),
            f'<div class="ws"><p>{html.escape(found.caption())}</p>{found.marked()}</div>',
        )

    def __repr__(self):
        return repr(self.chosen)


def _label(wording):
    return textwrap.shorten(
        f"{wording.number}. {wording.where.split(' [')[0]}: {wording.words}", 100, placeholder=" …"
    )
