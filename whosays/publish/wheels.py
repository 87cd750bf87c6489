"""Pyodide and the wheels that a Python in the browser starts from: fetched once, each checked.

Everything is pinned. Pyodide's own wheels come from an address that a school's network or a build
machine may not reach, so the same versions are taken from PyPI (``wheels.txt``) and the core from
npm; the lock file that tells Pyodide where its packages are is then written anew, see
:func:`relock`.
"""

import email
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from ..base.problem import Problem

# the distribution that jupyterlite-pyodide-kernel of this site was made for, and its npm package
PYODIDE = "314.0.6"
PYODIDE_SHA256 = "d78ac549b28a2a58600cd06f44e017024151775f8c6b2d73fab1475400d38ea2"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"

# compiled, and on no registry for this Python: fetched from the distribution's own address, and
# only when a cell asks for them; dateutil and pytz are what pandas brings along
DISTRIBUTION = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full"
FROM_OUTSIDE = ("numpy", "pandas", "python-dateutil", "pytz")

WHEELS = Path(__file__).with_name("wheels.txt")
_PIN = re.compile(r"^([\w.-]+)==(\S+) +--hash=sha256:([0-9a-f]{64})$", re.MULTILINE)
_BROWSER = {
    "sys_platform": "emscripten",
    "platform_system": "Emscripten",
    "platform_machine": "wasm32",
    "os_name": "posix",
}


def cache_folder():
    """Where what was fetched is kept: ``WHOSAYS_CACHE`` if set, else the user's cache folder."""
    import platformdirs

    cache = os.environ.get("WHOSAYS_CACHE") or platformdirs.user_cache_dir("whosays", False)
    return Path(cache) / "site"


def pinned() -> list[tuple[str, str, str]]:
    """The pins of ``wheels.txt``, each as name, version and sha256."""
    return _PIN.findall(WHEELS.read_text(encoding="utf-8"))


def wheels(cache: Path) -> list[Path]:
    """Every pinned wheel, from the cache or from PyPI, sorted by name.

    Raises
    ------
    Problem
        Where pip is missing, or cannot fetch them.
    """
    folder = Path(cache) / "wheels"
    wanted = {sha256 for _, _, sha256 in pinned()}
    by_hash = _by_hash(folder, wanted)
    if wanted - by_hash.keys():
        folder.mkdir(parents=True, exist_ok=True)
        # for the browser's Python, whatever this one is
        kind = "--python-version=3.14 --implementation=py --abi=none --platform=any".split()
        command = "-m pip download --quiet --no-deps --require-hashes --only-binary=:all:".split()
        command += [*kind, "--requirement", WHEELS]
        whole = [sys.executable, *command, "--dest", folder]
        run(whole, "The wheels could not be fetched with pip", _FETCHED)
        by_hash = _by_hash(folder, wanted)
    if wanted - by_hash.keys():
        raise Problem(f"pip left out wheels of wheels.txt. Delete {folder} and try again.")
    return sorted(by_hash.values())


def _by_hash(folder, wanted):
    by_hash = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in folder.glob("*.whl")}
    return {sha256: path for sha256, path in by_hash.items() if sha256 in wanted}


def pyodide(cache: Path) -> Path:
    """Pyodide's npm package, a ``.tgz`` with the hash that is pinned, from the cache or from npm.

    Raises
    ------
    Problem
        Where npm is missing, or cannot fetch it.
    """
    package = Path(cache) / f"pyodide-{PYODIDE}.tgz"
    if not _is_pyodide(package):
        package.parent.mkdir(parents=True, exist_ok=True)
        npm = shutil.which("npm")
        if npm is None:
            raise Problem(
                "npm is missing, and with it Pyodide, the Python that runs in the browser: install"
                f" Node.js. Or fetch {package.name} elsewhere (npm pack pyodide@{PYODIDE}) and put"
                f" it into {package.parent}."
            )
        with tempfile.TemporaryDirectory(dir=package.parent) as part:
            command = [npm, "pack", f"pyodide@{PYODIDE}", "--silent", "--pack-destination", part]
            run(command, "Pyodide could not be fetched with npm", _FETCHED, cwd=part)
            got = Path(part) / package.name
            if not _is_pyodide(got):
                raise Problem(
                    f"What npm gave for pyodide@{PYODIDE} is not what this kit was tested with: not"
                    " used."
                )
            os.replace(got, package)
    return package


def _is_pyodide(path):
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == PYODIDE_SHA256


_FETCHED = " It needs the network once; behind a proxy set HTTPS_PROXY."


def run(command: list, failed, advice="", **options):
    """Run a tool to its end.

    When it fails, the sentence begins with ``failed``, has the tool's last words, and ends with
    ``advice``. ``options`` are those of :func:`subprocess.run`.
    """
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        **options,
    )
    if done.returncode:
        lines = [line.strip() for line in done.stdout.splitlines() if "WARNING" not in line]
        why = next(filter(None, reversed(lines)), f"exit code {done.returncode}")[:300]
        raise Problem(f"{failed}: {why}{'.' + advice if advice else ''}")


def unpack(package: Path, folder: Path) -> dict:
    """Put Pyodide's core into a folder; its lock is returned and not written."""
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(package) as archive:
        for name in CORE:
            (folder / name).write_bytes(archive.extractfile(f"package/{name}").read())
        return json.loads(archive.extractfile(f"package/{LOCK}").read())


def relock(lock, files, outside: str | None = None) -> dict[str, dict]:
    """A lock file with nothing in it but some wheels of ours and, perhaps, packages from elsewhere.

    Pyodide reads from its lock what ``import NAME`` needs: so a wheel in it is there without any
    ``%pip`` cell. The lock that comes with Pyodide names wheels that Pyodide rebuilt, whose hashes
    are not those of the same versions on PyPI; and a package that stays in it without being here is
    a request that fails.

    Parameters
    ----------
    lock : dict
        The distribution's own.
    files : iterable of Path
        Wheels that lie beside the new lock.
    outside : str, optional
        The address where :data:`FROM_OUTSIDE` are fetched when a cell imports them; None leaves
        them out, so that nothing is ever asked of anybody.
    """
    entries = {entry["name"]: (entry, needs) for entry, needs in map(_entry, files)}
    packages = {}
    for name, (entry, needs) in entries.items():
        packages[name] = entry | {"depends": sorted(needs & entries.keys())}
    for name in FROM_OUTSIDE if outside else ():
        entry = lock["packages"][name]
        packages[name] = entry | {"file_name": f"{outside.rstrip('/')}/{entry['file_name']}"}
    return {**lock, "packages": dict(sorted(packages.items()))}


def _entry(path):
    """A wheel's entry in a lock, and the names of all it would like to have in a browser."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        about = next(
            name for name in names if name.endswith(".dist-info/METADATA") and name.count("/") == 1
        )
        metadata = email.message_from_bytes(wheel.read(about))
    tops = {name.split("/")[0] for name in names if name.endswith(".py") and ".data/" not in name}
    needs = set()
    for line in metadata.get_all("Requires-Dist", []):
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(_BROWSER | {"extra": ""}):
            needs.add(canonicalize_name(requirement.name))
    return {
        "depends": [],
        "file_name": path.name,
        "imports": sorted(top.removesuffix(".py") for top in tops),
        "install_dir": "site",
        "name": canonicalize_name(metadata["Name"]),
        "package_type": "package",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "unvendored_tests": False,
        "version": metadata["Version"],
    }, needs
