"""What is left to do in a case: read from its tables, so the list grows shorter as the work is done.

The order is that of the work: texts and pieces, who publishes them, who speaks, what is said, numbers,
copies, and what only a person can bring (accounts, findings, gaps).
"""

import html
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ..case.check import inspect
from ..case.read import shorten
from ..evidence.cards import FIELDS
from ..text.fold import words as fold_words
from ..view.view import View
from .draft import FIRST, TODO

TODO_FILE = "TODO.md"
#: readings less sure than this are listed one by one
SURE = 0.7
STEPS = {
    "texts": "The texts and their pieces",
    "sources": "Who publishes them, and when",
    "agents": "Who speaks",
    "claims": "What is said: claims",
    "assertions": "Who says so: readings to check",
    "figures": "Numbers",
    "reuse_key": "Copies: why do they share it?",
    "quotations": "Quotations that travel",
    "origins": "Where it comes from in the end",
    "accounts": "What only you can bring",
    "package": "Before you pass it on",
}
_ON = {
    "agents": "voices", "assertions": "readings", "figures": "numbers", "reuse_key": "copies", "package": "the package",
}  # fmt: skip
_HEAD = (
    "Made by `whosays new-case`, and made anew each time it runs: `whosays new-case {folder} --todo`. What you have "
    "done drops out by itself. Nobody does all of it: choose the ten claims that your lesson needs, work these through, and "
    "take out the rest or leave it. Keep notes of your own in another file."
)


@dataclass(frozen=True)
class Todo:
    """One thing to do: where, what, and why it matters."""

    step: str
    table: str
    row: str
    column: str
    what: str
    why: str

    @property
    def place(self):
        """``table/row, column`` as far as there is one."""
        return "/".join(filter(None, (self.table, self.row))) + (
            f", {self.column}" if self.column else ""
        )


class TodoList(View):
    """Everything left to do, in the order of the work.

    Parameters
    ----------
    name : str
        The folder's name.
    rows : iterable of Todo
    """

    def __init__(self, name, rows):
        self.name, order = name, list(STEPS)
        self.rows = sorted(rows, key=lambda t: order.index(t.step))

    def __len__(self):
        return len(self.rows)

    def __iter__(self):
        return iter(self.rows)

    def of(self, step):
        """The rows of one step."""
        return [t for t in self.rows if t.step == step]

    def summary(self):
        """How many there are at each step, in a sentence."""
        parts = [
            f"{len(self.of(step))} on {_ON.get(step, step)}" for step in STEPS if self.of(step)
        ]
        return (
            f"{len(self)} things to do: {', '.join(parts)}." if parts else "Nothing is left to do."
        )

    def first(self, most=3):
        """The same list with the first few of each step.

        Returns
        -------
        TodoList
        """
        return TodoList(self.name, [t for step in STEPS for t in self.of(step)[:most]])

    def _lines(self):
        for number, step in enumerate((s for s in STEPS if self.of(s)), 1):
            yield f"{number}. {STEPS[step]}", self.of(step)

    def markdown(self):
        """The text of ``TODO.md``."""
        made = [f"# To do: {self.name}", "", _HEAD.format(folder=self.name), "", self.summary()]
        for title, rows in self._lines():
            made += ["", f"## {title}", ""]
            made += [f"- [ ] `{t.place}`: {t.what} *{t.why}*" for t in rows]
        return "\n".join(made) + "\n"

    def html(self):
        made = [f"<p>{html.escape(self.summary())}</p>"]
        for title, rows in self._lines():
            lines = "".join(
                f"<li><code>{html.escape(t.place)}</code>: {html.escape(t.what)} <em>{html.escape(t.why)}</em></li>"
                for t in rows
            )
            made.append(
                f"<details open><summary>{html.escape(title)} ({len(rows)})</summary><ul>{lines}</ul></details>"
            )
        return "".join(made)

    def text(self):
        made = [self.summary()]
        for title, rows in self._lines():
            made += [title, *(f"  {t.place}: {t.what} ({t.why})" for t in rows)]
        return "\n".join(made)

    def write(self, folder):
        """Write ``TODO.md``. A list somebody has written in is kept beside it under another name.

        Returns
        -------
        pathlib.Path
        """
        path = Path(folder) / TODO_FILE
        new = self.markdown().encode("utf-8")
        old = path.read_bytes() if path.exists() else b""
        if old and old != new and _by_hand(old):
            number = 1
            while (kept := path.with_name(f"TODO-kept-{number}.md")).exists():
                number += 1
            path.rename(kept)
        path.write_bytes(new)
        return path


def _by_hand(data):
    """Whether somebody wrote in a list: a tick, or a line that the kit would not write."""
    for line in data.decode("utf-8", "replace").splitlines():
        made = not line or line.startswith(
            ("# To do: ", "Made by `whosays new-case`", "## ", "- [ ] `", "Nothing is left")
        )
        if not made and "things to do:" not in line:
            return True
    return False


def todo(folder, skipped=()):
    """What is left to do in a case.

    Parameters
    ----------
    folder : path-like
        A case pack; it may have errors (then ``whosays check-case`` says more).
    skipped : iterable of whosays.newcase.texts.Skipped
        Files that could not be read.

    Returns
    -------
    TodoList
    """
    pack = inspect(folder)
    tables = {name: [row.cells for row in table.rows] for name, table in pack.tables.items()}
    rows = [
        Todo("texts", "file", one.file, "", f"It {one.why}.", "It is not in the case.")
        for one in skipped
    ]
    for name in (
        _pieces,
        _sources,
        _agents,
        _claims,
        _assertions,
        _figures,
        _copies,
        _quotations,
        _origins,
        _accounts,
    ):
        rows += name(tables)
    errors = [p for p in pack.problems if p.severity == "error"]
    if errors:
        rows.append(
            Todo(
                "package",
                "",
                "",
                "",
                f"Run whosays check-case: {len(errors)} errors.",
                "A case with an error cannot be loaded.",
            )
        )
    if isinstance(pack.package, dict) and not pack.package.get("licenses"):
        rows.append(
            Todo(
                "package",
                "datapackage.json",
                "",
                "licenses",
                "Name the licence of your tables.",
                "Others may use them only then.",
            )
        )
    return TodoList(Path(folder).resolve().name, _together(rows))


def _together(rows):
    """One entry a row of a table, whatever number of its cells are open."""
    made = {}
    for t in rows:
        key = (t.step, t.table, t.row) if t.row and t.step != "texts" else (t,)
        made.setdefault(key, []).append(t)
    for parts in made.values():
        first = parts[0]
        joined = [
            dict.fromkeys(getattr(t, name) for t in parts if getattr(t, name))
            for name in ("column", "what", "why")
        ]
        yield Todo(
            first.step,
            first.table,
            first.row,
            ", ".join(joined[0]),
            " ".join(joined[1]),
            " ".join(joined[2]),
        )


def _marked(step, table, key, rows, why):
    """Cells that begin with the mark."""
    return [
        Todo(
            step,
            table,
            row.get(key, ""),
            column,
            _sentence(words),
            why.get(column, "It cannot be read from the text."),
        )
        for row in rows
        for column, words in row.items()
        if words.startswith(TODO)
    ]


def _sentence(words):
    words = words.removeprefix(TODO)
    return words[:1].upper() + words[1:]


def _pieces(tables):
    made = []
    for row in tables["items"]:
        if row.get("note", "").startswith(FIRST):
            why = "Pieces are what is counted and compared. Empty the note when you have looked."
            made.append(
                Todo(
                    "texts",
                    "items",
                    row["item_id"],
                    "note",
                    row["note"].removeprefix(FIRST).lstrip(": "),
                    why,
                )
            )
    return made + _marked(
        "texts",
        "items",
        "item_id",
        tables["items"],
        {"headline": "Every piece is known by its headline."},
    )


def _sources(tables):
    unnamed = {a["agent_id"] for a in tables["agents"] if a.get("kind") == "unnamed"}
    cards = {(c["source_id"], c["field"]) for c in tables["cards"]}
    made = []
    for row in tables["sources"]:
        name = row["source_id"]
        if row["outlet"] in unnamed:
            made.append(
                Todo(
                    "sources",
                    "sources",
                    name,
                    "outlet",
                    "Who published it? The text does not say.",
                    "Every chain begins with the publisher.",
                )
            )
        if len(row["published"]) < 10:
            what = "On which day was it published?" + (
                f" The text says {row['published']} only." if row["published"] else ""
            )
            made.append(
                Todo(
                    "sources",
                    "sources",
                    name,
                    "published",
                    what,
                    "Without a day nobody can say who had the words first.",
                )
            )
        if not row["author"]:
            made.append(
                Todo(
                    "sources",
                    "sources",
                    name,
                    "author",
                    "Is somebody named as its writer? The head names nobody.",
                    "Not named is an answer too: leave it empty then.",
                )
            )
        if not row["owner"]:
            made.append(
                Todo(
                    "sources",
                    "sources",
                    name,
                    "owner",
                    "Who owns the publisher? Write not found if you looked in vain.",
                    "Readers should know whose paper it is.",
                )
            )
        if row["publisher_kind"] == "unknown":
            made.append(
                Todo(
                    "sources",
                    "sources",
                    name,
                    "publisher_kind",
                    "What sort of publisher is it?",
                    "A company's page and a newspaper are read differently.",
                )
            )
        if (name, "genre") not in cards and row["genre"] == "news":
            made.append(
                Todo(
                    "sources",
                    "sources",
                    name,
                    "genre",
                    "It stands as news for want of a word in its head: is it?",
                    "An opinion and a report are read differently.",
                )
            )
        if row["language"] == "und":
            made.append(
                Todo(
                    "sources",
                    "sources",
                    name,
                    "language",
                    "Which language is it in?",
                    "The reader knows English only.",
                )
            )
        if missing := [f for f in FIELDS if (name, f) not in cards]:
            what = f"Add a row each for {', '.join(missing)}, with what shows it."
            made.append(
                Todo(
                    "sources",
                    "cards",
                    name,
                    ", ".join(missing),
                    what,
                    "Lesson 01 checks a learner's card against these.",
                )
            )
    return made + _marked("sources", "sources", "source_id", tables["sources"], {
        "alignment_evidence": "It makes no statement right or wrong.", "licence_note": "The texts lie in the pack.",
    }) + _marked("sources", "cards", "card_id", tables["cards"], {})  # fmt: skip


def _agents(tables):
    why, made, keys = "Two rows for one voice are counted as two.", [], {}
    for row in tables["agents"]:
        if row["note"].startswith(TODO):
            made.append(
                Todo(
                    "agents",
                    "agents",
                    row["agent_id"],
                    "note",
                    f"“{row['name']}”: {_sentence(row['note'])}",
                    why,
                )
            )
        if row["kind"] != "unnamed":
            keys[row["agent_id"]] = frozenset(w.text for w in fold_words(row["name"])) - {
                "the",
                "of",
                "and",
            }
    for a, words in keys.items():
        larger = [b for b, others in keys.items() if words and words < others]
        for b in larger[:1]:
            made.append(
                Todo(
                    "agents",
                    "agents",
                    a,
                    "name",
                    f"Is it the same as agents/{b}? Then join the two.",
                    why,
                )
            )
    return made


def _claims(tables):
    pieces, found = {}, []
    for row in tables["assertions"]:
        pieces.setdefault(row.get("claim_id"), set()).add(row.get("item_id"))
    for row in tables["claims"]:
        if row.get("why", "").startswith(TODO) or row.get("note", "").startswith(FIRST):
            n = len(pieces.get(row["claim_id"], ()))
            what = f"“{shorten(row['text'], 90)}” ({n} piece{'s' * (n != 1)}): say it in your own words, and whether it is settled, open or contested."
            found.append(
                (
                    -n,
                    Todo(
                        "claims",
                        "claims",
                        row["claim_id"],
                        "text, status, why",
                        what,
                        "Empty the note when it is done; take out what your lesson does not need.",
                    ),
                )
            )
    return [t for _, t in sorted(found, key=lambda p: p[0])]


def _assertions(tables):
    made, rest = [], {}
    for row in tables["assertions"]:
        note = row.get("note", "")
        if not note.startswith(FIRST):
            continue
        sure = note.removeprefix(FIRST).lstrip(", ").partition(";")[0]
        said = " | ".join(filter(None, (row["source_text"], row["cue_text"], row["mode"])))
        if sure[:1].isdigit() and float(sure) < SURE:
            made.append(
                Todo(
                    "assertions",
                    "assertions",
                    row["assertion_id"],
                    "",
                    f"{said} (confidence {sure})",
                    "Doubtful: by its own estimate the reader is wrong here three times in ten or more.",
                )
            )
        else:
            rest.setdefault(row["item_id"], []).append(row)
    for item, rows in rest.items():
        made.append(
            Todo(
                "assertions",
                "assertions",
                f"{item}-a…",
                "",
                f"Read the {len(rows)} rows of {item} beside its text, and add what is missing.",
                "The reader misses about one statement in five. Empty a note to say that you agree.",
            )
        )
    return made


def _figures(tables):
    made, often = [], Counter((row["value"], row["unit"]) for row in tables["figures"])
    # numbers that come again and again first
    for row in sorted(tables["figures"], key=lambda r: -often[r["value"], r["unit"]]):
        if row.get("note", "").startswith(FIRST):
            what = f"{row['as_printed']} {row['unit']}: what does it count, as of when, and does the text name who counted?"
            made.append(
                Todo(
                    "figures",
                    "figures",
                    row["figure_id"],
                    "counts, as_of, counted_by",
                    what,
                    "A number without its definition compares with nothing. Empty the note when it is done.",
                )
            )
    return made


def _copies(tables):
    found = []
    for row in tables["reuse_key"]:
        if row.get("why") == "cannot_tell" and row.get("note", "").startswith(FIRST):
            length = int(row["a_end"] or 0) - int(row["a_start"] or 0)
            what = f"{row['a_item']} and {row['b_item']} share {length} characters ({row['kind']}): {row['evidence']}"
            found.append(
                (
                    -length,
                    Todo(
                        "reuse_key",
                        "reuse_key",
                        row["reuse_id"],
                        "why, direction",
                        what,
                        "Shared words have many reasons: a release, an agency, a quotation, a set phrase.",
                    ),
                )
            )
    return [t for _, t in sorted(found, key=lambda p: p[0])]


def _quotations(tables):
    why = {"occasion": "Words can be true and of another day."}
    return _marked("quotations", "quotations", "quotation_id", tables["quotations"], why) + _marked(
        "quotations", "wordings", "wording_id", tables["wordings"], {}
    )


def _origins(tables):
    # who is meant comes first: an unnamed voice counts for nothing either way
    named = [row for row in tables["origins"] if row.get("kind") != "unnamed"]
    return _marked(
        "origins",
        "origins",
        "origin_id",
        named,
        {"note": "A statement counts as no origin of what it states: until this is known, k is 0."},
    )


def _accounts(tables):
    made = []
    if not tables["accounts"]:
        made.append(
            Todo(
                "accounts",
                "accounts",
                "",
                "",
                "Which accounts did not come from those who speak in the texts? Add a row for each, with its method and limits.",
                "Without them nothing can be corroborated.",
            )
        )
    if not tables["findings"]:
        made.append(
            Todo(
                "accounts",
                "findings",
                "",
                "",
                "What does each account say on each claim? Silence is an answer.",
                "The table of lesson 06 is made of these.",
            )
        )
    if not tables["gaps"]:
        made.append(
            Todo(
                "accounts",
                "gaps",
                "",
                "",
                "What did you look for and not find?",
                "A gap that is named is never taken for a fact.",
            )
        )
    return made
