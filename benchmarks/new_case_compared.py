"""A first pass beside a case that is finished: what it found, missed and made up.

Only for cases whose texts are at hand. Rows are matched by their place in the text: pieces by exact
offsets, readings one to one as ``whosays.attribution.score`` does, figures and copies where they overlap.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from whosays.attribution import score
from whosays.attribution.score import Measure, common
from whosays.case.case import load_case
from whosays.evidence.ledger import ledger
from whosays.newcase.pack import new_case

try:  # run as a script, or taken from the tests
    from figures_score import score_finder
    from new_case_small import confidence, sure
except ImportError:
    from .figures_score import score_finder
    from .new_case_small import confidence, sure


@dataclass(frozen=True)
class Comparison:
    """What was compared.

    Attributes
    ----------
    measures : dict of str to Measure
        Precision and recall of pieces, statements, figures, copies and claims.
    shares : dict of str to (int, int)
        How many of how many are right: heads, modes, values, units.
    chains : float
        Mean share of a relay chain that is right, voices matched by name.
    origins : dict of str to (int, int)
        For claims with a matched reading: how many have as many starting points as is true, by two
        ways to count.
    readings : list of (float, bool)
        The confidence of each reading with a cue, and whether it meets a statement of the key.
    pieces : (int, int)
        Claims whose number of pieces is that of the finished case, of those with a matched reading.
    """

    measures: dict
    shares: dict
    chains: float
    readings: list
    origins: dict
    pieces: tuple


def rebuild(name, folder):
    """Make a case anew from its texts; returns the new case and which of its sources is which, or None.

    Parameters
    ----------
    name : str
        A case whose texts are at hand.
    folder : pathlib.Path
        An empty folder to work in.
    """
    case = load_case(name)
    if not all(case.has_text(s.source_id) for s in case.sources):
        return None
    (folder / "from").mkdir()
    for source in case.sources:
        (folder / "from" / f"{source.source_id}.txt").write_bytes(
            case.text(source.source_id).encode("utf-8")
        )
    new_case(folder / "case", folder / "from")
    return case, load_case(folder / "case")


def compare(truth, made):
    """A first pass beside the finished case.

    Parameters
    ----------
    truth, made : Case
        With the same source ids and texts.

    Returns
    -------
    Comparison
    """
    matched, statements = _readings(truth, made)
    measures = {
        "pieces (exact beginning and end)": _sets(
            *({(i.source_id, i.start, i.end) for i in c.items} for c in (truth, made))
        ),
        **statements,
        "figures": _figures(truth, made)[0],
        "copied passages": _copies(truth, made, all_rows=True),
        "the same, the key without set phrases": _copies(truth, made, all_rows=False),
        "pairs of pieces that share words": _sets(_pairs(truth), _pairs(made)),
        "readings told as one claim": _claims(matched),
    }
    found, values, units, qualifiers = _figures(truth, made)[1]
    modes = sum(a.mode in {g.mode, *(g.modes_accepted or ())} for g, a in matched)
    shares = {**_heads(truth, made), "mode, of matched readings": (modes, len(matched))}
    shares |= {
        "value, of figures found": (values, found),
        "qualifier, of figures found": (qualifiers, found),
        "unit, of figures found": (units, found),
    }
    shares |= _directions(truth, made)
    chains = _chains(truth, made, matched)
    met = {a.assertion_id for _, a in matched}
    readings = [(sure(a), a.assertion_id in met) for a in made.assertions if a.cue_spans]
    return Comparison(measures, shares, chains, readings, *_origins(truth, made, matched))


def _sets(truth, made):
    return Measure(len(truth & made), len(made), len(truth))


def _heads(truth, made):
    shares = {}
    names = {a.agent_id: {n.casefold() for n in (a.name, *(a.aliases or ()))} for a in truth.agents}
    for column in ("outlet", "author", "published", "genre", "headline"):
        right = blank = 0
        for source in truth.sources:
            own = made.sources[source.source_id]
            want, given = source[column], own[column]
            if column in ("outlet", "author"):
                agent = made.agents[given] if given else None
                given = None if agent is None or agent.kind == "unnamed" else agent.name.casefold()
                fits = given is not None and want is not None and given in names[want]
            else:
                fits = given == want and want is not None
            right += fits or (want is None and given is None)
            blank += given is None and want is not None
        shares[f"{column} of a document" + (f" ({blank} left empty)" if blank else "")] = (
            right,
            len(truth.sources),
        )
    return shares


def _readings(truth, made):
    """Matched pairs of assertions, and the measures over all documents."""
    pairs, totals = (
        [],
        {
            name: [0, 0, 0]
            for name in ("all statements", "statements with a cue", "statements without one")
        },
    )
    for source in truth.sources:
        text = truth.text(source.source_id)
        gold, own = (list(c.assertions.where(source_id=source.source_id)) for c in (truth, made))
        whole = score(gold, own, text)
        pairs += whole.pairs
        for name, kept in (
            ("all statements", None),
            ("statements with a cue", True),
            ("statements without one", False),
        ):
            rows = [
                [a for a in side if kept is None or bool(a.cue_spans) == kept]
                for side in (gold, own)
            ]
            found = score(*rows, text).relations
            for i, n in enumerate((found.right, found.answered, found.expected)):
                totals[name][i] += n
    return pairs, {name: Measure(*counts) for name, counts in totals.items()}


class _Find:
    """A row of ``figures`` as the finder's score takes it."""

    def __init__(self, row):
        self.span, self.value, self.value_max, self.qualifier = (
            (row.start, row.end),
            row.value,
            row.value_max,
            row.qualifier,
        )


def _figures(truth, made):
    texts = {
        truth.text(s.source_id): [_Find(f) for f in made.figures.where(source_id=s.source_id)]
        for s in truth.sources
    }
    found = score_finder(truth, texts.__getitem__)
    units = sum(
        any(
            r.start < f.end
            and f.start < r.end
            and r.unit.casefold().rstrip("s") == f.unit.casefold().rstrip("s")
            for r in made.figures.where(source_id=f.source_id)
        )
        for f in truth.figures
        if f.start is not None
    )
    return Measure(found.found, found.found + found.extra, found.found + found.missed), (
        found.found,
        found.values,
        units,
        found.qualifiers,
    )


def _places(case, row):
    return {
        (case.items[row[f"{s}_item"]].source_id, row[f"{s}_start"], row[f"{s}_end"]) for s in "ab"
    }


def _copies(truth, made, all_rows):
    key = [
        r
        for r in truth.reuse_key
        if r.a_start is not None
        and (all_rows or (r.why != "set_phrase" and r.kind != "paraphrase"))
    ]
    every = [r for r in truth.reuse_key if r.a_start is not None]

    def meet(a, b):
        a, b = list(_places(truth, a)), list(_places(made, b))
        return (
            len(a) == 2
            and len(b) == 2
            and any(
                all(
                    x[0] == y[0] and x[1] < y[2] and y[1] < x[2]
                    for x, y in zip(a, order, strict=True)
                )
                for order in (b, b[::-1])
            )
        )

    right = sum(any(meet(k, r) for k in every) for r in made.reuse_key)
    found = sum(any(meet(k, r) for r in made.reuse_key) for k in key)
    return Measure(right, len(made.reuse_key), len(key), found)


def _directions(truth, made):
    """Of the copies found whose direction the key knows: told right, told wrong."""
    right = wrong = known = 0
    for row in made.reuse_key:
        places = {
            s: (made.items[row[f"{s}_item"]].source_id, row[f"{s}_start"], row[f"{s}_end"])
            for s in "ab"
        }
        for key in truth.reuse_key:
            if key.direction == "undecided" or key.a_start is None:
                continue
            ends = {
                s: (truth.items[key[f"{s}_item"]].source_id, key[f"{s}_start"], key[f"{s}_end"])
                for s in "ab"
            }
            for turned in (False, True):
                pairs = [(places[s], ends["ba"["ab".index(s)] if turned else s]) for s in "ab"]
                if (
                    all(x[0] == y[0] and x[1] < y[2] and y[1] < x[2] for x, y in pairs)
                    and row.a_item != row.b_item
                ):
                    known += 1
                    same = row.direction == (
                        key.direction
                        if not turned
                        else {"a_to_b": "b_to_a", "b_to_a": "a_to_b"}[key.direction]
                    )
                    right += same
                    wrong += not same and row.direction != "undecided"
    return {
        "who had a copy first, where the key knows": (right, known),
        "the same, told wrongly": (wrong, known),
    }


def _pairs(case):
    made = set()
    for row in case.reuse_key:
        if row.kind != "paraphrase":
            made.add(
                frozenset(
                    (case.items[row[f"{s}_item"]].source_id, case.items[row[f"{s}_item"]].start)
                    for s in "ab"
                )
            )
    return made


def _claims(matched):
    """Of all pairs of matched readings: which are one claim in the key, and which in the first pass."""
    truth, made = set(), set()
    for (i, (g, a)), (j, (h, b)) in combinations(enumerate(matched), 2):
        if g.claim_id == h.claim_id:
            truth.add((i, j))
        if a.claim_id == b.claim_id:
            made.add((i, j))
    return _sets(truth, made)


def _chains(truth, made, matched):
    names = {n.casefold(): a.agent_id for a in truth.agents for n in (a.name, *(a.aliases or ()))}

    def known(agent_id):
        agent = made.agents[agent_id]
        plain = agent.name.casefold()
        ids = [
            names[n]
            for n in (
                plain,
                plain.removeprefix("the "),
                *(x.casefold() for x in agent.aliases or ()),
            )
            if n in names
        ]
        return ids[0] if ids else f"new: {agent_id}"

    told = [
        common([s.agent for s in g.chain], [known(s.agent) for s in a.chain])
        / max(len(g.chain), len(a.chain))
        for g, a in matched
    ]
    return sum(told) / len(told) if told else 0.0


def _origins(truth, made, matched):
    by_claim = {}
    for g, a in matched:
        by_claim.setdefault(g.claim_id, []).append(a)
    true, first = ledger(truth), ledger(made)
    counts = Counter()
    for claim, rows in by_claim.items():
        most = Counter(a.claim_id for a in rows).most_common(1)[0][0]
        told = [a for a in made.assertions if a.claim_id == most]
        voices = {a.agent for a in told if made.agents[a.agent].kind != "unnamed"}
        begins = len(true.starts(claim).whole)
        counts["starts"] += len(first.starts(most).whole) == begins
        counts["voices"] += len(voices) == begins
        counts["more"] += len(voices) > begins
        counts["n"] += first.claim(most).n == true.claim(claim).n
    n = len(by_claim)
    return {
        "starting points for the whole claim as the ledger has them (a statement is none)": (
            counts["starts"],
            n,
        ),
        "named innermost voices": (counts["voices"], n),
        "named innermost voices, more than there are starting points": (counts["more"], n),
    }, (counts["n"], n)


def report(name, folder):
    """The comparison as lines of Markdown, or None where the texts are not at hand."""
    cases = rebuild(name, folder)
    if cases is None:
        return None
    truth, made = cases
    found = compare(truth, made)
    lines = [
        f"## {name}: {len(truth.sources)} texts",
        "",
        "| | in the key | found | precision | recall |",
        "|---|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {what} | {m.expected} | {m.answered} | {m.precision:.0%} | {m.recall:.0%} |"
        for what, m in found.measures.items()
    ]
    lines += ["", "| | right | of |", "|---|--:|--:|"]
    lines += [f"| {what} | {right} | {of} |" for what, (right, of) in found.shares.items()]
    lines += [f"| mean share of a relay chain | {found.chains:.0%} | |"]
    lines += [f"| claims with the right number of pieces | {found.pieces[0]} | {found.pieces[1]} |"]
    lines += [f"| claims: {what} | {right} | {of} |" for what, (right, of) in found.origins.items()]
    return [*lines, "", *confidence(found.readings), ""]


NOTES = [
    "## How to read this",
    "",
    "- **Statements.** The key of the practice case splits a sentence into as many statements as it has claims; the first pass gives a",
    "  sentence or an attribution one. Matching is one to one, so recall cannot reach 100 % and a find can be right where it is counted as",
    "  too much. Statements without a cue are the outlet's own: the first pass takes sentences with a number, or shared with another piece.",
    "- **Copied passages.** Precision is measured against every row of the key. The key lists every run of six words or more that two pieces",
    "  share, and the paraphrases; the first pass lists what is long or rare enough to be no set phrase, and no paraphrase.",
    "- **Claims.** Contents are told as one claim when they share most of their words. What is said again in other words stays apart, until",
    "  a reader joins it.",
    "- **Confidence.** *Mean* is what the reader says of its readings, *right* how many of them are. In the small cases a reading is right",
    "  when what is said, whether it is said or denied, and who says it are right; in the kit's two cases when it meets a statement of the",
    "  key, one to one, so that *right* can be too low there.",
    "- **The small cases** are short, in plain news English, and written for this by people who know the reader: texts of your own will do",
    "  worse. A statement is found when reading and mark share half of the longer of the two.",
    "- **Origins.** A machine cannot read where a voice has something from. The first pass enters each innermost voice as a statement, which",
    "  by the rules of independence counts for no origin, and says so in the to-do list. Counting voices in its place is the mistake that",
    "  lesson 06 is about: the last row says how often it would claim too much.",
]
