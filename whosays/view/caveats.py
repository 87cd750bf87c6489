"""What has to be said whenever a row is shown: its caveats travel with it."""

HOSTS = {
    "pro_azerbaijani": "Read on a site that takes the Azerbaijani side.",
    "pro_armenian": "Read on a site that takes the Armenian side.",
}
SILENCE = {"whole": "read whole, and silent", "passages": "silent in the passages seen"}


def caveats(case, row):
    """The caveats of a row: its own, that of its account, and that of a host with a side.

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
    account = row.get("account_id")
    rows = [row, case.accounts[account]] if account and account != row.id else [row]
    told = [r.get("caveat") for r in rows] + [HOSTS.get(row.get("host_lean"))]
    return list(dict.fromkeys(filter(None, told)))


def with_caveats(case, row, words):
    """Some words on a row, and its caveats behind them."""
    return " ".join([words, *caveats(case, row)])


def stance_words(finding):
    """How a finding stands to its claim; for a silent one, what was read."""
    return SILENCE.get(finding["silence"]) or finding["stance"].replace("_", " ")
