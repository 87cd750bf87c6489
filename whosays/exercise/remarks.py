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

    By sort: ``"trusting"``, ``"doubting"`` or ``""`` for a slip that is neither.
    """

    slips: dict[str, int]
    planted: dict[str, int]
    # question, part and answer of each slip without one
    without: tuple[tuple[str, str, object], ...] = ()
    # question and part of slips that get no reply at all: a fault
    silent: tuple[tuple[str, str], ...] = ()

    def share(self, *sorts) -> float:
        """The share of slips with a planted remark, from 0 to 1; None where there is no slip."""
        slips = sum(self.slips[sort] for sort in sorts or SORTS)
        return sum(self.planted[sort] for sort in sorts or SORTS) / slips if slips else None


def count_remarks(questions: list[dict]) -> Remarks:
    """Judge every answer with one slip, and count those that a planted remark answers.

    The questions have their key open, and ``answer``.
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


def count_reasons(questions: list[dict]) -> tuple[int, int]:
    """How many parts of the right answers say why they are right, of how many that are shown.

    The questions have their key open, and ``answer``.
    """
    given = shown = 0
    for question in questions:
        kind = kind_of(question)
        if kind.by_machine:
            judgement = judge(question, kind.one_answer(question["answer"]))
            right = [part for part in judgement.parts if part.status == RIGHT]
            # a question of one part says it below its heading
            reasons = [part.say for part in right] if len(right) > 1 else judgement.replies[:1]
            given, shown = given + sum(map(bool, reasons)), shown + len(right)
    return given, shown


def remarks_table(sets: list[tuple[str, list[dict]]]) -> str:
    """The counts of several sets (name, questions) as a Markdown table, the sum last."""
    counted = [(name, count_remarks(questions)) for name, questions in sets]
    reasons = [count_reasons(questions) for _, questions in sets]
    reasons.append(tuple(map(sum, zip(*reasons, strict=True))))
    slips = {sort: sum(remarks.slips[sort] for _, remarks in counted) for sort in SORTS}
    planted = {sort: sum(remarks.planted[sort] for _, remarks in counted) for sort in SORTS}
    whole = Remarks(slips, planted)
    head = "| set | slips | with a remark of their own | trusting too much | doubting too much"
    lines = [f"{head} | right parts that say why |", "|---|---|---|---|---|---|"]
    for (name, remarks), (given, shown) in zip([*counted, ("all", whole)], reasons, strict=True):
        cells = [_cell(remarks), _cell(remarks, TRUSTING), _cell(remarks, DOUBTING)]
        cells.append(f"{given} of {shown}")
        lines.append(f"| {name} | {sum(remarks.slips.values())} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(remarks, *sorts):
    share = remarks.share(*sorts)
    if share is None:
        return "none"
    planted = sum(remarks.planted[sort] for sort in sorts or SORTS)
    return f"{planted} of {sum(remarks.slips[sort] for sort in sorts or SORTS)} ({share:.0%})"
