"""The frame of a page that a person opens: one file, no script, nothing fetched from anywhere."""

import html
from importlib import resources

from ..view.show import table_of
from ..view.view import STYLE

# Even if something of a submission came through unescaped, the browser would run and fetch nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SKIP = '<a class="skip" href="#main">Skip to the text</a>'
_LOOK = resources.files(__package__).joinpath("page.css").read_text("utf-8")


def page(
    title: str, body, above: str = "", below: str = "", look: str = "", pictures: bool = False
) -> str:
    """A whole page from its title, in plain text, and its body, HTML that is escaped already.

    ``above`` and ``below`` are HTML before and after the main part: with something above it, the
    page begins with a link that skips it. ``look`` is more CSS; ``pictures`` allows those that are
    part of the page (``data:``).
    """
    policy = f"{_POLICY}; img-src data:" if pictures else _POLICY
    look = f"<style>{look}</style>" if look else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{html.escape(title)}</title>{STYLE}<style>\n{_LOOK}</style>{look}</head><body>"
        f'{_SKIP + above if above else ""}<main class="ws" id="main">'
        f"<h1>{html.escape(title)}</h1>{''.join(body)}</main>{below}</body></html>\n"
    )


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph of plain text, escaped here."""
    return f"<p{f' class={kind}' if kind else ''}>{html.escape(text)}</p>"


def table(caption: str, headings, rows) -> str:
    """A table as HTML, as :func:`whosays.view.show.table_of` makes it."""
    return table_of(caption, headings, rows).whole()


def bullets(lines) -> str:
    """A list of plain lines, or nothing."""
    return f"<ul>{''.join(f'<li>{html.escape(line)}</li>' for line in lines)}</ul>" if lines else ""
