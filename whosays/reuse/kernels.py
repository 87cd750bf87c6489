"""The corpus-wide steps as Numba compiles them; `compiled` calls them.

They make no arrays and raise nothing: everything they work on is handed in. Numba compiles a
function when it is first called, and keeps the machine code in its cache for the runs that come
after.
"""

from numpy import int64, uint32, uint64

from . import decide, ends
from .decide import COMMON, LETTERS, NAME, REPEATS, ROW, RUN
from .ends import grow
from .folding import BASE
from .jit import jit, jit_inside
from .plain import AGAIN, MOST

U = uint64
_BASE = U(BASE)
WINDOW = 256  # words of a document looked up side by side
HAS = uint32(0xFFF)  # words are told apart by so many of their bits, for a first look
_C1, _C2 = U(0xBF58476D1CE4E5B9), U(0x94D049BB133111EB)


@jit
def _mix(x):
    x = (x ^ (x >> U(30))) * _C1
    x = (x ^ (x >> U(27))) * _C2
    return x ^ (x >> U(31))


@jit
def _code_point(buffer, i):
    """What the two bytes or more at i stand for in UTF-8, and how many they are."""
    width = 2 if buffer[i] < 224 else 3 if buffer[i] < 240 else 4
    c = int64(buffer[i]) & (127 >> width)
    for j in range(i + 1, i + width):
        c = (c << 6) | (buffer[j] & 63)
    return c, width


@jit
def tokenise(
    buffer, byte, lo, hi, ascii, maybe, page_of, kind, first, count, values, capital,
    tok, at, shape, counts, places,
):  # fmt: skip
    """Fill tok, at, shape (letters, 15 at most, and `NAME`), counts (documents lo to hi). Returns
    words, place candidates, and a page that is missing or -1.
    """
    n = n_words = 0
    for d in range(lo, hi):
        i = byte[d]
        start = i
        end = byte[d + 1]  # past the zero byte, which ends the last word
        n0 = n
        inside = False
        h = U(0)
        letters = size = name = 0
        while i < end:
            here = i
            b = buffer[i]
            v = ascii[b]  # 0 for what is not an ASCII letter or digit, the zero byte at the end too
            if v != U(0):
                if not inside:
                    inside = True
                    h = U(0)
                    at[n] = here - start
                    name = NAME if b < 97 else 0  # a capital or a digit
                    size = 0
                letters = 1
                size -= i
                while v != U(0):
                    h = h * _BASE + v
                    i += 1
                    v = ascii[buffer[i]]
                size += i
                continue
            k = 0
            if b < 128:
                i += 1
            else:
                c, width = _code_point(buffer, i)
                i += width
                row = page_of[c >> 8]
                # not there, or not yet when these arrays were handed in
                if row < 0 or row >= len(kind):
                    return n, n_words, c >> 8
                cell = c & 255
                k = kind[row, cell]
                if k == 1 or (k == 2 and inside):
                    if not inside:
                        inside = True
                        h = U(0)
                        letters = 0
                        at[n] = here - start
                        name = NAME if capital[row, cell] else 0
                        size = 0
                    size += 1
                    f = first[row, cell]
                    for j in range(f, f + count[row, cell]):
                        h = h * _BASE + values[j]
                        letters += 1
                    continue
            if inside:
                inside = False
                if letters:
                    t = uint32(_mix(h) >> U(32))
                    if t == 0:
                        t = uint32(1)
                    tok[n] = t
                    shape[n] = min(size, LETTERS - 1) | name
                    if maybe[t >> 16]:
                        places[n_words] = n
                        n_words += 1
                    n += 1
        counts[d - lo] = n - n0
        tok[n] = 0
        at[n] = 0
        shape[n] = 0
        n += 1
    return n, n_words, -1


@jit
def count(tok, slots):
    """Count the uses of each word in a hash table that is empty; no more than half of it is filled.

    A slot has the word above, its uses below. Returns whether there was room.
    """
    mask = len(slots) - 1
    left = len(slots) // 2
    for t in tok:
        if t == 0:
            continue
        s = _place(t, slots, mask)
        if slots[s] == 0:
            if left == 0:
                return False
            left -= 1
            slots[s] = U(t) << U(32)
        slots[s] += U(1)
    return True


@jit
def _place(t, slots, mask):
    """Where a word stands, or would, in the hash table of `count`."""
    s = int64(t ^ (t >> uint32(15))) & mask
    while slots[s] != 0 and slots[s] >> U(32) != U(t):
        s = (s + 1) & mask
    return s


@jit
def weigh(tok, shape, slots, table):
    """Put the weight of each word in the place of its shape: see `texts.weight_table`.

    The slots are as from `count`, but have the place of the uses in the table below.
    """
    mask = len(slots) - 1
    for x in range(len(tok)):
        t = tok[x]
        if t == 0:
            continue
        used = slots[_place(t, slots, mask)] & U(0xFFFFFFFF)
        name = shape[x] & NAME
        shape[x] = name | table[1 if name else 0, shape[x] & 15, used]


@jit
def scatter(tok, lo, hi, k, bits, q0, q1, cursor, place_bits, out):
    """Put k-grams whose partition, the first ``bits`` bits of their key, is in [q0, q1) where
    ``cursor`` says.

    An entry has the rest of the key above, the place below. With no room in ``out`` they are only
    counted.
    """
    top = U(1)
    for _ in range(k):
        top *= _BASE
    shift = U(64 - bits)
    low = U(place_bits)
    h = U(0)
    run = 0
    for i in range(lo, min(hi + k - 1, len(tok))):
        t = tok[i]
        if t == 0:
            run = 0
            h = U(0)
            continue
        run += 1
        h = h * _BASE + U(t)
        if run > k:
            h -= U(tok[i - k]) * top
        if run >= k:
            g = _mix(h)
            q = int64(g >> shift)
            if q >= q0 and q < q1:
                x = cursor[q]
                if len(out):
                    out[x] = (((g << U(bits)) >> U(20 + bits)) << low) | U(i - k + 1)
                cursor[q] = x + 1


@jit
def link(part, begin, end, place_bits, hint, first, after, df, slot, room, again):
    """Chain the first places of equal k-grams in the documents that hold them, and note how many
    documents that are; of those in each ``part[begin[i] : end[i]]``, in order.

    The last three are room to work in.
    """
    head, holders, last, last_doc = room[0], room[1], room[2], room[3]
    for i in range(min(len(begin), len(end))):
        lo = begin[i]
        m = end[i] - lo
        if m < 2:
            continue
        bits = 4
        while (1 << bits) < 2 * m:
            bits += 1
        mask = U((1 << bits) - 1)
        for x in range(1 << bits):
            slot[x] = -1
        low = U(place_bits)
        clear = (U(1) << low) - U(1)
        for x in range(m):
            e = part[lo + x]
            key = e >> low
            position = int64(e & clear)
            s = (key ^ (key >> U(17))) & mask
            again[x] = 0
            while slot[s] >= 0 and (part[lo + slot[s]] >> low) != key:
                s = (s + U(1)) & mask
            y = slot[s]
            if y < 0:
                slot[s] = x
                head[x] = x
                holders[x] = 1
                last[x] = position
                last_doc[x] = -1
                continue
            head[x] = y
            d = _doc_of(position, hint, first)
            if last_doc[y] < 0:
                last_doc[y] = _doc_of(last[y], hint, first)
            if d != last_doc[y]:
                holders[y] += 1
                last_doc[y] = d
                after[last[y]] = position
                last[y] = position
            else:
                again[x] = AGAIN
        for x in range(m):
            y = head[x]
            if holders[y] > 1:
                df[int64(part[lo + x] & clear)] = min(holders[y], MOST) | again[x]


@jit
def _doc_of(position, hint, first):
    d = hint[position >> 6]
    while first[d + 1] <= position:
        d += 1
    return d


for _function in (
    decide.sort, decide.worth, decide.link, decide.gather, decide.changed_places, decide.swap,
    decide.passages, ends.letters, ends.near, ends.is_long, ends.again, ends.resume, ends.carry_on,
    ends.grow,
):  # fmt: skip
    jit_inside(_function)


@jit
def _list_runs(tok, first, last, head, after, many, found, has):
    """List the runs of `RUN` words of a document: a hash table of places. Returns its mask.

    ``found`` gets for each run the first place where it stands.
    """
    m = last - first - RUN + 1
    bits = 4
    while (1 << bits) < 4 * m:
        bits += 1
    mask = (1 << bits) - 1
    for x in range(1 << bits):
        head[x] = -1
    for i in range(m - 1, -1, -1):  # so that places come in order
        s = _slot(tok, first + i, first, head, mask)
        after[i] = head[s]
        many[i] = 1 if head[s] < 0 else many[head[s]] + 1
        head[s] = i
        found[i] = s
    for i in range(m):
        found[i] = head[found[i]]
    for x in range(HAS + 1):
        has[x] = False
    for p in range(first, last):
        has[tok[p] & HAS] = True
    return mask


@jit
def _slot(tok, p, first, head, mask):
    """Where a run of `RUN` words stands, or would, in the table of its document."""
    h = U(0)
    for j in range(RUN):
        h = h * _BASE + U(tok[p + j])
    s = int64((h * _C1) >> U(36)) & mask
    while head[s] >= 0:
        q = first + head[s]
        same = True
        for j in range(RUN):
            if tok[p + j] != tok[q + j]:
                same = False
        if same:
            break
        s = (s + 1) & mask
    return s


@jit
def _shared(
    tok, d_first, d_last, e_first, e_last, head, after, many, firsts, has, mask, where, here,
    rd, re, rl,
):  # fmt: skip
    """`decide.shared` of documents d, listed by `_list_runs`, and e; in the order of e."""
    n = e_last - e_first - RUN + 1
    m = d_last - d_first - RUN + 1
    total = 0
    x = -1
    j = 0
    while j < n:
        t = tok[e_first + j + RUN - 1]
        if x >= 0 and tok[d_first + x + RUN] == t:
            x = firsts[x + 1]  # the words go on as they do in d: there is nothing to look up
        elif has[t & HAS]:
            x = head[_slot(tok, e_first + j, d_first, head, mask)]
        else:  # no run with this word is in d
            x = -1
            for y in range(j, min(j + RUN, n)):
                where[y] = -1
            j += RUN
            continue
        where[j] = x
        if x >= 0:
            total += many[x]
        j += 1
    if total > REPEATS + 4 * (max(0, m) + max(0, n)):
        for j in range(n):
            if where[j] >= 0:
                here[where[j]] = 0
        for j in range(n):
            if where[j] >= 0:
                here[where[j]] += 1
        for j in range(n):
            if where[j] >= 0 and here[where[j]] * many[where[j]] > COMMON:
                where[j] = -1
    n_shared = 0
    for j in range(n):
        i = where[j]
        q = e_first + j
        while i >= 0:
            p = d_first + i
            if not (i > 0 and j > 0 and tok[p - 1] == tok[q - 1] and where[j - 1] >= 0):
                words = RUN
                while (
                    p + words < d_last
                    and q + words < e_last
                    and tok[p + words] == tok[q + words]
                    and where[j + words - RUN + 1] >= 0
                ):
                    words += 1
                rd[n_shared], re[n_shared], rl[n_shared] = p, q, words
                n_shared += 1
            i = after[i]
    return n_shared


@jit
def block(
    tok, at, bits, df, after, hint, first, byte, buffer, rank, chance, weight, factor, params,
    lo, hi, rarity, touched, window, worth, holder, out,
    head, next_run, many, firsts, has, where, here, rd, re, rl, value, best, before, by_best,
    row_of, rows,
):  # fmt: skip
    """Passages of documents lo to hi with every later document, until done or out of room.

    Arrays are handed in and never made here: an array that changes hands inside the loop would cost
    more than the loop.

    Returns
    -------
    d : int
        The first document not done.
    n_out : int
        Rows of ``out`` filled.
    full : bool
        Whether ``out`` is too small for document d.
    """
    k, max_df, floor, least, corpus = params
    n_out = 0
    for d in range(lo, hi):
        n_touched = 0
        e = e_first = e_end = 0
        a_first, a_last = first[d], first[d + 1] - 1
        for begin in range(a_first, a_last - k + 1, WINDOW):
            # All words of a window go on by one holder a round, in loops that do not branch: the
            # memory they wait for is then fetched side by side, where following one word to its
            # last holder waits for each in turn.
            live = 0
            for p in range(begin, min(begin + WINDOW, a_last - k + 1)):
                c = df[p]  # where it stood before in the document, more than `max_df`
                if 2 <= c <= max_df and after[p] > 0:
                    window[live] = after[p]
                    worth[live] = weight[c]
                    live += 1
            while live:
                for x in range(live):
                    holder[x] = after[window[x]]
                for x in range(live):
                    q = window[x]
                    if q < e_first or q >= e_end:  # not in the document of the word before
                        e = _doc_of(q, hint, first)
                        e_first, e_end = first[e], first[e + 1]
                        if rarity[e] < 0:
                            rarity[e] = 0
                            touched[n_touched] = e
                            n_touched += 1
                    rarity[e] += worth[x]
                still = 0
                for x in range(live):
                    window[still] = holder[x]
                    worth[still] = worth[x]
                    still += holder[x] > 0
                live = still
        begun = n_out
        mask = -1
        for x in range(n_touched):
            e = touched[x]
            shared = rarity[e]
            rarity[e] = -1
            if shared < floor:
                continue
            if mask < 0:
                mask = _list_runs(tok, a_first, a_last, head, next_run, many, firsts, has)
            size = _shared(
                tok, a_first, a_last, first[e], first[e + 1] - 1, head, next_run, many,
                firsts, has, mask, where, here, rd, re, rl
            )  # fmt: skip
            # which of two documents is called a depends on their names only
            a, b, ra, rb = (e, d, re, rd) if rank[d] > rank[e] else (d, e, rd, re)
            if a == d:
                decide.sort(size, rd, re, rl)
            y = decide.passages(
                size, ra, rb, rl, bits, bits, df, factor, k,
                chance[a] + chance[b] + corpus, least,
                value, best, before, by_best, row_of, rows, len(rows),
            )  # fmt: skip
            y = grow(
                tok, at, buffer, first[a], first[a + 1] - 1, byte[a],
                first[b], first[b + 1] - 1, byte[b],
                rows, y,
            )  # fmt: skip
            if n_out + y > len(out):
                for z in range(x + 1, n_touched):
                    rarity[touched[z]] = -1
                return d, begun, begun == 0
            for z in range(y):
                for c in range(ROW):
                    out[n_out, c] = rows[z, c]
                out[n_out, ROW], out[n_out, ROW + 1], out[n_out, ROW + 2] = a, b, shared
                n_out += 1
    return hi, n_out, False


@jit
def ends_of(buffer, byte, at, ascii_only, ascii, page_of, kind, doc, p0, p1, start, end):
    """Code points where the word at p0 begins and the word at p1 - 1 ends, in each document."""
    for x in range(len(doc)):
        d = doc[x]
        base = byte[d]
        begin = base + at[p0[x]]
        i = base + at[p1[x] - 1]
        stop = byte[d + 1]
        while i < stop:
            b = buffer[i]
            if b < 128:
                if ascii[b] == U(0):
                    break
                i += 1
                continue
            c, width = _code_point(buffer, i)
            if kind[page_of[c >> 8], c & 255] == 0:
                break
            i += width
        if ascii_only[d]:
            start[x] = begin - base
            end[x] = i - base
        else:
            n = 0
            for j in range(base, begin):
                n += (buffer[j] & 192) != 128
            start[x] = n
            for j in range(begin, i):
                n += (buffer[j] & 192) != 128
            end[x] = n
