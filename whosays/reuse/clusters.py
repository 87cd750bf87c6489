"""Passage clusters: who holds a passage, and who held it first as far as can be known.

Passages are clustered, not documents: a round-up that carries two stories belongs to two
clusters and joins neither. The clock decides only what it can: equal or missing times leave the
earliest witness undecided, and what a text says of itself ("Azertag has reported") outranks them.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from ..text.fold import words as fold_words

MUTUAL = 0.5  # two stretches of one document are one passage when half of the longer is shared


class Holding(NamedTuple):
    """A document holding a passage."""

    cluster: int
    doc_id: str
    start: int
    end: int


class Witness(NamedTuple):
    """The earliest witness of a passage, as far as can be known."""

    doc_id: str | None  # None when undecided
    candidates: tuple[str, ...]  # who it may be: one when decided
    why: str  # a sentence to show
    # sources credited in the texts that are not among the holders: behind the earliest here
    outside: tuple[str, ...] = ()


def cluster(passages) -> list[Holding]:
    """Cluster passages: who holds each.

    Two stretches of one document belong together when what they share is at least half of the
    longer (`MUTUAL`); the two sides of a passage belong together always.

    Parameters
    ----------
    passages : iterable of (a_id, a_start, a_end, b_id, b_start, b_end)

    Returns
    -------
    list of Holding
        Clusters numbered from 1, by their first holding (document id, place); a document that
        holds a passage twice has two holdings.
    """
    joined = _Joined()
    for a, a0, a1, b, b0, b1 in passages:
        joined.join((a, a0, a1), (b, b0, b1))
    by_doc = {}
    for doc, start, end in sorted(joined.above):
        by_doc.setdefault(doc, []).append((start, end))
    for doc, stretches in by_doc.items():
        # one stretch stands for those that lie as it does: a thousand copies cost no more
        open_stretches = []
        for start, end in stretches:
            open_stretches = [k for k in open_stretches if k[1] > start]
            for s, e in open_stretches:
                if (min(e, end) - start) >= MUTUAL * max(e - s, end - start):
                    joined.join((doc, s, e), (doc, start, end))
                    break
            else:
                open_stretches.append((start, end))
    holdings = {}
    for doc, start, end in joined.above:
        of = holdings.setdefault(joined.root((doc, start, end)), {})
        of.setdefault(doc, []).append((start, end))
    flat = [
        sorted((doc, s, e) for doc, parts in docs.items() for s, e in _merged(parts))
        for docs in holdings.values()
    ]
    return [Holding(n, *h) for n, held in enumerate(sorted(flat), 1) for h in held]


class _Joined:
    """Things joined into groups (union-find); ``above`` has every thing, and one above it."""

    def __init__(self):
        self.above = {}

    def root(self, thing):
        """What stands for the group of a thing."""
        above = self.above
        above.setdefault(thing, thing)
        while above[thing] != thing:
            above[thing] = above[above[thing]]
            thing = above[thing]
        return thing

    def join(self, one, other):
        """Make one group of two."""
        self.above[self.root(one)] = self.root(other)


def _merged(stretches):
    out = []
    for start, end in sorted(stretches):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


# "Azertag has reported", "as Trend reports", "AZERTAC informs"; "according to APA"; "(AZERTAC) - "
_SAID = (
    r"(?:has |have |had )?(?:report(?:s|ed)|inform(?:s|ed)|said|says|writes|wrote|announced|told)"
)
_CREDIT = re.compile(
    rf"(?P<said>\b[A-Z\u0400-\u042f][\w.'’-]*(?: [A-Z\u0400-\u042f][\w.'’-]*){{0,3}}),? {_SAID}\b"
    r"|\b(?:[Aa]ccording to|[Aa]s (?:reported|informed) by|[Rr]eported by|[Ss]ource:|[Cc]iting)"
    r" (?:the )?"
    r"(?P<named>[A-Z\u0400-\u042f][\w.'’-]*(?: [A-Z\u0400-\u042f][\w.'’-]*){0,3})"
    r"|\((?P<line>[A-Z][A-Za-z.'’-]{2,20})\)"
)
# Agencies a text may credit whether or not they are among the documents: one agency a line.
_AGENCIES = """
AZERTAC, Azertag, AzerTAj, Azerbaijan State News Agency
Trend, Trend News Agency
APA, Azeri Press Agency
Turan
Assa-Irada
Armenpress
Arminfo
Reuters
AP, Associated Press
AFP, Agence France-Presse
TASS, ITAR-TASS
Interfax
RIA Novosti
Anadolu, Anadolu Agency
"""
AGENCIES = tuple(tuple(line.split(", ")) for line in _AGENCIES.strip().splitlines())
_NOT_NAMES = frozenset("as he she it they we i you the a an this that who which there".split())


def credits(text: str, outlets=()) -> list[tuple[str, int, int]]:
    """The sources a text says it has its words from: a list of (name, start, end).

    Reporting verbs after a name ("Azertag has reported"), "according to" and agency lines
    "(AZERTAC)". A person who "said" something is found too, unless only names in ``outlets`` are
    to be kept, in any spelling that folds to the same words.
    """
    wanted = {_folded(o) for o in outlets}
    credited = []
    for match in _CREDIT.finditer(text):
        start, end = match.span(match.lastgroup)
        folded = fold_words(text[start:end])
        while folded and folded[0].text in _NOT_NAMES:  # "As Azertag", "The Herald"
            folded = folded[1:]
        if not folded:
            continue
        start, end = start + folded[0].start, start + folded[-1].end
        name = tuple(w.text for w in folded)
        if not wanted or _is_one_of(name, wanted):
            credited.append((text[start:end], start, end))
    return credited


def _folded(name):
    return tuple(w.text for w in fold_words(name))


def _is_one_of(folded, wanted):
    return any(folded == w or folded[-len(w) :] == w or folded[: len(w)] == w for w in wanted if w)


def _spellings(outlet):
    """An outlet's name in all the spellings known, folded."""
    name = _folded(outlet)
    for agency in AGENCIES:
        forms = {_folded(form) for form in agency}
        if name in forms or (name and _is_one_of(name, forms)):
            return {name, *forms}
    return {name}


def when(value) -> tuple[datetime, datetime] | None:
    """The first and the last moment a date or time can mean, as UTC; None when it cannot be read.

    ``1992-02`` is any moment of that month. A time without a zone is taken as UTC.
    """
    text = str(value or "").strip()
    vague = re.fullmatch(r"\d{4}(-\d\d){0,2}", text)
    try:
        first = datetime.fromisoformat(text + "-01-01"[len(text) - 4 :] if vague else text)
        if first.tzinfo is None:
            first = first.replace(tzinfo=UTC)
        if not vague:
            return first, first
        days = {4: 366, 7: 31, 10: 1}[len(text)]
        after = first + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    return first, (after if days == 1 else after.replace(day=1)) - timedelta(microseconds=1)


def stamped(day: str, note: str) -> str:
    """A day with the first hour in a note on its printing ("Stamped 08:15"): ``2021-02-25T08:15``.

    The day stays as it is where it is not a whole one, or the note says a.m. or p.m.
    """
    hour = re.search(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\b", note or "")
    whole = re.fullmatch(r"\d{4}-\d{2}-\d{2}", day or "")
    if hour and whole and not re.search(r"[ap]\.?m\b", note, re.IGNORECASE):
        return f"{day}T{int(hour[1]):02d}:{hour[2]}"
    return day


def _list(names, most=5):
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def earliest_witness(holders, dates, outlets=None, texts=None) -> Witness:
    """Who held a passage first, as far as can be known.

    In this order: a text that credits another holder came after it; a text that credits a source
    not among the holders had it from there; then the clock, where it decides. Equal or
    overlapping times, and times that are missing, leave it undecided; so does an earlier hour of
    the same day on a text that credits somebody: it came after that, and the stamp is of its page.

    Parameters
    ----------
    holders : iterable of str
        Document ids.
    dates, outlets, texts : Mapping
        By id: ISO 8601 date or time, as exact as known; outlet, of others too that a text may
        credit; text, in which to look for credits.
    """
    holders = sorted(set(holders))
    outlets, texts = outlets or {}, texts or {}
    names = {doc: _spellings(outlets[doc]) for doc in holders if outlets.get(doc)}
    known = {form for agency in AGENCIES for form in agency} | {o for o in outlets.values() if o}
    after, outside, crediting = {}, {}, {}
    for doc in holders:
        if not texts.get(doc):
            continue
        for name, *_ in credits(texts[doc], known):
            folded = _folded(name)
            if names.get(doc) and _is_one_of(folded, names[doc]):
                continue  # an outlet naming itself
            if any(d != doc and _is_one_of(folded, of) for d, of in names.items()):
                after[doc] = name
            else:
                outside.setdefault(name, doc)
                crediting.setdefault(doc, name)
    first = [d for d in holders if d not in after]
    reasons = "".join(f"{d} credits {name}. " for d, name in sorted(after.items()))
    if not first:
        reasons += "They credit each other, so who came first is undecided."
        return Witness(None, tuple(holders), reasons, tuple(outside))
    behind = tuple(sorted(outside))
    elsewhere = {w for d, o in outlets.items() if d not in names and o for w in _spellings(o)}

    for name in behind:
        known_here = _is_one_of(_folded(name), elsewhere)
        missing = "does not hold it" if known_here else "is not among these documents"
        reasons += f"{outside[name]} credits {name}, which {missing}. "
    if len(first) == 1:
        reasons = (reasons or "No other document holds it. ").strip()
        return Witness(first[0], tuple(first), reasons, behind)
    return _by_clock(first, dates, crediting, reasons, behind)


def _by_clock(first, dates, crediting, said, behind):
    """Who of some holders was first by their times, as far as those decide it."""
    times = {d: when(dates.get(d)) for d in first}
    missing = [d for d in first if times[d] is None]
    if missing:
        why = f"{said}No time is known for {_list(missing)}, so who came first is undecided."
        return Witness(None, tuple(first), why, behind)
    may = _may_be_first(times)
    shown = _list([f"{d} ({dates[d]})" for d in may])
    if len(may) > 1:
        why = f"{said}By their times each of {shown} may have come first: undecided."
        return Witness(None, may, why, behind)
    if may[0] in crediting:
        days = {d: when(str(dates[d])[:10]) or times[d] for d in first}
        same_day = _may_be_first(days)
        if len(same_day) > 1:
            hour = f"{said}{shown} has the earliest hour, and credits {crediting[may[0]]}"
            why = f"{hour}: who came first that day is undecided."
            return Witness(None, same_day, why, behind)
    return Witness(may[0], may, f"{said}{shown} is dated before the others.", behind)


def _may_be_first(times):
    earliest_end = min(end for _, end in times.values())
    return tuple(d for d, (begin, _) in times.items() if begin <= earliest_end)
