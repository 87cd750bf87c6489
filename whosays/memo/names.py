"""Who is named in a text: the agents of a case by name, alias and, for a person, surname.

A reader writes *Azerbaijan's foreign ministry* where the case has *Ministry of Foreign Affairs of
Azerbaijan*. So a body is also found by the beginnings of its words, close together in any order; of
three words or more one may be missing.
"""

import re
from functools import lru_cache

from ..base.words import words_of
from ..text.fold import fold

_BODIES = {"state_body", "parliament_body", "intergovernmental", "group", "foundation", "court"}
_EMPTY = frozenset(words_of(__package__)["names"]["empty"].split())
_PARTICLES = {"de", "van", "von", "al", "el", "ul", "da", "di", "der"}


def stems(text: str) -> frozenset[str]:
    """The beginnings of the words that carry meaning, folded: *kill* and *killing* are one."""
    return frozenset(
        w[:4] for w in re.findall(r"[^\W\d_]{3,}", fold(text or "")) if w not in _EMPTY
    )


class Names:
    """The agents of a case, ready to be looked for."""

    def __init__(self, case):
        self.case = case
        self._exact, self._loose = {}, []
        for agent in case.agents:
            if agent.kind == "unnamed":
                continue
            forms = [_form(f) for f in (agent.name, *(agent.aliases or ()))]
            if agent.kind == "person" and (surname := _surname(agent.name)):
                forms.append(surname)
            # "government" alone, from "government, parliament and people of ...", is nobody's name
            forms = {f for f in forms if len(f) >= 2 and not re.fullmatch(r"[a-z]+", f)}
            if not forms:
                continue
            # capitals matter: Memorial is not a memorial, and Trend is no trend
            either = "|".join(map(_either, sorted(forms, key=len, reverse=True)))
            pattern = re.compile(rf"(?<!\w)(?:{either})(?:[’']s)?(?!\w)")
            self._exact[agent.agent_id] = pattern
            if agent.kind in _BODIES:
                bodies = {stems(_bare(f)) for f in (agent.name, *(agent.aliases or ()))}
                self._loose += [(agent.agent_id, words) for words in bodies if len(words) >= 2]

    def found(self, text: str) -> dict[str, None]:
        """The agents named in a text, in the order of the case, as the keys of a dict."""
        agents = {a: None for a, pattern in self._exact.items() if pattern.search(text)}
        for sentence in re.split(r"[.;!?]\s", text):
            tokens = [w[:4] for w in re.findall(r"[^\W\d_]+", fold(sentence))]
            for agent, words in self._loose:
                if agent not in agents and _close(words, tokens):
                    agents[agent] = None
        return {a: None for a in self._exact if a in agents}

    def voices(self, evidence) -> set[str]:
        """Everybody who says a claim, counted for it, or looked into it: a set of agent ids."""
        case = self.case
        agents = {step.agent for a in evidence.assertions for step in a.chain}
        agents |= {case.sources[a.source_id].outlet for a in evidence.assertions}
        for finding in evidence.findings:
            agents |= self._account_voices(case.accounts[finding.account_id])
        for row in (*evidence.assertions, *evidence.findings):
            agents |= {case.origins[row.origin_id].agent} if row.origin_id else set()
        agents |= {q.speaker for q in evidence.quotations}
        return (agents | self.figure_voices(evidence.figures)) - {None}

    def figure_voices(self, figures) -> set[str]:
        """Everybody who counted, gave or printed some figures: agent ids."""
        agents = set()
        for f in figures:
            agents |= {f.counted_by, f.credited_to, *f.relayed_by}
            if f.source:
                agents.add(self.case.sources[f.source].outlet)
            if f.account:
                agents |= self._account_voices(self.case.accounts[f.account])
        return agents - {None}

    def _account_voices(self, account):
        # an author is a name in words; where it is an agent's, it counts as that agent
        return {account.publisher, *(self.found(account.author) if account.author else ())}


#: the names of a case, made once
names_of = lru_cache(maxsize=8)(Names)


def _close(words, tokens):
    """Whether the beginnings of the words stand near: all of two, all but one of more."""
    needed = max(2, len(words) - 1)
    return any(
        token in words and len(words.intersection(tokens[i : i + len(words) + 2])) >= needed
        for i, token in enumerate(tokens)
    )


def _bare(name):
    """A name without what stands after a comma or in brackets, and without its article."""
    return re.sub(r"^(?:the|an|a)\s+", "", re.split(r",| \(", name)[0].strip(), flags=re.IGNORECASE)


def _form(name):
    """The form to look for: with its article where one ordinary word is left (the Independent)."""
    bare = _bare(name)
    articled = re.match(r"the ", name, re.IGNORECASE) and " " not in bare
    proper = name[:1].isupper() or bare[:1].islower()
    return f"the {bare}" if articled and proper else bare


def _either(form):
    """A pattern for a form, its article in either case."""
    return f"[Tt]{re.escape(form[1:])}" if form.startswith("the ") else re.escape(form)


def _surname(name):
    words = _bare(name).split()
    # "imam of Agdam" is an office: its last word is a place
    personal = all(w[:1].isupper() or w in _PARTICLES for w in words)
    return words[-1] if personal and len(words) > 1 and len(words[-1]) > 3 else ""
