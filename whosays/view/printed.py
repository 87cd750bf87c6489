"""A page as it was printed: what stands where, and what each part of a page is called.

The layouts are schematic and our own; the words are the document's. Only whole texts can be shown.
"""

import html
import re
from dataclasses import dataclass

from .grave import NOT_HERE, fold, grave_document
from .view import View

# what the numbers on a page mean; only those that the page has are explained
PARTS = {
    "masthead": ("masthead", "says who publishes"),
    "stamp": ("date and time", "say when, as the page has it"),
    "headline": ("headline", "often by another hand than the text"),
    "byline": ("byline", "names who wrote it"),
    "dateline": ("dateline", "says from where and when a report was sent"),
    "credit": ("credit", "names whose text it is"),
    "notes": ("notes for editors", "are written for papers, not for readers"),
}


@dataclass(frozen=True)
class Layout:
    """A page taken apart."""

    kind: str
    parts: dict[
        str, str
    ]  # by the keys of :data:`PARTS`; those that the page does not have are empty
    body: tuple


def layout(case, source_id: str) -> Layout:
    """Take a whole document apart.

    Raises
    ------
    TextNotAtHand
        When its text is neither shipped nor dropped in.
    """
    source = case.get(f"sources/{source_id}")
    lines = case.text(source_id).strip()
    head, headline, rest = lines.partition(source["headline"])
    if not headline:
        head, rest = "", lines
    top = [line.strip() for line in head.splitlines() if line.strip()]
    outlet = case.get(f"agents/{source['outlet']}")["name"]
    stamp = " · ".join(top[1:])
    masthead = top[0] if top else outlet
    # an agency puts name, day and hour into one line
    if len(top) == 1 and masthead.casefold().startswith(outlet.casefold()):
        masthead, stamp = masthead[: len(outlet)], masthead[len(outlet) :].strip()
    byline, body = "", [p.strip() for p in re.split(r"\n\s*\n", rest.strip()) if p.strip()]
    author = source["author"] and case.get(f"agents/{source['author']}")["name"]
    if body and (body[0].startswith("By ") or body[0] == author):
        byline = body.pop(0)
    notes = next((p for p in body if p.startswith("Notes for editors")), "")
    body = [p for p in body if p != notes]
    sent = re.compile(r"([A-Z][A-Z .-]+, \d{1,2} \w+) (\([^)]+\)) - ")
    dateline, credit = next((m.groups() for m in map(sent.match, body) if m), ("", ""))
    parts = (
        masthead,
        stamp,
        source["headline"] if headline else "",
        byline,
        dateline,
        credit,
        notes,
    )
    return Layout(_kind(source), dict(zip(PARTS, parts, strict=True)), tuple(body))


def _kind(source):
    if source["genre"] == "press_release":
        return "release"
    if source["publisher_kind"] == "independent_agency":
        return "agency"
    if source["genre"] == "compilation":
        return "newsletter"
    if source["publisher_kind"] == "private_outlet":
        return "newspaper"
    return "website" if source["genre"] in ("news", "feature") else "report"


class Printed(View):
    """A document as a page, with its parts numbered and named below it.

    Parameters
    ----------
    numbered : bool
        Whether the parts carry numbers and are explained; without them it is a page to look at.
    paragraphs : int, optional
        How many paragraphs of the body are shown, followed by a note of how many more there are.
    """

    def __init__(self, case, source_id: str, numbered=True, paragraphs=None):
        self.page = layout(case, source_id)
        self.grave = grave_document(case, source_id)
        self.numbered, self.paragraphs = numbered, paragraphs
        shown = [part for part, words in self.page.parts.items() if words]
        self.numbers = {part: i for i, part in enumerate(shown, 1)} if numbered else {}

    def _mark(self, part):
        if part not in self.numbers:
            return ""
        number, name = self.numbers[part], PARTS[part][0]
        return f'<span class="ws-mark" title="{name}"><span>{number}</span></span>'

    def _line(self, part):
        words = self.page.parts[part]
        return f'<p class="ws-{part}">{self._mark(part)}{html.escape(words)}</p>' if words else ""

    def html(self) -> str:
        page = self.page
        body = page.body[: self.paragraphs]
        left = len(page.body) - len(body)
        more = f"<p><em>{left} more paragraphs follow.</em></p>" if left else ""
        columns = f'<div class="ws-columns">{"".join(map(self._paragraph, body))}{more}</div>'
        columns = fold(columns) if self.grave else columns
        notes = "" if left else self._line("notes")
        head = "".join(map(self._line, ("masthead", "stamp", "headline", "byline")))
        named = "".join(
            f'<li><span class="ws-mark"><span>{number}</span></span>'
            f"<strong>{PARTS[part][0]}</strong> {PARTS[part][1]}</li>"
            for part, number in self.numbers.items()
            if part != "notes" or notes
        )
        legend = f'<ul class="ws-parts">{named}</ul>' if named else ""
        figure = f'<figure class="ws-printed ws-{page.kind}">{head}{columns}{notes}</figure>'
        return f"{figure}{legend}"

    def _paragraph(self, words):
        out = html.escape(words)
        for part in ("dateline", "credit"):
            there = html.escape(self.page.parts[part])
            if there and there in out:
                out = out.replace(there, f"{self._mark(part)}<strong>{there}</strong>", 1)
        out = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", out)
        return f"<p>{out}</p>".replace("\n", "<br>")

    def text(self) -> str:
        page = self.page
        head = [f"{PARTS[part][0]}: {words}" for part, words in page.parts.items() if words]
        body = [NOT_HERE] if self.grave else page.body[: self.paragraphs]
        return "\n".join(head) + "\n\n" + "\n\n".join(body)
