"""Words that somebody typed or selected, found in a text: the one finder of words.

A marker and a question of the kind ``spans`` both ask here. Words are compared folded and one by
one, so quotation marks and spaces are no difference, and a place always covers whole words.
"""

from .fold import words
from .spans import short


class NoPlace(ValueError):
    """There is no such place; the message is for the learner and says what to do."""


def find(text: str, exact: str) -> list[tuple[int, int]]:
    """Every place of some words, as (start, end) in code points, end exclusive."""
    wanted, here = [word.text for word in words(exact)], words(text)
    folded, size = [word.text for word in here], len(wanted)
    return [
        (here[i].start, here[i + size - 1].end)
        for i in range(len(here) - size + 1)
        if wanted and folded[i : i + size] == wanted
    ]


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """Grow or shrink a stretch to whole words, without the punctuation at its edges.

    Raises
    ------
    NoPlace
        When it is no stretch of the text, or no word lies in it.
    """
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise NoPlace(
            f"{start!r} to {end!r} is no stretch of this text: give two whole numbers from 0 to"
            f" {len(text)}, the first one smaller."
        )
    covered = [word for word in words(text) if word.start < end and word.end > start]
    if not covered:
        raise NoPlace("There is no word in this stretch: mark one word at least.")
    return covered[0].start, covered[-1].end


def place_of(text: str, exact: str | None = None, start=None, end=None) -> tuple[int, int]:
    """The one place of some words as printed, or of a stretch that is given by its ends.

    Raises
    ------
    NoPlace
        When nothing is given, when the text does not have the words, or has them several times.
    """
    if start is not None and end is not None:
        return snap(text, start, end)
    if not isinstance(exact, str) or not exact.strip():
        raise NoPlace("Nothing is marked yet: give the exact words as they are printed.")
    places = find(text, exact)
    if not places:
        raise NoPlace(
            f"The text does not have the words “{short(exact)}”: copy them as they are printed."
        )
    as_printed = [place for place in places if text[slice(*place)] == exact.strip()]
    if len(places) > 1 and len(as_printed) == 1:
        return as_printed[0]  # "The film" is not "the film" where both stand in the text
    if len(places) > 1:
        starts = ", ".join(str(place[0]) for place in places[:5])
        raise NoPlace(
            f"“{short(exact)}” stands in the text {len(places)} times: take a word more, or say"
            f" where it starts and ends (it starts at {starts})."
        )
    return places[0]
