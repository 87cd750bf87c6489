"""The copy detector beside what a user would pick: quality, time, memory, growth, in one run.

    python benchmarks/reuse.py DATA [--sizes 1000,10000] [--out benchmarks/reuse.md]

DATA holds one folder for each size, ``w1000``, ``w10000`` ..., with ``docs.jsonl`` (id, text) and
``truth.jsonl`` (src, dst, kind, words: [dst_start, dst_end, src_start, src_end] for each copied
word, in code points; may be empty where only time and memory matter). Every method runs in a process of its own, reads the same file and ends with
pairs in a file; ours writes its passages too. CPU is all of the process and its
children, imports and reading included. Peers that are not installed are left out and named:

    pip install "whosays[reuse]" datasketch polars scikit-learn psutil
"""

import argparse
import csv
import json
import math
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from whosays.reuse.decide import MARGIN

WORD = re.compile(r"\w+(?:['’.,]\w+)*")
K, MAX_DF = 5, 100


# ----------------------------------------------------------------------------- the methods


def _read(path):
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [r["id"] for r in rows], [r["text"] for r in rows]


def _words(text):
    return re.findall(r"\w+", text.lower())


def whosays_numba(path, out):
    return _whosays(path, out, "numba")


def whosays_numpy(path, out):
    return _whosays(path, out, "numpy")


def _whosays(path, out, engine):
    from whosays.reuse import find_reuse

    result = find_reuse(path, engine=engine)
    result.write(out + ".passages.csv")
    result.write(out + ".pairs.csv", "pairs")


def naive(path, out):
    """What a learner writes: every two sets of three-word runs, Jaccard."""
    ids, texts = _read(path)
    sets = []
    for text in texts:
        words = _words(text)
        sets.append({hash(tuple(words[i : i + 3])) for i in range(len(words) - 2)})
    pairs = {}
    for i, one in enumerate(sets):
        for j in range(i + 1, len(sets)):
            both = len(one & sets[j])
            if both > 5:
                pairs[ids[i], ids[j]] = both / (len(one) + len(sets[j]) - both)
    return pairs


def datasketch(path, out):
    from datasketch import MinHash, MinHashLSH

    ids, texts = _read(path)
    lsh, made = MinHashLSH(threshold=0.2, num_perm=128), {}
    for doc, text in zip(ids, texts, strict=True):
        words = _words(text)
        grams = {" ".join(words[i : i + 3]).encode() for i in range(len(words) - 2)}
        if grams:
            sketch = MinHash(num_perm=128)
            sketch.update_batch(grams)
            made[doc] = sketch
            lsh.insert(doc, sketch)
    pairs = {}
    for doc, sketch in made.items():
        for other in lsh.query(sketch):
            if other > doc:
                pairs[doc, other] = sketch.jaccard(made[other])
    return pairs


def tfidf(path, out):
    from sklearn.feature_extraction.text import TfidfVectorizer

    ids, texts = _read(path)
    matrix = TfidfVectorizer(min_df=1, sublinear_tf=True).fit_transform(texts)
    pairs = {}
    for lo in range(0, len(ids), 1000):
        block = (matrix[lo : lo + 1000] @ matrix.T).tocoo()
        keep = block.data > 0.3
        for i, j, score in zip(block.row[keep], block.col[keep], block.data[keep], strict=True):
            if lo + i < j:
                pairs[ids[lo + i], ids[j]] = float(score)
    return pairs


def duckdb(path, out):
    """Word shingles joined in SQL, weighted by rarity; two threads."""
    import duckdb as engine

    query = f"""
    with d as (select row_number() over () as n, id, regexp_extract_all(lower(text), '\\w+') as w from read_json(?)),
    g as (select distinct n, hash(w[i], w[i+1], w[i+2], w[i+3], w[i+4]) as g
          from (select n, w, unnest(range(1, len(w) - 3)) as i from d)),
    f as (select g, count(*) as df from g group by g having count(*) between 2 and {MAX_DF}),
    s as (select n, g, 1 / log2(df) as weight from g join f using (g))
    select d.id, e.id, p.score from
      (select a.n as x, b.n as y, sum(a.weight) as score from s a join s b on a.g = b.g and a.n < b.n
       group by all having count(*) >= 3) p join d on d.n = x join d e on e.n = y"""
    with engine.connect() as connection:
        connection.execute("set threads = 2")
        return {(a, b): score for a, b, score in connection.execute(query, [path]).fetchall()}


def polars(path, out):
    """The same join in Polars; as many threads as it takes."""
    import polars as pl

    frame = pl.read_ndjson(path).with_row_index("n")
    ids = frame["id"].to_list()
    words = (
        frame.lazy()
        .select("n", w=pl.col("text").str.to_lowercase().str.extract_all(r"\w+"))
        .explode("w")
    )
    words = words.with_columns(h=pl.col("w").hash())
    gram = pl.lit(0, dtype=pl.UInt64)
    for j in range(K):
        gram = gram * pl.lit(1_000_003, dtype=pl.UInt64) + pl.col("h").shift(-j)
    same = pl.col("n") == pl.col("n").shift(-(K - 1))
    grams = words.select("n", g=gram, whole=same).filter(pl.col("whole")).select("n", "g").unique()
    rare = grams.group_by("g").agg(df=pl.len()).filter(pl.col("df").is_between(2, MAX_DF))
    held = grams.join(rare, on="g").select("n", "g", weight=1 / pl.col("df").log(2))
    both = held.join(held, on="g", suffix="_b").filter(pl.col("n") < pl.col("n_b"))
    scored = (
        both.group_by("n", "n_b")
        .agg(score=pl.col("weight").sum(), shared=pl.len())
        .filter(pl.col("shared") >= 3)
    )
    rows = scored.collect().select("n", "n_b", "score").rows()
    return {(ids[a], ids[b]): score for a, b, score in rows}


def floor(path, out):
    """No search: read, cut into words, hash them once, compiled. What nobody can be under."""
    from whosays.reuse import compiled, documents, texts

    read = documents.read(path)
    texts.tokenise(read.kept, compiled.words)
    return {}


# method, its fixed threshold (tuned once on 3,000 documents of seed 11), the most documents it is given
METHODS = {
    "whosays (Numba)": (whosays_numba, MARGIN, math.inf),
    "whosays (NumPy)": (whosays_numpy, MARGIN, 30_000),
    "naive loop": (naive, 0.10, 10_000),
    "datasketch": (datasketch, 0.15, 30_000),
    "TF-IDF": (tfidf, 0.62, 10_000),
    "DuckDB join": (duckdb, 5.0, math.inf),
    "Polars join": (polars, 5.0, math.inf),
    "read + hash once": (floor, None, math.inf),
}


# ----------------------------------------------------------------------------- measuring


def _child(name, path, out):
    """Run one method in this process and say what it took."""
    method = METHODS[name][0]
    begun = time.time()
    pairs = method(path, out)
    if pairs is not None:
        with open(out + ".pairs.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("a_id", "b_id", "score"))
            writer.writerows((a, b, s) for (a, b), s in pairs.items())
    print(json.dumps({"wall": time.time() - begun, "peak": _peak()}))


def _peak():
    """This process's own peak: what the kernel reports to a parent includes the parent's, from before exec."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1]) * 1024
    return 0


def measure(name, path, out):
    """Run a method in a process of its own: CPU and wall seconds, peak memory, pairs, passages."""
    command = [sys.executable, __file__, "--child", name, str(path), str(out)]
    before, begun = os.times(), time.time()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    peak = 0
    if hasattr(os, "wait4"):
        text, error = child.stdout.read(), child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        cpu = usage.ru_utime + usage.ru_stime
        peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    else:
        text, error = child.communicate()
        after = os.times()
        cpu = (
            after.children_user
            + after.children_system
            - before.children_user
            - before.children_system
        )
    wall = time.time() - begun
    if child.returncode:
        missing = re.search(r"No module named '([^']+)'", error)
        return {
            "left out": f"{missing[1]} is not installed"
            if missing
            else error.strip().splitlines()[-1]
        }
    with open(str(out) + ".pairs.csv", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        pairs = {tuple(sorted((a, b))): float(s) for a, b, s, *_ in rows}
    peak = json.loads(text.splitlines()[-1])["peak"] or peak
    return {"cpu": cpu, "wall": wall, "peak": peak, "pairs": pairs, "said": text}


def load(folder):
    """A size's documents, truth, positive pairs, and pairs of natural reuse, which count neither way."""
    with open(folder / "docs.jsonl", encoding="utf-8") as lines:
        docs = {d["id"]: d["text"] for d in map(json.loads, lines)}
    with open(folder / "truth.jsonl", encoding="utf-8") as lines:
        truth = [json.loads(line) for line in lines]
    by_source, positive = defaultdict(list), set()
    for copy in truth:
        by_source[copy["src"]].append((copy["dst"], {w[2] for w in copy["words"]}))
    for source, copies in by_source.items():
        for n, (doc, kept) in enumerate(copies):
            if len(kept) >= 20:
                positive.add(tuple(sorted((source, doc))))
            for other, more in copies[n + 1 :]:
                if len(kept & more) >= 20:
                    positive.add(tuple(sorted((doc, other))))
    return docs, truth, positive


def natural(docs, pairs, positive, known, k=12):
    """Of the pairs found that were not planted, those that share twelve words in a row; ``known`` is a cache."""

    def grams(doc):
        if doc not in known:
            words = [w.lower() for w in WORD.findall(docs[doc])]
            known[doc] = {hash(tuple(words[i : i + k])) for i in range(len(words) - k + 1)}
        return known[doc]

    return {p for p in pairs if p not in positive and not grams(p[0]).isdisjoint(grams(p[1]))}


def pair_f1(docs, pairs, positive, cut, known):
    kept = {p for p, s in pairs.items() if s >= cut}
    kept -= natural(docs, kept, positive, known)
    right = len(kept & positive)
    precision, recall = right / max(1, len(kept)), right / max(1, len(positive))
    return precision, recall, 2 * precision * recall / max(1e-12, precision + recall)


def passage_quality(truth, path, most=5_000):
    """Character F1 of planted passages (all, and OCR copies), and how often all four ends lie within 12.

    On the first ``most`` copies: their order is that of planting, not of size or kind.
    """
    truth = truth[:most]
    found = defaultdict(list)
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            spans = [int(row[c]) for c in ("a_start", "a_end", "b_start", "b_end")]
            found[row["a_id"], row["b_id"]].append(spans)
    sums, ends = defaultdict(lambda: [0, 0, 0]), Counter()
    for copy in truth:
        if len(copy["words"]) < 20:
            continue
        a, b = sorted((copy["src"], copy["dst"]))
        order = (2, 3, 0, 1) if a == copy["src"] else (0, 1, 2, 3)
        want = [[w[c] for w in copy["words"]] for c in order]
        edge = [min(want[0]), max(want[1]), min(want[2]), max(want[3])]
        got = found.get((a, b), [])
        ends["all"] += 1
        ends["near"] += any(
            all(abs(x - y) <= 12 for x, y in zip(edge, spans, strict=True)) for spans in got
        )
        for side in (0, 2):
            words = {
                c for s, e in zip(want[side], want[side + 1], strict=True) for c in range(s, e)
            }
            cover = {c for spans in got for c in range(spans[side], spans[side + 1])}
            hit = len(words & cover)
            outside = sum(1 for c in cover if not edge[side] <= c < edge[side + 1])
            for kind in ("all", copy["kind"]):
                for n, value in enumerate((hit, len(words), hit + outside)):
                    sums[kind][n] += value

    def f1(kind):
        hit, wanted, given = sums[kind]
        return 2 * hit / max(1, wanted + given)

    return {"passages": f1("all"), "ocr": f1("ocr"), "ends": ends["near"] / max(1, ends["all"])}


def run(data, sizes, methods, log):
    results = {}
    for size in sizes:
        folder = Path(data) / f"w{size}"
        docs, truth, positive = load(folder)
        characters, known = sum(map(len, docs.values())), {}
        for name in methods:
            _, cut, most = METHODS[name]
            if size > most:
                continue
            with tempfile.TemporaryDirectory() as room:
                out = Path(room) / "out"
                got = measure(name, folder / "docs.jsonl", out)
                if "left out" in got:
                    log(f"{size:>7,} {name:<18} left out: {got['left out']}")
                    continue
                pairs = got.pop("pairs")
                if cut is not None and truth:  # a size may come without: time and memory only
                    got["precision"], got["recall"], got["f1"] = pair_f1(
                        docs, pairs, positive, cut, known
                    )
                passages = Path(str(out) + ".passages.csv")
                if passages.exists() and truth:
                    got.update(passage_quality(truth, passages))
                got["per_character"] = got["peak"] / characters
            results[size, name] = got
            quality = "".join(
                f" {k} {got[k]:.4f}"
                for k in ("f1", "recall", "passages", "ocr", "ends")
                if k in got
            )
            log(
                f"{size:>7,} {name:<18} cpu {got['cpu']:8.2f} wall {got['wall']:8.2f} "
                f"{got['peak'] / 1e6:6.0f} MB {got['per_character']:5.1f} B/char{quality}"
            )
    return results


def exponent(results, name):
    """The slope of log CPU over log documents, from the smallest size of 10,000 or more to the largest."""
    points = sorted((s, r["cpu"]) for (s, n), r in results.items() if n == name and s >= 10_000)
    if len(points) < 2:
        return None
    (s0, c0), (s1, c1) = points[0], points[-1]
    return math.log(c1 / c0) / math.log(s1 / s0)


def versions():
    """The peers that are installed, with their versions."""
    found = []
    for package in (
        "numpy",
        "numba",
        "orjson",
        "duckdb",
        "polars",
        "datasketch",
        "scikit-learn",
    ):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} not installed")
    return ", ".join(found)


def table(results, sizes, load_then):
    """The Markdown table of a run."""
    names = [n for n in METHODS if any((s, n) in results for s in sizes)]
    lines = ["# Text reuse: the last measured table", ""]
    lines += [
        f"Made by `python benchmarks/reuse.py DATA --sizes {','.join(map(str, sizes))}` on {platform.machine()}, {os.cpu_count()} processors, Python "
        f"{platform.python_version()}; load average at the start {load_then[0]:.1f}, at the end {os.getloadavg()[0]:.1f}."
        if hasattr(os, "getloadavg")
        else "Made by `benchmarks/reuse.py`.",
        "",
        versions() + ".",
        "",
        "CPU seconds all in (imports, reading, pairs written; ours writes passages too); in brackets wall seconds. "
        "Planted copies in 1987 Reuters stories (seed 11, the one tuned on). F1 is of pairs at each method's "
        "one fixed threshold; pairs nobody planted that share twelve words in a row count neither way. Growth is "
        "the slope of log CPU over log documents from 10,000 on.",
        "",
    ]
    head = [
        "method",
        *(f"{s:,}" for s in sizes),
        "growth",
        "peak B/char",
        *(f"F1 {s:,}" for s in sizes),
    ]
    lines += ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for name in names:
        rows = [results.get((s, name)) for s in sizes]
        slope = exponent(results, name)
        last = [r for r in rows if r][-1]
        cells = [name, *(f"{r['cpu']:.2f} ({r['wall']:.2f})" if r else "-" for r in rows)]
        cells += [f"{slope:.2f}" if slope else "-", f"{last['per_character']:.1f}"]
        cells += [f"{r['f1']:.3f}" if r and "f1" in r else "-" for r in rows]
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", "Times the CPU of whosays (Numba):", ""]
    lines += [
        "| method | " + " | ".join(f"{s:,}" for s in sizes) + " |",
        "|---|" + "---|" * len(sizes),
    ]
    for name in names[1:]:
        rows = [(results.get((s, name)), results.get((s, names[0]))) for s in sizes]
        cells = [
            f"{peer['cpu'] / ours['cpu']:.2f}" if peer and ours else "-" for peer, ours in rows
        ]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    lines += [
        "",
        "| passages (ours) | " + " | ".join(f"{s:,}" for s in sizes) + " |",
        "|---|" + "---|" * len(sizes),
    ]
    for key, said in (
        ("passages", "character F1"),
        ("ocr", "the same, OCR copies"),
        ("ends", "all four ends within 12 characters"),
    ):
        got = [results.get((s, "whosays (Numba)"), {}).get(key) for s in sizes]
        lines.append(
            f"| {said} | " + " | ".join(f"{g:.4f}" if g is not None else "-" for g in got) + " |"
        )
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data")
    parser.add_argument("--sizes", default="1000,3000,10000,27000,100000")
    parser.add_argument("--methods", help="some of: " + ", ".join(METHODS))
    parser.add_argument("--out", help="write the Markdown table here")
    args = parser.parse_args()
    sizes = [int(s) for s in args.sizes.split(",")]
    methods = args.methods.split(",") if args.methods else list(METHODS)
    if unknown := [m for m in methods if m not in METHODS]:
        parser.error(f"there is no method {', '.join(unknown)}")
    load_then = os.getloadavg() if hasattr(os, "getloadavg") else (0,)
    results = run(args.data, sizes, methods, lambda line: print(line, flush=True))
    if args.out:
        Path(args.out).write_text(table(results, sizes, load_then), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _child(*sys.argv[2:])
    else:
        main()
