"""Parts of speech by rule: enough grammar to find verb groups and the edges of noun phrases.

One pass from left to right over a sentence. It is no general tagger: where a word
may be a verb or a noun, the neighbours decide, and the reading that keeps a cue's
subject and content intact is preferred.
"""

import re

from . import lexicon as lx

_NUMBER = re.compile(r"\d")


# nouns that end like adjectives


def shape(token):
    """The open-class tag of a word by its form alone: name, num, adj, adv or noun."""
    text, low = token.text, token.low
    if text[0].isupper():
        return "name"
    if text[0].isdigit() or text[0] in "$£€#%":
        return "num"
    if not text[0].isalnum():
        return "punct"
    if low.endswith("ly") and len(low) > 4 and low not in lx.LY_NOUNS:
        return "adv"
    if low not in lx.NOUNS_LIKE_ADJECTIVES and low.endswith(
        ("ful", "ous", "ive", "ible", "able", "ical", "less", "ish", "ial", "ional")
    ):
        return "adj"
    return "noun"


def _is_plural(token):
    return (
        token.low.endswith("s") and token.low not in lx.NO_PLURALS and not token.low.endswith("ss")
    )


def _verb_readings(token):
    """Every verb form a word can be: tuple of (lemma, kinds); () if it is no verb."""
    low = token.low
    found = lx.FORMS.get(low)
    if found:
        return tuple(found)
    if (
        low.endswith("ed")
        and len(low) > 4
        and low not in lx.ED_ADJECTIVES
        and token.text[0].islower()
    ):
        return ((low, frozenset(("past", "part"))),)
    if low.endswith("ing") and len(low) > 5 and low not in lx.ING_NOUNS and token.text[0].islower():
        return ((low, frozenset(("ing",))),)
    return ()


def _is_verb(tokens, i, readings, first):
    """Whether the word at ``i``, which can be a verb, is one here. ``first``: it opens the
    sentence.
    """
    token = tokens[i]
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    kinds = frozenset().union(*(k for _, k in readings))
    if token.text[0].isupper() and not first and not token.text.isupper():
        # A capital inside a sentence: a name, unless the line is a headline, decided by the caller
        return False
    if (
        after is not None
        and "ing" in kinds
        and after.low in lx.TITLES
        and (before is None or before.tag in ("punct", "quote", "prep", "coord"))
    ):
        return False  # "managing director"
    if (
        after is not None
        and after.text in ",:"
        and i + 2 < len(tokens)
        and tokens[i + 2].quote is not None
        and before is not None
        and (before.tag in ("noun", "name") and kinds & {"s", "base"} and _speaks(readings))
    ):
        return True  # 'the statement reads: "..."'
    if before is None or before.tag in ("punct", "quote"):
        if "ing" in kinds or "past" in kinds or "part" in kinds:
            return True
        if before is not None and (before.tag == "quote" or before.text in ",—–-"):
            if "s" in kinds:
                return (
                    token.low not in lx.NOUN_LIKE and token.low[:-1] not in lx.NOUN_LIKE
                ) or _opens_clause(after)
        return "base" in kinds and before is None and token.low not in lx.NOUN_LIKE
    tag = before.tag
    if tag in ("modal", "to", "do", "neg"):
        return (
            "base" in kinds
            or tag == "neg"
            or (tag == "do" and before.low not in ("do", "does", "did"))
        )
    if tag == "be":
        return "ing" in kinds or "part" in kinds or "past" in kinds
    if tag == "have":
        return "part" in kinds or "past" in kinds
    if (
        tag == "adj"
        and kinds & {"past"}
        and _speaks(readings)
        and not (after is not None and after.tag == "noun")
    ):
        return True
    if tag in ("det", "poss", "adj", "gen", "num"):
        if tag == "gen" and before.verbs:  # "she's said": the mark may be a verb
            return bool(kinds & {"part", "ing"})
        if tag == "det" and before.low in lx.COUNTING_DETERMINERS and kinds & {"base", "past"}:
            return token.low not in lx.NOUN_LIKE
        if (
            tag == "det"
            and before.low in ("this", "that")
            and kinds & {"s", "past"}
            and not kinds & {"base"}
        ):
            return _base_of(token.low) not in lx.NOUN_LIKE
        if tag == "num":
            return bool(kinds & {"past"}) and token.low not in lx.NOUN_LIKE
        return bool(tag == "poss" and before.low == "her" and "ing" in kinds)
    if tag == "prep":
        return "ing" in kinds and token.low not in lx.ING_NOUNS
    if tag in ("pron", "wh"):
        if before.low in ("one", "another", "each") and "base" in kinds and not kinds & {"past"}:
            return False
        if (
            before.low in lx.QUANTITY_PRONOUNS
            and "s" in kinds
            and _base_of(token.low) in lx.NOUN_LIKE | {"state"}
        ):
            return False
        if before.low in lx.OBJECT_PRONOUNS - {"it", "you"}:
            return bool(kinds & {"ing", "past", "part"}) or (
                "base" in kinds and token.low not in lx.NOUN_LIKE
            )
        return True
    if tag == "sub":
        return before.low == "that" or bool(kinds & {"ing", "past", "part"})
    if tag == "adv":
        k = i - 1
        while k >= 0 and tokens[k].tag == "adv":
            k -= 1
        if k < 0 or tokens[k].tag in ("punct", "quote"):
            return bool(kinds & {"past", "ing", "part", "s"}) and token.low not in lx.NOUN_LIKE
        return tokens[k].tag not in ("det", "poss", "gen", "prep")
    if tag == "coord":
        if "base" in kinds and not kinds & {"past", "part"}:
            # "to condemn and reject", "they praised ... and hope": only after a verb of the same
            # form
            return any(t.tag == "verb" for t in tokens[max(0, i - 8) : i]) and (
                token.low not in lx.NOUN_LIKE or _opens_clause(after)
            )
        if "s" in kinds:
            return _base_of(token.low) not in lx.NOUN_LIKE or _opens_clause(after)
        return True
    if tag == "verb" and not kinds & {"past", "part", "ing"}:
        return False  # "rejected claims", "published reports"
    # after a noun or a name
    if "past" in kinds or "part" in kinds or "ing" in kinds:
        return True
    if "s" in kinds:
        if tag == "name" and not _is_plural(before):
            return (
                _base_of(token.low) not in lx.NOUN_LIKE
                or (
                    after is not None
                    and (
                        _opens_clause(after)
                        or after.low in ("to", "for")
                        or (after.text[0].isalpha() and not _is_verb_like(after))
                    )
                )
                or ((after is None or after.text in ".,:;") and _after_quotation(tokens, i))
                or (
                    after is not None
                    and after.text in ",:"
                    and i + 2 < len(tokens)
                    and tokens[i + 2].quote is not None
                )
            )
        if _is_plural(before) and tag == "noun":
            return False
        return (
            _base_of(token.low) not in lx.NOUN_LIKE
            or _opens_clause(after)
            or (after is not None and after.text[0].isupper())
            or (
                after is not None
                and after.low in ("for", "on", "to")
                and any(
                    after.low in frame.preps or (after.low == "to" and "i" in frame.all)
                    for lemma, _ in readings
                    if (frame := lx.VERBS.get(lemma)) is not None
                )
            )
        )
    if "base" in kinds:
        if _is_plural(before) or before.low in lx.PLURAL_PEOPLE:
            if tag == "name" and token.low in lx.NOUN_LIKE and not _opens_clause(after):
                return (
                    _after_quotation(tokens, i)
                    and after is not None
                    and after.low in ("in", "on", ".", ",")
                )
            return (
                token.low not in lx.NOUN_LIKE
                or _opens_clause(after)
                or after is None
                or after.text in ".,:"
                or (after.text[:1].isupper() or after.low in ("to", "for", "not"))
            )
        if tag == "name" and _opens_clause(after):
            return _seen_papers(tokens, i)
        return (
            tag == "noun"
            and token.low not in lx.NOUN_LIKE
            and _speaks(readings)
            and _opens_clause(after)
        )
    return False


def _seen_papers(tokens, i):
    """Whether "documents seen by X" ends before ``i``: a plural whose verb may be a bare form."""
    k = i - 1
    while k > 1 and tokens[k].tag in ("name", "det", "noun"):
        k -= 1
    return (
        k > 1
        and tokens[k].low == "by"
        and tokens[k - 1].low in lx.SEEN
        and _is_plural(tokens[k - 2])
    )


def _after_quotation(tokens, i):
    """Whether the names right before ``i`` follow a quotation or a comma: "...," Smith *notes*."""
    k = i - 1
    while k > 0 and (tokens[k].tag in ("name", "det") or tokens[k].text == "."):
        k -= 1
    return tokens[k].tag == "quote" or tokens[k].text in ",?!"


def _speaks(readings):
    return any(
        (frame := lx.VERBS.get(lemma)) is not None and "q" in frame.statements
        for lemma, _ in readings
    )


def _is_verb_like(token):
    return (
        token.low in lx.MODALS
        or token.low in lx.BE
        or token.low in lx.HAVE
        or token.low in lx.FORMS
    )


def _base_of(low):
    return low[:-1] if low.endswith("s") else low


def _opens_clause(after):
    """Whether the next word suggests that a clause, a quotation or an object begins."""
    if after is None:
        return False
    if after.quote is not None:
        return True
    return (
        after.low in lx.CLAUSE_STARTS
        or after.low in lx.DETERMINERS
        or after.low in lx.POSSESSIVES
        or after.low in lx.OBJECT_PRONOUNS
    )


def is_headline(tokens):
    """Whether most of the longer words are capitalised, as in an English headline."""
    longer = [t for t in tokens if t.quote is None and len(t.text) > 3 and t.text[0].isalpha()]
    if len(longer) < 3:
        return False
    return sum(t.text[0].isupper() for t in longer) >= 0.75 * len(longer)


def _name_bodies(tokens):
    """Make names of *US*, *WHO* and *IT*, which look like pronouns, unless all is in capitals."""
    for i, token in enumerate(tokens):
        if token.text not in lx.BODIES_LIKE_PRONOUNS:
            continue
        beside = tokens[max(0, i - 1) : i] + tokens[i + 1 : i + 2]
        if not any(t.quote is None and len(t.text) > 1 and t.text.isupper() for t in beside):
            token.low = token.text


def tag(tokens):
    """Set ``.tag`` and ``.verbs`` of every token of a sentence, in place.

    Tags: quote, punct, det, poss, pron, wh, prep, sub, coord, to, modal, be, have, do, neg, adv,
    adj, num, name, noun, gen (the genitive mark), verb. ``verbs`` is a tuple of
    ``(lemma, kinds)`` for verbs.
    """
    headline = is_headline(tokens)
    _name_bodies(tokens)
    count = len(tokens)
    for i, token in enumerate(tokens):
        if token.quote is not None:
            token.tag = "quote"
            continue
        low = token.low
        before = tokens[i - 1] if i else None
        after = tokens[i + 1] if i + 1 < count else None
        first = i == 0 or (
            before.tag in ("punct", "quote") and before.text not in (",", "'", ")", "-", "&", ".")
        )
        if low in ("'s", "’s"):
            if before is not None and (
                before.tag in ("pron", "wh") or before.low in lx.CONTRACTED_BEFORE_S
            ):
                token.tag = "be" if before.tag != "x" else "gen"
            else:
                token.tag = "gen"
            continue
        if (
            low == "'"
            and before is not None
            and before.end == token.start
            and before.low.endswith("s")
        ):
            token.tag = "gen"
            continue
        known = lx.CLOSED.get(low)
        if (
            known
            and token.text[0].isupper()
            and not first
            and not headline
            and len(low) > 2
            and low not in ("i",)
        ):
            known = None if known in ("modal", "adv") else known
        if known:
            token.tag = known
            if low == "her" and (
                after is None
                or after.tag == "punct"
                or after.quote is not None
                or after.low in lx.CLOSED
                or not after.text[0].isalnum()
            ):
                token.tag = "pron"
            elif low == "that":
                # a determiner before a noun phrase that a verb does not follow; else a subordinator
                if (
                    before is not None
                    and before.tag in ("prep", "punct")
                    and before.text not in ",:—–"
                ):
                    token.tag = "det"
            elif (
                low == "may"
                and token.text == "May"
                and after is not None
                and (after.text[0].isdigit())
            ):
                token.tag = "name"
            elif low in ("like",):
                token.tag = "prep"
            elif low in ("so", "yet") and before is not None and before.text == ",":
                token.tag = "coord"
            elif low == "her" or low == "his":
                token.tag = "poss"
            if known == "do" and i == 0:
                token.tag = "do"
            if token.tag:
                continue
        readings = _verb_readings(token)
        if readings:
            if headline and token.text[0].isupper() and i:
                kinds = frozenset().union(*(k for _, k in readings))
                verbal = (
                    before.tag in ("name", "noun", "adv", "punct", "gen", "num")
                    and before.tag != "gen"
                    and bool(kinds & {"s", "past"})
                    and before.low not in lx.TITLES
                ) or before.tag in ("to", "modal", "be", "have")
                if (
                    before.tag == "name"
                    and "s" in kinds
                    and _base_of(low) in lx.NOUN_LIKE
                    and _is_plural(token)
                    and not (
                        after is not None
                        and (
                            _opens_clause(after)
                            or after.text[0].isupper()
                            or after.tag == "to"
                            or after.low in ("to", "for", "on")
                        )
                    )
                ):
                    verbal = False
                if (
                    before.tag == "name"
                    and "base" in kinds
                    and _is_plural(before)
                    and after is not None
                ):
                    verbal = True
                if verbal and not any(
                    t.tag == "verb" and t.verbs[0][1] & {"s", "past"} for t in tokens[:i]
                ):
                    token.tag, token.verbs = "verb", readings
                    continue
            elif _is_verb(tokens, i, readings, i == 0):
                token.tag, token.verbs = "verb", readings
                continue
        if low == "like":
            token.tag = "prep"
            continue
        if (
            before is not None
            and token.text[0].islower()
            and before.tag in ("to", "modal", "do")
            and low.isalpha()
            and not low.endswith(("s", "tion", "ment", "ness", "ity"))
            and (
                before.tag == "modal"
                or (after is not None and (after.low in lx.CLOSED or after.text[0].isupper()))
            )
        ):
            token.tag, token.verbs = "verb", ((low, frozenset(("base",))),)
            continue
        token.tag = shape(token)
        if (token.tag == "name" and i == 0 and token.low in lx.LEADING) or (
            i == 0
            and token.text[0].isupper()
            and low.endswith("ly")
            and low not in lx.LY_NOUNS
            and len(low) > 5
        ):
            token.tag = "adv"
        if token.tag == "noun" and readings:
            kinds = frozenset().union(*(k for _, k in readings))
            if (
                kinds & {"part", "ing"}
                and after is not None
                and before is not None
                and before.tag in ("det", "poss", "adj", "gen")
            ):
                token.tag = "adj"
    return headline
