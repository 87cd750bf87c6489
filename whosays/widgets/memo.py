"""The memo as fields: pick claims, see the evidence, write part by part, *Check*, *Export*.

``memo(case).pick(...)``, ``.evidence(claim)``, ``.write(...)``, ``.check()`` and ``.export()`` do
the same in code.
"""

import html

import ipywidgets as w

from ..memo.brief import Brief
from ..memo.check import MOST, MemoCheck
from ..memo.page import Memo, offered
from ..view.caveats import claim_words
from ..view.grave import told
from .box import Box
from .fields import area, beside, button, buttons, framed, line, menu, tick, watch


class MemoBox(Box):
    """Ticks for claims, a menu for their evidence, a field a part, two buttons and a line.

    ``memo`` is the memo as the fields hold it; it is saved at each change and there again when
    the cell is run anew. ``offer`` are claims to offer with ticks, those that the case has; all
    others stand in a menu. The kit chooses when it is left out, or when the case has none of them.
    """

    def __init__(self, memo, offer=None):
        self.memo = memo
        self.ticks, self.areas, self.parts = {}, {}, {}
        self.picking, self.writing = w.VBox(), w.VBox()
        self.more = menu("Another claim of the case:", [], "100%")
        self.evidence = menu("Evidence on:", [], "100%")
        self.shown = w.HTML()
        self.title = line("Title:", "100%", look="ws-cell")
        self.by = line("Name or pseudonym, if you like:", "100%", look="ws-cell")
        more = "Say what a memo must have and what was found"
        self.check_button = button("Check", self.check, True, more)
        more = "Write the page to print and the evidence as tables"
        self.export_button = button("Export", self.export, tooltip=more)
        self.title.value, self.by.value = memo.title, memo.by
        # whoever changes the case in a lesson's cell to opt out has the other case's claims still
        # in it
        here = [claim for claim in offer or () if claim in memo.case.claims]
        for claim_id in dict.fromkeys([*memo.claims, *(here or offered(memo.case))]):
            self._tick(claim_id)
        drawer = _titled("2. See the evidence", "", self.evidence, self.shown)
        saved = "What you write is saved as you write."
        pen = _titled("3. Write", saved, self.title, self.by, self.writing)
        drawer.layout.flex, pen.layout.flex = "2 1 20em", "3 1 26em"
        few = f"Three to five, at most {MOST}: some that are settled, some that are not."
        super().__init__(
            memo,
            _titled("1. Pick claims", few, self.picking, self.more),
            beside(drawer, pen, width="auto"),
            buttons(self.check_button, self.export_button),
            self.status,
        )
        self._picked()
        watch(self._add, self.more)
        watch(self._open, self.evidence)
        watch(self._changed, self.title, self.by)

    # -- picking -----------------------------------------------------------------------------------

    def _label(self, claim_id):
        return told(claim_words(self.memo.case, self.memo.case.claims[claim_id]))

    def _tick(self, claim_id):
        box = tick(self._label(claim_id), claim_id in self.memo.claims)
        self.ticks[claim_id] = box
        watch(self._pick, box)
        self.picking.children = (*self.picking.children, box)
        self._offer(self.more, (c for c in self.memo.case.claims.ids if c not in self.ticks))

    def _offer(self, choice, claims):
        """Claims into a menu, below its empty line."""
        choice.options = [choice.options[0], *((self._label(c), c) for c in claims)]

    def _add(self):
        if claim_id := self.more.value:
            self._tick(claim_id)
            self.more.value = ""
            self.ticks[claim_id].value = True

    def _pick(self):
        picked = [c for c, one in self.ticks.items() if one.value]
        # in the order in which they were picked, so that a paragraph stays where it was
        self.memo = self.memo.pick(*(c for c in self.memo.claims if c in picked), *picked)
        self._picked()
        self._changed()

    def _picked(self):
        """Menu and fields for the claims that are ticked; what stands in a field stays."""
        chosen = self.evidence.value
        self._offer(self.evidence, self.memo.claims)
        self.evidence.value = chosen if chosen in self.memo.claims else ""
        self.writing.children = tuple(self._part(*part) for part in self.memo.parts())

    def _part(self, part, heading, ask):
        """The heading and the field of one part, made once."""
        if part not in self.parts:
            field = area(ask, of=heading)
            field.value = self.memo.text_of(part)
            watch(self._changed, field)
            self.areas[part] = field
            self.parts[part] = _titled(heading, "", field)
        return self.parts[part]

    def _open(self):
        claim_id = self.evidence.value
        if not claim_id:
            self.shown.value = ""
            return
        evidence = self.memo.evidence(claim_id)
        # a drawer of its own, so that the evidence never pushes the pen away; it scrolls by
        # keyboard
        self.shown.value = (
            '<div class="ws" role="region" tabindex="0" aria-label="Evidence on the claim" '
            'style="max-height:70vh;overflow:auto;border:1px solid var(--jp-border-color2,#bbb);'
            f'padding:.3em .8em">{Brief(evidence).html()}'
            f"<details><summary>All of it</summary>{evidence.html()}</details></div>"
        )

    # -- writing, checking, exporting --------------------------------------------------------------

    def _changed(self):
        texts = {**self.memo.texts, **{part: field.value for part, field in self.areas.items()}}
        self.memo = self.memo.having(texts=texts, title=self.title.value, by=self.by.value)
        self.twin = self.memo
        self.after_change(self.memo.keep())

    def check(self) -> MemoCheck:
        """What the Check button does; returns the :class:`whosays.memo.check.MemoCheck`."""
        result = self.memo.check()
        tables = result.table().html() + result.unseen().html()
        self.status.say(result.summary(), framed(tables))
        self.checked = True
        return result

    def export(self):
        """What the Export button does; returns what :meth:`whosays.memo.page.Memo.report` says."""
        result = self.memo.report()
        if hasattr(result, "caption"):
            self.status.say(result.caption, framed(result.html()))
        else:
            self.status.say(result.text())
        return result


def _titled(heading, words, *parts):
    """Parts below a heading and, perhaps, some words."""
    title = f"<strong>{html.escape(heading)}</strong>{'<br>' * bool(words)}{words}"
    return w.VBox([w.HTML(f"<p>{title}</p>"), *parts], layout=w.Layout(overflow="visible"))


def kept_memo(memo: Memo, offer=None) -> MemoBox:
    """The memo as it was last kept, in fields; ``offer`` are the claims to offer first."""
    return MemoBox(memo.kept(), offer)
