"""Exercise questions for any case, computed from the rows that a person has looked at.

Each maker below gives one question of its sort, or None where the case has too little for it. The
right answer is what the rows say; wrong options are the values of other rows; replies and hints
name the row in words. Rows of the first pass are never asked.
"""

import itertools
import random
from dataclasses import dataclass, field

from ..case.first_pass import is_first_pass, open_sources
from ..case.read import shorten
from ..evidence.ledger import ledger
from ..reuse import stamped
from .words import WORDS

MODES, STATUSES, STANCES, REASONS = (WORDS[name] for name in ("mode", "status", "stance", "why"))
SAYS, SAYS_NOT = "the text says so", "the text does not say so"
COPIED, APART = "shares a passage word for word", "no shared passage was found"
MOST = 6  # parts of one question


@dataclass
class DraftQuestion:
    """A question before it is written down."""

    kind: str
    title: str
    prompt: str
    explain: str
    answer: object  # plain value: as a solution notebook sets it
    sort: str = ""  # which of the makers it is from
    hints: list[str] = field(default_factory=list)
    # what the kind needs besides: labels, statements, options
    fields: dict = field(default_factory=dict)
    wrong: list[dict] = field(default_factory=list)  # replies: ``answer`` or ``part``, and ``say``
    look: dict[str, str] = field(default_factory=dict)  # part to the row to look at again


class Material:
    """The checked rows of a case, and the words that questions need of them.

    Another number in ``draw`` draws other rows.
    """

    def __init__(self, case, draw=0):
        self.case = case
        self.draw = random.Random(f"questions/{case.name}/{draw}")
        self.open_sources = open_sources(case)
        # the first pass writes this table, and it stays when all of its rows are gone
        self.begun_by_machine = (case.folder / "heads.csv").exists()
        self.claims = [c for c in case.claims if not is_first_pass(c)]
        ids = {c.claim_id for c in self.claims}

        def checked(rows):
            rows = [row for row in rows if row.claim_id in ids and not is_first_pass(row)]
            return [row for row in rows if row.source_id not in self.open_sources]

        self.tellings = checked(case.assertions)
        self.figures = [f for f in checked(case.figures) if f.source_id and f.as_printed]
        self.copies = [r for r in case.reuse_key if not is_first_pass(r) and r.a_item != r.b_item]

    def voice(self, agent_id):
        """What a voice is called."""
        return self.case.agents[agent_id].name

    def piece(self, item_id):
        """A piece in words: its outlet and its headline."""
        item = self.case.items[item_id]
        return f"{self.outlet(item.source_id)}, “{short_name(item.headline)}”"

    def outlet(self, source_id):
        """What the publisher of a document is called."""
        return self.voice(self.case.sources[source_id].outlet)

    def told(self, telling):
        """A telling in words: its piece, its passage, and what is said."""
        # the marks of a quotation are to be found in the passage
        around, words = self.passage(telling), self.words(telling).strip(' "“”„«»,')
        return {"piece": self.piece(telling.item_id), "passage": around, "words": words}

    def pair(self, items):
        """Two pieces in words."""
        return dict(zip("ab", map(self.piece, items), strict=True))

    def claim(self, row):
        """A claim in words, whole and short."""
        return {"claim": row.text, "short": short_name(row.text)}

    def passage(self, telling):
        """The passage of a telling, or None where its text is not at hand."""
        try:
            words = self.case.quotation(telling.passage_id)
        except LookupError:
            return None
        return " ".join(words.split()) if words else None

    def words(self, telling):
        """What is said in a telling."""
        try:
            spans = [self.case.stretch(telling.source_id, *span) for span in telling.content_spans]
        except LookupError:
            return None
        return None if None in spans else " ".join(" ".join(spans).split())

    def quoted(self):
        """Tellings whose passage is at hand and short enough to be read in a question."""
        out = []
        for a in self.tellings:
            words, around = self.words(a), self.passage(a)
            if words and around and len(around) < 700:
                out.append(a)
        return out

    def sample(self, rows, by, most=MOST):
        """At most so many rows, as mixed as they can be in what ``by`` gives."""
        groups = {}
        for row in self.draw.sample(rows, len(rows)):
            groups.setdefault(by(row), []).append(row)
        out = []
        while len(out) < most and any(groups.values()):
            for rows_of in groups.values():
                if rows_of and len(out) < most:
                    out.append(rows_of.pop())
        return self.draw.sample(out, len(out))


def short_name(words):
    """A headline or a claim, short enough to stand inside a sentence."""
    return shorten(words, 60).rstrip(".")


def _mapping(
    name, rows, answer, told, least=2, more=(), look=True, explain="", alignment=None, **fields
):
    """A question that asks one thing of each row; ``name`` is that of its entry in ``words.toml``.

    None for less than ``least`` rows, or where all have one answer. Called with a row, ``answer``
    gives its right label, ``told`` the words for the entry's ``line`` and ``reply``, ``alignment``
    how its text stands to the official account. ``more`` are labels that are wrong for all.
    ``look`` says whether the rows have a citation of their own to look at; ``explain`` is said in
    place of the entry's.
    """
    labels = sorted({answer(row) for row in rows})
    if len(rows) < least or len(labels) < 2:
        return None
    labels, words = sorted({*labels, *more})[:8], WORDS["questions"][name]
    keyed = dict(zip("abcdefghij", rows, strict=False))
    statements, wrong = [], []
    for key, row in keyed.items():
        text = words["line"].format(**told(row))
        stands = alignment(row) if alignment else "unclear"
        statements.append({"key": key, "text": text, "alignment": stands})
        wrong.append({"part": key, "say": words["reply"].format(**told(row))})
    return DraftQuestion(
        "mapping",
        *(words["title"], words["prompt"], explain or words["explain"]),
        {key: answer(row) for key, row in keyed.items()},
        hints=words["hints"],
        fields={"labels": labels} | fields | {"statement": statements},
        wrong=wrong,
        look={key: row.cite for key, row in keyed.items()} if look else {},
    )


def whose_words(m):
    """Who is said to say so, in the text's own words."""
    rows = [a for a in m.quoted() if m.case.agents[a.agent].kind != "unnamed"]
    rows = m.sample(rows, lambda a: a.agent)
    others = [v.name for v in m.case.agents if v.kind == "person"]
    return _mapping("whose_words", rows, lambda a: m.voice(a.agent), m.told, 3, others[:2])


def chain(m):
    """Through how many mouths something came."""
    rows = [a for a in m.quoted() if len(a.chain) > 1]
    if not rows:
        return None
    longest = max(len(a.chain) for a in rows)
    a = m.draw.choice([a for a in rows if len(a.chain) == longest])
    steps = [step.agent for step in a.chain]
    others = [v.agent_id for v in m.case.agents if v.agent_id not in steps and v.kind != "unnamed"]
    options = [*steps, *m.draw.sample(others, min(2, len(others)))]
    options = m.draw.sample(options, len(options))
    words = WORDS["questions"]["chain"]
    return DraftQuestion(
        "ordering",
        words["title"],
        words["prompt"].format(**m.told(a)),
        words["explain"],
        steps,
        hints=words["hints"],
        fields={"option": [{"key": v, "text": m.voice(v)} for v in options]},
        wrong=[{"answer": steps[::-1], "say": words["reply"]}],
    )


def mode(m):
    """How words are given: word for word, or told."""
    rows = m.sample(m.quoted(), lambda a: MODES[a.mode])
    return _mapping("mode", rows, lambda a: MODES[a.mode], m.told, 3)


def same_text(m):
    """Which pairs of pieces share a passage, and in which none was found."""
    shared = {frozenset((r.a_item, r.b_item)) for r in m.case.reuse_key}
    checked = {tuple(sorted((r.a_item, r.b_item))) for r in m.copies}
    items = sorted({a.item_id for a in m.tellings})
    apart = [p for p in itertools.combinations(items, 2) if frozenset(p) not in shared]
    together = m.sample(sorted(checked), lambda pair: pair[0], 3)
    apart = m.draw.sample(apart, min(3, len(apart)))
    rows = m.draw.sample([*together, *apart], len(together) + len(apart))

    def answer(pair):
        return COPIED if pair in checked else APART

    labels = [COPIED, APART]
    return _mapping("same_text", rows, answer, m.pair, look=False, labels=labels)


def why_shared(m):
    """Why two pieces share a passage."""

    def told(r):
        source = m.case.items[r.a_item].source_id
        words = " ".join((m.case.stretch(source, r.a_start, r.a_end) or "…").split())
        return m.pair((r.a_item, r.b_item)) | {"words": shorten(words, 100)}

    rows = m.sample([r for r in m.copies if r.why in REASONS], lambda r: r.why, 4)
    return _mapping(
        "why_shared",
        rows,
        lambda r: REASONS[r.why],
        told,
        look=False,
        explain=" ".join(r.evidence.rstrip(".") + "." for r in rows if r.evidence),
    )


def number(m):
    """A number and what it counts."""
    named = {}
    for f in m.figures:
        if f.value_max is None and f.value is not None and f.passage_id:
            named.setdefault(f.counts, f)
    if len(named) < 3:
        return None
    longest = max(map(len, named))
    f = named[m.draw.choice([c for c in named if len(c) == longest])]
    others = [c for c in named if c != f.counts]
    options = m.draw.sample([f.counts, *others[:3]], min(4, len(named)))
    words = WORDS["questions"]["number"]
    told = {
        "piece": m.piece(m.case.passages[f.passage_id].item_id),
        "claim": m.case.claims[f.claim_id].text,
        "printed": f.as_printed,
        "counts": f.counts,
    }
    reply = words["reply"].format(**told)
    return DraftQuestion(
        "number",
        words["title"],
        words["prompt"].format(**told),
        words["explain"].format(**told),
        {"value": f.value, "counts": f.counts},
        hints=words["hints"],
        fields={
            "shown": True,
            "field": [{"name": "counts", "ask": words["ask"], "options": options}],
        },
        wrong=[{"answer": {"counts": o}, "say": reply} for o in options if o != f.counts],
        look={"value": f.cite},
    )


def drift(m):
    """Whether a number stays the same on its way."""
    claims = {}
    for f in m.figures:
        claims.setdefault(f.claim_id, {}).setdefault(f.source_id, []).append(f)
    day = {s.source_id: stamped(s.published, s.published_note) or "9" for s in m.case.sources}
    first = {}
    for texts in claims.values():
        if any(len(rows) > 1 for rows in texts.values()):
            continue  # which of two numbers of one text is meant, nobody could tell
        ordered = [f for rows in texts.values() for f in rows]
        ordered.sort(key=lambda f: (day[f.source_id], f.source_id))
        first |= {f.figure_id: (f, ordered[0]) for f in ordered[1:]}

    def answer(f):
        before = first[f.figure_id][1]
        if f.value != before.value or f.unit != before.unit:
            return "another number"
        same = f.counts == before.counts
        return "the same number" if same else "the same number, for something else"

    def told(f):
        before = first[f.figure_id][1]
        return {
            "first": m.outlet(before.source_id),
            "printed": f"{before.as_printed} {before.unit}",
            "counts": before.counts,
            "later": m.outlet(f.source_id),
        }

    figures = [f for f, _ in first.values()]
    more = {"the same number", "another number", *map(answer, figures)}
    return _mapping("drift", m.sample(figures, answer), answer, told, more=more)


def starting_points(m):
    """How many starting points the tellings of a claim have."""
    tree, counted = ledger(m.case), {}
    assertions = m.case.assertions
    guessed = {a.claim_id for a in assertions if is_first_pass(a) or a.source_id in m.open_sources}
    for c in m.claims:
        if c.claim_id in guessed:
            continue
        one = tree.claim(c.claim_id)
        if one.n > 1 and one.whole:
            counted[c.claim_id] = one.n, len(one.whole)

    def starts(c):
        return str(counted[c.claim_id][1])

    def told(c):
        return m.claim(c) | {"n": counted[c.claim_id][0]}

    rows = m.sample([c for c in m.claims if c.claim_id in counted], starts, 5)
    return _mapping("starting_points", rows, starts, told, more="123")


@dataclass(frozen=True)
class Carried:
    """A claim and a text or an account that may carry it; ``cite`` is that one's citation."""

    claim: str
    words: str
    alignment: str
    cite: str


def says_or_not(m):
    """Which texts and accounts say a claim, and which do not: both ways."""
    yes, no = _carried(m)
    yes, no = _evenly(m, yes, no)
    if len(yes) < 2:
        return None
    rows = _mixed(m, yes, no)
    # where nobody has judged how the texts stand to an official account, no account is set against
    # them either: a check would ask for texts that are aligned with it
    judged = any(s.alignment != "unclear" for s in m.case.sources)
    return _mapping(
        "says_or_not",
        rows,
        lambda p: SAYS if p in yes else SAYS_NOT,
        lambda p: m.claim(m.case.claims[p.claim]) | {"words": p.words},
        labels=[SAYS, SAYS_NOT],
        alignment=lambda p: p.alignment if judged else "unclear",
        accepting=[SAYS],
    )


def _carried(m):
    """What carries a claim, and what speaks of the topic and does not.

    In a case that a machine began, a telling that is missing may only be one that it missed: there
    a person has to have looked.
    """
    told_pairs = {(a.claim_id, a.item_id) for a in m.case.assertions}
    items = sorted({a.item_id for a in m.tellings})
    yes = sorted({(a.claim_id, a.item_id) for a in m.tellings})
    no = itertools.product([c.claim_id for c in m.claims], items)
    if m.begun_by_machine:
        silent = {(s.claim_id, s.item_id) for s in m.case.silences}
        pairs = itertools.product([c.claim_id for c in m.claims], m.case.items.ids)
        no = (pair for pair in pairs if pair in silent)
    no = [pair for pair in no if pair not in told_pairs]

    def carried(claim, item):
        alignment = m.case.sources[m.case.items[item].source_id].alignment
        return Carried(claim, m.piece(item), alignment, f"items/{item}")

    sentences = [[carried(*pair) for pair in pairs] for pairs in (yes, no)]
    ids = {c.claim_id for c in m.claims}
    for f in (f for f in m.case.findings if f.claim_id in ids):
        side = {"supports": 0, "silent": 1, "contradicts": 1}.get(f.stance)
        if side is not None:
            title = m.case.accounts[f.account_id].title
            sentences[side].append(
                Carried(f.claim_id, title, "independent", f"accounts/{f.account_id}")
            )
    return sentences


def _evenly(m, yes, no, most=4):
    """As many of one sort as of the other under each alignment: who trusts by it learns nothing."""
    chosen = [], []
    kinds = sorted({one.alignment for one in [*yes, *no]})
    for kind in kinds:
        of_kind = [[one for one in sort if one.alignment == kind] for sort in (yes, no)]
        some = min(*map(len, of_kind), max(1, most // len(kinds)))
        for into, sort in zip(chosen, of_kind, strict=True):
            into += m.sample(sort, lambda one: one.cite, some)
    return chosen


def _mixed(m, yes, no):
    """Both sorts in a drawn order in which they do not take turns."""
    rows = [*yes, *no]
    for _ in range(200):
        order = m.draw.sample(rows, len(rows))
        turns = sum((a in yes) != (b in yes) for a, b in itertools.pairwise(order))
        in_step = sum((p in yes) == (n % 2 == 0) for n, p in enumerate(order))
        if turns <= len(order) * 2 // 3 and abs(2 * in_step - len(order)) <= 2:
            break
    return order


def how_known(m):
    """How well each claim is known."""
    rows = m.sample(m.claims, lambda c: c.status)
    labels = [words for key, words in STATUSES.items() if key in {c.status for c in m.claims}]
    explain = " ".join(f"{c.text.rstrip('.')}: {c.why}" for c in rows)
    return _mapping(
        "how_known",
        rows,
        lambda c: STATUSES[c.status],
        m.claim,
        least=3,
        explain=explain,
        labels=labels,
    )


def stance(m):
    """What an account from outside says on the claims."""
    ids = {c.claim_id for c in m.claims}
    rows = m.sample([f for f in m.case.findings if f.claim_id in ids], lambda f: f.stance)

    def told(f):
        account = m.case.accounts[f.account_id].title
        return m.claim(m.case.claims[f.claim_id]) | {"account": account, "found": f.paraphrase}

    return _mapping("stance", rows, lambda f: STANCES[f.stance], told)


#: in the order of the lessons
MAKERS = {
    "whose words": whose_words,
    "word for word or told": mode,
    "through how many mouths": chain,
    "one text or two": same_text,
    "why they share it": why_shared,
    "a number and its definition": number,
    "does the number stay the same": drift,
    "does the text say so": says_or_not,
    "how well it is known": how_known,
    "how many starting points": starting_points,
    "what an account from outside says": stance,
}


def ask(case, draw=0) -> tuple[list[DraftQuestion], list[str]]:
    """Every question that the checked rows of a case give, in the order of the lessons.

    After them come the sorts for which the case has too little. Another number in ``draw`` draws
    other rows, where there are more than a question holds.
    """
    material, asked, missing = Material(case, draw), [], []
    for sort, make in MAKERS.items():
        one = make(material)
        if one is None:
            missing.append(sort)
        else:
            one.sort = sort
            asked.append(one)
    return asked, missing
