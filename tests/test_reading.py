"""The reading edition's parts: Markdown, links in text, questions and widgets on paper, one page, errors."""

import importlib
import pkgutil
import re

import pytest

import whosays.widgets
from whosays import cli, load_case
from whosays.base import paths
from whosays.base.problem import Problem
from whosays.exercise import question_set
from whosays.exercise.kinds import KINDS
from whosays.learner.commit import commit
from whosays.publish import paper, reading
from whosays.publish.edition import Edition
from whosays.publish.markdown import in_text, markdown, plain
from whosays.view import show

PRACTICE = "00_start_here_ferry_ex.ipynb"


def test_a_table_without_headings_gets_row_headings():
    made = markdown("| | |\n|---|---|\n| Time | 30 minutes |\n| You need | nothing |\n")
    assert '<th scope="row">Time</th>' in made and "<thead>" not in made
    assert "<thead>" in markdown("| a | b |\n|---|---|\n| 1 | 2 |\n")


def test_headings_have_anchors_and_comments_are_gone():
    made = markdown(
        "## Both *ways* & more\n\nA number 161<!--=figures/x.value-->. <!--no-claim: why-->"
    )
    assert '<h2 id="Both-ways-&amp;-more">' in made
    assert "<!--" not in made and "161." in made
    assert plain(made).startswith("Both ways & more")


def test_only_text_is_changed_never_a_tag_or_code():
    made = '<p title="word">word <a href="word">word</a> <code>word</code> word</p>'
    assert in_text(made, str.upper) == (
        '<p title="word">WORD <a href="word">word</a> <code>word</code> WORD</p>'
    )


def test_every_kind_of_question_stands_on_paper_with_all_its_options():
    seen = set()
    for number in ("00", "02", "03", "04"):
        for question in question_set(number):
            made = plain(paper.question(question.spec))
            seen.add(question.spec["kind"])
            for option in (*question.spec.get("option", ()), *question.spec.get("statement", ())):
                assert option["text"] in made, question.id
            for field in question.spec.get("field", ()):
                assert all(show.text_of(option) in made for option in field.get("options") or ()), (
                    question.id
                )
            assert question.spec.get("text", "")[:40] in made, question.id
    assert seen == set(KINDS)


def test_every_widget_of_the_kit_has_a_twin_on_paper():
    for module in pkgutil.iter_modules(whosays.widgets.__path__):
        importlib.import_module(f"whosays.widgets.{module.name}")
    from whosays.widgets.box import Box

    boxes, found = [Box], set()
    while boxes:
        more = [
            one for one in boxes.pop().__subclasses__() if one.__module__.startswith("whosays.")
        ]
        boxes += more
        found |= {
            one.__name__ for one in more if not one.__subclasses__()
        }  # others are made for these to build on
    assert found - set(paper.TWINS) == set(), (
        "say in whosays/publish/paper.py what stands on paper for these"
    )


def test_a_question_of_several_fields_says_on_paper_what_each_asks():
    box = commit(
        "99/two", "Two things?", fields={"Whose words?": ["his", "hers"], "Why?": "sentence"}
    )
    made = paper.on_paper(box)[1]
    assert made.index("Whose words?") < made.index("hers") < made.index("Why?")


def test_a_widget_that_is_not_listed_stands_as_its_text():
    class Strange:
        def __repr__(self):
            return "<b> & more"

    assert paper.on_paper(Strange()) == ("", "<pre>&lt;b&gt; &amp; more</pre>")


def test_a_page_has_everything_and_fetches_nothing():
    (made,) = reading.pages_of([paths.root() / "exercises" / PRACTICE], Edition()).values()
    assert "<script" not in made and "default-src 'none'" in made
    assert made.count("<h1>") == 1 and '<html lang="en">' in made and 'href="#main"' in made
    for question in question_set("00f"):
        assert (
            len(re.findall(f"<h2 [^>]*>{question.id} {re.escape(question.spec['title'])}", made))
            == 1
        )
    assert "How it went" not in made and "answer_0_" not in made
    assert "../notebooks/00_start_here.html" in made
    assert not re.search(r'href="(?!https:)[^"]*\.ipynb', made)


def test_neither_full_texts_nor_answers_of_this_machine_get_into_a_page(monkeypatch, tmp_path):
    monkeypatch.setenv("WHOSAYS_FULLTEXT", str(tmp_path))
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path / "mine"))
    before = {
        name: paths.os.environ.get(name)
        for name in ("WHOSAYS_FULLTEXT", "WHOSAYS_ANSWERS", "WHOSAYS_DATA")
    }
    with pytest.raises(ZeroDivisionError), reading._as_shipped():
        assert not any(place.exists() for place in paths.full_texts(paths.data() / "khojaly"))
        assert paths.answers() != tmp_path / "mine"
        assert len(load_case("khojaly").sources) == 5
        raise ZeroDivisionError
    assert before == {name: paths.os.environ.get(name) for name in before}


def test_a_cell_that_fails_and_a_link_that_leads_nowhere_are_named(tmp_path):
    from whosays.exercise.notebook import cell, notebook_text

    book = tmp_path / "notebooks" / "00_bad.ipynb"
    book.parent.mkdir()
    book.write_text(notebook_text([cell("code", "1 / 0", "bad")]), encoding="utf-8")
    with pytest.raises(
        Problem, match=r"00_bad\.ipynb, cell 1 \(id bad\) fails with ZeroDivisionError"
    ):
        reading.pages_of([book], Edition(tmp_path))
    book.write_text(notebook_text([cell("markdown", "[x](gone.ipynb)", "bad")]), encoding="utf-8")
    with pytest.raises(Problem, match=r"00_bad\.ipynb links to gone\.ipynb"):
        reading.pages_of([book], Edition(tmp_path))


def test_without_the_lessons_the_command_says_so(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(paths, "root", lambda: tmp_path)
    assert cli.main(["site", str(tmp_path / "out"), "--only", "reading"]) == 1
    assert "run this in a copy of the repository" in capsys.readouterr().err
