"""``whosays show``: which notebook it opens, and what it says when it cannot; the browser test is browser/test_voila.py."""

import pytest

from whosays import cli
from whosays.publish import launch


@pytest.mark.parametrize(
    "given, place",
    [
        (["03"], "notebooks/03_duplicated_copy.ipynb"),
        (["3"], "notebooks/03_duplicated_copy.ipynb"),
        ([], "notebooks/00_start_here.ipynb"),
        (["03", "--exercise"], "exercises/03_duplicated_copy_ex.ipynb"),
        (["03", "--practice"], "exercises/03_duplicated_copy_ferry_ex.ipynb"),
    ],
)
def test_a_number_opens_its_notebook_with_answers_of_its_own(monkeypatch, given, place):
    served = {}

    def serve(python, place, options, saved, more, variables):
        served.update(place=place, options=options, more=more, **variables)
        return 0

    monkeypatch.setattr(launch, "_serve", serve)
    monkeypatch.setattr(launch.importlib.util, "find_spec", lambda name: object())
    monkeypatch.setenv("WHOSAYS_ANSWERS", "mine")
    assert cli.main(["show", *given, "--no-browser"]) == 0
    assert served["place"] == f"/voila/render/{place}"
    assert served["options"].no_browser and "mine" not in served["WHOSAYS_ANSWERS"]
    assert any("default-src 'self'" in option for option in served["more"])


def test_a_number_that_is_not_there_is_told_with_those_that_are(monkeypatch, capsys):
    monkeypatch.setattr(launch.importlib.util, "find_spec", lambda name: object())
    assert cli.main(["show", "99"]) == 1
    said = capsys.readouterr().err
    assert "there is no lesson '99'" in said and "00, 01, 02" in said
    assert cli.main(["show", "99", "--practice"]) == 1
    assert "there is no practice '99'" in capsys.readouterr().err


def test_without_voila_it_says_what_to_run(monkeypatch, capsys):
    monkeypatch.setattr(launch.importlib.util, "find_spec", lambda name: None)
    assert cli.main(["show", "03"]) == 1
    assert 'pip install "voila>=0.5.8"' in capsys.readouterr().err
