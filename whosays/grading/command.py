"""``whosays grade``: a class in one command, and the commands around it."""

import argparse
import contextlib
import signal
import sys
from collections import Counter
from pathlib import Path

from ..base import files, paths
from . import attacks, batch, essays, forms, gradebook, intake, nbgrader, sandbox, variants
from .feedback import feedback_page
from .handed import FileRefused
from .keys import BadKey, git_tree, read_keys
from .report import class_report
from .watch import Limits
from .words import said

_ABOUT = (
    "Grade a class: run every notebook in a sandbox and compare its answers with the key outside."
)
_MORE = """
also:
  whosays grade doctor                          which sandbox holds on this machine
  whosays grade forms draw CLASS                who takes which form before and after
  whosays grade forms compare BEFORE AFTER      what a class has gained, from two gradebooks
  whosays grade variant CASE FOLDER --seed N    a case pack with other rows
  whosays grade nbgrader NOTEBOOK --key KEYDIR --out COURSE
                                                a notebook that nbgrader's exchange can carry
"""
_REFUSALS = (BadKey, FileRefused, attacks.NoSandbox, batch.OutputFault)


def main(argv) -> int:
    """The ``grade`` command; returns the exit code."""
    commands = {"doctor": _doctor, "forms": forms.main, "variant": _variant, "nbgrader": _nbgrader}
    try:
        if argv and argv[0] in commands:
            return commands[argv[0]](argv[1:])
        return _grade(argv)
    except _REFUSALS as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(said("stopped"), file=sys.stderr)
        return 130


def _parser(name, about, more=None):
    kind = argparse.RawDescriptionHelpFormatter
    return argparse.ArgumentParser(name, description=about, epilog=more, formatter_class=kind)


def _arguments():
    parser = _parser("whosays grade", _ABOUT, _MORE)
    add = parser.add_argument
    add("submissions", type=Path, help="a folder, or a zip from Canvas, Moodle or Gradescope")
    add("--key", type=Path, required=True, metavar="KEYDIR", help="from whosays build --key-dir")
    add("--out", type=Path, required=True, help="where everything is written")
    add("--set", dest="which", metavar="SET", help="01 or 01_topic, where there are several keys")
    add("--jobs", type=int, metavar="N", help="how many at a time (default: one for each core)")
    add("--explain", action="store_true", help="explanations in the feedback; they tell answers")
    add("--assignment", metavar="NAME", help="the column in Canvas: 'Exercise 01 (98765)'")
    longest = "the longest a notebook may take, a cell half of it (default: %(default)s)"
    add("--seconds", type=int, default=Limits().wall_seconds, help=longest)
    add("--sandbox", choices=[rung.name for rung in sandbox.RUNGS], help="only this one")
    trust = "run without a sandbox where none holds; every row says so"
    add("--trust-submissions", action="store_true", help=trust)
    return parser


def _grade(argv):
    options = _arguments().parse_args(argv)
    keys = read_keys(options.key, options.submissions, options.which)
    _apart(options.submissions, options.out, options.key)
    submissions = intake.find(options.submissions)
    if not submissions:
        print(f"There is no notebook in {options.submissions}.", file=sys.stderr)
        return 2
    with batch.writing(options.out):
        options.out.mkdir(parents=True, exist_ok=True)
        files.write_whole(options.out / "results.check", "")
        (options.out / "results.check").unlink()
    box = attacks.choose(options.trust_submissions, options.sandbox)
    if not box.holds:
        print(said("no_sandbox"), file=sys.stderr)
    if tree := git_tree(options.out):
        print(said("results_in_git", tree=tree), file=sys.stderr)
    sandbox.warm()
    # a polite end (a closed terminal, kill) is like Ctrl-C
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGTERM, _interrupted)
    limits = Limits.of_seconds(options.seconds)
    how = (options.out, limits, options.jobs, batch.Progress())
    rows = batch.grade_all(submissions, keys, box, *how)
    with batch.writing(options.out):
        waiting, problems = write_all(rows, keys, options.out, options.explain, options.assignment)
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
        raise BadKey(said("out_among_submissions", out=out))
    if key.is_relative_to(out):
        raise BadKey(said("key_among_results", out=out))


def write_all(
    rows: list, keys: list, out: Path, explain: bool = False, assignment: str | None = None
) -> tuple[int, list[str]]:
    """Everything a teacher reads, from the results.

    Comes back with how many free texts wait for a mark, and what is wrong on the marking sheet.
    """
    out = Path(out)
    pages = out / "feedback"
    pages.mkdir(parents=True, exist_ok=True)
    by_name = {key.name: key for key in keys}
    waiting, problems = essays.fill_in(rows, out)
    gradebook.write_tables(rows, keys, out, assignment)
    for row in rows:
        page = feedback_page(row, by_name.get(row.set, keys[0]), explain)
        files.write_whole(pages / f"{row.id}.html", page)
    files.write_whole(out / "class_report.html", class_report(rows, keys))
    return waiting, problems


def _summary(rows, waiting, out):
    counted = Counter(row.status for row in rows)
    states = ", ".join(f"{number} {status}" for status, number in counted.most_common())
    lines = [
        f"{len(rows)} submissions: {states}.",
        f"  {out / 'gradebook.csv'}  marks",
        f"  {out / 'feedback'}  a page for each student",
        f"  {out / 'class_report.html'}  the class, without names",
    ]
    if waiting:
        lines.append(said("waiting", sheet=out / essays.SHEET, number=waiting))
    return "\n".join(lines)


def _doctor(argv):
    about = "Attack every sandbox of this machine and say which holds."
    _parser("whosays grade doctor", about).parse_args(argv)
    best = None
    for rung in sandbox.RUNGS:
        problems = attacks.try_rung(rung)
        best = best or (None if problems else rung)
        print(f"{rung.name:<13} {'; '.join(problems) or 'holds'}")
    if best is None:
        print(said("none_holds"))
        return 1
    print(f"\nwhosays grade will use {best.name}.")
    if sandbox.is_root():
        print(said("root"))
    return 0


def _variant(argv):
    parser = _parser("whosays grade variant", "A case pack with fewer documents, chosen by a seed.")
    add = parser.add_argument
    add("case", help="a case of the kit by name, or the folder of a case pack")
    add("folder", type=Path, help="where the variant goes, outside the repository")
    add("--seed", type=int, required=True, help="the class's own number: the same gives the same")
    add("--drop", type=int, default=2, metavar="N", help="documents left out (default: 2)")
    options = parser.parse_args(argv)
    case = Path(options.case) if Path(options.case).is_dir() else paths.data() / options.case
    if not (case / "sources.csv").is_file():
        raise BadKey(f"There is no case pack in {case}.")
    left_out = variants.write_variant(case, options.folder, options.seed, options.drop)
    print(f"{options.folder / case.name}: without {', '.join(left_out)}")
    return 0


def _nbgrader(argv):
    parser = _parser("whosays grade nbgrader", "A notebook that nbgrader's exchange can carry.")
    add = parser.add_argument
    add("notebook", type=Path, help="exercises/NN_topic_ex.ipynb")
    add("--key", type=Path, required=True, metavar="KEYDIR")
    add("--out", type=Path, required=True, metavar="COURSE", help="nbgrader's course folder")
    options = parser.parse_args(argv)
    key = read_keys(options.key, only=options.notebook.name)[0]
    print(nbgrader.write_for_exchange(options.notebook, key, options.out))
    return 0
