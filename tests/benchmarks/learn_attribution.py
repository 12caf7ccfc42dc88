"""Learn the weights of attribution and of pronouns from gold quotations, and write them as a table.

    python -m tests.benchmarks.learn_attribution BENCH_DIR [--write]

BENCH_DIR holds `dev.jsonl` and `score.py`. Prints the figures of a five-fold cross-validation whose folds are
publishers: what it says of a publisher was learnt from the others alone. With `--write`, learns from all of them and
writes `quotearchive/detection/weights.json`. Needs numpy.

The model is a choice among options: the weights of an option's features are added up, and the option with the highest
sum is chosen. The weights are those under which the right options are likeliest (softmax), drawn towards zero, rounded
to tenths, and left out when they are small or rest on few quotations.
"""

import argparse
import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import msgspec
import numpy as np
import numpy.typing as npt

import quotearchive.detection
from quotearchive.detection import Candidate
from quotearchive.detection.attribution import PossibleSpeaker
from quotearchive.detection.marks import QuotedSpan
from quotearchive.detection.proposal import Choosers, propose, weighing
from quotearchive.detection.regions import Mention
from quotearchive.detection.resolution import Antecedent
from quotearchive.detection.weights import SPEECH, Weights, learnt_weights
from tests.benchmarks.bench_detection import FOLDS, Gold, is_right, load_scorer

#: A feature must stand in so many options to get a weight; weights below `SMALLEST` (tenths) are left out.
LEAST_SPEAKER, LEAST_ANTECEDENT, LEAST_QUOTATION, SMALLEST = 120, 30, 40, 2
#: Strength of the pull towards zero; marked strings that are no speech are few and need more of it.
PULL, PULL_QUOTATION = 1.0, 3.0
#: Lines of the table of counted shares.
BINS = 14
ROUNDS = 80
#: The articles that the gold data are made of.
ORIGIN = (
    "PolNeAR 1.0.0 (https://github.com/networkdynamics/PolNeAR, commit c3eee833): 756 of its articles of seven US "
    "publishers, November 2015 to November 2016, with their direct quotations and sources"
)
Table = dict[str, int]
Array = npt.NDArray[np.float64]


class Case(msgspec.Struct):
    """One choice: the features of each option, and which options are right."""

    options: list[tuple[str, ...]]
    right: list[int]


class Nature(msgspec.Struct):
    """One marked string: its features, and whether it is a quotation."""

    features: tuple[str, ...]
    is_quotation: bool


class Lesson(msgspec.Struct):
    """All choices of one article."""

    publisher: str
    speakers: list[Case]
    antecedents: list[Case]
    natures: list[Nature]


def publisher(gold: Gold) -> str:
    """Return the publisher of a gold article."""
    return str(gold["source"]).split(";")[1].strip()


class Teacher:
    """Chooses by the gold data and writes down what there was to choose from."""

    def __init__(self, gold: Gold, scorer: ModuleType) -> None:
        """Begin to teach an article."""
        self.lesson = Lesson(publisher(gold), [], [], [])
        self._gold = gold
        self._text: str = gold["text"]
        self._scorer = scorer
        self._by_start = {quote["start"]: quote for quote in gold["quotes"]}
        self._by_mention: dict[int, Gold] = {}

    def choose(self, span: QuotedSpan, options: Sequence[PossibleSpeaker]) -> tuple[PossibleSpeaker | None, float]:
        """Pick the right option of a span, or None if it is not in the gold data."""
        quote = next(
            (self._by_start[start] for start in range(span.start - 2, span.start + 3) if start in self._by_start),
            None,
        )
        if quote is None or span.outer is not None:
            return None, 0.0
        right = self._right(quote, options)
        if not right:
            return None, 0.0
        self.lesson.speakers.append(Case([option.features for option in options], right))
        chosen = options[right[0]]
        if quote["type"] == "pronoun":
            self._by_mention[chosen.mention.start] = quote
        return chosen, 1.0

    def _right(self, quote: Gold, options: Sequence[PossibleSpeaker]) -> list[int]:
        touching = [
            index
            for index, option in enumerate(options)
            if option.mention.start < quote["speaker_end"] and quote["speaker_start"] < option.mention.end
        ]
        agreeing = [index for index in touching if self._agrees(quote, options[index])]
        return agreeing or touching

    def _agrees(self, quote: Gold, option: PossibleSpeaker) -> bool:
        words = self._text[option.mention.start : option.mention.end]
        return bool(self._scorer.speaker_ok(quote, words, self._text)[0])

    def judge(self, span: QuotedSpan, features: Sequence[str]) -> float:
        """Write down whether a string is a quotation, if the gold data knows."""
        if span.outer is None and not any(
            start < span.end and span.start < end for start, end, _ in self._gold["ignore"]
        ):
            quoted = any(quote["start"] < span.end and span.start < quote["end"] for quote in self._gold["quotes"])
            self.lesson.natures.append(Nature(tuple(features), quoted))
        return 1.0

    def pick(self, mention: Mention, antecedents: Sequence[Antecedent]) -> tuple[Antecedent | None, float]:
        """Pick the right antecedent of a pronoun if the gold data knows it."""
        quote = self._by_mention.get(mention.start)
        names = quote and (quote.get("names_sure") or quote.get("names"))
        if not names or not antecedents:
            return None, 0.0
        chain = self._scorer.name_tokens(names)
        right = [index for index, one in enumerate(antecedents) if set(one.person.fullest.lower().split()) & chain]
        if not right:
            return None, 0.0
        self.lesson.antecedents.append(Case([one.features for one in antecedents], right))
        return antecedents[right[0]], 1.0


def teach(golds: Sequence[Gold], scorer: ModuleType) -> list[Lesson]:
    """Read every article once with a teacher."""
    lessons = []
    for gold in golds:
        teacher = Teacher(gold, scorer)
        learnt = weighing(learnt_weights())
        propose(gold["text"], None, msgspec.structs.replace(learnt, choose=teacher.choose, pick=teacher.pick))
        lessons.append(teacher.lesson)
    return lessons


def teach_natures(golds: Sequence[Gold], scorer: ModuleType, choosers: Choosers) -> list[Nature]:
    """Read articles with the speakers that these choosers find, to see what speech looks like beside them."""
    natures: list[Nature] = []
    for gold in golds:
        teacher = Teacher(gold, scorer)
        propose(gold["text"], None, msgspec.structs.replace(choosers, judge=teacher.judge))
        natures += teacher.lesson.natures
    return natures


def learn(lessons: Sequence[Lesson], golds: Sequence[Gold], scorer: ModuleType) -> Weights:
    """Learn all weights; the shares of right candidates stay those that detection has."""
    choices = msgspec.structs.replace(
        learnt_weights(),
        speaker=learn_choice([case for lesson in lessons for case in lesson.speakers], LEAST_SPEAKER),
        antecedent=learn_choice([case for lesson in lessons for case in lesson.antecedents], LEAST_ANTECEDENT),
    )
    quotation = learn_nature(teach_natures(golds, scorer, weighing(choices)))
    return msgspec.structs.replace(choices, quotation=quotation)


class Design:
    """Features as a sparse matrix of ones, and its gradient descent."""

    def __init__(self, options: Sequence[tuple[str, ...]], least: int) -> None:
        """Number the features that stand in at least so many options."""
        counts = Counter(feature for option in options for feature in option)
        kept = [feature for feature, count in counts.items() if count >= least]
        self._numbers = {feature: number for number, feature in enumerate(kept)}
        pairs = [(row, self._numbers[f]) for row, option in enumerate(options) for f in option if f in self._numbers]
        self._rows, self._columns = np.array(pairs).T
        self._size = len(options)

    def fit(self, error: Callable[[Array], Array], pull: float = PULL) -> Table:
        """Descend along the errors that the sums of the options' weights leave; return tenths."""
        found = np.zeros(len(self._numbers))
        history = np.full(len(self._numbers), 1e-6)
        for step in range(ROUNDS):
            sums = np.bincount(self._rows, found[self._columns], self._size)
            gradient = np.bincount(self._columns, error(sums.astype(float))[self._rows], len(found)) + pull * found
            history += gradient**2
            found -= (2.0 if step < ROUNDS // 3 else 1.0) * gradient / np.sqrt(history)
        tenths = {feature: round(10 * float(found[number])) for feature, number in self._numbers.items()}
        return {feature: tenth for feature, tenth in sorted(tenths.items()) if abs(tenth) >= SMALLEST}


def learn_choice(cases: Sequence[Case], least: int) -> Table:
    """Find the weights under which the right options are likeliest among their rivals."""
    cases = [case for case in cases if len(case.options) > 1]
    right = np.array([index in case.right for case in cases for index in range(len(case.options))], dtype=float)
    sizes = np.array([len(case.options) for case in cases])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))

    def share(values: Array) -> Array:
        totals = np.repeat(np.add.reduceat(values, starts), sizes)
        return np.asarray(values / np.maximum(totals, 1e-12))

    def error(sums: Array) -> Array:
        odds = np.exp(sums - np.repeat(np.maximum.reduceat(sums, starts), sizes))
        return np.asarray(share(odds) - share(odds * right))

    return Design([option for case in cases for option in case.options], least).fit(error)


def learn_nature(natures: Sequence[Nature]) -> Table:
    """Find the weights that tell quotations from other marked strings."""
    truth = np.array([one.is_quotation for one in natures], dtype=float)
    design = Design([one.features for one in natures], LEAST_QUOTATION)
    return design.fit(lambda sums: 1 / (1 + np.exp(-sums)) - truth, PULL_QUOTATION)


def cross_validate(golds: Sequence[Gold], lessons: Sequence[Lesson], scorer: ModuleType) -> list[tuple[float, bool]]:
    """Print the scorer's figures for each fold, with weights learnt from the other folds.

    Returns:
        For every candidate that is judged to be speech, the product of its likelihoods and whether it is right.
    """
    mentions: dict[str, Gold] = {}
    speakers: dict[str, Gold] = {}
    products: list[tuple[float, bool]] = []
    for held_out in FOLDS:
        learnt = learn(
            [lesson for lesson in lessons if lesson.publisher not in held_out],
            [gold for gold in golds if publisher(gold) not in held_out],
            scorer,
        )
        fold = [gold for gold in golds if publisher(gold) in held_out]
        for gold in fold:
            found = speech_of(gold, learnt)
            mentions[gold["id"]] = shaped(gold, found, "mention")
            speakers[gold["id"]] = shaped(gold, found, "speaker")
            judged = ((product, is_right(gold, one, scorer)) for product, one in found)
            products += [(product, right) for product, right in judged if right is not None]
        report(" + ".join(held_out), fold, mentions, speakers, scorer)
    report("all folds", golds, mentions, speakers, scorer)
    return products


def speech_of(gold: Gold, learnt: Weights) -> list[tuple[float, Candidate]]:
    """Detect speech that lies in no other candidate, each with the product of its likelihoods."""
    likelihoods: list[tuple[float, float]] = []

    def record(speech: float, speaker: float) -> float:
        likelihoods.append((speech, speaker))
        return speech

    candidates = propose(gold["text"], None, msgspec.structs.replace(weighing(learnt), gauge=record))
    return [
        (speech * speaker, one)
        for (speech, speaker), one in zip(likelihoods, candidates, strict=True)
        if one.within is None and speech >= SPEECH
    ]


def shaped(gold: Gold, found: Sequence[tuple[float, Candidate]], field: str) -> Gold:
    """Return predictions for the scorer, with the mention or the full name as speaker."""
    quotes = [{"start": one.start, "end": one.end, "speaker": getattr(one, field)} for _, one in found]
    return {"id": gold["id"], "quotes": quotes}


def count(products: Sequence[tuple[float, bool]]) -> tuple[tuple[float, float], ...]:
    """Count the share of right candidates along the products of likelihoods; it never falls as the product grows."""
    ordered = sorted(products)
    size = len(ordered) // BINS + 1
    lines = [(0.0, 0.0)]
    for start in range(0, len(ordered), size):
        some = ordered[start : start + size]
        product = sum(product for product, _ in some) / len(some)
        share = sum(right for _, right in some) / len(some)
        lines.append((round(product, 3), round(max(share, lines[-1][1]), 3)))
    return (*lines, (1.0, lines[-1][1]))


def report(title: str, golds: Sequence[Gold], mentions: Gold, speakers: Gold, scorer: ModuleType) -> None:
    """Print one line of figures, in per cent."""
    named = scorer.score(golds, mentions)
    short = scorer.score(golds, mentions, min_words=1)
    full = scorer.score(golds, speakers)
    share = full["det_r"] * full["speaker_acc_resolved"]
    print(
        f"{title:24} detection F1 {100 * named['det_f1']:5.1f}, of all lengths {100 * short['det_f1']:5.1f}   "
        f"as mentioned {100 * named['speaker_acc']:5.1f}, "
        f"end to end F1 {100 * named['e2e_f1']:5.1f}   right full name {100 * share:5.1f} "
        f"(names {100 * full['speaker_acc_name']:.1f}, pronouns {100 * full['speaker_acc_resolved_pronoun']:.1f}, "
        f"descriptions {100 * full['speaker_acc_nominal']:.1f})"
    )


def write(learnt: Weights, bench: Path, path: Path) -> None:
    """Write the weights as the file that detection reads."""
    dated = msgspec.structs.replace(
        learnt,
        origin=ORIGIN,
        sha256=hashlib.sha256((bench / "dev.jsonl").read_bytes()).hexdigest(),
        learnt=dt.datetime.now(dt.UTC).date().isoformat(),
    )
    path.write_bytes(msgspec.json.format(msgspec.json.encode(dated), indent=1) + b"\n")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    scorer = load_scorer(arguments.bench)
    golds = [json.loads(line) for line in (arguments.bench / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    lessons = teach(golds, scorer)
    counted = count(cross_validate(golds, lessons, scorer))
    if arguments.write:
        learnt = msgspec.structs.replace(learn(lessons, golds, scorer), counted=counted)
        write(learnt, arguments.bench, Path(quotearchive.detection.__file__).with_name("weights.json"))


if __name__ == "__main__":
    main()
