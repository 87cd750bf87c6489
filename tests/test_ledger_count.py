"""Counting pieces and starting points: the known answers of the practice case, and what always holds."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import load_case
from whosays.evidence.ledger import Ledger
from whosays.evidence.starting_points import (
    Origins,
    Rules,
    RulesError,
    StartingPoints,
    own_texts,
    rules,
    starting_points,
)


@pytest.fixture(scope="module")
def ferry():
    return load_case("ferry")


@pytest.fixture(scope="module")
def khojaly():
    return load_case("khojaly")


def test_pieces_and_origins_of_the_practice_case_are_its_truth(ferry):
    ledger = Ledger(ferry)
    for t in ferry.truth:
        s = ledger.starts(t.claim_id)
        found = (s.pieces, len(s.whole), len(s.whole & s.parties), len(s.part))
        assert found == (t.pieces, t.whole, t.parties, t.part), t.claim_id
    assert {t.whole for t in ferry.truth} == {0, 1, 2, 3, 4}
    assert {t.part for t in ferry.truth} == {0, 1} and {t.parties for t in ferry.truth} == {0, 1, 2}


def test_an_origin_behind_a_good_name_collapses(ferry):
    ledger = Ledger(ferry)
    assert ledger.starts("loss-310000").whole == {"company-books"}
    assert ledger.origins.path("unit-loss") == ["unit-loss", "company-books"]
    assert ledger.starts("survey-201-of-287").whole == {"survey-forms"}


def test_the_613_family_of_the_pieces_goes_back_to_the_state(khojaly):
    ledger = Ledger(khojaly)
    entry = ledger.claim("toll-613")
    assert entry.n == 9 and entry.whole == ["az-state-figures"]
    assert set(entry.part) == {"imam-of-agdam", "prosecutor-file-1992"}
    assert entry.parties == ["prosecutor-file-1992", "az-state-figures"]
    assert entry.summary() == (
        "Nine pieces; one starting point for the whole claim, a party; two more for a part of it, one of them a party."
    )
    for claim in ("children-63", "women-106", "elderly-70", "hurt-487", "hostages-1275"):
        assert ledger.starts(claim).whole == {"az-state-figures"}, claim


def test_the_settled_claim_rests_on_several_inquiries(khojaly):
    starts = Ledger(khojaly).starts("killing-of-fleeing-civilians")
    assert starts.whole == {"hrw-fieldwork", "memorial-fieldwork", "dewaal-research"}
    assert not starts.whole & starts.parties


def test_who_does_not_say_it_starts_nothing(khojaly, ferry):
    """The denial cites an interview that does not say it, and a court's judgment excludes its readings."""
    ledger = Ledger(khojaly)
    for claim in (
        "azerbaijanis-to-blame",
        "azerbaijanis-shot-their-own",
        "ecthr-determined",
        "ecthr-doubted-khojaly",
    ):
        starts = ledger.starts(claim)
        assert not starts.whole and not starts.part, claim
    told = " ".join(ledger.claim("azerbaijanis-to-blame").text().split())
    assert "its own text does not say it" in told
    kept = Ledger(ferry)
    assert not kept.starts("unit-found-loss").whole
    assert own_texts(ferry, rules())["unit-found-loss"] == {"unit-loss": 0}
    apart = Ledger(ferry, Rules(altered(own_text={"effect": "kept_apart"})))
    assert apart.starts("unit-found-loss").whole == {"company-books"}


def test_it_is_told_in_words_and_never_summed():
    told = StartingPoints(0).told()
    assert told == "No pieces; no starting point for the whole claim."
    one = StartingPoints(12, frozenset("ab"), frozenset("c"), frozenset("abc")).told()
    assert (
        one
        == "12 pieces; two starting points for the whole claim, all of them parties; one more for a part of it, a party."
    )


def test_a_statement_is_an_origin_of_its_own_act_only(khojaly):
    ledger = Ledger(khojaly)
    assert "puic-text" in ledger.starts("islamic-union-statement").whole
    for claim in khojaly.claims:
        if claim.kind not in {"recognition", "publication"}:
            kinds = {khojaly.origins[r].kind for r in ledger.starts(claim.claim_id).whole}
            assert not kinds & {"statement", "unnamed"}, claim.claim_id


# -- properties -------------------------------------------------------------------------------------

ORIGINS = [f"o{i}" for i in range(8)]


@st.composite
def worlds(draw):
    """Origins that derive from earlier ones, assertions and findings on them."""
    kinds = draw(
        st.lists(
            st.sampled_from(["witness", "press", "statement", "unnamed"]), min_size=8, max_size=8
        )
    )
    parents = [draw(st.sampled_from([None, *ORIGINS[:i]])) for i in range(8)]
    origins = [
        dict(origin_id=o, kind=k, derived_from=p)
        for o, k, p in zip(ORIGINS, kinds, parents, strict=True)
    ]
    row = st.fixed_dictionaries(
        {
            "claim_id": st.sampled_from(["c0", "c1"]),
            "item_id": st.sampled_from(["i0", "i1", "i2", "i3"]),
            "origin_id": st.sampled_from([None, *ORIGINS]),
        }
    )
    finding = st.fixed_dictionaries(
        {
            "claim_id": st.sampled_from(["c0", "c1"]),
            "origin_id": st.sampled_from([None, *ORIGINS]),
            "stance": st.sampled_from(
                ["supports", "supports_in_part", "qualifies", "contradicts", "silent"]
            ),
        }
    )
    return draw(st.lists(row, max_size=12)), draw(st.lists(finding, max_size=5)), origins


def all_of(counts, claim):
    one = counts.get(claim, StartingPoints())
    return one.whole | one.part


@given(worlds(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_copy_never_adds_a_starting_point(world, data):
    assertions, findings, origins = world
    before = starting_points(assertions, findings, origins)
    if not assertions:
        return
    copied = data.draw(st.sampled_from(assertions))
    # a copy has the origin of what it copies, or one derived from it
    derived = {"origin_id": "copy", "kind": "press", "derived_from": copied["origin_id"]}
    for origin, known in ((copied["origin_id"], origins), ("copy", [*origins, derived])):
        if copied["origin_id"] is None and origin == "copy":
            continue
        copy = {**copied, "item_id": "elsewhere", "origin_id": origin}
        after = starting_points([*assertions, copy], findings, known)
        then, now = before[copied["claim_id"]], after[copied["claim_id"]]
        assert (now.whole, now.part) == (then.whole, then.part)
        assert now.pieces == then.pieces + 1


@given(worlds(), st.data())
@settings(max_examples=60, deadline=None)
def test_removing_one_takes_one_away_at_most(world, data):
    assertions, findings, origins = world
    if not assertions:
        return
    gone = data.draw(st.integers(0, len(assertions) - 1))
    rest = assertions[:gone] + assertions[gone + 1 :]
    claim = assertions[gone]["claim_id"]
    whole, less = (starting_points(a, findings, origins) for a in (assertions, rest))
    assert all_of(less, claim) <= all_of(whole, claim)
    assert len(all_of(whole, claim)) - len(all_of(less, claim)) <= 1
    roots = Origins(origins, rules())
    others = {roots.root(a["origin_id"]) for a in rest if a["origin_id"] and a["claim_id"] == claim}
    if assertions[gone]["origin_id"] and roots.root(assertions[gone]["origin_id"]) in others:
        assert all_of(less, claim) == all_of(whole, claim)


@given(worlds(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_order_does_not_matter(world, rng):
    shuffled = [rng.sample(rows, len(rows)) for rows in world]
    assert starting_points(*shuffled) == starting_points(*world)


@given(worlds())
@settings(max_examples=50, deadline=None)
def test_they_are_roots_that_count_and_whole_and_part_are_apart(world):
    assertions, findings, origins = world
    known = Origins(origins, rules())
    for one in starting_points(assertions, findings, origins, parties=ORIGINS[:2]).values():
        assert one.pieces <= 4 and not one.whole & one.part
        assert all(known.root(r) == r and known.counts(r) for r in one.whole | one.part)
        assert one.parties == (one.whole | one.part) & set(ORIGINS[:2])


class Counted(dict):
    """A row that counts how often it is read."""

    reads = 0

    def __getitem__(self, column):
        Counted.reads += 1
        return super().__getitem__(column)


def many(size, row=dict):
    """A made-up case: assertions on origins in lines of fifty."""
    rng = random.Random(5)
    origins = [
        row(origin_id=f"o{i}", kind="press", derived_from=f"o{i - 1}" if i % 50 else None)
        for i in range(1000)
    ]
    assertions = [
        row(
            claim_id=f"c{rng.randrange(size // 20)}",
            item_id=f"i{i // 3}",
            origin_id=f"o{rng.randrange(1000)}",
        )
        for i in range(size)
    ]
    return assertions, [], origins


def test_every_assertion_is_read_a_fixed_number_of_times():
    reads = {}
    for size in (1_000, 10_000):
        made = many(size, Counted)
        Counted.reads = 0
        starting_points(*made)
        reads[size] = Counted.reads
    # linear: no more reads a row with ten times the rows, beyond those of the origins
    assert reads[10_000] < 10 * reads[1_000]


def test_a_hundred_thousand_assertions():
    counts = starting_points(*many(100_000))
    assert len(counts) == 5_000
    assert all(0 < len(one.whole) <= one.pieces for one in counts.values())


def test_a_long_line_of_relays_is_no_trouble():
    origins = [
        dict(origin_id=f"o{i}", kind="press", derived_from=f"o{i - 1}" if i else None)
        for i in range(20_000)
    ]
    assert starting_points([dict(claim_id="c", item_id="i", origin_id="o19999")], [], origins) == {
        "c": StartingPoints(1, frozenset({"o0"}))
    }


def test_origins_in_a_circle_are_refused():
    origins = [
        dict(origin_id="a", kind="press", derived_from="b"),
        dict(origin_id="b", kind="press", derived_from="a"),
    ]
    with pytest.raises(ValueError, match="in a circle"):
        starting_points([dict(claim_id="c", item_id="i", origin_id="a")], [], origins)


# -- rules --------------------------------------------------------------------------------------------


def altered(**changes):
    rows = [{f: getattr(r, f) for f in r.__dataclass_fields__} for r in rules()]
    return [{**row, **changes.get(row["rule_id"].replace("-", "_"), {})} for row in rows]


def test_rules_are_data(ferry):
    without = Rules(altered(derived={"effect": "kept_apart"}))
    kept = Ledger(ferry)
    assert len(Ledger(ferry, without).starts("loss-310000").whole) > 1
    assert len(kept.starts("loss-310000").whole) == 1
    generous = Rules(altered(root_unnamed={"effect": "counts"}))
    assert (
        Ledger(ferry, generous).starts("profit-million").whole
        and not kept.starts("profit-million").whole
    )
    strict = Ledger(ferry, Rules(altered(supports_in_part={"effect": "not_counted"})))
    assert kept.starts("journeys-48600").part and not strict.starts("journeys-48600").part


def test_bad_rules_are_all_named():
    rows = altered(
        derived={"effect": "vanishes"}, silent={"step": "mood"}, contradicts={"value": "qualifies"}
    )
    with pytest.raises(RulesError) as refused:
        Rules(rows)
    for word in ("vanishes", "mood", "two rules", "row "):
        assert word in str(refused.value)
    with pytest.raises(RulesError, match="no rule for the step derived_from"):
        Rules([r for r in altered() if r["step"] != "derived_from"])
    with pytest.raises(RulesError, match="columns"):
        Rules([{"rule_id": "x"}])


def test_a_table_of_rules_of_ones_own(tmp_path):
    import csv

    path = tmp_path / "rules.csv"
    rows = altered()
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert [r.rule_id for r in rules(path)] == [r.rule_id for r in rules()]


def test_every_rule_has_its_reason_and_a_reference_that_the_page_explains():
    from whosays.base import paths

    page = (paths.root() / "docs" / "independence.md").read_text(encoding="utf-8")
    for rule in rules():
        assert rule.why and rule.says
        assert f"`{rule.rule_id}`" in page, rule.rule_id
        assert f"`{rule.reference}`" in page, rule.reference
