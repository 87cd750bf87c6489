"""Number the citations of a lesson and write its *Sources*.

In a text cell a citation is ``[1](#findings/hrw-1994-200)``: any number, and the row. This tool
numbers them in the order in which they stand, writes who, when and how far checked as the hover
text, and writes the cell ``sources`` at the end of the page. ``--check`` changes nothing and ends
with 1 where something would change. ``tools/lint.py`` resolves the same citations.
"""

import argparse
import re
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from whosays.evidence.cited import cited  # noqa: E402

MARK = re.compile(r'\[\d+\]\(#(?P<path>(?:[a-z0-9-]+:)?[a-z_]+/[a-z0-9-]+)(?: "[^"]*")?\)')
CELL = "sources"


def renewed(book):
    """A notebook with its citations numbered and its sources written.

    Parameters
    ----------
    book : nbformat.NotebookNode
        Changed in place.

    Returns
    -------
    list of str
        The rows cited, in order; empty where the notebook has no cell ``sources``.

    Raises
    ------
    KeyError
        For a row that is not there.
    """
    place = next((cell for cell in book.cells if cell.get("id") == CELL), None)
    if place is None:
        return []
    case = book.metadata.get("whosays", {}).get("case", "khojaly")
    numbers = {}

    def mark(match):
        path = match["path"]
        number = numbers.setdefault(path, len(numbers) + 1)
        return f'[{number}](#{path} "{cited(path, case).title()}")'

    for cell in book.cells:
        if cell.cell_type == "markdown" and cell is not place:
            cell.source = MARK.sub(mark, cell.source)
    entries = [entry(number, cited(path, case)) for path, number in numbers.items()]
    place.source = "\n".join(["## Sources", "", *entries])
    return list(numbers)


def entry(number, row):
    """One entry of the list of sources."""
    said = row.title().rstrip(".")
    where = f" [{_host(row.address)}]({row.address})" if row.address.startswith("http") else ""
    return f'{number}. <a id="{row.path}"></a>{said}.{where}'


def _host(address):
    return re.sub(r"^https?://(www\.)?", "", address).partition("/")[0]


def main(arguments=None):
    """Renew the lessons that have a cell ``sources``, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--check", action="store_true", help="change nothing, say what would change"
    )
    given = parser.parse_args(arguments)
    stale = []
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        book = nbformat.read(path, as_version=4)
        before = nbformat.writes(book)
        try:
            renewed(book)
        except KeyError as error:
            print(f"{path.name}: {error.args[0]}", file=sys.stderr)
            return 1
        if nbformat.writes(book) != before:
            stale.append(path.name)
            if not given.check:
                nbformat.write(book, path)
    for name in stale:
        print(f"{name}: {'run tools/cite.py' if given.check else 'renewed'}")
    return int(given.check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
