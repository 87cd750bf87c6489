"""What a machine made of a case and no person has looked at yet: it grades nobody.

``whosays new-case`` writes a note that begins with :data:`FIRST` on every row it makes, and a row
of the table ``heads`` for what it read at the head of a document. Both go when somebody has looked.
"""

FIRST = "First pass"
#: tables whose notes say so, and what their rows are called
MADE = {
    "claims": "claims",
    "assertions": "tellings",
    "figures": "numbers",
    "reuse_key": "copies",
}


def is_first_pass(row) -> bool:
    """Whether nobody has looked at a row yet, of any table, typed or as it stands in the file."""
    return str(row.get("note") or "").startswith(FIRST)


def open_sources(case) -> set:
    """The ids of the documents whose heads nobody has looked at yet, as a set of str."""
    return {row["source_id"] for row in case.heads}


def unfinished(case) -> str:
    """What nobody has looked at yet, in a sentence; empty when the case is finished."""
    left = {"heads of texts": len(open_sources(case))}
    left |= {name: sum(map(is_first_pass, case.tables[table])) for table, name in MADE.items()}
    told = ", ".join(f"{number} {name}" for name, number in left.items() if number)
    if not told:
        return ""
    return (
        f"This case is not finished: nobody has looked at {told} yet. They are a machine’s guess"
        " and grade nobody."
    )
