"""What a student wrote beside the lines they were given: free text is never lost.

An answer in prose may stand where Python finds nothing: without quotation marks, over several
lines, in a Markdown cell, below the answer cell, in a ``print``. The blank copy's own lines are
known from the key; whatever else stands at a text question is the student's, and goes to the
marking sheet as it stands. Where a text question has no answer, sentences that stand in the cells
of other questions go there, too.
"""

import json
import keyword
import re
from dataclasses import dataclass, field
from itertools import pairwise

from ..exercise.plain import is_blank
from ..exercise.spec import answer_name
from .cells import mentions
from .words import said

TOO_LONG = 60_000  # characters of a free text that a person is asked to read
_ANY_WORD = re.compile(r"[^\W\d_]{2,}+")
IN_NOTEBOOK, IN_FIELDS = "in the notebook", "in its fields"
_LOOKED_AT = 10_000  # characters of a line in which words are looked for
_A_SENTENCE = 5  # words one after the other that no line of code has
# a script that is written without spaces between its words
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]{6}")


@dataclass
class Own:
    """What a student added to one cell: the cell, the question it stands at, and their lines."""

    cell: object
    question: str
    text: str


@dataclass
class FreeText:
    """A free text for the marking sheet, and what was odd about finding it."""

    text: str
    flags: list = field(default_factory=list)


def own_text(cells, key) -> list[Own]:
    """The lines of a notebook that are not the blank copy's, with the question each stands at."""
    own_lines, at = [], ""
    for cell in cells:
        lines = cell.source.split("\n")
        known = [key.given[line] for line in map(_bare, lines) if line in key.given]
        # a line that stands at one question only says where we are
        named = [question for question in known if question is not None]
        if named:
            at = named[0]
        elif cell.code:
            at = next((i for i in key.ids if mentions(cell.source, i)), at)
        own = [line for line in lines if not line.strip() or _bare(line) not in key.given]
        own = re.sub(r"\n{3,}", "\n\n", "\n".join(own)).strip()
        if own:
            own_lines.append(Own(cell, at, own))
    return own_lines


def given_lines(cells, ids: list[str]) -> dict[str, str | None]:
    """The lines of a blank copy, each with the question, of ``ids``, that it stands at.

    ``cells`` are sources, in order. None for a line that stands at several questions.
    """
    cells, given = list(cells), {}
    at = [next((i for i in ids if mentions(source, i)), None) for source in cells]
    for number, source in enumerate(cells):
        # a prompt stands before the first cell that speaks of its question
        question = next((i for i in at[number:] if i), "")
        for line in filter(None, map(_bare, source.split("\n"))):
            given[line] = question if given.get(line, question) == question else None
    return {"": None, **given}


def _bare(line):
    return " ".join(line.split())


def free_text(
    identity: str, values: list[tuple[str, object]], own: list[Own], waiting: list[str]
) -> FreeText:
    """What a person is to read for a text question.

    ``values`` are the answers that were named for it, the one that counts first, each with where
    from; ``waiting`` are the text questions of the set that nothing was named for.
    """
    given = [(where, _as_text(value)) for where, value in values if not is_blank(value)]
    if given:
        essay = FreeText(given[0][1])
        if type(next(value for _, value in values if not is_blank(value))) is not str:
            essay.flags.append(f"{identity}: given as a value that is no text; written out")
        beside = [(where, text) for where, text in given[1:] if text.strip() != essay.text.strip()]
        # code beside an answer is code; prose in a Markdown cell is meant to be read, and so is
        # what stands in the answer cell where the answer that counts was given in fields
        in_fields = given[0][0] != IN_NOTEBOOK
        beside += [
            (f"beside the answer, cell {one.cell.number}", one.text)
            for one in own
            if one.question == identity
            and (in_fields and _has_sentence(one) if one.cell.code else _is_prose(one.text, ""))
        ]
        for where, text in beside:
            essay.text += f"\n\n[{where}]\n{text}"
            essay.flags.append(f"{identity}: more text {where}; it stands below the answer")
        return essay
    mine = [one for one in own if one.question == identity and _answers(one, identity)]
    # prose that stands at another question: whoever wrote it had some text question in mind
    mine = mine or [one for one in own if one.question not in waiting and _has_sentence(one)]
    if not mine:
        return FreeText("")
    numbers = ", ".join(str(one.cell.number) for one in mine)
    flag = f"{identity}: no answer was given in its variable or fields; taken as it stands in cell"
    return FreeText("\n\n".join(one.text for one in mine), [f"{flag} {numbers}"])


def _as_text(value):
    return value if type(value) is str else json.dumps(value, ensure_ascii=False, indent=1)


def _is_prose(text, identity, least=2):
    """Two words at least, besides the variable's own name."""
    text = text.replace(answer_name(identity), "") if identity else text
    words = _ANY_WORD.findall(text, 0, _LOOKED_AT)
    return sum(not keyword.iskeyword(word) for word in words) >= least


def _answers(one, identity):
    """Whether what stands at a question may be its answer; in its own cell one word is enough."""
    own_cell = not one.cell.code or answer_name(identity) in one.cell.source
    return _is_prose(one.text, identity, least=1 if own_cell else 2)


def _has_sentence(one):
    """Whether a cell has more words than a name: in code bare, as a comment, printed or kept."""
    lines = [line[:_LOOKED_AT].strip() for line in one.text.split("\n")]
    if not one.cell.code:
        return any(_longest_run(line) >= _A_SENTENCE or _UNSPACED.search(line) for line in lines)
    # the last line of a list is a text alone, and data of another answer
    return any(
        _is_sentence(line) and not (line[:1] in "\"'" and before.endswith((",", "[", "(", "{")))
        for before, line in pairwise(["", *lines])
    )


def _is_sentence(line):
    head = re.split("[\"'“‘«]", line, maxsplit=1)[0].strip()
    if line.startswith("#") or head in ("print(", "display("):
        return _longest_run(line.replace("(", " ")) >= _A_SENTENCE or bool(_UNSPACED.search(line))
    if _longest_run(head) >= _A_SENTENCE or _UNSPACED.search(head):
        return True
    # a list, a table or one of their lines: data of another answer
    if re.search(r"[(\[{]", head) or re.search(r"[\"']\s*+:|[,\])}]$", line):
        return False
    return _longest_run(line) >= _A_SENTENCE or _UNSPACED.search(line) is not None


def _longest_run(line):
    """The most words in a row, Python's own not counted."""
    longest = run = 0
    for token in line.split():
        bare = re.sub(r"[-'’]", "", token.strip("\"'“”‘’«»()#*_>.,;:!?"))
        if bare.isalpha():
            run += not keyword.iskeyword(bare)
        elif bare and not bare.isdigit():
            run = 0
        longest = max(longest, run)
    return longest


# --- words on what went wrong in a cell -----------------------------------------------------------


def answer_words(identity: str, cells, blank: bool, source: str) -> list[str]:
    """What is said on where an answer stands, or does not.

    ``cells`` speak of the question, ``blank`` says that no answer was found, ``source`` where it
    came from.
    """
    name, told = answer_name(identity), []
    if blank:
        if not any(name in cell.source or ".check(" in cell.source for cell in cells):
            told.append(f"There is no answer cell for {identity} in the notebook.")
        elif not any(_assigns(cell.source, name) for cell in cells):
            told.append(f"There is no variable named {name}: check how it is spelled.")
    set_in = [str(cell.number) for cell in cells if _assigns(cell.source, name, r"(?!\.\.)")]
    if len(set_in) > 1 and source == "variable":
        numbers = ", ".join(set_in)
        told.append(f"{name} is set in cells {numbers}; the last one that ran counts.")
    if source == "checked":
        told.append("Taken from the last value given to check().")
    return told


def _assigns(source, name, then=""):
    pattern = rf"^[ \t]*+{name}\b[ \t]*+(?::[^=\n]{{0,200}})?=(?!=)[ \t]*+{then}"
    return re.search(pattern, source, re.M) is not None


_FILE_ERRORS = ("FileNotFoundError", "NotADirectoryError", "PermissionError", "IsADirectoryError")
_NETWORK_ERRORS = ("URLError", "gaierror", "ConnectionError", "ConnectionRefusedError")


def error_words(cell, name, message, cells):
    """What an error means for somebody who saw none of it on their own screen."""
    if name == "NobodyToAsk":
        return [said("input", cell=cell.number)]
    if name == "CellTimeout":
        return [f"Your cell {cell.number} was {message}."]
    words = [f"Your cell {cell.number} stopped with {name}{': ' if message else '.'}{message}"]
    missing = re.match(r"name '(\w{1,80})' is not defined", message)
    if missing:
        later = (c.source for c in cells if c.number > cell.number and c.code)
        if any(_makes(source, missing[1]) for source in later):
            words.append(said("made_later", name=missing[1]))
    elif name in ("ModuleNotFoundError", "ImportError"):
        words.append(said("packages"))
    elif name in _FILE_ERRORS:
        words.append(said("files"))
    elif name in _NETWORK_ERRORS:
        words.append(said("network"))
    return words


def _makes(source, name):
    starts = (f"def {name}", f"class {name}", f"{name} =", f"{name}=")
    word = re.compile(rf"\b{name}\b")
    for line in map(str.strip, source.split("\n")):
        if line.startswith(starts) or (line.startswith(("import ", "from ")) and word.search(line)):
            return True
    return False
