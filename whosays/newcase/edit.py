"""Working on a case without counting characters: fill, add, mark a statement, join, keep, quote.

Each function takes the folder of a case first, changes its tables on disk and answers with an
:class:`~whosays.newcase.tables.TableEdit`, a sentence. What would break the case is refused in one
too, and then nothing is changed.
"""

from ..case import schema as case_schema
from ..case.first_pass import is_first_pass
from ..case.read import shorten
from ..text.spans import hash_text
from .draft import begins, cell, once, spans_cell
from .tables import Refused, Tables, around, as_cell, change, forget, line_number, sweep


@change
def fill(case, citation, **cells):
    """Fill cells of a row, or the same cells of several.

    A row is named by table and id, ``"claims/late-boat"``, several in a list. ``cells`` have by
    column what shall stand in it: None empties it, and a list is a list cell.
    """
    rows = [case.row(one) for one in ([citation] if isinstance(citation, str) else citation)]
    if not rows:
        raise Refused("Name a row.")
    for table, row in rows:
        case.set(table, row, cells)
    named = ", ".join(f"{table}/{row[case.key(table)]}" for table, row in rows)
    told = "; ".join(
        f"{column}: {shorten(as_cell(value), 60).rstrip('.') or 'empty'}"
        for column, value in cells.items()
    )
    return f"{named} now {'has' if len(rows) == 1 else 'have'} {told}."


@change
def add(case, table: str, row_id, **cells):
    """Add a row to a table; its id has lower-case letters, digits and hyphens only."""
    if table not in case.rows:
        raise Refused(f"There is no table {table!r}; the tables are: {', '.join(case.rows)}.")
    case.add(table, row_id, cells)
    return f"{table}/{row_id} was added."


@change
def say(
    case: Tables,
    source_id: str,
    words: str,
    claim: str,
    speaker=None,
    cue=None,
    agent=None,
    mode=None,
) -> str:
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
    source, claim = case.find("sources", source_id), case.find("claims", claim)["claim_id"]
    text = case.pack.texts.get(source_id)
    if text is None:
        raise Refused(f"The text of {source_id} is not at hand.")
    low = _only(text, words, source_id)
    high = low + len(words)
    holding = [i for i in case.rows["items"] if _holds(i, source_id, low, high)]
    if not holding:
        raise Refused(
            "These words do not stand inside one piece of the document: mark a part of them."
        )
    item = holding[0]
    told = {"source_id": source_id, "claim_id": claim, "content_spans": f"{low}-{high}"}
    for there in case.rows["assertions"]:
        if all(there[c] == v for c, v in told.items()):
            raise Refused(f"It is marked already: assertions/{there['assertion_id']}.")
    assertion = case.free("assertions", f"{item['item_id']}-a1")
    voice, chain = agent or source["outlet"], f"{source['outlet']}:masthead"
    cells = told | {
        "passage_id": _passage(case, text, source_id, item, low, high),
        "item_id": item["item_id"],
        "content_sha256": hash_text(words),
        "mode": mode or ("indirect" if cue else "unattributed"),
        "agent": voice,
        "chain": chain + f" > {voice}:explicit" * (voice != source["outlet"]),
        "origin_id": next(
            (o["origin_id"] for o in case.rows["origins"] if o["agent"] == voice), ""
        ),
        "optional": "false",
    }
    for role, words_of_role in (("source", speaker), ("cue", cue)):
        if words_of_role:
            at = _nearest(text, words_of_role, low, int(item["start"]), int(item["end"]))
            cells |= {
                f"{role}_spans": spans_cell([(at, at + len(words_of_role))]),
                f"{role}_text": words_of_role,
            }
    case.add("assertions", assertion, cells)
    return f"assertions/{assertion} was added: {shorten(words, 60)!r}, {voice}, {cells['mode']}."


@change
def join(case, keep, *others):
    """Make one row of several of a table: what refers to the others refers to the one kept.

    Each is named by table and id, ``"agents/orrin-line"``.
    """
    table, remaining = case.row(keep)
    if table not in ("claims", "agents", "origins"):
        raise Refused(
            "Claims, agents and origins can be joined; other rows stand for places in a text."
        )
    key = case.key(table)
    keep, gone = remaining[key], {}
    for other in others:
        where, row = case.row(other)
        if where != table:
            raise Refused(f"{other} is no row of {table}.")
        gone[row[key]] = row
    gone.pop(keep, None)
    if not gone:
        raise Refused("Name the rows to be joined with it.")
    _repoint(case, table, set(gone), keep)
    if table == "agents":
        names = remaining["aliases"].split("; ")
        for row in gone.values():
            names += [cell(row["name"]), *row["aliases"].split("; ")]
        names = [a for a in dict.fromkeys(names) if a and a != remaining["name"] and ";" not in a]
        remaining["aliases"] = "; ".join(names)
    forget(case, table, gone.values())
    verb = "are" if len(gone) > 1 else "is"
    return f"{', '.join(gone)} {verb} {table}/{keep} now."


@change
def keep(case: Tables, *claims) -> str:
    """Keep these claims and take the others out, with everything that was made for them.

    What somebody has worked on stays: a number whose note was emptied loses its claim only, and a
    claim that a finding speaks to cannot be taken out.
    """
    wanted = {case.find("claims", c)["claim_id"] for c in claims}
    if not wanted:
        raise Refused("Name the claims to be kept.")
    before = {name: len(rows) for name, rows in case.rows.items()}
    spoken = sorted({f["claim_id"] for f in case.rows["findings"]} - wanted)
    if spoken:
        raise Refused(
            f"Findings speak to {', '.join(spoken)}: keep these claims too, or take their"
            " findings out first."
        )
    rows = case.rows
    up = {a["assertion_id"]: a["parent"] for a in rows["assertions"]}
    rows["assertions"] = [a for a in rows["assertions"] if a["claim_id"] in wanted]
    left = {a["assertion_id"] for a in rows["assertions"]}
    for row in rows["assertions"]:
        while row["parent"] and row["parent"] not in left:
            row["parent"] = up[row["parent"]]
    rows["figures"] = [
        f for f in rows["figures"] if f["claim_id"] in wanted or not is_first_pass(f)
    ]
    rows["reuse_key"] = [r for r in rows["reuse_key"] if not is_first_pass(r) or _carries(case, r)]
    for table in ("quotations", "silences", "claims"):
        rows[table] = [row for row in rows[table] if row["claim_id"] in wanted]
    cards = {q["quotation_id"] for q in rows["quotations"]}
    rows["wordings"] = [w for w in rows["wordings"] if w["quotation_id"] in cards]
    figures = {f["figure_id"] for f in rows["figures"]}
    for table, column, there in (
        ("figures", "claim_id", wanted),
        ("figures", "part_of", figures),
        ("gaps", "claim_id", wanted),
    ):
        for row in rows[table]:
            row[column] = row[column] if row[column] in there else ""
    for table in ("origins", "passages", "agents"):
        sweep(case, table)
    names = {"claims": "claims", "assertions": "statements", "figures": "numbers"}
    names["reuse_key"] = "shared passages"
    gone = ", ".join(f"{before[t] - len(rows[t])} {name}" for t, name in names.items())
    return f"{len(wanted)} claims are kept; {gone} were taken out."


@change
def quote(case, *passage_ids):
    """Put the exact words of passages into the table, to be there without the whole text."""
    for name in passage_ids:
        row = case.find("passages", name)
        text = case.pack.texts.get(row["source_id"])
        if text is None:
            raise Refused(f"The text of {row['source_id']} is not at hand.")
        start, end = int(row["start"]), int(row["end"])
        cells = {"quoted": True, "exact": text[start:end]}
        cells |= around(text, start, end)
        case.set("passages", row, cells)
    return f"{len(passage_ids)} passages carry their words now."


def _only(text, words, source_id):
    if not words.strip():
        raise Refused("Give the words as they stand in the text.")
    n = text.count(words)
    if n > 1:
        raise Refused(f"These words stand {n} times in {source_id}: give a few more.")
    if not n:
        raise Refused(
            f"These words do not stand in {source_id} so; copy them, with their marks and spaces."
        )
    return text.index(words)


def _holds(row, source_id, low, high):
    """Whether an item or a passage holds a stretch of a document."""
    return row["source_id"] == source_id and int(row["start"]) <= low and high <= int(row["end"])


def _nearest(text, said, at, low, high):
    places, place = [], text.find(said, low, high)
    while place >= 0:
        places.append(place)
        place = text.find(said, place + 1, high)
    if not places:
        raise Refused(f"{said!r} does not stand in this piece so; copy it from the text.")
    return min(places, key=lambda p: abs(p - at))


def _passage(case, text, source_id, item, low, high):
    """The id of a passage of whole lines that holds the words: one that is there, or a new one."""
    for row in case.rows["passages"]:
        if _holds(row, source_id, low, high):
            return row["passage_id"]
    start = max(text.rfind("\n", 0, low) + 1, int(item["start"]))
    end = text.find("\n", high - 1)
    words = text[start : min(len(text) if end < 0 else end, int(item["end"]))]
    start, words = start + len(words) - len(words.lstrip()), words.strip()
    number = line_number(text, item, start)
    passage = case.free("passages", f"{item['item_id']}-p{number}")
    cells = {"source_id": source_id, "item_id": item["item_id"], "paragraph": number}
    cells |= {"start": start, "end": start + len(words), "sha256": hash_text(words)}
    case.add("passages", passage, cells | {"quoted": False, "about": begins(words)})
    return passage


def _carries(case, reuse):
    """Whether a shared passage holds a statement that is kept."""
    for side in "ab":
        low, high = int(reuse[f"{side}_start"]), int(reuse[f"{side}_end"])
        for row in case.rows["assertions"]:
            if row["item_id"] == reuse[f"{side}_item"]:
                spans = (piece.split("-") for piece in row["content_spans"].split(";"))
                if any(int(a) < high and low < int(b) for a, b in spans):
                    return True
    return False


def _repoint(case, table, gone, keep):
    for name, schema in case_schema.tables().items():
        for column in schema.fields:
            if column.to != table:
                continue
            for row in case.rows[name]:
                words = row[column.name]
                if not words:
                    continue
                if column.kind == "chain":
                    steps = (step.partition(":")[::2] for step in words.split(" > "))
                    new = once((keep if agent in gone else agent, how) for agent, how in steps)
                elif column.kind == "list":
                    named = (keep if w in gone else w for w in words.split("; "))
                    new = "; ".join(dict.fromkeys(named))
                else:
                    new = keep if words in gone else words
                if name == "origins" and column.name == "derived_from" and new == row["origin_id"]:
                    new = ""
                row[column.name] = new
