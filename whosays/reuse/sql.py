"""The pairs worth a close look as one Ibis expression: the same on DuckDB and on Apache Spark.

Words, runs of k words, how many documents hold each, and for every two documents the sum of
1 / log2(document frequency) over the runs they share. Weights are whole numbers, so that both
engines give the same sums to the last digit.
"""

import os
import sys
from functools import lru_cache

from ..text import fold

SCALE = 61_440  # engine.SCALE: a weight of one
COLUMNS = ("a_id", "b_id", "shared", "rarity")


@lru_cache(maxsize=1)
def _letters():
    """Letters that fold to one other letter: the two arguments of ``translate``."""
    scripts = [*range(0x80, 0x250), *range(0x370, 0x590), *range(0x1E00, 0x1F00)]
    pairs = [(chr(c), fold.fold(chr(c))) for c in scripts if chr(c).isalnum()]
    pairs = [(c, f) for c, f in pairs if len(f) == 1 and f != c]
    # a letter that folds to a blank (U+037A) would cut its word in two here, and does not in `fold`
    pairs = [(c, f) for c, f in pairs if f.isalnum()]
    return "".join(c for c, _ in pairs), "".join(f for _, f in pairs)


def shared_shingles(documents, *, k: int = 5, max_df: int = 100, floor=1.5, names=None):
    """Pairs of documents and the rarity of what they share, as an Ibis expression.

    Parameters
    ----------
    documents : ibis.Table
        Columns ``id`` and ``text``, on any backend that has windows and regular expressions. Text
        in NFC; letters of the Latin, Greek, Cyrillic and Armenian scripts are folded as
        `whosays.text.fold` folds them (those that fold to one letter), place names of one word too.
    floor : float
        The least rarity of a pair.
    names : whosays.text.fold.PlaceNames, optional

    Returns
    -------
    ibis.Table
        ``a_id, b_id, shared`` (shingles), ``rarity``; a_id < b_id.
    """
    import ibis
    from ibis import _

    names = fold.place_names() if names is None else names
    of, to = _letters()
    folded = documents.text.translate(of, to).lower().re_replace(r"[\x{0300}-\x{036f}\x{00ad}]", "")
    words = documents.select("id", w=folded.re_replace(r"[^\p{L}\p{N}]+", " ").strip().split(" "))
    words = words.unnest("w", offset="i").filter(_.w != "")
    if names.single:
        # names are few, so a CASE in the query: no second table to send to a cluster
        words = words.mutate(w=_.w.cases(*sorted(names.single.items()), else_=_.w))
    window = ibis.window(group_by="id", order_by="i")
    runs = words.mutate(**{f"w{j}": _.w.lead(j).over(window) for j in range(1, k)})
    if k > 1:
        runs = runs.filter(_[f"w{k - 1}"].notnull())
    shingle = _.w
    for j in range(1, k):
        shingle = shingle.concat(" ", _[f"w{j}"])
    held = runs.select("id", shingle=shingle).distinct()
    rare = held.group_by("shingle").agg(df=_.count()).filter(_.df.between(2, max_df))
    rare = rare.mutate(weight=(SCALE / _.df.cast("float64").log2()).round().cast("int64"))
    held = held.join(rare, "shingle").select("id", "shingle", "weight")
    other = held.view()
    both = held.join(other, [held.shingle == other.shingle, held.id < other.id])
    both = both.select(a_id=held.id, b_id=other.id, weight=held.weight)
    pairs = both.group_by("a_id", "b_id").agg(shared=_.count(), units=_.weight.sum())
    pairs = pairs.filter(_.units >= round(floor * SCALE))
    return pairs.select("a_id", "b_id", "shared", rarity=_.units.cast("float64") / SCALE)


def duckdb_pairs(path, **settings) -> list[tuple]:
    """`shared_shingles` of a .jsonl or .parquet file, on DuckDB: rows of `COLUMNS`, sorted."""
    return _pairs("duckdb", path, None, settings)


def spark_pairs(path, session=None, **settings):
    """The same on Apache Spark, in a session given or as from `spark_session`."""
    return _pairs("pyspark", path, session, settings)


def _pairs(backend, path, session, settings):
    try:
        import ibis

        if backend == "pyspark":
            connection = ibis.pyspark.connect(session or spark_session())
        else:
            connection = ibis.duckdb.connect()
    except ImportError as error:
        raise ModuleNotFoundError(
            f"{error.name or 'a package'} is not installed: pairs on DuckDB or Spark need"
            " whosays[spark] (and Spark needs Java 17)."
        ) from None
    pairs = shared_shingles(_table(connection, str(path)), **settings)
    table = pairs.order_by("a_id", "b_id").to_pyarrow()
    return list(zip(*(table[c].to_pylist() for c in COLUMNS), strict=True))


def _table(connection, path):
    if path.endswith((".parquet", ".pq")):
        return connection.read_parquet(path).select("id", "text")
    if path.endswith((".jsonl", ".ndjson", ".jsonl.gz")):
        return connection.read_json(path).select("id", "text")
    raise ValueError(f"{path}: DuckDB and Spark read .jsonl or .parquet files with id and text.")


def spark_session(**options):
    """A Spark session with some options: the cluster's where there is one, else this machine.

    On a cluster start Python with ``spark-submit`` or set ``SPARK_REMOTE``. Java 17 is needed.
    """
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    local = {
        "spark.ui.enabled": "false",
        "spark.log.level": "ERROR",
        # a laptop's own name often does not resolve; a cluster sets its own addresses
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "8",
    }
    cluster = "SPARK_REMOTE" in os.environ or "MASTER" in os.environ
    builder = SparkSession.builder.appName("whosays-reuse")
    return builder.config(map=({} if cluster else local) | options).getOrCreate()
