"""A span of text and a quotation that can be found again.

Offsets are Unicode code points, ends exclusive, in the text with nothing changed. A
``Quote`` keeps, beside its place, the exact words, a little of the text on either side
so that it can be found again when the text around it has been edited.

Written out: the selectors of the W3C Web Annotation Data Model (2017), which counts code
points too.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from itertools import takewhile
from typing import NamedTuple

CONTEXT = 32


class Span(NamedTuple):
    """A stretch of text: code points, end exclusive."""

    start: int
    end: int

    @classmethod
    def make(cls, start: int, end: int) -> "Span":
        """A span, checked.

        Raises
        ------
        ValueError
            When it is empty, reversed or begins before the text.
        """
        if type(start) is not int or type(end) is not int:
            raise ValueError(f"The offsets {start!r} and {end!r} are not both whole numbers.")
        if not 0 <= start < end:
            raise ValueError(
                f"The span {start}-{end} does not run forward from a place in the text."
            )
        return cls(start, end)

    def of(self, text: str) -> str:
        """The text of the span; ValueError when it ends after the text."""
        if self.end > len(text):
            raise ValueError(
                f"The span {self.start}-{self.end} ends after the text, which has {len(text)}"
                " characters."
            )
        return text[self.start : self.end]

    def __str__(self):
        return f"{self.start}-{self.end}"


def hash_text(text: str) -> str:
    """sha256 of a text's UTF-8 bytes, lower-case hex."""
    return sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Quote:
    """A quotation and what is needed to find it again."""

    span: Span  # where it stood
    exact: str | None  # its words; None where they may not be kept
    # prefix, suffix: a little of the text on either side
    prefix: str = ""
    suffix: str = ""

    @classmethod
    def make(cls, text: str, start: int, end: int, context: int = CONTEXT) -> "Quote":
        """Quote a stretch of a text, with some code points of ``context`` on either side.

        Raises
        ------
        ValueError
            When the span is empty, reversed or outside the text.
        """
        span = Span.make(start, end)
        before, after = text[max(0, start - context) : start], text[end : end + context]
        return cls(span, span.of(text), before, after)

    def anchor(self, text: str) -> Span | None:
        """Find the quotation in a text that may have been edited around it.

        Every place with the same words is weighed by how much of the context agrees there; the
        best one wins, and where several are as good, the old place does. None where the words are
        gone, or the context does not tell their places apart.
        """
        length, weights = len(self.exact), {}
        for match in re.finditer(f"(?={re.escape(self.exact)})", text):
            at = match.start()
            before, after = text[max(0, at - len(self.prefix)) : at], text[at + length :]
            weights[at] = agreed(before[::-1], self.prefix[::-1])
            weights[at] += agreed(after, self.suffix)
        best = [at for at, weight in weights.items() if weight == max(weights.values())]
        at = self.span.start if self.span.start in best else best[0] if len(best) == 1 else None
        return None if at is None else Span(at, at + length)


def agreed(a: str, b: str) -> int:
    """How many letters two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def short(text: str, width: int = 60) -> str:
    """A text on one line, cut off behind a word where it is long, unless one word fills it all."""
    text = " ".join(text.split())
    if len(text) <= width:
        return text
    whole = text[: width - 1].rpartition(" ")[0]
    return (whole if len(whole) > width // 2 else text[: width - 1]).rstrip(",;: ") + "…"


def to_selectors(quote: Quote) -> list[dict]:
    """The W3C selectors of a quotation: its position and, where they are kept, its words.

    Offsets are counted in code points, as the standard has it.
    """
    start, end = quote.span
    selectors = [{"type": "TextPositionSelector", "start": start, "end": end}]
    if quote.exact is not None:
        words = {name: getattr(quote, name) for name in ("exact", "prefix", "suffix")}
        selectors.append({"type": "TextQuoteSelector", **words})
    return selectors
