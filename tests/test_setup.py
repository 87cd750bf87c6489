"""The files that install the kit agree with each other, and with what Binder makes of them."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile

import hypothesis
import pytest
import yaml
from kit_copy import copy_kit, run
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import whosays
from tools import run_tests
from whosays.base import paths
from whosays.base.problem import Problem
from whosays.exercise.build import files_of, load_set
from whosays.publish import links

ROOT = paths.root()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
LEARNER = PROJECT["project"]["dependencies"]
BUILD = PROJECT["dependency-groups"]["build"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
LOCKS = ["requirements.txt", "requirements-test.txt"]

# what mybinder.org's image brought in August 2026: asking for more makes every build upgrade it
BINDER_BASE = {"jupyterlab": "4.4.9", "ipywidgets": "8.1.7"}

MACHINES = [
    {"python_version": version, "python_full_version": f"{version}.1", "sys_platform": platform,
     "platform_system": system, "os_name": os_name, "platform_python_implementation": "CPython",
     "implementation_name": "cpython", "platform_machine": "x86_64", "extra": ""}
    for version in ("3.11", "3.12", "3.13")
    for platform, system, os_name in (
        ("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))
]  # fmt: skip


def lines(name):
    """The lines of a lock as Requirement -> list of hashes."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        requirement, *hashes = re.split(r"\s+--hash=", line.strip())
        found.append((Requirement(requirement), hashes))
    return found


def pins(name, machine):
    """Package -> version that pip would install on a machine."""
    return {
        canonicalize_name(r.name): next(iter(r.specifier)).version
        for r, _ in lines(name)
        if r.marker is None or r.marker.evaluate(machine)
    }


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_is_a_pin_with_hashes_and_no_host(name):
    for requirement, hashes in lines(name):
        (pin,) = requirement.specifier
        assert pin.operator == "==" and requirement.url is None, requirement
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", h) for h in hashes), requirement
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|index-url|find-links|file:", text)


@pytest.mark.parametrize(
    "machine", MACHINES, ids=lambda m: f"{m['python_version']}-{m['sys_platform']}"
)
@pytest.mark.parametrize(
    "name, wanted",
    [
        ("requirements.txt", LEARNER + BUILD),
        (
            "requirements-test.txt",
            [*LEARNER, *BUILD, *EXTRAS["test"], *EXTRAS["reuse"], *EXTRAS["case"], *EXTRAS["site"]],
        ),
    ],
)
def test_the_locks_hold_what_pyproject_asks_for(name, wanted, machine):
    locked = pins(name, machine)
    for requirement in map(Requirement, wanted):
        if requirement.marker is None or requirement.marker.evaluate(machine):
            assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), (
                requirement
            )


def test_tests_run_on_what_a_learner_has():
    # a marker may be wider in the larger lock, where more packages ask for a thing
    learner = {(r.name, str(r.specifier)): hashes for r, hashes in lines("requirements.txt")}
    test = {(r.name, str(r.specifier)): hashes for r, hashes in lines("requirements-test.txt")}
    assert {key: test.get(key) for key in learner} == learner
    for machine in MACHINES:
        assert (
            pins("requirements.txt", machine).items()
            <= pins("requirements-test.txt", machine).items()
        )


def conda():
    """environment.yml's packages as name -> specifier; conda's = becomes a pin of the minor version."""
    return {
        name: spec
        for name, spec in (
            re.fullmatch(r"([\w-]+)(.*)", d).groups() for d in ENVIRONMENT["dependencies"]
        )
    }


def test_environment_yml_asks_for_what_pyproject_asks_for():
    ours = conda()
    assert re.fullmatch(r"=3\.1[123]", ours.pop("python"))  # unpinned, repo2docker takes 3.10
    assert ours.pop("pip") == ""
    assert ours.pop("nbgitpuller").startswith(">=")  # for links on Binder alone
    asked = {r.name: str(r.specifier) for r in map(Requirement, LEARNER + BUILD)}
    assert ours == asked


def test_environment_yml_has_no_pip_section():
    assert all(isinstance(entry, str) for entry in ENVIRONMENT["dependencies"])
    assert ENVIRONMENT["channels"] == ["conda-forge"]


def test_binder_need_not_upgrade_its_base_image():
    for requirement in map(Requirement, LEARNER):
        if requirement.name in BINDER_BASE:
            assert requirement.specifier.contains(BINDER_BASE[requirement.name])


def test_the_build_backend_is_installed_before_it_is_needed():
    for requirement in PROJECT["build-system"]["requires"]:
        assert requirement in BUILD


def test_news_are_off_in_both_ways_of_installing():
    import start

    assert start.NEWS in (ROOT / "postBuild").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="repo2docker does not run on Windows")
def test_repo2docker_accepts_the_kit(tmp_path):
    kit = copy_kit(tmp_path / "kit")
    user = ["--user-id", "1000", "--user-name", "learner"]
    code, said = run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug", *user, kit], cwd=tmp_path
    )
    assert code == 0, said
    assert "Building conda environment for python=3.12" in said
    order = [
        "src/environment.yml",
        "env update",
        "COPY --chown=1000:1000 src/ ",
        "chmod +x postBuild",
        "./postBuild",
    ]
    places = [said.index(part) for part in order]
    # environment first: a commit that leaves it alone must not solve it anew
    assert places == sorted(places), dict(zip(order, places, strict=True))
    assert "requirements.txt" not in said


def test_a_wheel_brings_the_data_and_no_full_text(tmp_path):
    kit = copy_kit(tmp_path / "kit")
    private = kit / "data" / "khojaly" / "fulltext" / "piece.txt"
    private.parent.mkdir(parents=True, exist_ok=True)
    private.write_text("somebody's text", encoding="utf-8")
    code, said = run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=kit
    )
    assert code == 0, said
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    assert "whosays/base/paths.py" in names
    assert any(name.startswith("whosays/_kit/data/khojaly/") for name in names)
    assert not [
        name for name in names if "piece.txt" in name or name.startswith(("tests", "start"))
    ]


def test_citation_file_has_what_the_format_requires():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == whosays.__version__
    assert all("name" in author or "family-names" in author for author in citation["authors"])


def test_every_link_is_what_is_known_of_the_kits_home():
    wrong = [file.relative_to(ROOT).as_posix() for file in links.drift()]
    assert wrong == [], "run: whosays links --write"


def git(folder, *arguments):
    identity = ["-c", "user.name=A teacher", "-c", "user.email=teacher@example.org"]
    code, said = run(["git", *identity, *arguments], cwd=folder)
    assert code == 0, said
    return said.strip()


@pytest.fixture
def fork(tmp_path, monkeypatch):
    """A copy of the kit as a git repository of somebody else, without a remote yet."""
    kit = copy_kit(tmp_path / "kit")
    for name in ("README.md", "CONTRIBUTING.md", "CITATION.cff"):
        shutil.copy2(ROOT / name, kit)
    for name in ("docs", "notebooks", "solutions"):
        shutil.copytree(ROOT / name, kit / name, dirs_exist_ok=True)
    git(kit, "init", "--quiet")
    git(kit, "add", "--all")
    git(kit, "commit", "--quiet", "-m", "The kit")
    monkeypatch.setattr(paths, "root", lambda: kit)
    return kit


PUBLIC = ("mybinder.org/v2", "colab.research", "github.com", "github.io")


def linked(folder):
    """Addresses in the files that links are written into, of the kinds that lead to the kit's home."""
    files = [file for pattern in links.WRITTEN for file in folder.glob(pattern)]
    found = {file: re.findall(r"https://[^\s)\"'\\>]+", file.read_text("utf-8")) for file in files}
    return {
        (file.name, link)
        for file, all_links in found.items()
        for link in all_links
        if "/kit/" in link or "/kit." in link or link.endswith("/kit")
        if any(place in link for place in PUBLIC)
    }


def test_without_a_known_home_nothing_is_linked_and_the_words_stand(fork):
    assert links.main(["--write"]) == 0
    assert links.home() == links.Home() and linked(fork) == set()
    assert "mybinder.org/v2" not in (fork / "README.md").read_text(encoding="utf-8")
    assert "python3 start.py lab" in (fork / "README.md").read_text(encoding="utf-8")
    with pytest.raises(Problem, match="not known here"):
        links.pull_url(links.home(), links.FIRST)


@pytest.mark.slow
def test_a_push_of_a_fork_makes_its_own_links_and_a_tag_makes_those_to_binder(fork, capsys):
    git(fork, "remote", "add", "origin", "https://someone:secret@github.com/some-school/kit.git")
    links.main(["--write", "--site", "https://some-school.github.io/kit/"])
    assert links.home() == links.Home(
        "https://github.com/some-school/kit", "", "https://some-school.github.io/kit/"
    )
    assert "https://some-school.github.io/kit/" in {link for _, link in linked(fork)}
    assert "mybinder.org/v2" not in (fork / "README.md").read_text(encoding="utf-8")
    citation = (fork / "CITATION.cff").read_text(encoding="utf-8")
    assert yaml.safe_load(citation)["repository-code"] == "https://github.com/some-school/kit"

    git(fork, "tag", f"v{whosays.__version__}")
    links.main(["--write"])
    capsys.readouterr()
    binder = links.home().binder("notebooks/00_start_here.ipynb")
    assert f"/v2/gh/some-school/kit/v{whosays.__version__}?urlpath=lab%2Ftree%2Fnote" in binder
    opening = {name for name, link in linked(fork) if "mybinder.org/v2" in link}
    lessons = {path.name for path in (fork / "notebooks").iterdir()}
    assert lessons | {"README.md"} <= opening
    assert "secret" not in "".join(link for _, link in linked(fork))
    assert "colab.research.google.com/github/some-school/kit" in str(linked(fork))
    # a solution leads to the exercise that is built from it
    solution = (fork / "solutions" / "00_start_here_sol.ipynb").read_text(encoding="utf-8")
    assert links.home().binder("exercises/00_start_here_ex.ipynb") in solution
    assert links.drift() == {}
    made = load_set(fork / "solutions" / "00_start_here_sol.ipynb")
    name = "00_start_here_ex.ipynb"
    assert files_of(made)[name] == (fork / "exercises" / name).read_text(encoding="utf-8")

    # the fork of a fork: nothing of the first one's stays
    git(fork, "remote", "set-url", "origin", "git@github.com:another/kit.git")
    links.main(["--write"])
    assert links.home() == links.Home(
        "https://github.com/another/kit", f"v{whosays.__version__}", ""
    )
    assert "some-school" not in str(linked(fork))
    # and back to none
    git(fork, "remote", "remove", "origin")
    links.main(["--write"])
    assert linked(fork) == set()
    changed = [line[3:] for line in git(fork, "status", "--porcelain").splitlines()]
    assert changed == [], "what was written has gone again, to the byte"


@pytest.mark.parametrize(
    "remote, address",
    [
        ("https://github.com/a/b", "https://github.com/a/b"),
        ("https://github.com/a/b.git", "https://github.com/a/b"),
        ("ssh://git@codeberg.org:22/a/b.git", "https://codeberg.org/a/b"),
        ("git@gitlab.example.org:group/sub/b.git", "https://gitlab.example.org/group/sub/b"),
        ("/srv/git/kit.git", ""),
        ("../kit", ""),
        ("file:///srv/kit", ""),
    ],
)
def test_the_address_of_a_remote(tmp_path, remote, address):
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "remote", "add", "origin", remote)
    assert links.home_of_remote(tmp_path).repository == address


@pytest.fixture
def known(monkeypatch):
    """The kit's home is known: a tag on GitHub."""
    home = links.Home("https://github.com/some-school/kit", f"v{whosays.__version__}")
    monkeypatch.setattr(links, "home", lambda root=None: home)


def test_lessons_are_linked_once_they_exist(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in (
        "notebooks/01_who_is_speaking.ipynb",
        "exercises/01_who_is_speaking_ex.ipynb",
        "exercises/01_who_is_speaking_ferry_ex.ipynb",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    rows = links.lesson_table(links.home(tmp_path), tmp_path).splitlines()
    assert len(rows) == len(links.LESSONS) + 2
    _, *cells = [cell.strip() for cell in rows[3].split("|")]
    assert [cell.split(")")[0] for cell in cells[3:6]] == [
        "[read](notebooks/01_who_is_speaking.ipynb",
        "[read](exercises/01_who_is_speaking_ex.ipynb",
        "[read](exercises/01_who_is_speaking_ferry_ex.ipynb",
    ]
    assert rows[4].count("none") == 3


def test_links_that_fetch_notebooks_are_those_of_nbgitpullers_generator(known):
    # as its page (nbgitpuller.readthedocs.io/en/latest/link.html) writes them for these fields
    assert links.pull_url(
        links.home(),
        "week 1/start.ipynb",
        "https://github.com/some-school/own-case.git",
        "2026",
        "https://hub.example.org/",
    ) == (
        "https://hub.example.org/hub/user-redirect/git-pull?repo=https%3A%2F%2Fgithub.com%2Fsome-school%2Fown-case.git"
        "&urlpath=lab%2Ftree%2Fown-case%2Fweek+1%2Fstart.ipynb&branch=2026"
    )
    assert links.pull_url(
        links.home(), "start.ipynb", "https://github.com/some-school/own-case"
    ) == (
        f"https://mybinder.org/v2/gh/some-school/kit/v{whosays.__version__}?urlpath=git-pull%3Frepo%3Dhttps%253A%252F%252F"
        "github.com%252Fsome-school%252Fown-case%26urlpath%3Dlab%252Ftree%252Fown-case%252Fstart.ipynb%26branch%3Dmain"
    )


def test_a_link_that_fetches_notebooks_is_left_as_it_is(known):
    link = links.pull_url(links.home(), "start.ipynb", "https://github.com/some-school/own-case")
    assert links.corrected(f"[x]({link})", links.parts(links.home(), ROOT)) == f"[x]({link})"


def test_the_command_prints_the_link(capsys, known):
    assert links.main(["--hub", "https://hub.example.org"]) == 0
    assert capsys.readouterr().out.strip() == links.pull_url(
        links.home(), links.FIRST, hub="https://hub.example.org"
    )
    assert links.main(["--repo", "https://git.example.org/me/mine", "--open", "a.ipynb"]) == 0
    assert capsys.readouterr().out.strip() == links.pull_url(
        links.home(), "a.ipynb", "https://git.example.org/me/mine"
    )
    with pytest.raises(SystemExit):
        links.main(["--hub", "hub.example.org"])
    assert "it begins with https://" in capsys.readouterr().err


def test_the_start_cell_changes_nothing_that_colab_has(known):
    install, answers = links.start_cell(links.home()).splitlines()
    assert "--no-deps" in install and f"@v{whosays.__version__}" in install
    assert answers.startswith("%env WHOSAYS_ANSWERS=")


def test_answers_of_an_installed_kit_go_to_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("WHOSAYS_ANSWERS")
    assert paths.answers() == ROOT / "answers"
    monkeypatch.setattr(paths, "root", lambda: tmp_path / "whosays" / "_kit")
    monkeypatch.setattr(paths.Path, "home", lambda: tmp_path)
    assert paths.answers() == tmp_path / "whosays-answers"


def tracked():
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    return [ROOT / name for name in names.decode("utf-8").split("\0") if name]


def test_no_notebook_stores_an_output_or_a_checkpoint():
    for file in tracked():
        assert ".ipynb_checkpoints" not in file.parts
        if file.suffix == ".ipynb" and file.is_file():
            cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
            assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells), (
                file
            )


@pytest.mark.parametrize("marker", ["slow", "browser", "everywhere"])
def test_markers_are_registered(marker, pytestconfig):
    assert any(line.startswith(f"{marker}:") for line in pytestconfig.getini("markers"))


def test_the_parts_of_the_tests_take_in_each_test_once():
    fast, whole, everywhere = map(
        run_tests.pytest_arguments, (["--fast", "-x"], [], ["--everywhere"])
    )
    assert fast[0] == whole[0] == everywhere[0] == "tests" and fast[-1] == "-x"
    marks = [part[part.index("-m") + 1] for part in (fast, whole, everywhere)]
    assert marks == ["not slow and not browser and not everywhere", "not everywhere", "everywhere"]
    assert "--nbval-lax" in whole and whole[whole.index("--dist") + 1] == "loadfile"
    assert "--nbval-lax" not in fast + everywhere


@pytest.mark.parametrize("code, word", [(0, "passed"), (1, "FAILED")])
def test_the_last_line_says_which_part_and_how_it_went(monkeypatch, capsys, code, word):
    monkeypatch.setattr(run_tests.subprocess, "call", lambda *_, **__: code)
    assert run_tests.test(["--everywhere"]) == code
    last = capsys.readouterr().out.splitlines()[-1]
    assert re.fullmatch(rf"Who Says\? tests, other versions .*: {word}, in 0 min \d s\.", last)


def test_examples_are_the_same_in_every_run():
    assert hypothesis.settings().derandomize
    assert not hypothesis.settings.get_profile("random").derandomize


def test_full_run_takes_in_every_folder_that_has_notebooks(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "exercises").mkdir()
    (tmp_path / "notebooks" / "00.ipynb").touch()
    assert run_tests.pytest_arguments([], tmp_path)[:3] == ["tests", "notebooks", "-n"]


def test_a_named_test_is_run_alone():
    arguments = run_tests.pytest_arguments(
        ["tests/test_setup.py::test_markers_are_registered", "-k", "slow"]
    )
    assert "tests" not in arguments and arguments[-3:-1] == [
        "tests/test_setup.py::test_markers_are_registered",
        "-k",
    ]


def test_the_code_has_no_lint():
    files = [file for file in tracked() if file.suffix == ".py" and file.is_file()]
    code, said = run([sys.executable, "-m", "ruff", "check", "--quiet", *files], cwd=ROOT)
    assert code == 0, said
