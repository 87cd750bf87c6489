"""A class in which everybody attacks the grader: each row as required, and nothing outside it touched."""

import contextlib
import csv
import hashlib
import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from grading_kit import Kit, sandbox
from hostile.cases import CASES

from whosays.base import paths
from whosays.grading import attacks, batch, intake
from whosays.grading.command import write_all
from whosays.grading.handed import clean
from whosays.grading.watch import Limits

pytestmark = pytest.mark.slow

# a cell that imports pandas on a busy machine must get through
LIMITS = Limits(wall_seconds=25, cell_seconds=6, memory_mb=600)
KEY_SECRET, ENVIRONMENT_SECRET, HOME_SECRET = (
    "SENTINEL-KEY-5d1",
    "SENTINEL-ENV-7a2",
    "SENTINEL-HOME-9c3",
)


def _hashes(*folders):
    """Every ordinary file below some folders, by its bytes; links and pipes by what they are; folders by their rights."""
    found = {}
    for folder in folders:
        for top, names, files in os.walk(folder):
            names[:] = [n for n in names if n != "__pycache__"]
            found[top] = stat.S_IMODE(os.stat(top).st_mode)
            for name in files:
                path = os.path.join(top, name)
                known = os.lstat(path)
                if not stat.S_ISREG(known.st_mode):
                    found[path] = stat.S_IFMT(known.st_mode)
                elif known.st_size > 1 << 30:  # all holes
                    found[path] = known.st_size, known.st_blocks
                else:
                    found[path] = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    return found


def _processes():
    """Command lines of all processes of this machine."""
    lines = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            lines.append(Path(f"/proc/{name}/cmdline").read_bytes().decode("utf-8", "replace"))
    return lines


class Class:
    """Everything that is to be looked at after the class was graded."""


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    if not sys.platform.startswith("linux"):
        pytest.skip("the attacks are written for Linux")
    box = sandbox()
    kit = Kit(tmp_path_factory.mktemp("hostile"))
    found = Class()
    found.kit, found.heard = kit, []
    key = next(kit.key.glob("*.json"))
    key.write_text(
        json.dumps({**json.loads(key.read_text(encoding="utf-8")), "sentinel": KEY_SECRET}),
        encoding="utf-8",
    )
    secret = Path(tempfile.mkdtemp(prefix=".whosays-test-", dir=Path.home())) / "teacher.key.json"
    secret.write_text(HOME_SECRET, encoding="utf-8")
    os.environ["WHOSAYS_TEST_SECRET"] = ENVIRONMENT_SECRET
    # a copy of the data, so that a change there can only be a submission's
    shutil.copytree(paths.data() / "ferry", kit.folder / "data" / "ferry")
    before = os.environ.get("WHOSAYS_DATA")
    os.environ["WHOSAYS_DATA"] = str(kit.folder / "data")
    with socket.socket() as tcp, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        for listener in (tcp, udp):
            listener.bind(("127.0.0.1", 0))
            listener.setblocking(False)
        tcp.listen()
        kit.tcp, kit.udp = tcp.getsockname()[1], udp.getsockname()[1]
        for name, case in CASES.items():
            case.make(kit, kit.submissions / name)
        watched = (kit.submissions, kit.key, paths.data(), secret.parent)
        found.before, temporary = _hashes(*watched), set(os.listdir(tempfile.gettempdir()))
        settings = LIMITS
        try:
            found.rows = batch.grade_all(
                intake.find(kit.submissions), kit.keys(), box, kit.out, settings, jobs=4
            )
            write_all(found.rows, kit.keys(), kit.out)
            found.after = _hashes(*watched)
            found.left = set(os.listdir(tempfile.gettempdir())) - temporary
            for listener, kind in ((tcp, socket.SOCK_STREAM), (udp, socket.SOCK_DGRAM)):
                # a program that looks for a port's former owner says something else
                said = {b"", b"tcp", b"udp"}
                found.heard += said.intersection(attacks.messages(listener, kind))
            found.processes = _processes()
            again = batch.grade_all(
                intake.find(kit.submissions), kit.keys(), box, kit.out, settings, jobs=2
            )
            found.again = again
        finally:
            del os.environ["WHOSAYS_TEST_SECRET"], os.environ["WHOSAYS_DATA"]
            if before:
                os.environ["WHOSAYS_DATA"] = before
            secret.unlink()
            secret.parent.rmdir()
    found.by_name = {row.student: row for row in found.rows}
    yield found
    for pipe in kit.submissions.glob("p03*/*"):
        pipe.unlink()


@pytest.mark.parametrize("name", CASES)
def test_row(graded, name):
    """Each gets its row, with the marks that its work deserves and words that say what happened."""
    case, row = CASES[name], graded.by_name[clean(name.replace("\n", " "))]
    assert row.status in case.status, row.flags
    points = sum(entry.points or 0 for entry in row.questions.values())
    if case.points is not None:
        assert points == case.points, {q: (e.points, e.say) for q, e in row.questions.items()}
    if case.at_most is not None:
        assert points <= case.at_most
    for question in case.zero:
        assert row.questions[question].points == 0
    for question, words in case.says.items():
        said = " ".join(row.questions[question].say + row.questions[question].notes)
        said += " ".join(part.say for part in row.questions[question].parts)
        assert words in said, said
    for words in case.text:
        answer = row.questions["9.8"].answer
        assert (words in answer) if words else not answer
        assert (row.questions["9.8"].points is None) == bool(words)
    for words in case.flags:
        assert any(words in flag for flag in row.flags), row.flags


def test_no_row_is_missing_or_a_grader_error(graded):
    extra = {"p02-owner"}
    assert len(graded.rows) == len(CASES) + len(extra)
    assert [row.student for row in graded.rows if row.status == "grader error"] == []


def test_no_file_of_anybody_was_changed(graded):
    assert graded.after == graded.before
    edited = [
        p
        for p in graded.kit.folder.rglob("data/**/*.csv")
        if "STUDENT" in p.read_text(encoding="utf-8")
    ]
    assert edited == []


def test_nothing_stays_behind(graded):
    assert not [
        line
        for line in graded.processes
        # with this class's own data: somebody else may be grading on this machine
        if "LEFT-BEHIND-MARK" in line or str(graded.kit.folder) in line
    ]
    # a box of somebody else's grading is gone by now, one that was left behind is not
    boxes = [name for name in graded.left if name.startswith("whosays-box")]
    assert not [name for name in boxes if Path(tempfile.gettempdir(), name).exists()]
    assert not Path("/tmp/whosays-escaped.ipynb").exists()
    assert not list(graded.kit.folder.rglob("escaped*"))


def test_nobody_outside_was_reached(graded):
    assert graded.heard == []


def _everything_written(graded):
    return {
        path: path.read_text(encoding="utf-8")
        for path in graded.kit.out.rglob("*")
        if path.is_file()
    }


def test_no_secret_came_out(graded):
    words = (
        KEY_SECRET,
        ENVIRONMENT_SECRET,
        HOME_SECRET,
        "LISTENING",
        "TRACED",
        "NEW-NAMESPACE",
        "MOUNTED",
        "uid=0",
        "RESOLVED",
        "OPENED",
        "PLANTED",
    )
    for path, text in _everything_written(graded).items():
        for word in words:
            # the attacking code itself is never echoed, so a word here is a finding
            assert word not in text, (path.name, word)


def test_nobody_read_or_wrote_anothers_work(graded):
    for name in ("s02-read-others", "s03-write-others", "s01b-read-the-key-by-its-name"):
        answer = graded.by_name[name].questions["9.8"].answer
        assert answer.endswith(("[]", "somebody: []")), answer


class _Live(HTMLParser):
    """What in a page could run or fetch."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag in {
            "script",
            "iframe",
            "object",
            "embed",
            "img",
            "link",
            "base",
            "form",
            "input",
            "audio",
            "video",
        }:
            self.found.append(tag)
        for name, value in attrs:
            if (
                name.startswith("on")
                or name in {"src", "href", "xlink:href", "action", "srcdoc"}
                or "url(" in (value or "")
            ):
                self.found.append((tag, name, value))


def test_pages_run_and_fetch_nothing(graded):
    pages = list(graded.kit.out.rglob("*.html"))
    assert len(pages) == len(graded.rows) + 1
    for path in pages:
        text = path.read_text(encoding="utf-8")
        live = _Live()
        live.feed(text)
        assert live.found == [], path.name
        assert "Content-Security-Policy" in text and "default-src 'none'" in text
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text), path.name
        assert path.stat().st_size < 150_000, path.name


def test_tables_hold_no_formulas(graded):
    for path in graded.kit.out.rglob("*.csv"):
        with open(path, encoding="utf-8-sig", newline="") as file:
            for line in csv.reader(file):
                for cell in line:
                    assert not cell.lstrip().startswith(("=", "+", "@", "|")), cell
                    assert not cell.startswith("-") or re.fullmatch(r"-[\d.]+", cell), cell


def test_file_names_come_from_nobody(graded):
    for path in graded.kit.out.rglob("*"):
        assert re.fullmatch(r"[a-z0-9_.-]+", path.name), path.name
        assert not path.name.startswith("-")


def test_results_stay_small(graded):
    for path in (graded.kit.out / "results").iterdir():
        assert path.stat().st_size < 150_000, path.name


def test_second_run_runs_nothing(graded):
    assert [row.valid for row in graded.again] == [row.valid for row in graded.rows]
    assert [row.seconds for row in graded.again] == [row.seconds for row in graded.rows]


def test_memory_stayed_below_the_limit(graded):
    """The tree is looked at every 0.05 s; what it grows in between is all it can have too much."""
    assert max(row.peak_mb for row in graded.rows) < 2 * LIMITS.memory_mb


def test_key_is_not_in_the_command_lines(graded):
    listed = subprocess.run(
        ["ps", "-axo", "args="], capture_output=True, text=True, check=False
    ).stdout
    assert KEY_SECRET not in listed
