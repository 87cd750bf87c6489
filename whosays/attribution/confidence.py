"""How far each construction can be trusted.

Rough shares, set by hand in steps of five hundredths after looking at how often
annotators agreed on published training articles; they are no learnt parameters.
"""

BASE = {
    "inverted": 0.95, "postposed": 0.95, "postposed-clause": 0.85, "quote": 0.9, "that": 0.9, "bare": 0.9,
    "bare-strict": 0.8, "wh": 0.75, "according": 0.95, "viewpoint": 0.8, "for": 0.5, "colon": 0.8,
    "colon-bare": 0.6, "dash": 0.7, "hedge": 0.75, "hearer": 0.85, "hearer-to": 0.75, "hearer-about": 0.7,
    "infinitive": 0.7, "prep": 0.7, "gerund": 0.65, "object": 0.65, "impersonal": 0.75, "passive-by": 0.6,
    "raising": 0.75, "passive-told": 0.7, "passive-as": 0.6, "reduced-by": 0.6, "seem": 0.75, "adjective-that": 0.75,
    "adjective-to": 0.55, "adjective-prep": 0.55, "noun-that": 0.65, "noun-object": 0.6, "relative": 0.65,
    "postposed-any": 0.85, "clause-colon": 0.7, "as": 0.8, "transcript": 0.8, "unattributed": 0.5, "scare": 0.5,
}
WEAK = 0.75


def confidence(kind, weak):
    """The confidence of a construction; ``weak``: its verb has common readings that report nothing."""
    value = BASE.get(kind, 0.5)
    return round(value * WEAK, 2) if weak else value
