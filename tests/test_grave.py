"""What describes cruelty: each display is rendered here for each such row, and looked at."""

import html
import re

import pytest

from whosays import corroboration, frames, ledger, load_case, quotation_card, show, what_was_found
from whosays.evidence.claim_path import claim_path
from whosays.evidence.corroboration import doubts
from whosays.evidence.origin_picture import origin_picture
from whosays.evidence.poster import Poster
from whosays.evidence.side_by_side import of_case
from whosays.evidence.wording_columns import WordingColumns
from whosays.figures import figure, line_up
from whosays.memo.brief import Brief
from whosays.memo.evidence import ClaimEvidence
from whosays.memo.page import Memo
from whosays.view.grave import SAYS, Grave, fold, shown, told
from whosays.view.view import View

CASE = load_case("khojaly")
_FOLD = re.compile(r'<details class="ws-grave">.*?</details>', re.S)


def open_words(page):
    """What a reader sees of a page without opening a fold on cruelty: no tags, spaces in one."""
    return _flat(html.unescape(re.sub("<[^>]+>", " ", _FOLD.sub(" ", page))))


def _flat(words):
    return " ".join(words.split())


def grave(table, *columns):
    """(cite, grave words) of a table."""
    return [
        pytest.param(row, words, id=f"{row.cite}.{column}")
        for row in CASE.tables[table]
        if row.grave
        for column in columns
        for words in [row[column]]
        if words
    ]


def of_a_claim(claim_id):
    """Every display of a claim with all that stands on it, by name."""
    entry = ledger(CASE).claim(claim_id)
    accounts = list({f.account_id for f in CASE.findings.where(claim_id=claim_id)})
    evidence, table = ClaimEvidence(CASE, claim_id), corroboration(CASE, [claim_id], accounts)
    yield "claim", show.row(CASE, f"claims/{claim_id}")
    yield "said and found", show.said_and_found(CASE, claim_id)
    yield "what was found", what_was_found(CASE, claim_id, kind=None)
    yield "evidence of an exercise", show.evidence(CASE, f"claims/{claim_id}")
    yield "status", show.status(CASE)
    yield "ledger", entry
    for cite in [n.cite for _, n in entry.tree.walk() if n.cite][1:]:
        yield f"step {cite}", entry.step(cite)
    yield "grid", table.table()
    yield "findings in full", table.findings()
    guessed = Poster(CASE, "06", [claim_id], {"all": accounts})
    yield "poster", guessed
    yield "poster, filled in", guessed.table(answers=True)
    yield "poster, opened", HTML(guessed.answers())
    yield "doubts", doubts(CASE, claim_id)
    yield "memo evidence", evidence
    yield "memo brief", Brief(evidence)
    yield "memo", Memo(CASE, [claim_id])
    if evidence.figures:
        yield "numbers", line_up(evidence.figures, CASE)
    for said in evidence.assertions:
        yield f"path {said.cite}", claim_path(CASE, said.assertion_id)
        yield f"frames {said.cite}", frames(CASE, said.assertion_id)
        yield f"row {said.cite}", show.row(CASE, said.cite)


class HTML(View):
    """A page that is no view, looked at as one."""

    def __init__(self, page):
        self.page = page

    def html(self):
        return self.page

    def text(self):
        return ""


def looked_at(words, named, page, text):
    assert words not in open_words(page), named
    assert words not in _flat(text), f"{named}, as text"


_OF_A_CLAIM = [
    *grave("claims", "text", "why"), *grave("findings", "paraphrase", "quote"), *grave("figures", "counts"),
]  # fmt: skip


@pytest.mark.parametrize("row,words", _OF_A_CLAIM)
def test_no_display_shows_grave_words_outside_a_fold(row, words):
    if row.claim_id == "bodies-mutilated" and words == "Not mentioned in the excerpts seen.":
        return
    yard = {name: (view.html(), view.text()) for name, view in of_a_claim(row.claim_id)}
    yard["row"] = show.row(CASE, row.cite).html(), show.row(CASE, row.cite).text()
    for name, (page, text) in yard.items():
        looked_at(words, name, page, text)
    assert SAYS in yard["row"][0]


@pytest.mark.parametrize("row,words", grave("claims", "text"))
def test_fields_and_menus_call_a_grave_claim_by_its_number(row, words):
    accounts = list({f.account_id for f in CASE.findings.where(claim_id=row.claim_id)})
    box = Poster(CASE, "06", [row.claim_id], {"all": accounts}).widget()
    for menu in box.menus.values():
        assert words not in menu.description and "claim about cruelty" in menu.description
    assert words not in origin_picture(ledger(CASE).claim(row.claim_id))
    memo = Memo(CASE).widget(offer=[row.claim_id])
    assert words not in memo.ticks[row.claim_id].description
    assert not any(words in label for label, _ in memo.more.options[1:])
    files = memo_files(row.claim_id)
    for name in ("memo.html", "memo.md"):
        assert words not in open_words(files[name]), name


def memo_files(claim_id):
    from whosays.memo.export import files

    return files(Memo(CASE, [claim_id]), today="2026-11-27")


@pytest.mark.parametrize("row,words", grave("passages", "exact"))
def test_a_grave_passage_is_folded_and_not_shown_side_by_side(row, words):
    quoted = show.quotation(CASE, row.passage_id)
    looked_at(_flat(words), "quotation", quoted.html(), quoted.text())
    assert SAYS in quoted.html() and _flat(words) in _flat(html.unescape(quoted.html()))
    side = of_case(CASE)[row.item_id]
    assert side.slice(row.start, row.end) is None
    assert side.slice(row.end - 20, row.end) is None


def test_the_wordings_of_a_grave_quotation():
    names = {w.quotation_id for w in CASE.wordings if w.grave}
    assert names
    for name in names:
        card = quotation_card(CASE, name)
        known = [w for w in card.known if w.row.grave]
        pages = {"card": card, "table": card.table()}
        pages |= {f"against {w.number}": card.compare(known[0].number, w.number) for w in known[1:]}
        pages["columns"] = WordingColumns(CASE, name, [w.number for w in known])
        for called, view in pages.items():
            for wording in known:
                page = re.sub("</?(del|ins)>", "", view.html())
                looked_at(_flat(wording.words)[:60], f"{name}, {called}", page, "")
                looked_at(_flat(wording.words), f"{name}, {called}", "", view.text())


def test_a_document_with_a_grave_passage_is_folded_as_a_whole(tmp_path):
    from whosays.view.grave import grave_document

    assert grave_document(CASE, "anniversary-2013")
    assert not grave_document(load_case("ferry"), "courier-2024-timetable")


def test_what_a_fold_says():
    words = Grave("<cruel>", "A paper, 1992")
    assert shown(words) == fold("&lt;cruel&gt;", "A paper, 1992")
    assert f"<summary>A paper, 1992. {SAYS}</summary>" in shown(words)
    assert told(words).startswith("A paper, 1992.") and "cruel>" not in told(words)
    assert shown("<mild>") == "&lt;mild&gt;" and told("mild") == "mild"


def test_a_figure_keeps_its_mark():
    names = [f.figure_id for f in CASE.figures if f.grave]
    assert all(isinstance(figure(CASE, name).counts, Grave) for name in names)
