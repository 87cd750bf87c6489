"""Fields for :mod:`whosays.learner.commit`: answer, keep, see what stands behind the question."""

import html
from weakref import WeakSet

import ipywidgets as w

from ..learner.commit import SURE
from .box import Box
from .fields import area, button, buttons, fill, framed, line, menu, radios

MOST_RADIOS = 5  # of more options a menu is quicker to read

# what shows kept answers looks again when one is kept
_watching = WeakSet()


class CommitBox(Box):
    """The fields of one question, *Keep and show*, *Show me without*, and what opens."""

    def __init__(self, commit):
        self.commit = commit
        # a single field is called by the question itself, which is then read out with it
        alone = len(commit.fields) == 1 and not any(commit.fields)
        self.inputs = {
            label: _field(commit.ask if alone else label, kind)
            for label, kind in commit.fields.items()
        }
        for field in self.inputs.values() if alone else ():
            field.add_class("ws-ask")
        self.sure = line(SURE, width="26em") if commit.sure else None
        opens = commit.then is not None
        name, more = "Keep", "Keep my answer"
        if opens:
            name, more = "Keep and show", f"{more} and show what stands behind the question"
        self.keep_button = button(name, self.keep, True, more)
        without = "Open it without an answer; this is kept too"
        self.without_button = button("Show me without", self.open_without, tooltip=without)
        self.behind = w.VBox([]).add_class("ws-opened")
        pressed = buttons(self.keep_button, *([self.without_button] if opens else []))
        fields = [*self.inputs.values(), *([self.sure] if self.sure else [])]
        above = [_shown(commit.show)] if commit.show else []
        if not alone:
            above.append(w.HTML(f'<p class="ws-ask">{html.escape(commit.ask)}</p>'))
        super().__init__(commit, *above, *fields, pressed, self.status, self.behind)
        self.add_class("ws-commit")
        self._restore()

    def _restore(self):
        stored = self.commit.kept
        if stored.last:
            value = stored.last.value
            values = value if isinstance(value, dict) else {"": value}
            for label, field in self.inputs.items():
                fill(field, values.get(label, ""))
            if self.sure and stored.last.sure is not None:
                self.sure.value = str(stored.last.sure)
            self.status.say(_kept_words(stored), asked=False)
        if stored.opened:
            self._open(stored.last.value if stored.last else None)

    def keep(self) -> None:
        """What *Keep and show* does; a field that is empty or cannot be read is named."""
        given = {label: field.value for label, field in self.inputs.items()}
        value, sure, problem = self.commit.read(given, self.sure.value if self.sure else "")
        if problem:
            self.status.say(problem)
            return
        problem = self.commit.keep(value, sure)
        self.status.say(problem or _kept_words(self.commit.kept))
        self._open(value)
        _look_again()

    def open_without(self) -> None:
        """What *Show me without* does."""
        problem = self.commit.keep_opened()
        self.status.say(problem or "Opened without an answer. You can still give one.")
        self._open(None)
        _look_again()

    def _open(self, value):
        self.behind.children = [_shown(one) for one in self.commit.opens(value)]
        if self.behind.children:
            self.without_button.layout.display = "none"

    def opens(self) -> str:
        """What stands behind the question as HTML, for counting words."""
        return self.commit.opens_html()


def _field(label, kind):
    if kind == "sentence":
        return area(label, rows=2)
    if kind == "number":
        return line(label, width="100%", look="ws-cell").add_class("ws-number")
    if len(kind) > MOST_RADIOS:
        return menu(label, kind, look="ws-cell")
    return radios(label, [(option, option) for option in kind])


def _shown(one):
    """A widget as it is; a view, or HTML, as something to look at."""
    if isinstance(one, w.Widget):
        return one
    return w.HTML(framed(one if isinstance(one, str) else one.html()))


def _kept_words(kept):
    if kept.last and kept.first and kept.first != kept.last and kept.first.value != kept.last.value:
        return f"Kept. Your first answer was: {kept.first.words()}"
    return "Kept."


def _look_again():
    for one in list(_watching):
        one.look()


class KeptBox(Box):
    """Kept answers of the learner, shown anew whenever one is kept.

    The view reads what is kept each time it is asked for its HTML.
    """

    def __init__(self, view):
        self.view, self.shown = view, w.HTML()
        super().__init__(view, self.shown)
        _watching.add(self)
        self.look()

    def look(self) -> None:
        """Show what is kept now."""
        self.shown.value = framed(self.view.html())
