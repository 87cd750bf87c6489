"""Right is right in whatever form it is written; half a name, another number or a wrong label is not."""

import json

import pytest

from whosays import load_case
from whosays.exercise.judge import judge
from whosays.exercise.key import lock, make_key
from whosays.exercise.kinds.spans import head_of, read_mark
from whosays.exercise.names import names_of, widen

RIGHT, WRONG, ASKED = "right", "not yet", "unreadable"


def _question(kind, answer, case=None, **more):
    common = {"id": "9.1", "title": "", "prompt": "p", "points": 1, "hints": ["h"], "explain": ""}
    full = make_key({**common, "kind": kind, "wrong": [], **more}, answer, "s")
    widen(case and load_case(case), full)
    return full


def _items(texts):
    return [{"key": key, "text": text} for key, text in texts.items()]


def _status(full, answer):
    """The verdict by the open key, after asserting that the learner's copy gives the same."""
    judged = judge(full, answer)
    assert judge(json.loads(json.dumps(lock(full))), answer) == judged
    return judged


FIELD = [{"name": "counts", "ask": "?", "options": ["people", "tickets sold"]}]
NUMBER = _question("number", {"value": 1275, "counts": "people"}, field=FIELD)
SMALL = _question("number", {"value": 19, "counts": "people"}, field=FIELD)
DECIMAL = _question("number", {"value": 12.5, "counts": "people"}, field=FIELD)
RANGE = _question("number", {"value": [500, 1000], "counts": "people"}, field=FIELD)

NUMBERS = [
    (NUMBER, 1275, RIGHT),
    (NUMBER, 1275.0, RIGHT),
    (NUMBER, "1275", RIGHT),
    (NUMBER, "1,275", RIGHT),
    (NUMBER, "1 275", RIGHT),
    (NUMBER, "1\u00a0275", RIGHT),
    (NUMBER, "1\u202f275", RIGHT),
    (NUMBER, "1'275", RIGHT),
    (NUMBER, "1’275", RIGHT),
    (NUMBER, "1٬275", RIGHT),
    (NUMBER, "١٢٧٥", RIGHT),
    (NUMBER, "1.275,0", RIGHT),
    (NUMBER, "1,275.0", RIGHT),
    (NUMBER, "1275 people", RIGHT),
    (NUMBER, "about 1,275 hostages", RIGHT),
    (NUMBER, "one thousand two hundred and seventy-five", RIGHT),
    (NUMBER, "1.275", ASKED),
    (NUMBER, "1.275 people", ASKED),
    (NUMBER, "1,276", WRONG),
    (NUMBER, "12,75", WRONG),
    (NUMBER, "1275 or so of 2000", ASKED),
    (NUMBER, "many", ASKED),
    (NUMBER, "1e5", ASKED),
    (NUMBER, "12x75", ASKED),
    (SMALL, "nineteen", RIGHT),
    (SMALL, "Nineteen", RIGHT),
    (SMALL, "nineteen passengers", RIGHT),
    (SMALL, "19 passengers", RIGHT),
    (SMALL, "+19", RIGHT),
    (SMALL, "19.", RIGHT),
    (SMALL, "at least 19", RIGHT),
    (SMALL, "１９", RIGHT),
    (SMALL, "ninety", WRONG),
    (SMALL, "nineteen or twenty", ASKED),
    (SMALL, "-19", WRONG),
    (SMALL, "−19", WRONG),
    (SMALL, "19 %", RIGHT),
    (DECIMAL, "12.5", RIGHT),
    (DECIMAL, "12,5", RIGHT),
    (DECIMAL, "12.50", RIGHT),
    (DECIMAL, "12٫5", RIGHT),
    (DECIMAL, "12.5 per cent", RIGHT),
    (DECIMAL, "125", WRONG),
    (RANGE, [500, 1000], RIGHT),
    (RANGE, "500 to 1000", RIGHT),
    (RANGE, "500-1000", RIGHT),
    (RANGE, "500–1,000", RIGHT),
    (RANGE, "between 500 and 1 000", RIGHT),
    (RANGE, "from 500 until 1'000 people", RIGHT),
    (RANGE, "500", WRONG),
    (RANGE, "500 to 2000", WRONG),
]


@pytest.mark.parametrize(("full", "value", "expected"), NUMBERS)
def test_numbers(full, value, expected):
    part = _status(full, {"value": value, "counts": "people"}).parts[0]
    assert part.status == expected
    assert expected != ASKED or part.say


def test_an_ambiguous_number_is_asked_back_with_both_readings():
    (part, _) = _status(NUMBER, {"value": "1.275", "counts": "people"}).parts
    assert "1275" in part.say
    assert "thousandths" in part.say


def test_large_numbers_with_scales():
    full = _question("number", {"value": 1_500_000, "counts": "people"}, field=FIELD)
    for form in ("1.5 million", "1,5 million", "1 500 000", "1.500.000", "1,500,000 people"):
        assert _status(full, {"value": form, "counts": "people"}).right, form
    assert not _status(full, {"value": "1.5", "counts": "people"}).right


LABELS = ["well supported", "not supported", "cannot tell"]
MAPPING = _question(
    "mapping",
    {"a": "well supported", "b": "cannot tell"},
    labels=LABELS,
    statement=_items({"a": "First.", "b": "Second."}),
)
SHAPES = [
    ({"a": "well supported", "b": "cannot tell"}, RIGHT),
    ({"A": "Well Supported", "(b)": "CANNOT TELL"}, RIGHT),
    ({"a": "well_supported", "b": "cannot-tell"}, RIGHT),
    ({"a": " well supported. ", "b": "“cannot tell”"}, RIGHT),
    ([["a", "well supported"], ["b", "cannot tell"]], RIGHT),
    ([{"a": "well supported"}, {"b": "cannot tell"}], RIGHT),
    ([{"key": "a", "label": "well supported"}, {"key": "b", "label": "cannot tell"}], RIGHT),
    (["well supported", "cannot tell"], RIGHT),
    ({"well supported": "a", "cannot tell": ["b"]}, RIGHT),
    ("a: well supported; b: cannot tell", RIGHT),
    ("a = well supported, b = cannot tell", RIGHT),
    ("a: well supported\nb: cannot tell", RIGHT),
    ({"a": "cannot tell", "b": "well supported"}, WRONG),
    (["cannot tell", "well supported"], WRONG),
    ({"well supported": ["b"], "cannot tell": ["a"]}, WRONG),
    ({"a": "supported well", "b": "?"}, ASKED),
    (["well supported"], ASKED),
    ("yes", ASKED),
]


@pytest.mark.parametrize(("answer", "expected"), SHAPES)
def test_labels_in_any_case_and_container(answer, expected):
    assert _status(MAPPING, answer).status == expected


CHOICE = _question("choice", "b", option=_items({"a": "The paper", "b": "The harbour office"}))
CHOICES = _question("choices", ["a", "c"], option=_items(dict(zip("abcd", "WXYZ", strict=True))))
CHAIN = _question(
    "ordering",
    ["azertac", "hrw", "serzh-sargsyan"],
    case="khojaly",
    option=_items(
        {
            "hrw": "Human Rights Watch",
            "serzh-sargsyan": "Serzh Sargsyan",
            "azertac": "AZERTAC",
            "de-waal": "Thomas de Waal",
        }
    ),
)
OTHERS = [
    (CHOICE, "b", RIGHT),
    (CHOICE, "B", RIGHT),
    (CHOICE, "(b)", RIGHT),
    (CHOICE, "b)", RIGHT),
    (CHOICE, "b.", RIGHT),
    (CHOICE, ["b"], RIGHT),
    (CHOICE, {"choice": "b"}, RIGHT),
    (CHOICE, {"a": False, "b": True}, RIGHT),
    (CHOICE, "the harbour office", RIGHT),
    (CHOICE, "harbour office", RIGHT),
    (CHOICE, "b) The harbour office", RIGHT),
    (CHOICE, "a", WRONG),
    (CHOICE, "the paper", WRONG),
    (CHOICE, "harbour", ASKED),
    (CHOICE, ["a", "b"], ASKED),
    (CHOICES, ["c", "a"], RIGHT),
    (CHOICES, "a, c", RIGHT),
    (CHOICES, "a and c", RIGHT),
    (CHOICES, "ac", RIGHT),
    (CHOICES, "(a) (c)", RIGHT),
    (CHOICES, {"a": True, "b": False, "c": True}, RIGHT),
    (CHOICES, {"a": "yes", "c": "yes", "b": "no"}, RIGHT),
    (CHOICES, {"ticked": ["a", "c"]}, RIGHT),
    (CHOICES, [["a"], ["c"]], RIGHT),
    (CHOICES, ["W", "Y"], RIGHT),
    (CHOICES, "b, d", WRONG),
    (CHOICES, "none of them", ASKED),
    (CHAIN, ["azertac", "hrw", "serzh-sargsyan"], RIGHT),
    (CHAIN, ["AZERTAC", "Human Rights Watch", "Serzh Sargsyan"], RIGHT),
    (CHAIN, ["Azertag", "HRW", "Sarkisian"], RIGHT),
    (CHAIN, ["Азертадж", "Helsinki Watch", "Серж Саргсян"], RIGHT),
    (CHAIN, "Azertag > HRW > Sargsyan", RIGHT),
    (CHAIN, "azertac → hrw → serzh-sargsyan", RIGHT),
    (CHAIN, "Azertag, HRW, Serj Sarkisian", RIGHT),
    (CHAIN, {"1": "azertac", "2": "hrw", "3": "serzh-sargsyan"}, RIGHT),
    (CHAIN, [["azertac", "hrw"], ["hrw", "serzh-sargsyan"]], RIGHT),
    (CHAIN, ["Azertag", "HRW", "de Waal"], "partly right"),
    (CHAIN, ["Sargsyan", "HRW", "Azertag"], WRONG),
    (CHAIN, ["Azertag", "Rights", "Sargsyan"], ASKED),
]


@pytest.mark.parametrize(("full", "answer", "expected"), OTHERS)
def test_options_chains_and_their_names(full, answer, expected):
    assert _status(full, answer).status == expected


GRID = _question(
    "table",
    {"r1": {"genre": "news", "signed": "yes"}, "r2": {"genre": "opinion", "signed": "no"}},
    row=_items({"r1": "One", "r2": "Two"}),
    field=[
        {"name": "genre", "ask": "?", "options": ["news", "opinion"]},
        {"name": "signed", "ask": "?", "options": ["yes", "no"]},
    ],
)


@pytest.mark.parametrize(
    "answer",
    [
        {"r1": {"genre": "news", "signed": "yes"}, "r2": {"genre": "opinion", "signed": "no"}},
        {"r1": ["news", "yes"], "r2": ["opinion", "no"]},
        [["news", "yes"], ["opinion", "no"]],
        {"genre": {"r1": "news", "r2": "opinion"}, "signed": {"r1": "yes", "r2": "no"}},
        {"r1/genre": "news", "r1/signed": "yes", "r2/genre": "opinion", "r2/signed": "no"},
        {"r1.genre": "news", "r1.signed": "Yes", "r2.genre": "opinion", "r2.signed": "No"},
        [
            {"key": "r2", "genre": "opinion", "signed": "no"},
            {"key": "r1", "genre": "news", "signed": "yes"},
        ],
    ],
)
def test_a_table_in_any_container(answer):
    assert _status(GRID, answer).right


@pytest.mark.parametrize(
    "answer",
    [
        {"value": 19, "counts": "people"},
        {"number": 19, "counts": "people"},
        [19, "people"],
        "19 people",
        "nineteen people",
        [["value", 19], ["counts", "people"]],
        "value: 19; counts: people",
    ],
)
def test_a_number_and_what_it_counts_in_any_container(answer):
    assert _status(SMALL, answer).right


TEXT = (
    "The harbour master of Wendlemouth has said that the boat was late. According to Human Rights "
    "Watch, it rained. A spokesman for foreign relations was quoted as denying it."
)
MARKS = [
    {"role": "source", "exact": "The harbour master of Wendlemouth"},
    {"role": "cue", "exact": "has said"},
    {"role": "content", "exact": "the boat was late"},
    {"role": "source", "exact": "Human Rights Watch"},
    {"role": "cue", "exact": "According to"},
    {"role": "source", "exact": "A spokesman for foreign relations"},
    {"role": "cue", "exact": "was quoted"},
]
SPANS = _question("spans", MARKS, text=TEXT, roles=["source", "cue", "content"])
SPAN_FORMS = [
    ("source", "The harbour master of Wendlemouth", True),
    ("source", "harbour master", True),
    ("source", "the harbour master".capitalize(), True),
    ("source", "master of Wendlemouth", True),
    ("source", "The harbour master of Wendlemouth has said", True),  # two words too many
    ("source", "The harbour master of Wendlemouth has said that", False),
    ("source", "harbour", False),
    ("source", "of Wendlemouth", False),
    ("source", "Human Rights Watch", True),
    ("source", "to Human Rights Watch", True),
    ("source", "Human Rights", False),
    ("source", "Watch", False),
    ("source", "spokesman", True),
    ("source", "relations", False),
    ("source", "foreign relations", False),
    ("cue", "said", True),
    ("cue", "has said", True),
    ("cue", "has said that", True),
    ("cue", "has", False),
    ("cue", "According", True),
    ("cue", "was quoted as denying", True),
    ("cue", "quoted", True),
    ("cue", "was quoted as denying it", False),
    ("content", "the boat was late", True),
    ("content", "boat was late", False),
    ("content", "that the boat was late", True),
    ("content", "late", False),
]


@pytest.mark.parametrize(("role", "exact", "right"), SPAN_FORMS)
def test_spans_by_their_head(role, exact, right):
    (part, *_) = _status(SPANS, [{"role": role, "exact": exact}]).parts
    assert part.status == (RIGHT if right else WRONG)


def test_a_head_can_be_written():
    item = {"role": "source", "exact": "A spokesman for foreign relations"}
    mark = read_mark({"text": TEXT, "roles": ["source"]}, item)
    spec = {"text": TEXT, "roles": ["source"]}
    assert head_of(spec, mark) != head_of(spec, mark, "relations")


@pytest.mark.parametrize(
    "answer",
    [
        {"cue": ["has said", "According to", "was quoted"]},
        [["cue", "has said"], ["cue", "According to"], ["cue", "was quoted"]],
    ],
)
def test_marks_in_any_container(answer):
    assert [p.status for p in _status(SPANS, answer).parts[:3]] == [RIGHT] * 3


def test_a_name_that_two_agents_share_stands_with_neither():
    names = names_of(load_case("khojaly"))
    assert "aliyev" not in names["ilham-aliyev"]
    assert "aliyev" not in names["heydar-aliyev"]
    assert {"hrw", "helsinki watch"} <= names["hrw"]
    assert {"de waal", "waal"} <= names["de-waal"]
    assert "agdam" not in names["imam-of-agdam"]


def test_there_are_more_than_a_hundred_forms():
    tables = (NUMBERS, SHAPES, OTHERS, SPAN_FORMS)
    forms = [form[-1] for table in tables for form in table]
    assert len(forms) > 100
    assert forms.count(RIGHT) + forms.count(True) > 70
