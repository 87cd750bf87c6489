"""One expression: DuckDB, Spark and the local engine give the same scored pairs."""

import json
import os
import re
import shutil
import subprocess

import pytest
from environments import cannot, python_of
from reuse_texts import newsroom

from whosays.base import paths
from whosays.publish import launch

pytest.importorskip("numpy")
from whosays.reuse import documents, engine, search, sql


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    texts, _ = newsroom(stories=15)
    texts["az"] = "Dünən Xocalı şəhərində dedi ki körpü bağlıdır və İclas təxirə salındı"
    texts["en"] = "Dunən Khojaly şeherinde dedi ki körpü bağlıdır və İclas texire salindi"
    texts["iota"] = "one twoͺ three four five six seven"
    texts["iota too"] = "zero one twoͺ three four five six"
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
    settings = engine.Settings(floor=0.0, threshold=engine.EVERY)
    found = engine.run(read, settings)
    rows = zip(*(found.column(c).tolist() for c in ("a", "b", "rarity")), strict=True)
    return sorted({(read.ids[a], read.ids[b], s / engine.SCALE) for a, b, s in rows})


def test_scales_are_one():
    assert sql.SCALE == engine.SCALE


def test_duckdb_gives_the_local_scores(path, local):
    pytest.importorskip("ibis")
    pytest.importorskip("duckdb")
    got = [(a, b, rarity) for a, b, _, rarity in sql.duckdb_pairs(path, floor=0.0)]
    assert got == local and ("az", "en") in {(a, b) for a, b, _ in got}


def test_what_is_copied_is_among_the_pairs_that_the_query_scores(path):
    pytest.importorskip("ibis")
    pytest.importorskip("duckdb")
    scored = {(a, b) for a, b, *_ in sql.duckdb_pairs(path)}
    copied = {(a, b) for a, b, *_ in search.find_reuse(path, k=5).pair_rows}
    assert len(copied) > 5 and copied <= scored


@pytest.mark.everywhere
def test_spark_gives_duckdbs_and_the_local_scores_to_the_last_digit(path, local, tmp_path):
    """The command as a user gives it, in an environment of its own (400 MB of Spark) and on this machine's Java."""
    pytest.importorskip("ibis")
    pytest.importorskip("duckdb")
    if not java_17():
        cannot(
            "Spark needs Java 17: java -version does not say so here (apt install openjdk-17-jre-headless)"
        )
    python, out = python_of("spark"), tmp_path / "pairs.jsonl"
    command = [python, "-m", "whosays", "reuse", path, "--out", out, "--engine", "spark"]
    environment = {**launch.environment(), "SPARK_LOCAL_IP": "127.0.0.1"}
    done = subprocess.run(
        list(map(str, command)), env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [
        tuple(json.loads(line).values()) for line in out.read_text(encoding="utf-8").splitlines()
    ]
    assert rows == sql.duckdb_pairs(path) and len(rows) > 10
    assert [(a, b, rarity) for a, b, _, rarity in rows] == [r for r in local if r[2] >= 1.5]


def java_17():
    java = shutil.which(
        "java", path=os.path.join(os.environ.get("JAVA_HOME", ""), "bin")
    ) or shutil.which("java")
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr if java else ""
    version = re.search(r'version "(\d+)', said)
    return bool(version) and int(version[1]) >= 17


def test_the_query_that_a_class_reads_finds_the_same_pairs(path, local):
    duckdb = pytest.importorskip("duckdb")
    page = (paths.root() / "docs" / "reuse.md").read_text(encoding="utf-8")
    query = page.split("```sql\n")[1].split("```")[0]
    with duckdb.connect() as connection:
        connection.execute(
            "create table documents as select id, text from read_json(?)", [str(path)]
        )
        rows = connection.execute(query.replace("weight) >= 1.5", "weight) >= 0")).fetchall()
    got = {(a, b): score for a, b, _, score in rows}
    want = {(a, b): score for a, b, score in local}
    del want["az", "en"]  # place names: the query a class reads leaves them as they are spelt
    got.pop(("az", "en"), None)
    assert got == pytest.approx(want, abs=1e-3)


def test_a_file_nobody_reads_is_refused():
    with pytest.raises(ValueError, match=r".jsonl or .parquet"):
        sql._table(None, "d.txt")
