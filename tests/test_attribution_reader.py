"""The first-pass reader: constructions, modes, nesting, robustness. Every example here was written for it."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.attribution import MODES, lexicon, read


def found(text, setting="all"):
    return [
        (a.text("source"), a.text("cue"), a.text("content"), a.mode) for a in read(text, setting)
    ]


def one(text, setting="all"):
    readings = found(text, setting)
    assert len(readings) == 1, readings
    return readings[0]


STATEMENTS = [
    ('"The boat is late," the harbour master said.', "the harbour master", "said", '"The boat is late,"', "direct"),
    ('"The boat is late," said Oda Finch, a teacher from Sandvar.', "Oda Finch, a teacher from Sandvar", "said",
     '"The boat is late,"', "direct"),
    ("“The boat is late,” said Oda Finch.", "Oda Finch", "said", "“The boat is late,”", "direct"),
    ("''The boat is late,'' said Oda Finch.", "Oda Finch", "said", "''The boat is late,''", "direct"),
    ('Finch wrote: "The boat is late."', "Finch", "wrote", '"The boat is late."', "direct"),
    ("The company said that the boat would sail again.", "The company", "said", "that the boat would sail again", "indirect"),
    ("The company said the boat would sail again.", "The company", "said", "the boat would sail again", "indirect"),
    ('The company said the winter had been "the best of all".', "The company", "said",
     'the winter had been "the best of all"', "mixed"),
    ("The boat will sail again, the company announced.", "the company", "announced", "The boat will sail again", "indirect"),
    ("According to the harbour master, the boat was late.", "the harbour master", "According to", "the boat was late", "indirect"),
    ("The boat was late, according to the harbour master.", "the harbour master", "according to", "The boat was late", "indirect"),
    ("As the Echo reported, the boat was late.", "the Echo", "reported", "the boat was late", "indirect"),
    ("In the program, the journalist states that the boat sank.", "the journalist", "states", "that the boat sank", "indirect"),
    ("In the director's view, the boat is too old.", "the director's", "In the director's view", "the boat is too old", "indirect"),
    ("Finch, who teaches at the school, said the boat was late.", "Finch", "said", "the boat was late", "indirect"),
    ("The harbour master told reporters on Friday that the boat had sunk.", "The harbour master", "told", "that the boat had sunk", "indirect"),
    ("It concludes by noting that the boat is old.", "It", "concludes by noting", "that the boat is old", "indirect"),
    ("She went on to say that the boat is old.", "She", "went on to say", "that the boat is old", "indirect"),
    ("The director asked whether the boat had sailed.", "The director", "asked", "whether the boat had sailed", "indirect"),
    ('The statement reads: "The boat was late."', "The statement", "reads", '"The boat was late."', "direct"),
    ("Poll: Most islanders want the late boat", "Poll", ":", "Most islanders want the late boat", "indirect"),
]  # fmt: skip


@pytest.mark.parametrize("text, source, cue, content, mode", STATEMENTS)
def test_statement(text, source, cue, content, mode):
    assert one(text, "statements") == (source, cue, content, mode)


NARRATIVES = [
    ("The council condemned the invasion.", "The council", "condemned", "the invasion", "narrative_report"),
    ("The company promised to keep the late boat.", "The company", "promised", "to keep the late boat", "narrative_report"),
    ("The mayor called for a new timetable.", "The mayor", "called for", "a new timetable", "narrative_report"),
    ("The report draws attention to the empty cabins.", "The report", "draws attention to", "the empty cabins", "narrative_report"),
    ("The plan was criticised by the association.", "the association", "was criticised by", "The plan", "narrative_report"),
    ("The boat is expected to sail again.", "", "is expected", "The boat to sail again", "passive_no_source"),
]  # fmt: skip


@pytest.mark.parametrize("text, source, cue, content, mode", NARRATIVES)
def test_narrative_report_is_read_in_all_only(text, source, cue, content, mode):
    assert one(text) == (source, cue, content, mode)
    assert not found(text, "statements")


def test_passive_without_source():
    source, cue, content, mode = one("It is noted that the boat was late.", "statements")
    assert (source, cue, mode) == ("", "is noted", "passive_no_source")
    assert content == "that the boat was late"


def test_hedge():
    source, cue, content, mode = one("Some of them reportedly left on the late boat.", "statements")
    assert (source, cue, mode) == ("", "reportedly", "hedged")
    assert content == "Some of them left on the late boat"


def test_scare_quotes_in_all_only():
    text = 'They filled in the "survey" that winter and left.'
    assert one(text)[3] == "scare_quotes"
    assert not found(text, "statements")


def test_quotation_without_a_speaker_is_unattributed():
    assert one('"Nobody came to the harbour that night."')[3] == "unattributed"


def test_nesting_gives_a_parent():
    text = "According to the Echo, the director said that the boat was late."
    outer, inner = read(text)
    assert outer.text("source") == "the Echo" and outer.parent is None
    assert inner.text("source") == "the director" and inner.parent is outer


@pytest.mark.parametrize(
    "text, inner, outer",
    [
        (
            "The minister claimed that, according to the survey, the town was calm.",
            "survey",
            "minister",
        ),
        ('"The report says that nobody knew," Petra Vane told them.', "report", "Petra Vane"),
        ('"Startled I think by the noise, the crew left," Moll said.', "I", "Moll"),
        ('"A guard emailed us talking about the open gate," the firm said.', "A guard", "firm"),
        ('"The driver lied to us that the road was clear," Moll said.', "driver", "Moll"),
        ("The paper said he was accused of lying, and that the firm would sue.", None, "paper"),
    ],
)
def test_what_is_told_inside_a_report(text, inner, outer):
    found = read(text)
    told = [(a.text("source"), a.parent.text("source")) for a in found if a.parent is not None]
    assert len(told) == (inner is not None)
    assert all(inner in source and outer in parent for source, parent in told)


def test_statement_inside_a_quotation_has_the_quotation_as_parent():
    text = '"My neighbour told me that the boat had sunk in the night," said Oda Finch.'
    outer = next(a for a in read(text) if a.text("source") == "Oda Finch")
    inner = next(a for a in read(text) if a.text("source") == "My neighbour")
    assert (
        inner.parent is not None
        and inner.parent.text("source") == "Oda Finch"
        and outer.parent is None
    )


def test_quotation_goes_on_after_the_cue_and_in_the_next_sentence():
    text = '"We cannot go on," said Solane. "The council must help. It can."'
    assert one(text)[2] == '"We cannot go on," "The council must help. It can."'


def test_quotation_over_paragraphs_with_a_mark_at_each_head():
    text = "“The boat was late,” Finch said.\n\n“It was cold. Nobody complained.”"
    assert one(text)[2] == "“The boat was late,” “It was cold. Nobody complained.”"


def test_quotation_over_paragraphs_with_one_opening_mark():
    text = "Finch described the night, saying, “The boat was late.\n\nIt was cold.\n\nNobody complained. ”\n\nThe end came soon."
    reading = next(a for a in read(text) if a.text("cue") == "saying")
    assert reading.text("source") == "Finch"
    assert reading.text("content").endswith("Nobody complained. ”")


def test_quotation_left_open_ends_with_its_paragraph():
    text = "Finch said: “The boat was late. It was cold.\n\nThe harbour was empty."
    source, _, content, mode = one(text)
    assert (source, mode) == ("Finch", "direct")
    assert content == "“The boat was late. It was cold."


def test_quotation_announced_at_the_end_of_a_paragraph():
    assert one("Finch said:\n\n“The boat was late.”")[2] == "“The boat was late.”"


def test_text_inside_one_long_quotation_is_read():
    text = 'The article reads: "The boat was late. The director said that the crew had left.\n\nIt was cold, "very cold", that night."'
    readings = read(text)
    assert readings[0].text("source") == "The article"
    director = next(a for a in readings if a.text("source") == "The director")
    assert director.parent is readings[0]


def test_a_quote_from_somebody_inside_a_film():
    text = "The film presents a quote from Captain Rook, who was then in command: “We left them on the quay.”"
    film, captain = read(text, "all")
    assert (film.text("source"), film.mode) == ("The film", "mixed")
    assert (captain.text("source"), captain.mode, captain.parent) == (
        "Captain Rook",
        "direct",
        film,
    )


def test_participle_shares_the_subject():
    sources = [
        a.text("source")
        for a in read('Finch condemned the plan, saying that it was "a joke".', "all")
        if a.parent is None
    ]
    assert sources == ["Finch", "Finch"]


def test_title_of_a_programme_is_no_quotation():
    assert one('The Echo said that the show "Good Morning Harbour" had ended.')[3] == "indirect"


@pytest.mark.parametrize(
    "text", ["The report was long.", "She ran home.", "The claims office is closed.", ""]
)
def test_nothing_to_find(text):
    assert found(text) == []


def test_unknown_setting_is_named():
    with pytest.raises(ValueError, match=r"'everything'.*'statements', 'all'"):
        read("a", "everything")


def test_a_file_is_no_text():
    with pytest.raises(TypeError, match="string"):
        read(b"bytes")


# --- whatever comes ------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        '"',
        "“",
        "”",
        "''",
        "'",
        "‘",
        "’",
        "«",
        "»",
        ":",
        ";",
        ",",
        ".",
        "—",
        "(",
        ")",
        "?",
        "\n",
        "\n\n",
        "\r\n",
        "\u2028",
        " ",
        "said",
        "told",
        "according",
        "to",
        "that",
        "It",
        "is",
        "noted",
        "As",
        "by",
        "who",
        "which",
        "whom",
        "seems",
        "asked",
        "whether",
        "X",
        "the",
        "reportedly",
        "For",
        "in",
        "view",
        "of",
        "Ходжалы",
        "сказал",
        "😀",
        "\x00",
        "�",
        "Mr.",
        "U.S.",
        "1992",
        "don't",
        "’s",
        "Smith",
        "boat",
        "was",
        "late",
        "and",
    ]
)


def check(text, setting):
    for reading in read(text, setting):
        assert reading.content and reading.mode in MODES and 0 < reading.confidence <= 1
        for role in ("source", "cue", "content"):
            for span in getattr(reading, role):
                assert 0 <= span.start < span.end <= len(text)
                assert span.text == text[span.start : span.end]
        seen, node = set(), reading
        while node is not None:
            assert id(node) not in seen
            seen.add(id(node))
            node = node.parent


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PIECES, max_size=60),
    st.sampled_from(["", " "]),
    st.sampled_from(["statements", "all"]),
)
def test_no_text_makes_it_raise(pieces, joint, setting):
    check(joint.join(pieces), setting)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_no_characters_make_it_raise(text):
    check(text, "all")


@pytest.mark.parametrize(
    "text",
    [
        '"' * 501,
        "“" * 500,
        "”" * 500,
        "(" * 500,
        "said " * 500,
        ": " * 500,
        "😀" * 500,
        "''" * 501,
        "‘“" * 300,
    ],
)
def test_monotonous_texts(text):
    check(text, "all")


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["word said that ", "X, said, ", "“a ", "a b c d\n"])
def test_a_quarter_of_a_million_characters(unit):
    check(unit * (250_000 // len(unit)), "all")


def test_work_grows_with_length_only():
    # counted, not timed: every sentence handed to the grammar is short, however long the text
    from whosays.attribution import tokens

    text = "he said that she went home and " * 2000
    parts = tokens.sentences(list(tokens.words(text, 0, len(text))), lambda token: False)
    assert max(map(len, parts)) <= tokens.LONGEST
    assert sum(map(len, parts)) == len(text.split())


def test_every_list_of_words_is_asked_for():
    package = Path(lexicon.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    words = tomllib.loads((package / "lexicon.toml").read_text(encoding="utf-8"))["words"]
    unused = [
        name for name in words if f"lx.{name.upper()}" not in code and f'"{name}"' not in code
    ]
    assert not unused
