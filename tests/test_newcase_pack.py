"""A folder of texts becomes a pack: valid, whole, never written over, and every offset cuts at its words."""

import csv
import itertools
import json
import os
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import load_case
from whosays.base import paths
from whosays.case.check import check_case
from whosays.case.schema import tables
from whosays.newcase import NewCaseError, case_desk, copies, new_case, quote, todo, undo
from whosays.newcase.command import main
from whosays.newcase.copies import shared_passages
from whosays.newcase.draft import draft
from whosays.newcase.texts import ReadText
from whosays.text.spans import hash_text

RELEASE = """ORRIN LINE
Press release, 9 April 2024, 08:00

More boats by day

From 1 June the ferry will make 61 crossings a week, Orrin Line said on Tuesday. It carried 48,600 passengers last winter.

"We cannot go on running a boat for nineteen people," said Marit Solane, managing director of Orrin Line.
"""
PAPER = """THE COURIER
Wednesday 10 April 2024

The late boat goes
By Nils Arbery

From 1 June the ferry will make 61 crossings a week, the company said. Another boat has reportedly been ordered.

"We cannot go on running a boat for nineteen people," Ms Solane told the Courier.
"""


def folder_of(tmp_path, **texts):
    place = tmp_path / "from"
    place.mkdir(exist_ok=True)
    for name, words in texts.items():
        (place / f"{name}.txt").write_bytes(words.encode("utf-8"))
    return place


def errors(folder):
    return [str(p) for p in check_case(folder) if p.severity == "error"]


def bytes_of(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    place = tmp_path_factory.mktemp("small")
    made = new_case(
        place / "case", folder_of(place, release=RELEASE, paper=PAPER), title="A small case"
    )
    return made, load_case(place / "case")


def test_a_pack_is_valid_and_says_only_what_is_to_do(small):
    made, case = small
    assert errors(made.folder) == [] and {p.rule for p in made.problems} <= {"package"}
    assert case.title == "A small case" and case.text("release") == RELEASE
    assert made.added == {"paper": "paper.txt", "release": "release.txt"} and made.skipped == []


def test_heads_readings_copies_and_figures_are_there(small):
    _, case = small
    release = case.sources["release"]
    assert (
        case.agents[release.outlet].name,
        release.published,
        release.published_note,
        release.genre,
    ) == ("Orrin Line", "2024-04-09", "Stamped 08:00.", "press_release")
    assert case.agents[case.sources["paper"].author].name == "Nils Arbery"
    spoken = [a for a in case.assertions if a.mode == "direct"]
    assert {case.agents[a.agent].name for a in spoken} == {"Marit Solane"} and len(
        {a.claim_id for a in spoken}
    ) == 1
    assert next(str(s) for s in spoken[0].chain).endswith(":masthead")
    assert {f.as_printed for f in case.figures} >= {"61", "48,600", "nineteen"}
    assert all(f.claim_id in case.claims for f in case.figures if f.claim_id)
    hedged = next(a for a in case.assertions if a.mode == "hedged")
    assert case.agents[hedged.agent].kind == "unnamed" and hedged.chain[-1].how == "inferred"
    copied = [r for r in case.reuse_key if {r.a_item, r.b_item} == {"release", "paper"}]
    assert copied and all(r.why == "cannot_tell" for r in copied)


def test_what_is_not_known_is_a_to_do_with_its_place_and_reason(small):
    made, case = small
    rows = {(t.table, t.row) for t in made.todo}
    assert {
        ("sources", "release"),
        ("sources", "paper"),
        ("accounts", ""),
        ("datapackage.json", ""),
    } <= rows
    assert all(t.what and t.why for t in made.todo)
    assert {t.row for t in made.todo if t.table == "claims"} == set(case.claims.ids)
    listed = (made.folder / "TODO.md").read_text(encoding="utf-8")
    assert all(f"`{t.place}`" in listed for t in made.todo) and made.todo.summary() in listed
    assert listed == str(made.todo)


def test_a_denial_and_a_silence_are_no_tellings(tmp_path):
    says = "The harbour master said on Monday that 12 people had died when the crane fell."
    denies = "The minister denied on Tuesday that 12 people had died when the crane fell."
    silent = "The union did not say that 12 people had died when the crane fell."
    texts = {
        name: f"{outlet}\n{day} May 2021\n\n{head}\nBy Jane Smith\n\n{words}\n"
        for name, outlet, day, head, words in (
            ("a", "Quay Post", 5, "Twelve died on the quay", says),
            ("b", "Island Gazette", 6, "Minister rejects report", denies),
            ("c", "Harbour Times", 6, "Union has doubts", silent),
        )
    }
    target = tmp_path / "pack"
    new_case(target, folder_of(tmp_path, **texts))
    case = load_case(target)
    signs = {
        text.partition("12 people")[0]
        for text in (c.text for c in case.claims)
        if "12 people" in text
    }
    assert signs == {"", "Denied: ", "Not said: "}
    pieces = [a.claim_id for a in case.assertions if "12 people" in case.claims[a.claim_id].text]
    assert len(pieces) == len(set(pieces)) == 3  # none of them is joined with another


def test_a_case_that_is_there_is_refused_and_not_touched(tmp_path):
    place = folder_of(tmp_path, release=RELEASE)
    new_case(tmp_path / "case", place)
    before = bytes_of(tmp_path / "case")
    with pytest.raises(NewCaseError, match="There is a case in case already"):
        new_case(tmp_path / "case", place)
    assert bytes_of(tmp_path / "case") == before


@pytest.mark.slow
def test_an_update_adds_and_leaves_every_row_as_it_is(tmp_path):
    place = folder_of(tmp_path, release=RELEASE)
    case = tmp_path / "case"
    new_case(case, place)
    claims = case / "claims.csv"
    edited = claims.read_text(encoding="utf-8").replace(",open,", ",contested,", 1)
    claims.write_bytes(edited.rstrip("\n").encode("utf-8"))  # an editor took the last line end off
    before = bytes_of(case)
    folder_of(tmp_path, paper=PAPER)
    made = new_case(case, place, update=True)
    after = bytes_of(case)
    assert made.added == {"paper": "paper.txt"} and made.again == ["release.txt"]
    for name in tables():
        if f"{name}.csv" in before:
            assert after[f"{name}.csv"].startswith(before[f"{name}.csv"]), name
    assert after["texts/release.txt"] == before["texts/release.txt"]
    loaded = load_case(case)
    assert {r.a_item for r in loaded.reuse_key} | {r.b_item for r in loaded.reuse_key} == {
        "release",
        "paper",
    }
    assert any(
        len({a.item_id for a in loaded.assertions.where(claim_id=c.claim_id)}) == 2
        for c in loaded.claims
    )
    same = bytes_of(case)
    assert new_case(case, place, update=True).added == {} and bytes_of(case) == same


@pytest.mark.slow
def test_an_update_of_a_broken_case_is_refused(tmp_path):
    place = folder_of(tmp_path, release=RELEASE)
    new_case(tmp_path / "case", place)
    (tmp_path / "case" / "claims.csv").write_text("wrong\n", encoding="utf-8")
    before = bytes_of(tmp_path / "case")
    with pytest.raises(NewCaseError, match="Mend them first"):
        new_case(tmp_path / "case", folder_of(tmp_path, paper=PAPER), update=True)
    assert bytes_of(tmp_path / "case") == before


@pytest.mark.slow
def test_another_text_under_a_known_name_is_added_beside_it(tmp_path):
    place = folder_of(tmp_path, release=RELEASE)
    new_case(tmp_path / "case", place)
    folder_of(tmp_path, release=PAPER)
    assert new_case(tmp_path / "case", place, update=True).added == {"release-2": "release.txt"}
    assert load_case(tmp_path / "case").text("release") == RELEASE


HEADS = {
    "outlet": ("THE COURIER\n", "The Island Courier\n"),
    "day": ("Wednesday 10 April 2024", "Thursday 11 April 2024"),
    "headline": ("The late boat goes", "The late boat goes for good"),
    "author": ("By Nils Arbery\n", "By Nils Arbery\nTransport editor of the paper\n"),
    "above": ("THE COURIER\n", "From our archive\n\nTHE COURIER\n"),
}


@pytest.mark.slow
@pytest.mark.parametrize("part", HEADS)
def test_a_text_whose_head_was_mended_takes_the_place_of_the_old_one(tmp_path, capsys, part):
    place, case = folder_of(tmp_path, release=RELEASE, paper=PAPER), tmp_path / "case"
    new_case(case, place)
    before = load_case(case)
    marked = next(a for a in before.assertions if a.source_id == "paper" and a.mode == "direct")
    assert quote(case, marked.passage_id).done
    folder_of(tmp_path, paper=PAPER.replace(*HEADS[part]))
    assert main([str(case), "--from", str(place), "--update"]) == 0
    assert "paper.txt: its head was mended" in capsys.readouterr().out
    after, text = load_case(case), PAPER.replace(*HEADS[part])
    assert errors(case) == [] and after.text("paper") == text and len(after.sources) == 2
    assert after.assertions.ids == before.assertions.ids
    row = after.assertions[marked.assertion_id]
    words = [before.stretch("paper", *span) for span in marked.content_spans]
    assert [after.stretch("paper", *span) for span in row.content_spans] == words
    paper = after.sources["paper"]
    read = after.agents[paper.outlet].name, paper.published, paper.headline
    mended = {
        "outlet": ("The Island Courier", "2024-04-10", "The late boat goes"),
        "day": ("The Courier", "2024-04-11", "The late boat goes"),
        "headline": ("The Courier", "2024-04-10", "The late boat goes for good"),
    }
    if part in mended:
        assert (read[0].casefold(), *read[1:]) == (mended[part][0].casefold(), *mended[part][1:])
    assert row.chain[0].agent == paper.outlet
    assert main([str(case), "--from", str(place), "--update"]) == 0
    assert "left as it is" in capsys.readouterr().out
    assert undo(case).done and load_case(case).text("paper") == PAPER and errors(case) == []


@pytest.mark.slow
def test_a_text_that_differs_in_what_it_says_is_another_text_and_told_so(tmp_path):
    place, case = folder_of(tmp_path, release=RELEASE, paper=PAPER), tmp_path / "case"
    new_case(case, place)
    before = bytes_of(case / "texts")
    folder_of(tmp_path, paper=PAPER.replace("nineteen people", "twenty people"))
    made = new_case(case, place, update=True)
    assert made.mended == {} and made.added == {"paper-2": "paper.txt"}
    assert "Much of it stands in paper already" in made.said["paper-2"][0]
    assert bytes_of(case / "texts").items() > before.items() and errors(case) == []


@pytest.mark.slow
def test_a_head_that_a_person_has_looked_at_stays_when_its_text_is_mended(tmp_path):
    place, case = folder_of(tmp_path, release=RELEASE, paper=PAPER), tmp_path / "case"
    new_case(case, place)
    case_desk(case).set_head("paper", "The Courier", "9 April 2024", "The late boat", "")
    folder_of(tmp_path, paper=PAPER.replace("Wednesday 10 April", "Thursday 11 April"))
    assert new_case(case, place, update=True).mended == {"paper": "paper.txt"}
    paper = load_case(case).sources["paper"]
    assert (paper.published, paper.headline, paper.author) == ("2024-04-09", "The late boat", None)


@pytest.mark.slow
def test_texts_may_lie_in_the_folder_itself_and_stay_there(tmp_path):
    place = folder_of(tmp_path, release=RELEASE)
    made = new_case(place)
    assert errors(place) == [] and list(made.added) == ["release"]
    assert (place / "release.txt").read_text(encoding="utf-8") == RELEASE
    (place / "README.md").write_text(
        "# What this case is\n\nA case about a ferry, for my class.\n", encoding="utf-8"
    )
    (place / "TODO.md").write_text("mine\n", encoding="utf-8")
    assert new_case(place, update=True).added == {} and (place / "TODO-kept-1.md").exists()
    assert new_case(place, update=True).added == {}, (
        "neither the README of a case nor a list is a text of it"
    )


@pytest.mark.slow
def test_a_list_somebody_wrote_in_is_kept(tmp_path):
    new_case(tmp_path / "case", folder_of(tmp_path, release=RELEASE))
    path = tmp_path / "case" / "TODO.md"
    mine = path.read_text(encoding="utf-8").replace("- [ ]", "- [x]", 1)
    path.write_bytes(mine.encode("utf-8"))
    todo(tmp_path / "case").write(tmp_path / "case")
    assert (tmp_path / "case" / "TODO-kept-1.md").read_text(encoding="utf-8") == mine
    assert "- [x]" not in path.read_text(encoding="utf-8")
    todo(tmp_path / "case").write(tmp_path / "case")
    assert not (tmp_path / "case" / "TODO-kept-2.md").exists()


@pytest.mark.slow
def test_a_full_disk_leaves_no_half_of_a_case(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(NewCaseError, match="No space left"):
        new_case(tmp_path / "case", folder_of(tmp_path, release=RELEASE))
    assert bytes_of(tmp_path / "case") == {}


@pytest.mark.slow
def test_exit_codes_and_sentences(tmp_path, capsys):
    place = folder_of(tmp_path, release=RELEASE)
    case = str(tmp_path / "case")
    assert main([case, "--from", str(tmp_path / "nowhere")]) == 2
    (tmp_path / "nothing").mkdir()
    assert main([str(tmp_path / "empty"), "--from", str(tmp_path / "nothing")]) == 2
    assert main([case, "--todo"]) == 2
    (place / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert main([case, "--from", str(place)]) == 1
    said = capsys.readouterr()
    assert "left out: scan.png is a picture" in said.err and "release.txt: release" in said.out
    assert "scan.png" in (tmp_path / "case" / "TODO.md").read_text(encoding="utf-8")
    (place / "scan.png").unlink()
    assert main([case, "--from", str(place)]) == 2 and "already" in capsys.readouterr().err
    assert main([case, "--from", str(place), "--update"]) == 0 and main([case, "--todo"]) == 0
    assert "things to do" in capsys.readouterr().out


def test_a_folder_of_nothing_readable_names_every_file(tmp_path):
    place = folder_of(tmp_path, blank=" ")
    (place / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 x")
    with pytest.raises(NewCaseError) as caught:
        new_case(tmp_path / "case", place)
    assert "blank.txt is empty" in str(caught.value) and "photo.jpg is a picture" in str(
        caught.value
    )
    assert not (tmp_path / "case").exists()


@pytest.mark.slow
def test_a_text_in_another_language_is_kept_and_left_unread(tmp_path):
    words = (
        "Паром\n\nПаром опять опоздал на 18 минут, сообщает компания, и никто не знает почему.\n"
    )
    new_case(tmp_path / "case", folder_of(tmp_path, паром=words))
    case = load_case(tmp_path / "case")
    assert [s.language for s in case.sources] == ["und"] and len(case.assertions) == 0
    assert "English only" in case.items[0].note and errors(tmp_path / "case") == []


# -- whatever the texts ---------------------------------------------------------------------------

BITS = [
    "THE COURIER\n", "9 April 2024, 10:00\n", "By Ada Pell\n", "\n", "\n\n", "**Head**\n", "* * *\n", "# Head\n",
    "The company said that 48,600 people used the ferry, 8 per cent more than before. ", "It has reportedly been ordered. ",
    "“We cannot go on,” said Marit Solane, the director. ", "“It was late. ", "SOLANE: Nobody came.\n", "=1+1 said Ada.\n",
    "Orrin Line said Coast Press had reported that twelve boats were late. ", "\t- none\n", "nan", "a\u0301 e\u0301\n", "𝄞 ",
    "No. The boat, according to the association, \"never\" came", "the \"survey\" ", "; ", "'", "Ходжалы ", "one in four boats\n",
]  # fmt: skip


def check_offsets(first):
    """Every offset of a draft cuts at the words that its row says."""
    texts = first.texts
    for row in first.tables["items"] + first.tables["passages"]:
        words = texts[row["source_id"]][int(row["start"]) : int(row["end"])]
        assert words and hash_text(words) == row["sha256"] and words == words.strip()
    for row in first.tables["assertions"]:
        text = texts[row["source_id"]]

        def cut(cell, text=text):
            return " ".join(
                text[int(a) : int(b)] for a, b in (piece.split("-") for piece in cell.split(";"))
            )

        assert hash_text(cut(row["content_spans"])) == row["content_sha256"]
        for role in ("source", "cue"):
            assert bool(row[f"{role}_spans"]) == bool(row[f"{role}_text"])
            if row[f"{role}_spans"]:
                assert cut(row[f"{role}_spans"]) == row[f"{role}_text"]
    for row in first.tables["figures"]:
        assert texts[row["source_id"]][int(row["start"]) : int(row["end"])] == row["as_printed"]
    items = {row["item_id"]: row for row in first.tables["items"]}
    for row in first.tables["reuse_key"]:
        for side in "ab":
            item = items[row[f"{side}_item"]]
            assert (
                int(item["start"])
                <= int(row[f"{side}_start"])
                < int(row[f"{side}_end"])
                <= int(item["end"])
            )


def test_a_pair_that_is_not_looked_at_shares_no_copied_passage(monkeypatch):
    case = load_case("ferry")
    texts = {item.item_id: case.text(item.source_id)[item.start : item.end] for item in case.items}
    found, looked_at = shared_passages(texts), []
    every_pair = [
        *itertools.combinations(sorted(texts), 2),
        *((name, name) for name in texts),
    ]
    may_share = copies._may_share
    monkeypatch.setattr(copies, "_may_share", lambda *_: sorted(every_pair))
    assert shared_passages(texts) == found
    monkeypatch.setattr(
        copies, "_may_share", lambda *given: looked_at.extend(may_share(*given)) or looked_at
    )
    shared_passages(texts)
    assert 0 < len(looked_at) < len(every_pair) / 2


def test_copies_are_found_without_numpy_as_with_it():
    program = (
        "import json, sys; sys.modules['numpy'] = None\n"
        "from whosays.newcase.copies import shared_passages\n"
        "print(json.dumps(shared_passages(json.load(sys.stdin))))"
    )
    texts = {"a": RELEASE, "b": PAPER, "c": RELEASE}
    done = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(texts), capture_output=True, text=True, check=True
    )  # fmt: skip
    without = [tuple(row) for row in json.loads(done.stdout)]
    assert without == shared_passages(texts)
    assert {(r[0], r[3]) for r in without} >= {("a", "b"), ("a", "c"), ("b", "c")}
    assert all(
        texts[a][i:j].split() == texts[b][k:m].split()
        for a, i, j, b, k, m, _ in without
        if (a, b) == ("a", "c")
    )


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(BITS), min_size=1, max_size=25).map("".join),
        min_size=1,
        max_size=3,
    )
)
def test_every_offset_cuts_at_its_words(words):
    texts = [
        ReadText(f"t{n}.txt", text)
        for n, text in enumerate(dict.fromkeys(words))
        if any(c.isalpha() for c in text)
    ]
    if texts:
        check_offsets(draft(texts))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_any_folder_becomes_a_valid_pack_or_a_sentence(tmp_path, seed):
    rng = random.Random(seed)
    place = tmp_path / "from"
    for _ in range(rng.randint(1, 6)):
        name = rng.choice(
            ["a", "B b", "über", "Ω", "x/y", "-", "none", "con", "a.b", ".h"]
        ) + rng.choice([".txt", ".md", ".html", ".docx", ".pdf", ".png", ""])
        data = "".join(rng.choices(BITS, k=rng.randint(0, 40))).encode(
            rng.choice(["utf-8", "utf-16", "cp1251"]), "replace"
        )
        data = data if rng.random() < 0.8 else rng.randbytes(rng.randint(0, 400))
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_dir():
            path.write_bytes(data)
    before = bytes_of(place)
    try:
        made = new_case(tmp_path / "case", place)
    except NewCaseError as error:
        assert str(error)
    else:
        assert errors(made.folder) == []
        named = {*made.added.values(), *(s.file for s in made.skipped)}
        assert named == {
            n for n in before if not any(part.startswith(".") for part in n.split("/"))
        }
        load_case(made.folder)
    assert bytes_of(place) == before


@pytest.mark.slow
def test_the_practice_case_is_made_anew_much_as_it_is(tmp_path):
    from benchmarks.new_case_compared import compare, rebuild

    truth, made = rebuild("ferry", tmp_path)
    assert errors(made.folder) == []
    found = compare(truth, made)
    least = {
        "pieces (exact beginning and end)": 0.85,
        "all statements": 0.5,
        "figures": 0.98,
        # short phrases that the key counts as copied are called set phrases: see benchmarks/reuse.md
        "the same, the key without set phrases": 0.4,
    }
    for name, share in least.items():
        assert min(found.measures[name].recall, 1) >= share, name
    assert (
        found.measures["copied passages"].precision > 0.9
        and found.measures["all statements"].precision > 0.6
    )
    assert found.chains > 0.7


@pytest.mark.slow
def test_twelve_small_cases_are_read_as_they_are_marked():
    pytest.importorskip("trafilatura")
    from benchmarks import new_case_small as small

    found = small.measured()["all"]
    counts = found.counts
    assert counts["found"] > 0.9 * max(counts["statements"], counts["readings"])
    assert counts["joined right"] == counts["joined"] > 0.8 * counts["one claim"]
    assert counts["joined against a denial"] == counts["numbers too much"] == 0
    assert counts["numbers found"] == counts["numbers"]
    sure = [right for confidence, right in found.readings if confidence >= 0.9]
    assert len(sure) > 100 and sum(sure) >= 0.9 * len(sure)


def test_tables_of_the_practice_case_would_be_written_as_they_are():
    """The writer gives back the bytes of a pack that a person keeps."""
    from whosays.newcase.tables import table_bytes

    for name in ("claims", "assertions", "figures"):
        data = (paths.data() / "ferry" / f"{name}.csv").read_bytes()
        rows = list(csv.DictReader(data.decode("utf-8").splitlines(keepends=True)))
        assert table_bytes(name, rows) == data
        assert table_bytes(name, rows[5:], table_bytes(name, rows[:5])) == data


def test_the_package_is_the_canonical_one(small):
    made, _ = small
    package = json.loads((made.folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["title"] == "A small case" and {r["name"] for r in package["resources"]} >= {
        "sources",
        "cards",
        "gaps",
    }


def test_a_text_with_an_agencys_line_and_no_outlet_is_read(tmp_path):
    words = (
        "LARKHOLM (Northwire) - About 400 dead fish were found, said plant manager Ida Brandt.\n"
    )
    new_case(tmp_path / "own", folder_of(tmp_path, a=f"Fish die in the lake\n\n{words}"))
    case = load_case(tmp_path / "own")
    voices = {agent.name for agent in case.agents if agent.kind != "unnamed"}
    assert errors(tmp_path / "own") == [] and {"Northwire", "Ida Brandt"} <= voices
