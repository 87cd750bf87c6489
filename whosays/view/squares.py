"""A matrix of squares: how large a share of each row's text stands in each column's text."""

import html
import textwrap

from .pictures import BLUE, svg, text

CELL, LABEL, HEAD, TOP = 24, 254, 34, 8
LETTERS = 26  # of a name that fit before its number
SMALLEST = 5  # side of the smallest square that is still seen


def squares(names, shares, title: str, groups=()):
    """A picture of shares between things of one kind, as SVG.

    The area of a square is the share; a dot marks a thing against itself.

    Parameters
    ----------
    names : list of str
        What the rows are, in order; the columns are the same, by number.
    shares : mapping of (int, int) to float
        Row and column, from 0, to the share of the row that stands in the column: 0 to 1. Only what
        is above 0.
    groups : iterable of int
        Rows before which a thicker line begins a new document.
    """
    n, starts = len(names), {0, len(names), *groups}
    width, height = LABEL + n * CELL + 2, TOP + HEAD + n * CELL + 2
    body = []
    for i, name in enumerate(names):
        middle = TOP + HEAD + (i + 0.5) * CELL
        shown = textwrap.shorten(name, LETTERS, placeholder=" …")
        body.append(text(LABEL - 34, middle + 5, shown, 14, "end"))
        body.append(text(LABEL - 8, middle + 5, str(i + 1), 14, "end", 600))
        body.append(text(LABEL + (i + 0.5) * CELL, TOP + HEAD - 10, str(i + 1), 14, "middle", 600))
    for i in range(n + 1):
        line = 2 if i in starts else 0.5
        x, y = LABEL + i * CELL, TOP + HEAD + i * CELL
        style = f'stroke="currentColor" stroke-opacity=".6" stroke-width="{line}"'
        body.append(f'<path d="M{x} {TOP + HEAD}v{n * CELL}M{LABEL} {y}h{n * CELL}" {style}/>')
    for i in range(n):
        at = (i + 0.5) * CELL
        body.append(f'<circle cx="{LABEL + at}" cy="{TOP + HEAD + at}" r="2" fill-opacity=".6"/>')
    for (row, column), share in shares.items():
        body.append(_square(row, column, share, names))
    described = "; ".join(
        f"{share:.0%} of {row + 1} in {column + 1}"
        for (row, column), share in sorted(shares.items(), key=lambda one: -one[1])[:6]
    )
    about = (
        f"{n} rows and {n} columns. The larger the square, the larger the share of the row's text"
        f" that stands in the column's text. The largest: {described}. The table holds all of them."
    )
    return svg(body, width, height, title, about)


def _square(row, column, share, names):
    side = max(SMALLEST, (CELL - 5) * share**0.5)
    x = LABEL + (column + 0.5) * CELL - side / 2
    y = TOP + HEAD + (row + 0.5) * CELL - side / 2
    said = f"{share:.0%} of “{names[row]}” stands in “{names[column]}”"
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{side:.1f}" height="{side:.1f}" fill="{BLUE}" '
        f'stroke="currentColor" stroke-width="1"><title>{html.escape(said)}</title></rect>'
    )
