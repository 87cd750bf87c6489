"""Findings, and the status that claims have from them."""

QUOTE_WORDS = 25
REASON_WORDS = 3


def findings(pack) -> None:
    for row in pack.rows("findings", "quote"):
        if (n := len(row.values["quote"].split())) > QUOTE_WORDS:
            pack.add("findings", row, "quote", "quote-too-long", there=n, most=QUOTE_WORDS)


def _independent(pack):
    """The ids of accounts that no party made, and that argue no counter-claim."""
    parties = {a.values["agent_id"] for a in pack.rows("agents", "agent_id", "party")}
    return {
        a.values["account_id"]
        for a in pack.rows("accounts", "account_id", "kind", "publisher")
        if a.values["kind"] != "counter" and a.values["publisher"] not in parties
    }


def status(pack) -> None:
    """The four words mean what the schema says: see the column ``status`` of ``claims``."""
    if not all(pack.tables[t].complete for t in ("agents", "accounts", "findings")):
        return
    independent, stances = _independent(pack), {}
    for row in pack.rows("findings", "claim_id", "account_id", "stance"):
        if row.values["account_id"] in independent:
            stances.setdefault(row.values["claim_id"], set()).add(row.values["stance"])
    for row in pack.rows("claims", "claim_id", "status"):
        v, stance_set = row.values, stances.get(row.values["claim_id"], set())
        if row.has("why") and len(v["why"].split()) < REASON_WORDS:
            pack.add("claims", row, "why", "status-reason", status=v["status"], why=v["why"])
        if v["status"] == "settled" and "supports" not in stance_set and not row.has("act_of"):
            pack.add("claims", row, "status", "settled-alone")
        if v["status"] == "settled" and "contradicts" in stance_set:
            pack.add("claims", row, "status", "settled-disputed")
        if v["status"] == "does_not_hold" and "supports" in stance_set:
            pack.add("claims", row, "status", "supported")


def silence(pack) -> None:
    """A silent finding says what was read; no other finding does."""
    for row in pack.rows("findings", "finding_id", "stance"):
        stance, silence = row.values["stance"], row.values["silence"]
        if (stance == "silent") != (silence is not None):
            there = "empty" if silence is None else "filled"
            pack.add("findings", row, "silence", "silence", stance=stance, silence=there)
