"""The head of a document: put into every table that repeats it, also when its text is mended."""

import re

from ..text.dates import find_date
from ..text.fold import fold
from ..text.spans import agreed, hash_text
from .draft import card_answer, cell, how_read, innermost, once, spans_cell
from .names import Agents
from .pieces import pieces
from .tables import Refused, Tables, add_origin, around, changing, line_number, sweep

#: how much of a text stays the same when only its head was mended
SAME = 0.5
NEAR = "More than its head was changed."


def day_of(words: str) -> str:
    """A day as somebody types it, in the way of ISO 8601; empty stays empty."""
    if not words.strip():
        return ""
    date = find_date(words)
    if re.fullmatch(r"(1[5-9]|20)\d\d(-\d\d)?", words.strip()):
        return words.strip()
    if date is None:
        raise Refused(f"“{words}” is no day that can be read: write it as 5 May 2021.")
    if not date.iso:
        raise Refused(f"“{words}” can be {' or '.join(date.readings)}: write the month in letters.")
    return date.iso


def head_of(rows, source) -> dict[str, str]:
    """The four parts of a document's head, with voices by their names; unnamed ones stay empty."""
    names = {a["agent_id"]: a["name"] for a in rows["agents"] if a["kind"] != "unnamed"}
    return {
        "outlet": names.get(source["outlet"], ""),
        "published": source["published"],
        "headline": source["headline"],
        "author": names.get(source["author"], ""),
    }


def put_head(
    tables: Tables, source_id: str, outlet: str, published: str, headline: str, author: str
) -> None:
    """Put what a head says into the document's row, its pieces, its cards and its chains.

    All are texts; an empty one is not in the document, and ``published`` is as ISO 8601 has a day.
    """
    source = tables.find("sources", source_id)
    if not headline.strip():
        raise Refused("Give the text a headline: readers find it again by that.")
    agents = Agents(tables.rows["agents"])
    new = agents.voice(outlet.strip()) if outlet.strip() else agents.unknown_outlet()
    who = agents.person(author.strip()) if author.strip() else ""
    tables.add_voices(agents)
    row = tables.find("agents", new)
    if outlet.strip() and fold(row["name"]) == fold(outlet.strip()):  # as a person writes it
        tables.set("agents", row, {"name": outlet.strip()})
    if new != source["outlet"]:
        _republish(tables, source, new)
    changed = {"outlet": new, "author": who, "published": published, "headline": cell(headline)}
    pieces = [i for i in tables.rows["items"] if i["source_id"] == source_id]
    for item in pieces:
        own = {"published": published} if item["published"] == source["published"] else {}
        if len(pieces) == 1:
            own |= {"headline": cell(headline), "author": who, "published": published}
        tables.set("items", item, own)
    tables.set("sources", source, changed)
    _set_cards(tables, source_id, {"outlet": outlet, "author": author})
    sweep(tables, "origins")
    sweep(tables, "agents")


def _republish(tables, source, new):
    """Another publisher for a document: its chains and its own statements follow."""
    old = source["outlet"]
    for a in tables.rows["assertions"]:
        if a["source_id"] != source["source_id"]:
            continue
        steps = [step.partition(":")[::2] for step in a["chain"].split(" > ")]
        if steps[0][0] == old:
            steps[0] = new, steps[0][1]
        chain = once(steps)
        cells = {"chain": chain, "agent": innermost(chain)}
        if cells["agent"] != a["agent"]:
            cells["origin_id"] = add_origin(tables, cells["agent"])
        tables.set("assertions", a, cells)
    stated = [o["origin_id"] for o in tables.rows["origins"] if o["agent"] == old]
    for figure in tables.rows["figures"]:
        if figure["source_id"] == source["source_id"]:
            who = [new if one == old else one for one in figure["relayed_by"].split("; ") if one]
            own = {"origin_id": add_origin(tables, new)} if figure["origin_id"] in stated else {}
            tables.set("figures", figure, {"relayed_by": list(dict.fromkeys(who))} | own)


def _set_cards(tables, source_id, values):
    for card in tables.rows["cards"]:
        if card["source_id"] == source_id and card["field"] in values:
            why = "A person read the head of the text."
            cells = card_answer(card["field"], values[card["field"]].strip(), why)
            tables.set("cards", card, cells)


def mend(folder, source_id: str, text):
    """Put a text in the place of one that differs from it at its head only.

    Every row keeps its words and moves with them; parts of the head that a person has looked at
    stay as they are.

    ``text`` is the :class:`~whosays.newcase.texts.ReadText` as it stands now. False comes back
    where more than the head differs: then it is another text, and nothing was changed. One near
    it is told so in its ``said``.
    """

    def work(tables):
        _move(tables, source_id, text.text)
        _reread(tables, source_id, text)
        return "Its head is mended."

    done = changing(folder, work)
    if done.says == NEAR:
        text.said.append(
            f"Much of it stands in {source_id} already, and more than its head differs: keep one of"
            " the two."
        )
    return done.done


class _Places:
    """Where places of an old text lie in the new one: both begin alike, and end alike."""

    def __init__(self, old, new):
        self.new, self.longer = new, len(new) - len(old)
        self.before = agreed(old, new)
        most = min(len(old), len(new)) - self.before
        self.after = len(old) - agreed(old[::-1][:most], new[::-1][:most])
        if self.before + len(old) - self.after < SAME * len(old):
            raise Refused("It is another text.")

    def moved(self, start, end, words=None):
        """A stretch in the new text; refused when it, or one of its ends, was changed."""
        first = start + self.longer if start >= self.after else start
        last = end if end <= self.before else end + self.longer
        torn = self.before < start < self.after or self.before < end < self.after
        if torn or (words is not None and self.new[first:last] != words):
            raise Refused(NEAR)
        return first, last


def _move(tables, source_id, new):
    """Let every row of a document point at its words in the new text."""
    old = tables.pack.texts.get(source_id, "")
    places = _Places(old, new)
    items = {i["item_id"]: i for i in tables.rows["items"] if i["source_id"] == source_id}
    for item in items.values():
        start, end = places.moved(int(item["start"]), int(item["end"]))
        words = new[start:end]
        cells = {"sha256": hash_text(words), "words": len(words.split())}
        tables.set("items", item, {"start": start, "end": end} | cells)
    for table, ends in _ENDS.items():
        for row in tables.rows[table]:
            for document, first, last in ends:
                mine = row[document] in (items if document.endswith("item") else {source_id})
                if mine and row[first]:
                    start, end = int(row[first]), int(row[last])
                    start, end = places.moved(start, end, old[start:end])
                    tables.set(table, row, {first: start, last: end})
    passages = {p["passage_id"]: p for p in tables.rows["passages"] if p["source_id"] == source_id}
    for passage in passages.values():
        _place(tables, passage, items[passage["item_id"]], new)
    for table, columns in _SPANS.items():
        for row in (r for r in tables.rows[table] if r["passage_id"] in passages):
            for column in columns:
                pairs = [map(int, pair.split("-")) for pair in row[column].split(";") if pair]
                moved = [places.moved(start, end, old[start:end]) for start, end in pairs]
                tables.set(table, row, {column: spans_cell(moved)})
    source = tables.find("sources", source_id)
    cells = {"sha256": hash_text(new), "words": len(new.split()), "characters": len(new)}
    tables.set("sources", source, cells)
    tables.put_text(source, new)


#: by table: the column that names the document, and those with a beginning and an end in it
_ENDS = {
    "passages": [("source_id", "start", "end")],
    "figures": [("source_id", "start", "end")],
    "reuse_key": [(f"{side}_item", f"{side}_start", f"{side}_end") for side in "ab"],
}
#: by table: the columns that hold spans
_SPANS = {
    "assertions": ("content_spans", "source_spans", "cue_spans"),
    "wordings": ("word_spans",),
}


def _place(tables, passage, item, text):
    """Say anew in which line a passage begins, and what stands around it."""
    start, end = int(passage["start"]), int(passage["end"])
    cells = {"paragraph": line_number(text, item, start)}
    if passage["quoted"] == "true":
        cells |= around(text, start, end)
    tables.set("passages", passage, cells)


def _reread(tables, source_id, text):
    """Take from the mended head what nobody has looked at yet."""
    document = pieces(text)
    open_ones = {h["column"]: h for h in tables.rows["heads"] if h["source_id"] == source_id}
    given = head_of(tables.rows, tables.find("sources", source_id))
    for column in given:
        if column in open_ones and (read := getattr(document, column)):
            given[column] = read
            tables.set("heads", open_ones[column], how_read(document, column))
    put_head(tables, source_id, **given)
