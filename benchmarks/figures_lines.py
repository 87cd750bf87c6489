"""The finder of figures on 150 invented sentences, half of them held back.

    python benchmarks/figures_lines.py [--half tune]

The sentences are in ``data/figures.txt``, whose head describes them. A sentence is right when all
its figures are found with value, qualifier, unit, time and doubt, and nothing else is.
"""

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from whosays.figures import find_figures

FILE = Path(__file__).parent / "data" / "figures.txt"
HALVES = ("tune", "held")
QUALIFIERS = ("about", "at_least", "more_than", "up_to", "nearly")


@dataclass(frozen=True)
class Wanted:
    """A figure as the yardstick has it."""

    low: Decimal
    high: Decimal | None
    qualifier: str
    unit: str | None
    time: str | None
    doubtful: bool


def wanted(written):
    """One figure from ``qualifier low..high? unit @time``."""
    words = written.split()
    time = words.pop().removeprefix("@") if words[-1].startswith("@") else None
    qualifier = words.pop(0) if words[0] in QUALIFIERS else "exact"
    number, unit = words[0], " ".join(words[1:])
    low, _, high = number.rstrip("?").partition("..")
    return Wanted(
        Decimal(low),
        Decimal(high) if high else None,
        "range" if high else qualifier,
        None if unit == "-" else unit,
        time,
        number.endswith("?"),
    )


def given(quantity):
    """A find in the same form; thirds are cut as they are written in the yardstick."""

    def cut(value):
        return None if value is None else round(Decimal(value), 12).normalize()

    return Wanted(
        cut(quantity.value),
        cut(quantity.value_max),
        quantity.qualifier,
        quantity.unit,
        quantity.time,
        quantity.other is not None,
    )


def lines():
    """(kind, half, sentence, wanted figures), in order."""
    kinds, kind = {}, None
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            kind = kinds.setdefault(line[3:], [])
        elif line and not line.startswith("#"):
            kind.append(line)
    for name, written in kinds.items():
        for number, line in enumerate(written):
            sentence, _, figures = line.partition(" |")
            half = HALVES[number >= (len(written) + 1) // 2]
            yield name, half, sentence, [wanted(f) for f in figures.split(";") if f.strip()]


def results():
    """(kind, half) -> how many are right and how many there are, and the wrong ones."""
    right, total, wrong = Counter(), Counter(), []
    for kind, half, sentence, expected in lines():
        found = [given(q) for q in find_figures(sentence)]
        total[kind, half] += 1
        if found == expected:
            right[kind, half] += 1
        else:
            wrong.append((kind, half, sentence, expected, found))
    return right, total, wrong


def table():
    """Both halves as Markdown lines."""
    right, total, _ = results()
    out = ["| kind | right, tuned on | right, held |", "|---|--:|--:|"]
    for kind in dict.fromkeys(kind for kind, _ in total):
        cells = [f"{right[kind, half]} of {total[kind, half]}" for half in HALVES]
        out.append(f"| {kind} | {' | '.join(cells)} |")
    cells = []
    for half in HALVES:
        a, b = (sum(n for (_, h), n in count.items() if h == half) for count in (right, total))
        cells.append(f"{a} of {b}, {a / b:.1%}")
    return [*out, f"| all | {' | '.join(cells)} |"]


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--half", choices=HALVES, help="print the sentences of this half gone wrong"
    )
    options = parser.parse_args(argv)
    print("\n".join(table()))
    for kind, half, sentence, expected, found in results()[2]:
        if half == options.half:
            print(f"\n{kind}: {sentence}\n  wanted {expected}\n  found  {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
