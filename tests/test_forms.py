"""Before and after: the forms, the draw, item statistics, and classes whose gain is known."""

import json
import random
import re
from math import exp
from statistics import mean

import pytest

from whosays.base import paths
from whosays.exercise import question
from whosays.exercise.build import load_set
from whosays.exercise.forms import FORMS, ORDERS, draw, gain, items
from whosays.exercise.judge import judge
from whosays.exercise.question import KEPT, NO_HELP, question_set
from whosays.exercise.robots import run_robots, statements
from whosays.grading.command import main
from whosays.grading.forms import Taken, compare, read_gradebook
from whosays.grading.handed import FileRefused
from whosays.grading.keys import Key
from whosays.grading.report import class_report
from whosays.grading.row import Entry, Part, SubmissionRow

SOLUTIONS = sorted(paths.solutions().glob("forms/*_sol.ipynb"))
LEARNERS, CLASSES = 30, 400


def test_there_are_three_forms_and_they_are_built_without_a_problem():
    made = [load_set(path) for path in SOLUTIONS]
    assert tuple(one.number for one in made) == FORMS
    for one in made:
        assert [str(problem) for problem in one.problems] == []
        assert [s.truth for s in statements(one.questions)].count("accept") == 4
        assert [s.robot for s in run_robots(one.questions, seeds=20) if s.passes] == []


def test_in_each_form_two_of_each_side_are_supported():
    for path in SOLUTIONS:
        found = statements(load_set(path).questions)
        sides = [(s.alignment == "independent", s.truth) for s in found]
        assert {sides.count(side) for side in sides} == {2}


@pytest.mark.parametrize("letter", "abc")
def test_the_paper_has_the_texts_and_the_sentences_of_the_notebook(letter):
    path = SOLUTIONS["abc".index(letter)]
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    texts = next("".join(cell["source"]) for cell in cells if cell["id"] == "texts")
    page = (paths.root() / f"docs/teaching/form-{letter}.md").read_text(encoding="utf-8")
    words = " ".join(re.sub(r"\n> ", "\n", texts).split())
    assert words in " ".join(page.split())
    rows = re.findall(r"^\| ([a-h]) \| (.+?) \|", page, re.M)
    asked = load_set(path).questions[0]["statement"]
    assert rows == [(item["key"], item["text"]) for item in asked]


def test_nothing_is_said_on_an_answer_of_a_form(tmp_path, monkeypatch):
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path))
    asked = question("90.1")
    answer = {key: "supported" for key in "abcdefgh"}
    said = asked.check(answer, sure=70)
    assert said.judgement is None and said.text() == KEPT
    assert str(asked.hint()) == str(asked.explain()) == NO_HELP
    assert str(question_set("90").score()) == NO_HELP
    asked.check({key: "not supported" for key in "abcdefgh"})
    kept = question_set("90").first_tries()["90.1"]
    assert kept["answer"] == answer and kept["sure"] == 70 and kept["checks"] == 2


def test_the_draw_is_even_and_the_same_for_the_same_class():
    drawn = draw("8b", LEARNERS)
    assert drawn == draw(" 8B ", LEARNERS) != draw("8c", LEARNERS)
    assert {drawn.count(order) for order in ORDERS} == {LEARNERS // 3}
    for time in range(3):
        assert {[order[time] for order in drawn].count(form) for form in FORMS} == {LEARNERS // 3}


# What a form adds to the difficulty of each of its items; the learners do not know.
HARDER = {"90": -0.5, "91": 0.0, "92": 0.8}
DIFFICULTY = (-1.5, -1.0, -0.5, -0.2, 0.2, 0.5, 1.0, 1.5)


def _chance(ability, item, form):
    return 1 / (1 + exp(item + HARDER[form] - ability))


def _class(seed, learnt):
    """A class whose abilities are known: (order, points before, points after), and the true gain."""
    draws, pairs, true = random.Random(seed), [], {}
    for order in draw(f"class {seed}", LEARNERS):
        ability = draws.gauss(0, 1)
        points, expected = [], []
        for form, more in ((order[0], 0), (order[1], learnt)):
            chances = [_chance(ability + more, item, form) for item in DIFFICULTY]
            points.append(sum(draws.random() < chance for chance in chances))
            expected.append(sum(chances))
        pairs.append(("".join(order), *points))
        true.setdefault("".join(order), []).append(expected[1] - expected[0])
    return pairs, mean(map(mean, true.values()))


@pytest.mark.parametrize("learnt", [0, 0.5, 1])
def test_the_true_gain_of_simulated_classes_lies_in_the_interval(learnt):
    inside, misses = 0, []
    for seed in range(CLASSES):
        pairs, true = _class(seed, learnt)
        found = gain(pairs)
        inside += found.low <= true <= found.high
        misses.append(found.mean - true)
    # 95 % of 400 within three standard errors; and no side is favoured though one form is harder
    assert 0.917 <= inside / CLASSES <= 0.985
    assert abs(mean(misses)) < 0.06


def test_a_class_that_took_one_order_only_is_told_so():
    pairs = [(order, before, after) for order, before, after in _class(1, 0)[0]]
    alone = [pair for pair in pairs if pair[0] == pairs[0][0]]
    assert gain(alone).orders == 1 and gain(pairs).orders == 3
    assert gain([("9091", 3, 4), ("9192", 3, 4)]) is None


@pytest.mark.parametrize(
    "pairs",
    [
        [("9091", 3, 4), ("9091", 3, 6)],  # one degree of freedom
        [("9091", 3, 4), ("9091", 3, 6), ("9192", 2, 4), ("9192", 2, 3)],  # two
        [("9091", n, n + 1) for n in range(6)],  # all alike: no spread to go by
    ],
)
def test_a_gain_that_so_few_or_so_even_a_class_cannot_carry_has_no_interval(pairs):
    found = gain(pairs)
    assert found.mean > 0 and found.low is None and found.high is None


def test_hard_items_are_told_from_easy_ones_and_a_broken_one_is_seen():
    draws, answers = random.Random(4), []
    for _ in range(300):
        ability = draws.gauss(0, 1)
        one = {
            str(i): float(draws.random() < _chance(ability, item, "91"))
            for i, item in enumerate(DIFFICULTY)
        }
        answers.append(one | {"coin": float(draws.random() < 0.5)})
    found = items(answers)
    shares = [item.share for item in found[:-1]]
    assert shares == sorted(shares, reverse=True)
    assert all(item.with_rest > 0.2 for item in found[:-1])
    assert found[-1].rest_low < 0.1 and abs(found[-1].with_rest) < 0.15
    assert all(item.low < item.share < item.high for item in found)
    (same,) = items([{"all": 1.0}] * 5)
    assert same.with_rest is None and same.high == pytest.approx(1)
    one, two = items([{}, {"a": 1.0, "b": 1.0}, {"a": 1.0, "b": 0.0}, {"a": 0.0, "b": 0.0}])
    assert (one.name, one.share, two.share, two.learners) == ("a", 0.5, 0.25, 4)


HEADER = (
    "no,student,lms_id,set,status,90.1,91.1,rightly_accepted,rightly_rejected,"
    "wrongly_accepted,wrongly_rejected\n"
)
BEFORE = (
    HEADER
    + """1,anna,,90,graded,5,,3,2,2,1
2,ben,,90,graded,5,,3,2,2,1
3,cem,,90,graded,2,,1,1,0,0
4,dede,,90,graded,4,,2,2,2,2
5,ece,,90,not attempted,,,,,,
"""
)
AFTER = (
    HEADER
    + """1,anna,,91,graded,,7,4,3,1,0
2,ben,,91,graded,,6,2,4,0,2
3,cem,,91,graded,,4,2,2,2,2
4,dede,,91,graded,,5,3,2,2,1
"""
)


def test_two_gradebooks_are_compared(tmp_path, capsys):
    before = tmp_path / "before.csv"
    after = tmp_path / "after.csv"
    before.write_text(BEFORE, encoding="utf-8-sig")
    after.write_text(AFTER, encoding="utf-8")
    taken = read_gradebook(before)
    assert taken["anna"] == Taken("90", 5, 3, 2) and "ece" not in taken
    assert taken["cem"] == Taken("90", 2, 1, 1), (
        "what was left blank is neither found nor withstood"
    )
    gains = compare(taken, read_gradebook(after))
    assert gains["points"].mean == 1.5 and gains["withstood"].mean == 1
    assert gains["found"].mean == 0.5 and gains["found"].learners == 4
    assert gains["points"].low < 1.5 < gains["points"].high
    assert main(["forms", "compare", str(before), str(after)]) == 0
    said = capsys.readouterr().out
    assert "+1.50" in said and "1 of 3 orders" in said and "not known" not in said
    assert main(["forms", "draw", "8b", "--learners", "3"]) == 0
    assert "weeks later" in capsys.readouterr().out


def test_two_learners_without_an_interval_are_told_why(tmp_path, capsys):
    files = [tmp_path / "before.csv", tmp_path / "after.csv"]
    for path, text in zip(files, (BEFORE, AFTER), strict=True):
        path.write_text("\n".join(text.split("\n")[:3]), encoding="utf-8")
    assert main(["forms", "compare", *map(str, files)]) == 0
    said = capsys.readouterr().out
    assert "not known" in said and "the mean may then be chance" in said


def test_two_learners_of_one_name_stay_two_or_are_refused(tmp_path):
    path = tmp_path / "gradebook.csv"
    path.write_text(BEFORE.replace("anna,", "ben,17").replace("ben,,", "ben,18,"), encoding="utf-8")
    assert {"ben (17)", "ben (18)"} < set(read_gradebook(path))
    path.write_text(BEFORE.replace("anna", "ben"), encoding="utf-8")
    with pytest.raises(FileRefused, match="two rows of ben that cannot be told apart"):
        read_gradebook(path)


def test_a_gradebook_without_the_sentences_rightly_accepted_is_refused(tmp_path):
    path = tmp_path / "gradebook.csv"
    path.write_text(BEFORE.replace("rightly_a", "x").replace("rightly_r", "y"), encoding="utf-8")
    with pytest.raises(FileRefused, match="made by an older version"):
        read_gradebook(path)


def test_what_is_no_gradebook_is_refused(tmp_path, capsys):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert main(["forms", "compare", str(path), str(path)]) == 2
    assert "cannot be read as a gradebook" in capsys.readouterr().err


def test_the_class_report_has_the_sentences_of_a_form_and_how_sure_the_class_was():
    made = load_set(SOLUTIONS[0])
    key = Key(made.name, made.number, made.title, made.questions, {}, paths.data())
    asked, draws, rows = made.questions[0], random.Random(2), []
    for number in range(12):
        given = {k: draws.choice(asked["labels"]) for k in "abcdefgh"}
        judged = judge(asked, given)
        parts = [Part(p.id, p.name, p.status, p.say, p.belief) for p in judged.parts]
        entry = Entry("mapping", judged.status, judged.points, 8, parts=parts, answer=given)
        text = Entry("text", "not answered", 0, 3)
        rows.append(
            SubmissionRow(
                id=str(number),
                set=made.name,
                number="90",
                questions={"90.1": entry, "90.2": text},
                sure=[[70, judged.points / 8]],
            )
        )
    blank = Entry("mapping", "not answered", 0, 8)
    rows.append(
        SubmissionRow(
            id="blank", set=made.name, number="90", questions={"90.1": blank, "90.2": text}
        )
    )
    page = class_report(rows, [key])
    assert "How sure, and how right" in page and "60 to 80 %" in page
    assert "Items, on first tries" in page and "With 13 learners" in page
    items_table = page.partition("Items, on first tries")[2].partition("</table>")[0]
    assert items_table.count("<tr") == 1 + 8
    assert "Items, on first tries" not in class_report(rows[:9], [key])
