"""What every notebook of the kit keeps to, as one list of faults (docs: CONTRIBUTING.md)."""

import copy
import json
import re
import statistics
import warnings
from urllib.parse import unquote

import nbformat

from whosays.publish import links

MOST_LINES = 9
MOST_LINES_OF_A_QUESTION = 16  # words of a question and its replies, not program
MOST_CODE_CELLS = 2

# a lesson: short text and short code in turn, an hour's worth and no more
LESSON_CELLS = range(20, 66)
MEDIAN_WORDS = range(15, 46)
MOST_WORDS = 75
HEADER = ("Questions", "Time", "You need", "You end up with")

CELL_ID = re.compile(r"[A-Za-z0-9_-]{2,64}")
ABSOLUTE = re.compile(r"(?<![\w./:])(?:/(?:home|Users|root|tmp|var|mnt|opt)/|[A-Z]:\\|~/)|file://")
REMOTE_PICTURE = re.compile(r"""!\[[^\]]*\]\(https?:|<img[^>]+src=["']?https?:""", re.IGNORECASE)
LINK = re.compile(r'!?\[[^\]]*\]\(([^)\s"]+)(?:\s+"[^"]*")?\)')  # a hover may have brackets
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
CITATION = re.compile(r"\[[a-z_]+/[^\]]*\]")
NO_CODE = re.compile(r"\s*(### (BEGIN|END) SOLUTION)?\s*")


def faults(path, root):
    """Everything that is wrong with a notebook.

    Parameters
    ----------
    path, root : Path
        The notebook, and the kit's top folder it lies in.

    Returns
    -------
    list of str
        One sentence a fault, each naming the cell (counted from 1).
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        with warnings.catch_warnings(action="ignore"):  # ids are looked at below
            nbformat.validate(copy.deepcopy(raw))  # it mends what it is given
    except (ValueError, nbformat.ValidationError) as error:
        return [f"is not a valid notebook: {str(error).splitlines()[0]}"]
    found = []
    if (raw["nbformat"], raw["nbformat_minor"]) != (4, 5):
        found.append(f"has format {raw['nbformat']}.{raw['nbformat_minor']}: save it as 4.5")
    if raw["metadata"].get("kernelspec", {}).get("name") != "python3":
        found.append("names another kernel than python3")
    if "widgets" in raw["metadata"]:
        found.append("stores the state of widgets: clear all outputs")
    cells = raw["cells"]
    if not cells:
        return [*found, "has no cells"]
    found += _faults_of_cells(cells)
    top = "".join(text(cell) for cell in cells[:4])
    if not text(cells[0]).startswith("# "):
        found.append("cell 1 is not its title (# ...)")
    if "content note" not in top.lower():
        found.append("has no content note among its first four cells")
    place = path.relative_to(root).as_posix()
    # a solution carries the link of the exercise that is built from it
    place = place.replace("solutions/", "exercises/").replace("_sol.ipynb", "_ex.ipynb")
    link = links.home(root).binder(place)
    if link not in text(cells[0]):
        found.append(f"has no Binder link to {place}: run whosays links --write")
    found += _dead_links(cells, (root / place).parent)
    return found


def _dead_links(cells, folder):
    """Links to files of the kit that are not there; links elsewhere are not followed."""
    for number, cell in enumerate(cells, 1):
        for link in LINK.findall(text(cell)) if cell["cell_type"] == "markdown" else ():
            target = unquote(link.partition("#")[0])
            if target and not re.match(r"[a-z]+:", target) and not (folder / target).exists():
                yield f"cell {number} links to {target}, which is not there"


def lesson_faults(path):
    """What a lesson lacks of the shape that all lessons have.

    Parameters
    ----------
    path : Path
        A notebook in ``notebooks/``, free of other faults.

    Returns
    -------
    list of str
    """
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    texts = {cell["id"]: text(cell) for cell in cells if cell["cell_type"] == "markdown"}
    code = "\n".join(text(cell) for cell in cells if cell["cell_type"] == "code")
    found = [
        f"its header has no row {row!r}" for row in HEADER if f"| {row} |" not in text(cells[0])
    ]
    if "You may skip" not in text(cells[1]):
        found.append("cell 2 does not say how to skip")
    if "_ferry_ex.ipynb)" not in text(cells[1]):
        found.append("cell 2 has no link to the practice twin")
    if "visit_log(" not in code:
        found.append("no step leaves the page")
    if not any(words.startswith("## Key points") for words in texts.values()):
        found.append("it has no key points")
    if not text(cells[-1]).startswith("## Next"):
        found.append("it does not end on what comes next")
    if len(cells) not in LESSON_CELLS:
        found.append(f"it has {len(cells)} cells")
    lengths = {
        name: _words(words)
        for name, words in texts.items()
        if name not in ("title", "key-points", "sources")
    }
    found += [
        f"the text cell {name} has {n} words" for name, n in lengths.items() if n > MOST_WORDS
    ]
    median = statistics.median(lengths.values() or [0])
    if round(median) not in MEDIAN_WORDS:
        found.append(f"the median text cell has {median} words")
    return found


def _words(markdown):
    """Words that a reader reads: no links, citations, comments, or descriptions of pictures."""
    seen = CITATION.sub(
        "",
        LINK.sub(
            lambda m: "" if m[0][0] == "!" else m[0].partition("](")[0], COMMENT.sub("", markdown)
        ),
    )
    return len(re.findall(r"\w[\w'’-]*", seen))


def text(cell):
    return "".join(cell["source"])


def _faults_of_cells(cells):
    found, ids, code_in_a_row = [], set(), 0
    for number, cell in enumerate(cells, 1):
        name = cell.get("id", "")
        if not CELL_ID.fullmatch(name):
            found.append(f"cell {number} has no id, or an unusual one ({name!r})")
        elif name in ids:
            found.append(f"cell {number} repeats the id {name!r}")
        ids.add(name)
        if ABSOLUTE.search(text(cell)):
            found.append(
                f"cell {number} names a place on one machine: {ABSOLUTE.search(text(cell))[0]}"
            )
        if REMOTE_PICTURE.search(text(cell)):
            found.append(
                f"cell {number} loads a picture from elsewhere when it is opened: write a text link"
            )
        if cell.get("attachments"):
            found.append(
                f"cell {number} has a picture pasted into it: draw it from data, or link a file"
            )
        if cell["cell_type"] != "code":
            code_in_a_row = 0
            continue
        code_in_a_row += 1
        if code_in_a_row == MOST_CODE_CELLS + 1:
            found.append(
                f"cell {number} is the third code cell in a row: say in between what it does"
            )
        if cell["outputs"] or cell["execution_count"] is not None:
            found.append(f"cell {number} stores an output or a count: clear all outputs")
        lines = [line for line in text(cell).splitlines() if not NO_CODE.fullmatch(line)]
        most = MOST_LINES_OF_A_QUESTION if "commit(" in text(cell) else MOST_LINES
        if len(lines) > most:
            found.append(
                f"cell {number} has {len(lines)} lines of code (at most {most}): use the package"
            )
    return found
