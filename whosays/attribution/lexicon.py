"""The words the reader knows: they stand in ``lexicon.toml``, where a linguist can edit them.

The file is read once, when the first list is asked for. A list ``hedges`` of its part ``[words]``
is ``lexicon.HEDGES``, a frozen set. Besides there are

``VERBS``
    lemma (``call``, ``point_out``) -> :class:`Frame`
``FORMS``
    form of a verb -> list of (lemma, kinds), the kinds out of base, s, past, part, ing
``PARTICLE_VERBS``
    lemma -> the particles that make another verb of it
``IRREGULAR``, ``IDIOMS``
    base -> past and participle; (verb, noun) -> prepositions
``PHRASE_VERBS``, ``CUES``
    the verbs of fixed phrases, with *be*; every word that a cue can be or hold
``CLOSED``
    word -> part of speech, for the words whose part of speech does not change
``CONFIDENCE``
    kind of a construction -> the share of its readings that careful readers agree with
"""

import tomllib
from dataclasses import dataclass, field
from importlib import resources

#: part of speech -> the lists that hold its words, in order of priority
_CLASSES = {
    "adv": ("adverbs",),
    "prep": ("prepositions",),
    "sub": ("subordinators",),
    "wh": ("wh",),
    "pron": ("subject_pronouns", "object_pronouns"),
    "det": ("determiners",),
    "poss": ("possessives",),
    "modal": ("modals",),
    "be": ("be",),
    "have": ("have",),
    "do": ("do",),
    "neg": ("negations",),
    "coord": ("coordinators",),
}
#: words that stand in several of those lists, with the part of speech to begin with
_FIRST = {"to": "to", "her": "poss", "his": "poss", "that": "sub", "both": "det", "all": "det"} | {
    "who": "wh",
    "like": "",
    **dict.fromkeys(("according", "before", "after", "since", "until", "as"), "prep"),
}


@dataclass(slots=True)
class Frame:
    """What one reporting verb can do.

    Attributes
    ----------
    lemma : str
    weak : bool
        Whether its reading as a report is one among several.
    statements, all : set of str
        Its frames (see the head of ``lexicon.toml``) in each setting of the reader.
    preps : set of str
        The prepositions its content may stand behind.
    """

    lemma: str
    weak: bool
    statements: set = field(default_factory=set)
    all: set = field(default_factory=set)
    preps: set = field(default_factory=set)


def __getattr__(name):
    """Read the file when the first list is asked for; after that its lists are plain names here."""
    if name.startswith("_") or not name.isupper():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals().update(_load())
    try:
        return globals()[name]
    except KeyError:
        raise AttributeError(f"lexicon.toml has no list {name.lower()!r}") from None


def _load():
    text = resources.files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    lists = {name: frozenset(words.split()) for name, words in data["words"].items()}
    irregular = {base: tuple(forms.split()) for base, forms in data["irregular"].items()}
    verbs = _verbs(data["verbs"], lists["weak"])
    bases = {lemma.partition("_")[0] for lemma in verbs} | lists["plain_verbs"] | set(irregular)
    index = {}
    for base in sorted(bases):
        for form, kinds in _forms(base, irregular, lists["doubling"]).items():
            index[form] = (*index.get(form, ()), (base, frozenset(kinds)))
    particles = {}
    for lemma in verbs:
        base, _, rest = lemma.partition("_")
        if rest:
            particles.setdefault(base, set()).add(rest)
    closed = {w: tag for tag, names in _CLASSES.items() for n in names for w in lists[n]}
    idioms = {tuple(k.split()): frozenset(v.split()) for k, v in data["idioms"].items()}
    phrases = lists["quoting_verbs"] | {verb for verb, _ in idioms}
    reporting = verbs.keys() | particles.keys() | phrases
    cues = {
        form for form, readings in index.items() if any(base in reporting for base, _ in readings)
    }
    cues |= lists["hedges"] | lists["view_nouns"] | lists["clause_adjectives"]
    return {name.upper(): words for name, words in lists.items()} | {
        "PHRASE_VERBS": phrases | {"be"},
        "CUES": frozenset(cues) | {"according", "per", ":"},
        "VERBS": verbs,
        "FORMS": index,
        "PARTICLE_VERBS": particles,
        "IRREGULAR": irregular,
        "IDIOMS": idioms,
        "CLOSED": closed | _FIRST,
        "CONFIDENCE": data["confidence"],
    }


def _verbs(groups, weak):
    verbs = {}
    for group in groups:
        names = set(group["frames"].split())
        for word in group["words"].split():
            lemma, _, preps = word.partition("/")
            frame = verbs.setdefault(lemma, Frame(lemma, lemma in weak))
            if group["setting"] == "statements":
                frame.statements |= names - {"o", "g"}
            frame.all |= names | ({"p"} if preps else set())
            frame.preps |= set(preps.split(",")) - {"", "that"}
    return verbs


def _forms(base, irregular, doubling):
    """The forms of a verb: form -> kinds (a form may be of several kinds)."""
    past, part = irregular.get(base) or (_regular(base, doubling),) * 2
    forms = {}
    for form, kind in (
        (base, "base"),
        (_third_person(base), "s"),
        (past, "past"),
        (part, "part"),
        (_participle(base, doubling), "ing"),
    ):
        forms.setdefault(form, set()).add(kind)
    if base == "have":
        forms["has"] = {"s"}
    return forms


def _third_person(base):
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _regular(base, doubling):
    if base in doubling:
        return base + base[-1] + "ed"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ied"
    return base + ("d" if base.endswith("e") else "ed")


def _participle(base, doubling):
    if base in doubling:
        return base + base[-1] + "ing"
    if base == "lie":
        return "lying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    return base + "ing"
