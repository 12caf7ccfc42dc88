"""Whether the tests notice small mistakes: python -m tests.benchmarks.mutate [COUNT] [--seed N] [--only PATH].

Each of COUNT mistakes, taken at random from all that could be made, is put into a copy of the project, and the tests
that pass through its line are run until one fails, those that pass through little else first. They are known from a run
of all tests, which is done once and kept as `build/contexts`; new tests in the file of the module's name are run
too. Delete it when the code was changed. Printed is what was changed into what, and which test failed.
"""

import argparse
import ast
import os
import queue
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import coverage

ROOT: Final = Path(__file__).resolve().parents[2]

CONTEXTS: Final = ROOT / "build" / "contexts"

#: What only data or looks would be changed in.
LEFT_OUT: Final = ("detection/weights", "detection/languages/", "views/", "exporters/page/", "errors.py")

#: Seconds after which a mistake counts as noticed: it made something endless.
PATIENCE: Final = 300

#: How many tests are run against a mistake; more of them take minutes and have found nothing that these hadn't.
TESTS: Final = 150

OPPOSITES: Final[dict[type[ast.AST], type[ast.AST]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}


class Mistake(NamedTuple):
    """A stretch of a file, in bytes, and what is put in its place."""

    path: Path
    line: int
    start: int
    end: int
    new: str

    def __str__(self) -> str:
        old = " ".join(self.path.read_bytes()[self.start : self.end].decode().split())
        return f"{self.path.relative_to(ROOT)}:{self.line}  {old[:70]}  ->  {self.new[:70]}"


def mutants(node: ast.AST) -> Iterator[str]:
    """Yield what could stand in the place of a node by mistake."""
    match node:
        case ast.Compare(left=left, ops=[operator], comparators=others) if type(operator) in OPPOSITES:
            yield ast.unparse(ast.Compare(left, [OPPOSITES[type(operator)]()], others))  # type: ignore[list-item]
        case ast.BoolOp(op=operator, values=values):
            yield ast.unparse(ast.BoolOp(OPPOSITES[type(operator)](), values))  # type: ignore[arg-type]
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as operator, right=right):
            yield ast.unparse(ast.BinOp(left, OPPOSITES[type(operator)](), right))  # type: ignore[arg-type]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield ast.unparse(operand)
        case ast.Constant(value=bool(value)):
            yield repr(not value)
        case ast.Constant(value=int(value)):
            yield repr(value + 1)
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield "return None"
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise():
            yield "pass"
        case _:
            return


def running(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the syntax that does something: no types, no decorators, nothing within an f-string."""
    yield node
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list"} or isinstance(node, ast.JoinedStr):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from running(child)


def mistakes(path: Path) -> Iterator[Mistake]:
    """Yield every mistake that could be made in a file's functions."""
    source = path.read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    nodes = {id(node): node for function in functions for each in function.body for node in running(each)}
    for node in nodes.values():
        for new in mutants(node):
            assert isinstance(node, ast.expr | ast.stmt)
            end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
            new_code = f"({new})" if isinstance(node, ast.expr) else new
            yield Mistake(path, node.lineno, starts[node.lineno - 1] + node.col_offset, end, new_code)


def learn() -> None:
    """Run all tests, and note which of them pass through which line."""
    CONTEXTS.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "pytest", "--cov=quotearchive", "--cov-context=test", "--cov-report="]
    environment = {**os.environ, "COVERAGE_FILE": str(CONTEXTS)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


class Tests:
    """The tests, and which lines they pass through."""

    def __init__(self) -> None:
        self._contexts = coverage.CoverageData(str(CONTEXTS))
        self._contexts.read()
        defined = re.compile(r"^def (test_\w+)", re.MULTILINE)
        self._homes: dict[str, list[str]] = defaultdict(list)
        for path in sorted((ROOT / "tests").rglob("test_*.py")):
            for name in defined.findall(path.read_text(encoding="utf-8")):
                self._homes[name].append(str(path.relative_to(ROOT)))
        known = {name_of(each) for each in self._lengths}
        self._new = [f"{homes[0]}::{name}" for name, homes in self._homes.items() if name not in known]

    def _through(self, path: str) -> dict[int, set[str]]:
        lines = self._contexts.contexts_by_lineno(path).items()
        return {line: {each.rpartition("|")[0] for each in contexts} - {""} for line, contexts in lines}

    @cached_property
    def _lengths(self) -> Counter[str]:
        """How many lines each test passes through."""
        files = self._contexts.measured_files()
        return Counter(test for path in files for tests in self._through(path).values() for test in tests)

    def concerned(self, mistake: Mistake) -> list[str]:
        """List the tests that pass through the line of a mistake, or where none does, those of its room."""
        known = sorted(self._through(str(mistake.path)).get(mistake.line, ()), key=self._lengths.__getitem__)
        tests = [found for each in known if (found := self._found(each))][:TESTS]
        tests += [each for each in self._new if f"/test_{mistake.path.stem}.py" in each]
        room = f"tests/{mistake.path.relative_to(ROOT / 'quotearchive').parts[0]}"
        return tests or [room] * (ROOT / room).is_dir()

    def _found(self, test: str) -> str | None:
        """Find where a test stands now."""
        path, _, name = test.partition("::")
        homes = self._homes.get(name_of(test), [path] if (ROOT / path).exists() else [])
        return f"{path if path in homes else homes[0]}::{name}" if homes else None


def name_of(test: str) -> str:
    """Return the name of a test's function."""
    return test.partition("::")[2].partition("[")[0]


def failing(mistake: Mistake, copy: Path, tests: list[str]) -> str:
    """Make a mistake in the copy, run tests until one fails, take it back, and return that test, or nothing."""
    path = copy / mistake.path.relative_to(ROOT)
    good = path.read_bytes()
    path.write_bytes(good[: mistake.start] + mistake.new.encode() + good[mistake.end :])
    names = copy / "names"
    names.write_text("\n".join(tests), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "--tb=no", "-p", "no:cacheprovider", f"@{names}"]
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    try:
        ran = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return "(endless)"
    finally:
        path.write_bytes(good)
    if "ERROR: not found" in ran.stderr:
        sys.exit(f"Delete {CONTEXTS}: {ran.stderr}")
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", ran.stdout, re.MULTILINE)
    return failed[1] if failed else "(no test could be run)" if ran.returncode else ""


def main() -> None:
    """Make mistakes, and print which of them no test noticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", nargs="?", type=int, default=40, help="how many mistakes (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="other mistakes (%(default)s)")
    parser.add_argument("--only", default="", metavar="PATH", help="only files whose name holds this")
    parser.add_argument("--workers", type=int, default=2, help="how many are tried at once (%(default)s)")
    asked = parser.parse_args()
    if not CONTEXTS.exists():
        learn()
    tests = Tests()
    names = {path: path.as_posix() for path in sorted((ROOT / "quotearchive").rglob("*.py"))}
    paths = [path for path, name in names.items() if asked.only in name and not any(each in name for each in LEFT_OUT)]
    found = [mistake for path in paths for mistake in mistakes(path)]
    chosen = random.Random(asked.seed).sample(found, min(asked.count, len(found)))  # noqa: S311 - no secrets
    copies: queue.SimpleQueue[Path] = queue.SimpleQueue()

    def is_noticed(mistake: Mistake, names: list[str]) -> bool:
        copy = copies.get()
        failed = failing(mistake, copy, names)
        copies.put(copy)
        print(f"{'noticed ' if failed else 'SURVIVED'} {mistake}  {failed}", flush=True)
        return bool(failed)

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(asked.workers) as pool:
        for number in range(asked.workers):
            left_out = shutil.ignore_patterns(".git", "build")
            copies.put(Path(shutil.copytree(ROOT, Path(folder) / str(number), ignore=left_out)))
        answers = list(pool.map(is_noticed, chosen, map(tests.concerned, chosen)))
    print(f"{sum(answers)} of {len(answers)} mistakes noticed, of {len(found):,} that could be made")


if __name__ == "__main__":
    main()
