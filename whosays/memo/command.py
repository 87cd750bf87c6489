"""``whosays report``: the learner's memo as a page to print, with its evidence as tables."""

import argparse
import sys

from ..base import paths
from ..case.case import CaseError, load_case
from ..learner import store
from .check import BLANK
from .export import ExportError, said
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
    parser.add_argument(
        "case", nargs="?", help="name or folder of the case; may be left out when one memo is saved"
    )
    parser.add_argument(
        "--to", metavar="FOLDER", help="where to write; beside the saved answers when left out"
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing: say what a memo must have and what was found",
    )
    parser.add_argument(
        "--sample",
        metavar="NAME",
        help="a sample memo of the kit in place of the saved one, such as ferry-3",
    )
    return parser


def main(argv=None):
    """Run the command; 1 when there is no memo or it cannot be written, and why is said."""
    options = _parser().parse_args(argv)
    memo, problems = _sample(options) if options.sample else _saved(options)
    if memo and not memo.claims:
        problems.append("No claim is picked in the memo: open lesson 07, pick claims, and write.")
    if options.to and options.check:
        problems.append("--check writes nothing: leave --to out, or --check.")
    if problems:
        print("whosays report: nothing was written.\n  " + "\n  ".join(problems), file=sys.stderr)
        return 1
    if options.check:
        print(memo.check().text())
        return 0
    return _write(memo, options.to)


def _write(memo, folder):
    try:
        written = memo.export(folder)
    except ExportError as error:
        print(f"whosays report: {error}", file=sys.stderr)
        return 1
    check = memo.check()
    print(f"{said(written)}\n{written[0]}")
    print(check.summary())
    if check.count(BLANK):
        print("Parts that are not written yet are on the page as such.")
    return 0


def _sample(options):
    problems = ["--sample names a memo and its case: leave the case out."] if options.case else []
    try:
        return sample(options.sample).memo, problems
    except KeyError as error:
        return None, [*problems, error.args[0]]


def _saved(options):
    saved = [name for name, kept in store.load(NAME).items() if isinstance(kept, dict)]
    where = f"the folder {paths.answers().name}"
    if not saved:
        return None, [
            f"No memo is saved in {where}: write one in lesson 07, or try --sample ferry-3."
        ]
    if not options.case and len(saved) > 1:
        return None, [
            f"There are memos on {' and '.join(saved)}: say which, for example: whosays report"
            f" {saved[0]}."
        ]
    wanted = options.case or saved[0]
    place = paths.answers() / str(store.kept(NAME, wanted).get("folder") or "nowhere")
    try:
        case = load_case(place if (place / "sources.csv").is_file() else wanted)
    except (CaseError, OSError, ValueError, KeyError) as error:
        return None, [str(error)]
    if case.name not in saved:
        return None, [
            f"No memo on {case.name} is saved in {where}; there is one on {', '.join(saved)}."
        ]
    kept = store.kept(NAME, case.name).get("claims")
    gone = [str(c) for c in (kept if isinstance(kept, list) else []) if c not in case.claims.ids]
    if gone:
        print(
            f"whosays report: left out, since the case has them no more: {', '.join(gone)}.",
            file=sys.stderr,
        )
    return Memo(case).kept(), []
