"""Whether anything of the key can be read in what the learner gets."""


def leaks(made, texts):
    """Problems as (question, what, remedy)."""
    return []
