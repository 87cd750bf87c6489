"""The key of a question: computed from the author's answer, and locked for the learner's copy."""

from .kinds import kind_of
from .seal import digest, salt_for, seal
from .values import BadSolution, UnreadablePart

# What of a question goes into the public checks in clear. Everything else stays out.
_PUBLIC = (
    "id kind title prompt points labels accepting both_ways decimals "
    "option statement row field roles text min_words max_words length sure names"
).split()


def make_key(spec: dict, answer, set_name: str) -> dict:
    """A question with its key open.

    ``spec`` passed :func:`whosays.exercise.spec.check`; ``answer`` is what the solution computed,
    where a list in place of one value means any of them; the set's name is for the salt. To
    ``spec`` come ``parts`` (each with the forms it ``accepts`` and its ``truth``), ``wrong`` turned
    into parts, ``salt`` and ``rounds``.

    Raises BadSolution with one sentence for each part that is missing or cannot be read.
    """
    full = {**spec, "salt": salt_for(set_name, spec["id"])}
    try:
        kind_of(spec).key(full, spec, answer)
    except UnreadablePart as problem:
        raise BadSolution(
            f"the solution or a planted wrong answer cannot be read: {problem}"
        ) from None
    return full


def lock(full: dict) -> dict:
    """The public question: what a learner reads in clear, the key as digests, the rest obscured.

    ``full`` is from :func:`make_key`. The result is safe to write next to the learner's notebook,
    as far as avoiding spoilers goes.
    """
    public = {name: full[name] for name in _PUBLIC if name in full}
    public |= {"salt": full["salt"], "rounds": full.get("rounds", 0), "sealed": True}
    salt = full["salt"]
    public["hints"] = [seal(text, salt) for text in full["hints"]]
    public["explain"] = seal(full["explain"], salt)
    for name in ("why", "look"):
        if full.get(name):
            public[name] = {part: seal(text, salt) for part, text in full[name].items()}
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
    def locks(part, forms):
        return sorted(digest(full["salt"], part, form, full["rounds"]) for form in forms)

    hidden = ("accepts", "truth", "variants")
    locked = {name: value for name, value in key.items() if name not in hidden}
    if "accepts" in key:
        locked["locks"] = locks(key["id"], key["accepts"])
    if "variants" in key:
        role, locked["variants"] = key["role"], []
        for variant in key["variants"]:
            words = locks(role, variant["accepts"])
            heads = locks(f"{role}/head", variant["head"])
            locked["variants"].append({"size": variant["size"], "locks": words, "heads": heads})
    if "truth" in key:
        (locked["truth_lock"],) = locks(f"{key['id']}/truth", [key["truth"]])
    return locked
