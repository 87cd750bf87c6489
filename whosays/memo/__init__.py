"""The memo of lesson 07: pick claims, see the evidence that the kit puts together, write.

No machine marks a memo. :func:`check_memo` looks for what a memo must have and says what it
cannot see; the rubric is in ``docs/memo-rubric.md``.
"""

from ..base.lazy import lazy

# public name -> module that defines it
__getattr__, __dir__, __all__ = lazy(
    globals(),
    {
        **dict.fromkeys(("Memo", "memo"), ".page"),
        "ClaimEvidence": ".evidence",
        **dict.fromkeys(("MemoCheck", "check_memo", "needs"), ".check"),
        "memo_page": ".picture",
        **dict.fromkeys(("rubric", "sample"), ".samples"),
    },
)
