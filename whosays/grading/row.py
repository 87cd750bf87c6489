"""One submission's result: what is kept of it, and what gradebook, pages and report read."""

from dataclasses import asdict, dataclass, field

GRADED, NOT_ATTEMPTED, NOTHING, EMPTY = "graded", "not attempted", "nothing handed in", "empty"
UNREADABLE_FILE, WRONG_SET, WRONG_LANGUAGE = "unreadable", "wrong assignment", "wrong language"
KERNEL_DIED, TIMED_OUT, OVER_LIMIT = "kernel died", "timed out", "over a limit"
GRADER_ERROR = "grader error"
# the notebook ran, perhaps not to its end
RAN = (GRADED, KERNEL_DIED, TIMED_OUT, OVER_LIMIT)
# no marks were worked out: a person has to look
TO_LOOK_AT = (UNREADABLE_FILE, WRONG_SET, WRONG_LANGUAGE, GRADER_ERROR, EMPTY)


@dataclass
class Part:
    """One part of an answer, as the judge told it."""

    id: str
    name: str
    status: str
    say: str = ""
    belief: str = ""


@dataclass
class Entry:
    """One question of a submission.

    Attributes
    ----------
    kind, status : str
        As the judge says.
    points : float or None
        None while a free text waits for a person.
    of : float
    say, notes : list of str
        For the student: on the notebook, and from the judge.
    parts : list of Part
    answer : plain JSON value
        Shortened; of a free text all that a person may have to read.
    comment : str
        The teacher's.
    """

    kind: str
    status: str
    points: float | None
    of: float
    say: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    parts: list = field(default_factory=list)
    answer: object = None
    comment: str = ""


@dataclass
class Row:
    """One submission.

    Attributes
    ----------
    id, student, lms_id, lms : str
        Whose it is; see :class:`.intake.Submission`.
    set, number, file : str
        Which set was found in it, and in which file.
    status : str
        One of the states above.
    flags : list of str
        What was odd, for the teacher.
    questions : dict of str to Entry
    beliefs : dict of str to int
        What was rightly and wrongly accepted and rejected, on first tries where they were kept.
    balanced_accuracy : float or None
        The same as one number.
    first : dict of str to float
        Points of the first tries, by question, where the hand-in tells them.
    sure : list of (float, float)
        Percent sure of a first try, and the share of the points that it earned.
    checks : int
        How often answers were checked, as far as the hand-in tells.
    named : list of (str, str)
        Students whom names inside the submission mean, with their numbers in the platform.
    seconds, peak_mb : float
    sandbox, valid : str
        Where it ran, and for what this result is valid.
    """

    status: str = GRADED
    flags: list = field(default_factory=list)
    id: str = ""
    student: str = ""
    lms_id: str = ""
    lms: str = ""
    set: str = ""
    number: str = ""
    file: str = ""
    questions: dict = field(default_factory=dict)
    beliefs: dict = field(default_factory=dict)
    balanced_accuracy: float | None = None
    first: dict = field(default_factory=dict)
    sure: list = field(default_factory=list)
    checks: int = 0
    named: list = field(default_factory=list)
    seconds: float = 0.0
    peak_mb: int = 0
    sandbox: str = ""
    valid: str = ""

    def to_json(self):
        """The same as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept):
        """A row that was kept.

        Raises
        ------
        TypeError, KeyError, AttributeError
            When it is no row of this version.
        """
        questions = {
            identity: Entry(**{**entry, "parts": [Part(**part) for part in entry["parts"]]})
            for identity, entry in kept["questions"].items()
        }
        return cls(**{**kept, "questions": questions})
