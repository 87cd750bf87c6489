"""Documents, items and passages: each word is what its place, hash and neighbours say."""

import itertools
import re
from bisect import bisect_right
from hashlib import sha256

from ...text.spans import CONTEXT
from ..read import BAD, decode, read_bytes
from ..texts import KnownText, find_texts
from .places import as_long, extent, hash_fits, held, words_counted

QUOTED_SHARE = 0.36
_LINE = re.compile(r"\S[^\n]*")  # a line from its first letter or sign on


def texts(pack) -> None:
    """Find whole texts; what is shipped must be the text it is said to be."""
    wanted = {}
    for row in pack.rows("sources", "source_id", "sha256"):
        source_id, sha, where = (row.values[c] for c in ("source_id", "sha256", "text"))
        if where is BAD:
            continue
        if where is None:
            wanted.setdefault(source_id, sha)
            continue
        data = read_bytes(pack.folder, where, "sources", pack.problems, "text", row.line)
        if data is None:
            continue
        if (own := sha256(data).hexdigest()) != sha:
            pack.add("sources", row, "sha256", "text-sha256", where=where, own=own)
        elif decode(data, where, pack.problems) is not None:
            pack.texts[source_id] = data.decode("utf-8")
    found_texts, pack.strangers = find_texts(pack.folder, wanted)
    for source_id, text_files in found_texts.items():
        pack.texts[source_id] = text_files.text
        if text_files.dress:
            row = pack.find("sources", source_id)
            words = {"file": text_files.path.name, "source": source_id, "dress": text_files.dress}
            pack.add("sources", row, "sha256", "text-dress", **words)
    for row in pack.rows("sources", "source_id", "characters"):
        source_id, characters = row.values["source_id"], row.values["characters"]
        text = pack.texts.get(source_id)
        pack.known.setdefault(source_id, KnownText(characters, text))
        if text is not None:
            words_counted(pack, "sources", row, text)
            if characters != (there := len(text)):
                pack.add("sources", row, "characters", "characters", there=there, said=characters)


def items(pack) -> None:
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
                pack.add("items", b, "start", "items-overlap", before=before, end=end)
        orders = sorted((r for r in rows if r.has("order")), key=lambda r: r.values["order"])
        for wanted, row in enumerate(orders, 1):
            if row.values["order"] != wanted:
                pack.add("items", row, "order", "item-order", source=source_id, wanted=wanted)
                break
        by_order = [r for r in orders if r.sound]
        in_text = sorted(by_order, key=lambda r: r.values["start"])
        if by_order != in_text and len(by_order) == len(orders):
            pack.add("items", by_order[0], "order", "item-order.text", source=source_id)
    if pack.tables["items"].complete:
        for row in pack.rows("sources", "source_id"):
            if row.values["source_id"] not in by_source:
                pack.add("sources", row, "source_id", "no-item")


def passages(pack) -> None:
    for row in pack.rows("passages", "passage_id", "source_id"):
        row.sound = extent(pack, "passages", row)
        v = row.values
        item = pack.find("items", v["item_id"])
        there = item.values["source_id"] if item and item.has("source_id") else None
        if there not in (None, v["source_id"]):
            pack.add("passages", row, "item_id", "disagrees.item", item=v["item_id"], there=there)
        elif row.sound:
            place = ("start", "passage-outside-item")
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
                words = {"here": here, "before": before, "passage": a.values.get("passage_id")}
                pack.add("passages", b, "paragraph", "paragraph", **words)
    lines = {}  # where the non-blank lines of each item begin
    for row in pack.rows("passages", "source_id", "item_id", "paragraph", "start"):
        v, known = row.values, pack.known.get(row.values["source_id"])
        item = pack.find("items", v["item_id"], "start", "end")
        if known is None or known.whole is None or item is None:
            continue
        start, end = item.values["start"], item.values["end"]
        of = v["source_id"], start, end
        if of not in lines:
            lines[of] = [m.start() for m in _LINE.finditer(known.whole, start, end)]
        number = bisect_right(lines[of], v["start"])
        if v["paragraph"] != number and start <= v["start"] < end:
            words = {"number": number, "said": v["paragraph"]}
            pack.add("passages", row, "paragraph", "paragraph.text", **words)


def _not_quoted(pack, row, filled):
    """A passage known by its place only has no text in its cells."""
    v = row.values
    for column in filled:
        pack.add("passages", row, column, "not-quoted", column=column)
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
        pack.add("passages", row, "exact", "required.exact")
    for column in ("prefix", "suffix"):
        if column in texts and len(v[column]) > CONTEXT:
            words = {"column": column, "there": len(v[column]), "most": CONTEXT}
            pack.add("passages", row, column, "context-too-long", **words)
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
            problem = "span-mismatch.text" if column == "exact" else "context-mismatch"
            pack.add("passages", row, column, problem, column=column)


def _places(v):
    """Where the words of a passage and those on either side begin: (column, start)."""
    before = v["start"] - len(v["prefix"] or "")
    return ("exact", v["start"]), ("prefix", before), ("suffix", v["end"])


def quoted_share(pack) -> None:
    for row in pack.rows("sources", "source_id", "words"):
        known = pack.known.get(row.values["source_id"])
        if row.values["text"] is not None or known is None:
            continue
        if known.whole is None:
            quoted = known.words()
        else:
            quoted = _quoted_words(pack, row.values["source_id"], known)
        if quoted > QUOTED_SHARE * row.values["words"]:
            words = {"share": quoted / row.values["words"], "most": QUOTED_SHARE}
            pack.add("sources", row, "words", "quoted-share", **words)


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
