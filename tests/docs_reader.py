"""The pages of the documentation as their links, anchors, commands and code."""

import re
import shlex
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt

from whosays.base import paths

ROOT = paths.root()
PAGES = [
    ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "data" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "benchmarks").glob("*.md")),
]  # fmt: skip


class Block(NamedTuple):
    """A fenced block: its language, its text, and the line it begins on."""

    language: str
    text: str
    line: int


def name(page):
    return page.relative_to(ROOT).as_posix()


@cache
def tokens(page):
    """Every token of a page, those inside of paragraphs and tables among them."""
    found = MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))
    return [part for token in found for part in (token, *(token.children or ()))]


def blocks(page):
    return [
        Block(t.info.strip(), t.content, t.map[0] + 1) for t in tokens(page) if t.type == "fence"
    ]


def links(page):
    """The target of every link and picture, also of those in HTML."""
    for token in tokens(page):
        if token.type in ("link_open", "image"):
            yield token.attrs["href" if token.type == "link_open" else "src"]
        elif token.type in ("html_block", "html_inline"):
            yield from re.findall(r"""\b(?:href|src)=["']([^"']+)""", token.content)


def anchors(page):
    """What a link may name behind a #, as GitHub makes it from headings; and ids given in HTML."""
    found, seen, heading = set(), {}, False
    for token in tokens(page):
        if token.type in ("html_block", "html_inline"):
            found.update(re.findall(r"""\b(?:id|name)=["']([^"']+)""", token.content))
        if token.type == "inline" and heading:
            words = "".join(t.content for t in token.children if t.type in ("text", "code_inline"))
            slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
            number = seen[slug] = seen.get(slug, -1) + 1
            found.add(f"{slug}-{number}" if number else slug)
        heading = token.type == "heading_open"
    return found


def commands(block):
    """The command lines of a block without a language, comments gone and continued lines put together."""
    if block.language:
        return []
    lines = block.text.replace("\\\n", " ").splitlines()
    return [
        shlex.join(words) for words in (shlex.split(line, comments=True) for line in lines) if words
    ]


def words_of(page):
    """Commands named in a sentence: ``whosays build``."""
    return [
        t.content
        for t in tokens(page)
        if t.type == "code_inline" and t.content.startswith("whosays ")
    ]
