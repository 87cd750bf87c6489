"""Attributions in and out: JSON lines, CSV, W3C Web Annotation, brat; chains as PROV-O; claims as
schema.org.

Offsets are Unicode code points throughout, as the W3C Web Annotation Data Model (2017) and RFC 5147
count; ``units="utf-16"`` gives what JavaScript counts.
"""

import csv
import io
import json

from ..text.spans import (
    Attribute,
    Mark,
    Quote,
    Relation,
    Standoff,
    from_selectors,
    to_selectors,
    write_brat,
)
from .model import MODES, ROLES, Attribution, Stretch

#: vocabulary of the roles in JSON-LD; a namespace of this kit
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"ws": "urn:whosays:attribution#"}]
SIGNS = ("negated", "denied")
COLUMNS = (
    "doc",
    "rel_id",
    "parent_id",
    *(f"{role}_{what}" for role in ROLES for what in ("spans", "text")),
    "mode",
    "kind",
    "confidence",
    *SIGNS,
    "chain",
)


class InterchangeError(ValueError):
    """A file that cannot be read as attributions; the message says where."""


# --- plain rows ----------------------------------------------------------------------------------


def to_row(attribution, doc="", chain=()):
    """One attribution as a flat mapping (a row of CSV, a line of JSON), spans as
    ``start-end;start-end``.
    """
    row = {
        "doc": doc,
        "rel_id": attribution.id,
        "parent_id": attribution.parent.id if attribution.parent else "",
    }
    for role in ROLES:
        spans = getattr(attribution, role)
        row[f"{role}_spans"] = ";".join(f"{s.start}-{s.end}" for s in spans)
        row[f"{role}_text"] = " ".join(s.text for s in spans)
    row |= {
        "mode": attribution.mode,
        "kind": attribution.kind,
        "confidence": attribution.confidence,
    }
    row |= {sign: "true" if getattr(attribution, sign) else "" for sign in SIGNS}
    row["chain"] = " > ".join(map(str, chain))
    return row


def to_json(attribution, doc="", chain=()):
    """One attribution as plain JSON values, spans as ``[start, end]`` pairs."""
    out = {
        "doc": doc,
        "id": attribution.id,
        "parent": attribution.parent.id if attribution.parent else None,
    }
    for role in ROLES:
        out[role] = [[s.start, s.end] for s in getattr(attribution, role)]
        out[f"{role}_text"] = [s.text for s in getattr(attribution, role)]
    out |= {
        "mode": attribution.mode,
        "kind": attribution.kind,
        "confidence": attribution.confidence,
        "negated": attribution.negated,
        "denied": attribution.denied,
    }
    if chain:
        out["chain"] = [{"agent": step.agent, "how": step.how} for step in chain]
    return out


def to_jsonl(attributions, doc=""):
    """JSON lines, one attribution a line."""
    return "".join(json.dumps(to_json(a, doc), ensure_ascii=False) + "\n" for a in attributions)


def from_jsonl(lines, text):
    """Attributions from JSON lines about ``text``.

    Raises
    ------
    InterchangeError
        Naming the line: no JSON, offsets outside the text, words that differ from the text's.
    """
    records = []
    for number, line in enumerate(lines.splitlines(), 1):
        if line.strip():
            try:
                records.append((f"line {number}", json.loads(line)))
            except json.JSONDecodeError as error:
                raise InterchangeError(f"line {number} is no JSON: {error}") from error
    return _built(records, text)


def to_csv(attributions, doc="", header=True):
    """CSV, one attribution a row; the text columns are for people, the offsets decide."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    if header:
        writer.writeheader()
    writer.writerows(to_row(a, doc) for a in attributions)
    return out.getvalue()


def from_csv(table, text):
    """Attributions from the CSV that :func:`to_csv` writes.

    Raises
    ------
    InterchangeError
        Naming the row and the column.
    """
    records = []
    reader = csv.DictReader(io.StringIO(table))
    for number, row in enumerate(reader, 2):
        record = {
            "id": row.get("rel_id"),
            "parent": row.get("parent_id") or None,
            "mode": row.get("mode"),
            "kind": row.get("kind") or "",
            "confidence": row.get("confidence") or 1.0,
            **{sign: row.get(sign) == "true" for sign in SIGNS},
        }
        for role in ROLES:
            try:
                pieces = [
                    piece.split("-")
                    for piece in (row.get(f"{role}_spans") or "").split(";")
                    if piece
                ]
                record[role] = [[int(a), int(b)] for a, b in pieces]
            except ValueError as error:
                raise InterchangeError(
                    f"row {number}, column {role}_spans: write start-end pairs, separated by ;"
                ) from error
        records.append((f"row {number}", record))
    return _built(records, text)


def _built(records, text):
    """Attributions from plain records, their parents joined by id."""
    made = {}
    for where, record in records:
        parts = {}
        for role in ROLES:
            spans = []
            for place, pair in enumerate(record.get(role) or ()):
                try:
                    start, end = map(int, pair)
                except (TypeError, ValueError) as error:
                    raise InterchangeError(
                        f"{where}, {role}: {pair!r} is no pair of offsets"
                    ) from error
                if not 0 <= start < end <= len(text):
                    raise InterchangeError(
                        f"{where}, {role}: {start}-{end} does not lie in the text of {len(text)} "
                        "characters"
                    )
                told = record.get(f"{role}_text")
                if isinstance(told, list) and place < len(told) and told[place] != text[start:end]:
                    raise InterchangeError(
                        f"{where}, {role}: the text at {start}-{end} is not {told[place]!r}; is "
                        "this another version of the text?"
                    )
                spans.append(Stretch(start, end, text[start:end]))
            parts[role] = tuple(spans)
        if not parts["content"]:
            raise InterchangeError(f"{where}: an attribution needs a content")
        mode = record.get("mode") or "indirect"
        if mode not in MODES:
            raise InterchangeError(
                f"{where}: there is no mode {mode!r}; use one of {', '.join(MODES)}"
            )
        name = str(record.get("id") or f"a{len(made) + 1}")
        if name in made:
            raise InterchangeError(f"{where}: the id {name!r} is used twice")
        made[name] = (
            Attribution(
                **parts,
                mode=mode,
                confidence=float(record.get("confidence") or 1.0),
                kind=record.get("kind") or "",
                id=name,
                **{sign: bool(record.get(sign)) for sign in SIGNS},
            ),
            record.get("parent"),
            where,
        )
    for attribution, parent, where in made.values():
        if parent:
            if str(parent) not in made:
                raise InterchangeError(f"{where}: its parent {parent!r} is not there")
            attribution.parent = made[str(parent)][0]
    for attribution, _, where in made.values():
        node, seen = attribution, set()
        while node is not None:
            if id(node) in seen:
                raise InterchangeError(f"{where}: its parents run in a circle")
            seen.add(id(node))
            node = node.parent
    return [attribution for attribution, _, _ in made.values()]


# --- W3C Web Annotation --------------------------------------------------------------------------


def to_webanno(attributions, text, source="", units="code-points"):
    """Attributions as a W3C Web Annotation page (JSON-LD, as a plain dict).

    Every piece is a SpecificResource with a TextPositionSelector and a TextQuoteSelector, so that
    it can be found again after edits elsewhere in the text.

    Parameters
    ----------
    attributions : list of Attribution
    text : str
    source : str
        Address (IRI) or name of the text.
    units : {"code-points", "utf-16"}
        What the positions count; the standard has code points.

    Returns
    -------
    dict
    """
    items = []
    for number, attribution in enumerate(attributions, 1):
        name = attribution.id or f"a{number}"
        targets = [
            {
                "type": "SpecificResource",
                "source": source,
                "purpose": f"ws:{role}",
                "selector": to_selectors(Quote.make(text, span.start, span.end), text, units),
            }
            for role in ROLES
            for span in getattr(attribution, role)
        ]
        body = {
            "type": "ws:Attribution",
            "purpose": "tagging",
            "ws:mode": attribution.mode,
            "ws:confidence": attribution.confidence,
            "ws:kind": attribution.kind,
            **{f"ws:{sign}": True for sign in SIGNS if getattr(attribution, sign)},
        }
        if attribution.parent is not None:
            body["ws:parent"] = f"#{attribution.parent.id}"
        items.append(
            {
                "id": f"#{name}",
                "type": "Annotation",
                "motivation": "identifying",
                "body": body,
                "target": targets,
            }
        )
    return {"@context": CONTEXT, "type": "AnnotationPage", "ws:units": units, "items": items}


def from_webanno(page, text):
    """Attributions from a Web Annotation page, anchored in ``text`` even if it was edited
    elsewhere.

    Raises
    ------
    InterchangeError
        Naming the annotation, where a piece cannot be found or told apart.
    """
    records = []
    units = page.get("ws:units", "code-points")
    for item in page.get("items", ()):
        name = str(item.get("id", "")).lstrip("#")
        body = item.get("body") or {}
        record = {
            "id": name,
            "mode": body.get("ws:mode"),
            "kind": body.get("ws:kind", ""),
            "confidence": body.get("ws:confidence", 1.0),
            "parent": str(body.get("ws:parent", "")).lstrip("#") or None,
            **{sign: body.get(f"ws:{sign}", False) for sign in SIGNS},
        }
        for target in item.get("target", ()):
            role = str(target.get("purpose", "")).removeprefix("ws:")
            if role not in ROLES:
                continue
            try:
                quote = _anchored(target["selector"], text, units)
            except (LookupError, ValueError) as error:
                raise InterchangeError(f"annotation {name}, {role}: {error}") from error
            record.setdefault(role, []).append([*quote.span])
        records.append((f"annotation {name}", record))
    return _built(records, text)


def _anchored(selector, text, units):
    """The quotation a selector names; in an edited text UTF-16 positions may fall anywhere, so
    words decide.
    """
    try:
        return from_selectors(selector, text, units)
    except ValueError:
        quoted = [
            s for s in selector if isinstance(s, dict) and s.get("type") == "TextQuoteSelector"
        ]
        if not quoted:
            raise
        return from_selectors(quoted, text)


# --- brat ----------------------------------------------------------------------------------------


def to_brat(attributions, text):
    """Attributions as the text of a brat ``.ann`` file.

    Every attribution has marks ``Source``, ``Cue`` and ``Content`` of its own; relations
    ``SourceOf``, ``ContentOf`` and ``Inside`` run from its anchor (the cue, or the content where
    there is none); the mode and the confidence are attributes of the anchor.
    """
    out = Standoff()
    anchors = {}
    for attribution in attributions:
        names = {}
        for role in ROLES:
            spans = getattr(attribution, role)
            if spans:
                names[role] = f"T{len(out.marks) + 1}"
                out.marks.append(
                    Mark(names[role], role.capitalize(), tuple((s.start, s.end) for s in spans))
                )
        anchor = anchors[id(attribution)] = names.get("cue") or names["content"]
        for role in ("source", "content"):
            if role in names and names[role] != anchor:
                out.relations.append(
                    Relation(
                        f"R{len(out.relations) + 1}",
                        f"{role.capitalize()}Of",
                        (("Arg1", anchor), ("Arg2", names[role])),
                    )
                )
        for label, value in (
            ("Mode", attribution.mode),
            ("Confidence", f"{attribution.confidence:g}"),
        ):
            out.attributes.append(Attribute(f"A{len(out.attributes) + 1}", label, anchor, value))
        for sign in SIGNS:
            if getattr(attribution, sign):
                number = len(out.attributes) + 1
                out.attributes.append(Attribute(f"A{number}", sign.capitalize(), anchor, "true"))
        if attribution.id or attribution.kind:
            out.notes.append((anchor, f"{attribution.id} {attribution.kind}".strip()))
    for attribution in attributions:
        if attribution.parent is not None and id(attribution.parent) in anchors:
            out.relations.append(
                Relation(
                    f"R{len(out.relations) + 1}",
                    "Inside",
                    (("Arg1", anchors[id(attribution)]), ("Arg2", anchors[id(attribution.parent)])),
                )
            )
    return write_brat(out, text)


# --- PROV-O and schema.org -----------------------------------------------------------------------


def to_prov(attribution, chain, document=""):
    """A relay chain as PROV-O, JSON-LD as a plain dict.

    The statement is attributed to the innermost voice; each telling of it was quoted from the
    telling inside it.

    Parameters
    ----------
    attribution : Attribution
    chain : list of Step
        Outermost first, as :func:`~whosays.attribution.relay_chain` gives it.
    document : str
        Address or name of the document.

    Returns
    -------
    dict
    """
    name = attribution.id or "statement"
    graph = []
    previous = None
    for depth, step in enumerate(chain):
        telling = f"#{name}-telling-{depth + 1}"
        agent = f"#agent-{_slug(step.agent)}"
        graph.append({"@id": agent, "@type": "prov:Agent", "rdfs:label": step.agent})
        entity = {
            "@id": telling,
            "@type": "prov:Entity",
            "prov:wasAttributedTo": {"@id": agent},
            "ws:knownBy": step.how,
        }
        if previous is None and document:
            entity["prov:wasDerivedFrom"] = {"@id": document}
        graph.append(entity)
        if previous is not None:
            previous["prov:wasQuotedFrom"] = {"@id": telling}
        previous = entity
    if previous is not None:
        previous["prov:value"] = attribution.text("content")
    context = {
        "prov": "http://www.w3.org/ns/prov#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "ws": "urn:whosays:attribution#",
    }
    return {"@context": context, "@graph": graph}


def to_claim(attribution, chain=(), appearances=()):
    """A claim as a schema.org Claim, JSON-LD as a plain dict.

    Parameters
    ----------
    attribution : Attribution
    chain : list of Step
        Its innermost voice is the author.
    appearances : sequence of str
        Addresses of the documents it stands in, the earliest first.

    Returns
    -------
    dict
        Never a ClaimReview: a review needs a rating, and a rating needs a person.
    """
    claim = {
        "@context": "https://schema.org",
        "@type": "Claim",
        "text": attribution.text("content"),
    }
    author = chain[-1].agent if chain else attribution.text("source")
    if author:
        claim["author"] = {"@type": "Thing", "name": author}
    if appearances:
        claim["firstAppearance"] = {"@type": "CreativeWork", "url": appearances[0]}
        claim["appearance"] = [{"@type": "CreativeWork", "url": address} for address in appearances]
    return claim


def _slug(name):
    return (
        "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split()) or "unnamed"
    )
