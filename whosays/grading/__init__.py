"""Grading a class: answers come out of a sandbox as plain data, and every mark is given outside.

``intake`` finds the submissions. ``batch`` gives each a process of its own, in which ``opening``
chooses what is graded, ``cells`` reads it as data, ``watch`` runs ``runner`` in a sandbox and holds
its limits, ``written`` looks after free text, and ``mark`` compares what came out with the key (the
one :func:`whosays.exercise.judge.judge`) to a ``row``. ``ladder`` finds the sandbox by ``attacks``.
``gradebook``, ``feedback``, ``essays``, ``report`` and ``alike`` make what the teacher reads.
"""
