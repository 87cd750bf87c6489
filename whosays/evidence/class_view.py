"""A class's marks on one passage: where they meet, where they part, and what to talk about.

From a folder of learners' files comes a strip of the text with the share of learners who marked
each word, the agreement with the case's reading and with each other, and the sentences in which
the class parts most. Nobody is named and nobody is ranked: the view is for a talk with the class.

Disagreement on a word with share *p* is 4p(1-p): nothing when all or none marked it, 1 at one half.
Agreement between learners is the mean F1 of relations over all pairs; people who annotated news for
research reach about .79 on that measure (PolNeAR, Newell et al. 2018).
"""

import html
import json
from itertools import combinations
from pathlib import Path

from ..attribution.score import score
from ..attribution.tokens import sentences, tokenise
from ..case.case import load_case
from ..text.fold import words as folded_words
from ..text.spans import hash_text
from ..view.show import TableView
from ..view.view import View
from .marking import NAME, span_marker
from .marking_key import against, gold
from .marks import ROLES, as_relations, clean, short

MOST_BYTES = 5_000_000


def read_folder(folder, case_name, passage_id, text):
    """The states of all learners in a folder.

    Parameters
    ----------
    folder : path
        One JSON file a learner, or one folder a learner with ``marks.json`` somewhere in it (a copy
        of the learner's answers folder).
    case_name, passage_id : str
    text : str
        The passage.

    Returns
    -------
    (list of dict, list of str)
        States with at least one mark, in the order of the files' names; and a sentence for each
        file that gave none, with its name and why.
    """
    folder = Path(folder)
    if not folder.is_dir():
        return [], [
            f"{folder.name} is no folder: give the one with a file or a folder for each learner."
        ]
    files = sorted({*folder.glob("*.json"), *folder.glob(f"*/**/{NAME}.json")})
    states, problems = [], []
    if not files:
        problems.append(f"{folder.name} has no file {NAME}.json of a learner in it.")
    for path in files:
        name = path.relative_to(folder).as_posix()
        try:
            if path.stat().st_size > MOST_BYTES:
                raise ValueError("it is larger than 5 MB")
            kept = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            problems.append(f"{name} cannot be read ({short(str(error))}).")
            continue
        passages = kept.get(case_name) if isinstance(kept, dict) else None
        one = passages.get(passage_id) if isinstance(passages, dict) else None
        state, lost = clean(text, one.get("state") if isinstance(one, dict) else None)
        if lost:
            problems.append(f"{name}: {lost} marks are not in this text.")
        elif isinstance(one, dict) and one.get("sha256") not in (None, hash_text(text)):
            problems.append(
                f"{name}: made on another version of the text; its marks were placed by their"
                " words."
            )
        if state["marks"]:
            states.append(state)
        else:
            problems.append(f"{name} has no marks on {passage_id}.")
    return states, problems


class ClassMarks(View):
    """A class's marks on one passage.

    Parameters
    ----------
    case : Case
    passage_id : str
    states : list of dict
        One state of :mod:`whosays.evidence.marking` a learner.
    problems : list of str
        What could not be used, and why.

    Attributes
    ----------
    expected : list of dict
        The case's own reading; see :func:`whosays.evidence.marking_key.gold`.
    """

    def __init__(self, case, passage_id, states, problems=()):
        self.case, self.passage_id = case, passage_id
        self.states, self.problems = list(states), list(problems)
        self.passage = case.quotation(passage_id)
        self.words = [(word.start, word.end) for word in folded_words(self.passage)]
        self.expected = gold(case, passage_id)
        self.given = [as_relations(state) for state in self.states]

    # --- counts -----------------------------------------------------------------------------------

    def shares(self, role):
        """The share of learners who marked each word in a role.

        Parameters
        ----------
        role : str
            One of :data:`whosays.evidence.marking.ROLES`. A voice without a source counts as
            content, too, for it is what is said.

        Returns
        -------
        list of float
            One number a word, 0 to 1.
        """
        roles = {role, "voice"} if role == "content" else {role}
        counts = [0] * len(self.words)
        for state in self.states:
            covered = set()
            for mark in state["marks"]:
                if mark["role"] in roles:
                    covered |= {
                        i
                        for i, (a, b) in enumerate(self.words)
                        if a < mark["end"] and b > mark["start"]
                    }
            for i in covered:
                counts[i] += 1
        return (
            [count / len(self.states) for count in counts] if self.states else [0.0] * len(counts)
        )

    def in_key(self, role):
        """For each word, whether the case's own reading has it in a role."""
        if role == "voice":
            spans = [
                s
                for row in self.expected
                if not row["source"] and not row["cue"]
                for s in row["content"]
            ]
        else:
            spans = [s for row in self.expected for s in row[role]]
        return [any(a < end and b > start for start, end in spans) for a, b in self.words]

    # --- pictures and tables ----------------------------------------------------------------------

    def strip(self, role="content"):
        """The text, with a bar under each word as high as the share who marked it; the same as a
        table below.
        """
        return Strip(self, role)

    def agreement(self):
        """How many found each relation of the case, and how far learners agree with the case, each
        other and the machine.
        """
        results = [against(self.case, self.passage, self.expected, given) for given in self.given]
        rows = []
        for row in self.expected:
            found = sum(any(g["id"] == row["id"] for g, _ in result.pairs) for result in results)
            words = " … ".join(self.passage[a:b] for a, b in row["content"])
            source = " … ".join(self.passage[a:b] for a, b in row["source"]) or "nobody named"
            what = f"{source}: “{short(words, 50)}”"
            if row["optional"]:
                continue
            rows.append({"what": what, "value": _of(found, len(results))})
        rows.append(
            {
                "what": "agreement with the case (mean F1 of relations)",
                "value": _mean([r.relations.f1 for r in results]),
            }
        )
        pairs = [score(a, b, self.passage).relations.f1 for a, b in combinations(self.given, 2)]
        rows.append(
            {"what": "agreement between learners (mean F1 over all pairs)", "value": _mean(pairs)}
        )
        machine = score(
            self.expected, span_marker(self.case, self.passage_id).suggestions(), self.passage
        )
        rows.append(
            {
                "what": "the machine's first pass against the case (F1)",
                "value": _mean([machine.relations.f1]),
            }
        )
        return TableView(
            rows,
            {"what": "what", "value": "found by, or agreement"},
            f"Agreement on {self._title()}",
        )

    def to_discuss(self):
        """The sentences in which the class parts most, first the most divided."""
        shares = {role: self.shares(role) for role in ROLES}
        rows = []
        for start, end in self._sentences():
            inside = [i for i, (a, b) in enumerate(self.words) if start <= a and b <= end]
            if not inside:
                continue
            parted = {
                role: sum(4 * p[i] * (1 - p[i]) for i in inside) / len(inside)
                for role, p in shares.items()
            }
            words = {role: self._split_words(p, inside) for role, p in shares.items()}
            most = max(parted, key=parted.get)
            rows.append(
                {
                    "sentence": short(self.passage[start:end], 120),
                    "parted": f"{sum(parted.values()):.2f}",
                    "over": (
                        f"{ROLES[most]}: “{words[most]}”"
                        if words[most]
                        else "nothing: the class agrees"
                    ),
                    "ask": _ASK[most] if words[most] else "",
                    "_": -sum(parted.values()),
                }
            )
        rows.sort(key=lambda row: row["_"])
        columns = {
            "sentence": "sentence",
            "parted": "disagreement",
            "over": "most divided over",
            "ask": "to ask",
        }
        return TableView(rows, columns, f"Sentences to discuss, {self._title()}")

    def _split_words(self, shares, inside):
        divided = [i for i in inside if 0.2 <= shares[i] <= 0.8]
        if not divided:
            return ""
        return short(self.passage[self.words[divided[0]][0] : self.words[divided[-1]][1]], 60)

    def _sentences(self):
        tokens = tokenise(self.passage, 0, len(self.passage), [])
        return [(part[0].start, part[-1].end) for part in sentences(tokens, lambda token: False)]

    def _title(self):
        count = len(self.states)
        return f"[passages/{self.passage_id}], {count} learner{'' if count == 1 else 's'}"

    def html(self):
        if not self.states:
            return f"<p>{html.escape(self._nothing())}</p>{self._problems_html()}"
        parts = [self.strip().html(), self.agreement().html(), self.to_discuss().html()]
        return "".join(parts) + self._problems_html()

    def text(self):
        if not self.states:
            return "\n".join([self._nothing(), *self.problems])
        parts = [self.strip().text(), self.agreement().text(), self.to_discuss().text()]
        return "\n\n".join([*parts, "\n".join(self.problems)]).strip()

    def _nothing(self):
        return f"Nobody has marked {self.passage_id} yet."

    def _problems_html(self):
        rows = "".join(f"<li>{html.escape(problem)}</li>" for problem in self.problems)
        return (
            f"<p><strong>Not used, or used with care:</strong></p><ul>{rows}</ul>" if rows else ""
        )


_ASK = {
    "source": "Who speaks here, and how much of the words names them?",
    "cue": "Which words say that somebody speaks?",
    "content": "Where does what is said begin, and where does it end?",
    "voice": "Is anybody named for this? Would another reader look somewhere else in the piece?",
}


def _of(found, of):
    return f"{found} of {of}"


def _mean(values):
    return f"{sum(values) / len(values):.2f}" if values else "not enough learners"


class Strip(View):
    """One role of a class's marks, word by word; see :meth:`ClassMarks.strip`."""

    def __init__(self, marks, role):
        if role not in ROLES:
            raise ValueError(f"There is no role {role!r}: choose one of {', '.join(ROLES)}.")
        self.marks, self.role = marks, role
        self.shares, self.key = marks.shares(role), marks.in_key(role)

    def rows(self):
        """Runs of words with one share: words, how many learners, whether the case has them."""
        rows, text = [], self.marks.passage
        for i, (start, end) in enumerate(self.marks.words):
            state = (self.shares[i], self.key[i])
            if rows and rows[-1]["_"] == state:
                rows[-1]["end"] = end
            else:
                rows.append({"start": start, "end": end, "_": state})
        count = len(self.marks.states)
        return [
            {
                "words": " ".join(text[row["start"] : row["end"]].split()),
                "marked": _of(round(row["_"][0] * count), count),
                "key": "yes" if row["_"][1] else "no",
            }
            for row in rows
        ]

    def _table(self):
        columns = {
            "words": "words",
            "marked": f"marked as {ROLES[self.role]} by",
            "key": "in the case's reading",
        }
        return TableView(self.rows(), columns, f"Who marked which words, {self.marks._title()}")

    def html(self):
        text, pieces, last = self.marks.passage, [], 0
        for i, (start, end) in enumerate(self.marks.words):
            share, word = self.shares[i], html.escape(text[start:end])
            bar = f"height:{share * 1.4:.2f}em"
            key = (
                "border-top:.2em double currentColor"
                if self.key[i]
                else "border-top:.2em solid transparent"
            )
            pieces.append(html.escape(text[last:start]))
            pieces.append(
                "<span"
                ' style="display:inline-flex;flex-direction:column;vertical-align:top;'
                'margin-bottom:.5em"><span'
                f' style="{key}">{word}</span><span style="height:1.4em"><span'
                f' style="display:block;{bar};background:#3b76b0"></span></span></span>'
            )
            last = end
        pieces.append(html.escape(text[last:]))
        # the bars are for the eye; the table says the same to everybody
        return (
            f"<p><strong>{html.escape(ROLES[self.role].capitalize())},"
            f" {html.escape(self.marks._title())}.</strong> "
            "The higher the bar under a word, the more learners marked it. A double line above: the"
            " case's own reading.</p>"
            '<div aria-hidden="true"'
            f' style="font-size:1.1em;line-height:1.6">{"".join(pieces)}</div>'
            f"<details><summary>The same as a table</summary>{self._table().html()}</details>"
        )

    def text(self):
        return self._table().text()


def class_marks(case, passage_id, folder):
    """A class's marks on one passage, from a folder of learners' files.

    Parameters
    ----------
    case : Case or str
    passage_id : str
    folder : path
        See :func:`read_folder`.

    Returns
    -------
    ClassMarks

    Raises
    ------
    KeyError
        When the case has no such passage.
    """
    if isinstance(case, str):
        case = load_case(case)
    case.get(f"passages/{passage_id}")
    return ClassMarks(
        case, passage_id, *read_folder(folder, case.name, passage_id, case.quotation(passage_id))
    )
