"""The case desk as fields: seven short pages from texts to a case, and one for the lesson."""

import html
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import ipywidgets as w
from traitlets import TraitError

from ..newcase.desk import HEADS, REFUSED, STATES, STEPS, marked
from ..newcase.names import slug
from ..newcase.questions import STANCES
from ..newcase.tables import Refused
from ..newcase.words import WORDS
from ..text.days import in_words
from .box import Box
from .fields import area, beside, button, line, menu, tick

#: how many things a page shows at once, and claims to choose from
AT_ONCE, CLAIMS = 6, 12
FAULT = "That did not work. It is a fault of the kit, not yours ({error}). Nothing is lost."
MENUS, SORTS = WORDS["menu"], WORDS["telling"]


def cell(name: str, of="", value=""):
    """A line to type in with its name above it, as high as a line."""
    field = line(name, "100%", "ws-cell", of=of, value=value)
    field.layout.flex = "0 0 auto"
    return field


def choice(name: str, options, of="", value=""):
    """A menu as wide as the page."""
    return menu(name, options, "100%", of=of, value=value)


def words(below: str, heading: str = "", *quoted):
    """A heading, a paragraph of our own words, and words of a text."""
    quotations = "".join(f"<blockquote>{html.escape(one)}</blockquote>" for one in quoted)
    title = f"<h4>{html.escape(heading)}</h4>" if heading else ""
    return w.HTML(f"{title}{quotations}{f'<p>{below}</p>' if below else ''}")


def page(step: str, **names):
    """The head of a step's page."""
    number = list(STEPS).index(step) + 1
    below = WORDS["desk"][step].get("intro", "").format(**names)
    return w.HTML(f"<h3>{number} {STEPS[step]}</h3>{f'<p>{below}</p>' if below else ''}")


class DeskBox(Box):
    """A bar of steps, one page, *Undo*, and a line that is read out."""

    def __init__(self, desk):
        self.desk, self.step, self.claim, self.more = desk, "texts", "", 0
        self.unsent = {}  # what was filled in and not yet given to the desk
        self.page, self.bar = w.VBox(), beside()
        self.undo_button = self._button("Undo the last change", desk.undo)
        self.page.layout = w.Layout(overflow="visible")
        super().__init__(desk, self.bar, self.status, self.page, self.undo_button)
        self.show()

    # -- parts ------------------------------------------------------------------------------------

    def _button(self, name, work, main=False, tooltip=""):
        return button(name, lambda: self.act(work), main, tooltip)

    def _form(self, head, inputs, name, work, row="", drop=None, main=True, tooltip=""):
        """Fields below a head, and the button that gives ``work`` their values, by their names.

        ``row`` is the row that they are on, where a page has several; ``drop`` what a button beside
        it says and does. What is filled in stays when another button draws the page anew, until it
        is given away and not refused.
        """
        fields = {(self.step, self.claim, row, key): one for key, one in inputs.items()}
        for at, field in fields.items():
            with suppress(TraitError):  # a menu may have it no more
                field.value = self.unsent.get(at, field.value)
            field.observe(lambda change, at=at: self.unsent.update({at: change["new"]}), "value")

        def given():
            work(**{key: field.value for key, field in inputs.items()})
            if not self.desk.said.startswith(REFUSED):
                self.unsent = {at: one for at, one in self.unsent.items() if at not in fields}

        pressed = [self._button(name, given, main, tooltip)]
        pressed += [self._button(*drop)] if drop else []
        below = [one for one in inputs.values() if one not in head]
        return w.VBox([*head, *below, w.HBox(pressed)])

    def act(self, work) -> None:
        """Do what a button stands for, say what came of it, and show the page anew.

        What was refused leaves the page as it is: what somebody has typed stays there.
        """
        try:
            work()
        except Exception as error:  # else nothing at all would be seen of it
            self.status.say(FAULT.format(error=f"{type(error).__name__}: {error}"))
            return
        if self.desk.said.startswith(REFUSED):
            self.status.say(self.desk.said)
        else:
            self.show(asked=True)

    def go(self, step: str) -> None:
        """Show another step."""
        self.step, self.desk.said, self.more = step, "", 0

    def show(self, asked: bool = False) -> None:
        """Bring the bar, the line and the page up to date."""
        try:
            progress = self.desk.progress()
            self._bring_up_to_date(self.desk.left())
        except Refused as error:
            progress = str(error)
            self.bar.children = []
            self.page.children = [self._button("Look again", lambda: self.go(self.step))]
        # last, so that the page is there when the line is read out
        message = f"<p>{html.escape(self.desk.said)}</p>" if self.desk.said else ""
        self.status.say(progress, message, asked)

    def _bring_up_to_date(self, left):
        steps = []
        for number, (step, name) in enumerate(STEPS.items(), 1):
            here = "▸ " if step == self.step else ""
            rest = f" ({left[step]} left)" if left.get(step) else " ✓" if step in left else ""
            step_button = self._button(
                f"{here}{number} {name}{rest}", lambda step=step: self.go(step)
            )
            step_button.disabled = not left and step != "texts"
            steps.append(step_button)
        self.bar.children = steps
        self.page.children = getattr(self, f"_{self.step}")(
            self.desk.tables().rows if left else None
        )

    def _first(self, things, make, done):
        """The first few of what is open, each as fields, and a line on the rest."""
        rest = len(things) - AT_ONCE
        tail = [] if things else [words(done)]
        tail += [words(f"{rest} more come when these are done.")] if rest > 0 else []
        return [*map(make, things[:AT_ONCE]), *tail]

    def _page_of(self, step, things, make):
        return [page(step), *self._first(things, make, WORDS["desk"][step]["done"])]

    # -- 1 texts ----------------------------------------------------------------------------------

    def _texts(self, rows):
        upload = w.FileUpload(description="Add files", multiple=True)
        upload.observe(lambda change: self.act(lambda: self._uploaded(change["new"])), "value")
        pasted = {"words": area("Or paste a text, with its head as printed")}
        folder = {"texts": line("Or a folder", "100%")}
        add = [
            w.HTML(f"<h3>1 {STEPS['texts']}</h3><p>{WORDS['desk']['texts']['add']}</p>"),
            upload,
            self._form([], pasted, "Add this text", self.desk.paste, main=False),
            self._form([], folder, "Read this folder", self.desk.read, main=False),
        ]
        if rows is None:
            return add
        heads = self.desk.heads(rows)
        open_ones = [s for s, parts in heads.items() if any(h.state != "seen" for h in parts)]
        blocks = self._first(
            open_ones, lambda source: self._head(source, heads[source]), "Each head is looked at."
        )
        seen = [(parts[2].value, s) for s, parts in heads.items() if s not in open_ones]
        again = choice("Change a head", seen)
        again.observe(lambda _: self._change(again, heads), "value")
        intro = words(WORDS["desk"]["texts"]["intro"])
        return [intro, *blocks, *([again] if seen else []), *add]

    def _uploaded(self, files):
        # ipywidgets 7 keeps the name apart
        self.desk.upload(
            (one.get("name") or one["metadata"]["name"], one["content"])
            for one in (files.values() if isinstance(files, dict) else files)
        )

    def _change(self, again, heads):
        if not again.value:
            return
        try:
            head = self._head(again.value, heads[again.value])
        except Refused:
            return self.show(asked=True)
        self.page.children = [head, self._button("Back to all texts", lambda: self.go("texts"))]

    def _head(self, source, parts):
        inputs = {}
        for head in parts:
            state = f" ({STATES[head.state]})" if head.state in STATES else ""
            inputs[head.column] = cell(f"{HEADS[head.column]}{state}", source, head.value)
        whys = {h.why for h in parts if h.state != "certain" and h.why}
        lines = html.escape("\n".join(self.desk.begins(source)))
        shown = f"<h4>{html.escape(source)}</h4><pre>{lines}</pre>"
        shown += "".join(f"<p>Read from: {html.escape(why)}</p>" for why in whys)
        keep, tooltip = partial(self.desk.set_head, source), f"Keep the head of {source}"
        return self._form(
            [w.HTML(shown)], inputs, "This head is right", keep, source, tooltip=tooltip
        )

    # -- 2 voices ---------------------------------------------------------------------------------

    def _voices(self, rows):
        named = [(v["name"], v["agent_id"]) for v in rows["agents"] if v["kind"] != "unnamed"]
        unnamed = self.desk.voices(rows)
        return self._page_of("voices", unnamed, lambda v: self._voice(rows, v, named))

    def _voice(self, rows, voice, named):
        name, agent = voice["name"], voice["agent_id"]
        others = [pair for pair in named if pair[1] != agent]
        inputs = {
            "same": choice("The same voice as", others, name),
            "own": cell("Or its name", name),
        }

        def keep(same, own):
            return self.desk.one_voice(agent, same) if same else self.desk.stays(agent, own)

        title = words("", f"“{name}”", *self.desk.said_by(rows, agent))
        return self._form([title], inputs, "Keep", keep, agent, tooltip=f"Keep {name}")

    # -- 3 claims ---------------------------------------------------------------------------------

    def _claims(self, rows):
        chosen = self.desk.chosen(rows)
        parts = [page("claims"), *(self._working(rows, chosen) if chosen else [])]
        parts += [*self._choosing(rows, chosen), *self._missed(rows)]
        if chosen:
            parts.append(words(WORDS["desk"]["claims"]["rest"]))
            parts.append(self._button("Take out the rest", self.desk.take_out_the_rest))
        return parts

    def _choosing(self, rows, chosen):
        candidates, most = self.desk.candidates(rows), CLAIMS + self.more
        if not candidates:
            return []
        names = {
            c["claim_id"]: f"{c['text']} (in {n} piece{'s' * (n != 1)})" for c, n in candidates
        }
        ticks = {claim: tick(names[claim]) for claim in list(names)[:most]}

        def more():
            self.more += CLAIMS
            self.desk.said = ""

        ask = "Which other claims matter?" if chosen else "Which five to twelve claims matter?"
        head = [words("Those that most pieces say stand first.", ask)]
        choose = ticked(self.desk.choose)
        more = [self._button("Show more", more)] if len(candidates) > most else []
        return [self._form(head, ticks, "Put these on the desk", choose, main=not chosen), *more]

    def _missed(self, rows):
        texts = [(s["headline"], s["source_id"]) for s in rows["sources"]]
        inputs = {
            "text": cell("A claim that is missing, in your words"),
            "source_id": choice("The text", texts),
            "words": cell("The words that say it, copied from the text"),
        }
        return [self._form([], inputs, "Add this claim", self.desk.add_claim, main=False)]

    def _working(self, rows, chosen):
        ids = [c["claim_id"] for c in chosen]
        if self.claim not in ids:
            self.claim = next((c["claim_id"] for c in chosen if c["note"]), ids[0])
        claims = [(("" if c["note"] else "✓ ") + c["text"][:90], c["claim_id"]) for c in chosen]
        pick = choice("Claim to work on", claims, value=self.claim)

        def picked(change):
            if change["new"]:
                self.claim = change["new"]
                self.act(lambda: setattr(self.desk, "said", ""))

        pick.observe(picked, "value")
        claim = chosen[ids.index(self.claim)]
        who = words(WORDS["desk"]["claims"]["tellings"], "Who says it?")
        return [pick, self._wording(claim), who, *self._tellings(rows), *self._quiet(rows)]

    def _wording(self, claim):
        of, seen = "The claim", not claim["note"]
        why = "" if claim["why"].startswith("To do: ") else claim["why"]
        inputs = {
            "text": cell("In your words", of, claim["text"]),
            "status": choice(
                "How well is it known?", MENUS["status"], of, claim["status"] if seen else ""
            ),
            "why": cell("Why?", of, why),
        }
        keep = partial(self.desk.word, self.claim)
        return self._form([], inputs, "Keep this wording", keep)

    def _tellings(self, rows):
        boxes = []
        for t in self.desk.tellings(rows, self.claim):
            name = f"{t.outlet}, {in_words(t.day) if t.day else 'no day'}; said by {t.speaker}"
            state = "✓ You accepted it." if t.seen and t.sort == "says" else SORTS[t.sort]
            shown = w.HTML(
                f"<p><strong>{html.escape(name)}</strong><br>{state}</p>"
                f"<blockquote>{marked(t.words, t.around)}</blockquote>"
            )
            says = self._button(
                "It says so",
                lambda t=t: self.desk.accept(t.assertion_id, self.claim),
                tooltip=f"{name}: it says so",
            )
            not_so = self._button(
                "It does not",
                lambda t=t: self.desk.reject(t.assertion_id),
                tooltip=f"{name}: it does not say so",
            )
            buttons = {"says": [not_so] if t.seen else [says, not_so], "maybe": [says]}
            boxes.append(w.VBox([shown, w.HBox(buttons.get(t.sort, []))]))
        return boxes

    def _quiet(self, rows):
        pieces = self.desk.quiet(rows, self.claim)
        if not pieces:
            return []
        ticks = {i["item_id"]: tick(i["headline"]) for i in pieces}
        texts = [self._to_read(i) for i in pieces]
        inputs = {
            "item_id": choice(
                "The piece that says it", [(i["headline"], i["item_id"]) for i in pieces]
            ),
            "words": cell("Its words, copied"),
        }
        told, claim = WORDS["desk"]["claims"], self.claim
        both = [one for pair in zip(ticks.values(), texts, strict=True) for one in pair]
        head, below = words(told["quiet"], "Who does not say it?"), [words(told["overlooked"])]
        silent, add = partial(self.desk.silent, claim), partial(self.desk.overlooked, claim)
        return [
            self._form([head, *both], ticks, "These do not say it", ticked(silent), main=False),
            self._form(below, inputs, "Add this telling", add, main=False),
        ]

    def _to_read(self, item):
        text = self.desk.stretch(item["item_id"], item["start"], item["end"])
        summary = f"<summary>Read “{html.escape(item['headline'])}”</summary>"
        return w.HTML(f"<details>{summary}<pre>{html.escape(text)}</pre></details>")

    # -- 4 to 7 -----------------------------------------------------------------------------------

    def _numbers(self, rows):
        return self._page_of(
            "numbers", self.desk.open_rows(rows, "figures"), lambda r: self._number(rows, r)
        )

    def _number(self, rows, row):
        name = f"“{row['as_printed']}” in {_publisher(rows, row['source_id'])}"
        inputs = {
            "counts": cell("What is counted, whole", name, row["counts"]),
            "as_of": cell("As of when (if the text says so)", name, row["as_of"]),
        }
        at = "figures", row["figure_id"]
        drop = "It is no number of this claim", partial(self.desk.drop, *at)
        head = [words("", name, self.desk.around(rows, row))]
        return self._form(
            head, inputs, "Keep this number", partial(self.desk.look, *at), at[1], drop
        )

    def _copies(self, rows):
        return self._page_of(
            "copies", self.desk.open_rows(rows, "reuse_key"), lambda r: self._copy(rows, r)
        )

    def _copy(self, rows, row):
        names = {item: _outlet(rows, item) for item in (row["a_item"], row["b_item"])}
        if len(set(names.values())) == 1:  # two texts of one outlet are told by their headlines
            titles = {i["item_id"]: i["headline"] for i in rows["items"]}
            names = {item: f"“{titles[item]}”" for item in names}
        name, at, evidence = " and ".join(names.values()), row["reuse_id"], row["evidence"]
        for item, outlet in names.items():
            evidence = evidence.replace(item, outlet)
        shared = self.desk.stretch(row["a_item"], row["a_start"], row["a_end"])
        inputs = {
            "why": choice("Why do they share it?", MENUS["why"], name),
            "direction": choice("Who had it first?", MENUS["direction"], name, row["direction"]),
        }

        def keep(why, direction):
            cells = {"why": why or "cannot_tell", "direction": direction or "undecided"}
            self.desk.look("reuse_key", at, **cells)

        drop = "It is no copy", partial(self.desk.drop, "reuse_key", at)
        title = words(html.escape(in_words(evidence)), name, shared)
        return self._form([title], inputs, "Keep this", keep, at, drop)

    def _origins(self, rows):
        return self._page_of("origins", self.desk.rootless(rows), self._origin)

    def _origin(self, claim):
        text = claim["text"]
        inputs = {
            "kind": choice("What sort of starting point?", MENUS["origin"], text),
            "what": cell("What is it?", text),
        }
        rests = partial(self.desk.rests_on, claim["claim_id"])
        return self._form([words("", text)], inputs, "It rests on this", rests, claim["claim_id"])

    def _accounts(self, rows):
        names = {
            "publisher": "Who made it?", "title": "What is it called?",
            "method": "How was it made?", "limits": "What can it not see?",
            "address": "Where did you read it?",
        }  # fmt: skip
        inputs = {key: cell(ask) for key, ask in names.items()}
        parts = [page("accounts"), self._form([], inputs, "Add this account", self.desk.account)]
        if not rows["accounts"]:
            return parts
        accounts = [(a["title"], a["account_id"]) for a in rows["accounts"]]
        claims = [(c["text"], c["claim_id"]) for c in self.desk.chosen(rows)]
        inputs = {
            "account": choice("The account", accounts),
            "claim": choice("The claim", claims),
            "stance": choice("What does it say?", STANCES),
            "words": cell("In your words"),
        }
        title = words("", "What does an account say on a claim? Silence is an answer too.")
        note = self.desk.finding
        return [*parts, self._form([title], inputs, "Note this", note, main=False)]

    def _lesson(self, rows):
        write = self._button("Write the lesson and the exercise", self.desk.write, main=True)
        folder = self.desk.folder
        return [page("lesson", name=slug(folder.name), place=folder.parent.name), write]


def _outlet(rows, item):
    """The name of the outlet that printed an item."""
    return _publisher(rows, next(i["source_id"] for i in rows["items"] if i["item_id"] == item))


def _publisher(rows, source):
    agent = next(s["outlet"] for s in rows["sources"] if s["source_id"] == source)
    return next((a["name"] for a in rows["agents"] if a["agent_id"] == agent), source)


def ticked(work) -> Callable:
    """What a form of boxes to tick calls ``work`` with: the names of those that are ticked."""
    return lambda **ticks: work([name for name, yes in ticks.items() if yes])
