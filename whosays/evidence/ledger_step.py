"""One step of an origin tree, opened: the words, where they stand, and how the step is known."""

import html

from ..base.words import words_of
from ..text.days import in_words
from ..view.caveats import caveats, stance_words
from ..view.grave import NOT_HERE, fold
from ..view.named import checked_words
from ..view.show import text_of
from ..view.view import View, facts, wrapped

# How a voice of a chain is known (docs/case-format.md).
HOW = words_of(__package__)["how"]
STARTS = words_of(__package__)["starts"]


class LedgerStep(View):
    """A step with its passage, or a finding beside the tree.

    Attributes
    ----------
    cite, title : str
        The row that it is, and what a reader sees in the tree.
    quoted : bool
        Whether ``words`` are the text's own; else they are the case's words for it.
    facts : list of (str, str)
        Where it stands and how it is known, name and value.
    grave : bool
        Whether it describes cruelty: then the words stand behind a fold that says so.
    """

    def __init__(self, cite, title, quoted, words, facts, grave=False):
        self.cite, self.title, self.quoted = cite, title, quoted
        self.words, self.grave = words, grave
        self.facts = [(name, text_of(value)) for name, value in facts if text_of(value)]

    def html(self, only=None) -> str:
        """The step; ``only``: the names of the facts to show, all of them when left out."""
        tag = "blockquote" if self.quoted else "p"
        words = f"<{tag}>{html.escape(self.words)}</{tag}>"
        chosen = [(name, value) for name, value in self.facts if only is None or name in only]
        return (fold(words) if self.grave else words) + facts(chosen)

    def text(self) -> str:
        words = f"“{self.words}”" if self.quoted else self.words
        words = NOT_HERE if self.grave else words
        lines = (wrapped(f"{n}: {v}", hang="  ") for n, v in self.facts)
        return "\n".join([f"{self.title} [{self.cite}]", wrapped(words), *lines])


def passage_words(case, passage_id: str) -> tuple[bool, str]:
    """Whether the words are the text's own, and the words: quoted where known, else in our own."""
    passage = case.passages[passage_id]
    known = case.stretch(passage.source_id, passage.start, passage.end)
    if known is None:
        return False, f"Not quoted; in our words: {passage.about}"
    return True, known


def step_of(case, node) -> LedgerStep:
    """A Node of a ClaimLedger's tree, or beside it, opened."""
    return _OPEN[node.cite.partition("/")[0]](case, node)


def _assertion(case, node):
    row = case.get(node.cite)
    passage, item = case.passages[row.passage_id], case.items[row.item_id]
    outlet = case.agents[case.sources[row.source_id].outlet].name
    quoted, words = passage_words(case, row.passage_id)
    where = f"{outlet}, {in_words(item.published) or 'no date'}, “{item.headline}”"
    told = [("stands in", f"{where}, paragraph {passage.paragraph}")]
    told += [
        (f"voice {n}", f"{case.agents[s.agent].name}: {HOW[s.how]}")
        for n, s in enumerate(row.chain, 1)
    ]
    if row.origin_id:
        told.append(("rests on", case.origins[row.origin_id].what))
    if node.reuse:
        tie = case.get(node.reuse)
        told.append(("is a copy because", f"{node.why}. {tie.evidence} {tie.note or ''}".strip()))
    return LedgerStep(
        node.cite, node.label, quoted, words, [*told, ("note", row.note)], passage.grave
    )


def _origin(case, node):
    row = case.get(node.cite)
    told = [
        ("kind", row.kind),
        ("whose", row.agent and case.agents[row.agent].name),
        ("date", row.date),
        ("derives from", row.derived_from and case.origins[row.derived_from].what),
        ("where it stands", STARTS[node.starts] + (f": {node.why}" if node.why else "")),
        ("known from", row.seen_at),
        ("how far checked", checked_words(row)),
        ("note", row.note),
    ]
    return LedgerStep(node.cite, node.label, False, row.what, told)


def _finding(case, node):
    row = case.get(node.cite)
    account = case.accounts[row.account_id]
    told = [
        ("stands in", f"{account.title}, {in_words(account.published) or 'no date'}"),
        ("page", row.page),
        ("in its words", row.quote and not row.grave and f"“{row.quote}”"),
        ("stance", stance_words(row)),
        ("to be said with it", " ".join(caveats(case, row))),
        ("seen at", row.host),
        ("the host is", row.host_lean),
        ("how far checked", checked_words(row)),
        ("how it was made", account.method),
        ("limits", account.limits),
        ("note", row.note),
    ]
    # our words first: a quotation alone may have lost the negation before it
    return LedgerStep(row.cite, account.title, False, row.paraphrase, told, row.grave)


_OPEN = {"assertions": _assertion, "origins": _origin, "findings": _finding}
