"""A scenario's own texts in another language: found by path, refused where no text is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from negsim.errors import ScenarioError
from negsim.scenario import load, loads
from negsim.teaching.folding import folded_texts
from negsim.teaching.game import fixed_game
from negsim.teaching.texts import read_texts, text_paths, texts_file
from tests.scenario.rich import RATIFIED
from tests.teaching.small import SWAP

KNOWN = text_paths(loads(SWAP))


def read(folder: Path, text: str) -> dict[str, str]:
    file = folder / "swap.texts.uk.yaml"
    file.write_text(text, encoding="utf-8")
    return read_texts(file, KNOWN)


def test_texts_are_read_by_their_paths(tmp_path: Path) -> None:
    text = "title: Обмін\nissues.time.options.now: Одразу\nparties.ann.title: Анна\nissues.price.about: ''\n"
    assert read(tmp_path, text) == {
        "title": "Обмін", "issues.time.options.now": "Одразу", "parties.ann.title": "Анна",
    }  # fmt: skip


def test_every_flaw_is_told_at_its_place(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, "titel: x\ntitle: 7\nissues.time.options.noow: Soon\n")
    said = [(problem.place.line if problem.place else 0, problem.help) for problem in caught.value.problems]
    assert said == [(1, "did you mean 'title'?"), (2, ""), (3, "did you mean 'issues.time.options.now'?")]
    assert "titel names no text of the scenario" in str(caught.value)


def test_what_cannot_be_read_as_a_mapping_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError):
        read(tmp_path, "- a\n")


def test_texts_of_ratifiers_sheets_and_lists_have_paths() -> None:
    known = text_paths(loads(RATIFIED))
    assert known["parties.club.sheet.interests.1"] == "Fish"
    assert known["parties.club.ratifiers.youth.about"] == "Louder."
    assert known["parties.club.red_lines.not_south.title"] == "Never south"
    assert known["rules.no_fee_in_the_middle.because"] == "The law."


@pytest.mark.parametrize(
    ("file", "texts"),
    [
        ("a/sale.scenario.yaml", "a/sale.texts.uk.yaml"),
        ("sale.yaml", "sale.texts.uk.yaml"),
        ("sale", "sale.texts.uk.yaml"),
    ],
)
def test_texts_stand_beside_their_scenario(file: str, texts: str) -> None:
    assert texts_file(file, "uk") == texts


FOLDER = Path(__file__).parents[2] / "scenarios"
COMMITTED = sorted(FOLDER.glob("*.texts.*.yaml"))


@pytest.mark.parametrize("file", COMMITTED, ids=lambda file: file.name)
def test_committed_texts_say_everything_that_their_scenario_says(file: Path) -> None:
    scenario = load(FOLDER / f"{file.name.partition('.texts.')[0]}.scenario.yaml")
    known = text_paths(scenario) | folded_texts(scenario)
    assert set(read_texts(file, known)) == {path for path, text in known.items() if text.strip()}


def test_there_are_committed_texts() -> None:
    assert len(COMMITTED) >= 4


@pytest.mark.parametrize("name", ["geneva-2026", "energy-truce-2026"])
def test_what_a_game_folds_in_has_the_paths_that_were_foretold(name: str) -> None:
    scenario = load(FOLDER / f"{name}.scenario.yaml")
    known = text_paths(scenario) | folded_texts(scenario)
    for seed in range(5):
        assert set(text_paths(fixed_game(scenario, seed).scenario)) <= set(known)
