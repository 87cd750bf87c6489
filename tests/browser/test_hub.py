"""The kit on a JupyterHub as docs/hub.md has it: one click on the link, and an exercise runs in a learner's own folder.

The hub is a real one on this machine, with its proxy; two learners sign in. The package is this checkout, so
where answers go is said (an installed one has the same place: test_setup.py). Images and Kubernetes are not here.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request

import pytest
from conftest import ROOT, SECONDS, _free_port
from environments import cannot, python_of

from whosays.publish import launch, links

pytestmark = [pytest.mark.browser, pytest.mark.everywhere]
EXERCISE = "00_start_here_ferry"
PROXY = "configurable-http-proxy@5.3.0"

CONFIG = """
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.JupyterHub.db_url = "sqlite:///{home}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{home}/cookie"
c.ConfigurableHTTPProxy.command = ["{proxy}"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.ConfigurableHTTPProxy.pid_file = "{home}/proxy.pid"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = "{home}/{{username}}"
c.Spawner.cmd = ["{python}", "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--allow-root"]
c.Spawner.environment = {{"WHOSAYS_ANSWERS": lambda s: f"{home}/{{s.user.name}}/whosays-answers"}}
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
"""


@pytest.fixture
def hub(tmp_path):
    """A JupyterHub's address and the folder that has the learners' homes."""
    python, npm = python_of("hub"), shutil.which("npm")
    if not npm:
        cannot("Node.js and npm are missing, which the hub's proxy is fetched with")
    quiet = ["--silent", "--no-audit", "--no-fund"]
    done = subprocess.run([npm, "install", *quiet, "--prefix", tmp_path, PROXY])
    proxy = tmp_path / "node_modules" / ".bin" / "configurable-http-proxy"
    if done.returncode or not proxy.exists():
        cannot(f"{PROXY} could not be fetched with npm")
    home = tmp_path / "hub"
    home.mkdir()
    ports = {"port": _free_port(), "hub_port": _free_port(), "api_port": _free_port()}
    config = tmp_path / "jupyterhub_config.py"
    config.write_text(CONFIG.format(home=home, proxy=proxy, python=python, **ports))
    # what a learner has there is the installed package, without a folder for answers
    variables = launch.within_reach(launch.environment(), python)
    variables.pop("WHOSAYS_ANSWERS", None)
    address, log = f"http://127.0.0.1:{ports['port']}", home / "hub.log"
    with log.open("w", encoding="utf-8") as said:
        server = subprocess.Popen(
            [str(python), "-m", "jupyterhub", "--config", str(config)],
            cwd=home, env=variables, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
        )  # fmt: skip
        try:
            _await(server, f"{address}/hub/health", log)
            yield address, home
        finally:
            server.send_signal(signal.SIGTERM)  # it stops the learners' servers and the proxy
            server.wait(SECONDS)


def _await(server, address, log):
    end = time.monotonic() + 5 * SECONDS  # as long as a busy machine takes to import it
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the hub did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")


def test_a_click_on_the_link_opens_an_exercise_and_answers_are_kept(hub, browser, tmp_path):
    address, home = hub
    shared = tmp_path / "whosays"
    subprocess.run(["git", "clone", "--quiet", "--no-local", ROOT, shared], check=True)
    subprocess.run(["git", "-C", shared, "checkout", "--quiet", "-B", "main"], check=True)
    link = links.pull_url(
        links.home(), f"exercises/{EXERCISE}_ex.ipynb", repo=shared.as_uri(), hub=address
    )
    for learner in ("anna", "ben"):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        context.set_default_timeout(4 * SECONDS * 1000)
        page = context.new_page()
        page.goto(link)
        page.get_by_label("Username").fill(learner)
        page.get_by_label("Password").fill("x")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/lab/tree/whosays/exercises/*")
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        page.get_by_text(
            "Python 3 (ipykernel) | Idle"
        ).wait_for()  # what is run before that is lost
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator("#jp-mainmenu-run").get_by_text("Run All Cells", exact=True).click()
        box = page.locator(".ws-question:has(.ws-code)").first
        box.get_by_label("(c)").check()
        box.get_by_role("button", name="Check").click()
        box.get_by_text("✓ right").first.wait_for()
        if folder := os.environ.get("WHOSAYS_SCREENSHOTS"):
            page.screenshot(path=f"{folder}/hub-{learner}.png")
        assert (home / learner / "whosays" / "exercises" / f"{EXERCISE}_ex.ipynb").is_file()
        kept = (home / learner / "whosays-answers" / f"{EXERCISE}.json").read_text("utf-8")
        assert json.loads(kept)["answers"]["0.1f"] == "c"
        print(f"{learner}: {_memory(home / learner)}")
        context.close()


def _memory(home):
    """Megabytes that a learner's server and kernel hold for themselves (Linux); printed, not tested."""
    found = {}
    for folder in os.listdir("/proc") if os.path.isdir("/proc") else ():
        try:
            with open(f"/proc/{folder}/cmdline", encoding="utf-8") as file:
                command = file.read()
            with open(f"/proc/{folder}/environ", encoding="utf-8", errors="replace") as file:
                variables = file.read()
            with open(f"/proc/{folder}/smaps_rollup", encoding="utf-8") as file:
                pages = file.read()
        except (OSError, ValueError):
            continue
        if f"HOME={home}\0" in variables and "python" in command:
            kind = "kernel" if "ipykernel" in command else "server"
            kilobytes = re.findall(r"^Private_\w+:\s+(\d+) kB", pages, re.MULTILINE)
            found[kind] = found.get(kind, 0) + sum(map(int, kilobytes)) // 1024
    return found
