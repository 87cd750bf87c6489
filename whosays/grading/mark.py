"""Has a notebook run, and turns what came out of the sandbox into marks: one row a submission.

The comparison is the notebook's own (:func:`whosays.exercise.judge.judge`), with the key open.
Nothing of a submission is imported, unpickled or evaluated here; answers are plain JSON values.
"""

from dataclasses import dataclass, replace

from ..exercise import tries
from ..exercise.forms import FORMS
from ..exercise.judge import judge
from ..exercise.kinds import KINDS, kind_of
from ..exercise.plain import NotPlain, is_blank, plain
from ..exercise.score import score_set
from ..exercise.spec import answer_name
from ..learner.verdict import BLANK, NOT_YET, PARTLY, UNREADABLE
from ..text.days import capital
from . import row, written
from .cells import mentions
from .handed import clean
from .row import Entry, SubmissionRow
from .watch import CELL_TIME, DIED, REASONS, TIME, Limits, RunOutput, execute

_RUNS = 3  # the first, and at most two more without the cells that ended it
# imports that take long the first time and are no part of any cell's time
_SLOW_IMPORTS = ("numpy", "pandas", "matplotlib.pyplot")


@dataclass(frozen=True)
class HandedAnswer:
    """One answer: its value, or why it is none, and where it came from."""

    value: object = None
    problem: str = ""
    source: str = "fields"


def run_work(sandbox, work, key, limits: Limits) -> tuple[RunOutput, dict]:
    """Run a notebook; where a cell ends the process, run once more without it.

    Comes back with the last Run, and why each cell that was left out, by number, had ended one.
    """
    fatal, seconds, skip = {}, 0.0, []
    code = [(cell.number, cell.source) for cell in work.cells if cell.code and cell.source.strip()]
    if not code:
        return RunOutput(), {}
    whole = "\n".join(source for _, source in code)
    job = {
        "cells": code,
        "questions": {identity: answer_name(identity) for identity in key.ids},
        "imports": [name for name in _SLOW_IMPORTS if name.partition(".")[0] in whole],
        "data": str(key.data),
    }
    best = None
    for _ in range(_RUNS):
        run = execute(sandbox, {**job, "skip": skip}, limits)
        seconds += run.seconds
        best = run if best is None or len(run.values) >= len(best.values) else best
        if not run.ended:
            break
        if run.at is None or run.at in skip or seconds > 2 * limits.wall_seconds:
            fatal.setdefault(run.at or 0, run.ended)
            break
        fatal[run.at] = run.ended
        skip.append(run.at)
    chosen = run if not run.ended else best
    chosen.seconds = round(seconds, 2)
    return chosen, fatal


def grade_work(sandbox, work, key, limits: Limits, stage=lambda name: None) -> SubmissionRow:
    """Everything about one submission that could be opened, as a row without the student.

    ``work`` is an :class:`.opening.Work`. ``stage`` is told ``"running"`` before the sandbox starts
    and ``"marking"`` after it has ended.
    """
    stage("running")
    run, fatal = run_work(sandbox, work, key, limits)
    stage("marking")
    flags = [*work.flags, *_flags(run, fatal, limits)]
    answers = {identity: _answer(identity, run, work) for identity in key.ids}
    first_tries = tries.read_first({"first": work.saved.first})
    if key.number in FORMS:  # before and after: the first try is the answer
        answers |= _first_answers(key, first_tries, answers)
    texts = _free_texts(key, work, answers)
    judgements = {q["id"]: _judged(q, answers[q["id"]]) for q in key.questions}
    named = any(judgement.status != BLANK for judgement in judgements.values())
    for identity, essay in texts.items():
        flags += essay.flags
        if essay.text.strip() and judgements[identity].status in (BLANK, UNREADABLE):
            question = key.question(identity)
            judgements[identity] = judge(question, essay.text[:20_000])
    questions = {}
    for question in key.questions:
        identity = question["id"]
        entry = _entry(judgements[identity], answers[identity])
        entry.say = _told(
            question, judgements[identity], answers[identity], work, run, fatal, limits
        )
        if identity in texts:
            text = clean(texts[identity].text, written.TOO_LONG)
            # a person's to mark, if there is anything to read
            entry.points, entry.answer = None if text.strip() else 0, text
            if texts[identity].flags:
                entry.say.append("What you wrote was taken as it stands. Your teacher reads it.")
        questions[identity] = entry
    if work.language:
        flags.append(f"the notebook says that it is written for another language: {work.language}")
    # where no first try was kept, the answer handed in is the first as well
    last = {identity: answer.value for identity, answer in answers.items()}
    first = score_set(key.questions, tries.first_answers(key.questions, last, first_tries))
    marked = [j for j in first.judgements if KINDS[j.kind].by_machine]
    flags += [f"{i}: checked faster than a person would" for i in tries.hurried(first_tries)]
    return SubmissionRow(
        _status(run, fatal, questions, work.language and not named),
        list(dict.fromkeys(flags)),
        set=key.name,
        number=key.number,
        file=work.file,
        questions=questions,
        beliefs=first.beliefs,
        balanced_accuracy=first.balanced_accuracy,
        first={j.question: j.points for j in marked if j.question in first_tries},
        sure=[list(pair) for pair in tries.confidence(key.questions, first_tries)],
        checks=sum(entry["checks"] for entry in first_tries.values()),
        seconds=run.seconds,
        peak_mb=run.peak_mb,
    )


def _answer(identity, run, work):
    """The notebook's answer, else the one given in fields."""
    if identity in run.problems:
        return HandedAnswer(None, run.problems[identity], "notebook")
    answer = _plain(run.values.get(identity), run.how.get(identity, "variable"))
    if answer.problem or not is_blank(answer.value):
        return answer
    return _from_fields(identity, work)


def _from_fields(identity, work):
    return _plain(work.saved.answers.get(identity), "fields")


def _plain(value, source):
    """An answer within the limits of one, from wherever it came."""
    try:
        return HandedAnswer(plain(value, convert=False), "", source)
    except NotPlain as problem:
        return HandedAnswer(None, str(problem), source)


def _free_texts(key, work, answers):
    texts = [question["id"] for question in key.questions if not kind_of(question).by_machine]
    if not texts:
        return {}
    own = written.own_text(work.cells, key)
    given = {}
    for identity in texts:
        typed = work.saved.answers.get(identity)  # a person reads it, however long it is
        typed = typed if type(typed) is str else _from_fields(identity, work).value
        of_notebook = None if answers[identity].source == "fields" else answers[identity].value
        given[identity] = [(written.IN_NOTEBOOK, of_notebook), (written.IN_FIELDS, typed)]
    waiting = [i for i, values in given.items() if all(is_blank(value) for _, value in values)]
    return {i: written.free_text(i, values, own, waiting) for i, values in given.items()}


def _judged(question, answer):
    if not answer.problem:
        return judge(question, answer.value)
    notes = (f"{capital(answer.problem)}.",)
    return replace(judge(question, None), status=UNREADABLE, points=0, notes=notes)


def _first_answers(key, kept, answers):
    closed = [question for question in key.questions if kind_of(question).by_machine]
    last = {question["id"]: answers[question["id"]].value for question in closed}
    return {
        identity: replace(answers[identity], value=value)
        for identity, value in tries.first_answers(closed, last, kept).items()
        if not answers[identity].problem
    }


def _status(run, fatal, questions, other_language):
    reasons = set(fatal.values())
    if reasons & {TIME, CELL_TIME} or any(name == "CellTimeout" for name, _ in run.errors.values()):
        return row.TIMED_OUT
    if DIED in reasons:
        return row.KERNEL_DIED
    if reasons:
        return row.OVER_LIMIT
    if other_language:
        return row.WRONG_LANGUAGE
    if all(entry.status == BLANK for entry in questions.values()):
        return row.NOT_ATTEMPTED
    return row.GRADED


def _flags(run, fatal, limits):
    flags = []
    for cell, reason in sorted(fatal.items()):
        where = f"cell {cell}" if cell else "the notebook"
        flags.append(f"{where}: {REASONS[reason].format(**limits.to_json())}; graded without it")
    for cell, (name, message) in sorted(run.errors.items())[:5]:
        name = "" if name == "CellTimeout" else clean(name, 60)
        flags.append(f"cell {cell}: {': '.join(filter(None, [name, clean(message, 100)]))}")
    if len(run.errors) > 5:
        flags.append(f"{len(run.errors) - 5} more cells with errors")
    if run.printed_kb > limits.output_kb:
        flags.append(f"printed {run.printed_kb:,} KB; cut")
    return flags


def _entry(judgement, answer):
    readable = judgement.status not in (BLANK, UNREADABLE)
    return Entry(
        judgement.kind,
        judgement.status,
        judgement.points,
        judgement.of,
        notes=[clean(note, 600) for note in judgement.notes[:12]],
        parts=[
            replace(p, id=clean(p.id, 200), name=clean(p.name, 200), say=clean(p.say, 600))
            for p in judgement.parts[:200]
        ],
        answer=_short(answer.value) if readable else None,
    )


def _told(question, judgement, answer, work, run, fatal, limits):
    """Sentences for the student on the cells of one question."""
    identity = question["id"]
    mine = [cell for cell in work.cells if cell.code and mentions(cell.source, identity)]
    say = []
    for cell in mine:
        if cell.number in fatal:
            why = REASONS[fatal[cell.number]].format(**limits.to_json())
            say.append(f"Your cell {cell.number} was stopped: {why}.")
        elif cell.number in run.errors:
            name, message = run.errors[cell.number]
            name, message = clean(name, 60), clean(message, 300)
            say += written.error_words(cell, name, message, work.cells)
    blank = judgement.status == BLANK and work.cells and not say
    say += written.answer_words(identity, mine, blank, answer.source)
    wrong = judgement.status in (NOT_YET, PARTLY) and kind_of(question).by_machine
    if wrong and not judgement.notes:
        say.append(f"Hint: {question['hints'][0]}")
    return [clean(line, 600) for line in say]


def _short(value):
    """An answer as it is kept for the report: nothing long, nothing that cannot be written."""
    if type(value) is str:
        return clean(value, 200)
    if type(value) is list:
        return [_short(item) for item in value[:100]]
    if type(value) is dict:
        return {clean(key, 80): _short(item) for key, item in list(value.items())[:100]}
    return value
