"""Which of the files a student handed in is graded, and for which set."""

import re
from dataclasses import dataclass, field

from ..exercise.build import answer_name
from ..exercise.plain import is_blank
from .cells import Cell, OtherJson, Saved, read_cells, read_saved
from .intake import Refused, clean, named_for, pieces
from .row import EMPTY, NOTHING, UNREADABLE_FILE, WRONG_SET

_TOLD = 20  # sentences on what was not taken


@dataclass
class Work:
    """One submission ready to be marked."""

    cells: tuple[Cell, ...] = ()
    saved: Saved = field(default_factory=lambda: Saved({}, {}))  # the answers given in fields
    file: str = ""  # the notebook's name
    language: str = ""  # what the notebook says it is written in, where that is not Python
    flags: list[str] = field(default_factory=list)


@dataclass
class Opened:
    """What came of opening a submission: ``key`` and ``work``, or a ``status`` why not."""

    key: object = None
    work: Work | None = None
    status: str = ""
    problems: list = field(default_factory=list)
    named: list = field(default_factory=list)


@dataclass
class _Book:
    """A notebook that may be the one: which key it fits, how well, and what is in it."""

    key: object
    mentions: int
    answered: int
    piece: object
    notebook: object

    @property
    def rank(self):
        # a blank copy never beats one with answers; else the one changed last counts
        return self.mentions, self.answered > 0, self.piece.changed, self.piece.name


@dataclass
class _Fields:
    """A file of answers given in fields: the set it is of, when it was changed, what is in it."""

    key: object
    changed: float
    saved: Saved

    @property
    def rank(self):
        return any(not is_blank(answer) for answer in self.saved.answers.values()), self.changed


def open_submission(submission, keys: list) -> Opened:
    """Read what a student handed in and choose what is graded.

    Of several notebooks the one with most of the set's questions counts; of those the one changed
    last that is not blank. None is run to find out, and one of each set is held. Of a set and its
    twin the one counts that has answers, in its notebook or in its fields.
    """
    opened = Opened(problems=[clean(problem, 200) for problem in submission.problems])
    best, others, saved, empty = {}, [], [], True
    for piece in pieces(submission, opened.problems):
        opened.named += named_for(piece.name)
        try:
            data = piece.read()
            json_file = piece.name.lower().endswith(".json")
            if json_file and (fields := _saved(data, piece, keys)):
                saved += fields
                continue
            notebook = read_cells(data)
        except OtherJson as problem:
            if not json_file:  # else answers to another set, or settings of some program
                opened.problems.append(f"{clean(piece.name, 80)}: {problem}")
            continue
        except Refused as problem:
            opened.problems.append(f"{clean(piece.name, 80)}: {problem}")
            continue
        except MemoryError:
            name = clean(piece.name, 80)
            opened.problems.append(f"{name}: reading it takes more memory than a notebook may")
            continue
        finally:
            data = None
        empty &= all(not cell.source.strip() for cell in notebook.cells)
        found = max((_book(key, piece, notebook) for key in keys), key=lambda book: book.rank)
        notebook, held = None, best.get(found.key.name)
        if held is None or found.rank > held.rank:
            best[found.key.name], found = found, held
        if found is not None:
            found.notebook = None  # its size is not needed any more
            others.append(found)
    more = len(opened.problems) - _TOLD
    opened.problems = [clean(problem, 300) for problem in opened.problems[:_TOLD]]
    opened.problems += [f"and {more} more like these"] if more > 0 else []
    _choose(opened, best, others, saved, keys, empty)
    if opened.status == NOTHING and submission.beside:
        names = ", ".join(clean(name, 60) for name in submission.beside[:5])
        opened.status = UNREADABLE_FILE
        opened.problems = [f"no notebook (.ipynb) and no file of answers (.json), but {names}"]
    return opened


def _saved(data, piece, keys):
    """The answers in a file, with the set that they are of."""
    found = ((key, read_saved(data, key.name)) for key in keys)
    return [_Fields(key, piece.changed, kept) for key, kept in found if kept is not None]


def _choose(opened, best, others, saved, keys, empty):
    """Fill in what is graded: the best notebook, else the answers in fields, else why not."""
    problems, filled = opened.problems, {one.key.name for one in saved if one.rank[0]}
    # a hand-in file holds all that was ever answered, the form before the lessons, too
    touched = {one.key.name: one.changed for one in sorted(saved, key=lambda one: one.changed)}

    def rank(book):
        done = book.answered > 0 or book.key.name in filled
        return book.mentions > 0, done, touched.get(book.key.name, 0), book.rank

    ranked = sorted(best.values(), key=rank)
    best = ranked.pop() if ranked else None
    others += ranked
    if best and best.mentions:
        opened.key = best.key
        opened.work = Work(
            best.notebook.cells,
            file=clean(best.piece.name, 120),
            language=best.notebook.language,
            flags=[*problems, *best.notebook.flags, *_passed_over(best, others)],
        )
    elif saved:
        opened.key = max(saved, key=lambda one: one.rank).key
        what = (
            "the notebook is of another exercise; the answers given in fields were graded"
            if best
            else "only the answers given in fields were handed in"
        )
        opened.work = Work(file="answers", flags=[what, *problems])
    else:
        if best:
            opened.status = EMPTY if empty else WRONG_SET
            opened.problems = problems or ["no question of this exercise is in the notebook"]
        else:
            opened.status = UNREADABLE_FILE if problems else NOTHING
        return
    mine = sorted((one for one in saved if one.key is opened.key), key=lambda one: one.rank)
    if mine:
        opened.work.saved = mine[-1].saved
        if any(len(one.saved.answers) > len(mine[-1].saved.answers) for one in mine):
            opened.work.flags.append("an older file of answers in fields has more answers")
        untouched = not best or not best.answered
        if untouched and mine[-1].saved.first and opened.key.name not in filled:
            opened.work.flags.append(
                "there are first tries and no answers: perhaps the notebook was not saved"
            )


def _passed_over(best, others):
    """What the teacher is told about the notebook that was graded and those that were not."""
    if best.piece.late:
        yield "late"
    # a hand-in file holds the notebooks of all lessons, and the blank twin of this one
    others = [b for b in others if b.mentions and (b.key is best.key or b.answered)]
    if not others:
        return
    names = ", ".join(sorted({clean(book.piece.name, 60) for book in others}))
    yield f"{len(others) + 1} notebooks; graded {clean(best.piece.name, 60)}, not {names}"[:300]
    mine = [book for book in others if book.key is best.key]
    if any(book.piece.changed > best.piece.changed and not book.answered for book in mine):
        yield "a newer copy is blank; the older one with answers was graded"
    fuller = [book for book in mine if book.answered > best.answered]
    if fuller:
        name = clean(fuller[0].piece.name, 60)
        yield f"an older copy, {name}, has more answers than the one graded"


def _book(key, piece, notebook):
    sources = [cell.source for cell in notebook.cells if cell.code]
    mentioned = [
        identity for identity in key.ids if any(mentions(source, identity) for source in sources)
    ]
    answered = [
        identity for identity in mentioned if any(sets(source, identity) for source in sources)
    ]
    return _Book(key, len(mentioned), len(answered), piece, notebook)


# Patterns on what a student wrote take linear time: no part of them may run on without a bound and
# give back what it took.


def mentions(source, identity):
    """Whether a cell's code speaks of a question: by its variable, or by ``question("1.3")``."""
    pattern = (
        rf"\b{answer_name(identity)}\b|question\([ \t]*+[\"']{re.escape(identity)}[\"'][ \t]*+\)"
    )
    return re.search(pattern, source) is not None


def sets(source, identity):
    """Whether a cell gives a question's variable a value other than the three dots of the copy."""
    pattern = (
        rf"\b{answer_name(identity)}\b[ \t]*+(?::[^=\n]{{0,200}})?=(?!=)[ \t]*+(?!\.\.\.|[ \t]*$)"
    )
    if re.search(pattern, source, re.M):
        return True
    checked = (
        rf"question\([\"']{re.escape(identity)}[\"']\)\.check\((?!{answer_name(identity)}\)|\))"
    )
    return re.search(checked, source) is not None
