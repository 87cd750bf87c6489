"""Where the pieces of a document begin and end, and what their heads say.

Only what stands in the text (or in a page's own data) is taken; what does not stay empty. A line is
a head by its shape: short, set apart, not ended like a sentence. A new piece begins where the file
marks a heading (two or more of one level), after a line of stars or dashes, and at a correction. A
line in the middle of a text that only looks like a heading begins none: in articles such lines are
subheadings more often than not. They are named, for a reader to decide.
"""

import itertools
import re
from dataclasses import dataclass, field

from ..text.dates import WEEKDAY, find_date
from .names import ORGANISATION
from .texts import LABELS, ReadText

_TIME = re.compile(r"\b((?:[01]?\d|2[0-3])[:.][0-5]\d)\b(?:\s?([ap]\.?m\.?))?", re.I)
#: lines of data that archives put above and below a text
_LABELLED = re.compile(
    r"^(headline|title|date|published|load-date|byline|by|author|source|outlet|publisher|publication|section|length|edition|"
    r"language|url|link|copyright|©)(?:\s*:\s*|\s+(?=\d{4}\b))(.+)$",
    re.I,
)
#: those that only an archive's download has: there the publication's name stands first, then the
#: day, then the headline
_ARCHIVE = re.compile(r"^(?:LENGTH|SECTION|BYLINE|LOAD-DATE):", re.M)
_BYLINE = re.compile(
    r"^(?:(?:Posted|Written|Published|Words|Story|Text)\s+)?[Bb]y\s+((?:[^\W\d_][\w.'’-]*\s?){1,5}?)(?:\s*(?:[,;|]|and\b|in\b|for\b|on\b).*)?$"
)
_PERSON = re.compile(
    r"^[A-ZÀ-ÞĀ-ŽА-Я][\w'’-]+(?:\s+(?:[A-ZÀ-ÞĀ-ŽА-Я]\.|de|van|von|el|al|bin|[A-ZÀ-ÞĀ-ŽА-Я][\w'’-]+)){1,3}$"
)
#: an agency's name in brackets after place and day: "LONDON, 9 April (Reuters) - "
DATELINE = re.compile(r"\(([A-Z][\w .&-]{1,40})\)\s*(?:--?|—|–)")
_SPEAKER = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,40}:\s")
_SEPARATOR = re.compile(r"^\s*(?:[-*_=#~•·]\s*){3,}$|^\s*Document \d+ of \d+\s*$")
#: a heading as plain text marks it: # before it, or two stars around it (over at most four lines)
_MARKED = re.compile(
    r"^[ \t]*(?:\*\*(?P<bold>[^*\s][^*\n]*(?:\n[^*\n]+){0,3})\*\*|(?P<level>#{1,3})["
    r" \t]+(?P<hash>[^\n]+?)[ \t]*#*)[ \t]*$",
    re.M,
)
_CORRECTION = re.compile(
    r"^(?:Corrections?|Clarifications?|Editor['’]s"
    r" note|Erratum|Update)\b(?![^,:]*\s\w+\s\w+\s\w+\s\w+)",
    re.I,
)
_GENRES = (
    ("press_release", r"\b(?:press|news|media) release\b|\bfor immediate release\b"),
    ("statement", r"\bstatement (?:by|of|from)\b|^statement\b"),
    ("letter", r"\bletters? to the editor\b|^dear\b|\bopen letter\b"),
    ("opinion", r"\b(?:opinion|comment|column|columnist|editorial|op-ed|commentary)\b"),
    ("report", r"\b(?:working (?:note|paper)|report|briefing|study|minutes)\b"),
    ("feature", r"\b(?:transcript|interview|feature)\b"),
)
#: what a paper prints above a text to say of what kind it is: no headline
_RUBRIC = re.compile(
    r"(?:readers['’] )?letters(?: to the editor)?|opinion|comment|editorial"
    r"|(?:press|news|media) release|for immediate release",
    re.I,
)
_MOST_HEAD = 12
OWN_DATA = "the page's own data"
#: a word that names of papers, agencies and stations have
_OUTLET = re.compile(
    r"\b(?:times|news|gazette|post|herald|courier|tribune|journal|press|observer|telegraph|mirror|"
    r"guardian|chronicle|echo|bulletin|standard|star|radio|tv|television|agency|reuters|magazine|"
    r"weekly|daily|review|report(?:er)?|today|online)\b",
    re.I,
)
LEAST_WORDS = 40  # under a line that may be a headline


@dataclass
class Piece:
    """A piece of a document; offsets are code points, end exclusive."""

    start: int
    end: int
    headline: str = ""  # empty where there is none
    # ISO 8601, as exact as the piece's own head has it; empty where it says nothing of its own
    published: str = ""
    # author, credit: names and lines as printed; empty where there are none
    author: str = ""
    credit: str = ""
    # lines inside it that look like headlines: pieces of their own, or subheadings
    maybe: list[str] = field(default_factory=list)


@dataclass
class DocumentParts:
    """What a document's head says, and its pieces."""

    # outlet, author, published, stamp, headline, url, language: empty where the text does not say;
    # ``stamp`` is a clock time
    outlet: str = ""
    author: str = ""
    published: str = ""
    stamp: str = ""
    headline: str = ""
    url: str = ""
    language: str = ""
    genre: str = ""  # empty where no word of the head says so
    # for each that was found: the words or the place it was read from
    how: dict[str, str] = field(default_factory=dict)
    # those that were read from where a line stands, so that a person has to look
    unsure: set[str] = field(default_factory=set)
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    text: str
    apart: bool  # a blank line, or nothing, stands before it
    block: int

    @property
    def words(self):
        return len(self.text.split())


def date_in(words: str) -> tuple[str, int, int] | None:
    """The first date of a line as (ISO 8601, start, end); None for none, and for 3/4/2024."""
    date = find_date(words)
    return (date.iso, date.start, date.end) if date and date.iso else None


def pieces(text: ReadText) -> DocumentParts:
    """Read the head of a document, and cut it into pieces.

    What is found has at least one piece.
    """
    lines = _lines(text.text)
    document = DocumentParts()
    for name in ("outlet", "author", "headline", "url", "language"):
        if text.facts.get(name):
            setattr(document, name, text.facts[name])
            document.how[name] = OWN_DATA
    document.unsure |= {name for name in text.unsure if text.facts.get(name)}
    if stated := date_in(text.facts.get("date", "")):
        document.published, document.how["published"] = stated[0], OWN_DATA
        if stamp := re.search(r"T([0-2]\d:[0-5]\d)", text.facts["date"]):
            document.stamp = stamp[1]
    marked = _headings(text)
    body = _first_prose(lines, marked)
    first = _read_head(lines[:body], document, marked, bool(_ARCHIVE.search(text.text)))
    start = (first or lines[body if body < len(lines) else 0]).start
    begins = [start, *_beginnings(lines, start, marked)]
    for begin, after in zip(begins, [*begins[1:], len(text.text)], strict=True):
        document.pieces.append(_piece(text.text, begin, after, marked))
    if first is None:
        # nothing above the prose: the first line of the text is no headline
        document.pieces[0].headline = ""
    if not document.headline and len(document.pieces) == 1 and document.pieces[0].headline:
        document.headline = document.how["headline"] = document.pieces[0].headline
    if len(document.pieces) == 1:
        one = document.pieces[0]
        document.author = document.author or one.author
        if not document.published and one.published:
            document.published = one.published
            document.how["published"] = one.credit or "the piece's own head"
            document.unsure.add("published")
    signed = lines[-1].text.partition(",")[0] if lines and document.genre == "letter" else ""
    if _PERSON.match(signed) and lines[-1].words <= 6:
        _take(document, "author", signed, lines[-1].text, sure=False)
    if len(document.pieces) > 2:
        document.genre = "compilation"
        document.how["genre"] = f"{len(document.pieces)} pieces in one document"
    return document


def _lines(text):
    lines, at, blank, block = [], 0, True, 0
    for raw in text.split("\n"):
        if raw.strip():
            start = at + len(raw) - len(raw.lstrip())
            block += blank
            lines.append(_Line(start, start + len(raw.strip()), raw.strip(), blank, block))
        blank = not raw.strip()
        at += len(raw) + 1
    return lines


def _is_prose(line):
    if _LABELLED.match(line.text) and line.words < 20:
        return False
    if _SPEAKER.match(line.text) or line.words > 25:
        return True
    ended = re.search(r"[.!?…][\"”’')\]]*$", line.text)
    return bool(ended) and line.words >= (5 if ended[0][0] in ".…" else 17)


def _headings(text):
    """What the file marks as headings: place -> (end, level, words)."""
    by_start = {start: (end, level, text.text[start:end]) for start, end, level in text.headings}
    for mark in _MARKED.finditer(text.text):
        words = mark["bold"] or mark["hash"]
        start = mark.start() + len(mark[0]) - len(mark[0].lstrip())
        level = 7 if mark["bold"] else len(mark["level"])
        by_start.setdefault(start, (mark.end(), level, " ".join(words.split())))
    return by_start


def _first_prose(lines, marked):
    spans = [(start, end) for start, (end, *_) in marked.items()]
    inside = {x.start for x in lines if any(start <= x.start < end for start, end in spans)}
    most = _MOST_HEAD
    if len(marked) > 1:
        most = max(most, sum(line.start < min(marked) for line in lines) + 1)
    for number, line in enumerate(lines[:most]):
        if _is_prose(line) and line.start not in inside:
            return number
    if len(marked) > 1:
        below = (line.start not in inside and line.start > min(marked) for line in lines)
        return next((number for number, is_below in enumerate(below) if is_below), 1)
    # no sentence near the top: the first block is the head
    if lines and lines[-1].block > 1:
        return sum(line.block == 1 for line in lines[:_MOST_HEAD])
    return min(1, len(lines))


def _take_genre(found, head):
    """The first genre that a line of the head has a word for."""
    for genre, pattern in _GENRES:
        for line in head:
            if re.search(pattern, line.text, re.I):
                found.genre, found.how["genre"] = genre, line.text
                return


def _read_head(head, found, headings, archive):
    """Read what the lines above the text say into ``found``; returns the headline, or None."""
    left = []
    marked = [line for line in head if line.start in headings]
    for line in head:
        if line in marked[:1]:
            left.append(line)
        elif label := _LABELLED.match(line.text):
            _take_label(found, label, line)
        elif author := _BYLINE.match(line.text):
            _take(found, "author", author[1].strip(), line.text)
            _take_date(found, line)
        else:
            _take_date(found, line)
            left.append(line)
    rubric = bool(left and _RUBRIC.fullmatch(left[0].text))
    left = left[1:] if rubric and len(left) > 1 else left
    block = left[0].block if rubric else 1
    _weigh_days(left, found)
    _take_genre(found, head)
    top = [line for line in left if line.block == block]
    rest = [line for line in left if line.block > block]
    rest = [line for line in rest if line.words >= 8 or _without_date(line.text)]
    first = None if marked else _above_credit(head, left, found)
    first = first or _headline(left, top, rest, marked, found, archive)
    if first is None:
        return None
    after = [line for line in left if line.start > first.start]
    above = {line.text for line in left if line.start < first.start}
    last = after[-1].text if after and after[-1] == left[-1] else ""
    if _PERSON.match(last) and not date_in(last):
        _take(found, "author", last, last, sure=False)
    for line in after:
        name = _without_date(line.text)
        stated = date_in(line.text)
        if stated and not found.outlet and _names_an_outlet(name):
            _take(found, "outlet", name, line.text, sure=bool(_OUTLET.search(name)))
        as_exact = stated and len(stated[0]) >= len(found.published)
        if as_exact and found.how.get("published") in above:
            # a page prints today's date at its top, and the piece's own below its headline
            found.published = found.stamp = ""
            _take_date(found, line)
    return first


def _weigh_days(left, found):
    """Several days above a text are no certain day, and one that can be two is none."""
    days = {found_[0] for line in left if (found_ := date_in(line.text))}
    if len(days) > 2:
        found.published = found.stamp = ""  # a table of contents
    if len(days) > 1:
        found.unsure.add("published")
    two = next((f for x in left if (f := find_date(x.text)) and f.readings), None)
    if two and not found.published:
        found.how["published"] = "It can be " + " or ".join(two.readings) + "."


def _above_credit(head, left, found):
    """The line right above a byline, or a day alone, that ends a head which begins with a name."""
    foot, above = head[-1] if head else None, [x for x in left if _without_date(x.text)]
    if len(above) < 3 or (_without_date(foot.text) and not _BYLINE.match(foot.text)):
        return None
    name = above[0].text
    known = _OUTLET.search(name) or ORGANISATION.search(name)
    if not _names_an_outlet(name) or not (known or re.match(r"The(?: \S+){1,3}$", name)):
        return None
    _take(found, "outlet", name, name, sure=bool(_OUTLET.search(name)))
    if not _without_date(foot.text):
        found.published = found.stamp = ""
        _take_date(found, foot)
    found.unsure.add("headline")
    return above[-1]


def _headline(left, top, rest, marked, found, archive):
    """The line that is the headline; what stands above it is the masthead."""
    if not left:
        return None
    dated = next((n for n, line in enumerate(left) if date_in(line.text)), None)
    if archive and not marked and dated:
        # name, day, edition, headline
        after = [line for line in left[dated + 1 :] if line.block > left[dated].block]
        if after:
            _take(found, "outlet", left[0].text, left[0].text)
            return after[0]
    sure = bool(marked)
    masthead = bool(rest) and any(_capitals(x.text) or date_in(x.text) for x in top)
    if marked:
        first, masthead = marked[0], marked[0] not in top
    elif masthead:
        # name and day above, one line below them: a page that leaves nothing to choose
        first, sure = rest[0], len([x for x in rest if not _PERSON.match(x.text)]) == 1
    elif below := _below_day(top):
        first, masthead = below, True
    elif len(top) > 1 and _capitals(top[0].text) and not _capitals(top[1].text) | _dated(top[1]):
        first, masthead = top[1], True
    elif _name_above(top, rest):
        first, masthead, sure = rest[0], True, bool(_OUTLET.search(top[0].text))
    else:
        first = next((x for x in left if _without_date(x.text)), None)
    if masthead and top and first is not top[0] and not found.outlet:
        named = next((x for x in top if x is not first and _without_date(x.text)), None)
        if named is not None:
            name = _without_date(named.text)
            known = _OUTLET.search(name) or _capitals(name) or _dated(named)
            _take(found, "outlet", name, named.text, sure=bool(known))
    if not sure:
        found.unsure.add("headline")
    return first


def _dated(line):
    return date_in(line.text) is not None


def _below_day(top):
    """The one line below a name and a day, where nothing is set apart."""
    day = next((n for n, line in enumerate(top) if _dated(line)), 0)
    after = [line for line in top[day + 1 :] if not _PERSON.match(line.text)]
    named = _names_an_outlet(top[0].text) or _capitals(top[0].text) if top else False
    return after[0] if day and named and len(after) == 1 else None


def _name_above(top, rest):
    """Whether the first line looks like an outlet's name, with the headline set apart below."""
    if len(top) != 1 or not rest or _dated(rest[0]) or _PERSON.match(rest[0].text):
        return False
    likely = _OUTLET.search(top[0].text) or rest[0].words > top[0].words
    return bool(likely) and top[0].words <= 5 and _names_an_outlet(top[0].text)


def _names_an_outlet(name):
    words, small = name.split(), ("of", "the", "and", "&", "for")
    return 1 < len(words) <= 8 and all(w[0].isupper() or w in small for w in words)


def _capitals(words):
    letters = [c for c in words if c.isalpha() and c.upper() != c.lower()]
    return len(letters) > 2 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def _without_date(words):
    """A line of a head without its date and clock time."""
    if date := date_in(words):
        words = words[: date[1]] + " " + words[date[2] :]
        words = _TIME.sub(" ", words)
        words = re.sub(WEEKDAY, " ", words + " ")
    return " ".join(words.split()).strip(" ,;|·–—-")


def _take(found, name, value, how, sure=True):
    value = " ".join(value.split()).strip(" ,;|")
    if re.search(r"[^\W\d_]", value) and not getattr(found, name):
        setattr(found, name, value)
        found.how[name] = how
        if not sure:
            found.unsure.add(name)


def _take_label(found, label, line):
    name = LABELS.get(label[1].lower())
    if name in (None, "url", "language"):
        return
    if name == "date":
        _take_date(found, line)
    elif name == "author":
        names = re.sub(r"^by\s+", "", label[2], flags=re.I)
        _take(found, name, re.split(r"\s*[;|]", names)[0], line.text)
    elif name == "outlet":
        _take(found, name, re.sub(r"^\W*(?:\(c\)|©)?\s*\d{4}\s*", "", label[2]), line.text)
    else:
        _take(found, name, label[2], line.text)


def _take_date(found, line):
    stated = date_in(line.text)
    if stated is None or len(stated[0]) <= len(found.published):
        return
    found.published, found.how["published"] = stated[0], line.text
    stamp = _TIME.search(line.text[: stated[1]] + " " + line.text[stated[2] :])
    if stamp:
        found.stamp = stamp[0]


def masked(words: str) -> str:
    """A piece's words with an archive's lines of data (BYLINE:, LENGTH:) blanked, same length."""
    if not _ARCHIVE.search(words):
        return words
    parts = []
    for line in words.split("\n"):
        data = _LABELLED.match(line.strip()) or re.match(r"\s*All Rights Reserved", line, re.I)
        parts.append(" " * len(line) if data else line)
    return "\n".join(parts)


# -- where pieces begin ---------------------------------------------------------------------------


def _beginnings(lines, start, marked):
    """The place of every piece after the first."""
    later = [line for line in lines if line.start > start]
    top = min((level for _, level, _ in marked.values()), default=0)
    places = [s for s, (_, level, _) in marked.items() if level == top and s >= start]
    starts = {s for s in places if s > start} if len(places) > 1 else set()
    for before, line in itertools.pairwise(later):
        if not starts and _SEPARATOR.match(before.text) and not _SEPARATOR.match(line.text):
            starts = {b.start for a, b in itertools.pairwise(later) if _SEPARATOR.match(a.text)}
    short = (x for x in later if x.apart and x.words <= 8 and not _is_prose(x))
    starts |= {x.start for x in short if _CORRECTION.match(x.text)}
    return sorted(starts)


def _unmarked_headings(later):
    candidates = []
    for number, line in enumerate(later[1:-1], 1):
        following = later[number + 1]
        shaped = (
            line.apart
            and following.apart
            and 4 <= line.words <= 18
            and not re.search(r"[.,;:…-]$", line.text)
            and (line.text[0].isupper() or line.text[0] in "\"“‘'" or line.text[0].isdigit())
            and not _is_prose(line)
            and not _SPEAKER.match(line.text)
            and not _BYLINE.match(line.text)
        )
        if shaped and (_is_prose(following) or following.words >= 12):
            candidates.append((number, line))
    headings = []
    for at, (number, line) in enumerate(candidates):
        until = candidates[at + 1][0] if at + 1 < len(candidates) else len(later)
        if sum(x.words for x in later[number + 1 : until]) >= LEAST_WORDS:
            headings.append(line.text)
    return headings


def _piece(text, begin, after, marked):
    words = text[begin:after].rstrip()
    lines = _lines(words)
    # a separator at the foot belongs to neither piece
    while len(lines) > 1 and _SEPARATOR.match(lines[-1].text):
        lines = lines[:-1]
    piece = Piece(begin, begin + lines[-1].end)
    below = 0
    if begin in marked:
        below, _, piece.headline = marked[begin]
        below -= begin
        dated = re.search(r"\s*\(([^()]+)\)$", piece.headline)
        if dated and (stated := date_in(dated[1])):
            piece.published, piece.headline = stated[0], piece.headline[: dated.start()]
    elif not _is_prose(lines[0]):
        below, piece.headline = lines[0].end, lines[0].text
        if label := _LABELLED.match(piece.headline):
            piece.headline = label[2]
        if _CORRECTION.match(piece.headline) and (stated := date_in(piece.headline)):
            piece.published = stated[0]
    rest = [line for line in lines if line.start >= below]
    _read_credits(piece, rest)
    if not any(begin < place < after for place in marked):
        piece.maybe = _unmarked_headings(rest)
    return piece


def _read_credits(piece, lines):
    """Byline, agency and day from the first lines below a headline into ``piece``."""
    credits = []
    for line in lines[:4]:
        if _is_prose(line):
            break
        if stated := date_in(line.text):
            piece.published = piece.published or stated[0]
        if author := _BYLINE.match(line.text):
            piece.author = piece.author or author[1].strip()
            credits.append(line.text)
    for line in lines[:6]:
        if agency := DATELINE.search(line.text[:120]):
            credits.append(f"({agency[1]})")
            stated = date_in(line.text[: agency.start()])
            piece.published = piece.published or (stated[0] if stated else "")
            break
    piece.credit = "; ".join(credits)
