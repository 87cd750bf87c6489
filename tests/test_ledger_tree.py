"""The tree that shows why, and what is exported from it."""

import csv
import html
import io
import itertools
import re
from xml.etree import ElementTree

import pytest

from whosays import load_case
from whosays.evidence.ledger import Ledger, ledger
from whosays.evidence.origin_picture import STARTS, origin_picture
from whosays.evidence.starting_points import StartingPoints

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module", params=["ferry", "khojaly"])
def case(request):
    return load_case(request.param)


@pytest.fixture(scope="module")
def kept(case):
    return Ledger(case)


def test_every_assertion_and_supporting_finding_stands_in_its_tree_once(case, kept):
    for claim in case.claims:
        cites = [node.cite for _, node in kept.claim(claim.claim_id).tree.walk() if node.cite]
        wanted = [a.cite for a in case.assertions.where(claim_id=claim.claim_id)]
        wanted += [
            f.cite
            for f in case.findings.where(claim_id=claim.claim_id)
            if f.stance.startswith("supports")
        ]
        assert sorted(c for c in cites if c.startswith(("assertions/", "findings/"))) == sorted(
            wanted
        )


def test_the_roots_of_the_tree_are_the_starting_points(case, kept):
    for claim in case.claims:
        entry = kept.claim(claim.claim_id)
        for what in ("whole", "part"):
            roots = [
                n.cite.removeprefix("origins/") for n in entry.tree.children if n.starts == what
            ]
            assert sorted(roots) == sorted(getattr(entry, what))
        assert all(node.why for node in entry.tree.children if node.starts != "whole")


def test_every_step_leads_to_a_row_and_every_piece_to_its_passage(case, kept):
    for claim in case.claims:
        for depth, node in kept.claim(claim.claim_id).tree.walk():
            if node.cite:
                case.get(node.cite)
            if node.kind in {"piece", "copy"}:
                assert case.get(node.cite).passage_id in case.passages
            if node.kind in {"copy", "derived"}:
                assert depth > 1 and node.why


def test_copies_stand_under_the_earliest_witness():
    tree = ledger("khojaly").claim("toll-613").tree
    under = {n.cite: [c.cite for c in n.children] for _, n in tree.walk() if n.kind == "piece"}
    assert set(under["assertions/a-001a-tv-toll"]) == {
        "assertions/a-000-tv-toll",
        "assertions/a-001b-tv-toll",
    }
    assert under["assertions/a-001-film-toll"] == ["assertions/a-000-film-toll"]
    assert under["assertions/a-002-toll"] == []


def test_set_phrases_and_unknown_reasons_join_nothing(case, kept):
    apart = {r.cite for r in case.reuse_key if r.why in {"set_phrase", "cannot_tell"}}
    for claim in case.claims:
        for _, node in kept.claim(claim.claim_id).tree.walk():
            assert node.reuse not in apart


def test_one_origin_and_one_keeper_are_said():
    ferry = ledger("ferry")
    assert any("one starting point" in c for c in ferry.claim("loss-310000").cautions)
    one = StartingPoints(3, frozenset({"harbour-log", "quay-count"}), frozenset({"turnstiles"}))
    [said] = ferry._cautions(one)
    assert said.startswith(
        "Two of these starting points are kept by Wendlemouth and Orrinöy Harbour Authority"
    )
    assert list(ferry._cautions(StartingPoints(2, one.whole))) == []


def test_the_views_print_and_open_by_themselves(kept):
    entry = kept.claim(kept.case.claims[0].claim_id)
    assert entry.summary() in entry.text() and entry.claim.text in entry.text()
    page = entry._repr_html_()
    assert page.count("<details") == page.count("</details>") > 0
    assert "<script" not in page
    assert len(kept.table()) == len(kept.case.claims)
    assert len(kept.table(status="settled")) == len(kept.case.claims.where(status="settled"))


def test_an_unquoted_passage_shows_our_words_and_says_so():
    khojaly = load_case("khojaly")
    if khojaly.has_text("azernews-2021-film"):
        pytest.skip("the whole text is at hand")
    page = Ledger(khojaly).claim("armenia-invaded").html()
    assert "Not quoted; in our words" in page


def test_an_unknown_claim_says_what_is_near(kept):
    with pytest.raises(KeyError):
        kept.claim("no-such-claim")
    assert kept.claim(f"[claims/{kept.case.claims[0].claim_id}]").claim == kept.case.claims[0]


def test_csv_has_every_assertion_and_finding_with_its_path(case, kept):
    rows = list(csv.DictReader(io.StringIO(kept.to_csv())))
    assert sorted(r["evidence"] for r in rows) == sorted(
        [a.cite for a in case.assertions] + [f.cite for f in case.findings]
    )
    for row in rows:
        s = kept.starts(row["claim_id"])
        counts = (s.pieces, len(s.whole), len(s.whole & s.parties), len(s.part))
        assert tuple(int(row[c]) for c in ("pieces", "whole", "parties", "part")) == counts
        path = row["origin_path"].split(" > ") if row["origin_path"] else []
        assert [*path, ""][-2 if path else 0] == row["root"]
        for below, above in itertools.pairwise(path):
            assert case.origins[below].derived_from == above
    for claim in case.claims:
        for what in ("whole", "part"):
            roots = {
                r["root"] for r in rows if r["claim_id"] == claim.claim_id and r["starts"] == what
            }
            assert roots == getattr(kept.starts(claim.claim_id), what)


def test_every_step_opens_to_its_words_its_place_and_how_it_is_known(case, kept):
    for claim in case.claims:
        entry = kept.claim(claim.claim_id)
        for _, node in entry.tree.walk():
            if node.kind in {"claim", "group"}:
                continue
            step = entry.step(node.cite)
            assert step.words and step.facts and step.title in step.text()
            row = case.get(node.cite)
            if node.kind in {"piece", "copy"}:
                passage = case.passages[row.passage_id]
                known = case.stretch(row.source_id, passage.start, passage.end)
                assert (
                    (step.quoted, step.words) == (True, known)
                    if known
                    else not step.quoted and passage.about in step.words
                )
                assert [name for name, _ in step.facts if name.startswith("voice")] == [
                    f"voice {n}" for n in range(1, len(row.chain) + 1)
                ]
            if node.kind == "copy":
                assert dict(step.facts)["is a copy because"].startswith(node.why)
        for finding in entry.beside:
            assert entry.step(f"[{finding.cite}]").facts


def test_a_step_that_is_not_there_names_those_that_are():
    entry = ledger("ferry").claim("loss-310000")
    with pytest.raises(
        ValueError, match=r"claims/loss-310000 has no step 'origins/nowhere'; it has: origins/"
    ):
        entry.step("origins/nowhere")


def plain(page):
    return " ".join(html.unescape(re.sub("<style>.*?</style>|<[^>]+>", " ", page)).split())


def test_the_page_says_the_whole_tree_and_no_id(case, kept):
    for entry in kept:
        page = plain(entry.html())
        for depth, node in entry.tree.walk():
            said = case.get(node.cite).paraphrase if node.kind == "account" else node.label
            assert not depth or " ".join(said.split()) in page
        assert entry.summary() in page
        assert not re.search(
            r"\b(origins|assertions|findings|reuse_key|items)/|\b(VP|VR|SO|NF)\b", page
        )


def test_the_picture_marks_parties_whole_and_part(case, kept):
    for entry in kept:
        (picture,) = ElementTree.fromstring(origin_picture(entry))
        words = ["".join(t.itertext()) for t in picture.iter(f"{SVG}text")]
        heads = [w for w in words if w.startswith(tuple(STARTS.values()))]
        assert sum(w.startswith(STARTS["whole"]) for w in heads) == len(entry.whole)
        assert sum(w.startswith(STARTS["part"]) for w in heads) == len(entry.part)
        assert sum(w.endswith("a party") for w in heads) == len(entry.parties)
        dashed = [r for r in picture.iter(f"{SVG}rect") if r.get("stroke-dasharray")]
        assert len(dashed) == len(entry.parties)
        assert min(float(t.get("font-size")) for t in picture.iter(f"{SVG}text")) >= 14
        width = float(picture.get("viewBox").split()[2])
        for line in picture.iter(f"{SVG}text"):  # 6.6: a letter of the typeface on the average
            assert float(line.get("x")) + 6.6 * len("".join(line.itertext())) <= width
        assert (
            picture.find(f"{SVG}title").text and entry.summary() in picture.find(f"{SVG}desc").text
        )


def test_no_quotation_stands_without_the_negation_before_it():
    """The letter's words alone would turn it round: our words come first, wherever it is opened."""
    khojaly = load_case("khojaly")
    finding = khojaly.findings["hrw-1997-blame"]
    entry = Ledger(khojaly).claim("azerbaijanis-to-blame")
    assert finding.quote not in plain(entry.html())
    step = plain(entry.step(finding.cite).html())
    assert step.index(finding.paraphrase) < step.index(finding.quote)
