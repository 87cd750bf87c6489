"""``whosays report``: the learner's memo as a page to print, with its evidence as tables."""

import argparse
import sys

from ..base import paths
from ..base.problem import Problem
from ..case.case import CaseError, load_case
from ..learner import store
from .check import BLANK
from .export import said
from .page import NAME, Memo
from .samples import sample


def _parser():
    parser = argparse.ArgumentParser(
        prog="whosays report",
        description=(
            "Write the memo of lesson 07 as memo.html (to read and to print), memo.md, tables of"
            " its evidence and W3C annotations of its passages. Files of an earlier report are"
            " replaced."
        ),
    )
    which, what = (parser.add_mutually_exclusive_group() for _ in range(2))
    which.add_argument(
        "case", nargs="?", help="name or folder of the case; may be left out when one memo is saved"
    )
    what.add_argument(
        "--to", metavar="FOLDER", help="where to write; beside the saved answers when left out"
    )
    what.add_argument(
        "--check",
        action="store_true",
        help="write nothing: say what a memo must have and what was found",
    )
    which.add_argument(
        "--sample",
        metavar="NAME",
        help="a sample memo of the kit in place of the saved one, such as ferry-3",
    )
    return parser


def main(argv=None) -> int:
    """Run the command; Problem when there is no memo or it cannot be written."""
    options = _parser().parse_args(argv)
    memo = _sample(options.sample) if options.sample else _saved(options.case)
    if not memo.claims:
        raise Problem("No claim is picked in the memo: open lesson 07, pick claims, and write.")
    check = memo.check()
    if options.check:
        print(check.text())
        return 0
    written = memo.export(options.to)
    print(f"{said(written)}\n{written[0]}")
    print(check.summary())
    if check.count(BLANK):
        print("Parts that are not written yet are on the page as such.")
    return 0


def _sample(name):
    try:
        return sample(name).memo
    except KeyError as error:
        raise Problem(error.args[0]) from None


def _saved(wanted):
    saved = [name for name, entry in store.load(NAME).items() if isinstance(entry, dict)]
    where = f"the folder {paths.answers().name}"
    if not saved:
        raise Problem(
            f"No memo is saved in {where}: write one in lesson 07, or try --sample ferry-3."
        )
    if not wanted and len(saved) > 1:
        raise Problem(
            f"There are memos on {' and '.join(saved)}: say which, for example: whosays report"
            f" {saved[0]}."
        )
    wanted = wanted or saved[0]
    place = paths.answers() / str(store.kept(NAME, wanted).get("folder") or "nowhere")
    try:
        case = load_case(place if (place / "sources.csv").is_file() else wanted)
    except (CaseError, OSError, ValueError, KeyError) as error:
        raise Problem(str(error)) from None
    if case.name not in saved:
        there = f"there is one on {', '.join(saved)}"
        raise Problem(f"No memo on {case.name} is saved in {where}; {there}.")
    entry = store.kept(NAME, case.name).get("claims")
    gone = [str(c) for c in (entry if isinstance(entry, list) else []) if c not in case.claims.ids]
    if gone:
        words = f"left out, since the case has them no more: {', '.join(gone)}"
        print(f"whosays report: {words}.", file=sys.stderr)
    return Memo(case).kept()
