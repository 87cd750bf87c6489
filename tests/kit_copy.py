"""A copy of the kit in another place, as a learner would have it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from whosays.base import paths
from whosays.publish import launch

FILES = [
    "start.py", "pyproject.toml", "requirements.txt", "requirements-test.txt", "environment.yml", "postBuild",
    "README.md", "LICENSE", "LICENSE-CC-BY-4.0", ".gitignore",
]  # fmt: skip
FOLDERS = ["whosays", "data", "exercises"]

NOTEBOOK = {
    "cells": [{"cell_type": "markdown", "id": "title", "metadata": {}, "source": ["# Start here"]}],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def copy_kit(folder):
    """Copy what an installation needs to ``folder``, with a first notebook; returns ``folder``."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy2(paths.root() / name, folder / name)
    for name in FOLDERS:
        if (paths.root() / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "fulltext", ".ipynb_checkpoints")
            shutil.copytree(paths.root() / name, folder / name, ignore=ignored)
    first = folder / launch.FIRST_NOTEBOOK
    first.parent.mkdir(exist_ok=True)
    first.write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    return folder


def run(arguments, **options):
    """Run a command to its end; returns ``(exit code, everything it printed)``."""
    done = subprocess.run(
        [str(argument) for argument in arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        timeout=300,
        **options,
    )
    return done.returncode, done.stdout


def clean_environment(**changes):
    """This process's environment without pip's settings, and with ``changes``: tests choose the network."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return kept | {"PIP_CONFIG_FILE": os.devnull, "PYTHONIOENCODING": "utf-8"} | changes
