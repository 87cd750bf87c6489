"""Where to look again: the rows of a case that a part of a question rests on, in words.

A part's rows are those that the author names under ``[look]``; else those in square brackets in the
text of the part; else those that the explanation cites in the sentence most like the part.
"""

import re

from .kinds import kind_of
from .typed import fold, short

_CITED = re.compile(r"\[([a-z_]+/[a-z0-9-]+(?:; [a-z_]+/[a-z0-9-]+)*|[a-z0-9]+(?:-[a-z0-9]+)+)\]")
_SENTENCE = re.compile(r"[^.;]*?\[[^\]]*\]")
MOST = 2  # rows named for one part


def looks(case, full: dict) -> dict[str, str]:
    """Where to look again, by part id, and under ``""`` for the question as a whole.

    ``full`` has passed :func:`whosays.exercise.spec.check`, with ``look`` as written; only where a
    row is known is there an entry. Raises KeyError when ``[look]`` names a row that is not there.
    """
    if case is None:
        return {}
    written = full.get("look", {})
    rows = _cited(full["explain"])
    # The rows of a whole explanation would lead astray where there are several.
    found = {"": _worded(case, rows) if len(set(rows)) == 1 else ""}
    for part, rows in written.items():
        found[part] = _worded(case, _cited(f"[{rows}]"), must=True)
    for part in kind_of(full).parts(full):
        if part.id not in written:
            rows = _cited(part.text) or _nearest(full["explain"], part)
            found[part.id] = _worded(case, rows)
    return {part: words for part, words in found.items() if words}


def _cited(text):
    return [row for group in _CITED.findall(text) for row in group.split("; ")]


def _nearest(explanation, part):
    """The rows cited by the sentence of the explanation that shares most words with a part."""
    own = {word for word in fold(f"{part.text} {part.name}").split() if len(word) > 3}
    shared = [
        (len(own & set(fold(sentence).split())), _cited(sentence))
        for sentence in _SENTENCE.findall(explanation)
    ]
    shared.sort(key=lambda pair: -pair[0])
    most, second = ([n for n, _ in shared] + [0, 0])[:2]
    return shared[0][1] if most > max(1, second) else []


def _worded(case, rows, must=False):
    words = []
    for row in dict.fromkeys(rows):
        try:
            words.append(in_words(case, row))
        except KeyError:
            if must:
                raise
    return " and ".join(list(dict.fromkeys(words))[:MOST])


def in_words(case, citation: str) -> str:
    """A row, cited as ``table/id`` or by the id of a claim or a document alone, as readers name it.

    A claim is ``what the accounts say of “…”``, else it is who wrote it, its title and its year.
    Raises KeyError when there is no such row.
    """
    table, _, row_id = citation.rpartition("/")
    if not table:
        table = "claims" if row_id in case.claims else "sources"
    row = case.get(f"{table}/{row_id}")
    if table == "claims":
        return f"what the accounts say of “{short(row.text, 90)}”"
    if table == "agents":
        return row.name
    if table == "quotations":
        return f"the quotation card “{row.title}”"
    if row.get("account_id"):
        account = case.accounts[row["account_id"]]
        page = f", p. {row['page']}" if row.get("page") else ""
        return _document(case, account["publisher"], account["title"], account["published"]) + page
    if row.get("source_id"):
        source = case.sources[row["source_id"]]
        place = f", paragraph {row['paragraph']}" if row.get("paragraph") else ""
        return _document(case, source["outlet"], source["headline"], source["published"]) + place
    raise KeyError(citation)


def _document(case, by, title, published):
    name = case.agents[by]["name"] if by in case.agents else by
    year = f" ({str(published)[:4]})" if published else ""
    return f"{name}, “{short(title, 80)}”{year}"
