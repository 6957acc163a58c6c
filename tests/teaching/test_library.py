"""The cases that come with negsim: each has a scenario, roles to play, expectations, sources, and a teaching note."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from negsim.checks.lint import lint
from negsim.errors import UsageError
from negsim.report.provenance import origin
from negsim.scenario import load, load_with_places, loads
from negsim.scenario.inventory import list_quantities
from negsim.teaching.library import LEVELS, case_text, cases, find_case, library_folder, read_note

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "scenarios"
NAMES = sorted(path.name.removesuffix(".scenario.yaml") for path in SCENARIOS.glob("*.scenario.yaml"))
HEADINGS = ["Aims", "Level and time", "How to run it", "Questions", "What the analysis shows", "Debrief"]
HEAD = "---\ntitle: T\nlevel: advanced\nminutes: 30\nparties: 2\nteaches: [a, b]\n---\n\n# T\n"


def test_the_library_holds_every_scenario_and_at_least_ten() -> None:
    assert len(NAMES) >= 10
    assert sorted(case.name for case in cases()) == NAMES
    assert Path(str(library_folder())) == SCENARIOS


def test_cases_are_listed_from_easy_to_hard() -> None:
    levels = [LEVELS.index(case.level) for case in cases()]
    assert levels == sorted(levels)
    assert set(levels) == {0, 1, 2}


@pytest.mark.parametrize("name", NAMES)
def test_a_note_has_all_its_headings_in_order_and_a_command(name: str) -> None:
    case = find_case(name)
    assert re.findall(r"^## (.+)$", case.note, re.MULTILINE) == HEADINGS
    assert case.note.startswith(f"# {case.title}\n")
    shown = case.note[case.note.index("## What the analysis shows") :]
    assert f"$ negsim cases copy {name}\n" in shown
    assert len(re.findall(r"^\$ negsim (?!cases)", shown, re.MULTILINE)) in {1, 2, 3}


@pytest.mark.parametrize("name", NAMES)
def test_a_note_is_about_its_scenario(name: str) -> None:
    case, scenario = find_case(name), load(SCENARIOS / f"{name}.scenario.yaml")
    assert scenario.id == name
    assert (case.title, case.parties) == (scenario.title, len(scenario.parties))
    assert case.teaches


@pytest.mark.parametrize("name", NAMES)
def test_every_role_has_a_story_interests_and_what_it_may_say(name: str) -> None:
    for party in load(SCENARIOS / f"{name}.scenario.yaml").parties:
        assert party.about
        assert party.sheet is not None
        assert party.sheet.story
        assert len(party.sheet.interests) >= 2
        assert party.sheet.may_say


@pytest.mark.parametrize("name", NAMES)
def test_no_story_gives_figures_away(name: str) -> None:
    # Figures of a role are drawn for its sheet; prose that names any would contradict them, or another role's.
    for party in load(SCENARIOS / f"{name}.scenario.yaml").parties:
        assert party.sheet is not None
        told = " ".join([party.sheet.story, *party.sheet.interests, *party.sheet.may_say])
        assert set(re.findall(r"\d+", told)) <= {"1967", "2014"}


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_a_party_says_where_it_comes_from(name: str) -> None:
    scenario = load(SCENARIOS / f"{name}.scenario.yaml")
    paths = [found.path for found in list_quantities(scenario)]
    assert paths
    assert [path for path in paths if origin(path, scenario.provenance) is None] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_complete_in_its_own_file_and_free_of_warnings(name: str) -> None:
    loaded = load_with_places(SCENARIOS / f"{name}.scenario.yaml")
    assert "base" not in loaded.document.tree
    assert lint(loaded) == ()
    assert len(loaded.scenario.expectations) >= 5
    text = (SCENARIOS / f"{name}.scenario.yaml").read_text(encoding="utf-8")
    assert text.startswith("# ")


def test_the_table_in_the_readme_is_the_library() -> None:
    page = (SCENARIOS / "README.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| \[`([\w-]+)`\]\(([\w.-]+)\) \| (.+?) \| (\w+) \| (\d+) \| (\d+) \| (.+?) \|$", page, re.MULTILINE
    )
    assert [
        (name, note, title, level, int(parties), int(minutes), teaches)
        for name, note, title, level, parties, minutes, teaches in rows
    ] == [
        (
            case.name,
            f"{case.name}.teaching.md",
            case.title,
            case.level,
            case.parties,
            case.minutes,
            ", ".join(case.teaches),
        )
        for case in cases()
    ]


def test_a_case_is_found_by_its_name_and_by_that_of_its_file() -> None:
    assert find_case("job-offer") == find_case("job-offer.scenario.yaml")


@pytest.mark.parametrize(
    ("name", "hint"), [("job-ofer", "job-offer"), ("Geneva-2026", "geneva-2026"), ("xyz", "negsim cases")]
)
def test_the_nearest_case_is_named(name: str, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        find_case(name)


def test_a_case_is_copied_with_its_comments_and_under_another_id_if_wanted() -> None:
    text = (SCENARIOS / "job-offer.scenario.yaml").read_text(encoding="utf-8")
    assert case_text("job-offer") == text
    renamed = case_text("job-offer", "my-offer")
    assert loads(renamed).id == "my-offer"
    assert renamed.replace("id: my-offer\n", "id: job-offer\n") == text


def test_a_note_without_a_proper_head_is_refused() -> None:
    assert read_note("t", HEAD).teaches == ("a", "b")
    with pytest.raises(UsageError, match="has no head"):
        read_note("t", "# T\n")
    for wrong, said in [
        ("level: advanced\n", "no level"),
        ("minutes: 30\n", "no minutes"),
        ("teaches: [a, b]\n", "no teaches"),
    ]:
        with pytest.raises(UsageError, match=said):
            read_note("t", HEAD.replace(wrong, ""))
    with pytest.raises(UsageError, match="it is one of introductory"):
        read_note("t", HEAD.replace("advanced", "hard"))
