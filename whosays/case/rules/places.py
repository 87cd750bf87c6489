"""What several rules ask of a place in a text."""

from ...text.spans import hash_text
from ..read import BAD, ReadRow


def words_counted(pack, table: str, row, text: str) -> None:
    there = len(text.split())
    if row.has("words") and row.values["words"] != there:
        pack.add(table, row, "words", "words", there=there, said=row.values["words"])


def extent(pack, table: str, row) -> bool:
    """Whether a row's span is the right way round and inside its document."""
    if not row.has("start", "end"):
        return False
    span = {"start": row.values["start"], "end": row.values["end"]}
    if span["start"] >= span["end"]:
        pack.add(table, row, "end", "span-reversed", **span)
        return False
    document = pack.find("sources", row.values.get("source_id"), "characters")
    if document and span["end"] > (most := document.values["characters"]):
        pack.add(table, row, "end", "span-outside-document", **span, most=most)
        return False
    return True


def hash_fits(pack, table: str, row, text: str, column: str = "sha256") -> bool:
    if row.has(column) and hash_text(text) != row.values[column]:
        pack.add(table, row, column, "sha256", own=hash_text(text))
        return False
    return True


def held(pack, table: str, row, spans, holder: ReadRow, column: str, problem: str) -> bool:
    """Whether the spans of a row lie inside what holds them, its passage or its item."""
    if holder is None or not holder.has("start", "end"):
        return True
    low, high = holder.values["start"], holder.values["end"]
    for start, end in spans:
        if not low <= start < end <= high:
            pack.add(table, row, column, problem, start=start, end=end, low=low, high=high)
            return False
    return True


def follows(pack, table: str, row, passage: ReadRow | None, column: str = "source_id") -> None:
    """A row stands where its passage stands."""
    theirs, own = passage and passage.values[column], row.values[column]
    if passage is not None and passage.has(column) and own is not BAD and own != theirs:
        words = {"passage": row.values["passage_id"], "column": column, "theirs": theirs}
        pack.add(table, row, column, "disagrees", **words)


def as_long(pack, table: str, row, column: str) -> bool:
    """Whether the words of a row are as long as its span."""
    there, length = len(row.values[column]), row.values["end"] - row.values["start"]
    if there != length:
        pack.add(table, row, column, "span-mismatch", there=there, said=length)
    return there == length


def named(column, value) -> list[str] | tuple[str, ...]:
    """The ids of the rows that a cell names."""
    if column.kind == "chain":
        return [step.agent for step in value]
    return value if isinstance(value, tuple) else [value]
