"""Every slip gets a reply: planted on a part, a pair or what is missing, else written from the rows."""

import json

import pytest

from whosays import load_case
from whosays.base import paths
from whosays.exercise.build import load_set
from whosays.exercise.judge import judge
from whosays.exercise.key import BadSolution, lock, make_key
from whosays.exercise.look import in_words, looks
from whosays.exercise.remarks import count_reasons, count_remarks, remarks_table
from whosays.exercise.spec import check, read_toml

COMMON = (
    'id = "1.1"\ntitle = "T"\nprompt = "P"\npoints = 2\nhints = ["the first hint"]\nexplain = "e"\n'
)
MAPPING = (
    COMMON
    + """kind = "mapping"
labels = ["holds", "open", "fails"]
accepting = ["holds"]
[why]
a = "three counts agree"
"""
    + "".join(f'[[statement]]\nkey = "{k}"\ntext = "The boat {k} was late."\n' for k in "abc")
    + """[[wrong]]
answer = { b = "open" }
say = "Who counted?"
[[wrong]]
part = "b"
say = "Read the log."
[[wrong]]
answer = { b = "open", c = "holds" }
say = "(b) and (c) rest on one count."
"""
)
CHOICES = (
    COMMON
    + 'kind = "choices"\n'
    + "".join(f'[[option]]\nkey = "{k}"\ntext = "It is {k}."\n' for k in "abcd")
    + '[[wrong]]\nanswer = ["d"]\nsay = "Not d?"\n[[wrong]]\nmissing = ["c"]\nsay = "Who else?"\n'
)
ORDERING = (
    COMMON
    + 'kind = "ordering"\n'
    + "".join(f'[[option]]\nkey = "{k}"\ntext = "Voice {k}"\n' for k in "abcd")
    + '[[wrong]]\nanswer = ["c", "a"]\nsay = "The other way round."\n'
)
SPANS = (
    COMMON
    + 'kind = "spans"\nroles = ["source", "cue"]\ntext = "The mayor said that it rains. Nobody asked."\n'
    + '[[wrong]]\nanswer = [{ role = "cue", exact = "asked" }]\nsay = "Who asked?"\n'
)
TRUTH = {"a": "holds", "b": "fails", "c": "fails"}


def _made(text, answer):
    written, problems = read_toml(text)
    assert not problems
    assert check(written) == []
    return make_key(written, answer, "01_demo") | {"answer": answer}


def _judged(full, answer):
    """The judgement by the open key, after asserting that the learner's copy says the same."""
    openly = judge(full, answer)
    assert judge(json.loads(json.dumps(lock(full))), answer) == openly
    return openly


def _part(judgement, part):
    return next(p for p in judgement.parts if p.id == part)


def test_a_remark_stands_beside_its_part_and_names_it_in_words():
    part = _part(_judged(_made(MAPPING, TRUTH), TRUTH | {"b": "open"}), "b")
    assert part.name == "(b) The boat b was late."
    assert part.say == "Who counted?"


def test_a_remark_on_a_part_answers_every_other_slip():
    part = _part(_judged(_made(MAPPING, TRUTH), TRUTH | {"b": "holds"}), "b")
    assert part.say == "wrongly accepted: Read the log."


def test_a_slip_without_a_remark_is_told_what_was_chosen_and_where_to_look():
    full = _made(MAPPING, TRUTH)
    part = _part(_judged(full, TRUTH | {"c": "open"}), "c")
    assert part.say == "You chose “open”. A hint: the first hint"
    full["look"] = {"c": "the log of the harbour (2024)"}
    part = _part(_judged(full, TRUTH | {"c": "open"}), "c")
    assert part.say == "You chose “open”. Look again at the log of the harbour (2024)."


def test_a_pair_of_parts_has_a_remark_of_its_own():
    full = _made(MAPPING, TRUTH)
    both = _judged(full, TRUTH | {"b": "open", "c": "holds"})
    assert both.notes == ("(b) and (c) rest on one count.",)
    assert _judged(full, TRUTH | {"b": "open"}).notes == ()


def test_a_right_part_says_why_and_only_then():
    full = _made(MAPPING, TRUTH)
    assert _part(_judged(full, TRUTH), "a").say == "three counts agree"
    assert "three counts agree" not in _judged(full, TRUTH | {"a": "open"}).replies
    assert "three counts agree" not in json.dumps(lock(full))


def test_a_missing_tick_has_a_remark_and_is_not_named():
    full = _made(CHOICES, ["a", "c"])
    missing = _part(_judged(full, ["a"]), "missing")
    assert missing.say == "1 more should be ticked. Who else?"
    other = _part(_judged(full, ["c"]), "missing")
    assert other.say.startswith("1 more should be ticked. Go through those that you left out")
    assert "It is a." not in other.say


def test_with_several_ticks_missing_the_remark_says_that_it_is_on_one_of_them():
    full = _made(CHOICES, ["a", "c", "d"])
    missing = _part(_judged(full, ["d"]), "missing")
    assert missing.say.startswith("2 more should be ticked. One of them: ")


def test_who_ticks_nothing_on_purpose_hears_that_something_fits():
    full = _made(CHOICES, ["a", "c"])
    assert _judged(full, []).notes == (
        "Nothing is ticked. At least one fits: ask of each what it rests on.",
    )
    assert _judged(full, None).notes == ()


@pytest.mark.parametrize(
    ("text", "answer", "old", "new", "words"),
    [
        (MAPPING, TRUTH, 'part = "b"', 'part = "z"', "no part 'z'"),
        (MAPPING, TRUTH, 'a = "three', 'z = "three', r"\[why\] or \[look\] names z"),
        (CHOICES, ["a", "c"], 'missing = ["c"]', 'missing = ["x"]', "none of"),
    ],
)
def test_remarks_on_nothing_are_refused(text, answer, old, new, words):
    with pytest.raises(BadSolution, match=words):
        _made(text.replace(old, new), answer)


@pytest.mark.parametrize("condition", ['part = "b"\nanswer = { b = "open" }', 'missing = "b"'])
def test_a_wrong_answer_has_one_condition_of_its_kind(condition):
    written, _ = read_toml(MAPPING.replace('part = "b"', condition))
    assert any("one of these: answer and part" in what for what, _ in check(written))


def test_slips_are_counted_by_their_direction():
    remarks = count_remarks([_made(MAPPING, TRUTH)])
    # a: two slips that doubt, b: one that trusts and one that is neither, c: the same
    assert remarks.slips == {"doubting": 2, "trusting": 2, "": 2}
    assert remarks.planted == {"doubting": 0, "trusting": 1, "": 1}
    assert remarks.silent == ()
    assert "| 1 of 2 (50%) | 0 of 2 (0%) |" in remarks_table([("x", [_made(MAPPING, TRUTH)])])


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        ("claims/toll-613", "what the accounts say of “"),
        ("toll-613", "what the accounts say of “"),
        ("findings/hrw-1992-flight", "Human Rights Watch, “Bloodshed in the Caucasus"),
        ("passages/p-000-film-made", ", paragraph 5"),
        ("sources/azernews-2021-film", "Azernews, “"),
        ("agents/azernews", "Azernews"),
    ],
)
def test_a_row_in_words(citation, words):
    assert words in in_words(load_case("khojaly"), citation)


def test_a_row_that_is_not_there_is_refused():
    full = _made(MAPPING, TRUTH) | {"look": {"b": "claims/no-such"}}
    with pytest.raises(KeyError):
        looks(load_case("ferry"), full)


SETS = sorted(paths.solutions().glob("*_sol.ipynb"))


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem.removesuffix("_sol"))
def test_no_slip_in_the_kit_goes_without_a_reply(path):
    made = load_set(path)
    remarks = count_remarks(made.questions)
    assert remarks.silent == ()
    assert sum(remarks.slips.values()) > 50
    said, shown = count_reasons(made.questions)
    assert said == shown > 30  # every part that is right says why
