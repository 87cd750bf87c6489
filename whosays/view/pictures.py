"""Pictures as inline SVG: pure functions from data to text, no library, nothing by colour alone.

Each picture has a title and a description for those who do not see it, uses the theme's own
text colour, and stands beside the table it is drawn from.
"""

import html
import re

from .view import View, folded

# The one palette: middle tones that stand off by 3 to 1 from a white page and from a dark one, and
# from each other in print. Words are never in these colours, and no colour means anything without
# a sign beside it.
BLUE, ORANGE, GREEN, GREY = "#3b82c4", "#c2681c", "#3d8b5f", "#808080"

_FONT = 'font-family="var(--jp-content-font-family,system-ui,sans-serif)"'


def text(
    x, y, words: str, size: int = 14, anchor: str = "start", weight: int = 400, opacity: float = 1.0
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


def svg(body, width: int, height, title: str, description: str) -> str:
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

    def html(self) -> str:
        drawn = self.svg()
        if self.caption:
            caption = html.escape(self.caption)
            drawn = f"<figure>{drawn}<figcaption>{caption}</figcaption></figure>"
        return drawn + folded(self.behind, self.table().whole())
