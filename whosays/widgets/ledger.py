"""The origin tree of a claim, to walk by mouse or by keyboard, each step opening its passage.

The same in code: ``ledger(case).claim("toll-613")`` and ``.step("origins/...")``.
"""

import textwrap
from pathlib import Path

import anywidget
import ipywidgets as w
import traitlets

from ..view.caveats import claim_words, stance_words, with_caveats
from ..view.grave import told
from .box import Box
from .fields import LOOK, menu
from .guard import KeyGuard

STATIC = Path(__file__).parent / "static"

# what a step is, before its words
KINDS = {
    "derived": "rests on the one above",
    "piece": "piece",
    "copy": "copy",
    "account": "account",
}
STARTS = {
    "whole": "● starting point",
    "part": "◐ starting point for a part",
    "": "○ starts nothing",
}


class LedgerTree(anywidget.AnyWidget):
    """The tree in the ARIA pattern of a tree view, and beside it the step that is open.

    Attributes
    ----------
    view : dict
        What is drawn: :func:`tree_view`.
    """

    _esm = STATIC / "ledger.js"
    _css = STATIC / "ledger.css"

    view = traitlets.Dict().tag(sync=True)


def tree_view(entry):
    """What the page needs of a claim's ledger, as plain JSON.

    Parameters
    ----------
    entry : whosays.evidence.ledger.ClaimLedger

    Returns
    -------
    dict
        ``claim``, ``cite``, ``summary``, ``cautions`` and ``steps``: every step of the tree in its
        order with ``depth`` (1 for an origin), ``kind``, ``words``, ``why``, ``cite``, ``open``
        (whether its branch is open at first) and ``html`` (the step opened, everything from outside
        escaped).
    """
    steps = [_step(entry, depth, node) for depth, node in entry.tree.walk() if depth]
    if entry.beside:
        words = f"Beside it, and not for it: {len(entry.beside)}"
        steps.append(
            {
                "depth": 1,
                "kind": "",
                "words": words,
                "why": "",
                "cite": "",
                "open": False,
                "html": "",
            }
        )
        for finding in entry.beside:
            opened = entry.step(finding.cite)
            steps.append(
                {
                    "depth": 2, "kind": "account", "words": f"{opened.title} ({finding.label}): {told(with_caveats(entry.case, finding, finding.paraphrase))}",
                    "why": stance_words(finding), "cite": finding.cite, "open": False, "html": opened.html(),
                }
            )  # fmt: skip
    return {
        "claim": told(claim_words(entry.case, entry.claim, caveat=True)),
        "cite": entry.claim.cite,
        "summary": entry.summary(),
        "cautions": list(entry.cautions),
        "steps": steps,
    }


def _step(entry, depth, node):
    kind = KINDS.get(node.kind, "")
    if node.kind == "origin":
        kind = STARTS[node.starts]
    return {
        "depth": depth,
        "kind": kind,
        "words": told(node.label),
        "why": node.why or "",
        "cite": node.cite or "",
        "open": node.kind in {"origin", "derived", "group"},
        "html": entry.step(node.cite).html() if node.cite else "",
    }


class LedgerBox(Box):
    """The trees of some claims: a menu where there is more than one, and the tree that is chosen.

    Parameters
    ----------
    entries : list of whosays.evidence.ledger.ClaimLedger
        At least one; the first is shown to begin with.
    """

    def __init__(self, entries):
        self.entries = {entry.claim.claim_id: entry for entry in entries}
        self.shown = entries[0]
        self.tree = LedgerTree(view=tree_view(self.shown))
        options = [(_option(entry), name) for name, entry in self.entries.items()]
        self.menu = menu("Claim:", options, "100%")
        self.menu.value = self.shown.claim.claim_id
        self.menu.observe(lambda _: self.choose(self.menu.value), names="value")
        super().__init__(
            [w.HTML(LOOK), *([self.menu] if len(entries) > 1 else []), self.tree, KeyGuard()]
        )
        self.add_class("ws-question")

    def choose(self, claim_id):
        """What choosing a claim does; the empty text, for no choice, leaves what is shown."""
        if claim_id in self.entries:
            self.shown = self.entries[claim_id]
            self.tree.view = tree_view(self.shown)

    def __repr__(self):
        return repr(self.shown)


def one_tree(entry):
    """The tree of one claim."""
    return LedgerBox([entry])


def trees(ledger, claim_ids=None):
    """The trees behind a menu of claims; all of the case when ``claim_ids`` is left out."""
    names = [c.claim_id for c in ledger.case.claims] if claim_ids is None else claim_ids
    return LedgerBox([ledger.claim(name) for name in names])


def _option(entry):
    claim = textwrap.shorten(told(claim_words(entry.case, entry.claim)), 90, placeholder=" …")
    return f"{claim} (pieces: {entry.n}, starting points: {len(entry.whole)})"
