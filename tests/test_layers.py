"""The house: which package may lean on which, held as a contract (docs/design.md draws it)."""

import ast
import re
import subprocess
import sys
import tomllib

from whosays.base import paths

ROOT = paths.root()
PACKAGE = paths.PACKAGE

# Libraries that take long to import, or that not every installation has: these alone may be
# imported inside a function.
HEAVY = {
    "IPython", "axe_playwright_python", "bs4", "docx", "duckdb", "ibis", "ipywidgets", "jupyterlite_pyodide_kernel",
    "llvmlite", "nbconvert", "nbformat", "numba", "numpy", "orjson", "packaging", "pandas", "platformdirs",
    "pyodide", "pyodide_js", "pypdf", "pyspark", "trafilatura", "dateparser", "traitlets", "resource",
}  # fmt: skip


def test_imports_go_down_only():
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    kept = re.search(r"Contracts: (\d+) kept, 0 broken", done.stdout)
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert kept and int(kept[1]) == len(contracts["tool"]["importlinter"]["contracts"])


def test_a_step_up_is_refused(tmp_path):
    """The contract is a check that can fail: a copy of the house with one step up breaks it."""
    import shutil

    shutil.copytree(
        PACKAGE, tmp_path / "whosays", ignore=shutil.ignore_patterns("__pycache__", "_kit")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    module = tmp_path / "whosays" / "text" / "fold.py"
    module.write_text(
        module.read_text(encoding="utf-8") + "\nfrom ..case import schema\n", encoding="utf-8"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run()",
            "--no-cache",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and "whosays.text.fold -> whosays.case" in done.stdout


def _inside_functions(tree):
    """The import statements that stand inside a function."""
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            for node in ast.walk(function):
                if isinstance(node, (ast.Import, ast.ImportFrom)):
                    yield node


def test_only_heavy_libraries_are_imported_inside_functions():
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in _inside_functions(ast.parse(path.read_text(encoding="utf-8"))):
            own = isinstance(node, ast.ImportFrom) and node.level
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
            )
            if own or not {name.partition(".")[0] for name in names} <= HEAVY:
                wrong.append(f"{path.relative_to(PACKAGE)}:{node.lineno}: {ast.unparse(node)}")
    assert not wrong, "\n".join(wrong)


def test_every_face_can_be_loaded():
    from importlib import import_module

    from whosays.widgets import FACES, face

    for view, (module, made) in FACES.items():
        where, _, name = view.rpartition(".")
        kind = getattr(import_module(f"whosays.{where}"), name)
        assert face(object.__new__(kind)) is getattr(
            import_module(f"whosays.widgets.{module}"), made
        )


def test_the_drawing_names_every_package():
    drawn = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    for folder in sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py")):
        assert re.search(rf"^### `{folder}`", drawn, re.MULTILINE), (
            f"docs/design.md does not tell of {folder}"
        )


def _trees():
    """Each module of the package with its tree."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_a_class_name_stands_once():
    """Two classes of one name are two ideas that a reader takes for one."""
    places = {}
    for module, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(module)
    assert len(places) > 300
    twice = {name: where for name, where in places.items() if len(where) > 1}
    assert not twice, f"Give all but one of these another name: {twice}"


def test_no_variable_has_a_name_that_names_nothing():
    """A thing that was made, found, said or kept is called after what it is."""
    wrong = sorted(
        {
            f"{module}:{node.lineno}: {node.id}"
            for module, tree in _trees()
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Name)
            and isinstance(node.ctx, ast.Store)
            and node.id in {"made", "found", "said", "kept"}
        }
    )
    assert not wrong, "\n".join(["Use a noun of the field here:", *wrong])
