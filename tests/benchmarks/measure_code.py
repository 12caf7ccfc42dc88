"""What the code weighs: sizes, documentation, errors, names, circles and tests, counted from its syntax.

    python -m tests.benchmarks.measure_code [FOLDER] [PACKAGE]

Only the text of a checkout is read, so any version of the project can be measured, or any other project. A body
is what follows a function's docstring, in lines; figures with three numbers are median, 95th percentile and largest.
"""

import ast
import io
import re
import statistics
import sys
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]

#: No function should be longer than this, in lines of its body.
LONGEST_FUNCTION: Final = 40

#: No module should be longer than this, in lines.
LONGEST_MODULE: Final = 400

#: First words of a docstring that no Python reader expects: `Return`, `Check`, `Serialise` say what they mean.
UNEXPECTED: Final = ("Give", "Say", "Tell", "Name", "Spell")

#: How a name of a class or of an alias of a type looks.
CLASS_NAME: Final = re.compile(r"_?[A-Z]\w*[a-z]\w*")

#: Calls that put something else in the place of code.
MOCKS: Final = frozenset({"Mock", "MagicMock", "AsyncMock", "patch", "setattr", "setitem"})

Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = ast.Module | ast.ClassDef | Function


class Module:
    """One file: its text, its syntax and its dotted name."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.text = path.read_text(encoding="utf-8")
        self.tree = ast.parse(self.text)
        self.parts = path.relative_to(folder).with_suffix("").parts
        self.is_package = self.parts[-1] == "__init__"
        self.name = ".".join(self.parts[:-1] if self.is_package else self.parts)
        self.stem = self.name.rpartition(".")[2].strip("_")

    @cached_property
    def lines(self) -> int:
        """The number of its lines."""
        return len(self.text.splitlines())

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of its syntax."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """Its functions and methods, those within others too."""
        return tuple(node for node in self.nodes if isinstance(node, Function))

    @cached_property
    def classes(self) -> tuple[ast.ClassDef, ...]:
        """Its classes."""
        return tuple(node for node in self.nodes if isinstance(node, ast.ClassDef))

    @property
    def comments(self) -> int:
        """The number of its comments."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return sum(token.type == tokenize.COMMENT for token in tokens)


def read(folder: Path, below: str) -> list[Module]:
    """Read the Python files below a folder of a checkout."""
    paths = (path for path in sorted((folder / below).rglob("*.py")) if "node_modules" not in path.parts)
    return [Module(path, folder) for path in paths]


def body_lines(function: Function) -> int:
    """Count the lines of a function from the first statement after its docstring."""
    has_docstring = ast.get_docstring(function, clean=False) is not None
    statements = function.body[1:] if has_docstring else function.body
    return (statements[-1].end_lineno or 0) - statements[0].lineno + 1 if statements else 0


def class_lines(node: ast.ClassDef) -> int:
    """Count the lines of a class."""
    return (node.end_lineno or 0) - node.lineno + 1


def spread(numbers: Iterable[int], *, with_p95: bool = True) -> str:
    """Format a median, a 95th percentile and a largest number."""
    ordered = sorted(numbers) or [0]
    middle = (ordered[min(len(ordered) * 95 // 100, len(ordered) - 1)],) if with_p95 else ()
    return " / ".join(f"{number:,.0f}" for number in (statistics.median(ordered), *middle, ordered[-1]))


def share(answers: Iterable[bool]) -> str:
    """Format how many of some are so, in per cent and in numbers."""
    counted = Counter(answers)
    return f"{100 * counted[True] / max(counted.total(), 1):.1f} ({counted[True]:,} of {counted.total():,})"


def listing(names: Iterable[str]) -> str:
    """Format names after their number."""
    found = sorted(names)
    return f"{len(found)}  {', '.join(found)}".rstrip()


def public_functions(module: Module) -> Iterator[Function]:
    """Yield the functions of a module and the methods of its classes that others may call."""
    if any(part.startswith("_") and not part.startswith("__") for part in module.parts):
        return
    owners: list[ast.Module | ast.ClassDef] = [module.tree]
    owners += [node for node in module.tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    for owner in owners:
        yield from (node for node in owner.body if isinstance(node, Function) and not node.name.startswith("_"))


def is_annotated(function: Function) -> bool:
    """Check whether a function's parameters and result have types."""
    signature = function.args
    named = [*signature.posonlyargs, *signature.args, *signature.kwonlyargs, signature.vararg, signature.kwarg]
    needing = [each for each in named if each is not None and each.arg not in {"self", "cls"}]
    return function.returns is not None and all(each.annotation for each in needing)


def is_broad(node: ast.AST) -> bool:
    """Check whether a node catches whatever goes wrong."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    return node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception")


def called_name(node: ast.AST) -> str:
    """Return the last part of the name that is called or decorates; empty if there is none."""
    target = node.func if isinstance(node, ast.Call) else node
    if isinstance(target, ast.Attribute):
        return target.attr
    return target.id if isinstance(target, ast.Name) else ""


def is_command(function: Function) -> bool:
    """Check whether a function is a command or a group of Click."""
    return any(called_name(each) in {"command", "group"} for each in function.decorator_list)


def is_import(node: ast.AST) -> bool:
    """Check whether a node is an import statement."""
    return isinstance(node, ast.Import | ast.ImportFrom)


def is_import_call(node: ast.AST) -> bool:
    """Check whether a node imports by a call of importlib."""
    return isinstance(node, ast.Call) and called_name(node) in {"import_module", "__import__"}


def is_type_checking(node: ast.AST) -> bool:
    """Check whether a node holds what is for type checkers only."""
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


def within_functions(module: Module) -> list[ast.AST]:
    """List the syntax within a module's functions, each node once."""
    found = {id(node): node for function in module.functions for node in ast.walk(function) if node is not function}
    return list(found.values())


def defined_names(module: Module) -> Iterator[str]:
    """Yield the names of a module's classes, and of its aliases of types."""
    yield from (node.name for node in module.classes)
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript | ast.BinOp):
            yield from (
                name.id for name in node.targets if isinstance(name, ast.Name) and CLASS_NAME.fullmatch(name.id)
            )


def repeated(names: Iterable[str]) -> list[str]:
    """List what is there twice or more."""
    return [f"{name} x{times}" for name, times in Counter(names).items() if times > 1]


def error_classes(modules: list[Module]) -> dict[str, str]:
    """Return the names of the error classes, each with the module that defines it."""
    return {node.name: module.name for module in modules for node in module.classes if node.name.endswith("Error")}


def imported_names(node: ast.AST) -> list[str]:
    """List the dotted names that a node imports, with the names taken from each."""
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [f"{node.module}.{each.name}" for each in node.names]
    if is_import_call(node) and isinstance(node, ast.Call) and isinstance(node.args[0], ast.Constant):
        return [str(node.args[0].value)]
    return []


def running_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the syntax that runs, so without what is for type checkers."""
    if is_type_checking(node):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from running_nodes(child)


def arrows(modules: list[Module]) -> dict[str, set[str]]:
    """Return what each module imports of the same package, wherever it does."""
    known = {module.name for module in modules}
    found: dict[str, set[str]] = {}
    for module in modules:
        names = [name for node in running_nodes(module.tree) for name in imported_names(node)]
        owners = {name if name in known else name.rpartition(".")[0] for name in names}
        found[module.name] = (owners & known) - {module.name}
    return found


def reachable(name: str, graph: dict[str, set[str]]) -> set[str]:
    """Find what a module imports, directly or through others."""
    found: set[str] = set()
    waiting = list(graph[name])
    while waiting:
        following = waiting.pop()
        if following not in found:
            found.add(following)
            waiting.extend(graph[following])
    return found


def circles(graph: dict[str, set[str]]) -> list[str]:
    """List the groups of modules that import one another."""
    reached = {name: reachable(name, graph) for name in graph}
    groups = {
        frozenset(each for each in reached[name] if name in reached[each]) for name in graph if name in reached[name]
    }
    return [" <> ".join(sorted(group)) for group in groups]


def unexpected_docstrings(modules: list[Module]) -> Counter[str]:
    """Count the docstrings that begin with a word that no reader expects."""
    documented = [node for module in modules for node in module.nodes if isinstance(node, Documented)]
    first_words = ((ast.get_docstring(node) or "").partition(" ")[0] for node in documented)
    return Counter(word for word in first_words if word in UNEXPECTED)


def sizes(modules: list[Module]) -> Iterator[tuple[str, str]]:
    """Yield the figures of size."""
    functions = [(module, function) for module in modules for function in module.functions]
    long = [
        f"{module.name}.{function.name}" for module, function in functions if body_lines(function) > LONGEST_FUNCTION
    ]
    yield "files / lines", f"{len(modules)} / {sum(module.lines for module in modules):,}"
    yield "functions", f"{len(functions):,}"
    yield "body median / p95 / max", spread(body_lines(function) for _, function in functions)
    yield "module median / p95 / max", spread(module.lines for module in modules)
    yield "largest class", str(max(class_lines(node) for module in modules for node in module.classes))
    yield f"functions over {LONGEST_FUNCTION} lines", listing(long)
    yield (
        f"modules over {LONGEST_MODULE} lines",
        listing(f"{module.name} {module.lines}" for module in modules if module.lines > LONGEST_MODULE),
    )


def documentation(modules: list[Module]) -> Iterator[tuple[str, str]]:
    """Yield the figures of docstrings, types and comments."""
    public = [function for module in modules for function in public_functions(module)]
    beginnings = unexpected_docstrings(modules)
    each = ", ".join(f"{word} {beginnings[word]}" for word in UNEXPECTED)
    lines = sum(bool(line.strip()) for module in modules for line in module.text.splitlines())
    yield "modules documented %", share(ast.get_docstring(module.tree) is not None for module in modules)
    yield "public functions documented %", share(ast.get_docstring(function) is not None for function in public)
    yield "annotated %", share(is_annotated(function) for module in modules for function in module.functions)
    yield "comments per 100 lines that aren't blank", f"{100 * sum(module.comments for module in modules) / lines:.1f}"
    yield "unexpected docstrings", f"{beginnings.total()}  {each}"


def habits(modules: list[Module]) -> Iterator[tuple[str, str]]:
    """Yield the figures of errors, imports and commands."""
    errors = error_classes(modules)
    inner = [node for module in modules for node in within_functions(module)]
    commands = [function for module in modules for function in module.functions if is_command(function)]
    at_top = sum(name.count(".") == 1 and name.endswith(".errors") for name in errors.values())
    yield "except Exception", str(sum(is_broad(node) for module in modules for node in module.nodes))
    yield "imports in functions (+ importlib)", f"{sum(map(is_import, inner))} (+{sum(map(is_import_call, inner))})"
    yield "command body median / max", spread(map(body_lines, commands), with_p95=False)
    yield "error classes in errors.py / in all", f"{at_top} / {len(errors)}"
    yield "circles between modules", listing(circles(arrows(modules)))


def names(modules: list[Module], tests: list[Module]) -> Iterator[tuple[str, str]]:
    """Yield the figures of names."""
    plain = [module for module in modules if not module.is_package and module.stem != "main"]
    tested = {module.stem for module in tests}
    untested = [module.name for module in plain if f"test_{module.stem}" not in tested]
    defined = [name for module in modules for name in defined_names(module)]
    yield "modules ending in -ing", listing(module.name for module in plain if module.stem.endswith("ing"))
    yield "module names used twice or more", listing(repeated(module.stem for module in plain))
    yield "class names defined twice or more", listing(repeated(defined))
    yield f"modules of {len(plain)} without a test of their name", listing(untested)


def testing(tests: list[Module]) -> Iterator[tuple[str, str]]:
    """Yield the figures of the tests."""
    found = [function for module in tests for function in module.functions if function.name.startswith("test_")]
    mocks = (
        isinstance(node, ast.Call) and called_name(node) in MOCKS and "environ" not in ast.unparse(node)
        for module in tests
        for node in module.nodes
    )
    yield "test files / lines", f"{len(tests)} / {sum(module.lines for module in tests):,}"
    yield "tests: number", f"{len(found):,}"
    yield "tests: median / p95 / max lines", spread(map(body_lines, found))
    yield "tests: mocks", str(sum(mocks))


def main() -> None:
    """Print the figures of a checkout."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    modules = read(folder, sys.argv[2] if len(sys.argv) > 2 else "quotearchive")
    tests = read(folder, "tests")
    rows = [*sizes(modules), *documentation(modules), *habits(modules), *names(modules, tests), *testing(tests)]
    for name, figure in rows:
        print(f"{name:42} {figure}")


if __name__ == "__main__":
    main()
