"""Fields for every widget of the kit: stock ipywidgets, kept away from their traps, in one look.

The look is that of ``static/question.css`` and holds inside a :class:`~whosays.widgets.box.Box`.
"""

import html
from pathlib import Path

import ipywidgets as w

from ..exercise.plain import is_blank
from ..learner.course import LINES
from ..view.view import STYLE

STATIC = Path(__file__).parent / "static"
CHOOSE = "choose …"
EIGHT = hasattr(w.Dropdown, "tooltip")  # ipywidgets 7 is Google Colab's

LOOK = f"{STYLE}{LINES}<style>{(STATIC / 'question.css').read_text(encoding='utf-8')}</style>"


class AsText:
    """A widget that stands as its own words where widgets cannot be shown."""

    def _repr_mimebundle_(self, **kwargs):
        # ipywidgets 7 (Google Colab) has no such method: it shows itself, text included
        bundle = getattr(super(), "_repr_mimebundle_", dict)(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**(data or {}), "text/plain": repr(self)}, metadata


def esm(name: str) -> str:
    """The ES module of a face: what all of them share, and its own."""
    return "".join((STATIC / f"{part}.js").read_text(encoding="utf-8") for part in ("dom", name))


def menu(
    description: str,
    options,
    width: str = "auto",
    look: str = "",
    tooltip: str = "",
    of="",
    value="",
):
    """A drop-down that begins with no choice, which is the empty text, or with ``value``.

    The description stands before the field and is read out with it; the options are values, pairs
    of what is shown and a value, or a mapping of values to what is shown; the width is one of CSS.
    ``look`` is ``"ws-statement"`` (a
    whole sentence as label, the field at the right), ``"ws-cell"`` (label above, several in a row),
    or nothing. ``tooltip`` is for whoever points at the field. ``of`` is what it is a field of,
    where that stands in a heading above: read out before the label, not shown.
    """
    if isinstance(options, dict):
        options = [(words, key) for key, words in options.items()]
    pairs = [option if isinstance(option, tuple) else (option, option) for option in options]
    field = w.Dropdown(
        options=[(CHOOSE, ""), *pairs],
        value=value,
        **_label(description, of),
        **shape(width, tooltip),
    )
    return field.add_class(look) if look else field


def line(description: str, width: str = "auto", look: str = "", tooltip: str = "", of="", value=""):
    """A line to type in; parameters as for :func:`menu`."""
    field = w.Text(value=value, **_label(description, of), **shape(width, tooltip))
    return field.add_class(look) if look else field


def area(description: str, rows: int = 5, of=""):
    """A field for several lines, its label above it; ``of`` as for :func:`menu`."""
    return w.Textarea(rows=rows, **_label(description, of), **shape("100%")).add_class("ws-cell")


def radios(description: str, options, width: str = "100%"):
    """Options to choose one of, none to begin with; pairs as for :func:`menu`."""
    return w.RadioButtons(options=options, value=None, description=description, **shape(width))


def tick(description: str, value=False):
    """A box to tick, its words at its right."""
    return w.Checkbox(description=description, indent=False, value=value, **shape("100%"))


def button(description: str, work, main: bool = False, tooltip: str = ""):
    """A button as wide as its words; ``work`` is called without arguments when it is pressed.

    One button of a widget is the ``main`` one; ``tooltip`` says more than its words.
    """
    field = w.Button(
        description=description,
        button_style="primary" if main else "",
        tooltip=tooltip or description,
        layout={"align_self": "flex-start"},
    )
    field.on_click(lambda _: work())
    return field


def buttons(*made):
    """Buttons beside each other."""
    return w.HBox(made, layout={"margin": "0.8em 0 0.3em 0"})


def beside(*parts, **layout):
    """Parts beside one another where there is room, else one below the other."""
    wide = {"width": "100%", "overflow": "visible"} | layout
    return w.HBox(parts, layout=w.Layout(flex_flow="row wrap", **wide))


def watch(work, *watched) -> None:
    """Call ``work`` without arguments whenever one of some fields is filled in otherwise."""
    for field in watched:
        field.observe(lambda _: work(), names="value")


def framed(inner: str) -> str:
    """HTML in the kit's look; nothing stays nothing."""
    return f'<div class="ws">{inner}</div>' if inner else ""


def _label(description, of):
    if not of:
        return {"description": description}
    unseen = f'<span class="ws-unseen">{html.escape(of)}: </span>'
    allowed = {"description_allow_html": True} if EIGHT else {}  # 7 shows it unasked
    return {"description": unseen + html.escape(description), **allowed}


def shape(width: str = "auto", tooltip: str = "") -> dict:
    """The keywords that every field shares: width, a label as wide as its words, a tooltip."""
    # without a tooltip of its own a label gets the title "null"
    return {
        "layout": {"width": width, "max_width": "100%"},
        "style": {"description_width": "initial"},
        "tooltip" if EIGHT else "description_tooltip": tooltip,
    }


def fill(widget, value) -> None:
    """Fill a field from a saved answer, unless the value is none that it takes any more."""
    if isinstance(widget, (w.Dropdown, w.RadioButtons)):
        if value in [v for _, v in widget.options]:
            widget.value = value
    elif not is_blank(value):
        widget.value = str(value)
