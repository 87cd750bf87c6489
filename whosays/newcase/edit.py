"""Working on a case without counting characters: fill, add, mark a statement, join, keep, quote.

Each function takes the folder of a case first, changes its tables on disk and answers with an
:class:`~whosays.newcase.tables.Edit`, a sentence. What would break the case is refused in one
too, and then nothing is changed.
"""

from ..case.read import shorten
from .tables import Refused, around, as_cell, change, sweep


@change
def fill(tables, citation, **cells):
    """Fill cells of a row, or the same cells of several.

    A row is named by table and id, ``"claims/late-boat"``, several in a list. ``cells`` have by
    column what shall stand in it: None empties it, and a list is a list cell.
    """
    rows = [tables.row(one) for one in ([citation] if isinstance(citation, str) else citation)]
    if not rows:
        raise Refused("Name a row.")
    for table, row in rows:
        tables.set(table, row, cells)
    named = ", ".join(f"{table}/{row[tables.key(table)]}" for table, row in rows)
    told = "; ".join(
        f"{column}: {shorten(as_cell(value), 60).rstrip('.') or 'empty'}"
        for column, value in cells.items()
    )
    return f"{named} now {'has' if len(rows) == 1 else 'have'} {told}."


@change
def add(tables, table: str, row_id, **cells):
    """Add a row to a table; its id has lower-case letters, digits and hyphens only."""
    if table not in tables.rows:
        raise Refused(f"There is no table {table!r}; the tables are: {', '.join(tables.rows)}.")
    tables.add(table, row_id, cells)
    return f"{table}/{row_id} was added."


@change
def say(tables, source_id, words, claim, speaker=None, cue=None, agent=None, mode=None):
    """Mark a statement in a text: the row of ``assertions``, its passage and its offsets are made.

    Parameters
    ----------
    source_id : str
        The document.
    words : str
        What is said, exactly as it stands in the text, once.
    claim : str
        The id of the claim.
    speaker, cue : str, optional
        The words for who speaks and the words that say so, as they stand near it.
    agent : str, optional
        The voice, a row of ``agents``; the publisher by default.
    mode : str, optional
        As in ``assertions``; by default ``indirect`` with a cue, else ``unattributed``.
    """
    return tables.say(source_id, words, claim, speaker, cue, agent, mode)


@change
def join(tables, keep, *others):
    """Make one row of several of a table: what refers to the others refers to the one kept.

    Each is named by table and id, ``"agents/orrin-line"``.
    """
    table, kept = tables.row(keep)
    if table not in ("claims", "agents", "origins"):
        raise Refused(
            "Claims, agents and origins can be joined; other rows stand for places in a text."
        )
    ids = []
    for other in others:
        where, row = tables.row(other)
        if where != table:
            raise Refused(f"{other} is no row of {table}.")
        ids.append(row[tables.key(table)])
    gone = tables.join(table, kept[tables.key(table)], ids)
    verb = "are" if len(gone) > 1 else "is"
    return f"{', '.join(gone)} {verb} {table}/{kept[tables.key(table)]} now."


@change
def trace(tables, claim, origin, *assertions):
    """Say what statements rest on: those named, by default all of a claim.

    All are ids of rows; the origin is added with :func:`add` first.
    """
    claim, origin = tables.find("claims", claim)["claim_id"], tables.find("origins", origin)
    wanted = {a.removeprefix("assertions/") for a in assertions}
    told = [
        a
        for a in tables.rows["assertions"]
        if a["claim_id"] == claim and (not wanted or a["assertion_id"] in wanted)
    ]
    if missing := wanted - {a["assertion_id"] for a in told}:
        raise Refused(f"No statement of this claim: {', '.join(sorted(missing))}.")
    for statement in told:
        tables.set("assertions", statement, {"origin_id": origin["origin_id"]})
    sweep(tables, "origins")
    return f"{len(told)} statements of claims/{claim} rest on origins/{origin['origin_id']} now."


@change
def keep(tables, *claims):
    """Keep these claims and take the others out, with everything that was made for them.

    What somebody has worked on stays: a number whose note was emptied loses its claim only, and a
    claim that a finding speaks to cannot be taken out.
    """
    return tables.keep(claims)


@change
def quote(tables, *passage_ids):
    """Put the exact words of passages into the table, to be there without the whole text."""
    for name in passage_ids:
        row = tables.find("passages", name)
        text = tables.pack.texts.get(row["source_id"])
        if text is None:
            raise Refused(f"The text of {row['source_id']} is not at hand.")
        start, end = int(row["start"]), int(row["end"])
        cells = {"quoted": True, "exact": text[start:end]}
        cells |= around(text, start, end)
        tables.set("passages", row, cells)
    return f"{len(passage_ids)} passages carry their words now."
