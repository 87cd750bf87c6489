"""start.py and whosays lab: what goes wrong is one clear sentence; what is there is not installed again."""

import ast
import contextlib
import functools
import http.client
import json
import os
import re
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

import pytest
from kit_copy import clean_environment, copy_kit, run

import start
from tools import run_tests
from whosays import cli
from whosays.base import paths
from whosays.publish import launch

START = paths.root() / "start.py"
posix = pytest.mark.skipif(os.name != "posix", reason="signals and file modes as on Unix")


def one_sentence(said):
    """The one line that is left for the learner; fails on a traceback or on more than one sentence."""
    assert "Traceback" not in said
    lines = [line for line in said.splitlines() if line.strip()]
    (problem,) = [line for line in lines if line.startswith(("start.py: ", "whosays lab: "))]
    assert problem.endswith(".")
    return problem


@contextlib.contextmanager
def listening():
    """A local port with a server that takes connections and says nothing."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


# --- which Python -----------------------------------------------------------


def test_old_pythons_can_read_the_file():
    ast.parse(START.read_text(encoding="utf-8"), feature_version=(3, 6))
    assert START.read_bytes().isascii()  # Python 2 reads no other byte without being told


def pretend(version, then):
    """A command that runs start.py in a process that believes to be another Python."""
    code = f"import runpy, sys; sys.version_info = {version}; sys.argv[0] = {str(START)!r}; {then}"
    return [sys.executable, "-c", code, "lab"]


def test_too_old_a_python_is_told():
    code, said = run(
        pretend((3, 10, 4, "final", 0), f"runpy.run_path({str(START)!r}, run_name='__main__')")
    )
    assert code == 1
    assert "needs Python 3.11 or newer, and this is Python 3.10" in one_sentence(said)


def old_pythons():
    names = map(shutil.which, ("python2.7", "python3.6", "python3.8", "python3.9", "python3.10"))
    pyenv = (Path.home() / ".pyenv" / "versions").glob("*/bin/python")
    for python in [*filter(None, names), *pyenv]:
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            code, said = run([python, "-c", "import sys; print(sys.version_info < (3, 11))"])
            if code == 0 and said.strip() == "True":
                yield python


@pytest.mark.slow
def test_every_old_python_of_this_machine_is_told():
    pythons = list(old_pythons())
    if not pythons:
        pytest.skip("no Python older than 3.11 on this machine")
    for python in pythons:
        code, said = run([python, START, "lab"])
        assert code == 1 and "needs Python 3.11 or newer" in one_sentence(said), python


def test_a_newer_python_is_warned_and_goes_on(monkeypatch, capsys):
    monkeypatch.setattr(start, "NEWEST_TESTED", (3, 10))
    monkeypatch.setattr(start, "prepare", lambda command: None)
    monkeypatch.setattr(launch, "lab", lambda arguments, python: 7)
    assert start.main(["lab"]) == 7
    assert "newer than the kit was tested with" in capsys.readouterr().out


# --- what may be typed ------------------------------------------------------


@pytest.mark.parametrize(
    "arguments, code", [([], 2), (["--help"], 0), (["lab", "--help"], 0), (["lap"], 2)]
)
def test_usage(arguments, code, tmp_path):
    exit_code, said = run([sys.executable, START, *arguments], cwd=tmp_path)
    assert exit_code == code and "start.py lab" in said and "Traceback" not in said


@pytest.mark.parametrize("port", ["0", "65536", "x", "-1", "8888.5"])
def test_a_port_that_is_none_is_told_before_anything_is_installed(port, monkeypatch, capsys):
    monkeypatch.setattr(start, "prepare", lambda command: pytest.fail("installed"))
    with pytest.raises(SystemExit) as stop:
        start.main(["lab", f"--port={port}"])
    assert stop.value.code == 2 and "is not a port" in capsys.readouterr().err


def test_each_command_is_run_once_it_is_installed(monkeypatch):
    monkeypatch.setattr(start, "prepare", lambda command: None)
    monkeypatch.setattr(run_tests, "test", lambda arguments, python: (arguments, python))
    assert start.main(["test", "--fast"]) == (["--fast"], start.PYTHON)
    assert "lab" in cli.COMMANDS


# --- ports ------------------------------------------------------------------


def test_a_busy_port_that_was_asked_for_is_told(capsys):
    with listening() as port:
        assert cli.main(["lab", "--no-browser", "--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert f"port {port} is busy" in one_sentence(said)


def test_the_next_free_port_is_taken_and_told(monkeypatch, capsys):
    with listening() as port:
        monkeypatch.setattr(launch, "FIRST_PORT", port)
        taken = launch.choose_port()
    assert port < taken < port + launch.PORTS_TRIED
    assert f"Port {port} is busy; taking {taken}" in capsys.readouterr().out


def test_no_port_left_is_told(monkeypatch):
    monkeypatch.setattr(launch, "_is_free", lambda port: False)
    with pytest.raises(launch.Problem, match="all busy"):
        launch.choose_port()


# --- what pip and venv say --------------------------------------------------

# the lines that pip 23 to 26 and venv print, on Linux and on Windows
SAID = [
    (
        "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
        "disk is full",
    ),
    ("OSError: [WinError 112] There is not enough space on the disk: 'C:\\kit'", "disk is full"),
    (
        "ERROR: Could not install packages due to an OSError: [Errno 122] Disk quota exceeded",
        "disk is full",
    ),
    (
        "WARNING: Retrying (Retry(total=2, connect=None, read=None, redirect=None, status=None)) after connection "
        "broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f>: Failed to "
        "establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/anyio/",
        "no network",
    ),
    (
        "ERROR: Could not find a version that satisfies the requirement anyio==4.1 (from versions: none)",
        "no network",
    ),
    (
        "urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='x', port=443): Read timed out.",
        "no network",
    ),
    ("after connection broken by 'ProxyError('Cannot connect to proxy.', ...)'", "no network"),
    ("[Errno 11001] getaddrinfo failed", "no network"),
    (
        "Could not fetch URL: There was a problem confirming the ssl certificate: HTTPSConnectionPool: Max retries "
        "exceeded (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]')))",
        "certificate is not trusted",
    ),
    ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "was refused"),
    (
        "PermissionError: [WinError 32] The process cannot access the file because it is being used",
        "cannot be changed",
    ),
    (
        "Building wheel for x\nERROR: Failed building wheel for x\n",
        "ERROR: Failed building wheel for x",
    ),
    ("", "no message"),
]


@pytest.mark.parametrize("said, expected", SAID, ids=[expected for _, expected in SAID])
def test_what_pip_says_becomes_a_sentence(said, expected):
    advice = start.advice(said, "lab")
    assert expected in advice and advice.endswith(".") and "\n" not in advice


# --- what is installed ------------------------------------------------------


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A start.py in a kit of its own whose steps are only noted; ``installed.steps`` has them."""
    kit = copy_kit(tmp_path / "kit")
    module = runpy.run_path(str(kit / "start.py"))
    prepare = module["prepare"]
    names = prepare.__globals__
    steps = []

    def make_venv(command):
        steps.append("venv")
        shutil.rmtree(names["VENV"], ignore_errors=True)
        os.makedirs(os.path.join(names["site_packages"](), "jupyterlab"))
        os.makedirs(os.path.dirname(names["PYTHON"]))
        open(names["PYTHON"], "w").close()
        with open(os.path.join(names["VENV"], "pyvenv.cfg"), "w") as file:
            file.write(f"home = {tmp_path}\n")

    names.update(make_venv=make_venv, install=lambda command: steps.append(command))
    prepare.steps, prepare.kit, prepare.names = steps, kit, names
    prepare("lab")
    assert steps == ["venv", "lab"]
    steps.clear()
    return prepare


def test_a_second_start_installs_nothing(installed):
    installed("lab")
    assert installed.steps == []


def test_test_adds_its_own_and_lab_stays_ready(installed):
    installed("test")
    installed("test")
    installed("lab")
    assert installed.steps == ["test"]


def change(kit, name):
    with open(kit / name, "a", encoding="utf-8") as file:
        file.write("\n# changed\n")


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_changed_requirements_are_an_update(installed, name):
    change(installed.kit, name)
    installed("lab")
    installed("lab")
    assert installed.steps == ["lab"]


def test_test_requirements_do_not_concern_lab(installed):
    change(installed.kit, "requirements-test.txt")
    installed("lab")
    assert installed.steps == []


DAMAGE = {
    "no stamp": lambda n: os.remove(n["STAMP"]),
    "half a stamp": lambda n: Path(n["STAMP"]).write_text('{"keys": {'),
    "a stamp of another shape": lambda n: Path(n["STAMP"]).write_text("[]"),
    "a package deleted": lambda n: os.rmdir(os.path.join(n["site_packages"](), "jupyterlab")),
    "no python": lambda n: os.remove(n["PYTHON"]),
    "its Python uninstalled": lambda n: Path(n["VENV"], "pyvenv.cfg").write_text(
        "home = /nowhere\n"
    ),
    "no folder": lambda n: shutil.rmtree(n["VENV"]),
    "another Python": lambda n: edit_stamp(n, python=[3, 9]),
    "moved": lambda n: edit_stamp(n, root="elsewhere"),
}


def edit_stamp(names, **changes):
    with open(names["STAMP"], encoding="utf-8") as file:
        stamp = json.load(file)
    with open(names["STAMP"], "w", encoding="utf-8") as file:
        json.dump(stamp | changes, file)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_broken_venv_is_made_anew(installed, damage):
    DAMAGE[damage](installed.names)
    installed("lab")
    installed("lab")
    assert installed.steps == ["venv", "lab"]


def test_an_update_that_breaks_off_is_not_taken_for_whole(installed):
    def broken(command):
        raise KeyboardInterrupt

    whole, installed.names["install"] = installed.names["install"], broken
    change(installed.kit, "requirements.txt")
    with pytest.raises(KeyboardInterrupt):
        installed("lab")
    installed.names["install"] = whole
    installed("lab")
    assert installed.steps == ["venv", "lab"]


@posix
def test_an_environment_of_somebody_elses_is_added_to(installed):
    os.remove(installed.names["STAMP"])
    os.remove(installed.names["PYTHON"])
    with open(
        installed.names["PYTHON"], "w"
    ) as script:  # a link would take this process's own pyvenv.cfg
        script.write(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    os.chmod(installed.names["PYTHON"], 0o755)
    installed("lab")
    installed("lab")
    assert installed.steps == ["lab"]


def test_an_incomplete_copy_is_told(tmp_path):
    kit = copy_kit(tmp_path / "kit")
    (kit / "requirements.txt").unlink()
    code, said = run([sys.executable, kit / "start.py", "lab"])
    assert code == 1 and "requirements.txt is missing" in one_sentence(said)
    shutil.rmtree(kit / "whosays")
    # a Python that has no whosays of its own, as a learner's
    code, said = run([sys._base_executable, kit / "start.py", "lab"])
    assert code == 1 and "folder whosays is missing" in one_sentence(said)


def test_too_little_room_is_told_before_it_is_used_up(tmp_path, monkeypatch, capsys):
    kit = copy_kit(tmp_path / "kit")
    names = runpy.run_path(str(kit / "start.py"))
    names["main"].__globals__["MEGABYTES"].update(lab=10**9)
    assert names["main"](["lab"]) == 1
    assert "the disk is full" in one_sentence(capsys.readouterr().err)
    assert not (kit / ".venv").exists()


def test_a_python_without_venv_is_told(tmp_path):
    kit = copy_kit(tmp_path / "kit")
    (tmp_path / "debian").mkdir()
    (tmp_path / "debian" / "ensurepip.py").write_text(
        "raise ModuleNotFoundError('No module named ensurepip')"
    )
    environment = clean_environment(PYTHONPATH=str(tmp_path / "debian"))
    code, said = run([sys.executable, kit / "start.py", "lab"], env=environment)
    assert code == 1 and "apt install python3." in one_sentence(said)


@posix
def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    kit = copy_kit(tmp_path / "kit")
    kit.chmod(0o555)
    command = [sys.executable, kit / "start.py", "lab"]
    if os.geteuid() == 0:  # root may write anywhere unless that right is given up
        if not shutil.which("setpriv"):
            pytest.skip("run as root, and setpriv is missing")
        command = ["setpriv", "--bounding-set=-dac_override", *command]
    code, said = run(command)
    kit.chmod(0o755)
    assert code == 1 and "cannot be written to" in one_sentence(said)


def on_a_tiny_disk(kit, tmp_path, python):
    """Run ``python`` in a copy of the kit on a file system of 8 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    script = (
        f'mount -t tmpfs -o size=8m none "{disk}" && cp -r "{kit}" "{disk}/kit" && '
        f'cd "{disk}/kit" && "{sys.executable}" {python}'
    )
    unshare = (
        ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    )
    if not shutil.which("unshare") or run([*unshare, "mount", "-t", "tmpfs", "none", disk])[0] != 0:
        pytest.skip("may not mount a small disk here")
    return run([*unshare, "sh", "-c", script], env=clean_environment())


@posix
@pytest.mark.parametrize(
    "python",
    [
        "start.py lab",
        pytest.param(
            "-c 'import start; start.MEGABYTES.update(lab=0); raise SystemExit(start.main([\"lab\"]))'",
            marks=pytest.mark.slow,
        ),
    ],
    ids=["before", "while installing"],
)
def test_a_full_disk_is_told(tmp_path, python):
    code, said = on_a_tiny_disk(copy_kit(tmp_path / "kit"), tmp_path, python)
    assert code == 1 and "the disk is full" in one_sentence(said)


# --- for real ---------------------------------------------------------------


@pytest.mark.slow
def test_no_network_is_told(tmp_path):
    kit = copy_kit(tmp_path / "kit")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        index = f"http://127.0.0.1:{closed.getsockname()[1]}/simple"
        environment = clean_environment(PIP_INDEX_URL=index, PIP_NO_CACHE_DIR="1")
        code, said = run([sys.executable, kit / "start.py", "lab"], env=environment)
    assert code == 1 and "no network" in one_sentence(said)


def start_in(kit, *arguments, **environment):
    return subprocess.Popen(
        [sys.executable, str(kit / "start.py"), "lab", "--no-browser", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=environment or None,
        # a shell that runs the tests in the background has it ignored, and children take that over
        preexec_fn=functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
        if os.name == "posix"
        else None,
    )


@posix
@pytest.mark.slow
def test_ctrl_c_while_installing(tmp_path):
    kit = copy_kit(tmp_path / "kit")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        silent.settimeout(120)
        index = f"http://127.0.0.1:{silent.getsockname()[1]}/simple"
        started = start_in(kit, **clean_environment(PIP_INDEX_URL=index, PIP_NO_CACHE_DIR="1"))
        connection, _ = silent.accept()  # pip is waiting for an answer now
        started.send_signal(signal.SIGINT)
        said, _ = started.communicate(timeout=120)
        connection.close()
    assert started.returncode == 130 and "the next start completes it" in one_sentence(said)


def address_of(started, told):
    """Read on until the address is printed; the lines go to ``told``."""
    for line in started.stdout:
        told.append(line)
        found = re.search(r"http://127\.0\.0\.1:(\d+)(/lab/tree/\S+)\?token=(\S+)", line)
        if found:
            return int(found[1]), urllib.parse.unquote(found[2]), found[3]
    raise AssertionError("".join(told))


def ask(port, path, token=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Authorization": f"token {token}"} if token else {})
    response = connection.getresponse()
    return response.status, response.read().decode("utf-8", "replace")


@posix
@pytest.mark.everywhere
def test_from_nothing_to_the_first_notebook_and_again(tmp_path):
    """A first start from nothing, a second that installs nothing, a third that mends what was deleted."""
    kit = copy_kit(tmp_path / "Lehrmaterial für Xocalı" / "kit")
    for installs, damage in [(True, None), (False, None), (True, "pandas")]:
        if damage:
            (found,) = (kit / ".venv" / "lib").glob(f"python3.*/site-packages/{damage}")
            shutil.rmtree(found)
        started, told = start_in(kit), []
        try:
            port, place, token = address_of(started, told)
            assert any("Installing" in line for line in told) == installs
            assert place == f"/lab/tree/{launch.FIRST_NOTEBOOK}" and len(token) >= 32
            assert ask(port, "/api/contents/notebooks")[0] == 403  # the token is needed
            status, page = ask(port, place, token)
            assert status == 200
            assert start.NEWS in json.dumps(
                json.loads(re.search(r"\{.*?\}\s*(?=</script>)", page, re.S)[0])
            )
            assert ask(port, f"/api/contents/{launch.FIRST_NOTEBOOK}", token)[0] == 200
            specs = json.loads(ask(port, "/api/kernelspecs", token)[1])
            assert specs["default"] == "python3"
        finally:
            started.send_signal(signal.SIGINT)
            rest, _ = started.communicate(timeout=120)
        assert started.returncode == 130 and "Stopped." in rest
        # the address is not buried under the server's own words
        assert not re.search(r"Traceback|ServerApp|WARN", "".join(told) + rest)
        with pytest.raises(OSError):
            ask(port, "/api")
    compiled = list(
        (kit / ".venv" / "lib").glob("python3.*/site-packages/pandas/__pycache__/*.pyc")
    )
    assert compiled  # else every kernel starts a second later


def test_children_are_free_of_settings_that_bend_them(monkeypatch):
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PIP_USER"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy")
    environment = launch.environment()
    assert not {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PIP_USER"} & environment.keys()
    assert environment["HTTPS_PROXY"] == "http://proxy" and environment["PYTHONUTF8"] == "1"


def test_a_terminal_in_jupyterlab_knows_our_commands():
    folder = str(Path(sys.executable).parent)
    found = launch.within_reach({"PATH": "there", "A": "1"}, sys.executable)
    assert found == {"PATH": folder + os.pathsep + "there", "A": "1"}
    assert launch.within_reach({}, sys.executable) == {"PATH": folder}


@pytest.mark.parametrize("screen, asked, opens", [
    (":0", [], True), (":0", ["--no-browser"], False), (None, [], sys.platform != "linux"),
])  # fmt: skip
def test_a_browser_opens_where_there_is_a_screen(monkeypatch, screen, asked, opens):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if screen:
        monkeypatch.setenv("DISPLAY", screen)
    options = launch.lab_options(asked)
    given = launch._server_options(paths.root(), 8888, "/lab/tree/x.ipynb", options)
    assert f"--ServerApp.open_browser={opens}" in given


@posix
@pytest.mark.slow
def test_the_browser_page_is_private(tmp_path, monkeypatch):
    """The address has the server's secret: it is in a file of ours, and in no command line."""
    opened, browser = tmp_path / "opened", tmp_path / "browser"
    browser.write_text(
        f'#!/bin/sh\ncp "${{1#file://}}" {opened}.part; ls -ld "$(dirname "${{1#file://}}")" > {opened}\n'
    )
    browser.chmod(0o755)
    variables = {"DISPLAY": ":0", "BROWSER": browser, "JUPYTER_RUNTIME_DIR": tmp_path / "runtime"}
    command = [sys.executable, "-m", "whosays.cli", "lab"]
    started = subprocess.Popen(
        command, cwd=paths.root(), env=clean_environment(**variables), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    try:
        port, place, token = address_of(started, [])
        started.stdout.readline()
        for _ in range(600):
            if opened.exists() and opened.read_text("utf-8"):
                break
            time.sleep(0.05)
    finally:
        started.send_signal(signal.SIGTERM)
        started.communicate(timeout=120)
    assert f":{port}{place}?token={token}" in Path(f"{opened}.part").read_text("utf-8")
    assert opened.read_text("utf-8").startswith("drwx------")


def test_missing_notebook_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(launch.paths, "root", lambda: tmp_path)
    assert cli.main(["lab", "--no-browser"]) == 1
    assert "00_start_here.ipynb is missing" in one_sentence(capsys.readouterr().err)


@pytest.mark.slow
def test_a_server_that_stops_at_once_is_told(tmp_path, monkeypatch):
    kit = copy_kit(tmp_path / "kit")
    monkeypatch.setattr(launch.paths, "root", lambda: kit)
    monkeypatch.setattr(launch, "_stop_when_told", lambda: None)  # pytest has its own
    monkeypatch.setattr(launch, "_server_options", lambda *_: ["--ServerApp.port=none"])
    with pytest.raises(launch.Problem, match="stopped while it was starting"):
        launch.lab(["--no-browser"], python=sys.executable)
    assert "ServerApp" in (kit / launch.LOG).read_text(encoding="utf-8")
