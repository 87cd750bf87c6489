"""Two faces of a marking: the text with its words to mark, and the same in stock fields.

Both only call :class:`whosays.evidence.marking.Marking`; ``mark(passage, "exact words", ...)`` is the third.
"""

import html
import weakref
from pathlib import Path

import anywidget
import ipywidgets as w
import traitlets

from ..evidence.marking import MODE_NAMES, OPERATIONS, REASONS, ROLES, in_order, marks_of, number
from ..text.fold import words as folded_words
from ..view.show import STYLE
from .fields import LOOK, line, menu
from .guard import KeyGuard, StatusLine

STATIC = Path(__file__).parent / "static"


class SpanMarker(anywidget.AnyWidget):
    """Words as tokens to mark, relations as a list, undo, check, and the machine's first pass.

    For a :class:`whosays.evidence.marking.Marks`, an answer, the marks alone: a list without relations.

    Parameters
    ----------
    marking : whosays.evidence.marking.Marking
        Holds everything: this face sends what is asked for and shows what there is.
    """

    _esm = STATIC / "span_marker.js"
    _css = STATIC / "span_marker.css"

    terms = traitlets.Dict().tag(sync=True)
    words = traitlets.List().tag(sync=True)
    gaps = traitlets.List().tag(sync=True)
    shown = traitlets.Dict().tag(sync=True)

    def __init__(self, marking):
        self.marking = marking
        tokens = folded_words(marking.text)
        edges = [
            0,
            *(edge for token in tokens for edge in (token.start, token.end)),
            len(marking.text),
        ]
        pieces = [marking.text[a:b] for a, b in zip(edges, edges[1:])]
        self._places = [(token.start, token.end) for token in tokens]
        self._heard, self._details, self._machine, self._checked = 0, "", False, False
        super().__init__(
            terms={
                "title": marking.title,
                "roles": [[role, ROLES[role]] for role in marking.roles],
                "modes": [list(pair) for pair in MODE_NAMES.items()],
                "reasons": [list(pair) for pair in REASONS.items()],
                "has_key": marking.case is not None,
                "alone": marking.alone,
            },
            gaps=pieces[::2],
            words=pieces[1::2],
            shown=self._view_of(marking),
        )
        self.on_msg(lambda _, content, __: self.hear(content))
        # weakly: a cell that is run ten times leaves ten widgets, and one marking
        me = weakref.ref(self)
        marking.watchers.append(lambda: me() and me().show())

    @property
    def state(self):
        """Marks and relations as plain JSON."""
        return self.marking.state

    def hear(self, message):
        """Do what the page asks for.

        Parameters
        ----------
        message : dict
            ``op`` with its arguments; words come as numbers, ``first`` and ``last``.
        """
        asked = {name: value for name, value in message.items() if name not in ("op", "n")}
        operation = message.get("op")
        self._heard = message.get("n", self._heard)
        if operation == "mark":
            first, last = asked.pop("first"), asked.pop("last")
            asked |= {"start": self._places[first][0], "end": self._places[last][1]}
        self._details = ""
        if operation in OPERATIONS:
            self.marking.do(operation, **asked)
        elif operation in ("undo", "redo", "reset"):
            getattr(self.marking, operation)(**asked)
        elif operation == "check":
            feedback = self.marking.check()
            self._checked |= bool(feedback.rows)
            self._details = _framed(feedback)
            self.marking.say(feedback.summary())
        elif operation == "key":
            if self._checked:
                self._details = _framed(self.marking.key())
            self.marking.say(
                "The case's own reading:"
                if self._checked
                else "Mark and check once first; a guess is fine."
            )
        elif operation == "machine":
            self._machine = bool(asked.get("show"))
            self.marking.say(
                "The machine's first pass is shown below." if self._machine else "Hidden."
            )
        if self._machine and operation in ("accept", "reject", "machine"):
            self._details = _framed(self.marking.machine()) if self._graded() else ""
            self.show()

    def _graded(self):
        rows = self.marking.suggestions()
        return bool(rows) and all(row["verdict"] for row in rows)

    def show(self):
        """Send what there is to the page."""
        self.shown = self._view_of(self.marking)

    def _view_of(self, marking):
        state = marking.state
        return {
            "marks": [
                self._mark_of(state, mark)
                for mark in sorted(state["marks"], key=lambda m: m["start"])
            ],
            "relations": [
                {
                    "id": relation["id"],
                    "number": shown,
                    "marks": [mark["id"] for mark in marks_of(state, relation)],
                    "mode": relation["mode"],
                    "parent": relation["parent"] or "",
                    "chain": " > ".join(relation["chain"]),
                    "open": relation["id"] == state["open"],
                }
                for shown, relation in enumerate(in_order(state), 1)
            ],
            "suggestions": self._suggestions(marking) if self._machine else None,
            "undo": bool(marking.past),
            "redo": bool(marking.future),
            "said": marking.said,
            "details": self._details,
            "heard": self._heard,
        }

    def _mark_of(self, state, mark):
        holders = (
            [] if self.marking.alone else [r for r in in_order(state) if mark["id"] in r["marks"]]
        )
        of = ", ".join(str(number(state, relation["id"])) for relation in holders)
        first, last = self._words_of(mark["start"], mark["end"])
        return {
            "id": mark["id"],
            "role": mark["role"],
            "role_name": ROLES[mark["role"]],
            "exact": " ".join(mark["exact"].split()),
            "first": first,
            "last": last,
            "tag": f"{of} {mark['role'] if mark['role'] != 'voice' else 'no source'}".strip(),
            "label": f"{ROLES[mark['role']]} of relation {of}" if of else ROLES[mark["role"]],
        }

    def _words_of(self, start, end):
        inside = [i for i, (a, b) in enumerate(self._places) if a < end and b > start]
        return inside[0], inside[-1]

    def _suggestions(self, marking):
        rows = []
        for shown, row in enumerate(marking.suggestions(), 1):
            words = {
                role: " … ".join(" ".join(marking.text[a:b].split()) for a, b in row[role])
                for role in ("source", "cue", "content")
            }
            ranges = [self._words_of(*span) for role in words for span in row[role]]
            mode = row["mode"].replace("_", " ")
            rows.append(
                {
                    **words,
                    "number": shown,
                    "id": row["id"],
                    "mode": mode,
                    "ranges": ranges,
                    "verdict": row["verdict"],
                    "why": row["why"],
                }
            )
        return rows

    def __repr__(self):
        return repr(self.marking)

    def _repr_mimebundle_(self, **kwargs):
        # where widgets cannot be shown, text and marks stand as text
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**(data or {}), "text/plain": repr(self)}, metadata


class PlainMarker(w.VBox):
    """The same marking in stock fields: role, exact words, relation; mode, outer relation and chain."""

    def __init__(self, marking):
        self.marking = marking
        self._showing = False
        self.role = menu("Role:", [(name, key) for key, name in ROLES.items()], "22em")
        self.exact = line("Exact words:", "40em")
        self.relation = menu(
            "Relation:",
            [],
            "14em",
            tooltip="Where the mark goes, and what the fields below describe",
        )
        self.mode = menu("Mode:", [(name, key) for key, name in MODE_NAMES.items()], "34em")
        self.inside = menu("Stands inside:", [], "16em")
        self.chain = line("Chain, outermost first, with > between:", "46em")
        self.gone = menu("A mark to remove:", [], "34em")
        self.table = w.HTML()
        self.status = StatusLine()
        self.buttons = {}
        rows = [
            [("Mark", self.mark), ("Describe", self.describe)],
            [
                ("Remove mark", self.unmark),
                ("Undo", marking.undo),
                ("Redo", marking.redo),
                ("Check", self.check),
            ],
        ]
        boxes = [
            w.HBox([self._button(*pair) for pair in row], layout=w.Layout(flex_flow="row wrap"))
            for row in rows
        ]
        quoted = f"<blockquote>{html.escape(marking.text)}</blockquote>"
        super().__init__(
            [
                w.HTML(
                    f"{LOOK}<div class='ws'><p><strong>{html.escape(marking.title)}</strong></p>{quoted}</div>"
                ),
                w.HBox([self.role, self.exact], layout=w.Layout(flex_flow="row wrap")),
                self.relation,
                self.mode,
                self.inside,
                self.chain,
                boxes[0],
                self.gone,
                boxes[1],
                self.status,
                self.table,
                KeyGuard(),
            ]
        )
        self.add_class("ws-question")
        me = weakref.ref(self)
        marking.watchers.append(lambda: me() and me().show())
        self.relation.observe(lambda _: self._describe_fields(), names="value")
        self.show()

    def _button(self, name, do):
        made = w.Button(description=name, tooltip=name)
        made.on_click(lambda _: do())
        self.buttons[name] = made
        return made

    def mark(self):
        """What the button Mark does."""
        relation = self.relation.value if self.relation.value != "new" else ""
        if not relation and self.role.value != "voice":
            self.marking.begin()
        self.marking.mark(
            self.exact.value or "", self.role.value or "content", relation=relation or None
        )
        if self.marking.state["open"] and self.role.value != "voice":
            self.relation.value = self.marking.state["open"]

    def describe(self):
        """What the button Describe does."""
        self.marking.describe(
            self.mode.value, self.inside.value, self.chain.value, self.relation.value or None
        )

    def unmark(self):
        """What the button Remove mark does."""
        self.marking.do("unmark", mark=self.gone.value)

    def check(self):
        """What the button Check does."""
        feedback = self.marking.check()
        self.status.say(feedback.summary(), _framed(feedback))
        return feedback

    def show(self):
        """Show what there is."""
        state = self.marking.state
        relations = [(f"relation {number(state, r['id'])}", r["id"]) for r in in_order(state)]
        self._refill(self.relation, [("a new one", "new"), *relations])
        self._refill(self.inside, relations)
        self._refill(
            self.gone,
            [
                (f"{ROLES[m['role']]}: {' '.join(m['exact'].split())}", m["id"])
                for m in state["marks"]
            ],
        )
        self.buttons["Undo"].disabled = not self.marking.past
        self.buttons["Redo"].disabled = not self.marking.future
        self.table.value = f'<div class="ws">{self.marking.table().html()}</div>'
        self._describe_fields()
        self.status.say(self.marking.said)

    @staticmethod
    def _refill(field, options):
        chosen = field.value
        field.options = [field.options[0], *options]
        field.value = chosen if chosen in [value for _, value in field.options] else ""

    def _describe_fields(self):
        for relation in self.marking.state["relations"]:
            if relation["id"] == self.relation.value:
                self.mode.value = relation["mode"]
                self.inside.value = relation["parent"] or ""
                self.chain.value = " > ".join(relation["chain"])

    def __repr__(self):
        return repr(self.marking)


def _framed(view):
    return f'{STYLE}<div class="ws">{view.html()}</div>'
