from __future__ import annotations

from pathlib import Path

import pytest

from negsim.scenario import load
from tests.cli.support import run


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_new_scenario_is_valid_and_has_its_name() -> None:
    assert run("new", "my-talks").exit_code == 0
    assert load("my-talks.scenario.yaml").id == "my-talks"


def test_a_new_scenario_passes_check_without_even_a_note() -> None:
    run("new", "my-talks")
    result = run("check", "my-talks.scenario.yaml")
    assert result.stdout == "1 file checked: nothing to report; 13 theorems hold.\n"
    assert result.exit_code == 0


def test_a_new_scenario_is_neither_hopeless_nor_settled() -> None:
    run("new", "my-talks")
    sentence = run("zone", "my-talks.scenario.yaml", "--worlds", "512").stdout.splitlines()[0]
    assert 10 < float(sentence.split()[1]) < 90


def test_no_file_is_overwritten() -> None:
    Path("my-talks.scenario.yaml").write_text("mine")
    result = run("new", "my-talks")
    assert result.exit_code == 2
    assert "exists already" in result.stderr
    assert Path("my-talks.scenario.yaml").read_text() == "mine"


def test_the_file_may_be_named() -> None:
    assert run("new", "my-talks", "--out", "elsewhere.yaml").exit_code == 0
    assert load("elsewhere.yaml").id == "my-talks"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("My Talks", "try 'my-talks'"),
        ("2026 talks", "try 'talks'"),
        ("../x", "try 'x'"),
        ("7", "letter"),
        ("A1", "try 'a1'"),
        ("talks.scenario.yaml", "try 'talks'"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_with_the_nearest_that_can(name: str, hint: str) -> None:
    result = run("new", name)
    assert result.exit_code == 2
    assert hint in result.stderr
    assert list(Path().iterdir()) == []
