"""Assertions about scenarios, and the smallest change that makes something untrue."""

from __future__ import annotations

import subprocess
import sys
import warnings
from dataclasses import replace
from pathlib import Path

import pytest

import negsim.testing
from negsim.checks.theorems import THEOREMS
from negsim.checks.theorems.checked import fails
from negsim.errors import ScenarioError, UsageError
from negsim.scenario import Scenario, load_with_places, loads
from negsim.scenario.quantities import Constant
from negsim.testing import NegsimWarning, assert_expectations, assert_property, smallest_change
from tests.testing.sales import EXPECT, ROOT, SALE, write_sale

LINES = """\
negsim: 1
id: lines
title: A sale with red lines
issues: {price: {title: Price, scale: 0..100, step: 1}}
parties:
  buyer:
    title: Buyer
    demands: {price: 0}
    no_deal: 10..30
    red_lines: {cap: {require: price <= 80, firmness: 0.7}}
  seller:
    title: Seller
    demands: {price: 100}
    no_deal: 20..60
    red_lines: {floor: {require: price >= 10, firmness: 0.2..0.4}}
"""


def held(scenario: Scenario, party: int) -> float | None:
    """The no-deal value of a party, where it is certain."""
    quantity = scenario.parties[party].no_deal
    return quantity.value if isinstance(quantity, Constant) else None


def firmness(scenario: Scenario, party: int) -> object:
    return scenario.parties[party].red_lines[0].firmness


# ------------------------------------------------------------------------------------- expectations


def test_all_that_is_not_met_is_in_the_message_with_what_breaks_it(tmp_path: Path) -> None:
    path = write_sale(tmp_path)
    with pytest.raises(AssertionError) as caught:
        assert_expectations(path)
    said = str(caught.value)
    assert f"{path}:11:11: error[NS601]: always does not hold" in said
    assert f"{path}:7:59: parties.seller.no_deal\n      - 40..80\n      + 80" in said
    assert "warning[NS601]: warned does not hold" in said
    assert "undecided is undecided" in said
    assert "likely" not in said


def test_what_is_met_is_met_in_silence_and_doubts_warn(tmp_path: Path) -> None:
    path = write_sale(tmp_path)
    assert_expectations(path, only=("likely",))
    with pytest.warns(NegsimWarning, match="warned does not hold") as caught:
        assert_expectations(str(path), only=("likely", "warned"))
    assert [Path(one.filename).name for one in caught] == ["test_assertions.py"]
    with pytest.warns(NegsimWarning, match="undecided is undecided"):
        assert_expectations(load_with_places(path), only="undecided")


def test_a_scenario_at_hand_has_places_in_the_text_it_would_have() -> None:
    with pytest.raises(AssertionError, match=r"<sale>:\d+:\d+: parties\.seller\.no_deal"):
        assert_expectations(loads(SALE + EXPECT), only=("always",))


def test_a_misspelt_expectation_is_no_pass(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no expectation likley; did you mean 'likely'"):
        assert_expectations(write_sale(tmp_path), only=("likley",))


def test_a_scenario_of_which_nothing_is_expected_is_no_pass() -> None:
    with pytest.raises(UsageError, match="expects nothing"):
        assert_expectations(loads(SALE))


# ----------------------------------------------------------------------------------------- property


def test_a_claim_is_judged_of_any_scenario() -> None:
    sale = loads(SALE)
    assert_property(sale, "p_zone > 0.5")
    with pytest.raises(AssertionError) as caught:
        assert_property(sale, "for every world,\n  zone")
    lines = str(caught.value).splitlines()
    assert lines[0] == "<sale>: for every world, zone does not hold"
    assert [line.strip() for line in lines[-2:]] == ["- 40..80", "+ 80"]


def test_a_claim_that_is_undecided_warns() -> None:
    with pytest.warns(NegsimWarning, match=r"p_zone == 0.75 is undecided"):
        assert_property(loads(SALE), "p_zone == 0.75", most_worlds=2048)


def test_an_expectation_is_judged_by_its_name() -> None:
    sale = loads(SALE + EXPECT)
    assert_property(sale, "likely")
    with pytest.raises(AssertionError, match="always does not hold"):
        assert_property(sale, "always")


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("p_zonk > 0.5", "claim:1:1: error[NS310]: there is no result 'p_zonk'"),
        ("p_zone > 0.5 and\np_zonk > 0.5", "claim:1:18: error[NS310]"),
        ("likly", "did you mean 'likely'?"),
        ("for every world, zone and 'x'", "claim:1:"),
        ("", "the claim is empty"),
    ],
)
def test_a_claim_that_cannot_be_understood_shows_where(claim: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        assert_property(loads(SALE + EXPECT), claim)
    assert said in str(caught.value)
    assert "--set" not in str(caught.value)


def test_a_theorem_is_checked_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    sale = loads(SALE)
    assert_property(sale, "individually_rational")
    with pytest.warns(NegsimWarning, match="dropping_a_rule_never_closes does not apply"):
        assert_property(sale, "dropping_a_rule_never_closes")
    with pytest.raises(UsageError, match="did you mean 'individually_rational'"):
        assert_property(sale, "individualy_rational")
    wrong = replace(THEOREMS["scale"], check=lambda _: fails("scale", 3, "3 of 8 worlds differ", "world 5"))
    monkeypatch.setitem(THEOREMS, "scale", wrong)
    with pytest.raises(AssertionError, match=r"<sale>: scale fails: 3 of 8 worlds differ"):
        assert_property(sale, "scale")


def test_a_scenario_without_outcomes_is_no_scenario_to_judge() -> None:
    rules = "rules: {low: {require: price < 10}, high: {require: price > 90}}\n"
    with pytest.raises(ScenarioError, match="NS410"):
        assert_property(loads(SALE + rules), "p_zone > 0.5")


# --------------------------------------------------------------------------------- smallest change


def test_nothing_is_found_where_nothing_is_wrong_and_calls_are_counted() -> None:
    seen: list[Scenario] = []

    def fine(scenario: Scenario) -> bool:
        seen.append(scenario)
        return True

    assert smallest_change(loads(LINES), fine, max_examples=60) is None
    assert 20 < len(seen) <= 60
    assert len(seen) == len(set(map(repr, seen)))


def test_a_scenario_that_is_wrong_as_it_stands_needs_no_change() -> None:
    found = smallest_change(loads(LINES), lambda _: False)
    assert found is not None
    assert (found.edits, found.n_cases, found.scenario) == ((), 1, loads(LINES))
    assert str(found) == "nothing needs to be changed"


def test_one_value_is_changed_to_a_round_one_where_one_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "lines.scenario.yaml"
    path.write_text(LINES, encoding="utf-8")
    found = smallest_change(path, lambda scenario: (held(scenario, 1) or 0) < 47)
    assert found is not None
    assert str(found) == f"{path}:14:14: parties.seller.no_deal\n  - 20..60\n  + 50"
    assert found.text == LINES.replace("20..60", "50")
    assert held(found.scenario, 1) == 50


def test_two_values_are_changed_where_it_takes_two() -> None:
    def fine(scenario: Scenario) -> bool:
        buyer, seller = held(scenario, 0), held(scenario, 1)
        return buyer is None or seller is None or buyer + seller < 75

    found = smallest_change(loads(LINES), fine)
    assert found is not None
    assert [edit.path[1] for edit in found.edits] == ["buyer", "seller"]
    assert sum(float(edit.value) for edit in found.edits) >= 75
    assert not fine(found.scenario)


@pytest.mark.parametrize(("party", "value"), [(0, 0.0), (0, 1.0), (1, 0.0), (1, 1.0)])
def test_a_red_line_is_settled_either_way(party: int, value: float) -> None:
    found = smallest_change(loads(LINES), lambda scenario: firmness(scenario, party) != Constant(value))
    assert found is not None
    assert [(edit.path[-1], edit.value) for edit in found.edits] == [("firmness", f"{value:g}")]
    assert firmness(found.scenario, party) == Constant(value)


def test_a_value_that_stands_in_a_base_is_changed_without_a_text(tmp_path: Path) -> None:
    write_sale(tmp_path)
    path = tmp_path / "other.scenario.yaml"
    path.write_text("negsim: 1\nbase: sale.scenario.yaml\n", encoding="utf-8")
    found = smallest_change(path, lambda scenario: held(scenario, 1) is None)
    assert found is not None
    assert found.text is None
    assert "sale.scenario.yaml:7:59: parties.seller.no_deal" in str(found)


def test_what_a_predicate_raises_is_raised() -> None:
    def wrong(_: Scenario) -> bool:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        smallest_change(loads(LINES), wrong)
    with pytest.raises(UsageError, match="max_examples"):
        smallest_change(loads(LINES), wrong, max_examples=0)


def test_a_scenario_without_uncertainty_can_only_be_asked_about_as_it_stands() -> None:
    certain = loads(SALE.replace("40..80", "40"))
    assert smallest_change(certain, lambda _: True) is None
    found = smallest_change(certain, lambda _: False)
    assert found is not None
    assert found.n_cases == 1


# ------------------------------------------------------------------------------------------- import


def test_importing_the_package_loads_neither_numpy_nor_hypothesis() -> None:
    code = "import sys, negsim.testing; print(*sorted({'numpy', 'hypothesis', 'yaml', 'pytest'} & set(sys.modules)))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == ""


def test_every_name_of_the_package_is_there_and_no_other() -> None:
    with warnings.catch_warnings():
        assert all(hasattr(negsim.testing, name) for name in negsim.testing.__all__)
    with pytest.raises(AttributeError, match="assert_nothing"):
        _ = negsim.testing.assert_nothing
