"""A row of a case as a person would name it: no ids, no names of columns.

One place for menus, tables, questions and headings, so that a thing has the same words wherever a
learner meets it.
"""

from ..base.words import words_of
from ..text.spans import short
from .caveats import claim_words, publisher_and_year
from .grave import Grave, told

_WORDS = words_of(__package__)
CHECKED, STANCE, COLUMNS = _WORDS["checked"], _WORDS["stance"], _WORDS["columns"]
#: of no use to a reader: places of characters, sums, and what only a program looks at
UNSEEN = frozenset(
    "caveat grave start end a_start a_end b_start b_end sha256 content_sha256 prefix suffix"
    " source_spans cue_spans content_spans word_spans gloss_spans characters quoted"
    " language licence_note optional order words".split()
)
_MENU = 110  # letters of a name that a menu shows


def heading(column: str) -> str:
    """A column's name for a reader."""
    return COLUMNS.get(column, column.removesuffix("_id").replace("_", " "))


def checked_words(row, column: str = "label") -> str:
    """How far a row was checked: its sign and a few words, with the host where it is a copy."""
    sign, words = CHECKED.get(row[column], ("", ""))
    host = (dict(row).get("host") or "") if row[column] != "VP" else ""
    where = " whose address was not kept" if "not recorded" in host else f" at {host}" * bool(host)
    return f"{sign} {words}{where}".strip()


def text_number(case, item_id: str) -> str:
    """``text 5``: the number that a text has in the list and the picture of all texts."""
    return f"text {case.items.ids.index(item_id) + 1}"


def giver(case, path: str) -> str:
    """Who says what a row holds, with the year, or the headline of a text that has several by it.

    Empty for a claim, which nobody says before somebody does.
    """
    row = dict(case.get(path))
    if row.get("account_id"):
        return " ".join(filter(None, publisher_and_year(case, row["account_id"])))
    if row.get("passage_id"):
        row["item_id"] = case.passages[row["passage_id"]]["item_id"]
    if row.get("item_id"):
        item = case.items[row["item_id"]]
        if sum(one["source_id"] == item["source_id"] for one in case.items) > 1:
            return f"“{short(item['headline'], 50)}”"
        row["source_id"] = item["source_id"]
    if row.get("source_id"):
        source = case.sources[row["source_id"]]
        name, year = case.agents[source["outlet"]]["name"], str(source["published"] or "")[:4]
        return name if year in name else f"{name} {year}"
    return ""


def _quoted(words, width):
    """Words in quotation marks, cut; of grave ones only what they are about."""
    return words.of if isinstance(words, Grave) and words.of else f"“{short(told(words), width)}”"


def named(case, path: str) -> str:
    """A row (``table/id``) in a few words."""
    table, _, row_id = path.partition("/")
    row = case.get(path)
    who = giver(case, path)
    if table == "claims":
        return _quoted(claim_words(case, row), _MENU)
    if table == "findings":
        claim = case.claims[row["claim_id"]] if row["claim_id"] else None
        return f"{who}, on {_quoted(claim_words(case, claim), 60)}" if claim else who
    if table == "accounts":
        return f"{who}, “{short(row['title'], 70)}”"
    if table == "figures":
        return f"{row['as_printed'] or row['value']}, {who}"
    if table == "sources":
        return f"{who}, “{short(row['headline'], 60)}”"
    if table == "items":
        return f"“{short(row['headline'], _MENU)}”"
    if table in ("passages", "assertions"):
        passage = case.passages[row["passage_id"]]
        return f"{who}, paragraph {passage['paragraph']}"
    if table == "reuse_key":
        return " and ".join(text_number(case, row[side]) for side in ("a_item", "b_item"))
    if table == "wordings":
        return f"A wording of “{case.quotations[row['quotation_id']]['title']}”"
    return next(
        (row[name] for name in ("name", "title", "what") if name in dict(row)), who or row_id
    )
