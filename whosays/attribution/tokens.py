"""Words, marks and sentences, with their places in the text (code points, end exclusive)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from . import lexicon as lx

_WORD = re.compile(
    r"[^\W\d_]++(?=[\s,])"  # most words; the rest of the pattern is for what is left
    r"|\d(?:[\d,.]*\d)?"  # 1,200.50
    r"|(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|[^\W\d_]{2,}+(?:\.[a-z]{2,})+\b"  # example.com
    r"|[^\W\d_]+(?=n[’']t\b)|n[’']t\b"  # did | n't
    r"|[’'](?:s|ve|re|d|ll|m)\b"
    r"|(?<=@)\w+"  # the name of an account
    # state-designated, O'Brien
    r"|[^\W_]+(?:[-‑&@/][^\W_]+)*(?:[’'](?!(?:s|ve|re|d|ll|m)\b)[^\W\d_]+)?"
    r"|[^\W_]+"
    r"|--|\.\.\.|[^\s]"
)
_LINE_END = re.compile(r"(?<=\S)[ \t]*\r?\n[ \t]*(?=[\w\"“'‘(])")
_PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")

DASHES = ("—", "–", "--")
BREAKS = (",", *DASHES)
PAUSES = (*BREAKS, "?", "!")
#: parts of speech that begin or continue a noun phrase
NOUN_PHRASE = ("det", "poss", "name", "noun", "adj", "num", "pron")
NOUNS = ("noun", "name", "pron")
#: what stands between *to* and the verb of an infinitive
INFINITIVE = ("verb", "be", "have", "do", "adv", "neg")
_FULL_STOPS = (".", "?", "!", "...", "…", "。")
#: marks that end a content
CLOSERS = frozenset(".?!;)]:—–…") | {"...", "--"}
#: no sentence is read beyond this many tokens at once, so that work stays linear in the text's
#: length
LONGEST = 240


class Token:
    """A word, a mark, or a whole quotation in its sentence (``tag == "quote"``)."""

    tag = ""
    verbs = ()
    kinds = frozenset()
    quote = None

    def __init__(self, text, start, end):
        self.text = text.replace("―", "—")
        self.low = text.lower().replace("’", "'")
        self.start = start
        self.end = end

    @classmethod
    def quoted(cls, quotation) -> "Token":
        """A quotation as one token."""
        token = cls('"', quotation.start, quotation.end)
        token.low, token.tag, token.quote = "", "quote", quotation
        return token

    def __repr__(self):
        return f"Token({self.text!r}, {self.tag})"


#: what stands beside the first and the last token of a sentence
EDGE = Token("", -1, -1)
EDGE.tag = "end"


def frames(readings) -> list:
    """The frames of those verbs among the readings of a word, ``(lemma, kinds)``, that report."""
    return [lx.VERBS[lemma] for lemma, _ in readings if lemma in lx.VERBS]


def unwrapped(text: str) -> str:
    """The text with the line ends blanked that only fold a paragraph by hand; every place stays.

    A line end folds where a small letter follows. Where most do, the others in the same block of
    lines fold too, unless the line before ends a sentence well before the right edge.
    """
    ends = list(_LINE_END.finditer(text))
    small = [end for end in ends if text[end.end()].islower()]
    if not small:
        return text
    everywhere = 2 * len(small) >= len(ends)
    widths = [end.start() - text.rfind("\n", 0, end.start()) for end in small]
    width = 0.7 * max(widths)
    pieces, place = [], 0
    for end in ends:
        before = text[end.start() - 1]
        long = end.start() - text.rfind("\n", 0, end.start()) >= width
        folds = text[end.end()].islower() or (everywhere and (long or before not in '.?!:"”'))
        if folds:
            pieces += [text[place : end.start()], " " * (end.end() - end.start())]
            place = end.end()
    return "".join(pieces) + text[place:]


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield ``(start, end)`` of every line that holds more than white space."""
    for match in _PARAGRAPH.finditer(text, start, len(text) if end is None else end):
        if not match.group().isspace():
            yield match.span()


def words(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``, in order."""
    return [Token(m[0], m.start(), m.end()) for m in _WORD.finditer(text, start, end)]


def tokenise(text: str, start: int, end: int, quotations) -> list[Token]:
    """Tokens of ``text[start:end]``; each quotation inside becomes one token."""
    out, position = [], start
    for quotation in quotations:
        out.extend(words(text, position, quotation.start))
        if quotation.listed:
            out.pop()  # the mark of the first bullet
        out.append(Token.quoted(quotation))
        position = quotation.end
    out.extend(words(text, position, end))
    return out


def _is_abbreviation(tokens, i):
    """Whether the full stop at ``i`` belongs to the word before it."""
    before = tokens[i - 1]
    initial = len(before.text) == 1 and before.text.isupper() and before.low != "i"
    return initial or before.low in lx.ABBREVIATIONS


def sentences(tokens, is_cue) -> list[list[Token]]:
    """Split the tokens of one paragraph into sentences.

    ``is_cue(token)`` tells a reporting verb, so that ``"Who is it?" Smith asked`` stays whole.
    """
    out, first = [], 0
    for i, (token, following) in enumerate(pairwise(tokens), 1):
        if token.quote is not None:
            ends = token.quote.terminal and _ends_quoted(tokens, i, is_cue, i - first)
        elif token.text in _FULL_STOPS:
            ends = (
                following.start > token.end
                and (_capital(following) or following.text in "([•*-—–")
                and not (token.text == "." and _is_abbreviation(tokens, i - 1))
            )
        else:
            ends = token.text in "•|¶" and not following.text[:1].islower()
        if ends or i - first >= LONGEST:
            out.append(tokens[first:i])
            first = i
    return [*out, tokens[first:]] if tokens else []


def _ends_quoted(tokens, i, is_cue, length):
    """Whether the sentence ends with a quotation before ``i`` that ends like a sentence."""
    following = tokens[i]
    if following.quote is not None or not _capital(following):
        return following.quote is not None or following.text in "(["
    told = any(is_cue(t) for t in tokens[i : i + 7] if t.text[:1].islower())
    return not told or (tokens[i - 1].quote.last == "." and length > 3)


def _capital(token):
    """Whether a sentence may begin with a token: a quotation, a capital, a figure."""
    first = token.text[:1]
    return token.quote is not None or first.isupper() or first.isdigit()


def outside_brackets(tokens, start: int) -> Iterator[tuple[int, Token | None]]:
    """Yield place and token of what stands in no bracket, up to a bracket that closes around it;
    at last the place where the walk ends (exclusive), with None.
    """
    depth = 0
    for i in range(start, len(tokens)):
        text = tokens[i].text
        if text in ("(", "["):
            depth += 1
        elif text in (")", "]"):
            if depth == 0:
                yield i, None
                return
            depth -= 1
        elif depth == 0:
            yield i, tokens[i]
    yield max(start, len(tokens)), None
