"""``whosays build``: the learner's copies and their checks, made from ``solutions/``.

The solution is run, its answers become the key, the key is locked, and the result is
refused unless the solution earns everything, the blank copy nothing, and nothing of
the key can be read in what the learner gets.
"""

import contextlib
import functools
import io
import os
import re
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..base import paths
from ..case.case import Case, CaseError, load_case
from ..evidence.citations import plain as as_read
from ..learner.verdict import RIGHT, SELF_REVIEW
from ..text.days import capital
from . import spec as specs
from .judge import judge
from .key import BadSolution, lock, make_key
from .kinds import kind_of
from .leaks import leaks
from .look import hidden, in_learners_words, looks
from .names import widen
from .notebook import BadNotebook, cell, json_text, notebook_text, read_notebook
from .plain import NotPlain, plain
from .render import in_quotes, prompt_markdown
from .robots import set_problems
from .spec import SpecProblem, answer_name
from .words import wrong_words

SOLUTION = re.compile(
    r"^([ \t]*)### BEGIN SOLUTION[^\n]*\n(.*?)^[ \t]*### END SOLUTION[^\n]*$", re.M | re.S
)
NAME = re.compile(r"(?P<number>\d\d)_(?P<topic>[a-z0-9_]+?)(?P<twin>_ferry)?_sol")


@dataclass
class ExerciseSet:
    """One exercise set: where it comes from, and its questions with the key open."""

    name: str
    number: str  # ``01``, and ``01f`` for its twin on the practice case
    title: str = ""
    first_only: bool = False  # a set of before and after: it says nothing on an answer
    metadata: dict = field(default_factory=dict)
    questions: list = field(default_factory=list)
    cells: list = field(default_factory=list)
    problems: list = field(default_factory=list)

    @property
    def twin(self) -> bool:
        return self.number.endswith("f")

    @functools.cached_property
    def case(self) -> Case | None:
        """The case that the set is about, where its metadata name one that is there."""
        try:
            return load_case(self.metadata["whosays"]["case"])
        except (LookupError, TypeError, OSError, CaseError):
            return None


def _number(match):
    return match["number"] + ("f" if match["twin"] else "")


def load_set(path: Path) -> ExerciseSet:
    """Read and run one solution notebook, ``solutions/NN_topic_sol.ipynb``.

    Comes back with its key open, and with every problem found. Nothing is written.
    """
    path = Path(path)
    match = NAME.fullmatch(path.stem)
    if not match:
        return ExerciseSet(path.stem, "", problems=[_problem(path.name, "name")])
    exercise_set = ExerciseSet(path.stem.removesuffix("_sol"), _number(match))
    try:
        book = read_notebook(path)
    except BadNotebook as error:
        exercise_set.problems.append(_problem(path.name, "no_notebook", error=error))
        return exercise_set
    exercise_set.metadata = {k: v for k, v in book.get("metadata", {}).items() if k == "whosays"}
    _Reader(exercise_set, path.name, book).read()
    return exercise_set


def _problem(notebook, problem, cell="", question="", **filled):
    return SpecProblem(notebook, cell, question, *wrong_words(problem, **filled))


def _as_read(value, markdown=False):
    """A question as learners read it: no markers of the citation lint, italics only in Markdown."""
    if type(value) is str:
        return as_read(value) if markdown else in_quotes(as_read(value))
    if type(value) is list:
        return [_as_read(item) for item in value]
    if type(value) is dict:
        return {key: _as_read(item, key == "prompt") for key, item in value.items()}
    return value


@contextlib.contextmanager
def environment(name: str, value) -> Iterator[None]:
    """Give a variable of the environment another value meanwhile."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name)
        if before is not None:
            os.environ[name] = before


class _Reader:
    """Goes through a solution notebook once, cell by cell, and remembers what is wrong."""

    def __init__(self, made, notebook, book):
        self.made, self.notebook, self.book = made, notebook, book
        self.namespace = {"__name__": "__main__", "display": lambda *_, **__: None}
        self.waiting = None  # (spec as written, cell label, cell id) until its answer is computed

    def wrong(self, problem, cell="", question="", **filled):
        self.made.problems.append(_problem(self.notebook, problem, cell, question, **filled))

    def read(self):
        ids = set()
        for number, source_cell in enumerate(self.book["cells"], 1):
            label = f"{number} ({source_cell.get('id', 'no id')})"
            if not re.fullmatch(r"[A-Za-z0-9_-]{1,56}", str(source_cell.get("id", ""))):
                self.wrong("no_cell_id", label)
                source_cell["id"] = f"cell-{number}"
            if source_cell["id"] in ids:
                self.wrong("two_cell_ids", label)
            ids.add(source_cell["id"])
            {"raw": self._spec, "code": self._code}.get(source_cell["cell_type"], self._words)(
                source_cell, label
            )
        self._no_answer_for_waiting()
        if not self.made.questions and not self.made.problems:
            self.wrong("no_question")
        if not self.made.title:
            self.wrong("no_title")

    def _words(self, source_cell, label):
        heading = re.match(r"#\s+(.+)", source_cell["source"].strip())
        if heading and not self.made.title:
            self.made.title = heading[1].strip()
        words = hidden(self.made.case, source_cell["source"])
        self.made.cells.append(cell("markdown", words, source_cell["id"]))

    def _no_answer_for_waiting(self):
        if self.waiting:
            spec, label, _ = self.waiting
            self.wrong("no_solution", label, spec.get("id", ""))
            self.waiting = None

    def _spec(self, source_cell, label):
        self._no_answer_for_waiting()
        written, problems = specs.read_toml(source_cell["source"])
        for what, remedy in problems:
            self.made.problems.append(SpecProblem(self.notebook, label, "", what, remedy))
        if written is None:
            return
        if "set" in written:
            if written["set"] != {"first_only": True}:
                self.wrong("setting", label)
            self.made.first_only = True
            return
        identity, twin = str(written.get("id", "")), "f" if self.made.twin else ""
        lesson = int(self.made.number.removesuffix("f"))
        if not re.fullmatch(rf"{lesson}\.[1-9]\d?{twin}", identity):
            self.wrong("other_id", label, identity, id=identity, example=f"{lesson}.1{twin}")
        elif identity in {q["id"] for q in self.made.questions}:
            self.wrong("two_ids", label, identity)
        self.waiting = (written, label, source_cell["id"])

    def _code(self, source_cell, label):
        source = source_cell["source"]
        regions = list(SOLUTION.finditer(source))
        marks = [source.count(f"### {end} SOLUTION") for end in ("BEGIN", "END")]
        if marks != [len(regions)] * 2:
            self.wrong("unpaired", label)
        self._run(source, label)
        if not regions:
            first = not any(one["cell_type"] == "code" for one in self.made.cells)
            words = CODE_IS_FOLDED if first else "What is shown here"
            self.made.cells.append(folded(source, source_cell["id"], words))
            return
        if not self.waiting:
            self.wrong("unasked", label)
            return
        if len(regions) > 1:
            self.wrong("two_solutions", label)
        written, spec_label, spec_id = self.waiting
        self.waiting = None
        self._question(written, spec_label, spec_id, source_cell, label)

    def _run(self, source, label):
        quiet = io.StringIO()
        try:
            with (
                contextlib.redirect_stdout(quiet),
                contextlib.redirect_stderr(quiet),
                # thrown away: the author's checks are nobody's first tries
                tempfile.TemporaryDirectory() as answers,
                environment("WHOSAYS_ANSWERS", answers),
            ):
                exec(compile(source, f"<{self.notebook} cell {label}>", "exec"), self.namespace)
        except Exception as error:
            *_, last = traceback.extract_tb(error.__traceback__)
            line = f" (line {last.lineno})" if error.__traceback__.tb_next else ""
            self.wrong("raises", label, error=f"{type(error).__name__}: {error}", line=line)

    def _question(self, written, spec_label, spec_id, source_cell, label):
        spec, before = _as_read(written), len(self.made.problems)
        identity = str(spec.get("id", ""))
        for name, target in specs.FROM_SOLUTION.items():
            if name in spec:
                variable = spec.pop(name)
                if variable not in self.namespace:
                    self.wrong("not_defined", spec_label, identity, name=name, variable=variable)
                spec[target] = self.namespace.get(variable)
        for what, remedy in specs.check(spec):
            problem = SpecProblem(self.notebook, spec_label, identity, what, remedy)
            self.made.problems.append(problem)
        name = answer_name(identity)
        if name not in self.namespace:
            self.wrong("no_answer", label, identity, name=name)
        ready = len(self.made.problems) == before
        check = f'question("{identity}").check({name})'
        if check not in source_cell["source"].split("### END SOLUTION")[-1]:
            self.wrong("no_check", label, identity, check=check)
        if not ready:
            return
        try:
            full = make_key(spec, plain(self.namespace[name]), self.made.name)
            widen(self.made.case, full)
            full["look"] = looks(self.made.case, full)
            cited = {part.id: part.text for part in kind_of(full).parts(full)}
            # the robot that copies a row's status needs the rows, which a learner does not see
            full = in_learners_words(self.made.case, full) | {"cited": cited}
        except (BadSolution, NotPlain, KeyError) as error:
            what = str(error.args[0] if isinstance(error, KeyError) else error)
            self.wrong("no_key", label, identity, what=capital(what))
            return
        full["solution"] = SOLUTION.search(source_cell["source"])[2]
        full["answer"] = plain(self.namespace[name])
        self.made.questions.append(full)
        self._check_question(full, label)
        self._learner_cells(written, source_cell, spec_id, identity)

    def _learner_cells(self, written, source_cell, spec_id, identity):
        self.made.cells += [
            # Markdown hides the lint's markers, and the learner's copy is linted too
            cell("markdown", hidden(self.made.case, prompt_markdown(written)), spec_id),
            folded(blank_copy(source_cell["source"], identity), source_cell["id"], "Question"),
        ]

    def _check_question(self, full, label):
        """The solution earns everything, a blank nothing, and planted wrong answers are wrong."""
        earned = judge(full, one_answer(full["answer"], full))
        if earned.status not in (RIGHT, SELF_REVIEW):
            reasons = [
                f"{p.name} is {p.status}" for p in earned.parts if p.status not in ("", RIGHT)
            ]
            reasons = "; ".join([*earned.notes, *reasons])
            points = {"points": earned.points, "of": earned.of}
            self.wrong("not_all", label, full["id"], said=reasons, **points)
        if judge(full, None).points or judge(full, {}).points:
            self.wrong("blank_earns", label, full["id"])
        for wrong in full.get("wrong", ()):
            if _is_right(full, wrong):
                self.wrong("wrong_is_right", label, full["id"], say=wrong["say"][:60])


def _is_right(full, wrong):
    """Whether every part of a planted wrong answer is one that the key accepts."""

    def contained(part, key):
        if "variants" in key:
            return part["role"] == key["role"] and any(
                set(part["variants"][0]["accepts"]) == set(v["accepts"]) for v in key["variants"]
            )
        return part["id"] == key["id"] and set(part.get("accepts", [""])) <= set(key["accepts"])

    return all(any(contained(part, key) for key in full["parts"]) for part in wrong["parts"])


def one_answer(answer, full):
    """The solution as a learner could hand it in: the first of several that are accepted."""
    return kind_of(full).one_answer(answer)


def blank_copy(source: str, identity: str) -> str:
    """A solution cell as the learner gets it: shown with fields, and to be answered in code."""
    name = answer_name(identity)
    note = (
        f"# Question {identity}\n"
        "# In code: put your answer in place of the three dots, then run this cell.\n"
    )
    blank = SOLUTION.sub(f"{note}{name} = ...", source)
    return blank.replace(f".check({name})", f".check({name}).widget()")


CODE_IS_FOLDED = "Code is folded on this page: click the dots to see it, or to answer in code"


def folded(source: str, cell_id: str, words: str) -> dict:
    """A code cell that shows its first line only: ``words``, unless it begins with its own."""
    first = "" if source.lstrip().startswith("#") else f"# {words}\n"
    return cell("code", first + source.lstrip("\n"), cell_id, {"jupyter": {"source_hidden": True}})


HAND_IN = """# My work, and one file for my teacher
from IPython.display import display
from whosays import hand_in, my_work

display(my_work(), hand_in())"""

_HOW_IT_WENT = (
    "## How it went\n\nMarks, and both ways: what you accepted and should not have, what you"
    " rejected and should not have. When you have answered more, choose this text and press"
    " Shift+Enter twice."
)
_HAND_IN_WORDS = (
    "## Hand in\n\nYour work in all lessons, and a button that writes one file for your teacher."
)


def files_of(made: ExerciseSet) -> dict[str, str]:
    """What a set is built into: ``{path below exercises/: text}``."""
    score = f'question_set("{made.number}").score(globals())\n'
    after = [one for one in made.cells if one["id"] == "next"]  # where to go from here comes last
    score_cells = [
        cell("markdown", _HOW_IT_WENT, "score-words"),
        folded(f"from whosays import question_set\n\n{score}", "score", "Your marks"),
    ]
    cells = [
        *(one for one in made.cells if one not in after),
        *([] if made.first_only else score_cells),
        *after,
        cell("markdown", _HAND_IN_WORDS, "hand-in-words"),
        folded(HAND_IN, "hand-in", ""),
    ]
    checks = {"format": 1, "set": made.name, "number": made.number, "title": made.title}
    checks["questions"] = [lock(full) for full in made.questions]
    if made.first_only:
        checks["first_only"] = True
    return {
        f"{made.name}_ex.ipynb": notebook_text(cells, made.metadata),
        f"checks/{made.name}.json": json_text(checks),
    }


def build(
    names=(), solutions: Path | None = None, exercises: Path | None = None, check: bool = False
) -> tuple[list[ExerciseSet], list[SpecProblem]]:
    """Build exercise sets, or check that they are built: a list of ExerciseSet, one of SpecProblem.

    ``names`` are sets by name (``01_who_is_speaking``), number (``01``, ``01f``) or file; all when
    empty. The folders to read and to write are the kit's own when left out. With ``check`` nothing
    is written, and what is missing or differs is a problem. Nothing is written for a set that has
    a problem.
    """
    solutions = Path(solutions or paths.solutions())
    exercises = Path(exercises or paths.exercises())
    sources = sorted(solutions.glob("*_sol.ipynb")) + sorted(solutions.glob("forms/*_sol.ipynb"))
    strange = [name for name in names if not any(_is_named(path, name) for path in sources)]
    sets, problems = [], [_problem(str(name), "no_set") for name in strange]
    for path in sources:
        if names and not any(_is_named(path, name) for name in names):
            continue
        exercise_set = load_set(path)
        sets.append(exercise_set)
        if not exercise_set.problems:
            texts = files_of(exercise_set)
            whole = set_problems(exercise_set.questions) + leaks(exercise_set.questions, texts)
            exercise_set.problems += [SpecProblem(path.name, "", *problem) for problem in whole]
        problems += exercise_set.problems
        if exercise_set.problems:
            continue
        for name, text in texts.items():
            target = exercises / path.parent.relative_to(solutions) / name
            if not check:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8", newline="\n")
            elif not target.is_file() or target.read_bytes() != text.encode("utf-8"):
                problems.append(_problem(path.name, "not_built", file=name))
    return sets, problems


def _is_named(path, name):
    name = Path(str(name)).name.removesuffix(".ipynb").removesuffix("_sol")
    match = NAME.fullmatch(path.stem)
    return name in (path.stem.removesuffix("_sol"), match and _number(match))
