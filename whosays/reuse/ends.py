"""Where a passage ends: carried on past its last shared run, over changes and misread letters.

This moves the ends only; what is copied is decided before, by `decide`. Run as it is or compiled,
as the functions there.
"""

from .decide import A0, A1, AGREE, B0, B1, PIECES, ROW, SWAPPED

# What carrying on past an end gains and costs, and how many words it looks ahead (see `carry_on`).
# At the first or last word of a document agreeing gains more: copies mostly begin or end there.
SKIP = 6
MATCH_LONG, MATCH_SHORT, NEAR, CHANGE, DROP, EDGE = 6, 3, 4, 4, 26, 16


def letters(buffer, p: int) -> int:
    """How many bytes from here on are letters, digits or parts of either."""
    m = 0
    while p + m < len(buffer) and (
        buffer[p + m] >= 128 or 48 <= buffer[p + m] <= 57 or 97 <= buffer[p + m] | 32 <= 122
    ):
        m += 1
    return m


def near(buffer, p: int, q: int) -> bool:
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


def is_long(tok, at, p: int) -> bool:
    """Whether word p has four letters or more, as far as where the next word begins can tell."""
    return tok[p + 1] == 0 or at[p + 1] > at[p] + 4


def again(tok, at, u: int, v: int, step: int) -> bool:
    """Whether two words agree, and if they are short the next two as well."""
    return tok[u] == tok[v] and (tok[u + step] == tok[v + step] or at[u + 1] > at[u] + 4)


def resume(
    tok, at, buffer, p: int, a_left: int, a_byte: int, q: int, b_left: int, b_byte: int, step: int
) -> tuple[int, int]:
    """Past a change: words to skip on each side to where they agree again; (0, 0) for nowhere."""
    for d in range(1, SKIP + 1):
        for e in range(d, -1, -1):
            for x, y in ((d, e), (e, d)):
                if x >= a_left or y >= b_left:
                    continue
                u, v = p + step * x, q + step * y
                long = d == e and d <= 2 and is_long(tok, at, u) and is_long(tok, at, v)
                if again(tok, at, u, v, step) or (
                    long and near(buffer, a_byte + at[u], b_byte + at[v])
                ):
                    return x, y
    return 0, 0


def carry_on(
    tok, at, buffer, i: int, a_words: int, a_byte: int, j: int, b_words: int, b_byte: int, step: int
) -> tuple[int, int, int]:
    """Carry an alignment on from words i and j, the first past its end, until it stops paying.

    Word by word while they agree; past a change to the nearest place where they agree again, which
    a short word shows only together with the next. What agrees gains, what was changed costs, and
    the best point reached is the end, once the loss since then is ``DROP`` (the drop rule of
    Zhang, Schwartz, Wagner and Miller 2000, on the one path that agrees soonest).

    ``a_words`` and ``b_words`` are left to the edge of each document, which begins at ``a_byte`` or
    ``b_byte``; ``step`` is 1 onward, -1 backward. Returns the words taken on side a, on side b, and
    those that agree.
    """
    x = y = agree = score = 0
    best_x = best_y = best_agree = best = 0
    while x < a_words and y < b_words:
        p, q = i + step * x, j + step * y
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
            d, e = resume(
                tok, at, buffer, p, a_words - x, a_byte, q, b_words - y, b_byte, step
            )  # fmt: skip
            x, y = x + d, y + e
            score -= CHANGE * max(d, e)
            if d + e == 0 or score < best - DROP:
                break
            continue
        x, y, agree = x + 1, y + 1, agree + 1
        if x == a_words or y == b_words:
            score += EDGE
        if score > best:
            best, best_x, best_y, best_agree = score, x, y, agree
    return best_x, best_y, best_agree


def grow(
    tok,
    at,
    buffer,
    a_first: int,
    a_last: int,
    a_byte: int,
    b_first: int,
    b_last: int,
    b_byte: int,
    out,
    n: int,
) -> int:
    """Carry on the passages of two documents at both ends.

    Parameters
    ----------
    tok, at, buffer
        The corpus, see `texts.CorpusWords`.
    a_first, a_last, b_first, b_last : int
        The documents' words: ``tok[first:last]``.
    a_byte, b_byte : int
        Where the documents begin in ``buffer``.
    out, n
        Rows as from `decide.passages`.

    Returns
    -------
    int
        How many are left: a passage that another has grown over is part of it.
    """
    end = 0
    for r in range(n):
        a0, a1, b0, b1 = out[r, A0], out[r, A1], out[r, B0], out[r, B1]
        if out[r, SWAPPED] == 0:
            x, y, more = carry_on(
                tok, at, buffer, a1, a_last - a1, a_byte, b1, b_last - b1, b_byte, 1
            )  # fmt: skip
            a1, b1 = a1 + x, b1 + y
            x, y, before = carry_on(
                tok, at, buffer, a0 - 1, a0 - a_first, a_byte, b0 - 1, b0 - b_first, b_byte, -1
            )  # fmt: skip
            a0, b0 = a0 - x, b0 - y
            out[r, AGREE] += more + before
            out[r, PIECES] += min(more, 1) + min(before, 1)
        over = 0
        while over < end and (
            a0 >= out[over, A1] or out[over, A0] >= a1 or b0 >= out[over, B1] or out[over, B0] >= b1
        ):
            over += 1
        if over < end:
            out[over, A0], out[over, A1] = min(out[over, A0], a0), max(out[over, A1], a1)
            out[over, B0], out[over, B1] = min(out[over, B0], b0), max(out[over, B1], b1)
            out[over, AGREE] = max(out[over, AGREE], out[r, AGREE])
            out[over, PIECES] += out[r, PIECES]
            continue
        for c in range(ROW):
            out[end, c] = out[r, c]
        out[end, A0], out[end, A1], out[end, B0], out[end, B1] = a0, a1, b0, b1
        end += 1
    return end
