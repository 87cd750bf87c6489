"""The first pass over a case: the rows that a machine can write, from texts to tables.

Everything here is a pure function of the texts (and of the rows that are there already). What a
text does not say stays empty where the format allows it; where a cell must be filled it begins with
``To do:``, and :mod:`whosays.newcase.todolist` lists it.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from operator import attrgetter, itemgetter

from .. import reuse
from ..attribution import Document, read, relay_chain
from ..attribution import quotes as quotations_in
from ..attribution.constructions import is_reporting
from ..attribution.tokens import sentences, tokenise
from ..case import schema as case_schema
from ..case.first_pass import FIRST
from ..figures import find_figures
from ..text.fold import fold
from ..text.fold import words as fold_words
from ..text.spans import hash_text
from .claims import SIGNS, Content, Leaders, claim_id, sign_of
from .copies import shared_passages
from .names import Agents, free, proper_name, slug, without_title
from .pieces import DATELINE, OWN_DATA, DocumentParts, masked, pieces
from .words import WORDS

TODO = "To do: "
#: how an origin begins that is a voice's own statement
GIVEN = "What these texts give to "
_ENGLISH = set(WORDS["english"]["english"].split())
_FORMULA = re.compile(r"[=+\-@]")


@dataclass
class FirstPass:
    """Rows made by the first pass."""

    # only rows that are new; cells are strings as they stand in the file
    tables: dict[str, list[dict]] = field(
        default_factory=lambda: {name: [] for name in case_schema.tables()}
    )
    texts: dict[str, str] = field(default_factory=dict)  # source id to text, of the new sources
    files: dict[str, str] = field(default_factory=dict)  # source id to the file it came from
    # source id to sentences on how it was read
    said: dict[str, list[str]] = field(default_factory=dict)


def draft(texts, rows=None, known=None, progress=None) -> FirstPass:
    """The first pass over a list of :class:`~whosays.newcase.texts.ReadText`.

    ``rows`` are those of a pack that is there already, by table, and ``known`` the texts of its
    sources by id: its ids are not used again, its agents and claims are recognised, and its pieces
    are compared with the new ones. ``progress`` is called with what is done now and how much of the
    whole is behind it, from 0 to 1.
    """
    maker = _Maker(rows or {}, known or {}, [text.text for text in texts])
    tell = progress or (lambda words, share: None)
    tell("reading the heads", 0)
    for text in texts:
        maker.source(text)
    tell("looking for copies", 0.05)
    maker.copies()
    for n, item in enumerate(items := maker.draft.tables["items"]):
        tell("reading who says what", 0.4 + 0.3 * n / len(items))
        maker.read(item)
    for n, item in enumerate(items):
        tell("looking for numbers", 0.7 + 0.25 * n / len(items))
        maker.statements(item)
    tell("putting claims together", 0.95)
    maker.claims()
    maker.quotations()
    maker.agents_and_origins()
    return maker.draft


def cell(words: str) -> str:
    """Words as a cell holds them: one line, NFC, nothing that a spreadsheet would run."""
    text = unicodedata.normalize("NFC", " ".join(str(words).split()))
    if text.lower() in {"nan", "none", "null", "n/a", "na", "-", "--", "#n/a"}:
        return f"({text})"
    return f"… {text}" if _FORMULA.match(text) else text


def spans_cell(spans) -> str:
    """Span pairs as a cell."""
    return ";".join(f"{a}-{b}" for a, b in spans)


def begins(words: str, most: int = 12) -> str:
    """The first words of a stretch, for a cell."""
    parts = words.split()
    return cell("Begins: " + " ".join(parts[:most]) + (" …" if len(parts) > most else ""))


def left_open(table: str) -> dict[str, str]:
    """The cells of a new row that only a person can fill, each with what to do."""
    return {column: TODO + ask for column, ask in WORDS["left"].get(table, {}).items()}


def once(steps):
    """The cell of a chain, of (voice, how) pairs: a voice that comes again is the innermost."""
    chain = {}
    for agent, how in steps:
        for later in list(chain)[list(chain).index(agent) + 1 :] if agent in chain else ():
            del chain[later]
        chain.setdefault(agent, how)
    return " > ".join(f"{agent}:{how}" for agent, how in chain.items())


def innermost(chain):
    """The last voice of a chain, as its cell has it."""
    return chain.rpartition(" > ")[2].partition(":")[0]


def how_read(found: DocumentParts, column: str) -> dict[str, str]:
    """The cells that say how well a part of a head was read, and where."""
    state = "look" if column in found.unsure else "certain"
    why = cell(_shortened(found.how.get(column, ""), 200))
    return {"state": state if getattr(found, column) else "empty", "why": why}


def card_answer(field, value, why):
    """The cells of a card that say what was read, from where; ``value`` is empty for nothing."""
    if not value:
        why = "No line at the head of the text names one."
        return {"answer": "not named in the text", "evidence": "not_found", "why": why}
    evidence = "byline" if field == "author" else "masthead"
    return {"answer": cell(value), "evidence": evidence, "why": cell(why)}


def own_statement(agent) -> dict[str, str]:
    """The cells of the origin that is a voice's own statement; ``agent`` is the voice's row."""
    return left_open("origins") | {
        "kind": "unnamed" if agent["kind"] == "unnamed" else "statement",
        "agent": agent["agent_id"],
        "what": cell(f"{GIVEN}{agent['name']}"),
        "label": "VP",
        "seen_at": "texts/",
    }


def id_of(file: str) -> str:
    """The id that a document gets by the name of its file, when no other has it."""
    stem = file.rpartition(".")[0] or file
    return slug(stem.replace("/", " "), otherwise="text")


class _Maker:
    def __init__(self, rows, known, texts):
        self.draft, self.texts = FirstPass(), dict(known)
        # by table and id, those of the pack that is there and the new ones
        self.rows = {
            name: {row[schema.key]: row for row in rows.get(name, ())}
            for name, schema in case_schema.tables().items()
        }
        self.everything = "\n".join([*texts, *known.values()])
        self.agents = Agents(
            rows.get("agents", ()), frozenset(re.findall(r"\b[^\W\d_A-Z][\w'’]*", self.everything))
        )
        # readings: row, stretches, piece, attribution; numbers: row, and that of its statement
        self.found, self.readings, self.numbers, self.shared = {}, [], [], {}

    def add(self, table, row_id, **cells):
        schema = case_schema.tables()[table]
        row = dict.fromkeys(schema.columns, "") | left_open(table) | {schema.key: row_id} | cells
        self.draft.tables[table].append(row)
        self.rows[table][row_id] = row
        return row

    def new(self, table, wanted, **cells):
        """Add a row under the id that is wanted, or the next one that is free."""
        return self.add(table, free(wanted, self.rows[table]), **cells)

    # -- documents and pieces ---------------------------------------------------------------------

    def source(self, text):
        source_id = free(id_of(text.file), self.rows["sources"])
        document = pieces(text)
        self.draft.texts[source_id], self.draft.files[source_id] = text.text, text.file
        self.texts[source_id] = text.text
        self.draft.said[source_id] = list(text.said)
        document.outlet = self._printed(document.outlet)
        outlet = (
            self.agents.voice(document.outlet) if document.outlet else self.agents.unknown_outlet()
        )
        headline = document.headline or next(
            (p.headline for p in document.pieces if p.headline), ""
        )
        language = _language(text, document.language)
        if language != "en":
            message = "It does not look like English: the reader, which knows English only, left it"
            self.draft.said[source_id].append(f"{message} alone.")
        self.add(
            "sources",
            source_id,
            outlet=outlet,
            author=self.agents.person(document.author) if document.author else "",
            headline=cell(headline) if headline else f"{TODO}no headline was found in {source_id}",
            published=document.published,
            published_note=f"Stamped {document.stamp}." if document.stamp else "",
            genre=document.genre or "news",
            publisher_kind="unknown",
            alignment="unclear",
            alignment_label="SO",
            url=cell(document.url) if document.url else "",
            language=language,
            characters=str(len(text.text)),
            text=f"texts/{source_id}.txt",
            **_measured(text.text),
        )
        self._heads(source_id, document)
        self._card(source_id, document)
        for number, piece in enumerate(document.pieces, 1):
            self._item(source_id, number, piece, document, text.text)

    def _printed(self, name):
        """A name in capitals as some text of the case writes it without them, where one does."""
        if not name.isupper() or len(name) < 4:
            return name
        for match in re.finditer(re.escape(name), self.everything, re.I):
            if not match[0].isupper() and not match[0].islower():
                return " ".join(match[0].split())
        return name

    def _heads(self, source_id, found):
        """What was read at the head, each with how well the text says it."""
        for column in ("outlet", "published", "headline", "author"):
            cells = {"source_id": source_id, "column": column} | how_read(found, column)
            self.new("heads", f"{source_id}-{column}", **cells)

    def _card(self, source_id, found):
        for name, question in (
            ("outlet", "Read the first lines."),
            ("author", "Is there a line with By?"),
            ("genre", "Read the lines above the headline."),
        ):
            value, how = getattr(found, name).replace("_", " "), found.how.get(name, "")
            if name == "genre" and not value:
                continue
            why = "The page's own data say so." if how == OWN_DATA else f"The text has: {how}"
            cells = {"source_id": source_id, "field": name, "hint": question}
            cells |= card_answer(name, value, why) | _seen(source_id)
            self.new("cards", f"{source_id}-{name}", **cells)

    def _item(self, source_id, number, piece, found, text):
        alone = len(found.pieces) == 1
        # for a reader to look at: how the text was read, and lines that may begin a piece
        notes = list(self.draft.said[source_id] if number == 1 else ())
        notes += [f"“{line}” may begin a piece of its own." for line in piece.maybe]
        published = piece.published or found.published
        author = piece.author or (found.author if alone else "")
        credits = [piece.credit] if piece.credit else []
        if author and author not in piece.credit and author in text:
            credits.insert(0, author)
        self.new(
            "items",
            source_id if alone else f"{source_id}-{number}",
            source_id=source_id,
            order=str(number),
            headline=piece.headline or f"{TODO}no headline was found",
            published=published,
            genre=found.genre if alone and found.genre else "news",
            author=self.agents.person(author) if author else "",
            credit="; ".join(credits),
            start=str(piece.start),
            end=str(piece.end),
            **_measured(text[piece.start : piece.end]),
            note=cell(f"{FIRST}: {' '.join(notes)}") if notes else "",
        )

    # -- copies -----------------------------------------------------------------------------------

    def copies(self):
        """Every passage that pieces share, or one has twice, where a new piece is in it."""
        items, texts = self.rows["items"], {}
        for name, item in items.items():
            whole = self.texts.get(item["source_id"], "")
            if words := whole[int(item["start"]) : int(item["end"])]:
                texts[name] = words
        outlets = {name: self._outlet(items[name]["source_id"]) for name in texts}
        credited, order = _credited(texts, outlets), {item: n for n, item in enumerate(items)}
        shared = shared_passages(texts)
        shared.sort(key=lambda r: (order[r[0]], r[1], order[r[3]], r[4]))
        for a, a0, a1, b, b0, b1, kind in shared:
            name, direction, why = f"{a} twice", "undecided", "The piece says it twice."
            if a != b:
                self.shared.setdefault(a, []).append((a0, a1))
                self.shared.setdefault(b, []).append((b0, b1))
            if not {items[a]["source_id"], items[b]["source_id"]} & set(self.draft.texts):
                continue
            if a != b:
                name = f"{a} and {b}"
                direction, why = self._direction(a, b, credited, outlets)
            cells = {"kind": kind, "why": "cannot_tell", "direction": direction}
            cells |= {"evidence": cell(why), "note": f"{FIRST}: why do they share it?"}
            for side, item, low, high in (("a", a, a0, a1), ("b", b, b0, b1)):
                begin = int(items[item]["start"])
                cells |= {f"{side}_item": item, f"{side}_start": str(begin + low)}
                cells[f"{side}_end"] = str(begin + high)
            self.new("reuse_key", slug(name, 60), **cells)

    def _direction(self, a, b, credited, outlets):
        """Which of two pieces had the words first: by credits, then by clocks."""
        for late, early, direction in ((b, a, "a_to_b"), (a, b, "b_to_a")):
            if outlets[early] in credited[late] and outlets[late] not in credited[early]:
                return direction, f"{late} credits {outlets[early]}."
        others = sorted((credited[a] | credited[b]) - {outlets[a], outlets[b]})
        if others:
            # a stamp says little of a text that comes after a third one
            both = " and ".join(i for i in (a, b) if credited[i])
            why = f"{both}: {', '.join(others)} is credited, which is in this case too."
            return "undecided", f"{why} Read them together."
        witness = reuse.earliest_witness([a, b], {i: self._stamped(i) for i in (a, b)})
        return {a: "a_to_b", b: "b_to_a"}.get(witness.doc_id, "undecided"), witness.why

    def _stamped(self, item):
        """The day of a piece, with its hour where the document's head gives one for that day."""
        day = self.rows["items"][item]["published"]
        source = self.rows["sources"][self.rows["items"][item]["source_id"]]
        return reuse.stamped(day, source["published_note"]) if source["published"] == day else day

    def _outlet(self, source_id):
        """The name of who published a document; None where nobody knows."""
        agent = self.agents.rows.get(self.rows["sources"][source_id]["outlet"], {})
        return agent.get("name") if agent.get("kind") != "unnamed" else None

    # -- readings ---------------------------------------------------------------------------------

    def read(self, item):
        """Read a piece, and note its full names: a surname finds its person in another text."""
        words = masked(self.texts[item["source_id"]][int(item["start"]) : int(item["end"])])
        attributions = read(words, "all") if self._is_english(item) else []
        self.found[item["item_id"]] = attributions = [a for a in attributions if _says_something(a)]
        for attribution in attributions:
            name = proper_name(attribution.text("source")) if attribution.source else None
            if name and len(without_title(name).split()) > 1:
                self.agents.said_by(attribution.text("source"))

    def _is_english(self, item):
        return self.rows["sources"][item["source_id"]]["language"] == "en"

    def statements(self, item):
        """Attributions, the outlet's own statements, figures, and the passages they stand in."""
        outlet = self._outlet(item["source_id"])
        piece = _Piece(item, self.texts[item["source_id"]], self.rows["passages"])
        # "(Northline)" in a text of the Northline News Agency is no second voice
        if piece.agency and fold(outlet or "").startswith(fold(piece.agency)):
            piece.agency = None
        attributions, before = self.found[piece.item], len(self.readings)
        if self._is_english(item):
            piece.figures = find_figures(masked(piece.words))
            self._attributions(piece, attributions, outlet)
            self._own_voice(piece, attributions, len(self.readings) - before)
            self._figures(piece, self.readings[before:])
        for _, row in sorted(piece.used.items()):
            self.add("passages", **row)

    def _attributions(self, piece, found, outlet):
        document = Document(piece.words, outlet=outlet, agency=piece.agency)
        ids = {}
        for attribution in found:
            content = _without_dateline(piece.words, piece.spans(attribution.content))
            if not content:
                continue
            chain = self._chain(piece.source, attribution, document, found)
            row = self._assertion(piece, len(ids) + 1, content, attribution.mode, chain)
            for role in ("source", "cue"):
                spans = piece.spans(getattr(attribution, role))
                row[f"{role}_spans"], row[f"{role}_text"] = piece.cell(spans), piece.text(spans)
            if row["source_spans"] and row["mode"] in ("unattributed", "passive_no_source"):
                row["mode"] = "indirect"
            row["note"] = f"{FIRST}, {attribution.confidence:.2f}"
            if not attribution.told:
                row["note"] += f"; {sign_of(attribution).rstrip(': ').lower()}, so no telling"
            ids[id(attribution)] = row
            self.readings.append((row, content, piece, attribution))
        for attribution in found:
            parent = attribution.parent
            while parent is not None and id(parent) not in ids:
                parent = parent.parent
            if id(attribution) in ids and parent is not None:
                ids[id(attribution)]["parent"] = ids[id(parent)]["assertion_id"]

    def _chain(self, source_id, attribution, document, found):
        steps = []
        for step in relay_chain(attribution, document, found):
            if step.how == "masthead":
                if steps and fold(document.outlet or "").startswith(fold(step.agent)):
                    continue  # its own name, short, in its dateline
                kind = "outlet" if not steps and document.outlet else "agency"
                agent = self.agents.voice(step.agent, kind)
            else:
                agent = self.agents.said_by(step.agent)
            steps.append((agent, step.how))
        if not document.outlet:
            steps.insert(0, (self.rows["sources"][source_id]["outlet"], "masthead"))
        unsaid = not attribution.source and attribution.mode in ("hedged", "passive_no_source")
        if unsaid and all(how == "masthead" for _, how in steps):
            steps.append((self.agents.nobody(), "inferred"))
        return once(steps)

    def _assertion(self, piece, number, content, mode, chain):
        return self.new(
            "assertions",
            f"{piece.item}-a{number}",
            passage_id=piece.passage(content[0][0], content[-1][1]),
            source_id=piece.source,
            item_id=piece.item,
            content_spans=piece.cell(content),
            content_sha256=hash_text(piece.text(content)),
            mode=mode,
            agent=innermost(chain),
            chain=chain,
            optional="false",
        )

    def _own_voice(self, piece, found, number):
        """Sentences with a figure, or shared with another piece, that nobody is credited with."""
        taken = _merged(
            (s.start, s.end) for a in found for role in ("content", "cue") for s in getattr(a, role)
        )
        shared = _merged(self.shared.get(piece.item, ()))
        voices = [self.rows["sources"][piece.source]["outlet"]]
        voices += [self.agents.voice(piece.agency, "agency")] if piece.agency else []
        chain = once((voice, "masthead") for voice in voices)
        for low, high in piece.sentences:
            if _common(taken, low, high) or not re.search(r"[^\W\d_]", piece.words[low:high]):
                continue
            copied = _common(shared, low, high)
            if not piece.figures_in(low, high) and copied < 0.6 * (high - low):
                continue
            number += 1
            row = self._assertion(piece, number, [(low, high)], "unattributed", chain)
            row["note"] = f"{FIRST}: nobody is credited"
            self.readings.append((row, [(low, high)], piece, None))

    def _figures(self, piece, statements):
        rows = {}  # for each number the shortest statement that holds it
        for row, content, *_ in sorted(statements, key=lambda r: sum(b - a for a, b in r[1])):
            for x, y in content:
                for number_read in piece.figures_in(x, y):
                    if number_read.span[1] <= y:
                        rows.setdefault(number_read.span, row)
        before = None
        for number, number_read in enumerate(piece.figures, 1):
            a, b = number_read.span
            row = rows.get(number_read.span)
            counts = cell(f"{number_read.counts or 'what is counted'}, in “{piece.around(a, b)}”")
            part = before is not None and number_read.part and before[1] >= number_read.value
            whole = before[0] if part and piece.line_of(before[2]) == piece.line_of(a) else ""
            chain = row["chain"].split(" > ") if row else []
            inside = row and piece.holds(row["passage_id"], a, b)
            figure = self.new(
                "figures",
                f"{piece.item}-f{number}",
                value=_number(number_read.value),
                value_max=_number(number_read.value_max) if _is_range(number_read) else "",
                qualifier=_qualifier(number_read),
                unit=cell(number_read.unit) if number_read.unit else "not said",
                counts=counts,
                relayed_by="; ".join(dict.fromkeys(s.rpartition(":")[0] for s in chain)),
                part_of=whole,
                source_id=piece.source,
                passage_id=row["passage_id"] if inside else piece.passage(a, b),
                start=str(piece.start + a),
                end=str(piece.start + b),
                as_printed=piece.words[a:b],
                note=FIRST,
                **_seen(piece.source),
            )
            if row:
                self.numbers.append((figure, row))
            if not number_read.part:
                before = (figure["figure_id"], number_read.value, a)

    # -- claims, quotations, voices ---------------------------------------------------------------

    def claims(self):
        """One claim for contents that say the same, in the words that came first."""
        leaders = Leaders()
        for row in self.rows["claims"].values():
            sign = next((s for s in SIGNS if s and row["text"].startswith(s)), "")
            leaders.add(row["claim_id"], Content(row["text"].removeprefix(sign)), sign)
        numbers = {row["assertion_id"] for _, row in self.numbers}
        for row, content, piece, attribution in self.readings:
            sign = sign_of(attribution) if attribution is not None else ""
            words = " ".join(piece.words[a:b].strip(' ,*#"“”') for a, b in content)
            words = cell(re.sub(r"^that\s+", "", words)) or cell(row["assertion_id"])
            inside = [q for a, b in content for q in piece.figures_in(a, b)]
            meaning = Content(words, inside)
            claim = leaders.same(meaning, sign)
            if claim is None:
                kind = "quotation" if row["mode"] == "direct" else "event"
                cells = {"text": _shortened(sign + words), "status": "open", "about": "event"}
                cells["kind"] = "figure" if row["assertion_id"] in numbers else kind
                cells["note"] = f"{FIRST}, in the words of {row['item_id']}"
                claim = self.new("claims", claim_id(sign + words), **cells)["claim_id"]
                leaders.add(claim, meaning, sign)
            row["claim_id"] = claim
        for figure, row in self.numbers:
            figure["claim_id"] = row["claim_id"]

    def quotations(self):
        """A card for words in quotation marks that two pieces or more give to one voice."""
        groups = {}
        for row, content, piece, attribution in self.readings:
            quoted = row["mode"] in ("direct", "mixed") and attribution is not None
            if quoted and (spoken := _spoken(piece, content)):
                group = groups.setdefault((row["agent"], row["claim_id"]), [])
                group.append((row, spoken, piece))
        for (agent, claim), members in groups.items():
            if len({piece.item for *_, piece in members}) < 2:
                continue
            members.sort(key=lambda m: (m[2].published or "9", m[2].item, m[1][0][0]))
            _, first, where = members[0]
            title = " ".join(where.text(first).split()[:8])
            cells = {"title": cell(title + " …"), "claim_id": claim, "speaker": agent}
            cells |= {"direction": "carried", "label": "VP", "seen_at": "texts/"}
            card = self.new("quotations", slug(title, otherwise="quotation"), **cells)
            card = card["quotation_id"]
            for order, (row, spoken, piece) in enumerate(members, 1):
                cells = {"quotation_id": card, "order": str(order)} | _seen(piece.source)
                cells |= {"passage_id": row["passage_id"], "word_spans": piece.cell(spoken)}
                self.new("wordings", f"{card}-{order}", **cells)

    def agents_and_origins(self):
        """Rows for the voices, and an origin for the last of a chain: its own statement."""
        have = {
            row["agent"]: row["origin_id"]
            for row in reversed(self.rows["origins"].values())
            if row["agent"]
        }
        for row, *_ in self.readings:
            agent = self.agents.rows[row["agent"]]
            if row["agent"] not in have:
                name = slug(f"said by {row['agent']}", 60)
                have[row["agent"]] = self.new("origins", name, **own_statement(agent))["origin_id"]
            row["origin_id"] = have[row["agent"]]
        by_passage = {
            (r["passage_id"], r["claim_id"]): r["origin_id"]
            for r in self.draft.tables["assertions"]
        }
        for figure in self.draft.tables["figures"]:
            figure["origin_id"] = by_passage.get((figure["passage_id"], figure["claim_id"]), "")
        used = {
            r[c]
            for t, c in (("sources", "outlet"), ("sources", "author"), ("items", "author"))
            for r in self.draft.tables[t]
        }
        used |= {
            step.rpartition(":")[0]
            for r in self.draft.tables["assertions"]
            for step in r["chain"].split(" > ")
        }
        for row in (r for r in self.agents.made if r["agent_id"] in used):
            aliases = dict.fromkeys(cell(a) for a in row["aliases"].split("; ") if a)
            cells = row | {"name": cell(row["name"]), "aliases": "; ".join(aliases)}
            self.add("agents", row["agent_id"], **cells, label="VP", seen_at="texts/")


class _Piece:
    """A piece while it is read; offsets inside it are those of its own words."""

    def __init__(self, row, text, passages):
        self.item, self.source, self.published = row["item_id"], row["source_id"], row["published"]
        self.start, self.passages = int(row["start"]), passages
        self.words = text[self.start : int(row["end"])]
        credited = re.search(r"\(([^()]+)\)", row["credit"])
        self.agency = credited[1] if credited else None
        self.lines, self.used, self.figures, at = [], {}, [], 0
        for line in self.words.split("\n"):
            if line.strip():
                left = len(line) - len(line.lstrip())
                self.lines.append((at + left, at + left + len(line.strip())))
            at += len(line) + 1

    def spans(self, stretches):
        """Stretches as (start, end), in order and apart, without the white space at their edges."""
        out = []
        for stretch in stretches:
            words = self.words[stretch.start : stretch.end]
            low = stretch.start + len(words) - len(words.lstrip())
            out.append((low, low + len(words.strip())))
        return _merged(out)

    def text(self, spans):
        """The words at some spans, joined by spaces."""
        return " ".join(self.words[a:b] for a, b in spans)

    def cell(self, spans):
        """Spans as a cell holds them: places in the document."""
        return spans_cell((a + self.start, b + self.start) for a, b in spans)

    def line_of(self, at):
        """The non-blank line, from 1, in which a place lies."""
        return max(1, bisect_right(self.lines, at, key=itemgetter(0)))

    def figures_in(self, low, high):
        """The numbers that begin in a stretch."""
        places = (
            bisect_left(self.figures, place, key=attrgetter("span.start")) for place in (low, high)
        )
        return self.figures[slice(*places)]

    def passage(self, low, high):
        """The id of the passage that holds a stretch: whole lines."""
        first, last = self.line_of(low), self.line_of(max(low, high - 1))
        span = min(low, self.lines[first - 1][0]), max(high, self.lines[last - 1][1])
        if span not in self.used:
            wanted = f"{self.item}-p{first}" + (f"-{last}" if last > first else "")
            words, passage_id = self.words[span[0] : span[1]], free(wanted, self.passages)
            self.used[span] = self.passages[passage_id] = {
                "row_id": passage_id,
                "source_id": self.source,
                "item_id": self.item,
                "paragraph": str(first),
                "start": str(self.start + span[0]),
                "end": str(self.start + span[1]),
                "sha256": hash_text(words),
                "quoted": "false",
                "about": begins(words),
            }
        return self.used[span]["row_id"]

    def holds(self, passage_id, low, high):
        """Whether a stretch lies in a passage."""
        start, end = (int(self.passages[passage_id][at]) - self.start for at in ("start", "end"))
        return start <= low and high <= end

    def around(self, a, b):
        """The words beside a number in its sentence; they keep apart what only shares a noun."""
        at = bisect_right(self.sentences, a, key=itemgetter(0)) - 1
        low, high = self.sentences[at] if at >= 0 else (a, b)
        low, high = (low, high) if a < high else (a, b)
        before, after = self.words[low:a].split(), self.words[b : max(b, high)].split()
        left = ["…"] if len(before) > 6 else []
        return " ".join([*left, *before[-6:], "…", *after[:8], *(["…"] if len(after) > 8 else [])])

    @cached_property
    def sentences(self):
        """(start, end) of every sentence."""
        out = []
        for low, high in self.lines:
            marks = [q for q in quotations_in.find(self.words, low, high) if q.end <= high]
            for tokens in sentences(tokenise(self.words, low, high, marks), is_reporting):
                ((start, end),) = _without_dateline(self.words, [(tokens[0].start, tokens[-1].end)])
                out.append((start, end))
        return out


def _folded(name):
    return " ".join(w.text for w in fold_words(name))


def _credited(texts, outlets):
    """For each piece: the outlets of the case that it credits; ``outlets`` has that of each."""
    names = {name: _folded(name) for name in outlets.values() if name}
    credited = {}
    for item, words in texts.items():
        told = [name for name, *_ in reuse.credits(words, set(names))]
        folded = {_folded(name) for name in (*told, *DATELINE.findall(words[:1500]))}
        credited[item] = {n for n in names if n != outlets[item] and names[n] in folded}
    return credited


def _says_something(attribution):
    """Whether a reading holds a claim: quoted words, or three words and more."""
    told = attribution.mode in ("indirect", "narrative_report")
    return not told or sum(len(span.text.split()) for span in attribution.content) >= 3


def _common(spans, low, high):
    """How many characters of a stretch lie in spans that are in order and apart."""
    first = max(0, bisect_right(spans, low, key=itemgetter(0)) - 1)
    last = bisect_left(spans, high, key=itemgetter(0))
    return sum(max(0, min(high, b) - max(low, a)) for a, b in spans[first:last])


def _merged(spans):
    out = []
    for low, high in sorted(set(spans)):
        if low >= high:
            continue
        if out and low < out[-1][1]:
            out[-1] = (out[-1][0], max(high, out[-1][1]))
        else:
            out.append((low, high))
    return out


def _without_dateline(words, content):
    """A content without the "WENDLEMOUTH, 9 April (Coast Press) - " that stands before it."""
    start, end = content[0] if content else (0, 0)
    if content and (line := DATELINE.search(words[start : start + 120])):
        rest = words[start + line.end() :]
        low = start + line.end() + len(rest) - len(rest.lstrip())
        if low < end:
            return [(low, end), *content[1:]]
    return content


def _spoken(piece, content):
    """The words inside the quotation marks of a content; all where there are none."""
    out = []
    for low, high in content:
        marks = [q.inner for q in quotations_in.find(piece.words, low, high)]
        out += marks or [(low, high)]
    return _merged(out)


def _language(text, stated):
    """``en`` when it reads like English, else what its page says, else ``und`` (not known)."""
    first_words = re.findall(r"[^\W\d_]+", text.text[:20_000].lower())
    if first_words and sum(w in _ENGLISH for w in first_words) > 0.12 * len(first_words):
        return "en"
    code = re.match(r"[a-z]{2}\b", stated.lower())
    return code[0] if code and code[0] != "en" else "und"


def _shortened(words, most=240):
    return words if len(words) <= most else words[:most].rpartition(" ")[0] + " …"


def _number(value):
    """A number as a cell holds it: exact, whatever a float made of 4.03 billion."""
    exact = round(Decimal(str(value)), 6).normalize()
    return f"{exact:f}"


def _measured(words):
    """The cells that say how long a text is, and which."""
    return {"sha256": hash_text(words), "words": str(len(words.split()))}


def _seen(source_id):
    return {"label": "VP", "seen_at": f"texts/{source_id}.txt"}


def _is_range(found):
    return found.value_max is not None and found.value_max > found.value


def _qualifier(found):
    if _is_range(found):
        return "range"
    return found.qualifier if found.qualifier != "range" else "about"
