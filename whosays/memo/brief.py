"""The evidence on a claim in brief: what fits on a printed page beside the learner's own words.

Everything in full lies in the tables that are exported with the memo.
"""

import html

from ..text.days import in_words
from ..view.caveats import SILENCE, publisher_and_year, with_caveats
from ..view.grave import behind, shown, told
from ..view.named import STANCE, checked_words
from ..view.show import text_of
from ..view.view import View

MOST = 4  # rows of one kind that are printed; how many more there are is said


class Brief(View):
    """The evidence (ClaimEvidence) on one claim in a few lines: names, each with lines in words."""

    def __init__(self, evidence):
        case, claim = evidence.case, evidence.claim
        self.facts = [
            (text_of(claim.status), [with_caveats(case, claim, claim.why)]),
            ("starting points", [evidence.entry.summary()]),
            ("said in", _few([_piece(case, a) for a in evidence.assertions])),
            ("numbers", _few([_figure(case, f) for f in evidence.figures])),
            ("accounts", _few([_finding(case, f) for f in evidence.findings])),
            ("not seen", _few([gap.what for gap in evidence.gaps])),
        ]

    def html(self) -> str:
        items = "".join(
            f"<dt>{html.escape(name)}</dt><dd>{'<br>'.join(map(shown, lines))}</dd>"
            for name, lines in self.facts
            if lines
        )
        return f'<dl class="brief">{items}</dl>'

    def text(self) -> str:
        return "\n".join(
            f"{name}: {' | '.join(map(told, lines))}" for name, lines in self.facts if lines
        )


def _few(lines):
    """The first lines, once each, and how many more there are."""
    lines = list(dict.fromkeys(lines))
    more = [f"and {len(lines) - MOST} more"] if len(lines) > MOST else []
    return lines[:MOST] + more


def _piece(case, assertion):
    item, source = case.items[assertion.item_id], case.sources[assertion.source_id]
    outlet = case.agents[source.outlet].name
    first = case.agents[assertion.chain[-1].agent].name if assertion.chain else outlet
    from_whom = f", from {first}" if first != outlet else ""
    when = in_words(item.published or source.published) or "no date"
    return f"{outlet}, {when}{from_whom}"


def _figure(case, figure):
    counter = figure.counted_by or figure.credited_to
    who = case.agents[counter].name if counter in case.agents else "who counted is not said"
    return behind(figure.counts, f"{figure.shown()}: {figure.counts}; {who}")


def _finding(case, finding):
    who = ", ".join(filter(None, publisher_and_year(case, finding.account_id)))
    stance = SILENCE.get(finding.silence) or STANCE[finding.stance]
    words = f"{who} ({stance}): {finding.paraphrase} ({checked_words(finding)})"
    return with_caveats(case, finding, words)
