"""``whosays site``: the lock written anew, what is pinned, and what it says when something is missing."""

import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile

import pytest

from whosays import cli
from whosays.base import in_browser, paths
from whosays.base.problem import Problem
from whosays.publish import command, edition, lite, tracked, wheels


def wheel(folder, name, needs=(), files=("__init__.py",)):
    """A small wheel whose modules are a package of its name."""
    stem = name.replace("-", "_")
    path = folder / f"{stem}-1.0-py3-none-any.whl"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n" + "".join(
        f"Requires-Dist: {n}\n" for n in needs
    )
    with zipfile.ZipFile(path, "w") as archive:
        for file in files:
            archive.writestr(f"{stem}/{file}", "")
        archive.writestr(f"{stem}-1.0.dist-info/METADATA", metadata)
    return path


@pytest.fixture
def distribution():
    """The lock of a distribution that has more than anybody asks for."""
    names = [*wheels.FROM_OUTSIDE, "six", "scipy"]
    packages = {
        n: {"name": n, "file_name": f"{n}-9.whl", "sha256": "0" * 64, "depends": []} for n in names
    }
    return {"info": {"python": "3.14.2"}, "packages": packages}


def test_lock_names_our_wheels_and_nothing_else_of_the_distribution(tmp_path, distribution):
    own = wheel(tmp_path, "whosays", ["anywidget>=0.9", "pandas>=2.2", "jupyterlab"])
    widget = wheel(
        tmp_path,
        "anywidget",
        ['colorama; sys_platform == "win32"', 'six; extra == "dev"', "typing-extensions"],
    )
    typing = wheel(tmp_path, "typing-extensions")
    lock = wheels.relock(distribution, [own, widget, typing, wheel(tmp_path, "six")])
    assert lock["info"] == distribution["info"]
    assert list(lock["packages"]) == ["anywidget", "six", "typing-extensions", "whosays"]
    entry = lock["packages"]["whosays"]
    assert entry["imports"] == ["whosays"]
    # what import whosays brings along: pandas not, it is fetched when a cell asks for it
    assert entry["depends"] == ["anywidget"]
    assert lock["packages"]["anywidget"]["depends"] == ["typing-extensions"]
    assert entry["file_name"] == own.name
    assert entry["sha256"] == hashlib.sha256(own.read_bytes()).hexdigest()


def test_lock_knows_pandas_at_its_own_address(tmp_path, distribution):
    own = wheel(tmp_path, "whosays", ["pandas"])
    lock = wheels.relock(distribution, [own], "https://example.org/full/")
    outside = {n: e["file_name"] for n, e in lock["packages"].items() if "://" in e["file_name"]}
    assert outside == {n: f"https://example.org/full/{n}-9.whl" for n in wheels.FROM_OUTSIDE}
    assert lock["packages"]["whosays"]["depends"] == []
    assert distribution["packages"]["numpy"]["file_name"] == "numpy-9.whl"


def test_single_modules_are_imports_too(tmp_path):
    path = tmp_path / "six-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("six.py", "")
        archive.writestr(
            "six-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: six\nVersion: 1.0\n"
        )
        archive.writestr("six-1.0.data/data/share/page.py", "")
    assert wheels.relock({"packages": {}}, [path])["packages"]["six"]["imports"] == ["six"]


def test_every_wheel_is_pinned_once():
    pins = wheels.pinned()
    lines = [
        line
        for line in wheels.WHEELS.read_text(encoding="utf-8").splitlines()
        if line and line[0] != "#"
    ]
    assert len(pins) == len(lines) == len({name for name, _, _ in pins})
    assert {"ipython", "ipywidgets", "anywidget", "micropip"} <= {name for name, _, _ in pins}


def test_widgets_are_the_versions_that_a_learner_installs():
    installed = (paths.root() / "requirements.txt").read_text(encoding="utf-8")
    installed = dict(re.findall(r"^([\w.-]+)==(\S+)", installed, re.M))
    in_browser_too = {name: version for name, version, _ in wheels.pinned()}
    for name in ("ipywidgets", "anywidget", "jupyterlab-widgets", "comm"):
        assert in_browser_too[name] == installed[name.replace("_", "-")], name


def test_page_asks_nobody_else():
    text = json.dumps(lite.page("static/pyodide/packages-0"))
    assert "://" not in text
    kernel = lite.page("static/x")["jupyter-config-data"]["litePluginSettings"][
        f"{lite.KERNEL}:kernel"
    ]
    assert kernel["disablePyPIFallback"] is True
    assert kernel["loadPyodideOptions"]["env"] == {"WHOSAYS_ANSWERS": "/drive/answers"}
    assert kernel["loadPyodideOptions"]["lockFileURL"] == "./static/x/pyodide-lock.json"


def test_every_document_that_a_notebook_links_is_in_the_site():
    inside = {file.relative_to(paths.root()).as_posix() for file in lite.contents(paths.root())}
    assert "exercises/forms/90_form_a_ex.ipynb" in inside
    assert {"notebooks/00_start_here.ipynb", "docs/reuse.md"} <= inside
    assert all(name.startswith(("notebooks/", "exercises/", "docs/")) for name in inside)


def test_no_npm(tmp_path, monkeypatch):
    monkeypatch.setattr(wheels.shutil, "which", lambda name: None)
    with pytest.raises(Problem, match=r"npm is missing.*npm pack pyodide@314\.0\.6.*put it into"):
        wheels.pyodide(tmp_path)


def test_npm_without_a_network(tmp_path, monkeypatch):
    monkeypatch.setattr(
        wheels.shutil, "which", lambda name: sys.executable
    )  # fails: no such script
    with pytest.raises(Problem, match=r"could not be fetched with npm: .*needs the network once"):
        wheels.pyodide(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_the_pinned_package_is_not_used(tmp_path, monkeypatch):
    package = tmp_path / f"pyodide-{wheels.PYODIDE}.tgz"
    package.write_bytes(b"cut off")
    monkeypatch.setattr(wheels.shutil, "which", lambda name: None)
    with pytest.raises(Problem):
        wheels.pyodide(tmp_path)
    monkeypatch.setattr(wheels, "PYODIDE_SHA256", hashlib.sha256(b"cut off").hexdigest())
    assert wheels.pyodide(tmp_path) == package


def test_wheels_without_a_network(tmp_path, monkeypatch):
    monkeypatch.setattr(wheels.sys, "executable", "false" if os.name == "posix" else "where")
    with pytest.raises(Problem, match=r"could not be fetched with pip: .*needs the network once"):
        wheels.wheels(tmp_path)


def test_wheels_that_are_kept_are_checked_and_not_fetched_again(tmp_path, monkeypatch):
    good = wheel(tmp_path, "good")
    (tmp_path / "wheels").mkdir()
    os.replace(good, tmp_path / "wheels" / good.name)
    kept = tmp_path / "wheels" / good.name
    wheel(tmp_path / "wheels", "other")
    pin = ("good", "1.0", hashlib.sha256(kept.read_bytes()).hexdigest())
    monkeypatch.setattr(wheels, "pinned", lambda: [pin])
    monkeypatch.setattr(wheels, "run", lambda *_, **__: pytest.fail("asked pip"))
    assert wheels.wheels(tmp_path) == [kept]


def test_core_is_unpacked_without_its_lock(tmp_path):
    package = tmp_path / "pyodide.tgz"
    source = tmp_path / "package"
    source.mkdir()
    for name in (*wheels.CORE, wheels.LOCK, "pyodide.d.ts"):
        (source / name).write_text('{"packages": {}}', encoding="utf-8")
    with tarfile.open(package, "w:gz") as archive:
        archive.add(source, "package")
    assert wheels.unpack(package, tmp_path / "core") == {"packages": {}}
    assert sorted(os.listdir(tmp_path / "core")) == sorted(wheels.CORE)


@pytest.mark.parametrize("what", ["a file", "something else in it"])
def test_a_folder_with_something_else_stays_as_it_is(tmp_path, capsys, what):
    out = tmp_path / "out"
    thesis = out if what == "a file" else out / "thesis.txt"
    thesis.parent.mkdir(exist_ok=True)
    thesis.write_text("years of work", encoding="utf-8")
    assert cli.main(["site", str(out)]) == 1
    assert what in capsys.readouterr().err
    assert thesis.read_text(encoding="utf-8") == "years of work"


def test_a_site_is_replaced_as_a_whole_or_not_at_all(tmp_path, monkeypatch):
    from whosays.publish import reading

    def pages(site):
        (site / "reading").mkdir()
        (site / "reading" / "page.html").write_text("pages", encoding="utf-8")

    monkeypatch.setattr(reading, "build", pages)
    out = command.build(tmp_path / "kit", parts=["reading"], say=lambda what: None)
    (out / "old.html").write_text("", encoding="utf-8")
    command.build(out, parts=["reading"], say=lambda what: None)
    assert sorted(os.listdir(out)) == [".nojekyll", ".whosays-site", "index.html", "reading"]
    assert ">Run</" not in (out / "index.html").read_text(encoding="utf-8")

    def fails(site):
        raise Problem("a lesson fails")

    monkeypatch.setattr(reading, "build", fails)
    with pytest.raises(Problem):
        command.build(out, parts=["reading"], say=lambda what: None)
    assert (out / "reading" / "page.html").is_file()
    assert os.listdir(tmp_path) == ["kit"]


def test_first_page_links_what_is_there_and_nothing_else(tmp_path):
    (tmp_path / "lite" / "lab").mkdir(parents=True)
    (tmp_path / "lite" / "lab" / "index.html").write_text("", encoding="utf-8")
    for name in ("notebooks/00_start_here", "guide/teachers-guide", "rows/ferry"):
        page = tmp_path / "reading" / f"{name}.html"
        page.parent.mkdir(parents=True)
        page.write_text("", encoding="utf-8")
    places = re.findall(r'href="([^"]+)"', command.landing(tmp_path))
    assert "lite/lab/index.html?path=exercises/00_start_here_ferry_ex.ipynb" in places
    assert [place for place in places if place.endswith(".html")] == [
        "reading/notebooks/00_start_here.html",
        "reading/guide/teachers-guide.html",
        "reading/rows/ferry.html",
    ]
    for place in places:
        assert (tmp_path / place.partition("?")[0]).is_file()


def test_other_tools_than_tested_are_named(monkeypatch):
    constants = pytest.importorskip("jupyterlite_pyodide_kernel.constants")
    monkeypatch.setattr(constants, "PYODIDE_VERSION", "1.2.3")
    with pytest.raises(Problem, match=r"made for Pyodide 1.2.3"):
        lite.check()


def test_not_from_an_installed_package(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "root", lambda: tmp_path)
    with pytest.raises(Problem, match="copy of the repository"):
        lite.check()


class TestInBrowser:
    """What a Python inside a browser does, run in this one."""

    @pytest.fixture
    def without(self, monkeypatch):
        """pandas as if it were not here."""
        for name in [name for name in sys.modules if name.split(".")[0] in in_browser.LATER]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setattr(sys, "path", [])
        monkeypatch.setattr(sys, "path_importer_cache", {})

        def install(fetch):
            monkeypatch.setattr(
                sys, "meta_path", [*sys.meta_path, in_browser.FetchedWhenImported(fetch)]
            )

        return install

    def test_fetched_at_the_first_import(self, without, tmp_path):
        def fetch(name):
            (tmp_path / f"{name}.py").write_text("here = True", encoding="utf-8")
            sys.path.append(str(tmp_path))
            return ""

        without(fetch)
        import pandas

        assert pandas.here
        sys.modules.pop("pandas")

    def test_not_to_be_had(self, without):
        without(lambda name: "No network.")
        with pytest.raises(
            in_browser.NotHere, match=r"^NumPy is not here\. No network\.$"
        ) as raised:
            import numpy  # noqa: F401
        assert raised.value.name == "numpy"

    def test_fetched_in_vain(self, without):
        without(lambda name: "")
        with pytest.raises(
            ModuleNotFoundError, match=r"pandas is not here. In the browser it is fetched"
        ):
            import pandas  # noqa: F401

    def test_anything_else_is_missing_as_ever(self):
        assert in_browser.FetchedWhenImported(pytest.fail).find_spec("nothing_of_ours") is None

    def test_a_sentence_and_the_next_cell_runs(self, capsys):
        from IPython.core.interactiveshell import InteractiveShell

        shell = InteractiveShell()
        in_browser.say(shell)
        shell.run_cell(
            "from whosays.base.in_browser import NotHere\nraise NotHere('NumPy is not here.')"
        )
        printed = capsys.readouterr()
        assert printed.out.strip() == "NumPy is not here." and printed.err == ""

    @pytest.mark.parametrize("name", sorted(in_browser.ELSEWHERE))
    def test_commands_that_need_a_computer_say_so(self, name, monkeypatch, capsys):
        monkeypatch.setattr(in_browser, "IN_BROWSER", True)
        assert cli.main([name]) == 2
        assert f"whosays {name} needs a computer of its own" in capsys.readouterr().err


def test_commands_elsewhere_exist():
    assert cli.COMMANDS.keys() >= in_browser.ELSEWHERE


def test_no_lesson_needs_pandas_at_the_start():
    """The first page of every lesson must come up without the network: only one cell of 03 may ask for NumPy."""
    code = (
        "import sys; sys.modules['pandas'] = sys.modules['numpy'] = None\n"
        "import whosays.view.show, whosays.evidence.cards, whosays.learner.visits, whosays.exercise.question, whosays.widgets.question\n"
        "import whosays.evidence.marking, whosays.evidence.side_by_side, whosays.evidence.reuse_map, whosays.figures.lineup, whosays.evidence.quotations\n"
        "import whosays.evidence.corroboration, whosays.evidence.ledger, whosays.reuse.fingerprint\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=paths.root()
    )
    assert done.returncode == 0, done.stderr[-500:]


def test_what_is_not_tracked_and_what_was_run_stays_out(tmp_path):
    kit = tmp_path / "kit"
    for name in ("notebooks/00_mine.ipynb", "notebooks/01_other.ipynb", "data/own/items.csv"):
        (kit / name).parent.mkdir(parents=True, exist_ok=True)
        (kit / name).write_text("{}", encoding="utf-8")
    every = sorted(kit.rglob("*.*"))
    assert tracked.tracked(kit, every) == every, "no git to ask: an unpacked archive"
    subprocess.run(["git", "init", "--quiet", kit], check=True)
    subprocess.run(["git", "-C", kit, "add", "notebooks/01_other.ipynb"], check=True)
    assert [file.name for file in tracked.tracked(kit, every)] == ["01_other.ipynb"]
    assert [book.name for book in edition.Edition(kit).books] == ["01_other.ipynb"]
    assert [book.name for book in lite.contents(kit)] == ["01_other.ipynb"]
    assert tracked.copy_of_tracked(kit, tmp_path / "copy")
    assert [file.name for file in (tmp_path / "copy").rglob("*.*")] == ["01_other.ipynb"]


def test_a_notebook_goes_into_the_site_as_its_author_wrote_it(tmp_path):
    book = tmp_path / "01_x.ipynb"
    source = paths.root() / "notebooks" / "01_who_is_speaking.ipynb"
    notebook = json.loads(source.read_text(encoding="utf-8"))
    clean = json.loads(lite.edition_of(source))
    code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    code |= {"outputs": [{"output_type": "stream", "name": "stdout", "text": "my answer"}]}
    code |= {"execution_count": 7}
    notebook["metadata"]["widgets"] = {"state": "my answer"}
    book.write_text(json.dumps(notebook), encoding="utf-8")
    assert "my answer" not in lite.edition_of(book)
    # what was run makes no new edition, what was written does
    assert json.loads(lite.edition_of(book)) == clean
    notebook["cells"][0]["source"] = ["# Another title"]
    book.write_text(json.dumps(notebook), encoding="utf-8")
    edition = json.loads(lite.edition_of(book))["metadata"]["whosays"]["edition"]
    assert edition != clean["metadata"]["whosays"]["edition"] and len(edition) == 12
