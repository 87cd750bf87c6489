"""The ``whosays`` command: a table of subcommands, each loaded when it is called.

A subcommand is a function ``main(argv) -> exit code`` in the module that does
the work, so adding one means adding one line here.
"""

import sys
from importlib import import_module

from .base import in_browser

# name -> (module, function, what it does)
COMMANDS = {
    "lab": ("whosays.publish.launch", "main_lab", "open the first notebook in JupyterLab"),
    "show": (
        "whosays.publish.launch",
        "main_show",
        "show a lesson full-size, without code, for a projector (Voilà)",
    ),
    "test": ("whosays.publish.launch", "main_test", "run the tests (--fast: in under a minute)"),
    "new-case": (
        "whosays.newcase.command",
        "main",
        "make a case of your own from a folder of texts",
    ),
    "check-case": ("whosays.case.check", "main", "check a case pack; every error at once"),
    "build": ("whosays.grading.build", "main", "make exercises/ from solutions/"),
    "grade": (
        "whosays.grading.command",
        "main",
        "grade a class: sandbox, gradebook, feedback pages",
    ),
    "links": (
        "whosays.publish.links",
        "main",
        "check (--write: make) every Binder link and the table of lessons",
    ),
    "attribute": ("whosays.attribution.command", "main", "find who says what in text files"),
    "report": (
        "whosays.memo.command",
        "main",
        "write the learner's memo as a page to print, with its evidence",
    ),
    "reuse": ("whosays.reuse.command", "main", "find the passages that documents share"),
    "site": (
        "whosays.publish.command",
        "main",
        "make a web site of the kit: to read, and to run in the browser",
    ),
}


def usage():
    width = max(map(len, COMMANDS))
    rows = (f"  {name:<{width}}  {what}" for name, (_, _, what) in COMMANDS.items())
    return (
        "usage: whosays COMMAND [ARGUMENT ...]\n\n"
        + "\n".join(rows)
        + "\n\nwhosays COMMAND --help says more."
    )


def main(argv=None):
    argv = sys.argv[1:] if argv is None else list(argv)
    if not argv or argv[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0
    if argv[0] not in COMMANDS:
        print(f"whosays: there is no command {argv[0]!r}.\n\n{usage()}", file=sys.stderr)
        return 2
    if in_browser.IN_BROWSER and argv[0] in in_browser.ELSEWHERE:
        print(
            f"whosays {argv[0]} needs a computer of its own: a Python inside a browser starts no other programs. "
            "See docs/running.md for the other ways to run the kit.",
            file=sys.stderr,
        )
        return 2
    module, function, _ = COMMANDS[argv[0]]
    return getattr(import_module(module), function)(argv[1:])


if __name__ == "__main__":
    sys.exit(main())
