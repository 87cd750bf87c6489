"""Reading the texts of a new case: plain text, Markdown, HTML, Word and PDF.

Every file becomes a text (UTF-8, ``\\n`` at the end of lines) or a sentence that says why it could
not be read and what to do; a file is never lost silently, and no file makes this module raise.
HTML, Word and PDF are read by trafilatura, python-docx and pypdf, which come with
``whosays[case]``.
"""

import io
import itertools
import logging
import re
import unicodedata
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from ..case.read import MOJIBAKE, TURNED
from .words import WORDS

LARGEST = 20 * 1024 * 1024
#: a .docx is a zip file: this much may come out of it
UNPACKED = 200 * 1024 * 1024
INSTALL = 'pip install --editable ".[case]"'

MARKDOWN = {".md", ".markdown"}
HTML = {".html", ".htm", ".xhtml"}
# what a folder of texts holds besides, and what to do with it
OTHERS = WORDS["others"]
_MAGIC = (
    (b"%PDF-", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"RIFF", "sound"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: files that systems and editors leave in folders
_LITTER = {"thumbs.db", "desktop.ini"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass
class ReadText:
    """A text as read."""

    file: str  # the file it came from, as a path below the folder of texts
    text: str  # offsets of the pack are places in it
    # start, end and level of what the file itself marks as a heading; empty for plain text
    headings: list[tuple[int, int, int]] = field(default_factory=list)
    # what the file says of itself outside its text: ``outlet``, ``author``, ``date``, ``headline``,
    # ``url``, ``language``
    facts: dict[str, str] = field(default_factory=dict)
    # those of the facts that a library worked out from the page and that its own data
    # do not say
    unsure: set[str] = field(default_factory=set)
    # sentences on how it was read: an encoding, lines put together
    said: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Skipped:
    """A file that was not read: which, why, and what to do, in a sentence."""

    file: str
    why: str

    def __str__(self):
        return f"{self.file} {self.why}."


class UnreadableFile(Exception):
    """Why a file cannot be read; its text goes on after the file's name."""


def read_folder(
    folder: Path, own=(), but: Path | None = None
) -> tuple[list[ReadText], list[Skipped]]:
    """Every text of a folder and of the folders in it, by name, and every file that is none.

    Hidden files and what systems leave behind are not mentioned, nor what is named in ``own`` (the
    files of a pack that is made in the folder) or lies in the folder ``but`` (the pack itself).
    """
    folder = Path(folder)
    texts, skipped, seen = [], [], {}
    for path in _files(folder, set(own), None if but is None else Path(but).resolve()):
        name = path.relative_to(folder).as_posix()
        try:
            if not path.resolve().is_relative_to(folder.resolve()):
                outside = "is a link to a place outside the folder"
                raise UnreadableFile(f"{outside}: put the file itself here")
            text = read_file(path, name)
        except UnreadableFile as error:
            skipped.append(Skipped(name, str(error)))
            continue
        if same := seen.get(text.text):
            skipped.append(Skipped(name, f"is the same text as {same}: keep one of the two"))
            continue
        seen[text.text] = name
        texts.append(text)
    return texts, skipped


def _files(folder, own, but):
    def place(path):
        return path.relative_to(folder).as_posix().casefold()

    for path in sorted(folder.rglob("*"), key=place):
        parts = path.relative_to(folder).parts
        if any(part.startswith((".", "~$")) for part in parts) or parts[0] in own:
            continue
        if parts[-1].lower() in _LITTER or path.is_dir():
            continue
        if but is not None and path.resolve().is_relative_to(but):
            continue
        yield path


def read_file(path: Path, name: str | None = None) -> ReadText:
    """Read one file; ``name`` is what to call it, its own name by default.

    Raises
    ------
    UnreadableFile
        For every reason there is: missing library, empty, encrypted, broken, no text, too large.
    """
    path = Path(path)
    name = name or path.name
    try:
        if not path.is_file():
            raise UnreadableFile("is no file")
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(
                f"has more than {LARGEST // 2**20} megabytes: cut it into its pieces"
            )
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or error
        raise UnreadableFile(f"cannot be read ({why}): check its permissions") from None
    if not data.strip():
        raise UnreadableFile("is empty")
    text = _read(_reader(path.suffix.lower(), data), data, name)
    text.text = _plain(text)
    if not re.search(r"[^\W\d_]", text.text):
        raise UnreadableFile("holds no words")
    return text


def _read(reader, data, name):
    """What a reader makes of a file; whatever its library raises becomes a sentence."""
    try:
        return reader(data, name)
    except UnreadableFile:
        raise
    except ImportError as error:
        package = {"docx": "python-docx"}.get(error.name, error.name)
        why = f"needs {package}, which is not installed: {INSTALL}, then run this again"
        raise UnreadableFile(why) from None
    # a file can be broken in ways that no parser's author thought of
    except Exception as error:
        if reader not in _BROKEN:
            raise
        if "crypt" in str(error).lower():
            raise UnreadableFile("is encrypted: save it without a password") from None
        what, remedy = _BROKEN[reader]
        raise UnreadableFile(f"is a broken {what} ({type(error).__name__}): {remedy}") from None


def _reader(suffix, data):
    """The function that reads such a file; how it begins counts for more than its name."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            suffix = kind
    if data.startswith(_OLE):
        if suffix == ".docx":
            raise UnreadableFile("is protected by a password: save it without one")
        raise UnreadableFile(OTHERS[".doc"])
    if data.startswith(b"PK\x03\x04") and suffix not in OTHERS:
        suffix = ".docx"
    if suffix in OTHERS:
        raise UnreadableFile(OTHERS[suffix])
    if suffix == ".docx":
        return _word
    if suffix == ".pdf":
        return _pdf
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if suffix in HTML or head.startswith((b"<!doctype html", b"<html")):
        return _html
    return _markdown if suffix in MARKDOWN else _text


def _plain(made):
    """The text with plain line ends and without characters that no cell of a table can hold."""
    text = made.text
    if _CONTROL.search(text):
        made.said.append("Characters that are not printed, such as form feeds, stand as spaces.")
        text = _CONTROL.sub(" ", text)
    if TURNED.search(text):
        made.said.append("Invisible marks that turn the direction of writing were taken out.")
        text = TURNED.sub(" ", text)
    if match := MOJIBAKE.search(text):
        wrong = "which looks like letters read in a wrong encoding"
        made.said.append(f"It holds {match[0]!r}, {wrong}: look at it.")
    return text


# -- plain text -----------------------------------------------------------------------------------


def decoded(data: bytes) -> tuple[str, list[str]]:
    """Bytes as text, without a byte order mark, and sentences on how they had to be read.

    The guess between Windows-1251 and Windows-1252 goes by whether the letters beyond ASCII stand
    together, as in a Cyrillic word, or alone, as accents do. UnreadableFile when they are no text.
    """
    text, note = _decoded(data)
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    unprinted = len(re.findall(r"[\x00-\x08\x0e-\x1f]", text))
    if "\x00" in text or unprinted > max(2, len(text) // 50):
        raise UnreadableFile("is no text: its bytes are those of some other kind of file")
    return text, note


def _decoded(data):
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16"), ["It is in UTF-16 and was read so."]
        except UnicodeDecodeError:
            raise UnreadableFile(
                "starts like UTF-16 and breaks off: save it again as UTF-8"
            ) from None
    if b"\x00" not in data:
        return _one_byte_or_utf8(data)
    for codec, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if zeros.count(0) > 0.3 * len(zeros) and len(data) % 2 == 0:
            try:
                return data.decode(codec), ["It is in UTF-16 without a mark and was read so."]
            except UnicodeDecodeError:
                continue
    raise UnreadableFile("is no text: its bytes are those of some other kind of file")


def _one_byte_or_utf8(data):
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    note = "It is not UTF-8 and was read as {}: look whether its {} are right."
    if _cyrillic(data):
        text = data.decode("cp1251", "replace")
        return text, [note.format("Windows-1251 (Cyrillic)", "words")]
    try:
        text = data.decode("cp1252")
        return text, [note.format("Windows-1252 (Western European)", "accents")]
    except UnicodeDecodeError:
        return data.decode("latin-1"), [note.format("Latin-1", "accents")]


def _cyrillic(data):
    """Whether letters beyond ASCII mostly have such letters beside them."""
    runs = [len(run) for run in re.findall(rb"[\xc0-\xff\xa8\xb8\xaa\xba\xaf\xbf\xb2\xb3]+", data)]
    return bool(runs) and sum(n for n in runs if n > 2) > 0.6 * sum(runs)


def _text(data, name):
    text, note = decoded(data)
    if wrapped(text):
        text = unwrapped(text)
        note.append(
            "Its lines were broken at a fixed width and have been put together into paragraphs."
        )
    return ReadText(name, text, said=note)


def wrapped(text: str) -> bool:
    """Whether a text's lines are broken at a fixed width: most end in mid-sentence."""
    inner, broken = 0, 0
    lengths = sorted(len(line) for line in text.split("\n") if line.strip())
    if not lengths or lengths[int(0.9 * len(lengths))] > 110:
        return False
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip("\n").split("\n")
        for line in lines[:-1]:
            inner += 1
            ended = re.search(r"[.!?:;\"”’')\]*]\s*$", line)
            broken += 40 <= len(line.rstrip()) <= 110 and not ended
    return inner >= 6 and broken > 0.6 * inner


def unwrapped(text: str) -> str:
    """The same text with each block on one line; a short line still ends a paragraph."""
    blocks = []
    for block in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if not lines:
            continue
        width = max(map(len, lines))
        line_so_far = lines[0]
        for before, line in itertools.pairwise(lines):
            ended = re.search(r"[.!?\"”’):]$", before)
            if re.search(r"[^\W\d_]-$", line_so_far) and line[:1].islower():
                line_so_far = line_so_far[:-1] + line
            elif len(before) < (0.72 if ended else 0.5) * width:
                line_so_far += "\n" + line
            else:
                line_so_far += " " + line
        blocks.append(line_so_far)
    return "\n\n".join(blocks) + "\n"


# -- Markdown -------------------------------------------------------------------------------------

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*\n", re.S)
#: what a line of data is called -> what it says
LABELS = {name: fact for fact, names in WORDS["labels"].items() for name in names.split()}


def _markdown(data, name):
    text, note = decoded(data)
    facts = {}
    if front := _FRONT.match(text):
        text = text[front.end() :]
        for line in front[1].split("\n"):
            key, colon, value = line.partition(":")
            value = value.strip().strip("\"'")
            if colon and value and (fact := LABELS.get(key.strip().lower())):
                facts.setdefault(fact, value)
    text = re.sub(r"!\[[^\]\n]*\]\([^)\n]*\)", "", text)
    text = re.sub(r"(?<!\\)\[([^\]\n]+)\]\([^)\n]*\)", r"\1", text)
    text = re.sub(r"^(.+)\n=+[ \t]*$", r"# \1", text, flags=re.M)
    text = re.sub(r"^(.+)\n-{3,}[ \t]*$", r"## \1", text, flags=re.M)
    blocks = _Blocks()
    for block in re.split(r"\n[ \t]*\n", text.strip("\n")):
        for line in _lines_of_markdown(block):
            if mark := re.match(r"(#{1,6})[ \t]+(.+?)[ \t]*#*$", line):
                blocks.add(_without_stars(mark[2]), len(mark[1]))
            else:
                bold = re.fullmatch(r"(\*\*|__)(.+)\1", line.strip())
                blocks.add(_without_stars(line), 7 if bold else 0)
    return ReadText(name, blocks.text(), blocks.headings, facts, said=note)


def _lines_of_markdown(block):
    """The paragraphs of a block: they go on in the next line, but for headings and list items."""
    lines = []
    for line in block.split("\n"):
        line = re.sub(r"^[ \t]*(?:>[ \t]?)+", "", line)
        if not line.strip() or re.fullmatch(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*", line):
            continue
        item = re.match(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(.*)", line)
        starts = line.lstrip().startswith("#") or item
        ends = lines and (lines[-1].endswith(("  ", "\\")) or lines[-1].lstrip().startswith("#"))
        if lines and not starts and not ends:
            lines[-1] += " " + line.strip()
        else:
            lines.append(item[1] if item else line.lstrip())
    return [line.rstrip(" \\") for line in lines if line.strip(" \\")]


def _without_stars(line):
    line = re.sub(r"(?<![\w*\\])(\*{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])", r"\2", line)
    line = re.sub(r"(?<![\w\\])(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)", r"\2", line)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!-])", r"\1", line.replace("`", "")).strip()


# -- HTML, Word, PDF ------------------------------------------------------------------------------


class _Blocks:
    """Paragraphs put one below the other, with the places of the headings among them."""

    def __init__(self):
        self.lines, self.headings, self.at = [], [], 0

    def add(self, words, level=0):
        words = " ".join(words.split())
        if not words:
            return
        if level:
            self.headings.append((self.at, self.at + len(words), level))
        self.lines.append(words)
        self.at += len(words) + 2

    def text(self):
        return "\n\n".join(self.lines) + "\n"


#: what pages ask of their readers, and no text of an article
_ASKED = re.compile(
    r"\bcookies\b.{0,40}\b(?:device|browser)|^accept all|\bour newsletters?\b|"
    r"^subscribe (?:now|to)\b",
    re.I,
)


_LINE = "\ue000"  # stands for <br> while a page is read


def _html(data, name):
    import trafilatura
    from trafilatura.settings import use_config

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    words, remarks = decoded(data)
    short = use_config()  # its own limits throw short articles away
    for limit in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
        short.set("DEFAULT", limit, "0")
    page = trafilatura.bare_extraction(
        words, include_comments=False, with_metadata=True, config=short
    )
    if page is None:
        raise UnreadableFile("holds no article: copy its text into a .txt file")
    tree = trafilatura.load_html(words)
    facts = {
        "outlet": page.sitename or _site_of(tree, page.title),
        "author": page.author or _byline_of(tree),
        "date": _day_of(page, tree),
        "headline": page.title,
        "url": page.url,
        "language": tree.get("lang"),
    }
    facts = {key: " ".join(value.split()) for key, value in facts.items() if value}
    own = _own_data(tree)
    unsure = {key for key, value in facts.items() if value.casefold() not in own} - {"language"}
    blocks, left_out = _article(page.body, facts.get("headline", ""))
    if left_out:
        remarks.append("Lines on cookies and newsletters were left out.")
    return ReadText(name, blocks.text(), blocks.headings, facts, unsure, remarks)


def _article(body, headline):
    """The paragraphs of an article below its headline, and how many lines were left out."""
    blocks, left_out = _Blocks(), 0
    blocks.add(headline, 1)
    for part in body.iter("head", "p", "item", "quote", "cell", "ab"):
        for end in part.iter("lb"):
            end.text = _LINE
        words = "".join(part.itertext())
        line = " ".join(words.replace(_LINE, " ").split())
        if _ASKED.search(line) and len(line) < 300:
            left_out += 1
        elif (
            line != headline
            and next(part.iterancestors("item", "quote", "cell", "p"), None) is None
        ):
            level = int(str(part.get("rend", "h2"))[1:2] or 2) if part.tag == "head" else 0
            for line in words.split(_LINE) if part.find("lb") is not None else [words]:
                blocks.add(line, level and max(2, level))
    return blocks, left_out


def _day_of(page, tree):
    """The page's day, with its hour where a tag has it."""
    stamps = tree.xpath("//meta[contains(@property, 'published_time')]/@content | //time/@datetime")
    return next((s for s in stamps if page.date and s.startswith(page.date)), page.date)


def _site_of(tree, headline):
    """The outlet: what stands beside the headline in the title of the window."""
    title = " ".join(tree.findtext(".//title", "").split())
    before, separator, after = title.partition(headline or "\n")
    parts = [
        part.strip() for part in re.split(r"\s+[-–—|·]\s+", f"{before} {after}".strip(" -–—|·"))
    ]
    return (parts[0] if before else parts[-1]) if separator else None


def _byline_of(tree):
    """The author: a line that the page calls a byline, and that begins with By, Von or Par."""
    called = (one for one in tree.xpath("//*[@class]") if _CALLED.search(one.get("class")))
    for one in called:
        if match := _WRITTEN_BY.match(" ".join("".join(one.itertext()).split())):
            return match[1]
    return None


_CALLED = re.compile(r"byline|author|meta|autor|auteur", re.I)
_WRITTEN_BY = re.compile(
    r"(?:[Bb]y|[Vv]on|[Pp]ar)\s+([A-ZÀ-Þ][\w.’'-]+(?:\s+[A-ZÀ-Þ][\w.’'-]+){1,3})"
)


def _own_data(tree):
    """What a page says of itself in its own data: tags, linked data, and its first heading."""
    strings = set(tree.xpath("//meta/@content | //time/@datetime | //link[@rel='canonical']/@href"))
    strings |= {"".join(one.itertext()) for one in tree.xpath("//h1")[:1]}
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        strings |= set(re.findall(r'"((?:[^"\\]|\\.)*)"', script))
    days = {day[:10] for day in strings if re.match(r"\d{4}-\d\d-\d\d", day)}
    return {" ".join(one.split()).casefold() for one in strings | days}


def _word(data, name):
    import docx
    from docx.text.paragraph import Paragraph

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
            raise UnreadableFile("unpacks to far more than a text has: save its text anew")
        if "word/document.xml" not in archive.namelist():
            archive = "is an archive and no Word document"
            raise UnreadableFile(f"{archive}: unpack it, or save the text as .docx")
    document = docx.Document(io.BytesIO(data))
    blocks, waiting = _Blocks(), list(document.iter_inner_content())[::-1]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Paragraph):
            style = (part.style.name or "") if part.style is not None else ""
            match = re.fullmatch(r"Heading (\d)|(Title)", style)
            level = (int(match[1]) if match[1] else 1) if match else 0
            for line in part.text.split("\n"):
                blocks.add(line, level)
        else:
            cells = [cell for row in part.rows for cell in dict.fromkeys(row.cells)]
            waiting += [p for cell in cells for p in cell.iter_inner_content()][::-1]
    if not blocks.lines:
        raise UnreadableFile("holds no words: what can be seen in it may be a picture")
    return ReadText(name, blocks.text(), blocks.headings)


def _pdf(data, name):
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableFile("is protected by a password: save it without one")
    pages = [page.extract_text() or "" for page in reader.pages]
    if not any(re.search(r"\w", page) for page in pages):
        scan = OTHERS["picture"].partition(": ")[2]
        raise UnreadableFile(f"has pages without text, as scans have: {scan}")
    pages = [page.replace("\r\n", "\n").replace("\r", "\n") for page in pages]
    text = "\n\n".join(page.strip("\n") for page in _without_furniture(pages))
    text = _LIGATURE.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    note = "It is a PDF: its lines are put together to paragraphs; compare them with the pages."
    return ReadText(name, unwrapped(_open_paragraphs(text)), said=[note])


#: what the readers of libraries read, and what to do with one that is broken
_BROKEN = {
    _html: ("web page", "save it again, or copy its text into a .txt file"),
    _word: ("Word document", "open it in Word and save it again"),
    _pdf: ("PDF", "open it and print it into a new PDF, or copy it"),
}
_LIGATURE = re.compile("[\ufb00-\ufb06]")
#: what browsers print at the edges of a page: day and hour, address and page number
_PRINTED = re.compile(
    r"^\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}(?: [AP]M)?\b.*$|^(?:file|https?)://\S+(?:"
    r" \d+/\d+)?$|^\d+/\d+$"
)


def _without_furniture(pages):
    """Pages without what browsers print at the edges, and edge lines that most of them share."""
    split = [
        [line for line in page.split("\n") if line.strip() and not _PRINTED.match(line.strip())]
        for page in pages
    ]
    if len(split) < 3:
        return ["\n".join(lines) for lines in split]
    for at in (0, -1):
        kinds = [re.sub(r"\d+", "#", lines[at].strip()) for lines in split if lines]
        for kind in {k for k in kinds if kinds.count(k) > len(split) / 2}:
            for lines in split:
                if lines and re.sub(r"\d+", "#", lines[at].strip()) == kind:
                    del lines[at]
    return ["\n".join(lines) for lines in split]


def _open_paragraphs(text):
    """A PDF has no blank lines: a paragraph ends where a short line ends a sentence."""
    lines = text.split("\n")
    widths = sorted(len(line) for line in lines if line.strip())
    width = widths[int(len(widths) * 0.8)] if widths else 0
    out = []
    for line in lines:
        if re.match(r"\d{1,3}\.\s+[A-Z]", line) and out and re.search(r"[.!?]$", out[-1]):
            out.append("")  # a numbered paragraph
        out.append(line.rstrip())
        ended = re.search(r"[.!?\"”’)]$", out[-1])
        if len(out[-1]) < 0.8 * width and (ended or len(line) < 0.5 * width):
            out.append("")
    return "\n".join(out)
