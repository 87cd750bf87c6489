"""A learner's memo: the claims picked, the evidence on them, and the learner's own words."""

import html
import itertools
import os
import re

from ..base import paths
from ..base.problem import Problem
from ..base.words import words_of
from ..case.case import Case, Row, load_case
from ..evidence.cited import cited
from ..learner import store
from ..learner.visits import visit_log
from ..view.caveats import claim_words
from ..view.grave import told
from ..view.show import TableView
from ..view.view import Sentence, View
from .brief import Brief
from .check import check_memo
from .evidence import ClaimEvidence
from .export import export, said
from .render import paragraphs

NAME = "memo"
_ROW = r"(?:[a-z0-9-]+:)?[a-z_]+/[a-z0-9-]+"
_CITED = re.compile(rf"\s*\[({_ROW}(?:; {_ROW})*)\]")


_WORDS = words_of(__package__)
SECTIONS, ASKS, CONTENTS = _WORDS["sections"], _WORDS["asks"], _WORDS["contents"]


class Memo(View):
    """A memo on some claims of a case, which is given itself or by its name.

    Parameters
    ----------
    claims : iterable of str
        Ids of claims, in the order of the page.
    texts : mapping of str to str
        The learner's words: ``summary``, ``limits``, ``changed``, and one text a claim under its
        id.
    title, by : str
        Heading, and a name or pseudonym; both may be empty.
    log : iterable of mapping, optional
        The leave-the-page log that goes with it; the learner's own when left out.

    Raises
    ------
    KeyError
        For a claim that the case does not have; the message says what is near.
    """

    def __init__(self, case, claims=(), texts=None, title="", by="", log=None):
        self.case, self.title, self.by, self.log = load_case(case), title, by, log
        self.claims = list(dict.fromkeys(claims))
        for claim_id in self.claims:
            self.case.claims[claim_id]  # raises with what is near
        self.texts = {
            k: v for k, v in (texts or {}).items() if isinstance(k, str) and isinstance(v, str)
        }

    # -- picking and writing ---------------------------------------------------------------------

    def pick(self, *claim_ids) -> "Memo":
        """The same memo on these claims; what is written on others is kept and not shown."""
        return self.having(claims=claim_ids)

    def write(self, title: str | None = None, by: str | None = None, **texts) -> "Memo":
        """The same memo with these texts in place of the old ones.

        They are named by section, or by claim with underscores for hyphens: ``toll_613="..."``.

        Raises
        ------
        KeyError
            For a name that is neither a section nor a claim picked.
        """
        named = {**{s: s for s in SECTIONS}, **{c.replace("-", "_"): c for c in self.claims}}
        unknown = [name for name in texts if name not in named]
        if unknown:
            raise KeyError(
                f"A memo has no part {', '.join(unknown)}; its parts are {', '.join(named)}."
            )
        new = {named[name]: words for name, words in texts.items()}
        head = {name: value for name, value in (("title", title), ("by", by)) if value is not None}
        return self.having(texts={**self.texts, **new}, **head)

    def having(self, **changed) -> "Memo":
        """The same memo with other claims, texts, title or name, as :class:`Memo` takes them."""
        same = {name: getattr(self, name) for name in ("claims", "texts", "title", "by", "log")}
        return Memo(self.case, **{**same, **changed})

    def parts(self) -> list[tuple[str, str, str]]:
        """Every part to write, in the order of the page: (name, heading, what to write)."""
        claims = [
            (c, told(claim_words(self.case, self.case.claims[c])), ASKS["claim"])
            for c in self.claims
        ]
        ends = [(s, SECTIONS[s], ASKS[s]) for s in SECTIONS]
        return [ends[0], *claims, *ends[1:]]

    def text_of(self, part: str) -> str:
        """The learner's words in a part; empty where nothing is written."""
        return self.texts.get(part, "").strip()

    # -- the evidence ----------------------------------------------------------------------------

    def evidence(self, claim_id: str) -> ClaimEvidence:
        """What the case has on a claim."""
        return ClaimEvidence(self.case, claim_id)

    @property
    def accounts(self) -> list[Row]:
        """The accounts that speak to the claims picked, and looked into them or judged them."""
        account_ids = (a for claim in self.claims for a in self.evidence(claim).accounts)
        return list({a.account_id: a for a in account_ids}.values())

    def visits(self) -> list[dict[str, str]]:
        """Every visit in the leave-the-page log, of all lessons: its entries."""
        return visit_log("07").entries if self.log is None else list(self.log)

    # -- the page --------------------------------------------------------------------------------

    def blocks(self) -> list[tuple]:
        """The page as blocks: each part in the learner's words, with evidence in brief."""
        out = []
        for part, heading, _ in self.parts():
            out += [("heading", heading), ("written", self.text_of(part))]
            if part in self.claims:
                out.append(("brief", Brief(self.evidence(part))))
            for row in self.visits() if part == "changed" else ():
                told = (row.get(name) for name in ("address", "looked_for", "found"))
                words = "; ".join(str(one).strip() for one in told if one)
                out.append(("text", f"Opened: {words}"))
        return out

    def heading(self) -> str:
        """The title of the page, with whoever wrote it where that is said."""
        title = self.title.strip() or f"Memo: {self.case.title}"
        return f"{title}, by {self.by.strip()}" if self.by.strip() else title

    def html(self) -> str:
        # framed and without headings: in a lesson, a memo is a thing shown and no part of the
        # lesson's outline
        parts, numbers = [f"<p><strong>{html.escape(self.heading())}</strong></p>"], {}
        for part, heading, _ in self.parts():
            parts.append(f"<p><em>{html.escape(heading)}</em></p>")
            for words in paragraphs(self.text_of(part)) or ["(not written yet)"]:
                parts.append(f"<p>{_CITED.sub(self._marks(numbers), html.escape(words))}</p>")
        return f"<blockquote>{''.join(parts)}</blockquote>"

    def _marks(self, numbers):
        """Citations as small numbers: who, when and how far checked stand in their hover text."""

        def mark(path):
            number = numbers.setdefault(path, len(numbers) + 1)
            title = html.escape(cited(path, self.case.name).title())
            return f'<sup><abbr title="{title}">{number}</abbr></sup>'

        def marks(found):
            try:
                return "<sup>, </sup>".join(mark(path) for path in found[1].split("; "))
            except KeyError:  # a learner may cite what is not there; the check says so
                return found[0]

        return marks

    def text(self) -> str:
        parts = [
            f"{heading}\n{self.text_of(part) or '(not written yet)'}"
            for part, heading, _ in self.parts()
        ]
        return "\n\n".join([self.heading(), *parts])

    # -- keeping, checking, exporting --------------------------------------------------------------

    def kept(self) -> "Memo":
        """The memo on this case that was kept before, as far as it can be read; else this one.

        Claims that the case has no more are left out.
        """
        stored = store.kept(NAME, self.case.name)
        if not stored:
            return self
        claims, texts = stored.get("claims"), stored.get("texts")
        claims = claims if isinstance(claims, list) else ()
        claims = [c for c in claims if isinstance(c, str) and c in self.case.claims]
        texts = texts if isinstance(texts, dict) else {}
        title, by = (
            v if isinstance(v, str) else "" for v in (stored.get("title"), stored.get("by"))
        )
        return self.having(claims=claims or self.claims, texts=texts, title=title, by=by)

    def keep(self) -> str:
        """Keep the memo; returns a sentence when it could not be saved, else an empty text."""
        fields = {name: getattr(self, name) for name in ("claims", "texts", "title", "by")}
        folder = self.case.folder.resolve()
        if folder.parent != paths.data().resolve():  # a case of one's own is found again by this
            try:
                fields["folder"] = os.path.relpath(folder, paths.answers().resolve())
            except ValueError:  # it lies on another drive
                fields["folder"] = str(folder)
        return store.keep(NAME, fields, self.case.name)

    check, export = check_memo, export

    def report(self, folder=None) -> View:
        """Write the memo with its evidence, and say what was written, or what stands in the way."""
        try:
            written = self.export(folder)
        except Problem as error:
            return Sentence(str(error))
        rows = [
            {"file": path.name, "what": CONTENTS.get(path.name, "a table of the evidence")}
            for path in written
        ]
        return TableView(rows, {"file": "file", "what": "what it is"}, said(written))


def offered(case: Case, number: int = 12) -> list[str]:
    """Claims to pick from: of every status in turn, those first of which most is known."""
    pieces, spoken = {}, {}
    for a in case.assertions:
        pieces.setdefault(a.claim_id, set()).add(a.item_id)
    for f in case.findings:
        if f.stance != "silent":
            spoken[f.claim_id] = spoken.get(f.claim_id, 0) + 1
    ranked = sorted(
        (c for c in case.claims if c.claim_id in pieces or c.claim_id in spoken),
        key=lambda c: -min(len(pieces.get(c.claim_id, ())), 4) - min(spoken.get(c.claim_id, 0), 4),
    )
    statuses = ("settled", "open", "contested", "does_not_hold")
    turns = [[c.claim_id for c in ranked if c.status == status] for status in statuses]
    taken = (claim for turn in itertools.zip_longest(*turns) for claim in turn if claim)
    return list(itertools.islice(taken, number))


def memo(case, *claims) -> Memo:
    """The memo on a case as it was kept, or a new one that begins with these claims."""
    return Memo(case, claims).kept()
