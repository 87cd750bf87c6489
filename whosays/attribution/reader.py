"""The first-pass reader: finds who says what in a text, by rules.

Model: source, cue, content (Pareti 2012, PARC; Newell, Margolin and Ruths 2018, PolNeAR), with
nesting and mode added. It is a first pass that learners grade: it misses about one statement in
five.
"""

import re

from . import quotes, tagging
from .confidence import LEAST, confidence
from .constructions import Finder, is_reporting
from .model import SETTINGS, Attribution, Stretch
from .phrases import Sentence
from .tokens import paragraphs, sentences, tokenise, unwrapped

_SPEAKER = re.compile(r"\s*([^\W\d_][\w.'’\- ]{1,40}?)(?:\s*\([^)\n]{1,40}\))?\s*:\s+(?=\S)")
_QUOTED_KINDS = {
    "inverted",
    "postposed",
    "quote",
    "that",
    "bare",
    "hearer",
    "postposed-clause",
    "colon",
    "according",
    "bare-strict",
    "postposed-any",
    "clause-colon",
}
#: kinds whose cue stands beside the content and so frames the whole sentence
_FRAMING = {"inverted": 0, "postposed": 0, "according": 1, "postposed-clause": 2, "viewpoint": 3}
_IMPERSONAL = {"impersonal", "raising", "seem", "passive-told", "passive-as"}
DEEPEST = 3
#: inside another attribution's content only readings at least this sure are kept
SUREST_INSIDE = 0.6


def read(text, setting="statements"):
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
    found = _Reading(text, setting).region(0, len(text), None, 0)
    found.sort(key=lambda a: (a.start, -a.end))
    for number, attribution in enumerate(found, 1):
        attribution.id = f"a{number}"
    return found


class _Reading:
    """One text being read; a region is the text or the inside of a quotation."""

    def __init__(self, text, setting):
        self.text = unwrapped(text)
        self.original = text
        self.setting = setting

    def span(self, start, end):
        return Stretch(start, end, self.original[start:end])

    def region(self, start, end, parent, depth):
        quotations = quotes.find(self.text, start, end)
        blocks = self._blocks(start, end, quotations)
        speakers = self._speakers(blocks) if depth == 0 else {}
        out, previous = [], None
        for block_start, block_end, inside in blocks:
            name = speakers.get(block_start)
            if name is not None:
                previous = self._transcript(name, block_start, block_end)
                out.append(previous)
                out += self._inside(previous, name[1], block_end, depth)
                continue
            found, previous = self._block(block_start, block_end, inside, previous, depth)
            out += found
        if parent is not None:
            for attribution in out:
                if attribution.parent is None:
                    attribution.parent = parent
        return out

    def _blocks(self, start, end, quotations):
        """Paragraphs with their quotations; a quotation over several makes one block of them.

        A paragraph that ends in a colon takes the quotation of the next one with it.
        """
        blocks, q = [], 0
        for low, high in paragraphs(self.text, start, end):
            told = self._list_after(high, end)
            if told is not None and not (blocks and low < blocks[-1][1]):
                inside = [x for x in quotations[q:] if x.start < high]
                q += sum(x.start < told.end for x in quotations[q:])
                blocks.append([low, told.end, [*inside, told]])
            elif blocks and low < blocks[-1][1]:
                blocks[-1][1] = max(blocks[-1][1], high)
            elif blocks and self._announces(blocks[-1], low, quotations, q):
                blocks[-1][1] = high
            else:
                blocks.append([low, high, []])
            while q < len(quotations) and quotations[q].start < blocks[-1][1]:
                blocks[-1][2].append(quotations[q])
                blocks[-1][1] = max(blocks[-1][1], quotations[q].end)
                q += 1
        return blocks

    def _list_after(self, high, end):
        """The bullets behind a paragraph that ends in a colon, or None."""
        last = high - 1
        while last > 0 and self.text[last].isspace():
            last -= 1
        return quotes.bulleted(self.text, last, end) if self.text[last] == ":" else None

    def _announces(self, block, low, quotations, q):
        tail = self.text[max(block[0], block[1] - 3) : block[1]].rstrip()
        return (
            tail.endswith(":")
            and q < len(quotations)
            and not self.text[low : quotations[q].start].strip()
            and block[1] - block[0] < 3000
        )

    def _speakers(self, blocks):
        """Transcript lines ("SMITH: ..."): block start -> (end of name, start of words)."""
        names = {}
        for start, end, _ in blocks:
            match = _SPEAKER.match(self.text, start, min(end, start + 90))
            if match and len(match.group(1).split()) <= 4:
                names.setdefault(match.group(1), []).append((start, match))
        out = {}
        for name, places in names.items():
            capitals = name.isupper() and len(name) > 2
            titled = all(w[:1].isupper() for w in name.split())
            if capitals or (titled and len(places) >= 3):
                for start, match in places:
                    out[start] = (match.span(1), match.end())
        return out

    def _transcript(self, name, start, end):
        (a, b), words = name
        end = words + len(self.text[words:end].rstrip())
        colon = self.text.index(":", b)
        return Attribution(
            (self.span(a, b),),
            (self.span(colon, colon + 1),),
            (self.span(words, end),),
            "direct",
            confidence=confidence("transcript", False),
            kind="transcript",
        )

    def _inside(self, parent, start, end, depth):
        if depth + 1 >= DEEPEST or end - start < 40:
            return []
        return self.region(start, end, parent, depth + 1)

    def _block(self, start, end, quotations, previous, depth):
        tokens = tokenise(self.text, start, end, quotations)
        out = []
        for number, group in enumerate(sentences(tokens, is_reporting)):
            body = [t for t in group if t.quote is not None or t.text[0].isalnum()]
            if (
                len(body) == 1
                and body[0].quote is not None
                and (body[0].quote.words > 3 or body[0].quote.terminal)
            ):
                token = body[0]
                if previous is not None and previous.kind in _QUOTED_KINDS:
                    previous.content += (self.span(token.start, token.end),)
                    previous.mode = self._mode(
                        previous.kind, previous.content, previous.source, True
                    )
                    holder = previous
                else:
                    holder = self._unattributed(token)
                    out.append(holder)
                    previous = None
                out += self._inside(holder, *token.quote.inner, depth)
                continue
            found = self._sentence(group, depth)
            if found:
                out += found
                tops = [a for a in found if a.parent is None and a.kind in _QUOTED_KINDS]
                previous = tops[-1] if tops else None
            elif any(t.quote is not None for t in group) or number:
                previous = None
            if not found and number == 0 and len(body) > 6:
                previous = None
        return out, previous

    def _unattributed(self, token):
        return Attribution(
            (),
            (),
            (self.span(token.start, token.end),),
            "unattributed",
            confidence=confidence("unattributed", False),
            kind="unattributed",
        )

    def _sentence(self, tokens, depth):
        headline = tagging.tag(tokens)
        sentence = Sentence(tokens, headline)
        drafts = Finder(sentence).run()
        if self.setting == "statements":
            drafts = [d for d in drafts if d.setting == "statements"]
        made = [(d, self._attribution(d)) for d in drafts if confidence(d.kind, d.weak) >= LEAST]
        out = _sure(_nest(made))
        for token in tokens:
            if token.quote is not None and token.quote.words >= 5:
                holder = _holder(out, token)
                if holder is not None or token.quote.words > 60:
                    if holder is None:
                        holder = self._unattributed(token)
                        out.append(holder)
                    out += self._inside(holder, *token.quote.inner, depth)
            elif (
                token.quote is not None
                and self.setting == "all"
                and self._at_arms_length(token, tokens)
                and _holder(out, token) is None
            ):
                out.append(
                    Attribution(
                        (),
                        (),
                        (self.span(token.start, token.end),),
                        "scare_quotes",
                        confidence=confidence("scare", False),
                        kind="scare",
                    )
                )
        return out

    def _at_arms_length(self, token, tokens):
        """A word or two in quotation marks that is no title, name or saying."""
        inner = self.text[slice(*token.quote.inner)].strip()
        return (
            token.quote.words <= 4
            and inner[:1].islower()
            and not token.quote.terminal
            and len(tokens) > 3
        )

    def _attribution(self, draft):
        tokens = draft.sentence.tokens

        def place(pair):
            a, b = tokens[pair[0]].start, tokens[pair[1] - 1].end
            return self.span(a, b)

        source = (place(draft.source),) if draft.source else ()
        content = tuple(place(pair) for pair in draft.content)
        quoted = [
            tokens[k]
            for a, b in draft.content
            for k in range(a, b)
            if tokens[k].quote is not None
            and not tokens[k].quote.listed
            and not self._title(tokens, k)
        ]
        mode = self._mode(draft.kind, content, source, draft.clausal, quoted)
        return Attribution(
            source,
            (place(draft.cue),),
            content,
            mode,
            confidence=confidence(draft.kind, draft.weak),
            kind=draft.kind,
            negated=draft.negated,
            denied=draft.denied,
            lemma=draft.lemma,
        )

    def _title(self, tokens, k):
        """Whether the quotation at ``k`` is the name of a thing: the show "Good Morning"."""
        inner = self.text[slice(*tokens[k].quote.inner)]
        names = [w for w in inner.split() if len(w) > 3]
        return (
            k > 0
            and tokens[k - 1].tag in ("noun", "det", "name", "gen", "adj")
            and len(inner) < 120
            and bool(names)
            and all(w[0].isupper() or not w[0].isalpha() for w in names)
            and inner[-1:] not in ".?!"
        )

    def _mode(self, kind, content, source, clausal, quoted=None):
        if kind == "hedge":
            return "hedged"
        if quoted is None:
            inside = sum(c.end - c.start for c in content if c.text[:1] in "\"“«„'‘`")
            words = inside
        else:
            words = sum(t.end - t.start for t in quoted)
        total = sum(c.end - c.start for c in content)
        if kind in _IMPERSONAL and not source:
            return "passive_no_source"
        if words and words >= 0.9 * total:
            return "direct"
        if words:
            return "mixed"
        return "indirect" if clausal else "narrative_report"


def _holder(attributions, token):
    """The innermost attribution whose content holds the quotation."""
    best = None
    for attribution in attributions:
        for span in attribution.content:
            if span.start <= token.start and token.end <= span.end:
                size = sum(s.end - s.start for s in attribution.content)
                if best is None or size < best[0]:
                    best = (size, attribution)
    return best[1] if best else None


def _nest(made):
    """Give each attribution its parent: the smallest one whose content holds its cue."""
    kept = []
    for draft, attribution in made:
        size = sum(s.end - s.start for s in attribution.content)
        kept.append((draft, attribution, size))

    def holds(outer, inner):
        cue = inner.cue[0]
        return any(s.start <= cue.start and cue.end <= s.end for s in outer.content)

    told = {draft: attribution for draft, attribution in made}
    out = []
    for draft, attribution, size in kept:
        if draft.inside in told:
            attribution.parent = told[draft.inside]
            out.append(attribution)
            continue
        parents = []
        for other_draft, other, other_size in kept:
            if other is attribution or not holds(other, attribution):
                continue
            if holds(attribution, other):
                mine, theirs = (_FRAMING.get(x, 9) for x in (draft.kind, other_draft.kind))
                if mine < theirs or (mine == theirs and size >= other_size):
                    continue
            parents.append((other_size, other))
        if parents:
            attribution.parent = min(parents, key=lambda p: p[0])[1]
        out.append(attribution)
    _unloop(out)
    return out


def _sure(attributions):
    """Without the doubtful readings inside other contents; what stood inside those moves up."""
    doubtful = {
        id(a) for a in attributions if a.parent is not None and a.confidence < SUREST_INSIDE
    }
    for attribution in attributions:
        while attribution.parent is not None and id(attribution.parent) in doubtful:
            attribution.parent = attribution.parent.parent
    return [a for a in attributions if id(a) not in doubtful]


def _unloop(attributions):
    """Cut a chain of parents that runs in a circle (two attributions inside each other)."""
    for attribution in attributions:
        seen, node = {id(attribution)}, attribution
        while node.parent is not None:
            if id(node.parent) in seen:
                node.parent = None
                break
            seen.add(id(node.parent))
            node = node.parent
