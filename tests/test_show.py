"""What a reader sees of a case: escaped, captioned, the same as text, and never an unlabelled number."""

import re
from html import unescape

import pytest

from whosays import load_case
from whosays.view import show


@pytest.fixture(scope="module")
def case():
    return load_case("khojaly")


def test_a_table_escapes_what_it_shows_and_heads_rows_and_columns():
    view = show.table(
        [{"a": "<b>", "b": 1275.0, "c": None}], {"a": "A & B", "b": "n", "c": "c"}, "<caption>"
    )
    assert "&lt;b&gt;" in view.html() and "<b>" not in view.html() and "A &amp; B" in view.html()
    assert '<th scope="row">' in view.html() and view.html().count('<th scope="col">') == 3
    assert "1,275" in view.text() and "None" not in view.html() + view.text()


def test_words_of_a_closed_list_read_as_words():
    assert show.text_of("supports_in_part") == "supports in part"
    assert show.text_of("p-000-film_made") == "p-000-film_made"
    assert (
        show.text_of(("a", "b")) == "a; b"
        and show.text_of(True) == "yes"
        and show.text_of(13.9) == "13.9"
    )


def test_a_table_gives_the_same_rows_to_pandas(case):
    frame = show.documents(case).frame()
    assert list(frame["id"]) == case.sources.ids


def test_every_row_of_the_case_can_be_looked_at(case):
    for table in case.tables.values():
        for row in table:
            view = show.row(case, row.cite)
            assert view.text().startswith(f"[{row.cite}]") and view.title in unescape(view.html())
            shown = re.sub(r"<a .*?</a>", "", view.html())  # an address may hold anything
            assert not re.search(rf"\b{table.name}/|_id\b| id</dt>|<dd>(VP|VR|SO|NF)\b", shown)


def test_a_row_names_voices_and_spells_out_its_label(case):
    text = show.row(case, "accounts/hrw-1993").text()
    assert "Human Rights Watch" in text and "◐ read in a copy at karabakh" in text
    assert "outlet: Azernews" in show.row(case, "sources/azernews-2021-film").text()


def test_addresses_in_a_row_are_links_and_only_addresses(case):
    linked = show._linked('see https://example.org/a?b=1&c=2. <script>alert("x")</script>')
    assert (
        '<a href="https://example.org/a?b=1">' in linked
        or '<a href="https://example.org/a?b=1&amp;c=2">' in linked
    )
    assert "<script>" not in linked


def test_a_quotation_stands_with_its_place(case):
    for passage in case.passages:
        if passage["quoted"]:
            text = show.quotation(case, passage["passage_id"]).text()
            assert f"[passages/{passage['passage_id']}]" in text and "paragraph" in text


def test_status_lists_every_claim_settled_first(case):
    view = show.status(case)
    assert len(view) == len(case.claims)
    assert f"{len(case.claims.where(status='open'))} open" in view.caption
    assert [r["status"] for r in view.rows] == sorted(
        (r["status"] for r in view.rows),
        key=["settled", "open", "contested", "does_not_hold"].index,
    )


def test_said_and_found_shows_every_finding_with_its_label(case):
    view = show.said_and_found(case, "toll-613")
    assert len(view) == len(case.findings.where(claim_id="toll-613"))
    assert all(re.search(r"read|known", r["checked"]) for r in view.rows)
    assert {r["stance"] for r in view.rows} <= {*show.STANCE.values(), *show.SILENCE.values()}
    assert re.search(r"Said in \d of 5 documents", view.caption)


def test_dates_stay_on_one_line_and_addresses_in_tables_can_be_followed():
    view = show.table(
        [{"a": "2021-02-25", "b": "see https://example.org/x, p. 2"}], ["a", "b"], "c"
    )
    assert '<span class="ws-date">25 February 2021</span>' in view.html()
    assert '<a href="https://example.org/x">' in view.html()


@pytest.mark.parametrize(("rows", "folded"), [(9, ""), (13, "5 more rows")])
def test_a_long_table_folds_what_is_beyond_eight_rows_and_paper_has_all(rows, folded):
    view = show.table([{"a": str(n)} for n in range(rows)], ["a"], "c")
    assert re.findall(r"<summary>(.*?)</summary>", view.html()) == [folded] * bool(folded)
    assert view.html().count('<th scope="row">') == view.whole().count('<th scope="row">') == rows
    assert "<details" not in view.whole()


def test_rows_one_by_one_are_all_there_as_text_and_one_at_a_time_in_fields(case):
    names = ["claims/toll-613", "findings/memorial-froze"]
    pages = show.one_by_one(show.row, case, names)
    for name in names:
        assert f"[{name}]" in pages.text()
    box = pages.widget()
    words = dict(map(reversed, box.menu.options))
    assert words[names[0]] == "“613 people were killed.”"
    assert words[names[1]].startswith("Memorial") and "/" not in words[names[1]]
    assert "<dd>613 people were killed.</dd>" in box.shown.value
    box.menu.value = names[1]
    assert "froze" in box.shown.value and "<dd>613 people" not in box.shown.value
    assert repr(box) == pages.text()


def test_a_whole_document_where_it_may_be_shown():
    ferry = load_case("ferry")
    view = show.document(ferry, "passengers-2024-count")
    assert ferry.text("passengers-2024-count").strip() in view.text()
    assert "20 March 2024<" in view.html() and "<blockquote><p>" in view.html()


def test_a_lean_is_written_as_one_writes_it():
    assert show.text_of("pro_azerbaijani") == "pro-Azerbaijani"
