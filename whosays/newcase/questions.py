"""Exercise questions for any case, computed from the rows that a person has looked at.

Each maker below gives one question of its sort, or None where the case has too little for it. The
right answer is what the rows say; wrong options are the values of other rows; replies and hints
name the row in words. Rows of the first pass are never asked.
"""

import itertools
import random
from dataclasses import dataclass, field

from ..case.first_pass import is_first_pass, open_sources
from ..evidence.ledger import ledger
from .edit import short_name

MODES = {
    "direct": "word for word, in quotation marks", "indirect": "in the writer’s words",
    "mixed": "partly word for word", "hedged": "as something said, by nobody named",
    "passive_no_source": "as something said, by nobody named", "narrative_report": "in the writer’s words",
    "unattributed": "in the text’s own voice", "scare_quotes": "partly word for word",
}  # fmt: skip
STATUSES = {
    "settled": "settled", "open": "open", "contested": "contested", "does_not_hold": "does not hold",
}  # fmt: skip
STANCES = {
    "supports": "says so too", "supports_in_part": "says so in part", "qualifies": "says so with a limit",
    "contradicts": "says otherwise", "silent": "does not speak of it",
}  # fmt: skip
REASONS = {
    "same_release": "both used one release", "wire_copy": "one carries an agency’s text",
    "one_from_other": "one took it from the other", "common_quotation": "both quote the same words",
    "set_phrase": "it is a set phrase",
}  # fmt: skip
SAYS, SAYS_NOT = "the text says so", "the text does not say so"
COPIED, APART = "shares a passage word for word", "no shared passage was found"
MOST = 6  # parts of one question


@dataclass
class Asked:
    """A question before it is written down.

    Attributes
    ----------
    kind, title, prompt, explain : str
    answer : plain value
        As a solution notebook sets it.
    sort : str
        Which of the makers it is from.
    hints : list of str
    fields : dict
        What the kind needs besides: labels, statements, options.
    wrong : list of dict
        Replies: ``answer`` or ``part``, and ``say``.
    look : dict of str to str
        Part to the row to look at again.
    """

    kind: str
    title: str
    prompt: str
    explain: str
    answer: object
    sort: str = ""
    hints: list = field(default_factory=list)
    fields: dict = field(default_factory=dict)
    wrong: list = field(default_factory=list)
    look: dict = field(default_factory=dict)


class Material:
    """The checked rows of a case, and the words that questions need of them.

    Parameters
    ----------
    case : Case
    draw : int
        Another number draws other rows.
    """

    def __init__(self, case, draw=0):
        self.case = case
        self.draw = random.Random(f"questions/{case.name}/{draw}")
        self.open_sources = open_sources(case)
        # the first pass writes this table, and it stays when all of its rows are gone
        self.begun_by_machine = (case.folder / "heads.csv").exists()
        self.claims = [c for c in case.claims if not is_first_pass(c)]
        ids = {c.claim_id for c in self.claims}
        self.tellings = [
            a
            for a in case.assertions
            if a.claim_id in ids and not is_first_pass(a) and a.source_id not in self.open_sources
        ]
        self.figures = [
            f
            for f in case.figures
            if not is_first_pass(f)
            and f.claim_id in ids
            and f.source_id
            and f.source_id not in self.open_sources
            and f.as_printed
        ]
        self.copies = [r for r in case.reuse_key if not is_first_pass(r) and r.a_item != r.b_item]

    def voice(self, agent_id):
        """What a voice is called."""
        return self.case.agents[agent_id].name

    def piece(self, item_id):
        """A piece in words: its outlet and its headline."""
        item = self.case.items[item_id]
        return (
            f"{self.voice(self.case.sources[item.source_id].outlet)}, “{short_name(item.headline)}”"
        )

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
        found = []
        for a in self.tellings:
            words, around = self.words(a), self.passage(a)
            if words and around and len(around) < 700:
                found.append(a)
        return found

    def sample(self, rows, by, most=MOST):
        """At most so many rows, as mixed as they can be in what ``by`` gives."""
        groups = {}
        for row in self.draw.sample(rows, len(rows)):
            groups.setdefault(by(row), []).append(row)
        made = []
        while len(made) < most and any(groups.values()):
            for rows_of in groups.values():
                if rows_of and len(made) < most:
                    made.append(rows_of.pop())
        return self.draw.sample(made, len(made))


def _statements(rows, text, alignment=lambda row: "unclear"):
    return [
        {"key": key, "text": text(row), "alignment": alignment(row)}
        for key, row in zip("abcdefghij", rows, strict=False)
    ]


def _by_key(rows, value):
    return {key: value(row) for key, row in zip("abcdefghij", rows, strict=False)}


def _replies(rows, say):
    return [{"part": key, "say": say(row)} for key, row in zip("abcdefghij", rows, strict=False)]


def _look(rows):
    return {key: row.cite for key, row in zip("abcdefghij", rows, strict=False)}


def _alignment(m, source_id):
    return m.case.sources[source_id].alignment


def whose_words(m):
    """Who is said to say so, in the text's own words."""
    rows = [a for a in m.quoted() if m.case.agents[a.agent].kind != "unnamed"]
    rows = m.sample(rows, lambda a: a.agent)
    voices = sorted({m.voice(a.agent) for a in rows})
    if len(rows) < 3 or len(voices) < 2:
        return None
    others = [m.voice(v.agent_id) for v in m.case.agents if v.kind == "person"]
    voices = sorted({*voices, *others[:2]})[:8]
    return Asked(
        "mapping", "Whose words?",
        "Each line has a passage, and below it a part of it. Who is said to say that part?",
        "The verb of saying shows whose words they are. Where there is none, the outlet speaks.",
        _by_key(rows, lambda a: m.voice(a.agent)),
        hints=["Look for the verb of saying, and for who stands beside it.", "No verb of saying? Then the text itself speaks."],
        fields={"labels": voices, "statement": _statements(rows, lambda a: f"{m.piece(a.item_id)}: {m.passage(a)} → {m.words(a)}")},
        wrong=_replies(rows, lambda a: f"Read the passage in {m.piece(a.item_id)} again: whose name stands beside the verb of saying?"),
        look=_look(rows),
    )  # fmt: skip


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
    return Asked(
        "ordering", "Through how many mouths?",
        f"{m.piece(a.item_id)} has this passage:\n\n> {m.passage(a)}\n\nIt says there: “{m.words(a)}” Put the voices in order. Begin with who printed it, and end with whose words they are said to be. Not all names belong.",
        "Each voice has it from the next. The last one is who can be asked.",
        steps,
        hints=["Who printed the text you hold?", "Whom does that one name as the voice behind it?"],
        fields={"option": [{"key": v, "text": m.voice(v)} for v in options]},
        wrong=[{"answer": steps[::-1], "say": "That runs from the inside outwards. Begin with the text that you hold."}],
    )  # fmt: skip


def mode(m):
    """How words are given: word for word, or told."""
    rows = m.sample(m.quoted(), lambda a: MODES[a.mode])
    labels = sorted({MODES[a.mode] for a in rows})
    if len(rows) < 3 or len(labels) < 2:
        return None
    return Asked(
        "mapping", "Word for word, or told?",
        "How does the text give the part below each passage?",
        "Quotation marks promise the very words. A verb of saying without them gives the sense only.",
        _by_key(rows, lambda a: MODES[a.mode]),
        hints=["Are there quotation marks around it?", "Is somebody named who says it?"],
        fields={"labels": labels, "statement": _statements(rows, lambda a: f"{m.piece(a.item_id)}: {m.passage(a)} → {m.words(a)}")},
        wrong=_replies(rows, lambda a: f"Look at the marks and the verb in {m.piece(a.item_id)}. Which of the two is there?"),
        look=_look(rows),
    )  # fmt: skip


def same_text(m):
    """Which pairs of pieces share a passage, and in which none was found."""
    shared = {frozenset((r.a_item, r.b_item)) for r in m.case.reuse_key}
    checked = {frozenset((r.a_item, r.b_item)): r for r in m.copies}
    items = sorted({a.item_id for a in m.tellings})
    apart = [
        frozenset((x, y)) for n, x in enumerate(items) for y in items[n + 1 :] if frozenset((x, y)) not in shared
    ]  # fmt: skip
    some = (
        m.sample(sorted(map(sorted, checked)), lambda pair: pair[0], 3),
        m.draw.sample(sorted(map(sorted, apart)), min(3, len(apart))),
    )
    if not all(some):
        return None
    rows = m.draw.sample([*some[0], *some[1]], len(some[0]) + len(some[1]))
    return Asked(
        "mapping", "One text, or two?",
        "Set the two pieces of each line side by side. Do they share a passage, or was none found?",
        "Long runs of the same words are no chance. Two texts that tell one event in their own words share names and numbers only.",
        _by_key(rows, lambda pair: COPIED if frozenset(pair) in checked else APART),
        hints=["Look for ten words in a row that are the same.", "Names and numbers may be the same in texts that were written apart."],
        fields={"labels": [COPIED, APART], "statement": _statements(rows, lambda p: f"{m.piece(p[0])} and {m.piece(p[1])}")},
        wrong=_replies(rows, lambda p: f"Read {m.piece(p[0])} and {m.piece(p[1])} line by line: is there a sentence that both have?"),
    )  # fmt: skip


def why_shared(m):
    """Why two pieces share a passage."""
    rows = m.sample([r for r in m.copies if r.why in REASONS], lambda r: r.why, 4)
    labels = sorted({REASONS[r.why] for r in rows})
    if len(rows) < 2 or len(labels) < 2:
        return None
    return Asked(
        "mapping", "Why do they share it?", "The two pieces of each line share a passage. Why?",
        " ".join(r.evidence.rstrip(".") + "." for r in rows if r.evidence) or "The credits and the hours show it.",
        _by_key(rows, lambda r: REASONS[r.why]),
        hints=["Is an agency or a release named?", "Which of the two was there first?"],
        fields={"labels": labels, "statement": _statements(rows, lambda r: f"{m.piece(r.a_item)} and {m.piece(r.b_item)}")},
        wrong=_replies(rows, lambda r: f"Look at the credits of {m.piece(r.a_item)} and {m.piece(r.b_item)}. What do they name?"),
    )  # fmt: skip


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
    item = m.case.passages[f.passage_id].item_id
    claim = m.case.claims[f.claim_id].text
    return Asked(
        "number", "A number and its definition",
        f"Which number does {m.piece(item)} give for this, and what does it count? {claim}",
        f"The text has “{f.as_printed}”: {f.counts}.",
        {"value": f.value, "counts": f.counts},
        hints=["Find the sentence with the number.", "Read the words right beside it: they say what is counted."],
        fields={"shown": True, "field": [{"name": "counts", "ask": "What does it count?", "options": options}]},
        wrong=[{"answer": {"counts": o}, "say": f"That is what another number counts. What stands beside {f.as_printed}?"} for o in options if o != f.counts],
        look={"value": f.cite},
    )  # fmt: skip


def drift(m):
    """Whether a number stays the same on its way."""
    claims = {}
    for f in m.figures:
        claims.setdefault(f.claim_id, {}).setdefault(f.source_id, []).append(f)
    day = {s.source_id: s.published or "9" for s in m.case.sources}
    found = []
    for texts in claims.values():
        if any(len(rows) > 1 for rows in texts.values()):
            continue  # which of two numbers of one text is meant, nobody could tell
        ordered = sorted(
            (f for rows in texts.values() for f in rows),
            key=lambda f: (day[f.source_id], f.source_id),
        )
        found += [(ordered[0], f) for f in ordered[1:]]

    def told(pair):
        first, f = pair
        if f.value != first.value or f.unit != first.unit:
            return "another number"
        return (
            "the same number" if f.counts == first.counts else "the same number, for something else"
        )

    pairs = m.sample(found, told)
    if len(pairs) < 2 or len({told(p) for p in pairs}) < 2:
        return None
    outlet = lambda f: m.voice(m.case.sources[f.source_id].outlet)  # noqa: E731
    return Asked(
        "mapping", "Does the number stay the same?",
        "Each line has a number as the first text gives it, and a later text. What does the later text give?",
        "A number can change on its way in two ways: in its digits, and in what it is said to count.",
        _by_key(pairs, told),
        hints=["Compare the digits first.", "Then compare what the two are said to count."],
        fields={
            "labels": sorted({told(p) for p in found} | {"the same number", "another number"}),
            "statement": _statements(pairs, lambda p: f"{outlet(p[0])} has “{p[0].as_printed} {p[0].unit}” ({p[0].counts}). And {outlet(p[1])}, on the same claim?"),
        },
        wrong=_replies(pairs, lambda p: f"Look for the number in {outlet(p[1])} again, and for the words beside it."),
        look=_look([f for _, f in pairs]),
    )  # fmt: skip


def starting_points(m):
    """How many starting points the tellings of a claim have."""
    tree, rows = ledger(m.case), []
    guessed = {
        a.claim_id for a in m.case.assertions if is_first_pass(a) or a.source_id in m.open_sources
    }
    for c in m.claims:
        if c.claim_id in guessed:
            continue
        one = tree.claim(c.claim_id)
        if one.n > 1 and one.whole:
            rows.append((one.n, len(one.whole), c))
    if len(rows) < 2 or len({k for _, k, _ in rows}) < 2:
        return None
    rows = m.sample(rows, lambda r: r[1], 5)
    numbers = sorted({str(k) for _, k, _ in rows} | {"1", "2", "3"})
    keyed = dict(zip("abcdefghij", rows, strict=False))
    return Asked(
        "mapping", "How many starting points?",
        "Several pieces carry each claim. On how many starting points do they rest in the end?",
        "Copies and quotations of one statement are one starting point, however many print them.",
        {key: str(k) for key, (_, k, _) in keyed.items()},
        hints=["Ask of each piece where it has it from.", "Two pieces that rest on one record are one."],
        fields={"labels": numbers, "statement": _statements(rows, lambda r: f"{r[2].text} ({r[0]} pieces)")},
        wrong=_replies(rows, lambda r: f"Open the ledger for “{short_name(r[2].text)}”. Which of its {r[0]} pieces have it from the same place?"),
        look={key: c.cite for key, (_, _, c) in keyed.items()},
    )  # fmt: skip


@dataclass(frozen=True)
class Carried:
    """A claim and a text or an account that may carry it; ``row`` is that one's citation."""

    claim: str
    words: str
    alignment: str
    row: str


def says_or_not(m):
    """Which texts and accounts say a claim, and which do not: both ways."""
    yes, no = _carried(m)
    yes, no = _evenly(m, yes, no)
    if len(yes) < 2:
        return None
    rows = _mixed(m, yes, no)
    claim = {c.claim_id: c.text for c in m.claims}
    return Asked(
        "mapping", "Does it say so?",
        "Open each text or account and look. Does it carry the claim, in whatever words?",
        "Both slips count: to find in a text what is not there, and to miss what is.",
        _by_key(rows, lambda p: SAYS if p in yes else SAYS_NOT),
        hints=["Look for the sense, and not only for the words.", "A text on the same event need not say everything."],
        fields={
            "labels": [SAYS, SAYS_NOT], "accepting": [SAYS],
            "statement": _statements(rows, lambda p: f"{p.words}: {claim[p.claim]}", lambda p: p.alignment),
        },
        wrong=_replies(rows, lambda p: f"Read {p.words} once more for “{short_name(claim[p.claim])}”. What stands there?"),
        look={key: p.row for key, p in zip("abcdefghij", rows, strict=False)},
    )  # fmt: skip


def _carried(m):
    """What carries a claim, and what speaks of the topic and does not.

    In a case that a machine began, a telling that is missing may only be one that it missed: there
    a person has to have looked.
    """
    said = {(a.claim_id, a.item_id) for a in m.case.assertions}
    items = sorted({a.item_id for a in m.tellings})
    yes = sorted({(a.claim_id, a.item_id) for a in m.tellings})
    silent = {(s.claim_id, s.item_id) for s in m.case.silences}
    no = [
        (c.claim_id, i)
        for c in m.claims
        for i in (m.case.items.ids if m.begun_by_machine else items)
        if (c.claim_id, i) not in said and ((c.claim_id, i) in silent or not m.begun_by_machine)
    ]
    made = [
        [
            Carried(c, m.piece(i), _alignment(m, m.case.items[i].source_id), f"items/{i}")
            for c, i in pairs
        ]
        for pairs in (yes, no)
    ]
    ids = {c.claim_id for c in m.claims}
    for f in (f for f in m.case.findings if f.claim_id in ids):
        side = {"supports": 0, "silent": 1, "contradicts": 1}.get(f.stance)
        if side is not None:
            title = m.case.accounts[f.account_id].title
            made[side].append(Carried(f.claim_id, title, "independent", f"accounts/{f.account_id}"))
    return made


def _evenly(m, yes, no, most=4):
    """As many of one sort as of the other under each alignment: who trusts by it learns nothing."""
    kept = [], []
    kinds = sorted({one.alignment for one in [*yes, *no]})
    for kind in kinds:
        of_kind = [[one for one in sort if one.alignment == kind] for sort in (yes, no)]
        some = min(*map(len, of_kind), max(1, most // len(kinds)))
        for into, sort in zip(kept, of_kind, strict=True):
            into += m.sample(sort, lambda one: one.row, some)
    return kept


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
    if len(rows) < 3 or len(labels) < 2:
        return None
    return Asked(
        "mapping", "How well is it known?", "Look at who says each claim, and who outside has looked.",
        " ".join(f"{c.text.rstrip('.')}: {c.why}" for c in rows),
        _by_key(rows, lambda c: STATUSES[c.status]),
        hints=["Many pieces can rest on one voice.", "Open is an answer. So is settled."],
        fields={"labels": labels, "statement": _statements(rows, lambda c: c.text)},
        wrong=_replies(rows, lambda c: f"Who could know “{short_name(c.text)}”, and did anybody outside look?"),
        look=_look(rows),
    )  # fmt: skip


def stance(m):
    """What an account from outside says on the claims."""
    ids = {c.claim_id for c in m.claims}
    rows = m.sample([f for f in m.case.findings if f.claim_id in ids], lambda f: f.stance)
    labels = sorted({STANCES[f.stance] for f in rows})
    if len(rows) < 2 or len(labels) < 2:
        return None
    title = lambda f: m.case.accounts[f.account_id].title  # noqa: E731
    return Asked(
        "mapping", "What does the account say?",
        "Each line has an account from outside, what it found, and a claim. What does it say on the claim?",
        "An account that does not speak of a claim says nothing for it and nothing against it.",
        _by_key(rows, lambda f: STANCES[f.stance]),
        hints=["Compare what was found with the claim, word by word.", "To be silent is not to deny."],
        fields={"labels": labels, "statement": _statements(rows, lambda f: f"{title(f)}: {f.paraphrase} → {m.case.claims[f.claim_id].text}")},
        wrong=_replies(rows, lambda f: f"Read what {title(f)} found again. Does it go as far as the claim?"),
        look=_look(rows),
    )  # fmt: skip


#: in the order of the lessons
MAKERS = {
    "whose words": whose_words, "mode": mode, "chain": chain, "same text or not": same_text,
    "why they share it": why_shared, "number": number, "drift": drift, "does the text say so": says_or_not,
    "how well it is known": how_known, "starting points": starting_points, "stance of an account": stance,
}  # fmt: skip


def ask(case, draw=0):
    """Every question that the checked rows of a case give.

    Parameters
    ----------
    case : Case
    draw : int
        Another number draws other rows, where there are more than a question holds.

    Returns
    -------
    asked : list of Asked
        In the order of the lessons.
    missing : list of str
        The sorts for which the case has too little.
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
