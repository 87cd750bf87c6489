"""How much of a case the first pass of ``whosays new-case`` finds: the cases of the kit made anew from their texts.

    python benchmarks/new_case.py > benchmarks/new_case.md

The practice case is made from its ten texts and compared with its tables, which are the truth: somebody invented it.
The main case is made too where its five texts are at hand (environment variable WHOSAYS_FULLTEXT; see data/README.md).
The rules for heads and pieces were written with the practice case in view and mended after a look at the main one;
reader, copy detector and figure finder know both (see attribution.md, reuse.md, figures.md). A text of your own will
do worse. Twelve small invented cases with marked statements follow (new_case_small.py; they need the extra "case").
"""

import tempfile
from pathlib import Path

import new_case_compared as compared
import new_case_small as small


def report():
    lines = [
        "# The first pass of `whosays new-case`",
        "",
        "`python benchmarks/new_case.py`, last run:",
        "",
    ]
    for name in ("ferry", "khojaly"):
        with tempfile.TemporaryDirectory() as folder:
            lines += compared.report(name, Path(folder)) or [
                f"{name}: its texts are not at hand (WHOSAYS_FULLTEXT; see data/README.md).",
                "",
            ]
    lines += small.report()
    lines += compared.NOTES
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(report(), end="")
