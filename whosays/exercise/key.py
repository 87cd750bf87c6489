"""The key of a question: computed from the author's answer, and locked for the learner's copy."""

from . import chain, freetext, kinds, marking
from .kinds import Unreadable
from .plain import is_blank
from .seal import digest, rounds_for, salt_for, seal

# What of a question goes into the public checks in clear. Everything else stays out.
_PUBLIC = (
    "id",
    "kind",
    "title",
    "prompt",
    "points",
    "labels",
    "accepting",
    "alignment",
    "both_ways",
    "tolerance",
    "decimals",
    "option",
    "statement",
    "row",
    "field",
    "roles",
    "text",
    "min_words",
    "max_words",
    "length",
)


class BadKey(ValueError):
    """The author's answer is no answer to the author's question."""


def make_key(spec, answer, set_name):
    """A question with its key open.

    Parameters
    ----------
    spec : dict
        A question that passed :func:`whosays.exercise.spec.check`.
    answer : plain value
        What the solution computed; a list in place of one value means any of them.
    set_name : str
        The name of the set, for the salt.

    Returns
    -------
    dict
        ``spec`` with ``parts`` (each with the forms it ``accepts`` and its ``truth``),
        ``wrong`` turned into parts, ``salt`` and ``rounds``.

    Raises
    ------
    BadKey
        With one sentence for each part that is missing or cannot be read.
    """
    full = {name: value for name, value in spec.items() if name not in ("truth",)}
    full["salt"] = salt_for(set_name, spec["id"])
    try:
        _MAKERS.get(spec["kind"], _parts_key)(full, spec, answer)
    except Unreadable as problem:
        raise BadKey(f"the solution or a planted wrong answer cannot be read: {problem}") from None
    return full


def _parts_key(full, spec, answer):
    parts = kinds.parts(spec)
    # right or wrong, the truth of a statement, and near misses of a number
    full["rounds"] = rounds_for(sum(2 + 9 * part.number for part in parts))
    values = _values(spec, answer)
    truths = _typed_truths(spec)
    problems, full["parts"] = [], []
    for part in parts:
        value = values.get(part.id)
        if is_blank(value):
            problems.append(f"the solution gives no answer for {part.name}")
            continue
        variants = value if type(value) is list and not part.number else [value]
        try:
            key = {
                "id": part.id,
                "accepts": sorted({f for v in variants for f in kinds.accepted(part, v, spec)}),
            }
        except Unreadable as problem:
            problems.append(f"the solution's answer for {part.name} cannot be read: {problem}")
            continue
        if part.about_truth:
            stances = {part.stance(form) for form in key["accepts"]}
            if len(stances) > 1:
                problems.append(f"the solution both accepts and rejects {part.name}")
            key["truth"] = stances.pop()
            if truths.get(part.id, key["truth"]) != key["truth"]:
                problems.append(
                    f"{part.name} is marked {truths[part.id]}, but the solution says {key['truth']}"
                )
        full["parts"].append(key)
    if problems:
        raise BadKey("; ".join(problems))
    full["wrong"] = [
        {"parts": _wrong_parts(spec, parts, wrong["answer"]), "say": wrong["say"]}
        for wrong in spec.get("wrong", ())
    ]


def _values(spec, answer):
    """The parts of the author's answer. Lists of variants pass through kinds that read dictionaries."""
    if is_blank(answer):
        raise BadKey("the solution's answer is blank")
    if spec["kind"] == "choice":
        return {"choice": answer}
    try:
        reading = kinds.read(spec, answer)
    except Unreadable as problem:
        raise BadKey(f"the solution's answer cannot be read: {problem}") from None
    if reading.problems:
        raise BadKey("; ".join(reading.problems))
    return reading.values


def _typed_truths(spec):
    """``truth`` where the author typed it, by part id."""
    truths = {}
    if "truth" in spec:
        truths["choice"] = spec["truth"]
    for item in (*spec.get("option", ()), *spec.get("statement", ())):
        if "truth" in item:
            truths[item["key"]] = item["truth"]
    for row in spec.get("row", ()):
        if "truth" in row:
            truths |= {
                f"{row['key']}/{f['name']}": row["truth"]
                for f in spec["field"]
                if f.get("accepting")
            }
    return truths


def _wrong_parts(spec, parts, answer):
    """A planted wrong answer as parts that must all agree."""
    try:
        reading = kinds.read(spec, answer)
        problems = list(reading.problems)
        values = reading.values
        keys = [
            {"id": part.id, "accepts": kinds.accepted(part, values[part.id], spec)}
            for part in parts
            # a planted set of ticks is met by every answer that has these ticks
            if not is_blank(values.get(part.id))
            and not (part.ticks and values[part.id] == kinds.LEFT_OUT)
        ]
    except Unreadable as problem:
        keys, problems = [], [str(problem)]
    if problems or not keys:
        raise BadKey(
            f"the planted wrong answer {answer!r} cannot be read: {' '.join(problems) or 'it is blank'}"
        )
    return keys


def lock(full):
    """The public question: what a learner reads in clear, the key as digests, the rest obscured.

    Parameters
    ----------
    full : dict
        From :func:`make_key`.

    Returns
    -------
    dict
        Safe to write next to the learner's notebook, as far as avoiding spoilers goes.
    """
    public = {name: full[name] for name in _PUBLIC if name in full}
    for name in ("option", "statement", "row"):
        if name in public:
            public[name] = [
                {k: v for k, v in item.items() if k != "truth"} for item in public[name]
            ]
    public |= {"salt": full["salt"], "rounds": full.get("rounds", 0), "sealed": True}
    salt = full["salt"]
    public["hints"] = [seal(text, salt) for text in full["hints"]]
    public["explain"] = seal(full["explain"], salt)
    if "model" in full:
        public["model"] = seal(full["model"], salt)
    if "rubric" in full:
        public["rubric"] = full["rubric"]
        public["keyword"] = full.get("keyword", [])
    public["parts"] = [_locked(full, key) for key in full.get("parts", ())]
    public["wrong"] = [
        {"parts": [_locked(full, key) for key in wrong["parts"]], "say": seal(wrong["say"], salt)}
        for wrong in full.get("wrong", ())
    ]
    return public


def _locked(full, key):
    locked = {
        name: value for name, value in key.items() if name not in ("accepts", "truth", "variants")
    }
    if "accepts" in key:
        locked["locks"] = sorted(
            digest(full["salt"], key["id"], form, full["rounds"]) for form in key["accepts"]
        )
    if "variants" in key:
        locked["variants"] = [
            {
                "size": v["size"],
                "locks": sorted(
                    digest(full["salt"], key["role"], i, full["rounds"]) for i in v["accepts"]
                ),
            }
            for v in key["variants"]
        ]
    if "truth" in key:
        locked["truth_lock"] = digest(
            full["salt"], f"{key['id']}/truth", key["truth"], full["rounds"]
        )
    return locked


_MAKERS = {"ordering": chain.chain_key, "spans": marking.marks_key, "text": freetext.text_key}
