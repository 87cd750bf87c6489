"""Assertions, the claims that they make, and rows that nothing uses."""

from ..read import BAD, shorten
from .places import follows, hash_fits, held, named


def assertions(pack) -> None:
    for row in pack.rows("assertions", "assertion_id"):
        v = row.values
        passage = pack.find("passages", v["passage_id"])
        for column in ("source_id", "item_id"):
            follows(pack, "assertions", row, passage, column)
        parent = pack.find("assertions", v["parent"], "source_id")
        if parent and row.has("source_id") and parent.values["source_id"] != v["source_id"]:
            there = parent.values["source_id"]
            pack.add("assertions", row, "parent", "parent-elsewhere", there=there)
        if row.has("mode", "modes_accepted") and v["mode"] in v["modes_accepted"]:
            pack.add("assertions", row, "modes_accepted", "modes", mode=v["mode"])
        if v["mode"] in {"unattributed", "passive_no_source"} and row.has("source_text"):
            source = shorten(v["source_text"])
            pack.add("assertions", row, "mode", "mode-source", mode=v["mode"], source=source)
        if row.has("chain", "agent") and v["chain"][-1].agent != v["agent"]:
            last = v["chain"][-1].agent
            pack.add("assertions", row, "agent", "chain-agent", last=last, agent=v["agent"])
        if row.has("chain"):
            names = [step.agent for step in v["chain"]]
            for twice in sorted({n for n in names if names.count(n) > 1}):
                pack.add("assertions", row, "chain", "chain-repeats", agent=twice)
        known = pack.known.get(v["source_id"]) if row.has("source_id") else None
        for kind in ("source", "cue", "content"):
            _pieces(pack, row, kind, passage, known)


def _pieces(pack, row, kind, passage, known):
    v, column = row.values, f"{kind}_spans"
    words = "content_sha256" if kind == "content" else f"{kind}_text"
    if (v[column] is None) != (v[words] is None) and BAD not in (v[column], v[words]):
        empty, filled = (column, words) if v[column] is None else (words, column)
        if kind != "content":
            pack.add("assertions", row, empty, "spans-text", filled=filled, empty=empty)
    if not row.has(column):
        return
    for start, end in v[column]:
        if known is not None and end > len(known):
            problem, most = "span-outside-document.piece", len(known)
            pack.add("assertions", row, column, problem, start=start, end=end, most=most)
            return
    # A source or cue may stand before the passage (named earlier); content may not.
    place = (column, "content-outside-passage")
    if kind == "content" and not held(pack, "assertions", row, v[column], passage, *place):
        return
    if known is None or not row.has(words):
        return
    pieces = [known.slice(start, end) for start, end in v[column]]
    if None in pieces:
        return
    text = " ".join(pieces)
    if kind == "content":
        hash_fits(pack, "assertions", row, text, "content_sha256")
    elif text != v[words]:
        pack.add("assertions", row, words, "text-mismatch", there=shorten(text))


#: the tables whose rows have to be used, each with the tables that may use them; None for any
_USERS = {"claims": ("assertions", "findings"), "accounts": ("findings", "figures")}
_USERS |= {"passages": None, "agents": None}
_UNUSED = {"claims": "unused.claim", "accounts": "unused.account"}


def unused(pack) -> None:
    for name, users in _USERS.items():
        tables = [pack.tables[user] for user in users or pack.tables]
        if not all(table.complete for table in tables):
            continue
        used = {
            row_id
            for table in tables
            for column in table.schema.fields
            if column.to == name
            for row in pack.rows(table.name, column.name)
            for row_id in named(column, row.values[column.name])
        }
        key = pack.tables[name].schema.key
        for row in pack.rows(name, key):
            if row.values[key] not in used:
                problem = _UNUSED.get(name, "unused.row")
                pack.add(name, row, key, problem, id=row.values[key])
