"""Two documents: from exact matches to passages.

Plain functions on flat arrays, written once: run as they are, or compiled (`kernels` loads this
file a second time under another name). Both ways give the same whole numbers.

A passage is a chain of exact matches in the same order in both documents, with what was changed
between them, carried on at both ends as far as the words still agree. Scores are whole numbers
(`SCALE` to one), so that no order of adding changes them.
"""

if __name__.endswith("_compiled"):
    from .kernels import jit
else:

    def jit(function):
        return function


SCALE = 240 * 256  # so that every part of a score is a whole number

# What `params` holds
K, MAX_DF, GAP, DRIFT, FLOOR, LEAST = range(6)

# What carrying on past an end gains and costs, and how many words it looks ahead (see `carry_on`)
SKIP = 6
MATCH_LONG, MATCH_SHORT, NEAR, CHANGE, DROP = 6, 3, 4, 4, 26


@jit
def near(buffer, p, q):
    """Whether two words, at these bytes, look like one word misread (as by OCR).

    Words of 4 to 24 bytes, two of whose first four agree in place; then either the same length and at
    most a third of the places different, or one stretch of at most a quarter put in, left out or changed.
    """
    n = len(buffer)
    if p + 4 > n or q + 4 > n:
        return False
    same = 0
    for i in range(4):
        if buffer[p + i] | 32 == buffer[q + i] | 32:
            same += 1
    if same < 2:
        return False
    m = 0
    while p + m < n and (
        buffer[p + m] >= 128 or 48 <= buffer[p + m] <= 57 or 97 <= buffer[p + m] | 32 <= 122
    ):
        m += 1
    o = 0
    while q + o < n and (
        buffer[q + o] >= 128 or 48 <= buffer[q + o] <= 57 or 97 <= buffer[q + o] | 32 <= 122
    ):
        o += 1
    if m < 4 or o < 4 or m > 24 or o > 24:
        return False
    if m == o:
        wrong = 0
        for i in range(m):
            if buffer[p + i] | 32 != buffer[q + i] | 32:
                wrong += 1
        return 3 * wrong <= m
    if m - o > 2 or o - m > 2:
        return False
    short = min(m, o)
    head = 0
    while head < short and buffer[p + head] | 32 == buffer[q + head] | 32:
        head += 1
    tail = 0
    while tail < short - head and buffer[p + m - 1 - tail] | 32 == buffer[q + o - 1 - tail] | 32:
        tail += 1
    return 4 * (max(m, o) - head - tail) <= max(m, o)


@jit
def is_long(tok, at, p):
    """Whether word p has four letters or more, as far as where the next word begins can tell."""
    return tok[p + 1] == 0 or at[p + 1] > at[p] + 4


@jit
def carry_on(tok, at, buffer, i, a_words, a_byte, j, b_words, b_byte, step, out):
    """Carry an alignment on from words i and j, until it stops paying.

    Word by word while they agree; past a change to the nearest place where they agree again, which
    a short word shows only together with the next. What agrees gains, what was changed costs, and
    the best point reached is the end, once the loss since then is ``DROP`` (the drop rule of
    Zhang, Schwartz, Wagner and Miller 2000, on the one path that agrees soonest).

    Parameters
    ----------
    i, j : int
        The first word past the end on each side.
    a_words, b_words : int
        How many words there are to the edge of each document.
    a_byte, b_byte : int
        Where the documents begin in ``buffer``.
    step : int
        1 onward, -1 backward.
    out : int array [4]
        Gets words taken on side a, on side b, words that agree, gain.
    """
    x = 0
    y = 0
    agree = 0
    score = 0
    best_x = 0
    best_y = 0
    best_agree = 0
    best = 0
    while x < a_words and y < b_words:
        p = i + step * x
        q = j + step * y
        if tok[p] == tok[q]:
            # short words agree by chance
            score += MATCH_LONG if is_long(tok, at, p) else MATCH_SHORT
        # a short word is never near another: said before the text itself is looked at
        elif (
            is_long(tok, at, p)
            and is_long(tok, at, q)
            and near(buffer, a_byte + at[p], b_byte + at[q])
        ):
            score += NEAR
        else:
            found = False
            d = 1
            while not found and d <= SKIP:
                e = d
                while not found and e >= 0:
                    # d words on one side, e on the other
                    if x + d < a_words and y + e < b_words:
                        u = p + step * d
                        v = q + step * e
                        if tok[u] == tok[v] and (
                            tok[u + step] == tok[v + step] or at[u + 1] > at[u] + 4
                        ):
                            found = True
                        elif d == e and d <= 2 and is_long(tok, at, u) and is_long(tok, at, v):
                            found = near(buffer, a_byte + at[u], b_byte + at[v])
                        if found:
                            x += d
                            y += e
                    if not found and e < d and x + e < a_words and y + d < b_words:
                        u = p + step * e
                        v = q + step * d
                        if tok[u] == tok[v] and (
                            tok[u + step] == tok[v + step] or at[u + 1] > at[u] + 4
                        ):
                            found = True
                            x += e
                            y += d
                    e -= 1
                d += 1
            if not found:
                break
            score -= CHANGE * (d - 1)
            if score < best - DROP:
                break
            continue
        agree += 1
        x += 1
        y += 1
        if score > best:
            best = score
            best_x = x
            best_y = y
            best_agree = agree
    out[0] = best_x
    out[1] = best_y
    out[2] = best_agree
    out[3] = best


@jit
def common_words(tok, at, buffer, i, a_end, a_byte, j, b_end, b_byte, out):
    """How many words of a gap between two matches agree: carried on from its left, then from its right."""
    if a_end - i == 1 and b_end - j == 1:  # one word for another: most gaps are no more than that
        if tok[i] == tok[j]:
            return 1
        if not (is_long(tok, at, i) and is_long(tok, at, j)):
            return 0
        return 1 if near(buffer, a_byte + at[i], b_byte + at[j]) else 0
    carry_on(tok, at, buffer, i, a_end - i, a_byte, j, b_end - j, b_byte, 1, out)
    agree = out[2]
    a_left = a_end - i - out[0]
    b_left = b_end - j - out[1]
    if a_left > 0 and b_left > 0:
        carry_on(tok, at, buffer, a_end - 1, a_left, a_byte, b_end - 1, b_left, b_byte, -1, out)
        agree += out[2]
    return agree


@jit
def shingle_score(df, weight, ma, ml, order, lo, hi, k, max_df):
    """The sum of 1 / log2(document frequency) over the k-grams two documents share, each counted once.

    (Adamic and Adar 2003, for shared neighbours.) Matches lie in ``order[lo:hi]`` by place in a.
    """
    score = 0
    done = 0
    for z in range(lo, hi):
        m = order[z]
        end = ma[m] + ml[m] - k + 1
        for p in range(max(ma[m], done), end):
            if df[p] >= 2 and df[p] <= max_df:  # a repeat within the document has its high bit set
                score += weight[df[p]]
        done = max(done, end)
    return score


@jit
def rate(rarity, gain, agree, span):
    """A passage's score, in `SCALE`.

    The rarity of the k-grams its exact matches share; a twelfth of what carrying on past the ends
    gained; and a quarter of a word for each word that agrees beyond seven in ten of those spanned:
    a set phrase with other names and numbers in it agrees less.

    Parameters
    ----------
    rarity : int
        In `SCALE`.
    gain : int
        From `carry_on`, both ends.
    agree, span : int
        Words that agree; words from end to end, both sides added.
    """
    return rarity + (SCALE // 240) * (20 * gain + max(0, 60 * agree - 21 * span))


@jit
def passages(
    tok, at, df, weight, buffer, params,
    a_first, a_last, a_byte, b_first, b_last, b_byte,
    ma, mb, ml, order, lo, hi, used, ends, out, n,
):  # fmt: skip
    """The passages two documents share, from their exact matches.

    Parameters
    ----------
    tok, at, df, weight, buffer, params
        The corpus; ``weight[df]`` in `SCALE`.
    a_first, a_last, b_first, b_last : int
        The documents' words: ``tok[first:last]``.
    ma, mb, ml : int arrays
        Matches: where in a, where in b, how many words.
    order : int array
        ``order[lo:hi]`` are this pair's matches, by place in a, then in b.
    used, ends
        Room to work in.
    out : int64[..., 8]
        From row n on gets a0, a1, b0, b1, score, words that agree, longest run, 1 if verbatim.

    Returns
    -------
    int
        The next free row of ``out``.
    """
    k, max_df, gap, drift, floor = (
        params[K],
        params[MAX_DF],
        params[GAP],
        params[DRIFT],
        params[FLOOR],
    )
    least = params[LEAST]
    begun = n
    for z in range(lo, hi):
        used[z] = 0
    for s in range(lo, hi):
        if used[s]:
            continue
        used[s] = 1
        m = order[s]
        a0, b0 = ma[m], mb[m]
        a1, b1 = a0 + ml[m], b0 + ml[m]
        agree = ml[m]
        longest = ml[m]
        score = 0
        for p in range(a0, a1 - k + 1):
            if 2 <= df[p] & 127 <= max_df:
                score += weight[df[p] & 127]
        for t in range(s + 1, hi):
            if used[t]:
                continue
            m = order[t]
            ga = ma[m] - a1
            gb = mb[m] - b1
            if ga > gap:
                break
            if gb > gap or ga < -8 or gb < -8 or abs(ga - gb) > drift:
                continue
            overlap = max(0, max(-ga, -gb))
            if overlap >= ml[m]:
                continue
            used[t] = 1
            agree += ml[m] - overlap
            if ga > 0 and gb > 0:
                agree += common_words(tok, at, buffer, a1, ma[m], a_byte, b1, mb[m], b_byte, ends)
            a1 = ma[m] + ml[m]
            b1 = mb[m] + ml[m]
            for p in range(ma[m] + overlap, a1 - k + 1):
                if 2 <= df[p] & 127 <= max_df:
                    score += weight[df[p] & 127]
            longest = max(longest, ml[m])
        if score < floor:
            continue
        carry_on(tok, at, buffer, a1, a_last - a1, a_byte, b1, b_last - b1, b_byte, 1, ends)
        a1 += ends[0]
        b1 += ends[1]
        agree += ends[2]
        gain = ends[3]
        carry_on(
            tok, at, buffer, a0 - 1, a0 - a_first, a_byte, b0 - 1, b0 - b_first, b_byte, -1, ends
        )
        a0 -= ends[0]
        b0 -= ends[1]
        agree += ends[2]
        gain += ends[3]
        # a chain that an earlier one has grown over is part of it
        for e in range(begun, n):
            if a0 < out[e, 1] and out[e, 0] < a1 and b0 < out[e, 3] and out[e, 2] < b1:
                a0, a1 = min(out[e, 0], a0), max(out[e, 1], a1)
                b0, b1 = min(out[e, 2], b0), max(out[e, 3], b1)
                if out[e, 4] > score:
                    score, agree, longest, gain = out[e, 4], out[e, 5], out[e, 6], out[e, 7]
                for x in range(e, n - 1):
                    for y in range(8):
                        out[x, y] = out[x + 1, y]
                n -= 1
                break
        out[n, 0], out[n, 1], out[n, 2], out[n, 3] = a0, a1, b0, b1
        out[n, 4], out[n, 5], out[n, 6], out[n, 7] = score, agree, longest, gain
        n += 1
    kept = begun
    for e in range(begun, n):
        span = out[e, 1] - out[e, 0] + out[e, 3] - out[e, 2]
        score = rate(out[e, 4], out[e, 7], out[e, 5], span)
        if score >= least:
            for y in range(7):
                out[kept, y] = out[e, y]
            out[kept, 4] = score
            out[kept, 7] = 1 if out[e, 6] == out[e, 1] - out[e, 0] == out[e, 3] - out[e, 2] else 0
            kept += 1
    return kept
