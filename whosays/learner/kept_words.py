"""What a learner judged and wrote in the lessons before, offered where the memo is written."""

import html

from ..view.view import View, folded
from . import judgements
from .course import LESSONS

NOTHING = "Your answers in earlier lessons come here."


class KeptWords(View):
    """Every answer of some lessons with its question, folded by lesson.

    Parameters
    ----------
    lessons : iterable of str
        Such as ``03``.
    """

    def __init__(self, lessons):
        self.lessons = tuple(lessons)

    def answers(self) -> dict[str, list[tuple[str, str]]]:
        """Lesson to (question, last answer), lessons without an answer left out."""
        by_lesson = {
            number: [(one.ask, one.last.words()) for one in judgements.every(number) if one.last]
            for number in self.lessons
        }
        return {number: answers for number, answers in by_lesson.items() if answers}

    def html(self) -> str:
        folds = ""
        for number, answers in self.answers().items():
            answer = "".join(
                f"<li>{html.escape(ask)} <strong>{html.escape(words)}</strong></li>"
                for ask, words in answers
            )
            folds += folded(f"Lesson {number}, {LESSONS[number]}", f"<ul>{answer}</ul>")
        return folds or f"<p>{NOTHING}</p>"

    def text(self) -> str:
        lines = []
        for number, answers in self.answers().items():
            lines += [f"Lesson {number}", *(f"  {ask} {answer}" for ask, answer in answers)]
        return "\n".join(lines) or NOTHING


def kept_words(*lessons):
    """What was answered in these lessons, shown anew whenever an answer is kept."""
    return KeptWords(lessons or [number for number in LESSONS if number < "07"]).widget()
