"""A case of your own: from a folder of texts to a pack that every lesson's tools run on.

``new_case(folder, texts)`` makes the first pass, ``todo(folder)`` says what is left to do, and the
functions of ``whosays.newcase.edit`` change a pack without anybody counting characters.
``whosays new-case`` is the command.
"""

from ..base.lazy import lazy

__getattr__, __dir__, __all__ = lazy(
    globals(),
    {
        "case_desk": ".desk",
        "class_case": ".lesson",
        "new_case": ".pack",
        "NewCaseError": ".pack",
        "todo": ".todolist",
        "undo": ".tables",
        **dict.fromkeys(("fill", "add", "say", "join", "keep", "quote"), ".edit"),
    },
)
