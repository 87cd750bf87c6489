"""The class view: from a folder of learners' files to shares, agreement and sentences to discuss."""

import json

import pytest

from whosays import class_marks, load_case, mark
from whosays.base import paths
from whosays.evidence.class_view import read_folder
from whosays.evidence.marking import NAME, span_marker
from whosays.evidence.marks import ROLES

PASSAGE = "p-000-film-hrw"


@pytest.fixture(scope="module")
def case():
    return load_case("khojaly")


@pytest.fixture
def learner(case, tmp_path, monkeypatch):
    """A function that marks as one learner does and hands the file in."""
    handed_in = tmp_path / "class"
    handed_in.mkdir()

    def hand_in(name, *calls, folder=False):
        monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path / f"answers-{name}"))
        for content, source, cue in calls:
            mark(PASSAGE, content, source=source, cue=cue, case=case)
        text = (paths.answers() / f"{NAME}.json").read_text(encoding="utf-8")
        place = handed_in / name / f"{NAME}.json" if folder else handed_in / f"{name}.json"
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")

    hand_in.folder = handed_in
    return hand_in


OUTER = (
    "Human Rights Watch described Khojaly as the largest massacre in the conflict between Armenia and Azerbaijan",
    "the flim",
    "It is noted in",
)
INNER = ("Khojaly as the largest massacre in the conflict", "the Human Rights Watch", "described")
WIDE = (
    "Khojaly as the largest massacre in the conflict between Armenia and Azerbaijan",
    "Human Rights Watch",
    "described",
)


def test_shares_count_learners_word_by_word(case, learner):
    learner("a", OUTER, INNER)
    learner("b", INNER, folder=True)
    view = class_marks(case, PASSAGE, learner.folder)
    shares = dict(
        zip([view.passage[a:b] for a, b in view.words], view.shares("content"), strict=False)
    )
    assert shares["It"] == 0
    assert shares["between"] == 0.5
    assert shares["Khojaly"] == 1
    assert view.shares("source")[:6] == [0, 0, 0, 0, 0.5, 0.5]
    assert view.problems == []
    for role in ROLES:
        assert len(view.shares(role)) == len(view.words) == len(view.in_key(role))


def test_strip_and_its_table_tell_the_same(case, learner):
    learner("a", OUTER, INNER)
    learner("b", INNER)
    strip = class_marks(case, PASSAGE, learner.folder).strip("content")  # noqa: B005
    assert [(row["words"].split()[0], row["marked"], row["key"]) for row in strip.rows()] == [
        ("It", "0 of 2", "no"),
        ("the", "0 of 2", "yes"),
        ("Human", "1 of 2", "yes"),
        ("Khojaly", "2 of 2", "yes"),
        ("between", "1 of 2", "yes"),
    ]
    page = strip.html()
    assert 'aria-hidden="true"' in page and "<caption>" in page
    assert page.count("display:block;height:") == len(strip.shares)
    assert "1 of 2" in repr(strip)
    with pytest.raises(ValueError, match="no role 'boss'"):
        class_marks(case, PASSAGE, learner.folder).strip("boss")  # noqa: B005


def test_agreement_with_the_case_with_each_other_and_of_the_machine(case, learner):
    learner("a", OUTER, INNER)
    learner("b", INNER)
    rows = {
        row["what"]: row["value"]
        for row in class_marks(case, PASSAGE, learner.folder).agreement().rows
    }
    assert list(rows.values())[:2] == ["1 of 2", "2 of 2"]
    assert rows["agreement with the case (mean F1 of relations)"] == "0.83"  # 1 and 2/3
    assert rows["agreement between learners (mean F1 over all pairs)"] == "0.67"
    assert float(rows["the machine's first pass against the case (F1)"]) > 0


def test_one_learner_is_not_compared_with_others(case, learner):
    learner("a", INNER)
    rows = class_marks(case, PASSAGE, learner.folder).agreement().rows
    assert [r["value"] for r in rows if "between learners" in r["what"]] == ["not enough learners"]


def test_sentences_to_discuss_begin_with_the_most_divided(case, learner, tmp_path, monkeypatch):
    passage = "p-000-figures-dead"
    for name, words in (
        ("a", None),
        ("b", "487 civilians were seriously injured"),
        ("c", "A total of 613 peaceful Azerbaijanis were killed"),
    ):
        monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path / name))
        m = span_marker(case, passage)
        if words:
            mark(m, words)
        m.mark("A total of 613 peaceful Azerbaijanis were killed", "voice")
        (learner.folder / f"{name}.json").write_text(
            json.dumps({"khojaly": {passage: m.kept()}}), encoding="utf-8"
        )
    rows = class_marks(case, passage, learner.folder).to_discuss().rows
    assert [row["sentence"].split()[0] for row in rows] == ["At", "A"]
    assert float(rows[0]["parted"]) > float(rows[1]["parted"]) == 0
    assert "487" in rows[0]["over"] and rows[0]["ask"].endswith("?")
    assert "agrees" in rows[1]["over"]


def test_nobody_is_named(case, learner):
    learner("ayla-mammadova", OUTER)
    learner("armen-petrosyan", WIDE)
    view = class_marks(case, PASSAGE, learner.folder)
    assert "ayla" not in view.html() + view.text()
    assert "2 learners" in view.text()


def test_every_file_that_cannot_be_used_is_told_and_none_raises(case, learner):
    learner("good", INNER)
    folder = learner.folder
    (folder / "broken.json").write_text('{"khojaly": ', encoding="utf-8")
    (folder / "list.json").write_text("[1, 2]", encoding="utf-8")
    (folder / "odd.json").write_text(
        json.dumps({"khojaly": {PASSAGE: {"state": {"marks": [{"role": 7}]}}}}), encoding="utf-8"
    )
    (folder / "bytes.json").write_bytes(b"\xff\xfe\x00")
    (folder / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    states, problems = read_folder(folder, "khojaly", PASSAGE, case.quotation(PASSAGE))
    assert len(states) == 1
    assert sorted(line.split()[0] for line in problems) == [
        "broken.json",
        "bytes.json",
        "deep.json",
        "list.json",
        "odd.json",
    ]


def test_an_empty_or_missing_folder_is_told(case, tmp_path):
    assert "Nobody has marked" in repr(class_marks(case, PASSAGE, tmp_path))
    assert "is no folder" in repr(class_marks(case, PASSAGE, tmp_path / "nowhere"))
    assert "<p>" in class_marks(case, PASSAGE, tmp_path)._repr_html_()
    with pytest.raises(KeyError):
        class_marks(case, "p-nothing", tmp_path)
