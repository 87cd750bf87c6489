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
from whosays.base import paths
from whosays.publish import launch, links

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


def test_every_link_follows_the_one_address():
    wrong = [file.relative_to(ROOT).as_posix() for file in links.drift()]
    assert wrong == [], "run: whosays links --write"
    assert links.dead() == []


def test_links_are_corrected_from_the_one_address():
    text = "[x](https://mybinder.org/v2/gh/someone/fork/main?urlpath=lab%2Ftree%2Fnotebooks%2F00_start_here.ipynb)"
    right = links.binder_url("notebooks/00_start_here.ipynb")
    assert links.corrected(text) == f"[x]({right})"
    assert links.corrected(links.corrected(text)) == f"[x]({right})"
    assert f"/v{whosays.__version__}?" in right


def test_lessons_are_linked_once_they_exist(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in (
        "notebooks/01_who_is_speaking.ipynb",
        "exercises/01_who_is_speaking_ex.ipynb",
        "exercises/01_who_is_speaking_ferry_ex.ipynb",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    rows = links.lesson_table(tmp_path).splitlines()
    assert len(rows) == len(links.LESSONS) + 2
    _, *cells = [cell.strip() for cell in rows[3].split("|")]
    assert [cell.split(")")[0] for cell in cells[3:6]] == [
        "[read](notebooks/01_who_is_speaking.ipynb",
        "[read](exercises/01_who_is_speaking_ex.ipynb",
        "[read](exercises/01_who_is_speaking_ferry_ex.ipynb",
    ]
    assert rows[4].count("planned") == 3


def test_a_dead_binder_link_is_named(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "README.md").write_text(
        links.binder_url("notebooks/99_gone.ipynb", tmp_path), encoding="utf-8"
    )
    assert links.dead(tmp_path) == ["README.md: notebooks/99_gone.ipynb"]


def test_links_that_fetch_notebooks_are_those_of_nbgitpullers_generator():
    # as its page (nbgitpuller.readthedocs.io/en/latest/link.html) writes them for these fields
    assert links.pull_url(
        "week 1/start.ipynb",
        "https://github.com/some-school/own-case.git",
        "2026",
        "https://hub.example.org/",
    ) == (
        "https://hub.example.org/hub/user-redirect/git-pull?repo=https%3A%2F%2Fgithub.com%2Fsome-school%2Fown-case.git"
        "&urlpath=lab%2Ftree%2Fown-case%2Fweek+1%2Fstart.ipynb&branch=2026"
    )
    _, name = links.repository()
    assert links.pull_url("start.ipynb", "https://github.com/some-school/own-case") == (
        f"https://mybinder.org/v2/gh/{name}/v{whosays.__version__}?urlpath=git-pull%3Frepo%3Dhttps%253A%252F%252F"
        "github.com%252Fsome-school%252Fown-case%26urlpath%3Dlab%252Ftree%252Fown-case%252Fstart.ipynb%26branch%3Dmain"
    )


def test_a_link_that_fetches_notebooks_is_left_as_it_is():
    link = links.pull_url("start.ipynb", "https://github.com/some-school/own-case")
    assert links.opened(link) == ""
    assert links.corrected(f"[x]({link})") == f"[x]({link})"


def test_the_command_prints_the_link(capsys):
    assert links.main(["--hub", "https://hub.example.org"]) == 0
    assert capsys.readouterr().out.strip() == links.pull_url(
        links.FIRST, hub="https://hub.example.org"
    )
    assert links.main(["--repo", "https://git.example.org/me/mine", "--open", "a.ipynb"]) == 0
    assert capsys.readouterr().out.strip() == links.pull_url(
        "a.ipynb", "https://git.example.org/me/mine"
    )
    with pytest.raises(SystemExit):
        links.main(["--hub", "hub.example.org"])
    assert "it begins with https://" in capsys.readouterr().err


def test_the_start_cell_changes_nothing_that_colab_has():
    install, answers = links.start_cell().splitlines()
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


def test_the_address_stands_in_one_place():
    address, name = links.repository()
    made = {
        ROOT / "pyproject.toml",
        *(path for pattern in links.WRITTEN + links.BUILT for path in ROOT.glob(pattern)),
    }
    for file in tracked():
        if file not in made and file.is_file():
            text = file.read_bytes().decode("utf-8", "replace")
            assert address not in text and f"gh/{name}" not in text, file


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
    fast, whole, everywhere = map(launch.pytest_arguments, (["--fast", "-x"], [], ["--everywhere"]))
    assert fast[0] == whole[0] == everywhere[0] == "tests" and fast[-1] == "-x"
    marks = [part[part.index("-m") + 1] for part in (fast, whole, everywhere)]
    assert marks == ["not slow and not browser and not everywhere", "not everywhere", "everywhere"]
    assert "--nbval-lax" in whole and whole[whole.index("--dist") + 1] == "loadfile"
    assert "--nbval-lax" not in fast + everywhere


@pytest.mark.parametrize("code, word", [(0, "passed"), (1, "FAILED")])
def test_the_last_line_says_which_part_and_how_it_went(monkeypatch, capsys, code, word):
    monkeypatch.setattr(launch.subprocess, "call", lambda *_, **__: code)
    assert launch.test(["--everywhere"]) == code
    last = capsys.readouterr().out.splitlines()[-1]
    assert re.fullmatch(rf"Who Says\? tests, other versions .*: {word}, in 0 min \d s\.", last)


def test_examples_are_the_same_in_every_run():
    assert hypothesis.settings().derandomize
    assert not hypothesis.settings.get_profile("random").derandomize


def test_full_run_takes_in_every_folder_that_has_notebooks(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "exercises").mkdir()
    (tmp_path / "notebooks" / "00.ipynb").touch()
    assert launch.pytest_arguments([], tmp_path)[:3] == ["tests", "notebooks", "-n"]


def test_a_named_test_is_run_alone():
    arguments = launch.pytest_arguments(
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
