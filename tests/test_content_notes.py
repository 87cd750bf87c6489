"""No content note names less than its page can show."""

import json
from pathlib import Path

import pytest
from content_notes import missing, note_of

ROOT = Path(__file__).parents[1]
PAGES = [
    path
    for folder in ("notebooks", "solutions", "exercises")
    for path in sorted((ROOT / folder).glob("*.ipynb"))
    if "ferry" not in path.name and not path.name.startswith("08")
]


def cells_of(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_note_names_what_its_page_can_show(path):
    assert missing(cells_of(path), int(path.name[:2])) == []


def page(note, code):
    return [
        {"cell_type": "markdown", "source": [f"> **Content note.** {note}"]},
        {"cell_type": "code", "source": [code]},
    ]


@pytest.mark.parametrize(
    "number,note,code,says",
    [
        (4, "It is about a ferry.", 'show.row(case, "figures/f-000-613")', "killing"),
        (4, "A massacre.", 'show.row(case, "figures/memorial-181-children")', "children"),
        (4, "A massacre, cruel.", 'what_was_found(case, "cruelty-56")', "not before lesson 05"),
        (5, "People killed; children, wounded.", 'show.row(case, "findings/melkonian-knives")', "cruelty"),
        (5, "People killed; children, wounded. No cruelty is shown.", 'quotation_card(case, "melkonian-1")', "cruelty"),
        (6, "People killed; children, wounded.", "tree.widget()", "cruelty"),
    ],
)  # fmt: skip
def test_a_note_that_says_less_is_found(number, note, code, says):
    found = missing(page(note, code), number)
    assert any(says in sentence for sentence in found), found


def test_a_note_that_says_enough_passes():
    note = "People killed, children among them, others wounded; a cruel detail opens on request."
    assert missing(page(note, 'show.row(case, "findings/melkonian-knives")'), 5) == []
    assert note_of(page(note, "")).strip() == note
