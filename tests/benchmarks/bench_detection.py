"""Measure detection: speed against a one-page baseline, growth on adversarial inputs, and quality on gold data.

    python -m tests.benchmarks.bench_detection [--bench DIR]

DIR holds `dev.jsonl`, `score.py`, `variant.py` and `baseline.py`. Without it, only the growth is measured. Speeds are
printed as ratios of times taken in the same run, because machines differ and are shared.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from quotearchive.detection import Candidate, detect

#: Inputs on which a careless pattern or loop takes quadratic time; `%d` is replaced by a running number.
ADVERSARIAL = {
    "only opening marks": "“",
    "only straight marks": '"',
    "only single marks": "‘",
    "all marks": "“‘\"'«»„",
    "only capitals": "Aa Bb ",
    "capitals without blanks": "A",
    "one endless sentence": "and then he said that ",
    "quotations in one paragraph": "he said “yes” and Ann Lee told Bob “no, never again” ",
    "a quotation a paragraph": "He said, “Yes it is.”\n\n",
    "unclosed paragraphs": "“a b c Ann said\n\n",
    "nested and unclosed": "“a ‘b ",
    "thousands of names": "Xab%d Yab%d said “no”. ",
    "namesakes": "Ann Abcdef%d said “no”. ",
    "blank lines": "\n",
    "initials": "A. ",
    "tags in one paragraph": "“x,” said A B. ",
    "quotations behind one speaker": "“a” ",
    "cues without a verb": "“a” letter ",
    "descriptions": "Ann, the leader, said “a”. The leader said “b”. ",
    "parentheses": "(said “a”) (",
    "unclosed parentheses": "Ann said (“a” ",
    "nested marks": "“a ‘b “c” d’ e” said Ann ",
    "unclosed marks in one paragraph": "“a b c Ann said ",
    "Persian tags": "«الف» گفت احمد محمدی. ",
    "Persian, unclosed": " احمد («",
    "German, unclosed": " Weber „",
    "Spanish dashes": "—Sí —dijo Ana Pérez— «no». ",
}
#: Runs without end inside a paragraph with quotations.
RUNS = {
    "words": "word ",
    "first names": "Anna ",
    "titles": "Mr. ",
    "groups": "officials ",
    "adverbs": "also ",
    "numbers": "12 ",
    "prepositions": "of ",
    "Persian words": "معلم ",
    "spaces": " ",
    "hyphens": "x-",
    "apostrophes": "x'",
}
#: Languages whose grammars differ: with capitals, with capital nouns, without capitals.
GRAMMARS = ("en", "de", "fa")
#: Length (code points) of the shorter adversarial input; the longer one has twice that.
LENGTH = 60_000
#: Each time is the best of so many.
TRIES = 3
#: Publishers of the five folds.
FOLDS = (("breitbart", "wash-post"), ("huff-post", "west-journal"), ("nyt",), ("politico",), ("usa-today",))
Gold = dict[str, Any]


def load_scorer(bench: Path) -> ModuleType:
    """Import `score.py` of the bench folder: it alone knows which phrases name the same speaker."""
    spec = importlib.util.spec_from_file_location("score", bench / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(bench / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def seconds(run: Callable[[], object]) -> float:
    """Take the best time of a few runs, in seconds of this process."""
    times = []
    for _ in range(TRIES):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def adversarial(pattern: str, length: int) -> str:
    """Repeat a pattern, numbering it, up to a length."""
    if "%d" not in pattern:
        return pattern * (length // len(pattern))
    return "".join(pattern.replace("%d", str(number)) for number in range(length // len(pattern)))


def print_growth() -> None:
    """Print how much longer an input of twice the length takes."""
    print("\ngrowth when the input doubles (2.0 is linear)")
    for title, pattern in ADVERSARIAL.items():
        short, long = (adversarial(pattern, length) for length in (LENGTH, 2 * LENGTH))
        print_ratio(title, short, long)
    for title, piece in RUNS.items():
        short, long = (f"“q,” said Ann. {adversarial(piece, length)}“z”" for length in (LENGTH, 2 * LENGTH))
        for language in GRAMMARS:
            print_ratio(f"run of {title}, {language}", short, long, language)


def print_ratio(title: str, short: str, long: str, language: str | None = None) -> None:
    """Print how much longer one text takes than another."""
    ratio = seconds(lambda: detect(long, language)) / seconds(lambda: detect(short, language))
    print(f"  {title:32} {ratio:4.2f}")


def print_speed(golds: Sequence[Gold], baseline: Path) -> None:
    """Print characters a second, and the time as a multiple of the baseline's."""
    texts = [gold["text"] for gold in golds]
    source = baseline.read_text(encoding="utf-8").replace("\nmain()\n", "\n")
    namespace: dict[str, Any] = {}
    exec(compile(source, str(baseline), "exec"), namespace)
    ours = seconds(lambda: [detect(text) for text in texts])
    theirs = seconds(lambda: [namespace["extract"](text, 4) for text in texts])
    total = sum(map(len, texts))
    print(f"\nspeed: {total / ours:,.0f} characters a second; {ours / theirs:.2f} times the time of the baseline")


def predictions(golds: Iterable[Gold]) -> dict[str, list[Candidate]]:
    """Detect in every article what lies in no other candidate and is likelier speech than not."""
    return {
        gold["id"]: [one for one in detect(gold["text"]) if one.within is None and one.confidence >= 0.5]
        for gold in golds
    }


def write_predictions(found: dict[str, list[Candidate]], path: Path, field: str) -> None:
    """Write predictions for the scorer, with the mention or the speaker as speaker."""
    lines = [
        {
            "id": name,
            "quotes": [{"start": one.start, "end": one.end, "speaker": getattr(one, field)} for one in ones],
        }
        for name, ones in found.items()
    ]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


def print_scores(title: str, gold: Path, found: dict[str, list[Candidate]], scorer: Path, *options: str) -> None:
    """Run the scorer on mentions and on speakers, and print what it says."""
    with tempfile.TemporaryDirectory() as folder:
        for field in ("mention", "speaker"):
            path = Path(folder) / f"{field}.jsonl"
            write_predictions(found, path, field)
            command = [sys.executable, str(scorer), str(gold), str(path), *options]
            result = subprocess.run(command, capture_output=True, text=True, check=True)
            print(f"\n{title}, {field}\n{result.stdout.rstrip()}")


def print_folds(golds: Sequence[Gold], found: dict[str, list[Candidate]], scorer: Path) -> None:
    """Run the scorer on each fold of publishers."""
    with tempfile.TemporaryDirectory() as folder:
        for publishers in FOLDS:
            some = [gold for gold in golds if gold["source"].split(";")[1].strip() in publishers]
            path = Path(folder) / "fold.jsonl"
            path.write_text("".join(json.dumps(gold) + "\n" for gold in some), encoding="utf-8")
            print_scores(" + ".join(publishers), path, {gold["id"]: found[gold["id"]] for gold in some}, scorer)


def print_confidence(golds: Sequence[Gold], found: dict[str, list[Candidate]], scorer: ModuleType) -> None:
    """Print, for each tenth of confidence, how many candidates have it and how many of them are right."""
    counts: Counter[tuple[int, bool]] = Counter()
    for gold in golds:
        for one in found[gold["id"]]:
            right = is_right(gold, one, scorer)
            if right is not None:
                counts[min(int(one.confidence * 10), 9), right] += 1
    print("\nconfidence   candidates   right in words and speaker")
    for tenth in range(10):
        total = counts[tenth, True] + counts[tenth, False]
        if total:
            print(
                f"{tenth / 10:.1f} to {tenth / 10 + 0.1:.1f}   {total:10}   {100 * counts[tenth, True] / total:5.1f} %"
            )


def is_right(gold: Gold, one: Candidate, scorer: ModuleType) -> bool | None:
    """Judge a candidate by the gold data; None where they say nothing."""
    if any(start < one.end and one.start < end for start, end, _ in gold["ignore"]):
        return None
    quotes = [quote for quote in gold["quotes"] if quote["start"] < one.end and one.start < quote["end"]]
    if not quotes:
        return False
    if quotes[0].get("nested"):
        return None
    _, resolved = scorer.speaker_ok(quotes[0], one.speaker, gold["text"])
    return resolved if resolved is not None else bool(scorer.speaker_ok(quotes[0], one.mention, gold["text"])[0])


def variant(bench: Path, mode: str, folder: Path) -> Path:
    """Make a robustness variant of the gold data."""
    path = folder / f"{mode}.jsonl"
    with (bench / "dev.jsonl").open(encoding="utf-8") as source, path.open("w", encoding="utf-8") as target:
        subprocess.run([sys.executable, str(bench / "variant.py"), mode], stdin=source, stdout=target, check=True)
    return path


def load(path: Path) -> list[Gold]:
    """Read a file of one JSON value per line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def print_quality(bench: Path) -> None:
    """Print everything that needs the gold data."""
    scorer = bench / "score.py"
    golds = load(bench / "dev.jsonl")
    print_speed(golds, bench / "baseline.py")
    found = predictions(golds)
    print_scores("dev", bench / "dev.jsonl", found, scorer)
    print_scores("dev, all lengths", bench / "dev.jsonl", found, scorer, "--min-words", "1")
    with tempfile.TemporaryDirectory() as folder:
        for mode in ("straight", "wrap"):
            path = variant(bench, mode, Path(folder))
            print_scores(mode, path, predictions(load(path)), scorer)
    print_folds(golds, found, scorer)
    every = {gold["id"]: [one for one in detect(gold["text"]) if one.within is None] for gold in golds}
    print_confidence(golds, every, load_scorer(bench))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path)
    arguments = parser.parse_args()
    print_growth()
    if arguments.bench:
        print_quality(arguments.bench)


if __name__ == "__main__":
    main()
