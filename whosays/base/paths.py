"""Where things are: found from the package, never from the working directory.

A kernel may be started in any folder (nbval, Binder, VS Code), so a path that
depends on the working directory is a bug.
"""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def root() -> Path:
    """The kit's top folder (the one with ``data/``): a checkout, or the copy inside the wheel."""
    checkout = PACKAGE.parent
    return checkout if (checkout / "data").is_dir() else PACKAGE / "_kit"


def data() -> Path:
    """The folder of case packs: ``WHOSAYS_DATA`` if set, else the kit's own ``data/``."""
    return Path(os.environ.get("WHOSAYS_DATA") or root() / "data")


def exercises() -> Path:
    """The folder with the learner's copies and their public checks: ``WHOSAYS_EXERCISES`` if set,
    else the kit's.
    """
    return Path(os.environ.get("WHOSAYS_EXERCISES") or root() / "exercises")


def solutions() -> Path:
    """The folder with the only edited copy of every exercise."""
    return root() / "solutions"


def answers() -> Path:
    """Where a learner's saved answers go.

    ``WHOSAYS_ANSWERS`` if set, else ``answers/`` in a checkout; where the kit is installed as a
    wheel, which many may share and few may write to, ``whosays-answers`` in the home folder.
    """
    if os.environ.get("WHOSAYS_ANSWERS"):
        return Path(os.environ["WHOSAYS_ANSWERS"])
    return Path.home() / "whosays-answers" if root().name == "_kit" else root() / "answers"


def full_texts(case_folder: Path) -> list[Path]:
    """Folders searched for full texts that may not be shipped, the teacher's drop-in first."""
    places = [Path(case_folder) / "fulltext"]
    if os.environ.get("WHOSAYS_FULLTEXT"):
        places.append(Path(os.environ["WHOSAYS_FULLTEXT"]))
    return places
