"""Fingerprints: they belong to their texts, and to the passages quoted from them."""

from bisect import bisect_left

from ...reuse.fingerprint import FingerprintError, gram_hashes, make_fingerprint, parse_fingerprint
from ...text.fold import words
from ...text.spans import hash_text
from ..read import read_json


def fingerprints(pack) -> None:
    folder = pack.folder / "fingerprints"
    sources = pack.rows("sources", "source_id")
    if pack.tables["sources"].complete and folder.is_dir():
        _strangers(pack, folder, sources)
    for row in sources:
        _fingerprint(pack, row)


def _strangers(pack, folder, sources):
    """Fingerprints of no source of the pack."""
    known = {row.values["source_id"] for row in sources}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".json" and path.stem not in known:
            place = f"fingerprints/{path.name}"
            pack.add(place, None, None, "extra-fingerprint", source=path.stem)


def _fingerprint(pack, row):
    source_id = row.values["source_id"]
    place = f"fingerprints/{source_id}.json"
    raw = read_json(pack.folder, place, pack.problems)
    if raw is None:
        return
    try:
        fingerprint = parse_fingerprint(raw)
    except FingerprintError as error:
        pack.add(place, None, None, "fingerprint-form", error=error)
        return
    pack.fingerprints[source_id] = fingerprint
    for name in ("source_id", "sha256", "characters"):
        theirs, own = getattr(fingerprint, name), row.values[name]
        if row.has(name) and own != theirs:
            words = {"column": name, "theirs": theirs, "own": own}
            pack.add(place, None, name, "fingerprint-disagrees", **words)
    if fingerprint.fold != pack.places.digest:
        pack.add(place, None, "fold", "fingerprint-fold")
        return
    text = pack.texts.get(source_id)
    if text is None:
        _fingerprint_of_quotations(pack, source_id, fingerprint)
    elif hash_text(text) == fingerprint.sha256:
        fingerprint_now = pack.made.get(source_id)
        if fingerprint_now is None or (fingerprint_now.sha256, set(fingerprint_now.grams)) != (
            hash_text(text),
            set(fingerprint.grams),
        ):
            fingerprint_now = make_fingerprint(
                source_id, text, pack.places, sorted(fingerprint.grams)
            )
        if (
            fingerprint_now.offsets != fingerprint.offsets
            or fingerprint_now.grams != fingerprint.grams
        ):
            pack.add(place, None, "grams", "fingerprint-mismatch")


def _fingerprint_of_quotations(pack, source_id, fingerprint):
    """Without the whole text, quotations still have to be where the fingerprint has their words."""
    starts = [start for start, _ in fingerprint.offsets]
    n = min(fingerprint.grams)
    for row in pack.rows("passages", "source_id", "start", "end", "exact"):
        v = row.values
        if v["source_id"] != source_id or not row.sound or hash_text(v["exact"]) != v["sha256"]:
            continue
        # The first and last words may be cut, and a place name of two words with them.
        inner = words(v["exact"], pack.places)[2:-2]
        if len(inner) < n:
            continue
        at = bisect_left(starts, v["start"] + inner[0].start)
        offsets = tuple((v["start"] + w.start, v["start"] + w.end) for w in inner)
        hashes = gram_hashes([w.text for w in inner], n)
        there = fingerprint.offsets[at : at + len(inner)]
        if (there, fingerprint.grams[n][at : at + len(hashes)]) != (offsets, hashes):
            told = {"source": source_id, "start": v["start"], "end": v["end"]}
            pack.add("passages", row, "exact", "fingerprint-disagrees.words", **told)
