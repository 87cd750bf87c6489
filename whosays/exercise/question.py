"""What a learner handles: a question, a set of questions, and the feedback on an answer."""

import difflib
import html
import json
import re
from dataclasses import replace
from pathlib import Path

from ..base import paths
from ..learner import store
from ..learner.verdict import BLANK, NOT_YET, PARTLY, RIGHT, SELF_REVIEW, SIGNS, UNREADABLE
from ..view.show import TableView
from ..view.view import Faced, Sentence, View
from . import render, tries
from .judge import judge
from .kinds import KINDS, kind_of
from .outcome import said
from .plain import NotPlain, is_blank, plain
from .score import ScoreView, gather, score_set

TRIES = 2  # wrong tries before the explanation opens
KEPT = "Kept. Your first answer counts, and nothing is said on it."
NO_HELP = "Here are no hints, no explanations and no marks: your first answer is kept as it is."

# what every question has: a file without it is cut off
_EVERY_QUESTION = ("id", "kind", "title", "prompt", "points", "hints", "explain", "parts", "salt")
_LIST_LINE = re.compile(r"\n(?=\d+\. |- )")

# (folder, set, question) -> {"tries", "hints", "right"}: one learner's session, whatever objects
# come and go
_PROGRESS = {}


def question(number: str, folder=None) -> "Question":
    """A question by its number: ``"1.3"``, or ``"1.3f"`` for the twin on the practice case.

    ``folder`` holds ``checks/``; the kit's own ``exercises/`` when left out. Where there is no such
    question, what comes back says so wherever it is used.
    """
    number = str(number).strip()
    match = re.fullmatch(r"(\d{1,2})\.(\d{1,2})(f?)", number)
    if not match:
        like = 'Numbers look like "1.3", or "1.3f" in the practice set.'
        return Question(None, None, f'There is no question "{number}". {like}')
    return question_set(f"{int(match[1]):02d}{match[3]}", folder)[number]


def question_set(number: str, folder=None) -> "QuestionSet":
    """A set of questions by its number (``"01"``, ``"01f"``); see :func:`question`."""
    number = str(number).strip()
    name = number.zfill(3 if number.endswith("f") else 2)
    folder = Path(paths.exercises() if folder is None else folder)
    files = (part.glob(f"checks/{name[:2]}_*.json") for part in (folder, folder / "forms"))
    for path in sorted(file for folders_of_files in files for file in folders_of_files):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["number"] != name:
                continue
            whole = all(field in spec for spec in data["questions"] for field in _EVERY_QUESTION)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            whole = False
        if whole:
            return QuestionSet(data, folder)
        problem = f"{path.name} cannot be read. Get the file anew, or run: whosays build {name}"
        return QuestionSet(None, folder, problem)
    problem = f'There are no questions for set "{name}" in {folder}. Run: whosays build {name}'
    return QuestionSet(None, folder, problem)


class Question(Faced):
    """One question: show it, check an answer, get a hint, the explanation, or fields to fill in."""

    def __init__(self, spec, owner, problem=""):
        self.spec, self.set, self.problem = spec, owner, problem

    @property
    def id(self) -> str:
        return self.spec["id"] if self.spec else ""

    @property
    def _progress(self):
        key = (str(self.set.folder), self.set.name, self.id)
        return _PROGRESS.setdefault(key, {"tries": 0, "hints": 0, "right": False})

    def check(self, answer=None, sure=None) -> "Feedback":
        """Say what is right in an answer, part by part: a :class:`Feedback`; first checks are kept.

        An answer is plain values as :attr:`shape` describes; ``...`` or anything blank is "not
        answered yet". ``sure`` is how sure you are, from 0 to 100 percent. Never raises.
        """
        if self.problem:
            return Feedback(None, self.problem, self)
        try:
            value = plain(answer)
        except NotPlain as problem:
            notes = (f"Sorry: {problem}.",)
            blank = judge(self.spec, None)
            return Feedback(replace(blank, status=UNREADABLE, notes=notes), self._title, self)
        outcome = judge(self.spec, value)
        if outcome.status not in (BLANK, UNREADABLE):
            self.set.keep_try(self.spec, value, sure)
            self._progress["tries"] += 1
            self._progress["right"] |= outcome.status in (RIGHT, SELF_REVIEW)
            if self.set.first_only:
                return Feedback(None, KEPT, self)
        # three dots are the code cell that nobody has filled in: it must not say that nothing is
        # answered below fields that are
        return Feedback(outcome, self._title, self, answer is ...)

    @property
    def _title(self):
        return f"{self.id} {self.spec['title']}"

    @property
    def shape(self) -> str:
        """What an answer looks like, in one line."""
        return self.problem or render.shape(self.spec)

    def hint(self) -> "Words":
        """The next hint; each call gives one more."""
        if self.problem or self.set.first_only:
            return Words(self.problem or NO_HELP)
        hints, progress = self.spec["hints"], self._progress
        if progress["hints"] >= len(hints):
            shown = [f"{i}. {said(self.spec, hint)}" for i, hint in enumerate(hints, 1)]
            return Words("\n".join(["That was the last hint. All of them:", *shown]))
        progress["hints"] += 1
        i = progress["hints"]
        return Words(f"Hint {i} of {len(hints)}: {said(self.spec, hints[i - 1])}")

    def explain(self) -> "Words":
        """The explanation, after a right answer or two tries."""
        if self.problem or self.set.first_only:
            return Words(self.problem or NO_HELP)
        progress = self._progress
        left = TRIES - progress["tries"]
        if not progress["right"] and left > 0:
            more = f"{left} more {'try' if left == 1 else 'tries'}"
            return Words(f"The explanation opens after a right answer or {more}.")
        return Words(render.explanation(self.spec, lambda text: said(self.spec, text)))

    def __repr__(self):
        return self.problem or render.question_text(self.spec)

    def _repr_markdown_(self):
        return self.problem or render.question_markdown(self.spec)


class Words(Sentence):
    """A few sentences, and lists of them."""

    def html(self):
        paragraphs = (html.escape(p) for p in re.split(r"\n\s*\n", self.words.strip()) if p)
        # lines run on, except those of a list
        return "".join(f"<p>{re.sub(_LIST_LINE, '<br>', p)}</p>" for p in paragraphs)


class Feedback(View):
    """What is said on one answer: in a notebook a small table, elsewhere text.

    ``judgement`` is the outcome as data (None where there is no such question). Its ``widget()``
    shows the fields of the question below it.
    """

    def __init__(self, judgement, title, question, elsewhere=False):
        self.judgement, self.title = judgement, title
        self.question, self.elsewhere = question, elsewhere
        parts = judgement.parts if judgement else ()
        self.parts = [part for part in parts if part.status != BLANK]
        self.notes = list(judgement.notes) if judgement else []
        if self.parts and len(self.parts) < len(parts):
            self.notes.append(f"Not answered yet: {len(parts) - len(self.parts)} of {len(parts)}.")
        if elsewhere:
            self.notes.append("What you fill in above counts.")
        self.told = [part for part in self.parts if part.status or part.say]

    @property
    def heading(self) -> str:
        """The question and the outcome, in one line."""
        if self.judgement is None:
            return self.title
        return f"{self.title}{'' if self.title[-1] in '?!.' else ':'} {self.outcome}"

    @property
    def outcome(self) -> str:
        """The outcome alone, with the marks."""
        if self.judgement is None:
            return self.title
        j = self.judgement
        if self.elsewhere:
            return "· not answered in this cell"
        marked = j.status in (RIGHT, PARTLY, NOT_YET) and KINDS[j.kind].by_machine
        return SIGNS[j.status] + (f" ({j.points:g} of {render.points(j.of)})" if marked else "")

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """(part, outcome, remark) for each part that has something to say beyond the heading."""
        rows = [(p.name, SIGNS.get(p.status, p.status), p.say) for p in self.told]
        return rows if len(rows) > 1 or any(say for *_, say in rows) else []

    def text(self) -> str:
        rows = [f"  {name}: {sign}{f' ({say})' if say else ''}" for name, sign, say in self.rows]
        return "\n".join([self.heading, *rows, *self.notes])

    def html(self) -> str:
        spec = self.question.spec if self.rows else None
        rows = kind_of(spec).feedback_rows(spec, self.told) if spec else []
        table = TableView(rows, list(rows[0]), "Part by part").html() if rows else ""
        notes = "".join(f"<p>{html.escape(note)}</p>" for note in self.notes)
        return f"<p><strong>{html.escape(self.heading)}</strong></p>{table}{notes}"


class QuestionSet:
    """The questions of one exercise notebook."""

    def __init__(self, data, folder, problem=""):
        self.data, self.folder, self.problem = data, folder, problem

    @property
    def name(self) -> str:
        return self.data["set"] if self.data else ""

    @property
    def first_only(self) -> bool:
        """Whether only first tries count, and nothing is said on an answer: before and after."""
        return bool(self.data and self.data.get("first_only"))

    @property
    def questions(self) -> list[Question]:
        """All questions, in order."""
        return [Question(spec, self) for spec in self.data["questions"]] if self.data else []

    def _kept(self):
        return store.load(self.name) if self.data else {}

    def saved(self) -> dict:
        """The answers given in fields, by question id."""
        answers = self._kept().get("answers")
        return answers if type(answers) is dict else {}

    def first_tries(self) -> dict[str, dict]:
        """The first check of each question, by question id (see :mod:`whosays.exercise.tries`)."""
        return tries.read_first(self._kept())

    def keep(self, number: str, answer) -> str:
        """Save one answer by its question's id; the others stay, and None takes it out again.

        Comes back empty, or as one sentence when it could not be saved.
        """
        answers = {**self.saved(), number: answer}
        return self._save(answers={k: v for k, v in answers.items() if not is_blank(v)})

    def keep_try(self, spec, answer, sure=None) -> str:
        """Keep a check: what was not checked before is a first try. Returns as :meth:`keep`."""
        first = self.first_tries()
        entry = tries.remember(first.get(spec["id"]), spec, answer, sure)
        return self._save(first={**first, spec["id"]: entry})

    def _save(self, **changed):
        record = {"set": self.name, "answers": self.saved(), "first": self.first_tries()} | changed
        return store.save(self.name, {k: v for k, v in record.items() if v or k != "first"})

    def forget(self, confirm: bool = False) -> Words:
        """Delete the saved answers of this set; without ``confirm=True`` only say what would go."""
        number = len(self.saved())
        if self.problem or not number:
            return Words(self.problem or "There are no saved answers.")
        what = f"{number} saved answer{'s' if number != 1 else ''}"
        if not confirm:
            how = f'question_set("{self.data["number"]}").forget(confirm=True)'
            would = f"{what} of {self.name} would be deleted for good."
            return Words(f"{would} If you want that: {how}")
        problem = self._save(answers={}, first={})
        for progress in [key for key in _PROGRESS if key[1] == self.name]:
            del _PROGRESS[progress]
        return Words(problem or f"{what} deleted. Run the cells with fields again.")

    def answers(self, given: dict | None = None) -> dict:
        """Every answer as plain JSON values, by question id: what is handed in and graded.

        ``given`` has answers by question id or by variable name, so that ``globals()`` will do.
        What is blank there is taken from the answers given in fields.
        """
        return gather([q.id for q in self.questions], given or {}, self.saved())[0]

    def score(self, given=None) -> View:
        """Marks, and what was wrongly accepted and rejected: a :class:`ScoreView`.

        ``given`` is as for :meth:`answers`. Its ``score`` is the outcome as data, ``first`` the
        same for first tries.
        """
        if self.problem or self.first_only:
            return Words(self.problem or NO_HELP)
        answers, problems = gather([q.id for q in self.questions], given or {}, self.saved())
        specs, first = self.data["questions"], self.first_tries()
        return ScoreView(
            score_set(specs, answers),
            {s["id"]: s["title"] for s in specs},
            problems,
            first=score_set(specs, tries.first_answers(specs, answers, first)),
            calibration=tries.calibration(tries.confidence(specs, first)),
        )

    def __iter__(self):
        return iter(self.questions)

    def __len__(self):
        return len(self.questions)

    def __getitem__(self, number):
        if self.problem:
            return Question(None, None, self.problem)
        for one in self.questions:
            if one.id == str(number):
                return one
        ids = [q.id for q in self.questions]
        near = difflib.get_close_matches(str(number), ids, n=1)
        meant = f' Did you mean "{near[0]}"?' if near else ""
        problem = f'There is no question "{number}"; this set has {", ".join(ids)}.{meant}'
        return Question(None, None, problem)

    def __repr__(self):
        if self.problem:
            return self.problem
        return "\n\n".join([self.data["title"], *(repr(q) for q in self.questions)])

    def _repr_markdown_(self):
        if self.problem:
            return self.problem
        questions = [q._repr_markdown_() for q in self.questions]
        return "\n\n".join([f"# {self.data['title']}", *questions])
