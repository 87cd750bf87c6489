"""What several rules ask of a place in a text."""

from ...text.spans import hash_text


def words_counted(pack, table, row, text):
    if row.has("words") and row.values["words"] != len(text.split()):
        message = f"The text has {len(text.split())} words, not {row.values['words']}."
        remedy = f"Write {len(text.split())}: words are counted by splitting at white space."
        pack.add(table, row, "words", "words", message, remedy)


def extent(pack, table, row, start="start", end="end", source="source_id"):
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
        remedy = "Correct the offsets, or the document."
        pack.add(table, row, end, "span-outside-document", message, remedy)
        return False
    return True


def hash_fits(pack, table, row, text, column="sha256"):
    if row.has(column) and hash_text(text) != row.values[column]:
        message = f"The text at this place has the sha256 {hash_text(text)}."
        remedy = "Correct the offsets or the text, and write the hash anew."
        pack.add(table, row, column, "sha256", message, remedy)
        return False
    return True
