"""Working on a case without counting characters: fill, add, mark a statement, join, keep, quote.

Each function changes the tables of a pack on disk and answers with a sentence. What would break the
pack is refused in a sentence too, and then nothing is changed: after every one of them the pack
still passes ``whosays check-case``, if it did before.
"""

from ..case.read import shorten
from ..case.rules.texts import CONTEXT
from .tables import Refused, as_cell, change, sweep


@change
def fill(tables, citation, **cells):
    """Fill cells of a row, or the same cells of several.

    Parameters
    ----------
    folder : path-like
        The case.
    citation : str or list of str
        ``table/row``: ``"claims/late-boat"``.
    **cells
        Column to what shall stand in it; None empties it, a list is a list cell.

    Returns
    -------
    Edit
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
    """Add a row to a table.

    Parameters
    ----------
    folder : path-like
    row_id : str
        Lower-case letters, digits, hyphens.
    **cells
        Column to what shall stand in it.

    Returns
    -------
    Edit
    """
    if table not in tables.rows:
        raise Refused(f"There is no table {table!r}; the tables are: {', '.join(tables.rows)}.")
    tables.add(table, row_id, cells)
    return f"{table}/{row_id} was added."


@change
def say(tables, source_id, words, claim, speaker=None, cue=None, agent=None, mode=None):
    """Mark a statement in a text: the row of ``assertions``, its passage and its offsets are made.

    Parameters
    ----------
    folder : path-like
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

    Returns
    -------
    Edit
    """
    return tables.say(source_id, words, claim, speaker, cue, agent, mode)


@change
def join(tables, keep, *others):
    """Make one row of several: what refers to the others refers to the one that is kept.

    Parameters
    ----------
    folder : path-like
    keep : str
        ``claims/late-boat`` or ``agents/orrin-line``.
    *others : str
        Rows of the same table.

    Returns
    -------
    Edit
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
    """Say what statements rest on: all of a claim, or some of them.

    Parameters
    ----------
    folder : path-like
    claim, origin : str
        Ids of rows; the origin is added with :func:`add` first.
    *assertions : str
        Only these; by default every statement of the claim.

    Returns
    -------
    Edit
    """
    _, row = tables.row(f"claims/{claim.removeprefix('claims/')}")
    _, to = tables.row(f"origins/{origin.removeprefix('origins/')}")
    wanted = {a.removeprefix("assertions/") for a in assertions}
    told = [
        a
        for a in tables.rows["assertions"]
        if a["claim_id"] == row["claim_id"] and (not wanted or a["assertion_id"] in wanted)
    ]
    if missing := wanted - {a["assertion_id"] for a in told}:
        raise Refused(f"No statement of this claim: {', '.join(sorted(missing))}.")
    for statement in told:
        tables.set("assertions", statement, {"origin_id": to["origin_id"]})
    sweep(tables, "origins")
    return (
        f"{len(told)} statements of claims/{row['claim_id']} rest on origins/{to['origin_id']} now."
    )


@change
def keep(tables, *claims):
    """Keep these claims and take the others out, with everything that was made for them.

    What somebody has worked on stays: a number whose note was emptied loses its claim only, and a
    claim that a finding speaks to cannot be taken out.

    Parameters
    ----------
    folder : path-like
    *claims : str

    Returns
    -------
    Edit
    """
    return tables.keep([c.removeprefix("claims/") for c in claims])


@change
def quote(tables, *passage_ids):
    """Put the exact words of passages into the table, to be there without the whole text.

    Parameters
    ----------
    folder : path-like
    *passage_ids : str

    Returns
    -------
    Edit
    """
    for name in passage_ids:
        _, row = tables.row(f"passages/{name.removeprefix('passages/')}")
        text = tables.pack.texts.get(row["source_id"])
        if text is None:
            raise Refused(f"The text of {row['source_id']} is not at hand.")
        start, end = int(row["start"]), int(row["end"])
        tables.set(
            "passages",
            row,
            {
                "quoted": True,
                "exact": text[start:end],
                "prefix": text[max(0, start - CONTEXT) : start],
                "suffix": text[end : end + CONTEXT],
            },
        )
    return f"{len(passage_ids)} passages carry their words now."
