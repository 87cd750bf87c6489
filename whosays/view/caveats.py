"""What has to be said whenever a row is shown: its caveats travel with it."""

HOSTS = {
    "pro_azerbaijani": "Read on a site that takes the Azerbaijani side.",
    "pro_armenian": "Read on a site that takes the Armenian side.",
}
PARTY = "The account of a party."
SILENCE = {"whole": "read whole, and silent", "passages": "silent in the passages seen"}


def caveats(case, row):
    """The caveats of a row: its own, those of its account, and that of a host with a side.

    Parameters
    ----------
    case : Case
    row : Row
        Of any table.

    Returns
    -------
    list of str
        Sentences; empty where the row needs none.
    """
    told, account = [row.get("caveat")], row.get("account_id")
    if account:
        account = case.accounts[account]
        told.append(PARTY if case.agents[account["publisher"]].get("party") else None)
        told.append(account["caveat"])
    told.append(HOSTS.get(row.get("host_lean")))
    return list(dict.fromkeys(filter(None, told)))


def with_caveats(case, row, words):
    """Some words on a row, and its caveats behind them."""
    return " ".join([words, *caveats(case, row)])


def stance_words(finding):
    """How a finding stands to its claim; for a silent one, what was read."""
    return SILENCE.get(finding["silence"]) or finding["stance"].replace("_", " ")
