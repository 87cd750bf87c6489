"""From what came out of the sandbox to marks: one result for one submission.

The comparison is the notebook's own (:func:`whosays.exercise.judge.judge`), with the key open.
Nothing of a submission is imported, unpickled or evaluated here; answers are plain JSON values.
"""

import re
from dataclasses import dataclass, field

from ..exercise.build import answer_name
from ..exercise.judge import judge
from ..exercise.plain import NotPlain, is_blank, plain
from ..exercise.score import score_judgements
from ..learner.verdict import BLANK, NOT_YET, PARTLY, RIGHT, UNREADABLE
from .cells import NotPython, read_cells, read_saved
from .intake import Refused, clean
from .watch import CELL_TIME, DIED, REASONS, TIME, Run, execute

GRADED, NOT_ATTEMPTED, NOTHING, EMPTY = "graded", "not attempted", "nothing handed in", "empty"
UNREADABLE_FILE, WRONG_SET, WRONG_LANGUAGE = "unreadable", "wrong assignment", "wrong language"
KERNEL_DIED, TIMED_OUT, OVER_LIMIT, GRADER_ERROR = (
    "kernel died",
    "timed out",
    "over a limit",
    "grader error",
)
# no marks were worked out: a person has to look
TO_LOOK_AT = (UNREADABLE_FILE, WRONG_SET, WRONG_LANGUAGE, GRADER_ERROR, EMPTY)
_RUNS = 3  # the first, and at most two more without the cells that ended it
# Which marks a computed question gets when its answer is right with the course's data and wrong with another pack.
HARD_CODED = ("none", "flag")
_TOO_LONG = 60_000  # characters of a free text that a person is asked to read


@dataclass
class Work:
    """One submission ready to be marked: its cells, and the answers given in fields."""

    cells: list
    saved: dict
    file: str = ""
    flags: list = field(default_factory=list)


def open_submission(submission, keys):
    """Read what a student handed in and choose what is graded.

    Of several notebooks the one with most of the set's questions counts; of those the one changed
    last; of those the last by name. None is run to find out.

    Parameters
    ----------
    submission : intake.Submission
    keys : list of keys.Key

    Returns
    -------
    (Key or None, Work or None, str, list of str)
        The set it is for and its content; or None, None, a status and why.
    """
    books, saved, problems = [], [], [clean(p, 200) for p in submission.problems]
    language = False
    for handed in submission.files:
        label = clean(handed.name, 80)
        try:
            data = handed.read()
            if handed.name.lower().endswith(".json"):
                saved += [
                    (handed.changed, key.name, found)
                    for key in keys
                    if (found := read_saved(data, key.name))
                ]
                continue
            cells = read_cells(data)
        except Refused as problem:
            language |= isinstance(problem, NotPython)
            problems.append(f"{label}: {problem}")
            continue
        books.append((handed, cells))
    scored = [
        (_mentions(cells, key), handed.changed, handed.name, key, handed, cells)
        for handed, cells in books
        for key in keys
    ]
    scored.sort(key=lambda entry: entry[:3])
    if not scored or not scored[-1][0]:
        fields = sorted(saved, key=lambda entry: entry[0])
        if fields:
            key = next(key for key in keys if key.name == fields[-1][1])
            flags = (
                ["only the answers given in fields were handed in"]
                if not books
                else [
                    "the notebook is of another exercise; the answers given in fields were graded"
                ]
            )
            return key, Work([], fields[-1][2], "answers", [*flags, *problems]), "", []
        if books:
            empty = all(not cell.source.strip() for _, cells in books for cell in cells)
            return (
                None,
                None,
                EMPTY if empty else WRONG_SET,
                problems or ["no question of this exercise is in the notebook"],
            )
        if not submission.files and not problems:
            return None, None, NOTHING, []
        return (
            None,
            None,
            WRONG_LANGUAGE if language else UNREADABLE_FILE if problems else NOTHING,
            problems,
        )
    _, _, _, key, handed, cells = scored[-1]
    flags = list(problems)
    others = sorted({clean(other.name, 60) for other, _ in books if other is not handed})
    if others:
        flags.append(
            f"{len(others) + 1} notebooks; graded {clean(handed.name, 60)}, not {', '.join(others)}"[
                :300
            ]
        )
    mine = max(
        (entry for entry in saved if entry[1] == key.name),
        key=lambda entry: entry[0],
        default=(0, "", {}),
    )[2]
    if handed.late:
        flags.append("late")
    return key, Work(cells, mine, clean(handed.name, 120), flags), "", []


def _mentions(cells, key):
    """How many of a set's questions the code of a notebook speaks of."""
    code = "\n".join(cell.source for cell in cells if cell.code)
    return sum(bool(_of_question(identity).search(code)) for identity in key.ids)


def _of_question(identity):
    return re.compile(
        rf"\b{answer_name(identity)}\b|question\(\s*[\"']{re.escape(identity)}[\"']\s*\)"
    )


def run_work(sandbox, work, key, data, limits, skip=()):
    """Run a notebook; where a cell ends the process, run once more without it.

    Returns
    -------
    (Run, dict of int to str)
        The last run, and why each cell that was left out had ended one.
    """
    fatal, seconds, skip = {}, 0.0, list(skip)
    code = [(cell.number, cell.source) for cell in work.cells if cell.code and cell.source.strip()]
    job = {
        "cells": code,
        "questions": {identity: answer_name(identity) for identity in key.ids},
        "checks": {f"{key.name}.json": key.checks},
        "data": str(data),
    }
    if not code:
        return Run(), {}
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


def grade_work(sandbox, work, key, limits, hard_coded="none"):
    """Everything about one submission that could be opened.

    Parameters
    ----------
    sandbox : ladder.Sandbox
    work : Work
    key : keys.Key
    limits : watch.Limits
    hard_coded : str
        ``"none"`` (no marks) or ``"flag"`` (marks, and a flag) for an answer that is right and not computed.

    Returns
    -------
    dict
        The result as plain JSON values, without the student.
    """
    run, fatal = run_work(sandbox, work, key, key.data, limits)
    answers = {identity: _answer(identity, run, work) for identity in key.ids}
    judgements = {
        question["id"]: _judged(question, *answers[question["id"]]) for question in key.questions
    }
    flags = list(work.flags) + _flags(run, fatal, limits, work)
    typed = _typed_in(sandbox, work, key, limits, run, fatal, judgements)
    questions = {}
    for question in key.questions:
        identity = question["id"]
        entry = _entry(question, judgements[identity], answers[identity], work, run, fatal, limits)
        if identity in typed:
            flags.append(f"{identity}: right with the course's data, not with another pack")
            entry["say"].insert(
                0,
                "Right with the data you have, but not when the same notebook runs with another case pack: "
                "compute the answer, do not type it in.",
            )
            if hard_coded == "none":
                entry |= {"points": 0, "status": NOT_YET}
        questions[identity] = entry
    status = _status(run, fatal, questions)
    score = score_judgements(judgements.values())
    return {
        "status": status,
        "flags": list(dict.fromkeys(flags)),
        "set": key.name,
        "number": key.number,
        "file": work.file,
        "questions": questions,
        "beliefs": score.beliefs,
        "balanced_accuracy": score.balanced_accuracy,
        "seconds": run.seconds,
        "peak_mb": run.peak_mb,
    }


def _answer(identity, run, work):
    """``(value, problem, where from)``: the notebook's answer, else the one given in fields."""
    if identity in run.problems:
        return None, run.problems[identity], "notebook"
    value = run.values.get(identity)
    try:
        value = plain(value, convert=False)
    except NotPlain as problem:
        return None, str(problem), "notebook"
    if not is_blank(value):
        return value, "", run.how.get(identity, "variable")
    return work.saved.get(identity), "", "fields"


def _judged(question, value, problem, _):
    if problem:
        outcome = judge(question, None)
        return type(outcome)(
            outcome.question,
            outcome.kind,
            UNREADABLE,
            0,
            outcome.of,
            notes=(f"{problem[0].upper()}{problem[1:]}.",),
        )
    return judge(question, value)


def _typed_in(sandbox, work, key, limits, base, fatal, judgements):
    """Questions whose answer is right with the course's data and not with a variant's."""
    typed = set()
    # a cell that was stopped once is not waited for again
    skip = [n for n in fatal if n] + [
        n for n, (name, _) in base.errors.items() if name == "CellTimeout"
    ]
    for data, questions in key.variants:
        wanted = [
            identity
            for identity in questions
            if judgements[identity].status == RIGHT and identity not in typed
        ]
        if wanted:
            run, _ = run_work(sandbox, work, key, data, limits, skip)
            for identity in wanted:
                if _judged(questions[identity], *_answer(identity, run, work)).status != RIGHT:
                    typed.add(identity)
    return typed


def _status(run, fatal, questions):
    reasons = set(fatal.values())
    if reasons & {TIME, CELL_TIME} or any(name == "CellTimeout" for name, _ in run.errors.values()):
        return TIMED_OUT
    if DIED in reasons:
        return KERNEL_DIED
    if reasons:
        return OVER_LIMIT
    if all(entry["status"] == BLANK for entry in questions.values()):
        return NOT_ATTEMPTED
    return GRADED


def _flags(run, fatal, limits, work):
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


def _entry(question, judgement, answer, work, run, fatal, limits):
    """One question of the result: marks, what is said on it, and the answer itself."""
    identity, (value, _, source) = question["id"], answer
    pattern = _of_question(identity)
    mine = [cell for cell in work.cells if cell.code and pattern.search(cell.source)]
    say = []
    for cell in mine:
        if cell.number in fatal:
            say.append(
                f"Your cell {cell.number} was stopped: {REASONS[fatal[cell.number]].format(**limits.to_json())}."
            )
        elif cell.number in run.errors:
            say += _error_words(cell, run.errors[cell.number], work.cells)
    if judgement.status == BLANK and work.cells and not say:
        if not any(
            answer_name(identity) in cell.source or ".check(" in cell.source for cell in mine
        ):
            say.append(f"There is no answer cell for {identity} in the notebook.")
        elif not any(
            re.search(rf"\b{answer_name(identity)}\b\s*(:[^=\n]*)?=[^=]", cell.source)
            for cell in mine
        ):
            say.append(
                f"There is no variable named {answer_name(identity)}: check how it is spelled."
            )
    set_in = [
        c.number
        for c in mine
        if re.search(rf"^\s*{answer_name(identity)}\s*=[^=]\s*(?!\.\.)", c.source, re.M)
    ]
    if len(set_in) > 1 and source == "variable":
        say.append(
            f"{answer_name(identity)} is set in cells {', '.join(map(str, set_in))}; the last one that ran counts."
        )
    if source == "checked":
        say.append("Taken from the last value given to check().")
    if judgement.status in (NOT_YET, PARTLY) and not judgement.notes and question["kind"] != "text":
        say.append(f"Hint: {question['hints'][0]}")
    entry = {
        "kind": judgement.kind,
        "status": judgement.status,
        "points": judgement.points,
        "of": judgement.of,
        "say": [clean(line, 600) for line in say],
        "notes": [clean(note, 600) for note in judgement.notes[:12]],
        "parts": [
            {
                "name": clean(p.name, 200),
                "status": p.status,
                "say": clean(p.say, 300),
                "belief": p.belief,
                "id": clean(p.id, 200),
            }
            for p in judgement.parts[:200]
        ],
    }
    if question["kind"] == "text":
        text = clean(value, _TOO_LONG) if type(value) is str else ""
        # a person's to mark, if there is anything to read
        entry |= {"points": None if text.strip() else 0, "answer": text}
    else:
        entry["answer"] = None if judgement.status in (BLANK, UNREADABLE) else _short(value)
    return entry


def _short(value, limit=4_000):
    """An answer as it is kept for the class report: nothing long, nothing that cannot be written."""
    if type(value) is str:
        return clean(value, 200)
    if type(value) is list:
        return [_short(item, limit) for item in value[:100]]
    if type(value) is dict:
        return {clean(key, 80): _short(item, limit) for key, item in list(value.items())[:100]}
    return value


def _error_words(cell, error, cells):
    """What an error means for somebody who saw none of it on their own screen."""
    name, message = clean(error[0], 60), clean(error[1], 300)
    if name == "NobodyToAsk":
        return [
            f"Your cell {cell.number} calls input(), and nobody can answer it when a notebook is graded: write the value into the cell."
        ]
    if name == "CellTimeout":
        return [f"Your cell {cell.number} was {message}."]
    words = [f"Your cell {cell.number} stopped with {name}{': ' if message else '.'}{message}"]
    missing = re.search(r"name '(\w+)' is not defined", message)
    if missing:
        made = re.compile(
            rf"^\s*{missing[1]}\s*=|^\s*(def|class)\s+{missing[1]}\b|import\b.*\b{missing[1]}\b",
            re.M,
        )
        if any(c.number > cell.number and c.code and made.search(c.source) for c in cells):
            words.append(
                f"{missing[1]} is made only in a later cell. Choose Restart Kernel and Run All Cells before you hand in."
            )
    elif name in ("ModuleNotFoundError", "ImportError"):
        words.append("The course is graded with the kit's own packages only.")
    elif name in (
        "FileNotFoundError",
        "NotADirectoryError",
        "PermissionError",
        "IsADirectoryError",
    ):
        words.append(
            "Files of your own computer are not there when the notebook is graded: read the case with load_case."
        )
    elif name in ("URLError", "gaierror", "ConnectionError", "ConnectionRefusedError"):
        words.append("There is no network when a notebook is graded.")
    return words
