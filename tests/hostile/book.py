"""Submissions for the tests: the demo set's learner copy, filled in, spoilt, or turned against the grader."""

import copy
import json

RIGHT = {
    "9.1": '"b"',
    "9.2": '["b", "c"]',
    "9.3": '{**dict.fromkeys("abdh", "supported"), "c": "not supported", "e": "not supported", "f": "cannot tell", "g": "cannot tell"}',
    "9.4": '{"value": 41 + 38 + 52 + 60 + 47, "counts": "entries at one door"}',
    "9.5": '["blog", "echo", "hall", "librarian"]',
    "9.6": '{"piece-one": {"genre": "press release", "author": "not named", "signatures": "none"}, '
           '"piece-two": {"genre": "news", "author": "M. Brandt", "signatures": "one"}}',
    "9.7": '[{"role": "content", "exact": "The library will open on Sundays"}, {"role": "source", "exact": "the mayor"}, '
           '{"role": "cue", "exact": "announced"}, {"role": "cue", "exact": "According to"}, '
           '{"role": "source", "exact": "a readers\' group"}, {"role": "content", "exact": "the east door was busy after noon"}]',
    "9.8": '"The town hall decides when the library opens. A readers\' group counted entries at one door on one Sunday only."',
}  # fmt: skip
MACHINE_MARKED = 17  # points of 20; the rest is free text


class Handed:
    """A learner's notebook that a test fills in: :meth:`answer` a question, put code :meth:`before` or after it."""

    def __init__(self, blank):
        self.book = copy.deepcopy(blank)

    @property
    def cells(self):
        return self.book["cells"]

    def place(self, question):
        name = f"answer_{question.replace('.', '_')} ="
        return next(
            n
            for n, c in enumerate(self.cells)
            if c["cell_type"] == "code" and name in "".join(c["source"])
        )

    def cell(self, question):
        return self.cells[self.place(question)]

    def source(self, question, text):
        self.cell(question)["source"] = text
        return self

    def answer(self, question, expression):
        cell = self.cell(question)
        cell["source"] = "".join(cell["source"]).replace("= ...", f"= {expression}")
        return self

    def solved(self, *leave_out):
        for question, expression in RIGHT.items():
            if question not in leave_out:
                self.answer(question, expression)
        return self

    def before(self, question, source):
        self.cells.insert(self.place(question), self.code(source))
        return self

    def after(self, question, source):
        self.cells.insert(self.place(question) + 1, self.code(source))
        return self

    def prose(self, question, text, before=False):
        """A Markdown cell of the learner's own, below the answer cell or above it."""
        made = {"cell_type": "markdown", "id": f"prose-{len(self.cells)}", "source": text}
        self.cells.insert(self.place(question) + (0 if before else 1), made)
        return self

    def first(self, source):
        self.cells.insert(0, self.code(source))
        return self

    def last(self, source):
        self.cells.append(self.code(source))
        return self

    def code(self, source):
        return {
            "cell_type": "code", "id": f"own-{len(self.cells)}", "metadata": {}, "source": source, "outputs": [], "execution_count": None,
        }  # fmt: skip

    def drop(self, question):
        del self.cells[self.place(question)]
        return self

    def text(self):
        return json.dumps(self.book)

    def write(self, folder, name="09_demo_ex.ipynb"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(self.text(), encoding="utf-8")
