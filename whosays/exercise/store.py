"""A learner's saved answers: one plain JSON file a set."""

import json

from .. import paths


def load(set_name):
    """The saved answers of a set by question id; empty when there are none or they cannot be read."""
    try:
        data = json.loads((paths.answers() / f"{set_name}.json").read_text(encoding="utf-8"))
        return data["answers"] if type(data["answers"]) is dict else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
