"""Every name that a case has for somebody, so that an answer is right by any of them."""

import re
from collections import Counter

from .kinds import kind_of
from .typed import fold


def names_of(case) -> dict[str, set[str]]:
    """The folded names of each agent of a case, by id.

    They are its name, its other spellings and short forms, and the surname of a person. A name that
    two agents share stands with neither.
    """
    names = {}
    for agent in case.agents:
        full = [agent["name"], *(agent["aliases"] or ())]
        spellings = {fold(name) for name in full}
        spellings |= {fold(re.split(r"[(,]", name)[0]) for name in full}
        if agent["kind"] == "person":
            spellings |= {fold(name) for one in full for name in _surnames(one)}
        names[agent["agent_id"]] = spellings - {""}
    held = Counter(name for spellings in names.values() for name in spellings)
    return {agent: {n for n in spellings if held[n] == 1} for agent, spellings in names.items()}


def _surnames(name):
    """The surname of a person, with its particle and without: ``de Waal``, ``Waal``."""
    *before, last = name.split()
    if not before or not last[0].isupper() or before[0].lower() == "the" or "of" in before:
        return []
    particle = [before[-1]] if before[-1].islower() else []
    return [last, " ".join([*particle, last])]


def widen(case, full: dict) -> None:
    """Let a question take every name that the case has for one of its options.

    ``full`` has its key open and is changed in place; nothing happens without a case.
    """
    if case is None:
        return
    known = list(names_of(case).values())
    options = {option["key"]: option["text"] for option in full.get("option", ())}
    for part in kind_of(full).parts(full):
        options |= {option: option for option in part.options if option not in options}
    groups = {}
    for option, text in options.items():
        mine = next((group for group in known if fold(text) in group), set())
        if mine:
            groups[option] = mine
    held = Counter(name for group in groups.values() for name in group)
    taken = {fold(text) for text in options.values()}
    names = {
        option: sorted(n for n in group if held[n] == 1 and n not in taken)
        for option, group in groups.items()
    }
    if names := {option: spellings for option, spellings in names.items() if spellings}:
        full["names"] = names
