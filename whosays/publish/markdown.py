"""Markdown to HTML as the notebooks need it: nbconvert's renderer, for a page on paper."""

import base64
import html
import re
import urllib.parse
from pathlib import Path

from ..base.problem import Problem
from . import links

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^>]*>")
# a table without headings, which Markdown cannot write: its first column heads the rows
_HEADLESS = re.compile(
    r"<thead>\s*<tr>\s*(?:<th[^>]*>\s*</th>\s*)+</tr>\s*</thead>(.*?)</table>", re.DOTALL
)
_FIRST_CELL = re.compile(r"<tr>\s*<td([^>]*)>(.*?)</td>", re.DOTALL)
_PICTURE = re.compile(r'(<img [^>]*?src=")([^":]+)(")')
_LINK = re.compile(r'<a\b([^>]*?)href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
_HEADING = re.compile(r"<h([2-6])>(.*?)</h\1>", re.DOTALL)


def markdown(text, folder="."):
    """A cell's Markdown as HTML, its headings with the anchors that JupyterLab gives them.

    HTML in it stands, comments are left out. Pictures are looked for in ``folder`` and become part
    of the page; FileNotFoundError for one that is not there.
    """
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    made = MarkdownWithMath(renderer=renderer).render(COMMENT.sub("", text))
    made = _PICTURE.sub(
        lambda m: m[1] + as_data(Path(folder) / urllib.parse.unquote(html.unescape(m[2]))) + m[3],
        made,
    )
    made = _HEADLESS.sub(lambda m: _rows_headed(m[1]) + "</table>", made)
    return _HEADING.sub(_anchored, made)


def as_data(file) -> str:
    """A picture (svg, png or jpg) as an address that holds it whole."""
    text = base64.b64encode(file.read_bytes()).decode("ascii")
    return f"data:{_KINDS[file.suffix.lower()]};base64,{text}"


def _rows_headed(body):
    return _FIRST_CELL.sub(r'<tr><th scope="row"\1>\2</th>', body)


def _anchored(heading):
    name = plain(heading[2]).replace(" ", "-")
    return f'<h{heading[1]} id="{html.escape(name)}">{heading[2]}</h{heading[1]}>'


def plain(made):
    """The text of some HTML."""
    return html.unescape(_TAG.sub("", made)).strip()


def in_text(
    made, change, outside=("a", "caption", "code", "pre", "style", "summary", "svg", "title")
) -> str:
    """Change the text of some HTML and leave its tags alone.

    ``change`` makes HTML of a stretch of escaped text; the text in the elements ``outside`` stays.
    """
    out, inside, at = [], 0, 0
    for tag in _TAG.finditer(made):
        stretch = made[at : tag.start()]
        out += [stretch if inside else change(stretch), tag[0]]
        at = tag.end()
        if tag[2].lower() in outside:
            inside += -1 if tag[1] else 1
    stretch = made[at:]
    return "".join([*out, stretch if inside else change(stretch)])


def relinked(made, source, root, pages, up):
    """A page's links, led to the pages of the edition, else to the repository.

    Where the repository's address is not known, the words of such a link stand without it.

    Parameters
    ----------
    source : pathlib.Path
        The file it was made from; its links are relative to it.
    pages : dict of pathlib.Path to str
        The files of the edition, resolved, and their addresses in it.
    up : str
        What leads from the page to the edition's folder.

    Raises
    ------
    Problem
        For a link to a file that is not there.
    """

    def target(match):
        before, link, after, words = match.groups()
        parts = urllib.parse.urlsplit(html.unescape(link))
        if parts.scheme or not parts.path:
            return match[0]
        path = (source.parent / urllib.parse.unquote(parts.path)).resolve()
        if not path.exists():
            raise Problem(f"{source.name} links to {parts.path}, which is not there.")
        if path in pages:
            there = up + pages[path]
        else:
            there = links.file_url(path.relative_to(Path(root).resolve()).as_posix(), root)
        anchor = f"#{parts.fragment}" if parts.fragment else ""
        if not there:
            return words
        return f'<a{before}href="{html.escape(there + anchor)}"{after}>{words}</a>'

    return _LINK.sub(target, made)
