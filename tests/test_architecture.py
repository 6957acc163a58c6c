"""The sentences of ARCHITECTURE.md that forbid something."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from importlinter.cli import lint_imports

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "negsim"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
NUMERIC_LAYERS = {"model", "solutions", "zone", "bargaining", "talks"}
NUMERICS = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] in NUMERIC_LAYERS]
FILE_METHODS = {"open", "read_bytes", "read_text", "write_bytes", "write_text"}
FILE_MODULES = {"io", "pathlib", "shutil", "tempfile"}
RANDOMNESS = re.compile(r"\b(np|numpy)\.random\b|^\s*(import|from) random\b", re.MULTILINE)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def files_touched(source: str) -> list[str]:
    """Everything in a module that can reach a file or a terminal, by name."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id="open" | "print" | "input" as name)):
                found.append(name)
            case ast.Call(func=ast.Attribute(attr=name)) if name in FILE_METHODS:
                found.append(name)
            case ast.Import(names=names):
                found += [alias.name for alias in names if alias.name.split(".")[0] in FILE_MODULES]
            case ast.ImportFrom(module=str(name)) if name.split(".")[0] in FILE_MODULES:
                found.append(name)
    return found


def imports_at_start_up(source: str) -> Iterator[str]:
    """Modules that are imported as soon as this one is; TYPE_CHECKING blocks and bodies of functions are not run."""
    pending: list[ast.stmt] = list(ast.parse(source).body)
    while pending:
        node = pending.pop()
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module)):
                yield module
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), orelse=other):
                pending += other
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                pass
            case _:
                pending += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]


def test_every_layer_knows_only_those_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_logo=True, no_cache=True) == 0


@pytest.mark.parametrize("path", NUMERICS, ids=name_of)
def test_numerics_reach_no_file_and_no_terminal(path: Path) -> None:
    assert files_touched(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line", ["open('x')", "print(1)", "path.write_text('')", "os.open(1)", "from io import BytesIO"]
)
def test_reaching_for_a_file_is_noticed(line: str) -> None:
    assert files_touched(f"def f():\n    {line}\n")


def test_only_the_calendar_knows_simpy() -> None:
    knowing = [name_of(path) for path in MODULES if re.search(r"\bsimpy\b", path.read_text(encoding="utf-8"))]
    assert knowing == ["negsim/talks/calendar.py"]


def test_only_testing_and_the_search_know_hypothesis() -> None:
    imports = re.compile(r"^\s*(import|from) hypothesis\b", re.MULTILINE)
    knowing = {path for path in MODULES if imports.search(path.read_text(encoding="utf-8"))}
    search = PACKAGE / "checks" / "judging" / "search.py"
    assert search in knowing
    assert {path.parent for path in knowing - {search}} == {PACKAGE / "testing"}


@pytest.mark.parametrize("path", sorted((PACKAGE / "cli").rglob("*.py")), ids=name_of)
def test_a_command_imports_only_click_and_the_lowest_layers_at_start_up(path: Path) -> None:
    for module in imports_at_start_up(path.read_text(encoding="utf-8")):
        light = module.split(".")[0] in {"click", *sys.stdlib_module_names}
        own = module in {"negsim", "negsim.errors", "negsim.records"} or module.startswith("negsim.cli")
        assert light or own, f"{name_of(path)} imports {module} at start-up"


def test_an_import_at_start_up_is_noticed_and_a_late_one_is_not() -> None:
    source = (
        "import numpy\n"
        "if TYPE_CHECKING:\n    import yaml\n"
        "def f():\n    import rich\n"
        "try:\n    import scipy\nfinally:\n    pass\n"
    )
    assert set(imports_at_start_up(source)) == {"numpy", "scipy"}


@pytest.mark.parametrize("path", [path for path in MODULES if path != PACKAGE / "model" / "sampling.py"], ids=name_of)
def test_only_the_module_of_sampling_touches_randomness(path: Path) -> None:
    assert RANDOMNESS.search(path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_and_functions_stay_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 400
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            assert not body or (node.end_lineno or 0) - body[0].lineno < 60, node.name


def test_every_sentence_of_the_architecture_that_forbids_names_a_test_that_exists() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rules = [line for line in page[page.index("| rule | test |") :].splitlines() if line.startswith("| ")]
    named = [re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", rule) for rule in rules[1:]]
    assert named
    for rule, tests in zip(rules[1:], named, strict=True):
        assert tests, f"no test is named: {rule}"
        for file, test in tests:
            assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file} has no {test}"
