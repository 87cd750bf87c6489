"""The case desk as fields: seven short pages from texts to a case, and one for the lesson."""

import html

import ipywidgets as w

from ..newcase.desk import HEADS, REFUSED, STATES, STATUSES, STEPS, marked
from ..newcase.names import slug
from ..newcase.questions import STANCES
from ..newcase.tables import Refused
from . import fields
from .box import Box
from .fields import LOOK, area, menu
from .guard import KeyGuard, StatusLine

#: how many things a page shows at once
AT_ONCE = 6
_WHY = {
    "same_release": "both from one release", "wire_copy": "an agency's text", "one_from_other": "one from the other",
    "common_quotation": "the same quotation", "set_phrase": "a set phrase", "cannot_tell": "cannot tell",
}  # fmt: skip
_DIRECTIONS = {
    "a_to_b": "the first had it first",
    "b_to_a": "the second had it first",
    "undecided": "cannot tell",
}
_KINDS = {
    "witness": "somebody who was there", "document": "a record or document", "fieldwork": "somebody who went and asked",
    "official_body": "an office that counted or decided", "statement": "a statement, no more",
}  # fmt: skip
_SORTS = {
    "says": "The machine reads: this text says it.", "denies": "This text denies it. It is shown, and never joined.",
    "does not say": "This text says that it is not known or was not said. It is shown, and never joined.",
    "maybe": "Words like it stand here. Does this text say it too?",
}  # fmt: skip


def line(name, width="100%", look="", of=""):
    """A line to type in that is as high as a line: the look of a cell is made for a row."""
    made = fields.line(name, width, look=look, of=of)
    made.layout.flex = "0 0 auto"
    return made


def _pairs(names):
    return [(words, key) for key, words in names.items()]


class DeskBox(Box):
    """A bar of steps, one page, *Undo*, and a line that is read out.

    Parameters
    ----------
    desk : whosays.newcase.desk.Desk
    """

    def __init__(self, desk):
        self.desk, self.step, self.claim, self.more = desk, "texts", "", 0
        self.status, self.page, self.bar = StatusLine(), w.VBox(), w.HBox()
        self.undo_button = self._button("Undo the last change", lambda: self.desk.undo())
        self.bar.layout = w.Layout(flex_flow="row wrap", overflow="visible")
        self.page.layout = w.Layout(overflow="visible")
        super().__init__(
            [w.HTML(LOOK), self.bar, self.status, self.page, self.undo_button, KeyGuard()]
        )
        self.add_class("ws-question")
        self.show()

    def __repr__(self):
        return repr(self.desk)

    # -- parts ------------------------------------------------------------------------------------

    def _button(self, name, work, main=False, tooltip=""):
        made = w.Button(
            description=name, button_style="primary" if main else "", tooltip=tooltip or name,
            layout=w.Layout(align_self="flex-start"),
        )  # fmt: skip
        made.on_click(lambda _: self.act(work))
        return made

    def act(self, work):
        """Do what a button stands for, say what came of it, and show the page anew.

        What was refused leaves the page as it is: what somebody has typed stays there.
        """
        work()
        if self.desk.said.startswith(REFUSED):
            self.status.say(self.desk.said)
        else:
            self.show(asked=True)

    def go(self, step):
        """Show another step."""
        self.step, self.desk.said, self.more = step, "", 0

    def show(self, asked=False):
        """Bring the bar, the line and the page up to date."""
        try:
            progress = self.desk.progress()
            self._bring_up_to_date(self.desk.left())
        except Refused as error:
            progress = str(error)
            self.bar.children = []
            self.page.children = [self._button("Look again", lambda: self.go(self.step))]
        # last, so that the page is there when the line is read out
        said = f"<p>{html.escape(self.desk.said)}</p>" if self.desk.said else ""
        self.status.say(progress, said, asked)

    def _bring_up_to_date(self, left):
        steps = []
        for number, (step, name) in enumerate(STEPS.items(), 1):
            here = "▸ " if step == self.step else ""
            rest = f" ({left[step]} left)" if left.get(step) else " ✓" if step in left else ""
            made = self._button(f"{here}{number} {name}{rest}", lambda step=step: self.go(step))
            made.disabled = not left and step != "texts"
            steps.append(made)
        self.bar.children = steps
        page = getattr(self, f"_{self.step}")
        self.page.children = page(self.desk.tables().rows if left else None)

    def _open(self, things, what):
        """The first few of what is open, and a line on the rest."""
        shown = things[:AT_ONCE]
        rest = len(things) - len(shown)
        tail = [w.HTML(f"<p>{rest} more come when these are done.</p>")] if rest else []
        if not things:
            tail = [w.HTML(f"<p>{what}</p>")]
        return shown, tail

    # -- 1 texts ----------------------------------------------------------------------------------

    def _texts(self, rows):
        upload = w.FileUpload(description="Add files", multiple=True)
        upload.observe(lambda change: self.act(lambda: self._uploaded(change["new"])), "value")
        pasted, folder = (
            area("Or paste a text, with its head as printed"),
            line("Or a folder", "100%"),
        )
        add = [
            w.HTML(
                "<h3>1 Texts</h3><p>Add your texts: one file for each (plain text, web page, Word or PDF).</p>"
            ),
            upload,
            pasted,
            self._button("Add this text", lambda: self.desk.paste(pasted.value)),
            folder,
            self._button("Read this folder", lambda: self.desk.read(folder.value)),
        ]
        if rows is None:
            return add
        heads = self.desk.heads(rows)
        open_ones = [s for s, parts in heads.items() if any(h.state != "seen" for h in parts)]
        shown, tail = self._open(open_ones, "Each head is looked at.")
        blocks = [self._head(source, heads[source]) for source in shown]
        seen = [s for s in heads if s not in open_ones]
        again = menu("Change a head", [(heads[s][2].value, s) for s in seen], "100%")
        again.observe(lambda c: self._change(again, heads), "value")
        intro = w.HTML(
            "<p>Compare each head with the first lines of its text. <em>Certain</em>: the text says so."
            " <em>Please look</em>: the machine guessed by the place on the page. <em>Empty</em>: not found;"
            " leave it empty if the text does not say.</p>"
        )
        return [intro, *blocks, *tail, *([again] if seen else []), *add]

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
        back = self._button("Back to all texts", lambda: self.go("texts"))
        self.page.children = [head, back]

    def _head(self, source, parts):
        inputs = {}
        for head in parts:
            state = f" ({STATES[head.state]})" if head.state in STATES else ""
            name = f"{HEADS[head.column]}{state}"
            inputs[head.column] = made = line(name, "100%", look="ws-cell", of=source)
            made.value = head.value
        whys = {h.why for h in parts if h.state != "certain" and h.why}
        lines = "\n".join(self.desk.begins(source))
        return w.VBox(
            [
                w.HTML(
                    f"<h4>{html.escape(source)}</h4><pre>{html.escape(lines)}</pre>"
                    + "".join(f"<p>Read from: {html.escape(why)}</p>" for why in whys)
                ),
                *inputs.values(),
                self._button(
                    "This head is right",
                    lambda: self.desk.set_head(source, **{k: v.value for k, v in inputs.items()}),
                    main=True,
                    tooltip=f"Keep the head of {source}",
                ),
            ]
        )

    # -- 2 voices ---------------------------------------------------------------------------------

    def _voices(self, rows):
        named = [
            (v["name"], v["agent_id"]) for v in rows["agents"] if v["kind"] != "unnamed"
        ]  # fmt: skip
        shown, tail = self._open(self.desk.voices(rows), "Each voice is looked at.")
        intro = w.HTML(
            "<h3>2 Voices</h3><p>The texts call these voices by no name. Who is meant? If you do not"
            " know, leave both fields empty: then it stays a voice without a name.</p>"
        )
        return [intro, *(self._voice(rows, v, named) for v in shown), *tail]

    def _voice(self, rows, voice, named):
        name, agent = voice["name"], voice["agent_id"]
        others = [pair for pair in named if pair[1] != agent]
        same = menu("The same voice as", others, "100%", of=name)
        own = line("Or its name", "100%", of=name)

        def keep():
            if same.value:
                return self.desk.one_voice(agent, same.value)
            return self.desk.stays(agent, own.value)

        words = "".join(
            f"<blockquote>{html.escape(q)}</blockquote>" for q in self.desk.said_by(rows, agent)
        )
        title = w.HTML(f"<h4>“{html.escape(name)}”</h4>{words}")
        return w.VBox([title, same, own, self._button("Keep", keep, True, f"Keep {name}")])

    # -- 3 claims ---------------------------------------------------------------------------------

    def _claims(self, rows):
        chosen = self.desk.chosen(rows)
        parts = [w.HTML("<h3>3 Claims</h3>")]
        if chosen:
            parts += self._working(rows, chosen)
        parts += self._choosing(rows, chosen)
        parts += self._missed(rows)
        if chosen:
            parts += [
                w.HTML("<p>When your claims are done, take out what was made for all others.</p>"),
                self._button("Take out the rest", self.desk.take_out_the_rest),
            ]
        return parts

    def _choosing(self, rows, chosen):
        found = self.desk.candidates(rows)
        if not found:
            return []
        most = 12 + self.more
        ticks = {
            c["claim_id"]: w.Checkbox(
                description=f"{c['text']} (in {n} piece{'s' * (n != 1)})", indent=False, layout=w.Layout(width="100%")
            )
            for c, n in found[:most]
        }  # fmt: skip

        def more():
            self.more += 12
            self.desk.said = ""

        ask = "Which other claims matter?" if chosen else "Which five to twelve claims matter?"
        return [
            w.HTML(f"<h4>{ask}</h4><p>Those that most pieces say stand first.</p>"),
            *ticks.values(),
            self._button(
                "Put these on the desk",
                lambda: self.desk.choose([c for c, tick in ticks.items() if tick.value]),
                main=not chosen,
            ),
            *([self._button("Show more", more)] if len(found) > most else []),
        ]

    def _missed(self, rows):
        text, words = line("A claim that is missing, in your words", "100%", look="ws-cell"), line(
            "The words that say it, copied from the text", "100%", look="ws-cell"
        )  # fmt: skip
        where = menu("The text", [(s["headline"], s["source_id"]) for s in rows["sources"]], "100%")
        return [
            text,
            where,
            words,
            self._button(
                "Add this claim", lambda: self.desk.add_claim(text.value, where.value, words.value)
            ),
        ]

    def _working(self, rows, chosen):
        ids = [c["claim_id"] for c in chosen]
        if self.claim not in ids:
            self.claim = next((c["claim_id"] for c in chosen if c["note"]), ids[0])
        claim = next(c for c in chosen if c["claim_id"] == self.claim)
        pick = menu(
            "Claim to work on",
            [(("" if c["note"] else "✓ ") + c["text"][:90], c["claim_id"]) for c in chosen],
            "100%",
        )
        pick.value = self.claim

        def picked(change):
            if change["new"]:
                self.claim = change["new"]
                self.act(lambda: setattr(self.desk, "said", ""))

        pick.observe(picked, "value")
        return [
            pick,
            *self._wording(claim),
            w.HTML("<h4>Who says it?</h4>"),
            *self._tellings(rows),
            *self._quiet(rows),
        ]

    def _wording(self, claim):
        text = line("In your words", "100%", look="ws-cell", of="The claim")
        status = menu("How well is it known?", _pairs(STATUSES), "100%", of="The claim")
        why = line("Why?", "100%", look="ws-cell", of="The claim")
        text.value = claim["text"]
        if not claim["note"]:
            status.value = claim["status"]
        why.value = "" if claim["why"].startswith("To do: ") else claim["why"]
        return [
            text,
            status,
            why,
            self._button(
                "Keep this wording",
                lambda: self.desk.word(self.claim, text.value, status.value, why.value),
                main=True,
            ),
        ]

    def _tellings(self, rows):
        made = []
        for t in self.desk.tellings(rows, self.claim):
            name = f"{t.outlet}, {t.day or 'no day'}; said by {t.speaker}"
            state = "✓ You accepted it." if t.seen and t.sort == "says" else _SORTS[t.sort]
            words = w.HTML(
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
            made.append(w.VBox([words, w.HBox(buttons.get(t.sort, []))]))
        return made

    def _quiet(self, rows):
        pieces = self.desk.quiet(rows, self.claim)
        if not pieces:
            return []
        ticks = {
            i["item_id"]: w.Checkbox(
                description=i["headline"], indent=False, layout=w.Layout(width="100%")
            )
            for i in pieces
        }
        return [
            w.HTML(
                "<h4>Who does not say it?</h4><p>In these pieces the machine found nothing, and it"
                " overlooks things. Read them, and tick those that do not say it: the exercise asks"
                " for two at least.</p>"
            ),
            *ticks.values(),
            self._button(
                "These do not say it",
                lambda: self.desk.silent(self.claim, [i for i, t in ticks.items() if t.value]),
            ),
        ]

    # -- 4 to 7 -----------------------------------------------------------------------------------

    def _numbers(self, rows):
        shown, tail = self._open(
            self.desk.open_rows(rows, "figures"), "Each number of your claims is looked at."
        )
        intro = (
            "<h3>4 Numbers</h3><p>What does each number count, and as of when? A number without its"
            " definition compares with nothing.</p>"
        )
        return [w.HTML(intro), *map(self._number, shown), *tail]

    def _number(self, row):
        name = f"{row['as_printed']} {row['unit']}"
        counts = line("What is counted, whole", "100%", look="ws-cell", of=name)
        as_of = line("As of when (if the text says so)", "100%", look="ws-cell", of=name)
        counts.value, as_of.value = row["counts"], row["as_of"]
        title = w.HTML(f"<h4>{html.escape(name)}</h4>")
        keep = self._button(
            "Keep this number",
            lambda: self.desk.look(
                "figures", row["figure_id"], counts=counts.value, as_of=as_of.value
            ),
            True,
        )
        drop = self._button(
            "It is no number of this claim", lambda: self.desk.drop("figures", row["figure_id"])
        )
        return w.VBox([title, counts, as_of, w.HBox([keep, drop])])

    def _copies(self, rows):
        shown, tail = self._open(
            self.desk.open_rows(rows, "reuse_key"), "Each shared passage is looked at."
        )
        intro = "<h3>5 Copies</h3><p>Two pieces share these words. Why?</p>"
        return [w.HTML(intro), *map(self._copy, shown), *tail]

    def _copy(self, row):
        name = f"{row['a_item']} and {row['b_item']}"
        words = self.desk.stretch(row["a_item"], row["a_start"], row["a_end"])
        why = menu("Why do they share it?", _pairs(_WHY), "100%", of=name)
        direction = menu("Who had it first?", _pairs(_DIRECTIONS), "100%", of=name)
        direction.value = row["direction"]
        title = w.HTML(
            f"<h4>{html.escape(name)}</h4><blockquote>{html.escape(words)}</blockquote>"
            f"<p>{html.escape(row['evidence'])}</p>"
        )

        def keep():
            cells = {"why": why.value or "cannot_tell", "direction": direction.value or "undecided"}
            self.desk.look("reuse_key", row["reuse_id"], **cells)

        drop = self._button("It is no copy", lambda: self.desk.drop("reuse_key", row["reuse_id"]))
        return w.VBox(
            [title, why, direction, w.HBox([self._button("Keep this", keep, True), drop])]
        )

    def _origins(self, rows):
        known = {
            o["origin_id"] for o in rows["origins"] if o["kind"] not in ("statement", "unnamed")
        }
        told = {a["claim_id"] for a in rows["assertions"] if a["origin_id"] in known}
        open_ones = [c for c in self.desk.chosen(rows) if c["claim_id"] not in told]
        shown, tail = self._open(open_ones, "Each claim has a starting point.")
        intro = (
            "<h3>6 Origins</h3><p>Where does each claim come from in the end? Who saw it, counted it or"
            " wrote it down? A statement is no starting point of what it states.</p>"
        )
        return [w.HTML(intro), *map(self._origin, shown), *tail]

    def _origin(self, claim):
        kind = menu("What sort of starting point?", _pairs(_KINDS), "100%", of=claim["text"])
        what = line("What is it?", "100%", look="ws-cell", of=claim["text"])
        rests = self._button(
            "It rests on this",
            lambda: self.desk.rests_on(claim["claim_id"], kind.value, what.value),
            True,
        )
        return w.VBox([w.HTML(f"<h4>{html.escape(claim['text'])}</h4>"), kind, what, rests])

    def _accounts(self, rows):
        names = {
            "publisher": "Who made it?", "title": "What is it called?", "method": "How was it made?",
            "limits": "What can it not see?", "address": "Where did you read it?",
        }  # fmt: skip
        inputs = {key: line(ask, "100%", look="ws-cell") for key, ask in names.items()}
        parts = [
            w.HTML(
                "<h3>7 Accounts from outside</h3><p>An account that did not come from those who speak in"
                " your texts: a count, a court, a study.</p>"
            ),
            *inputs.values(),
            self._button(
                "Add this account",
                lambda: self.desk.account(**{k: v.value for k, v in inputs.items()}),
                True,
            ),
        ]
        if not rows["accounts"]:
            return parts
        account = menu(
            "The account", [(a["title"], a["account_id"]) for a in rows["accounts"]], "100%"
        )
        claim = menu(
            "The claim", [(c["text"], c["claim_id"]) for c in self.desk.chosen(rows)], "100%"
        )
        stance, words = (
            menu("What does it say?", _pairs(STANCES), "100%"),
            line("In your words", "100%"),
        )
        return [
            *parts,
            w.HTML("<h4>What does an account say on a claim? Silence is an answer too.</h4>"),
            account,
            claim,
            stance,
            words,
            self._button(
                "Note this",
                lambda: self.desk.finding(account.value, claim.value, stance.value, words.value),
            ),
        ]

    def _lesson(self, rows):
        name = slug(self.desk.folder.name)
        words = (
            "<h3>8 Lesson and exercise</h3><p>From what you have checked, the kit writes a lesson, an"
            " exercise and its key. Do it again whenever you have checked more: both are written anew,"
            " and the folders of before are kept under another name."
            f"</p><p>The folder <strong>{name}-class</strong> is for your class. The folder"
            f" <strong>{name}-teacher</strong> holds the solutions and the key: keep it.</p>"
        )
        write = self._button("Write the lesson and the exercise", self.desk.write, main=True)
        return [w.HTML(words), write]
