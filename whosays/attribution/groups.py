"""Verb groups: auxiliaries, adverbs and the verb at their head."""

from dataclasses import dataclass

from .tokens import INFINITIVE

_AUXILIARIES = frozenset(("modal", "be", "have", "do"))
_OPENS = _AUXILIARIES | {"verb", "to"}


@dataclass(eq=False, slots=True)
class Group:
    """A verb group; its places are token positions, ``end`` exclusive.

    ``form`` is past, part, ing, s or base; ``aux`` holds the tags of its auxiliaries;
    ``subject`` is kept here once it has been looked for (``known``).
    """

    start: int
    head: int
    readings: tuple
    form: str
    passive: bool
    aux: tuple
    negated: bool
    subject: tuple | None = None
    known: bool = False

    @property
    def end(self) -> int:
        return self.head + 1

    @property
    def finite(self) -> bool:
        return self.form in ("past", "s", "base") and not self.infinitive

    @property
    def infinitive(self) -> bool:
        return "to" in self.aux[:1]


def groups(tokens) -> list[Group]:
    """The verb groups of a tagged sentence, in order."""
    out, i = [], 0
    while i < len(tokens):
        group = _group(tokens, i) if tokens[i].tag in _OPENS else None
        if group is not None:
            out.append(group)
        i = group.end if group is not None else i + 1
    return out


def _group(tokens, first):
    """The group whose first auxiliary or verb stands at ``first``; None if it has no verb."""
    aux, negated, head = [], False, None
    for j in range(first, len(tokens)):
        tag = tokens[j].tag
        # "*to* go", "has *to* go", not "has to the"
        joins = tag == "to" and (
            j == first or any(x.tag in INFINITIVE for x in tokens[j + 1 : j + 2])
        )
        if tag in _AUXILIARIES or joins:
            aux.append(j)
        elif tag == "neg":
            negated = True
        elif tag == "verb":
            head = j
            break
        elif tag != "adv":
            break
    if head is None:
        head = next((j for j in reversed(aux) if tokens[j].tag in ("be", "have", "do")), None)
        if head is None:
            return None
        aux = [j for j in aux if j < head]
    start = first
    while start > 1 and tokens[start - 1].tag in ("adv", "neg"):
        start -= 1
        negated |= tokens[start].tag == "neg"
    form, passive = _form(tokens, head, aux)
    tag = tokens[head].tag
    readings = tokens[head].verbs or ((tag, frozenset((form,))),)
    return Group(start, head, readings, form, passive, tuple(tokens[j].tag for j in aux), negated)


def _form(tokens, head, aux):
    """The form of a group, and whether it is passive."""
    low, kinds = tokens[head].low, tokens[head].kinds
    if tokens[head].tag != "verb":
        past = low in ("was", "were", "had", "did")
        return "ing" if low.endswith("ing") else "base" if aux else "past" if past else "s", False
    if not aux:
        return next((k for k in ("past", "part", "ing", "s") if k in kinds), "base"), False
    last = tokens[aux[-1]]
    if last.tag == "have":
        return "ing" if last.low == "having" else "past", False
    if last.tag != "be" or not kinds & {"ing", "part", "past"}:
        return "base", False
    passive = "ing" not in kinds
    return "ing" if passive and last.low == "being" and len(aux) == 1 else "s", passive
