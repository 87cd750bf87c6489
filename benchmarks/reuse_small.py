"""The copy detector on few texts: planted passages, the case's own key, who copied whom, a famous sentence.

    WHOSAYS_FULLTEXT=FOLDER python benchmarks/reuse_small.py STORIES [--sets 40] [--seed 11]

STORIES is a .jsonl or .jsonl.gz file of news stories with a ``text`` each; FOLDER holds the five
pieces. Small corpora of six stories get clauses of 9 to 18 words from one another with 0 to 3 edits
or two halves exchanged, one agency sentence in four of six, and one rewritten sentence. A passage
found that nobody planted is an error unless it holds twelve words without a change. Tuned on seed 11.
"""

import argparse
import gzip
import json
import random
import re
from collections import Counter

from whosays import load_case
from whosays.evidence import side_by_side
from whosays.reuse import compare, find_reuse

SENTENCE = re.compile(r"[^.!?]+[.!?]+(?=\s|$)")
TOPICS = "wheat OPEC Fed dividend merger yen copper coffee unemployment bonds".split()


def stories(path):
    """The texts of a file of stories."""
    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path)  # noqa: SIM115
    with opened as lines:
        return [json.loads(line)["text"] for line in lines]


def edited(words, edits, rng, vocabulary):
    """Words with so many of them replaced, left out or put in."""
    words = list(words)
    for _ in range(edits):
        at, what = rng.randrange(len(words)), rng.random()
        if what < 0.6:
            words[at] = rng.choice(vocabulary)
        elif what < 0.8 and len(words) > 4:
            del words[at]
        else:
            words.insert(at, rng.choice(vocabulary))
    return words


def planted(rng, pool, vocabulary, size=6):
    """A small corpus and its truth.

    Returns
    -------
    texts : list of str
    truth : list of (kind, (document, start, end), (document, start, end))
    """
    topic = rng.choice(TOPICS) if rng.random() < 0.5 else ""
    fitting = [t for t in pool if topic in t and 80 <= len(t.split()) <= 400]
    documents = [t.split() for t in rng.sample(fitting, size)]
    marks, inserts, kinds = [[] for _ in documents], [[] for _ in documents], []

    def put(document, words):
        inserts[document].append(
            (rng.randrange(len(documents[document]) + 1), words, len(kinds) - 1)
        )

    for _ in range(rng.randint(3, 6)):
        (a, b), length = rng.sample(range(size), 2), rng.randint(9, 18)
        start = rng.randrange(len(documents[a]) - length)
        if any(s < start + length and start < e for s, e, _ in marks[a]):
            continue
        words, edits = documents[a][start : start + length], rng.choice([0, 1, 2, 3, "swap"])
        kinds.append(f"clause, {edits} edits" if edits != "swap" else "clause, halves exchanged")
        marks[a].append((start, start + length, len(kinds) - 1))
        half = length // 2
        swapped = edits == "swap"
        put(b, words[half:] + words[:half] if swapped else edited(words, edits, rng, vocabulary))
    for kind, holders, few, most in (
        ("agency sentence", 4, 12, 30),
        ("rewritten sentence", 2, 16, 35),
    ):
        found = [m.group().split() for m in SENTENCE.finditer(rng.choice(pool))]
        found = [words for words in found if few <= len(words) <= most]
        if not found:
            continue
        kinds.append(kind)
        words = rng.choice(found)
        for n, document in enumerate(rng.sample(range(size), holders)):
            edits = rng.choice([0, 0, 1]) if holders == 4 else n * max(2, len(words) // 5)
            put(document, edited(words, edits, rng, vocabulary))
    texts, places = [], {}
    for document, words in enumerate(documents):
        text, held = _written(words, marks[document], sorted(inserts[document], key=lambda i: i[0]))
        texts.append(text)
        for which, start, end in held:
            places.setdefault(which, []).append((document, start, end))
    truth = []
    for which, held in places.items():
        held.sort()
        truth += [
            (kinds[which], one, other)
            for n, one in enumerate(held)
            for other in held[n + 1 :]
            if one[0] != other[0]
        ]
    return texts, truth


def _written(words, marks, inserts):
    """The text with its inserts, none inside a marked clause, and where each of them stands."""
    pieces, held, starts, ends, at = [], [], {}, {}, 0

    def write(word):
        nonlocal at
        pieces.append(word)
        at += len(word) + 1
        return at - len(word) - 1, at - 1

    for n in range(len(words) + 1):
        while inserts and inserts[0][0] <= n and not any(s < n < e for s, e, _ in marks):
            _, put, which = inserts.pop(0)
            spans = [write(word) for word in put]
            held.append((which, spans[0][0], spans[-1][1]))
        if n < len(words):
            starts[n], ends[n] = write(words[n])
    held += [(which, starts[s], ends[e - 1]) for s, e, which in marks]
    return " ".join(pieces), held


def small(path, sets, seed):
    """Pooled precision, recall and F1 over planted corpora, and recall by kind."""
    rng, pool = random.Random(seed), stories(path)
    rng.shuffle(pool)
    vocabulary = [word for text in pool[:300] for word in text.split()]
    right = wrong = 0
    found, there = Counter(), Counter()
    for _ in range(sets):
        texts, truth = planted(rng, pool, vocabulary)
        result = find_reuse({f"{n:02d}": text for n, text in enumerate(texts)})
        there.update(kind for kind, *_ in truth)
        hit = set()
        for row, longest in zip(
            result.passage_rows, result.found.column("longest").tolist(), strict=True
        ):
            over = {
                n
                for n, (_, a, b) in enumerate(truth)
                if (int(row[0]), int(row[3])) == (a[0], b[0])
                and row[1] < a[2] and a[1] < row[2] and row[4] < b[2] and b[1] < row[5]
            }  # fmt: skip
            hit |= over
            wrong += not over and longest < 12
        right += len(hit)
        found.update(truth[n][0] for n in hit)
    precision, recall = right / (right + wrong), right / sum(there.values())
    print(f"planted, {sets} sets of six, seed {seed}: precision {precision:.3f}, recall {recall:.3f}, "
          f"F1 {2 * precision * recall / (precision + recall):.3f}")  # fmt: skip
    for kind in sorted(there):
        print(f"  {kind}: {found[kind]} of {there[kind]}")


def own_key(level):
    """Rows of the case's reuse key that are touched, and covered by nine tenths, by kind of reason."""
    case = load_case("khojaly")
    whole = {
        source["source_id"]: case.document(source["source_id"]).whole for source in case.sources
    }
    if any(text is None for text in whole.values()):
        print(f"five pieces, {level}: the full texts are not here")
        return
    items = {i["item_id"]: (i["source_id"], i["start"], i["end"]) for i in case.items}
    texts = whole if level == "documents" else {i: whole[s][a:b] for i, (s, a, b) in items.items()}
    found = find_reuse(texts).passage_rows
    touched, covered, there = Counter(), Counter(), Counter()
    for row in case.reuse_key:
        sides = []
        for side in "ab":
            source, start, _ = items[row[f"{side}_item"]]
            name, off = (source, 0) if level == "documents" else (row[f"{side}_item"], start)
            sides.append((name, row[f"{side}_start"] - off, row[f"{side}_end"] - off))
        one, other = sorted(sides)
        if one[0] == other[0] or row["kind"] == "paraphrase":
            continue
        why = "cannot tell" if row["why"] == "cannot_tell" else "reuse"
        why = "set phrase" if row["why"] == "set_phrase" else why
        over = [
            r for r in found
            if (r[0], r[3]) == (one[0], other[0])
            and r[1] < one[2] and one[1] < r[2] and r[4] < other[2] and other[1] < r[5]
        ]  # fmt: skip
        there[why] += 1
        touched[why] += bool(over)
        covered[why] += all(
            len({c for r in over for c in range(max(r[i], s), min(r[i + 1], e))}) >= 0.9 * (e - s)
            for i, (_, s, e) in ((1, one), (4, other))
        )
    said = "; ".join(
        f"{why} {touched[why]} / {covered[why]} of {n}" for why, n in sorted(there.items())
    )
    print(f"five pieces, {level}, touched / nine tenths of both sides: {said}")


def one_answer():
    """How many pairs of items get one answer from the lesson, `compare` and `find_reuse`."""
    case = load_case("khojaly")
    texts = {
        i["item_id"]: case.document(i["source_id"]).slice(i["start"], i["end"]) for i in case.items
    }
    if None in texts.values():
        return
    corpus = {(r[0], r[3]) for r in find_reuse(texts).passage_rows}
    names, differing, pairs = sorted(texts), 0, 0
    for n, a in enumerate(names):
        for b in names[n + 1 :]:
            pairs += 1
            close = compare(texts[a], texts[b], a_id=a, b_id=b, background=texts)
            kinds = {r[6] for r in close.passage_rows} - {"name", "formula"}
            answers = {bool(side_by_side.items(case, a, b).pairs), bool(kinds), (a, b) in corpus}
            differing += len(answers) > 1
    print(
        f"one answer from lesson, compare and find_reuse: {pairs - differing} of {pairs} pairs of items"
    )


PLACES = ["Wendlemouth", "Osier Bridge", "Saltmarsh Quay", "Harrow Point", "Lantern Bay"]
EVENTS = [
    "the passenger service across the sound will be suspended for eleven days while divers look for the lost anchor",
    "a crane that was meant to lift the new landing stage fell into the shallow water beside the fish market",
    "the council has agreed to pay for a second night boat until the bridge is open to heavy lorries again",
    "nineteen people had to spend the night in the school because the last boat of the evening did not leave",
]  # fmt: skip
FILLER = [
    "Nobody was hurt and the weather stayed calm through the afternoon.",
    "Shops near the quay had opened late because of the market.",
    "A timetable for the summer is expected before the end of the month.",
    "Several readers had written to us about the noise of the engines.",
]


def who_copied_whom():
    """Twenty invented cases in which it is known who copied whom: credits, clocks, or neither."""
    right, said = 0, []
    for place in PLACES:
        for n, event in enumerate(EVENTS):
            core = f"In {place} {event}."
            one, other = f"{core} {FILLER[n]}", f"{FILLER[n - 1]} {core}"
            dates, outlets, want = {"one": "2024-03-02", "other": "2024-03-04"}, {}, "one"
            if n == 1:  # the later credits the earlier, and the dates are missing
                dates, outlets = {}, {"one": "Coast Press", "other": "Courier"}
                other = f"Coast Press has reported what follows. {core}"
            if n == 2:  # one day, no credit: nobody can tell
                dates, want = {"one": "2024-03-02", "other": "2024-03-02"}, "undecided"
            if n == 3:  # what the later says is its own: nothing is copied
                other = f"{FILLER[n - 1]} In {place} the harbour office was painted green."
                want = "none"
            rows = find_reuse(
                {"one": one, "other": other}, dates=dates, outlets=outlets
            ).cluster_rows
            answer = next(
                (r[1] for r in rows if r[6] == "earliest"), "undecided" if rows else "none"
            )
            right += answer == want
            said += [] if answer == want else [f"{place}, {n}: {answer}, not {want}"]
    print(f"who copied whom: {right} of 20", *said, sep="\n  ")


def famous_sentence(path):
    """Ten stories that share nothing but one famous sentence, with quotation marks and without."""
    pool = [text for text in stories(path)[:4000:400] if text]
    words = "We shall not ask who sank the boat, but who will build the next one and pay the crew"
    for how in ("{}", "“{}”", '"{}"'):
        texts = {str(n): f"{text} {how.format(words)}. {text[:40]}" for n, text in enumerate(pool)}
        result = find_reuse(texts)
        clusters = {row[0] for row in result.cluster_rows}
        print(f"famous sentence as {how.format('…')}: {result.pair_count} pairs called copies, "
              f"{len(clusters)} cluster of {len(result.cluster_rows)} texts")  # fmt: skip


def main():
    """Measure everything, and print it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("stories")
    parser.add_argument("--sets", type=int, default=40)
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    small(args.stories, args.sets, args.seed)
    for level in ("documents", "items"):
        own_key(level)
    one_answer()
    who_copied_whom()
    famous_sentence(args.stories)


if __name__ == "__main__":
    main()
