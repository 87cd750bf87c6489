"""Fingerprints: they belong to their texts, and to the passages quoted from them."""

from bisect import bisect_left

from ...reuse.fingerprint import FingerprintError, gram_hashes, make_fingerprint, parse_fingerprint
from ...text.fold import words
from ...text.spans import hash_text
from ..read import inside, read_json


def fingerprints(pack):
    anew = "Make it anew with whosays.reuse.fingerprint.write_fingerprints, from the whole text."
    folder = pack.folder / "fingerprints"
    sources = pack.rows("sources", "source_id")
    if pack.tables["sources"].complete and folder.is_dir():
        _strangers(pack, folder, sources)
    for row in sources:
        _fingerprint(pack, row, anew)


def _strangers(pack, folder, sources):
    """Fingerprints of no source of the pack."""
    known = {row.values["source_id"] for row in sources}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".json" and path.stem not in known:
            message = f"There is no source {path.stem!r} in sources."
            remedy = "Rename the file to the id of its source, or take it out."
            pack.add(f"fingerprints/{path.name}", None, None, "extra-fingerprint", message, remedy)


def _fingerprint(pack, row, anew):
    source_id = row.values["source_id"]
    place = f"fingerprints/{source_id}.json"
    path = inside(pack.folder, place, place, pack.problems)
    raw = read_json(path, place, pack.problems) if path else None
    if raw is None:
        return
    try:
        fingerprint = parse_fingerprint(raw)
    except FingerprintError as error:
        pack.add(place, None, None, "fingerprint-form", str(error), anew)
        return
    pack.fingerprints[source_id] = fingerprint
    for name in ("source_id", "sha256", "characters"):
        if row.has(name) and row.values[name] != getattr(fingerprint, name):
            theirs = getattr(fingerprint, name)
            message = f"The fingerprint has {name} {theirs!r}, the source {row.values[name]!r}."
            pack.add(place, None, name, "fingerprint-disagrees", message, anew)
    if fingerprint.fold != pack.places.digest:
        message = (
            "The fingerprint was made with other place names than the kit and the pack have now."
        )
        pack.add(place, None, "fold", "fingerprint-fold", message, anew)
        return
    text = pack.texts.get(source_id)
    if text is None:
        _fingerprint_of_quotations(pack, source_id, fingerprint)
    elif hash_text(text) == fingerprint.sha256:
        made = make_fingerprint(source_id, text, pack.places, sorted(fingerprint.grams))
        if made.offsets != fingerprint.offsets or made.grams != fingerprint.grams:
            message = "The words or hashes are not those of the text at hand."
            pack.add(place, None, "grams", "fingerprint-mismatch", message, anew)


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
        if (
            fingerprint.offsets[at : at + len(inner)] != offsets
            or fingerprint.grams[n][at : at + len(hashes)] != hashes
        ):
            message = (
                f"The fingerprint of {source_id!r} has other words at {v['start']}-{v['end']}."
            )
            remedy = "Correct the offsets or the text, or make the fingerprint anew."
            pack.add("passages", row, "exact", "fingerprint-disagrees", message, remedy)
