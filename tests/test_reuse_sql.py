"""One expression: DuckDB, Spark and the local engine give the same scored pairs."""

import json

import pytest
from reuse_texts import newsroom

pytest.importorskip("numpy")
from whosays.reuse import documents, engine, pairwise, search, sql


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    texts, _ = newsroom(stories=15)
    texts["az"] = "Dünən Xocalı şəhərində dedi ki körpü bağlıdır və İclas təxirə salındı"
    texts["en"] = "Dunən Khojaly şeherinde dedi ki körpü bağlıdır və İclas texire salindi"
    made = tmp_path_factory.mktemp("sql") / "d.jsonl"
    made.write_text(
        "\n".join(json.dumps({"id": d, "text": t}, ensure_ascii=False) for d, t in texts.items()),
        encoding="utf-8",
    )
    return made


@pytest.fixture(scope="module")
def local(path):
    """The local engine's pairs with all they share, before anything is chained."""
    read = documents.read(path)
    settings = engine.Settings(floor=0.0, threshold=-1e6)
    found = engine.run(read.kept, settings, search._ranks(read.ids))
    rows = zip(*(found.column(c).tolist() for c in ("a", "b", "rarity")), strict=True)
    return sorted({(read.ids[a], read.ids[b], s / pairwise.SCALE) for a, b, s in rows})


def test_scales_are_one():
    assert sql.SCALE == pairwise.SCALE


def test_duckdb_gives_the_local_scores(path, local):
    pytest.importorskip("ibis")
    pytest.importorskip("duckdb")
    got = [(a, b, rarity) for a, b, _, rarity in sql.duckdb_pairs(path, floor=0.0)]
    assert got == local and ("az", "en") in {(a, b) for a, b, _ in got}


@pytest.mark.slow
def test_spark_gives_duckdbs_scores_to_the_last_digit(path):
    pytest.importorskip("ibis")
    pytest.importorskip("pyspark")
    session = sql.spark_session(**{"spark.master": "local[1]", "spark.sql.shuffle.partitions": "2"})
    try:
        assert sql.spark_pairs(path, session, floor=0.0) == sql.duckdb_pairs(path, floor=0.0)
    finally:
        session.stop()


def test_the_teaching_query_finds_the_same_pairs(path, local):
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        connection.execute("create table documents as select id, text from read_json(?)", [str(path)])
        rows = connection.execute(sql.teaching_query(floor=0)).fetchall()
    got = {(a, b): score for a, b, _, score in rows}
    want = {(a, b): score for a, b, score in local}
    del want["az", "en"]  # place names: the query a class reads leaves them as they are spelt
    got.pop(("az", "en"), None)
    assert got == pytest.approx(want, abs=1e-3)


def test_a_file_nobody_reads_is_refused():
    with pytest.raises(ValueError, match=".jsonl or .parquet"):
        sql._table(None, "d.txt")
