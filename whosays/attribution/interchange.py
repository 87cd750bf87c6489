"""Attributions as JSON lines, CSV, W3C Web Annotation and brat, for the tools that read those.

Offsets are Unicode code points throughout, as the W3C Web Annotation Data Model (2017) and RFC 5147
count.
"""

import csv
import io
import json

from ..text.spans import Quote, to_selectors
from .model import ROLES, Attribution

#: vocabulary of the roles in JSON-LD; a namespace of this kit
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"ws": "urn:whosays:attribution#"}]
SIGNS = ("negated", "denied")
COLUMNS = tuple(
    "doc rel_id parent_id source_spans source_text cue_spans cue_text content_spans content_text"
    " mode kind confidence negated denied".split()
)


# --- plain rows ----------------------------------------------------------------------------------


def to_row(attribution: Attribution, doc: str = "") -> dict:
    """One attribution as a flat mapping, a row of CSV; spans as ``start-end;start-end``."""
    parent = attribution.parent.id if attribution.parent else ""
    row = {"doc": doc, "rel_id": attribution.id, "parent_id": parent}
    for role in ROLES:
        spans = getattr(attribution, role)
        row[f"{role}_spans"] = ";".join(f"{s.start}-{s.end}" for s in spans)
        row[f"{role}_text"] = attribution.text(role)
    row |= {name: getattr(attribution, name) for name in ("mode", "kind", "confidence")}
    return row | {sign: "true" if getattr(attribution, sign) else "" for sign in SIGNS}


def to_json(attribution: Attribution, doc: str = "") -> dict:
    """One attribution as plain JSON values, spans as ``[start, end]`` pairs."""
    parent = attribution.parent.id if attribution.parent else None
    out = {"doc": doc, "id": attribution.id, "parent": parent}
    for role in ROLES:
        out[role] = [[s.start, s.end] for s in getattr(attribution, role)]
        out[f"{role}_text"] = [s.text for s in getattr(attribution, role)]
    return out | {n: getattr(attribution, n) for n in ("mode", "kind", "confidence", *SIGNS)}


def to_jsonl(attributions, doc: str = "") -> str:
    """JSON lines, one attribution a line."""
    return "".join(json.dumps(to_json(a, doc), ensure_ascii=False) + "\n" for a in attributions)


def to_csv(attributions, doc: str = "", header: bool = True) -> str:
    """CSV, one attribution a row; the text columns are for people, the offsets decide."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    if header:
        writer.writeheader()
    writer.writerows(to_row(a, doc) for a in attributions)
    return out.getvalue()


# --- W3C Web Annotation --------------------------------------------------------------------------


def annotation(name, source, quotes, said):
    """One attribution as a W3C annotation, a plain dict.

    Parameters
    ----------
    name, source : str
        Its address, and that of its text.
    quotes : iterable of (str, Quote)
        Its pieces, each with its role: the targets.
    said : mapping
        What is said of it, such as its mode: the body.
    """
    targets = [
        {
            "type": "SpecificResource", "source": source, "purpose": f"ws:{role}",
            "selector": to_selectors(quote),
        }
        for role, quote in quotes
    ]  # fmt: skip
    body = {"type": "ws:Attribution", "purpose": "tagging"}
    body |= {f"ws:{name}": value for name, value in said.items()}
    head = {"id": name, "type": "Annotation", "motivation": "identifying"}
    return {**head, "body": body, "target": targets}


def annotation_page(items):
    """Some annotations as a page in JSON-LD, a plain dict."""
    head = {"@context": CONTEXT, "type": "AnnotationPage", "ws:units": "code-points"}
    return {**head, "items": items}


def to_webanno(attributions, text: str, source: str = "") -> dict:
    """Attributions of a text as a page of :func:`annotation`; ``source`` is its address or name.

    Every piece has a position and a quotation, so that it can be found again after edits elsewhere
    in the text.
    """
    items = []
    for number, one in enumerate(attributions, 1):
        quotes = [(r, Quote.make(text, s.start, s.end)) for r in ROLES for s in getattr(one, r)]
        attributes = {name: getattr(one, name) for name in ("mode", "confidence", "kind")}
        attributes |= {sign: True for sign in SIGNS if getattr(one, sign)}
        if one.parent is not None:
            attributes["parent"] = f"#{one.parent.id}"
        items.append(annotation(f"#{one.id or f'a{number}'}", source, quotes, attributes))
    return annotation_page(items)


# --- brat ----------------------------------------------------------------------------------------


def to_brat(attributions, text: str) -> str:
    """Attributions as the text of a file ``.ann`` of brat (Stenetorp et al. 2012).

    Every attribution has marks ``Source``, ``Cue`` and ``Content`` of its own; relations
    ``SourceOf``, ``ContentOf`` and ``Inside`` run from its anchor (the cue, or the content where
    there is none); the mode and the confidence are attributes of the anchor. brat repeats the
    marked words of the text, whose line ends must be ``\\n``.
    """
    marks, relations, attributes, notes, anchors = [], [], [], [], {}

    def relate(label, one, other):
        relations.append(f"R{len(relations) + 1}\t{label} Arg1:{one} Arg2:{other}")

    for attribution in attributions:
        names = {}
        for role in ROLES:
            pieces = [p for span in getattr(attribution, role) for p in _lines_of(text, span)]
            if pieces:
                names[role] = f"T{len(marks) + 1}"
                places = ";".join(f"{start} {end}" for start, end in pieces)
                words = " ".join(text[start:end] for start, end in pieces)
                marks.append(f"{names[role]}\t{role.capitalize()} {places}\t{words}")
        anchor = anchors[id(attribution)] = names.get("cue") or names["content"]
        for role in ("source", "content"):
            if role in names and names[role] != anchor:
                relate(f"{role.capitalize()}Of", anchor, names[role])
        signs = {"Mode": attribution.mode, "Confidence": f"{attribution.confidence:g}"}
        signs |= {sign.capitalize(): "true" for sign in SIGNS if getattr(attribution, sign)}
        for label, value in signs.items():
            attributes.append(f"A{len(attributes) + 1}\t{label} {anchor} {value}")
        if known := f"{attribution.id} {attribution.kind}".strip():
            notes.append(f"#{len(notes) + 1}\tAnnotatorNotes {anchor}\t{known}")
    for attribution in attributions:
        if attribution.parent is not None and id(attribution.parent) in anchors:
            relate("Inside", anchors[id(attribution)], anchors[id(attribution.parent)])
    return "".join(f"{line}\n" for line in (*marks, *relations, *attributes, *notes))


def _lines_of(text, span):
    """The pieces of a span between line ends: brat allows none inside a piece."""
    start = span.start
    for piece in text[span.start : span.end].split("\n"):
        if piece:
            yield start, start + len(piece)
        start += len(piece) + 1
