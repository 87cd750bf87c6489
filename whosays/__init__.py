"""Who Says?: a Jupyter teaching kit on source evaluation.

Importing this package is cheap on purpose (under 50 ms): everything below is
loaded when it is first used, and pandas only where a table is drawn.
"""

import sys

from whosays.lazy import lazy

if sys.platform == "emscripten":  # inside a browser
    from whosays import in_browser

    in_browser.install()

__version__ = "0.1.0"

# public name -> module that defines it
__getattr__, __dir__, __all__ = lazy(
    globals(),
    {
        "load_case": "whosays.case",
        "Case": "whosays.case",
        "question": "whosays.exercise",
        "question_set": "whosays.exercise",
        "source_card": "whosays.cards",
        "visit_log": "whosays.visits",
        "mark": "whosays.marking",
        "span_marker": "whosays.marking",
        "class_marks": "whosays.class_view",
    },
)
