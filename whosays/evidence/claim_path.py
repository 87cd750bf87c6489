"""The path of one printed claim through the lessons: a question and a lesson at each station."""

import html

from ..base.words import words_of
from ..learner.course import LESSONS
from ..view.caveats import claim_words
from ..view.grave import shown, told
from ..view.view import View
from .cited import outlet_and_year

# lesson -> what it asks of the claim, where the case itself does not answer at once
ASKS = words_of(__package__)["path"]
_FILES = words_of(__package__)["lesson"]


class ClaimPath(View):
    """One claim as it stands in print, and the stations that it passes in the lessons.

    Parameters
    ----------
    assertion_id : str
        Where it stands in print.
    """

    def __init__(self, case, assertion_id):
        assertion = case.assertions[assertion_id]
        self.claim = claim_words(case, case.claims[assertion.claim_id])
        voices = [case.agents[step.agent].name for step in assertion.chain]
        known = {"01": ", ".join(outlet_and_year(case, assertion.item_id))}
        if len(voices) > 1:
            known["02"] = f"{voices[0]} has it from {', and that from '.join(voices[1:])}."
        self.stations = [(lesson, asks, known.get(lesson, "")) for lesson, asks in ASKS.items()]

    def html(self) -> str:
        stations = "".join(
            f"<li><strong>{html.escape(asks)}</strong>{html.escape(known)}"
            f'<a href="{_FILES[lesson]}">{lesson} {html.escape(LESSONS[lesson])}</a></li>'
            for lesson, asks, known in self.stations
        )
        start = f'<li class="ws-start"><strong>A claim in print</strong>{shown(self.claim)}</li>'
        return (
            f'<figure class="ws-path" role="group" aria-label="The path of a claim">'
            f"<ol>{start}{stations}</ol></figure>"
        )

    def text(self) -> str:
        lines = [f"{lesson}  {asks} {known}".rstrip() for lesson, asks, known in self.stations]
        return "\n".join([told(self.claim), *lines])


claim_path = ClaimPath
