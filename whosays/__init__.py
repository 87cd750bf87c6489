"""Who Says?: a Jupyter teaching kit on source evaluation.

Importing this package is cheap on purpose (under 50 ms): everything below is
loaded when it is first used, and pandas only where a table is drawn.
"""

import sys

from .base.lazy import lazy

if sys.platform == "emscripten":  # inside a browser
    from .base import in_browser

    in_browser.install()

__version__ = "0.1.0"

# public name -> module that defines it; the same door for notebooks, exercises and docs
__getattr__, __dir__, __all__ = lazy(
    globals(),
    {
        "load_case": ".case.case",
        "Case": ".case.case",
        "question": ".exercise",
        "question_set": ".exercise",
        "source_card": ".evidence.cards",
        "span_marker": ".evidence.marking",
        "MODE_NAMES": ".evidence.marks",
        "gold": ".evidence.marking_key",
        "ledger": ".evidence.ledger",
        "corroboration": ".evidence.corroboration",
        "poster": ".evidence.poster",
        "accounts_beside": ".evidence.account_columns",
        "doubts": ".evidence.corroboration",
        "quotation_card": ".evidence.quotations",
        "card_desk": ".evidence.quotations",
        "wordings": ".evidence.wording_columns",
        "time_lanes": ".evidence.number_pictures",
        "flow": ".evidence.number_pictures",
        "frames": ".evidence.frames",
        "behind_texts": ".evidence.behind",
        "visit_log": ".learner.visits",
        "commit": ".learner.commit",
        "look_back": ".learner.commit",
        "kept_words": ".learner.kept_words",
        "lesson": ".learner.course",
        "hand_in": ".learner.hand_in",
        "my_work": ".exercise.my_work",
        "two_texts": ".evidence.beside",
        "all_texts": ".evidence.beside",
        "headlines": ".evidence.beside",
        "what_was_found": ".evidence.cited",
        "how_checked": ".evidence.cited",
        "claim_path": ".evidence.claim_path",
        "status_squares": ".evidence.status_squares",
        "four_words": ".evidence.status_squares",
        "words": ".text.fold",
        "show": ".view.show",
        "side_by_side": ".evidence.side_by_side",
        "reuse_map": ".evidence.reuse_map",
        "paths": ".base.paths",
    },
    modules={"show", "side_by_side", "reuse_map", "paths"},
)
