"""One judge for the notebook and for the gradebook.

``judge`` compares plain values with a question's key. The key may be open (forms in
clear, when a teacher grades) or locked (salted digests, in the learner's checks): the
comparison is the same function, so the two can never disagree.
"""

from ..learner.verdict import BLANK, UNREADABLE
from ..text.days import capital
from .kinds import kind_of
from .outcome import QuestionOutcome, outcome
from .plain import NotPlain, is_blank, plain
from .values import UnreadablePart


def judge(spec: dict, answer) -> QuestionOutcome:
    """Compare an answer with a question's key, open or locked, as the build writes it.

    Only exact built-in types are looked at; anything else is "unreadable". No answer makes it
    raise.
    """
    try:
        answer = plain(answer, convert=False)
        if is_blank(answer):
            return outcome(spec, BLANK, notes=kind_of(spec).nothing if answer == [] else ())
        return kind_of(spec).judge(spec, answer)
    except NotPlain as problem:
        return outcome(spec, UNREADABLE, notes=[f"{capital(str(problem))}."])
    except UnreadablePart as problem:
        return outcome(spec, UNREADABLE, notes=[str(problem)])
