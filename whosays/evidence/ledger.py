"""The ledger: for each claim, *n pieces, k independent origins*, and the tree that shows why.

Copies collapse through reuse, relays through chains, and an origin derived from another
collapses into it. The rules are data (``independence_rules.csv``, explained with their
references in ``docs/independence.md``); the code below only applies them.

The count is k = the distinct roots of all origins on which a claim's assertions and its
supporting findings rest; n = the distinct items that assert it. k says nothing about whether a
claim is true: a false claim may have an origin too, and one origin can be enough.
"""

import csv
import html
import io
import json
import textwrap
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ..case.case import load_case
from ..view.show import TableView, text_of
from ..view.view import View
from .ledger_step import passage_words, step_of

RULES = Path(__file__).with_name("independence_rules.csv")
EFFECTS = {"counts", "not_counted", "collapses", "kept_apart", "caution"}
STEPS = {
    "origin_kind", "own_act", "no_origin", "derived_from", "chain", "reuse_why", "finding_stance", "root_agent", "root_count",
}  # fmt: skip


class RulesError(ValueError):
    """A table of rules that cannot be used; the message lists every problem with its row."""


@dataclass(frozen=True)
class Rule:
    """One rule of independence: at which step, for which value, to which effect, and why."""

    rule_id: str
    step: str
    value: str
    effect: str
    says: str
    why: str
    reference: str


class Rules:
    """The rules by step and value; ``*`` stands for every value that has no rule of its own.

    Parameters
    ----------
    rows : iterable of mapping
        Columns as in ``independence_rules.csv``.

    Raises
    ------
    RulesError
        With every problem found.
    """

    def __init__(self, rows):
        self._rules, problems = {}, []
        columns = set(Rule.__dataclass_fields__)
        for number, row in enumerate(rows, 2):
            if set(row) != columns or any(v is None for v in row.values()):
                problems.append(
                    f"row {number}: the columns are {', '.join(Rule.__dataclass_fields__)}"
                )
                continue
            rule = Rule(**row)
            if rule.step not in STEPS:
                problems.append(
                    f"row {number}, step: {rule.step!r} is none of {', '.join(sorted(STEPS))}"
                )
            if rule.effect not in EFFECTS:
                problems.append(
                    f"row {number}, effect: {rule.effect!r} is none of {', '.join(sorted(EFFECTS))}"
                )
            if (rule.step, rule.value) in self._rules:
                problems.append(
                    f"row {number}, value: {rule.step} has two rules for {rule.value!r}: keep one"
                )
            self._rules[rule.step, rule.value] = rule
        for step in sorted(
            STEPS - {s for s, _ in self._rules} - {"own_act", "root_agent", "root_count"}
        ):
            problems.append(f"there is no rule for the step {step}: add a row")
        if problems:
            raise RulesError(
                "The rules of independence cannot be used: " + "; ".join(problems) + "."
            )

    def __iter__(self):
        return iter(self._rules.values())

    def __len__(self):
        return len(self._rules)

    def of(self, step, value="*"):
        """The rule for a value at a step, or the one for any value, or None."""
        return self._rules.get((step, value)) or self._rules.get((step, "*"))

    def effect(self, step, value="*"):
        """The effect of that rule; ``kept_apart`` where there is none."""
        rule = self.of(step, value)
        return rule.effect if rule else "kept_apart"


@cache
def rules(path=None):
    """The rules of independence.

    Parameters
    ----------
    path : path-like, optional
        A table of your own; the kit's by default.

    Returns
    -------
    Rules
    """
    with open(path or RULES, encoding="utf-8", newline="") as file:
        return Rules(csv.DictReader(file))


# -- origins --------------------------------------------------------------------------------------


class Origins:
    """Origins and what they derive from; roots are found once and kept.

    Parameters
    ----------
    rows : iterable of mapping
        With ``origin_id``, ``kind``, ``derived_from``.
    rules : Rules
    """

    def __init__(self, rows, rules):
        self.rows = {row["origin_id"]: row for row in rows}
        self.rules = rules
        self._root = {}

    def path(self, origin_id):
        """From an origin up to its root.

        Returns
        -------
        list of str
            The origin first, its root last.
        """
        path = [origin_id]
        while parent := self._parent(path[-1]):
            if parent in path:
                raise ValueError(
                    f"The origins {', '.join(path)} derive from one another in a circle: cut it in one place."
                )
            path.append(parent)
        return path

    def _parent(self, origin_id):
        collapses = self.rules.effect("derived_from") == "collapses"
        return self.rows[origin_id]["derived_from"] if collapses else None

    def root(self, origin_id):
        """The origin that another rests on in the end."""
        path = {}
        while origin_id not in self._root:
            path[origin_id] = None
            parent = self._parent(origin_id)
            if parent is None:
                self._root[origin_id] = origin_id
            elif parent in path:
                raise ValueError(
                    f"The origins {', '.join(path)} derive from one another in a circle: cut it in one place."
                )
            else:
                origin_id = parent
        root = self._root[origin_id]
        for passed in path:
            self._root[passed] = root
        return root

    def rule(self, origin_id, claim_kind=None):
        """The rule for a root: by the kind of origin, and for a statement by whether the claim is about its own act."""
        kind = self.rows[origin_id]["kind"]
        own = self.rules.of("own_act", claim_kind) if kind == "statement" and claim_kind else None
        return own or self.rules.of("origin_kind", kind)

    def counts(self, origin_id, claim_kind=None):
        """Whether a root is counted for a claim of this kind."""
        return self.rule(origin_id, claim_kind).effect == "counts"


def independent_origins(assertions, findings, origins, with_rules=None, claim_kinds=None):
    """Count pieces and independent origins for every claim, in one pass.

    Parameters
    ----------
    assertions : iterable of mapping
        With ``claim_id``, ``item_id``, ``origin_id`` (None where not known).
    findings : iterable of mapping
        With ``claim_id``, ``stance``, ``origin_id``.
    origins : iterable of mapping
        With ``origin_id``, ``kind``, ``derived_from``.
    with_rules : Rules, optional
    claim_kinds : mapping of str to str, optional
        Claim to its kind: a statement is an origin for claims about its own act only.

    Returns
    -------
    dict of str to (int, frozenset of str)
        Claim to the number of pieces and the ids of its independent origins. Linear in the number
        of assertions; the order of the rows does not matter.
    """
    with_rules = with_rules or rules()
    known, kinds = Origins(origins, with_rules), claim_kinds or {}
    pieces, roots = {}, {}
    for row in assertions:
        pieces.setdefault(row["claim_id"], set()).add(row["item_id"])
        if row["origin_id"] is not None:
            roots.setdefault(row["claim_id"], set()).add(known.root(row["origin_id"]))
    for row in findings:
        if (
            row["origin_id"] is not None
            and with_rules.effect("finding_stance", row["stance"]) == "counts"
        ):
            roots.setdefault(row["claim_id"], set()).add(known.root(row["origin_id"]))
    return {
        claim: (
            len(pieces.get(claim, ())),
            frozenset(r for r in roots.get(claim, ()) if known.counts(r, kinds.get(claim))),
        )
        for claim in pieces.keys() | roots.keys()
    }


# -- the tree -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Node:
    """One step of the tree.

    Attributes
    ----------
    kind : str
        ``claim``, ``origin``, ``derived``, ``piece``, ``copy``, ``account``, ``group``.
    label : str
        What a reader sees.
    cite : str or None
        The row it is.
    why : str or None
        The rule applied, in words.
    counted : bool
        Whether it is an origin that counts.
    passage : str or None
        The passage to open.
    reuse : str or None
        The row that ties a copy to its group.
    children : tuple of Node
    """

    kind: str
    label: str
    cite: str | None = None
    why: str | None = None
    counted: bool = False
    passage: str | None = None
    reuse: str | None = None
    children: tuple = field(default=(), repr=False)

    def walk(self, depth=0):
        """Every node below this one, itself first, with its depth.

        Yields
        ------
        (int, Node)
        """
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


class ClaimLedger(View):
    """One claim: its pieces, its independent origins, the tree and the cautions.

    Attributes
    ----------
    claim : Row
    n, k : int
    roots : tuple of str
        The ids of the independent origins.
    in_part : tuple of str
        Those of them that support it in part only.
    tree : Node
    beside : tuple of Row
        Findings that are not counted for it: qualifying, contradicting, silent.
    cautions : tuple of str
    """

    def __init__(self, case, claim, n, roots, in_part, tree, beside, cautions):
        self.case, self.claim, self.n, self.roots, self.in_part = (
            case,
            claim,
            n,
            tuple(roots),
            tuple(in_part),
        )
        self.tree, self.beside, self.cautions = tree, tuple(beside), tuple(cautions)

    @property
    def k(self):
        return len(self.roots)

    def summary(self):
        """ "9 pieces, 3 independent origins, 2 of them for a part of it" in a sentence."""
        part = f", {len(self.in_part)} of them for a part of it only" if self.in_part else ""
        return f"{_count(self.n, 'piece')}, {_count(self.k, 'independent origin')}{part}."

    def step(self, cite):
        """One step of the tree, opened: its passage, where it stands, and how the step is known.

        Parameters
        ----------
        cite : str
            The row that stands behind the step in square brackets: ``assertions/...``, ``origins/...``, ``findings/...``.

        Returns
        -------
        whosays.evidence.ledger_step.Step

        Raises
        ------
        ValueError
            When the tree has no such step; the message names those it has.
        """
        return step_of(self, cite.strip("[] "))

    def html(self):
        cautions = "".join(f"<li>{html.escape(c)}</li>" for c in self.cautions)
        beside = "".join(f"<li>{self._finding_html(f)}</li>" for f in self.beside)
        return (
            f"<p><strong>{html.escape(self.claim.text)}</strong> [{html.escape(self.claim.cite)}]</p>"
            f"<p>{html.escape(self.summary())}</p>"
            + (f"<ul>{cautions}</ul>" if cautions else "")
            + f"<ul>{''.join(self._node_html(child) for child in self.tree.children)}</ul>"
            + (f"<p>Beside it, and not counted for it:</p><ul>{beside}</ul>" if beside else "")
        )

    def _node_html(self, node):
        """A step as a native disclosure, so that it opens by keyboard and without a script."""
        words = html.escape(_line(node))
        inner = self._passage_html(node) + (
            f"<ul>{''.join(self._node_html(child) for child in node.children)}</ul>"
            if node.children
            else ""
        )
        if not inner:
            return f"<li>{words}</li>"
        opened = " open" if node.kind in {"origin", "derived", "group"} else ""
        return f"<li><details{opened}><summary>{words}</summary>{inner}</details></li>"

    def _passage_html(self, node):
        if not node.passage:
            return ""
        quoted, words = passage_words(self.case, node.passage)
        tag = "blockquote" if quoted else "p"
        return f"<{tag}>{html.escape(words)}</{tag}>"

    def _finding_html(self, finding):
        return html.escape(
            f"{self.case.accounts[finding.account_id].title}: {text_of(finding.stance)}. {finding.paraphrase} "
            f"({finding.label}) [{finding.cite}]"
        )

    def text(self):
        lines = [f"{self.claim.text} [{self.claim.cite}]", self.summary()]
        lines += [f"! {c}" for c in self.cautions]
        for depth, node in self.tree.walk():
            if depth:
                indent = "  " * (depth - 1)
                lines.append(
                    textwrap.fill(
                        f"- {_line(node)}",
                        96,
                        initial_indent=indent,
                        subsequent_indent=indent + "  ",
                    )
                )
        if self.beside:
            lines.append("Beside it, and not counted for it:")
            for f in self.beside:
                words = f"- {self.case.accounts[f.account_id].title}: {text_of(f.stance)}. {f.paraphrase} ({f.label}) [{f.cite}]"
                lines.append(textwrap.fill(words, 96, subsequent_indent="  "))
        return "\n".join(lines)


def _line(node):
    mark = {"origin": "● " if node.counted else "○ "}.get(node.kind, "")
    cite = f" [{node.cite}]" if node.cite else ""
    why = f" ({node.why})" if node.why else ""
    return f"{mark}{node.label}{why}{cite}"


def _count(n, word):
    return f"{n} {word}" if n == 1 else f"{n} {word}s"


class Ledger(View):
    """The ledger of a case.

    Parameters
    ----------
    case : Case
    with_rules : Rules, optional
        The kit's own by default.
    """

    def __init__(self, case, with_rules=None):
        self.case = case
        self.rules = with_rules or rules()
        self.origins = Origins(case.origins, self.rules)
        kinds = {c.claim_id: c.kind for c in case.claims}
        self.counts = independent_origins(
            case.assertions, case.findings, case.origins, self.rules, kinds
        )
        self._assertions, self._findings = _grouped(case.assertions), _grouped(case.findings)
        self._reuse = _Reuse(case, self.rules)

    def __iter__(self):
        return (self.claim(c.claim_id) for c in self.case.claims)

    def __len__(self):
        return len(self.case.claims)

    def n(self, claim_id):
        """How many pieces assert a claim."""
        return self.counts.get(claim_id, (0, frozenset()))[0]

    def roots(self, claim_id):
        """The ids of a claim's independent origins, in the order of the table ``origins``."""
        found = self.counts.get(claim_id, (0, frozenset()))[1]
        return [o for o in self.origins.rows if o in found]

    def k(self, claim_id):
        """How many independent origins a claim has."""
        return len(self.counts.get(claim_id, (0, frozenset()))[1])

    def claim(self, claim_id):
        """One claim with its tree.

        Parameters
        ----------
        claim_id : str
            With or without ``claims/`` before it.

        Returns
        -------
        ClaimLedger
        """
        claim = self.case.claims[claim_id.strip("[] ").removeprefix("claims/")]
        findings = self._findings.get(claim.claim_id, [])
        beside = [f for f in findings if self.rules.effect("finding_stance", f.stance) != "counts"]
        roots = self.roots(claim.claim_id)
        supporting = [f for f in findings if f not in beside]
        whole = {
            self.origins.root(a.origin_id)
            for a in self._assertions.get(claim.claim_id, [])
            if a.origin_id
        }
        whole |= {
            self.origins.root(f.origin_id)
            for f in supporting
            if f.origin_id and f.stance == "supports"
        }
        in_part = [r for r in roots if r not in whole]
        tree = self._tree(claim, supporting)
        return ClaimLedger(
            self.case,
            claim,
            self.n(claim.claim_id),
            roots,
            in_part,
            tree,
            beside,
            self._cautions(roots),
        )

    def _cautions(self, roots):
        agents = {}
        for root in roots:
            agents.setdefault(self.origins.rows[root]["agent"], []).append(root)
        one = self.rules.of("root_count", str(len(roots)))
        if one and one.effect == "caution" and one.value == str(len(roots)):
            yield f"{one.says[0].upper()}{one.says[1:]}: {self.origins.rows[roots[0]]['what']} {one.why}."
        same = self.rules.of("root_agent")
        if same and same.effect == "caution":
            for agent, kept in agents.items():
                if agent and len(kept) > 1:
                    yield (
                        same.says.format(n=len(kept), agent=self.case.agents[agent].name)
                        + f". {same.why}."
                    )

    def _tree(self, claim, supporting):
        """Origins at the top, what derives from them below, then the pieces with their copies."""
        placed = {}
        for group in self._reuse.clusters(self._assertions.get(claim.claim_id, [])):
            placed.setdefault(group[0][0].origin_id, []).append(group)
        accounts = {}
        for finding in supporting:
            accounts.setdefault(finding.origin_id, []).append(finding)
        used = [o for o in dict.fromkeys([*placed, *accounts]) if o is not None]
        children = {}
        for origin in used:
            path = self.origins.path(origin)
            for below, above in zip(path, path[1:], strict=False):
                children.setdefault(above, {}).setdefault(below)
        roots = {self.origins.root(o) for o in used}
        ordered = sorted(
            (r for r in self.origins.rows if r in roots),
            key=lambda r: not self.origins.counts(r, claim.kind),
        )
        nodes = [
            self._origin_node(r, None, children, placed, accounts, claim.kind) for r in ordered
        ]
        if None in placed or None in accounts:
            rule = self.rules.of("no_origin")
            inner = [self._piece_node(g) for g in placed.get(None, [])] + [
                self._account_node(f) for f in accounts.get(None, [])
            ]
            nodes.append(Node("group", "Origin not known", why=rule.says, children=tuple(inner)))
        return Node("claim", claim.text, claim.cite, children=tuple(nodes))

    def _origin_node(self, origin_id, parent, children, placed, accounts, claim_kind):
        row = self.origins.rows[origin_id]
        inner = [self._piece_node(g) for g in placed.get(origin_id, [])]
        inner += [self._account_node(f) for f in accounts.get(origin_id, [])]
        inner += [
            self._origin_node(c, origin_id, children, placed, accounts, claim_kind)
            for c in children.get(origin_id, ())
        ]
        agent = self.case.agents[row["agent"]].name if row["agent"] else ""
        told = not agent or row["what"].casefold().startswith(agent.casefold())
        label, counted = row["what"] if told else f"{agent}: {row['what']}", False
        if parent:
            why = self.rules.of("derived_from").says.format(to=f"origins/{parent}")
        else:
            rule = self.origins.rule(origin_id, claim_kind)
            counted = rule.effect == "counts"
            why = None if counted else rule.says.partition(": ")[2]
        return Node(
            "derived" if parent else "origin",
            label,
            f"origins/{origin_id}",
            why,
            counted,
            children=tuple(inner),
        )

    def _account_node(self, finding):
        account = self.case.accounts[finding.account_id]
        label = f"{account.title}, {account.published or 'no date'} ({finding.label}): {finding.paraphrase}"
        return Node("account", label, finding.cite, text_of(finding.stance))

    def _piece_node(self, group):
        (first, _), *copies = group
        inner = [
            Node(
                "copy",
                self._piece(a),
                a.cite,
                reuse and self._shared(reuse, a),
                passage=a.passage_id,
                reuse=reuse and reuse.cite,
            )
            for a, reuse in copies
        ]
        return Node(
            "piece", self._piece(first), first.cite, passage=first.passage_id, children=tuple(inner)
        )

    def _piece(self, assertion):
        item = self.case.items[assertion.item_id]
        voices = " > ".join(self.case.agents[s.agent].name for s in assertion.chain)
        return f"{item.headline} ({item.published or 'no date'}); {voices}"

    def _shared(self, reuse, assertion):
        other = reuse.a_item if reuse.b_item == assertion.item_id else reuse.b_item
        rule = self.rules.of("reuse_why", reuse.why)
        return f"{rule.says.format(to=f'items/{other}')}, {text_of(reuse.kind)} [{reuse.cite}]"

    # -- as a whole ----------------------------------------------------------------------------------

    def table(self, status=None):
        """Claims with their pieces and origins.

        Parameters
        ----------
        status : str, optional
            ``settled``, ``open`` or ``contested``.
        """
        rows = [
            {
                "claim": c.text, "status": c.status, "pieces": self.n(c.claim_id), "origins": self.k(c.claim_id),
                "which": "; ".join(self.roots(c.claim_id)), "row": c.cite,
            }
            for c in self.case.claims
            if status in (None, c.status)
        ]  # fmt: skip
        columns = {
            "claim": "claim", "status": "status", "pieces": "pieces (n)", "origins": "independent origins (k)",
            "which": "origins", "row": "row",
        }  # fmt: skip
        caption = "How many pieces say it, and on how many independent origins it rests; neither number is a verdict"
        return TableView(rows, columns, caption)

    def html(self):
        return self.table().html()

    def text(self):
        return self.table().text()

    def frame(self):
        """The table as a pandas DataFrame."""
        return self.table().frame()

    def to_csv(self):
        """The ledger as CSV: one row for each assertion and each finding, with its path to the root.

        Returns
        -------
        str
            Columns ``claim_id, n, k, evidence, item_id, passage_id, origin_path, root, effect, rule_id, copy_of``.
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(
            [
                "claim_id",
                "n",
                "k",
                "evidence",
                "item_id",
                "passage_id",
                "origin_path",
                "root",
                "effect",
                "rule_id",
                "copy_of",
            ]
        )
        for claim in self.case.claims:
            n, k = self.n(claim.claim_id), self.k(claim.claim_id)
            for group in self._reuse.clusters(self._assertions.get(claim.claim_id, [])):
                for a, reuse in group:
                    rule, path = self._rule_of(a.origin_id, claim.kind)
                    first = group[0][0].cite if reuse else ""
                    writer.writerow(
                        [claim.claim_id, n, k, a.cite, a.item_id, a.passage_id, " > ".join(path), path[-1] if path else "",
                         rule.effect, rule.rule_id, first]
                    )  # fmt: skip
            for f in self._findings.get(claim.claim_id, []):
                rule, path = self._rule_of(f.origin_id, claim.kind)
                stance = self.rules.of("finding_stance", f.stance)
                rule = stance if stance.effect != "counts" else rule
                writer.writerow(
                    [
                        claim.claim_id,
                        n,
                        k,
                        f.cite,
                        "",
                        "",
                        " > ".join(path),
                        path[-1] if path else "",
                        rule.effect,
                        rule.rule_id,
                        "",
                    ]
                )
        return out.getvalue()

    def _rule_of(self, origin_id, claim_kind):
        if origin_id is None:
            return self.rules.of("no_origin"), []
        path = self.origins.path(origin_id)
        return self.origins.rule(path[-1], claim_kind), path

    def to_prov(self, base="urn:whosays:"):
        """The ledger as PROV-O in JSON-LD (W3C Recommendation, 30 April 2013).

        Parameters
        ----------
        base : str
            What the ids of the case are put behind.

        Returns
        -------
        str
            Origins, items, assertions and findings are entities; speakers are agents. An origin
            ``wasDerivedFrom`` what it derives from; an assertion ``hadPrimarySource`` its root, ``wasQuotedFrom``
            the assertion it is a copy of, ``wasAttributedTo`` its innermost voice.
        """
        base = f"{base}{self.case.name}/"

        def ref(cite):
            return {"@id": base + cite}

        graph = []
        for agent in self.case.agents:
            graph.append(
                {"@id": base + agent.cite, "@type": "prov:Agent", "rdfs:label": agent.name}
            )
        for origin in self.case.origins:
            node = {"@id": base + origin.cite, "@type": "prov:Entity", "rdfs:label": origin.what}
            if origin.agent:
                node["prov:wasAttributedTo"] = ref(f"agents/{origin.agent}")
            if origin.derived_from:
                node["prov:wasDerivedFrom"] = ref(f"origins/{origin.derived_from}")
            graph.append(node)
        for claim in self.case.claims:
            graph.append(
                {"@id": base + claim.cite, "@type": "prov:Entity", "rdfs:label": claim.text}
            )
            for group in self._reuse.clusters(self._assertions.get(claim.claim_id, [])):
                for a, reuse in group:
                    node = {
                        "@id": base + a.cite, "@type": "prov:Entity", "prov:specializationOf": ref(claim.cite),
                        "prov:wasAttributedTo": ref(f"agents/{a.agent}"),
                        "prov:atLocation": ref(f"passages/{a.passage_id}"),
                    }  # fmt: skip
                    self._prov_origin(node, a.origin_id, ref)
                    if reuse:
                        node["prov:wasQuotedFrom"] = ref(group[0][0].cite)
                    graph.append(node)
            for f in self._findings.get(claim.claim_id, []):
                node = {
                    "@id": base + f.cite,
                    "@type": "prov:Entity",
                    "rdfs:label": f.paraphrase,
                    "rdfs:comment": f.stance,
                }
                if self.rules.effect("finding_stance", f.stance) == "counts":
                    node["prov:specializationOf"] = ref(claim.cite)
                self._prov_origin(node, f.origin_id, ref)
                graph.append(node)
        context = {
            "prov": "http://www.w3.org/ns/prov#",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        }
        return (
            json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"
        )

    def _prov_origin(self, node, origin_id, ref):
        if origin_id:
            node["prov:wasDerivedFrom"] = ref(f"origins/{origin_id}")
            node["prov:hadPrimarySource"] = ref(f"origins/{self.origins.root(origin_id)}")


def _grouped(table):
    groups = {}
    for row in table:
        groups.setdefault(row["claim_id"], []).append(row)
    return groups


class _Reuse:
    """Which assertions of a claim are copies of one another, by the reuse key."""

    def __init__(self, case, with_rules):
        self._case = case
        self._by_item = {}
        for row in case.reuse_key:
            if with_rules.effect("reuse_why", row.why) == "collapses":
                self._by_item.setdefault(row.a_item, []).append(
                    (row, row.a_start, row.a_end, row.b_item, row.b_start, row.b_end)
                )
                self._by_item.setdefault(row.b_item, []).append(
                    (row, row.b_start, row.b_end, row.a_item, row.a_start, row.a_end)
                )

    def clusters(self, assertions):
        """Assertions that share text with one origin, each group from its earliest witness on.

        Parameters
        ----------
        assertions : list of Row
            Of one claim.

        Returns
        -------
        list of list of (Row, Row or None)
            Each assertion with the row of ``reuse_key`` that ties it to its group (None for the first).
        """
        by_item = {}
        for a in assertions:
            by_item.setdefault(a.item_id, []).append(a)
        tie, later = {a.assertion_id: {} for a in assertions}, set()
        for a in assertions:
            for row, start, end, item, other_start, other_end in self._by_item.get(a.item_id, ()):
                if not _touches(a, start, end):
                    continue
                for b in by_item.get(item, ()):
                    if (
                        b is not a
                        and a.origin_id == b.origin_id
                        and _touches(b, other_start, other_end)
                    ):
                        tie[a.assertion_id].setdefault(b.assertion_id, row)
                        if row.direction != "undecided" and (row.direction == "a_to_b") == (
                            row.b_item == a.item_id
                        ):
                            later.add(a.assertion_id)
        rows = {a.assertion_id: a for a in assertions}
        order = {a: i for i, a in enumerate(rows)}
        seen, groups = set(), []
        for start in sorted(rows, key=lambda i: self._witness(rows[i], i in later, order[i])):
            if start in seen:
                continue
            seen.add(start)
            group, queue = [(rows[start], None)], [start]
            while queue:
                at = queue.pop(0)
                for other in sorted(
                    tie[at], key=lambda i: self._witness(rows[i], i in later, order[i])
                ):
                    if other not in seen:
                        seen.add(other)
                        queue.append(other)
                        group.append((rows[other], tie[at][other]))
            groups.append(group)
        return groups

    def _witness(self, assertion, later, order):
        item = self._case.items[assertion.item_id]
        return later, (item.published or "~").ljust(10, "~"), order


def _touches(assertion, start, end):
    return any(s < end and start < e for s, e in assertion.content_spans)


def ledger(case, with_rules=None):
    """The ledger of a case.

    Parameters
    ----------
    case : Case or str
        A case or its name.
    with_rules : Rules, optional

    Returns
    -------
    Ledger
    """
    if isinstance(case, str):
        case = load_case(case)
    return Ledger(case, with_rules)
