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
from dataclasses import dataclass, field
from pathlib import Path

from ..base import paths
from ..case.case import CaseError, load_case
from ..evidence.citations import plain as as_read
from ..learner.verdict import RIGHT, SELF_REVIEW
from . import spec as specs
from .judge import judge
from .key import BadKey, lock, make_key
from .kinds import kind_of
from .leaks import leaks
from .look import looks
from .names import widen
from .notebook import BadNotebook, cell, json_text, notebook_text, read_notebook
from .plain import NotPlain, plain
from .render import in_quotes, prompt_markdown
from .robots import set_problems
from .spec import Problem

SOLUTION = re.compile(
    r"^([ \t]*)### BEGIN SOLUTION[^\n]*\n(.*?)^[ \t]*### END SOLUTION[^\n]*$", re.M | re.S
)
NAME = re.compile(r"(?P<number>\d\d)_(?P<topic>[a-z0-9_]+?)(?P<twin>_ferry)?_sol")


@dataclass
class ExerciseSet:
    """One exercise set: where it comes from, and its questions with the key open."""

    name: str
    number: str
    twin: bool
    title: str = ""
    settings: dict = field(default_factory=dict)
    first_only: bool = False
    metadata: dict = field(default_factory=dict)
    questions: list = field(default_factory=list)
    cells: list = field(default_factory=list)
    problems: list = field(default_factory=list)

    @functools.cached_property
    def case(self):
        """The case that the set is about, where its metadata name one that is there."""
        try:
            return load_case(self.metadata["whosays"]["case"])
        except (LookupError, TypeError, OSError, CaseError):
            return None


def answer_name(question_id):
    """The variable that holds the answer: ``answer_1_3`` for question 1.3."""
    return "answer_" + question_id.replace(".", "_")


def load_set(path):
    """Read and run one solution notebook.

    Parameters
    ----------
    path : pathlib.Path
        ``solutions/NN_topic_sol.ipynb``.

    Returns
    -------
    ExerciseSet
        With its key open, and every problem found. Nothing is written.
    """
    path = Path(path)
    match = NAME.fullmatch(path.stem)
    if not match:
        made = ExerciseSet(path.stem, "", False)
        made.problems.append(
            Problem(
                path.name,
                "",
                "",
                "The name is not one of an exercise.",
                "Call it NN_topic_sol.ipynb.",
            )
        )
        return made
    made = ExerciseSet(path.stem[: -len("_sol")], match["number"], bool(match["twin"]))
    try:
        book = read_notebook(path)
    except BadNotebook as error:
        made.problems.append(
            Problem(path.name, "", "", f"{error}.", "Open it in JupyterLab and save it again.")
        )
        return made
    made.metadata = {k: v for k, v in book.get("metadata", {}).items() if k == "whosays"}
    _Reader(made, path.name, book).read()
    return made


def _as_read(value, markdown=False):
    """A question as learners read it: without the markers of the citation lint, and what is not
    Markdown has its italics in quotation marks.
    """
    if type(value) is str:
        return as_read(value) if markdown else in_quotes(as_read(value))
    if type(value) is list:
        return [_as_read(item) for item in value]
    if type(value) is dict:
        return {key: _as_read(item, key == "prompt") for key, item in value.items()}
    return value


@contextlib.contextmanager
def nobodys_answers():
    """A folder of answers that is thrown away: the author's checks are nobody's first tries."""
    before = os.environ.get("WHOSAYS_ANSWERS")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WHOSAYS_ANSWERS"] = folder
        try:
            yield
        finally:
            os.environ.pop("WHOSAYS_ANSWERS")
            if before is not None:
                os.environ["WHOSAYS_ANSWERS"] = before


class _Reader:
    """Goes through a solution notebook once, cell by cell, and remembers what is wrong."""

    def __init__(self, made, notebook, book):
        self.made, self.notebook, self.book = made, notebook, book
        self.namespace = {"__name__": "__main__", "display": lambda *_, **__: None}
        self.waiting = None  # (spec as written, cell label, cell id) until its answer is computed

    def wrong(self, what, remedy="", cell="", question=""):
        self.made.problems.append(Problem(self.notebook, str(cell), question, what, remedy))

    def read(self):
        ids = set()
        for number, source_cell in enumerate(self.book["cells"], 1):
            label = f"{number} ({source_cell.get('id', 'no id')})"
            if not re.fullmatch(r"[A-Za-z0-9_-]{1,56}", str(source_cell.get("id", ""))):
                self.wrong(
                    "The cell has no id of letters, digits, - and _ (at most 56).",
                    "Give it one.",
                    label,
                )
                source_cell["id"] = f"cell-{number}"
            if source_cell["id"] in ids:
                self.wrong("Two cells have this id.", "Give one of them another.", label)
            ids.add(source_cell["id"])
            {"raw": self._spec, "code": self._code}.get(source_cell["cell_type"], self._words)(
                source_cell, label
            )
        self._no_answer_for_waiting()
        if not self.made.questions and not self.made.problems:
            self.wrong(
                "There is no question.",
                "Add a raw cell with a question in TOML (see docs/exercises.md).",
            )
        if not self.made.title:
            self.wrong(
                "There is no title.",
                "Begin with a Markdown cell whose first line is `# Exercise ...`.",
            )

    def _words(self, source_cell, label):
        heading = re.match(r"#\s+(.+)", source_cell["source"].strip())
        if heading and not self.made.title:
            self.made.title = heading[1].strip()
        self.made.cells.append(cell("markdown", source_cell["source"], source_cell["id"]))

    def _no_answer_for_waiting(self):
        if self.waiting:
            spec, label, _ = self.waiting
            self.wrong(
                "No code cell with a solution follows.",
                "Add one with ### BEGIN SOLUTION and ### END SOLUTION.",
                label,
                spec.get("id", ""),
            )
            self.waiting = None

    def _spec(self, source_cell, label):
        self._no_answer_for_waiting()
        written, problems = specs.read_toml(source_cell["source"])
        for what, remedy in problems:
            self.wrong(what, remedy, label)
        if written is None:
            return
        if "set" in written:
            self._settings(written, label)
            return
        identity = str(written.get("id", ""))
        pattern = rf"{int(self.made.number)}\.[1-9]\d?{'f' if self.made.twin else ''}"
        if not re.fullmatch(pattern, identity):
            example = f"{int(self.made.number)}.1{'f' if self.made.twin else ''}"
            self.wrong(
                f'The id "{identity}" does not belong to this set.',
                f"Number it like {example}.",
                label,
                identity,
            )
        elif identity in {q["id"] for q in self.made.questions}:
            self.wrong("This id is used twice.", "Number one of them anew.", label, identity)
        self.waiting = (written, label, source_cell["id"])

    def _settings(self, written, label):
        """The set's own numbers for both-ways balance, each no laxer than it makes sense to be."""
        known = {"statements": (int,), "accepted": (int, float), "rejected": (int, float)}
        table = written["set"] if type(written["set"]) is dict else {"set": written["set"]}
        self.made.first_only = table.pop("first_only", False) is True
        for name, value in table.items():
            if (
                name not in known
                or type(value) not in known[name]
                or not 0 < value <= (1 if name != "statements" else 100)
            ):
                self.wrong(
                    f"`{name}` is no setting of a set, or not a fitting number.",
                    f"Settings: {', '.join(known)}.",
                    label,
                )
            else:
                self.made.settings[name] = value

    def _code(self, source_cell, label):
        source = source_cell["source"]
        regions = list(SOLUTION.finditer(source))
        if source.count("### BEGIN SOLUTION") != len(regions) or source.count(
            "### END SOLUTION"
        ) != len(regions):
            self.wrong(
                "BEGIN SOLUTION and END SOLUTION do not pair.",
                "Each needs the other, on a line of its own.",
                label,
            )
        self._run(source, label)
        if not regions:
            self.made.cells.append(cell("code", source, source_cell["id"]))
            return
        if not self.waiting:
            self.wrong(
                "A solution without its question.",
                "Put the raw cell with the question before it.",
                label,
            )
            return
        if len(regions) > 1:
            self.wrong("There are two solutions in this cell.", "Keep one.", label)
        written, spec_label, spec_id = self.waiting
        self.waiting = None
        self._question(written, spec_label, spec_id, source_cell, label)

    def _run(self, source, label):
        quiet = io.StringIO()
        try:
            with (
                contextlib.redirect_stdout(quiet),
                contextlib.redirect_stderr(quiet),
                nobodys_answers(),
            ):
                exec(compile(source, f"<{self.notebook} cell {label}>", "exec"), self.namespace)
        except Exception as error:
            line = (
                traceback.extract_tb(error.__traceback__)[-1].lineno
                if error.__traceback__.tb_next
                else ""
            )
            self.wrong(
                f"The cell raises {type(error).__name__}: {error}.",
                f"Make it run on its own, top to bottom{f' (line {line})' if line else ''}.",
                label,
            )

    def _question(self, written, spec_label, spec_id, source_cell, label):
        spec, before = _as_read(written), len(self.made.problems)
        identity = str(spec.get("id", ""))
        for name, target in specs.FROM_SOLUTION.items():
            if name in spec:
                variable = spec.pop(name)
                if variable not in self.namespace:
                    what = f"`{name}` names {variable!r}, which the solution does not define."
                    self.wrong(what, "", spec_label, identity)
                spec[target] = self.namespace.get(variable)
        for what, remedy in specs.check(spec):
            self.wrong(what, remedy, spec_label, identity)
        name = answer_name(identity)
        if name not in self.namespace:
            what = f"The solution does not set `{name}`."
            self.wrong(what, "Name the answer so.", label, identity)
        ready = len(self.made.problems) == before
        check = f'question("{identity}").check({name})'
        if check not in source_cell["source"].split("### END SOLUTION")[-1]:
            what = "The learner has nothing to check with."
            self.wrong(what, f"End the cell with {check}.", label, identity)
        if not ready:
            return
        try:
            full = make_key(spec, plain(self.namespace[name]), self.made.name)
            widen(self.made.case, full)
            full["look"] = looks(self.made.case, full)
        except (BadKey, NotPlain, KeyError) as error:
            what = str(error.args[0] if isinstance(error, KeyError) else error)
            remedy = "Mend the question or its solution."
            self.wrong(f"{what[0].upper()}{what[1:]}.", remedy, label, identity)
            return
        full["solution"] = SOLUTION.search(source_cell["source"])[2]
        full["answer"] = plain(self.namespace[name])
        self.made.questions.append(full)
        self._check_question(full, label)
        self._learner_cells(written, source_cell, spec_id, identity, name)

    def _learner_cells(self, written, source_cell, spec_id, identity, name):
        # Markdown hides the lint's markers, and the learner's copy is linted too
        self.made.cells.append(cell("markdown", prompt_markdown(written), spec_id))
        fields = f'q = question("{identity}")\nq.widget(prompt=False)\n'
        self.made.cells.append(cell("code", fields, f"{spec_id}-fields"))
        self.made.cells.append(
            cell("code", blank_copy(source_cell["source"], name), source_cell["id"])
        )

    def _check_question(self, full, label):
        """The solution earns everything, a blank nothing, and planted wrong answers are wrong."""
        earned = judge(full, one_answer(full["answer"], full))
        if earned.status not in (RIGHT, SELF_REVIEW):
            self.wrong(
                f"The solution earns {earned.points:g} of {earned.of:g}.",
                "; ".join(
                    [
                        *earned.notes,
                        *(
                            f"{p.name} is {p.status}"
                            for p in earned.parts
                            if p.status not in ("", RIGHT)
                        ),
                    ]
                ),
                label,
                full["id"],
            )
        if judge(full, None).points or judge(full, {}).points:
            self.wrong(
                "A blank answer earns points.",
                "This is a fault of the engine: tell its authors.",
                label,
                full["id"],
            )
        for wrong in full.get("wrong", ()):
            if _is_right(full, wrong):
                self.wrong(
                    "A planted wrong answer is right.",
                    f'The one that says "{wrong["say"][:60]}".',
                    label,
                    full["id"],
                )


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
    """The solution as a learner could hand it in: the first of the variants where there are
    several.
    """
    return kind_of(full).one_answer(answer)


def blank_copy(source, name):
    """A solution cell as the learner gets it."""
    note = "# Or in code: put your answer in place of the three dots, then run this cell.\n"
    return SOLUTION.sub(lambda match: f"{match[1]}{note}{match[1]}{name} = ...", source)


HAND_IN = """# My work, and one file for my teacher
from IPython.display import display
from whosays import hand_in, my_work

display(my_work(), hand_in())"""

_HOW_IT_WENT = (
    "## How it went\n\nMarks, and both ways: what you accepted and should not have, what you"
    " rejected and should not have. Run this cell again with Shift+Enter when you have answered"
    " more."
)


def files_of(made):
    """What a set is built into: ``{path below exercises/: text}``."""
    number = made.number + ("f" if made.twin else "")
    score = f'question_set("{number}").score(globals())\n'
    after = [one for one in made.cells if one["id"] == "next"]  # where to go from here comes last
    score_cells = [
        cell("markdown", _HOW_IT_WENT, "score-words"),
        cell("code", f"from whosays import question_set\n\n{score}", "score"),
    ]
    cells = [
        *(one for one in made.cells if one not in after),
        *([] if made.first_only else score_cells),
        *after,
        cell(
            "markdown",
            "## Hand in\n\nYour work in all lessons, and a button that writes one file for your"
            " teacher.",
            "hand-in-words",
        ),
        cell("code", HAND_IN, "hand-in", {"jupyter": {"source_hidden": True}}),
    ]
    checks = {
        "format": 1,
        "set": made.name,
        "number": number,
        "title": made.title,
        "questions": [lock(full) for full in made.questions],
    } | ({"first_only": True} if made.first_only else {})
    return {
        f"{made.name}_ex.ipynb": notebook_text(cells, made.metadata),
        f"checks/{made.name}.json": json_text(checks),
    }


def build(names=(), solutions=None, exercises=None, check=False):
    """Build exercise sets, or check that they are built.

    Parameters
    ----------
    names : iterable of str
        Sets by name (``01_who_is_speaking``), number (``01``, ``01f``) or file; all when empty.
    solutions, exercises : pathlib.Path, optional
        Where to read and write; the kit's own folders when left out.
    check : bool
        Write nothing; what is missing or differs is a problem.

    Returns
    -------
    (list of ExerciseSet, list of Problem)
        Nothing is written for a set that has a problem.
    """
    solutions = Path(solutions or paths.solutions())
    exercises = Path(exercises or paths.exercises())
    sources = sorted(solutions.glob("*_sol.ipynb")) + sorted(solutions.glob("forms/*_sol.ipynb"))
    wanted = [p for p in sources if not names or any(_is_named(p, name) for name in names)]
    problems = [
        Problem(str(name), "", "", "There is no such set.", "Sets are called like 01_topic.")
        for name in names
        if not any(_is_named(p, name) for p in sources)
    ]
    sets = []
    for path in wanted:
        made = load_set(path)
        sets.append(made)
        if not made.problems:
            texts = files_of(made)
            whole = set_problems(made.questions, made.settings) + leaks(made.questions, texts)
            made.problems += [Problem(path.name, "", *problem) for problem in whole]
        problems += made.problems
        if made.problems:
            continue
        folder = exercises / path.parent.relative_to(solutions)
        for name, text in texts.items():
            target = folder / name
            if check:
                if not target.is_file() or target.read_bytes() != text.encode("utf-8"):
                    problems.append(
                        Problem(
                            path.name,
                            "",
                            "",
                            f"exercises/{name} is not what this notebook builds.",
                            "Run: whosays build",
                        )
                    )
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8", newline="\n")
    return sets, problems


def _is_named(path, name):
    name = Path(str(name)).name.removesuffix(".ipynb").removesuffix("_sol")
    match = NAME.fullmatch(path.stem)
    number = match and match["number"] + ("f" if match["twin"] else "")
    return name in (path.stem.removesuffix("_sol"), number)
