"""The class as a whole, to be projected: no names, what was hard, common errors, both ways."""

import html
from collections import Counter
from dataclasses import dataclass
from statistics import fmean, median

from ..exercise.forms import FORMS, items
from ..exercise.kinds import kind_of
from ..exercise.score import sure_table
from ..exercise.tries import calibration
from ..learner.verdict import BLANK, NOT_YET, PARTLY, RIGHT
from ..view.show import Bar
from .gradebook import marks
from .page import page, paragraph, table
from .row import RAN
from .words import said

_MANY = 10  # learners from whom the statistics of items begin to say something
_FEW, _TOO_FEW = 5, 3  # shares of so few say little; of fewer still, they point at people


def class_report(rows: list, keys: list) -> str:
    """The report as a page, from results with the marks of free texts filled in."""
    states = Counter(row.status for row in rows)
    body = [
        paragraph(f"{len(rows)} handed in. Nobody's name stands on this page.", "lead"),
        table("What came in", ("state of the submission", "number"), states.most_common()),
    ]
    for key in keys:
        mine = [row for row in rows if row.set == key.name and row.status in RAN]
        if not mine:
            continue
        if len(keys) > 1:
            body.append(f'<h2 class="set">{html.escape(key.title)}</h2>')
        if len(mine) < _TOO_FEW:
            words = f"{len(mine)} graded: too few to show without showing whose they are."
            body.append(paragraph(words, "note"))
            continue
        if len(mine) < _FEW:
            words = f"Only {len(mine)} could be graded: read the shares below with that in mind."
            body.append(paragraph(words, "note"))
        body += [*_marks(mine), *_questions(mine, key), *_both_ways(mine), *_sure(mine)]
        body += [*_items(mine, key), *_wrong(mine, key)]
    return page(f"The class: {keys[0].title}", body)


def shares(rows) -> list[float]:
    """Each student's share of the points so far: what waits for a mark is left out."""
    out = []
    for row in rows:
        total = marks(row)
        waiting = sum(entry.of for entry in row.questions.values() if entry.points is None)
        of = total.of - waiting
        out.append(total.points / of if of else 0.0)
    return out


def _marks(rows):
    shares_of_class = shares(rows)
    bins = Counter(min(9, int(share * 10)) for share in shares_of_class)
    labels = [f"{10 * n} to {10 * n + (10 if n == 9 else 9)} %" for n in range(10)]
    span = f"lowest {min(shares_of_class):.0%}, highest {max(shares_of_class):.0%}"
    yield "<h2>How the marks lie</h2>"
    listed = [(label, Bar(bins[n] / len(rows), str(bins[n]))) for n, label in enumerate(labels)]
    caption = f"Share of the points: median {median(shares_of_class):.0%}, {span}"
    yield table(caption, ("share of the points", "students"), listed)


@dataclass(frozen=True)
class QuestionReport:
    """How a class did on one question."""

    question: str
    title: str
    mean: float | None  # mean share of the points; None while a text is not marked
    states: Counter  # number of answers by verdict
    agreement: float | None  # see :func:`agreement`
    free_text: bool

    @property
    def name(self) -> str:
        return f"{self.question} {self.title}"


def hardest(rows: list, key) -> list[QuestionReport]:
    """The questions, hardest first, each with its mean share of the points and what came in."""
    out = []
    for question in key.questions:
        entries = [row.questions[question["id"]] for row in rows]
        shares = [e.points / e.of for e in entries if e.points is not None and e.of]
        # while texts wait for their marks, only the blank ones have any
        mean = fmean(shares) if shares and len(shares) == len(entries) else None
        states, alike = Counter(entry.status for entry in entries), agreement(question, entries)
        by_hand = not kind_of(question).by_machine
        out.append(QuestionReport(question["id"], question["title"], mean, states, alike, by_hand))
    return sorted(out, key=lambda asked: (asked.mean is None, asked.mean))


def agreement(question: dict, entries: list) -> float | None:
    """How alike a class answers: the share of pairs of students with the same answer, from 0 to 1.

    It needs no key. High with few right answers, it shows a shared misreading; low, that the
    question is read in different ways. None for questions without closed parts or with fewer than
    two answers.
    """
    if not kind_of(question).closed:
        return None
    kind, ratings = kind_of(question), []
    answers = [entry.answer for entry in entries if entry.answer is not None]
    forms = [kind.forms(question, answer) for answer in answers]
    for part in kind.parts(question):
        given = Counter(form[part.id] for form in forms if part.id in form)
        pairs = sum(given.values()) * (sum(given.values()) - 1)
        if pairs:
            ratings.append(sum(n * (n - 1) for n in given.values()) / pairs)
    return fmean(ratings) if ratings else None


def _questions(rows, key):
    yield "<h2>Which questions were hard</h2>"
    verdicts = {RIGHT: "right", PARTLY: "partly", NOT_YET: "not yet", BLANK: "not answered"}
    listed = [
        (
            asked.name,
            "not marked" if asked.mean is None else Bar(asked.mean, f"{asked.mean:.0%}"),
            *("-" if asked.free_text and v != BLANK else asked.states[v] for v in verdicts),
            "-" if asked.agreement is None else f"{asked.agreement:.0%}",
        )
        for asked in hardest(rows, key)
    ]
    headings = ("question", "mean share", *verdicts.values(), "agreement")
    yield table("Mean share of the points for each question, hardest first", headings, listed)
    yield paragraph(said("agreement"), "quiet")


def _both_ways(rows):
    pairs = Counter()
    for row in rows:
        b = row.beliefs
        if b and any(b.values()):
            supported = b["rightly accepted"] + b["wrongly rejected"]
            unsupported = b["rightly rejected"] + b["wrongly accepted"]
            if supported and unsupported:
                pairs[
                    round(5 * b["wrongly rejected"] / supported),
                    round(5 * b["wrongly accepted"] / unsupported),
                ] += 1
    if not pairs:
        return
    too_much = sum(n for (rejected, accepted), n in pairs.items() if accepted > rejected)
    too_little = sum(n for (rejected, accepted), n in pairs.items() if rejected > accepted)
    yield "<h2>Both ways, on first tries</h2>"
    even = sum(pairs.values()) - too_much - too_little
    yield paragraph(said("both_ways", too_much=too_much, too_little=too_little, even=even))
    down, across = "down: wrongly accepted", "across: wrongly rejected"
    headings = (down, *(f"{20 * n} %" for n in range(6)))
    listed = [(f"{20 * a} %", *(pairs[r, a] or "" for r in range(6))) for a in range(5, -1, -1)]
    caption = f"Students, to the nearest fifth; {down}, of what is not well supported; {across}, "
    yield table(caption + "of what is well supported", headings, listed)


def _sure(rows):
    steps = calibration([pair for row in rows for pair in row.sure])
    if steps:
        yield "<h2>How sure, and how right</h2>"
        yield sure_table(steps).html()
        yield paragraph("Whoever judges well has the first and the last column alike.", "quiet")


def _items(rows, key):
    """Difficulty and discrimination: of questions, and of a form's sentences."""
    statistics = items([_item_shares(row, key) for row in rows])
    if len(rows) < _MANY or len(statistics) < 2:
        return
    yield "<h2>What each item tells apart</h2>"
    listed = []
    for item in statistics:
        line = [item.name, f"{item.share:.0%}", f"{item.low:.0%} to {item.high:.0%}"]
        if item.with_rest is None:
            line += ["-", "-"]
        else:
            line += [f"{item.with_rest:+.2f}", f"{item.rest_low:+.2f} to {item.rest_high:+.2f}"]
        listed.append(line)
    headings = ("item", "mean share", "its interval", "goes with the rest", "interval of that")
    yield table("Items, on first tries", headings, listed)
    yield paragraph(said("items", learners=len(rows)), "quiet")


def _item_shares(row, key):
    if key.number in FORMS:
        parts = [part for entry in row.questions.values() for part in entry.parts]
        return {part.name: float(part.status == RIGHT) for part in parts if part.id in "abcdefgh"}
    return {
        f"{question['id']} {question['title']}": row.first.get(question["id"], entry.points)
        / entry.of
        for question in key.questions
        if kind_of(question).by_machine
        for entry in [row.questions[question["id"]]]
    }


def common_wrong(rows: list, question: dict) -> list[tuple[str, str, int]]:
    """The three commonest wrong answers to a question: part, what was given, by how many.

    Given by two at least, so that it is nobody's own.
    """
    counted = Counter()
    for row in rows:
        entry = row.questions[question["id"]]
        wrong = {part.id: part.name for part in entry.parts if part.status == NOT_YET}
        if kind_of(question).closed and entry.answer is not None:
            for identity, form in kind_of(question).forms(question, entry.answer).items():
                if identity in wrong:
                    given = kind_of(question).readable(question, identity, form)
                    counted[wrong[identity], given] += 1
        else:
            counted.update(
                (name, "") for identity, name in wrong.items() if not identity.startswith("missing")
            )
    return [(part, given, number) for (part, given), number in counted.most_common(3) if number > 1]


def _wrong(rows, key):
    listed = [
        (f"{question['id']} {question['title']}", *wrong)
        for question in key.questions
        if kind_of(question).by_machine
        for wrong in common_wrong(rows, question)
    ]
    if listed:
        yield "<h2>Common wrong answers</h2>"
        yield table("Given by two or more", ("question", "part", "given", "students"), listed)
    notes = Counter(
        (question["id"], wrong["say"])
        for question in key.questions
        for wrong in question.get("wrong", ())
        for row in rows
        if wrong["say"] in _replies(row.questions[question["id"]])
    )
    if notes:
        shown = [(*note, number) for note, number in notes.most_common(8)]
        headings = ("question", "what they were told", "students")
        yield table("Misreadings that were expected", headings, shown)


def _replies(entry):
    return "\n".join([*entry.notes, *(part.say for part in entry.parts)])
