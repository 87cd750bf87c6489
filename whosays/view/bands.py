"""Two texts beside each other with bands between what they share: one picture, no scrolling, no
script.

Words that may not be shown are drawn as bars of their length, never as a note inside a sentence.
"""

import html
import re
import textwrap
from dataclasses import dataclass

from .pictures import BLUE, GREY, ORANGE, svg, text

WIDE, GUTTER, LINE, SIZE = 288, 44, 20, 14
CHARACTER = 7.2  # width of most letters of the typeface at that size
NARROW, BROAD = "iIjl.,:;'’|![]()-“”\" frt", "mwMW@%—…"
BAR = 5  # letters of a word that is not shown
MOST_BARS = 21  # words of a stretch that may not be shown; of more, how many they are is said
TITLE, BELOW = 32, 40  # letters that fit above a text


@dataclass(frozen=True)
class Side:
    """One text: what stands above it, and its pieces."""

    # title, below: whose it is; and when, or what kind of text
    title: str
    below: str
    # list of mapping: in order: ``text``, or ``words`` (how many may not be shown); ``pairs``
    # (numbers of the passages that it belongs to); ``kind``: ``shared``, ``changed`` or nothing
    pieces: list


@dataclass(frozen=True)
class _Run:
    """Some words on one line."""

    x: float
    y: float
    width: float
    words: str  # empty for a bar
    kind: str
    pairs: tuple


def bands(left: Side, right: Side, title: str, about: str = "") -> str:
    """Two texts with bands, as SVG.

    Shared words stand on a tint with a line under them, changed words are bold with a wave under
    them. ``about`` says what is to be seen; the title does when it is left out.
    """
    sides = [(_laid(side.pieces, x), side, x) for side, x in ((left, 0), (right, WIDE + GUTTER))]
    height = max((run.y for runs, _, _ in sides for run in runs), default=0) + 16
    body = list(_bands(sides[0][0], sides[1][0]))
    for runs, side, x in sides:
        body.append(text(x, 18, _fitting(side.title, TITLE), 16, weight=700))
        body.append(text(x, 38, _fitting(side.below, BELOW), 14))
        for run in runs:
            body.append(_drawn(run))
    return svg(body, 2 * WIDE + GUTTER, height, title, about or title)


def _fitting(words, most):
    return textwrap.shorten(words, most, placeholder=" …")


def _laid(pieces, left):
    """Every run of words with its place, lines broken between words, paragraphs kept apart."""
    runs, x, y = [], 0.0, 66.0
    for piece in _joined(pieces):
        kind, pairs = _of(piece)
        for token, bar in _tokens(piece, bool(pairs)):
            if token.startswith("\n"):
                y += LINE * (1.5 if token.count("\n") > 1 else 1) * bool(x)
                x = 0.0
                continue
            wide = _wide(token)
            stuck = not bar and token[0] in ".,;:!?)”’"  # a stop belongs to the word before it
            gap = 0 if not x or stuck else CHARACTER * 0.6
            if x and x + gap + wide > WIDE and not stuck:
                x, y, gap = 0.0, y + LINE, 0
            last = runs[-1] if runs else None
            same = last and (last.y, last.kind, last.pairs) == (y, kind, pairs)
            if same and bool(last.words) != bar:
                words = "" if bar else last.words + (" " if gap else "") + token
                runs[-1] = _Run(last.x, y, left + x + gap + wide - last.x, words, kind, pairs)
            else:
                runs.append(_Run(left + x + gap, y, wide, "" if bar else token, kind, pairs))
            x += gap + wide
    return runs


def _of(piece):
    """The kind of a piece, and the passages it belongs to."""
    return piece.get("kind") or "", tuple(piece.get("pairs") or ())


def _joined(pieces):
    """Stretches that may not be shown and follow each other, as one: one block of bars, one number."""
    out = []
    for piece in pieces:
        alike = out and "text" not in piece and "text" not in out[-1]
        if alike and _of(piece) == _of(out[-1]):
            out[-1] = {**out[-1], "words": out[-1]["words"] + piece["words"]}
        else:
            out.append(piece)
    return out


def _wide(word):
    """The width of a word, by letter: lines are only a little stretched to it."""
    narrow, broad = sum(c in NARROW for c in word), sum(c in BROAD for c in word)
    capital = sum(c.isupper() and c not in NARROW + BROAD for c in word)
    return CHARACTER * (len(word) - 0.45 * narrow + 0.5 * broad + 0.2 * capital)


def _tokens(piece, shared):
    """The words of a piece, and whether each is drawn as a bar; line breaks stand as they are."""
    if "text" in piece:
        # the asterisks of a text in Markdown are no words of it
        told = re.findall(r"\n\s*\n|\n|[^\s]+", piece["text"].replace("**", ""))
        return [(token, False) for token in told]
    bars = [("x" * BAR, True)] * min(piece["words"], MOST_BARS * (2 if shared else 1))
    more = piece["words"] - len(bars)
    more_words = f"… and {more} more words".split() if more else []
    return [*bars, *([("\n", False)] if more else []), *((word, False) for word in more_words)]


def _drawn(run):
    if not run.words:
        return (
            f'<rect x="{run.x:.1f}" y="{run.y - 9:.1f}" width="{run.width:.1f}" height="8" rx="2" '
            f'fill="{BLUE if run.kind == "shared" else GREY}" fill-opacity=".55"/>'
        )
    under, weight = "", 400
    if run.kind == "shared":
        under = (
            f'<rect x="{run.x - 1:.1f}" y="{run.y - 14:.1f}" width="{run.width + 2:.1f}"'
            f' height="18" fill="{BLUE}" fill-opacity=".2"/><path d="M{run.x:.1f}'
            f' {run.y + 4:.1f}h{run.width:.1f}" stroke="{BLUE}"/>'
        )
    elif run.kind == "changed":
        weight = 700
        waves = max(1, round(run.width / 6))
        under = (
            f'<path d="M{run.x:.1f} {run.y + 3:.1f}{"q1.5 3 3 0t3 0" * waves}" stroke="{ORANGE}"'
            ' fill="none" stroke-width="1.5"/>'
        )
    # the width is ours and not the typeface's, so that bands and lines end where the words do
    exact = f' textLength="{run.width:.1f}" lengthAdjust="spacingAndGlyphs"'
    exact = exact if len(run.words) > 1 else ""
    return (
        f'{under}<text x="{run.x:.1f}" y="{run.y:.1f}" font-size="{SIZE}"'
        f' font-weight="{weight}"{exact}>{html.escape(run.words)}</text>'
    )


def _bands(left, right):
    numbers = sorted(
        {n for run in left for n in run.pairs} & {n for run in right for n in run.pairs}
    )
    for number in numbers:
        (a0, a1), (b0, b1) = _extent(left, number), _extent(right, number)
        x0, x1 = WIDE + 4, WIDE + GUTTER - 4
        middle = (x0 + x1) / 2
        yield (
            f'<path d="M{x0} {a0:.1f}C{middle} {a0:.1f} {middle} {b0:.1f} {x1}'
            f' {b0:.1f}V{b1:.1f}C{middle} {b1:.1f} {middle} {a1:.1f} {x0} {a1:.1f}Z" fill="{BLUE}"'
            f' fill-opacity=".16" stroke="{BLUE}" stroke-opacity=".7"/>'
        )
        yield text(x0 + 3, (a0 + a1) / 2 + 5, str(number), 14, weight=700)
        yield text(x1 - 3, (b0 + b1) / 2 + 5, str(number), 14, "end", 700)


def _extent(runs, number):
    ys = [run.y for run in runs if number in run.pairs]
    return min(ys) - 14, max(ys) + 5
