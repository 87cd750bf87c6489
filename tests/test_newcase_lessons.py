"""Every lesson's tools run on a first pass at once, before a teacher has touched it; lesson 08 and its page do as they say."""

import re
import shlex

import pytest

from whosays import load_case, source_card, span_marker, visit_log
from whosays.base import paths
from whosays.evidence import reuse_map, side_by_side
from whosays.evidence.corroboration import corroboration, doubts
from whosays.evidence.ledger import ledger
from whosays.evidence.poster import poster
from whosays.evidence.quotations import card_desk, quotation_card
from whosays.figures import drift, family, figures_of, find_figures, line_up, outcome, sums
from whosays.newcase import new_case
from whosays.reuse import compare
from whosays.view import show
from whosays.widgets import FACES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return load_case(
        new_case(tmp_path_factory.mktemp("own") / "case", paths.data() / "ferry" / "texts").folder
    )


def shown(*views):
    for view in views:
        assert view.text().strip() and view.html().strip()
        kinds = {f"{k.__module__.partition('.')[2]}.{k.__qualname__}" for k in type(view).__mro__}
        if kinds & set(FACES):  # a view with a face
            assert view.widget() is not None


def test_lesson_00_and_01_cards(case):
    shown(show.documents(case), show.status(case))
    for source in case.sources:
        card = source_card(case, source.source_id)
        shown(show.row(case, source.cite), card, card.finished())
        right = {
            f: {"answer": row["answer"], "evidence": row["evidence"]}
            for f, row in card.rows.items()
        }
        assert card.check(right).parts == [], "a first pass grades nobody"
        assert "This case is not finished" in card._repr_html_()
    assert visit_log("08").widget() is not None


def test_lesson_02_reading_and_marking(case):
    passages = dict.fromkeys(a.passage_id for a in case.assertions if a.cue_spans)
    for passage in list(passages)[:12]:
        shown(show.quotation(case, passage))
        marking = span_marker(case, passage)
        shown(marking.table())
        assert marking.widget() is not None and marking.key() is not None
    first = next(a for a in case.assertions if a.mode == "direct")
    words = case.stretch(first.source_id, *first.content_spans[0])
    marking = span_marker(case, first.passage_id).begin()
    for role, said in (("source", first.source_text), ("cue", first.cue_text), ("content", words)):
        marking.mark(said, role)
    assert len(marking.describe(mode="direct").relations()) == 1


def test_lesson_03_copies(case):
    a, b = "coast-press-2024-dispatch", "courier-2024-timetable-1"
    pair = side_by_side.items(case, a, b)
    assert pair.a_in_b > 0.9 > pair.b_in_a
    shown(pair, pair.table(), reuse_map.draw(case))
    assert side_by_side.paste(case) is not None
    assert (
        compare(
            case.text("coast-press-2024-dispatch"),
            case.text("courier-2024-timetable"),
            a_id="a",
            b_id="b",
        ).pair_count
        == 1
    )
    for row in case.reuse_key:
        shown(show.row(case, row.cite))


def test_lesson_04_figures(case):
    all_of_them = figures_of(case)
    assert len(all_of_them) > 200 and find_figures(case.text("coastal-unit-2024-note"))
    number = next(f for f in all_of_them if f.value == 48600)
    kin = family(case, number.id)
    assert {f.source for f in kin} >= {"orrin-line-2024-release", "coast-press-2024-dispatch"}
    shown(
        line_up(kin, case),
        drift(kin, case),
        sums(all_of_them, case),
        outcome("compare", *all_of_them[:2]),
    )


def test_lesson_05_quotations(case):
    assert len(case.quotations) >= 1
    for row in case.quotations:
        card = quotation_card(case, row.quotation_id)
        shown(card, card.table(), card.compare(1, 2))
    assert card_desk(case) is not None


def test_lesson_06_origins_and_corroboration(case):
    tree = ledger(case)
    for claim in case.claims:
        one = tree.claim(claim.claim_id)
        assert one.n >= 1 and not one.whole, "a statement is no origin of what it states"
    some = case.claims.ids[:3]
    shown(
        tree.claim(some[0]),
        corroboration(case, some),
        doubts(case, some[0]),
        show.said_and_found(case, some[0]),
    )
    assert poster(case, "08", some, {"nobody yet": []}).poster.text()


def test_lesson_07_the_memo(case, tmp_path):
    memo = pytest.importorskip("whosays.memo")
    page = memo.Memo(case, case.claims.ids[:3])
    assert page.text().strip() and memo.check_memo(page).text().strip()
    assert {path.suffix for path in page.export(tmp_path)} >= {".html", ".md", ".csv", ".jsonld"}


# -- the lesson and the page ----------------------------------------------------------------------


def test_the_page_runs_as_it_is_written(tmp_path, monkeypatch, capsys):
    from whosays import cli, newcase

    page = (paths.root() / "docs" / "your-own-case.md").read_text(encoding="utf-8")
    block = page.partition("## The same with the command")[2]
    commands = re.findall(r"^whosays (.+)$", re.search(r"```\n(.*?)```", block, re.S)[1], re.M)
    assert len(commands) == 3
    monkeypatch.chdir(tmp_path)
    for command in commands:
        words = [
            str(paths.data() / "ferry" / "texts") if w == "my-texts" else w
            for w in shlex.split(command)
        ]
        assert cli.main(words) == 0, command
    assert "things to do" in capsys.readouterr().out
    names = re.search(r"In code, (.+?) of `whosays.newcase`", page)[1]
    assert all(callable(getattr(newcase, name)) for name in re.findall(r"`(\w+)`", names))
