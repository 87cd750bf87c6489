"""Grading a class: answers come out of a sandbox as plain data, and every mark is given outside.

``intake`` finds the submissions, ``cells`` reads a notebook as data, ``ladder`` finds a sandbox by
attacking it, ``watch`` runs ``runner`` inside and holds the limits, ``mark`` compares what came out
with the key (the one :func:`whosays.exercise.judge.judge`), ``batch`` does it for a class, and
``gradebook``, ``feedback``, ``essays`` and ``report`` write what the teacher reads.
"""
