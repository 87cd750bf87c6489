"""A memo as a page, drawn: which part stands where, and what it tells its reader."""

from ..base.words import words_of
from ..view.pictures import BLUE, Picture, svg, text
from ..view.show import TableView

# part -> (what it tells, how many lines of a page it takes)
PARTS = words_of(__package__)["page"]
_WIDTH, _PAGE, _LINE = 600, 190, 17


class MemoPage(Picture):
    """The parts of a memo, numbered, on a page; the table behind it has the same words."""

    behind = "The same as a table"

    def svg(self) -> str:
        """The page as inline SVG."""
        body, y = [], 30.0
        for number, (part, (tells, lines)) in enumerate(PARTS.items(), 1):
            height = max(_LINE * lines, 14)
            if lines:
                body += [
                    '<path d="M40'
                    f' {y + 4 + _LINE * line:.0f}H{_PAGE - (20 if line + 1 < lines else 90)}"'
                    ' stroke="currentColor" stroke-opacity=".45" stroke-width="7"/>'
                    for line in range(lines)
                ]
            else:
                body.append(text(40, y + 10, "A claim", 15, weight=700))
            body += [
                (
                    f'<circle cx="{_PAGE + 30}" cy="{y + 5:.0f}" r="12" fill="none" stroke="{BLUE}"'
                    ' stroke-width="2"/>'
                ),
                text(_PAGE + 30, y + 10, str(number), 14, "middle", 700),
                text(_PAGE + 52, y + 4, part, 15, weight=700),
                text(_PAGE + 52, y + 22, tells, 14),
            ]
            y += max(height + 16, 44)
        frame = (
            f'<rect x="16" y="8" width="{_PAGE - 20}" height="{y - 8:.0f}" fill="none" '
            'stroke="currentColor" stroke-opacity=".6"/>'
        )
        alternative = " ".join(
            f"{n}: {part}, {tells}." for n, (part, (tells, _)) in enumerate(PARTS.items(), 1)
        )
        return svg([frame, *body], _WIDTH, y + 10, "A memo as a page", alternative)

    def table(self) -> TableView:
        """The same as a table."""
        rows = [{"part": part, "tells": tells} for part, (tells, _) in PARTS.items()]
        return TableView(rows, {"part": "part", "tells": "what it tells"}, "The parts of a memo")


memo_page = MemoPage
