"""Marks as pure state: places, operations, undo, what is kept, the key, and the faces that call them."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from whosays import load_case
from whosays.attribution.model import MODES
from whosays.base import paths
from whosays.evidence.marking import MOST_STEPS, NAME, Marking, span_marker
from whosays.evidence.marking_key import against, agent_id, gold
from whosays.evidence.marks import (
    OPERATIONS,
    REASONS,
    ROLES,
    apply,
    as_relations,
    clean,
    empty,
    in_order,
    suggestions,
)
from whosays.learner import store
from whosays.text.fold import words as folded_words
from whosays.text.place import NoPlace, find, snap

TEXT = "The film says that “Ms Ö. Ålund, the mayor,” told us: it rains.\n\nIt rains 😀 again, says the film."


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A marking of ``TEXT`` that keeps its marks in a folder of the test."""
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path))
    return span_marker(TEXT)


@pytest.fixture(scope="module")
def case():
    return load_case("khojaly")


def mark(here, content, source="", cue="", mode=None, chain=None):
    """A relation of its own in one call; words that nobody is named for are a voice."""
    here.begin()
    for words, role in ((source, "source"), (cue, "cue")):
        if words:
            here.mark(words, role)
    here.mark(content, "content" if source or cue else "voice")
    return here.describe(mode=mode, chain=chain) if mode or chain else here


def _exact(marking):
    return [(m["role"], m["exact"]) for m in marking.state["marks"]]


# --- places ------------------------------------------------------------------------------------


@given(st.text(alphabet="ab Ö😀,.“”\n'", max_size=40), st.data())
@settings(max_examples=60, deadline=None)
def test_snap_gives_whole_words_that_the_stretch_touches(text, data):
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    touched = [w for w in folded_words(text) if w.start < end and w.end > start]
    if not touched:
        with pytest.raises(NoPlace):
            snap(text, start, end)
    else:
        assert snap(text, start, end) == (touched[0].start, touched[-1].end)


def test_find_sees_past_quotation_marks_and_spaces():
    (place,) = find(TEXT, '"Ms Ö.   Ålund')
    assert TEXT[slice(*place)] == "Ms Ö. Ålund"
    assert [TEXT[a:b] for a, b in find(TEXT, "it rains")] == ["it rains", "It rains"]
    assert find(TEXT, "") == find(TEXT, "…") == find(TEXT, "snows") == []


# --- operations --------------------------------------------------------------------------------


def test_marks_go_into_the_open_relation_until_a_new_one_is_begun(here):
    here.mark("Ms Ö. Ålund", "source").mark("told us", "cue").begin().mark("again", "content")
    assert [len(r["marks"]) for r in in_order(here.state)] == [2, 1]
    here.do("go_on", relation="r1").mark(
        start=TEXT.index("it rains"), end=TEXT.index("it rains") + 8
    )
    assert [len(r["marks"]) for r in in_order(here.state)] == [3, 1]


def test_a_voice_without_a_source_is_a_relation_of_its_own(here):
    here.mark("Ms Ö. Ålund", "source").mark("It rains 😀 again", "voice").mark("told us", "cue")
    first, second = as_relations(here.state)
    assert (len(first["source"]), len(first["cue"]), first["content"]) == (1, 1, [])
    assert (second["source"], second["mode"]) == ([], "unattributed")
    assert TEXT[slice(*second["content"][0])] == "It rains 😀 again"


def test_overlap_is_said_and_nothing_is_replaced(here):
    here.mark("Ms Ö. Ålund", "source").mark("Ålund, the mayor", "source")
    assert "overlaps 1 other" in here.said
    assert [exact for _, exact in _exact(here)] == ["Ms Ö. Ålund", "Ålund, the mayor"]
    assert here.mark("Ålund, the mayor", "source").said.startswith("Already marked")


@pytest.mark.parametrize(
    ("operation", "arguments", "said"),
    [
        ("mark", {"exact": "snow"}, "does not have the words"),
        ("mark", {"exact": "  "}, "Nothing is marked yet"),
        ("mark", {"exact": "IT RAINS"}, "stands in the text 2 times"),
        ("mark", {"exact": "again", "role": "boss"}, "no role 'boss'"),
        ("mark", {"start": 9, "end": 3}, "no stretch of this text"),
        ("mark", {"start": 13, "end": 13}, "no stretch of this text"),
        ("mark", {"wrong": 1}, "arguments it does not have"),
        ("unmark", {"mark": "m9"}, "There is no mark 'm9'"),
        ("go_on", {"relation": "r9"}, "There is no relation 'r9'"),
        ("describe", {"mode": "direct"}, "No relation is open"),
        ("clear", {}, "confirm"),
        ("accept", {"suggestion": "s0"}, "There is no suggestion"),
        ("fly", {}, "no operation 'fly'"),
    ],
)
def test_a_mistake_is_said_and_changes_nothing(here, operation, arguments, said):
    before = json.dumps(here.state)
    assert said in here.do(operation, **arguments).said
    assert json.dumps(here.state) == before
    assert here.past == []


def test_mode_chain_and_nesting_are_plain_fields(here):
    here.mark("The film", "source").describe(mode="indirect", chain=" Radio >  the film ")
    here.begin().mark("the mayor", "source").describe(parent="r1")
    assert [(r["mode"], r["chain"], r["parent"]) for r in in_order(here.state)] == [
        ("indirect", ["Radio", "the film"], None),
        ("", [], "r1"),
    ]
    assert "cannot stand inside itself" in here.describe(parent="r2", relation="r1").said
    assert "no mode" in here.describe(mode="loud").said
    here.do("drop", relation="r1")
    assert in_order(here.state)[0]["parent"] is None


def test_a_mark_may_belong_to_two_relations(here):
    here.mark("The film", "source").mark("says that", "cue").begin().mark("again")
    here.do("link", relation="r2", mark="m1")
    here.do("drop", relation="r1")
    assert [exact for _, exact in _exact(here)] == ["The film", "again"]
    assert "has this mark already" in here.do("link", relation="r2", mark="m1").said
    here.do("unlink", relation="r2", mark="m1")
    assert [exact for _, exact in _exact(here)] == ["again"]


def _random_step(data, marking):
    """One arbitrary operation, sensible or not."""
    kind = data.draw(st.sampled_from([*OPERATIONS, "undo", "redo"]))
    ids = st.sampled_from(["m1", "m2", "r1", "r2", "m9", "", None])
    arguments = {
        "mark": {
            "start": st.integers(-1, 99),
            "end": st.integers(-1, 99),
            "role": st.sampled_from([*ROLES, "x"]),
        },
        "unmark": {"mark": ids},
        "go_on": {"relation": ids},
        "link": {"relation": ids, "mark": ids},
        "unlink": {"relation": ids, "mark": ids},
        "describe": {
            "relation": ids,
            "mode": st.sampled_from(["direct", "x", None]),
            "parent": ids,
        },
        "drop": {"relation": ids},
        "clear": {"confirm": st.booleans()},
        "accept": {"suggestion": st.sampled_from([s["id"] for s in suggestions(TEXT)] + ["x"])},
        "reject": {
            "suggestion": st.sampled_from([s["id"] for s in suggestions(TEXT)]),
            "why": st.sampled_from(["", *REASONS]),
        },
    }.get(kind, {})
    drawn = {name: data.draw(values) for name, values in arguments.items()}
    return getattr(marking, kind)() if kind in ("undo", "redo") else marking.do(kind, **drawn)


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_whatever_is_done_the_state_holds_and_undo_takes_all_of_it_back(data):
    marking = Marking(TEXT, "a text", ("texts", "test"))
    marking.state, marking.past, marking.future = empty(), [], []
    states = [json.dumps(marking.state)]
    for _ in range(data.draw(st.integers(1, 8))):
        _random_step(data, marking)
        states.append(json.dumps(marking.state))
        state = json.loads(json.dumps(marking.state))
        assert state == marking.state  # plain JSON at any time
        known = {m["id"] for m in state["marks"]}
        assert all(m["exact"] == TEXT[m["start"] : m["end"]] for m in state["marks"])
        assert all(r["marks"] and set(r["marks"]) <= known for r in state["relations"])
        assert {r["parent"] for r in state["relations"]} <= {
            None,
            *(r["id"] for r in state["relations"]),
        }
        again, lost = clean(TEXT, state)
        assert lost == 0 and as_relations(again) is not None
        assert len(again["marks"]) == len(state["marks"])
    last = json.dumps(marking.state)
    steps = len(marking.past)
    for _ in range(steps):
        marking.undo()
    assert marking.state == empty()
    for _ in range(len(marking.future)):
        marking.redo()
    assert len(marking.past) >= steps
    if steps and states[-1] != json.dumps(empty()):
        for _ in range(len(marking.past) - steps):
            marking.undo()
        assert json.dumps(marking.state) == last


def test_apply_leaves_the_old_state_alone():
    old = empty()
    new, said = apply(TEXT, old, "mark", exact="again", role="cue")
    assert old == empty() and len(new["marks"]) == 1 and "again" in said


def test_undo_ends_somewhere(here):
    for i in range(MOST_STEPS + 5):
        here.mark("again" if i % 2 == 0 else "The film", "cue").do("clear", confirm=True)
    assert len(here.past) == MOST_STEPS


# --- kept --------------------------------------------------------------------------------------


def test_every_step_is_on_disk_at_once_and_comes_back_with_its_history(here, tmp_path, monkeypatch):
    here.mark("The film", "source").mark("again").undo()
    kept = store.load(NAME)["texts"]
    ((name, one),) = kept.items()
    assert one["state"] == here.state
    fresh = Marking(TEXT, "a text", ("texts", name))
    assert (fresh.state, len(fresh.past), len(fresh.future)) == (here.state, 1, 1)
    assert fresh.said == "1 mark from before."
    assert fresh.redo().state["marks"][1]["exact"] == "again"


def test_the_same_passage_is_one_object_in_all_cells(here):
    seen = []
    here.watchers.append(lambda: seen.append(here.said))
    assert span_marker(TEXT) is here
    mark(span_marker(TEXT), "again", cue="says that")
    assert seen and len(here.state["marks"]) == 2


def test_marks_are_found_again_in_a_text_that_was_edited(here):
    here.mark("the mayor", "source").mark("again")
    edited = "New first words. " + TEXT.replace("again", "still")
    state, lost = clean(edited, here.state)
    assert lost == 1
    assert [edited[m["start"] : m["end"]] for m in state["marks"]] == ["the mayor"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 200) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "marks",
                    "relations",
                    "open",
                    "machine",
                    "id",
                    "role",
                    "start",
                    "end",
                    "exact",
                    "parent",
                    "chain",
                    "verdict",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)


@given(JSON)
@settings(max_examples=80, deadline=None)
def test_no_file_makes_it_raise(kept):
    state, _ = clean(TEXT, kept)
    assert clean(TEXT, state)[0] == state
    as_relations(state)


def test_a_folder_that_cannot_be_written_is_said_and_the_marks_stay(here, monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(blocked))
    assert "Not saved" in here.mark("again").said
    assert _exact(here) == [("content", "again")]


# --- relations in code -----------------------------------------------------------------------------


def test_one_source_with_two_claims_is_two_relations_that_share_it(here):
    for words in ("it rains", "again"):
        mark(here, words, source="the mayor", cue="told us")
    mark(here, "Ms Ö. Ålund")
    mark(here, "Ms Ö. Ålund")
    assert len(here.relations()) == 3
    assert len(here.state["marks"]) == 5
    assert here.do("drop", relation="r1").state["marks"][0]["exact"] == "the mayor"


@given(
    st.lists(
        st.tuples(
            *[
                st.sampled_from(
                    ["it rains", "again", "the film", "Ms Ö. Ålund", "", "snow", "rains"]
                )
            ]
            * 3
        ),
        max_size=5,
    )
)
@settings(max_examples=30, deadline=None)
@example([("", "", "")])
def test_mark_never_raises(calls):
    here = Marking(TEXT, "a text", ("texts", "any"))
    here.state, here.past, here.future = empty(), [], []
    for content, source, cue in calls:
        mark(here, content, source=source, cue=cue)
    repr(here)


def test_what_is_printed_says_everything(here):
    printed = repr(mark(here, "again", source="The film", cue="says that", mode="indirect"))
    for words in ("The film", "says that", "again", "indirect", "1 relation marked"):
        assert words in printed
    assert "<table" in here._repr_html_()


# --- the key -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["khojaly", "ferry"])
def test_the_key_of_every_quoted_passage_is_right_by_itself(name):
    case = load_case(name)
    for passage in case.passages.where(quoted=True):
        text = case.quotation(passage["passage_id"])
        expected = gold(case, passage["passage_id"])
        for row in expected:
            assert row["content"] and set(row["modes_accepted"]) <= set(MODES)
            assert all(
                0 <= a < b <= len(text) for r in ("source", "cue", "content") for a, b in row[r]
            )
        result = against(case, text, expected, expected)
        assert result.missed == result.extra == []


def test_claims_under_one_source_are_one_relation(case):
    (row,) = gold(case, "p-000-film-toll")
    text = case.quotation("p-000-film-toll")
    assert text[slice(*row["source"][0])] == "The film"
    assert len(row["content"]) == 1
    assert text[slice(*row["content"][0])].startswith("on February 26")


def test_names_in_a_chain_are_understood(case):
    for said, meant in (
        ("Azertag", "azertac"),
        ("the film", "consulate-la"),
        ("Thomas de Waal", "de-waal"),
        ("hrw", "hrw"),
        ("the paper Azernews", "azernews"),
    ):
        assert agent_id(case, said) == meant
    assert agent_id(case, "the neighbour") == "the neighbour"


def _passage(case, tmp_path, monkeypatch, name="p-000-film-hrw"):
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path))
    return span_marker(case, name)


def test_check_tells_what_is_found_what_to_mend_and_where_to_look(case, tmp_path, monkeypatch):
    m = _passage(case, tmp_path, monkeypatch)
    assert "Not answered yet" in m.check().summary()
    mark(
        m,
        'Khojaly as "the largest massacre in the conflict"',
        source="the Human Rights Watch",
        cue="described",
        mode="direct",
    )
    feedback = m.check()
    assert feedback.summary() == "1 of 2 relations found, 1 of them to mend."
    said = " ".join(repr(feedback).split())
    for hint in ("look at the mode again", "no chain yet", "look at the beginning"):
        assert hint in said
    m.describe(mode="mixed", chain="Azernews > Azertag > the film > Human Rights Watch")
    words = case.quotation("p-000-film-hrw").partition("that ")[2].rstrip(".")
    mark(
        m,
        words,
        source="the flim",
        cue="It is noted in",
        mode="indirect",
        chain="Azernews > Azertag > the film",
    )
    assert m.check().summary() == "2 of 2 relations found."
    assert "between Armenia" not in repr(m.check())


def test_a_mark_beyond_the_key_costs_nothing_and_a_wrong_source_is_told(
    case, tmp_path, monkeypatch
):
    m = _passage(case, tmp_path, monkeypatch, "p-004-panin")
    mark(
        m,
        "the perpetrators of the Khojaly Genocide are still left unpunished",
        source="Embassy of Azerbaijan",
        cue="said",
        mode="direct",
    )
    assert "mark whoever speaks" in repr(m.check())
    fresh = _passage(case, tmp_path / "other", monkeypatch, "p-000-tv-genocide")
    mark(
        fresh,
        "Khojaly massacre is an act of genocide and a crime against humanity",
        source="an act",
        cue="underlines",
    )
    assert "not whom you marked" in repr(fresh.check())


def test_a_passive_without_source_needs_none(case, tmp_path, monkeypatch):
    m = _passage(case, tmp_path, monkeypatch, "p-004-frozen")
    mark(
        m,
        m.text.rstrip("."),
        cue="reportedly",
        mode="hedged",
        chain="Sudan Tribune > Tesfa-Alem Tekle",
    )
    assert m.check().summary() == "1 of 1 relation found."
    assert "nobody named" in repr(m.key())


def test_a_text_without_a_case_has_no_key(here):
    here.mark("again")
    assert "no key" in here.check().summary()
    assert len(here.key()) == 0


# --- the machine -----------------------------------------------------------------------------------


def test_the_first_pass_is_accepted_changed_and_rejected(case, tmp_path, monkeypatch):
    m = _passage(case, tmp_path, monkeypatch)
    outer, inner = m.suggestions()[:2]
    m.do("accept", suggestion=outer["id"])
    m.do("accept", suggestion=inner["id"], change=True)
    first, second = as_relations(m.state)
    assert second["parent"] == first["id"] and m.state["open"] == second["id"]
    assert "among your relations already" in m.do("accept", suggestion=outer["id"]).said
    assert "the content" in m.do("reject", suggestion=inner["id"], why="content").said
    m.do("reject", suggestion=outer["id"], why="mode")
    assert [row["verdict"] for row in m.suggestions()] == ["rejected", "changed"]
    assert len(m.state["relations"]) == 1
    assert "2 of 2 readings graded" in m.machine().caption
    m.do("drop", relation=second["id"])
    assert [row["verdict"] for row in m.suggestions()] == ["rejected", ""]


def test_the_key_stays_hidden_until_a_reading_is_graded(case, tmp_path, monkeypatch):
    m = _passage(case, tmp_path, monkeypatch)
    assert {row["key"] for row in m.machine().rows} == {""}
    m.do("reject", suggestion=m.suggestions()[0]["id"])
    assert m.machine().rows[0]["key"] and not m.machine().rows[1]["key"]


# --- faces -----------------------------------------------------------------------------------------


def test_the_widget_only_asks(case, tmp_path, monkeypatch):
    m = _passage(case, tmp_path, monkeypatch)
    face = m.widget()
    assert "".join(a + b for a, b in zip(face.gaps, [*face.words, ""], strict=False)) == m.text
    at = next(i for i, word in enumerate(face.words) if word == "flim")
    face.hear({"op": "mark", "role": "source", "first": at - 1, "last": at, "n": 3})
    assert _exact(m) == [("source", "the flim")]
    (shown,) = face.shown["marks"]
    assert (shown["first"], shown["last"], face.shown["heard"]) == (at - 1, at, 3)
    face.hear({"op": "describe", "relation": "r1", "chain": "Azernews > the film"})
    assert face.shown["relations"][0]["chain"] == "Azernews > the film"
    face.hear({"op": "undo"})
    face.hear({"op": "redo"})
    face.hear({"op": "key"})
    assert "check once first" in face.shown["said"] and not face.shown["details"]
    face.hear({"op": "check"})
    face.hear({"op": "key"})
    assert "<table" in face.shown["details"]
    face.hear({"op": "machine", "show": True})
    for row in face.shown["suggestions"]:
        face.hear({"op": "reject", "suggestion": row["id"]})
    assert "readings graded" in face.shown["details"]
    face.hear({"op": "reset", "confirm": True})
    assert face.state == m.state == {**empty(), "machine": {}}
    assert json.loads((paths.answers() / f"{NAME}.json").read_text(encoding="utf-8"))
