"""What was found, as tables. pandas is imported only when a table is asked for."""

import csv
import json
import re
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from . import decide, plain
from .clusters import cluster, earliest_witness
from .edits import EditStretch, stretches
from .plain import AGAIN, MOST

PASSAGE_COLUMNS = ("a_id", "a_start", "a_end", "b_id", "b_start", "b_end", "kind", "score")
PAIR_COLUMNS = ("a_id", "b_id", "score", "containment_a", "containment_b", "longest_run")
VERBATIM, EDITED, QUOTATION = "verbatim", "edited", "quotation"
# A common quotation: no longer than so many words, and either in quotation marks in both texts, or
# held by so many of a few documents that share nothing else.
QUOTED_WORDS, QUOTED_BY = 60, 8
FAR = 1 << 32  # a place in document d is counted as d * FAR more: no text is so long
_QUOTED = re.compile(r"“[^“”]{1,900}”|«[^«»]{1,900}»|„[^„“”]{1,900}[“”]|\"[^\"\n]{1,900}\"")
# Chinese, Japanese, Thai, Lao, Khmer and Burmese letters
_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
CLUSTER_COLUMNS = ("cluster", "doc_id", "start", "end", "date", "outlet", "witness", "why")


@dataclass
class Reuse:
    """Text shared between documents.

    Of two documents a is the one whose id sorts first; rows are sorted by a, b and place. Offsets
    are code points, end exclusive.
    """

    documents: object  # documents.Documents
    found: object  # engine.EngineResult

    def __repr__(self):
        counts = (
            f"{len(self.documents)} documents, {self.pair_count} pairs, {len(self.found.rows)}"
            " passages"
        )
        return " ".join((f"<Reuse: {counts}>", *self.notes))

    @cached_property
    def notes(self) -> list[str]:
        """Sentences on what could not be compared, none where all could."""
        ids, words = self.documents.ids, self.found.words
        apart = [
            ids[d]
            for d in np.flatnonzero(~words.ascii).tolist()
            if len(_WITHOUT_SPACES.findall(text := words.text(d))) > len(text) / 3
        ]
        if not apart:
            return []
        named = ", ".join(apart[:3]) + (" and others" if len(apart) > 3 else "")
        return [
            f"{len(apart)} documents ({named}) are in a script written without spaces: it is not "
            "supported, and what they share is not found."
        ]

    @property
    def pair_count(self) -> int:
        """How many pairs of documents share a passage."""
        return len(self._pair_arrays["a_id"])

    @property
    def _enough(self):
        """Which passages are copied, and not only kept for a lower threshold."""
        return self.found.column("score") >= decide.MARGIN * decide.UNIT

    @cached_property
    def _copying(self):
        """Which passages say that one has words from the other: common quotations do not."""
        return ~self._quotations

    @cached_property
    def _quotations(self):
        """Which passages are common quotations (`QUOTED_WORDS`, `QUOTED_BY`)."""
        result, at = self.found, self._arrays
        quotation = self._holders > 0
        short = result.column("a1") - result.column("a0") <= QUOTED_WORDS
        rows = np.flatnonzero(short & ~quotation)
        for side in "ab":
            place = (at[f"{side}_{c}"][rows] for c in ("id", "start", "end"))
            rows = rows[self._in_quotation(*place)]
        quotation[rows] = True
        return quotation

    def _in_quotation(self, doc, start, end):
        """Which stretches of documents stand in quotation marks, by four fifths or more."""
        spans = [
            (d * FAR + m.start(), d * FAR + m.end())
            for d in np.unique(doc).tolist()
            for m in _QUOTED.finditer(self.found.words.text(d))
        ]
        begins, ends = np.array([(0, 0), *spans], np.int64).T
        quoted = np.cumsum(ends - begins)

        def before(x):
            """How many characters before these places stand in quotation marks."""
            last = np.searchsorted(begins, x, "right") - 1
            return quoted[last] - np.maximum(ends[last] - x, 0)

        inside = before(doc * FAR + end) - before(doc * FAR + start)
        return inside >= 0.8 * (end - start)

    @cached_property
    def _holders(self):
        """How many of a few documents hold most of the runs of a passage, where they are many and
        the two share nothing else; otherwise 0.
        """
        result = self.found
        held = np.zeros(len(result.rows), np.int64)
        if result.settings.documents > decide.FEW or not len(held):
            return held
        a, b, a0, a1 = (result.column(c) for c in ("a", "b", "a0", "a1"))
        _, which, times = np.unique(a << 32 | b, return_inverse=True, return_counts=True)
        for row in np.flatnonzero((times[which] == 1) & (a1 - a0 <= QUOTED_WORDS)).tolist():
            df = result.df[a0[row] : max(a0[row] + 1, a1[row] - result.settings.k + 1)] & MOST
            many = int(np.median(df[df > 0])) if df.any() else 0
            held[row] = many if many >= QUOTED_BY else 0
        return held

    def _frame(self, arrays, columns):
        """A DataFrame of arrays, in which documents are numbers."""
        import pandas as pd

        ids = pd.Series(self.documents.ids, dtype=str).array
        named = {c: ids.take(arrays[c]) if c.endswith("_id") else arrays[c] for c in columns}
        return pd.DataFrame(named)

    @cached_property
    def _arrays(self):
        """The columns as arrays, ids as numbers: a seventh of the room that lists take."""
        result = self.found
        a0, a1 = result.spans("a")
        b0, b1 = result.spans("b")
        score = np.round(result.column("score") / decide.UNIT, 4)
        return {
            "a_id": result.column("a"), "a_start": a0, "a_end": a1,
            "b_id": result.column("b"), "b_start": b0, "b_end": b1, "score": score,
        }  # fmt: skip

    def _kinds(self, rows):
        a0, a1, b0, b1, words = (
            self.found.column(c)[rows] for c in ("a0", "a1", "b0", "b1", "longest")
        )
        changed = (a1 - a0 != words) | (b1 - b0 != words)
        kinds = np.array((VERBATIM, EDITED, QUOTATION), object)
        return kinds[np.where(self._quotations[rows], 2, changed * 1)].tolist()

    def _whys(self, rows):
        """Why each passage counts, in words: see `decide.why`."""
        words, pieces, names, swapped = (
            self.found.column(c)[rows] for c in ("agree", "pieces", "names", "swapped")
        )
        known = words, pieces - 1, names, self._enough[rows], swapped > 0
        known += self._quotations[rows], self._holders[rows]
        return list(map(decide.why, *(column.tolist() for column in known)))

    def _iterate(self, arrays, columns, ids=None, block=20_000):
        """The rows of a table one by one, without pandas and without holding them all."""
        ids = ids or self.documents.ids
        for lo in range(0, len(arrays["a_id"]), block):
            rows = slice(lo, lo + block)
            part = {c: values[rows].tolist() for c, values in arrays.items()}
            part["a_id"], part["b_id"] = ([ids[d] for d in part[c]] for c in ("a_id", "b_id"))
            if "kind" in columns:
                part["kind"] = self._kinds(rows)
            if "why" in columns:
                part["why"] = self._whys(rows)
            yield from zip(*(part[c] for c in columns), strict=True)

    @property
    def passage_rows(self) -> list[tuple]:
        """The rows of ``passages`` as tuples, without pandas."""
        return list(self._iterate(self._arrays, PASSAGE_COLUMNS))

    @cached_property
    def passages(self):
        """DataFrame: `PASSAGE_COLUMNS`.

        ``kind`` is ``verbatim`` (word for word), ``edited`` or ``quotation`` (both may quote
        somebody else, so it makes no pair). `why` says why a passage counts.
        """
        return self._frame({**self._arrays, "kind": self._kinds(slice(None))}, PASSAGE_COLUMNS)

    def why(self, passage: int) -> str:
        """Why a passage, a row of ``passages``, counts as copied or does not, in words."""
        return self._whys(slice(passage, passage + 1))[0]

    @cached_property
    def pair_rows(self) -> list[tuple]:
        """The rows of ``pairs`` as tuples, without pandas."""
        return list(self._iterate(self._pair_arrays, PAIR_COLUMNS))

    @cached_property
    def _pair_arrays(self):
        """The columns of ``pairs`` as arrays, ids as numbers."""
        copied = replace(self.found, rows=self.found.rows[self._copying])
        a, b = copied.column("a"), copied.column("b")
        if not len(a):
            return {c: np.zeros(0, np.int64) for c in PAIR_COLUMNS}
        new = np.append(True, (a[1:] != a[:-1]) | (b[1:] != b[:-1]))
        first = np.flatnonzero(new)
        pair = np.cumsum(new) - 1
        score = np.add.reduceat(copied.column("score"), first)
        longest = np.maximum.reduceat(copied.column("longest"), first)
        words = np.maximum(copied.words.counts(), 1)
        held = [_held(copied, pair, side) / words[copied.column(side)[first]] for side in "ab"]
        return {
            "a_id": a[first], "b_id": b[first], "score": np.round(score / decide.UNIT, 4),
            "containment_a": np.round(held[0], 4), "containment_b": np.round(held[1], 4),
            "longest_run": longest,
        }  # fmt: skip

    @cached_property
    def pairs(self):
        """DataFrame: `PAIR_COLUMNS`.

        The score of a pair is the sum of its passages'. Containment is the share of a document's
        words that agree with the other's, in their passages; a stretch that two passages lie on
        counts once.
        """
        return self._frame(self._pair_arrays, PAIR_COLUMNS)

    @cached_property
    def cluster_rows(self) -> list[tuple]:
        """The rows of ``clusters`` as tuples, without pandas."""
        documents = self.documents
        holdings = {}
        for holding in cluster(row[:6] for row in self.passage_rows):
            holdings.setdefault(holding.cluster, []).append(holding)
        rows = []
        for held in holdings.values():
            docs = {h.doc_id for h in held}
            witness = earliest_witness(
                docs, documents.dates, documents.outlets, {d: self.text(d) for d in docs}
            )
            for h in held:
                place = "earliest" if h.doc_id == witness.doc_id else "later"
                if witness.doc_id is None:
                    place = "undecided" if h.doc_id in witness.candidates else "later"
                known = (of.get(h.doc_id, "") for of in (documents.dates, documents.outlets))
                rows.append((*h, *known, place, witness.why))
        return rows

    @cached_property
    def clusters(self):
        """DataFrame: `CLUSTER_COLUMNS`, a row for each document's holding of a passage.

        ``witness`` is ``earliest``, ``later`` or ``undecided``; ``why`` says on what ground.
        """
        import pandas as pd

        return pd.DataFrame(self.cluster_rows, columns=list(CLUSTER_COLUMNS))

    @cached_property
    def _number(self):
        return {doc: n for n, doc in enumerate(self.documents.ids)}

    def text(self, doc_id: str) -> str:
        """A document's text."""
        if doc_id not in self._number:
            raise KeyError(
                f"There is no document {doc_id!r} among the {len(self.documents)} compared."
            )
        return self.found.words.text(self._number[doc_id])

    def stretches(self, passage: int) -> list[EditStretch]:
        """What stayed and what was changed in a passage, a row of ``passages``."""
        a, a0, a1, b, b0, b1 = (int(self._arrays[c][passage]) for c in PASSAGE_COLUMNS[:6])
        text = self.found.words.text
        return stretches(text(a), text(b), (a0, a1), (b0, b1))

    def set_phrases(self, documents=None, words=None) -> list[tuple[str, int, int]]:
        """Phrases that many documents hold: formulae, names, boilerplate.

        Parameters
        ----------
        documents : int, optional
            In at least so many. Default: more than may start a passage (``max_df``), or a third
            of all documents where these are few.
        words : int, optional
            Of at least so many words. Default: k.

        Returns
        -------
        list of (text, words, documents)
            As first printed; most held first. ``documents`` is the least any of its shingles has,
            127 for that many or more.
        """
        df, of, k = self.found.df, self.found.words, self.found.settings.k
        at_least = documents or min(self.found.settings.max_df + 1, max(4, -(-len(of) // 3)))
        many = ((df & MOST) >= at_least) & (df & AGAIN == 0)
        edge = np.flatnonzero(np.diff(np.concatenate(([0], many.view(np.int8), [0]))))
        phrases = {}
        for lo, hi in zip(edge[::2].tolist(), edge[1::2].tolist(), strict=True):
            end = hi + k - 1
            if end - lo >= (words or k):
                held = int((df[lo:hi] & MOST).min())
                phrases.setdefault(of.tok[lo:end].tobytes(), (lo, end, held))
        lo, hi, held = np.array([*phrases.values()], np.int64).reshape(-1, 3).T
        doc = np.searchsorted(of.first, lo, "right") - 1
        columns = (c.tolist() for c in (doc, *plain.spans(of, doc, lo, hi), hi - lo, held))
        out = [
            (" ".join(of.text(d)[start:end].split()), length, n)
            for d, start, end, length, n in zip(*columns, strict=True)
        ]
        return sorted(out, key=lambda row: (-row[2], -row[1], row[0]))

    def write(self, path, table: str = "passages") -> None:
        """Write a table: .csv, .jsonl or .parquet, by the name's ending.

        Parameters
        ----------
        path : path-like
        table : {'passages', 'pairs', 'clusters'}
            A file of passages has one column more than the table: ``why`` each counts.
        """
        columns, arrays = {
            "passages": ((*PASSAGE_COLUMNS, "why"), "_arrays"),
            "pairs": (PAIR_COLUMNS, "_pair_arrays"),
            "clusters": (CLUSTER_COLUMNS, None),
        }[table]
        if arrays is None or check_out(path) != ".csv":
            rows = self._iterate(getattr(self, arrays), columns) if arrays else self.cluster_rows
            write_rows(path, columns, rows)
            return
        # only ids may need quoting: done once each, a row is one format
        line = ",".join('"%s"' if c == "why" else "%s" for c in columns) + "\n"
        written = {c: _written(values) for c, values in getattr(self, arrays).items()}
        rows = self._iterate(written, columns, [_quoted(i) for i in self.documents.ids])
        with open(path, "w", encoding="utf-8", newline="", errors="surrogatepass") as file:
            file.write(",".join(columns) + "\n")
            file.writelines(map(line.__mod__, rows))


def _held(found, pair, side):
    """Words of each pair's document that agree, a stretch counted once."""
    lo, hi, agree = found.column(side + "0"), found.column(side + "1"), found.column("agree")
    many = np.bincount(pair)[pair] > 1
    held = np.zeros(int(pair[-1]) + 1)
    held[pair[~many]] = np.minimum(agree, hi - lo)[~many]
    if not many.any():
        return held
    lo, hi, agree, pair = lo[many], hi[many], agree[many], pair[many]
    order = np.lexsort((-hi, lo, pair))
    lo, hi, agree, pair = lo[order], hi[order], agree[order], pair[order]
    # how far earlier passages of the pair reach: a running maximum that starts anew with each pair
    far = np.maximum.accumulate(hi + pair * (1 << 40)) - pair * (1 << 40)
    before = np.append(0, far[:-1])
    before[np.append(True, pair[1:] != pair[:-1])] = 0
    new = np.clip(hi - np.maximum(lo, before), 0, None)
    share = np.minimum(agree / np.maximum(hi - lo, 1), 1.0)
    return held + np.bincount(pair, weights=new * share, minlength=len(held))


def _written(values):
    """Numbers as they stand in a file; of fractions, each different one is written once."""
    if values.dtype.kind != "f":
        return values
    different, which = np.unique(values, return_inverse=True)
    return np.array([repr(v) for v in different.tolist()], object)[which]


def _quoted(field):
    """A field of a .csv file as `csv.writer` writes it."""
    return '"' + field.replace('"', '""') + '"' if re.search('[,"\r\n]', field) else field


def check_out(path) -> str:
    """The ending of an output file; ``ValueError`` when it is none that we write."""
    kind = Path(path).suffix.lower()
    if kind not in {".csv", ".jsonl", ".parquet"}:
        raise ValueError(
            f"{path}: name the file .csv, .jsonl or .parquet; its ending says how it is written."
        )
    return kind


def write_rows(path: str, columns, rows) -> None:
    """Write rows as their file's ending says."""
    kind = check_out(path)
    if kind == ".parquet":
        import pandas as pd

        pd.DataFrame(list(rows), columns=list(columns)).to_parquet(path, index=False)
        return
    with open(path, "w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        if kind == ".csv":
            out = csv.writer(file, lineterminator="\n")
            out.writerow(columns)
            out.writerows(rows)
            return
        for row in rows:
            named = dict(zip(columns, row, strict=True))
            file.write(json.dumps(named, ensure_ascii=False) + "\n")
