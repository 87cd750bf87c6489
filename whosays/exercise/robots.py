"""Robot learners: a set that they pass can be answered without reading."""


def set_problems(made, notebook):
    """Problems of a set as a whole."""
    return []
