"""Tables and rows of a case as a reader sees them: plain HTML with a caption, and the same as text.

Nothing here imports pandas or ipywidgets, so a lesson's first table is there at once and in
a browser-only kernel too. Every view prints as text where there is no display, and
``.frame()`` gives the same rows to pandas.
"""

import html
import re
from dataclasses import dataclass

from ..text.days import capital, in_words
from .caveats import HOSTS, SILENCE, caveats, claim_words, with_caveats
from .grave import NOT_HERE, Grave, behind, fold, grave_document, grave_passage, marked, shown, told
from .named import COLUMNS, STANCE, UNSEEN, checked_words, giver, heading, named, text_number
from .printed import Printed
from .view import View, facts, folded, wrapped

# values of a case that are written otherwise than their letters with spaces
SPELT = {
    "primary": "the issuer’s own page",
    "pro_azerbaijani": "pro-Azerbaijani",
    "pro_armenian": "pro-Armenian",
    "carries_official_account": "carries the official account",
}
MOST = 8  # rows of a table on a page
_IN_THE_PACK = re.compile(r"(?:^|\s)(?:texts|accounts)/")  # a place that is no address
#: the columns that :func:`evidence` leaves out: what the kit itself holds of a row
_VERDICT = {"status", "why", "stance", "origin_id", "genre", "direction"}


@dataclass(frozen=True)
class Bar:
    """A cell that is a bar as well: as long as a share from 0 to 1 says, with words beside it."""

    share: float
    words: str

    def __str__(self):
        return self.words

    def html(self) -> str:
        """The bar is for the eye; the words say the same."""
        bar = f'<span class="ws-bar"><span style="width:{self.share:.0%}"></span></span>'
        return f"{bar} {html.escape(self.words)}"


def text_of(value) -> str:
    """A cell as text: empty for unknown, lists joined, numbers with thousands separated by commas."""
    if value is None:
        return ""
    if isinstance(value, Grave):
        return told(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, (list, tuple)):
        return "; ".join(map(text_of, value))
    value = str(value)
    if value in SPELT:
        return SPELT[value]
    return value.replace("_", " ") if re.fullmatch(r"[a-z]+(?:_[a-z]+)+", value) else value


class TableView(View):
    """Rows under headings, with a caption.

    Parameters
    ----------
    rows : iterable of mapping
        One mapping a row; missing cells are empty.
    columns : mapping of str to str, or iterable of str
        Column name to heading, in order; the first column heads its row.
    caption : str
        What the table shows, in words.
    **headings
        By column, the headings that are not the names of their columns.
    """

    def __init__(self, rows, columns, caption, **headings):
        if not hasattr(columns, "items"):
            columns = {name: headings.get(name, name.replace("_", " ")) for name in columns}
        self.columns = dict(columns)
        self.rows = [{c: row.get(c) for c in self.columns} for row in rows]
        self.caption = caption
        self.title = told(caption)  # in a menu

    def __len__(self):
        return len(self.rows)

    def html(self) -> str:
        """On a page at most :data:`MOST` rows; a fold has the others and says how many they are."""
        if not self.rows:
            return f"<p><strong>{shown(self.caption)}</strong></p>"
        if len(self.rows) <= MOST + 1:  # a fold takes as much room as one row
            return self.whole()
        more = folded(f"{len(self.rows) - MOST} more rows", self._rows_html(self.rows[MOST:]))
        return self.whole(MOST) + more

    def whole(self, most: int | None = None) -> str:
        """Every row as HTML, for paper, or the first ``most``."""
        return self._rows_html(self.rows[:most], f"<caption>{shown(self.caption)}</caption>")

    def _rows_html(self, rows, caption=""):
        head = "".join(f'<th scope="col">{html.escape(h)}</th>' for h in self.columns.values())
        body = "".join(map(self._row_html, rows))
        return (
            f'<table class="ws-t">{caption}'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def _row_html(self, row):
        first, *rest = map(_cell, row.values())
        return (
            f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'
        )

    def text(self) -> str:
        lines = [told(self.caption), ""]
        for row in self.rows:
            first, *rest = ((h, text_of(row[c])) for c, h in self.columns.items())
            lines.append(first[1])
            lines += [wrapped(f"{h}: {v}", "    ", "  ") for h, v in rest if v]
        return "\n".join(lines)

    def frame(self):
        """The same rows as a pandas DataFrame, one column a heading."""
        import pandas as pd

        return pd.DataFrame([{h: row[c] for c, h in self.columns.items()} for row in self.rows])


def table_of(caption: str, headings, rows) -> TableView:
    """A table of rows that have a cell for each heading; the first cell heads its row."""
    named = [dict(zip(headings, row, strict=True)) for row in rows]
    return TableView(named, {heading: heading for heading in headings}, caption)


class RowView(View):
    """One row of a case by its citation, ``table/id``: every filled cell, in a reader's words.

    ``only`` names the columns to show; all filled ones when left out.
    """

    def __init__(self, case, path, only=None):
        self.path, self.title = path, named(case, path)
        row = case.get(path)
        self.grave = bool(row.get("grave") or grave_passage(case, row))
        own, *_ = names = list(row.keys())
        unseen = UNSEEN | {own} | {"text"} if path.startswith("sources/") else UNSEEN | {own}
        to = {f.name: f.to for f in case.tables[path.partition("/")[0].strip("[ ")].schema.fields}
        self.cells = [
            (heading(name), self._value(case, row, name, to.get(name)))
            for name in only or names
            if name not in unseen
            and (text_of(row[name]) or name == "counted_by")
            and not (name == "seen_at" and _IN_THE_PACK.search(row[name]))
        ]
        self.caveats = caveats(case, row)
        # the host stands in "how far checked" as well, and its side in a line of its own
        cells = dict(self.cells)
        if (host := cells.get(heading("host"))) and host in cells.get(heading("label"), ""):
            self.cells.remove((heading("host"), host))
        beside = [caveat for caveat in self.caveats if caveat != cells.get(heading("host_lean"))]
        if beside:
            self.cells.append(("to be said with it", " ".join(beside)))

    @staticmethod
    def _value(case, row, name, to):
        value = row[name]
        if name.endswith("label"):
            return checked_words(row, name)
        if name == "counted_by" and value is None:
            return "not said"
        if name == "stance":
            return STANCE[value]
        if name == "silence":
            return SILENCE.get(value, value)
        if name == "host_lean":
            return HOSTS.get(value) or text_of(value)
        if name == "chain":
            return " > ".join(f"{case.agents[step.agent]['name']} ({step.how})" for step in value)
        if to:
            others = value if isinstance(value, tuple) else (value,)
            return "; ".join(named(case, f"{to}/{other}") for other in others)
        text = text_of(value)
        return in_words(text) if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", text) else text

    def html(self) -> str:
        row = facts(self.cells, _linked)
        row = fold(row) if self.grave else row
        return f"<p><strong>{html.escape(self.title)}</strong></p>{row}"

    def text(self) -> str:
        if self.grave:
            return " ".join([f"[{self.path}]\n  {NOT_HERE}", *self.caveats])
        lines = (wrapped(f"{n}: {v}", hang="  ") for n, v in self.cells)
        return "\n".join([f"[{self.path}]", *lines])


class QuotationView(View):
    """A quoted passage with where it stands: outlet, date, headline and place in the text."""

    def __init__(self, case, passage_id):
        passage = case.get(f"passages/{passage_id}")
        self.exact = case.quotation(passage_id)
        self.grave = passage["grave"]
        item, source = case.items[passage["item_id"]], case.sources[passage["source_id"]]
        outlet = case.agents[source["outlet"]]["name"]
        when = in_words(item["published"] or source["published"]) or "no date"
        self.passage_id, self.title = passage_id, named(case, f"passages/{passage_id}")
        self.where = (
            f"{capital(outlet)}, {when}, “{item['headline']}”, paragraph {passage['paragraph']}"
        )

    def html(self) -> str:
        paragraphs = "".join(
            f"<p>{html.escape(p)}</p>" for p in re.split(r"\n\s*\n", self.exact.strip())
        )
        quoted = f'<blockquote data-row="passages/{self.passage_id}">{paragraphs}</blockquote>'
        words = fold(quoted) if self.grave else quoted
        return f'{words}<p class="ws-where">{html.escape(self.where)}</p>'

    def text(self) -> str:
        words = wrapped(NOT_HERE if self.grave else self.exact)
        return f"{words}\n  {self.where} [passages/{self.passage_id}]"


def _cell(value):
    if isinstance(value, Grave):
        return shown(value)
    if isinstance(value, Bar):
        return value.html()
    text = text_of(value)
    if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", text):
        return f'<span class="ws-date">{in_words(text)}</span>'
    return _linked(text)


class DocumentView(View):
    """A whole document: outlet, date and headline, then its text.

    Raises
    ------
    TextNotAtHand
        When its text is neither shipped nor dropped in; the message says what to do.
    """

    def __init__(self, case, source_id):
        self.whole = case.text(source_id)
        source = case.get(f"sources/{source_id}")
        outlet = capital(case.get(f"agents/{source['outlet']}")["name"])
        self.head = f"{outlet}, {in_words(source['published']) or 'no date'}"
        self.title = named(case, f"sources/{source_id}")
        self.grave = grave_document(case, source_id)

    def html(self) -> str:
        paragraphs = (
            re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(p)).replace("\n", "<br>")
            for p in re.split(r"\n\s*\n", self.whole.strip())
        )
        words = f"<blockquote>{''.join(f'<p>{p}</p>' for p in paragraphs)}</blockquote>"
        head = f"<p><strong>{html.escape(self.head)}</strong></p>"
        return f"{head}{fold(words) if self.grave else words}"

    def text(self) -> str:
        return f"{self.head}\n\n{NOT_HERE if self.grave else self.whole.strip()}"


def _linked(text):
    """Escaped text with its web addresses as links."""
    return re.sub(
        r"https?://[^\s&;]*[^\s&;.,)]", lambda m: f'<a href="{m[0]}">{m[0]}</a>', html.escape(text)
    )


# what lessons and exercises call them
table, row, quotation, document, printed = TableView, RowView, QuotationView, DocumentView, Printed


def evidence(case, path: str) -> View:
    """What a statement (``table/id``) rests on, without the verdict that this kit passes on it.

    A claim is shown with what the accounts say on it, a passage as it is quoted, any other row
    without its stance and without the columns that only a program reads. An exercise shows this
    where judging is the task.
    """
    table_name, _, row_id = path.partition("/")
    if table_name == "claims":
        return said_and_found(case, row_id)
    if table_name == "passages":
        return QuotationView(case, row_id)
    return RowView(case, path, only=[name for name in case.get(path) if name not in _VERDICT])


class PagesView(View):
    """Several views by name: one at a time in fields, all of them, one below the other, as text.

    Parameters
    ----------
    pages : mapping of str to View
    titles : mapping of str to str
        What each is called in the menu, by name.
    """

    def __init__(self, pages, titles):
        self.pages, self.titles = pages, titles

    def html(self) -> str:
        return "".join(page.html() for page in self.pages.values())

    def text(self) -> str:
        return "\n\n".join(page.text() for page in self.pages.values())


def one_by_one(view, case, names, **how) -> PagesView:
    """Several rows, passages or claims in one place; ``.widget()`` opens them by a menu.

    ``view`` shows each (:class:`row`, :class:`quotation`, :class:`document` or
    :func:`said_and_found`) and takes the case, a name and the further arguments ``how``. Two texts
    to compare are one name with a space. Where ``names`` is a mapping, it has the menu's words.
    """
    pages = {name: view(case, name, **how) for name in names}
    if hasattr(names, "items"):
        return PagesView(pages, dict(names))
    return PagesView(pages, {name: _title(case, name, page) for name, page in pages.items()})


def _title(case, name, page):
    if all(part in case.items.ids for part in name.split()):
        return capital(" and ".join(text_number(case, part) for part in name.split()))
    return capital(getattr(page, "title", name))


def documents(case) -> TableView:
    """The documents of a case: outlet, date, headline, genre and length."""
    rows = [{**s, "outlet": case.get(f"agents/{s['outlet']}")["name"]} for s in case.sources]
    columns = "source_id outlet published headline genre words".split()
    caption = "The documents, as they present themselves"
    return TableView(rows, columns, caption, source_id="id", published="date")


def both_places(case, reuse_id: str) -> str:
    """How a shared passage begins in each of its two texts, as far as they may be quoted."""
    row, told = case.get(f"reuse_key/{reuse_id}"), []
    for side in ("a", "b"):
        item, *place = (row[f"{side}_{part}"] for part in ("item", "start", "end"))
        words = (case.stretch(case.items[item]["source_id"], *place) or "").split()
        told.append(f"“{' '.join(words[:9])} …” ({text_number(case, item)})")
    return " and ".join(told)


def origins(case, names) -> TableView:
    """Starting points by their ids: what each is, and which other one it comes from."""
    chosen = (case.origins[name] for name in names)
    rows = [(o.what, o.derived_from and case.origins[o.derived_from].what) for o in chosen]
    return table_of("Starting points", ("starting point", "comes from"), rows)


def status(case) -> TableView:
    """Every claim: settled, open, contested or it does not hold, with the reason."""
    order = ("settled", "open", "contested", "does_not_hold")
    rows = [
        {**c, "text": claim_words(case, c), "why": marked(c, c["why"])}
        for c in sorted(case.claims, key=lambda c: order.index(c["status"]))
    ]
    counts = ", ".join(f"{sum(c['status'] == s for c in rows)} {text_of(s)}" for s in order)
    columns = {"status": "status", "text": "claim", "why": "why", "claim_id": "row"}
    return TableView(rows, columns, f"Claims: {counts}")


def said_and_found(case, claim_id: str) -> TableView:
    """One claim: which pieces say it, and what the accounts say on it, with label and host."""
    claim = case.get(f"claims/{claim_id}")
    tellers = {a["source_id"] for a in case.assertions if a["claim_id"] == claim_id}
    rows = [
        {
            **f,
            "stance": SILENCE.get(f["silence"]) or STANCE[f["stance"]],
            "paraphrase": with_caveats(case, f, f["paraphrase"]),
            "account": f"{giver(case, f.cite)} ({case.accounts[f['account_id']]['kind']})",
            "checked": checked_words(f),
        }
        for f in case.findings.where(claim_id=claim_id)
    ]
    where = f"Said in {len(tellers)} of {len(case.sources)} documents. "
    where += "What the accounts say:" if rows else "None of the accounts says anything on it."
    words = claim_words(case, claim, caveat=True)
    columns = "account stance paraphrase checked".split()
    headings = {**COLUMNS, "checked": "how far checked"}
    view = TableView(rows, columns, behind(words, f"{words} {where}"), **headings)
    view.title = named(case, f"claims/{claim_id}")
    return view
