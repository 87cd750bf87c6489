"""Accounts beside each other: when each was made, from what, and what it could not see."""

from ..text.days import in_words
from ..view.cards import Cards
from ..view.caveats import HOSTS
from ..view.named import checked_words


class AccountColumns(Cards):
    """Some accounts as columns, by their ids."""

    label, of, long = "Accounts beside each other", "who", True

    def __init__(self, case, account_ids):
        self.case = case
        self.accounts = [case.accounts[one] for one in account_ids]

    def cards(self) -> list[tuple[str, list]]:
        return [
            (self.case.agents[one.publisher].name, list(self._lines(one))) for one in self.accounts
        ]

    @staticmethod
    def _lines(one):
        yield "What", one.title, in_words(one.published or "no date")
        if one.dates_of_work:
            yield "When it was made", in_words(one.dates_of_work), ""
        yield "From what", one.method, ""
        yield "What limits it", one.limits, ""
        if one.caveat:
            yield "To be said with it", one.caveat, ""
        yield "Where we read it", checked_words(one), HOSTS.get(one.host_lean, "").rstrip(".")


accounts_beside = AccountColumns
