"""whosays.reuse.fingerprint: documents compared without their text."""

import json
from hashlib import blake2b

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.reuse.fingerprint import (
    FingerprintError,
    containment,
    gram_hashes,
    make_fingerprint,
    parse_fingerprint,
    read_fingerprint,
    read_fingerprints,
    shared_runs,
    write_fingerprints,
)
from whosays.text.fold import place_names, words

A = "The boat left Khojaly Street at noon, and nobody was on it but the gulls. It came back."
B = "Late news. The BOAT left Xocalı street at noon — and nobody, was on it. It came back the next day."
TEXT = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "Ж", "𝄞", "é"]), max_size=40).map(
    " ".join
)


def test_a_hash_is_what_the_format_page_says():
    (only,) = gram_hashes(["the", "boat", "left"], 3)
    assert only.to_bytes(4, "big") == blake2b(b"the boat left", digest_size=4).digest()
    assert len(gram_hashes(["the", "boat"], 3)) == 0


def test_shared_runs_are_stretches_of_both_texts_through_folding():
    a, b = make_fingerprint("a", A), make_fingerprint("b", B)
    ((i, j, n),) = shared_runs(a, b)
    in_a, in_b = (
        slice(a.offsets[i][0], a.offsets[i + n - 1][1]),
        slice(b.offsets[j][0], b.offsets[j + n - 1][1]),
    )
    assert A[in_a] == "The boat left Khojaly Street at noon, and nobody was on it"
    assert B[in_b] == "The BOAT left Xocalı street at noon — and nobody, was on it"
    assert n == 12
    assert [n for *_, n in shared_runs(a, b, 3)] == [12, 3]


def test_containment_goes_both_ways():
    short, long = (
        "one two three four five six",
        "zero one two three four five six seven eight nine ten eleven",
    )
    assert containment(make_fingerprint("s", short), make_fingerprint("l", long)) == (1.0, 0.5)


def test_a_document_that_repeats_itself():
    text = (
        "the boat will stay here all winter. rain fell. the boat will stay here all winter, he said"
    )
    fingerprint = make_fingerprint("t", text)
    ((i, j, n),) = shared_runs(fingerprint, fingerprint)
    assert n == 7 and i == 0 and text[fingerprint.offsets[j][0] :].startswith("the boat")


def test_a_short_text_has_no_runs():
    empty, short = make_fingerprint("e", ""), make_fingerprint("s", "two words")
    assert len(short.grams[3]) == 0 and shared_runs(empty, short) == []
    assert containment(empty, short) == (0.0, 0.0)


def naive_runs(a, b, n):
    """Every maximal stretch of at least n equal words, found word by word."""
    found = []
    for i in range(len(a)):
        for j in range(len(b)):
            if i and j and a[i - 1] == b[j - 1]:
                continue
            k = 0
            while i + k < len(a) and j + k < len(b) and a[i + k] == b[j + k]:
                k += 1
            if k >= n:
                found.append((i, j, k))
    return found


@given(TEXT, TEXT, st.sampled_from([3, 5]))
@settings(max_examples=60)
def test_runs_are_those_found_word_by_word(a, b, n):
    wa, wb = words(a), words(b)
    wanted = naive_runs([w.text for w in wa], [w.text for w in wb], n)
    assert shared_runs(make_fingerprint("a", a), make_fingerprint("b", b), n) == wanted


@given(st.text(max_size=80))
def test_a_fingerprint_comes_back_from_its_file(text):
    made = make_fingerprint("any", text)
    back = parse_fingerprint(json.loads(made.to_json()))
    assert back == made and back.grams == made.grams and back.to_json() == made.to_json()
    assert text.strip() == "" or len(text) < 12 or text not in made.to_json()


def test_files_are_written_read_and_the_same_every_time(tmp_path):
    paths = write_fingerprints(tmp_path, {"b": B, "a": A})
    assert [p.name for p in paths] == ["a.json", "b.json"]
    first = [p.read_bytes() for p in paths]
    write_fingerprints(tmp_path, {"a": A, "b": B})
    assert [p.read_bytes() for p in paths] == first and b"\r" not in first[0]
    assert read_fingerprints(tmp_path)["a"] == make_fingerprint("a", A)


def test_a_pack_with_its_own_place_names_is_folded_with_them(tmp_path):
    header = "name_id,place,spelling,language,note\n"
    (tmp_path / "place_names.csv").write_text(header + "q,Quay,Quai,fr,\n", encoding="utf-8")
    (path,) = write_fingerprints(tmp_path, {"x": "au Quai du Nord"})
    own = read_fingerprint(path)
    assert (
        own.grams
        == make_fingerprint("x", "au quay du nord", place_names((("Quay", "Quai"),))).grams
    )
    with pytest.raises(FingerprintError, match="made with different place names"):
        shared_runs(own, make_fingerprint("y", "au quay du nord"))


def test_sizes_that_are_not_there_are_named():
    a = make_fingerprint("a", A)
    with pytest.raises(FingerprintError, match=r"no runs of 7 words; they have \[3, 5\]"):
        shared_runs(a, a, 7)


@pytest.mark.parametrize(
    "change, message",
    [
        (lambda v: v.pop("grams"), "'grams' is missing"),
        (lambda v: v.update(version=3), "version 3"),
        (lambda v: v.update(weights=v["weights"][1:]), "'weights' is not one letter for each"),
        (lambda v: v.update(weights="!" * len(v["weights"])), "'weights' is not one letter"),
        (lambda v: v.update(hash="md5"), "hash 'md5'"),
        (lambda v: v.update(words=True), "'words' is missing or not"),
        (lambda v: v.update(words=3), "'words' is 3"),
        (lambda v: v.update(sha256="abc"), "'sha256' is not"),
        (lambda v: v.update(characters=5), "out of order or outside the text"),
        (lambda v: v.update(n=[3, 4]), "'n' does not list the keys"),
        (lambda v: v["grams"].update({"3": "!!!!"}), "runs of 3 words cannot be read"),
        (
            lambda v: v["grams"].update({"3": "AAAA"}),
            "runs of 3 words cannot be read: bytes length",
        ),
        (lambda v: v["grams"].update({"3": 4}), "runs of 3 words cannot be read"),
        (lambda v: v["words_offsets"].append([1]), "not a pair"),
        (lambda v: v["words_offsets"].pop(), "words have a place"),
    ],
)
def test_a_damaged_file_says_what_is_wrong(tmp_path, change, message):
    values = json.loads(make_fingerprint("a", A).to_json())
    change(values)
    (tmp_path / "a.json").write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(FingerprintError, match=message) as caught:
        read_fingerprint(tmp_path / "a.json")
    assert str(caught.value).startswith("a.json: ")


def test_weights_come_back_and_a_file_of_the_version_before_is_refused():
    made = make_fingerprint("a", A)
    values = json.loads(made.to_json())
    assert parse_fingerprint(values).weights == made.weights
    old = {k: v for k, v in values.items() if k != "weights"} | {"version": 1}
    with pytest.raises(FingerprintError, match="It is of version 1"):
        parse_fingerprint(old)
