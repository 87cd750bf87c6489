"""Spans: words marked in a text, compared by words and not by characters.

Content is right when intersection over union reaches 0.8. A source or a cue is right when it holds
the head of the expected one and at most two words that do not belong to it; articles and titles are
free. The head of a name is the whole name, so that half of one is wrong; of a cue, its verb and not
"has".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import ClassVar

from ...base.words import words_of
from ...learner.verdict import NOT_YET, PARTLY, RIGHT, UNREADABLE
from ...text.fold import words
from ...text.place import NoPlace, place_of
from ...text.spans import short
from ...view.show import text_of
from ..kind import Kind, Slip, spaced
from ..outcome import PartResult, QuestionOutcome, opens, outcome, planted, why
from ..plain import as_list, is_blank
from ..seal import rounds_for
from ..shapes import marks as marks_of
from ..values import UnreadablePart

ROLES = ("source", "cue", "content")
ENOUGH = 0.8  # intersection over union, for content
MOST_MARKS = 200
MOST_EXTRA = 2  # words too many that a source or a cue may have


@cache
def _listed(name):
    return set(words_of("whosays.exercise")["spans"][name].split())


@dataclass(frozen=True)
class LearnerMark:
    """A learner's mark: its role, the words it covers (by number), and how it reads."""

    role: str
    words: frozenset
    name: str

    @property
    def first(self) -> int:
        return min(self.words)


def read_mark(spec: dict, item) -> LearnerMark:
    """One mark, snapped to whole words.

    ``item`` has ``role`` with ``exact``, or with ``start`` and ``end`` (code points, end
    exclusive). Raises UnreadablePart when a field is missing or the words are not in the text.
    """
    if type(item) is not dict:
        raise UnreadablePart('A mark is written {"role": "source", "exact": "words as printed"}.')
    role = item.get("role")
    if role not in spec["roles"]:
        roles = ", ".join(spec["roles"])
        raise UnreadablePart(f"The role of a mark is one of {roles}; given was {str(role)[:40]!r}.")
    try:
        start, end = place_of(spec["text"], *map(item.get, ("exact", "start", "end")))
    except NoPlace as problem:
        raise UnreadablePart(str(problem)) from None
    covered = frozenset(
        i for i, word in enumerate(words(spec["text"])) if start <= word.start and word.end <= end
    )
    return LearnerMark(role, covered, f"{role}: “{short(spec['text'][start:end])}”")


def _expected(spec, identity, item):
    if type(item) is not dict:
        raise UnreadablePart("a mark in the solution is no dictionary")
    also = [{"role": item.get("role"), "exact": exact} for exact in item.get("also", ())]
    variants = []
    for mark in [read_mark(spec, variant) for variant in (item, *also)]:
        accepts = [str(i) for i in sorted(mark.words)]
        head = [str(i) for i in head_of(spec, mark, item.get("head"))]
        variants.append({"size": len(mark.words), "accepts": accepts, "head": head})
    optional = bool(item.get("optional", False))
    return {"id": identity, "role": item["role"], "optional": optional, "variants": variants}


def head_of(spec: dict, mark: LearnerMark, written: str | None = None) -> list[int]:
    """The words that an expected mark must not be without, by number; of a content, none.

    ``written`` is the head as the author gives it (``head = "spokesman"``).
    """
    if mark.role == "content":
        return []
    inside = [(i, w, spec["text"][w.start : w.end]) for i, w in enumerate(words(spec["text"]))]
    inside = [entry for entry in inside if entry[0] in mark.words]
    if written:
        wanted = [word.text for word in words(written)]
        if heads := [i for i, word, _ in inside if word.text in wanted]:
            return heads
    bare = [entry for entry in inside if entry[1].text not in _listed("free")] or inside
    first = _listed("auxiliary") if mark.role == "cue" else ()
    while len(bare) > 1 and bare[0][1].text in first:
        bare = bare[1:]
    core = bare[:1]
    if mark.role != "cue":
        core += takewhile(lambda entry: entry[1].text not in _listed("after_head"), bare[1:])
    names = [i for i, _, printed in core if printed[0].isupper()]
    return names or [core[-1][0]]


def _shared(spec, variant, role, mark):
    """The words of a mark that a variant of an expected mark has too."""
    return {i for i in mark.words if opens(spec, variant, role, str(i))}


def _fit(spec, expected, mark):
    """Intersection over union with the best variant, and whether that is enough."""
    best, enough = 0.0, False
    text = words(spec["text"])
    for variant in expected["variants"]:
        shared = _shared(spec, variant, expected["role"], mark)
        extra = mark.words - shared
        overlap = len(shared) / (variant["size"] + len(extra))
        if expected["role"] == "content":
            enough |= overlap >= ENOUGH
        else:
            form, head = ("accepts", "head") if "head" in variant else ("locks", "heads")
            key, role = {form: variant[head]}, f"{expected['role']}/head"
            held = sum(opens(spec, key, role, str(i)) for i in shared)
            too_many = sum(text[i].text not in _listed("free") for i in extra)
            enough |= held == len(variant[head]) and too_many <= MOST_EXTRA
        best = max(best, overlap)
    return best, enough


class Spans(Kind):
    """``answer_1_8 = [{"role": "source", "exact": "the harbour master"}]``."""

    name = "spans"
    fields: ClassVar = {"text": "text", "roles": "texts"}
    shape_words = 'a list of marks: [{{"role": "{0}", "exact": "words as printed"}}, ...]'

    def check(self, spec, wrong) -> None:
        for role in sorted(set(spec["roles"]) - set(ROLES)):
            wrong("role", role=role, roles=", ".join(ROLES))

    def example(self, spec) -> tuple[str]:
        return (spec["roles"][0],)

    def key(self, full, spec, answer) -> None:
        """For each expected mark its words, and other stretches that are as good."""
        if type(answer) is not list:
            raise UnreadablePart("the solution should be a list of marks")
        full["rounds"] = rounds_for(3 * len(words(spec["text"])))
        full["parts"] = [_expected(spec, f"m{i}", item) for i, item in enumerate(answer, 1)]
        full["wrong"] = [
            {
                "parts": [_expected(spec, "wrong", item) for item in as_list(wrong["answer"])],
                "say": wrong["say"],
            }
            for wrong in spec["wrong"]
        ]

    def judge(self, spec, answer) -> QuestionOutcome:
        """Marks found, divided by marks expected plus marks too many."""
        answer = marks_of(answer, spec["roles"])
        if len(as_list(answer)) > MOST_MARKS:
            raise UnreadablePart(f"More than {MOST_MARKS} marks were given.")
        marks, results = [], []
        for item in as_list(answer):
            if is_blank(item):
                continue
            try:
                marks.append(read_mark(spec, item))
            except UnreadablePart as problem:
                results.append(PartResult("mark", "a mark", UNREADABLE, str(problem)))
        taken = _pair(spec, marks)
        matched = set(taken.values())
        for m, mark in enumerate(marks):
            say = why(spec, f"m{taken[m] + 1}") if m in taken else _near(spec, mark, matched)
            status = RIGHT if m in taken else NOT_YET
            results.append(PartResult(f"mark{m + 1}", mark.name, status, say))
        wanted = {e: x["role"] for e, x in enumerate(spec["parts"]) if not x["optional"]}
        for role in spec["roles"]:
            if missing := sum(of == role and e not in matched for e, of in wanted.items()):
                say = f"{missing} to find or to mend"
                results.append(PartResult(f"missing-{role}", role, NOT_YET, say))

        def met(wrong):
            return any(m.role == wrong["role"] and _fit(spec, wrong, m)[1] for m in marks)

        hits = len(matched & wanted.keys())
        share = hits / (len(wanted) + len(marks) - len(taken))
        status = PARTLY if hits else NOT_YET
        if share == 1 and all(r.status == RIGHT for r in results):
            status = RIGHT
        status = status if marks else UNREADABLE
        return outcome(spec, status, share, results, [say for _, say in planted(spec, met)])

    def slips(self, full) -> Iterator[Slip]:
        for i, (mark, expected) in enumerate(zip(full["answer"], full["parts"], strict=True)):
            if not expected["optional"]:
                others = full["answer"][:i] + full["answer"][i + 1 :]
                yield Slip(others, f"without the {mark['role']}")

    def body(self, spec) -> list[str]:
        lines = [f"> {line}" for line in spec["text"].strip().splitlines()]
        return [*lines, "", "", "Roles: " + ", ".join(f"`{role}`" for role in spec["roles"])]

    def paper(self, spec) -> str:
        roles = ", ".join(map(text_of, spec["roles"]))
        return (
            f"<p>Underline in the text, and write beside it what it is: {roles}.</p>"
            f"{spaced(spec['text'])}"
        )


def _pair(spec, marks):
    """Which mark is taken as which expected one, best fit first: number to number."""
    pairs = sorted(
        (-fit, m, e)
        for m, mark in enumerate(marks)
        for e, expected in enumerate(spec["parts"])
        if expected["role"] == mark.role
        for fit, enough in [_fit(spec, expected, mark)]
        if enough
    )
    taken = {}
    for _, m, e in pairs:
        if m not in taken and e not in taken.values():
            taken[m] = e
    return taken


def _near(spec, mark, found):
    """What is off with a mark that fits nothing: too wide, too narrow, or another role."""
    candidates = [
        (_shared(spec, variant, mark.role, mark), variant["size"], e not in found)
        for e, expected in enumerate(spec["parts"])
        if expected["role"] == mark.role
        for variant in expected["variants"]
    ]
    # compared with the nearest expected mark that no other mark has been taken as, where there is
    # one
    shared, size, _ = max(
        candidates,
        key=lambda c: (bool(c[0]), c[2], len(c[0]) / (c[1] + len(mark.words) - len(c[0]))),
        default=(set(), 0, False),
    )
    missing = size - len(shared)
    if shared:
        remarks = []
        if early := min(shared) - mark.first:
            remarks.append(f"begins {_count(early)} too early")
        if late := max(mark.words) - max(shared):
            remarks.append(f"ends {_count(late)} too late")
        if missing:
            remarks.append(f"leaves out {_count(missing)}")
        return "; ".join(remarks) if remarks else "marked more than once"
    for expected in spec["parts"]:
        if expected["role"] != mark.role and any(
            _shared(spec, v, expected["role"], mark) for v in expected["variants"]
        ):
            return "these words matter, but not in this role"
    return "nothing in this role is expected here"


def _count(number):
    return f"{number} word{'' if number == 1 else 's'}"
