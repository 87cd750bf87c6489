"""Grading a class: answers come out of a sandbox as plain data, and every mark is given outside.

``command`` has the order of things. ``intake`` finds the submissions, ``attacks`` a ``sandbox``
that holds. ``batch`` gives each submission a process of its own, in which ``opening`` chooses what
is graded, ``cells`` reads it as data, and ``mark`` has it run: ``watch`` runs ``runner`` in the
sandbox and holds its limits. ``mark`` compares what came out with the key (the one
:func:`whosays.exercise.judge.judge`) to a ``row``; ``written`` looks after free text.
``gradebook``, ``feedback``, ``essays``, ``report`` and ``alike`` make what the teacher reads.
"""
