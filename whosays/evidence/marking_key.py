"""A marking held against the case's own reading of the passage, and against the machine's.

The key is the table ``assertions`` of the case: what the documents say on its claims. Several
claims under one source and cue are one relation here ("The film mentions that A and B"). What a
learner marks beyond it may well be an attribution: the key is silent on it, and so is the check.
"""

from functools import lru_cache
from html import escape

from ..attribution.score import FULL_MARKS, ReaderScore, as_relation, common, overlap, score, shared
from ..case.first_pass import is_first_pass
from ..learner.verdict import NOT_YET, PARTLY, RIGHT, SIGNS
from ..text.fold import words as folded_words
from ..text.spans import short
from ..view.show import TableView
from ..view.view import View
from .marks import REASONS

ROLES = ("source", "cue", "content")


def gold(case, passage_id: str) -> list[dict]:
    """The relations that a case's table ``assertions`` has for a passage, in the order of the text.

    They are as :func:`whosays.evidence.marks.as_relations` gives them, offsets within the passage,
    with ``modes_accepted``, ``optional`` and ``notes``.
    """
    passage = case.get(f"passages/{passage_id}")
    start, end = passage["start"], passage["end"]
    groups, place = {}, {}
    for row in case.assertions:
        if row["passage_id"] != passage_id or is_first_pass(row):
            continue  # a machine's guess is no key
        spans = {
            role: [
                (a - start, b - start)
                for a, b in row[f"{role}_spans"] or ()
                if start <= a and b <= end
            ]
            for role in ROLES
        }
        if not spans["content"]:
            continue
        steps = list(row["chain"])
        unnamed = steps and case.agents[steps[-1].agent]["kind"] == "unnamed"
        if unnamed and len(steps) > 1 and steps[-1].how == "inferred":
            steps.pop()  # a voice that nobody names is no name to be asked for
        chain = tuple(step.agent for step in steps)
        # claims under one source and cue are one relation; so are claims that nobody is named for
        # in one voice
        key = (tuple(spans["source"]), tuple(spans["cue"]), row["parent"] or "", chain)
        place[row["assertion_id"]] = key
        relation = {"id": row["assertion_id"], **spans, "content": [], "mode": row["mode"]}
        relation |= {"modes_accepted": [], "parent": row["parent"], "chain": list(chain)}
        group = groups.setdefault(key, {**relation, "optional": True, "notes": []})
        group["content"] += spans["content"]
        group["modes_accepted"] += [row["mode"], *(row["modes_accepted"] or ())]
        group["optional"] &= bool(row["optional"])
        if row["note"]:
            group["notes"].append(row["note"])
    for group in groups.values():
        group["content"] = _joined(group)
        group["modes_accepted"] = sorted(set(group["modes_accepted"]))
        outer = groups.get(place.get(group["parent"]))
        group["parent"] = outer["id"] if outer is not None else None
    return sorted(groups.values(), key=lambda g: min(s[0] for role in ROLES for s in g[role]))


def _joined(group):
    """The contents as they would be marked: joined unless the source or cue stands between."""
    between = [span for role in ("source", "cue") for span in group[role]]
    joined = []
    for start, end in sorted(set(group["content"])):
        if joined and not shared([(joined[-1][1], max(start, joined[-1][1]))], between):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


@lru_cache(maxsize=8)
def _names(case):
    """Folded name, alias or id -> id, for everybody a case knows."""
    return {
        _folded(known): row["agent_id"]
        for row in case.agents
        for known in (row["agent_id"], row["name"], *(row["aliases"] or ()))
    }


def _folded(name):
    return " ".join(word.text for word in folded_words(name))


def agent_id(case, name: str) -> str:
    """The id of whoever a name in a chain means; the name, folded, where the case knows nobody."""
    folded, names = _folded(name), _names(case)
    if folded in names:
        return names[folded]
    inside = [known for known in names if len(known) > 2 and f" {known} " in f" {folded} "]
    return names[max(inside, key=len)] if inside else folded


def against(case, text: str, expected: list[dict], given: list[dict]) -> ReaderScore:
    """Score a reading against the key, with the names in its chains understood."""
    known = [{**row, "chain": [agent_id(case, step) for step in row["chain"]]} for row in given]
    return score(expected, known, text)


class MarkingFeedback(View):
    """What of the key is found, relation by relation; what is not found is hinted at, not told."""

    def __init__(self, title, rows, found, expected, problem=""):
        self.title, self.rows, self.problem = title, rows, problem
        self.found, self.expected = found, expected

    def summary(self) -> str:
        """One sentence."""
        if self.problem:
            return self.problem
        full = sum(row["state"] == SIGNS[RIGHT] for row in self.rows)
        part = self.found - full
        rest = f", {part} of them to mend" if part else ""
        return (
            f"{self.found} of {self.expected} relation{'' if self.expected == 1 else 's'}"
            f" found{rest}."
        )

    def table(self) -> TableView:
        """One row a relation: how far it is found, and what to look at."""
        columns = {"relation": "relation", "state": "so far", "say": "what to look at"}
        return TableView(self.rows, columns, f"{self.title}: {self.summary()}")

    def html(self) -> str:
        return self.table().html() if self.rows else f"<p>{escape(self.summary())}</p>"

    def text(self) -> str:
        return self.table().text() if self.rows else self.summary()


def check(marking: View) -> MarkingFeedback:
    """Check a marking against the case."""
    if marking.case is None:
        message = "This text has no key: compare with somebody else's marks."
        return MarkingFeedback(marking.title, [], 0, 0, message)
    given = marking.relations()
    if not given:
        message = "Not answered yet: mark a source, a cue and a content first."
        return MarkingFeedback(marking.title, [], 0, 0, message)
    expected = gold(marking.case, marking.passage_id)
    result = against(marking.case, marking.text, expected, given)
    pairs = {a["id"]: g for g, a in result.pairs}
    compared = {a["id"]: a for _, a in result.pairs}  # with the names in the chain understood
    rows = []
    for shown, row in enumerate(given, 1):
        words = short(_words(marking.text, row["content"] or row["cue"] or row["source"]), 40)
        answer = compared.get(row["id"], row)
        state, say = _judged(marking.text, expected, pairs.get(row["id"]), answer)
        rows.append({"relation": f"{shown}: “{words}”", "state": state, "say": say})
    rows += [
        {"relation": "one more", "state": SIGNS[NOT_YET], "say": _hint(marking.text, row)}
        for row in result.missed
    ]
    matched = len(result.pairs)
    return MarkingFeedback(marking.title, rows, matched, matched + len(result.missed))


def _judged(text, expected, pair, answer):
    """The sign for a relation, and what to look at."""
    if not answer["content"]:
        return SIGNS[NOT_YET], "no content yet: what is said? Mark it, or link it to this relation"
    if pair is not None:
        remarks = _remarks(as_relation(pair, text), as_relation(answer, text))
        return SIGNS[PARTLY if remarks else RIGHT], "; ".join(remarks)
    if any(row["optional"] and shared(row["content"], answer["content"]) for row in expected):
        return SIGNS[RIGHT], "readers may differ on marking it; it neither earns nor costs"
    if any(shared(row["content"], answer["content"]) for row in expected):
        why = "but not whom you marked, or they are part of a longer stretch"
        return SIGNS[NOT_YET], f"somebody says these words, {why}"
    return "–", "not in the key, which has claims only: it may be a voice all the same"


def _words(text, spans):
    return " … ".join(text[a:b] for a, b in spans)


def _remarks(expected, answer):
    """What is still off in a relation that was found: small things last, cue edges never."""
    remarks = []
    content = overlap(expected.content, answer.content)
    if content < FULL_MARKS:
        wide = shared(expected.content, answer.content) >= FULL_MARKS * sum(
            b - a for a, b in expected.content
        )
        remarks.append("the content takes in too much" if wide else "the content leaves out words")
    if expected.source and overlap(expected.source, answer.source) < 0.5:
        remarks.append("the source: mark whoever speaks, and no more")
    if expected.cue and not shared(expected.cue, answer.cue):
        remarks.append("which words say that somebody speaks? They are the cue")
    if not answer.modes:
        remarks.append("no mode chosen yet")
    elif not answer.modes & expected.modes:
        remarks.append("look at the mode again: are the words quoted, told, or given to nobody?")
    if len(expected.chain) < 2:
        return remarks  # one voice is no chain
    if not answer.chain:
        remarks.append(f"no chain yet ({_count(len(expected.chain))} asked for)")
    elif (same := common(expected.chain, answer.chain)) < max(
        len(expected.chain), len(answer.chain)
    ):
        remarks.append(f"the chain has {same} of {_count(len(expected.chain))} in the right order")
        if len(answer.chain) > same:
            remarks[-1] += f", and {len(answer.chain) - same} that the key does not have there"
    return remarks


def _count(number):
    return f"{number} step{'' if number == 1 else 's'}"


def _hint(text, relation):
    first = (relation["cue"] or relation["source"] or relation["content"])[0]
    before = [w for w in folded_words(text) if w.start < first[0]]
    where = "at the beginning"
    if near := before[-3:]:
        where = f"after “{short(text[near[0].start : near[-1].end], 40)}”"
    if not relation["source"] and not relation["cue"]:
        return f"words that nobody is named for, {where}"
    return f"look {where}"


def key_table(marking: View) -> TableView:
    """The case's own reading of a marking's passage, as a table."""
    if marking.case is None:
        return TableView([], {"source": "source"}, f"{marking.title}: there is no key to this text")
    names = marking.case.agents
    rows = [
        {
            "source": _words(marking.text, row["source"]) or "nobody named",
            "cue": _words(marking.text, row["cue"]) or "none",
            "content": _words(marking.text, row["content"]),
            "mode": "; ".join(m.replace("_", " ") for m in row["modes_accepted"]),
            "chain": " > ".join(names[step]["name"] for step in row["chain"]),
            "note": " ".join(dict.fromkeys(row["notes"])),
        }
        for row in gold(marking.case, marking.passage_id)
    ]
    columns = "source cue content mode chain".split()
    columns += ["note"] if any(row["note"] for row in rows) else []
    return TableView(rows, columns, f"The case's own reading of {marking.title}")


def machine_against_key(marking: View) -> dict[str, str]:
    """What the key says on each reading of the machine, by the suggestion's id.

    "agrees with the key", "differs in …" or "not in the key"; under "missed" stands what the key
    has and the machine has not, shortened.
    """
    if marking.case is None:
        return {}
    text = marking.text
    expected = gold(marking.case, marking.passage_id)
    result = score(expected, marking.suggestions(), text)
    counts = {}
    for pair in result.pairs:
        wanted, read = (as_relation(row, text) for row in pair)
        alike = {
            "source": not wanted.source or overlap(wanted.source, read.source) >= 0.5,
            "content": overlap(wanted.content, read.content) >= FULL_MARKS,
            "mode": bool(wanted.modes & read.modes),
        }
        differs = [name for name, same in alike.items() if not same]
        counts[pair[1]["id"]] = (
            f"differs in {' and '.join(differs)}" if differs else "agrees with the key"
        )
    for row in result.extra:
        touches = any(shared(g["content"], row["content"]) for g in expected if not g["optional"])
        inside = row["parent"] is not None
        counts[row["id"]] = (
            "differs in source or content" if touches and not inside else "not in the key"
        )
    if result.missed:
        counts["missed"] = [short(_words(text, row["content"]), 60) for row in result.missed]
    return counts


def machine_table(marking: View) -> TableView:
    """The machine's first pass beside the learner's verdict and the key, as a table."""
    key = machine_against_key(marking)
    rows = []
    for row in marking.suggestions():
        words = {role: _words(marking.text, row[role]) for role in ROLES}
        told = (row["verdict"] or "not graded yet", REASONS.get(row["why"], ""))
        words |= {"mode": row["mode"], "verdict": "; ".join(filter(None, told))}
        # the key is shown once the learner has decided
        rows.append({**words, "key": key.get(row["id"], "") if row["verdict"] else ""})
    columns = "source cue content mode verdict key".split()
    graded = sum(bool(row["verdict"]) for row in marking.suggestions())
    caption = (
        f"The machine's first pass on {marking.title}: {graded} of {len(rows)} readings graded"
    )
    if graded == len(rows) and key.get("missed"):
        caption += f". It missed: {'; '.join(f'“{words}”' for words in key['missed'])}"
    return TableView(rows, columns, caption, verdict="your verdict", key="the key")
