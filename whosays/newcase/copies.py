"""Which passages the pieces of a new case share: every pair is decided as everywhere in the kit."""

from itertools import combinations

from ..reuse import decide
from ..reuse.fingerprint import make_fingerprints

#: words: repeats inside a piece shorter than this are left to the reader
REPEAT = 8


def shared_passages(texts: dict[str, str]) -> list[tuple]:
    """Every passage that two of these texts share, and what one says twice.

    Returns
    -------
    list of (a, a_start, a_end, b, b_start, b_end, kind)
        ``kind`` is ``verbatim`` or ``edited``.
    """
    prints = make_fingerprints(texts, sizes=[decide.RUN])
    grams = {name: print_.grams[decide.RUN] for name, print_ in prints.items()}
    held = dict(zip(grams, decide.holders(list(grams.values())), strict=True))
    words = sum(print_.words for print_ in prints.values())
    out = []
    for a, b in _may_share(prints, grams, held, words):
        one, other = prints[a], prints[b]
        runs = decide.shared(grams[a], grams[b], a == b)
        among = len(texts), a == b, held[a], words
        # what a piece repeats is shown however little it weighs
        least = {} if a == b else {"least": decide.MARGIN * decide.UNIT}
        for p in decide.between(runs, one.weights, other.weights, *among, **least):
            if p.copied or p.longest >= REPEAT:
                spans = [
                    (text.offsets[first][0], text.offsets[end - 1][1])
                    for text, (first, end) in ((one, p.a), (other, p.b))
                ]
                kind = "edited" if p.changes else "verbatim"
                out.append((a, *spans[0], b, *spans[1], kind))
    return out


def _may_share(prints, grams, held, words):
    """The pairs that are worth a close look, and what repeats a run of words.

    No passage weighs more than all the runs together that two texts share. Where these weigh less
    than a copy has to, there is none.
    """
    names, factor = sorted(prints), decide.held_factors(len(prints))
    pairs, most, holders = [], {}, {}
    for n, name in enumerate(names):
        bits = [weight & decide.WEIGHT for weight in prints[name].weights]
        if len(set(grams[name])) < len(grams[name]):
            pairs.append((name, name))
        for i, (gram, many) in enumerate(zip(grams[name], held[name], strict=True)):
            if many > 1:
                weight = sum(bits[i : i + decide.RUN]) * factor[many]
                most[gram] = max(most.get(gram, 0), weight)
                places = holders.setdefault(gram, {})
                places[n] = places.get(n, 0) + 1
    shared = {}
    for gram, places in holders.items():
        for (a, times), (b, _) in combinations(places.items(), 2) if most[gram] else ():
            shared[a, b] = shared.get((a, b), 0) + times * most[gram]
    length = [decide.length_bits(prints[name].words) for name in names]
    least = decide.corpus_bits(len(prints), words) + decide.MARGIN * decide.UNIT
    pairs += [
        (names[a], names[b])
        for (a, b), weight in shared.items()
        if weight >= length[a] + length[b] + least
    ]
    return sorted(pairs)
