"""The scenarios that come with negsim, through every command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import run

SCENARIOS = sorted((Path(__file__).parent.parent.parent / "scenarios").glob("*.scenario.yaml"))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.name)
@pytest.mark.parametrize("command", [("show",), ("zone", "--worlds", "256")], ids=lambda command: command[0])
def test_every_line_about_every_scenario_fits_into_80_columns(path: Path, command: tuple[str, ...]) -> None:
    result = run(command[0], str(path), *command[1:])
    assert result.exit_code == 0, result.stderr
    assert max(len(line) for line in result.stdout.splitlines()) <= 80
    assert result.stderr == ""


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.name)
def test_every_scenario_passes_lint(path: Path) -> None:
    result = run("check", str(path), "--checks", "lint")
    assert result.exit_code == 0, result.stdout


def test_there_are_scenarios() -> None:
    assert len(SCENARIOS) >= 3
