"""What is left to do in a case: read from its tables, so that what is done drops out.

The order is that of the work: texts and pieces, who publishes them, who speaks, what is said,
numbers, copies, and what only a person can bring (accounts, findings, gaps).
"""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from ..case.check import Inspection, inspect
from ..case.first_pass import FIRST
from ..case.read import shorten
from ..case.schema import tables as tables_schema
from ..evidence.cards import FIELDS
from ..text.fold import words as fold_words
from .draft import TODO
from .words import WORDS

TODO_FILE = "TODO.md"
#: readings less sure than this are listed one by one
SURE = 0.7
STEPS = WORDS["steps"]
_HEAD = (
    "Made by `whosays new-case`, and made anew each time it runs: `whosays new-case {folder}"
    " --todo`. What you have done drops out by itself. Nobody does all of it: choose the ten claims"
    " that your lesson needs, work these through, and take out the rest or leave it. Keep notes of"
    " your own in another file."
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
    def place(self) -> str:
        """``table/row, column`` as far as there is one."""
        column = f", {self.column}" if self.column else ""
        return "/".join(filter(None, (self.table, self.row))) + column


class TodoList:
    """Everything left to do, in the order of the work; ``name`` is that of the case's folder.

    Printed, and in a notebook, it is the text of ``TODO.md``.
    """

    def __init__(self, name, rows):
        self.name, order = name, list(STEPS)
        self.rows = sorted(rows, key=lambda t: order.index(t.step))

    def __len__(self):
        return len(self.rows)

    def __iter__(self):
        return iter(self.rows)

    def summary(self) -> str:
        """How many there are at each step, in a sentence."""
        counted = Counter(t.step for t in self.rows)
        parts = [f"{n} on {WORDS['called'].get(step, step)}" for step, n in counted.items()]
        sentence = f"{len(self)} things to do: {', '.join(parts)}."
        return sentence if parts else "Nothing is left to do."

    def _repr_markdown_(self):
        lines = [f"# To do: {self.name}", "", _HEAD.format(folder=self.name), "", self.summary()]
        for number, (step, rows) in enumerate(groupby(self.rows, lambda t: t.step), 1):
            lines += ["", f"## {number}. {STEPS[step]}", ""]
            lines += [f"- [ ] `{t.place}`: {t.what} *{t.why}*" for t in rows]
        return "\n".join(lines) + "\n"

    __str__ = _repr_markdown_

    def write(self, folder: Path) -> Path:
        """Write ``TODO.md``; a list somebody has written in is kept beside it, renamed."""
        path = Path(folder) / TODO_FILE
        new = str(self).encode("utf-8")
        old = path.read_bytes() if path.exists() else b""
        if old and old != new and _by_hand(old):
            number = 1
            while (path_kept := path.with_name(f"TODO-kept-{number}.md")).exists():
                number += 1
            path.rename(path_kept)
        path.write_bytes(new)
        return path


def _by_hand(data):
    """Whether somebody wrote in a list: a tick, or a line that the kit would not write."""
    ours = ("# To do: ", "Made by `whosays new-case`", "## ", "- [ ] `", "Nothing is left")
    lines = data.decode("utf-8", "replace").splitlines()
    return any(x and not x.startswith(ours) and "things to do:" not in x for x in lines)


def todo(folder: Path, skipped=(), pack: Inspection | None = None) -> TodoList:
    """What is left to do in a case, which may have errors: ``whosays check-case`` says more.

    ``skipped`` are files that could not be read, and ``pack`` is the case as just inspected.
    """
    pack = pack or inspect(folder)
    tables = {name: [row.cells for row in table.rows] for name, table in pack.tables.items()}
    rows = [
        Todo("texts", "file", one.file, "", f"It {one.why}.", "It is not in the case.")
        for one in skipped
    ]
    for look in _LOOKS:
        rows += look(tables)
    if errors := sum(p.severity == "error" for p in pack.problems):
        rows.append(_ask("package", "", "", "errors", n=errors))
    if isinstance(pack.package, dict) and not pack.package.get("licenses"):
        rows.append(_ask("package", "datapackage.json", "", "licenses"))
    return TodoList(Path(folder).resolve().name, _together(rows))


def _together(rows):
    """One entry a row of a table, whatever number of its cells are open."""
    groups = {}
    for t in rows:
        key = (t.step, t.table, t.row) if t.row and t.step != "texts" else (t,)
        groups.setdefault(key, []).append(t)
    for parts in groups.values():
        first = parts[0]
        column, what, why = (
            joint.join(dict.fromkeys(filter(None, (getattr(t, name) for t in parts))))
            for name, joint in (("column", ", "), ("what", " "), ("why", " "))
        )
        yield replace(first, column=column, what=what, why=why)


def _ask(step, table, row, column, about=None, **words):
    """A question of ``words.toml``; ``about`` is the column to name, where it is another."""
    what, why = WORDS["todo"][step][column]
    return Todo(step, table, row, column if about is None else about, what.format(**words), why)


#: the tables whose cells may begin with the mark, and the step at which each is filled
_MARKED = {"items": "texts", "sources": "sources", "cards": "sources", "quotations": "quotations"}
_MARKED |= {"wordings": "quotations", "origins": "origins"}


def _marked(tables):
    """Cells that begin with the mark."""
    for table, step in _MARKED.items():
        key = tables_schema()[table].key
        for row in tables[table]:
            # who is meant comes first: an unnamed voice is no origin of anything yet
            open_ones = [c for c, words in row.items() if words.startswith(TODO)]
            for column in open_ones if row.get("kind") != "unnamed" else ():
                why = WORDS["fill"].get(column, "It cannot be read from the text.")
                yield Todo(step, table, row.get(key, ""), column, _sentence(row[column]), why)


def _sentence(words):
    words = words.removeprefix(TODO)
    return words[:1].upper() + words[1:]


def _unseen(row):
    """What the first pass noted on a row that nobody has looked at yet; None when somebody has."""
    note = row.get("note", "")
    return note.removeprefix(FIRST).lstrip(":, ") if note.startswith(FIRST) else None


def _pieces(tables):
    for row in tables["items"]:
        if (part := _unseen(row)) is not None:
            yield _ask("texts", "items", row["item_id"], "note", said=part)


def _sources(tables):
    unnamed = {a["agent_id"] for a in tables["agents"] if a.get("kind") == "unnamed"}
    cards = {(c["source_id"], c["field"]) for c in tables["cards"]}
    for row in tables["sources"]:
        name, day = row["source_id"], row["published"]
        open_ones = {
            "outlet": row["outlet"] in unnamed,
            "published": len(day) < 10,
            "author": not row["author"],
            "owner": not row["owner"],
            "publisher_kind": row["publisher_kind"] == "unknown",
            "genre": row["genre"] == "news" and (name, "genre") not in cards,
            "language": row["language"] == "und",
        }
        day_note = f" The text says {day} only." if day else ""
        for column, is_open in open_ones.items():
            if is_open:
                yield _ask("sources", "sources", name, column, said=day_note)
        if missing := ", ".join(f for f in FIELDS if (name, f) not in cards):
            yield _ask("sources", "cards", name, "cards", missing, said=missing)


def _agents(tables):
    keys = {}
    for row in tables["agents"]:
        if row["note"].startswith(TODO):
            note = _sentence(row["note"])
            yield _ask("agents", "agents", row["agent_id"], "note", name=row["name"], said=note)
        if row["kind"] != "unnamed":
            words = frozenset(w.text for w in fold_words(row["name"])) - {"the", "of", "and"}
            keys[row["agent_id"]] = words
    for a, words in keys.items():
        if words and (larger := next((b for b, others in keys.items() if words < others), None)):
            yield _ask("agents", "agents", a, "name", other=larger)


def _claims(tables):
    pieces = {}
    for row in tables["assertions"]:
        pieces.setdefault(row.get("claim_id"), set()).add(row.get("item_id"))
    counted = [(len(pieces.get(row["claim_id"], ())), row) for row in tables["claims"]]
    for n, row in sorted(counted, key=lambda pair: -pair[0]):
        if row.get("why", "").startswith(TODO) or _unseen(row) is not None:
            words = {"said": shorten(row["text"], 90), "n": n, "s": "s" * (n != 1)}
            yield _ask("claims", "claims", row["claim_id"], "text, status, why", **words)


def _assertions(tables):
    rest = Counter()
    for row in tables["assertions"]:
        sure = _unseen(row)
        if sure is None:
            continue
        sure = sure.partition(";")[0]
        if sure[:1].isdigit() and float(sure) < SURE:
            reading = " | ".join(filter(None, (row["source_text"], row["cue_text"], row["mode"])))
            yield _ask("assertions", "assertions", row["assertion_id"], "", said=reading, sure=sure)
        else:
            rest[row["item_id"]] += 1
    for item, n in rest.items():
        yield _ask("assertions", "assertions", f"{item}-a…", "all", "", n=n, item=item)


def _figures(tables):
    often = Counter((row["value"], row["unit"]) for row in tables["figures"])
    # numbers that come again and again first
    for row in sorted(tables["figures"], key=lambda r: -often[r["value"], r["unit"]]):
        if _unseen(row) is not None:
            as_told, cells = f"{row['as_printed']} {row['unit']}", "counts, as_of, counted_by"
            yield _ask("figures", "figures", row["figure_id"], cells, said=as_told)


def _copies(tables):
    unseen = [
        (int(row["a_end"] or 0) - int(row["a_start"] or 0), row)
        for row in tables["reuse_key"]
        if row.get("why") == "cannot_tell" and _unseen(row) is not None
    ]
    for n, row in sorted(unseen, key=lambda pair: -pair[0]):
        words = {"a": row["a_item"], "b": row["b_item"], "n": n, "kind": row["kind"]}
        place = ("reuse_key", "reuse_key", row["reuse_id"], "why, direction")
        yield _ask(*place, **words, said=row["evidence"])


def _accounts(tables):
    for table in ("accounts", "findings", "gaps"):
        if not tables[table]:
            yield _ask("accounts", table, "", table, "")


_LOOKS = (_pieces, _sources, _agents, _claims, _assertions, _figures, _copies, _accounts, _marked)
