"""The rules of a case pack.

A rule is a function of an ``Inspection`` that adds what it finds wrong. It skips rows
whose cells could not be read (those have their own problem already) and references into
tables that could not be read to the end, so that one slip is reported once; it never raises.
"""

import itertools
import re
from bisect import bisect_left
from hashlib import sha256

from ..reuse.fingerprint import FingerprintError, gram_hashes, make_fingerprint, parse_fingerprint
from ..text.fold import PlaceNames, place_names, words
from ..text.spans import hash_text
from . import schema as case_schema
from .read import BAD, decode, inside, read_bytes, read_json, shorten
from .texts import KnownText, find_texts

QUOTED_SHARE = 0.36
QUOTE_WORDS = 25
CONTEXT = 32
REASON_WORDS = 3
STRENGTH = {"SO": 1, "VR": 2, "VP": 3}
NOT_COUNTED = re.compile(
    r"\bnot (?:said|stated|noted|known)\b|\b(?:did|does) not count\b|\bnobody counted\b",
    re.IGNORECASE,
)


# --- the package ---------------------------------------------------------------------------------


def _package(pack):
    place = "datapackage.json"
    path = inside(pack.folder, place, place, pack.problems)
    package = read_json(path, place, pack.problems) if path else None
    if package is None:
        return
    write = (
        "Run whosays check-case --write-datapackage FOLDER to write the resources anew; the rest is"
        " kept."
    )
    if not isinstance(package, dict):
        pack.add(place, None, None, "package", "The file does not hold one object.", write)
        return
    pack.package = package
    for name in ("name", "title"):
        if not isinstance(package.get(name), str) or not package[name].strip():
            message = f"The package has no {name}."
            pack.add(place, None, name, "package", message, f"Add a {name}, in quotation marks.")
    if not package.get("licenses"):
        message = "The package names no licences."
        remedy = "Add licenses: a list of objects with a name, and a path or title."
        pack.add(place, None, "licenses", "package", message, remedy, "warning")
    resources = package.get("resources")
    if not isinstance(resources, list) or not all(isinstance(r, dict) for r in resources):
        pack.add(
            place, None, "resources", "package", "The package has no list of resources.", write
        )
        return
    seen = {}
    for resource in resources:
        name = resource.get("name")
        label = f"resources/{shorten(name)}"
        if not isinstance(name, str) or name not in case_schema.tables():
            known = f"The tables of a pack are: {', '.join(case_schema.tables())}."
            message = f"The package lists {shorten(name)!r}, which is no table of a pack."
            pack.add(place, None, label, "extra-table", message, known)
            continue
        if name in seen:
            pack.add(
                place,
                None,
                label,
                "duplicate-resource",
                f"The table {name!r} is listed twice.",
                write,
            )
        seen[name] = resource
        where = resource.get("path")
        if not isinstance(where, str):
            pack.add(place, None, label, "resource-path", f"The table {name!r} has no path.", write)
        elif inside(pack.folder, where, place, pack.problems, label) and where != f"{name}.csv":
            message = f"The table {name!r} is said to be in {shorten(where)!r}."
            pack.add(
                place,
                None,
                label,
                "resource-path",
                message,
                f"Name the file {name}.csv, and so in the package.",
            )
        if resource.get("schema") != case_schema.tables()[name].descriptor:
            message = f"The schema of {name!r} is not the one on the format page."
            pack.add(place, None, label, "resource-schema", message, write)
        if str(resource.get("encoding", "utf-8")).lower() != "utf-8":
            pack.add(
                place,
                None,
                label,
                "resource-encoding",
                f"The table {name!r} is not said to be UTF-8.",
                write,
            )
    for name, schema in case_schema.tables().items():
        there = not schema.optional or (pack.folder / f"{name}.csv").exists()
        if there and name not in seen:
            pack.add(
                place,
                None,
                f"resources/{name}",
                "missing-resource",
                f"The table {name!r} is not listed.",
                write,
            )
        if schema.optional and name in seen and not there:
            message = f"The file {name}.csv is not there, though the package lists it."
            pack.add(
                name, None, None, "missing-file", message, "Add the file, or take it off the list."
            )


def _stray_tables(pack):
    for path in sorted(pack.folder.glob("*.csv")):
        if path.stem not in case_schema.tables():
            pack.add(
                path.name,
                None,
                None,
                "extra-table",
                f"{path.name} is no table of a pack.",
                f"Take it out; the tables are: {', '.join(case_schema.tables())}.",
            )


# --- ids and references --------------------------------------------------------------------------


def _ids(pack):
    for table in pack.tables.values():
        first = {}
        for row in table.rows:
            if not row.has(key := table.schema.key):
                continue
            row_id = row.values[key]
            if row_id in first:
                message = f"The id {row_id!r} is already that of line {first[row_id]}."
                pack.add(
                    table.name, row, key, "duplicate-id", message, "Give each row an id of its own."
                )
            first.setdefault(row_id, row.line)


def _references(pack):
    for table in pack.tables.values():
        for column in table.schema.fields:
            if column.to is None or not pack.tables[column.to].complete:
                continue
            for row in table.rows:
                if not row.has(column.name):
                    continue
                value = row.values[column.name]
                if column.kind == "chain":
                    wanted = [step.agent for step in value]
                else:
                    wanted = value if isinstance(value, list) else [value]
                for row_id in wanted:
                    if pack.find(column.to, row_id) is None:
                        message = f"There is no row {row_id!r} in {column.to}."
                        remedy = f"Add the row to {column.to}.csv, or correct the id."
                        pack.add(
                            table.name, row, column.name, "dangling-reference", message, remedy
                        )


def _cycles(pack):
    for table, column in (
        ("assertions", "parent"),
        ("figures", "part_of"),
        ("origins", "derived_from"),
    ):
        to = {
            row.values[pack.tables[table].schema.key]: row
            for row in reversed(pack.rows(table, pack.tables[table].schema.key))
        }
        done = set()
        for start in to:
            path, at = [], start
            while at in to and at not in done and at not in path:
                path.append(at)
                at = to[at].values.get(column)
            if at in path:
                ring = path[path.index(at) :]
                row = min((to[i] for i in ring), key=lambda r: r.line)
                message = f"The rows go round in a circle: {' > '.join([*ring, at])}."
                pack.add(
                    table,
                    row,
                    column,
                    "cycle",
                    message,
                    f"Empty {column} in the row that comes first in fact.",
                )
            done.update(path)


# --- documents, items, passages ------------------------------------------------------------------


def _texts(pack):
    """Find whole texts; what is shipped must be the text it is said to be."""
    wanted = {}
    for row in pack.rows("sources", "source_id", "sha256"):
        source_id, sha, where = (row.values[c] for c in ("source_id", "sha256", "text"))
        if where is BAD:
            continue
        if where is None:
            wanted.setdefault(source_id, sha)
            continue
        path = inside(pack.folder, where, "sources", pack.problems, "text", row.line)
        data = read_bytes(path, where, pack.problems) if path else None
        if data is None:
            continue
        if sha256(data).hexdigest() == sha:
            text = decode(data, where, pack.problems)
            if text is not None:
                pack.texts[source_id] = data.decode("utf-8")
            continue
        message = (
            f"{where} is not the text with this sha256; its own is {sha256(data).hexdigest()}."
        )
        remedy = "Restore the text unchanged (mind line ends), or correct sha256 and all offsets."
        pack.add("sources", row, "sha256", "text-sha256", message, remedy)
    found_texts, pack.strangers = find_texts(pack.folder, wanted)
    for source_id, found in found_texts.items():
        pack.texts[source_id] = found.text
        if found.dress:
            row = pack.find("sources", source_id)
            message = (
                f"The file {found.path.name} is the text of {source_id}, but for {found.dress}."
            )
            pack.add(
                "sources",
                row,
                "sha256",
                "text-dress",
                message,
                "Nothing needs doing: it is read as the text.",
                "warning",
            )
    for row in pack.rows("sources", "source_id", "characters"):
        source_id, characters = row.values["source_id"], row.values["characters"]
        text = pack.texts.get(source_id)
        pack.known.setdefault(source_id, KnownText(characters, text))
        if text is not None:
            _count(pack, "sources", row, text)
            if characters != len(text):
                message = f"The text has {len(text)} code points, not {characters}."
                pack.add("sources", row, "characters", "characters", message, f"Write {len(text)}.")


def _count(pack, table, row, text):
    if row.has("words") and row.values["words"] != len(text.split()):
        message = f"The text has {len(text.split())} words, not {row.values['words']}."
        remedy = f"Write {len(text.split())}: words are counted by splitting at white space."
        pack.add(table, row, "words", "words", message, remedy)


def _extent(pack, table, row, start="start", end="end", source="source_id"):
    """Whether a row's span is the right way round and inside its document."""
    if not row.has(start, end):
        return False
    a, b = row.values[start], row.values[end]
    if a >= b:
        message = f"The span {a}-{b} does not end after it starts."
        remedy = "Write the smaller offset first; the end is one past the last character."
        pack.add(table, row, end, "span-reversed", message, remedy)
        return False
    document = pack.find("sources", row.values.get(source))
    if document is not None and document.has("characters") and b > document.values["characters"]:
        message = (
            f"The span {a}-{b} ends after the document, which has {document.values['characters']}"
            " characters."
        )
        pack.add(
            table,
            row,
            end,
            "span-outside-document",
            message,
            "Correct the offsets, or the document.",
        )
        return False
    return True


def _hash(pack, table, row, text, column="sha256"):
    if row.has(column) and hash_text(text) != row.values[column]:
        message = f"The text at this place has the sha256 {hash_text(text)}."
        remedy = "Correct the offsets or the text, and write the hash anew."
        pack.add(table, row, column, "sha256", message, remedy)
        return False
    return True


def _items(pack):
    by_source = {}
    for row in pack.rows("items", "item_id", "source_id"):
        by_source.setdefault(row.values["source_id"], []).append(row)
        row.sound = _extent(pack, "items", row)
        known = pack.known.get(row.values["source_id"])
        if row.sound and known and known.whole is not None:
            text = known.slice(row.values["start"], row.values["end"])
            _hash(pack, "items", row, text)
            _count(pack, "items", row, text)
    for source_id, rows in by_source.items():
        sound = sorted((r for r in rows if r.sound), key=lambda r: r.values["start"])
        for a, b in itertools.pairwise(sound):
            if b.values["start"] < a.values["end"]:
                message = (
                    f"The item overlaps {a.values['item_id']!r}, which ends at {a.values['end']}."
                )
                pack.add(
                    "items",
                    b,
                    "start",
                    "items-overlap",
                    message,
                    "Let each item begin where the one before ends.",
                )
        orders = sorted((r for r in rows if r.has("order")), key=lambda r: r.values["order"])
        for wanted, row in enumerate(orders, 1):
            if row.values["order"] != wanted:
                message = (
                    f"The items of {source_id!r} are not numbered 1, 2, 3, ...: here {wanted} was"
                    " expected."
                )
                pack.add(
                    "items",
                    row,
                    "order",
                    "item-order",
                    message,
                    "Number the items of each document from 1.",
                )
                break
        by_order = [r for r in orders if r.sound]
        if by_order != sorted(by_order, key=lambda r: r.values["start"]) and len(by_order) == len(
            orders
        ):
            message = f"The order of the items of {source_id!r} is not that of their offsets."
            pack.add(
                "items",
                by_order[0],
                "order",
                "item-order",
                message,
                "Number the items in the order of the text.",
            )
    if pack.tables["items"].complete:
        for row in pack.rows("sources", "source_id"):
            if row.values["source_id"] not in by_source:
                message = "The document has no item."
                remedy = "Add at least one row to items.csv; it may span the whole document."
                pack.add("sources", row, "source_id", "no-item", message, remedy)


def _passages(pack):
    for row in pack.rows("passages", "passage_id", "source_id"):
        row.sound = _extent(pack, "passages", row)
        v = row.values
        item = pack.find("items", v["item_id"]) if v["item_id"] else None
        if (
            item is not None
            and item.has("source_id")
            and item.values["source_id"] != v["source_id"]
        ):
            message = f"The item {v['item_id']!r} stands in {item.values['source_id']!r}."
            pack.add(
                "passages", row, "item_id", "disagrees", message, "Name the item of this document."
            )
        elif item is not None and row.sound and item.has("start", "end"):
            if not item.values["start"] <= v["start"] < v["end"] <= item.values["end"]:
                message = (
                    "The passage is not inside its item"
                    f" ({item.values['start']}-{item.values['end']})."
                )
                pack.add(
                    "passages",
                    row,
                    "start",
                    "passage-outside-item",
                    message,
                    "Correct the offsets or the item.",
                )
        _quotation(pack, row)
    by_item = {}
    for row in pack.rows("passages", "item_id", "paragraph", "start"):
        by_item.setdefault(row.values["item_id"], []).append(row)
    for rows in by_item.values():
        rows.sort(key=lambda r: (r.values["start"], r.line))
        for a, b in itertools.pairwise(rows):
            if b.values["paragraph"] < a.values["paragraph"]:
                message = (
                    f"Paragraph {b.values['paragraph']} comes after paragraph"
                    f" {a.values['paragraph']} (passage {a.values.get('passage_id')!r})."
                )
                remedy = (
                    "Count the item's non-blank lines from 1; a passage has the number of its first"
                    " line."
                )
                pack.add("passages", b, "paragraph", "paragraph", message, remedy)
    for row in pack.rows("passages", "source_id", "item_id", "paragraph", "start"):
        known, item = (
            pack.known.get(row.values["source_id"]),
            pack.find("items", row.values["item_id"]),
        )
        if known is None or known.whole is None or item is None or not item.has("start"):
            continue
        before = known.slice(item.values["start"], row.values["start"] + 1)
        number = sum(1 for line in before.split("\n") if line.strip())
        if row.values["paragraph"] != number and row.values["start"] >= item.values["start"]:
            message = (
                f"The passage starts in non-blank line {number} of its item, not"
                f" {row.values['paragraph']}."
            )
            pack.add(
                "passages", row, "paragraph", "paragraph", message, f"Write {number}.", "warning"
            )


def _quotation(pack, row):
    """A quoted passage carries its exact text, which is what its offsets and hash say."""
    v = row.values
    if not row.has("quoted"):
        return
    texts = [c for c in ("exact", "prefix", "suffix") if v[c] is not None and v[c] is not BAD]
    if not v["quoted"]:
        for column in texts:
            message = f"The passage is not quoted, but {column} is filled."
            pack.add(
                "passages",
                row,
                column,
                "not-quoted",
                message,
                "Empty the cell, or set quoted to true.",
            )
        known = pack.known.get(v["source_id"])
        if row.sound and known and known.whole is not None:
            _hash(pack, "passages", row, known.slice(v["start"], v["end"]))
        return
    if v["exact"] is None:
        pack.add(
            "passages",
            row,
            "exact",
            "required",
            "The passage is quoted, but exact is empty.",
            "Give its exact text.",
        )
    for column in ("prefix", "suffix"):
        if column in texts and len(v[column]) > CONTEXT:
            message = f"{column} has {len(v[column])} characters; at most {CONTEXT} are kept."
            pack.add(
                "passages",
                row,
                column,
                "context-too-long",
                message,
                "Shorten it at the end away from the quotation.",
            )
    if not row.sound or "exact" not in texts:
        return
    whole = _hash(pack, "passages", row, v["exact"])
    if len(v["exact"]) != v["end"] - v["start"]:
        length = v["end"] - v["start"]
        message = (
            f"The text has {len(v['exact'])} characters, the span {v['start']}-{v['end']} has"
            f" {length}."
        )
        pack.add(
            "passages", row, "exact", "span-mismatch", message, "Correct the offsets or the text."
        )
        return
    known = pack.known.get(v["source_id"])
    if not whole or known is None:
        return
    for column, start in (
        ("exact", v["start"]),
        ("prefix", v["start"] - len(v["prefix"] or "")),
        ("suffix", v["end"]),
    ):
        if column in texts and not known.add(start, v[column]):
            if column == "exact":
                message = "The document has another text at this place."
                pack.add(
                    "passages",
                    row,
                    column,
                    "span-mismatch",
                    message,
                    "Correct the offsets or the text.",
                )
            else:
                message = f"The document has another text at this place than this {column}."
                pack.add(
                    "passages",
                    row,
                    column,
                    "context-mismatch",
                    message,
                    "Copy the neighbouring text unchanged.",
                )


def _quoted_share(pack):
    for row in pack.rows("sources", "source_id", "words"):
        known = pack.known.get(row.values["source_id"])
        if row.values["text"] is not None or known is None:
            continue
        quoted = (
            known.words()
            if known.whole is None
            else _quoted_words(pack, row.values["source_id"], known)
        )
        if quoted > QUOTED_SHARE * row.values["words"]:
            share = quoted / row.values["words"]
            message = (
                f"The passages quote {share:.0%} of the document's words; at most"
                f" {QUOTED_SHARE:.0%} may be."
            )
            remedy = (
                "Set quoted to false for some passages and empty exact, prefix and suffix; the rest"
                " remains."
            )
            pack.add("sources", row, "words", "quoted-share", message, remedy)


def _quoted_words(pack, source_id, known):
    """The same count with the whole text at hand: only what the pack itself quotes."""
    quoted = KnownText(len(known))
    for row in pack.rows("passages", "source_id", "start", "end", "exact"):
        v = row.values
        if v["source_id"] == source_id and v["quoted"] is True:
            for start, text in (
                (v["start"], v["exact"]),
                (v["start"] - len(v["prefix"] or ""), v["prefix"]),
                (v["end"], v["suffix"]),
            ):
                if text:
                    quoted.add(start, text)
    return quoted.words()


# --- claims and assertions -----------------------------------------------------------------------


def _assertions(pack):
    for row in pack.rows("assertions", "assertion_id"):
        v = row.values
        passage = pack.find("passages", v["passage_id"]) if v["passage_id"] else None
        for column in ("source_id", "item_id"):
            if (
                passage is not None
                and row.has(column)
                and passage.has(column)
                and v[column] != passage.values[column]
            ):
                message = (
                    f"The passage {v['passage_id']!r} has {column} {passage.values[column]!r}."
                )
                pack.add(
                    "assertions",
                    row,
                    column,
                    "disagrees",
                    message,
                    "Let the assertion follow its passage.",
                )
        parent = pack.find("assertions", v["parent"]) if v["parent"] else None
        if parent is not None and row.has("source_id") and parent.has("source_id"):
            if parent.values["source_id"] != v["source_id"]:
                message = f"The parent stands in another document, {parent.values['source_id']!r}."
                remedy = "A parent is the attribution around this one, in the same document."
                pack.add("assertions", row, "parent", "parent-elsewhere", message, remedy)
        if row.has("mode", "modes_accepted") and v["mode"] in v["modes_accepted"]:
            message = f"modes_accepted repeats the mode {v['mode']!r}."
            pack.add(
                "assertions", row, "modes_accepted", "modes", message, "List only the other modes."
            )
        if v["mode"] in {"unattributed", "passive_no_source"} and row.has("source_text"):
            message = (
                f"The mode is {v['mode']}, but a source is marked: {shorten(v['source_text'])!r}."
            )
            remedy = "Choose another mode, or empty source_spans and source_text."
            pack.add("assertions", row, "mode", "mode-source", message, remedy, "warning")
        if row.has("chain", "agent") and v["chain"][-1].agent != v["agent"]:
            message = f"The chain ends with {v['chain'][-1].agent!r}, the agent is {v['agent']!r}."
            pack.add(
                "assertions",
                row,
                "agent",
                "chain-agent",
                message,
                "The agent is the innermost voice of the chain.",
            )
        if row.has("chain"):
            names = [step.agent for step in v["chain"]]
            for twice in sorted({n for n in names if names.count(n) > 1}):
                message = f"{twice!r} is in the chain twice."
                remedy = "Check the chain; a voice that relays itself is one step."
                pack.add("assertions", row, "chain", "chain-repeats", message, remedy, "warning")
        known = pack.known.get(v["source_id"]) if v["source_id"] else None
        for kind in ("source", "cue", "content"):
            _pieces(pack, row, kind, passage, known)


def _pieces(pack, row, kind, passage, known):
    v, column = row.values, f"{kind}_spans"
    words = "content_sha256" if kind == "content" else f"{kind}_text"
    if (v[column] is None) != (v[words] is None) and BAD not in (v[column], v[words]):
        empty, filled = (column, words) if v[column] is None else (words, column)
        if kind != "content":
            message = f"{filled} is filled and {empty} is empty."
            pack.add("assertions", row, empty, "spans-text", message, "Fill both, or neither.")
    if not row.has(column):
        return
    for start, end in v[column]:
        if known is not None and end > len(known):
            message = (
                f"The piece {start}-{end} ends after the document, which has {len(known)}"
                " characters."
            )
            pack.add(
                "assertions", row, column, "span-outside-document", message, "Correct the offsets."
            )
            return
        outside = passage is not None and passage.has("start", "end")
        outside = outside and not passage.values["start"] <= start < end <= passage.values["end"]
        # A source or cue may stand before the passage (named earlier); content may not.
        if outside and kind == "content":
            message = f"The piece {start}-{end} is not inside the passage."
            pack.add(
                "assertions",
                row,
                column,
                "content-outside-passage",
                message,
                "Correct the offsets or the passage.",
            )
            return
    if known is None or not row.has(words):
        return
    pieces = [known.slice(start, end) for start, end in v[column]]
    if None in pieces:
        return
    text = " ".join(pieces)
    if kind == "content":
        _hash(pack, "assertions", row, text, "content_sha256")
    elif text != v[words]:
        message = f"The document has {shorten(text)!r} at this place."
        pack.add(
            "assertions",
            row,
            words,
            "text-mismatch",
            message,
            "Copy the words unchanged, or correct the offsets.",
        )


def _claims_used(pack):
    if not pack.tables["assertions"].complete or not pack.tables["findings"].complete:
        return
    used = {
        r.values["claim_id"] for t in ("assertions", "findings") for r in pack.rows(t, "claim_id")
    }
    for row in pack.rows("claims", "claim_id"):
        if row.values["claim_id"] not in used:
            message = "No passage asserts the claim and no account speaks to it."
            pack.add(
                "claims",
                row,
                "claim_id",
                "unused",
                message,
                "Add an assertion or a finding, or take it out.",
                "warning",
            )


def _unused(pack):
    used = {"passages": set(), "agents": set()}
    for table in pack.tables.values():
        if not table.complete:
            return
        for column in table.schema.fields:
            if column.to in used:
                for row in pack.rows(table.name, column.name):
                    value = row.values[column.name]
                    if column.kind == "chain":
                        used["agents"].update(step.agent for step in value)
                    else:
                        used[column.to].update(value if isinstance(value, list) else [value])
    for name, ids in used.items():
        key = pack.tables[name].schema.key
        for row in pack.rows(name, key):
            if row.values[key] not in ids:
                message = f"Nothing refers to the row {row.values[key]!r}."
                pack.add(name, row, key, "unused", message, "Use it, or take it out.", "warning")


# --- quotations ----------------------------------------------------------------------------------


def _wordings(pack):
    """A wording stands in a passage or in a finding, and its words inside that passage."""
    seen = set()
    for row in pack.rows("wordings", "wording_id"):
        v = row.values
        if (v["passage_id"] is None and v["finding_id"] is None) or row.has(
            "passage_id", "finding_id"
        ):
            message = "The wording needs a passage_id or a finding_id, and only one of them."
            pack.add(
                "wordings",
                row,
                "passage_id",
                "wording-place",
                message,
                "Say where it stands: in one or the other.",
            )
            continue
        if row.has("passage_id") and v["word_spans"] is None:
            message = "The wording stands in a passage, but word_spans is empty."
            pack.add(
                "wordings",
                row,
                "word_spans",
                "wording-place",
                message,
                "Say which words are the quotation.",
            )
        passage = pack.find("passages", v["passage_id"]) if row.has("passage_id") else None
        for column in ("word_spans", "gloss_spans"):
            if not row.has(column):
                continue
            if passage is None:
                message = f"{column} is filled, but there is no passage."
                pack.add(
                    "wordings",
                    row,
                    column,
                    "wording-place",
                    message,
                    "Empty it, or give the passage.",
                )
            elif passage.has("start", "end"):
                low, high = passage.values["start"], passage.values["end"]
                if not all(low <= start < end <= high for start, end in v[column]):
                    message = f"{column} is not inside its passage ({low}-{high})."
                    pack.add(
                        "wordings",
                        row,
                        column,
                        "wording-outside-passage",
                        message,
                        "Correct the spans or the passage.",
                    )
        finding = pack.find("findings", v["finding_id"]) if row.has("finding_id") else None
        if finding is not None and row.has("label") and finding.has("label"):
            if STRENGTH[v["label"]] > STRENGTH[finding.values["label"]]:
                message = (
                    f"The label is {v['label']}, that of its finding {finding.values['label']}."
                )
                remedy = "A wording is no better verified than the finding that has it."
                pack.add("wordings", row, "label", "label-too-strong", message, remedy)
        if row.has("quotation_id", "order"):
            place = (v["quotation_id"], v["order"])
            if place in seen:
                message = f"The card {place[0]!r} has two wordings with the order {place[1]}."
                pack.add(
                    "wordings",
                    row,
                    "order",
                    "wording-order",
                    message,
                    "Number the wordings of a card from 1 on.",
                )
            seen.add(place)


# --- figures, accounts, findings -----------------------------------------------------------------


def _figures(pack):
    for row in pack.rows("figures", "figure_id"):
        v = row.values
        if v["source_id"] is None and v["account_id"] is None:
            message = "The figure has neither a source_id nor an account_id."
            pack.add(
                "figures",
                row,
                "source_id",
                "figure-origin",
                message,
                "Say where it is printed: in one or the other.",
            )
        if row.has("source_id", "account_id"):
            message = "The figure has both a source_id and an account_id."
            pack.add(
                "figures",
                row,
                "account_id",
                "figure-origin",
                message,
                "Keep one; give the other a row of its own.",
            )
        if row.has("value", "value_max") and v["value_max"] <= v["value"]:
            message = f"The range runs from {v['value']} to {v['value_max']}."
            pack.add(
                "figures",
                row,
                "value_max",
                "range-reversed",
                message,
                "Write the smaller number in value.",
            )
        if row.has("qualifier"):
            if v["qualifier"] == "range" and v["value_max"] is None:
                message = "The qualifier is range, but value_max is empty."
                pack.add(
                    "figures",
                    row,
                    "value_max",
                    "range",
                    message,
                    "Give the upper end, or another qualifier.",
                )
            if v["qualifier"] != "range" and row.has("value_max"):
                message = f"value_max is filled, but the qualifier is {v['qualifier']}."
                pack.add(
                    "figures",
                    row,
                    "qualifier",
                    "range",
                    message,
                    "Set the qualifier to range, or empty value_max.",
                )
        if row.has("value_max") and v["value"] is None:
            pack.add(
                "figures",
                row,
                "value",
                "range",
                "value_max is filled, but value is empty.",
                "Give the lower end.",
            )
        passage = pack.find("passages", v["passage_id"]) if v["passage_id"] else None
        if passage is not None and passage.has("source_id") and v["source_id"] is not BAD:
            if passage.values["source_id"] != v["source_id"]:
                message = f"The passage stands in {passage.values['source_id']!r}."
                pack.add(
                    "figures",
                    row,
                    "source_id",
                    "disagrees",
                    message,
                    "Let the figure follow its passage.",
                )
        _as_printed(pack, row, passage)
        _whole(pack, row)
        _later(pack, row)


def _as_printed(pack, row, passage):
    v = row.values
    there = [c for c in ("start", "end", "as_printed") if v[c] is not None]
    if (there and len(there) < 3) or (there and v["source_id"] is None):
        missing = next(c for c in ("start", "end", "as_printed", "source_id") if v[c] is None)
        message = f"{there[0]} is filled, but {missing} is empty."
        pack.add(
            "figures",
            row,
            missing,
            "figure-place",
            message,
            "Give start, end, as_printed and source_id together.",
        )
        return
    if not row.has("start", "end", "as_printed", "source_id") or not _extent(pack, "figures", row):
        return
    if passage is not None and passage.has("start", "end"):
        if not passage.values["start"] <= v["start"] < v["end"] <= passage.values["end"]:
            message = (
                "The number is not inside its passage"
                f" ({passage.values['start']}-{passage.values['end']})."
            )
            pack.add(
                "figures",
                row,
                "start",
                "figure-outside-passage",
                message,
                "Correct the offsets or the passage.",
            )
    known = pack.known.get(v["source_id"])
    text = known.slice(v["start"], v["end"]) if known else None
    if text is not None and text != v["as_printed"]:
        message = f"The document has {shorten(text)!r} at this place."
        pack.add(
            "figures",
            row,
            "as_printed",
            "text-mismatch",
            message,
            "Copy the number unchanged, or correct the offsets.",
        )
    elif len(v["as_printed"]) != v["end"] - v["start"]:
        message = (
            f"The text has {len(v['as_printed'])} characters, the span has {v['end'] - v['start']}."
        )
        pack.add(
            "figures",
            row,
            "as_printed",
            "span-mismatch",
            message,
            "Correct the offsets or the text.",
        )


def _whole(pack, row):
    whole = pack.find("figures", row.values["part_of"]) if row.has("part_of") else None
    if whole is None or not row.has("value", "unit") or not whole.has("value", "unit"):
        return
    most = whole.values["value_max"] if whole.has("value_max") else whole.values["value"]
    open_ended = whole.values.get("qualifier") in {"at_least", "more_than", "about"}
    if row.values["unit"] == whole.values["unit"] and row.values["value"] > most and not open_ended:
        message = (
            f"{row.values['value']} is said to be a part of {most} ({whole.values['figure_id']})."
        )
        remedy = (
            "Check both numbers, and whether one is part of the other; if it is printed so,"
            " note it."
        )
        pack.add("figures", row, "part_of", "part-larger-than-whole", message, remedy, "warning")


def _later(pack, row):
    """A count of a year after it was printed is a slip, or a plan; a note tells which.

    Later in the same year is common: a timetable, a budget, an announced ceremony.
    """
    v = row.values
    if not row.has("as_of") or v["note"] is not None:
        return
    passage = pack.find("passages", v["passage_id"]) if v["passage_id"] else None
    item = pack.find("items", passage.values["item_id"]) if passage is not None else None
    source = pack.find("sources", v["source_id"]) if v["source_id"] else None
    account = pack.find("accounts", v["account_id"]) if v["account_id"] else None
    printed = next(
        (p for p in (item, source, account) if p is not None and p.has("published")), None
    )
    if printed is None:
        return
    day = printed.values["published"]
    if v["as_of"][:4] > day[:4]:
        message = f"The count is as of {v['as_of']}, but it was published on {day}."
        remedy = "Check both dates; if the number is a plan or a forecast, say so in note."
        pack.add("figures", row, "as_of", "as-of-later", message, remedy, "warning")


def _findings(pack):
    for row in pack.rows("findings", "quote"):
        if (n := len(row.values["quote"].split())) > QUOTE_WORDS:
            message = f"The quotation has {n} words; at most {QUOTE_WORDS} may be quoted."
            pack.add(
                "findings",
                row,
                "quote",
                "quote-too-long",
                message,
                "Shorten it, and say the rest in paraphrase.",
            )
    seen = {}
    if pack.tables["findings"].complete:
        seen = {r.values["account_id"] for r in pack.rows("findings", "account_id")}
        for row in pack.rows("accounts", "account_id"):
            if row.values["account_id"] not in seen and not any(
                f.values["account_id"] == row.values["account_id"]
                for f in pack.rows("figures", "account_id")
            ):
                message = "The account has no finding and gives no figure."
                pack.add(
                    "accounts",
                    row,
                    "account_id",
                    "unused",
                    message,
                    "Add a finding, or take it out.",
                    "warning",
                )


def _folded(pack, item_id, start, end):
    """The folded words of a stretch, or None where its text is not known."""
    item = pack.find("items", item_id)
    known = pack.known.get(item.values["source_id"]) if item is not None else None
    text = known.slice(start, end) if known is not None else None
    return None if text is None else [w.text for w in words(text, pack.places)]


def _verbatim(pack, row):
    """Verbatim means the same words, whatever their case, punctuation and spelling of places."""
    v = row.values
    if v["kind"] != "verbatim" or not row.has(
        "a_item", "a_start", "a_end", "b_item", "b_start", "b_end"
    ):
        return
    a, b = (_folded(pack, v[f"{s}_item"], v[f"{s}_start"], v[f"{s}_end"]) for s in "ab")
    if a is not None and b is not None and a != b:
        message = "The pair is said to be verbatim, but the words of the two stretches differ."
        pack.add(
            "reuse_key",
            row,
            "kind",
            "not-verbatim",
            message,
            "Call it edited, or correct the offsets.",
            "warning",
        )


def _reuse_key(pack):
    for row in pack.rows("reuse_key", "reuse_id"):
        v = row.values
        _verbatim(pack, row)
        for side in "ab":
            start, end = f"{side}_start", f"{side}_end"
            if (v[start] is None) != (v[end] is None):
                missing = start if v[start] is None else end
                message = "One offset is filled and the other is empty."
                pack.add(
                    "reuse_key", row, missing, "required", message, "Give start and end together."
                )
            item = pack.find("items", v[f"{side}_item"]) if v[f"{side}_item"] else None
            if not row.has(start, end):
                continue
            if v[start] >= v[end]:
                message = f"The span {v[start]}-{v[end]} does not end after it starts."
                pack.add(
                    "reuse_key",
                    row,
                    end,
                    "span-reversed",
                    message,
                    "Write the smaller offset first.",
                )
            elif item is not None and item.has("start", "end"):
                if not item.values["start"] <= v[start] < v[end] <= item.values["end"]:
                    message = (
                        "The stretch is not inside the item"
                        f" ({item.values['start']}-{item.values['end']})."
                    )
                    remedy = "Give offsets in the document, inside the item named."
                    pack.add("reuse_key", row, start, "reuse-outside-item", message, remedy)
        if row.has("a_item", "b_item", "a_start", "b_start") and v["a_item"] == v["b_item"]:
            if (
                row.has("a_end", "b_end")
                and v["a_start"] < v["b_end"]
                and v["b_start"] < v["a_end"]
            ):
                message = "The two stretches are in the same item and overlap."
                pack.add(
                    "reuse_key",
                    row,
                    "b_start",
                    "reuse-itself",
                    message,
                    "Give two stretches that are apart.",
                )


# --- status, silence, who counted ----------------------------------------------------------------


def _independent(pack):
    """The ids of accounts that no party made: their publisher is none, and they argue no
    counter-claim.
    """
    parties = {a.values["agent_id"] for a in pack.rows("agents", "agent_id", "party")}
    return {
        a.values["account_id"]
        for a in pack.rows("accounts", "account_id", "kind", "publisher")
        if a.values["kind"] != "counter" and a.values["publisher"] not in parties
    }


def _status(pack):
    """The four words mean what the schema says: see the column ``status`` of ``claims``."""
    if not all(pack.tables[t].complete for t in ("agents", "accounts", "findings")):
        return
    independent, stances = _independent(pack), {}
    for row in pack.rows("findings", "claim_id", "account_id", "stance"):
        if row.values["account_id"] in independent:
            stances.setdefault(row.values["claim_id"], set()).add(row.values["stance"])
    for row in pack.rows("claims", "claim_id", "status"):
        v, found = row.values, stances.get(row.values["claim_id"], set())
        if row.has("why") and len(v["why"].split()) < REASON_WORDS:
            message = f"The status is {v['status']}, and {v['why']!r} gives no reason."
            remedy = "Say in a sentence what the status rests on."
            pack.add("claims", row, "why", "status-reason", message, remedy)
        if v["status"] == "settled" and "supports" not in found and not row.has("act_of"):
            message = "The claim is settled, and no account independent of the parties supports it."
            remedy = (
                "Add the finding, or name in act_of whose own act it is, or call the claim open."
            )
            pack.add("claims", row, "status", "settled-alone", message, remedy)
        if v["status"] == "settled" and "contradicts" in found:
            message = "The claim is settled, and an independent account contradicts it."
            pack.add(
                "claims", row, "status", "settled-disputed", message, "Call it open or contested."
            )
        if v["status"] == "does_not_hold" and "supports" in found:
            message = "The claim does not hold, and an independent account supports it."
            pack.add(
                "claims", row, "status", "supported", message, "Call the claim open or contested."
            )


def _silence(pack):
    """A silent finding says what was read; no other finding does."""
    for row in pack.rows("findings", "finding_id", "stance"):
        if (row.values["stance"] == "silent") != (row.values["silence"] is not None):
            message = f"The stance is {row.values['stance']}, and silence is "
            message += "empty." if row.values["silence"] is None else "filled."
            remedy = "Fill silence where the stance is silent (whole or passages), and only there."
            pack.add("findings", row, "silence", "silence", message, remedy)


def _counted_by(pack):
    """Who counted is named only where a text says so, and the row's own words do not deny it."""
    for row in pack.rows("figures", "figure_id", "counted_by"):
        for column in ("method", "note"):
            words = row.values[column]
            if isinstance(words, str) and (denied := NOT_COUNTED.search(words)):
                message = f"counted_by names somebody, and {column} says {denied[0]!r}."
                remedy = "Empty counted_by (not said), or say in method how they counted."
                pack.add("figures", row, "counted_by", "counted-by", message, remedy)


# --- fingerprints and place names ----------------------------------------------------------------


def _place_names(pack):
    """The pack's own spellings; the fingerprints need them."""
    pairs = []
    for row in pack.rows("place_names", "place", "spelling"):
        pair = (row.values["place"], row.values["spelling"])
        try:
            PlaceNames([pair])
        except ValueError as error:
            message, remedy = str(error).split(": ", 1)
            remedy = remedy[0].upper() + remedy[1:]
            pack.add("place_names", row, "spelling", "place-words", message + ".", remedy)
        else:
            pairs.append(pair)
    pack.places = place_names(tuple(pairs))


def _fingerprints(pack):
    anew = "Make it anew with whosays.reuse.fingerprint.write_fingerprints, from the whole text."
    folder = pack.folder / "fingerprints"
    sources = pack.rows("sources", "source_id")
    if pack.tables["sources"].complete and folder.is_dir():
        known = {row.values["source_id"] for row in sources}
        for path in sorted(folder.iterdir()):
            if path.suffix == ".json" and path.stem not in known:
                message = f"There is no source {path.stem!r} in sources."
                remedy = "Rename the file to the id of its source, or take it out."
                pack.add(
                    f"fingerprints/{path.name}", None, None, "extra-fingerprint", message, remedy
                )
    for row in sources:
        source_id = row.values["source_id"]
        place = f"fingerprints/{source_id}.json"
        path = inside(pack.folder, place, place, pack.problems)
        raw = read_json(path, place, pack.problems) if path else None
        if raw is None:
            continue
        try:
            fingerprint = parse_fingerprint(raw)
        except FingerprintError as error:
            pack.add(place, None, None, "fingerprint-form", str(error), anew)
            continue
        pack.fingerprints[source_id] = fingerprint
        for name in ("source_id", "sha256", "characters"):
            if row.has(name) and row.values[name] != getattr(fingerprint, name):
                theirs = getattr(fingerprint, name)
                message = f"The fingerprint has {name} {theirs!r}, the source {row.values[name]!r}."
                pack.add(place, None, name, "fingerprint-disagrees", message, anew)
        if fingerprint.fold != pack.places.digest:
            message = (
                "The fingerprint was made with other place names than the kit and the pack have"
                " now."
            )
            pack.add(place, None, "fold", "fingerprint-fold", message, anew)
            continue
        text = pack.texts.get(source_id)
        if text is None:
            _fingerprint_of_quotations(pack, source_id, fingerprint)
        elif hash_text(text) == fingerprint.sha256:
            made = make_fingerprint(source_id, text, pack.places, sorted(fingerprint.grams))
            if made.offsets != fingerprint.offsets or made.grams != fingerprint.grams:
                message = "The words or hashes are not those of the text at hand."
                pack.add(place, None, "grams", "fingerprint-mismatch", message, anew)


def _fingerprint_of_quotations(pack, source_id, fingerprint):
    """Without the whole text, quotations still have to be where the fingerprint has their words."""
    starts = [start for start, _ in fingerprint.offsets]
    n = min(fingerprint.grams)
    for row in pack.rows("passages", "source_id", "start", "end", "exact"):
        v = row.values
        if v["source_id"] != source_id or not row.sound or hash_text(v["exact"]) != v["sha256"]:
            continue
        # The first and last words may be cut, and a place name of two words with them.
        inner = words(v["exact"], pack.places)[2:-2]
        if len(inner) < n:
            continue
        at = bisect_left(starts, v["start"] + inner[0].start)
        offsets = tuple((v["start"] + w.start, v["start"] + w.end) for w in inner)
        hashes = gram_hashes([w.text for w in inner], n)
        if (
            fingerprint.offsets[at : at + len(inner)] != offsets
            or fingerprint.grams[n][at : at + len(hashes)] != hashes
        ):
            message = (
                f"The fingerprint of {source_id!r} has other words at {v['start']}-{v['end']}."
            )
            remedy = "Correct the offsets or the text, or make the fingerprint anew."
            pack.add("passages", row, "exact", "fingerprint-disagrees", message, remedy)


RULES = [
    _package,
    _stray_tables,
    _ids,
    _references,
    _cycles,
    _place_names,
    _texts,
    _items,
    _passages,
    _quoted_share,
    _fingerprints,
    _assertions,
    _claims_used,
    _unused,
    _figures,
    _findings,
    _status,
    _silence,
    _counted_by,
    _wordings,
    _reuse_key,
]
