"""``whosays attribute``: read attributions from text files."""

import argparse
import json
import sys
from pathlib import Path

from . import interchange
from .model import SETTINGS
from .reader import read

#: format -> the ending of its files
FORMATS = {"jsonl": ".jsonl", "csv": ".csv", "webanno": ".jsonld", "brat": ".ann"}


def _parser():
    parser = argparse.ArgumentParser(
        prog="whosays attribute",
        description=(
            "Find who says what in text files (UTF-8). A first pass by rules: it misses "
            "about one statement in five."
        ),
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="text files; - reads standard input"
    )
    parser.add_argument(
        "--setting", choices=SETTINGS, default="statements",
        help="statements (default), or all: also narrative reports, wishes, judgements",
    )  # fmt: skip
    parser.add_argument(
        "--format", choices=FORMATS, default="jsonl",
        help="jsonl (default), csv, webanno (W3C), brat",
    )  # fmt: skip
    parser.add_argument(
        "--out", metavar="FOLDER",
        help="write one file for each text there, instead of standard output",
    )  # fmt: skip
    return parser


def main(argv=None) -> int:
    """Run the command. Returns the exit code: 0, or 2 if a file could not be read."""
    options = _parser().parse_args(argv)
    texts, problems = [], []
    for name in options.files:
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            texts.append((name, data.decode("utf-8")))
        except OSError as error:
            problems.append(f"{name}: cannot be read ({error.strerror or error}).")
        except UnicodeDecodeError as error:
            problems.append(f"{name}: byte {error.start} is not UTF-8. Save the file as UTF-8.")
    if options.format == "brat" and len(options.files) > 1 and not options.out:
        problems.append("brat keeps one file for each text: give --out FOLDER.")
    if options.out and len({_target(options, name) for name in options.files}) < len(options.files):
        problems.append("two of the files have the same name: run them one folder at a time.")
    if problems:
        print(
            "whosays attribute: nothing was written.\n  " + "\n  ".join(problems), file=sys.stderr
        )
        return 2
    if options.out:
        Path(options.out).mkdir(parents=True, exist_ok=True)
    for number, (name, text) in enumerate(texts):
        header = bool(options.out) or number == 0
        written = _written(options.format, name, text, read(text, options.setting), header)
        if options.out:
            _target(options, name).write_bytes(written.encode("utf-8"))
        else:
            sys.stdout.buffer.write(written.encode("utf-8"))
    sys.stdout.flush()
    return 0


def _target(options, name):
    stem = "stdin" if name == "-" else Path(name).stem
    return Path(options.out) / (stem + FORMATS[options.format])


def _written(form, name, text, found, header):
    if form == "jsonl":
        return interchange.to_jsonl(found, name)
    if form == "csv":
        return interchange.to_csv(found, name, header)
    if form == "webanno":
        return json.dumps(interchange.to_webanno(found, text, name), ensure_ascii=False) + "\n"
    return interchange.to_brat(found, text)
