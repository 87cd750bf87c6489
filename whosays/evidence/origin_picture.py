"""Where a claim begins, as a picture: starting points at the left, what hangs on each beside."""

import textwrap

from ..base.words import words_of
from ..view.caveats import claim_words
from ..view.grave import told
from ..view.pictures import BLUE, GREY, ORANGE, svg, text
from .starting_points import counted, number_word

_WIDTH, _BOX, _LINE, _SIDE = 615, 345, 19, 13
# what of the claim begins at an origin: a sign, and the words that always stand with it
STARTS = words_of(__package__)["starts_sign"]


def origin_picture(entry) -> str:
    """The starting points of a ClaimLedger, with what hangs on each: pieces, copies, accounts.

    SVG. A party has a dashed frame and the words "a party"; a starting point for the whole claim
    has a thick frame.
    """
    body, y, sentences = [], 6, []
    for node in entry.tree.children:
        party = node.cite and node.cite.partition("/")[2] in entry.parties
        head = STARTS[node.starts] if node.kind == "origin" else "not known"
        head += " · a party" if party else ""
        lines = textwrap.wrap(node.label, 44, max_lines=4, placeholder=" …")
        tall = _LINE * (len(lines) + 1) + 16
        body.append(_frame(y, tall, node.starts, party))
        body.append(text(14, y + 22, head, 15, weight=700))
        body += [text(14, y + 22 + _LINE * n, one, 14) for n, one in enumerate(lines, 1)]
        pieces, copies, accounts = _hanging(entry, node)
        body += _line_of(y + tall / 2, pieces, copies, accounts)
        hanging = _counted(pieces, copies, accounts)
        for n, line in enumerate(textwrap.wrap(hanging, 30)):
            body.append(text(_BOX + 28, y + tall / 2 + 24 + 17 * n, line, 14))
        sentences.append(f"{head}: {node.label}. On it hang {hanging}.")
        y += tall + 12
    if not sentences:
        body.append(text(4, y + 16, "No starting point, and nothing that rests on one.", 15))
        y += 30
    key = "■ a piece · □ a copy of another piece · ◯ an account · dashed frame: a party"
    body.append(text(4, y + 16, key, 14))
    title = f"Where it begins: {told(claim_words(entry.case, entry.claim))}"
    return svg(body, _WIDTH, y + 26, title, f"{entry.summary()} {' '.join(sentences)}")


def _frame(y, tall, starts, party):
    colour = ORANGE if party else BLUE if starts else GREY
    dashes = ' stroke-dasharray="8 5"' if party else ""
    return (
        f'<rect x="3" y="{y}" width="{_BOX}" height="{tall}" rx="6" fill="{colour}"'
        f' fill-opacity=".07" stroke="{colour}" stroke-width="{4 if starts == "whole" else 2}"'
        f"{dashes}/>"
    )


def _hanging(entry, root):
    """How many pieces, copies and accounts hang on a starting point; a piece counts once."""
    items = {"piece": set(), "copy": set()}
    accounts = 0
    for _, node in root.walk():
        if node.kind in items:
            items[node.kind].add(entry.case.get(node.cite).item_id)
        accounts += node.kind == "account"
    return len(items["piece"]), len(items["copy"] - items["piece"]), accounts


def _counted(pieces, copies, accounts):
    parts = [counted(pieces, "piece")] if pieces else []
    parts += [f"{number_word(copies)} {'copy' if copies == 1 else 'copies'}"] if copies else []
    parts += [counted(accounts, "account")] if accounts else []
    return ", ".join(parts) or "nothing"


def _line_of(y, pieces, copies, accounts):
    """The line from a starting point, and the marks on it."""
    x = _BOX + 28
    n = pieces + copies + accounts
    if n:
        yield f'<path d="M{_BOX + 3} {y:.0f}H{x - 6}" stroke="{GREY}" stroke-width="2"/>'
    step = min(_SIDE + 5, (_WIDTH - x) / max(n, 1))
    for i in range(n):
        at = x + i * step
        if i < pieces + copies:
            fill = BLUE if i < pieces else "none"
            yield (
                f'<rect x="{at:.1f}" y="{y - _SIDE / 2:.0f}" width="{_SIDE}" height="{_SIDE}"'
                f' fill="{fill}" stroke="{BLUE}" stroke-width="2"/>'
            )
        else:
            yield (
                f'<circle cx="{at + _SIDE / 2:.1f}" cy="{y:.0f}" r="{_SIDE / 2}" fill="none"'
                ' stroke="currentColor" stroke-width="2"/>'
            )
