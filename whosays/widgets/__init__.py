"""The faces: fields and buttons for the views of the other packages, one file a face.

A view never imports its face. ``View.widget()`` asks :func:`face` here, which knows the face of
each view by the view's name and loads it when it is first used. A new face is one new file and one
line in :data:`FACES`.
"""

from collections.abc import Callable
from importlib import import_module

# the view's module and class -> the module of its face here, and the face
FACES = {
    "evidence.cards.SourceCard": ("source_card", "CardBox"),
    "evidence.marking.Marking": ("span_marker", "SpanMarker"),
    "evidence.poster.Poster": ("poster", "PosterBox"),
    "evidence.quotations.CardDesk": ("quotation_card", "QuotationCardBox"),
    "evidence.side_by_side.Pasted": ("side_by_side", "PasteBox"),
    "evidence.side_by_side.SideBySide": ("side_by_side", "SideBySideBox"),
    "exercise.my_work.MyWork": ("commit", "KeptBox"),
    "exercise.question.Feedback": ("question", "feedback_widget"),
    "exercise.question.Question": ("question", "question_widget"),
    "figures.lineup.LineUp": ("line_up", "LineUpBox"),
    "learner.commit.Commit": ("commit", "CommitBox"),
    "learner.commit.LookBack": ("commit", "KeptBox"),
    "learner.kept_words.KeptWords": ("commit", "KeptBox"),
    "learner.hand_in.HandIn": ("hand_in", "HandInBox"),
    "learner.visits.VisitLog": ("visits", "VisitForm"),
    "newcase.desk.Desk": ("desk", "DeskBox"),
    "memo.page.Memo": ("memo", "kept_memo"),
    "view.show.PagesView": ("pages", "PagesBox"),
}


def face(view) -> Callable | type:
    """What makes the widget of a view, called with the view and with what its face takes besides.

    Raises TypeError when no face is registered for the view's class or one that it is made from.
    """
    for kind in type(view).__mro__:
        name = f"{kind.__module__.partition('.')[2]}.{kind.__qualname__}"
        if name in FACES:
            module, face_class = FACES[name]
            return getattr(import_module(f".{module}", __name__), face_class)
    raise TypeError(f"There are no fields for {type(view).__name__}: show it as it is.")


def warned(view, box):
    """The widget of a view; the view's warning, where it has one, stands first in it."""
    import ipywidgets

    warning = getattr(view, "warning", str)()
    if warning and isinstance(box, ipywidgets.Box):
        box.children = (ipywidgets.HTML(warning), *box.children)
    return box
