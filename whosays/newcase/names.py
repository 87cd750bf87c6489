"""Who is who in a new case: one row for each voice, whatever a text calls it.

A name is a run of words with capitals, with its title taken off; a surname goes to the one person
known by it. What is only described ("the company", "a member of the committee") stays a voice of
its own, marked as unnamed, until a reader says who is meant.
"""

import re
import unicodedata

from ..text.fold import fold
from .words import WORDS

TITLES = set(WORDS["names"]["titles"].split())
ORGANISATION = re.compile(rf"\b(?:{'|'.join(WORDS['names']['organisations'].split())})\b", re.I)
_PRONOUNS = set(WORDS["names"]["pronouns"].split())
_NOBODY = set(WORDS["names"]["nobody"].split())
_ARTICLE = r"^(?:the|a|an|our|its|his|her|their)\s+"
_AFTER_A_NAME = r"\s+(?:of|by|from|for|at|in|on|to|with|who|which|that)\s+|,|\("
_SMALL = "(?:of|the|and|for|de|la|le|del|von|van|der|den|bin|ibn|al|el|&|on|in)"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŴŶŹŻŽƏА-ЯЁЂ-Џ]"
_WORD = rf"{_CAPITAL}(?:[\w'’&-]|\.(?=\w))*(?:(?<=\b[A-Z])\.)?"
_NAME = re.compile(rf"{_WORD}(?:\s+(?:(?:{_SMALL}\s+){{1,2}})?{_WORD})*")


# words that stand for an empty cell, and names that Windows gives no file
_TAKEN = set("nan none null na con prn aux nul".split())
_TAKEN |= {f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10)}


def slug(words: str, most: int = 48, otherwise: str = "row") -> str:
    """A readable id: letters a to z, digits, single hyphens; at most ``most`` characters."""
    words = words.translate(str.maketrans("øØłŁđĐßæÆœŒəƏıþÞðÐ", "oOlLdDsaAoOeEitTdD"))
    plain = unicodedata.normalize("NFKD", words.casefold())
    plain = re.sub(r"['’]", "", "".join(c for c in plain if not unicodedata.combining(c)))
    short = "-".join(re.findall(r"[a-z0-9]+", plain))
    while len(short) > most and "-" in short:
        short = short.rpartition("-")[0]
    short = short[:most].strip("-") or otherwise
    return f"{short}-1" if short in _TAKEN else short


def free(wanted: str, taken) -> str:
    """``wanted``, or with the first number after it that is not taken."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


class Agents:
    """The voices of a case, those that have a row in ``agents`` already among them.

    ``common`` are words that the texts write without a capital: alone they are no names, even at
    the head of a sentence.
    """

    def __init__(self, rows=(), common=frozenset()):
        self.common = common
        self.rows, self.made = {row["agent_id"]: dict(row) for row in rows}, []
        self._known = {}
        for agent_id, row in self.rows.items():
            for name in (row["name"], *filter(None, (row.get("aliases") or "").split("; "))):
                self._known.setdefault(_key(name), agent_id)

    def person(self, name: str) -> str:
        """The id of somebody with a byline."""
        return self.voice(without_title(name), "group" if ORGANISATION.search(name) else "person")

    def unknown_outlet(self) -> str:
        """The row that stands where no publisher is named."""
        note = "To do: find out who published it, and put that in place of this row."
        return self.voice("publisher not known", "unnamed", note)

    def nobody(self) -> str:
        """The voice behind "reportedly" and "it is said"."""
        note = "Behind words like reportedly: the text names nobody."
        return self.voice("nobody named", "unnamed", note)

    def said_by(self, phrase: str) -> str:
        """The id of a speaker as a text calls them: "Marit Solane, director", "the company"."""
        phrase = " ".join(phrase.split())
        before, stop, after = phrase.rpartition(". ")
        if stop and before.split()[-1].lower() not in TITLES and len(before.split()[-1]) > 1:
            phrase = after  # the reader took the end of the sentence before with it
        if agent := self._known.get(_key(phrase)):
            return agent
        name = proper_name(phrase)
        low = (name or "").lower()
        titles_only = all(w.strip(".") in TITLES for w in low.split())
        if titles_only or low in _NOBODY or (" " not in low and low in self.common):
            return self.voice(phrase, "unnamed", "To do: who is meant? Join this row with theirs.")
        bare = without_title(name)
        if agent := self._known.get(_key(bare)) or self._by_surname(bare):
            self._alias(agent, name)
            return agent
        likely = 2 <= len(bare.split()) <= 4 and not ORGANISATION.search(name)
        person = (name != bare or likely) and not re.match(r"the\s", phrase, re.I)
        return self.voice(bare, "person" if person else "group")

    def _by_surname(self, name):
        if len(name.split()) != 1:
            return None
        people = ((a, row["name"]) for a, row in self.rows.items() if row["kind"] == "person")
        fits = [a for a, known in people if fold(known).split()[-1:] == [fold(name)]]
        return fits[0] if len(fits) == 1 else None

    def _alias(self, agent, name):
        row = self.rows[agent]
        aliases = [a for a in (row.get("aliases") or "").split("; ") if a]
        if row in self.made and ";" not in name and name != row["name"] and name not in aliases:
            row["aliases"] = "; ".join([*aliases, name])
            self._known.setdefault(_key(name), agent)

    def voice(self, name: str, kind: str = "outlet", note: str = "") -> str:
        """The id of a voice by its printed name; it gets a row where it has none."""
        key = _key(name)
        if agent := self._known.get(key):
            row = self.rows[agent]
            surer = row["kind"] in ("group", "person") and kind in ("outlet", "agency")
            if surer and row in self.made:
                row["kind"] = kind
            return agent
        agent = free(slug(name, otherwise="voice"), self.rows)
        row = {"agent_id": agent, "name": name, "kind": kind, "aliases": "", "note": note}
        self.rows[agent] = row
        self.made.append(row)
        self._known[key] = agent
        return agent


def _key(name):
    words = fold(name).strip(" \"'“”‘’.,").split()
    if words[:1] in (["the"], ["a"], ["an"]):
        words = words[1:]
    return " ".join(words) or fold(name)


def without_title(name: str) -> str:
    """A name without Mr, Councillor, Professor before it."""
    words = name.split()
    while len(words) > 1 and words[0].lower().strip(".") in TITLES:
        words = words[1:]
    return " ".join(words)


def proper_name(phrase: str) -> str | None:
    """The name in the words for a speaker, with its title, or None where they only describe.

    "managing director Marit Solane" gives "Marit Solane", "the company" None.
    """
    phrase = re.sub(_ARTICLE, "", phrase.strip(" \"'“”‘’"), flags=re.I)
    if phrase.casefold() in _PRONOUNS:
        return None
    head = re.split(_AFTER_A_NAME, phrase)[0].strip()
    if match := _NAME.match(phrase):
        # "Members who" begin a sentence, and "The Unit's director" is not the Unit
        rest = phrase[match.end() :]
        alone = len(match[0].split()) == 1 and re.match(r"\s+[a-z]", rest)
        if not alone and not re.search(r"['’]s$", match[0]):
            return _bare(match[0])
    names = list(_NAME.finditer(head))
    if names and names[-1].end() >= len(head.rstrip("'’s")) - 1 and not re.search(r"['’]s\s", head):
        return _bare(names[-1][0])
    for part in phrase.split(",")[1:]:
        if (told := _NAME.fullmatch(part.strip())) and len(told[0].split()) > 1:
            return _bare(told[0])
    return None


def _bare(name):
    return re.sub(r"['’]s?$", "", name.rstrip(",")).strip()
