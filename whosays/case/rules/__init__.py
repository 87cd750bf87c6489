"""The rules of a case pack.

A rule is a function of an ``Inspection`` that adds what it finds wrong. It skips rows
whose cells could not be read (those have their own problem already) and references into
tables that could not be read to the end, so that one slip is reported once; it never raises.
"""

from . import assertions, figures, findings, package, prints, reuse, texts, wordings

RULES = [
    package.package, package.stray_tables, package.ids, package.references, package.cycles,
    package.spellings,
    texts.texts, texts.items, texts.passages, texts.quoted_share,
    prints.fingerprints,
    assertions.assertions, assertions.unused,
    figures.figures, figures.counted_by,
    findings.findings, findings.status, findings.silence,
    wordings.wordings,
    reuse.reuse_key,
]  # fmt: skip
