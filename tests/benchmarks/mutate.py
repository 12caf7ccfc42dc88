"""Whether the tests notice small mistakes: python -m tests.benchmarks.mutate [COUNT] [--seed N] [--only PATH].

Each of COUNT mistakes, taken at random from all that could be made, is put into a copy of the project, and the tests
that pass through its line are run until one fails. Those are known from a run of all tests, which is done once and kept
as `build/contexts`; delete it when tests were added. Printed is what was changed into what, and whether a test failed.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import coverage

ROOT: Final = Path(__file__).resolve().parents[2]

CONTEXTS: Final = ROOT / "build" / "contexts"

#: What only data or looks would be changed in.
LEFT_OUT: Final = ("detection/weights", "detection/languages/", "views/", "exporters/page/", "errors.py")

#: Seconds after which a mistake counts as noticed: it made something endless.
PATIENCE: Final = 900

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


def concerned(mistake: Mistake, contexts: coverage.CoverageData) -> list[str]:
    """List the tests that pass through the line of a mistake."""
    lines = contexts.contexts_by_lineno(str(mistake.path))
    tests = {each.rpartition("|")[0] for each in lines.get(mistake.line, ())} - {""}
    return sorted(tests)


def is_noticed(mistake: Mistake, copy: Path, tests: list[str]) -> bool:
    """Make a mistake in the copy, run tests or, where none are known, all, and take it back."""
    path = copy / mistake.path.relative_to(ROOT)
    good = path.read_bytes()
    path.write_bytes(good[: mistake.start] + mistake.new.encode() + good[mistake.end :])
    names = copy / "names"
    names.write_text("\n".join(tests), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *([f"@{names}"] if tests else [])]
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    try:
        ran = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        path.write_bytes(good)
    if "ERROR: not found" in ran.stderr:
        sys.exit(f"Delete {CONTEXTS}: {ran.stderr}")
    return ran.returncode != 0


def main() -> None:
    """Make mistakes, and print which of them no test noticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", nargs="?", type=int, default=40, help="how many mistakes (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="other mistakes (%(default)s)")
    parser.add_argument("--only", default="", metavar="PATH", help="only files whose name holds this")
    asked = parser.parse_args()
    if not CONTEXTS.exists():
        learn()
    contexts = coverage.CoverageData(str(CONTEXTS))
    contexts.read()
    names = {path: path.as_posix() for path in sorted((ROOT / "quotearchive").rglob("*.py"))}
    paths = [path for path, name in names.items() if asked.only in name and not any(each in name for each in LEFT_OUT)]
    found = [mistake for path in paths for mistake in mistakes(path)]
    chosen = random.Random(asked.seed).sample(found, min(asked.count, len(found)))  # noqa: S311 - no secrets
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(ROOT, Path(folder) / "copy", ignore=shutil.ignore_patterns(".git", "build")))
        answers = [report(mistake, copy, concerned(mistake, contexts)) for mistake in chosen]
    print(f"{sum(answers)} of {len(answers)} mistakes noticed, of {len(found):,} that could be made")


def report(mistake: Mistake, copy: Path, tests: list[str]) -> bool:
    """Try a mistake, and print what became of it."""
    noticed = is_noticed(mistake, copy, tests)
    print(f"{'noticed ' if noticed else 'SURVIVED'} {len(tests):5} tests  {mistake}", flush=True)
    return noticed


if __name__ == "__main__":
    main()
