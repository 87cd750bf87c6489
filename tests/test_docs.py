"""Every link and every command of the documentation.

- Links to files of the kit, and to headings in them, lead somewhere. Addresses elsewhere are looked at for their
  form only: a test that asks the network fails for reasons that are not the kit's.
- Every line of a block of commands is one the kit knows. Those of ``whosays`` are parsed by the command's own
  parser (fast), and then run, page by page and in order, in a folder that holds what the page supposes (slow).
  ``NOT_RUN`` says which are not, and why.
- Python blocks are run as well, page by page and in order; ``NOT_EXECUTED`` says which are not, and why.
- A command named in a sentence exists, and has the options that are named.
"""

import argparse
import ast
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from urllib.parse import unquote, urlsplit

import docs_reader as docs
import pytest
from grading_kit import sandbox
from test_grading_keys import computing

from whosays import cli, load_case
from whosays.base import paths
from whosays.publish import launch

ROOT = paths.root()
every_page = pytest.mark.parametrize("page", docs.PAGES, ids=docs.name)

# command (as a pattern) -> why it is not run here
NOT_RUN = {
    r"python3 start\.py (lab|test)": "run in a copy of the kit by test_start.py; their options are read here",
    r"whosays (lab|show)\b": "stays open until it is stopped: test_start.py starts one, the browser tests the other",
    r"git clone |cd whosays$": "stands where the public address is known; a clone is what CI runs in",
    r"(python -m )?pip install ": "changes the environment: test_start.py and test_floors.py install the kit",
    r"conda ": "conda's channels are not asked by tests: test_setup.py compares environment.yml with the rest",
    r"uv pip compile ": "asks the package index for new versions: test_setup.py reads what it wrote",
    r"\.venv/bin/ruff check": "test_setup.py runs it on every file",
    r"nbgrader ": "another program: test_grading_intake.py and test_grading_batch.py read and write its folders",
    r"passim ": "another program: test_reuse_passim.py reads and writes its files",
    r"whosays reuse .*--engine spark": "needs Java and the extra [spark]: test_reuse_sql.py",
    r"whosays build( --check)?$": "builds every set: test_exercises.py does, and compares the files",
    r"whosays links --(write|warm)": "changes the kit, or asks mybinder.org: test_setup.py and test_workflows.py",
    r"whosays site\b": "takes a minute: test_site.py and tests/browser build and open it",
}

# the first words of a Python block -> why it is not executed here
NOT_EXECUTED = {
    "%pip install": "the start cell for Google Colab: run by test_floors.py",
    "from google.colab import drive": "Google Colab's own module",
    "from whosays.reuse import from_passim": "reads what another program writes: test_reuse_passim.py",
    "from whosays.reuse import sql": "needs Java and the extra [spark]: test_reuse_sql.py",
}


# links


@every_page
def test_links_to_files_and_headings_lead_somewhere(page):
    wrong = []
    for link in docs.links(page):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z][a-z+.-]*:", link):
            continue
        target = (page.parent / unquote(path)).resolve() if path else page
        if not target.exists() or not target.is_relative_to(ROOT):
            wrong.append(f"{link}: no such file")
        elif anchor and (target.suffix != ".md" or anchor not in docs.anchors(target)):
            wrong.append(f"{link}: no such heading")
    assert wrong == []


@every_page
def test_addresses_elsewhere_are_well_formed(page):
    for link in docs.links(page):
        if re.match(r"[a-z][a-z+.-]*:", link):
            parts = urlsplit(link)
            assert parts.scheme in ("https", "http"), link
            assert re.fullmatch(r"([\w-]+\.)+[a-z]{2,}", parts.netloc) and not re.search(
                r"\s", link
            ), link


def test_a_dead_link_or_heading_would_be_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "# One `two`, three\n\n[a](b.md) [c](#one-two-three) ![d](e.svg)\n\n# One two three\n",
        "utf-8",
    )
    assert list(docs.links(page)) == ["b.md", "#one-two-three", "e.svg"]
    assert docs.anchors(page) == {"one-two-three", "one-two-three-1"}


# commands


class Parsed(BaseException):
    """A command's own parser took its arguments."""


@pytest.fixture
def parse(monkeypatch, capsys):
    """A function that hands a command line to the parser of its command, and nothing further."""
    real = argparse.ArgumentParser.parse_args

    def parse_args(self, *arguments, **options):
        real(self, *arguments, **options)
        raise Parsed

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", parse_args)

    def refusal(line):
        try:
            cli.main(shlex.split(line)[1:])
        except Parsed:
            return None
        except SystemExit:
            pass
        return f"{line}: {capsys.readouterr().err.strip().splitlines()[-1]}"

    return refusal


@every_page
def test_every_command_is_known_and_its_arguments_are_right(page, parse):
    wrong = []
    for line in [line for block in docs.blocks(page) for line in docs.commands(block)]:
        if line.startswith(("whosays ", "python3 start.py lab")):
            refused = parse(line.replace("python3 start.py", "whosays"))
            wrong += [refused] if refused else []
        elif line.startswith("python3 start.py test"):
            # pytest reads the rest; a file that is named has to be there
            named = [word for word in line.split()[3:] if word.startswith("tests/")]
            wrong += [word for word in named if not (ROOT / word).exists()]
        elif not line.startswith("cd ") and not any(re.match(pattern, line) for pattern in NOT_RUN):
            wrong.append(f"{line}: not a command that this test knows")
    assert wrong == []


def test_a_wrong_argument_would_be_found(parse):
    assert "unrecognized arguments: --wrong" in parse("whosays links --wrong")
    assert "there is no command" in parse("whosays nothing") or "nothing" in parse(
        "whosays nothing"
    )


@every_page
def test_commands_named_in_a_sentence_exist(page, capsys):
    for words in docs.words_of(page):
        first, *rest = words.split()[1:]
        assert first in cli.COMMANDS, words
        options = re.findall(r"(?<!\S)--[a-z-]+", words)
        if options:
            sub = {"doctor": 1, "variant": 1, "nbgrader": 1, "forms": 2}
            sub = rest[: sub.get(rest[0], 0)] if first == "grade" else []
            with pytest.raises(SystemExit):
                cli.main([first, *sub, "--help"])
            known = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
            assert known.issuperset(options), words


def lines_of(page):
    return [line for block in docs.blocks(page) for line in docs.commands(block)]


def why_not(line):
    return next((why for pattern, why in NOT_RUN.items() if re.match(pattern, line)), None)


def test_every_reason_for_not_running_is_needed():
    lines = [line for page in docs.PAGES for line in lines_of(page)]
    assert {
        pattern for pattern in NOT_RUN if not any(re.match(pattern, line) for line in lines)
    } <= {
        r"whosays site\b",  # named in sentences only
        r"git clone |cd whosays$",  # made by whosays links where the address is known
    }
    # and what a reason names is there
    named = re.findall(r"test_\w+\.py", " ".join([*NOT_RUN.values(), *NOT_EXECUTED.values()]))
    assert [name for name in named if not (ROOT / "tests" / name).exists()] == []
    first = [
        block.text
        for page in docs.PAGES
        for block in docs.blocks(page)
        if block.language == "python"
    ]
    # the cell for Colab is made by whosays links where the address is known
    unused = {w for w in NOT_EXECUTED if not any(text.startswith(w) for text in first)}
    assert unused <= {"%pip install"}


# what the pages suppose to be there


def _texts(folder):
    """The practice case's documents as one corpus and as a folder of texts."""
    case = load_case("ferry")
    rows = [{"id": s.id, "text": case.text(s.id), "outlet": s.id, "date": ""} for s in case.sources]
    (folder / "articles.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8"
    )
    shutil.copytree(ROOT / "data" / "ferry" / "texts", folder / "my-texts")
    shutil.copytree(ROOT / "data" / "ferry", folder / "data" / "ferry")
    return case


def _grading(folder):
    """A class of two, its own questions, and a copy of the built exercises."""
    home = folder / "home"
    _submissions = home / "Downloads" / "submissions"
    _submissions.mkdir(parents=True)
    shutil.copy(ROOT / "exercises" / "01_who_is_speaking_ex.ipynb", _submissions / "anna.ipynb")
    shutil.copy(ROOT / "solutions" / "01_who_is_speaking_sol.ipynb", _submissions / "ben.ipynb")
    shutil.make_archive(str(_submissions), "zip", _submissions)
    (home / "mine").mkdir()
    computing(home / "mine")  # a set with a question that is computed
    shutil.copytree(ROOT / "data" / "ferry", home / "mine" / "cases" / "ferry")
    handed_in = home / "course" / "submitted" / "anna" / "01_who_is_speaking"
    handed_in.mkdir(parents=True)
    shutil.copy(
        ROOT / "exercises" / "01_who_is_speaking_ex.ipynb", handed_in / "01_who_is_speaking.ipynb"
    )
    (folder / "exercises").mkdir(exist_ok=True)
    for built in (ROOT / "exercises").glob("*.ipynb"):
        shutil.copy(built, folder / "exercises")


PREPARE = {
    "docs/reuse.md": _texts,
    "docs/your-own-case.md": _texts,
    "docs/grading.md": _grading,
    "docs/teaching/classroom.md": _grading,
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    [page for page in docs.PAGES if any(not why_not(line) for line in lines_of(page))],
    ids=docs.name,
)
def test_the_commands_of_a_page_do_what_it_says(page, tmp_path):
    if any(line.startswith("whosays grade") for line in lines_of(page)):
        sandbox()  # skipped where none holds
    home = tmp_path / "home"
    home.mkdir()
    PREPARE.get(docs.name(page), lambda folder: None)(tmp_path)
    environment = launch.environment() | {
        "HOME": str(home), "USERPROFILE": str(home), "PYTHONPATH": str(ROOT),
        # whatever builds, builds there and not in the kit
        "WHOSAYS_EXERCISES": str(tmp_path / "exercises"), "WHOSAYS_ANSWERS": str(tmp_path / "answers"),
    }  # fmt: skip
    folder, failed = tmp_path, []
    for line in filter(lambda line: not why_not(line), lines_of(page)):
        program, *arguments = [
            os.path.join(home, w[2:]) if w.startswith("~/") else w for w in shlex.split(line)
        ]
        if program == "cd":
            folder = folder / arguments[0]
            folder.mkdir(parents=True, exist_ok=True)
            continue
        assert program == "whosays", line
        done = subprocess.run(
            [sys.executable, "-m", "whosays", *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", timeout=300,
        )  # fmt: skip
        if done.returncode:
            failed.append(f"{line}\n{done.stdout[-1500:]}")
    assert failed == [], "\n\n".join(failed)


# Python


def _values(page, folder):
    """Names that a page's code supposes, and the texts it names."""
    case = load_case("ferry")
    first, second = case.text("coast-press-2024-dispatch"), case.text("quayside-echo-2024-winter")
    given = {
        "docs/attribution.md": {"text": first},
        "docs/reuse.md": {"text": first, "text_a": first, "text_b": second},
    }
    values = dict(given.get(docs.name(page), {}))
    if docs.name(page) == "docs/attribution.md":
        from whosays.attribution import read

        values["gold"] = read(first)
    if docs.name(page) == "docs/exercises.md":  # as an exercise's first cell has it
        from whosays import question

        values.update(load_case=load_case, question=question)
    if docs.name(page) in ("docs/reuse.md", "docs/your-own-case.md"):
        _texts(folder)
    return values


def executed(page):
    """The Python blocks of a page that are run."""
    return [
        block for block in docs.blocks(page)
        if block.language == "python" and not block.text.startswith(tuple(NOT_EXECUTED))
    ]  # fmt: skip


def run(source, values, where):
    """Run statements one by one, and show what each expression gives, as a notebook would."""
    for statement in ast.parse(source, where).body:
        try:
            if not isinstance(statement, ast.Expr):
                exec(compile(ast.Module([statement], []), where, "exec"), values)
                continue
            shown = eval(compile(ast.Expression(statement.value), where, "eval"), values)
        except Exception as error:
            # a comment may say so: "else TextNotAtHand says how"
            if (
                type(error).__name__
                not in source.splitlines()[statement.end_lineno - 1].partition("#")[2]
            ):
                raise
        else:
            assert isinstance(repr(shown), str)
            getattr(shown, "_repr_html_", str)()


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in docs.PAGES if executed(page)], ids=docs.name)
def test_the_code_of_a_page_runs(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path / "answers"))
    values = _values(page, tmp_path) | {"__name__": "__page__"}
    for block in executed(page):
        run(block.text, values, f"{docs.name(page)}, line {block.line}")
