"""What can be wrong with a case pack. The words of each rule stand in ``problems.toml``."""

from dataclasses import dataclass

from ..base.words import words_of

_WORDS = words_of(__package__, "problems.toml")


@dataclass(frozen=True)
class PackProblem:
    """One thing that is wrong with a pack."""

    table: str  # the table (``claims``) or, for other files, the file (``datapackage.json``)
    row: int | None  # line of the file where the row starts; the header is line 1
    column: str | None
    value: str | None  # the cell as it stands, shortened
    rule: str  # short name of the rule, stable
    message: str  # what is wrong, in a sentence
    remedy: str  # what to do, in a sentence
    severity: str = "error"  # ``error`` (the pack is refused) or ``warning``
    id: str | None = None  # the row's id as it stands, where it has one

    def __str__(self):
        place = self.table if "." in self.table or "/" in self.table else f"{self.table}.csv"
        if self.row is not None:
            place += f", line {self.row}" + (f" ({self.id})" if self.id else "")
        if self.column is not None:
            place += f", column {self.column}"
        return f"{self.severity}: {place} [{self.rule}]\n  {self.message}\n  {self.remedy}"


def told(name: str, /, **words) -> tuple[str, str, str, str]:
    """What an entry of ``problems.toml`` says: rule, message, remedy, severity."""
    message, remedy, *severity = _WORDS["problems"][name]
    remedy = _WORDS["remedies"].get(remedy, remedy)
    rule = name.partition(".")[0]
    return rule, message.format(**words), remedy.format(**words), *(severity or ["error"])


class Problems(list):
    """The problems of a pack, in the order in which they were found."""

    def add(
        self,
        table: str,
        row,
        name: str,
        column: str | None = None,
        value=None,
        row_id: str | None = None,
        /,
        **words,
    ) -> None:
        """Add a problem by its name in ``problems.toml``; ``words`` fill its braces."""
        self.append(PackProblem(table, row, column, value, *told(name, **words), row_id))


class CellError(ValueError):
    """A cell that cannot be read: which rule it breaks, what is wrong and what to do.

    ``name`` is an entry of ``problems.toml``, whose braces ``words`` fill.
    """

    def __init__(self, name, /, **words):
        self.name, self.words = name, words
        super().__init__(told(name, **words)[1])
