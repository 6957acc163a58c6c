"""The scenarios that come with negsim do what they are expected to, and an earlier version of one does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from negsim.checks.checking import Checking, check_file
from negsim.checks.replaying import replay
from negsim.scenario import load, load_with_places

ROOT = Path(__file__).parent.parent.parent
SCENARIOS = sorted((ROOT / "scenarios").glob("*.scenario.yaml"))
EARLIER = ROOT / "scenarios" / "worked" / "house-sale-in-fives.scenario.yaml"
BROKEN = "room_for_a_whole_thousand"


def judged(file: Path, *names: str, folder: str = "") -> dict[str, tuple[str, bool]]:
    """Judge what is expected of a file: each verdict, and whether it only warns."""
    checks = names or ("expect",)
    report = check_file(str(file), Checking(checks=checks, max_examples=100, folder=folder))
    assert report.usable
    return {
        one.judgement.expectation.id: (one.judgement.verdict.value, one.judgement.expectation.warns)
        for one in report.judged
    }


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.name.partition(".")[0])
def test_a_scenario_does_what_it_is_expected_to_and_says_why(file: Path) -> None:
    expectations = load(file).expectations
    assert len(expectations) >= (10 if file.name.startswith("geneva") else 5)
    assert [one.id for one in expectations if not one.because and not one.warns] == []
    found = judged(file)
    assert {name: verdict for name, (verdict, warns) in found.items() if verdict != "holds" and not warns} == {}


def test_an_earlier_version_breaks_one_expectation_and_no_other() -> None:
    found = judged(EARLIER)
    assert {name for name, (verdict, _) in found.items() if verdict != "holds"} == {BROKEN}
    assert found[BROKEN] == ("fails", False)


def test_the_committed_counterexample_is_what_is_found_today_and_still_stands(tmp_path: Path) -> None:
    (committed,) = (EARLIER.parent / "counterexamples").glob("*.yaml")
    assert replay(load_with_places(committed)).stands is True
    judged(EARLIER, f"expect:{BROKEN}", folder=str(tmp_path))
    (found,) = tmp_path.glob("*.yaml")
    changes = load(committed).counterexample
    assert changes is not None
    fresh = load(found).counterexample
    assert fresh is not None
    assert changes.changes == fresh.changes
