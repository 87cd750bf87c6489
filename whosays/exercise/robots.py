"""Robot learners: whoever passes a set without reading shows that the set is badly made.

Two families. *Beliefs* accept or reject statements by a rule (everything, nothing, by the
publisher, by a word); they are measured on the statements of a set, two classes. *Looks* pick an
option by its place or its words; they are measured on every closed answer of a set.

The measure is balanced accuracy, the mean of the recalls per class (Brodersen and others 2010,
"The balanced accuracy and its posterior distribution"). With more than two labels it is put on
the same scale: ``0.5 + 0.5 * (recall - chance) / (1 - chance)``, so that 0.5 is chance whatever
the number of labels, and 1 is perfect.
"""

import random
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from ..base.words import words_of
from .kinds import kind_of
from .kinds.choices import TICKED
from .plain import is_blank
from .typed import fold
from .words import wrong_words

MEAN_LIMIT = 0.55  # of a robot's mean over all sets
LIMIT = 0.70  # on any one set
SEEDS = 200
LEAST = 4  # statements to accept or reject in a set, a third of them to accept and to reject
ALIGNED = ("official_source", "carries_official_account")


CAUTIOUS, ABSOLUTE, CONCLUDING, ATTRIBUTED, NON_COMMITTAL = (
    tuple(phrase.strip() for phrase in words_of(__package__)["robots"][name].split(","))
    for name in ("cautious", "absolute", "concluding", "attributed", "non_committal")
)


@dataclass(frozen=True)
class RobotScore:
    """How one robot did on one set: balanced accuracy from 0 to 1, on so many answers."""

    robot: str
    balanced_accuracy: float
    answers: int

    @property
    def passes(self) -> bool:
        return self.balanced_accuracy > LIMIT + 1e-9


@dataclass(frozen=True)
class Statement:
    """A statement with its truth, its publisher's alignment, its place and its row's status."""

    question: str
    part: str
    truth: str
    alignment: str
    text: str
    place: int = 0
    status: str = ""


def statements(questions: list[dict], case=None) -> list[Statement]:
    """Every statement that an answer accepts or rejects, of questions with their key open.

    The case, where there is one, gives the status of the claims that statements name.
    """
    out = []
    for question in questions:
        truths = {key["id"]: key["truth"] for key in question.get("parts", ()) if "truth" in key}
        judged = [part for part in kind_of(question).parts(question) if part.id in truths]
        for place, part in enumerate(judged):
            cited = question.get("cited", {}).get(part.id, part.text)
            told = (part.alignment, part.text, place, _status(case, cited))
            out.append(Statement(question["id"], part.id, truths[part.id], *told))
    return out


def _status(case, text):
    named = re.findall(r"\[(?:claims/)?([a-z0-9-]+)\]", text)
    rows = [case.claims[row] for row in named if row in case.claims] if case else []
    return rows[0].status if rows else ""


def _has(phrases, text):
    folded = f" {fold(text)} "
    return sum(f" {phrase} " in folded for phrase in phrases)


def _by_alignment(trusted, distrusted):
    def stance(statement):
        if statement.alignment in trusted:
            return "accept"
        return "reject" if statement.alignment in distrusted else ""

    return stance


# Printed, and no reason to refuse a set: where a row's status is shown, copying it is the answer.
COPIES_STATUS = "copy the row's status"

# A belief: what it does with a statement, "" where it has no opinion.
BELIEFS = {
    "always accept": lambda s: "accept",
    "always reject": lambda s: "reject",
    "trust independent": _by_alignment(("independent",), ALIGNED),
    "trust aligned": _by_alignment(ALIGNED, ("independent",)),
    "reject absolutes": lambda s: "reject" if _has(ABSOLUTE, s.text) else "accept",
    "reject conclusions": lambda s: "reject" if _has(CONCLUDING, s.text) else "accept",
    "accept what is attributed": lambda s: "accept" if _has(ATTRIBUTED, s.text) else "reject",
    "accept what is hedged": lambda s: "accept" if _has(CAUTIOUS, s.text) else "reject",
    COPIES_STATUS: lambda s: s.status and ("reject", "accept")[s.status == "settled"],
    "alternate, accept first": lambda s: ("accept", "reject")[s.place % 2],
    "alternate, reject first": lambda s: ("reject", "accept")[s.place % 2],
}


def _belief_score(robot, found):
    credit = defaultdict(list)
    for statement in found:
        stance = BELIEFS[robot](statement)
        credit[statement.truth].append(float(stance == statement.truth) if stance else 0.5)
    return RobotScore(robot, fmean(map(fmean, credit.values())), len(found))


@dataclass(frozen=True)
class RobotLook:
    """What a look goes by: the options as shown, the prompt, the number of the answer so far."""

    texts: tuple
    prompt: str
    turn: int


def _numbers_in(text):
    return [float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


def _count(phrases, sign=1):
    return lambda asked: [sign * _has(phrases, text) for text in asked.texts]


def _echo(asked):
    prompt = {word for word in fold(asked.prompt).split() if len(word) > 3}
    return [len(prompt & set(fold(text).split())) for text in asked.texts]


def _place(wanted):
    def look(asked):
        number = len(asked.texts)
        return [float(i in (wanted, wanted + number)) for i in range(number)]

    return look


def _alternate(start):
    def look(asked):
        number = len(asked.texts)
        if asked.turn < 0:  # ticks: every second option
            return [float((i + start) % 2 == 0) for i in range(number)]
        return [float(i == (asked.turn + start) % number) for i in range(number)]

    return look


# A look: a value for each option. The highest is picked; all alike is "no opinion".
LOOKS = {
    "first option": _place(0),
    **{f"option {n + 1}": _place(n) for n in range(1, 5)},
    "last option": _place(-1),
    "longest option": lambda asked: [len(text) for text in asked.texts],
    "shortest option": lambda asked: [-len(text) for text in asked.texts],
    "highest number": lambda asked: [max(_numbers_in(text), default=-1) for text in asked.texts],
    "most cautious option": _count(CAUTIOUS),
    "fewest absolutes": _count(ABSOLUTE, -1),
    "non-committal option": _count(NON_COMMITTAL),
    "words of the question": _echo,
    "alternate from the first": _alternate(0),
    "alternate from the second": _alternate(1),
}


def _best(values):
    return [i for i, value in enumerate(values) if value == max(values)]


def _groups(questions, look):
    """(credit, chance, answers) for each group of answers that share their labels."""
    groups, singles, turn = [], [], 0
    for question in questions:
        kind, name = kind_of(question), question["kind"]
        if name == "choices":
            groups.append(_ticks_group(question, look))
        elif name == "ordering":
            groups.append(_chain_group(question, look))
        if name in ("choices", "ordering"):
            continue
        keys = {key["id"]: key for key in question["parts"]}
        by_labels = defaultdict(list)
        for part in kind.parts(question):
            if part.options:
                by_labels[part.options, part.id.partition("/")[2]].append(part)
        for (options, _), parts in by_labels.items():
            texts = parts[0].texts or options
            credits = []
            for i, part in enumerate(parts):
                accepts = keys[part.id]["accepts"]
                values = look(RobotLook(texts, question["prompt"], turn if name == "choice" else i))
                right = [float(option in accepts) for option in options]
                credits.append((accepts[0], fmean(right[j] for j in _best(values)), fmean(right)))
            if name in ("choice", "number"):
                singles += [(credit, chance) for _, credit, chance in credits]
                turn += name == "choice"
            else:
                groups.append(_recall(credits))
    if singles:
        groups.append((fmean(c for c, _ in singles), fmean(c for _, c in singles), len(singles)))
    return groups


def _recall(credits):
    """Mean recall over the classes that occur, and what chance, or always the same, would give."""
    by_class, by_chance = defaultdict(list), defaultdict(list)
    for label, credit, chance in credits:
        by_class[label].append(credit)
        by_chance[label].append(chance)
    chance = fmean(map(fmean, by_chance.values()))
    same = 1 / len(by_class) if len(by_class) > 1 else 0
    return fmean(map(fmean, by_class.values())), max(chance, same), len(credits)


def _ticks_group(question, look):
    """For several right options: half of them are ticked, those that look best."""
    keys = {key["id"]: key["accepts"] for key in question["parts"]}
    texts = tuple(option["text"] for option in question["option"])
    values = look(RobotLook(texts, question["prompt"], -1))
    if len(set(values)) == 1:
        return 0.5, 0.5, len(texts)
    picked = sorted(range(len(texts)), key=lambda i: -values[i])[: len(texts) // 2]
    right = [TICKED in keys[option["key"]] for option in question["option"]]
    return _recall([(tick, float((i in picked) == tick), 0.5) for i, tick in enumerate(right)])


def _chain_group(question, look):
    options = question["option"]
    values = look(RobotLook(tuple(o["text"] for o in options), question["prompt"], 0))
    chance = 1 / len(options)
    if len(set(values)) == 1:
        return chance, chance, 1
    order = sorted(range(len(options)), key=lambda i: -values[i])
    judged = kind_of(question).judge(question, [options[i]["key"] for i in order])
    return judged.points / question["points"], chance, 1


def _scaled(groups):
    answers = sum(n for _, _, n in groups)
    measured = [group for group in groups if group[1] < 1]
    scaled = [n * (0.5 + 0.5 * (credit - chance) / (1 - chance)) for credit, chance, n in measured]
    return sum(scaled) / answers


def _numbers(questions):
    """The credit of the robot that gives the highest number it reads in the prompt."""
    for question in questions:
        if question["kind"] == "number":
            part = kind_of(question).parts(question)[0]
            (key,) = (key for key in question["parts"] if key["id"] == part.id)
            best = max(_numbers_in(question["prompt"]), default=None)
            right = best is not None and part.form(best, question) in key["accepts"]
            yield float(right), 0.0, 1


def run_robots(questions: list[dict], case=None, seeds: int = SEEDS) -> list[RobotScore]:
    """Let every robot take a set of questions with their key open.

    The case is for the robot that copies a claim's status; ``seeds`` random learners are averaged.
    Robots that find nothing to answer are left out.
    """
    scores = []
    choices = statements(questions, case)
    if choices:
        scores += [_belief_score(robot, choices) for robot in BELIEFS]
    if not _groups(questions, LOOKS["first option"]):
        return scores
    for robot, look in LOOKS.items():
        groups = _groups(questions, look)
        groups += _numbers(questions) if robot == "highest number" else ()
        scores.append(RobotScore(robot, _scaled(groups), sum(n for _, _, n in groups)))
    chances = [random.Random(seed) for seed in range(seeds)]
    runs = [
        _groups(questions, lambda asked, r=r: [r.random() for _ in asked.texts]) for r in chances
    ]
    scores.append(RobotScore("random", fmean(map(_scaled, runs)), sum(n for _, _, n in runs[0])))
    return scores


def robots_table(sets: list[tuple[str, list[RobotScore]]]) -> str:
    """What every robot reaches on sets (name, scores), as lines of a Markdown table.

    One line a robot: the mean over all sets, the highest on one set, and which set that is.
    """
    lines = ["| robot | mean | highest | on |", "|---|---|---|---|"]
    for robot in (*BELIEFS, *LOOKS, "random"):
        scores = [(s, name) for name, set_scores in sets for s in set_scores if s.robot == robot]
        if scores:
            mean = fmean(score.balanced_accuracy for score, _ in scores)
            highest, name = max(scores, key=lambda pair: pair[0].balanced_accuracy)
            lines.append(f"| {robot} | {mean:.2f} | {highest.balanced_accuracy:.2f} | {name} |")
    return "\n".join(lines)


def set_problems(questions: list[dict]) -> list[tuple[str, str, str]]:
    """What is wrong with a set as a whole: one-sided, given away by its looks, passed by a robot.

    The questions have their key open. Comes back as question id (or ""), what, remedy.
    """
    problems = [*_balance(statements(questions)), *_given_away(questions)]
    problems += [*_taking_turns(questions), *_one_label(questions)]
    for score in run_robots(questions):
        if score.passes and score.robot != COPIES_STATUS:
            by = "alignment" if score.robot in ("trust independent", "trust aligned") else "looks"
            filled = {"reached": score.balanced_accuracy, "answers": score.answers, "limit": LIMIT}
            problems.append(("", *wrong_words(f"robot_by_{by}", robot=score.robot, **filled)))
    return problems


def _balance(found):
    accepted = [s for s in found if s.truth == "accept"]
    rejected = [s for s in found if s.truth == "reject"]
    if len(found) < LEAST:
        yield "", *wrong_words("few_statements", number=len(found), needed=LEAST)
        return
    for name, part in (("accepted", accepted), ("rejected", rejected)):
        if 3 * len(part) < len(found):
            filled = {"number": len(part), "all": len(found), "name": name}
            yield "", *wrong_words("one_sided", **filled)
    alignments = ", ".join((*ALIGNED, "independent", "unclear"))
    for s in found:
        if is_blank(s.alignment):
            yield s.question, *wrong_words("no_alignment", part=s.part, alignments=alignments)
    if all(s.alignment == "unclear" for s in found):
        return  # nobody has judged how the documents of this case stand to an account
    if not any(s.alignment in ALIGNED for s in accepted):
        yield "", *wrong_words("no_true_aligned")
    if not any(s.alignment == "independent" for s in rejected):
        yield "", *wrong_words("no_false_independent")


def _given_away(questions):
    """Whether right options of single-choice questions stand in one place or are the longest."""
    single = [q for q in questions if q["kind"] == "choice"]
    for name in ("first option", "last option", "longest option") if len(single) > 2 else ():
        hits = 0
        for question in single:
            values = LOOKS[name](RobotLook(tuple(o["text"] for o in question["option"]), "", 0))
            hits += question["option"][_best(values)[0]]["key"] in question["parts"][0]["accepts"]
        if hits > 2 * len(single) / 3:
            yield "", *wrong_words("given_away", hits=hits, all=len(single), name=name)


def _taking_turns(questions):
    for question in questions:
        truths = [s.truth for s in statements([question])]
        if len(truths) >= 6 and all(a != b for a, b in pairwise(truths)):
            order = ", ".join(drawn_order(question))
            yield question["id"], *wrong_words("takes_turns", order=order)


def _one_label(questions):
    """Where one and the same label for every statement earns more than the limit.

    Where a label means that a statement is accepted, the shares of a set speak.
    """
    for question in questions:
        if question["kind"] != "mapping" or question.get("accepting"):
            continue
        accepted = [key["accepts"] for key in question["parts"]]
        for label in question["labels"]:
            hits = sum(label in accepts for accepts in accepted)
            if hits > LIMIT * len(accepted):
                filled = {"label": label, "hits": hits, "all": len(accepted)}
                yield question["id"], *wrong_words("one_label", **filled)


def drawn_order(question: dict) -> list[str]:
    """An order of a question's statements in which true and untrue ones do not take turns.

    By part id, drawn from the question's own salt, so that everybody draws the same.
    """
    asked = statements([question])
    for seed in range(1000):
        order = random.Random(f"{question['salt']}/{seed}").sample(asked, len(asked))
        turns = sum(a.truth != b.truth for a, b in pairwise(order))
        in_step = sum((s.truth == "accept") == (i % 2 == 0) for i, s in enumerate(order))
        if turns <= len(order) * 2 // 3 and abs(2 * in_step - len(order)) <= 2:
            break
    return [statement.part for statement in order]
