"""A lesson and an exercise for any case, written as notebooks that a teacher can change.

``write_class(folder, place)`` makes two folders: one for the class (the lesson, the exercise with its
checks, the case) and one for the teacher (the solutions and the key).
"""

import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from ..case.case import Case, load_case
from ..exercise.build import build
from ..exercise.notebook import cell, notebook_text
from ..grading.keys import build_keys, data_from
from .names import slug
from .pack import NewCaseError
from .questions import Asked, Material, ask

NUMBER = "08"
#: robots can pass a small set by luck: then other rows are drawn, so often
DRAWS = 12


@dataclass
class ClassFolder:
    """What was written for a class.

    Attributes
    ----------
    folder, teacher : pathlib.Path
        For the class to have; for the teacher to keep.
    lesson, exercise : str
        File names in ``folder``.
    sorts, missing : list of str
        The sorts of questions that are asked, and those for which the case has too little.
    left_out : list of str
        The parts of the lesson for which the case has too little.
    """

    folder: Path
    teacher: Path
    lesson: str
    exercise: str
    sorts: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    left_out: list = field(default_factory=list)

    def summary(self):
        """What was written and what the case has too little for, in sentences."""
        told = [
            f"Written: {self.folder.name} for your class, {self.teacher.name} for you.",
            f"The exercise has {len(self.sorts)} questions: {', '.join(self.sorts)}.",
        ]
        if self.missing:
            told.append(f"Too little in the case for: {', '.join(self.missing)}.")
        if self.left_out:
            told.append(f"The lesson leaves out: {', '.join(self.left_out)}.")
        return " ".join(told)


def class_case(name):
    """The case of a class folder: beside the notebook, else where a grader says.

    Parameters
    ----------
    name : str

    Returns
    -------
    Case
    """
    here = Path.cwd()
    if (here / "data" / name).is_dir():
        os.environ["WHOSAYS_DATA"] = str(here / "data")
        os.environ["WHOSAYS_EXERCISES"] = str(here)
    return load_case(name)


def write_class(folder, place=None):
    """Write the lesson, the exercise and the key of a case.

    Parameters
    ----------
    folder : path-like
        The case.
    place : path-like, optional
        Where the two folders go; beside the case by default.

    Returns
    -------
    ClassFolder

    Raises
    ------
    NewCaseError
        When the case has too little for an exercise, or the exercise cannot be built.
    """
    case = load_case(folder)
    asked, missing = ask(case)
    if len(asked) < 2:
        raise NewCaseError(
            "The case has too little for an exercise yet. Accept the tellings of five claims, and"
            " word the claims: then there is something to ask."
        )
    name, place = slug(case.folder.name), Path(place or case.folder.parent)
    stem = f"{NUMBER}_{name.replace('-', '_')}"
    made = ClassFolder(
        place / f"{name}-class", place / f"{name}-teacher", f"{stem}.ipynb", f"{stem}_ex.ipynb",
        [one.sort for one in asked], missing,
    )  # fmt: skip
    if made.teacher.exists():  # what a teacher has changed there is kept once
        before = made.teacher.with_name(f"{name}-teacher-before")
        shutil.rmtree(before, ignore_errors=True)
        made.teacher.rename(before)
    shutil.rmtree(made.folder, ignore_errors=True)
    made.folder.mkdir(parents=True)
    made.teacher.mkdir(parents=True)
    copy = made.folder / "data" / name
    shutil.copytree(case.folder, copy, ignore=shutil.ignore_patterns(".undo", "TODO*.md"))
    _named(copy, name)
    cells, made.left_out = _lesson(case, name)
    (made.folder / made.lesson).write_text(_notebook(cells, name), encoding="utf-8", newline="\n")
    for draw in range(DRAWS):
        asked, made.missing = ask(case, draw)
        made.sorts = [one.sort for one in asked]
        problems = _build(made, _solution(case, name, asked), stem)
        if not problems:
            return made
    raise NewCaseError("The exercise could not be built: " + " ".join(str(p) for p in problems[:3]))


def _build(made, solution, stem):
    """Write a solution, the exercise and the key that are built from it; returns the problems."""
    solutions = made.teacher / "solutions"
    solutions.mkdir(exist_ok=True)
    (solutions / f"{stem}_sol.ipynb").write_text(solution, encoding="utf-8", newline="\n")
    with data_from(made.folder / "data"):
        sets, problems = build(solutions=solutions, exercises=made.folder)
        if not problems:
            key = made.teacher / "key"
            _, problems = build_keys(sets, key, solutions, made.folder / "data", ())
    return problems


def _named(pack, name):
    """The package of a copy carries the copy's name, by which notebooks load it."""
    path = pack / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8")) | {"name": name}
    path.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _notebook(cells, name):
    return notebook_text(cells, {"whosays": {"case": name, "lesson": NUMBER}})


def _toml(value):
    """A plain value in TOML; what JSON writes for texts and numbers is TOML too."""
    if isinstance(value, dict):
        inner = ", ".join(
            f"{json.dumps(k, ensure_ascii=False)} = {_toml(v)}" for k, v in value.items()
        )
        return f"{{ {inner} }}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _question(number: int, one: Asked):
    """A question as the raw cell of a solution notebook."""
    points = max(1, len(one.answer) // 2) if isinstance(one.answer, (dict, list)) else 1
    lines = [
        f'id = "8.{number}"', f'kind = "{one.kind}"', f"points = {points}", f"title = {_toml(one.title)}",
        f"prompt = {_toml(one.prompt)}", f"hints = {_toml(one.hints)}", f"explain = {_toml(one.explain)}",
    ]  # fmt: skip
    tables = {
        k: v for k, v in one.fields.items() if isinstance(v, list) and v and isinstance(v[0], dict)
    }
    lines += [f"{k} = {_toml(v)}" for k, v in one.fields.items() if k not in tables]
    if one.look:
        lines += ["", "[look]", *(f"{_toml(k)} = {_toml(v)}" for k, v in one.look.items())]
    for name, rows in [*tables.items(), ("wrong", one.wrong)]:
        for row in rows:
            lines += ["", f"[[{name}]]", *(f"{k} = {_toml(v)}" for k, v in row.items())]
    return "\n".join(lines) + "\n"


def _shipped(case):
    """The documents whose whole text lies in the case."""
    return [s.source_id for s in case.sources if s.text]


def _solution(case: Case, name, asked):
    title = (
        f"# Exercise: {case.title}\n\nChoose *Run*, then *Run All Cells*. Read the texts beside it."
    )
    setup = (
        "# The case of this exercise\nfrom whosays import question, show\n"
        f'from whosays.newcase import class_case\n\ncase = class_case("{name}")'
    )
    read = (
        "# The texts, to open one by one\n"
        f"show.one_by_one(show.document, case, {_shipped(case)!r}).widget()"
    )
    cells = [
        cell("markdown", title, "title"),
        cell("code", setup, "setup"),
        *([cell("code", read, "read")] if _shipped(case) else []),
    ]
    for number, one in enumerate(asked, 1):
        answer = (
            f"### BEGIN SOLUTION\nanswer_8_{number} = {one.answer!r}\n### END SOLUTION\n"
            f'question("8.{number}").check(answer_8_{number})'
        )
        cells.append(cell("raw", _question(number, one), f"q{number}"))
        cells.append(cell("code", answer, f"q{number}-answer"))
    return _notebook(cells, name)


def _lesson(case, name):
    """The cells of the lesson, and the parts that the case has too little for."""
    m, left_out = Material(case), []
    setup = (
        "# The case of this lesson\n"
        "from whosays import ledger, load_case, show, side_by_side, span_marker, visit_log\n"
        "from whosays.figures import figures_of, line_up\nfrom whosays.newcase import class_case\n\n"
        f'case = class_case("{name}")\nshow.documents(case)'
    )
    cells = [
        ("markdown", "title", f"# {case.title}\n\n**Who says so, where do they have it from, and how well is it known?**"),
        ("code", "setup", setup),
        ("markdown", "first", "## First, you\n\nRead the headlines in the table. Which claim will all of them carry? Write it down before you read on."),
        ("code", "read", f"# The texts, to open one by one\nshow.one_by_one(show.document, case, {_shipped(case)!r}).widget()"),
    ]  # fmt: skip
    if not _shipped(case):
        cells.pop()
    quoted = sorted(m.quoted(), key=lambda a: -len(a.chain))
    if quoted:
        claim = m.case.claims[quoted[0].claim_id].text
        cells += [
            ("markdown", "a", f"## A. Who says so?\n\nThis passage carries a claim: *{claim}*\n\nMark whose words they are, the verb that says so, and what is said. The text’s own voice is an answer too."),
            ("code", "a-mark", f'# A passage to mark\nspan_marker(case, "{quoted[0].passage_id}").widget()'),
        ]  # fmt: skip
    else:
        left_out.append("A. Who says so? (no telling is accepted)")
    pairs = sorted(m.copies, key=lambda r: r.a_start - r.a_end)
    if pairs:
        a, b = pairs[0].a_item, pairs[0].b_item
        cells += [
            ("markdown", "b", f"## B. One text, or two?\n\n{m.piece(a)} and {m.piece(b)}: find what they share. Then ask why. A release, an agency, a quotation?"),
            ("code", "b-pair", f'# The two pieces side by side\nside_by_side.items(case, "{a}", "{b}").widget()'),
        ]  # fmt: skip
    else:
        left_out.append("B. One text, or two? (no copy is checked)")
    numbers = {}
    for f in m.figures:
        numbers.setdefault(f.claim_id, []).append(f.figure_id)
    most = max(numbers.values(), key=len, default=[])
    if len(most) > 1:
        cells += [
            ("markdown", "numbers", "## A number on its way\n\nEvery print of one number stands here with what it is said to count. Does it stay the same?"),
            ("code", "numbers-line", f"# One number in several texts\nwanted = {most!r}\nline_up([f for f in figures_of(case) if f.id in wanted], case)"),
        ]  # fmt: skip
    else:
        left_out.append("A number on its way (no number is checked in two texts)")
    told = {c.claim_id: sum(a.claim_id == c.claim_id for a in m.tellings) for c in m.claims}
    if told:
        claim = m.case.claims[max(told, key=told.get)]
        cells += [
            ("markdown", "c", f"## C. Both ways\n\n*{claim.text}*\n\nHow many pieces carry it, and on how many starting points do they rest? Say what would make you accept it, and what would make you reject it."),
            ("code", "c-ledger", f'# Where the claim comes from\nledger(case).claim("{claim.claim_id}")'),
        ]  # fmt: skip
    cells += [
        ("markdown", "back", "## Look back\n\nWhich claim did you expect, and which did the texts carry? What do you know now, and from whom?"),
        ("markdown", "leave", "## Leave the page\n\nFind one account of this topic that did not come from those who speak here. Note how it was made, and what it cannot see."),
        ("code", "leave-log", '# Your log\nvisit_log("08").widget()'),
        ("markdown", "next", f"## Next\n\n- [The exercise]({NUMBER}_{name.replace('-', '_')}_ex.ipynb)"),
    ]  # fmt: skip
    made = []
    for kind, cell_id, source in cells:
        one = cell(kind, source, cell_id)
        if kind == "code":
            one["metadata"] = {"jupyter": {"source_hidden": True}}
        made.append(one)
    return made, left_out
