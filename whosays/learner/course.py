"""The head of a lesson: the look of its page, how to go through it, and where it stands in the
course.
"""

import html

from ..view.view import View
from . import judgements

LESSONS = {
    "00": "Start here",
    "01": "Who is speaking?",
    "02": "Attributing claims",
    "03": "Duplicated press copy",
    "04": "Numbers that travel",
    "05": "Quotations that travel",
    "06": "Independent accounts",
    "07": "Your memo",
}

HOW = (
    "All is running. Your answers are kept on this computer and come back when you return. Code is"
    " folded: click ••• to see it. Small numbers lead to the sources at the end."
)

# lines no longer than one reads with ease, on lessons and exercises
LINES = """<style>
.jp-MarkdownOutput>p,.jp-MarkdownOutput>ul,.jp-MarkdownOutput>ol,.jp-MarkdownOutput>blockquote,
.jp-MarkdownOutput>h1,.jp-MarkdownOutput>h2,.jp-MarkdownOutput>h3{max-width:min(36em,100%);box-sizing:border-box}
.jp-MarkdownOutput>table{max-width:46em;margin-left:0}
.ws p,.ws li,.ws dd,.ws figcaption,.ws-question p,.ws-status{max-width:36em}
.jp-InputPlaceholder .jp-Placeholder-content{min-width:0}.jp-InputPlaceholder .jp-PlaceholderText{white-space:normal}
</style>"""

# Citations as small marks
LOOK = (
    LINES
    + """<style>
a[href^="#"][href*="/"]{font-size:.86em;font-weight:600;vertical-align:super;line-height:1;text-decoration:none;
padding:.1em .35em;margin:0 .1em;border:1px solid currentColor;border-radius:.6em}
a[href^="#"][href*="/"]:focus-visible{outline:.2em solid currentColor;outline-offset:.1em}
.ws-course{display:flex;flex-wrap:wrap;gap:.3em .5em;list-style:none;margin:.2em 0 .4em!important;padding:0!important}
.ws-course li{display:block!important;min-width:2em;padding:.1em .5em;border:1px solid currentColor;border-radius:1em;text-align:center}
.ws-course li[aria-current]{font-weight:700;background:var(--jp-content-font-color1,#1a1a1a);color:var(--jp-layout-color0,#fff)}
</style>"""
)


class Lesson(View):
    """The head of one lesson; its first cell shows it.

    Parameters
    ----------
    number : str
        Such as ``03``.
    """

    def __init__(self, number):
        if number not in LESSONS:
            raise ValueError(f"There is no lesson {number!r}: they are {', '.join(LESSONS)}.")
        self.number = number

    def html(self):
        begun = {one.lesson for one in judgements.every()}
        steps = "".join(
            f"<li{' aria-current=step' if number == self.number else ''}"
            f' title="{html.escape(title)}'
            f'{", begun" if number in begun else ""}">{number}{" ✓" if number in begun else ""}</li>'
            for number, title in LESSONS.items()
        )
        return (
            f'{LOOK}<ul class="ws-course" aria-label="Lessons; ✓ marks those that you have'
            f' begun">{steps}</ul><p>{HOW}</p>'
        )

    def text(self):
        return f"Lesson {self.number}, {LESSONS[self.number]}. {HOW}"


lesson = Lesson
