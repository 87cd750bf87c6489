"""A question in words: Markdown for notebooks, plain text for everywhere else."""

import re

from .kinds import kind_of

_ITALICS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])")


def in_quotes(text: str) -> str:
    """Words in italics, ``*so*``, in quotation marks: for what is not shown as Markdown."""
    return _ITALICS.sub(r"“\1”", text)


def points(number: int) -> str:
    """``1 point``, ``2.5 points``."""
    return f"{number:g} point{'' if number == 1 else 's'}"


def prompt_markdown(spec) -> str:
    """Number, title, points and prompt, as the learner's notebook shows them."""
    heading = f"{spec.get('id', '')} {spec.get('title', '')} ({points(spec.get('points', 0))})"
    return f"## {heading}\n\n{str(spec.get('prompt', '')).strip()}"


def shape(spec) -> str:
    """What an answer looks like, in one line."""
    kind = kind_of(spec)
    return kind.shape_words.format(*kind.example(spec))


def question_markdown(spec) -> str:
    """The whole question."""
    body = "\n".join(kind_of(spec).body(spec))
    return f"{prompt_markdown(spec)}\n\n{body}\n\n**An answer is** {shape(spec)}\n"


def question_text(spec) -> str:
    """The whole question as plain text."""
    return question_markdown(spec).replace("**", "").replace("## ", "").replace("`", "")


def explanation(spec, said) -> str:
    """The explanation; for free text the model answer and the rubric to hold one's own against."""
    lines = [said(spec["explain"]).strip()]
    if "rubric" in spec:
        model = said(spec["model"]).strip()
        lines += ["", "A good answer:", "", model, "", "Which level is yours?", ""]
        lines += [f"{level}. {text}" for level, text in sorted(spec["rubric"].items())]
    return "\n".join(lines)
