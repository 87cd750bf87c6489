"""The ledger: for each claim how many pieces say it, where it begins, and the tree that shows why.

What is counted stands in ``starting_points``; this module draws it. Neither number says whether
a claim is true: a false claim may have a starting point too, and one can be enough.
"""

import csv
import html
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..case.case import load_case
from ..text.days import in_words
from ..view.caveats import claim_words, stance_words, with_caveats
from ..view.grave import behind, shown, told
from ..view.show import TableView, text_of
from ..view.view import View, folded, wrapped
from .cited import CHECKED, STANCE
from .ledger_step import step_of
from .origin_picture import STARTS, origin_picture
from .starting_points import Origins, StartingPoints, number_word, own_texts, rules, starting_points

CSV = (
    "claim_id", "pieces", "whole", "parties", "part", "evidence", "item_id", "passage_id",
    "origin_path", "root", "starts", "rule_id", "copy_of",
)  # fmt: skip
# what a line of the tree opens besides the words; a step in code has all of it
OPENING = {
    "piece": ("stands in",),
    "copy": ("stands in", "is a copy because"),
    "account": ("to be said with it", "seen at", "limits"),
}


# -- the tree -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Node:
    """One step of the tree."""

    kind: str  # ``claim``, ``origin``, ``derived``, ``piece``, ``copy``, ``account``, ``group``
    label: str  # what a reader sees
    cite: str | None = None  # the row it is
    why: str | None = None  # the rule applied, in words
    starts: str = ""  # ``whole``, ``part`` or empty: what of the claim begins at this origin
    reuse: str | None = None  # the row that ties a copy to its group
    children: tuple = field(default=(), repr=False)  # tuple of Node

    def walk(self, depth: int = 0) -> Iterator[tuple[int, "Node"]]:
        """Every node below this one, itself first: yields (depth, node)."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


class ClaimLedger(View):
    """One claim: its pieces, its starting points, the tree and the cautions.

    Attributes
    ----------
    n : int
        How many pieces say it.
    whole, part, parties : list of str
        Origins in the order of the case: for the whole claim, for a part of it, and those of
        either that are a party's.
    beside : tuple of Node
        Findings that do not speak for it: qualifying, contradicting, silent.
    """

    def __init__(self, case, claim, starts: StartingPoints, tree: Node, beside, cautions):
        self.case, self.claim, self.starts, self.tree = case, claim, starts, tree
        self.beside, self.cautions, self.n = tuple(beside), tuple(cautions), starts.pieces
        there = [*(node for depth, node in tree.walk() if depth and node.cite), *self.beside]
        self._nodes = {node.cite: node for node in there}
        self.whole, self.part, self.parties = (
            [o.origin_id for o in case.origins if o.origin_id in some]
            for some in (starts.whole, starts.part, starts.parties)
        )

    def summary(self) -> str:
        """Pieces and starting points in one sentence: whole, part and party apart."""
        return self.starts.told()

    def step(self, cite: str) -> View:
        """One step of the tree, opened: its passage, where it stands, and how it is known.

        ``cite`` is the row that stands behind the step in square brackets: ``assertions/...``,
        ``origins/...``, ``findings/...``.

        Raises
        ------
        ValueError
            When the tree has no such step; the message names those it has.
        """
        cite = cite.strip("[] ")
        if cite not in self._nodes:
            there = ", ".join(self._nodes) or "none"
            raise ValueError(
                f"The tree of {self.claim.cite} has no step {cite!r}; it has: {there}."
            )
        return step_of(self.case, self._nodes[cite])

    def html(self) -> str:
        cautions = "".join(f"<li>{html.escape(c)}</li>" for c in self.cautions)
        beside = "".join(map(self._node_html, self.beside))
        tree = "".join(map(self._node_html, self.tree.children))
        tree = f'<ul class="ws-tree">{tree}</ul>'
        if beside:
            tree += f'<p>Beside it, and not for it:</p><ul class="ws-tree">{beside}</ul>'
        return (
            f"<p><strong>{shown(self._claim())}</strong></p>"
            f"<figure>{origin_picture(self)}<figcaption>{html.escape(self.summary())}</figcaption>"
            f"</figure>{f'<ul>{cautions}</ul>' if cautions else ''}"
            + folded("The tree: every line opens what is said there", tree)
        )

    def _claim(self):
        return claim_words(self.case, self.claim, caveat=True)

    def _node_html(self, node):
        """A step as a native disclosure, so that it opens by keyboard and without a script."""
        below = "".join(self._node_html(child) for child in node.children)
        below = f"<ul>{below}</ul>" if below else ""
        if node.kind not in OPENING:
            return f"<li>{html.escape(told(_line(node)))}{below}</li>"
        step = step_of(self.case, node)
        line = f"{step.title}: {node.why}" if node.kind == "account" else told(_line(node))
        return f"<li>{folded(line, step.html(OPENING[node.kind]))}{below}</li>"

    def text(self) -> str:
        lines = [f"{told(self._claim())} [{self.claim.cite}]", self.summary()]
        lines += [f"! {c}" for c in self.cautions]
        lines += [_listed(node, depth - 1) for depth, node in self.tree.walk() if depth]
        if self.beside:
            lines += ["Beside it, and not for it:", *map(_listed, self.beside)]
        return "\n".join(lines)


def _listed(node, depth=0):
    cite = f" [{node.cite}]" if node.cite else ""
    return wrapped(f"- {told(_line(node))}{cite}", "  " * depth, "  ")


def _line(node):
    """A step in one line: what it starts in words, the words, and the rule applied."""
    mark = f"{STARTS[node.starts]}: " if node.kind == "origin" else ""
    why = (node.why or "").removeprefix("for a part of it").lstrip(", ")
    return behind(node.label, f"{mark}{node.label}{f' ({why})' if why else ''}")


class Ledger(View):
    """The ledger of a case, with the kit's own rules or others."""

    def __init__(self, case, with_rules=None):
        self.case = case
        self.rules = with_rules or rules()
        self.origins = Origins(case.origins, self.rules)
        kinds = {c.claim_id: c.kind for c in case.claims}
        mine = {o.origin_id for o in case.origins if o.agent and case.agents[o.agent].party}
        self._starts = starting_points(
            case.assertions, case.findings, case.origins, self.rules, kinds, mine,
            own_texts(case, self.rules),
        )  # fmt: skip
        self._assertions, self._findings = _grouped(case.assertions), _grouped(case.findings)
        self._copied = _copied(case, self.rules)

    def __iter__(self):
        return (self.claim(c.claim_id) for c in self.case.claims)

    def starts(self, claim_id: str) -> StartingPoints:
        """The starting points of a claim: a :class:`StartingPoints`."""
        return self._starts.get(claim_id, StartingPoints())

    def claim(self, claim_id: str) -> ClaimLedger:
        """One claim with its tree, by its id, with or without ``claims/`` before it."""
        claim = self.case.claims[claim_id.strip("[] ").removeprefix("claims/")]
        findings = self._findings.get(claim.claim_id, [])
        beside = [f for f in findings if not self.rules.level(f.stance)]
        starts = self.starts(claim.claim_id)
        tree = self._tree(claim, [f for f in findings if f not in beside], starts)
        beside = map(self._account_node, beside)
        return ClaimLedger(self.case, claim, starts, tree, beside, self._cautions(starts))

    def _cautions(self, starts):
        roots = [o for o in self.origins.rows if o in starts.whole | starts.part]
        one = self.rules.of("root_count", str(len(roots)))
        if one and one.effect == "caution" and one.value == str(len(roots)):
            what = self.origins.rows[roots[0]]["what"].rstrip(".")
            yield f"{one.says[0].upper()}{one.says[1:]}: {what}. {one.why}."
        same = self.rules.of("root_agent")
        agents = {}
        for root in roots:
            agents.setdefault(self.origins.rows[root]["agent"], []).append(root)
        for agent, rows in agents.items():
            if same and same.effect == "caution" and agent and len(rows) > 1:
                number = number_word(len(rows)).capitalize()
                told = same.says.format(n=number, agent=self.case.agents[agent].name)
                yield f"{told}. {same.why}."

    def _tree(self, claim, supporting, starts):
        """Origins at the top, what derives from them below, then the pieces with their copies."""
        hanging, derived, roots = {}, {}, set()
        for group in self._groups(claim.claim_id):
            hanging.setdefault(group[0][0].origin_id, []).append(self._piece_node(group))
        for finding in supporting:
            hanging.setdefault(finding.origin_id, []).append(self._account_node(finding))
        unknown = hanging.pop(None, ())
        for origin in hanging:
            path = self.origins.path(origin)
            roots.add(path[-1])
            for below, above in itertools.pairwise(path):
                derived.setdefault(above, {}).setdefault(below)

        def below(origin):
            """What hangs on an origin, and the origins that derive from it."""
            row, inner = self.origins.rows[origin], list(hanging.get(origin, ()))
            for one in derived.get(origin, ()):
                says = self.rules.of("derived_from").says
                why = says.format(to=f"“{row['what'].rstrip('.')}”")
                label, cite = self._label(one)
                inner.append(Node("derived", label, cite, why, children=below(one)))
            return tuple(inner)

        nodes = []
        starting = {o: how for how in ("whole", "part") for o in getattr(starts, how)}
        rank = {"whole": 0, "part": 1, "": 2}
        for root in (o for o in self.origins.rows if o in roots):
            where = starting.get(root, "")
            why = self._why(root, where, starts, claim.kind)
            nodes.append(Node("origin", *self._label(root), why, where, children=below(root)))
        nodes.sort(key=lambda node: rank[node.starts])
        if unknown:
            says = self.rules.of("no_origin").says
            nodes.append(Node("group", "Origin not known", why=says, children=tuple(unknown)))
        return Node("claim", claim_words(self.case, claim), claim.cite, children=tuple(nodes))

    def _label(self, origin_id):
        """Whose origin it is and what, and its row."""
        row = self.origins.rows[origin_id]
        agent = self.case.agents[row["agent"]].name if row["agent"] else ""
        told = not agent or row["what"].casefold().startswith(agent.casefold())
        return row["what"] if told else f"{agent}: {row['what']}", row.cite

    def _why(self, origin_id, where, starts, claim_kind):
        """In words why a root starts the claim, a part of it, or nothing."""
        if where:
            reasons = ["for a part of it"] if where == "part" else []
            reasons += [self.rules.of("party").says] if origin_id in starts.parties else []
            return ", ".join(reasons) or None
        if not self.origins.counts(origin_id, claim_kind):
            return self.origins.rule(origin_id, claim_kind).says.partition(": ")[2]
        return self.rules.of("own_text").says

    def _account_node(self, finding):
        account = self.case.accounts[finding.account_id]
        when = in_words(account.published) or "no date"
        checked = CHECKED[finding.label][1]
        label = f"{account.title}, {when} ({checked}): {finding.paraphrase}"
        label = with_caveats(self.case, finding, label)
        stance = stance_words(finding) if finding.silence else STANCE[finding.stance]
        return Node("account", label, finding.cite, stance)

    def _piece_node(self, group):
        (first, _), *copies = group
        inner = tuple(
            Node("copy", self._piece(a), a.cite, self._shared(reuse, a), reuse=reuse.cite)
            for a, reuse in copies
        )
        return Node("piece", self._piece(first), first.cite, children=inner)

    def _piece(self, assertion):
        item = self.case.items[assertion.item_id]
        voices = " > ".join(self.case.agents[s.agent].name for s in assertion.chain)
        return f"{item.headline} ({in_words(item.published) or 'no date'}); {voices}"

    def _shared(self, reuse, assertion):
        other = reuse.a_item if reuse.b_item == assertion.item_id else reuse.b_item
        rule = self.rules.of("reuse_why", reuse.why)
        item = self.case.items[other]
        outlet = self.case.agents[self.case.sources[item.source_id].outlet].name
        where = f"“{item.headline}” ({outlet})"
        return f"{rule.says.format(to=where)}, {text_of(reuse.kind)}"

    # -- as a whole --------------------------------------------------------------------------------

    def table(self, status: str | None = None) -> TableView:
        """Claims, all or of one status, with their pieces and starting points."""
        rows = []
        for claim in self.case.claims:
            if status in (None, claim.status):
                starts, words = self.starts(claim.claim_id), claim_words(self.case, claim, True)
                row = {"claim": words, "status": claim.status, "pieces": starts.pieces}
                row |= {"whole": len(starts.whole), "parties": len(starts.whole & starts.parties)}
                rows.append({**row, "part": len(starts.part), "row": claim.cite})
        return TableView(
            rows, "claim status pieces whole parties part row".split(),
            "How many pieces say it, and where it begins; no number here is a verdict",
            whole="starting points for the whole", parties="of these, parties",
            part="more for a part",
        )  # fmt: skip

    def to_csv(self) -> str:
        """The ledger as CSV: a row for each assertion and finding, with its path to the root.

        The columns are those of :data:`CSV`.
        """
        out = io.StringIO()
        writer = csv.DictWriter(out, CSV, lineterminator="\n")
        writer.writeheader()
        for claim in self.case.claims:
            s = self.starts(claim.claim_id)
            counts = {"claim_id": claim.claim_id, "pieces": s.pieces, "whole": len(s.whole)}
            counts |= {"parties": len(s.whole & s.parties), "part": len(s.part)}
            rows = [
                (a, {"copy_of": group[0][0].cite if reuse else ""})
                for group in self._groups(claim.claim_id)
                for a, reuse in group
            ]
            rows += [(f, {}) for f in self._findings.get(claim.claim_id, [])]
            for row, copy in rows:
                path = self.origins.path(row.origin_id) if row.origin_id else []
                root = path[-1] if path else ""
                where = "whole" if root in s.whole else "part" if root in s.part else ""
                rule = self.origins.rule(root, claim.kind) if root else self.rules.of("no_origin")
                if not copy and not self.rules.level(row.stance):
                    rule, where = self.rules.of("finding_stance", row.stance), ""
                place = {name: row.get(name) for name in ("item_id", "passage_id")}
                told = {"evidence": row.cite, "origin_path": " > ".join(path), "root": root}
                told |= {"starts": where, "rule_id": rule.rule_id}
                writer.writerow({**counts, **place, **told, **copy})
        return out.getvalue()

    def _groups(self, claim_id):
        """The assertions of a claim that share text with one origin, in groups of copies.

        Each group goes on from its earliest witness, and each assertion has the row of
        ``reuse_key`` that ties it to its group (None for the first).
        """
        rows = {a.assertion_id: a for a in self._assertions.get(claim_id, [])}
        tie, later = {one: {} for one in rows}, set()
        for a, b in itertools.permutations(rows.values(), 2):
            for row, here, there in self._copied.get((a.item_id, b.item_id), ()):
                if a.origin_id == b.origin_id and _touches(a, *here) and _touches(b, *there):
                    tie[a.assertion_id].setdefault(b.assertion_id, row)
                    if row.direction == ("a_to_b" if row.b_item == a.item_id else "b_to_a"):
                        later.add(a.assertion_id)

        def day(assertion):
            """The day of its item, to be sorted by; one not known, or its end, is last."""
            return (self.case.items[assertion.item_id].published or "~").ljust(10, "~")

        earliest = sorted(rows, key=lambda i: (i in later, day(rows[i])))
        left, groups = dict.fromkeys(earliest), []
        while left:
            queue = [(next(iter(left)), None)]
            groups.append([])
            while queue:
                at, reuse = queue.pop(0)
                if at in left:
                    del left[at]
                    groups[-1].append((rows[at], reuse))
                    queue += [(other, tie[at][other]) for other in earliest if other in tie[at]]
        return groups


def _grouped(table):
    groups = {}
    for row in table:
        groups.setdefault(row["claim_id"], []).append(row)
    return groups


def _copied(case, with_rules):
    """By two items, what they share as copies by the reuse key: (row, place here, place there)."""
    shared = {}
    for row in case.reuse_key:
        if with_rules.effect("reuse_why", row.why) == "collapses":
            a = (row.a_item, (row.a_start, row.a_end))
            b = (row.b_item, (row.b_start, row.b_end))
            for (item, here), (other, there) in ((a, b), (b, a)):
                shared.setdefault((item, other), []).append((row, here, there))
    return shared


def _touches(assertion, start, end):
    return any(s < end and start < e for s, e in assertion.content_spans)


def ledger(case, with_rules=None) -> Ledger:
    """The ledger of a case, given itself or by its name, with the kit's rules or others."""
    return Ledger(load_case(case), with_rules)
