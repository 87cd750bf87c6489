"""A tiny valid case pack, built in a temporary folder, for tests to break.

Two documents: ``tide-note`` is shipped whole, ``harbour-news`` is known by quotation,
hash and fingerprint only. Every table has at least one row.
"""

import csv
import io
import json
from hashlib import sha256

from whosays.case import schema as case_schema
from whosays.reuse.fingerprint import write_fingerprints

NEWS = (
    "Ferry late again\n"
    "\n"
    "By Ada Quill\n"
    "\n"
    "The harbour office said 40 of 120 boats were late in May, according to its log 𝄞.\n"
    "\n"
    "The owner denied it. “We are on time”, he told the Tide Note.\n"
    "\n"
    "Nothing else happened on the quay that morning, and the gulls were the only ones to complain about "
    "anything at all while the rain went on falling over the empty benches and the shuttered kiosk.\n"
    "\n"
    "Second piece\n"
    "\n"
    "The winter boat will stay, and so will the people who have waited for it every morning for years.\n"
)
NOTE = "Tide Note\n\nThe winter boat stays, it was said.\n"


def digest(text):
    """sha256 of a text."""
    return sha256(text.encode("utf-8")).hexdigest()


def place(text, words, after=0):
    """(start, end) of some words in a text."""
    start = text.index(words, after)
    return start, start + len(words)


def row(table, **cells):
    """A row with every column of its table, empty where nothing is given."""
    columns = case_schema.tables()[table].columns
    assert set(cells) <= set(columns), set(cells) - set(columns)
    return {c: str(cells.get(c, "")) for c in columns}


def _passage(text, source, item, name, words, paragraph, quoted=True, **more):
    start, end = place(text, words)
    cells = dict(
        passage_id=name, source_id=source, item_id=item, paragraph=paragraph, start=start, end=end
    )
    cells |= dict(sha256=digest(words), quoted=str(quoted).lower(), about="What it says.")
    if quoted:
        # No line end in prefix and suffix, so that a row stays on one line of its file.
        before, after = text[:start].rpartition("\n")[2], text[end:].partition("\n")[0]
        cells |= dict(exact=words, prefix=before[-12:], suffix=after[:12])
    return row("passages", **cells | more)


def _span(text, words):
    return "{}-{}".format(*place(text, words))


def valid_tables():
    """The rows of a valid pack, by table: cells are strings, as in the files."""
    cut = NEWS.index("Second piece")
    t = {}
    t["agents"] = [
        row("agents", agent_id="harbour-news", name="Harbour News", kind="outlet"),
        row("agents", agent_id="tide-note", name="Tide Note", kind="outlet", aliases="Tide; Nota"),
        row(
            "agents",
            agent_id="harbour-office",
            name="Harbour office",
            kind="state_body",
            label="VP",
        ),
        row("agents", agent_id="owner", name="The owner", kind="person"),
        row("agents", agent_id="ada-quill", name="Ada Quill", kind="person"),
        row("agents", agent_id="nobody-named", name="Nobody named", kind="unnamed"),
    ]
    common = dict(
        genre="news",
        whose_words="the office's",
        interest="readers",
        alignment="independent",
        alignment_evidence="It says so.",
        alignment_label="VP",
        language="en",
        licence_note="invented",
    )
    t["sources"] = [
        row(
            "sources",
            source_id="harbour-news-may",
            outlet="harbour-news",
            author="ada-quill",
            headline="Ferry late again",
            published="2021-06-02",
            publisher_kind="private_outlet",
            words=len(NEWS.split()),
            characters=len(NEWS),
            sha256=digest(NEWS),
            **common,
        ),
        row(
            "sources",
            source_id="tide-note-june",
            outlet="tide-note",
            headline="Tide Note",
            published="2021-06",
            publisher_kind="association",
            words=len(NOTE.split()),
            characters=len(NOTE),
            sha256=digest(NOTE),
            text="texts/tide-note-june.txt",
            **common,
        ),
    ]

    def item(name, source, order, text, start, end, headline):
        piece = text[start:end]
        return row(
            "items",
            item_id=name,
            source_id=source,
            order=order,
            headline=headline,
            genre="news",
            start=start,
            end=end,
            sha256=digest(piece),
            words=len(piece.split()),
        )

    t["items"] = [
        item("late", "harbour-news-may", 1, NEWS, 0, cut, "Ferry late again"),
        item("winter", "harbour-news-may", 2, NEWS, cut, len(NEWS), "Second piece"),
        item("note", "tide-note-june", 1, NOTE, 0, len(NOTE), "Tide Note"),
    ]
    said = "The harbour office said 40 of 120 boats were late in May, according to its log 𝄞."
    denied = "The owner denied it."
    t["passages"] = [
        _passage(NEWS, "harbour-news-may", "late", "p-late", said, 3),
        _passage(NEWS, "harbour-news-may", "late", "p-denied", denied, 4),
        _passage(
            NEWS,
            "harbour-news-may",
            "winter",
            "p-winter",
            "The winter boat will stay",
            2,
            quoted=False,
        ),
        _passage(
            NOTE, "tide-note-june", "note", "p-note", "The winter boat stays, it was said.", 2
        ),
    ]
    t["claims"] = [
        row("claims", claim_id="boats-late", text="A third of the boats were late in May.", kind="figure",
            status="open", why="Two counts differ.", about="event"),
        row("claims", claim_id="winter-stays", text="The winter boat stays.", kind="event",
            status="settled", why="Both say so.", act_of="harbour-office", about="event"),
    ]  # fmt: skip
    late, not_late, stays = (
        "40 of 120 boats were late in May",
        "denied it",
        "The winter boat will stay",
    )
    t["assertions"] = [
        row(
            "assertions",
            assertion_id="a-late",
            passage_id="p-late",
            source_id="harbour-news-may",
            item_id="late",
            claim_id="boats-late",
            source_spans=_span(NEWS, "The harbour office"),
            source_text="The harbour office",
            cue_spans="{};{}".format(_span(NEWS, "said"), _span(NEWS, "according to")),
            cue_text="said according to",
            content_spans=_span(NEWS, late),
            content_sha256=digest(late),
            mode="indirect",
            modes_accepted="hedged; mixed",
            agent="harbour-office",
            chain="harbour-news:masthead > harbour-office:explicit",
            evidence="its log",
            origin_id="log",
            optional="false",
        ),
        row(
            "assertions",
            assertion_id="a-denied",
            passage_id="p-denied",
            source_id="harbour-news-may",
            item_id="late",
            claim_id="boats-late",
            content_spans=_span(NEWS, not_late),
            content_sha256=digest(not_late),
            mode="narrative_report",
            parent="a-late",
            agent="owner",
            chain="harbour-news:masthead > owner:explicit",
            optional="true",
        ),
        row(
            "assertions",
            assertion_id="a-winter",
            passage_id="p-winter",
            source_id="harbour-news-may",
            item_id="winter",
            claim_id="winter-stays",
            content_spans=_span(NEWS, stays),
            content_sha256=digest(stays),
            mode="unattributed",
            agent="harbour-news",
            chain="harbour-news:masthead",
            optional="false",
        ),
        row(
            "assertions",
            assertion_id="a-note",
            passage_id="p-note",
            source_id="tide-note-june",
            item_id="note",
            claim_id="winter-stays",
            content_spans=_span(NOTE, "The winter boat stays"),
            content_sha256=digest("The winter boat stays"),
            mode="passive_no_source",
            agent="nobody-named",
            chain="tide-note:masthead > nobody-named:inferred",
            optional="false",
        ),
    ]

    def figure(name, value, printed, **more):
        start, end = place(NEWS, printed)
        cells = dict(
            figure_id=name, claim_id="boats-late", value=value, qualifier="exact", unit="boats"
        )
        cells |= dict(
            counts="boats more than 5 minutes late", as_of="2021-05", counted_by="harbour-office"
        )
        cells |= dict(
            source_id="harbour-news-may",
            passage_id="p-late",
            start=start,
            end=end,
            as_printed=printed,
        )
        return row("figures", **cells | dict(label="VP") | more)

    t["figures"] = [
        figure("f-all", 120, "120", counts="all boats"),
        figure("f-late", 40, "40", part_of="f-all", relayed_by="harbour-news"),
        row("figures", figure_id="f-range", value=30, value_max=50.5, qualifier="range", unit="boats",
            counts="boats late", account_id="riders", origin_id="watch", label="SO"),
    ]  # fmt: skip
    t["accounts"] = [
        row("accounts", account_id="riders", kind="independent", publisher="tide-note", title="Our count",
            published="2021-06-10", method="two people on the quay", scope="weekdays in May",
            limits="no weekends", seen_at="in the library", host="library", host_lean="neutral", label="VP"),
    ]  # fmt: skip
    t["findings"] = [
        row("findings", finding_id="riders-late", account_id="riders", claim_id="boats-late",
            stance="supports_in_part", paraphrase="Fewer were late.", quote="most days it came", label="VP",
            seen_at="in the library", host="library", host_lean="neutral", origin_id="watch"),
    ]  # fmt: skip
    t["origins"] = [
        row(
            "origins",
            origin_id="log",
            kind="document",
            agent="harbour-office",
            what="The log.",
            label="SO",
        ),
        row(
            "origins",
            origin_id="watch",
            kind="witness",
            what="Two people.",
            derived_from="log",
            label="VP",
        ),
    ]
    a, b = place(NEWS, "The winter boat"), place(NOTE, "The winter boat")
    t["reuse_key"] = [
        row("reuse_key", reuse_id="r-winter", a_item="winter", a_start=a[0], a_end=a[1], b_item="note",
            b_start=b[0], b_end=b[1], kind="verbatim", why="set_phrase", direction="undecided",
            evidence="Both."),
    ]  # fmt: skip
    t["gaps"] = [
        row(
            "gaps",
            gap_id="g-log",
            what="The log.",
            why_it_matters="It would settle it.",
            label="NF",
        )
    ]
    t["truth"] = [
        row("truth", claim_id="winter-stays", verdict="well_supported", whole=1, parties=0, part=0, pieces=2,
            why="It stayed.", tempting_error="It goes.", direction="wrongly_rejected"),
    ]  # fmt: skip
    t["cards"] = [
        row("cards", card_id="news-owner", source_id="harbour-news-may", field="owner", answer="not found",
            evidence="not_found", why="No imprint.", hint="Look at the foot of the page.", label="VP"),
    ]  # fmt: skip
    t["place_names"] = [
        row("place_names", name_id="quay-fr", place="Quay", spelling="Quai", language="fr")
    ]
    return t


def csv_text(table, rows, columns=None):
    """A table as the text of its file."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(
        out, columns or case_schema.tables()[table].columns, lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write(path, text):
    """Write a file as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))


def change(folder, table, row_id, **cells):
    """Change cells of one row of a pack's file."""
    path = folder / f"{table}.csv"
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (found,) = [r for r in rows if next(iter(r.values())) == row_id]
    assert set(cells) <= set(found)
    found.update({c: str(v) for c, v in cells.items()})
    write(path, csv_text(table, rows))


def build(folder, tables=None):
    """Write a pack; returns its folder.

    Parameters
    ----------
    folder : pathlib.Path
    tables : dict, optional
        As ``valid_tables`` gives them.
    """
    tables = valid_tables() if tables is None else tables
    for name, rows in tables.items():
        write(folder / f"{name}.csv", csv_text(name, rows))
    write(folder / "texts/tide-note-june.txt", NOTE)
    write_fingerprints(folder, {"harbour-news-may": NEWS, "tide-note-june": NOTE})
    package = case_schema.datapackage(
        "tiny", "A tiny case", tables, licenses=[{"name": "CC-BY-4.0"}]
    )
    write(folder / "datapackage.json", json.dumps(package))
    return folder
