"""The face of a marking: the text with its words to mark.

It only calls :class:`whosays.evidence.marking.Marking`; ``span_marker(case, passage).mark("exact
words", "cue")`` does the same in code.
"""

import itertools
import weakref

import anywidget
import traitlets

from ..evidence.marks import MODE_NAMES, OPERATIONS, REASONS, ROLES, in_order, marks_of, number
from ..text.fold import words as folded_words
from ..view.view import STYLE
from .fields import STATIC, AsText, esm, framed


class SpanMarker(AsText, anywidget.AnyWidget):
    """Words as tokens to mark, relations as a list, undo, check, and the machine's first pass.

    For a :class:`whosays.evidence.marking.Marks`, an answer, the marks alone: a list without
    relations. The marking holds everything: this face sends what is asked for and shows what there
    is.
    """

    _esm = esm("span_marker")
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
        pieces = [marking.text[a:b] for a, b in itertools.pairwise(edges)]
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
    def state(self) -> dict:
        """Marks and relations as plain JSON."""
        return self.marking.state

    def hear(self, message) -> None:
        """Do what the page asks for: ``op`` with its arguments.

        Words come as numbers, ``first`` and ``last``.
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
            self._details = feedback.html()
            self.marking.say(feedback.summary())
        elif operation == "key":
            if self._checked:
                self._details = self.marking.key().html()
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
            rows = self.marking.suggestions()
            graded = rows and all(row["verdict"] for row in rows)
            self._details = self.marking.machine().html() if graded else ""
            self.show()

    def show(self) -> None:
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
            "details": self._details and STYLE + framed(self._details),
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
