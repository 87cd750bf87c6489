"""What describes cruelty: on a page behind a fold that says so, elsewhere not printed at all.

Nobody is to meet it unasked. A row says in its column ``grave`` that its words are of this kind;
every display passes them through here.
"""

import html

SAYS = "This describes cruelty. Open it or leave it."
NOT_HERE = "It describes cruelty and is not printed here."


class Grave(str):
    """Words that describe cruelty. They stay a string, so that a table or a file can carry them.

    Attributes
    ----------
    of : str
        Whose words, or what on: said in front of the fold, so that two folds can be told apart.
    """

    __slots__ = ("of",)

    def __new__(cls, words, of=""):
        string = super().__new__(cls, words)
        string.of = of
        return string


def marked(row, words: str, of="") -> Grave | str:
    """Some words of a row, as :class:`Grave` where the row's column ``grave`` says that they are.

    ``of`` is what may be said of them without a fold.
    """
    return Grave(words, of) if row.get("grave") else words


def behind(words, more: str) -> Grave | str:
    """More words that hold the first ones: as grave as they are."""
    return Grave(more, words.of) if isinstance(words, Grave) else more


def fold(inner: str, of="") -> str:
    """HTML behind a fold that says what is in it."""
    label = html.escape(f"{of}. {SAYS}" if of else SAYS)
    return f'<details class="ws-grave"><summary>{label}</summary>{inner}</details>'


def shown(words) -> str:
    """Words for a page: escaped, and folded where they are grave."""
    escaped = html.escape(words)
    return fold(escaped, words.of) if isinstance(words, Grave) else escaped


def told(words) -> str:
    """Words for a menu, a name of a field or plain text, where nothing can be folded."""
    if not isinstance(words, Grave):
        return words
    return f"{words.of}. {NOT_HERE}" if words.of else NOT_HERE


def grave_passage(case, row) -> bool:
    """Whether a row stands on a passage that describes cruelty."""
    passage = row.get("passage_id")
    return bool(passage and case.passages[passage]["grave"])


def grave_document(case, source_id: str) -> bool:
    """Whether a whole document has such a passage."""
    return any(p["grave"] for p in case.passages if p["source_id"] == source_id)


def grave_stretches(case, source_id: str) -> list[tuple[int, int]]:
    """The places of a document that describe cruelty, as sorted (start, end) in code points.

    A passage that does not, inside a larger one that does, is left out.
    """
    passages = [p for p in case.passages if p["source_id"] == source_id]
    mild = [(p["start"], p["end"]) for p in passages if not p["grave"]]
    out = []
    for p in passages:
        if p["grave"]:
            inside = [(s, e) for s, e in mild if p["start"] <= s and e <= p["end"]]
            out += without((p["start"], p["end"]), inside)
    return sorted(set(out))


def without(stretch, holes) -> list[tuple[int, int]]:
    """What of a stretch lies outside some others: a list of (start, end)."""
    pieces, (at, last) = [], stretch
    for start, end in (*sorted(holes), (last, last)):
        pieces.append((at, min(start, last)))
        at = max(at, end)
    return [(start, end) for start, end in pieces if start < end]
