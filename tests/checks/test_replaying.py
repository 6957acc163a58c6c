"""Replaying counterexamples: while they stand, once they are fixed, and when what they speak of is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from negsim.checks.checking import Checking, check_file
from negsim.checks.file_report import FileReport
from negsim.checks.replaying import replay
from negsim.checks.verdict_codes import IMPOSSIBLE, STILL_BROKEN
from negsim.report.text_check import file_text
from negsim.scenario import load_with_places
from tests.checks.test_counterexamples import SALE, check, write

SECOND = '  small: {that: "for every world, zone_size <= 90"}\n'


@pytest.fixture
def found(tmp_path: Path) -> str:
    """A counterexample of the sale, in a folder beside it."""
    (judged,) = check(write(tmp_path, SALE), tmp_path / "found").judged
    assert judged.counterexample is not None
    return judged.counterexample.path


def replayed(file: str, *checks: str) -> FileReport:
    return check_file(file, Checking(checks=checks))


def codes(report: FileReport) -> list[str]:
    return [problem.code for problem in report.all_problems]


@pytest.mark.parametrize("checks", [(), ("replay",), ("*",)])
def test_a_counterexample_stands_while_the_scenario_is_as_it_was(found: str, checks: tuple[str, ...]) -> None:
    report = replayed(found, *checks)
    assert report.replay is not None
    assert (report.replay.stands, report.replay.expect) == (True, "roomy")
    assert Path(report.replay.of).name == "sale.scenario.yaml"
    assert codes(report) == [STILL_BROKEN]
    assert report.judged == ()


def test_it_is_not_replayed_where_something_else_is_asked_for(found: str) -> None:
    assert replayed(found, "lint").replay is None
    report = check_file(found, Checking(exclude=("replay",), max_examples=10))
    assert report.replay is None
    assert [one.judgement.verdict.value for one in report.judged] == ["fails"]


@pytest.mark.parametrize(
    ("before", "after"),
    [(">= 30", ">= 10"), ("step: 1}", "step: 0.5}"), ("no_deal: 10..29", "no_deal: 5..15")],
    ids=["the claim", "the issue", "the other party"],
)
def test_it_is_fixed_once_the_author_has_mended_the_scenario(
    found: str, tmp_path: Path, before: str, after: str
) -> None:
    write(tmp_path, SALE.replace(before, after))
    report = replayed(found)
    assert report.replay is not None
    # The file itself says the claim, and all else, as they were.
    assert (report.replay.stands, report.replay.reason) == (False, "")
    assert codes(report) == []


def test_it_is_none_where_the_author_no_longer_leaves_open_what_was_changed(found: str, tmp_path: Path) -> None:
    write(tmp_path, SALE.replace("10..60", "10..40"))
    report = replayed(found)
    assert codes(report) == []
    assert report.replay is not None
    assert (report.replay.stands, report.replay.reason) == (False, "parties.buyer.no_deal can no longer be 60")
    # Whether another value breaks it was not asked.
    assert f"negsim check {report.replay.of} --checks expect:{report.replay.expect} looks" in file_text(report)


def test_it_is_judged_by_itself_where_the_scenario_is_gone(found: str, tmp_path: Path) -> None:
    (tmp_path / "sale.scenario.yaml").unlink()
    report = replayed(found)
    assert report.replay is not None
    assert report.replay.stands is True
    assert report.replay.reason.startswith("judged by the file alone: ")
    assert codes(report) == [STILL_BROKEN]


def test_it_is_judged_by_itself_where_its_changes_no_longer_fit(found: str, tmp_path: Path) -> None:
    write(tmp_path, SALE.replace("  buyer:", "  purchaser:"))
    report = replayed(found)
    assert report.replay is not None
    assert report.replay.stands is True
    assert "judged by the file alone" in report.replay.reason


def test_an_expectation_with_another_name_is_asked_for(found: str, tmp_path: Path) -> None:
    write(tmp_path, SALE.replace("roomy:", "roomier:"))
    report = replayed(found)
    assert report.replay is not None
    assert report.replay.stands is None
    assert "has no expectation roomy on every world; did you mean 'roomier'?" in report.replay.reason
    assert codes(report) == [IMPOSSIBLE]


def test_a_claim_that_is_no_longer_on_every_world_cannot_be_replayed(found: str, tmp_path: Path) -> None:
    write(tmp_path, SALE.replace("for every world, zone_size >= 30", "zone_size >= 30"))
    assert codes(replayed(found)) == [IMPOSSIBLE]


def test_other_expectations_of_the_scenario_are_left_alone(found: str, tmp_path: Path) -> None:
    write(tmp_path, SALE.replace(">= 30", ">= 10") + SECOND)
    report = replayed(found)
    assert report.replay is not None
    assert report.replay.stands is False


def test_changes_by_set_are_made_again_when_a_counterexample_is_replayed(tmp_path: Path) -> None:
    # Without them the scenario is certain, and as it should be.
    calm = SALE.replace("10..60", "31").replace("10..29", "20")
    (judged,) = check(write(tmp_path, calm), tmp_path / "found", "parties.seller.no_deal=45").judged
    assert judged.counterexample is not None
    assert judged.counterexample.edits == ()
    report = replayed(judged.counterexample.path)
    assert report.replay is not None
    assert report.replay.stands is True


def test_it_stands_where_a_tied_quantity_was_changed(tmp_path: Path) -> None:
    tie = "ties:\n  market: {between: [parties.buyer.no_deal, parties.seller.no_deal], rank_correlation: 0.5}\n"
    (judged,) = check(write(tmp_path, SALE.replace("expect:", f"{tie}expect:")), tmp_path / "found").judged
    assert judged.counterexample is not None
    assert codes(replayed(judged.counterexample.path)) == [STILL_BROKEN]


OWN = """\
negsim: 1
id: sale
title: A sale
issues: {price: {title: Price, scale: 0..100, step: 1}}
parties:
  buyer: {title: Buyer, demands: {price: 0}, no_deal: 30..60}
  seller: {title: Seller, demands: {price: 100}, no_deal: 30..60}
expect: {room: {that: "for every world, zone"}}
"""


def test_a_file_of_somebody_else_is_never_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "found"
    folder.mkdir()
    notes = folder / "sale--room.scenario.yaml"
    notes.write_text("my own notes", encoding="utf-8")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        scenario = tmp_path / name / "sale.scenario.yaml"
        scenario.write_text(OWN, encoding="utf-8")
        for _ in range(2):
            check_file(str(scenario), Checking(checks=("expect",), folder=str(folder)))
    assert notes.read_text(encoding="utf-8") == "my own notes"
    # One for each scenario, the second time in its own place.
    assert sorted(path.name for path in folder.iterdir()) == [
        "sale--room-2.scenario.yaml",
        "sale--room-3.scenario.yaml",
        "sale--room.scenario.yaml",
    ]


TIED = """\
negsim: 1
id: tied
title: Two alternatives that go together
issues: {price: {title: Price, scale: 0..100, step: 1}}
parties:
  buyer: {title: Buyer, demands: {price: 0}, no_deal: 30..60}
  seller: {title: Seller, demands: {price: 100}, no_deal: 30..60}
ties: {k: {between: [parties.buyer.no_deal, parties.seller.no_deal], rank_correlation: 0.5}}
expect:
  room: {that: "for every world, parties.buyer.no_deal < 55 implies zone"}
  tie: {that: p_zone does not decrease when ties.k is dropped, severity: warn}
  dear: {that: p_zone does not increase when parties.buyer.no_deal goes 30..60}
  wrong: {that: "p_zone is unchanged when issues.price is dropped"}
"""


def test_a_tie_is_dropped_where_one_of_its_values_is_held_whatever_other_claims_say_of_it(tmp_path: Path) -> None:
    scenario = tmp_path / "tied.scenario.yaml"
    scenario.write_text(TIED, encoding="utf-8")
    report = check_file(str(scenario), Checking(checks=("expect",), folder=str(tmp_path / "found")))
    room, _, dear, wrong = report.judged
    assert room.counterexample is not None
    # With the buyer at 45 the zone is gone where the seller has more than 55: 56 is nearer, and 60 is rounder.
    assert [(one.path[1], one.value) for one in room.counterexample.edits] == [("seller", "60"), ("k", "null")]
    assert replay(load_with_places(room.counterexample.path)).stands is True
    assert dear.judgement.verdict.value == "holds"
    assert wrong.problem is not None
    assert (wrong.problem.code, wrong.problem.severity.value) == ("NS607", "error")
