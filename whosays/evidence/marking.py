"""A text to mark: the state of :mod:`.marks` with undo, saving, and words for the learner."""

import copy
from html import escape

from ..base import paths
from ..case.case import load_case
from ..learner import store
from ..text.days import capital
from ..text.spans import hash_text
from ..view.show import TableView
from ..view.view import View
from . import marks
from .marking_key import check, key_table, machine_table

NAME = "marks"
MOST_STEPS = 50  # for undo
KEPT_STEPS = 20  # of these on disk, for every step writes the file anew


class Marking(View):
    """One text being marked: the state, its history, and where it is kept.

    Parameters
    ----------
    title : str
        What the text is, for the learner.
    place : tuple of str or None
        Under which case and passage the marks are kept; None for marks that somebody else keeps.
    passage_id : str, optional
        The passage of ``case`` that the text is: gives the key to :meth:`check`.

    Attributes
    ----------
    state : dict
        Marks and relations, plain JSON.
    said : str
        One sentence on what was done last.
    roles : tuple of str
        Those to choose from.
    alone : bool
        Whether there are marks only, and no relations to tell apart.
    """

    roles, alone = tuple(marks.ROLES), False

    def __init__(self, text: str, title, place, case=None, passage_id=None):
        self.text, self.title, self.place = text, title, place
        self.case, self.passage_id = case, passage_id
        self.state, self.past, self.future = marks.empty(), [], []
        self.said = ""
        self.watchers = []
        self._written = None
        self.reload()

    def __repr__(self):
        return "\n".join(filter(None, (self.said, self.table().text())))

    # what can be done

    def do(self, operation: str, **arguments) -> "Marking":
        """Do one of :data:`.marks.OPERATIONS`; a mistake is said in :attr:`said`, never raised."""
        try:
            new, message = marks.apply(self.text, self.state, operation, **arguments)
        except marks.MarkingError as problem:
            return self.say(str(problem))
        if new != self.state:
            self.past = [*self.past, self.state][-MOST_STEPS:]
            self.future = []
            self.state = new
        return self.say(message, keep=True)

    def mark(
        self,
        exact: str | None = None,
        role: str = "content",
        start: int | None = None,
        end: int | None = None,
    ) -> "Marking":
        """Mark words in one of :data:`.marks.ROLES`, in the open relation or a new one.

        They are given as printed, or by their place where they stand more than once.
        """
        return self.do("mark", exact=exact, role=role, start=start, end=end)

    def describe(
        self,
        mode: str | None = None,
        parent: str | None = None,
        chain: str | None = None,
        relation: str | None = None,
    ) -> "Marking":
        """Mode, outer relation and chain ("Azernews > Azertag > the film") of a relation."""
        return self.do("describe", relation=relation, mode=mode, parent=parent, chain=chain)

    def begin(self) -> "Marking":
        """The next mark begins a new relation."""
        return self.do("begin")

    def undo(self) -> "Marking":
        """Take the last step back."""
        if not self.past:
            return self.say("There is nothing to undo.")
        self.future = [self.state, *self.future]
        *self.past, self.state = self.past
        return self.say("Undone.", keep=True)

    def redo(self) -> "Marking":
        """Do again what was undone."""
        if not self.future:
            return self.say("There is nothing to redo.")
        self.past = [*self.past, self.state]
        self.state, *self.future = self.future
        return self.say("Done again.", keep=True)

    def reset(self, confirm: bool = False) -> "Marking":
        """Remove every mark; only with ``confirm=True``."""
        return self.do("clear", confirm=confirm)

    # what it gives

    def relations(self) -> list[dict]:
        """See :func:`.marks.as_relations`."""
        return marks.as_relations(self.state)

    def suggestions(self) -> list[dict]:
        """The machine's first pass with the learner's verdicts; see :func:`.marks.suggestions`."""
        return [
            {**row, **self.state["machine"].get(row["id"], {"verdict": "", "why": ""})}
            for row in marks.suggestions(self.text)
        ]

    # what of the key is found; the key itself; the machine's first pass beside both
    check, key, machine = check, key_table, machine_table

    # keeping

    def kept(self) -> dict:
        """What is written to the learner's folder: plain JSON."""
        return {
            "sha256": hash_text(self.text),
            "state": self.state,
            "past": self.past[-KEPT_STEPS:],
            "future": self.future[:KEPT_STEPS],
        }

    def reload(self) -> "Marking":
        """Take over what is kept, unless it is what this marking wrote itself."""
        if self.place is None:
            return self
        stored = store.kept(NAME, *self.place)
        if not stored or stored == self._written:
            return self
        self.state, lost = marks.clean(self.text, stored.get("state"))
        past, future = (stored.get(steps) for steps in ("past", "future"))
        if isinstance(past, list) and isinstance(future, list):
            self.past, self.future = (
                [marks.clean(self.text, step)[0] for step in steps]
                for steps in (past[-MOST_STEPS:], future[:MOST_STEPS])
            )
        self._written = stored
        count = len(self.state["marks"])
        self.said = f"{count} mark{'' if count == 1 else 's'} from before." if count else ""
        if lost:
            self.said += f" {lost} could not be placed: the text has changed."
        return self

    def say(self, said: str, keep: bool = False) -> "Marking":
        """Say what was done, keep the state if it changed, and tell the faces."""
        self.said = said
        if keep and self.place is not None:
            stored = copy.deepcopy(self.kept())
            if problem := store.keep(NAME, stored, *self.place):
                self.said = f"{said} {problem}"
            else:
                self._written = stored
        for watcher in list(self.watchers):
            watcher()
        return self

    # as text and as HTML

    def table(self) -> TableView:
        """The relations as a table, in the order of the text."""
        rows = []
        for shown, relation in enumerate(marks.in_order(self.state), 1):
            words = {
                role: " … ".join(m["exact"] for m in marks.marks_of(self.state, relation, role))
                for role in marks.ROLES
            }
            row = {"number": shown, **words, "mode": relation["mode"]}
            row["content"] = words["content"] or words["voice"]
            row["source"] = words["source"] or ("nobody named" if words["voice"] else "")
            parent = relation["parent"]
            row["parent"] = marks.number(self.state, parent) if parent else ""
            rows.append({**row, "chain": " > ".join(relation["chain"])})
        columns = "number source cue content mode parent chain".split()
        headings = {"number": "relation", "parent": "inside", "chain": "chain, outermost first"}
        caption = f"{self.title}: {len(rows)} relation{'' if len(rows) == 1 else 's'} marked"
        return TableView(rows, columns, caption, **headings)

    def html(self) -> str:
        status = f"<p><strong>{escape(self.said)}</strong></p>" if self.said else ""
        return f"{status}{self.table().html()}"


class Marks(Marking):
    """Marks alone in the ``roles`` that a question of the kind ``spans`` asks for.

    They are its answer, and the question keeps them.
    """

    alone = True

    def __init__(self, text: str, title: str, roles):
        super().__init__(text, title, None)
        self.roles = tuple(roles)

    def fill(self, answer) -> "Marks":
        """Put in a saved answer, as far as it fits the text; that is no step to be undone.

        An answer is a list of marks, each with ``role`` and ``exact`` or ``start`` and ``end``;
        anything else is left out.
        """
        state = marks.empty()
        for mark in answer if isinstance(answer, list) else ():
            try:
                wanted = {name: mark.get(name) for name in ("role", "exact", "start", "end")}
                if wanted["role"] in self.roles:
                    state, _ = marks.apply(self.text, state, "mark", **wanted)
            except (AttributeError, marks.MarkingError, TypeError):
                continue
        self.state, self.past, self.future = state, [], []
        return self.say("")

    def answer(self) -> list[dict]:
        """The marks as an answer: by their words if these stand in the text once, else by place."""
        answer = []
        for mark in self.state["marks"]:
            once = self.text.find(mark["exact"]) == self.text.rfind(mark["exact"])
            told = ("role", "exact") if once else ("role", "start", "end")
            answer.append({name: mark[name] for name in told})
        return answer

    def say(self, said: str, keep: bool = False) -> "Marks":
        return super().say(marks.WHICH_RELATION.sub("", said), keep)


_OPEN = {}  # one object a place: a call in another cell changes what the widget shows


def span_marker(case, passage: str | None = None) -> Marking:
    """The marking of a passage of a case, or of any text, given alone.

    The same object for the same passage, so that a widget and a call in code are two faces of one
    thing.

    Raises
    ------
    KeyError
        When the case has no such passage.
    """
    if passage is None:
        text, title, place, case = case, "Your text", ("texts", hash_text(case)[:16]), None
    else:
        case = load_case(case)
        row = case.get(f"passages/{passage}")
        text, place = case.quotation(passage), (case.name, passage)
        outlet = case.agents[case.sources[row["source_id"]]["outlet"]]["name"]
        title = capital(outlet)
    known = (str(paths.answers()), *place)
    if known in _OPEN and _OPEN[known].text == text:
        return _OPEN[known].reload()
    _OPEN[known] = Marking(text, title, place, case, passage)
    return _OPEN[known]
