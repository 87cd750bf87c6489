"""What a kind of question is: how it is written, answered, judged, shown and printed.

:class:`Kind` is what every kind has. :class:`PartsKind` is for those whose parts are compared one
by one: the statements of a mapping, the cells of a table. Each part is read, turned into one
canonical form and compared on its own, so that feedback can say exactly which part is not right
yet.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from ..learner.verdict import BLANK, NOT_YET, RIGHT, SIGNS, UNREADABLE
from ..text.spans import short
from ..view.show import TableView
from .outcome import (
    PartResult,
    QuestionOutcome,
    look_again,
    opens,
    outcome,
    planted,
    status_of,
    truth_of,
    why,
)
from .plain import as_list, is_blank
from .seal import rounds_for
from .typed import UnreadablePart
from .values import BadSolution, Part

TRUSTING, DOUBTING = "trusting", "doubting"
LONG = 10_000
# what stands in brackets behind a statement: names of rows, and in the learner's words who says it
_GIVER = re.compile(r"\s*(?:\[[a-z0-9_/; -]+\]|\((?:[^()]|\([^()]*\))*\))$")


@dataclass(frozen=True)
class Slip:
    """An answer with one slip: the answer, the part, and whether it trusts or doubts too much."""

    answer: object
    part: str
    sort: str = ""


class Kind:
    """One kind of question; its name is the ``kind = "..."`` of the TOML and that of its module."""

    name = ""
    # what its TOML holds besides the common fields: a type of ``spec.TYPES``, ``?`` if it may lack
    fields: ClassVar = {}
    shape_words = ""  # what an answer looks like; {0} and {1} are the words of :meth:`example`
    by_machine = True  # whether a machine gives marks
    nothing = ()  # what is said on an answer that holds nothing
    remarks = ("answer",)  # what a planted remark of this kind may be on
    closed = False  # whether an answer falls into parts that can be counted over a class

    least_options = 0

    def check(self, spec, wrong) -> None:
        """Report what fields of the right type still get wrong: ``wrong(problem, **filled)``."""
        if len(spec.get("option", ())) < self.least_options:
            wrong("few_options", kind=self.name, least=self.least_options)

    def check_closed(self, name: str, options, accepting, wrong) -> None:
        """Whether closed values differ, and ``accepting`` names some of them and not all."""
        options, accepting = options or (), accepting or ()
        if len(set(options)) != len(options):
            wrong("two_values", name=name)
        for value in accepting:
            if value not in options:
                wrong("accepting", value=value, name=name)
        if accepting and options and set(accepting) >= set(options):
            wrong("all_accepting")

    def check_columns(self, spec, wrong) -> None:
        """The fields of a number or a table."""
        for field in spec["field"]:
            name = f"options of {field['name']}"
            self.check_closed(name, field["options"], field.get("accepting"), wrong)

    def example(self, spec) -> tuple:
        """The words that fill ``shape_words``."""
        return ()

    def parts(self, spec) -> list:
        """The parts that are compared one by one."""
        return []

    def key(self, full, spec, answer):
        """Fill in ``parts``, ``rounds`` and ``wrong`` of ``full`` from the author's answer."""
        raise NotImplementedError

    def judge(self, spec, answer):
        """The judgement on a plain answer that is not blank; may raise UnreadablePart."""
        raise NotImplementedError

    def given(self, spec, answer) -> None:
        """The values of an answer by part id, blank ones left out; None when it has no parts."""
        return None

    def put(self, answer, part_id, value):
        """The answer with another value for one part."""
        raise NotImplementedError

    def one_answer(self, answer) -> list | str:
        """The author's answer as a learner could give it: the first where several are accepted."""
        return answer

    def slips(self, full: dict) -> tuple:
        """Answers with one :class:`Slip`, to count which slips have a remark of their own.

        ``full`` has its key open, and the ``answer``.
        """
        return ()

    def body(self, spec) -> list[str]:
        """Lines of Markdown below the prompt, with the keys that an answer uses."""
        items = next((spec[name] for name in ("option", "statement", "row") if name in spec), ())
        return [f"- `{item['key']}` {item['text']}" for item in items]

    def paper(self, spec):
        """HTML to fill in with a pen."""
        raise NotImplementedError

    def readable(self, spec, part_id: str, form: str) -> str:
        """A canonical form in the learner's words."""
        return form

    def feedback_rows(self, spec, parts) -> list[dict[str, str]]:
        """What is said on some parts of an answer, as rows of a table."""
        rows = [{"part": p.name, "checked": SIGNS.get(p.status, p.status)} for p in parts]
        if any(part.say for part in parts):
            rows = [row | {"remark": part.say} for row, part in zip(rows, parts, strict=True)]
        return rows


class PartsKind(Kind):
    """A kind whose parts are compared one by one, each with an equal share of the marks."""

    closed = True
    remarks = ("answer", "part")

    def read(self, spec: dict, answer):
        """Take a plain answer that is not blank apart: a :class:`.values.Reading`.

        Raises UnreadablePart when the answer as a whole has the wrong shape.
        """
        raise NotImplementedError

    def values(self, spec, answer) -> dict:
        """The parts of the author's answer; a list in place of one value means any of them."""
        reading = self.read(spec, answer)
        if reading.problems:
            raise BadSolution("; ".join(reading.problems))
        return reading.values

    def key(self, full, spec, answer) -> None:
        if is_blank(answer):
            raise BadSolution("the solution's answer is blank")
        parts = self.parts(spec)
        # right or wrong, the truth of a statement, and near misses of a number
        full["rounds"] = rounds_for(sum(2 + 9 * part.number for part in parts))
        values, problems, full["parts"] = self.values(spec, answer), [], []
        for part in parts:
            try:
                full["parts"].append(self._part_key(spec, part, values.get(part.id)))
            except (BadSolution, UnreadablePart) as problem:
                problems.append(str(problem))
        if problems:
            raise BadSolution("; ".join(problems))
        full["wrong"] = [
            {"parts": self._wrong_parts(spec, parts, wrong), "say": wrong["say"]}
            for wrong in spec.get("wrong", ())
        ]
        ids = [part.id for part in parts]
        if strange := sorted((full.get("why", {}).keys() | full.get("look", {}).keys()) - set(ids)):
            names = f"{', '.join(strange)}; the parts are {', '.join(ids)}"
            raise BadSolution(f"[why] or [look] names {names}")

    def _part_key(self, spec, part, value):
        if is_blank(value):
            raise BadSolution(f"the solution gives no answer for {part.name}")
        variants = [value] if part.number else as_list(value)
        try:
            accepts = sorted({part.form(value, spec) for value in variants})
        except UnreadablePart as problem:
            what = f"the solution's answer for {part.name} cannot be read: {problem}"
            raise BadSolution(what) from None
        key = {"id": part.id, "accepts": accepts}
        if part.about_truth:
            stances = sorted({part.stance(form) for form in accepts})
            if len(stances) > 1:
                raise BadSolution(f"the solution both accepts and rejects {part.name}")
            (key["truth"],) = stances
        return key

    def _wrong_parts(self, spec, parts, wrong):
        """A planted wrong answer as parts that must all agree."""
        if "missing" in wrong:
            return self.missing_parts(spec, wrong["missing"])
        if "part" in wrong:
            if wrong["part"] not in [part.id for part in parts]:
                raise BadSolution(f"there is no part {wrong['part']!r} to plant a remark on")
            return [{"id": wrong["part"], "any": True}]
        answer = wrong["answer"]
        try:
            reading = self.read(spec, answer)
            problems = list(reading.problems)
            keys = [
                {"id": part.id, "accepts": [part.form(value, spec)]}
                for part in parts
                if not is_blank(value := reading.values.get(part.id)) and self.planted(value)
            ]
        except UnreadablePart as problem:
            keys, problems = [], [str(problem)]
        if problems or not keys:
            why = " ".join(problems) or "it is blank"
            raise BadSolution(f"the planted wrong answer {answer!r} cannot be read: {why}")
        return keys

    def planted(self, value) -> bool:
        """Whether a part of a planted answer with this value has to be met."""
        return True

    def compared(self, spec, values) -> Iterator[tuple]:
        """Each part with its value and the form that is compared, or why it cannot be read."""
        for part in self.parts(spec):
            value = values.get(part.id)
            try:
                yield part, value, None if is_blank(value) else part.form(value, spec), ""
            except UnreadablePart as problem:
                yield part, value, None, str(problem)

    def judge(self, spec, answer) -> QuestionOutcome:
        reading = self.read(spec, answer)
        keys = {key["id"]: key for key in spec["parts"]}
        results, forms, notes = [], {}, list(reading.problems)
        for part, value, form, problem in self.compared(spec, reading.values):
            if form is None:
                status = UNREADABLE if problem else BLANK
                results.append(PartResult(part.id, part.name, status, problem))
                continue
            key, forms[part.id] = keys[part.id], form
            right = opens(spec, key, part.id, form)
            belief = _belief(part.stance(form), truth_of(spec, key, part.id))
            say = why(spec, part.id) if right else ""
            if part.number and not right:
                say = part.near_miss(value, spec, lambda f, key=key: opens(spec, key, key["id"], f))
            results.append(PartResult(part.id, part.name, RIGHT if right else NOT_YET, say, belief))
        remarks, general = {}, {}

        def met(key):
            given = key["id"] in forms
            return "any" in key or (given and opens(spec, key, key["id"], forms[key["id"]]))

        for wrong, say in planted(spec, met):
            first, *others = wrong["parts"]
            if others:
                notes.append(say)
            else:
                (general if "any" in first else remarks).setdefault(first["id"], []).append(say)
        remarks = general | remarks
        for i, result in enumerate(results):
            if result.status == NOT_YET:
                say = self.reply(spec, result, forms, remarks.get(result.id, ()))
                results[i] = replace(result, say=say)
        if len(results) == 1:
            # One part needs no table: what is said on it stands below the heading.
            notes = [result.say for result in results if result.say] + notes
            results = [replace(result, say="") for result in results]
        return self.mark(spec, results, forms, notes)

    def reply(self, spec, result: PartResult, forms, remarks) -> str:
        """What is said on a wrong part: planted remarks, else what was chosen and where to look."""
        sentence = " ".join([result.say, *remarks]).strip()
        if not sentence:
            chosen = self.readable(spec, result.id, forms[result.id])
            sentence = f"You chose “{short(chosen, 60)}”. {look_again(spec, result.id)}"
        return f"{result.belief}: {sentence}" if result.belief.startswith("wrongly") else sentence

    def mark(self, spec, results, forms, notes) -> QuestionOutcome:
        """The judgement from the results of the parts: an equal share of the marks for each."""
        # something was given, and none of it belongs to this question
        status = status_of(results)
        share = sum(result.status == RIGHT for result in results) / len(results)
        return outcome(spec, UNREADABLE if status == BLANK else status, share, results, notes)

    def given(self, spec, answer) -> dict:
        try:
            values = {} if is_blank(answer) else self.read(spec, answer).values
        except UnreadablePart:
            return {}
        return {part: value for part, value in values.items() if not is_blank(value)}

    def one_answer(self, answer) -> dict | str:
        if type(answer) is dict:
            return {name: self.one_answer(value) for name, value in answer.items()}
        return answer[0] if type(answer) is list and answer else answer

    def put(self, answer, part_id: str, value) -> dict:
        return {**answer, part_id: value}

    def slips(self, full) -> Iterator[Slip]:
        keys = {key["id"]: key["accepts"] for key in full["parts"]}
        answer = self.one_answer(full["answer"])
        for part in self.parts(full):
            right = keys[part.id]
            for option in part.options:
                if option not in right:
                    sort = _sort_of(part, option, right)
                    yield Slip(self.put(answer, part.id, option), part.id, sort)

    def forms(self, spec, answer) -> dict[str, str]:
        """The parts of an answer as they are compared, by id; what cannot be read is left out."""
        values = PartsKind.given(self, spec, answer)
        compared = self.compared(spec, values)
        return {part.id: form for part, _, form, _ in compared if form is not None}


def _sort_of(part, option, right):
    """Whether a wrong option trusts or doubts more than the right one does."""
    if part.about_truth and part.stance(option) != part.stance(right[0]):
        return TRUSTING if part.stance(option) == "accept" else DOUBTING
    return ""


def _belief(stance, truth):
    return truth and f"{'rightly' if stance == truth else 'wrongly'} {stance}ed"


# paper: what the kinds print


def keyed(item, limit: int = LONG + 1) -> str:
    """An option or statement with its letter: ``(a) The harbour office``; cut after ``limit``."""
    text = (
        item["text"] if len(item["text"]) <= limit else short(_GIVER.sub("", item["text"]), limit)
    )
    return f"({item['key']}) {text}"


def item_part(item, options, accepting=()) -> Part:
    """The part that a statement or an option is, as its author wrote it."""
    told = {"text": item["text"], "alignment": item.get("alignment", "")}
    options, accepting = tuple(options), tuple(accepting)
    return Part(item["key"], keyed(item, 70), options, accepting=accepting, **told)


def table(head: list[str], rows: list[list[str]], caption: str, of_rows: bool = True) -> str:
    """A table of plain text with empty cells to write in; the first cell heads its row.

    ``of_rows`` says whether the first column is narrow: names, not sentences.
    """
    view = TableView([dict(enumerate(row)) for row in rows], dict(enumerate(head)), caption).whole()
    return f'<div class="fill{"" if of_rows else " sentences"}">{view}</div>'


def lines(count: int, label: str = "") -> str:
    """Empty lines to write on, below a label."""
    label_line = f"<p>{html.escape(label)}</p>" if label else ""
    return f'{label_line}<div class="lines">{"<div></div>" * count}</div>'


def ticks(texts, sign: str) -> str:
    """A list with a box before each text."""
    items = (f"<li>{sign} {html.escape(text)}</li>" for text in texts)
    return f'<ul class="ticks">{"".join(items)}</ul>'


def spaced(text: str) -> str:
    """A text with room between its lines."""
    paragraphs = (f"<p>{html.escape(p)}</p>" for p in text.split("\n\n") if p.strip())
    return f'<blockquote class="spaced">{"".join(paragraphs)}</blockquote>'
