"""What a learner handles: a question, a set of questions, and the feedback on an answer."""

import difflib
import html
import json
import re

from .. import paths
from . import render, store
from .judge import BLANK, PARTLY, RIGHT, SELF_REVIEW, UNREADABLE, Judgement, judge, said
from .plain import NotPlain, is_blank, plain

TRIES = 2  # wrong tries before the explanation opens

# (folder, set, question) -> {"tries", "hints", "right"}: one learner's session, whatever objects come and go
_PROGRESS = {}


def question(number, folder=None):
    """A question by its number.

    Parameters
    ----------
    number : str
        ``"1.3"``, or ``"1.3f"`` for the twin on the practice case.
    folder : path, optional
        The folder with ``checks/``; the kit's own ``exercises/`` when left out.

    Returns
    -------
    Question
        Always. Where there is no such question, it says so wherever it is used.
    """
    number = str(number).strip()
    match = re.fullmatch(r"(\d{1,2})\.(\d{1,2})(f?)", number)
    if not match:
        return Question(None, None, f'There is no question "{number}". Numbers look like "1.3", or "1.3f" in the practice set.')
    found = question_set(f"{int(match[1]):02d}{match[3]}", folder)
    return found[number]


def question_set(number, folder=None):
    """A set of questions by its number (``"01"``, ``"01f"``); see :func:`question`."""
    number = str(number).strip()
    name = number.zfill(3 if number.endswith("f") else 2)
    folder = paths.exercises() if folder is None else folder
    for path in sorted((folder / "checks").glob(f"{name[:2]}_*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["number"] == name:
                return QuestionSet(data, folder)
        except (OSError, ValueError, KeyError, TypeError):
            return QuestionSet(None, folder, f"{path.name} cannot be read. Get the file anew, or run: whosays build {name}")
    return QuestionSet(None, folder, f'There are no questions for set "{name}" in {folder}. Run: whosays build {name}')


class Question:
    """One question: show it, check an answer, get a hint, the explanation, or fields to fill in."""

    def __init__(self, spec, owner, problem=""):
        self.spec, self.set, self.problem = spec, owner, problem

    @property
    def id(self):
        return self.spec["id"] if self.spec else ""

    @property
    def _progress(self):
        key = (str(self.set.folder), self.set.name, self.id)
        return _PROGRESS.setdefault(key, {"tries": 0, "hints": 0, "right": False})

    def check(self, answer=None):
        """Say what is right in an answer, part by part.

        Parameters
        ----------
        answer : plain values
            What :attr:`shape` describes; ``...`` or anything blank is "not answered yet".

        Returns
        -------
        Feedback
            Never an exception.
        """
        if self.problem:
            return Feedback(None, self.problem)
        try:
            value = plain(answer)
        except NotPlain as problem:
            outcome = judge(self.spec, None)
            return Feedback(Judgement(self.id, outcome.kind, UNREADABLE, 0, outcome.of, notes=(f"Sorry: {problem}.",)), self._title)
        outcome = judge(self.spec, value)
        if outcome.status not in (BLANK, UNREADABLE):
            self._progress["tries"] += 1
            self._progress["right"] |= outcome.status in (RIGHT, SELF_REVIEW)
        extra = ""
        if outcome.status == BLANK and not is_blank(store.load(self.set.name).get(self.id)):
            extra = "You have answered this question in its fields; that answer counts."
        return Feedback(outcome, self._title, extra)

    @property
    def _title(self):
        return f"{self.id} {self.spec['title']}"

    @property
    def shape(self):
        """What an answer looks like, in one line."""
        return self.problem or render.shape(self.spec)

    def hint(self):
        """The next hint; each call gives one more."""
        if self.problem:
            return Words(self.problem)
        hints, progress = self.spec["hints"], self._progress
        if progress["hints"] >= len(hints):
            shown = [said(self.spec, hint) for hint in hints]
            return Words("\n".join(["That was the last hint. All of them:", *(f"{i}. {h}" for i, h in enumerate(shown, 1))]))
        progress["hints"] += 1
        i = progress["hints"]
        return Words(f"Hint {i} of {len(hints)}: {said(self.spec, hints[i - 1])}")

    def explain(self):
        """The explanation, after a right answer or two tries."""
        if self.problem:
            return Words(self.problem)
        progress = self._progress
        left = TRIES - progress["tries"]
        if not progress["right"] and left > 0:
            return Words(f"The explanation opens after a right answer or {left} more {'try' if left == 1 else 'tries'}.")
        return Words(render.explanation(self.spec, lambda text: said(self.spec, text)))

    def widget(self, prompt=False):
        """Fields and buttons for this question; see :mod:`whosays.widgets.question`."""
        from ..widgets.question import question_widget

        return question_widget(self, prompt)

    def __repr__(self):
        return self.problem or render.question_text(self.spec)

    def _repr_markdown_(self):
        return self.problem or render.question_markdown(self.spec)


class Words(str):
    """Text that shows without quotation marks and keeps its lines in a notebook."""

    def __repr__(self):
        return str(self)

    def _repr_markdown_(self):
        return str(self)


MARKS = {RIGHT: "✓ right", "not yet": "✗ not yet", BLANK: "○ not answered yet", UNREADABLE: "? cannot be read", "": ""}
HEADINGS = {
    RIGHT: "✓ Right.",
    PARTLY: "◐ Partly right.",
    "not yet": "✗ Not yet.",
    BLANK: "○ Not answered yet.",
    UNREADABLE: "? This answer cannot be read yet.",
    SELF_REVIEW: "✎ For you to review.",
}


class Feedback:
    """What is said on one answer.

    ``judgement`` is the outcome as data (None when there is no such question),
    ``text`` the same in words; in a notebook it shows as a small table.
    """

    def __init__(self, judgement, title, extra=""):
        self.judgement, self.title, self.extra = judgement, title, extra

    @property
    def heading(self):
        if self.judgement is None:
            return self.title
        j = self.judgement
        marks = "" if j.status in (BLANK, UNREADABLE, SELF_REVIEW) else f" {j.points:g} of {render.points(j.of)}."
        return f"{self.title}: {HEADINGS[j.status]}{marks}"

    @property
    def rows(self):
        """(part, outcome, remark) for each part that says something."""
        parts = self.judgement.parts if self.judgement else ()
        return [(p.name, MARKS.get(p.status, p.status), p.say) for p in parts if p.status or p.say]

    @property
    def notes(self):
        notes = list(self.judgement.notes) if self.judgement else []
        return notes + ([self.extra] if self.extra else [])

    @property
    def text(self):
        rows = [f"  {name}: {mark}{f' ({say})' if say else ''}" for name, mark, say in self.rows]
        if len(rows) == 1 and self.judgement.kind == "choice" and not self.rows[0][2]:
            rows = []
        return "\n".join([self.heading, *rows, *self.notes])

    def __repr__(self):
        return self.text

    __str__ = __repr__

    def _repr_html_(self):
        return feedback_html(self)


def feedback_html(feedback):
    """Feedback as accessible HTML: a heading line, a captioned table, notes; no meaning by colour alone."""
    esc = html.escape
    lines = [f'<div role="group" aria-label="{esc(feedback.title, quote=True)}: feedback" style="font-size:1.1em;line-height:1.5">']
    lines.append(f'<p style="margin:.3em 0"><strong>{esc(feedback.heading)}</strong></p>')
    rows = feedback.rows
    if len(rows) > 1 or any(say for _, _, say in rows):
        lines.append('<table style="font-size:1em;text-align:left"><caption style="text-align:left">Part by part</caption>')
        lines.append('<thead><tr><th scope="col">Part</th><th scope="col">Checked</th><th scope="col">Remark</th></tr></thead><tbody>')
        for name, mark, say in rows:
            lines.append(
                f'<tr><th scope="row" style="text-align:left;font-weight:normal">{esc(name)}</th>'
                f'<td style="text-align:left">{esc(mark)}</td><td style="text-align:left">{esc(say)}</td></tr>'
            )
        lines.append("</tbody></table>")
    lines += [f'<p style="margin:.3em 0">{esc(note)}</p>' for note in feedback.notes]
    return "".join([*lines, "</div>"])


class QuestionSet:
    """The questions of one exercise notebook."""

    def __init__(self, data, folder, problem=""):
        self.data, self.folder, self.problem = data, folder, problem

    @property
    def name(self):
        return self.data["set"] if self.data else ""

    @property
    def questions(self):
        """All questions, in order."""
        return [Question(spec, self) for spec in self.data["questions"]] if self.data else []

    def __iter__(self):
        return iter(self.questions)

    def __len__(self):
        return len(self.questions)

    def __getitem__(self, number):
        if self.problem:
            return Question(None, None, self.problem)
        for found in self.questions:
            if found.id == str(number):
                return found
        ids = [q.id for q in self.questions]
        near = difflib.get_close_matches(str(number), ids, n=1)
        meant = f' Did you mean "{near[0]}"?' if near else ""
        return Question(None, None, f'There is no question "{number}"; this set has {", ".join(ids)}.{meant}')

    def __repr__(self):
        if self.problem:
            return self.problem
        return "\n\n".join([self.data["title"], *(repr(q) for q in self.questions)])

    def _repr_markdown_(self):
        if self.problem:
            return self.problem
        return "\n\n".join([f"# {self.data['title']}", *(q._repr_markdown_() for q in self.questions)])
