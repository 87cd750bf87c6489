"""The finder of figures beside what a user would pick: quality and time, in one run.

    python benchmarks/figures.py [--out benchmarks/figures.md]

The key is the table ``figures`` of both case packs. The practice case is measured on its whole
texts. The main case is measured on its quotations, or on the whole texts of whoever has lawful
copies (environment variable WHOSAYS_FULLTEXT, or the folder ``fulltext``; see data/README.md): the
table says which.

A find counts when it overlaps a figure of the key; its value is right when it is the key's. The
kit's finder was written with these texts in view, the peers were not, and none of them is made to
leave out dates: the last peer row shows what is gained when the kit's filter is put before one of
them.

Peers that are not installed are left out and named:

    pip install quantulum3 text2num
"""

import argparse
import importlib.metadata
import importlib.util
import platform
import re
import sys
import time
import warnings
from pathlib import Path
from typing import NamedTuple

import figures_lines
from figures_score import known_texts, score_finder

from whosays.case.case import load_case
from whosays.evidence.starting_points import starting_points
from whosays.figures import find_figures, finder


class Find(NamedTuple):
    """What a peer found, in the finder's terms."""

    span: tuple
    value: float
    value_max: float | None = None
    qualifier: str = "exact"


def digits(text):
    """Every run of digits: what one writes in a minute."""
    return [
        Find(m.span(), float(m[0].replace(",", "")))
        for m in re.finditer(r"\d+(?:,\d{3})*(?:\.\d+)?", text)
    ]


def quantulum3():
    from quantulum3 import parser

    def find(text):
        return [Find(q.span, q.value) for q in parser.parse(text)]

    return find


def quantulum3_filtered():
    plain = quantulum3()
    return lambda text: plain(finder.blank(text))


def text2num():
    from text_to_num import find_numbers

    words = re.compile(r"\d[\d,.]*\d|\w+|[^\w\s]")

    class Word:
        """A word as the library wants it; thousands separators are taken out for it."""

        def __init__(self, text):
            self.text = lambda: text.lower().replace(",", "") if text[0].isdigit() else text.lower()

        def nt_separated(self, previous):
            return False

        def not_a_number_part(self):
            return False

    def find(text):
        places = [m.span() for m in words.finditer(text)]
        found = find_numbers([Word(text[a:b]) for a, b in places], "en", 0)
        return [
            Find((places[o.start][0], places[o.end - 1][1]), o.value)
            for o in found
            if not o.is_ordinal
        ]

    return find


def text2num_and_digits():
    words = text2num()

    def find(text):
        found = words(text)
        return found + [
            d
            for d in digits(text)
            if not any(d.span[0] < f.span[1] and f.span[0] < d.span[1] for f in found)
        ]

    return find


PEERS = [
    ("whosays.figures", None, lambda: find_figures),
    ("digits only (a regular expression)", None, lambda: digits),
    ("quantulum3", "quantulum3", quantulum3),
    ("quantulum3, dates and references blanked by the kit", "quantulum3", quantulum3_filtered),
    ("text2num (number words)", "text2num", text2num),
    ("text2num and digits", "text2num", text2num_and_digits),
]


def timed(find, texts):
    start = time.perf_counter()
    for text in texts:
        find(text)
    return time.perf_counter() - start


def rows(case):
    texts = [text for _, text, _ in known_texts(case)]
    characters = sum(map(len, texts))
    for name, package, make in PEERS:
        if (
            package
            and importlib.util.find_spec("text_to_num" if package == "text2num" else package)
            is None
        ):
            yield f"| {name} | not installed | | | | |"
            continue
        find = make()
        version = f", version {importlib.metadata.version(package)}" if package else ""
        try:
            took = min(timed(find, texts) for _ in range(3))
            score = score_finder(case, find)
        except (
            BaseException
        ) as error:  # a Rust panic is no Exception; a peer that fails is listed with how
            yield f"| {name}{version} | failed: {type(error).__name__}: {str(error)[:60]} | | | | |"
            continue
        yield (
            f"| {name}{version} | {score.precision:.1%} | {score.recall:.1%} | "
            f"{score.value_share:.1%} "
            f"| {score.qualifier_share:.1%} | {characters / took:,.0f} |"
        )


def ledger_row(size=100_000):
    """Counting origins for a synthetic case of this many assertions."""
    origins = [
        dict(origin_id=f"o{i}", kind="press", derived_from=f"o{i - 1}" if i % 50 else None)
        for i in range(5000)
    ]
    made = [
        dict(claim_id=f"c{i % (size // 20)}", item_id=f"i{i // 3}", origin_id=f"o{i * 7919 % 5000}")
        for i in range(size)
    ]
    start = time.perf_counter()
    starting_points(made, [], origins)
    return f"| {size:,} | {time.perf_counter() - start:.2f} |"


def report():
    lines = ["# Finding figures", "", "`python benchmarks/figures.py`, last run:", ""]
    lines += [f"Python {platform.python_version()}, {platform.machine()}, one processor.", ""]
    for name in ("ferry", "khojaly"):
        case = load_case(name)
        whole = all(case.has_text(s.source_id) for s in case.sources)
        key = [f for f in case.figures if f.start is not None]
        what = "whole texts" if whole else "its quotations only"
        lines += [f"## {name}: {what}", "", f"{len(key)} figures in the table of the pack.", ""]
        lines += [
            "| | precision | recall | value right | qualifier right | characters a second |",
            "|---|--:|--:|--:|--:|--:|",
        ]
        lines += [*rows(case), ""]
    lines += ["## Invented sentences", ""]
    lines += [
        "`python benchmarks/figures_lines.py` prints this alone. A sentence is right when",
        "",
    ]
    lines[-1] = "every figure in it has its value, qualifier, unit and time, and there is no other."
    lines += ["Goal 95 %.", "", *figures_lines.table(), ""]
    lines += ["## Counting origins", "", "| assertions | seconds |", "|--:|--:|"]
    lines += [ledger_row(10_000), ledger_row(100_000), ""]
    lines += [
        "The kit's finder was written with these texts in view, so its rows say that the key is "
        "reproduced, not how it does",
        "on other texts ([docs/figures.md](../docs/figures.md) has a measure for those). Value "
        "and qualifier are shares of the",
        "whole key. quantulum3 is made for measurements with units and reads dates and clock "
        "times as quantities; text2num",
        "reads number words. Neither gives a qualifier or says what is counted, which is why the "
        "kit has its own. text2num was tried for the spelled-out numbers: it reads fewer of them, so the kit reads",
        "its own, and the install stays as it is.",
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", help="write the table to this file as well")
    options = parser.parse_args(argv)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = report()
    print(text)
    if options.out:
        Path(options.out).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
