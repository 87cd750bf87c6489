"""Parts of speech by rule: enough grammar to find verb groups and the edges of noun phrases.

One pass from left to right over a sentence. It is no general tagger: where a word may be a verb or
a noun, the word before decides, and the reading that keeps a cue's subject and content intact is
preferred.
"""

from functools import lru_cache

from . import lexicon as lx
from .tokens import EDGE, frames

_ADJECTIVE_ENDINGS = ("ful", "ous", "ive", "ible", "able", "ical", "less", "ish", "ial", "ional")
_BEFORE_BARE = ("to", "modal", "do")
_NO_BARE_VERBS = ("s", "tion", "ment", "ness", "ity")
_SENTENCE_GOES_ON = (",", "'", ")", "-", "&", ".")
_FINISHED = frozenset(("past", "part", "ing"))
_STOPS = (".", ",", ":", ";", "")
_BEFORE_TITLE = ("end", "punct", "quote", "prep", "coord")


def tag(tokens) -> bool:
    """Set ``.tag``, ``.verbs`` and ``.kinds`` of every token of a sentence, in place.

    Tags: quote, punct, det, poss, pron, wh, prep, sub, coord, to, modal, be, have, do, neg, adv,
    adj, num, name, noun, gen (the genitive mark), verb. ``verbs`` is a tuple of
    ``(lemma, kinds)`` for verbs, ``kinds`` is all their kinds.

    Returns
    -------
    bool
        Whether the sentence is a headline.
    """
    headline = is_headline(tokens)
    _name_bodies(tokens)
    before = EDGE
    for i, token in enumerate(tokens):
        if token.quote is not None:
            token.tag = "quote"
        else:
            after = tokens[i + 1] if i + 1 < len(tokens) else EDGE
            token.tag = (
                (token.low[0] == "'" and _genitive(token, before))
                or (token.low in lx.CLOSED and _closed(token, before, after, headline))
                or _verb(tokens, i, before, after, headline)
                or _open(token, before)
            )
        before = token
    return headline


def is_headline(tokens) -> bool:
    """Whether most of the longer words are capitalised, as in an English headline."""
    longer = [t for t in tokens if len(t.text) > 3 and t.text[0].isalpha()]
    return len(longer) >= 3 and sum(t.text[0].isupper() for t in longer) >= 0.75 * len(longer)


def _name_bodies(tokens):
    """Make names of *US*, *WHO* and *IT*, which look like pronouns, unless all is in capitals."""
    for i, token in enumerate(tokens):
        if token.text in lx.BODIES_LIKE_PRONOUNS:
            beside = tokens[max(0, i - 1) : i] + tokens[i + 1 : i + 2]
            if not any(len(t.text) > 1 and t.text.isupper() for t in beside):
                token.low = token.text


def _genitive(token, before):
    if token.low == "'s":
        contracted = before.tag in ("pron", "wh") or before.low in lx.CONTRACTED_BEFORE_S
        return "be" if contracted else "gen"
    if token.low == "'" and before.end == token.start and before.low.endswith("s"):
        return "gen"
    return ""


def _closed(token, before, after, headline):
    """The tag of a word whose part of speech does not change, or hardly; else ''."""
    low = token.low
    known = lx.CLOSED[low]
    if low == "her":
        return "poss" if after.text[:1].isalnum() and after.low not in lx.CLOSED else "pron"
    if low == "that":
        # a determiner before a noun phrase that a verb does not follow; else a subordinator
        return "det" if before.tag in ("prep", "punct") and before.text not in ",:—–" else known
    if low in ("so", "yet") and before.text == ",":
        return "coord"
    if low in lx.ROUGHLY and (after.text[:1].isdigit() or after.low in lx.NUMBER_WORDS):
        return "adv"
    inside = before.tag not in ("end", "punct", "quote") or before.text in _SENTENCE_GOES_ON
    if known in ("modal", "adv") and token.text[0].isupper() and inside and not headline:
        return ""
    return known


def _verb(tokens, i, before, after, headline):
    """ "verb" where the word at ``i`` is one; else ''."""
    token = tokens[i]
    readings, kinds = _verb_readings(token.low, token.text[0].islower())
    token.kinds = kinds
    if not readings:
        if before.tag not in _BEFORE_BARE or not _bare_verb(token, after, before.tag == "modal"):
            return ""
        readings, kinds = ((token.low, frozenset(("base",))),), frozenset(("base",))
    elif headline and i and token.text[0].isupper():
        if not _headline_verb(tokens, i, kinds, before, after):
            return ""
    elif not _is_verb(tokens, i, kinds, before, after):
        return "prep" if token.low == "like" else ""
    token.verbs, token.kinds = readings, kinds
    return "verb"


def _open(token, before):
    """The tag of a word of an open class: by its form, and by its place at the head or a noun."""
    tag, low = shape(token.text), token.low
    if tag == "name" and before is EDGE:
        return "adv" if low.endswith("ly") or low in lx.LEADING else "name"
    described = before.tag in ("det", "poss", "adj", "gen")
    return "adj" if tag == "noun" and "part" in token.kinds and described else tag


@lru_cache(8192)
def shape(text: str) -> str:
    """The open-class tag of a word by its form alone: name, num, adj, adv or noun."""
    low = text.lower()
    if text[0].isupper():
        return "name"
    if text[0].isdigit() or text[0] in "$£€#%" or (low in lx.NUMBER_WORDS and low != "half"):
        return "num"
    if not text[0].isalnum():
        return "punct"
    if low.endswith("ly") and len(low) > 4 and low not in lx.LY_NOUNS:
        return "adv"
    if low not in lx.NOUNS_LIKE_ADJECTIVES and low.endswith(_ADJECTIVE_ENDINGS):
        return "adj"
    return "noun"


# --- is it a verb? -------------------------------------------------------------------------------


@lru_cache(8192)
def _verb_readings(low, small):
    """Every verb form a word can be, as a tuple of (lemma, kinds), and all its kinds.

    ``small``: it begins with a small letter; only then a word in no list may be a verb.
    """
    readings = lx.FORMS.get(low, ())
    if not readings and small:
        compound = "-" in low and low[:3] not in ("re-", "co-")  # "self-described"
        if low.endswith("ed") and not compound and low not in lx.ED_ADJECTIVES:
            readings = ((low, frozenset(("past", "part"))),)
        elif low.endswith("ing") and len(low) > 5 and low not in lx.ING_NOUNS:
            readings = ((low, frozenset(("ing",))),)
    return readings, frozenset().union(*(kinds for _, kinds in readings))


def _bare_verb(token, after, modal):
    """Whether a word in no list must be a verb: "to *decarbonise* the", "will *decarbonise*"."""
    low = token.low
    return (
        token.text[0].islower()
        and low.isalpha()
        and not low.endswith(_NO_BARE_VERBS)
        and (modal or after.low in lx.CLOSED or after.text[:1].isupper())
    )


def _headline_verb(tokens, i, kinds, before, after):
    """Whether a word with a capital is the verb of a headline."""
    if any(t.tag == "verb" and t.kinds & {"s", "past"} for t in tokens[:i]):
        return False
    if before.tag == "name" and "base" in kinds and _is_plural(before) and after is not EDGE:
        return True
    if before.tag in ("to", "modal", "be", "have"):
        return True
    after_noun = before.tag in ("name", "noun", "adv", "punct", "num")
    return after_noun and bool(kinds & {"s", "past"})


def _is_verb(tokens, i, kinds, before, after):
    """Whether the word at ``i``, which can be a verb, is one here."""
    token = tokens[i]
    if token.text[0].isupper() and i and not token.text.isupper():
        return False
    if "ing" in kinds and after.low in lx.TITLES and before.tag in _BEFORE_TITLE:
        return False  # "managing director"
    if kinds & {"s", "base"} and before.tag in ("noun", "name") and _reads(tokens, i):
        return True
    forms = _FORMS_AFTER.get(before.tag)
    if forms is not None:
        return bool(kinds & forms)
    return _AFTER.get(before.tag, _after_noun)(tokens, i, kinds, before, after)


def _reads(tokens, i):
    """Whether a verb of saying stands at ``i`` before a quotation: 'the statement reads: "..."'."""
    mark, quoted = (*tokens[i + 1 : i + 3], EDGE, EDGE)[:2]
    return quoted.quote is not None and mark.text in ",:" and _speaks(tokens[i])


def _after_mark(tokens, i, kinds, before, after):
    if kinds & _FINISHED:
        return True
    if "s" in kinds and (before.tag == "quote" or (before.text and before.text in ",—–-")):
        return not _noun_like(tokens[i]) or _opens_clause(after)
    return "base" in kinds and before is EDGE and tokens[i].low not in lx.NOUN_LIKE


def _after_determiner(tokens, i, kinds, before, after):
    if before.low in lx.COUNTING_DETERMINERS and kinds & {"base", "past"}:
        return tokens[i].low not in lx.NOUN_LIKE
    return before.low in ("this", "that") and "s" in kinds and not _noun_like(tokens[i])


def _after_pronoun(tokens, i, kinds, before, after):
    token = tokens[i]
    if before.low in ("one", "another", "each") and "base" in kinds:
        return False
    if before.low in lx.QUANTITY_PRONOUNS and "s" in kinds:
        return not _noun_like(token)
    if before.low in lx.OBJECT_PRONOUNS - {"it", "you"}:
        return bool(kinds & _FINISHED) or token.low not in lx.NOUN_LIKE
    return True


def _after_number(tokens, i, kinds, before, after):
    return "past" in kinds or ("base" in kinds and before.low.isalpha())  # "all five *say*"


def _after_subordinator(tokens, i, kinds, before, after):
    return before.low == "that" or bool(kinds & _FINISHED)


def _after_adverb(tokens, i, kinds, before, after):
    k = i - 1
    while k >= 0 and tokens[k].tag == "adv":
        k -= 1
    if k < 0 or tokens[k].tag in ("punct", "quote"):
        return bool(kinds & {"past", "ing", "part", "s"})
    return tokens[k].tag not in ("det", "poss", "gen", "prep")


def _after_conjunction(tokens, i, kinds, before, after):
    if kinds & {"past", "part"}:
        return True
    if "base" in kinds:
        # "to condemn and reject", "they praised ... and hope": only after a verb before it
        joined = any(t.tag == "verb" for t in tokens[max(0, i - 8) : i])
        return joined and (tokens[i].low not in lx.NOUN_LIKE or _opens_clause(after))
    return "s" not in kinds or not _noun_like(tokens[i]) or _opens_clause(after)


def _after_noun(tokens, i, kinds, before, after):
    if kinds & _FINISHED:
        return True
    rule = _third_person if "s" in kinds else _bare
    return rule(tokens, i, before, after)


def _third_person(tokens, i, before, after):
    token = tokens[i]
    if before.tag == "name" and not _is_plural(before):
        return (
            not _noun_like(token)
            or _opens_clause(after)
            or (after.text[:1].isalpha() and after.low not in lx.FORMS)
            or (after.text in _STOPS and _after_quotation(tokens, i))
        )
    if before.tag == "noun" and _is_plural(before):
        return False
    wishes = after.low == "to" and any("i" in x.all for x in frames(lx.FORMS.get(token.low, ())))
    return not _noun_like(token) or wishes or _opens_clause(after) or after.text[:1].isupper()


def _bare(tokens, i, before, after):
    """Whether a bare form after a noun is a verb: its subject must be many."""
    token = tokens[i]
    if _is_plural(before) or before.low in lx.PLURAL_PEOPLE:
        if token.low not in lx.NOUN_LIKE or _opens_clause(after):
            return True
        if before.tag == "name":
            return _after_quotation(tokens, i) and after.low in ("in", "on", ".", ",")
        known = token.low == "show"  # "records show ..."
        return known or after.text[:1].isupper() or after.low in ("to", "for", "not")
    if not _opens_clause(after):
        return False
    if before.tag == "name":
        return _seen_papers(tokens, i)
    return token.low not in lx.NOUN_LIKE and _speaks(token)


#: by the part of speech before it: which forms of a word that can be a verb are one
_FORMS_AFTER = {
    "adj": set(),
    "gen": set(),
    "poss": set(),
    **dict.fromkeys(("to", "do"), frozenset(("base",))),
    "modal": {"base", "part"},  # "he*'d* gone"
    "neg": {"base", *_FINISHED, "s"},
    "be": {"ing", "part"},
    "have": {"part"},
    "prep": {"ing"},
    "verb": _FINISHED,  # else "rejected claims", "published reports"
}
#: by the part of speech before it, where the form alone does not decide; else a noun stands there
_AFTER = {
    **dict.fromkeys(("end", "punct", "quote"), _after_mark),
    **dict.fromkeys(("pron", "wh"), _after_pronoun),
    "det": _after_determiner,
    "num": _after_number,
    "sub": _after_subordinator,
    "adv": _after_adverb,
    "coord": _after_conjunction,
}


# --- small questions -----------------------------------------------------------------------------


def _is_plural(token):
    return token.low.endswith("s") and not token.low.endswith("ss")


def _noun_like(token):
    """Whether a form in *-s* is more often a noun: *reports*, *claims*."""
    return token.low.removesuffix("s") in lx.NOUN_LIKE


def _speaks(token):
    return any("q" in frame.statements for frame in frames(lx.FORMS.get(token.low, ())))


def _opens_clause(after):
    """Whether the next word suggests that a clause, a quotation or an object begins."""
    low = after.low
    return (
        after.quote is not None
        or low in lx.CLAUSE_STARTS
        or low in lx.DETERMINERS
        or low in lx.POSSESSIVES
        or low in lx.OBJECT_PRONOUNS
    )


def _seen_papers(tokens, i):
    """Whether "documents seen by X" ends before ``i``: a plural whose verb may be a bare form."""
    k = i - 1
    while k > 1 and tokens[k].tag in ("name", "det", "noun"):
        k -= 1
    return tokens[k].low == "by"


def _after_quotation(tokens, i):
    """Whether the names right before ``i`` follow a quotation or a comma: "...," Smith *notes*."""
    k = i - 1
    while k > 0 and tokens[k].tag in ("name", "det"):
        k -= 1
    return tokens[k].tag == "quote" or tokens[k].text in ",?!"
