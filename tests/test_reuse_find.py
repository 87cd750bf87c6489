"""`find_reuse`: what it finds, that engines agree, that nothing depends on order, that nothing breaks it."""

import csv
import json
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reuse_texts import edited, newsroom, story, vocabulary

from whosays.reuse import DocumentsError, engine, find_reuse
from whosays.text.fold import words

pd = pytest.importorskip("pandas")


@pytest.fixture(scope="module")
def corpus():
    return newsroom()


def test_finds_the_copies_and_only_them(corpus):
    documents, copies = corpus
    result = find_reuse(documents)
    assert {(a, b) for a, b, *_ in result.pair_rows} == copies


def test_tables_have_the_columns_promised(corpus):
    result = find_reuse(corpus[0])
    assert list(result.passages.columns) == [
        "a_id",
        "a_start",
        "a_end",
        "b_id",
        "b_start",
        "b_end",
        "kind",
        "score",
    ]
    assert list(result.pairs.columns) == [
        "a_id",
        "b_id",
        "score",
        "containment_a",
        "containment_b",
        "longest_run",
    ]
    assert {"cluster", "doc_id", "start", "end", "witness"} <= set(result.clusters.columns)
    assert len(result.passages) and len(result.pairs) and len(result.clusters)


def test_empty_tables_have_the_same_columns():
    result = find_reuse({"a": "one two three", "b": "four five six"})
    assert next(iter(result.passages.columns)) == "a_id" and result.passages.empty
    assert result.pairs.empty and result.clusters.empty


def test_a_passage_inside_another_story_is_cut_where_it_was_copied(corpus):
    documents, _ = corpus
    result = find_reuse(documents)
    rows = [r for r in result.passage_rows if r[3] == "s01-roundup"]
    assert len(rows) == 1
    _, a0, a1, _, b0, b1, kind, _ = rows[0]
    assert kind == "verbatim"
    assert documents["s01"][a0:a1] == documents["s01-roundup"][b0:b1]
    part = " ".join(documents["s01"].split()[30:80])
    assert abs(len(part) - (a1 - a0)) <= 12


def test_containment_is_said_both_ways(corpus):
    documents, _ = corpus
    row = next(r for r in find_reuse(documents).pair_rows if r[1] == "s01-roundup")
    _, _, _, in_a, in_b, longest = row
    assert in_a == pytest.approx(50 / 120, abs=0.02) and in_b == pytest.approx(50 / 150, abs=0.02)
    assert longest >= 50


@pytest.mark.slow
def test_engines_agree(corpus):
    pytest.importorskip("numba")
    documents, _ = corpus
    plain, compiled = (find_reuse(documents, engine=e) for e in ("numpy", "numba"))
    assert np.array_equal(plain.found.rows, compiled.found.rows)
    assert plain.passage_rows == compiled.passage_rows and plain.pair_rows == compiled.pair_rows


@pytest.mark.slow  # Numba compiles for seconds
def test_engines_agree_on_documents_put_together_from_parts_said_twice():
    pytest.importorskip("numba")
    rng = random.Random(0)
    pool = [[f"w{rng.randrange(3000)}" for _ in range(12)] for _ in range(60)]
    documents = {}
    for n in range(60):
        parts = rng.choices(pool, k=6) * 2
        documents[str(n)] = " ".join(
            w for p in parts for w in p + [f"y{rng.randrange(900)}"] * rng.randrange(2)
        )
    plain, *compiled = (
        find_reuse(documents, threshold=-100.0, engine=e, threads=t)
        for e, t in (("numpy", 1), ("numba", 1), ("numba", 2))
    )
    assert all(np.array_equal(plain.found.rows, c.found.rows) for c in compiled)


# words few and texts short, so that repeats, overlaps and ties are the rule
SMALL = st.lists(st.sampled_from(["ab", "ab", "ab", "cd", "e", "fg", "h"]), max_size=40).map(
    " ".join
)
LOOSE = {"k": 2, "threshold": -100.0}


@pytest.mark.slow  # Numba compiles for seconds
@given(st.lists(SMALL, min_size=2, max_size=6))
@settings(max_examples=60, deadline=None)
def test_engines_agree_on_texts_that_repeat_themselves(texts):
    pytest.importorskip("numba")
    documents = {str(n): t for n, t in enumerate(texts)}
    plain, compiled = (find_reuse(documents, engine=e, **LOOSE) for e in ("numpy", "numba"))
    assert np.array_equal(plain.found.rows, compiled.found.rows)


@given(st.lists(SMALL, min_size=2, max_size=6), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_of_documents_changes_nothing(texts, rng):
    documents = [(str(n), t) for n, t in enumerate(texts)]
    shuffled = documents[:]
    rng.shuffle(shuffled)
    one, two = (find_reuse(d, engine="numpy", **LOOSE) for d in (documents, shuffled))
    assert one.passage_rows == two.passage_rows and one.pair_rows == two.pair_rows
    assert one.cluster_rows == two.cluster_rows


@pytest.mark.slow  # Numba compiles for seconds
def test_order_of_documents_changes_nothing_compiled(corpus):
    pytest.importorskip("numba")
    documents = list(corpus[0].items())
    one = find_reuse(documents, engine="numba", threads=2)
    random.Random(3).shuffle(documents)
    two = find_reuse(documents, engine="numba", threads=1)
    assert one.passage_rows == two.passage_rows and one.cluster_rows == two.cluster_rows


@given(st.lists(st.text(max_size=200), min_size=2, max_size=4), SMALL)
@settings(max_examples=60, deadline=None)
def test_offsets_cut_at_words_whatever_the_text(texts, shared):
    documents = {str(n): f"{t} {shared} {t[::-1]}" for n, t in enumerate(texts)}
    for a, a0, a1, b, b0, b1, kind, _ in find_reuse(documents, **LOOSE).passage_rows:
        for doc, start, end in ((a, a0, a1), (b, b0, b1)):
            at = [(w.start, w.end) for w in words(documents[doc])]
            assert start in {s for s, _ in at} and end in {e for _, e in at}
        if kind == "verbatim":
            assert [w.text for w in words(documents[a][a0:a1])] == [
                w.text for w in words(documents[b][b0:b1])
            ]


def test_offsets_are_code_points():
    said = "the mayor of Xocalı 𝔘 said on Friday that the bridge was closed for good and all"
    documents = {"a": "𝔘𝔘𝔘 é " + said, "b": said.replace("Xocalı", "Khojaly") + " 𝔘"}
    (_, a0, a1, _, b0, b1, kind, _), *rest = find_reuse(documents).passage_rows
    assert not rest and kind == "verbatim"
    assert documents["a"][a0:a1] == said and documents["b"][b0:b1].startswith(
        "the mayor of Khojaly"
    )


@pytest.mark.parametrize("engine_name", ["numpy", pytest.param("numba", marks=pytest.mark.slow)])
def test_what_nobody_wrote_on_purpose(engine_name):
    if engine_name == "numba":
        pytest.importorskip("numba")
    copied = (
        "\x00\x07 alpha beta\x1b gamma\x00delta epsilon\u202e zeta eta theta iota kappa lambda mu"
    )
    documents = {
        "empty": "",
        "blank": " \n\t",
        "one": "word",
        "marks": "\u0301\u0301",
        "half": "\ud800 x",
        "c": copied,
        "d": copied,
    }
    result = find_reuse(documents, engine=engine_name)
    assert [(r[0], r[3]) for r in result.passage_rows] == [("c", "d")]
    assert find_reuse({}, engine=engine_name).passage_rows == []


def test_a_thousand_identical_documents():
    rng = random.Random(5)
    text = story(rng, vocabulary())
    documents = {f"d{n:04d}": text for n in range(1000)}
    documents["x"] = story(rng, vocabulary(), 60) + " " + " ".join(text.split()[20:65])
    result = find_reuse(documents)
    assert len(result.pair_rows) == 1000
    assert all(row[0] == "d0000" for row in result.pair_rows)
    whole = {h[1] for h in result.cluster_rows if h[0] == 1}
    assert len(whole) == 1000


def test_one_word_said_again_and_again():
    result = find_reuse({"a": "word " * 20_000, "b": "word " * 15_000})
    assert result.passage_rows == []  # one shingle, however often: nothing rare is shared


def test_a_text_that_repeats_itself():
    rng = random.Random(6)
    part = story(rng, vocabulary(), 60)
    documents = {"a": part, "b": " ".join([part] * 3)}
    result = find_reuse(documents)
    assert len(result.passage_rows) == 3
    (_, _, _, in_a, in_b, _) = result.pair_rows[0]
    assert in_a == 1.0 and in_b == 1.0


@pytest.mark.slow
def test_ten_million_words_in_one_document():
    rng, words_ = random.Random(8), vocabulary()
    part = story(rng, words_, 300)
    long = (
        " ".join(rng.choices(words_, k=5_000_000))
        + f" {part} "
        + " ".join(rng.choices(words_, k=5_000_000))
    )
    result = find_reuse({"long": long, "short": part})
    best = max(result.passage_rows, key=lambda r: r[-1])
    assert [w.text for w in words(long[best[1] : best[2]])] == [w.text for w in words(part)]


def test_set_phrases_are_told_apart():
    rng, words_ = random.Random(9), vocabulary()
    phrase = "who was killed in the Khojaly massacre of February"
    documents = {
        str(n): f"{story(rng, words_, 40)} {phrase} {story(rng, words_, 40)}" for n in range(12)
    }
    result = find_reuse(documents)
    assert {r[6] for r in result.passage_rows} <= {"quotation"} and result.pair_rows == []
    text, count, held = result.set_phrases()[0]
    assert "killed in the Khojaly massacre of February" in text and held == 12 and count >= 7


def test_a_sentence_that_many_hold_is_a_quotation():
    rng, words_ = random.Random(9), vocabulary()
    said = (
        "we shall not ask who sank the boat in winter but who will build the next one and pay the"
        " crew for nineteen months of waiting in the harbour"
    )
    documents = {
        str(n): f"{story(rng, words_, 40)} {said} {story(rng, words_, 40)}" for n in range(12)
    }
    result = find_reuse(documents)
    assert {r[6] for r in result.passage_rows} == {"quotation"} and result.pair_rows == []
    assert [row[0] for row in result.cluster_rows] == [1] * 12
    assert "12 texts hold this sentence, and these two share nothing else." in result.why(0)


def test_a_stopped_run_is_carried_on(corpus, tmp_path, monkeypatch):
    documents, _ = corpus
    want = find_reuse(documents).passage_rows
    seen = []

    def stop(done, total, what):
        seen.append(done)
        if len(seen) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_reuse(documents, work=tmp_path, progress=stop)
    kept = {p: p.stat().st_mtime_ns for p in tmp_path.glob("*.npy")}
    assert len(kept) >= 3
    assert find_reuse(documents, work=tmp_path).passage_rows == want
    assert all(p.stat().st_mtime_ns == t for p, t in kept.items())
    with pytest.raises(ValueError, match="other documents or with other settings"):
        find_reuse({**documents, "new": "a new one"}, work=tmp_path)


def test_progress_reaches_the_end(corpus):
    seen = []
    find_reuse(corpus[0], progress=lambda done, total, what: seen.append((done, total)))
    assert seen == sorted(seen) and seen[-1][0] == seen[-1][1]


def test_memory_that_is_not_enough_is_said_before_anything_is_done(corpus):
    with pytest.raises(MemoryError, match=r"need about .* GB"):
        find_reuse(corpus[0], memory=1e6)


@pytest.mark.slow  # Numba compiles for seconds
def test_less_memory_changes_nothing(corpus):
    pytest.importorskip("numba")
    from whosays.reuse import compiled, plain, texts

    made = texts.tokenise(texts.store(list(corpus[0].values())), plain.words)
    (gram, doc), df = plain.holders(made.tok, made.first, 5)
    linked = gram[1:] == gram[:-1]
    want = sorted(zip(doc[:-1][linked].tolist(), doc[1:][linked].tolist(), strict=True))
    assert want
    for passes in (1, 3):
        (after, _), got = compiled.holders(made.tok, made.first, 5, threads=2, passes=passes)
        at = np.flatnonzero(after)
        one, other = (np.searchsorted(made.first, p, "right") - 1 for p in (at, after[at]))
        assert sorted(zip(one.tolist(), other.tolist(), strict=True)) == want
        assert np.array_equal(df, got)


def test_heavy_edits_leave_one_passage():
    rng, words_ = random.Random(10), vocabulary()
    text = story(rng, words_, 200)
    result = find_reuse({"a": text, "b": edited(text, rng, words_, 0.15)})
    assert len(result.passage_rows) == 1
    assert result.pair_rows[0][3] > 0.7


@pytest.mark.parametrize("before", ["", "Dateline and other words. "])
def test_a_copy_reaches_the_edge_of_its_text_over_changed_words(before):
    """The first and last word stay and four beside them are changed: more than pays elsewhere."""
    rng, words_ = random.Random(12), vocabulary()
    middle = story(rng, words_, 60)
    one = f"Yesterday alpha bravo charlie delta {middle} golf hotel india juliet evening"
    two = f"Yesterday kilo lima mike november {middle} oscar papa quebec romeo evening"
    ((_, a0, a1, _, b0, b1, *_),) = find_reuse({"a": before + one, "b": two}).passage_rows
    assert ((before + one)[a0:a1], two[b0:b1]) == (one, two)
    inside = f"Then {one} and on"
    (row,) = find_reuse({"a": inside, "b": f"Once {two} or off"}).passage_rows
    assert inside[row[1] : row[2]] == middle.rstrip(".")


# --------------------------------------------------------------------------- what documents come in


def test_every_way_in_gives_the_same(corpus, tmp_path):
    documents, _ = corpus
    want = find_reuse(documents).passage_rows
    rows = [{"id": d, "text": t} for d, t in documents.items()]
    lines = "\n".join(json.dumps(r, ensure_ascii=False) for r in rows)
    (tmp_path / "d.jsonl").write_text(lines, encoding="utf-8")
    folder = tmp_path / "texts"
    folder.mkdir()
    for d, t in documents.items():
        (folder / f"{d}.txt").write_bytes(t.encode("utf-8"))
    frame = pd.DataFrame(rows)
    ways = [
        rows,
        list(documents.items()),
        frame,
        frame.set_index("id"),
        tmp_path / "d.jsonl",
        str(folder),
    ]
    if pytest.importorskip("duckdb"):
        frame.to_csv(tmp_path / "d.csv", index=False)
        ways.append(tmp_path / "d.csv")
        pytest.importorskip("pyarrow")
        frame.to_parquet(tmp_path / "d.parquet")
        ways.append(tmp_path / "d.parquet")
    for way in ways:
        assert find_reuse(way).passage_rows == want


def test_a_csv_is_quoted_as_the_csv_module_does(tmp_path):
    text = "the mayor of the town said on Friday that the bridge was closed for good and all"
    documents = {d: text for d in ('a,"b"', "c\nd", "e f", "g\r", "\ud800")}
    result = find_reuse(documents, threshold=0)
    for table, rows in (("passages", result.passage_rows), ("pairs", result.pair_rows)):
        result.write(tmp_path / "t.csv", table)
        with open(tmp_path / "t.csv", encoding="utf-8", newline="", errors="surrogatepass") as file:
            head, *back = csv.reader(file)
        assert head[:2] in (["a_id", "a_start"], ["a_id", "b_id"])
        want = [[str(v) for v in row] for row in rows]
        if table == "passages":
            want = [[*row, result.why(n)] for n, row in enumerate(want)]
        assert back == want and len(rows) == 10


def test_all_that_is_wrong_with_documents_is_said_at_once(tmp_path):
    lines = [
        '{"id": "a", "text": "x"}',
        "{",
        "[1]",
        '{"id": "a", "text": "y"}',
        '{"id": "b"}',
        '{"text": "z"}',
    ]
    path = tmp_path / "d.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(DocumentsError) as caught:
        find_reuse(path)
    said = caught.value.problems
    assert len(said) == 5
    assert [int(p.split("line ")[1].split(":")[0]) for p in said] == [2, 3, 4, 5, 6]
    assert "'a' was used at d.jsonl, line 1" in said[2]


@pytest.mark.parametrize(
    ("documents", "message"),
    [({"a": None}, "text is missing"), ({"a": 3}, "text is a int"), ([("", "x")], "no id")],
)
def test_a_document_without_id_or_text_is_named(documents, message):
    with pytest.raises(DocumentsError, match=message):
        find_reuse(documents)


def test_what_cannot_be_documents_is_refused(tmp_path):
    with pytest.raises(TypeError, match="give a mapping of id to text"):
        find_reuse(3)
    with pytest.raises(FileNotFoundError, match="no file or folder"):
        find_reuse(tmp_path / "none.jsonl")
    with pytest.raises(DocumentsError, match=r"no .txt file"):
        find_reuse(tmp_path)
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(DocumentsError, match="not UTF-8"):
        find_reuse(tmp_path)


@pytest.mark.parametrize(("name", "value"), [("k", 0), ("max_df", 500), ("max_df", 1)])
def test_settings_out_of_range_are_refused(name, value):
    with pytest.raises(ValueError, match=name):
        find_reuse({"a": "x"}, **{name: value})


def test_an_engine_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="choose auto, numba or numpy"):
        find_reuse({"a": "x"}, engine="gpu")


def test_weights_are_one_over_log2():
    weights = engine.Settings().weights()
    assert weights[2] == engine.SCALE and weights[4] == engine.SCALE // 2 and weights[101] == 0
