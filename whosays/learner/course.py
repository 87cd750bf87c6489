"""The head of a lesson: the look of its page, how to go through it, and where it stands in the
course.
"""

import html

from ..view.view import View, style
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

# the first is for exercises as well
LINES = style(__package__, "lines.css")
LOOK = LINES + style(__package__, "course.css")


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

    def html(self) -> str:
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

    def text(self) -> str:
        return f"Lesson {self.number}, {LESSONS[self.number]}. {HOW}"


lesson = Lesson
