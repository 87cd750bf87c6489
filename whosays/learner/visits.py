"""The leave-the-page log: what a learner opened outside the kit, what it said, what changed.

Lateral reading, opening another source to learn about the first one, is the step with the
best evidence behind it (Wineburg and McGrew 2019), and a closed notebook works against it. So each
lesson has one step that leaves the page, and this is where it is written down. The log is
never graded for agreement, only kept, and goes into the memo of lesson 07.
"""

from datetime import date

from ..view.show import TableView
from ..view.view import View
from . import store

NAME = "leave_the_page"
FIELDS = {
    "address": "Address, or where you looked",
    "looked_for": "What you looked for",
    "found": "What you found",
    "changed": "What changed in what you think, if anything",
}


class VisitLog(View):
    """The log of one lesson: ``.add(...)`` notes a visit, ``.widget()`` is the same as a form.

    Parameters
    ----------
    lesson : str
        Lesson number, such as ``"01"``.
    """

    def __init__(self, lesson):
        self.lesson = str(lesson)
        self.said = ""

    @property
    def mine(self) -> list:
        """The entries of this lesson."""
        return [e for e in self.entries if e.get("lesson") == self.lesson]

    @property
    def entries(self) -> list:
        """All entries, oldest first, as dictionaries with ``lesson``, ``date`` and the fields."""
        entries = store.load(NAME).get("entries")
        return [e for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []

    def add(self, address: str, looked_for: str, found: str, changed: str = "") -> "VisitLog":
        """Write one visit down; the log comes back, so that the cell shows it.

        The parts are those of :data:`FIELDS`. Only ``changed`` may be empty: often nothing changes.
        """
        entry = dict(zip(FIELDS, (address, looked_for, found, changed), strict=True))
        missing = [FIELDS[k] for k, v in entry.items() if k != "changed" and not str(v).strip()]
        self.said = f"Not noted yet. Still empty: {'; '.join(missing)}." if missing else "Noted."
        if not missing:
            entry = {"lesson": self.lesson, "date": date.today().isoformat()} | {
                k: str(v).strip() for k, v in entry.items()
            }
            self.said = store.save(NAME, {"entries": [*self.entries, entry]}) or self.said
        return self

    def table(self) -> TableView:
        """The visits of this lesson, below what was said last."""
        caption = f"{self.said} Visits noted for lesson {self.lesson}: {len(self.mine)}".strip()
        return TableView(self.mine, (*FIELDS, "date"), caption, address="where")


visit_log = VisitLog
