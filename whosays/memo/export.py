"""A memo as files: a page to print, Markdown, its evidence as tables, W3C annotations.

The tables are a Data Package (Frictionless, 2024): ``datapackage.json`` names each with its
columns. The annotations follow the W3C Web Annotation Data Model (2017); a passage that may not be
quoted keeps its place and has no words.
"""

import json
from datetime import date
from pathlib import Path

from ..attribution.interchange import annotation, annotation_page
from ..attribution.model import ROLES
from ..base import paths
from ..base.problem import Problem
from ..base.words import words_of
from ..case.schema import csv_resource
from ..grading.page import page, paragraph
from ..grading.spreadsheet import table as safe_csv
from ..text.spans import Quote, Span
from ..view.caveats import caveats
from ..view.show import text_of
from ..view.view import style
from .evidence import shipped
from .render import to_html, to_markdown

_PRINT = style(__package__, "print.css")
_ENDS = (
    "Beside each claim stands its evidence in brief, put together by the kit from the tables of the"
    " case. The tables lie beside this page in full."
)


def export(memo, folder: str | None = None, today=None) -> list[Path]:
    """Write a memo with its evidence; returns the paths, the page first.

    The folder is made where it is not there; files of an earlier export are replaced, others left
    alone. ``today`` is the date on the page.

    Raises
    ------
    Problem
        With everything that is in the way: no claims picked, a folder that cannot be written.
    """
    beside = paths.answers() / f"memo-{memo.case.name}"  # the learner's saved answers
    folder = beside if folder is None else Path(folder)
    problems = []
    if not memo.claims:
        problems.append("No claim is picked yet: pick at least one, then export.")
    if folder.exists() and not folder.is_dir():
        problems.append(f"{folder.name} is a file: name a folder.")
    if problems:
        raise Problem(" ".join(problems))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or error
        message = f"The folder {folder.name} cannot be made ({why}): name another one."
        raise Problem(message) from None
    written = []
    for name, words in files(memo, today).items():
        path = folder / name
        try:
            path.write_text(words, encoding="utf-8", newline="")
            written.append(path)
        except OSError as error:
            problems.append(f"{name} cannot be written ({error.strerror or error}).")
    if problems:
        raise Problem(
            " ".join(problems) + " Close the files in other programs, or name another folder."
        )
    return written


def said(written) -> str:
    """In a sentence: how many files, where, and what to do with them."""
    folder = written[0].parent
    return (
        f"{len(written)} files in the folder {folder.parent.name}/{folder.name}. Open memo.html in"
        " a browser; its print command makes a PDF."
    )


def files(memo, today: str | None = None) -> dict[str, str]:
    """The files of an export as texts, by name; nothing is written."""
    today = today or date.today().isoformat()
    tables = evidence_tables(memo)
    about = f"{today}. Case: {memo.case.title}."
    body = [paragraph(about, "quiet"), to_html(memo.blocks()), paragraph(_ENDS, "quiet")]
    blocks = [("text", about), *memo.blocks(), ("text", _ENDS)]
    return {
        "memo.html": page(memo.heading(), [_PRINT, *body]),
        "memo.md": f"# {memo.heading()}\n\n" + to_markdown(blocks),
        **{f"{name}.csv": safe_csv(columns, rows) for name, (_, columns, rows) in tables.items()},
        "datapackage.json": _json(_package(memo, tables)),
        "annotations.jsonld": _json(annotations(memo)),
    }


def _json(value):
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


# -- tables ----------------------------------------------------------------------------------------


def _grave(row):
    """A file cannot fold words that describe cruelty, so a column says where they stand."""
    return "true" if row.grave else ""


def evidence_tables(memo) -> dict[str, tuple[str, list, list]]:
    """The evidence as plain tables, by name: what each holds, its columns, its rows."""
    case, evidence = memo.case, [memo.evidence(c) for c in memo.claims]
    rows = {
        "claims": [
            [
                e.claim.claim_id, e.claim.text, _grave(e.claim), e.claim.caveat, e.claim.status,
                e.claim.why, e.entry.n,
                *("; ".join(some) for some in (e.entry.whole, e.entry.part, e.entry.parties)),
                memo.text_of(e.claim.claim_id),
            ]
            for e in evidence
        ],
        "pieces": [
            [
                e.claim.claim_id, a.assertion_id, a.item_id, case.items[a.item_id].published,
                a.mode, " > ".join(f"{s.agent} ({s.how})" for s in a.chain), a.passage_id,
                "; ".join(
                    dict.fromkeys(
                        f"{other} ({text_of(row.why)}) [{row.cite}]"
                        for other, row in e.shared_with(a)
                    )
                ),
                a.origin_id,
            ]
            for e in evidence for a in e.assertions
        ],
        "figures": [
            [
                e.claim.claim_id, f.id, f.value, f.value_max, f.qualifier, f.unit, f.counts,
                f.counted_by, f.as_of, f.method, f.label, _grave(case.figures[f.id]),
            ]
            for e in evidence for f in e.figures
        ],
        "findings": [
            [
                e.claim.claim_id, f.finding_id, f.account_id, f.stance, f.paraphrase, _grave(f),
                f.label, f.host_lean, case.accounts[f.account_id].limits,
                " ".join(caveats(case, f)),
            ]
            for e in evidence for f in e.findings
        ],
    }  # fmt: skip
    tables = words_of(__package__)["tables"]
    visit = tables["visits"]["columns"].split()
    rows["visits"] = [[row.get(column) for column in visit] for row in memo.visits()]
    return {name: (t["what"], t["columns"].split(), rows[name]) for name, t in tables.items()}


# columns that hold numbers; every other column is text
_NUMBERS = {"pieces": "integer", "value": "number", "value_max": "number"}


def _package(memo, tables):
    resources = []
    for name, (what, columns, _) in tables.items():
        fields = [{"name": c, "type": _NUMBERS.get(c, "string")} for c in columns]
        resources.append(csv_resource(name, what, "utf-8-sig", schema={"fields": fields}))
    return {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "name": f"memo-{memo.case.name}",
        "title": memo.heading(),
        "resources": resources,
    }


# -- annotations -----------------------------------------------------------------------------------


def annotations(memo) -> dict:
    """The assertions of the claims picked as a W3C annotation page, in JSON-LD.

    One annotation an assertion: source, cue and content as targets, mode, chain and claim in the
    body, and ``ws:grave`` in it where the passage describes cruelty.
    """
    case, items = memo.case, []
    here = f"urn:whosays:{case.name}"
    for claim_id in memo.claims:
        for a in case.assertions.where(claim_id=claim_id):
            quotes = [
                (role, Quote(Span(*span), shipped(case, a.source_id, *span)))
                for role in ROLES
                for span in a[f"{role}_spans"] or ()
            ]
            chain = [{"agent": step.agent, "how": step.how} for step in a.chain]
            fields = {"mode": a.mode, "claim": claim_id, "chain": chain}
            fields |= {"grave": True} if case.passages[a.passage_id].grave else {}
            source = f"{here}/sources/{a.source_id}"
            items.append(annotation(f"{here}/{a.cite}", source, quotes, fields))
    return annotation_page(items)
