"""Every claim of the documents as one square: settled, open, contested or does not hold."""

from ..case import schema
from ..view.pictures import BLUE, GREEN, GREY, ORANGE, Picture, svg, text
from ..view.show import TableView, table_of, text_of

MEANS = schema.meanings("claims", "status")
_COLOURS = {"settled": GREEN, "open": GREY, "contested": BLUE, "does_not_hold": ORANGE}
_WIDTH, _LEFT, _CELL, _SIDE = 640, 150, 20, 14
_A_LINE = (_WIDTH - _LEFT) // _CELL


def four_words() -> TableView:
    """The four words for what is known of a claim, each with its one definition."""
    rows = [(text_of(status), means) for status, means in MEANS.items()]
    return table_of("Four words", ("word", "what it means"), rows)


class StatusSquares(Picture):
    """How many claims of the documents are settled, open, contested or do not hold."""

    def __init__(self, case):
        told_claims = {one.claim_id for one in case.assertions}
        statuses = [claim.status for claim in case.claims if claim.claim_id in told_claims]
        self.counts = {status: statuses.count(status) for status in MEANS}
        self.title = f"The {len(statuses)} claims that these documents make, one square each"
        self.caption = f"{self.title}."

    def svg(self) -> str:
        """The picture as inline SVG."""
        body, y = [], 8
        for status, n in self.counts.items():
            body.append(text(4, y + 13, f"{text_of(status)}: {n}", 16, weight=600))
            for i in range(n):
                down, across = divmod(i, _A_LINE)
                body.append(_square(status, _LEFT + across * _CELL, y + down * _CELL))
            y += _CELL * max(1, -(-n // _A_LINE)) + 12
        alternative = ", ".join(f"{n} {text_of(status)}" for status, n in self.counts.items())
        return svg(body, _WIDTH, y, self.title, f"{self.title}: {alternative}.")

    def table(self) -> TableView:
        """The same as a table: word and number."""
        rows = [(text_of(status), n) for status, n in self.counts.items()]
        return table_of(self.title, ("word", "claims"), rows)


def _square(status, x, y):
    """One claim: full, empty, half or crossed, so that the colour tells nothing alone."""
    colour = _COLOURS[status]
    fill = colour if status == "settled" else "none"
    shape = (
        f'<rect x="{x}" y="{y}" width="{_SIDE}" height="{_SIDE}" fill="{fill}" stroke="{colour}"'
        ' stroke-width="2"/>'
    )
    if status == "contested":
        shape += f'<path d="M{x} {y + _SIDE}V{y}H{x + _SIDE}Z" fill="{colour}"/>'
    if status == "does_not_hold":
        cross = f"M{x} {y}l{_SIDE} {_SIDE}M{x + _SIDE} {y}l-{_SIDE} {_SIDE}"
        shape += f'<path d="{cross}" stroke="{colour}" stroke-width="2.5"/>'
    return shape


status_squares = StatusSquares
