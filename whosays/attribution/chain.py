"""Relay chains: from the outlet on the masthead, through agency and document, to whoever speaks.

Each step says how it is known: ``explicit`` (named in this passage), ``earlier`` (named earlier in
the piece), ``masthead`` (known from the outlet's name or the credit line), ``inferred`` (nobody says
so; we conclude it). The four ways are this kit's own; the order, outermost first, follows the nesting
of PARC (Pareti 2015) and MPQA (Wiebe, Wilson and Cardie 2005).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..text.chain import Step
from . import lexicon as lx
from .reader import read

_DATELINE = re.compile(
    r"^\s*(?:By [^\n]{3,60}\n+\s*)?(?:[A-Z][\w.’' ,/-]{2,60}?)?\((?P<agency>[A-Z][\w .&-]{1,40})\)\s*(?:--?|—|–)",
    re.M,
)
_CREDIT = re.compile(
    r"(?:^|\n)\s*(?:Source|Credit|Report by|Reporting by|By)\s*[:/]?\s*(?P<agency>[A-Z][\w .&/-]{1,40}?)\s*(?:\n|$)"
)
_AGENCY = re.compile(
    r"\b(?:AP|AFP|UPI|TASS|Reuters|Xinhua|Interfax|Associated Press|Agence France-Presse|Azertag|AZERTAC|Azertac|AzerTAc|Turan|Trend|"
    r"APA|Armenpress|Anadolu|DPA|dpa|EFE|ANSA|ITAR-TASS|RIA Novosti|(?:[Nn]ews|[Pp]ress|[Tt]elegraph|[Ii]nformation) [Aa]gency|[Ww]ire [Ss]ervice)\b"
)
_MAKES = re.compile(
    r"\b(?:produced|made|released|issued|published|launched|wrote|authored|adopted|commissioned|prepared|tabled|presented)\b"
)
_LEAD = 1500


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


def as_document(document):
    """A :class:`Document` from one, from a plain text, or from a mapping with the same names."""
    if isinstance(document, Document):
        return document
    if isinstance(document, str):
        return Document(document)
    if isinstance(document, Mapping):
        known = {
            name: document[name]
            for name in ("text", "outlet", "agency", "start", "agents")
            if document.get(name)
        }
        if isinstance(known.get("text"), str):
            return Document(**known)
    raise TypeError("relay_chain() needs a Document, a mapping with 'text', or the text itself")


def relay_chain(attribution, document, earlier=None):
    """The voices a claim came through, outermost first.

    Parameters
    ----------
    attribution : Attribution
        One that :func:`~whosays.attribution.read` found in the document.
    document : Document, mapping or str
        The document it stands in; see :class:`Document`.
    earlier : list of Attribution, optional
        The document's attributions, if they have been read already.

    Returns
    -------
    list of Step
        Each with ``agent`` (a name, or an id where ``document.agents`` knows the name) and ``how``.

    Raises
    ------
    TypeError
        If ``document`` is none of the three.
    """
    document = as_document(document)
    everything = read(document.text, "all") if earlier is None else earlier
    before = [a for a in everything if document.start <= a.start < attribution.start]
    names = _Names(document)
    steps = []
    if document.outlet:
        steps.append(Step(names.of(document.outlet), "masthead"))
    agency = document.agency or _credited(document)
    if agency:
        steps.append(Step(names.of(agency), "masthead"))
    line = []
    node = attribution
    while node is not None:
        line.append(node)
        node = node.parent
    line.reverse()
    relay = _lead_agency(before, line)
    if relay is not None:
        steps.append(Step(names.of(relay), "earlier"))
    for node in line:
        steps += _voices(node, [a for a in before if a not in line], document, names)
    return _without_repeats(steps)


class _Names:
    """Full names and ids for the names in a document."""

    def __init__(self, document):
        self.ids = {}
        for row in document.agents:
            for name in (row["name"], *(row["aliases"] or ())):
                self.ids.setdefault(name.casefold(), row["agent_id"])

    def of(self, name):
        """The id of a name that is known, by itself or by a known name inside it; else the name."""
        folded = name.casefold()
        if folded in self.ids:
            return self.ids[folded]
        inside = [
            known
            for known in self.ids
            if len(known) > 3 and re.search(rf"\b{re.escape(known)}\b", folded)
        ]
        return self.ids[max(inside, key=len)] if inside else name


def _credited(document):
    """An agency in the dateline or the credit line of the piece."""
    head = document.text[document.start : document.start + _LEAD]
    for pattern in (_DATELINE, _CREDIT):
        match = pattern.search(head)
        if match and (pattern is _DATELINE or _AGENCY.search(match["agency"])):
            return match["agency"].strip()
    return None


def _lead_agency(before, line):
    """An agency named as the source of the piece's first statement, unless it stands in the chain itself."""
    for attribution in before[:3]:
        if (
            attribution.parent is None
            and attribution.source
            and _AGENCY.search(attribution.text("source"))
        ):
            if attribution not in line:
                return attribution.text("source")
    return None


def _voices(node, before, document, names):
    """The steps one attribution adds: its source, and for a document whoever made it."""
    if not node.source:
        if (
            node.mode == "passive_no_source"
            and before
            and before[-1].source
            and before[-1].parent is node.parent
        ):
            return [
                Step(
                    names.of(
                        _full_name(before[-1].text("source"), document.text, before[-1].start)
                    ),
                    "inferred",
                )
            ]
        return []
    said = node.text("source")
    if said.casefold() in lx.CHAIN_PRONOUNS:
        named = _antecedent(said.casefold(), before)
        return [Step(names.of(named), "earlier")] if named else [Step(said, "explicit")]
    steps = []
    head = _head(said)
    if head in lx.DOCUMENT_NOUNS:
        maker = _maker(head, document.text[document.start : node.start])
        if maker:
            steps.append(Step(names.of(maker), "earlier"))
    steps.append(Step(names.of(_full_name(said, document.text, node.start)), "explicit"))
    return steps


def _head(phrase):
    words = re.findall(r"[\w-]+", re.split(r",| of | by | from | for | in | on ", phrase)[0])
    return words[-1].casefold() if words else ""


def _antecedent(pronoun, before):
    """The last source before that a pronoun can stand for."""
    for attribution in reversed(before):
        said = attribution.text("source")
        if not said or said.casefold() in lx.CHAIN_PRONOUNS:
            continue
        thing = _head(said) in lx.DOCUMENT_NOUNS
        if pronoun in ("it", "its", "which") and not thing and not said[:4].casefold() == "the ":
            continue
        if pronoun in lx.PERSON_PRONOUNS and thing:
            continue
        return said
    return None


def _full_name(said, text, start):
    """The longest earlier name that ends in the same surname: "Contreras" is "Raoul Lowery Contreras"."""
    words = said.split()
    if not words or len(words) > 2 or not words[-1][:1].isupper():
        return said
    surname = words[-1]
    names = re.findall(
        rf"(?:[A-Z][\w.’'-]+ ){{1,3}}{re.escape(surname)}\b", text[max(0, start - 20_000) : start]
    )
    names = [
        n
        for n in names
        if n.split()[0] not in ("The", "In", "On", "But", "And", "When", "Mr.", "Ms.", "Mrs.")
    ]
    return max(names, key=len) if names and len(names[0].split()) > len(words) else said


def _maker(noun, earlier):
    """Who made the film, book or statement, if an earlier sentence says so."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", earlier[-20_000:]):
        match = _MAKES.search(sentence)
        if match and re.search(rf"\b{re.escape(noun)}\b", sentence[match.end() :], re.I):
            subject = re.sub(
                r"\s+(?:has|have|had|was|were|also)$", "", sentence[: match.start()].strip()
            )
            subject = re.sub(r"\s+(?:has|have|had|also)$", "", subject)
            if subject and len(subject) < 120 and subject[0].isupper():
                return subject
    return None


def _without_repeats(steps):
    out = []
    for step in steps:
        if all(step.agent.casefold() != other.agent.casefold() for other in out):
            out.append(step)
    return out
