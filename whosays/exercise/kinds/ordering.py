"""A chain, judged link by link, so that one step in the wrong place does not spoil the rest."""

from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from ...learner.verdict import NOT_YET, RIGHT
from ..kind import Kind, Slip, table, ticks
from ..outcome import (
    PartResult,
    QuestionOutcome,
    look_again,
    opens,
    outcome,
    planted,
    status_of,
    why,
)
from ..plain import is_blank
from ..seal import rounds_for
from ..shapes import chain as in_order
from ..values import BadSolution, UnreadablePart, pick

START, END = "start", "end"
_LINKS = "links"


class Ordering(Kind):
    """``answer_1_5 = ["c", "a", "d"]``; options may be left over."""

    name = "ordering"
    fields: ClassVar = {"option": "tables"}
    least_options = 2
    shape_words = 'a list of keys, first to last: ["...", "...", ...]'

    def read(self, spec, answer) -> list[str]:
        """The option keys of a chain, first to last.

        Raises UnreadablePart when it is no list, names what is no option, or names one twice.
        """
        answer = in_order(answer)
        if type(answer) is not list:
            raise UnreadablePart('Give a list of keys, first to last, for example ["b", "a"].')
        texts = _texts(spec)
        chain = [
            pick(item, list(texts), texts, spec.get("names"))
            for item in answer
            if not is_blank(item)
        ]
        for key in chain:
            if chain.count(key) > 1:
                raise UnreadablePart(f'"{texts[key]}" stands in the chain twice: keep one.')
        return chain

    def key(self, full, spec, answer) -> None:
        chain = self.read(spec, answer)
        full["rounds"] = rounds_for(len(spec["option"]) + 2)
        full["length"] = len(chain)
        full["parts"] = [{"id": _LINKS, "accepts": sorted(map(_form, _links(chain)))}]
        full["wrong"] = [
            {"parts": self._planted(spec, wrong), "say": wrong["say"]} for wrong in spec["wrong"]
        ]
        if strange := sorted(full.get("why", {}).keys() - set(full["parts"][0]["accepts"])):
            raise BadSolution(f"[why] names {', '.join(strange)}, which is no step of this chain")

    def _planted(self, spec, wrong):
        # A planted stretch may stand anywhere in the learner's chain; a single key is a wrong
        # start.
        chain = self.read(spec, wrong["answer"])
        links = _links(chain)[1:-1] if len(chain) > 1 else _links(chain)[:1]
        return [{"id": _LINKS, "accepts": [_form(link)]} for link in links]

    def judge(self, spec, answer) -> QuestionOutcome:
        """The share of a chain's links that are right."""
        chain = self.read(spec, answer)
        texts, links = _texts(spec), _links(chain)
        (key,) = spec["parts"]
        results = []
        for link in links:
            right = opens(spec, key, _LINKS, _form(link))
            say = why(spec, _form(link)) if right else _wrong(link)
            name = _name(link, texts)
            results.append(PartResult(_form(link), name, RIGHT if right else NOT_YET, say))

        def met(wrong):
            return any(opens(spec, wrong, _LINKS, _form(link)) for link in links)

        notes = [say for _, say in planted(spec, met)]
        if not notes and any(result.status == NOT_YET for result in results):
            notes.append(look_again(spec))
        if len(chain) != spec["length"]:
            more = "longer" if len(chain) < spec["length"] else "shorter"
            notes.append(f"The chain you look for is {more} than this.")
        right = sum(result.status == RIGHT for result in results)
        share = right / max(len(links), spec["length"] + 1)
        return outcome(spec, status_of(results), share, results, notes)

    def slips(self, full) -> Iterator[Slip]:
        chain = self.read(full, full["answer"])
        for i, key in enumerate(chain):
            yield Slip(chain[:i] + chain[i + 1 :], f"without {key}")
            if i + 1 < len(chain):
                yield Slip([*chain[:i], chain[i + 1], key, *chain[i + 2 :]], f"{key} too late")

    def paper(self, spec) -> str:
        places = spec.get("length") or len(spec["option"])
        rows = [[f"{place}.", ""] for place in range(1, places + 1)]
        return (
            "<p>To choose from; not all need belong:</p>"
            + ticks([option["text"] for option in spec["option"]], "☐")
            + table(["place", "who or what"], rows, "First to last")
        )


def _texts(spec):
    return {option["key"]: option["text"] for option in spec["option"]}


def _links(chain):
    return list(pairwise([START, *chain, END]))


def _wrong(link):
    if link[0] == START:
        return "the chain begins with another"
    return "the chain does not end here" if link[1] == END else "no step of this chain"


def _form(link):
    return ">".join(link)


def _name(link, texts):
    before, after = (texts.get(end) for end in link)
    if before is None:
        return f"begins with {after}"
    return f"{before} → {after}" if after is not None else f"ends with {before}"
