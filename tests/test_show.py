"""What a reader sees of a case: escaped, captioned, the same as text, and never an unlabelled number."""

import re

import pytest

from whosays import load_case, show


@pytest.fixture(scope="module")
def case():
    return load_case("khojaly")


def test_a_table_escapes_what_it_shows_and_heads_rows_and_columns():
    view = show.table([{"a": "<b>", "b": 1275.0, "c": None}], {"a": "A & B", "b": "n", "c": "c"}, "<caption>")
    assert "&lt;b&gt;" in view.html() and "<b>" not in view.html() and "A &amp; B" in view.html()
    assert '<th scope="row">' in view.html() and view.html().count('<th scope="col">') == 3
    assert "1,275" in view.text() and "None" not in view.html() + view.text()


def test_words_of_a_closed_list_read_as_words():
    assert show.text_of("supports_in_part") == "supports in part"
    assert show.text_of("p-000-film_made") == "p-000-film_made"
    assert show.text_of(("a", "b")) == "a; b" and show.text_of(True) == "yes" and show.text_of(13.9) == "13.9"


def test_a_table_gives_the_same_rows_to_pandas(case):
    frame = show.documents(case).frame()
    assert list(frame["id"]) == case.sources.ids


def test_every_row_of_the_case_can_be_looked_at(case):
    for table in case.tables.values():
        for row in table:
            view = show.row(case, row.cite)
            assert view.text().startswith(f"[{row.cite}]") and row.cite in view.html()


def test_a_row_names_voices_and_spells_out_its_label(case):
    text = show.row(case, "accounts/hrw-1993").text()
    assert "Human Rights Watch" in text and "VR (seen in a reproduction" in text
    assert "outlet: Azernews" in show.row(case, "sources/azernews-2021-film").text()


def test_addresses_in_a_row_are_links_and_only_addresses(case):
    linked = show._linked('see https://example.org/a?b=1&c=2. <script>alert("x")</script>')
    assert '<a href="https://example.org/a?b=1">' in linked or '<a href="https://example.org/a?b=1&amp;c=2">' in linked
    assert "<script>" not in linked


def test_a_quotation_stands_with_its_place(case):
    for passage in case.passages:
        if passage["quoted"]:
            text = show.quotation(case, passage["passage_id"]).text()
            assert f"[passages/{passage['passage_id']}]" in text and "paragraph" in text


def test_status_lists_every_claim_about_the_event_settled_first(case):
    view = show.status(case, "event")
    assert len(view) == sum(c["about"] == "event" for c in case.claims)
    assert [r["status"] for r in view.rows] == sorted((r["status"] for r in view.rows), key=["settled", "open", "contested"].index)


def test_labels_count_what_carries_them(case):
    rows = {r["label"]: r["rows"] for r in show.labels(case).rows}
    assert rows["NF"] == len(case.gaps) and sum(rows.values()) == len(case.gaps) + len(case.findings)


def test_said_and_found_shows_every_finding_with_its_label(case):
    view = show.said_and_found(case, "toll-613")
    assert len(view) == len(case.findings.where(claim_id="toll-613"))
    assert all(r["label"] in show.LABELS and r["host"] for r in view.rows)
    assert re.search(r"Said in \d of 5 documents", view.caption)
