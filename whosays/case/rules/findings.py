"""Findings, and the status that claims have from them."""

QUOTE_WORDS = 25
REASON_WORDS = 3


def findings(pack):
    for row in pack.rows("findings", "quote"):
        if (n := len(row.values["quote"].split())) > QUOTE_WORDS:
            message = f"The quotation has {n} words; at most {QUOTE_WORDS} may be quoted."
            remedy = "Shorten it, and say the rest in paraphrase."
            pack.add("findings", row, "quote", "quote-too-long", message, remedy)
    if pack.tables["findings"].complete:
        seen = {row.values["account_id"] for row in pack.rows("findings", "account_id")}
        counted = {row.values["account_id"] for row in pack.rows("figures", "account_id")}
        for row in pack.rows("accounts", "account_id"):
            if row.values["account_id"] not in seen | counted:
                message = "The account has no finding and gives no figure."
                remedy = "Add a finding, or take it out."
                pack.add("accounts", row, "account_id", "unused", message, remedy, "warning")


def _independent(pack):
    """The ids of accounts that no party made: their publisher is none, and they argue no
    counter-claim.
    """
    parties = {a.values["agent_id"] for a in pack.rows("agents", "agent_id", "party")}
    return {
        a.values["account_id"]
        for a in pack.rows("accounts", "account_id", "kind", "publisher")
        if a.values["kind"] != "counter" and a.values["publisher"] not in parties
    }


def status(pack):
    """The four words mean what the schema says: see the column ``status`` of ``claims``."""
    if not all(pack.tables[t].complete for t in ("agents", "accounts", "findings")):
        return
    independent, stances = _independent(pack), {}
    for row in pack.rows("findings", "claim_id", "account_id", "stance"):
        if row.values["account_id"] in independent:
            stances.setdefault(row.values["claim_id"], set()).add(row.values["stance"])
    for row in pack.rows("claims", "claim_id", "status"):
        v, found = row.values, stances.get(row.values["claim_id"], set())
        if row.has("why") and len(v["why"].split()) < REASON_WORDS:
            message = f"The status is {v['status']}, and {v['why']!r} gives no reason."
            remedy = "Say in a sentence what the status rests on."
            pack.add("claims", row, "why", "status-reason", message, remedy)
        if v["status"] == "settled" and "supports" not in found and not row.has("act_of"):
            message = "The claim is settled, and no account independent of the parties supports it."
            remedy = (
                "Add the finding, or name in act_of whose own act it is, or call the claim open."
            )
            pack.add("claims", row, "status", "settled-alone", message, remedy)
        if v["status"] == "settled" and "contradicts" in found:
            message = "The claim is settled, and an independent account contradicts it."
            remedy = "Call it open or contested."
            pack.add("claims", row, "status", "settled-disputed", message, remedy)
        if v["status"] == "does_not_hold" and "supports" in found:
            message = "The claim does not hold, and an independent account supports it."
            remedy = "Call the claim open or contested."
            pack.add("claims", row, "status", "supported", message, remedy)


def silence(pack):
    """A silent finding says what was read; no other finding does."""
    for row in pack.rows("findings", "finding_id", "stance"):
        if (row.values["stance"] == "silent") != (row.values["silence"] is not None):
            message = f"The stance is {row.values['stance']}, and silence is "
            message += "empty." if row.values["silence"] is None else "filled."
            remedy = "Fill silence where the stance is silent (whole or passages), and only there."
            pack.add("findings", row, "silence", "silence", message, remedy)
