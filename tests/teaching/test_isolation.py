"""Nothing of another role's private block is on any sheet, nor in its name, nor anywhere in its file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from negsim.cli.sheets_folder import sheet_files
from negsim.scenario import Scenario, load, loads
from negsim.scenario.writer import to_plain
from negsim.teaching import sheets as teaching_sheets
from negsim.teaching.analysis import analyse_game
from negsim.teaching.game import fixed_game
from negsim.teaching.sheets import PublicParty, Text, instructors_pack
from negsim.testing.strategies import scenarios
from tests.scenario.rich import RATIFIED, RICH
from tests.teaching.private import PRIVATE, PUBLIC, Document, Planting, filled, patterns

FOLDER = Path(__file__).parents[2] / "scenarios"
COMMITTED = sorted(FOLDER.glob("*.scenario.yaml"))
DRAWN = scenarios(stakes=True, bargaining=True, sheets=True, max_issues=3)
FEW = settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def files_of(scenario: Scenario) -> dict[str, bytes]:
    game = fixed_game(scenario)
    pack = instructors_pack(game, analyse_game(game.scenario))
    return sheet_files(pack, game, language="en", texts={}, written_in="en")


def planted(document: Document, *parties: str) -> tuple[Document, dict[str, Planting]]:
    """Plant in the blocks of some parties."""
    planting = {party: Planting(party) for party in parties}
    blocks = {
        name: planting[name].plant(block) if name in planting else block for name, block in document["parties"].items()
    }
    return document | {"parties": blocks}, planting


def owner_of(file: str) -> str:
    """Whose private block a file may hold: a role's id, "" for nobody's, "*" for everybody's."""
    if file.startswith("instructor/"):
        return "*"
    return file.removeprefix("role-").removesuffix(".html") if file.startswith("role-") else ""


def leaks(files: Mapping[str, bytes], planting: Mapping[str, Planting]) -> list[tuple[str, str]]:
    """Every marker in a file, or in the name of one, that is not its owner's."""
    return [
        (file, marker)
        for file, content in files.items()
        for party, one in planting.items()
        if owner_of(file) not in (party, "*")
        for marker in one.markers
        if marker.encode() in content or marker in file
    ]


def read(document: Document) -> Scenario:
    return loads(json.dumps(document))


def assert_no_marker_leaks(scenario: Scenario) -> None:
    document, planting = planted(filled(to_plain(scenario)), *to_plain(scenario)["parties"])  # type: ignore[misc]
    files = files_of(read(document))
    assert leaks(files, planting) == []
    for party, one in planting.items():
        told = [marker for marker, pattern in one.markers.items() if pattern[0] == "sheet"]
        assert len(told) == 5
        assert all(marker.encode() in files[f"role-{party}.html"] for marker in told), "the role itself is told"
        assert all(marker.encode() in files["instructor/told.html"] for marker in told), "so is the instructor"


def assert_no_figure_leaks(scenario: Scenario) -> None:
    """Change all that is private to one party: no file changes that is not its own or the instructor's."""
    document = filled(to_plain(scenario))
    before = files_of(read(document))
    for party in document["parties"]:
        after = files_of(read(planted(document, party)[0]))
        others = {file for file in before if owner_of(file) not in (party, "*")} - bound_to(party, document)
        assert set(after) == set(before)
        assert [file for file in sorted(others) if after[file] != before[file]] == []
        assert after[f"role-{party}.html"] != before[f"role-{party}.html"]


def bound_to(party: str, document: Document) -> set[str]:
    """Files of roles whose figures the author made of this party's: by a `same`, or by what a mediator does to them."""
    moved = {f"role-{name}.html" for name in document["parties"][party].get("levers", {})}
    same = {party}
    while True:
        named = {
            name
            for name, block in document["parties"].items()
            if any(f'"parties.{one}.' in json.dumps(block) for one in same)
        }
        if named <= same:
            return moved | {f"role-{name}.html" for name in same - {party}}
        same |= named


@cache
def a_scenario(path: Path) -> Scenario:
    return load(path)


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.name)
def test_no_marker_of_another_role_is_in_a_file_of_a_committed_scenario(path: Path) -> None:
    assert_no_marker_leaks(a_scenario(path))


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.name)
def test_no_private_figure_of_another_role_changes_a_file_of_a_committed_scenario(path: Path) -> None:
    assert_no_figure_leaks(a_scenario(path))


@pytest.mark.parametrize("text", [RICH, RATIFIED], ids=["rich", "ratified"])
def test_nothing_leaks_of_a_scenario_with_every_part_of_the_format(text: str) -> None:
    assert_no_marker_leaks(loads(text))
    assert_no_figure_leaks(loads(text))


@FEW
@given(DRAWN)
def test_no_marker_of_another_role_is_in_a_file_of_a_drawn_scenario(scenario: Scenario) -> None:
    assert_no_marker_leaks(scenario)


@FEW
@given(DRAWN)
def test_no_private_figure_of_another_role_changes_a_file_of_a_drawn_scenario(scenario: Scenario) -> None:
    assert_no_figure_leaks(scenario)


def test_every_private_field_of_the_schema_is_planted_in() -> None:
    seen = set()
    for text in (RICH, RATIFIED):
        document = filled(to_plain(loads(text)))
        for one in planted(document, *document["parties"])[1].values():
            seen |= one.seen
    of_no_deal = {pattern for pattern in PRIVATE if "no_deal" in pattern}
    assert PRIVATE - of_no_deal - seen == set()
    # A no-deal value has the same parts at many places; each part is planted in at some.
    assert {parts_of(pattern) for pattern in of_no_deal} - {parts_of(pattern) for pattern in seen} == set()


def parts_of(pattern: tuple[str, ...]) -> tuple[str, ...]:
    """The last names of a pattern, ids apart."""
    return tuple(name for name in pattern if name != "*")[-1:]


def test_what_is_public_is_in_the_schema() -> None:
    assert set(patterns()) >= PUBLIC
    assert not PUBLIC & PRIVATE


def test_a_deliberate_leak_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = a_scenario(FOLDER / "house-sale.scenario.yaml")
    real = teaching_sheets._public

    def leaking(actor):
        public = real(actor)
        return PublicParty(
            public.id,
            public.title,
            public.role,
            Text(("about",), actor.sheet.story),
            public.demands,
            public.lines,
            None,
        )

    monkeypatch.setattr(teaching_sheets, "_public", leaking)
    with pytest.raises(AssertionError):
        assert_no_marker_leaks(scenario)
    with pytest.raises(AssertionError):
        assert_no_figure_leaks(scenario)


def test_a_leak_of_a_figure_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = a_scenario(FOLDER / "energy-truce-2026.scenario.yaml")
    real = teaching_sheets._public

    def leaking(actor):
        public = real(actor)
        said = Text(("about",), f"{actor.no_deal}")
        return PublicParty(public.id, public.title, public.role, said, public.demands, public.lines, None)

    monkeypatch.setattr(teaching_sheets, "_public", leaking)
    with pytest.raises(AssertionError):
        assert_no_figure_leaks(scenario)


def test_no_sheet_has_a_comment_a_script_or_an_address_to_fetch() -> None:
    for file, content in files_of(a_scenario(FOLDER / "geneva-2026.scenario.yaml")).items():
        if file.endswith(".html"):
            for sign in (b"<!--", b"<script", b"http:", b"https:", b"src=", b"url("):
                assert sign not in content, (file, sign)


def test_the_names_of_files_tell_the_roles_and_no_more() -> None:
    assert set(files_of(a_scenario(FOLDER / "house-sale.scenario.yaml"))) == {
        "general.html", "agreement.html", "role-buyer.html", "role-seller.html", "instructor/pack.html", "instructor/key.html",
        "instructor/told.html",
        "instructor/points.csv", "instructor/game.scenario.yaml", "instructor/sheets.json",
    }  # fmt: skip
