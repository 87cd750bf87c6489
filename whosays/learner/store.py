"""A learner's own work, kept as plain JSON in the answers folder, safe against a killed kernel."""

import json
import os
from contextlib import suppress

from ..base import paths
from ..base.files import whole


def load(name: str) -> dict:
    """What was kept under a name (a file name without its ending); empty where there is nothing.

    A file that cannot be read is moved aside as ``NAME.damaged.json``, never deleted and never
    overwritten.
    """
    path = paths.answers() / f"{name}.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(content, dict):
            return content
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return {}
    except (ValueError, OSError, RecursionError):
        pass
    aside, number = path.with_name(f"{name}.damaged.json"), 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{name}.damaged-{number}.json")
    with suppress(OSError):
        os.replace(path, aside)
    return {}


def save(name: str, kept) -> str:
    """Keep a dictionary of plain JSON values under a name, whole or not at all.

    Returns an empty text when it was kept, otherwise one sentence for the learner. Never raises for
    a folder that cannot be written: a learner's work in the notebook goes on.
    """
    folder = paths.answers()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        how = {"encoding": "utf-8", "errors": "replace", "newline": "\n"}
        with whole(folder / f"{name}.json", **how) as file:
            json.dump(kept, file, ensure_ascii=False, indent=1)
            file.write("\n")
    except OSError as error:
        reason = error.strerror or error
        return (
            f"Not saved, because the folder {folder.name} cannot be written ({reason}): keep a copy"
            " of your notebook."
        )
    return ""


def kept(name: str, *keys) -> dict:
    """What was kept under a name, below keys such as the name of a case: a dict, maybe empty."""
    entry = load(name)
    for key in keys:
        entry = entry.get(key)
        entry = entry if isinstance(entry, dict) else {}
    return entry


def keep(name: str, value, *keys) -> str:
    """Keep a value under a name, below some keys, beside what stands there; returns as ``save``."""
    everything = place = load(name)
    for key in keys[:-1]:
        if not isinstance(place.get(key), dict):
            place[key] = {}
        place = place[key]
    place[keys[-1]] = value
    return save(name, everything)
