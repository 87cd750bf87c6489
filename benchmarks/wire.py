"""The attribution reader on wire copy: sentences of the kinds that agencies write, half of them
held back.

    python benchmarks/wire.py [--half tune] [--misses]

The sentences are in ``data/wire.txt``, whose head describes the marks. In every kind the first half
was read while rules were written and the second half was not.
"""

import argparse
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from whosays.attribution import read, score
from whosays.attribution.score import overlap

FILE = Path(__file__).parent / "data" / "wire.txt"
ROLES = {"s": "source", "c": "cue", "d": "cue", "n": "cue", "t": "content"}
HALVES = ("tune", "held")
#: share of the union that two contents must have in common
SAME = 0.8
MARK = re.compile(r"\{([scdnt])(\d) |\}")


@dataclass(frozen=True)
class Line:
    """A text of the yardstick with its relations (see :func:`whosays.attribution.score`)."""

    kind: str
    half: str
    text: str
    gold: tuple


@dataclass
class Tally:
    """What was expected, what was answered, what of it met and what of it was right."""

    expected: int = 0
    answered: int = 0
    met: int = 0
    right: int = 0
    signs: int = 0
    wrong: list = field(default_factory=list)

    def add(self, other):
        for name in ("expected", "answered", "met", "right", "signs"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.wrong += other.wrong

    def f1(self, count):
        total = self.expected + self.answered
        return 200 * count / total if total else 100.0


def parsed(marked):
    """A marked line as plain text and relations."""
    marked = marked.replace("\\n", "\n")
    text, place, open_marks, relations = "", 0, [], {}
    for match in MARK.finditer(marked):
        text += marked[place : match.start()]
        place = match.end()
        if match[1]:
            open_marks.append((match[1], match[2], len(text)))
            continue
        letter, number, start = open_marks.pop()
        relation = relations.setdefault(
            number, {"source": [], "cue": [], "content": [], "denied": False, "negated": False}
        )
        relation[ROLES[letter]].append((start, len(text)))
        relation["denied"] |= letter == "d"
        relation["negated"] |= letter == "n"
    if open_marks:
        raise ValueError(f"a mark is not closed: {marked}")
    return text + marked[place:], tuple(relations.values())


def lines():
    """The yardstick, line by line."""
    kinds, kind = {}, None
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            kind = kinds.setdefault(line[3:].partition(":")[0], [])
        elif line and not line.startswith("#"):
            kind.append(line)
    return [
        Line(kind, HALVES[number >= (len(marked) + 1) // 2], *parsed(line))
        for kind, marked in kinds.items()
        for number, line in enumerate(marked)
    ]


def measured(line):
    """The reader's answer to one line, counted."""
    answer = [a for a in read(line.text, "all") if a.mode not in ("unattributed", "scare_quotes")]
    pairs = score(line.gold, answer, line.text).pairs
    right = signs = 0
    for gold, given in pairs:
        sign = (gold["denied"], gold["negated"]) == (given.denied, given.negated)
        spans = [(s.start, s.end) for s in given.content]
        signs += sign
        right += sign and overlap(gold["content"], spans) >= SAME
    tally = Tally(len(line.gold), len(answer), len(pairs), right, signs)
    if right < len(line.gold) or len(answer) > len(line.gold):
        tally.wrong.append((line, answer))
    return tally


def tallies(half):
    """The counts of one half by kind, and all together under ``all``."""
    by_kind, whole = {}, Tally()
    for line in lines():
        if line.half == half:
            tally = measured(line)
            by_kind.setdefault(line.kind, Tally()).add(tally)
            whole.add(tally)
    return by_kind | {"all": whole}


def table():
    """Both halves as Markdown lines."""
    halves = {half: tallies(half) for half in HALVES}
    out = [
        "| kind | relations | met F1, tuned on | right F1, tuned on | met F1, held | right F1, "
        "held |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for kind in halves["tune"]:
        tune, held = halves["tune"][kind], halves["held"][kind]
        cells = [t.f1(n) for t in (tune, held) for n in (t.met, t.right)]
        total = tune.expected + held.expected
        out.append(f"| {kind} | {total} | " + " | ".join(f"{c:.0f}" for c in cells) + " |")
    return out


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=HALVES, help="only this half, and its misses")
    options = parser.parse_args(argv)
    if not options.half:
        print("\n".join(table()))
        return 0
    for kind, tally in tallies(options.half).items():
        print(f"{kind}: {tally.right} of {tally.expected} right, {tally.answered} answered")
        for line, answer in tally.wrong if kind != "all" else ():
            print("   ", repr(line.text))
            for a in answer:
                sign = "denied" if a.denied else "negated" if a.negated else ""
                parts = " | ".join(a.text(role) for role in ("source", "cue", "content"))
                print("       ", f"[{a.kind}] {parts} {sign} {a.confidence}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
