"""``whosays reuse INPUT --out FILE``: text reuse in a corpus, from the command line."""

import argparse
import re
import sys
import time
from pathlib import Path

from . import sql
from .decide import MARGIN
from .passim import to_passim
from .result import check_out, write_rows
from .search import find_reuse


def main(argv) -> int:
    """Run the command; returns 0, or 1 when something is wrong with the input, said on stderr."""
    args = _parser().parse_args(argv)
    try:
        return _run(args)
    except (ValueError, MemoryError, FileNotFoundError, ModuleNotFoundError) as error:
        print(f"whosays reuse: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        carry_on = f" The blocks done are in {args.work}; the same command carries on."
        print(f"\nwhosays reuse: stopped.{carry_on if args.work else ''}", file=sys.stderr)
        return 1


def _parser():
    parser = argparse.ArgumentParser(
        prog="whosays reuse", description="Find the passages that documents share."
    )
    parser.add_argument(
        "input", help="a folder of .txt files, or a .jsonl, .parquet or .csv file with id and text"
    )
    parser.add_argument("--out", required=True, help="passages: a .csv, .jsonl or .parquet file")
    parser.add_argument("--pairs", help="pairs of documents: a file of the same kinds")
    parser.add_argument("--clusters", help="passage clusters with their earliest witness")
    parser.add_argument(
        "--engine", default="auto", choices=("auto", "numba", "numpy", "spark", "passim"),
        help="auto, numba, numpy: this machine. spark: score pairs on Apache Spark. passim: write"
        " passim's input to OUT (.jsonl)",
    )  # fmt: skip
    parser.add_argument(
        "--threshold", type=float, default=MARGIN,
        help=f"least score of a passage: bits over chance (default {MARGIN})",
    )  # fmt: skip
    parser.add_argument(
        "-k", type=int, help="words in a row by which two documents are noticed (default 3 or 5)"
    )
    parser.add_argument(
        "--max-df", type=int, default=100, help="a shingle in more documents is a set phrase (100)"
    )
    parser.add_argument("--memory", type=_size, help="stay under this much, e.g. 6GB")
    parser.add_argument("--threads", type=int)
    parser.add_argument(
        "--work", help="a folder for finished blocks: a stopped run is carried on from there"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    return parser


def _size(text):
    size = re.fullmatch(r"(\d+(?:\.\d+)?) ?([KMG]?)B", text.upper())
    if not size:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size: write 500MB or 6GB")
    return float(size[1]) * {"": 1, "K": 1e3, "M": 1e6, "G": 1e9}[size[2]]


def _run(args):
    _check_files(args)
    if args.engine == "passim":
        count = to_passim(args.input, args.out)
        hint = "for passim; docs/reuse.md has its command and the way back."
        print(f"{count} documents in {args.out}, {hint}")
        return 0
    if args.engine == "spark":
        pairs = sql.spark_pairs(args.input, k=args.k or 5, max_df=args.max_df)
        write_rows(args.out, sql.COLUMNS, pairs)
        print(f"{len(pairs)} pairs in {args.out}, scored on Spark.")
        return 0

    progress = None if args.quiet or not sys.stderr.isatty() else _Bar()
    result = find_reuse(
        args.input, k=args.k, max_df=args.max_df, engine=args.engine, threads=args.threads,
        memory=args.memory, work=args.work, progress=progress, threshold=args.threshold,
    )  # fmt: skip
    if progress:
        progress.end()
    for note in result.notes:
        print(f"whosays reuse: {note}", file=sys.stderr)
    result.write(args.out)
    for path, table in ((args.pairs, "pairs"), (args.clusters, "clusters")):
        if path:
            result.write(path, table)
    print(
        f"{len(result.documents)} documents: {result.pair_count} pairs share copied passages;"
        f" {len(result.found.rows)} passages are now in {args.out}, each with why it counts."
    )
    return 0


def _check_files(args):
    """See that every output can be written, and that none is written over the input or another."""
    taken = {Path(args.input).resolve(): f"the input {args.input}"}
    for option in ("out", "pairs", "clusters"):
        path = getattr(args, option)
        if not path:
            continue
        check_out(path)
        folder = Path(path).absolute().parent
        if not folder.is_dir():
            raise FileNotFoundError(f"There is no folder {folder} to write {Path(path).name} in.")
        place = Path(path).resolve()
        if place in taken:
            raise ValueError(f"--{option} would overwrite {taken[place]}: name another file.")
        taken[place] = f"what --{option} writes"


class _Bar:
    """A progress bar on stderr: words compared, and how long there is to go."""

    def __init__(self):
        self.begun = time.monotonic()

    def __call__(self, done, total, what):
        share = done / max(1, total)
        spent = time.monotonic() - self.begun
        left = spent * (1 - share) / share if share else 0
        full = int(30 * share)
        bar = f"[{'#' * full}{' ' * (30 - full)}]"
        print(f"\r{what} {bar} {share:4.0%}, {left:.0f} s left ", end="", file=sys.stderr)

    def end(self):
        print("\r" + " " * 70 + "\r", end="", file=sys.stderr)
