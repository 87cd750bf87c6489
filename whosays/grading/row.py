"""One submission's result: what is kept of it, and what gradebook, pages and report read."""

from dataclasses import asdict, dataclass, field

from ..exercise.kinds import KINDS
from ..exercise.outcome import PartResult as Part

GRADED, NOT_ATTEMPTED, NOTHING, EMPTY = "graded", "not attempted", "nothing handed in", "empty"
UNREADABLE_FILE, WRONG_SET, WRONG_LANGUAGE = "unreadable", "wrong assignment", "wrong language"
KERNEL_DIED, TIMED_OUT, OVER_LIMIT = "kernel died", "timed out", "over a limit"
GRADER_ERROR = "grader error"
# the notebook ran, perhaps not to its end
RAN = (GRADED, KERNEL_DIED, TIMED_OUT, OVER_LIMIT)
# no marks were worked out: a person has to look
TO_LOOK_AT = (UNREADABLE_FILE, WRONG_SET, WRONG_LANGUAGE, GRADER_ERROR, EMPTY)


@dataclass
class Entry:
    """One question of a submission."""

    kind: str
    status: str  # as the judge says
    points: float | None  # None while a free text waits for a person
    of: float
    say: list[str] = field(default_factory=list)  # for the student, on the notebook
    notes: list[str] = field(default_factory=list)  # for the student, from the judge
    parts: list[Part] = field(default_factory=list)
    answer: object = None  # plain and shortened; of a free text all that a person may have to read
    comment: str = ""  # the teacher's

    @property
    def by_hand(self) -> bool:
        """Whether a person gives the marks."""
        return not KINDS[self.kind].by_machine


@dataclass
class SubmissionRow:
    """One submission."""

    status: str = GRADED  # one of the states above
    flags: list[str] = field(default_factory=list)  # what was odd, for the teacher
    # whose it is; see :class:`.intake.Submission`
    id: str = ""
    student: str = ""
    lms_id: str = ""
    lms: str = ""
    # which set was found in it, and in which file
    set: str = ""
    number: str = ""
    file: str = ""
    questions: dict[str, Entry] = field(default_factory=dict)
    # what was rightly and wrongly accepted and rejected, on first tries where they were kept
    beliefs: dict[str, int] = field(default_factory=dict)
    balanced_accuracy: float | None = None  # the same as one number
    first: dict[str, float] = field(default_factory=dict)  # points of first tries that it tells
    # percent sure of a first try, and the share of the points that it earned
    sure: list[list[float]] = field(default_factory=list)
    checks: int = 0  # how often answers were checked, as far as the hand-in tells
    # students whom names inside the submission mean, with their numbers in the platform
    named: list[list[str]] = field(default_factory=list)
    seconds: float = 0.0
    peak_mb: int = 0
    # where it ran, and for what this result is valid
    sandbox: str = ""
    valid: str = ""

    def to_json(self) -> dict:
        """The same as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict) -> "SubmissionRow":
        """A row that was kept.

        Raises TypeError, KeyError or AttributeError when it is no row of this version.
        """
        questions = {
            identity: Entry(**{**entry, "parts": [Part(**part) for part in entry["parts"]]})
            for identity, entry in kept["questions"].items()
        }
        return cls(**{**kept, "questions": questions})
