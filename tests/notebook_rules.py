"""What every notebook of the kit keeps to, as one list of faults (docs: CONTRIBUTING.md)."""

import copy
import json
import re
import warnings

import nbformat

from whosays import links

MOST_LINES = 9
MOST_CODE_CELLS = 2

CELL_ID = re.compile(r"[A-Za-z0-9_-]{2,64}")
ABSOLUTE = re.compile(r"(?<![\w./:])(?:/(?:home|Users|root|tmp|var|mnt|opt)/|[A-Z]:\\|~/)|file://")
REMOTE_PICTURE = re.compile(r"""!\[[^\]]*\]\(https?:|<img[^>]+src=["']?https?:""", re.IGNORECASE)
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
    if not any(links.binder_url(place, root) in text(cell) for cell in cells):
        found.append(f"has no Binder link to {place}: write {links.binder_url(place, root)}")
    return found


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
            found.append(f"cell {number} names a place on one machine: {ABSOLUTE.search(text(cell))[0]}")
        if REMOTE_PICTURE.search(text(cell)):
            found.append(f"cell {number} loads a picture from elsewhere when it is opened: write a text link")
        if cell.get("attachments"):
            found.append(f"cell {number} has a picture pasted into it: draw it from data, or link a file")
        if cell["cell_type"] != "code":
            code_in_a_row = 0
            continue
        code_in_a_row += 1
        if code_in_a_row == MOST_CODE_CELLS + 1:
            found.append(f"cell {number} is the third code cell in a row: say in between what it does")
        if cell["outputs"] or cell["execution_count"] is not None:
            found.append(f"cell {number} stores an output or a count: clear all outputs")
        lines = [line for line in text(cell).splitlines() if not NO_CODE.fullmatch(line)]
        if len(lines) > MOST_LINES:
            found.append(
                f"cell {number} has {len(lines)} lines of code (at most {MOST_LINES}): use the package"
            )
    return found
