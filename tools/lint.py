"""The citation lint: the kit's own test, applied to the kit's own words.

It reads every text cell of the notebooks and every page of the docs and asks of each
sentence on the event what a learner is taught to ask of a newspaper: who says so?

Rules (the name is what a problem reports):

``no-citation``
    A sentence that states something about the event stands in a paragraph or list item
    without a citation such as ``[findings/hrw-1993-column]``.
``dangling-citation``
    The citation names no row of the case pack.
``typed-number``
    A number about the event was typed instead of filled from ``data/``. A filled number
    carries a marker that nobody sees on the page: ``161<!--=figures/hrw-1993-161.value-->``.
``stale-number``
    A marked number differs from the row it names (``python tools/lint.py --fill`` mends it).
``bad-marker``
    A marker names no row or no column.
``not-found-stated``
    Something with the label NF (not found) is stated: a row of ``gaps`` is cited in a
    sentence that does not say that it could not be seen, or the words a gap row watches
    for (column ``watch``) turn up outside such a sentence.
``misquoted``
    A quotation of five words or more is in no quoted passage and no finding of the case.
``own-genocide``
    The word *genocide* in our own voice: it is somebody's word and is attributed.
``status-word``
    One of the four words (settled, open, contested, does not hold) is said of a claim, and no
    row of ``claims`` with that status is cited beside it.
``party-called-independent``
    A sentence says *independent* and cites an account that a party made.
``copies-agree``
    Copies are said to agree, and the row that is cited says that one of them breaks off.
``label-too-strong``
    A label is given that is stronger than that of every row the sentence cites.
``idle-exemption``
    An exemption (``<!--no-claim: why-->``) without a reason, or one that exempts nothing.

Exempt by nature: headings, questions, code, and a paragraph that says so with
``<!--no-claim: why-->`` (for a sentence that names the event and states nothing about it).
"""

import argparse
import json
import re
import sys
from dataclasses import dataclass
from functools import cache

from whosays import load_case
from whosays.base import paths
from whosays.evidence.citations import EXEMPT, without_dates
from whosays.text.numbers import TENS, UNITS

EVENT_CASE = "khojaly"

# Words which, in a text about this case, make a sentence a statement about the event.
_EVENT = re.compile(
    r"\b(kill\w*|massacre\w*|murder\w*|die[ds]?|dead|deaths?|victims?|survivors?|civilians?|wound\w*|hostages?|"
    r"captives?|prisoners?|bod(?:y|ies)|attack\w*|assault\w*|shell(?:ed|ing)|corridor|regiment|genocid\w*|mutilat\w*|"
    r"scalp\w*|behead\w*|frostbite|fro(?:ze|zen)|fle[de]|fleeing|fired"
    r" on|troops|fighters?|combatants?|militia|"
    r"convict\w*|sentenced|verdict|displace\w*|occup(?:ied|ation)|invad\w*|ceasefire|toll|atrocit\w*|"
    r"war crimes?|crimes? against humanity)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:Human Rights Watch|HRW|Memorial|de"
    r" Waal|Azerbaijan\w*|Armenia\w*|Karabakh|Sargsyan|Melkonian|Goltz|Strasbourg|"
    r"Security Council|Mutalibov|366th)\b"
)
_PLACE = re.compile(r"Kho[jd]+[zh]*al[iyu]|Xocal[ıi]|Ходжал[ыиу]|Hocalı", re.IGNORECASE)

_CITATION = re.compile(
    r"\[((?:[a-z0-9-]+:)?[a-z_]+/[a-z0-9-]+(?:;\s*(?:[a-z0-9-]+:)?[a-z_]+/[a-z0-9-]+)*)\](?!\()"
)
# the same as a small number in a lesson, with who, when and how far checked as its hover text
# (tools/cite.py)
_SMALL_MARK = re.compile(r'\s*\[\d+\]\(#((?:[a-z0-9-]+:)?[a-z_]+/[a-z0-9-]+)(?: "[^"]*")?\)')
_MARKED = re.compile(r"(?P<shown>[\d.,\u00a0]*\d(?:\s?%)?|\?)<!--=(?P<path>[^>]*?)-->")
_GENOCIDE = re.compile(r"\bgenocid\w*", re.IGNORECASE)
_ATTRIBUTED = re.compile(
    r"\b(say|says|said|call|calls|called|term|terms|termed|word|words|label|labels|name[sd]?|recogni[sz]\w*|charge[sd]?|"
    r"qualif\w*|accus\w*|claim\w*|describ\w*|convention|headline\w*|use[sd]?|speaks?|avoid\w*|declar\w*|statement|quot\w*)\b",
    re.IGNORECASE,
)
_SAID_TO_BE_UNSEEN = re.compile(
    r"\b(not (?:been )?(?:found|seen|opened|verified|checked|available|shown)|"
    r"could not|cannot|couldn't|unseen|no one has|nobody has|not know\w*|gap|gaps|missing"
    r" from|never (?:seen|opened))\b",
    re.IGNORECASE,
)
_UNITS = r"(?:hundred|thousand|million)"
_SMALL = rf"(?:{'|'.join([*list(UNITS)[2:], *TENS])})"
_COUNTED = (
    r"(?:people|persons|civilians|bodies|children|women|men|families|hostages|captives|prisoners|wounded|killed|dead|deaths|"
    r"officers|soldiers|fighters|countries|states|fugitives|survivors|witnesses|orphans)"
)
_NUMBER = re.compile(
    rf"(?<![\w§#.,/-])\d[\d,.\u00a0]*(?:\s?%)?(?![\w-])|\b{_SMALL}(?:[ -]{_SMALL})?[ -]{_UNITS}\b"
    rf"|\b{_SMALL}(?:[ -]{_SMALL})?(?= (?:\w+ )?{_COUNTED}\b)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“([^”]{12,})”|\"([^\"\n]{12,})\"")


@dataclass(frozen=True)
class Finding:
    """One problem: where it is, which rule, the words, and what to do."""

    where: str
    rule: str
    words: str
    remedy: str

    def __str__(self):
        return f"{self.where}: {self.rule}: «{self.words}»\n    {self.remedy}"


@cache
def _case(name):
    return load_case(name)


def look_up(path, default_case=EVENT_CASE):
    """The value a marker or citation names.

    Parameters
    ----------
    path : str
        ``[case:]table/id`` (the row), ``[case:]table/id.column`` (a cell) or
        ``[case:]table.count`` (how many rows).
    default_case : str
        The case meant when the path names none.

    Raises
    ------
    KeyError
        When there is no such case, table, row or column.
    """
    name, _, rest = path.strip().rpartition(":")
    case = _case(name or default_case)
    if rest.endswith(".count") and "/" not in rest:
        return len(getattr(case, rest[: -len(".count")]))
    row_path, _, column = rest.partition(".")
    row = case.get(row_path)
    return row[column] if column else row


def shown(value):
    """A cell as it is printed in prose: thousands with commas, whole numbers without ``.0``.

    >>> shown(1275.0), shown(13.9), shown("1992-02-26")
    ('1,275', '13.9', '1992-02-26')
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def fill(text, default_case=EVENT_CASE):
    """``text`` with every marked number replaced by what ``data/`` holds today."""

    def one(match):
        percent = (
            " %" if match["shown"].endswith(" %") else "%" if match["shown"].endswith("%") else ""
        )
        try:
            return f"{shown(look_up(match['path'], default_case))}{percent}<!--={match['path']}-->"
        except KeyError:
            return match[0]  # the lint reports it; filling must not lose it

    return _MARKED.sub(one, text)


def _blocks(text):
    """Paragraphs, list items and table rows, without code fences and headings."""
    fenced, block = False, []
    for line in [*text.split("\n"), ""]:
        if line.lstrip().startswith("```"):
            fenced = not fenced
            line = ""
        if fenced:
            continue
        starts_item = re.match(r"\s*(?:[-*+]|\d+[.)])\s|\s*\|", line)
        if block and (not line.strip() or starts_item or line.startswith("#")):
            yield "\n".join(block)
            block = []
        if line.strip() and not line.startswith("#"):
            block.append(line)


_ABBREVIATED = re.compile(
    r"\b(?:pp?|No|Nos|St|Mr|Ms|Dr|e\.g|i\.e|cf|ca|c|vs|Art|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.$"
)


def _sentences(block):
    start = 0
    for match in re.finditer(r"[.!?][”\"')\]*_]*(?:\s*\[[^\]\n]+\])*(?=\s|$)", block):
        if _ABBREVIATED.search(block[start : match.start() + 1]):
            continue
        yield block[start : match.end()].strip()
        start = match.end()
    if block[start:].strip():
        yield block[start:].strip()


def _without(text):
    """The words of a sentence, without citations, code, links' addresses and comments."""
    text = re.sub(
        r"`[^`]*`|<!--.*?-->|\]\([^)]*\)|https?://\S+|<[^>]+>", " ", _CITATION.sub(" ", text)
    )
    return text


def _is_question(sentence):
    return _without(sentence).rstrip(' *_)”"').endswith("?")


@cache
def _quotable(name):
    """Everything that may be quoted word for word, folded for comparison."""
    case = _case(name)
    texts = [p["exact"] for p in case.passages if p["quoted"]] + [
        f["quote"] for f in case.findings if f["quote"]
    ]
    texts += (
        [i["headline"] for i in case.items]
        + [s["headline"] for s in case.sources]
        + [a["title"] for a in case.accounts]
    )
    return " \n ".join(_words(t) for t in texts if t)


def _words(text):
    return " ".join(re.findall(r"\w+", text.casefold()))


@cache
def _watched(name):
    rows = []
    for gap in _case(name).gaps:
        for words in gap.get("watch") or []:
            rows.append((re.compile(words, re.IGNORECASE), f"gaps/{gap['gap_id']}"))
    return rows


def lint_text(text, where, default_case=EVENT_CASE, throughout=True):
    """Every problem of one text cell or page.

    Parameters
    ----------
    text : str
        Markdown.
    where : str
        What to print in front of a problem (file and cell, or file).
    default_case : str
        The pack that citations without a prefix refer to.
    throughout : bool
        Whether a text of the real case is read as being about the event throughout, as
        lessons are. Other texts (the practice case; a page on how the kit works) are read
        so in the paragraphs that name the place or somebody of the case.

    Returns
    -------
    list of Finding
    """
    found = []
    for block in _blocks(_SMALL_MARK.sub(r" [\1]", text)):
        about = (
            default_case == EVENT_CASE and (throughout or bool(_NAMED.search(_without(block))))
        ) or bool(_PLACE.search(block))
        found += _lint_block(block, where, default_case, about)
    return found


def _lint_block(block, where, default_case, about):
    def finding(rule, words, remedy):
        return Finding(where, rule, " ".join(_without(words).split())[:160], remedy)

    cited, told = _lint_rows(block, default_case)
    told += _lint_markers(block, default_case)
    told += _lint_event(block, cited, about)
    told += _lint_words(block, default_case)
    for sentence in _sentences(block):
        told += _lint_gaps(sentence)
        if about:
            told += _lint_quotes(sentence, default_case)
    return [finding(*one) for one in told]


def _lint_rows(block, default_case):
    """The rows that are cited, and (rule, words, remedy) for each that does not exist."""
    cited, told = [], []
    for group in _CITATION.findall(block):
        for path in re.split(r";\s*", group):
            try:
                look_up(path, default_case)
                cited.append(path)
            except KeyError as error:
                remedy = f"No such row: {error.args[0]}. Cite table/id of a row that exists."
                told.append(("dangling-citation", path, remedy))
    return cited, told


def _lint_markers(block, default_case):
    """Numbers filled from data that are not what their row holds."""
    told = []
    for match in _MARKED.finditer(block):
        try:
            value = shown(look_up(match["path"], default_case))
        except KeyError as error:
            remedy = f"{error.args[0]}. A marker is table/id.column or table.count."
            told.append(("bad-marker", match["path"], remedy))
            continue
        if match["shown"].rstrip("% ").strip() != value:
            remedy = f"{match['path']} holds {value}: run `python tools/lint.py --fill`."
            told.append(("stale-number", match["shown"], remedy))
    return told


def _lint_event(block, cited, about):
    """Statements on the event: each cites a row, and no number in it is typed."""
    told = []
    exempt = EXEMPT.search(block)
    sentences = [s for s in _sentences(block) if not _is_question(s)]
    on_event = [s for s in sentences if about and _EVENT.search(_without(s))]
    if exempt and not (exempt["why"] or "").strip():
        remedy = "Say why nothing is stated here: <!--no-claim: the reason-->."
        told.append(("idle-exemption", block, remedy))
    if exempt and not on_event:
        remedy = "Nothing here needs the exemption: take it out."
        told.append(("idle-exemption", block, remedy))
    for sentence in on_event:
        if not cited and not exempt:
            remedy = "Cite the row it stands on, as [findings/id], in this paragraph or list item."
            told.append(("no-citation", sentence, remedy))
        unmarked = without_dates(_without(_quotes_out(_MARKED.sub(" ", sentence))))
        for number in _NUMBER.findall(unmarked):
            remedy = (
                "Fill it from data/: write ?<!--=figures/id.value--> and run `python tools/lint.py"
                " --fill`."
            )
            told.append(("typed-number", f"{number} … {sentence}", remedy))
    return told


def _lint_gaps(sentence):
    """A word that the kit does not say itself, and what is not found told as a fact."""
    told = []
    bare = _without(_quotes_out(sentence))
    if _GENOCIDE.search(bare) and not _ATTRIBUTED.search(bare):
        remedy = "Say whose word it is, or use massacre or killing."
        told.append(("own-genocide", sentence, remedy))
    if _SAID_TO_BE_UNSEEN.search(_without(sentence)) or _is_question(sentence):
        return told
    for path in re.findall(r"(?:\w+:)?gaps/[a-z0-9-]+", sentence):
        remedy = f"{path} is a gap: say in this sentence that it could not be seen."
        told.append(("not-found-stated", sentence, remedy))
    for pattern, path in _watched(EVENT_CASE):
        if pattern.search(_without(sentence)):
            remedy = f"This is known only as {path} (label NF): take it out, or show it as a gap."
            told.append(("not-found-stated", sentence, remedy))
    return told


def _lint_quotes(sentence, default_case):
    """Quotations of five words or more that stand in no passage and no finding."""
    told = []
    for quoted in (a or b for a, b in _QUOTED.findall(_without(sentence))):
        for piece in map(_words, re.split(r"…|\.\.\.|\[[^\]]*\]", quoted)):
            known = piece in _quotable(EVENT_CASE) or piece in _quotable(default_case)
            if len(piece.split()) >= 5 and not known:
                remedy = (
                    "Quote a passage or finding of the case word for word, or use our own words."
                )
                told.append(("misquoted", quoted, remedy))
    return told


_STATUS = re.compile(
    r"\b(?:is|are|it|stays?|remains?)"
    r" (?P<word>settled|contested)\b|^\W*(?P<head>Settled|Contested):"
    r"|(?<=[a-z] )(?<!What )(?P<not>do(?:es)? not hold)\b",
    re.IGNORECASE,
)
# what a question asks, and the words of a question's own answers
_NO_STATUS = re.compile(r"\?\W*$|\b(?:whether|labels = |hints = |say = |text = )")
_INDEPENDENT = re.compile(
    r"(?<!not )(?<!no )(?<!nobody )(?<!nothing )(?<!')\bindependent(?:ly)?\b(?! of (?:the|one) )",
    re.IGNORECASE,
)
_AGREE = re.compile(
    r"\bcop(?:y|ies)\b[^.;]*\b(?:agrees?|word for word|say the same)\b", re.IGNORECASE
)
_BROKEN_OFF = re.compile(r"\b(?:breaks? off|cut off)\b", re.IGNORECASE)
_LABEL = re.compile(r"\b(?:VP|VR|SO)\b")
_STRENGTH = {"SO": 1, "VR": 2, "VP": 3}


def _rows(text, default_case):
    """The rows that a text cites, those that there are."""
    for group in _CITATION.findall(text):
        for path in re.split(r";\s*", group):
            try:
                yield look_up(path, default_case)
            except KeyError:
                continue  # the lint reports it


def _lint_words(block, default_case):
    """The rules on what a citation has to bear out: (rule, words, remedy) for each problem."""
    cited = list(_rows(block, default_case))
    for sentence in _sentences(block):
        words, own = _without(sentence), list(_rows(sentence, default_case))
        rows = own or cited
        statuses = {row["status"] for row in own or cited if "act_of" in row}
        for match in () if _NO_STATUS.search(words) else _STATUS.finditer(words):
            word = (match["word"] or match["head"] or "does not hold").lower().replace(" ", "_")
            if word not in statuses and statuses and own:
                yield (
                    "status-word",
                    sentence,
                    f"Cite a claim whose status is {word}, or use its word.",
                )
        if _INDEPENDENT.search(words):
            for row in own:
                if row.cite.startswith(("findings/", "accounts/")) and _of_a_party(
                    default_case, row
                ):
                    remedy = f"{row.cite} is a party's account: take the word or the row out."
                    yield "party-called-independent", sentence, remedy
        if (
            _AGREE.search(words)
            and not _NO_STATUS.search(words)
            and not re.search(r"\bno\b|\bnot\b|n[’']t\b", words)
        ):
            told = " ".join(str(cell) for row in rows for cell in row.values() if cell)
            if _BROKEN_OFF.search(told):
                yield (
                    "copies-agree",
                    sentence,
                    "One of the copies breaks off: say how far it reaches.",
                )
        labelled = [row["label"] for row in rows if row.get("label") in _STRENGTH]
        for label in _LABEL.findall(words):
            if labelled and _STRENGTH[label] > max(_STRENGTH[x] for x in labelled):
                yield (
                    "label-too-strong",
                    sentence,
                    f"The row has {max(labelled, key=_STRENGTH.get)}.",
                )


def _of_a_party(name, row):
    """Whether an account, or a finding's account, is a party's or a counter-claim."""
    case = _case(name)
    account = case.accounts[row["account_id"]]
    return account.kind == "counter" or bool(case.agents[account.publisher].party)


def _quotes_out(sentence):
    return _QUOTED.sub(" ", sentence)


def lint_notebook(path):
    """Every problem of a notebook's text cells (markdown and raw); the case is in its metadata."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    case = notebook["metadata"].get("whosays", {}).get("case", EVENT_CASE)
    found = []
    for number, cell in enumerate(notebook["cells"], 1):
        # the list of sources is written from data/ by tools/cite.py, and a test holds the two
        # together
        if cell["cell_type"] in {"markdown", "raw"} and cell.get("id") != "sources":
            found += lint_text(
                "".join(cell["source"]), f"{path.name}, cell {number} ({cell.get('id')})", case
            )
    return found


def texts(root=None):
    """The files the lint reads: notebooks, exercises, solutions, docs, sample memos, and the pages
    at the top and in ``data/``.
    """
    root = root or paths.root()
    notebooks = [
        p
        for folder in ("notebooks", "exercises", "solutions")
        for p in sorted((root / folder).glob("*.ipynb"))
    ]
    pages = [
        *sorted((root / "docs").rglob("*.md")),
        *sorted(root.glob("*.md")),
        *sorted((root / "data").glob("**/README.md")),
    ]
    pages += sorted((root / "data" / "memos").glob("[!R]*.md"))
    return notebooks, pages


def lint(root=None):
    """Every problem in the kit's own words. Returns a list of :class:`Finding`."""
    notebooks, pages = texts(root)
    found = [f for path in notebooks for f in lint_notebook(path)]
    for path in pages:
        throughout = path.parent.name in {"data", "memos"}
        place = path.relative_to(root or paths.root()).as_posix()
        found += lint_text(path.read_text(encoding="utf-8"), place, _page_case(path), throughout)
    return found


def _page_case(path):
    """The case that a page's citations mean: a sample memo is named after its case."""
    return path.stem.partition("-")[0] if path.parent.name == "memos" else EVENT_CASE


def fill_files(root=None):
    """Rewrite every marked number from ``data/``. Returns the files that changed."""
    changed = []
    notebooks, pages = texts(root)
    for path in [*notebooks, *pages]:
        old = path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            notebook = json.loads(old)
            case = notebook["metadata"].get("whosays", {}).get("case", EVENT_CASE)
            for cell in notebook["cells"]:
                if cell["cell_type"] in {"markdown", "raw"}:
                    cell["source"] = fill("".join(cell["source"]), case).splitlines(keepends=True)
            new = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
        else:
            new = fill(old, _page_case(path))
        if new != old:
            path.write_text(new, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def main(argv=None):
    """``python tools/lint.py [--fill]``: 0 when clean, 1 when there are problems."""
    parser = argparse.ArgumentParser(prog="tools/lint.py", description=__doc__.split("\n\n")[0])
    parser.add_argument(
        "--fill", action="store_true", help="first write every marked number anew from data/"
    )
    options = parser.parse_args(argv)
    if options.fill:
        for path in fill_files():
            print(f"filled: {path.name}")
    found = lint()
    for problem in found:
        print(problem)
    print(f"{len(found)} problem{'' if len(found) == 1 else 's'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
