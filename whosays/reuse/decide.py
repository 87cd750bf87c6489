"""Is this copied? The one rule, for two texts and for a hundred thousand, with every threshold.

Each word has a weight in bits: how rare it is. A long word weighs more than a short one, and a word
that the texts at hand use more than the two times that a copy needs weighs less, down to nothing.
So what everybody who writes on one event says weighs little. A name or a number weighs three
quarters, because texts about one event share those without copying. Two texts share runs of three
words or more; a shared word weighs the less of its two weights. Runs in the same order, close
together, make a passage; each change between them costs. A passage is copied when its words weigh
more than chance explains, by a margin. Chance explains more where the texts are longer and where
more texts are compared; and words that stand in a run which many other documents hold weigh less.

How rare a word is: its share of the words at hand, mixed with what its length makes likely, as if
`READ` words had been read before (MacKay and Peto 1995; for length, Piantadosi, Tily and Gibson
2011). What chance explains is the logarithm of the number of places compared (Karlin and Altschul
1990). Chaining is by the best sum of weights less costs, as in sequence alignment.

The functions of the passages work on flat arrays, so that they run as they are or compiled by
`kernels`. Everything is a whole number, so that all ways give the same result.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log2

RUN = 3  # words: a shorter shared run is not looked at
MARGIN = 12  # bits by which a copied passage exceeds what chance explains
FEW = 100  # documents: in so many, every shared run is looked at, however many hold it
SHORT = 400  # words: a shorter text counts as one of so many
ALONE, DOUBLING = 15, 6  # from so many documents on, each doubling of them needs so many bits more
KNOWN, HALVING = 1_000, 3  # words at hand: each halving of so many needs so many bits more
UNIT = 16  # scores are counted in sixteenths of a bit

# The weight of a word. A word of so many letters is as rare as one in 2 ** LETTER_BITS words, which
# counts like READ words read before. Each use beyond the two of a copy counts like EACH uses. No
# word weighs more than HEAVIEST, and a name or a number weighs NAMED of what it would.
LETTER_BITS = (0, 5, 6, 6, 9, 10, 11, 12, 12, 13, 13)
LETTERS = 16  # more letters count as one less than these
READ, EACH, HEAVIEST, NAMED = 5_000, 24, 14, 0.75
WEIGHT, NAME = 31, 128  # in a weight's byte: the bits, and the mark of a name or number

# A passage: what lies between two of its runs, and what that costs.
GAP, DRIFT = 15, 10  # words between two runs, and how far the two sides may differ in it
CHANGE, SKIPPED = 6, 1  # bits for each change, and for each word skipped by it
SWAP, NEAR, HALF = 12, 3, 20  # two halves that changed places: cost, words between, bits of each
LOOK_BACK = 64  # runs: how far back a run looks for the one it goes on from

# A run that more others than so many hold weighs less: in few documents, and in more than FEW.
# In a very large corpus it is one document in SHARE.
HELD, SHARE = (2.5, 5), 5_000

# What a row of `passages` holds
A0, A1, B0, B1, SCORE, AGREE, LONGEST, PIECES, NAMES, SWAPPED, ROW = range(11)

# How much text may repeat itself before its commonest runs are left out
REPEATS, COMMON = 20_000, 25


def length_bits(words: int) -> int:
    """What the length of a document adds to chance, in `UNIT`: the logarithm of its places."""
    return round(UNIT * log2(max(SHORT, words)))


def corpus_bits(documents, words: int = KNOWN) -> int:
    """What so many documents, and few words to know what is rare by, add to chance; in `UNIT`."""
    more = DOUBLING * log2(max(1.0, documents / ALONE))
    return round(UNIT * (more + HALVING * log2(max(1.0, KNOWN / max(1, words)))))


@lru_cache(maxsize=64)
def weight_limits(total: int) -> tuple[tuple[tuple, ...], tuple[tuple, ...]]:
    """How often a word may be used to weigh so much, among ``total`` words at hand.

    By whether it is a name, then by its letters: at place v - 1 the most uses with which it weighs
    v bits. A word weighs as many bits as it has limits that its uses do not pass.
    """

    def most(bits, letters):
        rare = LETTER_BITS[min(letters, len(LETTER_BITS) - 1)]
        over = (READ + total) * 2.0**-bits - READ * 2.0**-rare
        return int(2 + over / EACH) if over >= 0 else 0

    def limits(letters, share):
        needed = [(v - 0.5) / share for v in range(1, HEAVIEST + 1)]
        return tuple(most(bits, letters) if bits < HEAVIEST else 0 for bits in needed)

    return tuple(tuple(limits(n, share) for n in range(LETTERS)) for share in (1, NAMED))


def weights(text: str, words, uses) -> bytes:
    """The weights of a text's words, a byte each: its bits, and `NAME` for a name or a number.

    Parameters
    ----------
    text : str
    words : sequence of whosays.text.fold.Word
    uses : Counter of str
        How often the texts at hand use each word, this one included.
    """
    limits = weight_limits(uses.total())

    @cache
    def weight(name, letters, used):
        return sum(used <= most for most in limits[name][letters]) | NAME * name

    return bytes(
        weight(is_name(text[w.start]), min(w.end - w.start, LETTERS - 1), uses[w.text])
        for w in words
    )


def is_name(character: str) -> bool:
    """Whether a word that begins so is taken for a name or a number."""
    return character.isupper() or character.istitle() or character.isdigit()


@lru_cache(maxsize=8)
def held_factors(documents) -> list[int]:
    """How much of its weight a word keeps, in `UNIT`, by how many of the documents hold its run.

    In few documents it keeps six tenths at least: there, what many hold was copied often.
    """
    few = documents <= FEW
    least, most = (0.6 * UNIT, HELD[0]) if few else (0, max(HELD[1], documents / SHARE))
    return [round(max(least, UNIT / (1 + log2(max(1.0, (df - 1) / most))))) for df in range(128)]


def holders(listed) -> list[bytes]:
    """How many of a few texts hold each run, as bytes by text; 127 for that many or more.

    ``listed`` has for each text anything that stands for its runs.
    """
    held = Counter()
    for runs in listed:
        held.update(set(runs))
    return [bytes(min(127, held[run]) for run in runs) for runs in listed]


# ------------------------------------------------------------------------------ the shared runs


def shared(grams_a, grams_b, itself: bool = False, run: int = RUN) -> list[tuple[int, int, int]]:
    """The runs of words two texts share, none of which can be made longer.

    Parameters
    ----------
    grams_a, grams_b : sequences
        Anything that stands for the ``run`` words from each word on.
    itself : bool
        One text is compared with itself: each repeated run once, and no run with itself.

    Returns
    -------
    list of (int, int, int)
        First word in a, first word in b, words; in the order of a, then of b. A text that
        repeats itself over and over is compared without the runs it repeats.
    """
    where, both = {}, set(grams_a).intersection(grams_b)
    for j, gram in enumerate(grams_b):
        if gram in both:
            where.setdefault(gram, []).append(j)
    ours = [(i, gram) for i, gram in enumerate(grams_a) if gram in both]
    matches = sum(len(where[gram]) for _, gram in ours)
    if matches > REPEATS + 4 * (len(grams_a) + len(grams_b)):
        in_a = Counter(grams_a)
        for gram in [g for g, places in where.items() if in_a[g] * len(places) > COMMON]:
            del where[gram]
    out = []
    for i, gram in ours:
        for j in where.get(gram, ()):
            before = i and j and grams_a[i - 1] == grams_b[j - 1] and grams_a[i - 1] in where
            if before or (itself and j <= i):
                continue
            n = 1
            while (
                i + n < len(grams_a)
                and j + n < len(grams_b)
                and grams_a[i + n] == grams_b[j + n]
                and grams_a[i + n] in where
            ):
                n += 1
            out.append((i, j, n + run - 1))
    return out


# ---------------------------------------------------------------------------------- the passages


def sort(n: int, primary, secondary, other) -> None:
    """Sort the first n rows of three arrays by the first two (Shell 1959: it needs no room)."""
    gap = 1
    while gap < n // 9:
        gap = 3 * gap + 1
    while gap > 0:
        for x in range(gap, n):
            one, two, three = primary[x], secondary[x], other[x]
            y = x
            while y >= gap and (
                primary[y - gap] > one or (primary[y - gap] == one and secondary[y - gap] > two)
            ):
                primary[y], secondary[y] = primary[y - gap], secondary[y - gap]
                other[y] = other[y - gap]
                y -= gap
            primary[y], secondary[y], other[y] = one, two, three
        gap //= 3


def worth(p: int, q: int, words: int, length: int, wa, wb, df, factor, k: int) -> int:
    """What the first ``words`` words weigh of a shared run of ``length`` from p and q on.

    Each word weighs the less of its two weights, times what it keeps for the documents that hold
    the run of k words it stands in.
    """
    total = 0
    for i in range(words):
        bits = min(wa[p + i] & WEIGHT, wb[q + i] & WEIGHT)
        keeps = UNIT
        if length >= k:
            keeps = factor[df[p + min(i, length - k)] & 127]
        total += bits * keeps
    return total


def link(n: int, ma, mb, ml, wa, wb, df, factor, k: int, value, best, before) -> None:
    """For each run the best chain that ends with it: its weight, and the run it goes on from."""
    longest = 0
    for x in range(n):
        i, j, words = ma[x], mb[x], ml[x]
        longest = max(longest, words)
        alone = worth(i, j, words, words, wa, wb, df, factor, k)
        value[x] = alone
        most = alone
        before[x] = -1
        for y in range(x - 1, max(-1, x - 1 - LOOK_BACK), -1):
            total = best[y] + alone - UNIT * CHANGE
            if total <= most:  # even with nothing left out
                continue
            end_a, end_b = ma[y] + ml[y], mb[y] + ml[y]
            if i - ma[y] > longest + GAP:  # all that come before begin too early as well
                break
            if i <= ma[y] or j <= mb[y]:
                continue
            # two runs may share words at their ends: the later one is then cut
            cut = max(0, max(end_a - i, end_b - j))
            gap_a = i + cut - end_a
            gap_b = j + cut - end_b
            if cut >= words or gap_a > GAP or gap_b > GAP or abs(gap_a - gap_b) > DRIFT:
                continue
            total -= UNIT * SKIPPED * max(gap_a, gap_b)
            if cut > 0:
                total -= worth(i, j, cut, words, wa, wb, df, factor, k)
            if total > most:
                most = total
                before[x] = y
        best[x] = most


def gather(
    n: int, ma, mb, ml, wa, wb, value, best, before, by_best, row_of, out, enough: int, room: int
) -> int:  # fmt: skip
    """Chains, the best first, as rows of ``out``; a run belongs to one. Returns how many.

    What weighs less than ``enough`` is left out, and what finds no ``room``.
    """
    many = 0
    for z in range(n):
        x = n - 1 - z  # a chain weighs more the further it goes
        if best[x] >= enough:
            by_best[many], row_of[many] = x, -best[x]
            many += 1
    sort(many, row_of, by_best, value)
    for x in range(n):
        row_of[x] = -1
    row = 0
    for z in range(many):
        x = by_best[z]
        if row_of[x] >= 0:
            continue
        if row == room:
            break
        score = best[x]
        a1, b1 = ma[x] + ml[x], mb[x] + ml[x]
        a0, b0 = a1, b1
        agree = longest = pieces = names = 0
        while x >= 0:
            if row_of[x] >= 0:  # a better chain has this run and what comes before it
                score -= best[x]
                break
            row_of[x] = row
            words = min(ml[x], min(a0 - ma[x], b0 - mb[x]))
            a0, b0 = ma[x], mb[x]
            for i in range(words):
                names += (wa[a0 + i] & wb[b0 + i] & NAME) // NAME
            agree += words
            longest = max(longest, ml[x])
            pieces += 1
            x = before[x]
        out[row, A0], out[row, A1], out[row, B0], out[row, B1] = a0, a1, b0, b1
        out[row, SCORE], out[row, AGREE], out[row, LONGEST] = score, agree, longest
        out[row, PIECES], out[row, NAMES], out[row, SWAPPED], out[row, ROW] = pieces, names, 0, row
        row += 1
    return row


def changed_places(out, u: int, after: int, row, starts, chains, strong: int) -> int:
    """The first chain after one that lies beside u in both texts, in the other order; or ``row``.

    ``chains`` are in the order of their ``starts`` in a.
    """
    low, high = 0, strong
    while low < high:
        middle = (low + high) // 2
        if starts[middle] < out[u, A1] - 2:
            low = middle + 1
        else:
            high = middle
    best = row
    while low < strong and starts[low] <= out[u, A1] + NEAR:
        v = chains[low]
        gap_b = out[u, B0] - out[v, B1]
        if after < v < best and v != u and -2 <= gap_b <= NEAR and out[v, PIECES] > 0:
            best = v
        low += 1
    return best


def swap(out, row, row_of, n: int, starts, chains, room) -> None:
    """Join two chains whose places were changed: side by side in both texts, in the other order.

    The last three are room to work in. A chain that was joined notes the other in its `ROW`.
    """
    strong = 0
    for u in range(row):
        if out[u, SCORE] >= HALF * UNIT:
            starts[strong], chains[strong] = out[u, A0], u
            strong += 1
    if strong < 2:
        return
    sort(strong, starts, chains, room)
    for u in range(row):
        if out[u, SCORE] < HALF * UNIT:
            continue
        v = changed_places(out, u, -1, row, starts, chains, strong)
        while v < row:
            out[u, A1] = out[v, A1]
            out[u, B0] = out[v, B0]
            out[u, SCORE] += out[v, SCORE] - SWAP * UNIT
            out[u, LONGEST] = max(out[u, LONGEST], out[v, LONGEST])
            for c in (AGREE, PIECES, NAMES):
                out[u, c] += out[v, c]
            out[u, SWAPPED] += out[v, SWAPPED] + 1
            out[v, SCORE] = 0
            out[v, PIECES] = 0
            out[v, ROW] = u
            v = changed_places(out, u, v, row, starts, chains, strong)
    for x in range(n):
        while row_of[x] >= 0 and out[row_of[x], ROW] != row_of[x]:
            row_of[x] = out[row_of[x], ROW]


def passages(
    n: int, ma, mb, ml, wa, wb, df, factor, k: int, chance: int, least: int,
    value, best, before, by_best, row_of, out, room: int,
) -> int:  # fmt: skip
    """The passages two texts share, from their shared runs. Returns how many.

    Parameters
    ----------
    n : int
        How many runs.
    ma, mb, ml : int arrays
        Where each run begins in a and in b, and its words; by place in a, then in b.
    wa, wb : uint8 arrays
        The weights of a's and b's words (`weights`).
    df, factor, k
        How many documents hold the run of k words from each word of a on, and what they leave of
        a weight (`held_factors`).
    chance, least : int
        What chance explains, and the least score; in `UNIT`.
    value, best, before, by_best, row_of : int arrays
        Room to work in, n each. ``row_of[x]`` is in the end the `ROW` of run x.
    out : int64[room, 11 or more]
        Gets the passages; ``out[:, SCORE]`` is what their weight exceeds chance by.
    """
    link(n, ma, mb, ml, wa, wb, df, factor, k, value, best, before)
    enough = min(HALF * UNIT, chance + least)  # two halves that changed places may do together
    row = gather(n, ma, mb, ml, wa, wb, value, best, before, by_best, row_of, out, enough, room)
    swap(out, row, row_of, n, value, before, by_best)
    end = 0
    for u in range(row):
        if out[u, PIECES] == 0 or out[u, SCORE] - chance < least:
            continue
        out[u, SCORE] -= chance
        if end != u:
            for c in range(11):
                out[end, c] = out[u, c]
        end += 1
    return end


# --------------------------------------------------------------------------------- in few texts


@dataclass(frozen=True)
class Passage:
    """A passage that two texts share, and what the rule says of it."""

    a: tuple[int, int]  # word numbers, end exclusive
    b: tuple[int, int]
    # the unchanged ones in the order of a: first word in a, first word in b, words
    runs: tuple[tuple[int, int, int], ...]
    score: float  # bits by which its words weigh more than chance explains
    words: int  # that agree
    names: int  # of these, names or numbers
    longest: int  # words of the longest run
    swapped: bool  # whether parts of it changed places

    @property
    def copied(self) -> bool:
        """Whether the passage is copied."""
        return self.score >= MARGIN

    @property
    def changes(self) -> int:
        """How many places were changed between the unchanged runs."""
        return len(self.runs) - 1

    def why(self, quoted: bool) -> str:
        """Why it counts as copied or does not; ``quoted`` in both texts is a common quotation."""
        quoted = quoted and self.copied
        return why(self.words, self.changes, self.names, self.copied, self.swapped, quoted)


def between(
    runs,
    a_weights,
    b_weights,
    documents=2,
    itself: bool = False,
    held=b"",
    words: int | None = None,
    least: int = -(1 << 40),
) -> list[Passage]:
    """The passages two texts share, copied or not: `passages` for few texts.

    Parameters
    ----------
    runs : sequence of (int, int, int)
        As from `shared`.
    a_weights, b_weights : bytes
        As from `weights`.
    documents : int
        How many texts are compared with each other in all.
    itself : bool
        Both texts are one: a passage then ends before its repetition begins.
    held : bytes
        How many texts hold the run from each word of a on (`holders`).
    words : int, optional
        The words of all the texts that are compared. Default: of these two.
    least : int
        The least score, in `UNIT`: what has less is left out.

    Returns
    -------
    list of Passage
        In the order of a, then of b.
    """
    if not runs:
        return []
    runs, n = sorted(runs), len(runs)
    ma, mb, ml = zip(*runs, strict=True)
    value, best, before, by_best, row_of = ([0] * n for _ in range(5))
    out = {}
    lengths = length_bits(len(a_weights)) + length_bits(len(b_weights))
    words = len(a_weights) + len(b_weights) if words is None else words
    chance = lengths + corpus_bits(documents, words)
    held = held.ljust(len(a_weights), b"\0")
    rows = passages(
        n, ma, mb, ml, a_weights, b_weights, held, held_factors(documents), RUN,
        chance, least, value, best, before, by_best, row_of, out, 1 << 40,
    )  # fmt: skip
    parts = {}
    for x, run in enumerate(runs):
        parts.setdefault(row_of[x], []).append(run)
    candidates = [
        Passage(
            (out[r, A0], out[r, A1]), (out[r, B0], out[r, B1]), _uncut(parts[out[r, ROW]]),
            out[r, SCORE] / UNIT, out[r, AGREE], out[r, NAMES], out[r, LONGEST],
            out[r, SWAPPED] > 0,
        )
        for r in range(rows)
    ]  # fmt: skip
    if itself:
        apart = [p for p in candidates if p.a[1] <= p.b[0]]
        for p in candidates:
            if p.a[1] > p.b[0]:  # it has grown into its own repetition: its parts alone have not
                for run in p.runs if len(p.runs) > 1 else ():
                    apart += between([run], a_weights, b_weights, documents, held=held, words=words)
        candidates = [p for p in apart if p.a[1] <= p.b[0]]
    return sorted(candidates, key=lambda p: (p.a, p.b))


def _uncut(runs):
    """The runs of a passage without the words that two of them share at their ends."""
    out = []
    for i, j, words in runs:
        if out:
            p, q, n = out[-1]
            cut = max(0, p + n - i, q + n - j if j > q else 0)
            i, j, words = i + cut, j + cut, words - cut
        if words > 0:
            out.append((i, j, words))
    return tuple(out)


def why(
    words: int,
    changes: int,
    names: int,
    copied: bool,
    swapped: bool = False,
    quoted: bool = False,
    holders: int = 0,
) -> str:
    """Why a passage counts as copied or does not, in one or two sentences.

    Parameters
    ----------
    words, changes, names, copied, swapped
        As of a `Passage`.
    quoted : bool
        Whether it is a common quotation.
    holders : int
        How many texts hold it, where that is why it is one.
    """
    share = 0 if copied else (2 * names > words) + (names == words)
    return f"{_agreeing(words, changes, swapped)} {_reason(names, share, copied, quoted, holders)}"


@lru_cache(maxsize=1 << 14)
def _agreeing(words, changes, swapped):
    count = f"{words} words" if swapped else f"{words} words in the same order"
    places = f"{changes} place{'s' * (changes != 1)} changed" if changes else "none changed"
    return f"{count}, {places}{', and parts have changed places' if swapped else ''}."


@lru_cache(maxsize=1 << 14)
def _reason(names, share, copied, quoted, holders):
    """``share`` is 2 where all words are names or numbers, 1 where most are."""
    if quoted and holders:
        return f"{holders} texts hold this sentence, and these two share nothing else."
    if quoted:
        return "Both texts have them in quotation marks, so both may quote somebody else."
    if share == 2:
        return "They are all names or numbers, which texts share without copying."
    if not copied:
        more = " Most of them are names or numbers." if share else ""
        return f"That is too little to tell from a set phrase.{more}"
    if not names:
        return "That is too much for chance."
    are = (
        "1 of them is a name or number, which counts"
        if names == 1
        else f"{names} of them are names or numbers, which count"
    )
    return f"{are} less; it is still too much for chance."
