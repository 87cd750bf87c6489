"""whosays.case.case: loading a pack, its tables and rows, its quotations and texts."""

import pickle
import subprocess
import sys

import packs
import pandas
import pytest

from whosays import load_case
from whosays.case.case import CaseError, TextNotAtHand, case_folder
from whosays.text.chain import Step


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("WHOSAYS_FULLTEXT", raising=False)
    return packs.build(tmp_path / "tiny")


@pytest.fixture
def case(folder):
    return load_case(folder)


def test_tables_hold_rows_in_the_order_of_the_file(case):
    assert [row.id for row in case.claims] == case.claims.ids == ["boats-late", "winter-stays"]
    assert len(case.figures) == 3 and case.figures[0].id == "f-all"
    assert "boats-late" in case.claims and "no-such" not in case.claims
    assert case.claims["boats-late"] in case.claims


def test_cells_are_typed(case):
    late = case.assertions["a-late"]
    assert late.optional is False and late["modes_accepted"] == ("hedged", "mixed")
    assert late.chain == (Step("harbour-news", "masthead"), Step("harbour-office", "explicit"))
    assert str(late.chain[1]) == "harbour-office:explicit"
    assert late.cue_spans[0] == packs.place(packs.NEWS, "said") and late.parent is None
    assert case.figures["f-range"].value_max == 50.5 and type(case.figures["f-all"].value) is int
    assert (
        case.passages["p-winter"].quoted is False
        and case.sources["tide-note-june"].published == "2021-06"
    )


def test_rows_are_read_only_mappings_that_answer_attributes(case):
    row = case.claims["boats-late"]
    assert dict(row)["status"] == row["status"] == row.status == "open"
    assert row.cite == "claims/boats-late" and repr(row) == "<claims/boats-late>"
    with pytest.raises(AttributeError, match="cannot be changed"):
        row.status = "settled"
    with pytest.raises(TypeError):
        row["status"] = "settled"
    with pytest.raises(AttributeError, match="no column 'stance'; it has: claim_id, text"):
        _ = row.stance
    with pytest.raises(KeyError, match="no column 'stance'"):
        row["stance"]
    assert pickle.loads(pickle.dumps(row)) == row and len({row, row}) == 1


def test_rows_are_got_by_their_citation(case):
    assert (
        case.get("claims/boats-late")
        is case.get("[claims/boats-late]")
        is case.claims["boats-late"]
    )
    with pytest.raises(KeyError, match=r"no row 'boats-lat' in claims. Near it: boats-late"):
        case.get("claims/boats-lat")
    with pytest.raises(KeyError, match="write table/id"):
        case.get("boats-late")


def test_where_picks_rows_and_looks_into_lists(case):
    assert [r.id for r in case.assertions.where(claim_id="boats-late", optional=True)] == [
        "a-denied"
    ]
    assert [r.id for r in case.assertions.where(modes_accepted="mixed")] == ["a-late"]
    assert [r.id for r in case.figures.where(relayed_by="harbour-news")] == ["f-late"]
    with pytest.raises(KeyError, match="no column 'claim'"):
        case.assertions.where(claim="boats-late")


def test_a_table_is_a_frame_with_the_id_as_index(case):
    frame = case.figures.frame()
    assert isinstance(frame, pandas.DataFrame) and list(frame.index) == [
        "f-all",
        "f-late",
        "f-range",
    ]
    assert frame.loc["f-late", "value"] == 40 and frame["start"].dtype == "Int64"
    assert frame["part_of"].isna().tolist() == [True, False, True]
    assert case.truth.frame().index.name == "claim_id"


def test_optional_tables_are_empty_where_there_is_none(folder):
    tables = packs.valid_tables()
    del tables["truth"], tables["place_names"]
    bare = load_case(packs.build(folder.parent / "bare", tables))
    assert len(bare.truth) == 0 and bare.place_spellings == ()


def test_place_spellings_are_those_of_the_pack(case):
    assert case.place_spellings == (("Quay", "Quai"),)


def test_a_case_names_its_tables_when_asked_for_another(case):
    with pytest.raises(AttributeError, match="no 'victims'; its tables are: agents, sources"):
        _ = case.victims
    assert "claims" in dir(case) and "2 claims" in repr(case)


def test_quotations_and_texts_at_hand(case):
    assert case.quotation("p-denied") == "The owner denied it."
    assert case.text("tide-note-june") == packs.NOTE and case.has_text("tide-note-june")
    assert case.stretch("harbour-news-may", *packs.place(packs.NEWS, "owner")) == "owner"
    assert case.stretch("harbour-news-may", *packs.place(packs.NEWS, "gulls")) is None
    assert case.document("harbour-news-may").whole is None


def test_a_text_not_at_hand_says_what_to_do(case):
    with pytest.raises(TextNotAtHand) as caught:
        case.text("harbour-news-may")
    for said in (
        "'Ferry late again'",
        "fulltext",
        "'tiny'",
        "WHOSAYS_FULLTEXT",
        packs.digest(packs.NEWS)[:12],
    ):
        assert said in str(caught.value)
    with pytest.raises(TextNotAtHand, match="'p-winter' is known by its place and hash only"):
        case.quotation("p-winter")
    with pytest.raises(KeyError):
        case.text("no-such-source")


@pytest.mark.parametrize("where", ["fulltext", "elsewhere"])
def test_a_text_dropped_in_is_known_by_its_hash_whatever_its_name(folder, monkeypatch, where):
    place = folder / "fulltext" if where == "fulltext" else folder.parent / "elsewhere"
    packs.write(place / "Kopie von Zeitung (3).TXT", packs.NEWS)
    if where == "elsewhere":
        monkeypatch.setenv("WHOSAYS_FULLTEXT", str(place))
    case = load_case(folder)
    assert case.text("harbour-news-may") == packs.NEWS and case.warnings == []
    assert case.quotation("p-winter") == "The winter boat will stay"


@pytest.mark.parametrize(
    "dress, said",
    [
        (lambda t: t.replace("\n", "\r\n").encode(), "line ends"),
        (lambda t: t.encode("utf-8-sig"), "a byte order mark"),
        (lambda t: t.encode("utf-16"), "encoding utf-16"),
        (lambda t: t.rstrip("\n").encode(), "line ends at the end"),
        (
            lambda t: ("\ufeff" + t.replace("\n", "\r\n") + "\r\n").encode(),
            "a byte order mark, Windows",
        ),
    ],
)
def test_the_same_text_in_other_clothes_is_used_and_said_to_be_so(folder, dress, said):
    packs.write(folder / "fulltext/copy.txt", dress(packs.NEWS))
    case = load_case(folder)
    assert case.text("harbour-news-may") == packs.NEWS
    (warning,) = case.warnings
    assert (
        warning.rule == "text-dress" and said in warning.message and "copy.txt" in warning.message
    )


@pytest.mark.parametrize(
    "edit, said",
    [
        (lambda t: t.replace("“", '"').replace("”", '"'), "the same words in the same order"),
        (
            lambda t: t.replace("gulls", "geese"),
            f"words agree, up to character {packs.NEWS.index('gulls') - 1}",
        ),
        (lambda t: "Share this page. " + t, "it begins differently"),
        (lambda t: t + "Read more in our next issue.\n", "words where the text has"),
    ],
)
def test_a_text_that_is_nearly_the_same_is_not_used_and_how_it_differs_is_said(folder, edit, said):
    packs.write(folder / "fulltext/copy.txt", edit(packs.NEWS))
    with pytest.raises(TextNotAtHand) as caught:
        load_case(folder).text("harbour-news-may")
    assert said in str(caught.value) and "copy.txt is nearly it" in str(caught.value)


def test_what_is_no_text_of_the_case_is_left_alone(folder):
    packs.write(folder / "fulltext/README.md", "Put copies here.\n")
    packs.write(folder / "fulltext/other.txt", "A letter about something else.\n")
    packs.write(folder / "fulltext/picture.png", b"\x89PNG\xff\xfe\x00")
    (folder / "fulltext/folder").mkdir()
    case = load_case(folder)
    assert not case.has_text("harbour-news-may") and case.warnings == []


def test_a_bad_pack_raises_with_every_problem_and_loads_nothing(folder):
    packs.change(folder, "claims", "boats-late", status="setled")
    packs.change(folder, "figures", "f-late", label="NF")
    packs.change(folder, "figures", "f-all", as_of=2022)
    with pytest.raises(CaseError) as caught:
        load_case(folder)
    assert [(p.table, p.column) for p in caught.value.problems] == [
        ("claims", "status"),
        ("figures", "label"),
        ("figures", "as_of"),
    ]
    text = str(caught.value)
    assert (
        "'tiny' cannot be loaded" in text
        and "claims.csv, line 2 (boats-late), column status" in text
    )
    assert "2 errors, 0 warnings" in text and "as-of-later" not in text


def test_a_name_is_looked_for_in_data_and_a_path_is_a_path(folder, monkeypatch):
    monkeypatch.setenv("WHOSAYS_DATA", str(folder.parent))
    assert case_folder("tiny") == folder and load_case("tiny").name == "tiny"
    assert case_folder(folder) == folder
    with pytest.raises(CaseError, match="There is no folder 'nowhere'"):
        load_case("nowhere")


def test_loading_twice_gives_the_same(folder):
    one, two = load_case(folder), load_case(folder)
    assert {n: list(map(dict, t)) for n, t in one.tables.items()} == {
        n: list(map(dict, t)) for n, t in two.tables.items()
    }


def test_loading_a_case_needs_no_pandas_and_no_numpy(folder):
    code = (
        "import sys; from whosays import load_case; load_case(sys.argv[1]); "
        "print(sorted({'pandas', 'numpy', 'ipywidgets', 'anywidget'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
