"""What a memo must have: found where it is, missed where it is not, in both directions, on any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import load_case
from whosays.memo import check_memo, memo, needs
from whosays.memo.check import AGAIN, BLANK, CHECKS, FOUND, MISSING, MOST
from whosays.memo.names import Names
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


@pytest.mark.parametrize("name", [n for n in names() if "-1-" in n])
def test_blanket_distrust_and_blanket_trust_are_both_told_so(name):
    result = sample(name).memo.check()
    error, other = ("wrongly_rejected", "wrongly_accepted")[:: 1 if "distrust" in name else -1]
    assert result.count(error=error) > 0
    assert not result.count(error=other)
    assert {p.state for p in result.of("blanket")} == {AGAIN}


@pytest.mark.parametrize("name", [n for n in names() if n.endswith("-3")])
def test_a_good_memo_passes_everything(name):
    result = sample(name).memo.check()
    assert result.count(FOUND) == len(result.parts)
    assert {p.check for p in result.parts} == set(CHECKS)


def test_blank_is_not_written_yet_and_no_mistake(case):
    result = check(case)
    assert {p.state for p in result.parts if p.check != "claims"} == {BLANK}
    assert result.failing() == []
    assert "not written yet" in result.summary()


def test_without_a_claim_there_is_nothing_to_look_for(case):
    assert only(check(case, claims=()), "claims").state == BLANK


@pytest.mark.parametrize(
    ("claims", "state"), [((SETTLED, OPEN), FOUND), ((SETTLED,), AGAIN), ((OPEN, CONTESTED), AGAIN)]
)
def test_claims_are_picked_both_ways(case, claims, state):
    assert only(check(case, claims), "claims").state == state


def test_a_list_of_claims_is_no_memo(case):
    assert only(check(case, case.claims.ids[: MOST + 1]), "claims").state == AGAIN


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Orrin Line says so.", FOUND),
        ("The company’s director, Marit Solane, and the company say so.", FOUND),
        ("It is widely said.", AGAIN),
        ("Joss Ekelby says so.", AGAIN),  # somebody of the case, who does not speak to this claim
        ("The boat loses money.", MISSING),
    ],
)
def test_a_claim_is_attributed_to_somebody_who_speaks_to_it(case, text, state):
    assert only(check(case, (OPEN,), loss_310000=text), "attributed").state == state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("There is one origin.", FOUND),
        ("It rests on a single independent origin.", FOUND),
        ("6 pieces and 1 origin.", FOUND),
        ("So it is really one source.", FOUND),
        ("There is at least one origin.", FOUND),
        ("There are at least two origins.", AGAIN),
        ("The paper gives no source.", MISSING),
        ("Six pieces, six origins.", AGAIN),
        ("Nine pieces, one origin.", AGAIN),
        ("Six pieces say so.", MISSING),
    ],
)
def test_origins_are_held_against_the_ledger(case, text, state):
    assert only(check(case, (OPEN,), loss_310000=text), "origins").state == state


def test_no_origin_is_a_count_as_well(case):
    assert (
        only(
            check(case, ("late-boat-fuller",), late_boat_fuller="It has no origin."), "origins"
        ).state
        == FOUND
    )


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Orrin Line gives a loss of 310,000 crowns a year.", FOUND),
        (
            "The loss is from Orrin Line. It is 310,000 crowns a year.",
            FOUND,
        ),  # the voice in the sentence before
        ("A loss of 310,000 crowns.", AGAIN),
        ("It was 310,000.", MISSING),
        ("Orrin Line gives a loss of 320,000 crowns.", AGAIN),  # in no row
        ("Six pieces on two days, in 2024.", FOUND),  # nothing to define
        (
            "On 19 March and on 18 April 2024 nothing was said.",
            FOUND,
        ),  # numbers of the case, and here days
    ],
)
def test_a_number_has_a_definition_and_a_counter(case, text, state):
    (part,) = check(case, (OPEN,), loss_310000=text).of("figures")
    assert part.state == state


STANCES = [
    (SETTLED, "It is settled.", FOUND, None),
    (SETTLED, "The Unit documents it; March is not known.", FOUND, None),
    (SETTLED, "There is no doubt that it was so.", FOUND, None),
    (SETTLED, "Not only the company documents it.", FOUND, None),
    (SETTLED, "It is not established.", AGAIN, "wrongly_rejected"),
    (SETTLED, "The alleged passengers.", AGAIN, "wrongly_rejected"),
    (SETTLED, "The number is a lie.", AGAIN, "wrongly_rejected"),
    (OPEN, "It is open.", FOUND, None),
    (OPEN, "Nobody outside has seen the books.", FOUND, None),
    (OPEN, "It can't be checked.", FOUND, None),
    (OPEN, "No other source confirms it.", FOUND, None),
    (OPEN, "It is proven.", AGAIN, "wrongly_accepted"),
    (OPEN, "The number is false.", AGAIN, "wrongly_rejected"),
    (OPEN, "It is open, which does not make it false.", FOUND, None),
    (CONTESTED, "The claim fails.", FOUND, None),
    (CONTESTED, "It is well supported.", AGAIN, "wrongly_accepted"),
    (CONTESTED, "Two papers print it.", MISSING, None),
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
    assert list(Names.of(sample("khojaly-3").memo.case).found(text)) == named


@pytest.mark.parametrize(("claim", "text", "state", "error"), STANCES)
def test_settled_and_open_are_held_against_the_case_both_ways(case, claim, text, state, error):
    part = only(check(case, (claim,), **{claim.replace("-", "_"): text}), "status")
    assert (part.state, part.error) == (state, error)


@pytest.mark.parametrize(
    "text",
    [
        "All propaganda.",
        "It is all lies.",
        "All of these pieces are false.",
        "Nothing in the papers is true.",
        "The Quayside Echo is propaganda.",
        "Orrin Line lies.",
        "You cannot believe any of them.",
        "The local press is not to be trusted.",
        "The papers are not reliable.",
    ],
)
def test_distrust_of_everything_is_told(case, text):
    part = only(check(case, summary=text), "blanket")
    assert (part.state, part.error) == (AGAIN, "wrongly_rejected")
    assert "settled" in part.say  # what such a sentence throws away


@pytest.mark.parametrize(
    "text",
    [
        "All of it is true.",
        "Everything in the papers is true.",
        "The Coastal Transport Unit is independent and always right.",
        "Trust everybody.",
        "None of it is a lie.",
    ],
)
def test_trust_in_everything_is_told(case, text):
    part = only(check(case, summary=text), "blanket")
    assert (part.state, part.error) == (AGAIN, "wrongly_accepted")
    assert "open" in part.say


@pytest.mark.parametrize(
    "text",
    [
        "Not all the papers are false.",
        "That the company gains from it does not make it false.",
        "All four say that the number is false.",
        "The Coastal Transport Unit calls it false.",
        "The Unit says that the loss is not true for the winter.",
        "Are all of these pieces propaganda?",
        "Some call it “all propaganda”, others do not.",
        "All three origins agree.",
        "The press release is right on one number.",
        "Neither side is always right.",
        "The Unit is right that the loss was not assessed.",
        "The papers are under one owner, so an independent count is needed.",
    ],
)
def test_a_sentence_on_a_claim_is_no_verdict_on_an_outlet(case, text):
    assert only(check(case, summary=text), "blanket").state == FOUND


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("The Unit has no figures for March. The association counted on weekdays only.", FOUND),
        ("The Unit has no figures for March.", AGAIN),
        ("The accounts differ.", MISSING),
    ],
)
def test_limits_belong_to_an_account_by_name(case, text, state):
    assert only(check(case, (SETTLED, "one-in-four-winter"), limits=text), "limits").state == state


@pytest.mark.parametrize(
    ("log", "changed", "state"),
    [
        ([{"lesson": "07"}], "Nothing changed.", FOUND),
        ([], "I looked.", AGAIN),
        ([{"lesson": "01"}], "", AGAIN),
        ([], "", MISSING),
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
    assert {p.state for p in result.parts} <= {FOUND, AGAIN, MISSING, BLANK}
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
