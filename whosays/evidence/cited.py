"""A row of a case as a reader wants it cited: who, when, and how far it was checked, in words.

No ids: a lesson's page shows these words as the hover text of a small number, and as an entry of
its *Sources*. ``tools/cite.py`` writes both.
"""

import html
from dataclasses import dataclass

from ..base.words import words_of
from ..case.case import Case, load_case
from ..text.days import capital, in_words
from ..view.caveats import caveats, claim_words, publisher_and_year, with_caveats
from ..view.grave import Grave, marked, shown, told
from ..view.named import CHECKED, STANCE, checked_words
from ..view.view import View, folded

WHY = words_of(__package__)["why"]


@dataclass(frozen=True)
class Cited:
    """A citation in words."""

    path: str  # the row, ``table/id``
    who: str  # publisher and title, or what the row is about
    when: str = ""
    # how far it was checked, with its sign; empty where the row is our own judgement
    checked: str = ""
    address: str = ""  # where it was read; empty where it is a passage or a judgement of the kit

    def title(self) -> str:
        """Who, when and how far checked, in one line without quotation marks."""
        whose = ", ".join(filter(None, (self.who, self.when)))
        return "; ".join(filter(None, (whose, self.checked))).replace('"', "'")


def cited(path: str, default_case: str = "khojaly") -> Cited:
    """A row (``[case:]table/id``) in words; KeyError when there is no such row."""
    name, _, rest = path.rpartition(":")
    case = load_case(name or default_case)
    row = case.get(rest)
    who, when, *more = _TABLES.get(rest.partition("/")[0], _other)(case, row)
    return Cited(path, capital(who), in_words(when), *more)


def _name(case, agent):
    return case.agents[agent]["name"] if agent else ""


def _account(case, row):
    """An account, or a finding or a number that stands in one."""
    account = case.accounts[row["account_id"]]
    who = f"{_name(case, account['publisher'])}, {account['title']}"
    when = account["published"] or row.get("as_of") or ""
    return who, when, checked_words(row), row["seen_at"] or ""


def _figure(case, row):
    if row["account_id"]:
        return _account(case, row)
    where = f"A number in {_outlet(case, row['source_id'])}"
    return where, row["as_of"] or "", checked_words(row), ""


def _outlet(case, source_id):
    source = case.sources[source_id] if source_id else None
    return _name(case, source["outlet"]) if source else "a document of this case"


def outlet_and_year(case: Case, item_id: str) -> tuple[str, str]:
    """Who printed an item, and the year; the year is left out where none is known."""
    item = case.items[item_id]
    source = case.sources[item["source_id"]]
    year = str(item["published"] or source["published"] or "")[:4]
    return tuple(filter(None, (_name(case, source["outlet"]), year)))


def _passage(case, row):
    item, source = case.items[row["item_id"]], case.sources[row["source_id"]]
    who = f"{_name(case, source['outlet'])}, “{item['headline'] or source['headline']}”"
    return who, item["published"] or source["published"] or "", f"paragraph {row['paragraph']}"


def _assertion(case, row):
    return _passage(case, case.passages[row["passage_id"]])


def _headed(case, row):
    outlet = _outlet(case, row["source_id"])
    return f"{outlet}, “{row['headline']}”", row["published"] or ""


def _claim(case, row):
    tellers = {a["source_id"] for a in case.assertions if a["claim_id"] == row["claim_id"]}
    of = f"{len(tellers)} of {len(case.sources)}" if tellers else "none of the"
    words = told(claim_words(case, row)).rstrip(".")
    return f"The claim “{words}”", "", f"said in {of} documents"


def _reuse(case, row):
    a, b = (case.items[row[side]] for side in ("a_item", "b_item"))
    outlets = [_outlet(case, item["source_id"]) for item in (a, b)]
    both = outlets[0] if outlets[0] == outlets[1] else " and ".join(outlets)
    return f"Two texts compared: {both}", "", f"shared: {WHY.get(row['why'], row['why'])}"


def _gap(case, row):
    return f"Not found: {row['what']}", "", " ".join(CHECKED["NF"])


def _agent(case, row):
    return row["name"], "", row["role"] or ""


def _other(case, row):
    values = [str(value) for value in dict(row).values() if value]
    return (values[1] if len(values) > 1 else values[0]), ""


_TABLES = {
    "accounts": _account,
    "agents": _agent,
    "assertions": _assertion,
    "claims": _claim,
    "figures": _figure,
    "findings": _account,
    "gaps": _gap,
    "items": _headed,
    "passages": _passage,
    "reuse_key": _reuse,
    "sources": _headed,
}


class HowChecked(View):
    """The four signs that say how far something was checked, and how often each stands."""

    def __init__(self, case):
        carried = [row["label"] for table in (case.findings, case.gaps) for row in table]
        self.lines = [
            (sign, words, carried.count(label)) for label, (sign, words) in CHECKED.items()
        ]

    def html(self) -> str:
        lines = "".join(
            f"<li>{sign} <strong>{words}</strong>: {n:,} times</li>"
            for sign, words, n in self.lines
        )
        return f'<ul style="list-style:none;padding:0">{lines}</ul>'

    def text(self):
        return "\n".join(f"{sign} {words}: {n:,} times" for sign, words, n in self.lines)


class WhatWasFound(View):
    """A claim, and what accounts say on it, in sentences: no ids, no codes.

    Only accounts of one ``kind``, all when None; ``most`` of them are shown, the others folded.
    """

    def __init__(self, case, claim_id: str, kind="independent", most=4):
        self.claim = case.get(f"claims/{claim_id}")
        self.caveats, self.words = caveats(case, self.claim), claim_words(case, self.claim)
        tellers = {a["source_id"] for a in case.assertions if a["claim_id"] == claim_id}
        self.said = f"Said in {len(tellers) or 'none'} of the {len(case.sources)} documents."
        self.most = most
        self.found = []
        for f in case.findings.where(claim_id=claim_id):
            kinds = (None, case.accounts[f["account_id"]]["kind"])
            if f["stance"] != "silent" and kind in kinds:
                who, words = f["account_id"], with_caveats(case, f, f["paraphrase"])
                stance = STANCE.get(f["stance"], f["stance"])
                told = (*publisher_and_year(case, who), stance, words, checked_words(f))
                self.found.append(told)
        # different voices first: the second report of one publisher comes after the first of
        # another
        names = [who for who, *_ in self.found]
        turn = {i: names[:i].count(name) for i, name in enumerate(names)}
        self.found = [self.found[i] for i in sorted(turn, key=lambda i: (turn[i], i))]

    @property
    def status(self) -> Grave | str:
        """The claim's status with the reason, in a sentence or two."""
        status = self.claim["status"].replace("_", " ").capitalize()
        why = " ".join([f"{status}: {self.claim['why']}", *self.caveats])
        return marked(self.claim, why)

    def html(self) -> str:
        lines = [
            f"<li><strong>{html.escape(who)}</strong>{html.escape(f', {when}' if when else '')}"
            f" {stance}: {shown(words)} <em>{html.escape(checked)}</em></li>"
            for who, when, stance, words, checked in self.found
        ]
        first, rest = lines[: self.most], lines[self.most :]
        more = folded(f"{len(rest)} more", f"<ul>{''.join(rest)}</ul>") if rest else ""
        return (
            f"<p><strong>{shown(self.words)}</strong><br>{html.escape(self.said)}</p>"
            f"<p>{shown(self.status)}</p><ul>{''.join(first)}</ul>{more}"
        )

    def text(self) -> str:
        lines = [
            f"- {who}, {when} {stance}: {told(words)} {checked}"
            for who, when, stance, words, checked in self.found
        ]
        return "\n".join([told(self.words), self.said, told(self.status), *lines])


how_checked, what_was_found = HowChecked, WhatWasFound
