"""How far each construction can be trusted.

Rough shares, set by hand in steps of five hundredths after looking at how often
annotators agreed on published training articles; they are no learnt parameters.
"""

BASE = {
    # beside a quotation or a clause
    "inverted": 0.95,
    "postposed": 0.95,
    "postposed-clause": 0.9,
    "postposed-any": 0.5,
    "quote": 0.9,
    "that": 0.9,
    "bare": 0.9,
    "bare-strict": 0.75,
    "wh": 0.72,
    "as": 0.65,
    "relative": 0.6,
    "hearer": 0.8,
    "adjective-that": 0.6,
    "appended": 0.75,
    "cited": 0.75,
    # prepositions and marks
    "according": 0.95,
    "viewpoint": 0.6,
    "colon": 0.75,
    "colon-bare": 0.65,
    "clause-colon": 0.7,
    "dash": 0.7,
    "transcript": 0.7,
    # narrative reports, wishes
    "object": 0.75,
    "prep": 0.7,
    "infinitive": 0.72,
    "gerund": 0.75,
    "hearer-to": 0.75,
    "hearer-about": 0.75,
    "adjective-to": 0.6,
    "adjective-prep": 0.55,
    # without a speaker, or with the speaker behind "by"
    "hedge": 0.6,
    "seem": 0.6,
    "raising": 0.75,
    "impersonal": 0.7,
    "passive-told": 0.75,
    "passive-as": 0.75,
    "passive-by": 0.65,
    "reduced-by": 0.5,
    "unattributed": 0.5,
    "scare": 0.5,
}
WEAK = 0.7
#: readings less sure than this are not given at all
LEAST = 0.5


def confidence(kind, weak):
    """The confidence of a construction; ``weak``: its verb often reports nothing."""
    value = BASE.get(kind, 0.5)
    return round(value * WEAK, 2) if weak else value
