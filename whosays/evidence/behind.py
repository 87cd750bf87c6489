"""Who stands behind a text: publisher, owner, whose words, who gains, taken in at a glance."""

from ..base.words import words_of
from ..view.cards import Cards
from .cards import EVIDENCE, card_of

# what is asked of a text -> the field of its source card
ASKED = words_of(__package__)["behind"]


class Behind(Cards):
    """One card a text, with what shows each answer.

    Parameters
    ----------
    source_ids : iterable of str
        The documents; all with a card when left out.
    """

    label, of = "Who stands behind these texts", "text"

    def __init__(self, case, source_ids=None):
        self.case = case
        carded = dict.fromkeys(card["source_id"] for card in case.cards)
        self.ids = list(carded if source_ids is None else source_ids)

    def cards(self) -> list[tuple[str, list]]:
        out = []
        for source_id in self.ids:
            rows, source = card_of(self.case, source_id), self.case.sources[source_id]
            year = (source.published or "no date")[:4]
            # a compilation may be headed by its year alone
            alone = source.headline == year
            title = f"The {source.genre} of {year}" if alone else f"{source.headline} ({year})"
            lines = [
                (asked, rows[field]["answer"], EVIDENCE[rows[field]["evidence"]])
                for asked, field in ASKED.items()
                if field in rows
            ]
            out.append((title, lines))
        return out


behind_texts = Behind
