"""Figures side by side as a picture: a panel with a scale of its own for each definition.

An exact number is a dot, a range a bar, a floor an arrow to the right, a ceiling one to the left,
"about" a ring. Numbers of different panels cannot be read off one scale, on purpose.
"""

import math
import textwrap

from ..view.grave import told
from ..view.pictures import svg, text

_WIDTH, _LEFT, _RIGHT = 720, 24, 44


def scale_end(value) -> float:
    """The end of a scale from 0: the next 1, 2 or 5 times a power of ten from a value on."""
    if value <= 0:
        return 1
    power = 10 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value)


def lineup_svg(definitions, who, title: str) -> str:
    """Some Definitions, each a panel, as SVG; ``who`` gives the name of a figure's counter."""
    body, y, sentences = [], 8.0, []
    for one in definitions:
        y = _panel(one, who, y, body)
        numbers = ", ".join(f"{f.shown()} by {who(f)}" for f, _ in one.distinct())
        sentences.append(f"{told(one.counts)}, in {one.unit}: {numbers}.")
    note = "Each definition has its own scale: different things are not to be compared by eye."
    body.append(text(_LEFT, y + 14, note, opacity=0.8))
    about = f"{title}. {' '.join(sentences)} Each has its own scale."
    return svg(body, _WIDTH, y + 26, title, about)


def _panel(definition, who, y, body):
    for line in textwrap.wrap(f"{told(definition.counts)} ({definition.unit})", 92):
        y += 19
        body.append(text(_LEFT, y, line, 14, weight=600))
    known = (v for f in definition.figures for v in f.interval if v is not None)
    end = scale_end(max(known))

    def x(value):
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * value / end

    for figure, same in definition.distinct():
        y += 34
        times = f", {len(same)} times" if len(same) > 1 else ""
        body += _mark(figure, f"{figure.shown()} ({who(figure)}{times})", x, y)
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


def _mark(figure, words, x, y):
    low, high = figure.interval
    at = x(high if low is None else low)
    line = 'stroke="currentColor" stroke-width="2.5" fill="none"'
    if low is not None and high is not None and low != high:
        yield (
            f'<path d="M{at:.1f} {y - 5:.1f}v10M{at:.1f}'
            f' {y:.1f}H{x(high):.1f}M{x(high):.1f} {y - 5:.1f}v10" {line}/>'
        )
    elif high is None:
        yield f'<path d="M{at:.1f} {y - 6:.1f}v12M{at:.1f} {y:.1f}h26m-7 -5l7 5l-7 5" {line}/>'
    elif low is None:
        yield f'<path d="M{at:.1f} {y - 6:.1f}v12M{at:.1f} {y:.1f}h-26m7 -5l-7 5l7 5" {line}/>'
    elif figure.qualifier == "about":
        yield f'<circle cx="{at:.1f}" cy="{y:.1f}" r="6" {line}/>'
    else:
        yield f'<circle cx="{at:.1f}" cy="{y:.1f}" r="6"/>'
    # near the right edge the words would leave the picture: then they end at the mark
    anchor, place = ("start", at - 6) if at < 0.55 * _WIDTH else ("end", at + 6)
    yield text(max(place, _LEFT), y - 11, words, 14, anchor)
