"""What has to be said whenever a row is shown: its caveats, and that it describes cruelty."""

from .grave import Grave, marked

HOSTS = {
    "pro_azerbaijani": "Read on a site that takes the Azerbaijani side.",
    "pro_armenian": "Read on a site that takes the Armenian side.",
}
PARTY = "The account of a party."
SILENCE = {"whole": "read whole, and silent", "passages": "silent in the passages seen"}


def caveats(case, row) -> list[str]:
    """What has to be said with a row: its own caveat, its account's, that of a host with a side.

    A list of sentences; empty where the row needs none.
    """
    told, account = [row.get("caveat")], row.get("account_id")
    if account:
        account = case.accounts[account]
        told.append(PARTY if case.agents[account["publisher"]].get("party") else None)
        told.append(account["caveat"])
    told.append(HOSTS.get(row.get("host_lean")))
    return list(dict.fromkeys(filter(None, told)))


def with_caveats(case, row, words: str) -> Grave | str:
    """Some words on a row, and its caveats behind them; grave where the row is."""
    return marked(row, " ".join([words, *caveats(case, row)]), _named(case, row))


def claim_words(case, claim, caveat: bool = False) -> Grave | str:
    """The words of a claim, with its caveats behind them where asked.

    Those of a grave claim can be folded, and have a number to be called by.
    """
    words = " ".join([claim["text"], *(caveats(case, claim) if caveat else ())])
    return marked(claim, words, _named(case, claim))


def _named(case, row):
    """What may be said of a grave row in front of its fold: whose it is, or which claim."""
    if not row.get("grave"):
        return ""
    if row.get("account_id"):
        return ", ".join(filter(None, publisher_and_year(case, row["account_id"])))
    if row.cite.startswith("claims/"):
        grave = [claim["claim_id"] for claim in case.claims if claim["grave"]]
        return f"A claim about cruelty, {grave.index(row['claim_id']) + 1} of {len(grave)}"
    return ""


def publisher_and_year(case, account_id: str) -> tuple[str, str]:
    """Who published an account, and the year; the year is empty where none is known."""
    account = case.accounts[account_id]
    return case.agents[account["publisher"]]["name"], (account["published"] or "")[:4]


def stance_words(finding) -> str:
    """How a finding stands to its claim; for a silent one, what was read."""
    return SILENCE.get(finding["silence"]) or finding["stance"].replace("_", " ")
