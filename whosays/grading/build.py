"""The ``whosays build`` command: the learner's copies, or with ``--key-dir`` the keys."""

import argparse
import sys
import tempfile
from pathlib import Path

from ..exercise.build import build
from ..exercise.remarks import remarks_table
from ..exercise.robots import robots_table, run_robots
from .keys import BadKey, build_keys, data_from


def main(argv=None) -> int:
    """The ``build`` command; returns the exit code."""
    parser = argparse.ArgumentParser(
        "whosays build", description="Make exercises/ from solutions/."
    )
    add = parser.add_argument
    add("names", nargs="*", metavar="SET", help="01, 01f or 01_topic; all when left out")
    add("--check", action="store_true", help="write nothing; exit 1 when a built file differs")
    add("--solutions", type=Path, help="read solutions from this folder")
    add("--exercises", type=Path, help="write exercises to this folder")
    only_keys = "write the keys for grading here, outside the repository, and nothing else"
    add("--key-dir", type=Path, help=only_keys)
    packs = "a folder of case packs to build with, in place of the kit's own"
    add("--data", type=Path, help=packs)
    options = parser.parse_args(argv)
    if options.key_dir is not None:
        return _main_keys(options)
    with data_from(options.data):
        sets, problems = build(options.names, options.solutions, options.exercises, options.check)
    return _report(sets, problems, "checked" if options.check else "built")


def _main_keys(options):
    try:
        with data_from(options.data), tempfile.TemporaryDirectory() as exercises:
            sets, problems = build(options.names, options.solutions, exercises)
        if not problems:
            for path in build_keys(sets, options.key_dir, options.data):
                print(path)
    except BadKey as error:
        print(error, file=sys.stderr)
        return 1
    return _report(sets, problems, "key built")


def _report(sets, problems, done):
    for one in sets:
        state = "has problems" if one.problems else done
        print(f"{one.name}: {len(one.questions)} questions, {state}")
    sound = [(one.name, one.questions) for one in sets if not one.problems]
    if sound:
        print(f"\nSlips with a remark of their own\n\n{remarks_table(sound)}")
        scores = [(one.name, run_robots(one.questions, one.case)) for one in sets]
        print(f"\nRobots, balanced accuracy\n\n{robots_table(scores)}")
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"\n{len(problems)} to mend.", file=sys.stderr)
    return 1 if problems else 0
