"""Lesson and exercise of any case: questions from checked rows, built, graded, and run."""

import csv
import json
import shutil
import tomllib

import nbformat
import pytest
from notebook_run import run
from test_newcase_desk import POOL, finish

from whosays import load_case
from whosays.base import paths
from whosays.grading.command import main as grade
from whosays.newcase import add, case_desk, lesson, new_case, questions
from whosays.newcase.lesson import write_class
from whosays.newcase.pack import NewCaseError
from whosays.newcase.questions import MAKERS, Material, ask

pytestmark = pytest.mark.slow

COURIER = "courier-2024-timetable"


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    desk = case_desk(tmp_path_factory.mktemp("own") / "pool")
    desk.read(POOL)
    finish(desk)
    return desk


@pytest.mark.parametrize("name", ["ferry", "khojaly"])
def test_the_kits_cases_give_every_sort_of_question(name, tmp_path):
    made = write_class(paths.data() / name, tmp_path)
    assert made.sorts == list(MAKERS) and made.missing == []
    checks = json.loads((made.folder / "checks" / f"08_{name}.json").read_text(encoding="utf-8"))
    assert len(checks["questions"]) == len(MAKERS) >= 8


@pytest.fixture(scope="module", params=range(4))
def asked(request):
    return {one.sort: one for one in ask(load_case("ferry"), request.param)[0]}


def lines(one):
    """Each line of a question: its words, its answer, the row to look at."""
    return [
        (line["text"], one.answer[line["key"]], one.look.get(line["key"], "").strip("[]"))
        for line in one.fields["statement"]
    ]


def row(case, cite):
    table, _, name = cite.partition("/")
    return getattr(case, table)[name]


def of_pair(case, words):
    """The rows of copies for the two pieces that a line names."""
    m = Material(case)
    found = [
        frozenset((a, b))
        for a in case.items.ids
        for b in case.items.ids
        if a != b and words == f"{m.piece(a)} and {m.piece(b)}"
    ]
    assert len(set(found)) == 1
    return [r for r in case.reuse_key if frozenset((r.a_item, r.b_item)) == found[0]]


def of_passage(case, words):
    """The rows of copies for the two pieces of a line, and the words that it shows."""
    pieces, _, shared = words.partition("”: “")
    begins = shared.strip("”…").split()[:6]
    made = []
    for r in of_pair(case, f"{pieces}”"):
        stretch = case.stretch(case.items[r.a_item].source_id, r.a_start, r.a_end)
        if stretch.split()[: len(begins)] == begins:
            made.append(r)
    assert made
    return made


def whose(case, one):
    for _, answer, cite in lines(one):
        assert answer == case.agents[row(case, cite).agent].name


def how(case, one):
    for _, answer, cite in lines(one):
        assert answer == questions.MODES[row(case, cite).mode]


def mouths(case, one):
    m = Material(case)
    most = max(len(a.chain) for a in m.quoted())
    assert len(one.answer) == most
    assert any(
        [step.agent for step in a.chain] == one.answer and m.words(a) in one.prompt
        for a in case.assertions
    )


def copies(case, one):
    for words, answer, _ in lines(one):
        assert (answer == questions.COPIED) == bool(of_pair(case, words))


def reasons(case, one):
    for words, answer, _ in lines(one):
        assert answer in {questions.REASONS.get(r.why) for r in of_passage(case, words)}


def a_number(case, one):
    figure = row(case, one.look["value"].strip("[]"))
    assert one.answer == {"value": figure.value, "counts": figure.counts}
    assert Material(case).piece(case.passages[figure.passage_id].item_id) in one.prompt


def on_its_way(case, one):
    for _, answer, cite in lines(one):
        later = row(case, cite)
        same = [f for f in case.figures if f.claim_id == later.claim_id and f.source_id]
        texts = [f.source_id for f in same]
        assert len(texts) == len(set(texts))
        first = min(same, key=lambda f: (case.sources[f.source_id].published, f.source_id))
        assert (answer == "another number") == (
            (first.value, first.unit) != (later.value, later.unit)
        )


def both_ways(case, one):
    for words, answer, cite in lines(one):
        claim = next(c.claim_id for c in case.claims if words.endswith(f": {c.text}"))
        table, _, name = cite.partition("/")
        if table == "items":
            said = {a.item_id for a in case.assertions if a.claim_id == claim}
        else:
            said = {
                f.account_id
                for f in case.findings
                if f.claim_id == claim and f.stance == "supports"
            }
        assert (answer == questions.SAYS) == (name in said)


def known(case, one):
    for _, answer, cite in lines(one):
        assert answer == questions.STATUSES[row(case, cite).status]


def starts(case, one):
    for _, answer, cite in lines(one):
        assert int(answer) == case.truth[row(case, cite).claim_id].whole


def says(case, one):
    for _, answer, cite in lines(one):
        assert answer == questions.STANCES[row(case, cite).stance]


HELD = dict(
    zip(
        MAKERS,
        [whose, how, mouths, copies, reasons, a_number, on_its_way, both_ways, known, starts, says],
        strict=True,
    )
)


@pytest.mark.parametrize("sort", MAKERS)
def test_the_ferrys_answers_are_those_of_its_tables(asked, sort):
    HELD[sort](load_case("ferry"), asked[sort])


@pytest.fixture
def begun(tmp_path):
    """The ferry as if a machine had begun it: the head of the Courier is open, one telling too."""
    folder = shutil.copytree(paths.data() / "ferry", tmp_path / "ferry")
    cells = {"column": "outlet", "state": "look"}
    assert add(folder, "heads", "h", source_id=COURIER, **cells).done
    return folder


def test_what_nobody_has_looked_at_is_not_asked(begun):
    ferry, case = load_case("ferry"), load_case(begun)
    assert any(f.source_id == COURIER for f in Material(ferry).figures)
    assert not any(f.source_id == COURIER for f in Material(case).figures)
    there = {a.claim_id for a in case.assertions if a.source_id == COURIER}
    for draw in range(6):
        one = questions.starting_points(Material(case, draw))
        cites = one.look.values() if one else ()
        assert not {cite.strip("[]").partition("/")[2] for cite in cites} & there


def test_no_text_is_silent_until_a_person_has_looked(begun):
    assert {one.cite for one in questions._carried(Material(load_case(begun)))[1]} <= {
        f"accounts/{a}" for a in load_case(begun).accounts.ids
    }
    claim, item = next(
        (c, i)
        for c in load_case(begun).claims.ids
        for i in load_case(begun).items.ids
        if not load_case(begun).assertions.where(claim_id=c, item_id=i)
    )
    assert add(begun, "silences", "s", claim_id=claim, item_id=item).done
    no = questions._carried(Material(load_case(begun)))[1]
    assert (claim, f"items/{item}") in {(one.claim, one.cite) for one in no}


def test_another_draw_asks_of_other_rows():
    case = load_case("khojaly")
    drawn = [Material(case, draw) for draw in range(8)]
    shared = [questions.same_text(m).fields["statement"] for m in drawn]
    pairs = {line["text"] for lines in shared for line in lines if of_pair(case, line["text"])}
    assert len(pairs) > 3
    assert len({questions.chain(m).prompt for m in drawn}) > 1, "four chains are the longest"


def test_a_number_names_the_piece_it_stands_in_and_needs_no_telling():
    case = load_case("ferry")
    for figure in (f for f in case.figures if f.source_id and f.as_printed and f.passage_id):
        if figure.value_max is not None or not figure.claim_id:
            continue
        m = Material(case)
        others = [f for f in m.figures if len(f.counts) < len(figure.counts)][:4]
        m.figures = [figure, *others]
        if one := questions.number(m):
            assert m.piece(case.passages[figure.passage_id].item_id) in one.prompt


def test_a_first_pass_asks_nothing(tmp_path):
    folder = new_case(tmp_path / "case", POOL).folder
    assert ask(load_case(folder))[0] == []
    with pytest.raises(NewCaseError, match="too little"):
        write_class(folder)


def test_a_minimal_case_has_a_lesson_that_runs_and_says_what_it_leaves_out(pool, monkeypatch):
    said = pool.write()
    assert (
        said.startswith("Written: pool-class for your class")
        and "Too little in the case for" in said
    )
    place = pool.folder.with_name("pool-class")
    monkeypatch.chdir(place)
    for name in ("WHOSAYS_DATA", "WHOSAYS_EXERCISES"):
        monkeypatch.setenv(name, str(paths.root() / "tests"))  # the folder counts, and not this
    assert [str(f) for f in run(place / "08_pool.ipynb")] == []
    assert [str(f) for f in run(place / "08_pool_ex.ipynb")] == []


def test_a_hand_in_is_graded_with_the_case(pool, tmp_path):
    pool.write()
    teacher, place = pool.folder.with_name("pool-teacher"), pool.folder.with_name("pool-class")
    solution = nbformat.read(next((teacher / "solutions").glob("*.ipynb")), as_version=4)
    right = {
        line.split(" = ")[0]: line
        for one in solution.cells
        for line in one.source.split("\n")
        if line.startswith("answer_8_")
    }
    book = nbformat.read(place / "08_pool_ex.ipynb", as_version=4)
    for one in book.cells:
        for name, line in right.items():
            one.source = one.source.replace(f"{name} = ...", line)
    (tmp_path / "in").mkdir()
    nbformat.write(book, tmp_path / "in" / "ada.ipynb")
    shutil.copy(place / "08_pool_ex.ipynb", tmp_path / "in" / "blank.ipynb")
    out = tmp_path / "out"
    done = grade(
        [
            str(tmp_path / "in"),
            "--key",
            str(teacher / "key"),
            "--out",
            str(out),
            "--trust-submissions",
        ]
    )
    assert done == 0
    with (out / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["student"]: row["percent"] for row in csv.DictReader(file)}
    assert (float(rows["ada"]), float(rows["blank"])) == (100, 0)


def test_what_a_teacher_has_is_never_lost(pool, tmp_path, monkeypatch):
    place = tmp_path / "two"
    first = write_class(pool.folder, place)
    (first.teacher / "mine.txt").write_text("my marks", encoding="utf-8")
    (first.folder / "mine.txt").write_text("my hints", encoding="utf-8")
    again, third = write_class(pool.folder, place), write_class(pool.folder, place)
    assert again.kept == ["pool-teacher-before-1", "pool-class-before-1"]
    assert "What was there before is kept" in third.summary()
    assert (place / "pool-teacher-before-1" / "mine.txt").exists()
    assert (place / "pool-class-before-1" / "mine.txt").exists()
    assert (place / "pool-teacher-before-2" / "key").is_dir()
    for folder in place.glob("pool-teacher*"):
        data = place / folder.name.replace("teacher", "class") / "data"
        key = json.loads(next((folder / "key").iterdir()).read_text(encoding="utf-8"))
        assert key["data"] == str(data)
    before = sorted(place.rglob("*"))
    monkeypatch.setattr(lesson, "_build", lambda *_: ["it broke"])
    with pytest.raises(NewCaseError, match="it broke"):
        write_class(pool.folder, place)
    assert sorted(place.rglob("*")) == before


def test_a_class_gets_no_full_texts_and_no_halves(pool, tmp_path):
    case = shutil.copytree(pool.folder, tmp_path / "pool")
    (case / "fulltext").mkdir()
    for name in ("fulltext/secret.txt", ".claims.csv.part"):
        (case / name).write_text("not for the class", encoding="utf-8")
    names = {path.name for path in write_class(case).folder.rglob("*")}
    assert not names & {"fulltext", "secret.txt", ".claims.csv.part", ".undo"}


def test_toml_has_no_none_and_no_delete_sign():
    pairs = lesson._pairs({"a": None, "b": {"c": None, "d": "x\x7f"}, "e": [1, None]})
    assert tomllib.loads("\n".join(pairs)) == {"b": {"d": "x\x7f"}, "e": [1]}


def test_an_account_beside_texts_that_nobody_has_set_against_one_another(pool, tmp_path):
    desk = case_desk(shutil.copytree(pool.folder, tmp_path / "pool"))
    desk.account("Brandt", "Report", "They looked at all beams.", "Not the showers.", "their paper")
    account = load_case(desk.folder).accounts.ids[0]
    claims = load_case(desk.folder).claims.ids
    for claim, stance in zip(claims, ("supports", "contradicts", "contradicts"), strict=False):
        assert desk.finding(account, claim, stance, "What the report found.") == "Noted."
    assert "Written: " in desk.write()
    assert "does the text say so" in desk.said.partition("Too little")[0]
