"""Whether anything of the key can be read in what the learner gets."""

import json
import re

from .kinds import kind_of
from .plain import as_list
from .render import in_quotes
from .words import wrong_words

# Fields of the checks that our own code obscures; everything else was written by a person.
_OBSCURED = set(
    "locks truth_lock salt hints explain model why look say rounds format points size".split()
)


def leaks(questions: list[dict], texts: dict[str, str]) -> list[tuple[str, str, str]]:
    """Look for the key in the built files, by name: the notebook, and the checks as JSON.

    The questions have their keys open, with ``answer`` and ``solution`` as the build adds them.
    Comes back as question id, what was found, and remedy.
    """
    out = []
    for name, text in texts.items():
        readable, code = _readable(name, text)
        for question in questions:
            for what, secret in _secrets(question):
                if _seen(secret, readable):
                    words = wrong_words("leak", what=what, file=name)
                    out.append((question["id"], *words))
            answer = "answer_" + question["id"].replace(".", "_")
            if re.search(rf"\b{answer}\s*=(?!=)(?!\s*\.\.\.)", code):
                words = wrong_words("leak_answer", name=answer, file=name)
                out.append((question["id"], *words))
    return out


def _readable(name, text):
    """The author's words in a built file, and its code."""
    data = json.loads(text)
    if name.endswith(".ipynb"):
        cells = [(c["cell_type"], "".join(c["source"])) for c in data["cells"]]
        text = "\n".join(s for _, s in cells)
        # what the questions have in quotation marks may stand in italics in a text cell
        return f"{text}\n{in_quotes(text)}", "\n".join(s for t, s in cells if t == "code")
    words = []

    def walk(value, key=""):
        if key in _OBSCURED:
            return
        if isinstance(value, dict):
            for k, v in value.items():
                walk(v, k)
        elif isinstance(value, list):
            for v in value:
                walk(v, key)
        else:
            words.append(value if isinstance(value, str) else json.dumps(value))

    walk(data)
    return "\n".join(words), ""


def _secrets(question):
    """(what it is, its text) for everything that must not be read."""
    answer = question["answer"]
    for written in (json.dumps(answer, ensure_ascii=False), repr(answer)):
        if len(written) >= 8:
            yield "The whole answer", written
    for line in question["solution"].splitlines():
        line = line.strip()
        if len(line) >= 12 and not line.startswith(("#", "case = ", "import ", "from ")):
            yield "A line of the solution", line
    for text in (
        question["explain"],
        question.get("model", ""),
        *(w["say"] for w in question.get("wrong", ())),
    ):
        for line in text.strip().splitlines():
            if len(line.strip()) >= 25:
                yield "A line of the explanation, the model answer or a remark", line.strip()
    if not question.get("shown"):
        yield from _open_values(question)


def _open_values(question):
    """The numbers that a learner types."""
    kind, answer = kind_of(question), question["answer"]
    values = kind.given(question, answer) or {}
    for part in kind.parts(question):
        for one in as_list(values[part.id]) if part.number else ():
            # one digit stands in any text: numbers of questions, of cells
            if isinstance(one, (int, float)) and (abs(one) >= 10 or one != int(one)):
                yield f"The value for {part.name}", _number(one)


def _number(value):
    return str(int(value)) if value == int(value) else repr(value)


def _seen(secret, text):
    if not re.fullmatch(r"-?\d+(\.\d+)?", secret):
        return secret in text
    plain_digits = re.sub(r"(?<=\d)[,\u00a0\u202f](?=\d{3}(?!\d))", "", text)
    return re.search(rf"(?<![\d.]){re.escape(secret)}(?!\d|\.\d)", plain_digits) is not None
