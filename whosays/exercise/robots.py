"""Robot learners: whoever passes a set without reading shows that the set is badly made.

Two families. *Belief* robots accept or reject statements by a rule (everything, nothing, by
the publisher); they are measured on the statements of the set, two classes. *Test-wise* robots
pick an option by its looks; they are measured on every closed answer of the set.

The measure is balanced accuracy, the mean of the recalls per class (Brodersen and others 2010,
"The balanced accuracy and its posterior distribution"). With more than two labels it is put on
the same scale: ``0.5 + 0.5 * (recall - chance) / (1 - chance)``, so that 0.5 is chance whatever
the number of labels, and 1 is perfect.
"""

import random
import re
from collections import defaultdict
from dataclasses import dataclass

from .kinds import kind_of
from .kinds.choices import TICKED
from .plain import is_blank
from .values import fold

LIMIT = 0.55
SEEDS = 200
ALIGNED = ("official_source", "carries_official_account")
CAUTIOUS = (
    "about",
    "according",
    "alleged",
    "allegedly",
    "apparently",
    "approximately",
    "at least",
    "can",
    "cannot tell",
    "claimed",
    "could",
    "estimated",
    "in part",
    "likely",
    "may",
    "maybe",
    "might",
    "not clear",
    "not known",
    "partly",
    "perhaps",
    "possibly",
    "probably",
    "qualifies",
    "reported",
    "reportedly",
    "seems",
    "some",
    "sometimes",
    "suggests",
    "uncertain",
    "unclear",
    "unknown",
    "usually",
)


@dataclass(frozen=True)
class RobotScore:
    """How one robot did on one set: balanced accuracy from 0 to 1, on so many answers."""

    robot: str
    balanced_accuracy: float
    answers: int

    @property
    def passes(self):
        return self.balanced_accuracy > LIMIT + 1e-9


@dataclass(frozen=True)
class Statement:
    """A statement of the set with its truth and its publisher's alignment."""

    question: str
    part: str
    truth: str
    alignment: str
    text: str


def statements(questions):
    """Every statement that an answer accepts or rejects.

    Parameters
    ----------
    questions : list of dict
        Questions with the key open.

    Returns
    -------
    list of Statement
    """
    found = []
    for question in questions:
        truths = {key["id"]: key["truth"] for key in question.get("parts", ()) if "truth" in key}
        if truths:
            found += [
                Statement(question["id"], part.id, truths[part.id], part.alignment, part.text)
                for part in kind_of(question).parts(question)
                if part.id in truths
            ]
    return found


# A belief: the credit for an answer to a statement, 1 right, 0 wrong, 0.5 where the robot has no opinion.
BELIEFS = {
    "always accept": lambda s: s.truth == "accept",
    "always reject": lambda s: s.truth == "reject",
    "trust independent": lambda s: _by_alignment(s, trusted=("independent",), distrusted=ALIGNED),
    "trust aligned": lambda s: _by_alignment(s, trusted=ALIGNED, distrusted=("independent",)),
}


def _by_alignment(statement, trusted, distrusted):
    if statement.alignment in trusted:
        return statement.truth == "accept"
    if statement.alignment in distrusted:
        return statement.truth == "reject"
    return 0.5


def _belief_score(robot, found):
    credit = defaultdict(list)
    for statement in found:
        credit[statement.truth].append(float(BELIEFS[robot](statement)))
    recalls = [sum(values) / len(values) for values in credit.values()]
    return RobotScore(robot, sum(recalls) / len(recalls), len(found))


def _highest(texts):
    values = [
        max((float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", t)), default=None)
        for t in texts
    ]
    best = max((v for v in values if v is not None), default=None)
    return values.index(best) if best is not None else None


def _most_cautious(texts):
    counts = [sum(f" {word} " in f" {fold(text)} " for word in CAUTIOUS) for text in texts]
    return counts.index(max(counts)) if max(counts) else None


# A look: the index of the option it picks, or None for "no opinion".
LOOKS = {
    "first option": lambda texts: 0,
    "last option": lambda texts: len(texts) - 1,
    "longest option": lambda texts: max(range(len(texts)), key=lambda i: len(texts[i])),
    "highest number": _highest,
    "most cautious option": _most_cautious,
}


def _choices_by_looks(look, texts, number):
    """For questions with several right options: the robot's best looking ``number`` of them."""
    left = list(range(len(texts)))
    picked = []
    while left and len(picked) < number:
        choice = look([texts[i] for i in left])
        if choice is None:
            return None
        picked.append(left.pop(choice))
    return set(picked)


def _groups(questions, pick):
    """(credit, chance, answers) for each group of answers that share their labels.

    ``pick`` takes option texts and returns an index or None.
    """
    groups, singles = [], []
    for question in questions:
        kind = question["kind"]
        if kind in ("spans", "text"):
            continue
        if kind == "ordering":
            groups.append(_chain_group(question, pick))
            continue
        keys = {key["id"]: key["accepts"] for key in question["parts"]}
        texts = {o["key"]: o["text"] for o in question.get("option", ())}
        if kind == "choices":
            groups.append(_ticks_group(question, keys, pick))
            continue
        by_labels = defaultdict(list)
        for part in kind_of(question).parts(question):
            if part.options:
                by_labels[part.options, part.id.partition("/")[2]].append(part)
        for (options, _), parts in by_labels.items():
            shown = [texts.get(option, option) for option in options]
            credits = [
                (
                    keys[p.id][0],
                    _credit(pick(shown), options, keys[p.id]),
                    len(keys[p.id]) / len(options),
                )
                for p in parts
            ]
            if kind in ("choice", "number"):
                singles += [(credit, chance) for _, credit, chance in credits]
            else:
                groups.append(_recall(credits))
    if singles:
        groups.append((_mean(c for c, _ in singles), _mean(c for _, c in singles), len(singles)))
    return groups


def _credit(index, options, accepted):
    return len(accepted) / len(options) if index is None else float(options[index] in accepted)


def _recall(credits):
    """Mean recall over the classes that occur, beside what chance, or always saying the same, would give."""
    by_class, by_chance = defaultdict(list), defaultdict(list)
    for label, credit, chance in credits:
        by_class[label].append(credit)
        by_chance[label].append(chance)
    chance = _mean(map(_mean, by_chance.values()))
    same = 1 / len(by_class) if len(by_class) > 1 else 0
    return _mean(map(_mean, by_class.values())), max(chance, same), len(credits)


def _ticks_group(question, keys, pick):
    texts = [option["text"] for option in question["option"]]
    right = [TICKED in keys[option["key"]] for option in question["option"]]
    picked = _choices_by_looks(pick, texts, len(texts) // 2)
    if picked is None:
        return 0.5, 0.5, len(texts)
    return _recall([(tick, float((i in picked) == tick), 0.5) for i, tick in enumerate(right)])


def _chain_group(question, pick):
    keys = [option["key"] for option in question["option"]]
    texts = [option["text"] for option in question["option"]]
    chance = 1 / len(keys)
    order = []
    left = list(range(len(keys)))
    while left:
        index = pick([texts[i] for i in left])
        if index is None:
            return chance, chance, 1
        order.append(keys[left.pop(index)])
    return kind_of(question).judge(question, order).points / question["points"], chance, 1


def _mean(values):
    values = list(values)
    return sum(values) / len(values)


def _scaled(groups):
    answers = sum(n for _, _, n in groups)
    scaled = (
        n * (0.5 + 0.5 * (credit - chance) / (1 - chance))
        for credit, chance, n in groups
        if chance < 1
    )
    return sum(scaled) / answers


def _numbers(questions):
    """The credit of the robot that gives the highest number it reads in the prompt."""
    groups = []
    for question in questions:
        if question["kind"] == "number":
            (key,) = (key for key in question["parts"] if key["id"] == "value")
            part = kind_of(question).parts(question)[0]
            read = re.findall(r"\d[\d,]*(?:\.\d+)?", question["prompt"])
            best = max((float(n.replace(",", "")) for n in read), default=None)
            groups.append(
                (
                    float(best is not None and part.form(best, question) in key["accepts"]),
                    0.0,
                    1,
                )
            )
    return groups


def run_robots(questions, seeds=SEEDS):
    """Let every robot take a set.

    Parameters
    ----------
    questions : list of dict
        Questions with the key open.
    seeds : int
        How many random learners are averaged.

    Returns
    -------
    list of RobotScore
        Only robots that find something to answer.
    """
    scores = []
    found = statements(questions)
    if found:
        scores += [_belief_score(robot, found) for robot in BELIEFS]
    if not _groups(questions, LOOKS["first option"]):
        return scores
    for robot, look in LOOKS.items():
        groups = _groups(questions, look) + (
            _numbers(questions) if robot == "highest number" else []
        )
        scores.append(RobotScore(robot, _scaled(groups), sum(n for _, _, n in groups)))
    chances = [random.Random(seed) for seed in range(seeds)]
    runs = [_groups(questions, lambda texts, r=r: r.randrange(len(texts))) for r in chances]
    scores.append(RobotScore("random", _mean(map(_scaled, runs)), sum(n for _, _, n in runs[0])))
    return scores


def set_problems(questions, settings=None):
    """What is wrong with a set as a whole: not balanced both ways, given away by its looks, passed by a robot.

    Parameters
    ----------
    questions : list of dict
        Questions with the key open.
    settings : dict, optional
        ``statements`` (how many at least, 4), ``accepted`` and ``rejected`` (shares at least, a third each).

    Returns
    -------
    list of (str, str, str)
        Question id (or ""), what, remedy.
    """
    settings = {"statements": 4, "accepted": 1 / 3, "rejected": 1 / 3} | (settings or {})
    problems = _balance(statements(questions), settings)
    problems += _given_away(questions)
    for score in run_robots(questions):
        if score.passes:
            problems.append(
                (
                    "",
                    f'The robot "{score.robot}" reaches {score.balanced_accuracy:.0%} balanced accuracy '
                    f"on {score.answers} answers; the limit is {LIMIT:.0%}.",
                    _REMEDIES.get(score.robot, _LOOKS_REMEDY),
                )
            )
    return problems


_BY_ALIGNMENT = "Under each alignment, keep as many accepted as rejected statements (see the counts with docs/exercises.md)."
_LOOKS_REMEDY = "Move the right options about and make their lengths and wording alike."
_REMEDIES = {"trust independent": _BY_ALIGNMENT, "trust aligned": _BY_ALIGNMENT}


def _balance(found, settings):
    problems = []
    accepted = [s for s in found if s.truth == "accept"]
    rejected = [s for s in found if s.truth == "reject"]
    if len(found) < settings["statements"]:
        return [
            (
                "",
                f"The set has {len(found)} statements to accept or reject; {settings['statements']} are needed.",
                "Give a question `accepting` labels, or choices `both_ways = true`.",
            )
        ]
    for name, part in (("accepted", accepted), ("rejected", rejected)):
        if len(part) < settings[name] * len(found) - 1e-9:
            problems.append(
                (
                    "",
                    f"Only {len(part)} of {len(found)} statements should be {name}; at least {settings[name]:.0%} must.",
                    "A kit that teaches only belief, or only doubt, is badly made: add some.",
                )
            )
    for statement in found:
        if is_blank(statement.alignment):
            problems.append(
                (
                    statement.question,
                    f"The statement {statement.part} has no `alignment`.",
                    f"Say whose it is: {', '.join((*ALIGNED, 'independent', 'unclear'))}.",
                )
            )
    if not any(s.alignment in ALIGNED for s in accepted):
        problems.append(
            (
                "",
                "No well supported statement comes from an aligned piece.",
                "Add one: aligned is not false.",
            )
        )
    if not any(s.alignment == "independent" for s in rejected):
        problems.append(
            (
                "",
                "No statement to reject concerns an independent account.",
                "Add one, such as a claim that goes beyond what the account says.",
            )
        )
    return problems


def _given_away(questions):
    """Whether the right option of single-choice questions stands in one place, or is the longest, too often."""
    single = [q for q in questions if q["kind"] == "choice"]
    if len(single) < 3:
        return []
    problems = []
    for name in ("first option", "last option", "longest option"):
        hits = 0
        for question in single:
            options = question["option"]
            picked = options[LOOKS[name]([o["text"] for o in options])]["key"]
            hits += picked in question["parts"][0]["accepts"]
        if hits > 2 * len(single) / 3:
            problems.append(
                (
                    "",
                    f"In {hits} of {len(single)} single-choice questions the right one is the {name}.",
                    _LOOKS_REMEDY,
                )
            )
    return problems
