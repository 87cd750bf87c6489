"""A desk for quotation cards: choose a card, and lay two of its wordings over each other.

The same in code: ``quotation_card(case, name)`` and ``quotation_card(case, name).compare(1, 2)``.
"""

import html
import textwrap

import ipywidgets as w

from .box import Box
from .fields import CHOOSE, framed, menu, watch


class QuotationCardBox(Box):
    """A menu of cards, two menus of wordings, the two aligned, and the whole card below.

    The desk has at least one card; the first is open to begin with.
    """

    def __init__(self, desk):
        self.cards = desk.pages
        titles = [(title, name) for name, title in desk.titles.items()]
        self.card = menu("Card:", titles, "100%")
        self.was = menu("One wording:", [], "100%")
        self.now = menu("Another wording:", [], "100%")
        self.whole = w.HTML()
        watch(self._open, self.card)
        watch(self._align, self.was, self.now)
        super().__init__(None, self.card, self.was, self.now, self.status, self.whole)
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
        self.whole.value = framed(self.chosen and self.chosen.html())
        if self.chosen and len(known) < 2:
            sentence = "The words of fewer than two wordings are known here"
            self.status.say(f"{sentence}: nothing to lay side by side.", asked=False)

    def _align(self):
        """The two that are chosen, aligned; an answer to an earlier pair is taken away."""
        self.status.say("", asked=False)
        if not (self.chosen and self.was.value and self.now.value):
            return
        if self.was.value == self.now.value:
            self.status.say("Choose two different wordings.")
            return
        alignment = self.chosen.compare(int(self.was.value), int(self.now.value))
        caption = f"<p>{html.escape(alignment.caption())}</p>"
        self.status.say(alignment.summary(), framed(caption + alignment.marked()))

    def __repr__(self):
        return repr(self.chosen)


def _label(wording):
    words = f"{wording.number}. {wording.where.split(' [')[0]}: {wording.words}"
    return textwrap.shorten(words, 100, placeholder=" …")
