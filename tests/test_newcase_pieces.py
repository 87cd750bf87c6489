"""Where pieces begin, and what a head says: what stands there is taken, what does not stays empty."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.newcase.pieces import date_in, masked, pieces
from whosays.newcase.texts import ReadText

BODY = "The ferry between the town and the island was late again on Tuesday, and the company did not say why.\n"


def read(text, headings=(), **facts):
    return pieces(ReadText("a.txt", text, list(headings), facts))


@pytest.mark.parametrize(
    "words, date",
    [
        ("Tuesday 9 April 2024, 10:00", "2024-04-09"),
        ("April 9th, 2024", "2024-04-09"),
        ("on 2024-04-09T10:00", "2024-04-09"),
        ("9.4.2024", "2024-04-09"),
        ("Count at the quay, February 2024", "2024-02"),
        ("Spring 2024", "2024"),
        ("3/4/2024", None),
        ("13/05/2021", "2021-05-13"),
        ("5-May-2021", "2021-05-05"),
        ("31 February 2024", None),
        ("room 2024", None),
    ],
)
def test_a_date_is_as_exact_as_it_stands(words, date):
    found = date_in(words)
    assert (found and found[0]) == date
    if found:
        assert words[found[1] : found[2]].strip()


HEADS = {
    "masthead": ("THE COURIER\nTuesday 9 April 2024, 10:00\n\nMore boats by day\nBy Nils Arbery\n\n", "THE COURIER", "Nils Arbery"),
    "one line": ("Radio Lantern, 9 April 2024, 10:00\n\nMore boats by day\nNils Arbery\n\n", "Radio Lantern", "Nils Arbery"),
    "below": ("More boats by day\n\nBy Nils Arbery, transport editor\nThe Courier, 9 April 2024, 10:00\n\n", "The Courier", "Nils Arbery"),
    "archive": (
        "The Evening Bearer\n\nApril 9, 2024 Tuesday\nFinal Edition\n\nMore boats by day\n\nBYLINE: Nils Arbery; Transport Editor\n\nSECTION: NEWS; Pg. 4\n\nLENGTH: 21 words\n\n",
        "The Evening Bearer", "Nils Arbery",
    ),
    "blog": ("More boats by day\nPosted by Nils Arbery on 9 April 2024, 10:00 | 14 comments\n\n", "", "Nils Arbery"),
    "labels": ("Outlet: The Courier\nDate: 9 April 2024, 10:00\nHeadline: More boats by day\nByline: Nils Arbery\n\n", "The Courier", "Nils Arbery"),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADS)
def test_a_head_is_read(name):
    head, outlet, author = HEADS[name]
    found = read(head + BODY)
    assert (found.outlet, found.author, found.published) == (outlet, author, "2024-04-09")
    assert found.stamp == ("10:00" if "10:00" in head else "")
    assert found.headline == "More boats by day" or name == "labels"
    assert found.pieces[-1].end == len(head + BODY.rstrip())


def test_an_archives_lines_of_data_are_not_read_as_words_of_the_text():
    head = HEADS["archive"][0]
    text = head + BODY + "\nLOAD-DATE: April 10, 2024\n\nCopyright 2024 Bearer Newspapers Ltd\n"
    blanked = masked(text)
    assert len(blanked) == len(text) and BODY in blanked and "More boats by day" in blanked
    assert not any(word in blanked for word in ("BYLINE", "LENGTH", "LOAD-DATE", "Copyright"))
    assert masked(BODY + "Source: the company\n") == BODY + "Source: the company\n"


def test_nothing_is_invented():
    found = read(BODY + BODY)
    assert (found.outlet, found.author, found.published, found.headline, found.genre) == (
        "",
        "",
        "",
        "",
        "",
    )
    assert [(p.start, p.headline) for p in found.pieces] == [(0, "")]


def test_the_date_below_the_headline_outranks_todays_date_above_it():
    found = read("Friday 19 August 2022\n\nMore boats by day\n\n25 February 2021 13:44\n" + BODY)
    assert (found.published, found.stamp) == ("2021-02-25", "13:44")


def test_dates_of_a_table_of_contents_are_no_date():
    text = (
        "Contents\nOne (1 May 2021)\nTwo (2 May 2021)\nThree (3 May 2021)\n\n**One (1 May 2021)**\n\n"
        + BODY
        + "\n**Two**\n\n"
        + BODY
    )
    found = read(text)
    assert found.published == "" and [p.published for p in found.pieces] == ["2021-05-01", ""]


def test_what_the_page_says_of_itself_is_taken_and_told_so():
    found = read("More boats\n\n" + BODY, outlet="The Courier", date="2024-04-09T10:00:00Z")
    assert (found.outlet, found.published, found.stamp) == ("The Courier", "2024-04-09", "10:00")
    assert found.how["outlet"] == "the page's own data"


@pytest.mark.parametrize(
    "head, headline, outlet",
    [
        (
            "Western Journalism\n\nNew boat carries hundreds on first day\n\n5 May 2021\n\n",
            False,
            False,
        ),
        ("Harbour Times\n\nNew boat carries hundreds on first day\n\n5 May 2021\n\n", True, True),
        (
            "The Island Gazette\n13/05/2021\n\nNew boat carries hundreds on first day\n\n",
            True,
            True,
        ),
    ],
)
def test_what_only_its_place_shows_has_to_be_looked_at(head, headline, outlet):
    found = read(head + BODY)
    assert found.headline == "New boat carries hundreds on first day"
    assert found.outlet == head.split("\n")[0]
    assert ("headline" not in found.unsure, "outlet" not in found.unsure) == (headline, outlet)


def test_a_short_first_sentence_is_no_headline():
    found = read(
        "Harbour Times\n10 March 2024\n\nFire on the quay\n\nMr Hale said that 3 buses burned.\n"
    )
    assert found.headline == "Fire on the quay" and "headline" not in found.unsure


def test_a_day_that_can_be_two_is_asked_and_not_read():
    found = read("Harbour Times\n3/4/2024\n\nFire on the quay\n\n" + BODY)
    assert found.published == "" and "2024-04-03 or 2024-03-04" in found.how["published"]


def headlines(found, text):
    assert all(text[p.start : p.end].strip() == text[p.start : p.end] for p in found.pieces)
    return [p.headline for p in found.pieces]


@pytest.mark.parametrize(
    "between, names",
    [
        ("\n**Second piece here**\n\n", ["First piece here", "Second piece here"]),
        ("\n* * *\n\nSecond piece here\n\n", ["First piece here", "Second piece here"]),
        ("\nCorrection, 16 April 2024\n\n", ["First piece here", "Correction, 16 April 2024"]),
        ("\nSecond piece here now\n\n", ["First piece here"]),
    ],
)
def test_a_piece_begins_where_the_text_marks_it(between, names):
    first = "**First piece here**\n\n" if "**" in between else "First piece here\n\n"
    text = first + BODY + between + BODY * 3
    found = read(text)
    assert headlines(found, text) == names
    assert found.pieces[0].maybe == (["Second piece here now"] if len(names) == 1 else [])


def test_headings_of_a_file_begin_pieces_when_the_highest_level_has_two():
    parts = ["One", BODY.strip(), "Two", BODY.strip(), "a part of two", BODY.strip()]
    text, places, at = "\n\n".join(parts), [], 0
    for part in parts:
        places.append((at, at + len(part)))
        at += len(part) + 2
    levels = [(*places[0], 1), (*places[2], 1), (*places[4], 2)]
    assert headlines(read(text, levels), text) == ["One", "Two"]
    assert len(read(text, [(*places[0], 1), (*places[2], 2), (*places[4], 2)]).pieces) == 1


def test_an_agency_is_a_credit_and_no_outlet():
    found = read("Boats\n\nLONDON, 9 April 2024 (Coast Press) - " + BODY)
    assert (found.outlet, found.pieces[0].credit, found.pieces[0].published) == (
        "",
        "(Coast Press)",
        "2024-04-09",
    )


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=st.sampled_from('aAé \n\n.:*#-19(),"By'), max_size=400).filter(str.strip))
def test_pieces_lie_in_the_text_and_apart(text):
    found = read(text)
    places = [(p.start, p.end) for p in found.pieces]
    assert all(0 <= a < b <= len(text) for a, b in places)
    assert all(b <= c for (_, b), (c, _) in itertools.pairwise(places))


def test_a_headline_stands_right_above_the_byline_or_the_day_that_ends_a_head():
    report = "Office of the Police Ombudsman for Karrow\nReport 31/2023\nThe march on 9 June 2023\n"
    found = read(f"{report}14 September 2023\n\n{BODY}")
    assert (found.outlet, found.headline, found.published) == (
        "Office of the Police Ombudsman for Karrow",
        "The march on 9 June 2023",
        "2023-09-14",
    )
    assert found.unsure >= {"outlet", "headline", "published"}
    blog = (
        "The Kerb Stone\na blog from Weaver Street\n\nWhat I saw\nPosted by Nell on June 11, 2023"
    )
    found = read(f"{blog}\n\n{BODY}")
    assert (found.outlet, found.headline, found.author) == ("The Kerb Stone", "What I saw", "Nell")
    assert found.unsure >= {"outlet", "headline"}


def test_a_letter_has_its_headline_below_the_rubric_and_its_author_at_the_foot():
    head = "Letters to the editor\n\nThe Courier, 16 June 2023\n\nWho threw, and who sat\n\n"
    found = read(f"{head}{BODY}\n\nGeorge Wick, Brannock\n")
    assert (found.headline, found.author) == ("Who threw, and who sat", "George Wick")
    assert (found.outlet, found.genre) == ("The Courier", "letter") and "author" in found.unsure


@pytest.mark.parametrize(
    "name, sure",
    [("Larkholm Gazette", True), ("NORTHWIRE", True), ("District Office, Larkholm", False)],
)
def test_name_day_and_headline_are_told_apart_without_a_blank_line(name, sure):
    found = read(f"{name}\n4 June 2024, 12:40\nFish die in the lake\n{BODY}")
    assert (found.outlet, found.headline) == (name, "Fish die in the lake")
    assert (found.published, "outlet" not in found.unsure) == ("2024-06-04", sure)
    assert "headline" in found.unsure


def test_the_word_release_above_a_release_is_no_outlet():
    head = "Press release\nLarkholm Paper Mill\n3 June 2024\n\nMill rules out link\n\n"
    found = read(head + BODY)
    assert (found.outlet, found.headline) == ("Larkholm Paper Mill", "Mill rules out link")
    assert found.genre == "press_release"
