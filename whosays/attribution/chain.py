"""Relay chains: from the outlet on the masthead, through agency and document, to whoever speaks.

Each step says how it is known: ``explicit`` (named in this passage), ``earlier`` (named earlier in
the piece), ``masthead`` (known from the outlet's name or the credit line), ``inferred`` (nobody
says so; we conclude it). The four ways are this kit's own; the order, outermost first, follows the
nesting of PARC (Pareti 2015) and MPQA (Wiebe, Wilson and Cardie 2005).
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property
from operator import attrgetter

from ..text.chain import Step
from . import lexicon as lx
from .reader import read

_DATELINE = re.compile(
    r"^\s*(?:By [^\n]{3,60}\n+\s*)?(?:[A-Z][\w.’' ,/-]{2,60}?)?\((?P<agency>[A-Z][\w "
    r".&-]{1,40})\)\s*(?:--?|—|–)",
    re.M,
)
_CREDIT = re.compile(
    r"(?:^|\n)\s*(?:Source|Credit|Report by|Reporting by|By)\s*[:/]?\s*(?P<agency>[A-Z][\w "
    r".&/-]{1,40}?)\s*(?:\n|$)"
)
_MAKES = re.compile(
    r"\b(?:produced|made|released|issued|published|launched|wrote|authored|adopted|commissioned|prepared|tabled|presented)\b"
)
#: between sentences, but not behind "Dr." or an initial
_SENTENCES = re.compile(r"(?<=[.!?])(?<![A-Z][a-z]\.)(?<!\b[A-Z]\.)\s+|\n+")
#: whoever a thing is *by*, up to what the thing is called
_WRITER = (
    r"(?: by (?P<writer>[^,;:\n]{3,200}?)"
    r"(?= (?:(?:head|en)?(?:lin|titl)ed|in which)\b|[,;:\n]|[.?!]?$))?"
)
_AUXILIARIES = re.compile(r"(?:\s+(?:has|have|had|was|were|also))+$")
_LEAD = 1500
#: code points; longer sentences are searched for a person in their end only
_SENTENCE = 500
#: attributions; a pronoun whose name is further back is not resolved
_FARTHEST = 60


@dataclass(frozen=True)
class Document:
    """A text and what is known about it from outside.

    Parameters
    ----------
    text : str
    outlet : str, optional
        Who published it: the name on the masthead.
    agency : str, optional
        A news agency credited with it, if the credit line says so.
    start : int
        Where the piece begins in ``text`` (a document may hold several).
    agents : iterable of mappings, optional
        Rows with ``agent_id``, ``name`` and ``aliases``: names found are replaced by their ids.
    """

    text: str
    outlet: str | None = None
    agency: str | None = None
    start: int = 0
    agents: tuple = ()

    @cached_property
    def names(self) -> "_Names":
        """The names that :attr:`agents` know."""
        return _Names(self.agents)


def relay_chain(attribution, document: Document, earlier=None) -> list[Step]:
    """The voices a claim came through, outermost first.

    Parameters
    ----------
    attribution : Attribution
        One that :func:`~whosays.attribution.read` found in the document.
    document : Document
        The document it stands in.
    earlier : list of Attribution, optional
        The document's attributions, if they have been read already.

    Returns
    -------
    list of Step
        Each with ``agent`` (a name, or an id where ``document.agents`` knows the name) and ``how``.
    """
    everything = read(document.text, "all") if earlier is None else earlier
    names = document.names
    steps = []
    if document.outlet:
        steps.append(Step(names.of(document.outlet), "masthead"))
    agency = document.agency or credited(document, attribution.start)
    if agency:
        steps.append(Step(names.of(agency), "masthead"))
    line, node = [], attribution
    while node is not None:
        line.insert(0, node)
        node = node.parent
    first, stop = (
        bisect_left(everything, place, key=attrgetter("start"))
        for place in (document.start, attribution.start)
    )
    # an agency that the piece's first statement names, unless it stands in the chain itself
    lead = [a for a in everything[first : min(stop, first + 3)] if a not in line]
    sources = (a.text("source") for a in lead if a.parent is None)
    relay = next((source for source in sources if _agency().search(source)), None)
    if relay is not None:
        steps.append(Step(names.of(relay), "earlier"))
    near = [a for a in everything[max(first, stop - _FARTHEST) : stop][::-1] if a not in line]
    for node in line:
        steps += _voices(node, near, document)
    without_repeats = {}
    for step in steps:
        without_repeats.setdefault(step.agent.casefold(), step)
    return list(without_repeats.values())


class _Names:
    """Ids for the names in a document."""

    def __init__(self, agents):
        self.ids = {}
        for row in agents:
            for name in (row["name"], *(row["aliases"] or ())):
                self.ids.setdefault(_plain(name), row["agent_id"])

    def __contains__(self, name):
        return _plain(name) in self.ids

    def of(self, name):
        """The id of a name that is known; of a known name inside it ("managing director Ada
        Quill"), but not of an owner ("the *council's* committee"); of the one known name that it
        shortens; else the name.
        """
        words = _plain(name)
        names = [
            (owner, place, -len(known), known)
            for known in self.ids
            for place, owner in _inside(known, words)
        ]
        best = min(names, default=None)
        if best is not None and not best[0]:
            return self.ids[best[-1]]
        short = _OWNER.sub("", words)
        longer = {self.ids[k] for k in self.ids if " " in short and short in k}
        if len(longer) == 1:
            return longer.pop()
        return self.ids[best[-1]] if best is not None else name


_OWNER = re.compile(r"^(?:(?:\S+ )*?\S+'s|the|an?|its|his|her|their) ")


def _plain(name):
    """A name in small letters, with plain spaces and apostrophes."""
    return " ".join(name.casefold().replace("’", "'").split())


def _inside(known, words):
    """Where a known name stands inside another, and whether as the owner of what follows."""
    for match in re.finditer(rf"\b{re.escape(known)}\b('s)?", words):
        yield match.start(), bool(match[1])
    if words.startswith(known.removeprefix("the ") + " "):
        yield 0, False


def credited(document: Document, place: int) -> str | None:
    """An agency in the dateline before ``place`` or in the credit line of the piece."""
    head = document.text[document.start : document.start + _LEAD]
    dateline, credit = _DATELINE.search(head), _CREDIT.search(head)
    if dateline and document.start + dateline.start() <= place:
        return dateline["agency"].strip()
    return credit["agency"].strip() if credit and _agency().search(credit["agency"]) else None


@cache
def _agency():
    """The names of news agencies, and words that mean one, as a pattern."""
    names = sorted((name.replace("_", " ") for name in lx.AGENCIES), key=len, reverse=True)
    words = r"(?:[Nn]ews|[Pp]ress|[Tt]elegraph|[Ii]nformation) [Aa]gency|[Ww]ire [Ss]ervice"
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))}|{words})\b")


def _voices(node, near, document):
    """The steps one attribution adds: its source, and for a document whoever made it.

    ``near`` holds the attributions before it, the nearest first.
    """
    names = document.names
    if not node.source:
        last = _last_speaker(node, near)
        if last is None:
            return []
        return [Step(names.of(_full_name(last.text("source"), document, last.start)), "inferred")]
    source = node.text("source")
    if source.casefold() in ("i", "we") and node.parent is not None:
        return []  # whoever speaks around it
    if _is_pronoun(source):
        speaker = next((a for a in near if _fits(source.casefold(), a.text("source"))), None)
        person, since = _told_of(source.casefold(), document, node.start)
        if person is not None and (speaker is None or speaker.end <= since):
            return [Step(names.of(person), "earlier")]
        if speaker is None:
            return [Step(source, "explicit")]
        full = _full_name(speaker.text("source"), document, speaker.start)
        return [Step(names.of(full), "earlier")]
    steps, head = [], _head(source)
    if head in lx.EVIDENCE_NOUNS:
        return []  # facts do not speak: whoever tells of them does
    if head in lx.DOCUMENT_NOUNS and source not in names:
        makers = _makers(head, document.text[document.start : node.start])
        steps += [Step(names.of(maker), "earlier") for maker in makers]
    steps.append(Step(names.of(_full_name(source, document, node.start)), "explicit"))
    return steps


def _last_speaker(node, near):
    """The attribution that "it is noted" points back to: a paper told of just before, or whoever
    spoke last; None if nobody is near.
    """
    if node.lemma not in lx.POINTING_BACK:
        return None
    speakers = [a for a in near[:4] if a.parent is node.parent and a.source]
    papers = (a for a in speakers if _head(a.text("source")) in lx.DOCUMENT_NOUNS)
    return next(papers, speakers[0] if speakers else None)


def _is_pronoun(said):
    """Whether a source is a pronoun; the bodies *US*, *WHO* and *IT* are none."""
    return said.casefold() in lx.CHAIN_PRONOUNS and said not in lx.BODIES_LIKE_PRONOUNS


def _head(phrase):
    words = re.findall(
        r"[\w-]+", re.split(r",| of | by | from | for | in | on | including ", phrase)[0]
    )
    return words[-1].casefold() if words else ""


def _told_of(pronoun, document, start):
    """Whoever the sentence before ``start`` begins with and does not let speak ("A *nurse* carried
    them out."), or None; and where that sentence begins.
    """
    head = document.text[max(document.start, start - _SENTENCE) : start].rstrip()
    sentence = _SENTENCES.split(head)[-1]
    person = _people().match(sentence) if pronoun in ("he", "she") else None
    return person[0] if person and _fits(pronoun, person[0]) else None, start - len(sentence)


@cache
def _people():
    """A person called by what she is, with her name if it follows, as a pattern."""
    nouns = "|".join(sorted(map(re.escape, lx.PERSON_NOUNS | lx.TITLES), key=len, reverse=True))
    article = r"(?:\b(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother) (?:[\w-]+ )??)?"
    return re.compile(rf"{article}\b(?:{nouns})\b(?: [A-Z][\w’'-]+){{0,3}}")


def _fits(pronoun, said):
    """Whether a pronoun can stand for a source; "she" is neither "Mr. Rook" nor the police, "he" is
    no report.
    """
    if not said or _is_pronoun(said):
        return False
    head, first = _head(said), said.split()[0].casefold().rstrip(".")
    thing = head in lx.DOCUMENT_NOUNS
    if pronoun in ("it", "its", "which"):
        return thing or first == "the"
    if pronoun not in lx.PERSON_PRONOUNS:
        return True
    other = lx.TITLES_OF_WOMEN if pronoun in ("he", "his") else lx.TITLES_OF_MEN
    if thing or head in lx.BODY_NOUNS or (pronoun != "who" and other & {first, head}):
        return False
    return not head.endswith("s") or (head not in lx.FORMS and said[-len(head)].isupper())


def _full_name(said, document, start):
    """The longest earlier name that a short one stands for.

    "Contreras" is "Raoul Lowery Contreras", "the foundation" is "the Harbour Foundation".
    """
    words = said.split()
    if not words or len(words) > 2 or said in document.names:
        return said
    last = words[-1]
    if not last[:1].isupper():
        if words[0].casefold() != "the" or len(words) != 2:
            return said
        last = last.capitalize()
    pattern = rf"(?:[A-Z][\w.’'-]+ ){{1,3}}{re.escape(last)}\b"
    names = re.findall(pattern, document.text[max(0, start - 20_000) : start])
    names = [n for n in names if n.split()[0] not in lx.NO_FIRST_NAMES]
    if not names or len(names[0].split()) + (words[0].casefold() == "the") <= len(words):
        return said
    return max(names, key=len)


def _makers(noun, earlier):
    """Who made the film, book or statement, if an earlier sentence says so; the nearest counts.

    "The Echo has published an *article by Ada Quill*" names the paper and whoever wrote in it.
    """
    for sentence in reversed(_SENTENCES.split(earlier[-20_000:])):
        match = _MAKES.search(sentence)
        thing = rf"\b(?i:{re.escape(noun)})\b{_WRITER}"
        maker = match and re.search(thing, sentence[match.end() :])
        if maker:
            subject = _AUXILIARIES.sub("", sentence[: match.start()].strip())
            if subject and len(subject) < 120 and subject[0].isupper():
                return [subject, maker["writer"]] if maker["writer"] else [subject]
    return []


def _without_repeats(steps):
    out = []
    for step in steps:
        if all(step.agent.casefold() != other.agent.casefold() for other in out):
            out.append(step)
    return out
