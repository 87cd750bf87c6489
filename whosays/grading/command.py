"""``whosays grade``: a class in one command, and the commands around it."""

import argparse
import contextlib
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from ..base import paths
from . import batch, essays, gradebook, intake, ladder, mark
from .keys import BadKey, Key, git_tree, read_keys
from .watch import Limits

_ABOUT = "Grade a class: run every notebook in a sandbox and compare its answers with the key outside of it."
_MORE = """
also:
  whosays grade doctor                          which sandbox holds on this machine
  whosays grade variant CASE FOLDER --seed N    a case pack with other rows, for questions that compute
  whosays grade nbgrader NOTEBOOK --key KEYDIR --out COURSE
                                                a notebook that nbgrader's exchange can carry
"""


def main(argv):
    """The ``grade`` command; returns the exit code."""
    commands = {"doctor": _doctor, "variant": _variant, "nbgrader": _nbgrader}
    try:
        if argv and argv[0] in commands:
            return commands[argv[0]](argv[1:])
        return _grade(argv)
    except (BadKey, intake.Refused, ladder.NoSandbox) as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(
            "\nStopped. What was graded is kept: the same command goes on from here.",
            file=sys.stderr,
        )
        return 130


def _grade(argv):
    parser = argparse.ArgumentParser(
        prog="whosays grade",
        description=_ABOUT,
        epilog=_MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "submissions", type=Path, help="a folder, or a zip from Canvas, Moodle or Gradescope"
    )
    parser.add_argument(
        "--key",
        type=Path,
        required=True,
        metavar="KEYDIR",
        help="the keys, from whosays build --key-dir",
    )
    parser.add_argument("--out", type=Path, required=True, help="where everything is written")
    parser.add_argument(
        "--set",
        dest="which",
        metavar="SET",
        help="01 or 01_topic, where the key folder holds several",
    )
    parser.add_argument(
        "--jobs", type=int, metavar="N", help="how many at a time (default: one for each core)"
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help="explanations on the feedback pages; they give answers away",
    )
    parser.add_argument(
        "--assignment",
        metavar="NAME",
        help="the column's name in Canvas, for example 'Exercise 01 (98765)'",
    )
    parser.add_argument(
        "--hard-coded",
        choices=mark.HARD_CODED,
        default="none",
        help="marks for an answer that was to be computed and is right with the course's data only (default: none)",
    )
    parser.add_argument(
        "--seconds",
        type=int,
        default=Limits().wall_seconds,
        help="the longest a notebook may take (default: %(default)s)",
    )
    parser.add_argument(
        "--sandbox", choices=[rung.name for rung in ladder.rungs()], help="only this one"
    )
    parser.add_argument(
        "--trust-submissions",
        action="store_true",
        help="run without a sandbox where none holds; every row says so",
    )
    options = parser.parse_args(argv)
    keys = read_keys(options.key, options.submissions, options.which)
    _apart(options.submissions, options.out, options.key)
    submissions = intake.find(options.submissions)
    if not submissions:
        print(f"There is no notebook in {options.submissions}.", file=sys.stderr)
        return 2
    sandbox = ladder.choose(options.trust_submissions, options.sandbox)
    for line in _told_first(sandbox, options.out):
        print(line, file=sys.stderr)
    limits = replace(
        Limits(),
        wall_seconds=options.seconds,
        cell_seconds=min(Limits().cell_seconds, options.seconds),
    )
    batch.sweep()
    # a polite end (a closed terminal, kill) is like Ctrl-C
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGTERM, _interrupted)
    rows = batch.grade_all(
        submissions,
        keys,
        sandbox,
        options.out,
        batch.Settings(options.hard_coded, limits),
        options.jobs,
        batch.Progress(),
    )
    written, waiting, problems = write_all(
        rows, keys, options.out, options.explain, options.assignment
    )
    for problem in problems:
        print(problem, file=sys.stderr)
    print(_summary(rows, waiting, options.out))
    return 0


def _interrupted(*_):
    raise KeyboardInterrupt


def _apart(submissions, out, key):
    """The results must not lie among the submissions, nor the key among the results."""
    submissions, out, key = (Path(place).resolve() for place in (submissions, out, key))
    if out.is_relative_to(submissions):
        raise BadKey(
            f"The results would lie among the submissions ({out}). Put them elsewhere: --out FOLDER"
        )
    if key.is_relative_to(out):
        raise BadKey(
            f"The key lies among the results ({out}), which you may hand on. Put them elsewhere: --out FOLDER"
        )


def _told_first(sandbox, out):
    if not sandbox.holds:
        yield ("Warning: no sandbox. Every notebook runs with your own rights and can read, change and send whatever you can. "
               "Every row says so.")  # fmt: skip
    if tree := git_tree(out if out.exists() else out.parent):
        yield f"Note: the results, which are personal data, go into the git work tree {tree}. Take care not to commit them."


def write_all(rows, keys, out, explain=False, assignment=None):
    """Everything a teacher reads, from the results.

    Parameters
    ----------
    rows : list of dict
    keys : list of keys.Key
    out : path
    explain : bool
    assignment : str, optional

    Returns
    -------
    (list of pathlib.Path, int, list of str)
        What was written, how many free texts wait for a mark, what is wrong on the marking sheet.
    """
    from .feedback import feedback_page
    from .report import class_report

    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    by_name: dict[str, Key] = {key.name: key for key in keys}
    waiting, problems = essays.fill_in(rows, keys, out)
    written = gradebook.write_tables(rows, keys, out, assignment)
    pages = out / "feedback"
    pages.mkdir(exist_ok=True)
    for row in rows:
        batch.write_whole(
            pages / f"{row['id']}.html",
            feedback_page(row, by_name.get(row["set"], keys[0]), explain),
        )
    batch.write_whole(out / "class_report.html", class_report(rows, keys))
    return [*written, pages, out / "class_report.html"], waiting, problems


def _summary(rows, waiting, out):
    counted = {}
    for row in rows:
        counted[row["status"]] = counted.get(row["status"], 0) + 1
    states = ", ".join(
        f"{number} {status}"
        for status, number in sorted(counted.items(), key=lambda item: -item[1])
    )
    lines = [
        f"{len(rows)} submissions: {states}.",
        f"  {out / 'gradebook.csv'}  marks",
        f"  {out / 'feedback'}  a page for each student",
        f"  {out / 'class_report.html'}  the class, without names",
    ]
    if waiting:
        lines.append(
            f"  {out / essays.SHEET}  {waiting} free texts to mark; fill in the column marks, save, and run this again"
        )
    return "\n".join(lines)


def _doctor(argv):
    parser = argparse.ArgumentParser(
        prog="whosays grade doctor",
        description="Attack every sandbox of this machine and say which holds.",
    )
    parser.parse_args(argv)
    from .attacks import try_rung

    best = None
    for rung in ladder.rungs():
        found = try_rung(rung)
        if not found.problems and best is None:
            best = rung
        print(f"{rung.name:<13} {'holds' if not found.problems else '; '.join(found.problems)}")
    if best is None:
        print("\nNo sandbox holds here: whosays grade will refuse unless told --trust-submissions.")
        return 1
    print(f"\nwhosays grade will use {best.name}.")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        print(
            "You are root. The notebooks run as a user without rights all the same, but an ordinary account is better."
        )
    return 0


def _variant(argv):
    from .variants import write_variant

    parser = argparse.ArgumentParser(
        prog="whosays grade variant",
        description="A case pack with fewer documents, chosen by a seed.",
    )
    parser.add_argument("case", help="a case of the kit by name, or the folder of a case pack")
    parser.add_argument(
        "folder", type=Path, help="where the variant's case packs go, outside the repository"
    )
    parser.add_argument(
        "--seed", type=int, required=True, help="the class's own number: the same gives the same"
    )
    parser.add_argument(
        "--drop",
        type=int,
        default=2,
        metavar="N",
        help="how many documents are left out (default: 2)",
    )
    options = parser.parse_args(argv)
    case = Path(options.case) if Path(options.case).is_dir() else paths.data() / options.case
    if not (case / "sources.csv").is_file():
        raise BadKey(f"There is no case pack in {case}.")
    left_out = write_variant(case, options.folder, options.seed, options.drop)
    print(f"{options.folder / case.name}: without {', '.join(left_out)}")
    return 0


def _nbgrader(argv):
    from .nbgrader import write_for_exchange

    parser = argparse.ArgumentParser(
        prog="whosays grade nbgrader", description="A notebook that nbgrader's exchange can carry."
    )
    parser.add_argument("notebook", type=Path, help="exercises/NN_topic_ex.ipynb")
    parser.add_argument("--key", type=Path, required=True, metavar="KEYDIR")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="COURSE", help="nbgrader's course folder"
    )
    options = parser.parse_args(argv)
    key = read_keys(options.key, only=options.notebook.name)[0]
    print(write_for_exchange(options.notebook, key, options.out))
    return 0
