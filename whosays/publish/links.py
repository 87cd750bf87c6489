"""``whosays links``: every link to a place that runs the kit, made from the repository's one address.

The address stands in ``pyproject.toml`` and nowhere else; the tag is the
package's version. A link to a tag stays cached on Binder, a link to a moving
branch is built anew for whoever clicks first after each commit.

``whosays links --hub`` and ``--repo`` print links that fetch notebooks with nbgitpuller: the kit's own into a
JupyterHub, or a teacher's into the machine that Binder builds for the kit.
"""

import argparse
import re
import sys
import tomllib
import urllib.parse
from pathlib import Path

from .. import __version__
from ..base import paths

# number, title, minutes: what is planned; a lesson is linked once its notebook exists
LESSONS = [
    ("00", "Start here", 30),
    ("01", "Who is speaking?", 50),
    ("02", "Attributing claims", 50),
    ("03", "Duplicated press copy", 50),
    ("04", "Numbers that travel", 50),
    ("05", "Quotations that travel", 50),
    ("06", "Independent accounts", 50),
    ("07", "Your memo", 50),
    ("08", "Your own case", 60),
]
# for teachers: the lesson is all there is
WITHOUT_EXERCISES = {"08"}

# files with links that people write; exercises/ is built from solutions/
WRITTEN = ["README.md", "CONTRIBUTING.md", "docs/*.md", "notebooks/*.ipynb", "solutions/*.ipynb"]
BUILT = ["exercises/*.ipynb"]

FIRST = "notebooks/00_start_here.ipynb"
BADGE = "https://mybinder.org/badge_logo.svg"
BEGIN, END = "<!-- made by whosays links: begin {} -->", "<!-- made by whosays links: end {} -->"
BINDER_LINK = re.compile(r"https://mybinder\.org/v2/[^\s)\"'<>\\]+")


def repository(root=None):
    """The repository's address and its "owner/name", from ``pyproject.toml``.

    Raises
    ------
    FileNotFoundError
        Outside a checkout, where there is nothing to make links for.
    """
    text = (Path(root or paths.root()) / "pyproject.toml").read_text(encoding="utf-8")
    address = tomllib.loads(text)["project"]["urls"]["Repository"].rstrip("/")
    return address, "/".join(address.split("/")[-2:])


def binder_url(notebook, root=None):
    """The Binder link of a notebook.

    Parameters
    ----------
    notebook : str
        Its path in the repository, with forward slashes.
    """
    _, name = repository(root)
    place = urllib.parse.quote(f"lab/tree/{notebook}", safe="")
    return f"https://mybinder.org/v2/gh/{name}/v{__version__}?urlpath={place}"


def colab_url(notebook, root=None):
    """The link that opens a notebook of the kit in Google Colab, where :func:`start_cell` has to be run first."""
    _, name = repository(root)
    return f"https://colab.research.google.com/github/{name}/blob/v{__version__}/{urllib.parse.quote(notebook)}"


def start_cell(root=None):
    """What to run first where a notebook is opened without the kit, as in Google Colab.

    ``--no-deps``: Colab has ipywidgets, anywidget and pandas, and everything else the package asks for is
    JupyterLab, which Colab does without. Its own versions stay as they are.
    """
    address, _ = repository(root)
    return (
        f'%pip install --quiet --no-deps "whosays @ git+{address}@v{__version__}"\n'
        "%env WHOSAYS_ANSWERS=/content/answers"
    )


def pull_url(path="", repo=None, branch="main", hub=None, root=None):
    """A link that fetches a repository of notebooks with nbgitpuller, and opens one of them.

    Parameters
    ----------
    path : str
        What to open in JupyterLab, as a path in the fetched repository; empty for its folder.
    repo : str, optional
        The address of the repository to fetch: the kit's own unless given.
    branch : str
        A branch, not a tag: nbgitpuller takes in what is new on it at each click.
    hub : str, optional
        A JupyterHub's address. Without one the link goes to Binder, to the machine that is built for the kit.

    Returns
    -------
    str
        Built as nbgitpuller's link generator does: for Binder the inner query is encoded twice.
    """
    address, name = repository(root)
    repo = (repo or address).rstrip("/")
    folder = repo.split("/")[-1].removesuffix(".git")
    query = urllib.parse.urlencode(
        {"repo": repo, "urlpath": f"lab/tree/{folder}/{path}", "branch": branch}
    )
    if hub:
        return f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{query}"
    outer = urllib.parse.urlencode({"urlpath": f"git-pull?{query}"})
    return f"https://mybinder.org/v2/gh/{name}/v{__version__}?{outer}"


def lesson_table(root=None):
    """The table of lessons as Markdown: what exists is linked, the rest is "planned"."""
    root = Path(root or paths.root())

    def cell(notebooks, otherwise="planned"):
        if not notebooks:
            return otherwise
        path = notebooks[0].relative_to(root).as_posix()
        return f"[read]({path}), [Binder]({binder_url(path, root)})"

    lines = [
        "| | Lesson | Minutes | Lesson notebook | Exercise | The same on the practice case |",
        "|---|---|---|---|---|---|",
    ]
    for number, title, minutes in LESSONS:
        exercises = sorted(root.glob(f"exercises/{number}_*_ex.ipynb"))
        twins = [notebook for notebook in exercises if notebook.stem.endswith("_ferry_ex")]
        lesson = sorted(root.glob(f"notebooks/{number}_*.ipynb"))
        main = [notebook for notebook in exercises if notebook not in twins]
        otherwise = "none" if number in WITHOUT_EXERCISES else "planned"
        cells = cell(lesson), cell(main, otherwise), cell(twins, otherwise)
        lines.append(f"| {number} | {title} | {minutes} | {' | '.join(cells)} |")
    return "\n".join(lines)


def badge(root=None):
    """The Binder badge, as Markdown."""
    return f"[![Open in Binder]({BADGE})]({binder_url(FIRST, root)})"


def clone(root=None):
    """The commands from nothing to the first notebook."""
    address, name = repository(root)
    return f"```\ngit clone {address}.git\ncd {name.split('/')[1]}\npython3 start.py lab\n```"


def colab(root=None):
    """The link to Google Colab and the cell to run first, as Markdown."""
    return f"[Lesson 00 in Colab]({colab_url(FIRST, root)}). Run first:\n\n```python\n{start_cell(root)}\n```"


def hub(root=None):
    """An nbgitpuller link to a JupyterHub, as Markdown, and what to install there."""
    address, _ = repository(root)
    return (
        f'```\npip install nbgitpuller "whosays @ git+{address}@v{__version__}"\n```\n\n'
        f"```text\n{pull_url(FIRST, hub='https://hub.example.org', root=root)}\n```"
    )


MADE = {"badge": badge, "clone": clone, "colab": colab, "hub": hub, "lessons": lesson_table}


def opened(link):
    """The kit's notebook that a Binder link opens; empty if it opens none, or fetches another repository."""
    place = urllib.parse.parse_qs(urllib.parse.urlsplit(link).query).get("urlpath", [""])[0]
    return "" if place.startswith("git-pull") else place.removeprefix("lab/tree/")


def corrected(text, root=None):
    """``text`` with its Binder links and its made parts as they should be."""

    def link(match):
        place = opened(match[0])
        return binder_url(place, root) if place else match[0]

    text = BINDER_LINK.sub(link, text)
    for name, make in MADE.items():
        begin, end = BEGIN.format(name), END.format(name)
        if begin in text and end in text:
            before, rest = text.split(begin, 1)
            text = f"{before}{begin}\n{make(root)}\n{end}{rest.split(end, 1)[1]}"
    return text


def drift(root=None):
    """Files whose links differ from what the address, the version and the notebooks say.

    Returns
    -------
    dict of Path to str
        File -> its text as it should be.
    """
    root = Path(root or paths.root())
    wrong = {}
    for pattern in WRITTEN + BUILT:
        for file in sorted(root.glob(pattern)):
            text = file.read_text(encoding="utf-8")
            right = corrected(text, root)
            if right != text:
                wrong[file] = right
    return wrong


def dead(root=None):
    """Binder links to files that do not exist, as "file: path"."""
    root = Path(root or paths.root())
    missing = []
    for pattern in WRITTEN + BUILT:
        for file in sorted(root.glob(pattern)):
            for link in BINDER_LINK.findall(file.read_text(encoding="utf-8")):
                if not (root / opened(link)).exists():
                    missing.append(f"{file.relative_to(root).as_posix()}: {opened(link)}")
    return missing


def main(argv=None):
    parser = argparse.ArgumentParser(
        prog="whosays links",
        description="Check or write every link to Binder and Colab, or (--hub, --repo) make one with nbgitpuller.",
    )
    parser.add_argument(
        "--write", action="store_true", help="correct README, docs, notebooks and solutions"
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
    root = paths.root()
    if options.hub or options.repo:
        for address in filter(None, [options.hub, options.repo]):
            if not re.match(r"https?://[^/\s]+", address):
                parser.error(f"{address!r} is not an address: it begins with https://")
        path = ("" if options.repo else FIRST) if options.open is None else options.open
        print(pull_url(path, options.repo, options.branch, options.hub, root))
        return 0
    wrong = drift(root)
    built = {file for file in wrong if file.parent.name == "exercises"}
    if options.write:
        for file in wrong.keys() - built:
            with open(file, "w", encoding="utf-8", newline="") as out:
                out.write(wrong[file])
            print(f"{file.relative_to(root).as_posix()}: links written")
        wrong = {file: wrong[file] for file in built}
    for file in wrong:
        remedy = "whosays build" if file in built else "whosays links --write"
        print(f"{file.relative_to(root).as_posix()}: links differ; run {remedy}", file=sys.stderr)
    missing = dead(root)
    for line in missing:
        print(f"{line} does not exist", file=sys.stderr)
    return 1 if wrong or missing else 0
