"""What is expected, in files: where its flaws stand, how it is merged and written, and what is reported beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from negsim.scenario import load, loads
from negsim.scenario.claims import Scope
from negsim.scenario.codes import EXAMPLE_BASE
from negsim.scenario.types import Scenario
from negsim.scenario.writer import write
from tests.scenario.marked import HEAD, assert_marked, problems_of
from tests.scenario.rich import RICH

FLAWED = [
    ("NS310", "expect: {room: {that: «p_zones» > 0.5}}"),
    ("NS310", 'expect: {room: {that: "«p_zones» > 0.5"}}'),
    ("NS310", "expect:\n  room:\n    that: p_zone > 0 and «p_zones» > 0.5 # a remark"),
    ("NS301", "expect: {cash: {that: p_option(payment = «cahs») > 0.5}}"),
    ("NS301", "expect: {cash: {that: 'for every outcome in zone, payment == «cahs»'}}"),
    ("NS302", "expect: {cash: {that: p_option(«paiment» = cash) > 0.5}}"),
    ("NS310", "expect: {good: {that: p_accept(«sellr») > 0.5}}"),
    ("NS310", "expect: {up: {that: p_zone increases when «parties.sellr.no_deal» goes 10..20}}"),
    ("NS311", "expect: {up: {that: p_zone rises «when» parties.seller.no_deal goes 10..20}}"),
    ("NS304", "expect: {room: {that: «p_zone»}}"),
    ("NS303", "expect: {room: {that: p_zone > 0 «p_zone» > 1}}"),
    ("NS311", 'expect: {room: {that: «""»}}'),
    ("NS310 NS310", "expect: {a: {that: «p_zones» > 0}, b: {that: zone_size > 1}, c: {that: «p_zons» > 0}}"),
    ("NS202", "expect: {«room»: {because: It must.}}"),
    ("NS204", "expect: {room: {that: p_zone > 0.5, severity: «warning»}}"),
    ("NS201", "expect: {room: {that: p_zone > 0.5, «reason»: It must.}}"),
    ("NS205", "expect: {«Room»: {that: p_zone > 0.5}}"),
    ("NS202", "«counterexample»: {of: boat.scenario.yaml}"),
]


@pytest.mark.parametrize(("codes", "marked"), FLAWED)
def test_a_flaw_stands_at_its_place_in_the_file(tmp_path: Path, codes: str, marked: str) -> None:
    assert_marked(tmp_path, codes, marked)


def test_a_claim_folded_over_lines_is_pointed_at_by_a_place_within_it(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, "expect:\n  room:\n    that: >\n      p_zone > 0\n      and p_zones > 1\n")
    assert problem.code == "NS310"
    assert problem.place is not None
    assert problem.place.line - HEAD.count("\n") in (3, 4, 5)


ONE_CAUSE = [
    # A claim that names what could not be built is not reported for that.
    ("NS412", "issues: {price: {step: «30»}}\nexpect: {cheap: {that: p_option(price <= 20) > 0}}"),
    ("NS202", "parties: {«broker»: {role: mediator}}\nexpect: {good: {that: p_accept(broker) > 0}}"),
    (
        "NS301",
        "rules: {fair: {require: payment == «cahs»}}\nexpect: {blocked: {that: p_blocks(rules.fair) < 1}}",
    ),
    ("NS412", "issues: {price: {step: «30»}}\nexpect: {room: {that: p_zones > 0}}"),
    # What is wrong by itself is.
    ("NS412 NS311", 'issues: {price: {step: «30»}}\nexpect: {room: {that: «""»}}'),
]


@pytest.mark.parametrize(("codes", "marked"), ONE_CAUSE)
def test_one_cause_is_one_problem(tmp_path: Path, codes: str, marked: str) -> None:
    assert_marked(tmp_path, codes, marked)


EXPECT = """
expect:
  room: {that: p_zone > 0.5, because: "They traded: for years."}
  certain: {that: "for every world, zone", severity: warn}
  cheap: {that: "for every outcome in zone, share <= 2"}
  harmless: {that: "p_zone is unchanged when parties.club.no_deal becomes {normal: {mean: 40, sd: 2}}"}
"""
FOUND = """
counterexample: {of: ../harbour.scenario.yaml, expect: certain, changes: {parties.club.no_deal: "40", war: "{}"}}
"""


def rich(*more: str) -> Scenario:
    return loads("\n".join([RICH, *more]))


@pytest.mark.parametrize("more", [(EXPECT,), (FOUND,), (EXPECT, FOUND)])
def test_what_is_written_is_read_back_the_same(more: tuple[str, ...]) -> None:
    scenario = rich(*more)
    assert loads(write(scenario)) == scenario


def test_expectations_and_counterexamples_are_as_they_stand_in_the_file() -> None:
    scenario = rich(EXPECT, FOUND)
    assert [(one.id, one.claim.scope, one.warns, one.because) for one in scenario.expectations] == [
        ("room", Scope.FILE, False, "They traded: for years."),
        ("certain", Scope.WORLD, True, ""),
        ("cheap", Scope.OUTCOME, False, ""),
        ("harmless", Scope.FILE, False, ""),
    ]
    assert scenario.expectations[0].path == ("expect", "room")
    found = scenario.counterexample
    assert found is not None
    assert (found.of, found.expect) == ("../harbour.scenario.yaml", "certain")
    assert found.changes == (("parties.club.no_deal", "40"), ("war", "{}"))


def test_expectations_of_a_base_are_inherited_changed_and_dropped(tmp_path: Path) -> None:
    expect = (
        "expect:\n  a: {that: p_zone > 0.1}\n  b: {that: p_zone > 0.2, severity: warn}\n  c: {that: p_zone > 0.3}\n"
    )
    (tmp_path / "boat.scenario.yaml").write_text(EXAMPLE_BASE + expect, encoding="utf-8")
    file = tmp_path / "change.scenario.yaml"
    file.write_text(
        HEAD + "expect:\n  b: {that: p_zone > 0.5}\n  c: null\n  d: {that: zone_size > 1}\n", encoding="utf-8"
    )
    found = load(file).expectations
    assert [(one.id, one.claim.text, one.warns) for one in found] == [
        ("a", "p_zone > 0.1", False),
        ("b", "p_zone > 0.5", True),
        ("d", "zone_size > 1", False),
    ]


def test_a_counterexample_of_a_base_is_none_of_what_starts_from_it(tmp_path: Path) -> None:
    found = "counterexample: {of: x.scenario.yaml, expect: room}\n"
    (tmp_path / "boat.scenario.yaml").write_text(EXAMPLE_BASE + found, encoding="utf-8")
    file = tmp_path / "change.scenario.yaml"
    file.write_text(HEAD, encoding="utf-8")
    assert load(tmp_path / "boat.scenario.yaml").counterexample is not None
    assert load(file).counterexample is None


def test_a_scenario_with_expectations_can_be_hashed_as_any_other() -> None:
    text = EXAMPLE_BASE + 'expect: {room: {that: "p_zone > 0.5 and p_option(payment = cash) > 0.1"}}\n'
    assert hash(loads(text)) == hash(loads(text))
