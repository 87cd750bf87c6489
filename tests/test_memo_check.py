"""What a memo must have: found where it is, missed where it is not, in both directions, on any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import load_case
from whosays.memo import check_memo, memo, needs
from whosays.memo.check import BLANK, CHECKS, MENTIONED, MOST, NOT_SEEN
from whosays.memo.names import names_of
from whosays.memo.page import SECTIONS, Memo
from whosays.memo.samples import names, sample

SETTLED, OPEN, CONTESTED = "late-boat-19", "loss-310000", "unit-found-loss"


@pytest.fixture(scope="module")
def case():
    return load_case("ferry")


def check(case, claims=(SETTLED, OPEN), log=(), **texts):
    return check_memo(Memo(case, claims, log=log).write(**texts))


def only(result, name):
    (part,) = result.of(name)
    return part


@pytest.mark.parametrize("name", names())
def test_a_sample_fails_where_its_page_says_and_nowhere_else(name):
    one = sample(name)
    assert tuple(one.memo.check().failing()) == one.fails


@pytest.mark.parametrize("name", [n for n in names() if n.endswith("-3")])
def test_a_good_memo_passes_everything(name):
    result = sample(name).memo.check()
    assert result.count(MENTIONED) == len(result.parts)
    # a verdict on a whole side is for a reader alone
    assert {p.check for p in result.parts} == set(CHECKS) - {"verdicts"}


def test_blank_is_not_written_yet_and_no_mistake(case):
    result = check(case)
    assert {p.state for p in result.parts if p.check != "claims"} == {BLANK}
    assert result.failing() == []
    assert "not written yet" in result.summary()


def test_without_a_claim_there_is_nothing_to_look_for(case):
    assert only(check(case, claims=()), "claims").state == BLANK


@pytest.mark.parametrize(
    ("claims", "state"),
    [((SETTLED, OPEN), MENTIONED), ((SETTLED,), NOT_SEEN), ((OPEN, CONTESTED), NOT_SEEN)],
)
def test_claims_are_picked_both_ways(case, claims, state):
    assert only(check(case, claims), "claims").state == state


def test_a_list_of_claims_is_no_memo(case):
    assert only(check(case, case.claims.ids[: MOST + 1]), "claims").state == NOT_SEEN


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Orrin Line says so.", MENTIONED),
        ("The company’s director, Marit Solane, and the company say so.", MENTIONED),
        ("It is widely said.", NOT_SEEN),
        (
            "Joss Ekelby says so.",
            NOT_SEEN,
        ),  # somebody of the case, who does not speak to this claim
        ("The boat loses money.", NOT_SEEN),
    ],
)
def test_a_claim_is_attributed_to_somebody_who_speaks_to_it(case, text, state):
    assert only(check(case, (OPEN,), loss_310000=text), "attributed").state == state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("There is one origin.", MENTIONED),
        ("It has one starting point, a party.", MENTIONED),
        ("So it is really one source.", MENTIONED),
        ("Six pieces, six origins.", MENTIONED),  # another count than the ledger's is no fault
        ("Six pieces say so.", NOT_SEEN),
    ],
)
def test_a_count_of_starting_points_is_seen_and_the_ledger_stands_beside_it(case, text, state):
    part = only(check(case, (OPEN,), loss_310000=text), "origins")
    assert part.state == state
    summary = Memo(case, (OPEN,)).evidence(OPEN).entry.summary()
    assert (summary in part.say) == (state == MENTIONED)


def test_no_origin_is_a_count_as_well(case):
    result = check(case, ("late-boat-fuller",), late_boat_fuller="It has no origin.")
    assert only(result, "origins").state == MENTIONED


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Orrin Line gives a loss of 310,000 crowns a year.", MENTIONED),
        (
            "The loss is from Orrin Line. It is 310,000 crowns a year.",
            MENTIONED,
        ),  # the voice in the sentence before
        ("A loss of 310,000 crowns.", NOT_SEEN),
        ("It was 310,000.", NOT_SEEN),
        ("Orrin Line gives a loss of 320,000 crowns.", MENTIONED),  # no number of the tables
        ("Six pieces on two days, in 2024.", MENTIONED),  # nothing to define
        (
            "On 19 March and on 18 April 2024 nothing was said.",
            MENTIONED,
        ),  # numbers of the case, and here days
    ],
)
def test_a_number_has_a_definition_and_a_counter(case, text, state):
    parts = check(case, (OPEN,), loss_310000=text).parts
    (part,) = [part for part in parts if part.check == "figures"]
    assert part.state == state


WORDS_FOR_A_STATUS = [
    (SETTLED, "It is settled."),
    (SETTLED, "It is not established."),  # a negation is a word for it too: a reader judges
    (OPEN, "It is open, which does not make it false."),
    (OPEN, "Nobody outside has seen the books."),
    (CONTESTED, "The claim does not hold."),
]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The Azerbaijani government says so.", ["azerbaijan-state"]),
        ("It was said by the government of Azerbaijan.", ["azerbaijan-state"]),
        ("Armenia’s foreign ministry says so.", ["armenian-mfa"]),
        ("Azerbaijani civilians and, later, the Armenian government", ["armenian-government"]),
        ("De Waal’s essay", ["de-waal"]),
        ("HRW and Memorial", ["hrw", "memorial"]),
        ("Five independent origins, a memorial, a trend and a report", []),
        ("Civilians were killed.", []),
    ],
)
def test_names_are_found_as_people_write_them(text, named):
    assert list(names_of(sample("khojaly-3").memo.case).found(text)) == named


@pytest.mark.parametrize(("claim", "text"), WORDS_FOR_A_STATUS)
def test_a_word_for_the_status_is_seen_and_the_cases_own_stands_beside_it(case, claim, text):
    part = only(check(case, (claim,), **{claim.replace("-", "_"): text}), "status")
    assert part.state == MENTIONED and case.claims[claim].why in part.say


def test_without_a_word_for_the_status_it_is_not_seen(case):
    part = only(check(case, (CONTESTED,), unit_found_loss="Two papers print it."), "status")
    assert part.state == NOT_SEEN


@pytest.mark.parametrize(
    "text",
    [
        "It is not true that the loss is settled.",
        "I do not know who owns it.",
        "The number is a lie.",
        "All of it is true.",
        "Nobody named a source, and that is not the company's fault.",
    ],
)
def test_no_sentence_is_ever_called_wrong(case, text):
    said = check(case, (SETTLED, OPEN), late_boat_19=text, loss_310000=text, summary=text).text()
    for word in ("wrong", "too fast", "mistake", "error", "false"):
        assert (
            word not in said.split("What the machine did not see")[0].replace(text, "").casefold()
        )


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("The Unit has no figures for March. The association counted on weekdays only.", MENTIONED),
        ("The Unit has no figures for March.", NOT_SEEN),
        ("The accounts differ.", NOT_SEEN),
    ],
)
def test_limits_belong_to_an_account_by_name(case, text, state):
    assert only(check(case, (SETTLED, "one-in-four-winter"), limits=text), "limits").state == state


@pytest.mark.parametrize(
    ("log", "changed", "state"),
    [
        ([{"lesson": "07"}], "Nothing changed.", MENTIONED),
        ([], "I looked.", NOT_SEEN),
        ([{"lesson": "01"}], "", NOT_SEEN),
        ([], "", NOT_SEEN),
    ],
)
def test_something_was_opened_outside(case, log, changed, state):
    assert only(check(case, log=log, summary="A memo.", changed=changed), "outside").state == state


def test_what_the_machine_does_not_see_is_said():
    assert len(needs()) == len(CHECKS)
    assert len(sample("ferry-3").memo.check().unseen()) == len(CHECKS)


ANYTHING = st.text(max_size=120) | st.lists(
    st.sampled_from(
        [
            "all",
            "not",
            "lies",
            "true",
            "19",
            "310,000",
            "origins",
            "six",
            "one",
            "Orrin",
            "Line",
            "is",
            "open?",
            "settled",
            "“",
            "”",
            ".",
            ";",
            "[claims/x]",
            "\n\n",
            "ſıngle",
            "１９",
            "1e9",
        ]
    ),
    max_size=30,
).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from([*SECTIONS, SETTLED, OPEN]), ANYTHING))
def test_no_text_makes_it_raise(texts):
    result = check_memo(Memo(sample("ferry-3").memo.case, (SETTLED, OPEN), texts, log=()))
    assert {p.state for p in result.parts} <= {MENTIONED, NOT_SEEN, BLANK}
    assert result.text() and result.html()


def test_offered_claims_of_another_case_are_left_out(tmp_path, monkeypatch):
    """Lesson 07 says: put "ferry" for "khojaly" to opt out. The list of claims to offer is still the other case's."""
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path))
    offered = ["killing-of-fleeing-civilians", "loss-310000"]
    assert list(memo("ferry").widget(offer=offered).ticks) == ["loss-310000"]
    assert (
        list(memo("ferry").widget(offer=offered[:1]).ticks)
        == list(memo("ferry").widget().ticks)
        != []
    )
