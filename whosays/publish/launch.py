"""``whosays lab`` and ``show``: JupyterLab on the first notebook, a lesson on a projector.

``start.py`` calls the first once it has installed what it needs, so this module stays within the
standard library.
"""

import argparse
import contextlib
import http.client
import importlib.util
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

from ..base import paths
from ..base.problem import Problem
from . import links

FIRST_NOTEBOOK = "notebooks/00_start_here.ipynb"
LOG = ".whosays/jupyter.log"
FIRST_PORT, PORTS_TRIED = 8888, 50
SECONDS_TO_START = 90

# jsonschema would take a second to build the grammar of a format that nobody here
# uses; a module that is None counts as not installed, and it does without
SERVER = (
    "import sys; sys.modules['rfc3987_syntax'] = None; from jupyterlab.labapp import main;"
    " sys.exit(main())"
)

# pages of "whosays show" take scripts, styles and pictures from this machine only; widgets are made
# as blobs
FROM_HERE_ONLY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; frame-ancestors 'self'"
)


def environment() -> dict[str, str]:
    """A copy of ``os.environ`` for Python processes that the kit starts.

    Left out is what would bend an installation or a kernel: another Python's paths, pip options
    that move an installation elsewhere, and PYTHONDONTWRITEBYTECODE (with it every kernel compiles
    pandas anew and starts a second later).
    """
    unwanted = {
        "PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONSTARTUP",
        "__PYVENV_LAUNCHER__", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT",
        "PIP_NO_COMPILE", "PIP_REQUIREMENT",
    }  # fmt: skip
    variables = {name: value for name, value in os.environ.items() if name.upper() not in unwanted}
    # Windows reads .pth files and opens text files in a local code page otherwise
    return variables | {"PYTHONUTF8": "1"}


def within_reach(variables, python: str) -> dict[str, str]:
    """``variables`` with the folder of ``python`` first on PATH.

    So a terminal opened in JupyterLab knows ``whosays`` without a word on virtual environments.
    """
    folders = [str(Path(python).parent), variables.get("PATH", "")]
    return variables | {"PATH": os.pathsep.join(filter(None, folders))}


def lab(argv=None, python=sys.executable):
    """Start JupyterLab on the first notebook and stay until it is stopped.

    Parameters
    ----------
    argv : list of str, optional
        ``[--no-browser] [--port PORT]``.
    python : str
        The interpreter that has JupyterLab.

    Returns
    -------
    int
        Exit code: 130 after Ctrl-C.

    Raises
    ------
    Problem
        A busy port that was asked for, a missing notebook, a server that does not start.
    """
    options = lab_options(argv)
    root = paths.root()
    if not (root / FIRST_NOTEBOOK).is_file():
        raise Problem(f"{FIRST_NOTEBOOK} is missing in {root}: get a complete copy of the kit.")
    return _serve(python, f"/lab/tree/{FIRST_NOTEBOOK}", options, f"What you saved is in {root}.")


def show_lesson(argv=None, python: str = sys.executable) -> int:
    """Show a lesson or an exercise full-size, without code, for a projector (Voilà).

    It stays until it is stopped. What is filled in is kept until then, apart from anybody's saved
    answers, so that each class begins with empty fields. The pages load nothing from outside this
    machine. ``argv`` is ``[LESSON] [--exercise | --practice] [--no-browser] [--port PORT]``.

    Raises
    ------
    Problem
        As for :func:`lab`; no such lesson; Voilà is not installed.
    """
    parser = _parser("whosays show", "Show a lesson full-size, without code, for a projector.")
    parser.add_argument(
        "lesson", nargs="?", default="00", help="its number, such as 03 (default: 00)"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--exercise", action="store_true", help="its exercise instead")
    which.add_argument(
        "--practice", action="store_true", help="its exercise on the practice case instead"
    )
    options = parser.parse_args(argv)
    if importlib.util.find_spec("voila") is None:
        raise Problem(
            f'this needs Voilà: run  {python} -m pip install "voila>=0.5.8"  and try again.'
        )
    kind = "practice" if options.practice else "exercise" if options.exercise else "lesson"
    place = _lesson(options.lesson.zfill(2), kind)
    # a style sheet that Voilà asks for elsewhere would hold up the page where there is no network
    headers = {"headers": {"Content-Security-Policy": FROM_HERE_ONLY}}
    more = [
        f"--ServerApp.tornado_settings={headers!r}",
        "--VoilaConfiguration.theme=light",
        "--VoilaExporter.markdown_renderer_class=whosays.publish.voila.Pictures",
        # a page that was left leaves its kernel behind
        "--MappingKernelManager.cull_idle_timeout=300",
        "--MappingKernelManager.cull_interval=60",
    ]
    with tempfile.TemporaryDirectory(prefix="whosays-shown-") as answers:
        ended = "What was filled in on the screen is gone."
        return _serve(
            python, f"/voila/render/{place}", options, ended, more, {"WHOSAYS_ANSWERS": answers}
        )


def _lesson(number, kind):
    """The place of a lesson's notebook, or of its ``exercise`` or ``practice`` twin."""
    root, at = paths.root(), ("lesson", "exercise", "practice").index(kind)
    books = {known: links.books_of(known, root)[at] for known in links.LESSONS}
    if not books.get(number):
        there = ", ".join(known for known, book in books.items() if book)
        raise Problem(f"there is no {kind} {number!r}: there are {there or 'none'} in {root}.")
    return books[number].relative_to(root).as_posix()


def _serve(python, place, options, saved, more=(), variables=None):
    """Start the server on a page, open it, and stay until it is stopped.

    ``saved`` says on stopping what became of the work; ``more`` are further options of the server,
    ``variables`` further ones of its environment.
    """
    root = paths.root()
    port = choose_port(options.port)
    token = secrets.token_urlsafe(24)
    place = urllib.parse.quote(place)
    _stop_when_told()
    log = _log(root)
    server = subprocess.Popen(
        [python, "-P", "-c", SERVER, *_server_options(root, port, place, options), *more],
        cwd=root,
        env=within_reach(environment(), python) | {"JUPYTER_TOKEN": token} | (variables or {}),
        stdin=subprocess.DEVNULL,
        stderr=log,
    )
    try:
        _wait_until_up(server, port, token)
        address = f"http://127.0.0.1:{port}{place}?token={token}"
        print(
            f"Who Says? is open at\n\n    {address}\n\nLeave this window open. Ctrl-C stops it.",
            flush=True,
        )
        return server.wait()
    except KeyboardInterrupt:
        _stop(server)
        print(f"\nStopped. {saved}", flush=True)
        return 130
    finally:
        _stop(server)
        if log:
            log.close()


def _log(root):
    """Where the server's words go, which would bury the address; None (the screen) if nowhere."""
    try:
        (root / LOG).parent.mkdir(exist_ok=True)
        return open(root / LOG, "wb")
    except OSError:
        return None


def lab_options(argv=None):
    """Parse the options of ``lab``; leaves with a usage message when one is wrong."""
    return _parser("lab", "Open the kit in JupyterLab.").parse_args(argv)


def _parser(name, what):
    parser = argparse.ArgumentParser(prog=name, description=what)
    parser.add_argument("--no-browser", action="store_true", help="print the address, open nothing")
    parser.add_argument(
        "--port", type=_port, help=f"default: the first free one from {FIRST_PORT} on"
    )
    return parser


def _port(text):
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535")


def choose_port(wanted=None) -> int:
    """A free port of this machine: ``wanted`` if given, else the first one from 8888 on.

    Raises
    ------
    Problem
        ``wanted``, or every port tried, is busy or may not be opened.
    """
    tried = range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if wanted is None else [wanted]
    port = next(filter(_is_free, tried), None)
    if port is None and wanted is not None:
        raise Problem(
            f"port {wanted} is busy or not allowed: give another with --port, or none to take the"
            " next free one."
        )
    if port is None:
        raise Problem(
            f"the ports from {FIRST_PORT} to {tried[-1]} are all busy: close another Jupyter, or"
            " give a free one with --port."
        )
    if port != tried[0]:
        print(f"Port {FIRST_PORT} is busy; taking {port}.", flush=True)
    return port


def _is_free(port):
    with socket.socket() as client:
        client.settimeout(0.5)
        if client.connect_ex(("127.0.0.1", port)) == 0:
            return False
    with contextlib.suppress(OSError):
        # unlike bind, it takes a port whose server was stopped a moment ago for free
        socket.create_server(("127.0.0.1", port)).close()
        return True
    return False


def _server_options(root, port, place, asked):
    # without a screen a text browser would take over the terminal
    screen = not sys.platform.startswith("linux") or {"DISPLAY", "WAYLAND_DISPLAY"} & set(
        os.environ
    )
    options = [
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url={place}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.open_browser={bool(screen and not asked.no_browser)}",
        "--ServerApp.answer_yes=True",
        "--Application.log_level=WARN",
        # nothing asks the network for anything: no news, no update check, no extension catalogue
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # containers: Jupyter refuses root otherwise
        options.append("--allow-root")
    return options


def _wait_until_up(server, port, token):
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise Problem(
                f"JupyterLab stopped while it was starting, and says why in {LOG}; "
                "if that does not help, delete the folder .venv and start again."
            )
        if _answers(port, token):
            return
        time.sleep(0.05)
    raise Problem(f"JupyterLab did not answer within {SECONDS_TO_START} seconds: start it again.")


def _answers(port, token):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        # asks for something only our token opens, so that no other server is taken for ours
        connection.request("GET", "/api/status", headers={"Authorization": f"token {token}"})
        response = connection.getresponse()
        return response.status == 200 and "started" in json.loads(response.read())
    except (OSError, ValueError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _stop_when_told():
    def interrupt(*_):
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), interrupt)


def _stop(server):
    if (
        os.name != "posix"
    ):  # terminate() is a hard end there; the console's Ctrl-C has reached the server too
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(5)
    if server.poll() is None:
        server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
