"""Markdown to HTML as the notebooks need it: nbconvert's renderer, for a page on paper."""

import base64
import html
import re
import urllib.parse
from pathlib import Path

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^>]*>")
_TAGS = re.compile(r"(</?[a-zA-Z][^>]*>)")
# elements whose text stays as it is
_KEPT = {"a", "caption", "code", "pre", "style", "summary", "svg", "title"}
# a table without headings, which Markdown cannot write: its first column heads the rows
_HEADLESS = re.compile(
    r"<thead>\s*<tr>\s*(?:<th[^>]*>\s*</th>\s*)+</tr>\s*</thead>(.*?)</table>", re.DOTALL
)
_FIRST_CELL = re.compile(r"<tr>\s*<td([^>]*)>(.*?)</td>", re.DOTALL)
_PICTURE = re.compile(r'(<img [^>]*?src=")([^":]+)(")')
_KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
_HEADING = re.compile(r"<h([2-6])>(.*?)</h\1>", re.DOTALL)


def markdown(text: str, folder: str = ".", anchor=lambda heading: heading.replace(" ", "-")) -> str:
    """Markdown as HTML, its headings with the anchors that JupyterLab gives them, or ``anchor``.

    HTML in it stands, comments are left out. Pictures are looked for in ``folder`` and become part
    of the page; FileNotFoundError for one that is not there.
    """
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    out = MarkdownWithMath(renderer=renderer).render(COMMENT.sub("", text))
    out = _PICTURE.sub(
        lambda m: m[1] + as_data(Path(folder) / urllib.parse.unquote(html.unescape(m[2]))) + m[3],
        out,
    )
    out = _HEADLESS.sub(
        lambda m: _FIRST_CELL.sub(r'<tr><th scope="row"\1>\2</th>', m[1]) + "</table>", out
    )
    return _HEADING.sub(
        lambda m: f'<h{m[1]} id="{html.escape(anchor(plain(m[2])))}">{m[2]}</h{m[1]}>', out
    )


def as_data(file) -> str:
    """A picture (svg, png or jpg) as an address that holds it whole."""
    text = base64.b64encode(file.read_bytes()).decode("ascii")
    return f"data:{_KINDS[file.suffix.lower()]};base64,{text}"


def plain(made: str) -> str:
    """The text of some HTML."""
    return html.unescape(_TAG.sub("", made)).strip()


def in_text(made: str, change) -> str:
    """Change the text of some HTML, but neither its tags nor what stands in links, code and titles.

    ``change`` makes HTML of a stretch of escaped text.
    """
    out, depth = [], 0
    for part in _TAGS.split(made):
        tag = _TAG.fullmatch(part)
        if tag and tag[2].lower() in _KEPT:
            depth += -1 if tag[1] else 1
        out.append(part if tag or depth else change(part))
    return "".join(out)
