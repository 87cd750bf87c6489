"""``whosays reuse``."""

import csv
import json
from pathlib import Path

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
    assert rows[0] == [
        "a_id",
        "a_start",
        "a_end",
        "b_id",
        "b_start",
        "b_end",
        "kind",
        "score",
        "why",
    ]
    found = find_reuse(documents)
    want = [[*map(str, row), found.why(n)] for n, row in enumerate(found.passage_rows)]
    assert rows[1:] == want and "words in the same order" in want[0][-1]
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


def test_nothing_is_written_over_the_input_or_another_output(corpus, tmp_path, capsys):
    path = str(corpus[1])
    before = Path(path).read_bytes()
    assert main(["reuse", path, "--out", path]) == 1
    assert "--out would overwrite the input" in capsys.readouterr().err
    out = str(tmp_path / "one.csv")
    assert main(["reuse", path, "--out", out, "--pairs", out]) == 1
    assert "--pairs would overwrite what --out writes" in capsys.readouterr().err
    assert Path(path).read_bytes() == before and not Path(out).exists()


def test_a_table_that_is_not_utf8_is_named_with_its_row(tmp_path, capsys):
    pytest.importorskip("duckdb")
    table = tmp_path / "cp1252.csv"
    table.write_bytes(b"id,text\na,caf\xe9 said it\n")
    assert main(["reuse", str(table), "--out", str(tmp_path / "out.csv")]) == 1
    said = capsys.readouterr().err
    assert "cp1252.csv, row 1 (line 2): not UTF-8 after 'a,caf'" in said and "CSV UTF-8" in said


def test_a_script_without_spaces_is_said_not_to_be_supported(tmp_path, capsys):
    said = "大臣は記者団に対し、北線は五月末まで閉鎖されると述べた。"
    rows = "".join(json.dumps({"id": i, "text": said}) + "\n" for i in ("x", "y"))
    (tmp_path / "japanese.jsonl").write_text(rows, encoding="utf-8")
    source, out = str(tmp_path / "japanese.jsonl"), str(tmp_path / "out.csv")
    assert main(["reuse", source, "--out", out]) == 0
    assert "2 documents (x, y) are in a script written without spaces" in capsys.readouterr().err
