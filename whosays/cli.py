"""The ``whosays`` command: a table of subcommands, each loaded when it is called, and one door for
errors.

A subcommand is a function ``main(argv) -> exit code`` in the module that does the work, so adding
one means adding one line here. What goes wrong on the way out of any of them ends here, in a
sentence: nobody ever sees a traceback unless they ask for one with ``WHOSAYS_TRACEBACK=1``.
"""

import errno
import os
import sys
from difflib import get_close_matches
from importlib import import_module

from . import __version__
from .base import in_browser
from .base.problem import Problem

# name -> (module, function, what it does)
COMMANDS = {
    "lab": ("publish.launch", "lab", "open the first notebook in JupyterLab"),
    "show": ("publish.launch", "show_lesson", "show a lesson full-size, without code (Voilà)"),
    "new-case": ("newcase.command", "main", "make a case of your own from a folder of texts"),
    "check-case": ("case.check", "main", "check a case pack; every error at once"),
    "build": ("grading.build", "main", "make exercises/ from solutions/"),
    "grade": ("grading.command", "main", "grade a class: sandbox, gradebook, feedback pages"),
    "links": ("publish.links", "main", "check (--write: make) the links and the table of lessons"),
    "attribute": ("attribution.command", "main", "find who says what in text files"),
    "report": ("memo.command", "main", "write the learner's memo as a page to print"),
    "reuse": ("reuse.command", "main", "find the passages that documents share"),
    "site": ("publish.command", "main", "make a web site of the kit: to read, and to run"),
}

# What an operating system says -> what is wrong and what to do.
SYSTEM = {
    errno.ENOSPC: "the disk is full: make room and run it again",
    errno.EDQUOT: "your share of the disk is full: make room and run it again",
    errno.EACCES: "it may not be read or written: check its permissions",
    errno.EPERM: "it may not be changed: check its permissions",
    errno.EROFS: "it lies where nothing can be written: choose another place",
    errno.ENOENT: "it is not there: check its name",
    errno.EISDIR: "it is a folder, and a file is needed",
    errno.ENOTDIR: "a part of its path is a file, and a folder is needed",
    errno.ENAMETOOLONG: "its name is too long",
}


def usage() -> str:
    """The table of commands, as shown by ``whosays --help``."""
    width = max(map(len, COMMANDS))
    rows = (f"  {name:<{width}}  {what}" for name, (_, _, what) in COMMANDS.items())
    return (
        "usage: whosays COMMAND [ARGUMENT ...]\n\n"
        + "\n".join(rows)
        + "\n\nwhosays COMMAND --help says more; whosays --version names the version."
    )


def main(argv: list[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    argv : list of str, optional
        The command and its arguments; those of the process when left out.

    Returns
    -------
    int
        0 done; 1 something is to be mended or was left out or refused, each thing named; 2 nothing
        was done, and a sentence says why; 130 stopped by Ctrl-C; 141 the output's reader left.
    """
    argv = sys.argv[1:] if argv is None else list(argv)
    _speak_utf8()
    try:
        code = _run(argv)
        # what is still in the buffer may meet a pipe that was closed, or a disk that is full
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print(
            "\nStopped. What was written before is there; run it again to go on.", file=sys.stderr
        )
        return 130
    except BrokenPipeError:
        # whoever read the output (head, less) has seen enough; nothing more can be said to them
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Problem as problem:
        print(f"whosays {argv[0]}: {problem}", file=sys.stderr)
        return 1
    except Exception as error:
        if os.environ.get("WHOSAYS_TRACEBACK"):
            raise
        print(f"whosays {argv[0] if argv else ''}: {_sentence(error)}", file=sys.stderr)
        return 2


def _run(argv):
    if not argv or argv[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0
    if argv[0] in {"-V", "--version", "version"}:
        print(f"whosays {__version__}")
        return 0
    if argv[0] not in COMMANDS:
        near = get_close_matches(argv[0], COMMANDS, 2, 0.5)
        meant = f" Did you mean {' or '.join(near)}?" if near else f"\n\n{usage()}"
        print(f"whosays: there is no command {argv[0]!r}.{meant}", file=sys.stderr)
        return 2
    if in_browser.IN_BROWSER and argv[0] in in_browser.ELSEWHERE:
        print(
            f"whosays {argv[0]} needs a computer of its own: a Python inside a browser starts no "
            "other programs. See docs/running.md for the other ways to run the kit.",
            file=sys.stderr,
        )
        return 2
    module, function, _ = COMMANDS[argv[0]]
    return getattr(import_module(f".{module}", __package__), function)(argv[1:])


def _speak_utf8():
    """Let a console that cannot print a letter print it in another way, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _sentence(error):
    """What is wrong, where, and what to do, for an error that no command foresaw."""
    if isinstance(error, OSError) and error.errno in SYSTEM:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{SYSTEM[error.errno]}."
    if isinstance(error, UnicodeDecodeError):
        return f"a file is not UTF-8 (byte {error.start}): save it again as UTF-8 and run it again."
    if isinstance(error, MemoryError):
        return "there is not enough memory: close other programs, or give it fewer files at once."
    return (
        f"a fault of the kit, not of yours ({type(error).__name__}: {str(error)[:200]}). Nothing"
        " else was done. To report it, run the same with WHOSAYS_TRACEBACK=1 and send what it"
        " prints."
    )


if __name__ == "__main__":
    sys.exit(main())
