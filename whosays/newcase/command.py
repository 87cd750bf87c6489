"""``whosays new-case``: from a folder of texts to a case of your own."""

import argparse
import sys
import time
from pathlib import Path

from .pack import NewCaseError, new_case
from .todolist import todo


def _parser():
    parser = argparse.ArgumentParser(
        prog="whosays new-case",
        description=(
            "Make a case pack from texts (.txt, .md, .html, .docx, .pdf): pieces, attributions,"
            " copies and figures as a machine reads them, and a list of what is left to do. Nothing"
            " that is there is ever changed."
        ),
        epilog="Exit code: 0 all files read, 1 some left out (each is named), 2 nothing written.",
    )
    parser.add_argument("folder", help="the folder of the case; it is made if it is not there")
    parser.add_argument(
        "--from",
        dest="texts",
        metavar="TEXTS",
        help="the folder of texts (default: they lie in FOLDER)",
    )
    parser.add_argument("--title", help="title of the case (default: the folder's name)")
    parser.add_argument(
        "--update", action="store_true", help="add texts that are new to a case that is there"
    )
    parser.add_argument(
        "--todo", action="store_true", help="only say what is left to do, and write TODO.md anew"
    )
    return parser


def main(argv=None):
    """Run the command.

    Returns
    -------
    int
        0 when every file was read, 1 when some were left out, 2 when nothing was written.
    """
    options = _parser().parse_args(argv)
    if options.todo:
        return _todo(Path(options.folder))
    try:
        outcome = new_case(
            options.folder, options.texts, options.update, options.title, _Progress()
        )
    except NewCaseError as error:
        print(f"whosays new-case: {error}", file=sys.stderr)
        return 2
    for source_id, file in outcome.added.items():
        print(f"{file}: {source_id}")
        for sentence in outcome.said.get(source_id, ()):
            print(f"  {sentence}")
    for source, file in outcome.mended.items():
        print(f"{file}: its head was mended, and it takes the place of {source}")
    for file in outcome.again:
        print(f"{file}: in the case already, left as it is")
    for one in outcome.skipped:
        print(f"left out: {one}", file=sys.stderr)
    print(f"\n{outcome.folder.name}: {outcome.summary()}")
    print(outcome.todo.summary() + f" They are listed in {outcome.folder.name}/TODO.md.")
    errors = [p for p in outcome.problems if p.severity == "error"]
    for problem in errors:
        print(problem, file=sys.stderr)
    return 1 if outcome.skipped or errors else 0


class _Progress:
    """A line on the terminal that says how far the first pass is, from its third second on."""

    def __init__(self):
        self.next = time.monotonic() + 2

    def __call__(self, words, share):
        if time.monotonic() >= self.next:
            print(f"{share:4.0%}  {words} …", file=sys.stderr)
            self.next = time.monotonic() + 3


def _todo(folder):
    if not (folder / "datapackage.json").exists():
        print(
            f"whosays new-case: there is no case in {folder.name}: make one first, without --todo.",
            file=sys.stderr,
        )
        return 2
    left = todo(folder)
    left.write(folder)
    print(left)
    return 0
