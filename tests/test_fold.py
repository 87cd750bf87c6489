"""whosays.text.fold: words and place names brought to one spelling, places kept."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.text.fold import PlaceNames, fold, place_names, words


def same_place(a, b, places=None):
    return [w.text for w in words(a, places)] == [w.text for w in words(b, places)]


@pytest.mark.parametrize(
    "name", ["Xocalı", "XOCALI", "Ходжалы", "Khojali", "Khodjaly", "Hocalı", "Խոջալու", "khojalu"]
)
def test_khojaly_is_one_place_in_every_spelling(name):
    assert same_place(name, "Khojaly")


@pytest.mark.parametrize(
    "name",
    [
        "Nagorny Karabakh",
        "Dağlıq Qarabağ",
        "Nagorno Karabakh",
        "Нагорный Карабах",
        "Upper Garabagh",
    ],
)
def test_nagorno_karabakh_is_one_place_word_for_word(name):
    assert same_place(name, "Nagorno-Karabakh")
    assert len(words(name)) == 2


def test_other_places_stay_apart():
    assert not same_place("Khojaly", "Khojavend")
    assert not same_place("Khankendi", "Stepanakert")
    assert not same_place("upper house", "nagorno house")


def test_typography_vanishes_and_places_stay():
    text = "The “Café\u0301”—naï\u00adve, U.S. km² 𝄞 Ｘ_y"
    found = words(text)
    assert [w.text for w in found] == ["the", "cafe", "naive", "u", "s", "km2", "x", "y"]
    assert [text[w.start : w.end] for w in found][1:3] == ["Café\u0301", "naï\u00adve"]


def test_a_pack_adds_its_own_names_and_wins():
    places = place_names((("Ilmarinn", "Ílmarin"), ("Khojaly", "Kojali")))
    assert same_place("ílmarin", "Ilmarinn", places) and same_place("Kojali", "Ходжалы", places)
    assert not same_place("ílmarin", "Ilmarinn")
    assert places.digest != place_names().digest


def test_names_of_different_length_are_refused():
    with pytest.raises(ValueError, match="has 1 words and the place 'Nagorno-Karabakh' has 2"):
        PlaceNames([("Nagorno-Karabakh", "NKAO")])


@given(st.text(max_size=60), st.text(max_size=60))
def test_folding_is_stable_and_free_of_context(a, b):
    assert fold(fold(a)) == fold(a)
    assert fold(a + b) == fold(a) + fold(b)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=80))
@settings(max_examples=60)
def test_composed_and_decomposed_text_fold_alike(text):
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert [w.text for w in words(composed)] == [w.text for w in words(apart)]


@given(st.text(max_size=200))
def test_word_spans_are_in_order_and_inside_the_text(text):
    last = 0
    for word in words(text):
        assert last <= word.start < word.end <= len(text)
        last = word.end
        assert word.text
