"""The widgets of the kit on paper: what stands in a page that runs nothing, and can be printed.

Each widget has a plain twin that shows the same as HTML; what is filled in by hand gets room to
write. A widget that is not listed in :data:`TWINS` appears as its text.
"""

import html

from ..evidence import cards
from ..evidence.poster import SIGNS, sign_and_words
from ..exercise.kind import lines, spaced, table, ticks
from ..exercise.kinds import kind_of
from ..exercise.render import prompt_markdown
from ..learner.visits import FIELDS
from ..memo.page import ASKS, SECTIONS
from ..view.grave import told
from .markdown import markdown


def on_paper(widget) -> tuple[str, str]:
    """What stands on paper for a widget: what it does in the notebook, and HTML for the same.

    The first is a sentence, or empty where there is nothing to say.
    """
    name = type(widget).__name__
    twin = TWINS.get(name, lambda one: f"<pre>{html.escape(repr(one))}</pre>")
    return SAYS.get(name, ""), twin(widget)


def question(spec, prompt: str = "") -> str:
    """A question with its options, and room for the answer.

    ``spec`` is the question as its checks file has it; answers are sealed there and stay so.
    ``prompt`` is HTML to stand above it, where the page does not have the prompt already.
    """
    return f'<div class="answer">{prompt}{kind_of(spec).paper(spec)}</div>'


def _of_question(box):
    spec = box.question.spec
    # one level down: it stands inside a section of the lesson
    prompt = markdown("#" + prompt_markdown(spec)) if box.prompted else ""
    return question(spec, prompt)


def _of_card(box):
    card = box.card
    shown_by = "; ".join(cards.EVIDENCE.values())
    rows = [[cards.FIELDS[f], "; ".join(cards.options(card.case, f)), "", ""] for f in card.fields]
    caption = f"Source card to fill in: {card.headline}, {card.place}. Shown by one of: {shown_by}"
    return table(["question", "possible answers", "your answer", "shown by"], rows, caption)


def _of_commit(box):
    """The question with room for the answer; the end of the page has what stands behind it."""
    commit = box.commit
    above = f'<div class="ws">{commit.show.html()}</div>' if commit.show else ""
    parts = [f"<p><strong>{html.escape(commit.ask)}</strong></p>"]
    for label, kind in commit.fields.items():
        if isinstance(kind, list):
            parts.append(f"<p>{html.escape(label)}</p>" * bool(label) + ticks(kind, "○"))
        else:
            parts.append(lines(2, label))
    if commit.sure:
        parts.append("<p>How sure are you, from 0 to 100 %? ______</p>")
    return f'{above}<div class="answer">{"".join(parts)}</div>'


def answers_of(widget) -> str:
    """What stands behind a question, for the end of a page; empty for every other widget."""
    name = type(widget).__name__
    if name == "PosterBox":
        return f"<h3>What each says on the claim</h3>{widget.opens()}"
    if name != "CommitBox":
        return ""
    behind = widget.opens()
    return f"<h3>{html.escape(widget.commit.ask)}</h3>{behind}" if behind else ""


def _of_poster(box):
    """The poster with room in every cell that is to be guessed."""
    poster = box.poster
    rows = [[told(words or "") for words in row.values()] for row in poster.table().rows]
    words = "; ".join(sign_and_words(stance) for stance in SIGNS)
    caption = f"What does each say on the claim? In each empty cell one of: {words}"
    return table(["claim", *poster.voices], rows, caption, of_rows=False)


def _of_marker(box):
    marking = box.marking
    done = marking.html() if marking.state["marks"] else ""
    return f"<p><strong>{html.escape(marking.title)}</strong></p>{spaced(marking.text)}{done}"


def _of_memo(box):
    claims = ticks((box.ticks[claim].description for claim in box.ticks), "☐")
    parts = (
        f"<p><strong>{html.escape(SECTIONS.get(part, 'Each claim'))}</strong></p>"
        f"{lines(6, ASKS[part])}"
        for part in ("summary", "claim", "limits", "changed")
    )
    return f"<p>Tick three to five claims:</p>{claims}{''.join(parts)}"


# a widget's class, by its name, so that none is imported for a page that has none -> HTML for it
TWINS = {
    "CardBox": _of_card,
    "CommitBox": _of_commit,
    "DeskBox": lambda box: box.desk.html(),
    "HandInBox": lambda box: "",
    "KeptBox": lambda box: lines(3),
    "LineUpBox": lambda box: box.lined_up.html(),
    "MemoBox": _of_memo,
    "PagesBox": lambda box: box.pages.html(),
    "PasteBox": lambda box: "",
    "PosterBox": _of_poster,
    "QuestionBox": _of_question,
    "QuotationCardBox": lambda box: "".join(card.html() for card in box.cards.values()),
    "SideBySideBox": lambda box: box.columns.beside.html(),
    "SpanMarker": _of_marker,
    "VisitForm": lambda box: "".join(lines(2, f"{ask}:") for ask in FIELDS.values()),
}
# and what it does in the notebook, where that is to be said
SAYS = {
    "DeskBox": "In the notebook a case is made on these pages, from texts of your own.",
    "HandInBox": "In the notebook: a button that writes one file for the teacher.",
    "KeptBox": "In the notebook your first answer and your last one stand here.",
    "LineUpBox": "In the notebook any two of these numbers can be compared or added.",
    "MemoBox": "In the notebook the evidence on each claim opens, the memo is saved, checked and"
    " exported.",
    "PasteBox": "In the notebook: a field for a text of your own. It says what it shares with the"
    " case.",
    "QuotationCardBox": "In the notebook any two wordings of a card can be laid over each other.",
    "SideBySideBox": "In the notebook the two texts can be filtered, and what was changed shown at"
    " a switch.",
    "SpanMarker": "In the notebook the words are marked by mouse or keyboard, with undo and a"
    " check.",
}
