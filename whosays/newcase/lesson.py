"""A lesson and an exercise for any case, written as notebooks that a teacher can change.

``write_class(folder, place)`` makes two folders: one for the class (the lesson, the exercise with
its checks, the case) and one for the teacher (the solutions and the key).
"""

import json
import os
import shutil
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from ..case.case import Case, load_case
from ..exercise.build import build
from ..exercise.notebook import cell, json_text, notebook_text
from ..grading.keys import build_keys, data_from
from .names import slug
from .pack import NewCaseError
from .questions import DraftQuestion, Material, ask, says_or_not
from .words import WORDS

NUMBER = "08"
#: robots can pass a small set by luck: then other rows are drawn, so often
DRAWS = 12


@dataclass
class ClassFolder:
    """What was written for a class."""

    # folder, teacher: for the class to have; for the teacher to keep
    folder: Path
    teacher: Path
    # lesson, exercise: file names in ``folder``
    lesson: str
    exercise: str
    # sorts, missing: the sorts of questions that are asked, and those for which the
    # case has too little
    sorts: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    # the parts of the lesson for which the case has too little
    left_out: list[str] = field(default_factory=list)
    # the names that folders of an earlier time have now; nothing of them is lost
    kept: list[str] = field(default_factory=list)

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
        if self.kept:
            told.append(f"What was there before is kept: {', '.join(self.kept)}.")
        return " ".join(told)


def class_case(name: str) -> Case:
    """The case of a class folder: beside the notebook, else where a grader says."""
    here = Path.cwd()
    if (here / "data" / name).is_dir() and (here / "checks").is_dir():
        os.environ["WHOSAYS_DATA"] = str(here / "data")
        os.environ["WHOSAYS_EXERCISES"] = str(here)
    return load_case(name)


def write_class(folder, place=None) -> ClassFolder:
    """Write the lesson, the exercise and the key of a case.

    The two folders lie in ``place``, by default beside the case. What is there already is renamed
    and kept; it has its name again when the new ones cannot be written.

    Raises
    ------
    NewCaseError
        When the case has too little for an exercise, or the exercise cannot be built.
    """
    source = load_case(folder).folder
    name, place = slug(source.name), Path(place or source.parent)
    stem = f"{NUMBER}_{name.replace('-', '_')}"
    folders = place / f"{name}-teacher", place / f"{name}-class"
    class_folder = ClassFolder(*folders[::-1], f"{stem}.ipynb", f"{stem}_ex.ipynb")
    for number in count(1):
        aside = {old: old.with_name(f"{old.name}-before-{number}") for old in folders}
        if not any(new.exists() for new in aside.values()):
            break
    class_folder.kept = [new.name for old, new in aside.items() if old.exists()]
    try:
        for old, new in aside.items():
            if old.exists():
                old.rename(new)
        _point(aside[class_folder.teacher], class_folder.folder, aside[class_folder.folder])
        _write(class_folder, source, name, stem)
    except BaseException:
        for old, new in aside.items():
            if (
                new.exists() or new.name not in class_folder.kept
            ):  # then it is a half of the new ones
                shutil.rmtree(old, ignore_errors=True)
            if new.exists():
                new.rename(old)
        _point(class_folder.teacher, aside[class_folder.folder], class_folder.folder)
        raise
    return class_folder


def _point(teacher, old, new):
    """A key names the folder of its data by its whole path: it follows a folder that is moved."""
    for path in (teacher / "key").glob("*.key.json"):
        key = json.loads(path.read_text(encoding="utf-8"))
        if key["data"] == str(old.resolve() / "data"):
            key["data"] = str(new.resolve() / "data")
            path.write_text(json_text(key), encoding="utf-8", newline="\n")


def _write(made, source, name, stem):
    """Write both folders of a class."""
    folder, teacher = made.folder, made.teacher
    teacher.mkdir(parents=True)
    copy = folder / "data" / name
    away = shutil.ignore_patterns(".undo", "TODO*.md", "fulltext", ".*.part")
    shutil.copytree(source, copy, ignore=away)
    _named(copy, name)
    case = load_case(copy)  # only what the class has is asked
    if len(ask(case)[0]) < 2:
        raise NewCaseError(
            "The case has too little for an exercise yet. Accept the tellings of five claims, and"
            " word the claims: then there is something to ask."
        )
    if says_or_not(Material(case)) is None:
        raise NewCaseError(
            "An exercise asks both ways, and here it cannot yet. Open 3 Claims, and tick for two"
            " claims the pieces that you have read and that do not say them."
        )
    cells, made.left_out = _lesson(case, name)
    (folder / made.lesson).write_text(_notebook(cells, name), encoding="utf-8", newline="\n")
    for draw in range(DRAWS):
        asked, made.missing = ask(case, draw)
        made.sorts = [one.sort for one in asked]
        problems = _build(folder, teacher, _solution(case, name, asked), stem)
        if not problems:
            return
    raise NewCaseError("The exercise could not be built: " + " ".join(str(p) for p in problems[:3]))


def _build(folder, teacher, solution, stem):
    """Write a solution, the exercise and the key that are built from it; returns the problems."""
    solutions = teacher / "solutions"
    solutions.mkdir(exist_ok=True)
    (solutions / f"{stem}_sol.ipynb").write_text(solution, encoding="utf-8", newline="\n")
    with data_from(folder / "data"):
        sets, problems = build(solutions=solutions, exercises=folder)
        if not problems:
            build_keys(sets, teacher / "key", folder / "data")
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
        return f"{{ {', '.join(_pairs(value))} }}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_toml(one) for one in value if one is not None)}]"
    # JSON lets the character DEL stand as it is, and TOML does not
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _pairs(values):
    """Keys with their values in TOML, which has no word for None: what is None is left out."""
    return [f"{_toml(k)} = {_toml(v)}" for k, v in values.items() if v is not None]


def _question(number: int, one: DraftQuestion):
    """A question as the raw cell of a solution notebook."""
    points = max(1, len(one.answer) // 2) if isinstance(one.answer, (dict, list)) else 1
    head = {"id": f"8.{number}", "kind": one.kind, "points": points}
    head |= {name: getattr(one, name) for name in ("title", "prompt", "hints", "explain")}
    lines = [f"{key} = {_toml(value)}" for key, value in head.items()]
    lists = {k: v for k, v in one.fields.items() if isinstance(v, list) and v}
    tables = {k: v for k, v in lists.items() if isinstance(v[0], dict)}
    lines += _pairs({k: v for k, v in one.fields.items() if k not in tables})
    if one.look:
        lines += ["", "[look]", *_pairs(one.look)]
    for name, rows in [*tables.items(), ("wrong", one.wrong)]:
        for row in rows:
            lines += ["", f"[[{name}]]", *_pairs(row)]
    return "\n".join(lines) + "\n"


def _shipped(case):
    """The documents whose whole text lies in the case, and what a menu calls them."""
    return {
        s.source_id: f"{case.agents[s.outlet].name}: {s.headline}" for s in case.sources if s.text
    }


def _solution(case: Case, name, asked):
    run = "Choose *Run*, then *Run All Cells*. Read the texts beside it."
    title = f"# Exercise: {case.title}\n\n{run}"
    setup = (
        "# The case of this exercise\nfrom whosays import question, show\n"
        f'from whosays.newcase import class_case\n\ncase = class_case("{name}")'
    )
    read = (
        "# The texts, to open one by one\n"
        f"show.one_by_one(show.document, case, {_shipped(case)!r}).widget()"
    )
    cells = [cell("markdown", title, "title"), cell("code", setup, "setup")]
    cells += [cell("code", read, "read")] if _shipped(case) else []
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
    parts, left_out, cells = _parts(case), [], []
    everywhere = {"title": case.title, "name": name, "number": NUMBER}
    everywhere["exercise"] = f"{NUMBER}_{name.replace('-', '_')}_ex.ipynb"
    for one in WORDS["lesson"]:
        told = parts[one["part"]] if "part" in one else {}
        if told is None:
            left_out += [one["lacks"]] if "lacks" in one else []
            continue
        kind, hidden = ("code", {"source_hidden": True}) if one.get("code") else ("markdown", None)
        source = one["text"].format(**everywhere, **told)
        cells.append(cell(kind, source, one["id"], hidden and {"jupyter": hidden}))
    return cells, left_out


def _parts(case):
    """For each part of the lesson the words that its cells need; None where the case lacks them."""
    m = Material(case)
    quoted = max(m.quoted(), key=lambda a: len(a.chain), default=None)
    pair = max(m.copies, key=lambda r: r.a_end - r.a_start, default=None)
    a, b = (pair.a_item, pair.b_item) if pair else ("", "")
    numbers = {}
    for f in m.figures:
        numbers.setdefault(f.claim_id, []).append(f.figure_id)
    most = max(numbers.values(), key=len, default=[])
    told = Counter(a.claim_id for a in m.tellings)
    claim = max(m.claims, key=lambda c: told[c.claim_id], default=None)
    return {
        "read": {"shipped": _shipped(case)} if _shipped(case) else None,
        "a": quoted and {"claim": case.claims[quoted.claim_id].text, "passage": quoted.passage_id},
        "b": pair and {"a": a, "b": b, "first": m.piece(a), "second": m.piece(b)},
        "numbers": {"wanted": most} if len(most) > 1 else None,
        "c": claim and {"claim": claim.text, "claim_id": claim.claim_id},
    }
