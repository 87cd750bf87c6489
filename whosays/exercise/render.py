"""A question in words: Markdown for notebooks, plain text for everywhere else."""

SHAPES = {
    "choice": 'the key of one option, for example "{0}"',
    "choices": 'a list of keys, for example ["{0}", "{1}"]',
    "mapping": 'a label for each statement: {{"{0}": "...", "{1}": "...", ...}}',
    "number": 'the value and what it counts: {{"value": ..., "{0}": "..."}}',
    "ordering": 'a list of keys, first to last: ["...", "...", ...]',
    "table": 'for each row its fields: {{"{0}": {{"{1}": "...", ...}}, ...}}',
    "spans": 'a list of marks: [{{"role": "{0}", "exact": "words as printed"}}, ...]',
    "text": "text in quotes; three quotes for several lines",
}


def points(number):
    """``1 point``, ``2.5 points``."""
    return f"{number:g} point{'' if number == 1 else 's'}"


def prompt_markdown(spec):
    """Number, title, points and prompt, as the learner's notebook shows them."""
    return f"## {spec.get('id', '')} {spec.get('title', '')} ({points(spec.get('points', 0))})\n\n{str(spec.get('prompt', '')).strip()}"


def shape(spec):
    """What an answer looks like, in one line."""
    kind = spec["kind"]
    if kind in ("choice", "choices"):
        words = [option["key"] for option in spec["option"]]
    elif kind == "mapping":
        words = [statement["key"] for statement in spec["statement"]] * 2
    elif kind == "table":
        words = [spec["row"][0]["key"], spec["field"][0]["name"]]
    elif kind == "number":
        words = [spec["field"][0]["name"]]
    else:
        words = spec.get("roles", [""])
    return SHAPES[kind].format(*words, *words)


def body_markdown(spec):
    """Options, statements, rows and fields, with the keys that an answer uses."""
    lines = []
    if "text" in spec:
        lines += ["> " + line for line in spec["text"].strip().splitlines()] + [""]
    for item in (*spec.get("option", ()), *spec.get("statement", ()), *spec.get("row", ())):
        lines.append(f"- `{item['key']}` {item['text']}")
    if "labels" in spec:
        lines += ["", "Labels: " + ", ".join(f"`{label}`" for label in spec["labels"])]
    for f in spec.get("field", ()):
        values = (
            ", ".join(f"`{o}`" for o in f["options"])
            if f.get("options")
            else "a number"
            if f.get("number")
            else "text"
        )
        lines += ["", f"`{f['name']}` ({f['ask']}): {values}"]
    if "roles" in spec:
        lines += ["", "Roles: " + ", ".join(f"`{role}`" for role in spec["roles"])]
    return "\n".join(lines)


def question_markdown(spec):
    """The whole question."""
    return f"{prompt_markdown(spec)}\n\n{body_markdown(spec)}\n\n**An answer is** {shape(spec)}\n"


def question_text(spec):
    """The whole question as plain text."""
    return question_markdown(spec).replace("**", "").replace("## ", "").replace("`", "")


def explanation(spec, said):
    """The explanation; for free text also the model answer and the rubric to hold one's own text against."""
    lines = [said(spec["explain"]).strip()]
    if "rubric" in spec:
        lines += [
            "",
            "A good answer:",
            "",
            said(spec["model"]).strip(),
            "",
            "Which level is yours?",
            "",
        ]
        lines += [f"{level}. {text}" for level, text in sorted(spec["rubric"].items())]
    return "\n".join(lines)
