"""What a person at the keyboard can mend, as an exception."""


class Problem(Exception):
    """Its text is the one sentence to show; ``whosays`` shows it and ends with 1."""
