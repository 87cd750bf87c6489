"""Scored pairs as one expression: the same on DuckDB and on Apache Spark.

Which pairs are looked at closely, and the rarity of what they share, said in Ibis: words, runs of k
words, how many documents hold each, and for every two documents the sum of 1 / log2(document
frequency) over the runs they share. Nothing is sampled and nothing is ours: DuckDB and Spark do the
work.

Weights are whole numbers, so that both give the same sums to the last digit.
"""

import os
import sys
from functools import lru_cache

from ..text import fold
from .result import write_rows

SCALE = 61_440  # engine.SCALE: a weight of one
COLUMNS = ("a_id", "b_id", "shared", "rarity")

TEACHING_QUERY = """\
with words as (
    select id, unnest(w) as word, generate_subscripts(w, 1) as i from (
        select id, regexp_extract_all(lower(strip_accents(text)), '[\\p{{L}}\\p{{N}}]+') as w
        from documents)
), shingles as (
    select distinct id, string_agg(word, ' ') over ahead as shingle, count(*) over ahead as n
    from words
    window ahead as (partition by id order by i rows between current row and {after} following)
), rare as (
    select shingle, count(*) as documents, 1 / log2(count(*)) as weight
    from shingles where n = {k} group by shingle having count(*) between 2 and {max_df}
), held as (
    select id, shingle, weight from shingles join rare using (shingle)
)
select a.id as a_id, b.id as b_id, count(*) as shared, sum(a.weight) as rarity
from held a join held b on a.shingle = b.shingle and a.id < b.id
group by all having sum(a.weight) >= {floor}
order by rarity desc, a_id, b_id
"""


def teaching_query(k=5, max_df=100, floor=1.5):
    """The idea of the detector as one DuckDB query over a table ``documents(id, text)``.

    A second opinion a class can read: pairs without passages, accents off, place names as spelt.
    """
    return TEACHING_QUERY.format(k=int(k), after=int(k) - 1, max_df=int(max_df), floor=float(floor))


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


def duckdb_pairs(path, **settings):
    """`shared_shingles` of a JSON Lines or Parquet file, on DuckDB: rows of `COLUMNS`, sorted."""
    import ibis

    connection = _need(lambda: ibis.duckdb.connect())
    return _rows(shared_shingles(_table(connection, path), **settings))


def spark_session(**options):
    """A Spark session: the cluster's where there is one, else this machine.

    On a cluster start Python with ``spark-submit`` or set ``SPARK_REMOTE``; the options given here
    are set on top. Java 17 is needed.
    """
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("whosays-reuse")
    if "SPARK_REMOTE" not in os.environ and "MASTER" not in os.environ:
        builder = builder.config("spark.ui.enabled", "false").config("spark.log.level", "ERROR")
        # a laptop's own name often does not resolve; a cluster sets its own addresses
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config(
            "spark.driver.host", "127.0.0.1"
        )
        builder = builder.config("spark.sql.shuffle.partitions", "8")
    for key, value in options.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def spark_pairs(path, session=None, **settings):
    """`shared_shingles` of a JSON Lines or Parquet file, on Apache Spark: as `duckdb_pairs`."""
    import ibis

    session = session or _need(spark_session)
    return _rows(shared_shingles(_table(ibis.pyspark.connect(session), path), **settings))


def write_spark_pairs(path, out, *, k=5, max_df=100):
    """Score pairs on Spark and write them (.csv, .jsonl or .parquet). Returns how many."""
    rows = spark_pairs(path, k=k, max_df=max_df)
    write_rows(out, COLUMNS, rows)
    return len(rows)


def _need(make):
    try:
        return make()
    except ImportError as error:
        raise ModuleNotFoundError(
            f"{error.name or 'a package'} is not installed: pairs on DuckDB or Spark need"
            " whosays[spark] (and Spark needs Java 17)."
        ) from None


def _table(connection, path):
    path = str(path)
    if path.endswith((".parquet", ".pq")):
        return connection.read_parquet(path).select("id", "text")
    if path.endswith((".jsonl", ".ndjson", ".jsonl.gz")):
        return connection.read_json(path).select("id", "text")
    raise ValueError(f"{path}: DuckDB and Spark read .jsonl or .parquet files with id and text.")


def _rows(expression):
    table = expression.order_by("a_id", "b_id").to_pyarrow()
    return list(zip(*(table[c].to_pylist() for c in COLUMNS), strict=True))
