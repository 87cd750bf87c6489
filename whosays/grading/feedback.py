"""A page for each student: what was right, what was not and why, and both ways."""

import html

from ..exercise.kinds import kind_of
from ..exercise.render import points as points_words
from ..exercise.score import both_ways_sentences, both_ways_table
from ..learner.verdict import BLANK, NOT_YET, PARTLY, SIGNS, UNREADABLE
from ..view.show import TableView
from . import row as states
from .alike import ABOUT_OTHERS
from .gradebook import marks
from .page import bullets, page, paragraph, table
from .words import WORDS


def feedback_page(row, key, explain: bool = False) -> str:
    """The page for one student: HTML without script and without anything from elsewhere.

    The row has the marks of free texts filled in, the key is of its set; what a student wrote is
    escaped. ``explain`` shows the explanations. They give answers away: for after the last day.
    """
    total = marks(row)
    body = [paragraph(row.student, "quiet")]
    lead = f"{total.points:g} of {points_words(total.of)}"
    if total.waiting:
        wait = "s wait" if total.waiting > 1 else " waits"
        lead += f"; {total.waiting} text{wait} for your teacher's marks"
    body.append(paragraph(lead + ".", "lead"))
    if words := WORDS["status"].get(row.status):
        body.append(f'<div class="note">{paragraph(words)}{bullets(_told(row))}</div>')
    titles = {question["id"]: question["title"] for question in key.questions}
    if row.status not in (*states.TO_LOOK_AT, states.NOTHING):
        body.append(_overview(row, titles))
        body += _both_ways(row)
        for question in key.questions:
            body += _question(question, row.questions[question["id"]], explain)
    return page(f"Feedback on {key.title}", body)


def _told(row):
    """The flags that are for the student: not those about other students."""
    return [flag for flag in row.flags if not flag.startswith(ABOUT_OTHERS)]


def _sign(entry):
    if entry.by_hand and entry.status != BLANK:
        return (
            "✎ marked by your teacher" if entry.points is not None else "✎ waits for your teacher"
        )
    return SIGNS.get(entry.status, entry.status)


def _points(entry):
    return f"{'-' if entry.points is None else format(entry.points, 'g')} of {entry.of:g}"


def _overview(row, titles):
    rows = [
        (f"{identity} {titles[identity]}", _sign(entry), _points(entry))
        for identity, entry in row.questions.items()
    ]
    return table("Question by question", ("question", "outcome", "points"), rows)


def _both_ways(row):
    if not any(row.beliefs.values()):
        return []
    words = both_ways_sentences(row.beliefs, row.balanced_accuracy)
    return [both_ways_table(row.beliefs).html(), *map(paragraph, words)]


def _question(question, entry, explain):
    """The section of one question; nothing where the overview has said it all."""
    sentences = [*entry.notes, *entry.say]
    told = bullets(entry.say if entry.by_hand else sentences)
    parts = _parts(question, entry)
    own = entry.answer if entry.by_hand else ""
    if not (told or parts or own or explain):
        return
    yield f"<h2>{html.escape(question['id'])} {html.escape(question['title'])}</h2>"
    yield paragraph(f"{_sign(entry)}; {_points(entry)}", "quiet")
    yield told
    yield parts
    if own:
        yield f"<blockquote>{html.escape(own)}</blockquote>"
    if entry.comment:
        yield f"<p><strong>Your teacher:</strong> {html.escape(entry.comment)}</p>"
    if explain:
        yield f'<div class="note">{paragraph(question["explain"].strip())}</div>'


def _parts(question, entry):
    """The parts of an answer that is not all right, each with the words it is about."""
    parts = [part for part in entry.parts if part.status or part.say]
    if entry.by_hand or entry.status not in (PARTLY, NOT_YET, UNREADABLE) or len(parts) < 2:
        return ""
    rows = kind_of(question).feedback_rows(question, parts)
    return TableView(rows, list(rows[0]), "Part by part").html()
