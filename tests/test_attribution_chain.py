"""Relay chains: outlet, agency, document, person, and how each is known."""

from whosays.attribution import Document, read, relay_chain

PIECE = """Islands film released

The Harbour Board has produced a short film about the ferry, Sea Press Agency has reported.

The film states that the ferry lost a million crowns. It concludes by noting that the crew had left.

Its author, Marta Lowry Quill, said that the ferry was old. She said nobody complained.

Quill claimed the director told her that the boat had sunk.
"""
AGENTS = (
    {
        "agent_id": "harbour-board",
        "name": "the Harbour Board",
        "aliases": ("Board of the Harbour",),
    },
    {"agent_id": "sea-press", "name": "Sea Press Agency", "aliases": ("SPA",)},
    {"agent_id": "echo", "name": "Quayside Echo", "aliases": None},
)


def chain_of(cue, content="", document=None):
    document = document or Document(PIECE, outlet="Quayside Echo", agents=AGENTS)
    readings = read(document.text, "all")
    reading = next(a for a in readings if a.text("cue") == cue and content in a.text("content"))
    return [tuple(step) for step in relay_chain(reading, document)]


def test_outlet_agency_maker_document():
    assert chain_of("states") == [
        ("echo", "masthead"),
        ("sea-press", "earlier"),
        ("harbour-board", "earlier"),
        ("The film", "explicit"),
    ]


def test_pronoun_is_named_earlier():
    assert chain_of("concludes by noting")[-1] == ("The film", "earlier")
    assert chain_of("said", "nobody complained")[-1][1] == "earlier"
    assert "Quill" in chain_of("said", "nobody complained")[-1][0]


def test_surname_is_given_its_full_name():
    assert ("Marta Lowry Quill", "explicit") in chain_of("claimed")


def test_nesting_runs_inward():
    chain = chain_of("told", "the boat had sunk")
    agents = [agent for agent, _ in chain]
    assert agents.index("Marta Lowry Quill") < agents.index("the director")


def test_dateline_is_a_credit():
    text = "SANDVAR (AP) — The mayor said that the boat was late."
    assert chain_of("said", document=Document(text, outlet="The Echo")) == [
        ("The Echo", "masthead"),
        ("AP", "masthead"),
        ("The mayor", "explicit"),
    ]


def test_passive_points_back_to_the_last_speaker():
    text = "The film states that the boat sank. It is noted that the crew had left."
    assert chain_of("is noted", document=Document(text)) == [("The film", "inferred")]


def test_an_article_has_a_paper_and_a_writer():
    text = (
        'The "Echo" has published an article by harbour expert Dr. Ada Quill headlined "Boats". '
        "The article says that the boat sank."
    )
    assert chain_of("says", document=Document(text)) == [
        ('The "Echo"', "earlier"),
        ("harbour expert Dr. Ada Quill", "earlier"),
        ("The article", "explicit"),
    ]


def test_facts_have_no_voice():
    text = "Numerous facts show that the boat sank."
    assert chain_of("show", document=Document(text)) == []


def test_she_is_whoever_was_told_of_and_no_police():
    text = (
        "The police said that the square was calm. A nurse carried five people out. "
        '"Nobody had eyes like that," she said. A resident said that the bridge was closed. '
        'The council denied that it was closed. "We walked for hours," she said.'
    )
    assert chain_of("said", "Nobody", Document(text)) == [("A nurse", "earlier")]
    assert chain_of("said", "hours", Document(text)) == [("A resident", "earlier")]
