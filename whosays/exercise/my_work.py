"""My work: what a learner has done in all lessons, on one page. Nothing leaves the machine."""

import html
from collections.abc import Iterator
from dataclasses import dataclass

from ..learner import judgements
from ..learner.course import LESSONS
from ..learner.visits import VisitLog
from ..view.show import table_of
from ..view.view import View
from .question import question_set
from .score import WRONGLY_ACCEPTED, WRONGLY_REJECTED, Score, sure_table
from .tries import calibration, confidence

FEW = 5  # first tries, below which a share says nothing
NOTHING = "My work: nothing is kept yet."
SURE_WORDS = "If you judge yourself well, the first and the last column are about the same."


@dataclass(frozen=True)
class Done:
    """A learner's work on one lesson."""

    number: str  # of the lesson, such as ``03``
    kept: tuple = ()  # judgements given in the lesson itself
    visits: int = 0  # notes on leaving the page
    # of the exercise, or of its twin where more was answered there; None where nothing was
    score: Score | None = None
    first: Score | None = None  # the same for first tries, where they are kept
    # how sure each first try was, in percent, and the share of its points, from 0 to 1; of the
    # exercise and its twin, where it was asked
    sure: tuple[tuple[float, float], ...] = ()


def done(number: str) -> Done:
    """A learner's work on one lesson, as it is kept now."""
    answers = tuple(judgements.every(number))
    visits = len(VisitLog(number).mine)
    sets = [s for s in (question_set(number), question_set(f"{number}f")) if s.data and s.saved()]
    if not sets:
        return Done(number, answers, visits)
    view = max(sets, key=lambda one: len(one.saved())).score()
    sure = [pair for s in sets for pair in confidence(s.data["questions"], s.first_tries())]
    return Done(number, answers, visits, view.score, getattr(view, "first", None), tuple(sure))


class MyWork(View):
    """All lessons at a glance: answers, points at first try and now, both ways, visits."""

    def lessons(self) -> list[Done]:
        """One :class:`Done` for each lesson that was begun, in its lesson or its exercise."""
        return [one for one in map(done, LESSONS) if one.kept or one.visits or one.score]

    def table(self) -> View:
        """The lessons as a table."""
        rows = []
        for one in self.lessons():
            score, first = one.score, one.first
            both = first or score
            begun = f"{len(one.kept)} answers, {one.visits} visits"
            points = f"{score.points:g} of {score.of:g}" if score else "not begun"
            points = f"{first.points:g}, then {points}" if score and first else points
            wrong = (
                both and f"{both.beliefs[WRONGLY_ACCEPTED]} and {both.beliefs[WRONGLY_REJECTED]}"
            )
            lesson = f"{one.number} {LESSONS[one.number]}"
            rows.append((lesson, begun if one.kept or one.visits else "not begun", points, wrong))
        headings = ("Lesson", "In the lesson", "Exercise: first try, now")
        return table_of("My work", (*headings, "Wrongly accepted and rejected"), rows)

    def sure(self) -> View | None:
        """How sure first tries were and how much was right, as a table; None without any."""
        steps = calibration([pair for one in self.lessons() for pair in one.sure])
        return sure_table(steps, FEW) if steps else None

    def changes(self) -> Iterator[str]:
        """First and last judgement of each lesson that has both, in sentences."""
        by_name = {one.name: one for one in judgements.every()}
        for number in LESSONS:
            first, last = by_name.get(f"{number}/first"), by_name.get(f"{number}/last")
            if first and last and first.first and last.last:
                yield (
                    f"Lesson {number}: at first “{first.first.words()}” ({_sure(first.first)}), "
                    f"at the end “{last.last.words()}” ({_sure(last.last)})."
                )

    def html(self) -> str:
        if not self.lessons():
            return f"<p>{NOTHING}</p>"
        changes = "".join(f"<li>{html.escape(words)}</li>" for words in self.changes())
        heading = "<p><strong>How your judgement changed</strong></p>"
        listed = f"{heading}<ul>{changes}</ul>" if changes else ""
        sure = self.sure()
        shown = f"{sure.html()}<p>{SURE_WORDS}</p>" if sure else ""
        return f"{self.table().html()}{shown}{listed}<p>All of this lies on this computer only.</p>"

    def text(self) -> str:
        if not self.lessons():
            return NOTHING
        sure = self.sure()
        shown = [sure.text(), "", SURE_WORDS, ""] if sure else []
        return "\n".join([self.table().text(), "", *shown, *self.changes()])


def _sure(answer):
    return "confidence not asked" if answer.sure is None else f"{answer.sure} % sure"


def my_work():
    """What I have done in all lessons; it looks again whenever an answer is kept."""
    return MyWork().widget()
