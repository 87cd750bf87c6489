"""Fields for every widget of the kit: stock ipywidgets, kept away from their traps, in one look.

Give the outer box the class ``ws-question`` and put ``HTML(LOOK)`` first in it.
"""

import html

import ipywidgets as w

from ..exercise.plain import is_blank
from ..learner.course import LINES
from ..view.view import STYLE

CHOOSE = "choose …"
EIGHT = hasattr(w.Dropdown, "tooltip")  # ipywidgets 7 is Google Colab's

# relative sizes throughout: the kit is projected, and read at 200 % zoom
LOOK = (
    STYLE
    + LINES
    + """<style>
.ws-question { --jp-widgets-font-size: 1.15em; --jp-widgets-inline-label-width: auto; font-size: 1.15em; max-width: 62em;
  padding: .2em 0 .6em; color: var(--jp-content-font-color1, #1a1a1a); overflow: visible; }
.ws-question .jupyter-widgets { font-size: 1em; margin: .15em 0; }
.ws-question .jupyter-widgets:not(button) { color: inherit; overflow: visible; }
.ws-question .widget-html-content, .ws-question .widget-html-content * { line-height: 1.5; font-size: 1em; }
.ws-question .widget-label { font-size: 1em; width: auto; height: auto; flex-shrink: 0; color: inherit; text-align: left;
  line-height: 1.5; padding: .25em .6em .25em 0; }
.ws-question .widget-label-basic { line-height: 1.5; font-size: 1em; height: auto; white-space: normal; color: inherit;
  overflow: visible; }
.ws-question .widget-radio-box { width: auto; padding: 0; margin: 0 0 .5em !important; }
.ws-question .widget-radio-box label, .ws-question .widget-checkbox label { display: flex; align-items: baseline; gap: .6em;
  white-space: normal; height: auto; width: auto; line-height: 1.5; font-size: 1em; margin: .2em 0; color: inherit; }
.ws-question .widget-radio-box label, .ws-question .widget-checkbox label { max-width: min(44em, 100%); }
.ws-question .widget-radio-box label { flex-direction: row-reverse; justify-content: flex-end; }
.ws-question .widget-radio > .widget-label { display: block; white-space: normal; overflow: visible; max-width: min(42em, 100%); }
.ws-question .widget-radio { flex-direction: column; width: auto; height: auto; }
.ws-question .widget-checkbox { height: auto; width: 100%; }
.ws-question input[type=radio], .ws-question input[type=checkbox] { flex: none; width: 1em; height: 1em; margin: 0;
  font-size: 1em; position: relative; top: .12em; }
.ws-question select, .ws-question input[type=text] { height: 2.1em; font-size: 1em; padding: 0 .5em; border-radius: .2em;
  border-color: var(--jp-border-color0, #6a6a6a); }
/* the stock arrow is a black picture, unseen in a dark theme */
.ws-question select { background-image: linear-gradient(45deg, transparent 50%, currentColor 50%),
  linear-gradient(135deg, currentColor 50%, transparent 50%) !important; background-repeat: no-repeat !important;
  background-size: .4em .4em !important; background-position: right .95em center, right .58em center !important;
  padding-right: 1.8em !important; color: inherit; }
.ws-question .widget-dropdown, .ws-question .widget-text { height: auto; align-items: center; }
.ws-question .ws-statement { width: 100%; border-bottom: 1px solid var(--jp-border-color2, #d0d0d0); margin: 0; padding: .3em 0; }
.ws-question .ws-statement .widget-label { white-space: normal; flex: 1 1 20em; }
.ws-question .ws-statement select { flex: 0 1 16em; }
.ws-question .ws-cell { flex-direction: column; align-items: stretch; flex: 1 1 13em; margin: 0 1.2em .4em 0; }
.ws-question > .ws-cell, .ws-question .widget-vbox > .ws-cell { flex: none; }
.ws-question .ws-cell .widget-label { padding: .1em 0; white-space: normal; }
.ws-question .ws-cell select, .ws-question .ws-cell input { flex: none; width: 100%; }
.ws-question .ws-number input { width: 10em !important; }
.ws-question p.ws-ask, .ws-question .ws-ask > .widget-label { font-weight: 600; max-width: 33em; }
.ws-question .ws-says { overflow: visible; margin: 0; }
.ws-question .ws-says > *, .ws-question .ws-details > .widget-html-content { height: auto; margin: 0; }
.ws-question .ws-status, .ws-question .ws-status * { font-size: 1.05em; font-weight: 600; }
.ws-question .ws-status > * { font-size: 1em; }
.ws-question .ws-status { min-height: 1.5em; margin: .3em 0; }
.ws-question.ws-commit .ws-status, .ws-question.ws-commit .ws-status * { font-size: 1em; font-weight: 400; }
.ws-question .ws-status:empty { min-height: 0; margin: 0; }
.ws-commit > .ws-opened:has(*) { border-left: .25em solid var(--jp-brand-color1, #1976d2); padding-left: .9em; margin: .2em 0; }
.ws-question .ws-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.ws-question textarea { font-family: var(--jp-content-font-family, system-ui, sans-serif); font-size: 1em; line-height: 1.5; padding: .4em .6em; }
.ws-question .widget-button { height: auto; width: auto; min-width: 5.5em; padding: .3em 1.1em; margin: 0; font-size: 1em;
  line-height: 1.5; border-radius: .2em; }
.ws-question button:focus-visible, .ws-question select:focus-visible, .ws-question input:focus-visible,
.ws-question textarea:focus-visible { outline: .2em solid var(--jp-brand-color1, #1976d2) !important; outline-offset: .1em; }
.ws-question .widget-inline-hbox > select, .ws-question .widget-inline-hbox > input[type=text] { min-width: 0; }
.ws-question .widget-hbox { gap: 0 1em; }
.ws-question pre { white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere; margin: .2em 0; padding: .4em .7em;
  border: 1px solid var(--jp-border-color2, #d0d0d0); border-radius: .2em; background: transparent; color: inherit; }
.ws-question .ws-code .widget-html-content, .ws-question .ws-code .widget-html-content * { font-size: .97em; }
.ws-question .ws table.ws-t { width: auto; min-width: min(28em, 100%); }
/* at 200 % zoom a table breaks its words before it reaches over the edge */
@media (max-width: 50em) { .ws-question .ws table.ws-t :is(th, td) { overflow-wrap: anywhere; padding: .3em .35em; } }
</style>"""
)


def menu(description, options, width="auto", look="", tooltip="", of=""):
    """A drop-down that begins with no choice.

    Parameters
    ----------
    description : str
        Its label; it stands before the field and is read out with it.
    options : iterable
        Values, or (shown, value) pairs. No choice is the empty text.
    width : str
        A CSS width.
    look : str
        ``"ws-statement"`` (a whole sentence as label, the field at the right), ``"ws-cell"`` (label
        above, several in a row), or nothing.
    tooltip : str
        More about the field, for whoever points at it.
    of : str
        What it is a field of, where that stands in a heading above: read out before the label, not
        shown.

    Returns
    -------
    ipywidgets.Dropdown
    """
    pairs = [option if isinstance(option, tuple) else (option, option) for option in options]
    made = w.Dropdown(
        options=[(CHOOSE, ""), *pairs], value="", **_label(description, of), **shape(width, tooltip)
    )
    return made.add_class(look) if look else made


def line(description, width="auto", look="", tooltip="", of=""):
    """A line to type in; parameters as for :func:`menu`."""
    made = w.Text(**_label(description, of), **shape(width, tooltip))
    return made.add_class(look) if look else made


def area(description, rows=5, of=""):
    """A field for several lines, its label above it; ``of`` as for :func:`menu`."""
    return w.Textarea(rows=rows, **_label(description, of), **shape("100%")).add_class("ws-cell")


def _label(description, of):
    if not of:
        return {"description": description}
    unseen = f'<span class="ws-unseen">{html.escape(of)}: </span>'
    allowed = {"description_allow_html": True} if EIGHT else {}  # 7 shows it unasked
    return {"description": unseen + html.escape(description), **allowed}


def shape(width="auto", tooltip=""):
    """The keywords that every field shares: width, a label as wide as its words, a tooltip."""
    # without a tooltip of its own a label gets the title "null"
    return {
        "layout": {"width": width, "max_width": "100%"},
        "style": {"description_width": "initial"},
        "tooltip" if EIGHT else "description_tooltip": tooltip,
    }


def fill(widget, value):
    """Fill a field from a saved answer, unless the value is none that it takes any more."""
    if isinstance(widget, (w.Dropdown, w.RadioButtons)):
        if value in [v for _, v in widget.options]:
            widget.value = value
    elif not is_blank(value):
        widget.value = str(value)
