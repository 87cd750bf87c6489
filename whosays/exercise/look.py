"""The rows of a case in words: where to look again, and what a question says in place of ids.

A part's rows are those that the author names under ``[look]``; else those in square brackets in the
text of the part; else those that the explanation cites in the sentence most like the part.
"""

import re

from ..text.spans import short
from ..view.named import giver, named, text_number
from .kinds import kind_of
from .typed import fold

_CITED = re.compile(r"\[([a-z_]+/[a-z0-9-]+(?:; [a-z_]+/[a-z0-9-]+)*|[a-z0-9]+(?:-[a-z0-9]+)+)\]")
_BARE = re.compile(r"`?\b(?P<row>[a-z_]+/[a-z0-9]+(?:-[a-z0-9]+)*|[a-z0-9]+(?:-[a-z0-9]+)+)\b`?")
_BEFORE_CITED = re.compile(r"\s*" + _CITED.pattern)
_SPACE_CITED = re.compile(r" ?" + _CITED.pattern)
_JUDGED = frozenset("key id kind parts accepts names name answer options labels accepting".split())
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
    sentences = {"": _worded(case, rows) if len(set(rows)) == 1 else ""}
    for part, rows in written.items():
        sentences[part] = _worded(case, _cited(f"[{rows}]"), must=True)
    for part in kind_of(full).parts(full):
        if part.id not in written:
            rows = _cited(part.text) or _nearest(full["explain"], part)
            sentences[part.id] = _worded(case, rows)
    return {part: words for part, words in sentences.items() if words}


def in_learners_words(case, value):
    """A question without ids: a row in brackets becomes who gives it, a text its number.

    Parameters
    ----------
    case : Case or None
    value : str, list or dict
        A question, or a part of one; its keys stay.
    """
    if case is None:
        return value
    if type(value) is list:
        return [in_learners_words(case, one) for one in value]
    if type(value) is dict:
        judged = {k: v for k, v in value.items() if k in _JUDGED}
        # a remark speaks of what stands above: there a row in brackets is for the lint alone
        bare = {k: _BEFORE_CITED.sub("", v) if k == "say" else v for k, v in value.items()}
        return {k: in_learners_words(case, v) for k, v in bare.items() if k not in judged} | judged
    if type(value) is not str:
        return value
    if alone := _CITED.fullmatch(value):
        return named(case, alone[1])
    value = _BEFORE_CITED.sub(lambda cited: _givers(case, cited), value)
    return _BARE.sub(lambda bare: _bare(case, bare), value)


def hidden(case, text: str) -> str:
    """A text cell without ids: what is cited stands in a comment, for the lint."""
    text = _SPACE_CITED.sub(lambda cited: f"<!--{cited[0].strip()}-->", text)
    shown = re.split(r"(<!--.*?-->|\]\([^)]*\))", text)
    return "".join(one if i % 2 else in_learners_words(case, one) for i, one in enumerate(shown))


def _givers(case, cited):
    try:
        before = cited.string[: cited.start()]
        names = [_in_brackets(case, _path(case, row), before) for row in cited[1].split("; ")]
    except KeyError:
        return cited[0]
    names = list(dict.fromkeys(filter(None, names)))
    return f" ({'; '.join(names)})" if names else ""


def _in_brackets(case, path, before):
    """What stands in brackets behind a sentence: nothing for what the sentence itself speaks of."""
    table = path.partition("/")[0]
    if table in ("claims", "sources"):
        return ""
    who = giver(case, path)
    name = named(case, path) if table in ("passages", "reuse_key") else who
    return name.removeprefix(who).lstrip(", ") if who and who.strip("“”") in before else name


def _bare(case, bare):
    row = bare["row"]
    if row in case.items:
        return text_number(case, row)
    path = row if "/" in row else f"passages/{row}"
    try:
        return named(case, path)
    except KeyError:
        return bare[0]


def _path(case, citation):
    table, _, row_id = citation.rpartition("/")
    return f"{table or ('claims' if row_id in case.claims else 'sources')}/{row_id}"


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
    table, _, row_id = _path(case, citation).partition("/")
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
