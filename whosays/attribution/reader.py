"""The first-pass reader: finds who says what in a text, by rules.

Model: source, cue, content (Pareti 2012, PARC; Newell, Margolin and Ruths 2018, PolNeAR), with
nesting and mode added. It is a first pass that learners grade: it misses about one statement in
five.
"""

import re

from . import lexicon as lx
from . import quotes, tagging
from .constructions import Finder, is_reporting
from .model import SETTINGS, Attribution, Stretch
from .phrases import ParsedSentence
from .tokens import paragraphs, sentences, tokenise, unwrapped

_SPEAKER = re.compile(r"\s*([^\W\d_][\w.'’\- ]{1,40}?)(?:\s*\([^)\n]{1,40}\))?\s*:\s+(?=\S)")
_QUOTED_KINDS = frozenset(
    "inverted postposed quote that bare hearer postposed-clause colon according bare-strict "
    "postposed-any clause-colon".split()
)
#: kinds whose cue stands beside the content and so frames the whole sentence
_FRAMING = {"inverted": 0, "postposed": 0, "according": 1, "postposed-clause": 2, "viewpoint": 3}
_IMPERSONAL = {"impersonal", "raising", "passive-as"}
DEEPEST = 3
#: a reading is that much less sure if its verb often reports nothing
WEAK = 0.7
#: readings less sure than this are not given at all
LEAST = 0.5
#: inside another attribution's content only readings at least this sure are kept
SUREST_INSIDE = 0.6


def confidence(kind, weak=False):
    """The confidence of a construction; ``weak``: its verb often reports nothing."""
    return round(lx.CONFIDENCE.get(kind, 0.5) * (WEAK if weak else 1), 2)


def read(text: str, setting: str = "statements") -> list[Attribution]:
    """Find the attributions of a text.

    Parameters
    ----------
    text : str
        Any text. Offsets in the result are Unicode code points into it, end exclusive.
    setting : {"statements", "all"}
        ``"statements"``: what is said, written, thought or known, as a clause or a quotation.
        ``"all"``: also narrative reports ("condemned the invasion"), wishes, plans, judgements,
        and words in scare quotes.

    Returns
    -------
    list of Attribution
        In the order of the text. An attribution inside another one's content has it as ``parent``.

    Raises
    ------
    ValueError
        If ``setting`` is not one of the two. No text makes it raise.
    TypeError
        If ``text`` is not a string.
    """
    if not isinstance(text, str):
        raise TypeError(
            f"read() needs the text as a string, not {type(text).__name__}: open the file and "
            "pass its contents"
        )
    if setting not in SETTINGS:
        raise ValueError(
            f"setting {setting!r} is not known: use one of {', '.join(map(repr, SETTINGS))}"
        )
    attributions = _Reading(text, setting).region(0, len(text), 0)
    attributions.sort(key=lambda a: (a.start, -a.end))
    for number, attribution in enumerate(attributions, 1):
        attribution.id = f"a{number}"
    return attributions


class _Reading:
    """One text being read; a region is the text or the inside of a quotation."""

    def __init__(self, text, setting):
        self.text = unwrapped(text)
        self.original = text
        self.setting = setting

    def span(self, start, end):
        return Stretch(start, end, self.original[start:end])

    def region(self, start, end, depth):
        quotations = quotes.find(self.text, start, end)
        blocks = self._blocks(start, end, quotations)
        speakers = self._speakers(blocks) if depth == 0 else {}
        out, previous = [], None
        for block_start, block_end, inside in blocks:
            line = speakers.get(block_start)
            if line is not None:
                previous = self._transcript(line, block_end)
                out += [previous, *self._inside(previous, line.end(), block_end, depth)]
                continue
            attributions, previous = self._block(block_start, block_end, inside, previous, depth)
            out += attributions
        return out

    def _blocks(self, start, end, quotations):
        """Paragraphs with their quotations; a quotation over several makes one block of them.

        A paragraph that ends in a colon takes the quotation of the next one with it.
        """
        blocks, q = [], 0
        for low, high in paragraphs(self.text, start, end):
            if blocks and low < blocks[-1][1]:
                blocks[-1][1] = max(blocks[-1][1], high)
            elif (told := self._list_after(low, high, end)) is not None:
                inside = [x for x in quotations[q:] if x.start < high]
                q += sum(x.start < told.end for x in quotations[q:])
                blocks.append([low, told.end, [*inside, told]])
            elif blocks and self._announces(blocks[-1], low, quotations, q):
                blocks[-1][1] = high
            else:
                blocks.append([low, high, []])
            while q < len(quotations) and quotations[q].start < blocks[-1][1]:
                blocks[-1][2].append(quotations[q])
                blocks[-1][1] = max(blocks[-1][1], quotations[q].end)
                q += 1
        return blocks

    def _list_after(self, low, high, end):
        """The bullets behind a paragraph that ends in a colon, or None."""
        last = low + len(self.text[low:high].rstrip()) - 1
        return quotes.bulleted(self.text, last, end) if self.text[last] == ":" else None

    def _announces(self, block, low, quotations, q):
        tail = self.text[max(block[0], block[1] - 3) : block[1]].rstrip()
        return (
            tail.endswith(":")
            and q < len(quotations)
            and not self.text[low : quotations[q].start].strip()
        )

    def _speakers(self, blocks):
        """Transcript lines ("SMITH: ..."): block start -> match of the name and its colon."""
        names = {}
        for start, end, _ in blocks:
            match = _SPEAKER.match(self.text, start, min(end, start + 90))
            if match and len(match.group(1).split()) <= 4:
                names.setdefault(match.group(1), []).append((start, match))
        out = {}
        for name, places in names.items():
            often = len(places) >= 3 and all(w[:1].isupper() for w in name.split())
            if often or (name.isupper() and len(name) > 2):
                out |= dict(places)
        return out

    def _transcript(self, line, end):
        start = line.end()
        end = start + len(self.text[start:end].rstrip())
        colon = self.text.index(":", line.end(1))
        parts = (line.span(1), (colon, colon + 1), (start, end))
        source, cue, content = ((self.span(*place),) for place in parts)
        sure = confidence("transcript")
        return Attribution(source, cue, content, "direct", confidence=sure, kind="transcript")

    def _inside(self, parent, start, end, depth):
        """The attributions inside the content of another, as its children."""
        deep = depth + 1 >= DEEPEST or end - start < 20
        attributions = [] if deep else self.region(start, end, depth + 1)
        for attribution in attributions:
            attribution.parent = attribution.parent or parent
        return attributions

    def _block(self, start, end, quotations, previous, depth):
        """The attributions of a block, and the one that a quotation behind it would go on with."""
        tokens = tokenise(self.text, start, end, quotations)
        out = []
        for number, group in enumerate(sentences(tokens, is_reporting)):
            body = [t for t in group if t.quote is not None or t.text[0].isalnum()]
            alone = body[0].quote if len(body) == 1 else None
            if alone is not None and (alone.words > 3 or alone.terminal):
                if previous is not None:
                    self._go_on(previous, body[0])
                else:
                    out.append(self._unvoiced(body[0], "unattributed", "unattributed"))
                holder = previous or out[-1]
                out += self._inside(holder, *alone.inner, depth)
                continue
            attributions = self._sentence(group, depth)
            out += attributions
            tops = [a for a in attributions if a.parent is None and a.kind in _QUOTED_KINDS]
            quoted = any(t.quote is not None for t in group)
            if attributions or quoted or number or len(body) > 6:
                previous = tops[-1] if tops else None
        return out, previous

    def _go_on(self, attribution, token):
        """Add a quotation that stands alone to the attribution before it."""
        attribution.content += (self.span(token.start, token.end),)
        marks = "\"“«„'‘`"
        quoted = sum(c.end - c.start for c in attribution.content if c.text[:1] in marks)
        attribution.mode = self._mode(attribution, True, quoted)

    def _unvoiced(self, token, kind, mode):
        content = (self.span(token.start, token.end),)
        return Attribution((), (), content, mode, confidence=confidence(kind), kind=kind)

    def _sentence(self, tokens, depth):
        if not any(token.quote is not None or token.low in lx.CUES for token in tokens):
            return []
        sentence = ParsedSentence(tokens, tagging.tag(tokens))
        drafts = Finder(sentence).run()
        if self.setting == "statements":
            drafts = [d for d in drafts if d.setting == "statements"]
        pairs = [(d, self._attribution(d)) for d in drafts if confidence(d.kind, d.weak) >= LEAST]
        out = _sure(_nest(pairs))
        for token in sentence.quotes:
            holder = _holder(out, token)
            few = token.quote.words < 5
            if holder is not None and not few:
                out += self._inside(holder, *token.quote.inner, depth)
            elif holder is None and few and self.setting == "all":
                # scare quotes around a word or two: no title, no name, nothing that somebody said
                small = self.text[slice(*token.quote.inner)].lstrip()[:1].islower()
                if small and not token.quote.terminal:
                    out.append(self._unvoiced(token, "scare", "scare_quotes"))
        return out

    def _attribution(self, draft):
        tokens = draft.sentence.tokens

        def place(pair):
            return self.span(tokens[pair[0]].start, tokens[pair[1] - 1].end)

        attribution = Attribution(
            (place(draft.source),) if draft.source else (),
            (place(draft.cue),),
            tuple(place(pair) for pair in draft.content),
            "",
            confidence=confidence(draft.kind, draft.weak),
            kind=draft.kind,
            negated=draft.negated,
            denied=draft.denied,
            lemma=draft.lemma,
        )
        quoted = 0
        for k in (k for pair in draft.content for k in range(*pair)):
            quote = tokens[k].quote
            if quote is not None and not quote.listed and not self._title(tokens, k):
                quoted += tokens[k].end - tokens[k].start
        attribution.mode = self._mode(attribution, draft.clausal, quoted)
        return attribution

    def _title(self, tokens, k):
        """Whether the quotation at ``k`` is the name of a thing: the show "Good Morning"."""
        inner = self.text[slice(*tokens[k].quote.inner)]
        named = k > 0 and tokens[k - 1].tag in ("noun", "det", "name", "gen", "adj")
        capitals = all(w[0].isupper() for w in inner.split() if len(w) > 3)
        return named and capitals and inner[-1:] not in ".?!"

    def _mode(self, attribution, clausal, quoted):
        """The mode; ``quoted``: how many code points of the content stand in marks."""
        total = sum(c.end - c.start for c in attribution.content)
        if attribution.kind == "hedge":
            return "hedged"
        if attribution.kind in _IMPERSONAL and not attribution.source:
            return "passive_no_source"
        if quoted:
            return "direct" if quoted >= 0.9 * total else "mixed"
        return "indirect" if clausal else "narrative_report"


def _size(attribution):
    return sum(s.end - s.start for s in attribution.content)


def _holds(outer, place):
    """Whether a stretch or a token stands in the content of an attribution."""
    return any(s.start <= place.start and place.end <= s.end for s in outer.content)


def _holder(attributions, token):
    """The innermost attribution whose content holds the quotation."""
    return min((a for a in attributions if _holds(a, token)), key=_size, default=None)


def _nest(made):
    """Give each attribution its parent: the smallest one whose content holds its cue."""
    told = dict(made)
    for draft, attribution in made:
        attribution.parent = told.get(draft.inside) or min(
            (a for _, a in made if _is_parent(a, attribution)), key=_size, default=None
        )
    out = [attribution for _, attribution in made]
    _unloop(out)
    return out


def _is_parent(outer, inner):
    """Whether one attribution stands in the content of another; where each stands in the other's,
    the one whose cue frames the sentence is outside.
    """
    if outer is inner or not _holds(outer, inner.cue[0]):
        return False
    if not _holds(inner, outer.cue[0]):
        return True
    return _FRAMING.get(inner.kind, 9) > _FRAMING.get(outer.kind, 9)


def _sure(attributions):
    """Without the doubtful readings inside other contents; what stood inside those moves up."""
    doubtful = [a for a in attributions if a.parent is not None and a.confidence < SUREST_INSIDE]
    for attribution in attributions:
        while attribution.parent in doubtful:
            attribution.parent = attribution.parent.parent
    return [a for a in attributions if a not in doubtful]


def _unloop(attributions):
    """Cut a chain of parents that runs in a circle (two attributions inside each other)."""
    for attribution in attributions:
        seen = [attribution]
        while seen[-1].parent is not None and seen[-1].parent not in seen:
            seen.append(seen[-1].parent)
        seen[-1].parent = None
