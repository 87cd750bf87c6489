"""Small inputs that once failed: what the kit writes it reads, denials are no tellings, damage is named."""

import os

import pytest

from whosays.case.case import load_case
from whosays.case.check import check_case
from whosays.case.first_pass import open_sources
from whosays.newcase import new_case

HEAD = "{outlet}\n{day} May 2021\n\n{headline}\nBy {author}\n\n"


def put(folder, **texts):
    folder.mkdir(exist_ok=True)
    for name, (outlet, headline, author, words) in texts.items():
        head = HEAD.format(outlet=outlet, day=5, headline=headline, author=author)
        (folder / f"{name}.txt").write_text(head + words + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def small(tmp_path):
    texts = put(
        tmp_path / "texts",
        a=("Quay Post", "Twelve died", "Jane Smith", "The harbour master said on Monday that 12 people had died when the crane fell on the quay."),
        b=("Island Gazette", "Minister rejects it", "Tom Hale", "The minister denied on Tuesday that 12 people had died when the crane fell on the quay."),
        c=("Harbour Times", "Union has doubts", "Tim Hall", "The union did not say that 12 people had died when the crane fell on the quay."),
    )  # fmt: skip
    return new_case(tmp_path / "case", texts).folder


def test_denials_and_what_is_not_said_are_no_tellings(small):
    case = load_case(small)
    claims = {a.item_id: case.claims[a.claim_id] for a in case.assertions if a.cue_spans}
    assert len({claim.claim_id for claim in claims.values()}) == 3
    assert claims["b"].text.startswith("Denied: ") and claims["c"].text.startswith("Not said: ")


@pytest.mark.parametrize(
    "words, value",
    [("4.03 billion", 4030000000), ("8.03 million", 8030000), ("1.1 thousand", 1100)],
)
def test_a_number_is_written_exactly_and_read_again(tmp_path, words, value):
    said = f"The holding said on Monday that its capital currently stands at {words} francs."
    texts = put(tmp_path / "texts", a=("Quay Post", "Holding sells", "Jane Smith", said))
    case = load_case(new_case(tmp_path / "case", texts).folder)
    assert [f.value for f in case.figures] == [value]


def test_a_first_pass_says_that_nobody_has_looked(small):
    case = load_case(small)
    assert open_sources(case) == {"a", "b", "c"}
    assert {h.state for h in case.heads} == {"certain"}
    assert case.unfinished.startswith("This case is not finished: nobody has looked at 3 heads")


@pytest.mark.parametrize(
    "name, change, rule",
    [
        ("datapackage.json", lambda _: "null", "json"),
        ("datapackage.json", lambda s: s.replace('"title"', '"name"', 1), "json"),
        ("fingerprints/a.json", lambda _: "null", "json"),
        ("claims.csv", lambda s: s.replace(",", ";"), "semicolons"),
        ("claims.csv", lambda s: s.replace("people had", "people \u202ehad"), "direction-mark"),
        ("claims.csv", lambda s: s.replace("people had", "p" * 140_000), "cell-too-large"),
    ],
)  # fmt: skip
def test_damage_is_named_in_one_sentence(small, name, change, rule):
    path = small / name
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    errors = [p for p in check_case(small) if p.severity == "error"]
    assert {p.rule for p in errors} == {rule}


def test_letters_in_a_wrong_encoding_are_named(small):
    path = small / "claims.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("people had", "cafÃ© had"), encoding="utf-8"
    )
    assert [p.severity for p in check_case(small) if p.rule == "mojibake"] == ["warning"] * 3


def test_a_thousand_lines_of_one_kind_are_not_printed_one_by_one(small):
    from whosays.case.check import render

    path = small / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8") + "x,y\n" * 1000, encoding="utf-8")
    told = render(check_case(small))
    assert "980 more like these" in told and told.count("line ") < 100


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    texts = put(
        tmp_path / "texts",
        a=(
            "Quay Post",
            "Boats",
            "Jane Smith",
            "The master said on Monday that 12 boats were late.",
        ),
    )
    (tmp_path / "secret.txt").write_text("Secret words, 5 May 2021.", encoding="utf-8")
    os.symlink(tmp_path / "secret.txt", texts / "link.txt")
    made = new_case(tmp_path / "case", texts)
    assert list(made.added) == ["a"] and "outside the folder" in str(made.skipped[0])


def test_an_agency_in_its_own_dateline_is_no_second_voice(tmp_path):
    (tmp_path / "texts").mkdir()
    head = "NORTHLINE NEWS AGENCY\n10 June 2023, 11:40\n\nSeventeen arrested after march\n\n"
    body = "BRANNOCK (Northline) - Police arrested seventeen people on Friday, the police said.\n"
    (tmp_path / "texts" / "a.txt").write_text(f"{head}{body}", encoding="utf-8")
    new_case(tmp_path / "case", tmp_path / "texts")
    case = load_case(tmp_path / "case")
    voices = {step.agent for a in case.assertions for step in a.chain}
    assert "northline" not in voices and "northline-news-agency" in voices
