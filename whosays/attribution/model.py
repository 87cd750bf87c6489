"""What a reading is made of: a span of text, an attribution, the list of modes."""

from dataclasses import dataclass

#: Every mode an attribution can have (a closed list).
MODES = (
    "direct",  # the words are in quotation marks
    "indirect",  # told in the writer's own words, as a clause
    "mixed",  # partly quoted, partly told
    "hedged",  # "reportedly", "allegedly": somebody says so, nobody is named
    "passive_no_source",  # "it is noted that": the grammar hides the speaker
    "narrative_report",  # "condemned the invasion": that somebody spoke, not what was said
    "unattributed",  # quoted words with no speaker in sight
    "scare_quotes",  # a word held at arm's length
)
ROLES = ("source", "cue", "content")
SETTINGS = ("statements", "all")


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text: offsets in Unicode code points, end exclusive, and the exact words."""

    start: int
    end: int
    text: str


@dataclass(eq=False)
class Attribution:
    """One claim tied to whoever makes it.

    Parameters
    ----------
    source, cue, content : tuple of spans
        Who speaks, the words that say so, what is said; each may be in several pieces, and
        source and cue may be empty. A span has ``start``, ``end`` (code points) and ``text``.
    mode : str
        One of :data:`MODES`.
    parent : Attribution or None
        The attribution in whose content this one stands: a relay.
    confidence : float
        Rough share of readings of this kind that careful readers agree with, 0 to 1.
    kind : str
        The construction that was recognised, for whoever wants to know why.
    negated : bool
        The source does not say the content: "did not say that", "declined to say whether".
    lemma : str
        The verb of the cue in its bare form, where there is one.
    denied : bool
        The source says that the content is not so, or doubts it: "denied that", "rejected claims
        that".
    """

    source: tuple
    cue: tuple
    content: tuple
    mode: str
    parent: "Attribution | None" = None
    confidence: float = 0.5
    kind: str = ""
    negated: bool = False
    denied: bool = False
    id: str = ""
    lemma: str = ""

    @property
    def start(self) -> int:
        """First code point of any of its parts."""
        return min(s.start for role in ROLES for s in getattr(self, role))

    @property
    def end(self) -> int:
        """Code point after the last of its parts."""
        return max(s.end for role in ROLES for s in getattr(self, role))

    @property
    def told(self) -> bool:
        """Whether the content is told: nothing here or around it is denied or left unsaid."""
        node = self
        while node is not None:
            if node.negated or node.denied:
                return False
            node = node.parent
        return True

    def text(self, role: str) -> str:
        """The words of a role, its pieces joined by a space."""
        return " ".join(span.text for span in getattr(self, role))
