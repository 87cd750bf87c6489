"""What a page can show of the case on a real crime, and what its content note names of it."""

import re
from collections import namedtuple

from whosays import load_case

Topic = namedtuple("Topic", "name shown named")
# what stands in the rows that a page can show -> what its content note has to name
TOPICS = (
    Topic("killing", r"\bkill|\bmurder|\bmassacre|\bdead\b|\bdied\b|\bdeaths?\b|\bslaughter", r"kill|dead|massacre"),
    Topic("children", r"\bchild|\bminors?\b|\borphan", r"child"),
    Topic("wounds and captivity", r"\bwound|\binjur|\bhostage|\bprisoner|\bcaptive|\bdisabled", r"wound|injur|hostage|captive|hurt"),
)  # fmt: skip
SHOWN = {"text", "why", "paraphrase", "quote", "exact", "about", "counts"}
CRUELTY = Topic("cruelty", "", r"(?<!no )\bcruel")
FIRST_WITH_CRUELTY = 5
_ANY_CLAIM = re.compile(r"\bmemo\([^)]*\)\.widget|\btree\.widget\(\)|\bshow\.status\(case\)")


def note_of(cells):
    """The content note among the first text cells; empty where there is none."""
    for cell in cells[:5]:
        found = re.search(r"\*\*Content note\.\*\*(.*)", "".join(cell["source"]), re.S)
        if cell["cell_type"] == "markdown" and found:
            return re.sub(r"<!--.*?-->", "", found[1], flags=re.S)
    return ""


def rows_shown(cells, case):
    """The rows of a case that the code of a page can show: those it names, and what stands on a
    claim that it names; all of them where a reader may open any claim.
    """
    code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    if _ANY_CLAIM.search(code):
        return [row for table in case.tables.values() for row in table]
    named = set(re.findall(r"[\w-]{3,}", code))
    rows = [row for table in case.tables.values() for row in table if row.id in named]
    claims = {row.id for row in rows if row.cite.startswith("claims/")}
    rows += [row for row in case.findings if row.claim_id in claims]
    cards = {row.id for row in rows if row.cite.startswith("quotations/")}
    rows += [row for row in case.wordings if row.quotation_id in cards]
    if re.search(
        r"\btree\.claim\(|\bledger\([^)]*\)\.claim\(", code
    ):  # a tree opens the passages of its claims
        rows += [row for row in case.assertions if row.claim_id in claims]
    passages = {row["passage_id"] for row in rows if row.get("passage_id")}
    return [*rows, *(case.passages[p] for p in passages)]


def missing(cells, number):
    """What a page can show and its note does not name.

    Parameters
    ----------
    cells : list of dict
        Of a notebook.
    number : int
        Of the lesson.

    Returns
    -------
    list of str
        One sentence each, with the row that shows it.
    """
    found, note = [], note_of(cells)
    rows = rows_shown(cells, load_case("khojaly"))
    for topic in TOPICS:
        for row in rows:
            words = " ".join(v for k, v in row.items() if k in SHOWN and isinstance(v, str))
            if re.search(topic.shown, words) and not re.search(topic.named, note, re.I):
                what = f"the note does not name {topic.name}"
                found.append(f"{what}, and {row.cite} can be shown: {words}")
                break
    for row in rows:
        if row.get("grave"):
            if number < FIRST_WITH_CRUELTY:
                found.append(f"{row.cite} describes cruelty: not before lesson 05")
            elif not re.search(CRUELTY.named, note, re.I):
                found.append(f"the note does not name cruelty, and {row.cite} can be shown")
            else:
                continue
            break
    return found
