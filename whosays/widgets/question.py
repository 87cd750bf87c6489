"""A question as fields and buttons; ``q.check``, ``q.hint``, ``q.explain`` do the same in code.

Stock ipywidgets, kept away from their traps: every field has a description, no sliders, no
tabs, keys stay inside. What is filled in is saved at once and is there again when the cell is
run again.
"""

import html
import json
from typing import ClassVar

import ipywidgets as w

from ..evidence.marking import Marks
from ..exercise.kinds import kind_of
from ..exercise.plain import is_blank
from ..exercise.question import Feedback, Question, Words
from ..exercise.render import prompt_markdown
from ..view.view import folded
from .box import Box
from .fields import beside, button, buttons, fill, framed, line, menu, radios, shape, tick, watch
from .span_marker import SpanMarker


def question_widget(question: Question, prompt: bool = True):
    """Fields and buttons for a question, or a sentence where there is no such question.

    ``prompt`` is whether number, title and prompt are shown; in an exercise notebook they stand in
    the cell above.
    """
    return Words(question.problem) if question.problem else QuestionBox(question, prompt)


def feedback_widget(feedback: Feedback):
    """The fields of a question with what is said on an answer that was given in code."""
    box = question_widget(feedback.question, prompt=False)
    if isinstance(box, QuestionBox) and not feedback.elsewhere:
        box.tell(feedback)
    return box


class QuestionBox(Box):
    """The fields of one question with Check, Hint and Explain.

    ``answer`` is what the fields hold, as plain JSON values; ``prompted`` whether the prompt stands
    above them.
    """

    # said once a session: a class on read-only folders need not read it under every question
    _told_not_saved: ClassVar[set[str]] = set()

    def __init__(self, question, prompt=True):
        self.question = question
        self.prompted = prompt
        self.result = ""  # what the last check said, as HTML
        self.fields = _FIELDS[question.spec["kind"]](question.spec)
        self.code = w.HTML().add_class("ws-code")
        self.hint_button = button(
            "Hint", lambda: self._show("Hint", question.hint()), tooltip="One hint more"
        )
        self.explain_button = button(
            "Explain",
            lambda: self._show("Explanation", question.explain()),
            tooltip="After a right answer or two tries",
        )
        helps = [self.hint_button, self.explain_button]
        name, more = "Check", "Say what is right so far"
        if question.set.first_only:
            helps, name, more = [], "Keep", "Keep my answer"
        self.check_button = button(name, self.check, True, more)
        steps = [(f"{step} %", step) for step in range(0, 101, 10)]
        self.sure = menu("How sure are you?", steps) if question.spec.get("sure") else None
        if self.sure and (entry := question.set.first_tries().get(question.id)):
            fill(self.sure, entry["sure"])
        self.fields.fill(question.set.saved().get(question.id))
        self.fields.watch(self._changed)
        self._show_code()
        super().__init__(
            question,
            *([_markdown(prompt_markdown(question.spec))] if prompt else []),
            *self.fields.widgets,
            *([self.sure] if self.sure else []),
            buttons(self.check_button, *helps),
            self.status,
            self.code,
        )

    @property
    def answer(self):
        return self.fields.answer()

    def check(self) -> Feedback:
        """What the Check button does."""
        feedback = self.question.check(self.answer, self.sure.value if self.sure else None)
        self.tell(feedback)
        return feedback

    def tell(self, feedback: Feedback) -> None:
        """Show what is said on an answer, below the buttons."""
        lines = feedback.html().partition("</p>")[2]  # the heading stands in the status line
        self.status.say(feedback.outcome, framed(lines))
        self.result = framed(f"<p><strong>{html.escape(feedback.outcome)}</strong></p>{lines}")
        self.checked = True

    def _show(self, title, words):
        first, _, rest = str(words).partition("\n")
        long = bool(rest) or len(first) > 160
        more = framed(words.html()) if long else ""
        heading = title if long and title not in first else first
        # a hint is asked for because of a result, so the result stays below it
        self.status.say(heading, more + self.result * self.checked, plain=not long)

    def _changed(self):
        self.after_change("")
        problem = self.question.set.keep(self.question.id, self.answer)
        if problem and problem not in self._told_not_saved:
            self._told_not_saved.add(problem)
            self.status.say(problem, asked=False)
        self._show_code()

    def _show_code(self):
        answer = self.answer
        # texts, numbers, lists and dictionaries read the same in JSON and in Python
        shown = "..." if is_blank(answer) else json.dumps(answer, ensure_ascii=False)
        line = f'question("{self.question.id}").check({shown})'
        code = f"<pre><code>{html.escape(line)}</code></pre>"
        self.code.value = folded("The same in code", code)


def _markdown(text):
    output = {
        "output_type": "display_data",
        "data": {"text/markdown": text, "text/plain": text},
        "metadata": {},
    }
    return w.Output(outputs=(output,))


def _words(text):
    return w.HTML(html.escape(text))


class _Fields:
    """The fields of one ``kind``: ``widgets`` to show, ``inputs`` by part, and their answer."""

    def __init__(self, spec):
        self.spec, self.inputs, self.widgets = spec, {}, []
        self.numbers = {part.id for part in kind_of(spec).parts(spec) if part.number}
        self.make()
        self.widgets = self.widgets or list(self.inputs.values())

    def watch(self, changed):
        watch(changed, *self.inputs.values())

    def fill(self, answer):
        for part, value in (kind_of(self.spec).given(self.spec, answer) or {}).items():
            ends = value if type(value) is list else [value]
            fill(self.inputs[part], " to ".join(map(str, ends)))

    def answer(self):
        answer = {}
        for part, widget in self.inputs.items():
            if not is_blank(widget.value):
                value = _number(widget.value) if part in self.numbers else widget.value
                answer = kind_of(self.spec).put(answer, part, value)
        return answer


class _Choice(_Fields):
    kind = "choice"

    def make(self):
        options = [(f"({o['key']}) {o['text']}", o["key"]) for o in self.spec["option"]]
        self.inputs["choice"] = radios("Choose one:", options)


class _Choices(_Fields):
    kind = "choices"

    def make(self):
        for option in self.spec["option"]:
            self.inputs[option["key"]] = tick(f"({option['key']}) {option['text']}")
        self.widgets = [_words("Tick all that fit:"), *self.inputs.values()]

    def fill(self, answer):
        for key, widget in self.inputs.items():
            widget.value = type(answer) is list and key in answer

    def answer(self):
        return [key for key, widget in self.inputs.items() if widget.value]


class _Mapping(_Fields):
    kind = "mapping"

    def make(self):
        for statement in self.spec["statement"]:
            # the whole statement is the label of its field, so that it is read out with it
            label = f"({statement['key']}) {statement['text']}"
            self.inputs[statement["key"]] = menu(label, self.spec["labels"], look="ws-statement")


class _Number(_Fields):
    kind = "number"

    def make(self):
        self.inputs["value"] = line("Number:", width="16em")
        for f in self.spec["field"]:
            self.inputs[f["name"]] = menu(f["ask"], f["options"])


def _number(text):
    """A number as typed: 12, 12.5; anything else stays text, for the judge to read or ask back."""
    for kind in (int, float):
        try:
            value = kind(text)
        except ValueError:
            continue
        # three digits after a point may be thousands: the judge asks
        return text if len(text.partition(".")[2]) == 3 else value
    return text


class _Ordering(_Fields):
    kind = "ordering"

    def make(self):
        options = [(o["text"], o["key"]) for o in self.spec["option"]]
        self.widgets = [_words("First to last; leave places empty that you do not need.")]
        for i in range(1, len(options) + 1):
            self.inputs[i] = menu(f"{i}.", options, width="48em")
        self.widgets += self.inputs.values()

    def fill(self, answer):
        values = answer if type(answer) is list else ()
        for widget, value in zip(self.inputs.values(), values, strict=False):
            fill(widget, value)

    def answer(self):
        return [widget.value for widget in self.inputs.values() if widget.value]


class _Table(_Fields):
    kind = "table"

    def make(self):
        for row in self.spec["row"]:
            cells = []
            for f in self.spec["field"]:
                about = f"{row['text']}: {f['ask']}"
                cell = menu(f["ask"], f["options"], look="ws-cell", tooltip=about, of=row["text"])
                self.inputs[f"{row['key']}/{f['name']}"] = cell
                cells.append(cell)
            self.widgets.append(w.HTML(f"<strong>{html.escape(row['text'])}</strong>"))
            self.widgets.append(beside(*cells))


class _Spans(_Fields):
    """The text with its words to mark, by mouse or by keyboard."""

    kind = "spans"

    def make(self):
        self.marks = Marks(self.spec["text"], "Text of the question", self.spec["roles"])
        self.widgets = [SpanMarker(self.marks)]

    def watch(self, changed):
        before = [self.answer()]

        def look():
            # told of every step; only one that changes the marks is a new answer
            if self.answer() != before[0]:
                before[0] = self.answer()
                changed()

        self.marks.watchers.append(look)

    def fill(self, answer):
        self.marks.fill(answer)

    def answer(self):
        return self.marks.answer()


class _FreeText(_Fields):
    kind = "text"

    def make(self):
        area = w.Textarea(description="Your text:", rows=6, **shape(width="100%"))
        self.inputs["text"] = area

    def fill(self, answer):
        fill(self.inputs["text"], answer)

    def answer(self):
        return self.inputs["text"].value


_FIELDS = {fields.kind: fields for fields in _Fields.__subclasses__()}
