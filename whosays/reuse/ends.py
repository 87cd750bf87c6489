"""Where a passage ends: carried on past its last shared run, over changes and misread letters.

This moves the ends only; what is copied is decided before, by `decide`. Plain functions on flat
arrays, run as they are or compiled, as in `decide`.
"""

from .decide import A0, A1, AGREE, B0, B1, PIECES, SWAPPED

# What carrying on past an end gains and costs, and how many words it looks ahead (see `carry_on`)
SKIP = 6
MATCH_LONG, MATCH_SHORT, NEAR, CHANGE, DROP = 6, 3, 4, 4, 26


def letters(buffer, p):
    """How many bytes from here on are letters, digits or parts of either."""
    m = 0
    while p + m < len(buffer) and (
        buffer[p + m] >= 128 or 48 <= buffer[p + m] <= 57 or 97 <= buffer[p + m] | 32 <= 122
    ):
        m += 1
    return m


def near(buffer, p, q):
    """Whether two words, at these bytes, look like one word misread (as by OCR).

    Words of 4 to 24 bytes, two of whose first four agree in place; then either the same length and
    at most a third of the places different, or one stretch of at most a quarter put in, left out or
    changed.
    """
    if max(p, q) + 4 > len(buffer):
        return False
    same = 0
    for i in range(4):
        if buffer[p + i] | 32 == buffer[q + i] | 32:
            same += 1
    if same < 2:
        return False
    m, o = letters(buffer, p), letters(buffer, q)
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


def is_long(tok, at, p):
    """Whether word p has four letters or more, as far as where the next word begins can tell."""
    return tok[p + 1] == 0 or at[p + 1] > at[p] + 4


def again(tok, at, u, v, step):
    """Whether two words agree, and if they are short the next two as well."""
    return tok[u] == tok[v] and (tok[u + step] == tok[v + step] or at[u + 1] > at[u] + 4)


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
                        if again(tok, at, u, v, step):
                            found = True
                        elif d == e and d <= 2 and is_long(tok, at, u) and is_long(tok, at, v):
                            found = near(buffer, a_byte + at[u], b_byte + at[v])
                        if found:
                            x += d
                            y += e
                    if not found and e < d and x + e < a_words and y + d < b_words:
                        u = p + step * e
                        v = q + step * d
                        if again(tok, at, u, v, step):
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


def grow(
    tok, at, buffer, a_first, a_last, a_byte, b_first, b_last, b_byte, out, begun, n, ends
):  # fmt: skip
    """Carry on the passages ``out[begun:n]`` of two documents at both ends.

    Parameters
    ----------
    tok, at, buffer
        The corpus, see `texts.Words`.
    a_first, a_last, b_first, b_last : int
        The documents' words: ``tok[first:last]``.
    a_byte, b_byte : int
        Where the documents begin in ``buffer``.
    out, begun, n
        Rows as from `decide.passages`.
    ends : int array [4]
        Room to work in.

    Returns
    -------
    int
        The next free row: a passage that another has grown over is part of it.
    """
    kept = begun
    for r in range(begun, n):
        a0, a1, b0, b1 = out[r, A0], out[r, A1], out[r, B0], out[r, B1]
        if out[r, SWAPPED] == 0:
            carry_on(tok, at, buffer, a1, a_last - a1, a_byte, b1, b_last - b1, b_byte, 1, ends)
            a1 += ends[0]
            b1 += ends[1]
            out[r, AGREE] += ends[2]
            out[r, PIECES] += min(ends[2], 1)
            carry_on(
                tok, at, buffer, a0 - 1, a0 - a_first, a_byte, b0 - 1, b0 - b_first, b_byte,
                -1, ends
            )  # fmt: skip
            a0 -= ends[0]
            b0 -= ends[1]
            out[r, AGREE] += ends[2]
            out[r, PIECES] += min(ends[2], 1)
        over = -1
        for e in range(begun, kept):
            in_a = a0 < out[e, A1] and out[e, A0] < a1
            if over < 0 and in_a and b0 < out[e, B1] and out[e, B0] < b1:
                over = e
        if over >= 0:
            e = over
            out[e, A0], out[e, A1] = min(out[e, A0], a0), max(out[e, A1], a1)
            out[e, B0], out[e, B1] = min(out[e, B0], b0), max(out[e, B1], b1)
            out[e, AGREE] = max(out[e, AGREE], out[r, AGREE])
            out[e, PIECES] += out[r, PIECES]
            continue
        if kept != r:
            for c in range(10):
                out[kept, c] = out[r, c]
        out[kept, A0], out[kept, A1], out[kept, B0], out[kept, B1] = a0, a1, b0, b1
        kept += 1
    return kept
