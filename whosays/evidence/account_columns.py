"""Accounts beside each other: when each was made, from what, and what it could not see."""

from ..text.days import in_words
from ..view.cards import cards
from ..view.caveats import HOSTS
from ..view.show import TableView
from ..view.view import View
from .cited import checked_words


class AccountColumns(View):
    """Some accounts as columns.

    Parameters
    ----------
    account_ids : iterable of str
    """

    def __init__(self, case, account_ids):
        self.case = case
        self.accounts = [case.accounts[one] for one in account_ids]

    def columns(self) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """(publisher, [(asked, answer, remark), ...]) for each account."""
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

    def html(self):
        return cards("Accounts beside each other", self.columns(), long=True)

    def table(self) -> TableView:
        """The same as a table, a row for each account."""
        rows = [
            {"who": who, **{asked: answer for asked, answer, _ in lines}}
            for who, lines in self.columns()
        ]
        asked = dict.fromkeys(name for row in rows for name in row if name != "who")
        columns = {"who": "who", **{name: name for name in asked}}
        return TableView(rows, columns, "Accounts beside each other")


accounts_beside = AccountColumns
