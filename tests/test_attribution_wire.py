"""Wire copy: what agencies write, who denies it and who does not say it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.attribution import quotes, read
from whosays.attribution.tokens import unwrapped


def only(text):
    """The one relation of a text: source, cue, content."""
    [found] = read(text, "all")
    return tuple(found.text(role) for role in ("source", "cue", "content"))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("The US said the bridge would reopen.", ("The US", "said", "the bridge would reopen")),
        ("The WHO said stocks would last.", ("The WHO", "said", "stocks would last")),
        ("The mayor said on Monday the school was open.", ("The mayor", "said", "the school was open")),
        ("The firm said in a statement it had no fault.", ("The firm", "said", "it had no fault")),
        ("Rescuers said at least 40 men were lost.", ("Rescuers", "said", "at least 40 men were lost")),
        ("The ferry was full, per the harbour log.", ("the harbour log", "per", "The ferry was full")),
        ("In the words of the judge, the map was false.", ("the judge", "In the words of", "the map was false")),
        ("Records seen by the Echo show that it leaked.", ("Records seen by the Echo", "show", "that it leaked")),
        ("The pilot who flew the envoy said it was late.", ("The pilot who flew the envoy", "said", "it was late")),
        ("The army said earlier this week it had left.", ("The army", "said", "it had left")),
        ("In the words of one trader, the map was false.", ("one trader", "In the words of", "the map was false")),
        ("The plan, which the mayor said would fail, is old.", ("the mayor", "said", "which would fail")),
        ("Officials who spoke with the Echo said it was late.", ("Officials who spoke with the Echo", "said", "it was late")),
        ("A report published Monday said the dam had failed.", ("A report", "said", "the dam had failed")),
        ("In each town, about half of voters say it failed.", ("half of voters", "say", "it failed")),
        ("Rook told a meeting in Brannock that smoking was out.", ("Rook", "told", "that smoking was out")),
        ("A man familiar with the planning says it is late.", ("A man familiar with the planning", "says", "it is late")),
        ('@osk_harbour: "Two boats are adrift off the quay."', ("@osk_harbour", ":", '"Two boats are adrift off the quay."')),
        ('@oskharbour: "Two boats are adrift off the quay."', ("@oskharbour", ":", '"Two boats are adrift off the quay."')),
    ],
)  # fmt: skip
def test_a_kind_of_wire_copy(text, expected):
    assert only(text) == expected


@pytest.mark.parametrize(
    "text, sign",
    [
        ("The minister denied that 12 had died.", "denied"),
        ("The mayor denied ever having met the builder.", "denied"),
        ("The army rejected claims that it had shelled the school.", "denied"),
        ("The minister did not say that 12 had died.", "negated"),
        ("The ministry declined to say whether he had gone.", "negated"),
        ("The minister did not deny that 12 had died.", "negated"),
        ("The minister said that 12 had died.", None),
    ],
)
def test_a_denial_and_a_silence_are_marked(text, sign):
    [found] = read(text, "all")
    assert (found.denied, found.negated) == (sign == "denied", sign == "negated")
    assert found.told == (sign is None)


@pytest.mark.parametrize(
    "text, content",
    [
        ("The town is, she said, no longer safe.", ["The town is", "no longer safe"]),
        ("It was, as Holm described it, the longest night.", ["It was", "the longest night"]),
    ],
)
def test_a_cue_between_is_and_what_is_said_stands_inside_one_content(text, content):
    [found] = read(text, "all")
    assert [piece.text for piece in found.content] == content


def test_who_asked_not_to_be_named_ends_before_the_main_verb():
    text = "A man who asked not to be named said the gate was open."
    assert [a.text("content") for a in read(text, "all")] == ["the gate was open", "to be named"]


def test_according_to_plan_tells_of_nobody():
    assert read("According to plan, the bridge opened in May.", "all") == []
    assert only("According to the plan, the bridge opens in May.")[0] == "the plan"


def test_a_name_after_a_title_stays_with_it():
    text = (
        "As reported by the British scholar and writer, Ada Quill in her well known book on the "
        "long war in the hills, the old president said it was late."
    )
    sources = [a.text("source") for a in read(text, "all")]
    assert any("writer, Ada Quill" in source for source in sources)


def test_a_charge_that_somebody_denies_is_told_by_one_and_denied_by_the_other():
    text = "Veldra says Norvik shelled the mill, a charge Norvik denies."
    says, denies = sorted(read(text, "all"), key=lambda a: a.denied)
    assert says.text("content") == denies.text("content") == "Norvik shelled the mill"
    assert (says.text("source"), denies.text("source")) == ("Veldra", "Norvik")
    assert says.told and not denies.told


def test_what_is_told_inside_a_denial_is_not_told():
    found = read("The mayor denied that Rook had said that the dam was cracked.", "all")
    assert [a.told for a in found] == [False, False] and found[1].parent is found[0]


def test_a_cited_source_stands_inside_the_one_that_cites_it():
    outer, inner = read("Norwire reported, citing the ministry, that six men had fled.")
    assert (outer.text("source"), inner.text("source")) == ("Norwire", "the ministry")
    assert inner.parent is outer and inner.content == outer.content


def test_a_list_of_bullets_is_one_content_and_no_quotation():
    text = "The minister said:\n- the port would stay open\n- the tax would fall\n\nHe left."
    [found] = read(text)
    assert found.mode == "indirect"
    assert found.text("content") == "the port would stay open\n- the tax would fall"


def test_a_lost_opening_mark_is_guessed_from_the_head_of_the_sentence():
    text = 'It rained. The men were beaten and left there," the captain said.'
    [quotation] = quotes.find(text)
    assert (
        quotation.inner[0] == quotation.start
        and text[quotation.start] == "T"
        and quotation.end == text.index('"') + 1
    )
    assert only(text)[0] == "the captain"


def test_lines_folded_by_hand_are_read_as_one_paragraph():
    words = (
        "The mayor of Port Ellin said on Monday that the school would stay open until the spring."
    )
    folded = words.replace("on Monday", "on\nMonday").replace("would stay", "would\nstay")
    assert only(folded) == tuple(part.replace("would stay", "would\nstay") for part in only(words))


@given(
    st.lists(
        st.sampled_from(["a", "B", ".", " ", "\n", "\r\n", '"', "- ", "said", "9"]), max_size=40
    )
)
@settings(max_examples=150, deadline=None)
def test_unfolding_keeps_every_place(pieces):
    text = "".join(pieces)
    plain = unwrapped(text)
    assert len(plain) == len(text)
    assert all(a == b or (a in "\r\n\t " and b == " ") for a, b in zip(text, plain, strict=True))


@given(st.text('abc.," \n-:', max_size=60))
@settings(max_examples=150, deadline=None)
def test_quotations_are_in_order_and_inside_the_text(text):
    last = 0
    for quotation in quotes.find(text):
        assert last <= quotation.start <= quotation.inner[0] <= quotation.inner[1] <= quotation.end
        assert quotation.end <= len(text)
        last = quotation.end
