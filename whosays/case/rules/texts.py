"""Documents, items and passages: each word is what its place, hash and neighbours say."""

import itertools
from hashlib import sha256

from ..read import BAD, decode, inside, read_bytes
from ..texts import KnownText, find_texts
from .places import as_long, extent, hash_fits, held, words_counted

QUOTED_SHARE = 0.36
CONTEXT = 32


def texts(pack):
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
        if (own := sha256(data).hexdigest()) == sha:
            if decode(data, where, pack.problems) is not None:
                pack.texts[source_id] = data.decode("utf-8")
            continue
        message = f"{where} is not the text with this sha256; its own is {own}."
        remedy = "Restore the text unchanged (mind line ends), or correct sha256 and all offsets."
        pack.add("sources", row, "sha256", "text-sha256", message, remedy)
    found_texts, pack.strangers = find_texts(pack.folder, wanted)
    for source_id, found in found_texts.items():
        pack.texts[source_id] = found.text
        if found.dress:
            row = pack.find("sources", source_id)
            name = found.path.name
            message = f"The file {name} is the text of {source_id}, but for {found.dress}."
            remedy = "Nothing needs doing: it is read as the text."
            pack.add("sources", row, "sha256", "text-dress", message, remedy, "warning")
    for row in pack.rows("sources", "source_id", "characters"):
        source_id, characters = row.values["source_id"], row.values["characters"]
        text = pack.texts.get(source_id)
        pack.known.setdefault(source_id, KnownText(characters, text))
        if text is not None:
            words_counted(pack, "sources", row, text)
            if characters != len(text):
                message = f"The text has {len(text)} code points, not {characters}."
                pack.add("sources", row, "characters", "characters", message, f"Write {len(text)}.")


def items(pack):
    by_source = {}
    for row in pack.rows("items", "item_id", "source_id"):
        by_source.setdefault(row.values["source_id"], []).append(row)
        row.sound = extent(pack, "items", row)
        known = pack.known.get(row.values["source_id"])
        if row.sound and known and known.whole is not None:
            text = known.slice(row.values["start"], row.values["end"])
            hash_fits(pack, "items", row, text)
            words_counted(pack, "items", row, text)
    for source_id, rows in by_source.items():
        sound = sorted((r for r in rows if r.sound), key=lambda r: r.values["start"])
        for a, b in itertools.pairwise(sound):
            before, end = a.values["item_id"], a.values["end"]
            if b.values["start"] < end:
                message = f"The item overlaps {before!r}, which ends at {end}."
                remedy = "Let each item begin where the one before ends."
                pack.add("items", b, "start", "items-overlap", message, remedy)
        orders = sorted((r for r in rows if r.has("order")), key=lambda r: r.values["order"])
        for wanted, row in enumerate(orders, 1):
            if row.values["order"] != wanted:
                numbers = f"1, 2, 3, ...: here {wanted} was expected"
                message = f"The items of {source_id!r} are not numbered {numbers}."
                remedy = "Number the items of each document from 1."
                pack.add("items", row, "order", "item-order", message, remedy)
                break
        by_order = [r for r in orders if r.sound]
        in_text = sorted(by_order, key=lambda r: r.values["start"])
        if by_order != in_text and len(by_order) == len(orders):
            message = f"The order of the items of {source_id!r} is not that of their offsets."
            remedy = "Number the items in the order of the text."
            pack.add("items", by_order[0], "order", "item-order", message, remedy)
    if pack.tables["items"].complete:
        for row in pack.rows("sources", "source_id"):
            if row.values["source_id"] not in by_source:
                message = "The document has no item."
                remedy = "Add at least one row to items.csv; it may span the whole document."
                pack.add("sources", row, "source_id", "no-item", message, remedy)


def passages(pack):
    for row in pack.rows("passages", "passage_id", "source_id"):
        row.sound = extent(pack, "passages", row)
        v = row.values
        item = pack.find("items", v["item_id"])
        if item and item.has("source_id") and item.values["source_id"] != v["source_id"]:
            message = f"The item {v['item_id']!r} stands in {item.values['source_id']!r}."
            remedy = "Name the item of this document."
            pack.add("passages", row, "item_id", "disagrees", message, remedy)
        elif row.sound:
            place = ("item", "start", "passage-outside-item")
            held(pack, "passages", row, [(v["start"], v["end"])], item, *place)
        _quotation(pack, row)
    by_item = {}
    for row in pack.rows("passages", "item_id", "paragraph", "start"):
        by_item.setdefault(row.values["item_id"], []).append(row)
    for rows in by_item.values():
        rows.sort(key=lambda r: (r.values["start"], r.line))
        for a, b in itertools.pairwise(rows):
            before, here = a.values["paragraph"], b.values["paragraph"]
            if here < before:
                where = f"paragraph {before} (passage {a.values.get('passage_id')!r})"
                message = f"Paragraph {here} comes after {where}."
                remedy = "Count the item's non-blank lines from 1; a passage has that of its first."
                pack.add("passages", b, "paragraph", "paragraph", message, remedy)
    for row in pack.rows("passages", "source_id", "item_id", "paragraph", "start"):
        v, known = row.values, pack.known.get(row.values["source_id"])
        item = pack.find("items", v["item_id"], "start")
        if known is None or known.whole is None or item is None:
            continue
        before = known.slice(item.values["start"], v["start"] + 1)
        number = sum(1 for line in before.split("\n") if line.strip())
        if v["paragraph"] != number and v["start"] >= item.values["start"]:
            where = f"in non-blank line {number} of its item, not {v['paragraph']}"
            message = f"The passage starts {where}."
            remedy = f"Write {number}."
            pack.add("passages", row, "paragraph", "paragraph", message, remedy, "warning")


def _not_quoted(pack, row, filled):
    """A passage known by its place only has no text in its cells."""
    v = row.values
    for column in filled:
        message = f"The passage is not quoted, but {column} is filled."
        remedy = "Empty the cell, or set quoted to true."
        pack.add("passages", row, column, "not-quoted", message, remedy)
    known = pack.known.get(v["source_id"])
    if row.sound and known and known.whole is not None:
        hash_fits(pack, "passages", row, known.slice(v["start"], v["end"]))


def _quotation(pack, row):
    """A quoted passage carries its exact text, which is what its offsets and hash say."""
    v = row.values
    if not row.has("quoted"):
        return
    texts = [c for c in ("exact", "prefix", "suffix") if v[c] is not None and v[c] is not BAD]
    if not v["quoted"]:
        _not_quoted(pack, row, texts)
        return
    if v["exact"] is None:
        message = "The passage is quoted, but exact is empty."
        remedy = "Give its exact text."
        pack.add("passages", row, "exact", "required", message, remedy)
    for column in ("prefix", "suffix"):
        if column in texts and len(v[column]) > CONTEXT:
            message = f"{column} has {len(v[column])} characters; at most {CONTEXT} are kept."
            remedy = "Shorten it at the end away from the quotation."
            pack.add("passages", row, column, "context-too-long", message, remedy)
    if not row.sound or "exact" not in texts:
        return
    whole = hash_fits(pack, "passages", row, v["exact"])
    if not as_long(pack, "passages", row, "exact"):
        return
    known = pack.known.get(v["source_id"])
    if not whole or known is None:
        return
    for column, start in _places(v):
        if column in texts and not known.add(start, v[column]):
            message = f"The document has another text at this place than this {column}."
            if column == "exact":
                remedy = "Correct the offsets or the text."
                pack.add("passages", row, column, "span-mismatch", message, remedy)
            else:
                remedy = "Copy the neighbouring text unchanged."
                pack.add("passages", row, column, "context-mismatch", message, remedy)


def _places(v):
    """Where the words of a passage and those on either side begin: (column, start)."""
    before = v["start"] - len(v["prefix"] or "")
    return ("exact", v["start"]), ("prefix", before), ("suffix", v["end"])


def quoted_share(pack):
    for row in pack.rows("sources", "source_id", "words"):
        known = pack.known.get(row.values["source_id"])
        if row.values["text"] is not None or known is None:
            continue
        if known.whole is None:
            quoted = known.words()
        else:
            quoted = _quoted_words(pack, row.values["source_id"], known)
        if quoted > QUOTED_SHARE * row.values["words"]:
            share = f"{quoted / row.values['words']:.0%}"
            most = f"at most {QUOTED_SHARE:.0%} may be"
            message = f"The passages quote {share} of the document's words; {most}."
            remedy = "Set quoted to false for some passages; empty exact, prefix and suffix there."
            pack.add("sources", row, "words", "quoted-share", message, remedy)


def _quoted_words(pack, source_id, known):
    """The same count with the whole text at hand: only what the pack itself quotes."""
    quoted = KnownText(len(known))
    for row in pack.rows("passages", "source_id", "start", "end", "exact"):
        v = row.values
        if v["source_id"] == source_id and v["quoted"] is True:
            for column, start in _places(v):
                if v[column]:
                    quoted.add(start, v[column])
    return quoted.words()
