"""Ordering: a chain is judged link by link, so that one step in the wrong place does not spoil the rest."""

from ..learner.verdict import NOT_YET, RIGHT
from . import kinds
from .kinds import Unreadable
from .outcome import PartResult, opens, outcome, planted, status_of
from .plain import is_blank
from .seal import rounds_for

START, END = "start", "end"
_LINKS = "links"


def _links(chain):
    return list(zip([START, *chain], [*chain, END]))


def _form(link):
    return ">".join(link)


def read_chain(spec, answer):
    """The option keys of a chain, first to last.

    Raises
    ------
    Unreadable
        When it is no list, names something that is no option, or names one twice.
    """
    if type(answer) is not list:
        raise Unreadable('Give a list of keys, first to last, for example ["b", "a"].')
    options = [option["key"] for option in spec["option"]]
    texts = {option["key"]: option["text"] for option in spec["option"]}
    chain = [kinds.pick(item, options, texts) for item in answer if not is_blank(item)]
    for key in chain:
        if chain.count(key) > 1:
            raise Unreadable(f'"{texts[key]}" stands in the chain twice: keep one.')
    return chain


def chain_key(full, spec, answer):
    """Fill in the key: every link of the right chain."""
    chain = read_chain(spec, answer)
    full["rounds"] = rounds_for(len(spec["option"]) + 2)
    full["length"] = len(chain)
    full["parts"] = [{"id": _LINKS, "accepts": sorted(map(_form, _links(chain)))}]
    full["wrong"] = [
        {"parts": _planted_links(read_chain(spec, wrong["answer"])), "say": wrong["say"]}
        for wrong in spec["wrong"]
    ]


def _planted_links(chain):
    # a planted stretch may stand anywhere in the learner's chain; a single key is a wrong beginning
    links = _links(chain)[1:-1] if len(chain) > 1 else _links(chain)[:1]
    return [{"id": _LINKS, "accepts": [_form(link)]} for link in links]


def _name(link, texts):
    before, after = (texts.get(end) for end in link)
    if before is None:
        return f"begins with {after}"
    return f"{before} → {after}" if after is not None else f"ends with {before}"


def judge_chain(spec, answer):
    """Judge a chain: the share of its links that are right."""
    chain = read_chain(spec, answer)
    texts = {option["key"]: option["text"] for option in spec["option"]}
    (key,) = spec["parts"]
    links = _links(chain)
    results = [
        PartResult(
            _form(link),
            _name(link, texts),
            RIGHT if opens(spec, key, _LINKS, _form(link)) else NOT_YET,
        )
        for link in links
    ]
    notes = planted(
        spec, lambda wrong: any(opens(spec, wrong, _LINKS, _form(link)) for link in links)
    )
    if len(chain) != spec["length"]:
        notes.append(
            f"The chain you look for is {'longer' if len(chain) < spec['length'] else 'shorter'} than this."
        )
    right = sum(result.status == RIGHT for result in results)
    return outcome(
        spec, status_of(results), right / max(len(links), spec["length"] + 1), results, notes
    )
