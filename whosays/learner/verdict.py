"""What an answer got: the one vocabulary, and how each verdict reads.

Questions, cards and marks in a text all use these words.
"""

RIGHT = "right"
PARTLY = "partly right"
NOT_YET = "not yet"
BLANK = "not answered"
UNREADABLE = "unreadable"
TOO_SHORT = "too short"
SELF_REVIEW = "self-review"

# A sign and words, never colour alone.
SIGNS = {
    RIGHT: "✓ right",
    PARTLY: "◐ partly right",
    NOT_YET: "✗ not yet",
    BLANK: "· not answered yet",
    UNREADABLE: "? to mend first",
    TOO_SHORT: "… too short so far",
    SELF_REVIEW: "✎ for you to review",
}
