"""Which of the files a student handed in is graded, and for which set."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..exercise.plain import is_blank
from .cells import NotebookCell, OtherJson, Saved, mentions, read_cells, read_saved, sets
from .handed import MAX_FILES, MAX_UNPACKED, FileRefused, Handed, clean, members
from .row import EMPTY, NOTHING, UNREADABLE_FILE, WRONG_SET
from .whose import named_in
from .words import said

_TOLD = 20  # sentences on what was not taken


@dataclass
class Work:
    """One submission ready to be marked."""

    cells: tuple[NotebookCell, ...] = ()
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
class _FieldAnswers:
    """A file of answers given in fields: the set it is of, when it was changed, what is in it."""

    key: object
    changed: float
    saved: Saved

    @property
    def rank(self):
        return any(not is_blank(answer) for answer in self.saved.answers.values()), self.changed


def pieces(submission, refused: list[str]) -> Iterator[Handed]:
    """The files of a submission, those in its zips too: a :class:`.handed.Handed` each.

    Each is to be read before the next is asked for. ``refused`` gets a sentence for everything that
    is not taken.
    """
    for handed in submission.files:
        if not handed.is_zip:
            yield handed
            continue
        try:
            with handed.unpacked() as archive:
                yield from _inside(handed, archive, submission, refused)
        except FileRefused as problem:
            refused.append(f"{clean(handed.name, 80)}: {problem}")
        except MemoryError:
            refused.append(f"{clean(handed.name, 80)}: its list of files takes too much memory")


def _inside(handed, archive, submission, refused):
    readable, left_out, beside = members(archive, MAX_UNPACKED)
    submission.beside += [f"{handed.name}/{name}" for name in beside]
    label = clean(handed.name, 60)
    refused += [f"{label}: {clean(name, 60)}: {why}" for name, why in left_out]
    for info, name, changed in readable[:MAX_FILES]:
        inner = Handed(f"{handed.name}/{name}", changed, handed.late, archive, info)
        if inner.is_zip:
            refused.append(f"{label}: {clean(name, 60)}: a zip inside a zip is not opened")
        else:
            yield inner


def open_submission(submission, keys: list) -> Opened:
    """Read what a student handed in and choose what is graded.

    Of several notebooks the one with most of the set's questions counts; of those the one changed
    last that is not blank. None is run to find out, and one of each set is held. Of a set and its
    twin the one counts that has answers, in its notebook or in its fields.
    """
    opened = Opened(problems=[clean(problem, 200) for problem in submission.problems])
    best, others, saved, empty = {}, [], [], True
    for piece in pieces(submission, opened.problems):
        opened.named += [who[:2] for who in named_in(piece.name)]
        json_file = piece.name.lower().endswith(".json")
        try:
            data = piece.read()
            if json_file and (fields := _saved(data, piece, keys)):
                saved += fields
                continue
            notebook = read_cells(data)
        except FileRefused as problem:
            # other JSON is answers to another set, or settings of some program
            if not json_file or not isinstance(problem, OtherJson):
                opened.problems.append(f"{clean(piece.name, 80)}: {problem}")
            continue
        except MemoryError:
            opened.problems.append(f"{clean(piece.name, 80)}: {said('too_much_memory')}")
            continue
        finally:
            data = None
        empty &= all(not cell.source.strip() for cell in notebook.cells)
        best_book = max((_book(key, piece, notebook) for key in keys), key=lambda book: book.rank)
        notebook, held = None, best.get(best_book.key.name)
        if held is None or best_book.rank > held.rank:
            best[best_book.key.name], best_book = best_book, held
        if best_book is not None:
            best_book.notebook = None  # its size is not needed any more
            others.append(best_book)
    more = len(opened.problems) - _TOLD
    opened.problems = [clean(problem, 300) for problem in opened.problems[:_TOLD]]
    opened.problems += [f"and {more} more like these"] if more > 0 else []
    _choose(opened, best, others, saved, empty)
    if opened.status == NOTHING and submission.beside:
        names = ", ".join(clean(name, 60) for name in submission.beside[:5])
        opened.status = UNREADABLE_FILE
        opened.problems = [f"no notebook (.ipynb) and no file of answers (.json), but {names}"]
    return opened


def _saved(data, piece, keys):
    """The answers in a file, with the set that they are of."""
    read = ((key, read_saved(data, key.name)) for key in keys)
    return [_FieldAnswers(key, piece.changed, saved) for key, saved in read if saved is not None]


def _choose(opened, best, others, saved, empty):
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
        what = said("other_notebook" if best else "only_fields")
        opened.work = Work(file="answers", flags=[what, *problems])
    elif best:
        opened.status = EMPTY if empty else WRONG_SET
        opened.problems = problems or [said("no_question")]
    else:
        opened.status = UNREADABLE_FILE if problems else NOTHING
    mine = sorted((one for one in saved if one.key is opened.key), key=lambda one: one.rank)
    if mine:
        opened.work.saved = mine[-1].saved
        if any(len(one.saved.answers) > len(mine[-1].saved.answers) for one in mine):
            opened.work.flags.append(said("older_fields"))
        untouched = not best or not best.answered
        if untouched and mine[-1].saved.first and opened.key.name not in filled:
            opened.work.flags.append(said("only_first_tries"))


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
        yield said("newer_blank")
    if fuller := [book for book in mine if book.answered > best.answered]:
        yield said("fuller", name=clean(fuller[0].piece.name, 60))


def _book(key, piece, notebook):
    sources = [cell.source for cell in notebook.cells if cell.code]
    mentioned = [i for i in key.ids if any(mentions(source, i) for source in sources)]
    answered = [i for i in mentioned if any(sets(source, i) for source in sources)]
    return _Book(key, len(mentioned), len(answered), piece, notebook)
