"""``whosays reuse``."""

import csv
import json

import pytest
from reuse_texts import newsroom

pytest.importorskip("numpy")
from whosays.cli import main
from whosays.reuse import find_reuse


@pytest.fixture
def corpus(tmp_path):
    documents, _ = newsroom(stories=9)
    path = tmp_path / "d.jsonl"
    path.write_text(
        "\n".join(json.dumps({"id": d, "text": t}) for d, t in documents.items()), encoding="utf-8"
    )
    return documents, path


def test_writes_what_find_reuse_finds(corpus, tmp_path, capsys):
    documents, path = corpus
    out, pairs, clusters = (tmp_path / f"{n}.csv" for n in ("passages", "pairs", "clusters"))
    code = main(
        ["reuse", str(path), "--out", str(out), "--pairs", str(pairs), "--clusters", str(clusters)]
    )
    assert code == 0 and "6 pairs share" in capsys.readouterr().out
    rows = list(csv.reader(out.open(encoding="utf-8", newline="")))
    assert rows[0] == ["a_id", "a_start", "a_end", "b_id", "b_start", "b_end", "kind", "score"]
    assert rows[1:] == [[str(c) for c in r] for r in find_reuse(documents).passage_rows]
    assert len(list(csv.reader(pairs.open(encoding="utf-8", newline="")))) == 7
    assert "witness" in clusters.read_text(encoding="utf-8").splitlines()[0]


def test_json_lines_out(corpus, tmp_path):
    out = tmp_path / "p.jsonl"
    assert main(["reuse", str(corpus[1]), "--out", str(out)]) == 0
    assert all(
        set(json.loads(line)) >= {"a_id", "score"}
        for line in out.read_text(encoding="utf-8").splitlines()
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.jsonl", "--out", "p.csv"], "There is no file or folder none.jsonl"),
        (["d.jsonl", "--out", "p.txt"], "name the file .csv, .jsonl or .parquet"),
        (["d.jsonl", "--out", "no/such/p.csv"], "There is no folder"),
        (["d.jsonl", "--out", "p.csv", "-k", "0"], "k is 0"),
        (["d.jsonl", "--out", "p.csv", "--memory", "1MB"], "need about"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    corpus, tmp_path, monkeypatch, capsys, arguments, message
):
    monkeypatch.chdir(tmp_path)
    assert main(["reuse", *arguments]) == 1
    said = capsys.readouterr().err
    assert message in said and "Traceback" not in said


def test_passim_is_written_for(corpus, tmp_path):
    out = tmp_path / "in.jsonl"
    assert main(["reuse", str(corpus[1]), "--engine", "passim", "--out", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8").splitlines()[0])["text"].startswith(" " * 40)
