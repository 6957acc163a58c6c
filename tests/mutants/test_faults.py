"""Planted faults fit the code, and the program that plants them tells the dead from the living."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.mutants import __main__ as program
from tests.mutants.fault import Fault
from tests.mutants.faults import FAULTS
from tests.mutants.run import NEGSIM, Outcome, Project, run

ALL = [fault for faults in FAULTS.values() for fault in faults]
BY_ID = pytest.mark.parametrize("fault", ALL, ids=[fault.id for fault in ALL])


@BY_ID
def test_a_fault_stands_for_one_place_of_the_code_and_leaves_python(fault: Fault) -> None:
    assert fault.file.startswith("negsim/")
    assert fault.old != fault.new
    before = ast.parse((NEGSIM.root / fault.file).read_text(encoding="utf-8"))
    assert ast.dump(ast.parse(fault.planted(NEGSIM.root))) != ast.dump(before)


@BY_ID
def test_its_killer_is_a_test_that_exists(fault: Fault) -> None:
    file, test = fault.killer.split("::")
    tree = ast.parse((NEGSIM.root / file).read_text(encoding="utf-8"))
    assert test.startswith("test_")
    assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_there_are_enough_faults_in_every_area_each_with_an_id_of_its_own() -> None:
    assert len(ALL) >= 30
    assert all(len(FAULTS[area]) >= 5 for area in ("solutions", "conditions", "bargaining", "talks"))
    assert {id_: n for id_, n in Counter(fault.id for fault in ALL).items() if n > 1} == {}
    assert all(fault.id.startswith(f"{area}-") for area, faults in FAULTS.items() for fault in faults)


@pytest.fixture
def toy(tmp_path: Path) -> Project:
    """A package that adds up, and tests of which some notice whether it does."""
    root = tmp_path / "toy project"
    (root / "toy").mkdir(parents=True)
    (root / "toy" / "__init__.py").write_text("def total(a, b):\n    return a + b\n", encoding="utf-8")
    (root / "test_toy.py").write_text(
        "from toy import total\n\n\n"
        "def test_a_sum():\n    assert total(2, 3) == 5\n\n\n"
        "def test_nothing():\n    assert total(0, 0) == 0\n\n\n"
        "def test_waits():\n    while total(2, 3) != 5:\n        pass\n\n\n"
        "def test_fails():\n    assert total(2, 3) == 6\n",
        encoding="utf-8",
    )
    (root / "pyproject.toml").write_text('[tool.pytest.ini_options]\npythonpath = ["."]\n', encoding="utf-8")
    return Project(root, ("toy", "test_toy.py", "pyproject.toml"), "toy")


def _fault(test: str, new: str = "a - b") -> Fault:
    return Fault(f"{test}: {new}", "toy/__init__.py", "a + b", new, f"test_toy.py::{test}", "It does not add up.")


def test_what_becomes_of_a_fault_is_told_by_how_its_killer_ends(toy: Project) -> None:
    expected = {
        _fault("test_a_sum"): Outcome.KILLED,
        _fault("test_nothing"): Outcome.SURVIVED,
        # Neither is noticed by what the test asks: it fails anyway, is not there, or cannot be imported.
        _fault("test_fails"): Outcome.BROKEN,
        _fault("test_of_old"): Outcome.BROKEN,
        _fault("test_a_sum", "a +"): Outcome.BROKEN,
    }
    verdicts = list(run(list(expected), toy))
    assert {verdict.fault: verdict.outcome for verdict in verdicts} == expected
    said = {verdict.fault: verdict.said for verdict in verdicts}
    assert said[_fault("test_a_sum")].startswith("FAILED test_toy.py::test_a_sum")
    assert said[_fault("test_fails")].startswith("without the fault: FAILED")
    assert [verdict.is_dead for verdict in verdicts].count(True) == 1
    assert "a + b" in (toy.root / "toy" / "__init__.py").read_text(encoding="utf-8")


def test_a_killer_that_does_not_end_has_noticed(toy: Project) -> None:
    (verdict,) = run([_fault("test_waits")], toy, patience_seconds=1)
    assert verdict.outcome is Outcome.TIMED_OUT
    assert verdict.is_dead
    assert verdict.said.startswith("not done after ")


def test_a_fault_that_does_not_fit_is_refused(toy: Project) -> None:
    with pytest.raises(ValueError, match=r"^x: 'a \* b' stands 0 times in toy/__init__\.py, not once$"):
        list(run([Fault("x", "toy/__init__.py", "a * b", "", "test_toy.py::test_a_sum", "")], toy))


def test_a_copy_that_imports_something_else_is_refused(toy: Project) -> None:
    with pytest.raises(RuntimeError, match=r"^json is imported from .*, not from its copy in "):
        list(run([], Project(toy.root, toy.parts, "json")))


def test_a_survivor_is_named_and_gives_the_exit_code(
    toy: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    faults = (_fault("test_a_sum"), _fault("test_nothing"))
    monkeypatch.setattr(program, "FAULTS", {"toy": faults})
    monkeypatch.setattr(program, "run", lambda faults, **options: run(faults, toy))
    monkeypatch.setattr("sys.argv", ["mutants", "--jobs", "1"])
    assert program.main() == 1
    assert "1 killed, 1 SURVIVED" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["mutants", "test_a"])
    assert program.main() == 0
    monkeypatch.setattr("sys.argv", ["mutants", "strange"])
    with pytest.raises(SystemExit, match=r"^there is no fault strange; there are test_a_sum: a - b, "):
        program.main()
