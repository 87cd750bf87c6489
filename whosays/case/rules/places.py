"""What several rules ask of a place in a text."""

from ...text.spans import hash_text
from ..read import BAD


def words_counted(pack, table, row, text):
    if row.has("words") and row.values["words"] != len(text.split()):
        message = f"The text has {len(text.split())} words, not {row.values['words']}."
        remedy = f"Write {len(text.split())}: words are counted by splitting at white space."
        pack.add(table, row, "words", "words", message, remedy)


def extent(pack, table, row):
    """Whether a row's span is the right way round and inside its document."""
    if not row.has("start", "end"):
        return False
    a, b = row.values["start"], row.values["end"]
    if a >= b:
        message = f"The span {a}-{b} does not end after it starts."
        remedy = "Write the smaller offset first; the end is one past the last character."
        pack.add(table, row, "end", "span-reversed", message, remedy)
        return False
    document = pack.find("sources", row.values.get("source_id"), "characters")
    if document and b > (n := document.values["characters"]):
        message = f"The span {a}-{b} ends after the document, which has {n} characters."
        remedy = "Correct the offsets, or the document."
        pack.add(table, row, "end", "span-outside-document", message, remedy)
        return False
    return True


def hash_fits(pack, table, row, text, column="sha256"):
    if row.has(column) and hash_text(text) != row.values[column]:
        message = f"The text at this place has the sha256 {hash_text(text)}."
        remedy = "Correct the offsets or the text, and write the hash anew."
        pack.add(table, row, column, "sha256", message, remedy)
        return False
    return True


def held(pack, table, row, spans, holder, name, column, rule):
    """Whether the spans of a row lie inside what holds them, its passage or its item."""
    if holder is None or not holder.has("start", "end"):
        return True
    low, high = holder.values["start"], holder.values["end"]
    for start, end in spans:
        if not low <= start < end <= high:
            message = f"{start}-{end} is not inside its {name} ({low}-{high})."
            pack.add(table, row, column, rule, message, f"Correct the offsets or the {name}.")
            return False
    return True


def follows(pack, table, row, passage, column="source_id"):
    """A row stands where its passage stands."""
    theirs, own = passage and passage.values[column], row.values[column]
    if passage is not None and passage.has(column) and own is not BAD and own != theirs:
        message = f"The passage {row.values['passage_id']!r} has {column} {theirs!r}."
        pack.add(table, row, column, "disagrees", message, "Let the row follow its passage.")


def as_long(pack, table, row, column):
    """Whether the words of a row are as long as its span."""
    v = row.values
    if len(v[column]) == v["end"] - v["start"]:
        return True
    message = f"The text has {len(v[column])} characters, the span {v['end'] - v['start']}."
    pack.add(table, row, column, "span-mismatch", message, "Correct the offsets or the text.")
    return False


def named(column, value):
    """The ids of the rows that a cell names."""
    if column.kind == "chain":
        return [step.agent for step in value]
    return value if isinstance(value, list) else [value]
