"""Sample memos at three levels, for the rubric, the lesson and the tests of the checks.

They stand once, as Markdown in ``data/memos/``: a title, a comment with what the sample is, and
one heading a part. What a weak sample lacks is named in it (``fails``) and held against the checks.
"""

import csv
import re
from dataclasses import dataclass

from ..base import paths
from ..case.case import load_case
from ..evidence.citations import plain
from ..view.show import TableView
from .page import SECTIONS, Memo

_HEAD = re.compile(
    r"<!-- case: (?P<case>[\w-]+); level: (?P<level>[123]); fails: (?P<fails>[\w, ]*); visits:"
    r" (?P<visits>\d+) -->"
)


@dataclass(frozen=True)
class Sample:
    """One sample memo."""

    name: str  # ``khojaly-3``
    level: int  # 1 to 3, as the rubric has them
    # the checks that do not find what they look for, or want it looked at again
    fails: tuple[str, ...]
    memo: Memo  # with a log of its own, so that nobody's visits are taken for the sample's


def names() -> list[str]:
    """The names of all samples, sorted."""
    return sorted(
        path.stem for path in (paths.data() / "memos").glob("*.md") if path.stem != "README"
    )


def sample(name: str) -> Sample:
    """One sample memo; KeyError when there is none, and the message lists those that there are."""
    if name not in names():
        raise KeyError(
            f"There is no sample memo {name!r}; there are: {', '.join(names()) or 'none'}."
        )
    text = (paths.data() / "memos" / f"{name}.md").read_text(encoding="utf-8")
    head = _HEAD.search(text)
    title = re.match(r"# (.*)", text)[1]
    claims, texts = [], {}
    headings = {heading: part for part, heading in SECTIONS.items()}
    for heading, words in re.findall(r"^## (.*)\n((?:(?!## ).*\n?)*)", text, re.MULTILINE):
        part = headings.get(heading) or heading.rpartition("[claims/")[2].rstrip("]")
        if part not in SECTIONS:
            claims.append(part)
        texts[part] = plain(words).strip()
    fails = tuple(filter(None, head["fails"].replace(" ", "").split(",")))
    log = [{"lesson": "07", "found": "a visit of the sample"}] * int(head["visits"])
    return Sample(
        name,
        int(head["level"]),
        fails,
        Memo(load_case(head["case"]), claims, texts, title, log=log),
    )


def rubric() -> TableView:
    """The three levels of a memo, criterion by criterion.

    Returns
    -------
    TableView
        From ``data/memos/rubric.csv``; ``docs/memo-rubric.md`` has the same with more on each.
    """
    with open(paths.data() / "memos" / "rubric.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {"criterion": "", "level_1": "level 1", "level_2": "level 2", "level_3": "level 3"}
    return TableView(rows, {**columns, "criterion": "looked at"}, "The rubric for a memo")
