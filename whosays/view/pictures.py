"""Pictures as inline SVG: pure functions from data to text, no library, nothing by colour alone.

Each picture has a title and a description for those who do not see it, uses the theme's own
text colour, and stands beside the table it is drawn from.
"""

import html
import math
import re
import textwrap

from .view import View, folded

# The one palette: middle tones that stand off by 3 to 1 from a white page and from a dark one, and
# from each other in print. Words are never in these colours, and no colour means anything without
# a sign beside it.
BLUE, ORANGE, GREEN, GREY = "#3b82c4", "#c2681c", "#3d8b5f", "#808080"

_WIDTH, _LEFT, _RIGHT = 720, 24, 44
_FONT = 'font-family="var(--jp-content-font-family,system-ui,sans-serif)"'


def text(
    x, y, words, size: int = 14, anchor="start", weight: int = 400, opacity: float = 1.0
) -> str:
    """One line of text in a picture; the words are escaped here.

    The baseline starts, ends or has its middle at ``x, y``, by ``anchor``: ``start``, ``end`` or
    ``middle``.
    """
    fade = f' fill-opacity="{opacity}"' if opacity < 1 else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}"'
        f' text-anchor="{anchor}"{fade}>{html.escape(words)}</text>'
    )


def svg(body, width, height, title: str, description: str) -> str:
    """A picture of some elements, with its title and description.

    On the page it is as wide as its column allows, but never so small that its smallest letters
    have less than 12 pixels: then it scrolls sideways, by keyboard too. On paper it always fits.
    """
    name, body = html.escape(title), "".join(body)
    smallest = min(map(int, re.findall(r'font-size="(\d+)"', body)), default=14)
    return (
        f'<div class="ws-picture" role="group" aria-label="{name}" tabindex="0"'
        f' style="--least:{width * 12 // smallest:g}px"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img"'
        f" {_FONT} "
        f'style="width:100%;max-width:{width / 14:.0f}em;height:auto;color:inherit"'
        ' fill="currentColor">'
        f"<title>{name}</title><desc>{html.escape(description)}</desc>{body}</svg></div>"
    )


class Picture(View):
    """A picture with the table that it is drawn from folded below it.

    ``caption`` stands under the picture and may be empty; ``behind`` is what the fold says.
    """

    caption, behind = "", "The table behind it"

    def svg(self):
        raise NotImplementedError

    def html(self):
        drawn = self.svg()
        if self.caption:
            caption = html.escape(self.caption)
            drawn = f"<figure>{drawn}<figcaption>{caption}</figcaption></figure>"
        return drawn + folded(self.behind, self.table().whole())


def scale_end(value) -> float:
    """The end of a scale from 0: the next 1, 2 or 5 times a power of ten from a value on."""
    if value <= 0:
        return 1
    power = 10 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value)


def lineup_svg(panels, title: str):
    """Figures side by side: a panel with a scale of its own for each definition.

    An exact number is a dot, a range a bar, a floor an arrow to the right, a ceiling one to the
    left, "about" a ring. Numbers of different panels cannot be read off one scale, on purpose.

    Parameters
    ----------
    panels : list of dict
        ``counts`` (the definition), ``unit``, ``marks``: each with ``low`` and ``high`` (None where
        open), ``shown``, ``qualifier``, ``who``, ``times``.
    """
    body, y = [], 8.0
    for panel in panels:
        y = _panel(panel, y, body)
    body.append(
        text(
            _LEFT,
            y + 14,
            "Each definition has its own scale: different things are not to be compared by eye.",
            opacity=0.8,
        )
    )
    said = " ".join(
        f"{p['counts']}, in {p['unit']}: "
        + ", ".join(f"{m['shown']} by {m['who']}" for m in p["marks"])
        + "."
        for p in panels
    )
    return svg(body, _WIDTH, y + 26, title, f"{title}. {said} Each has its own scale.")


def _panel(panel, y, body):
    for line in textwrap.wrap(f"{panel['counts']} ({panel['unit']})", 92):
        y += 19
        body.append(text(_LEFT, y, line, 14, weight=600))
    end = scale_end(max(v for m in panel["marks"] for v in (m["low"], m["high"]) if v is not None))
    span = _WIDTH - _LEFT - _RIGHT

    def x(value):
        return _LEFT + span * value / end

    for mark in panel["marks"]:
        y += 34
        body += _mark(mark, x, y)
    y += 18
    body.append(
        f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="currentColor" stroke-opacity=".5"/>'
    )
    for value, anchor in ((0, "start"), (end / 2, "middle"), (end, "end")):
        body.append(
            f'<path d="M{x(value):.1f} {y:.1f}v5" stroke="currentColor" stroke-opacity=".5"/>'
        )
        body.append(text(x(value), y + 18, f"{value:,.10g}", 14, anchor, opacity=0.8))
    return y + 34


def _mark(mark, x, y):
    low, high = mark["low"], mark["high"]
    known = low if high is None else high if low is None else low
    at = x(known)
    line = 'stroke="currentColor" stroke-width="2.5" fill="none"'
    if low is not None and high is not None and low != high:
        yield (
            f'<path d="M{x(low):.1f} {y - 5:.1f}v10M{x(low):.1f}'
            f' {y:.1f}H{x(high):.1f}M{x(high):.1f} {y - 5:.1f}v10" {line}/>'
        )
        at = x(low)
    elif high is None:
        yield f'<path d="M{at:.1f} {y - 6:.1f}v12M{at:.1f} {y:.1f}h26m-7 -5l7 5l-7 5" {line}/>'
    elif low is None:
        yield f'<path d="M{at:.1f} {y - 6:.1f}v12M{at:.1f} {y:.1f}h-26m7 -5l-7 5l7 5" {line}/>'
    elif mark["qualifier"] == "about":
        yield f'<circle cx="{at:.1f}" cy="{y:.1f}" r="6" {line}/>'
    else:
        yield f'<circle cx="{at:.1f}" cy="{y:.1f}" r="6"/>'
    times = f", {mark['times']} times" if mark["times"] > 1 else ""
    words = f"{mark['shown']} ({mark['who']}{times})"
    # Near the right edge the words would leave the picture: then they end at the mark.
    anchor = "start" if at < 0.55 * _WIDTH else "end"
    place = at - 6 if anchor == "start" else at + 6
    yield text(max(place, _LEFT), y - 11, words, 14, anchor)
