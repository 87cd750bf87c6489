"""``whosays links``: every link to a place that runs the kit, made from what is known of its home.

What is known stands in ``pyproject.toml``, in the table ``tool.whosays.links``, and nowhere else:
the repository's address, the tag of the last release, the address of the site. ``--write`` reads
address and tag from the git remote ``origin``. What is not known is linked nowhere. A link goes to
a tag: Binder keeps its machine, while a branch is built anew for whoever clicks first after each
commit.

``whosays links --hub`` and ``--repo`` print links that fetch notebooks with nbgitpuller: the kit's
own into a JupyterHub, or a teacher's into the machine that Binder builds for the kit.
"""

import argparse
import json
import re
import subprocess
import sys
import tomllib
import urllib.parse
from dataclasses import dataclass, replace
from pathlib import Path

from .. import __version__
from ..base import paths
from ..base.problem import Problem
from ..learner import course

# what is planned; a lesson is linked once its notebook exists
LESSONS = {**course.LESSONS, "08": "Your own case"}
TIME = re.compile(r"\| Time \| ([^|;\\]+?)(?:;[^|]*)? \|")

# files with links; an exercise gets what building it from its solution would give
WRITTEN = ["README.md", "docs/*.md", "notebooks/*.ipynb", "solutions/*.ipynb", "exercises/*.ipynb"]

FIRST = "notebooks/00_start_here.ipynb"
BADGE = "https://mybinder.org/badge_logo.svg"
BINDER = "https://mybinder.org"
BEGIN, END = "<!-- made by whosays links: begin {} -->", "<!-- made by whosays links: end {} -->"
# the line of a notebook that leads to itself on Binder: the last one of its first cell
RUN_HERE = re.compile(r"\n*\[Run this page on Binder\]\([^)\s]*\)\n?")
# address of a git remote -> host, path; a password in it is left behind
REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^/@\s]+@)?|git@)([\w-]+(?:\.[\w-]+)+)(?::\d+)?[:/]([\w./~-]+?)(?:\.git)?/?"
)
SECTION = re.compile(r"(?<=^\[tool\.whosays\.links\]\n)(?:\w+ = .*\n)*", re.MULTILINE)
CITED = re.compile(r"^repository-code: .*\n", re.MULTILINE)


@dataclass(frozen=True)
class Home:
    """Where the kit lives; what is not known is empty."""

    repository: str = ""
    tag: str = ""
    site: str = ""

    @property
    def name(self) -> str:
        """The address without its host: "owner/name"."""
        return urllib.parse.urlsplit(self.repository).path.strip("/")

    @property
    def on_github(self) -> bool:
        """Whether Binder's and Colab's short addresses fit it, and there is a tag to give them."""
        return self.repository.startswith("https://github.com/") and bool(self.tag)

    def binder(self, notebook: str) -> str:
        """The Binder link of a notebook, by its path in the repository; empty without a home."""
        place = urllib.parse.quote(f"lab/tree/{notebook}", safe="")
        return f"{BINDER}/v2/gh/{self.name}/{self.tag}?urlpath={place}" if self.on_github else ""


def home(root: Path | None = None) -> Home:
    """What ``pyproject.toml`` knows of the kit's home.

    Raises
    ------
    Problem
        Outside a checkout, where there is nothing to make links for.
    """
    try:
        text = (Path(root or paths.root()) / "pyproject.toml").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Problem("links are made in a copy of the repository, and this is none.") from None
    return Home(**tomllib.loads(text).get("tool", {}).get("whosays", {}).get("links", {}))


def home_of_remote(root: Path | None = None) -> Home:
    """What the git remote ``origin`` says of the kit's home.

    A tag counts if it is this version's and in the clone. A remote that is a folder of this machine
    is no address. The site is not known to git.
    """

    def git(*command):
        done = subprocess.run(
            ["git", "-C", str(root or paths.root()), *command], capture_output=True, text=True
        )
        return done.stdout.strip()

    match = REMOTE.fullmatch(git("remote", "get-url", "origin"))
    if not match:
        return Home()
    return Home(f"https://{match[1]}/{match[2]}", git("tag", "--list", f"v{__version__}"))


def start_cell(kit: Home) -> str:
    """What to run first where a notebook is opened without the kit, as in Google Colab.

    ``--no-deps``: Colab has ipywidgets, anywidget and pandas, and everything else the package asks
    for is JupyterLab, which Colab does without. Its own versions stay as they are.
    """
    return (
        f'%pip install --quiet --no-deps "whosays @ git+{kit.repository}@{kit.tag}"\n'
        "%env WHOSAYS_ANSWERS=/content/answers"
    )


def pull_url(
    kit: Home, path: str = "", repo: str | None = None, branch: str = "main", hub: str | None = None
) -> str:
    """A link that fetches a repository of notebooks with nbgitpuller, and opens one of them.

    Built as nbgitpuller's link generator does: for Binder the inner query is encoded twice.

    Parameters
    ----------
    path : str
        What to open in JupyterLab, as a path in the fetched repository; empty for its folder.
    repo : str, optional
        The address of the repository to fetch: the kit's own unless given.
    branch : str
        A branch, not a tag: nbgitpuller takes in what is new on it at each click.
    hub : str, optional
        A JupyterHub's address. Without one the link goes to Binder, to the kit's machine.

    Raises
    ------
    Problem
        The kit's own address is needed and not known.
    """
    if not (repo or kit.repository) or not (hub or kit.on_github):
        raise Problem(
            "the kit's public address is not known here: run  whosays links --write  in a clone of"
            " it that has a tag, or give --hub and --repo."
        )
    repo = (repo or kit.repository).rstrip("/")
    folder = repo.split("/")[-1].removesuffix(".git")
    query = urllib.parse.urlencode(
        {"repo": repo, "urlpath": f"lab/tree/{folder}/{path}", "branch": branch}
    )
    if hub:
        return f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{query}"
    outer = urllib.parse.urlencode({"urlpath": f"git-pull?{query}"})
    return f"{BINDER}/v2/gh/{kit.name}/{kit.tag}?{outer}"


def books_of(number: str, root: Path) -> tuple[Path | None, Path | None, Path | None]:
    """The notebooks of a lesson, by its two digits: the lesson, its exercise, the practice case's.

    None stands for one that is not there.
    """
    exercises = sorted(root.glob(f"exercises/{number}_*_ex.ipynb"))
    twins = [notebook for notebook in exercises if notebook.stem.endswith("_ferry_ex")]
    own = [notebook for notebook in exercises if notebook not in twins]
    lessons = sorted(root.glob(f"notebooks/{number}_*.ipynb")), own, twins
    return tuple(next(iter(notebooks), None) for notebooks in lessons)


def time_of(lesson: Path | None) -> str:
    """How long a lesson takes, as its own first cell says; empty where it says nothing."""
    match = TIME.search(lesson.read_text(encoding="utf-8")) if lesson else None
    return match[1] if match else ""


def lesson_table(kit: Home, root: Path) -> str:
    """The table of lessons as Markdown: what exists is linked."""

    def cell(notebook):
        if notebook is None:
            return "none"
        path = notebook.relative_to(root).as_posix()
        binder = kit.binder(path)
        return f"[read]({path}), [Binder]({binder})" if binder else f"[read]({path})"

    lines = [
        "| | Lesson | Time | Lesson notebook | Exercise | The same on the practice case |",
        "|---|---|---|---|---|---|",
    ]
    for number, title in LESSONS.items():
        books = books_of(number, root)
        cells = " | ".join(map(cell, books))
        lines.append(f"| {number} | {title} | {time_of(books[0])} | {cells} |")
    return "\n".join(lines)


def badge(kit: Home) -> str:
    """The Binder badge and the way to the site, as Markdown; empty where neither is known."""
    link, site = kit.binder(FIRST), kit.site
    badges = [f"[![Open in Binder]({BADGE})]({link})"] if link else []
    badges += (
        [f"[Read or run the lessons in the browser, nothing installed]({site})"] if site else []
    )
    return "\n\n".join(badges)


def clone(kit: Home) -> str:
    """The commands from nothing to the first notebook; without an address, those in a copy."""
    if not kit.repository:
        return "In a copy of this folder:\n\n```\npython3 start.py lab\n```"
    name = kit.name.split("/")[-1]
    return f"```\ngit clone {kit.repository}.git\ncd {name}\npython3 start.py lab\n```"


_LATER = (
    "*What to copy stands here once the kit has a public address (for Colab on GitHub, and a tag): "
    "`whosays links --write` takes both from the git remote.*"
)


def colab(kit: Home) -> str:
    """The link to Google Colab and the cell to run first, as Markdown."""
    if not kit.on_github:
        return _LATER
    place = f"https://colab.research.google.com/github/{kit.name}/blob/{kit.tag}/{FIRST}"
    return f"[Lesson 00 in Colab]({place}). Run first:\n\n```python\n{start_cell(kit)}\n```"


def hub(kit: Home) -> str:
    """An nbgitpuller link to a JupyterHub, as Markdown, and what to install there."""
    if not kit.repository:
        return _LATER
    package = f"whosays @ git+{kit.repository}{f'@{kit.tag}' if kit.tag else ''}"
    return (
        f'```\npip install nbgitpuller "{package}"\n```\n\n'
        f"```text\n{pull_url(kit, FIRST, hub='https://hub.example.org')}\n```"
    )


def parts(kit: Home, root: Path) -> dict[str, str]:
    """The made parts of Markdown pages, by the name that stands in their marks."""
    by_name = {make.__name__: make(kit) for make in (badge, clone, colab, hub)}
    return by_name | {"lessons": lesson_table(kit, root)}


def corrected(text: str, made) -> str:
    """The text of a Markdown page with its made parts as :func:`parts` has them."""
    for name, part in made.items():
        begin, end = BEGIN.format(name), END.format(name)
        if begin in text and end in text:
            before, rest = text.split(begin, 1)
            text = f"{before}{begin}\n{part}\n{end}{rest.split(end, 1)[1]}"
    return text


def corrected_notebook(text: str, link: str) -> str:
    """The text of a notebook file with its link to Binder as it should be, or without one."""
    notebook = json.loads(text)
    cell = notebook["cells"][0]
    source = RUN_HERE.sub("", "".join(cell["source"]))
    source += f"\n\n[Run this page on Binder]({link})" if link else ""
    cell["source"] = source.splitlines(keepends=True)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def drift(root: Path | None = None) -> dict:
    """Files whose links are not those of the kit's home, each with its text as it should be."""
    root = Path(root or paths.root())
    kit = home(root)
    parts_now, wrong = parts(kit, root), {}
    for file in (file for pattern in WRITTEN for file in sorted(root.glob(pattern))):
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".ipynb":
            place = file.relative_to(root).as_posix()
            # a solution carries the link of the exercise that is built from it
            place = place.replace("solutions/", "exercises/").replace("_sol.ipynb", "_ex.ipynb")
            right = corrected_notebook(text, kit.binder(place))
        else:
            right = corrected(text, parts_now)
        if right != text:
            wrong[file] = right
    return wrong


def settle(kit: Home, root: Path) -> None:
    """Write what is known of the kit's home into ``pyproject.toml`` and ``CITATION.cff``."""
    known = "".join(f'{name} = "{value}"\n' for name, value in vars(kit).items() if value)
    _rewrite(root / "pyproject.toml", lambda text: SECTION.sub(lambda _: known, text, count=1))
    code = f'repository-code: "{kit.repository}"\n' if kit.repository else ""

    def cited(text):
        return CITED.sub("", text).replace("\nversion: ", f"\n{code}version: ", 1)

    _rewrite(root / "CITATION.cff", cited)


def _rewrite(file, change):
    if file.is_file():
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def main(argv=None) -> int:
    """The command; 0 when all links are right, 1 when some are not, each with its remedy."""
    parser = argparse.ArgumentParser(
        prog="whosays links",
        description=(
            "Check or write every link to Binder, Colab and the site, or (--hub, --repo) make one"
            " with nbgitpuller."
        ),
    )
    parser.add_argument(
        "--write",
        action="store_true",
        help=(
            "take the address and the tag from the git remote, and write README, docs, notebooks"
            " and solutions"
        ),
    )
    parser.add_argument(
        "--site", metavar="ADDRESS", help="with --write: where the site is published"
    )
    parser.add_argument(
        "--hub", metavar="ADDRESS", help="print a link that opens notebooks on this JupyterHub"
    )
    parser.add_argument(
        "--repo", metavar="ADDRESS", help="the git repository to fetch (default: the kit's)"
    )
    parser.add_argument("--branch", default="main", help="its branch (default: main)")
    parser.add_argument(
        "--open", metavar="PATH", help="what to open in it (default: lesson 00, or its folder)"
    )
    options = parser.parse_args(argv)
    for address in filter(None, [options.hub, options.repo, options.site]):
        if not re.match(r"https?://[^/\s\"]+[^\s\"]*$", address):
            parser.error(f"{address!r} is not an address: it begins with https://")
    if options.hub or options.repo:
        path = ("" if options.repo else FIRST) if options.open is None else options.open
        print(pull_url(home(), path, options.repo, options.branch, options.hub))
        return 0
    return _check(paths.root(), options.write, options.site)


def _check(root, write, site):
    if write:
        known, remote = home(root), home_of_remote(root)
        # what was published from another home is not this one's
        site_known = known.site if known.repository == remote.repository else ""
        settle(replace(remote, site=site or site_known), root)
    wrong = drift(root)
    for file, text in wrong.items():
        place = file.relative_to(root).as_posix()
        if write:
            file.write_text(text, encoding="utf-8", newline="\n")
            print(f"{place}: links written")
        else:
            print(f"{place}: links differ; run whosays links --write", file=sys.stderr)
    return 1 if wrong and not write else 0
