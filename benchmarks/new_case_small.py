"""Twelve small cases with known truth (data/new_case.toml): what the first pass of new-case makes of them.

A reading is right when it and a marked statement share half of the longer of the two, when it is a telling
where that is one, and when it names the same voice (a pronoun in its place counts as right).
"""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from whosays.case.case import load_case
from whosays.newcase import new_case
from whosays.text.fold import words

DATA = Path(__file__).with_name("data") / "new_case.toml"
MARK = re.compile(r"\{([^|{}]*)\|([-~]?)([^|{}]*)\|([^{}]*)\}")
#: the least confidences of the rows of the table, the highest first
STEPS = (0.9, 0.8, 0.7, 0.6, 0.0)
_PRONOUNS = {"he", "she", "it", "they", "others"}
_SMALL = {"the", "a", "an", "its", "our", "my", "their"}


@dataclass
class Found:
    """What was found of the marks: counts by name, and for each reading its confidence and whether
    it is right."""

    counts: Counter = field(default_factory=Counter)
    readings: list = field(default_factory=list)


def measure(case, found):
    """Make a case from its texts, and count into ``found``."""
    with TemporaryDirectory() as place:
        place = Path(place)
        (place / "texts").mkdir()
        for text in case["text"]:
            plain = MARK.sub(lambda m: m[4], text["text"].lstrip("\n"))
            (place / "texts" / text["file"]).write_text(plain, encoding="utf-8")
        first = new_case(place / "case", place / "texts")
        if first.skipped:
            raise SystemExit(f"The cases need every kind of file: {first.skipped[0]}")
        made = load_case(first.folder)
        claims = []
        for text in case["text"]:
            source = made.sources[Path(text["file"]).stem]
            found.counts["heads"] += 2
            found.counts["heads right"] += (
                made.agents[source.outlet].name.casefold() == text["outlet"].casefold()
            )
            found.counts["heads right"] += source.published == text["day"]
            claims += _statements(made, source.source_id, text["text"], found)
        _numbers(made, case, found)
        _joined(claims, found)


def _statements(made, source_id, marked, found):
    """Match the readings of a text with its marks; returns (true claim, the claim given) of each."""
    text, at, marks = made.text(source_id), 0, []
    for mark in MARK.finditer(marked):
        at = text.index(mark[4], at)
        marks.append((at, at + len(mark[4]), mark))
    rows = [a for a in made.assertions.where(source_id=source_id) if a.cue_spans]
    found.counts["statements"] += len(marks)
    found.counts["readings"] += len(rows)
    claims, taken = [], set()
    for row in rows:
        best = max(marks, key=lambda m: _both(row.content_spans, m), default=None)
        right = best is not None and _both(row.content_spans, best) >= 0.5 and best not in taken
        if right:
            taken.add(best)
            found.counts["found"] += 1
            told = "so no telling" not in row.note
            sign = told == (best[2][2] == "")
            found.counts["signs right"] += sign
            right = sign and _same_voice(made, row, best[2][1])
            found.counts["voices right"] += _same_voice(made, row, best[2][1])
            claims.append((best[2][2] + best[2][3], row.claim_id))
        found.readings.append((sure(row), right))
    return claims


def sure(row):
    """The confidence of a reading, as its note has it."""
    return float(row.note.split(", ")[1].partition(";")[0])


def _both(spans, mark):
    """How much of the longer of a content and a mark lies in both."""
    both = sum(max(0, min(b, mark[1]) - max(a, mark[0])) for a, b in spans)
    return both / max(sum(b - a for a, b in spans), mark[1] - mark[0])


def _same_voice(made, row, voice):
    agent = made.agents[row.agent]
    if voice == "?":
        return agent.kind == "unnamed"
    if (row.source_text or "").casefold() in _PRONOUNS:
        return True
    wanted = _bare(voice)
    names = [_bare(name) for name in (agent.name, *(agent.aliases or ()))]
    return any(name and (name <= wanted or wanted <= name) for name in names)


def _bare(name):
    return {w.text for w in words(name)} - _SMALL


def _numbers(made, case, found):
    given = {float(f.value) for f in made.figures}
    found.counts["numbers"] += len(case["numbers"])
    found.counts["numbers found"] += len(given & set(map(float, case["numbers"])))
    found.counts["numbers too much"] += len(given - set(map(float, case["numbers"])))


def _joined(claims, found):
    """Of all pairs of statements that were found: which are one claim, and which were joined."""
    for (claim, row), (other, its) in combinations(claims, 2):
        found.counts["one claim"] += claim == other
        found.counts["joined"] += row == its
        found.counts["joined right"] += row == its and claim == other
        found.counts["joined against a denial"] += row == its and claim.lstrip(
            "-~"
        ) == other.lstrip("-~") != max(claim, other)


def measured():
    """What was found, by the kind of the cases, and of all of them."""
    kinds, whole = {}, Found()
    for case in tomllib.loads(DATA.read_text(encoding="utf-8"))["case"]:
        measure(case, kinds.setdefault(case["kind"], Found()))
    for one in kinds.values():
        whole.counts += one.counts
        whole.readings += one.readings
    return {**kinds, "all": whole}


def report():
    """The figures as lines of Markdown."""
    kinds = measured()
    rows = [
        ("outlet and day of a document", "heads right", "heads"),
        ("marked statements found", "found", "statements"),
        ("readings that meet a mark", "found", "readings"),
        ("of the found: telling or not", "signs right", "found"),
        ("of the found: the voice", "voices right", "found"),
        ("pairs of one claim joined", "joined right", "one claim"),
        ("joined pairs that are one claim", "joined right", "joined"),
        ("numbers found", "numbers found", "numbers"),
    ]
    lines = [
        "## Twelve small cases",
        "",
        f"| | {' | '.join(kinds)} |",
        "|---|" + "--:|" * len(kinds),
    ]
    for what, right, of in rows:
        cells = [f"{one.counts[right]} of {one.counts[of]}" for one in kinds.values()]
        lines.append(f"| {what} | {' | '.join(cells)} |")
    for what, name in (
        ("numbers that are none", "numbers too much"),
        ("tellings joined with a denial", "joined against a denial"),
    ):
        cells = [str(one.counts[name]) for one in kinds.values()]
        lines.append(f"| {what} | {' | '.join(cells)} |")
    return [*lines, "", *confidence(kinds["all"].readings), ""]


def confidence(readings):
    """The table of what a reading's confidence means, as lines of Markdown."""
    lines = ["| confidence | readings | mean | right |", "|---|--:|--:|--:|"]
    above = 1.01
    for least in STEPS:
        some = [(sure, right) for sure, right in readings if least <= sure < above]
        if some:
            mean = sum(sure for sure, _ in some) / len(some)
            right = sum(right for _, right in some) / len(some)
            upto = "more" if above > 1 else f"{above - 0.01:.2f}"
            lines.append(f"| {least:.2f} to {upto} | {len(some)} | {mean:.0%} | {right:.0%} |")
        above = least
    return lines
