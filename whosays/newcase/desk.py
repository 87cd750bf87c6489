"""The case desk: a case in the making, step by step, with what is done, what is left, and undo.

``case_desk()`` in lesson 08 shows it as fields. Everything it knows lies in the case's folder, so
it can be left at any moment and taken up again.
"""

import html
import re
from dataclasses import dataclass
from functools import wraps
from pathlib import Path

from ..base import paths
from ..case.case import CaseError
from ..case.first_pass import is_first_pass
from ..view.show import TableView
from ..view.view import View
from . import edit
from .claims import SIGNS, Content, claim_id
from .draft import TODO, cell, left_open
from .heads import day_of, head_of, put_head
from .lesson import write_class
from .names import Agents, slug
from .pack import NewCaseError, new_case
from .tables import CHOSEN, Refused, Tables, changing, forget, sweep, undo
from .words import WORDS

#: the pages of the desk in their order, and what each is called
STEPS = {step: words["title"] for step, words in WORDS["desk"].items()}
#: how a sentence begins that says why nothing was done
REFUSED = "Nothing was changed."
#: what a class needs at the least; the rest makes a case richer
MINIMAL = ("texts", "voices", "claims")
#: claims a case should have, and at most
FEW, MANY = 5, 12
#: pairs of a claim and a piece that does not say it, without which no exercise can be built
SILENT = 2
#: what an account has that a person enters on the desk, where nobody is asked for it
ACCOUNT = {"kind": "independent", "scope": "As its method says.", "label": "VP", "language": "en"}
ACCOUNT |= {"host": "its own address", "host_lean": "primary"}
HEADS = {"outlet": "Outlet", "published": "Day", "headline": "Headline", "author": "Author"}
STATES = {"certain": "certain", "look": "please look", "empty": "empty"}


@dataclass(frozen=True)
class Head:
    """One column of the head of a text: its value, how sure, and the line it is from."""

    column: str
    value: str
    state: str
    why: str


@dataclass(frozen=True)
class Telling:
    """One place where a text says a claim, or seems to."""

    assertion_id: str
    item: str
    outlet: str
    day: str
    # words, around: what is said, and the sentence or paragraph it stands in
    words: str
    around: str
    speaker: str  # who says so, as the text names them; the outlet itself where it names nobody
    # ``says``, ``denies``, ``does not say``, or ``maybe``: words like it under another claim
    sort: str
    seen: bool  # whether somebody has looked


def _change(work):
    """A method that changes the tables: they are opened before it and written after it.

    What it returns, or why it was refused, is the sentence in :attr:`Desk.said`.
    """

    @wraps(work)
    def changed(self, *args, **cells):
        self.said = changing(self.folder, lambda tables: work(self, tables, *args, **cells)).text()
        return self.said

    return changed


class Desk(View):
    """A case in the making; its folder need not be there yet.

    ``said`` is a sentence on what was done last, or why nothing was. What only reads the case
    raises :class:`Refused` when its tables cannot be read; its text is the sentence to show.
    """

    def __init__(self, folder):
        self.folder = Path(folder)
        self.inbox = self.folder.with_name(f"{self.folder.name}-texts")
        self.said, self.skipped = "", []

    # -- what is there ----------------------------------------------------------------------------

    @property
    def started(self) -> bool:
        """Whether there is a case yet."""
        return (self.folder / "datapackage.json").exists()

    def tables(self) -> Tables:
        """The tables as they stand; see :class:`whosays.newcase.tables.Tables`."""
        return Tables(self.folder)

    def left(self) -> dict[str, int]:
        """How many things are open at each step, as a dict; empty before there is a case."""
        if not self.started:
            return {}
        rows = self.tables().rows
        chosen = self.chosen(rows)
        chosen_ids = {row["claim_id"] for row in chosen}
        left = {
            "texts": len({row["source_id"] for row in rows["heads"]}),
            "voices": len(self.voices(rows)),
            "claims": max(0, FEW - len(chosen))
            + sum(is_first_pass(row) for row in chosen)
            + sum(is_first_pass(a) for a in rows["assertions"] if a["claim_id"] in chosen_ids)
            + max(0, SILENT - sum(s["claim_id"] in chosen_ids for s in rows["silences"])),
            "numbers": len(self.open_rows(rows, "figures")),
            "copies": len(self.open_rows(rows, "reuse_key")),
            "origins": len(self.rootless(rows)),
            "accounts": 0 if rows["findings"] else 1,
        }
        if not chosen:  # nobody can say what is left of their numbers and origins
            del left["numbers"], left["origins"]
        return left

    def progress(self) -> str:
        """What is left for a minimal case, in a sentence."""
        left = self.left()
        if not left:
            return "There is no case yet. Begin with your texts."
        open_ones = {step: left[step] for step in MINIMAL if left[step]}
        if not open_ones:
            return "A class can work on this case. Steps 4 to 7 make it richer."
        minutes = sum(WORDS["desk"][step]["minutes"] * number for step, number in open_ones.items())
        told = ", ".join(f"{number} on {STEPS[step].lower()}" for step, number in open_ones.items())
        sentence = f"Left for a minimal case: {told}; about {minutes} minute{'s' * (minutes != 1)}."
        return f"This case is not finished. {sentence}"

    def table(self) -> TableView:
        """The steps with what is left at each, as a TableView."""
        try:
            left, told = self.left(), self.progress()
        except Refused as error:
            left, told = {}, str(error)
        rows = [
            {"step": f"{n}. {name}", "left": left.get(step, "–")}
            for n, (step, name) in enumerate(STEPS.items(), 1)
        ]
        return TableView(rows, {"step": "step", "left": "left to do"}, told)

    def _try(self, work):
        """Run what reads or writes whole files; :attr:`said` tells what came of it."""
        try:
            self.said = work()
        except (NewCaseError, CaseError, Refused) as error:
            self.said = str(error)
        except LookupError as error:
            self.said = f"A row of the case names one that is not there: {error}."
            self.said += " whosays check-case says what to mend."
        except OSError as error:
            name = Path(error.filename or self.folder).name
            self.said = f"{name} cannot be read or written ({error.strerror or error})."
        return self.said

    def undo(self) -> str:
        """Take the last change back."""
        self.said = undo(self.folder).text()
        return self.said

    # -- 1 texts ----------------------------------------------------------------------------------

    def put(self, name: str, data) -> None:
        """Put a text, or its bytes, among those of the case; a second one of a name gets a number.

        OSError when it cannot be written.
        """
        self.inbox.mkdir(parents=True, exist_ok=True)
        plain = Path(re.sub(r"[^\w. -]", " ", Path(name).name).strip(" .") or "text.txt")
        raw = data.encode("utf-8") if isinstance(data, str) else bytes(data)
        target, number = self.inbox / plain, 1
        while target.exists() and target.read_bytes() != raw:
            number += 1
            target = self.inbox / f"{plain.stem}-{number}{plain.suffix}"
        target.write_bytes(raw)

    def upload(self, files) -> str:
        """Put files, as pairs of a name and bytes, among the texts and read them."""

        def work():
            for name, data in files:
                self.put(name, data)
            return self.read()

        return self._try(work)

    def paste(self, words: str) -> str:
        """Put pasted words among the texts; the file is named by their first line."""
        if not words.strip():
            self.said = "Nothing was pasted."
            return self.said
        return self.upload([(f"{slug(words.strip().splitlines()[0], 40, 'text')}.txt", words)])

    def read(self, texts: Path | None = None) -> str:
        """Read the texts of the case, or of a folder, and make the first pass over new ones."""

        def work():
            place = Path(texts).expanduser() if texts else self.inbox
            outcome = new_case(self.folder, place, update=self.started)
            self.skipped = outcome.skipped
            told = [
                f"{len(outcome.added)} new texts were read." if outcome.added else "No text is new."
            ]
            told += [f"The head of {file} was mended." for file in outcome.mended.values()]
            return " ".join([*told, *(f"Left out: {one}" for one in outcome.skipped)])

        return self._try(work)

    def heads(self, rows) -> dict[str, list[Head]]:
        """For each document: the four parts of its head, and whether somebody has looked."""
        open_ones = {(h["source_id"], h["column"]): h for h in rows["heads"]}
        by_source = {}
        for source in rows["sources"]:
            for column, value in head_of(rows, source).items():
                value = "" if value.startswith(TODO) else value
                head = open_ones.get((source["source_id"], column))
                state = head["state"] if head else "seen"
                why = head["why"] if head else ""
                by_source.setdefault(source["source_id"], []).append(
                    Head(column, value, state, why)
                )
        return by_source

    def begins(self, source_id: str, lines: int = 8) -> list[str]:
        """The first lines of a text."""
        words = self.tables().pack.texts.get(source_id, "")
        return [line for line in words.splitlines() if line.strip()][:lines]

    @_change
    def set_head(
        self,
        tables: Tables,
        source_id: str,
        outlet: str,
        published: str,
        headline: str,
        author: str,
    ) -> str:
        """What a person has read at the head of a text; an empty part is not in the text."""
        put_head(tables, source_id, outlet, day_of(published), headline, author)
        forget(tables, "heads", [h for h in tables.rows["heads"] if h["source_id"] == source_id])
        return f"The head of “{headline}” is set."

    # -- 2 voices ---------------------------------------------------------------------------------

    def voices(self, rows) -> list[dict]:
        """The voices that nobody has named yet: of the chosen claims, or of all before any is."""
        chosen = {row["claim_id"] for row in self.chosen(rows)}
        assertions = [a for a in rows["assertions"] if not chosen or a["claim_id"] in chosen]
        used = {step.partition(":")[0] for a in assertions for step in a["chain"].split(" > ")}
        return [v for v in rows["agents"] if v["note"].startswith(TODO) and v["agent_id"] in used]

    def said_by(self, rows, agent_id: str, most: int = 2) -> list[str]:
        """Words that the texts give to a voice."""
        texts = self.tables().pack.texts
        mine = [a for a in rows["assertions"] if a["agent"] == agent_id][:most]
        return [_around(texts, a, rows) for a in mine]

    @_change
    def one_voice(self, tables, agent_id, keep):
        """A voice is another one's: all that refers to it refers to the other now."""
        edit.join(tables, f"agents/{keep}", f"agents/{agent_id}")
        return "The two are one voice now."

    @_change
    def stays(self, tables: Tables, agent_id: str, name=None) -> str:
        """A voice is looked at: it stays as it is, or gets the name that a person knows."""
        row, cells = tables.find("agents", agent_id), {"note": ""}
        if name and name.strip():
            cells |= {"name": cell(name), "kind": "group", "aliases": row["name"]}
        tables.set("agents", row, cells)
        return f"“{row['name']}” is looked at."

    # -- 3 claims ---------------------------------------------------------------------------------

    def chosen(self, rows) -> list:
        """The claims of the case: those ticked on the desk, and those somebody has worded."""
        return [c for c in rows["claims"] if not is_first_pass(c) or c["note"] == CHOSEN]

    def candidates(self, rows) -> list[tuple[dict, int]]:
        """Claims nobody has chosen, each with the number of its pieces, those in most first."""
        pieces = {}
        for a in rows["assertions"]:
            pieces.setdefault(a["claim_id"], set()).add(a["item_id"])
        chosen = {c["claim_id"] for c in self.chosen(rows)}
        told = [c for c in rows["claims"] if not c["text"].startswith(SIGNS[:2])]
        left = [c for c in told if c["claim_id"] not in chosen]
        counted = [(c, len(pieces.get(c["claim_id"], ()))) for c in left]
        return sorted(counted, key=lambda pair: -pair[1])

    @_change
    def choose(self, tables: Tables, claim_ids) -> str:
        """These claims matter for the lesson."""
        if not claim_ids:
            raise Refused("Tick the claims that matter.")
        if len(self.chosen(tables.rows)) + len(claim_ids) > MANY:
            raise Refused(f"More than {MANY} claims are too many for a class: choose fewer.")
        for claim in claim_ids:
            tables.set("claims", tables.find("claims", claim), {"note": CHOSEN})
        return f"{len(claim_ids)} claims are on the desk."

    def tellings(self, rows, claim: str) -> list[Telling]:
        """Where the texts say a claim, deny it, do not say it, or may say it: in this order."""
        texts, claims = self.tables().pack.texts, {c["claim_id"]: c for c in rows["claims"]}
        mine = [a for a in rows["assertions"] if a["claim_id"] == claim]
        contents = [Content(_words(texts, a)) for a in mine] + [Content(claims[claim]["text"])]
        out = [self._telling(rows, texts, a, "says") for a in mine]
        taken = {c["claim_id"] for c in self.chosen(rows)}
        for a in rows["assertions"]:
            other = claims.get(a["claim_id"])
            if other is None or a["claim_id"] in taken:
                continue
            sign = next((s for s in SIGNS[:2] if other["text"].startswith(s)), "")
            near = max(one.nearness(Content(_words(texts, a))) for one in contents)
            if near >= (0.5 if sign else 0.34):
                sort = {SIGNS[0]: "denies", SIGNS[1]: "does not say"}.get(sign, "maybe")
                out.append(self._telling(rows, texts, a, sort))
        order = ["says", "denies", "does not say", "maybe"]
        return sorted(out, key=lambda t: (order.index(t.sort), t.day, t.item))

    def _telling(self, rows, texts, a, sort):
        source = next(s for s in rows["sources"] if s["source_id"] == a["source_id"])
        item = next(i for i in rows["items"] if i["item_id"] == a["item_id"])
        names = {v["agent_id"]: v["name"] for v in rows["agents"]}
        words = _words(texts, a), _around(texts, a, rows)
        where = a["assertion_id"], a["item_id"], names[source["outlet"]], item["published"]
        return Telling(*where, *words, names[a["agent"]], sort, not is_first_pass(a))

    @_change
    def accept(self, tables: Tables, assertion_id: str, claim: str) -> str:
        """A text does say the claim."""
        row = tables.find("assertions", assertion_id)
        old = tables.find("claims", row["claim_id"])
        if old["text"].startswith(SIGNS[:2]):
            raise Refused("This text denies the claim or does not say it: it is no telling.")
        tables.set("assertions", row, {"claim_id": claim, "note": ""})
        _not_silent(tables, claim, row["item_id"])
        for figure in tables.rows["figures"]:
            if figure["passage_id"] == row["passage_id"] and figure["claim_id"] == old["claim_id"]:
                tables.set("figures", figure, {"claim_id": claim})
        return "Accepted."

    @_change
    def reject(self, tables, assertion_id):
        """A text does not say the claim: the reading is taken out."""
        row = tables.find("assertions", assertion_id)
        forget(tables, "assertions", [row])
        for other in tables.rows["assertions"]:
            if other["parent"] == assertion_id:
                tables.set("assertions", other, {"parent": row["parent"]})
        for table in ("claims", "origins", "passages", "agents"):
            sweep(tables, table)
        return "Rejected: it is no telling of this claim."

    @_change
    def overlooked(self, tables: Tables, claim: str, item_id: str, words: str) -> str:
        """A piece says the claim, and the machine overlooked it: its words in its own voice."""
        if not item_id or not words.strip():
            raise Refused("Choose the piece, and copy the words that say it.")
        edit.say(tables, tables.find("items", item_id)["source_id"], words.strip(), claim)
        _not_silent(tables, claim, tables.rows["assertions"][-1]["item_id"])
        return "Accepted."

    def quiet(self, rows, claim: str) -> list[dict[str, str]]:
        """The rows of the pieces in which nobody has found a claim, or looked for it."""
        looked = [*rows["assertions"], *rows["silences"]]
        done = {one["item_id"] for one in looked if one["claim_id"] == claim}
        return [i for i in rows["items"] if i["item_id"] not in done]

    @_change
    def silent(self, tables: Tables, claim: str, item_ids) -> str:
        """A person has looked: these pieces do not say the claim."""
        if not item_ids:
            raise Refused("Tick the pieces that you have read.")
        told = {a["item_id"] for a in tables.rows["assertions"] if a["claim_id"] == claim}
        if told & set(item_ids):
            raise Refused("A piece among these has a telling of the claim: reject it first.")
        for item in item_ids:
            name = tables.free("silences", f"{claim}-{item}"[:90].strip("-"))
            tables.add("silences", name, {"claim_id": claim, "item_id": item})
        return f"Noted: {len(item_ids)} pieces do not say it."

    @_change
    def word(self, tables: Tables, claim: str, text: str, status: str, why: str) -> str:
        """A claim in a person's words, with its status and why."""
        row = tables.find("claims", claim)
        for value, name in ((text, "its wording"), (status, "its status"), (why, "why it is so")):
            if not value.strip():
                raise Refused(f"The claim still needs {name}.")
        outside = any(
            f["claim_id"] == claim and f["stance"].startswith("supports")
            for f in tables.rows["findings"]
        )
        if status == "settled" and not outside and not row["act_of"]:
            raise Refused(
                "Settled needs an account from outside that says so too. Enter it on page 7"
                " first, or choose open for now."
            )
        cells = {"text": cell(text), "status": status, "why": cell(why), "note": ""}
        tables.set("claims", row, cells)
        return f"“{text}” is worded."

    @_change
    def take_out_the_rest(self, tables: Tables) -> str:
        """Keep the chosen claims, and take out what was made for others."""
        return edit.keep(tables, *(c["claim_id"] for c in self.chosen(tables.rows)))

    # -- 4 to 7 -----------------------------------------------------------------------------------

    def open_rows(self, rows, table: str) -> list[dict[str, str]]:
        """Rows of ``figures`` or ``reuse_key`` that nobody has looked at, for the chosen claims."""
        chosen_ids = {c["claim_id"] for c in self.chosen(rows)}
        left = [row for row in rows[table] if is_first_pass(row)]
        return [row for row in left if table != "figures" or row["claim_id"] in chosen_ids]

    @_change
    def look(self, tables: Tables, table: str, row_id: str, **cells) -> str:
        """A row is right, with what a person has put into its cells."""
        row = tables.find(table, row_id)
        told = {column: cell(words) for column, words in cells.items()}
        if "as_of" in told:
            told["as_of"] = day_of(told["as_of"])
        tables.set(table, row, told | {"note": ""})
        return "Kept."

    @_change
    def drop(self, tables, table, row_id):
        """A row of the first pass is wrong: it goes."""
        forget(tables, table, [tables.find(table, row_id)])
        for row in tables.rows["figures"]:
            if table == "figures" and row["part_of"] == row_id:
                tables.set("figures", row, {"part_of": ""})
        return "Taken out."

    def around(self, rows, row) -> str:
        """The passage that a row stands in."""
        return _around(self.tables().pack.texts, row, rows)

    def stretch(self, item_id: str, start: str, end: str) -> str:
        """Words of a text between two offsets of its document."""
        tables = self.tables()
        source = tables.find("items", item_id)["source_id"]
        return tables.pack.texts.get(source, "")[int(start) : int(end)]

    def rootless(self, rows) -> list[dict[str, str]]:
        """The chosen claims of which nobody has said where they come from in the end."""
        kinds = {o["origin_id"]: o["kind"] for o in rows["origins"]}
        nothing = ("statement", "unnamed")
        rooted = {
            a["claim_id"]
            for a in rows["assertions"]
            if kinds.get(a["origin_id"], "unnamed") not in nothing
        }
        return [c for c in self.chosen(rows) if c["claim_id"] not in rooted]

    @_change
    def rests_on(self, tables: Tables, claim: str, kind: str, what: str) -> str:
        """Where a claim comes from in the end: its accepted tellings rest on that."""
        if not kind or not what.strip():
            raise Refused("Say what sort of starting point it is, and what it is.")
        told = [
            a for a in tables.rows["assertions"] if a["claim_id"] == claim and not is_first_pass(a)
        ]
        if not told:
            raise Refused("Accept a telling of this claim first, under 3 Claims.")
        cells = {"kind": kind, "what": cell(what)}
        row = next((r for r in tables.rows["origins"] if r.items() >= cells.items()), None)
        if row is None:
            origin = tables.free("origins", slug(what, 40, "origin"))
            row = tables.add("origins", origin, cells | {"label": "VP", "seen_at": "texts/"})
        for a in told:
            tables.set("assertions", a, {"origin_id": row["origin_id"]})
        sweep(tables, "origins")
        return f"{len(told)} telling{' rests' if len(told) == 1 else 's rest'} on it now."

    @_change
    def account(
        self, tables: Tables, publisher: str, title: str, method: str, limits: str, address: str
    ) -> str:
        """An account that did not come from those who speak in the texts."""
        names = ("who made it", "what it is", "how it was made", "its limits", "where you read it")
        given = (publisher, title, method, limits, address)
        if missing := [n for n, value in zip(names, given, strict=True) if not value.strip()]:
            raise Refused(f"Still empty: {', '.join(missing)}.")
        agents = Agents(tables.rows["agents"])
        agent = agents.voice(publisher.strip(), "group")
        tables.add_voices(agents, cell(address))
        cells = {"publisher": agent, "title": cell(title), "method": cell(method)}
        cells |= {"limits": cell(limits), "seen_at": cell(address)} | ACCOUNT
        tables.add("accounts", tables.free("accounts", slug(title, 40, "account")), cells)
        return f"“{title}” is in the case."

    @_change
    def finding(self, tables: Tables, account: str, claim: str, stance: str, words: str) -> str:
        """What an account says on a claim; silence is an answer."""
        if not account or not claim:
            raise Refused("Choose the account and the claim.")
        row = tables.find("accounts", account)
        if not stance or not words.strip():
            raise Refused(
                "Choose what the account says, and put in your words what it did find: the exercise"
                " shows that beside the claim, also where it does not speak of the claim."
            )
        cells = {"account_id": account, "claim_id": claim, "stance": stance, "label": "VP"}
        cells |= {"paraphrase": cell(words), "silence": "whole" if stance == "silent" else ""}
        cells |= {column: row[column] for column in ("seen_at", "host", "host_lean")}
        tables.add("findings", tables.free("findings", f"{account}-{claim}"[:90]), cells)
        return "Noted."

    def write(self) -> str:
        """Write a lesson, an exercise and its key from what is checked."""
        return self._try(lambda: write_class(self.folder).summary())

    @_change
    def add_claim(self, tables: Tables, text: str, source_id: str, words: str) -> str:
        """A claim that the machine missed: in a person's words, with the place that says it."""
        if not text.strip():
            raise Refused("Say the claim in your words.")
        if not source_id:
            raise Refused("Choose the text that says it.")
        claim = tables.free("claims", claim_id(text))
        cells = {"text": cell(text), "kind": "event", "status": "open", "about": "event"}
        tables.add("claims", claim, left_open("claims") | cells | {"note": CHOSEN})
        edit.say(tables, source_id, words.strip(), claim)
        return f"“{text}” is on the desk."


def _not_silent(tables, claim, item):
    """Somebody has found a claim in a piece that was noted as silent on it."""
    rows = tables.rows["silences"]
    forget(tables, "silences", [r for r in rows if (r["claim_id"], r["item_id"]) == (claim, item)])


def _words(texts, a):
    text = texts.get(a["source_id"], "")
    spans = (piece.split("-") for piece in a["content_spans"].split(";"))
    return " ".join(text[int(low) : int(high)] for low, high in spans)


def _around(texts, a, rows):
    passage = next(p for p in rows["passages"] if p["passage_id"] == a["passage_id"])
    return texts.get(a["source_id"], "")[int(passage["start"]) : int(passage["end"])]


def case_desk(folder: Path | None = None) -> Desk:
    """The desk of a case: ``case_desk().widget()`` shows it as fields.

    The folder of the case need not be there yet; by default it is ``my-case`` among your answers.
    """
    return Desk(folder or paths.answers() / "my-case")


def marked(words: str, around: str) -> str:
    """A paragraph as HTML with the words in question marked."""
    whole = html.escape(around)
    part = html.escape(words)
    return whole.replace(part, f"<mark>{part}</mark>", 1) if part and part in whole else whole
