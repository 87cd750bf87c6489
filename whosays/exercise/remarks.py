"""Which slips get a reply of their own: counted at build over every answer with one slip."""

from dataclasses import dataclass

from ..learner.verdict import RIGHT
from .judge import judge
from .kind import DOUBTING, TRUSTING
from .kinds import kind_of
from .plain import is_blank

SORTS = (TRUSTING, DOUBTING, "")


@dataclass(frozen=True)
class Remarks:
    """How many single slips of a set have a planted remark.

    Attributes
    ----------
    slips, planted : dict of str to int
        By sort: ``"trusting"``, ``"doubting"`` or ``""`` for a slip that is neither.
    without : tuple of (str, str, object)
        Question, part and answer of each slip without one.
    silent : tuple of (str, str)
        Question and part of slips that get no reply at all: a fault.
    """

    slips: dict
    planted: dict
    without: tuple = ()
    silent: tuple = ()

    def share(self, *sorts):
        """The share of slips with a planted remark, from 0 to 1; None where there is no slip."""
        slips = sum(self.slips[sort] for sort in sorts or SORTS)
        return sum(self.planted[sort] for sort in sorts or SORTS) / slips if slips else None


def count_remarks(questions):
    """Judge every answer with one slip, and count those that a planted remark answers.

    Parameters
    ----------
    questions : list of dict
        With the key open, and with ``answer``.

    Returns
    -------
    Remarks
    """
    slips, planted = dict.fromkeys(SORTS, 0), dict.fromkeys(SORTS, 0)
    without, silent = [], []
    for question in questions:
        for slip in kind_of(question).slips(question):
            if is_blank(slip.answer):
                continue
            judgement = judge(question, slip.answer)
            replies = judgement.replies
            slips[slip.sort] += 1
            if any(wrong["say"] in replies for wrong in question.get("wrong", ())):
                planted[slip.sort] += 1
            else:
                without.append((question["id"], slip.part, slip.answer))
                if not replies.strip():
                    silent.append((question["id"], slip.part))
    return Remarks(slips, planted, tuple(without), tuple(silent))


def count_reasons(questions):
    """How many parts of the right answers say why they are right.

    Parameters
    ----------
    questions : list of dict
        With the key open, and with ``answer``.

    Returns
    -------
    (int, int)
        Parts that say why, and parts that a right answer shows.
    """
    said = shown = 0
    for question in questions:
        kind = kind_of(question)
        if kind.by_machine:
            judgement = judge(question, kind.one_answer(question["answer"]))
            right = [part for part in judgement.parts if part.status == RIGHT]
            # a question of one part says it below its heading
            reasons = [part.say for part in right] if len(right) > 1 else judgement.replies[:1]
            said, shown = said + sum(map(bool, reasons)), shown + len(right)
    return said, shown


def remarks_table(sets):
    """The counts of several sets as lines of a Markdown table, with the sum last.

    Parameters
    ----------
    sets : list of (str, list of dict)
        Name and questions.

    Returns
    -------
    str
    """
    counted = [(name, count_remarks(questions)) for name, questions in sets]
    reasons = [count_reasons(questions) for _, questions in sets]
    reasons.append(tuple(map(sum, zip(*reasons, strict=True))))
    whole = Remarks(
        *(
            {s: sum(getattr(r, of)[s] for _, r in counted) for s in SORTS}
            for of in ("slips", "planted")
        )
    )
    head = "| set | slips | with a remark of their own | trusting too much | doubting too much"
    lines = [f"{head} | right parts that say why |", "|---|---|---|---|---|---|"]
    for (name, remarks), (said, shown) in zip([*counted, ("all", whole)], reasons, strict=True):
        cells = [_cell(remarks), _cell(remarks, TRUSTING), _cell(remarks, DOUBTING)]
        cells.append(f"{said} of {shown}")
        lines.append(f"| {name} | {sum(remarks.slips.values())} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(remarks, *sorts):
    share = remarks.share(*sorts)
    if share is None:
        return "none"
    planted = sum(remarks.planted[sort] for sort in sorts or SORTS)
    return f"{planted} of {sum(remarks.slips[sort] for sort in sorts or SORTS)} ({share:.0%})"
