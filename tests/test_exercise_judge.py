"""judge: every kind of question, open and locked keys alike, and no answer that makes it raise."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.exercise.judge import judge
from whosays.exercise.key import BadSolution, lock, make_key
from whosays.exercise.spec import check, read_toml

COMMON = 'title = "T"\nprompt = "P"\npoints = 2\nhints = ["h"]\nexplain = "e"\n'
OPTIONS = "".join(f'[[option]]\nkey = "{k}"\ntext = "Option {k.upper()} of them"\n' for k in "abcd")

SPECS = {
    "choice": (OPTIONS + '[[wrong]]\nanswer = "a"\nsay = "not a"\n', "b"),
    "choices": (
        "both_ways = true\n" + OPTIONS + '[[wrong]]\nanswer = ["d"]\nsay = "not d"\n',
        ["a", "c"],
    ),
    "mapping": (
        'labels = ["supports", "silent", "contradicts"]\naccepting = ["supports"]\n'
        + "".join(
            f'[[statement]]\nkey = "{k}"\ntext = "S{k}"\nalignment = "independent"\n' for k in "abc"
        )
        + '[[wrong]]\nanswer = { a = "silent" }\nsay = "it is not silent"\n',
        {"a": "supports", "b": "silent", "c": ["contradicts", "silent"]},
    ),
    "number": (
        'decimals = 0\n[[field]]\nname = "counts"\nask = "What?"\noptions = ["people", "tickets"]\n'
        '[[wrong]]\nanswer = { value = 12 }\nsay = "twelve is the price"\n',
        {"value": 412, "counts": "tickets"},
    ),
    "ordering": (
        OPTIONS + '[[wrong]]\nanswer = ["c", "b"]\nsay = "the other way round"\n',
        ["b", "c", "a"],
    ),
    "table": (
        "".join(f'[[row]]\nkey = "{k}"\ntext = "Row {k}"\n' for k in ("r1", "r2"))
        + '[[field]]\nname = "genre"\nask = "Genre"\noptions = ["news", "opinion"]\n'
        '[[field]]\nname = "author"\nask = "Author"\noptions = ["Ann Lee", "Bo", "A. Lee"]\n'
        '[[field]]\nname = "signed"\nask = "Signed?"\noptions = ["yes", "no"]\n'
        '[[wrong]]\nanswer = { r1 = { genre = "opinion" } }\nsay = "it reports"\n',
        {
            "r1": {"genre": "news", "author": ["Ann Lee", "A. Lee"], "signed": "yes"},
            "r2": {"genre": "opinion", "author": "Bo", "signed": "no"},
        },
    ),
    "spans": (
        'roles = ["source", "cue", "content"]\n'
        'text = "The mayor said on Monday that the old bridge will be closed in May. Nobody asked why."\n'
        '[[wrong]]\nanswer = [{ role = "source", exact = "Nobody" }]\nsay = "Nobody does not say it"\n',
        [
            {"role": "source", "exact": "The mayor"},
            {"role": "cue", "exact": "said", "also": ["said on Monday"]},
            {"role": "content", "exact": "the old bridge will be closed in May"},
        ],
    ),
    "text": (
        'min_words = 3\n[[keyword]]\nname = "the mayor"\nany = ["mayor"]\n[rubric]\n1 = "a"\n2 = "b"\n3 = "c"\n',
        "The mayor says so.",
    ),
}


def _make(kind, answer=None, extra=""):
    written, problems = read_toml(f'id = "1.1"\nkind = "{kind}"\n{COMMON}{extra}{SPECS[kind][0]}')
    assert not problems
    assert check(written) == []
    return make_key(written, SPECS[kind][1] if answer is None else answer, "01_demo")


def _judge(kind, answer, **more):
    """The judgement by the open key, after asserting that the locked key says the same."""
    full = _make(kind, **more)
    locked = json.loads(json.dumps(lock(full)))
    openly = judge(full, answer)
    assert judge(locked, answer) == openly
    return openly


RIGHT_ANSWERS = {
    "choice": "b",
    "choices": ["c", "a"],
    "mapping": {"a": "supports", "b": "silent", "c": "silent"},
    "number": {"value": 412, "counts": "tickets"},
    "ordering": ["b", "c", "a"],
    "table": {
        "r1": {"genre": "news", "author": "a lee", "signed": "Yes"},
        "r2": {"genre": "Opinion", "author": "BO", "signed": "no"},
    },
    "spans": [
        {"role": "cue", "exact": "said"},
        {"role": "source", "exact": "mayor"},
        {"role": "content", "exact": "old bridge will be closed in May."},
    ],
}


@pytest.mark.parametrize("kind", RIGHT_ANSWERS)
def test_right_answer_earns_everything(kind):
    outcome = _judge(kind, RIGHT_ANSWERS[kind])
    assert (outcome.status, outcome.points) == ("right", 2)


@pytest.mark.parametrize("kind", SPECS)
@pytest.mark.parametrize(
    "blank", [None, ..., "", "  ", [], {}, {"a": None}, [None], {"r1": {"genre": ""}}]
)
def test_blank_is_not_an_answer(kind, blank):
    outcome = _judge(kind, blank)
    assert (outcome.status, outcome.points) == ("not answered", 0)


@pytest.mark.parametrize(
    ("kind", "answer", "points", "note"),
    [
        ("choice", "a", 0, "not a"),
        ("choices", ["a", "d"], 0, "not d"),
        ("choices", ["a"], 1, None),
        ("choices", ["a", "b", "c", "d"], 0, "not d"),
        ("mapping", {"a": "silent", "b": "silent"}, 0.67, "it is not silent"),
        ("number", {"value": 12, "counts": "tickets"}, 1, "twelve is the price"),
        ("number", {"value": 41.2, "counts": "tickets"}, 1, "scale"),
        ("number", {"value": -412, "counts": "tickets"}, 1, "sign"),
        ("number", 412, 1, None),
        ("ordering", ["c", "b"], 0, "the other way round"),
        ("ordering", ["b", "c"], 1, "longer"),
        ("ordering", ["b", "c", "a", "d"], 1.2, "shorter"),
        ("table", {"r1": {"genre": "opinion", "author": "Ann Lee"}}, 0.33, "it reports"),
        ("spans", [{"role": "source", "exact": "Nobody"}], 0, "Nobody does not say it"),
    ],
)
def test_wrong_answers_earn_their_share_and_their_own_hint(kind, answer, points, note):
    outcome = _judge(kind, answer)
    assert outcome.points == points
    assert outcome.status != "right"
    if note:
        assert note in outcome.replies


@pytest.mark.parametrize(
    ("value", "right"),
    [(412.4, True), (411.4, False), (412.6, False), ("412", True), ("412.0", True)],
)
def test_number_is_rounded_to_its_decimals(value, right):
    assert (_judge("number", {"value": value, "counts": "tickets"}).status == "right") is right


@pytest.mark.parametrize(
    "value", [1.7e308, -1.7e308, 2**62, True, "1e5", [1, 2, 3], [1.7e308, 1], [[1], 2], "apples"]
)
def test_odd_numbers_are_unreadable_not_fatal(value):
    (part, _) = _judge("number", {"value": value}).parts
    assert part.status == "unreadable"
    assert part.say


def test_number_exact_decimals_and_range():
    spec = {
        "id": "1.1",
        "kind": "number",
        "points": 1,
        "prompt": "",
        "field": [{"name": "of", "ask": "?", "options": ["x", "y"]}],
        "wrong": [],
        "hints": [],
        "explain": "",
        "title": "",
    }
    exact = make_key(spec, {"value": 0.1 + 0.2, "of": "x"}, "s")
    assert judge(exact, {"value": 0.3, "of": "x"}).right
    rounded = make_key({**spec, "decimals": 1}, {"value": 3.14159, "of": "x"}, "s")
    assert judge(rounded, {"value": 3.1, "of": "x"}).right
    assert not judge(rounded, {"value": 3.2, "of": "x"}).right
    span = make_key(spec, {"value": [500, 1000], "of": "x"}, "s")
    assert judge(span, {"value": [500, 1000], "of": "x"}).right
    assert not judge(span, {"value": 500, "of": "x"}).right


def test_both_ways_are_told_apart():
    outcome = _judge("mapping", {"a": "silent", "b": "supports", "c": "contradicts"})
    assert [p.belief for p in outcome.parts] == [
        "wrongly rejected",
        "wrongly accepted",
        "rightly rejected",
    ]
    outcome = _judge("choices", ["a", "b"])
    assert [p.belief for p in outcome.parts if p.belief] == [
        "rightly accepted",
        "wrongly accepted",
        "wrongly rejected",
        "rightly rejected",
    ]


def test_choices_do_not_name_what_was_left_out():
    named = [p.name for p in _judge("choices", ["a", "d"]).parts if p.status]
    assert named == ["(a) Option A of them", "(d) Option D of them", "left out"]


@pytest.mark.parametrize(
    ("mark", "say"),
    [
        (
            {
                "role": "content",
                "exact": "Monday that the old bridge will be closed in May. Nobody asked",
            },
            "begins 2 words too early; ends 2 words too late",
        ),
        ({"role": "content", "exact": "old bridge"}, "leaves out 6 words"),
        ({"role": "source", "exact": "asked why"}, "nothing in this role is expected here"),
        ({"role": "cue", "exact": "bridge"}, "these words matter, but not in this role"),
        (
            {"role": "cue", "exact": "absent words"},
            "The text does not have the words “absent words”",
        ),
        ({"role": "cue", "exact": "THE"}, "stands in the text 2 times"),
        ({"role": "voice", "exact": "said"}, "The role of a mark is one of"),
        ({"role": "cue", "start": 5, "end": 900}, "no stretch of this text"),
        ({"role": "cue"}, "give the exact words"),
        ("said", "A mark is written"),
    ],
)
def test_span_near_misses_say_what_is_off(mark, say):
    assert any(say in part.say for part in _judge("spans", [mark]).parts)


def test_one_mark_over_everything_finds_nothing():
    text = _make("spans")["text"]
    outcome = _judge(
        "spans", [{"role": role, "exact": text} for role in ("source", "cue", "content")]
    )
    assert outcome.points == 0


def test_optional_mark_is_neither_missing_nor_too_many():
    gold = [*SPECS["spans"][1], {"role": "cue", "exact": "asked", "optional": True}]
    full = _make("spans", answer=gold)
    without = RIGHT_ANSWERS["spans"]
    assert judge(full, without).right
    assert judge(full, [*without, {"role": "cue", "exact": "asked"}]).right


def test_text_is_never_marked_by_machine():
    outcome = _judge("text", "What the Mayor told us.")
    assert (outcome.status, outcome.points) == ("self-review", 0)
    assert [p.status for p in outcome.parts] == ["fits", "mentioned"]
    assert _judge("text", "No idea").status == "too short"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("I do not know what the mayor wants.", True),
        ("It isn't the mayor who says so.", True),
        ("Nothing is established about the mayors of these towns.", True),
        ("Whether the MAYOR’s word holds cannot be known.", True),
        ("The town council says so, and nobody else.", False),
    ],
)
def test_words_show_that_a_thing_is_spoken_of_and_never_that_it_is_wrong(text, seen):
    outcome = _judge("text", text)
    assert [p.status for p in outcome.parts][1] == ("mentioned" if seen else "not seen, look again")
    assert outcome.status == "self-review"
    assert not any(word in outcome.replies.lower() for word in ("wrong", "missing", "incorrect"))


def test_negations_are_found_in_each_form():
    for phrase in ("not known", "cannot be known", "do not know"):
        full = _make("text") | {"keyword": [{"name": "gap", "any": [phrase]}]}
        for text in (f"It is {phrase} today, so much is sure.", f"It is {phrase.upper()} at all."):
            assert judge(full, text).parts[1].status == "mentioned"
    full = _make("text") | {"keyword": [{"name": "gap", "any": ["do not know", "can not"]}]}
    assert judge(full, "We don’t know it at all.").parts[1].status == "mentioned"
    assert judge(full, "We can't say it at all.").parts[1].status == "mentioned"
    assert judge(full, "We know it very well.").parts[1].status == "not seen, look again"


def test_one_word_many_times_is_no_text():
    assert _judge("text", "word " * 50).status == "too short"


def test_typing_slips_are_answered_with_the_nearest_label():
    (part, *_) = _judge("mapping", {"a": "suports"}).parts
    assert part.status == "unreadable"
    assert 'Did you mean "supports"?' in part.say


def test_locked_question_holds_no_answer():
    text = json.dumps(lock(_make("number")))
    assert "412" not in text
    assert "twelve" not in text
    assert '"accepts"' not in text


def test_salt_makes_equal_answers_look_different():
    written, _ = read_toml(f'id = "1.1"\nkind = "choice"\n{COMMON}{SPECS["choice"][0]}')
    first = lock(make_key(written, "b", "01_demo"))["parts"]
    second = lock(make_key({**written, "id": "1.2"}, "b", "01_demo"))["parts"]
    assert first[0]["locks"] != second[0]["locks"]


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        ("choice", "z", "none of"),
        ("mapping", {"a": "supports", "b": "silent"}, "no answer for (c)"),
        (
            "mapping",
            {"a": ["supports", "silent"], "b": "silent", "c": "silent"},
            "both accepts and rejects",
        ),
        ("number", {"value": "many", "counts": "tickets"}, "should be a number"),
        ("table", [], "blank"),
        ("ordering", ["a", "a"], "twice"),
        ("spans", [{"role": "cue", "exact": "shouted"}], "does not have the words"),
        ("text", 5, "model answer"),
        ("text", "The council says so.", "does not mention “the mayor”"),
    ],
)
def test_a_solution_that_is_no_answer_is_refused(kind, answer, words):
    with pytest.raises(BadSolution, match=words.replace("(", r"\(").replace(")", r"\)")):
        _make(kind, answer=answer)


FULL = {kind: _make(kind) for kind in SPECS}
LOCKED = {kind: lock(full) | {"rounds": full["rounds"]} for kind, full in FULL.items()}

words = st.sampled_from(
    [
        "a",
        "b",
        "c",
        "d",
        "r1",
        "r2",
        "genre",
        "author",
        "year",
        "value",
        "counts",
        "news",
        "tickets",
        "supports",
        "role",
        "source",
        "exact",
        "The mayor",
        "said",
        "start",
        "end",
        "content",
        "silent",
        "412",
        "1e400",
        "\ud800",
        "\0",
        "ß",
        "１２",
    ]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(words | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from(sorted(SPECS)), answer=values)
def test_judge_never_raises_and_never_gives_too_much(kind, answer):
    outcome = judge(LOCKED[kind], answer)
    assert 0 <= outcome.points <= outcome.of
    assert json.loads(json.dumps(asdict(outcome)))["question"] == "1.1"
    assert outcome == judge(FULL[kind], answer)


class Odd:
    """Equal to everything, true as anything: must be looked at by type alone."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __getattr__(self, name):
        raise RuntimeError(name)


class Text(str):
    __slots__ = ()


DEEP = []
for _ in range(5000):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    "answer",
    [
        Odd(),
        [Odd()],
        {"a": Odd()},
        {Odd(): "a"},
        Text("b"),
        object,
        lambda: "b",
        b"b",
        2**70,
        float("nan"),
        float("inf"),
        1j,
        DEEP,
        ["a"] * 10_000,
        "x" * 30_000,
        {str(i): i for i in range(9000)},
        ["x" * 19_000] * 20,
        [{"role": "cue", "exact": "said"}] * 300,
        range(3),
        {(1, 2): 3},
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("kind", SPECS)
def test_foreign_and_oversized_values_are_unreadable(kind, answer):
    outcome = judge(LOCKED[kind], answer)
    assert outcome.points == 0
    assert outcome.status == "unreadable"
    assert outcome.notes


def test_a_chain_is_answered_in_the_words_of_its_options():
    names = [part.name for part in _judge("ordering", ["b", "c"]).parts]
    texts = {o["key"]: o["text"] for o in _make("ordering")["option"]}
    assert names == [
        f"begins with {texts['b']}",
        f"{texts['b']} → {texts['c']}",
        f"ends with {texts['c']}",
    ]
    assert f'"{texts["a"]}" stands in the chain twice' in _judge("ordering", ["a", "a"]).notes[0]


def test_ticking_everything_is_told_why_it_earns_nothing():
    every = [option["key"] for option in _make("choices")["option"]]
    assert "Each wrong tick takes back a right one." in _judge("choices", every).notes
    assert (
        "Each wrong tick takes back a right one."
        not in _judge("choices", RIGHT_ANSWERS["choices"]).notes
    )
