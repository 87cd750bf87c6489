"""A question that a learner answers before reading on; what stands behind it opens afterwards.

One form for every judgement, prediction, count and sentence of the lessons. ``commit(...)`` in a
cell is all that an author writes; docs/lessons.md says how.
"""

import html

from ..view.show import table_of
from ..view.view import View
from . import judgements

KINDS = ("number", "sentence")
SURE = "How sure are you, from 0 to 100 %?"
ASLEEP = "To answer here: choose Run, then Run All Cells."


class Commit(View):
    """A question with its fields, and what opens after an answer.

    Parameters
    ----------
    name : str
        ``LESSON/NAME``: what the answer is kept under. Never change it once a class has used it.
    ask : str
        The question, one or two sentences.
    options : iterable of str, optional
        The answers to choose from.
    kind : str, optional
        ``number`` or ``sentence`` where there are no options; ``sentence`` when left out.
    fields : mapping, optional
        Several fields instead of one: what a field asks to its options, or to its kind.
    sure : bool
        Whether the learner also says how sure.
    show : View, optional
        What the question is about; it stands above the question from the beginning.
    then : View, str, mapping, callable or list, optional
        What opens: something to look at, words, words for each option, a function of the answer
        that gives one of these, or several of them.
    """

    def __init__(
        self, name, ask, options=None, kind=None, fields=None, sure=False, show=None, then=None
    ):
        if "/" not in name:
            raise ValueError(
                f"{name!r} is no name for an answer: write LESSON/NAME, as in 03/first."
            )
        self.name, self.ask, self.sure, self.show, self.then = name, ask, sure, show, then
        asked = fields or {"": list(options) if options else kind or "sentence"}
        self.fields = {
            label: one if isinstance(one, str) else list(one) for label, one in asked.items()
        }
        for one in self.fields.values():
            if isinstance(one, str) and one not in KINDS:
                raise ValueError(f"{one!r} is no kind of answer: give options, or one of {KINDS}.")

    @property
    def kept(self):
        """What the learner has answered so far."""
        return judgements.kept(self.name)

    def read(self, given, sure: str = "") -> tuple:
        """The fields as an answer: its value, how sure (0 to 100 or None), and what is missing.

        ``given`` holds what stands in each field, ``sure`` what stands in the field for confidence.
        What is missing or cannot be read is said in sentences; empty where all is well.
        """
        values, problems = {}, []
        for label, kind in self.fields.items():
            text = str(given.get(label) or "").strip()
            if not text:
                problems.append(f"Still empty: {label.rstrip(':?') or 'your answer'}.")
            elif kind == "number":
                number = _number(text)
                if number is None:
                    problems.append(f"“{text}” is not a number: write digits, such as 12.")
                values[label] = number
            else:
                values[label] = text
        certain, text = None, str(sure or "").strip().rstrip("%").strip()
        if self.sure:
            certain = int(text) if text.isascii() and text.isdigit() else -1
            if not 0 <= certain <= 100:
                problems.append("How sure: write a whole number from 0 to 100.")
        return (values if len(self.fields) > 1 else values.get("")), certain, " ".join(problems)

    def keep(self, value, sure: int | None = None) -> str:
        """Keep an answer; returns a sentence where it could not be saved."""
        return judgements.keep(self.name, self.ask, value, sure)

    def keep_opened(self) -> str:
        """Keep that it was opened without an answer."""
        return judgements.keep_opened(self.name, self.ask)

    def opens(self, value=None) -> list:
        """What stands behind the question: a list of views and strings of HTML, in order.

        Without an answer, the words for each option are all there.
        """
        return list(_opened(self.then, value))

    def opens_html(self, value=None) -> str:
        """The same as HTML, for paper and for counting words."""
        opened = self.opens(value)
        # words and views can stand on paper, fields and buttons cannot
        readable = (one for one in opened if isinstance(one, (str, View)))
        return "".join(one if isinstance(one, str) else one.html() for one in readable)

    def html(self):
        choices = ""
        for label, kind in self.fields.items():
            choices += f"<p>{html.escape(label)}</p>" if label else ""
            if isinstance(kind, list):
                choices += f"<ul>{''.join(f'<li>{html.escape(one)}</li>' for one in kind)}</ul>"
        sure = f"<p>{SURE}</p>" if self.sure else ""
        above = self.show.html() if self.show else ""
        return (
            f"{above}<p><strong>{html.escape(self.ask)}</strong></p>{choices}{sure}<p>{ASLEEP}</p>"
        )

    def text(self) -> str:
        lines = [*([self.show.text(), ""] if self.show else []), self.ask]
        for label, kind in self.fields.items():
            lines += [label] if label else []
            lines += [f"  - {option}" for option in kind] if isinstance(kind, list) else []
        return "\n".join([*lines, *([SURE] if self.sure else []), ASLEEP])


def _number(text):
    try:
        value = float(text.replace(",", ""))
        return int(value) if value == int(value) else value
    except (OverflowError, ValueError):  # no number, or one without an end
        return None


def _opened(then, value):
    if then is None:
        return
    if isinstance(then, dict):
        if value in then:
            yield _paragraph(then[value])
        elif value is None:
            for option, words in then.items():
                colon = "" if str(option)[-1] in ".?!" else ":"
                asked = f"<strong>{html.escape(str(option))}</strong>{colon}"
                yield f"<p>{asked} {html.escape(words)}</p>"
    elif isinstance(then, str):
        yield _paragraph(then)
    elif isinstance(then, (list, tuple)):
        for one in then:
            yield from _opened(one, value)
    elif callable(then) and not isinstance(then, View):
        yield from _opened(then(value), value)
    else:
        yield then


def _paragraph(words):
    return f"<p>{html.escape(words)}</p>"


def commit(
    name: str,
    ask: str,
    options=None,
    kind: str | None = None,
    fields=None,
    sure: bool = False,
    show: View | None = None,
    then=None,
):
    """A question to answer before reading on, as fields and buttons; see :class:`Commit`."""
    return Commit(name, ask, options, kind, fields, sure, show, then).widget()


class LookBack(View):
    """The first and the last judgement of a lesson beside each other, with the confidence of both.

    They are those that the lesson calls ``first`` and ``last``.
    """

    def __init__(self, lesson):
        self.names = (f"{lesson}/first", f"{lesson}/last")

    @property
    def pair(self) -> tuple:
        """The first answer to the one and the last to the other, as they are kept now, or None."""
        first, last = map(judgements.kept, self.names)
        return first.first, last.last

    def table(self) -> View:
        """Both as a table."""
        rows = []
        for when, answer in zip(("at the start", "now"), self.pair, strict=True):
            answer_words, sure = "no answer kept", ""
            if answer:
                answer_words = answer.words()
                sure = "not asked" if answer.sure is None else f"{answer.sure} %"
            rows.append((when, answer_words, sure))
        headings = ("When", "What you said", "How sure")
        return table_of("Your first judgement and your last", headings, rows)

    def words(self) -> str:
        """What changed, in a sentence; nothing where one of the two is missing."""
        before, now = self.pair
        if not before or not now:
            return "Answer the first and the last question of this lesson, and both stand here."
        changed = before.words() != now.words()
        sentence = f"You {'changed' if changed else 'kept'} your answer"
        if before.sure is None or now.sure is None:
            return f"{sentence}."
        by = now.sure - before.sure
        how = f"{abs(by)} points {'more' if by > 0 else 'less'} sure" if by else "as sure as before"
        moved = changed or by
        asked = "What made the difference?" if moved else "What would have to be shown to move you?"
        return f"{sentence}, and you are {how}. {asked}"

    def html(self) -> str:
        return f"{self.table().html()}<p>{html.escape(self.words())}</p>"

    def text(self) -> str:
        return f"{self.table().text()}\n{self.words()}"


def look_back(lesson: str):
    """The first and the last judgement of a lesson, shown again whenever one of them changes."""
    return LookBack(lesson).widget()
