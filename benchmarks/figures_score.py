"""How well a finder of figures does on a case, whose table ``figures`` is the key."""

from dataclasses import dataclass, field

from whosays.figures import find_figures


@dataclass
class Score:
    """What a finder found, missed and made up.

    Attributes
    ----------
    found, missed, extra : int
        Figures of the key that overlap a find; those that do not; finds that no figure of the key
        overlaps.
    values, qualifiers : int
        Of the found ones: how many have the right value (and upper end), the right qualifier.
    misses : list of str
        The ids of figures missed.
    extras : list of (str, int, int)
        Document and place of finds that are in no row.
    """

    found: int = 0
    missed: int = 0
    extra: int = 0
    values: int = 0
    qualifiers: int = 0
    misses: list = field(default_factory=list)
    extras: list = field(default_factory=list)

    @property
    def precision(self):
        """Of what was found, the share that is in the key."""
        return self.found / (self.found + self.extra) if self.found + self.extra else 0.0

    @property
    def recall(self):
        """Of the key, the share that was found."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 0.0

    @property
    def value_share(self):
        """Of the key, the share that was found with the right value."""
        return self.values / (self.found + self.missed) if self.found + self.missed else 0.0

    @property
    def qualifier_share(self):
        """Of the key, the share that was found with the right qualifier."""
        return self.qualifiers / (self.found + self.missed) if self.found + self.missed else 0.0


def known_texts(case):
    """The texts of a case on which a finder can be measured.

    Parameters
    ----------
    case : Case

    Yields
    ------
    (source_id, text, offset)
        Whole documents where they are at hand, else each quoted passage with its place.
    """
    for source in case.sources:
        if case.has_text(source.source_id):
            yield source.source_id, case.text(source.source_id), 0
            continue
        for passage in case.passages.where(source_id=source.source_id):
            if passage.quoted:
                yield source.source_id, passage.exact, passage.start


def score_finder(case, find=find_figures):
    """Measure a finder against the figures of a case.

    Parameters
    ----------
    case : Case
    find : callable
        Text to finds, each with ``span`` (code points), ``value``, ``value_max``, ``qualifier``.

    Returns
    -------
    Score
        Over what lies in a passage: outside of them the case has nothing to say. A find and a
        figure match when their spans overlap, one to one, the same value first.
    """
    score = Score()
    for source_id, text, offset in known_texts(case):
        end = offset + len(text)
        rows = [
            f
            for f in case.figures.where(source_id=source_id)
            if f.start is not None and offset <= f.start < f.end <= end
        ]
        passages = [
            p for p in case.passages.where(source_id=source_id) if offset <= p.start < p.end <= end
        ]
        finds = [
            q for q in find(text) if any(p.start <= q.span[0] + offset < p.end for p in passages)
        ]
        _match(score, source_id, rows, finds, offset)
    return score


def _match(score, source_id, rows, finds, offset):
    left = list(finds)
    for row in rows:
        near = [q for q in left if q.span[0] + offset < row.end and row.start < q.span[1] + offset]
        if not near:
            score.missed += 1
            score.misses.append(row.figure_id)
            continue
        best = next((q for q in near if _value(q) == _value(row)), near[0])
        left.remove(best)
        score.found += 1
        score.values += _value(best) == _value(row)
        score.qualifiers += best.qualifier == row.qualifier
    score.extra += len(left)
    score.extras += [(source_id, q.span[0] + offset, q.span[1] + offset) for q in left]


def _value(find):
    """Value and upper end as the table has them: the finder's are exact, the table's are floats."""
    return float(find.value), None if find.value_max is None else float(find.value_max)
