"""What a learner's answers to a set come to: marks, and discernment both ways."""

import html
from dataclasses import dataclass

from ..learner.verdict import BLANK, SIGNS
from ..view.show import table_of
from ..view.view import View
from .judge import judge
from .kinds import KINDS
from .plain import NotPlain, is_blank, plain

WRONGLY_ACCEPTED, WRONGLY_REJECTED = "wrongly accepted", "wrongly rejected"
RIGHTLY_ACCEPTED, RIGHTLY_REJECTED = "rightly accepted", "rightly rejected"
BELIEFS = (RIGHTLY_ACCEPTED, RIGHTLY_REJECTED, WRONGLY_ACCEPTED, WRONGLY_REJECTED)


@dataclass(frozen=True)
class Score:
    """The outcome for a whole set."""

    # points, of: marks earned and possible, free text left out
    points: float
    of: float
    beliefs: dict[str, int]  # statements rightly or wrongly accepted or rejected
    # mean of the share of supported statements accepted and of unsupported ones rejected, from 0 to
    # 1; None until statements of both sorts are answered
    balanced_accuracy: float | None
    # questions for self-review; ``review_points`` is what they are worth
    review: tuple[str, ...]
    review_points: float
    blank: tuple[str, ...]  # questions not answered
    judgements: tuple


def score_set(specs: list[dict], answers: dict) -> Score:
    """Judge every question of a set, its key open or locked; an answer that is missing is blank."""
    return score_judgements(judge(spec, answers.get(spec["id"])) for spec in specs)


def score_judgements(judgements) -> Score:
    """The same from judgements that are there already (see :func:`score_set`)."""
    judgements = tuple(judgements)
    counted = [j.belief for judgement in judgements for j in judgement.parts if j.belief]
    beliefs = {belief: counted.count(belief) for belief in BELIEFS}
    marked = [j for j in judgements if KINDS[j.kind].by_machine]
    texts = [j for j in judgements if not KINDS[j.kind].by_machine]
    return Score(
        points=round(sum(j.points for j in marked), 2),
        of=round(sum(j.of for j in marked), 2),
        beliefs=beliefs,
        balanced_accuracy=_balanced(beliefs),
        review=tuple(j.question for j in texts),
        review_points=round(sum(j.of for j in texts), 2),
        blank=tuple(j.question for j in judgements if j.status == BLANK),
        judgements=judgements,
    )


def _balanced(beliefs):
    supported = beliefs[RIGHTLY_ACCEPTED] + beliefs[WRONGLY_REJECTED]
    unsupported = beliefs[RIGHTLY_REJECTED] + beliefs[WRONGLY_ACCEPTED]
    if not supported or not unsupported:
        return None
    return (beliefs[RIGHTLY_ACCEPTED] / supported + beliefs[RIGHTLY_REJECTED] / unsupported) / 2


def gather(ids, given: dict, saved: dict) -> tuple[dict, list[str]]:
    """The plain answers of a set by question id, and a sentence for each that is not plain data.

    ``given`` has them by question id (``"1.3"``) or variable name (``answer_1_3``), so that
    ``globals()`` will do; what is blank there is taken from ``saved``, by question id.
    """
    answers, problems = {}, []
    for identity in ids:
        value = given.get(identity, given.get("answer_" + identity.replace(".", "_")))
        try:
            answers[identity] = plain(value)
        except NotPlain as problem:
            problems.append(f"{identity}: {problem}.")
            answers[identity] = None
        if is_blank(answers[identity]):
            answers[identity] = saved.get(identity)
    return answers, problems


def both_ways_table(beliefs) -> View:
    """What was judged rightly and wrongly, of what is well supported and of what is not."""
    b = beliefs
    rows = [
        ("well supported", b[RIGHTLY_ACCEPTED], f"{b[WRONGLY_REJECTED]} wrongly rejected"),
        ("not well supported", b[RIGHTLY_REJECTED], f"{b[WRONGLY_ACCEPTED]} wrongly accepted"),
    ]
    headings = ("statements that are", "judged rightly", "judged wrongly")
    return table_of("Both ways, by your first answers", headings, rows)


def both_ways_sentences(beliefs, balanced_accuracy) -> list[str]:
    """What that means, in at most two sentences; none until both sorts are answered."""
    if balanced_accuracy is None:
        return []
    lines = [
        f"Both ways together: {balanced_accuracy:.0%}. Believing everything or nothing gives 50%."
    ]
    accepted, rejected = beliefs[WRONGLY_ACCEPTED], beliefs[WRONGLY_REJECTED]
    if accepted > rejected:
        lines.append("You accepted more than the material supports: ask once more who says so.")
    elif rejected > accepted:
        lines.append("You rejected statements that are well supported: doubt needs reasons, too.")
    return lines


def sure_table(steps, least: int = 1) -> View:
    """How sure somebody was of first tries (:class:`.tries.Sure`), and how much of it was right.

    What fewer than ``least`` tries would say is not told.
    """
    few = "too few to say"
    rows = [
        (s.words, s.answers, f"{100 * s.right:.0f} %" if s.answers >= least else few) for s in steps
    ]
    headings = ("how sure", "first tries", "of their points earned")
    return table_of("How sure, and how right, on first tries", headings, rows)


class ScoreView(View):
    """A score to look at, question by question, and both ways.

    ``titles`` are by question id, ``problems`` sentences on answers that could not be read at all,
    ``first`` is the score of first tries, ``calibration`` a list of :class:`.tries.Sure`.
    """

    def __init__(self, score: Score, titles: dict[str, str], problems, first, calibration):
        self.score, self.titles, self.problems = score, titles, problems
        self.first, self.calibration = first, calibration

    def _tables(self):
        tried = self.first.points != self.score.points
        headings = ["question", "state", *(["first try"] if tried else []), "marks"]
        rows = [
            (
                f"{j.question} {self.titles[j.question]}",
                SIGNS[j.status],
                *([self._marks(f)] if tried else []),
                self._marks(j),
            )
            for j, f in zip(self.score.judgements, self.first.judgements, strict=True)
        ]
        also = f"; on first tries {self.first.points:g}" if tried else ""
        caption = f"Marks: {self.score.points:g} of {self.score.of:g}{also}"
        yield table_of(caption, headings, rows)
        if any(self.first.beliefs.values()):
            yield both_ways_table(self.first.beliefs)
        if self.calibration:
            yield sure_table(self.calibration)

    @staticmethod
    def _marks(judgement):
        if not KINDS[judgement.kind].by_machine:
            return "yours to review"
        return f"{judgement.points:g} of {judgement.of:g}"

    @property
    def sentences(self) -> list[str]:
        """What the numbers mean, and what is left to do."""
        s, lines = self.score, list(self.problems)
        lines += both_ways_sentences(self.first.beliefs, self.first.balanced_accuracy)
        if s.blank:
            lines.append(f"Not answered yet: {', '.join(s.blank)}.")
        review = [q for q in s.review if q not in s.blank]
        if review:
            lines.append(
                f"For you to review with the three levels ({s.review_points:g} points, not counted"
                f" above): {', '.join(review)}."
            )
        return lines

    def html(self) -> str:
        return "".join(t.html() for t in self._tables()) + "".join(
            f"<p>{html.escape(s)}</p>" for s in self.sentences
        )

    def text(self) -> str:
        return "\n".join([*(f"{t.text()}\n" for t in self._tables()), *self.sentences])
