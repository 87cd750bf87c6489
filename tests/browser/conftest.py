"""A real JupyterLab in a real browser, for tests marked ``browser``.

One server a session, with its own configuration, root folder and answers folder, so that no
test touches the notebooks of the kit or the settings of whoever runs it. Use::

    @pytest.mark.browser
    def test_something(lab):
        book = lab.open(lab.server.exercises / "01_who_is_speaking_ex.ipynb")
        book.run_all()
        book.page.get_by_role("button", name="Check").first.click()
        assert not book.axe(".jp-OutputArea-output")

Set ``WHOSAYS_SCREENSHOTS`` to a folder to keep what ``book.screenshot("name")`` takes.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
SECONDS = 60
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# axe passes over the contrast of every text in JupyterLab, because <body> has no height there
SEEN_BY_AXE = "html, body { height: 100vh !important; overflow: visible !important }"

# Left out of the tests' JupyterLab, where every page that is opened would load or ask for it: what
# no learner's install has, the news, and the list of formats to export to.
LEFT_OUT = (
    "@jupyter-notebook/lab-extension",
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/notebook-extension:export",
    "@jupyterlab/notebook-extension:update-raw-mimetype",
    "@jupyterlite/pyodide-kernel-extension",
    "@voila-dashboards/jupyterlab-preview",
)

TALL = 12_000
AXE_DOWN_THE_PAGE = """async (selector) => {
    const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const panel = document.querySelector('.jp-WindowedPanel-outer') ?? document.scrollingElement;
    const found = [], done = new Set();
    panel.scrollTop = 0;
    for (let last = -1; ; ) {
        await frame();  // what comes into sight is laid out only now
        await frame();
        if (panel.scrollTop <= last) return found;
        last = panel.scrollTop;
        const seen = [...document.querySelectorAll(selector)].filter(element => {
            const box = element.getBoundingClientRect();
            if (done.has(element) || !box.height || box.bottom <= 0 || box.top >= window.innerHeight) return false;
            if (box.top >= 0 && box.bottom <= window.innerHeight) done.add(element);
            return true;
        });
        // preloading every stylesheet of JupyterLab takes longer than all rules together
        const quick = {resultTypes: ['violations'], preload: false, iframes: false};
        if (seen.length) found.push(...(await axe.run(seen, quick)).violations);
        panel.scrollTop = last + panel.clientHeight * 0.8;
    }
}"""


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _missing(what):
    """Skip on a laptop without a browser; fail where a run is meant to be complete."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{what} is missing, and CI is true")
    pytest.skip(f"{what} is missing")


class Server(NamedTuple):
    """Where the server is, what it serves, where answers go, and the exercises (the demo set among them)."""

    address: str
    token: str
    folder: Path
    answers: Path
    exercises: Path

    def end_kernels(self):
        """Shut down what a test has started; two hundred idle kernels would slow down the ones after."""
        for kernel in json.loads(self._ask("kernels")):
            self._ask(f"kernels/{kernel['id']}", method="DELETE")

    def _ask(self, what, method="GET"):
        request = urllib.request.Request(
            f"{self.address}/api/{what}",
            method=method,
            headers={"Authorization": f"token {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return answer.read().decode("utf-8")


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium: the system's own, or the one that Playwright installed."""
    sync_api = pytest.importorskip("playwright.sync_api")
    found = os.environ.get("WHOSAYS_CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    with sync_api.sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=found, headless=True, args=FLAGS)
        except sync_api.Error:
            _missing("A Chromium")
        yield started
        started.close()


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory):
    """A JupyterLab server with nothing of the user's; yields a ``Server``."""
    from whosays.exercise.build import build

    home = tmp_path_factory.mktemp("lab")
    folder, answers, exercises = home / "work", home / "answers", home / "exercises"
    folder.mkdir()
    shutil.copytree(
        ROOT / "exercises", exercises, ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    _, problems = build(solutions=FIXTURES / "solutions", exercises=exercises)
    assert not problems, problems
    labconfig = home / "config" / "labconfig"
    labconfig.mkdir(parents=True)
    (labconfig / "page_config.json").write_text(
        # nor is Node started with every page, to see whether extensions want building
        json.dumps({"disabledExtensions": dict.fromkeys(LEFT_OUT, True), "buildCheck": False}),
        encoding="utf-8",
    )
    another = os.environ.get("WHOSAYS_LAB_PYTHON")  # another one's JupyterLab: tests/test_floors.py
    if another:
        # before 4.5 JupyterLab takes cells off the page while they are out of sight, where no test finds them
        tracker = (
            home / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
        )
        tracker.parent.mkdir(parents=True)
        tracker.write_text('{"windowingMode": "none"}', encoding="utf-8")
    token, port = secrets.token_hex(16), _free_port()
    private = {
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "run",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "IPYTHONDIR": home / "ipython",
        "WHOSAYS_ANSWERS": answers,
        "WHOSAYS_EXERCISES": exercises,
    }
    environment = {**os.environ, **{name: str(path) for name, path in private.items()}}
    environment.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # without bytecode every kernel starts seconds later
    log = (home / "server.log").open("w", encoding="utf-8")
    server = subprocess.Popen(
        [
            another or sys.executable,
            "-m",
            "jupyterlab",
            "--no-browser",
            "--allow-root",
            f"--port={port}",
            "--ServerApp.port_retries=0",
            f"--IdentityProvider.token={token}",
            f"--ServerApp.root_dir={folder}",
            "--LabApp.expose_app_in_browser=True",
        ],
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd=folder,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _await_server(server, address, token, home / "server.log")
        yield Server(address, token, folder, answers, exercises)
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        log.close()


def _await_server(server, address, token, log):
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/api/status?token={token}", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")


class Lab:
    """Opens notebooks of a server in one browser page."""

    def __init__(self, page, server):
        self.page, self.server = page, server

    def open(self, path, name=None):
        """Open a copy of a notebook alone on the page, with its kernel ready.

        Parameters
        ----------
        path : pathlib.Path
            The notebook; the copy is what may change.
        name : str, optional
            The copy's name; a test that opens twice what it changed gives the same name.

        Returns
        -------
        Book
        """
        copy = self.server.folder / (name or f"{secrets.token_hex(3)}-{Path(path).name}")
        if not copy.exists():
            shutil.copy(path, copy)
        self.page.goto(
            f"{self.server.address}/doc/tree/{copy.name}?reset&token={self.server.token}"
        )
        book = Book(self.page)
        book.await_kernel()
        return book

    def open_cells(self, *sources, name=None):
        """Open a notebook made of these code cells; parameters and result as for :meth:`open`."""
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        name = name or f"{secrets.token_hex(3)}-cells.ipynb"
        if not (self.server.folder / name).exists():
            book = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
            nbformat.write(book, self.server.folder / name)
        return self.open(self.server.folder / name, name)

    def run_cell(self, source):
        """Open a notebook of one code cell and run it, which must end without an error.

        Parameters
        ----------
        source : str

        Returns
        -------
        Book
        """
        book = self.open_cells(source)
        book.run_all()
        assert book.errors() == []
        return book

    def lesson(self, name):
        """Open a lesson and run it, which must end without an error or a warning, and clean for axe.

        tests/browser/test_every_lesson.py does so with each lesson that no test opens with this.

        Parameters
        ----------
        name : str
            Such as ``06_independent_accounts``.

        Returns
        -------
        Book
        """
        book = self.open(ROOT / "notebooks" / f"{name}.ipynb")
        book.run_all()
        book.screenshot(name)
        assert book.errors() == []
        said = ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']"
        assert self.page.locator(said).all_inner_texts() == []
        assert self.page.get_by_text("Error displaying widget").count() == 0
        assert not book.axe(".jp-OutputArea-output")
        return book


class Book:
    """One open notebook."""

    def __init__(self, page):
        self.page = page

    def await_kernel(self):
        """Until the kernel answers: what is run before that is lost without a word."""
        self.page.wait_for_function(
            "() => window.jupyterapp?.shell.currentWidget?.context?.isReady"
            " && window.jupyterapp.shell.currentWidget.context.sessionContext.session?.kernel",
            timeout=SECONDS * 1000,
        )
        self.page.evaluate(
            """async () => {
                const session = jupyterapp.shell.currentWidget.context.sessionContext;
                await session.ready;
                await session.session.kernel.info;
            }"""
        )

    def run_all(self):
        """Run every cell and wait until nothing runs any more."""
        # fired, not awaited: the promise would hang the page if the run were lost
        self.page.evaluate("() => { void jupyterapp.commands.execute('notebook:run-all-cells') }")
        self.page.wait_for_function(
            """() => {
                const book = jupyterapp.shell.currentWidget;
                const code = book.content.widgets.filter(c => c.model.type === 'code' && c.model.sharedModel.source.trim());
                return book.context.sessionContext.session.kernel.status === 'idle'
                    && code.every(c => c.model.executionCount !== null);
            }""",
            timeout=SECONDS * 1000,
        )

    def restart(self):
        """Restart the kernel, outputs stay."""
        self.page.evaluate(
            "async () => { await jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.restart() }"
        )
        self.await_kernel()

    def sources(self):
        """The source of every cell, as it is now: shows whether a stray key made or deleted one."""
        return self.page.evaluate(
            "() => jupyterapp.shell.currentWidget.content.widgets.map(c => c.model.sharedModel.source)"
        )

    def errors(self):
        """Names of errors that cells ended with."""
        return self.page.evaluate(
            """() => jupyterapp.shell.currentWidget.content.widgets.filter(c => c.model.type === 'code')
                .flatMap(c => c.model.outputs.toJSON()).filter(o => o.output_type === 'error').map(o => o.ename)"""
        )

    def output(self, text):
        """The output area that contains a text."""
        return self.page.locator(".jp-Cell-outputArea").filter(has_text=text).first

    def axe(self, selector=".jp-OutputArea-output", impacts=("serious", "critical")):
        """Accessibility violations inside some elements, contrast included.

        Returns
        -------
        list of str
            Rule, impact and element, one line for each.
        """
        import axe_playwright_python

        script = Path(axe_playwright_python.__file__).parent / "axe.min.js"
        self.page.add_style_tag(content=SEEN_BY_AXE)
        if not self.page.evaluate("() => Boolean(window.axe)"):
            self.page.evaluate(script.read_text(encoding="utf-8"))
        # in a window many pages high, and all that is in sight at once: axe does not look at the contrast of
        # what is out of sight, and for each look it measures the whole page anew
        before = self.page.viewport_size
        self.page.set_viewport_size({**before, "height": TALL})
        violations = self.page.evaluate(AXE_DOWN_THE_PAGE, selector)
        self.page.set_viewport_size(before)
        lines = (
            f"{v['id']} ({v['impact']}): {node['html'][:160]}"
            for v in violations
            for node in v["nodes"]
            if v["impact"] in impacts
        )
        return list(dict.fromkeys(lines))

    def screenshot(self, name, locator=None):
        """Keep a picture when ``WHOSAYS_SCREENSHOTS`` names a folder."""
        folder = os.environ.get("WHOSAYS_SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            (locator or self.page).screenshot(path=Path(folder) / f"{name}.png")


@pytest.fixture
def lab(browser, lab_server):
    """A page of 1280 x 900 and the server behind it; page errors, and requests to anywhere else, fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(20_000)
    errors, outside = [], []
    own = (f"{lab_server.address}/", "data:", "blob:", "about:")
    context.on(
        "request", lambda request: request.url.startswith(own) or outside.append(request.url)
    )
    # JupyterLab itself drops what it was waiting for when a page is loaded again
    page.on("pageerror", lambda error: "Canceled future" in str(error) or errors.append(str(error)))
    yield Lab(page, lab_server)
    context.close()
    lab_server.end_kernels()
    assert not errors
    assert not outside
