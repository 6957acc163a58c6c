"""Theorems tried on scenarios: they hold, and each fails where a fault is planted that it speaks of."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings

from negsim.bargaining import judging
from negsim.checks.judging.variants import Variants
from negsim.checks.theorems import THEOREMS, Checked, Evidence, Theorem, Verdict, check_theorems, evidence
from negsim.checks.theorems import order_of_blocks as by_blocks
from negsim.errors import ScenarioError
from negsim.model import bases, draws, rebuilding, structure, values, worlds
from negsim.model.no_deal import without_deal
from negsim.scenario import load_with_places, writer
from negsim.solutions.table import SOLUTIONS
from negsim.zone import compiled, counting, settlements, violations
from negsim.zone.consent import consent_of
from negsim.zone.existence import zone_exists
from tests.checks.quarrel import QUARREL, variants_of
from tests.strategies import Document, documents
from tests.strategies_stakes import stakes

SCENARIOS = sorted((Path(__file__).parent.parent.parent / "scenarios").glob("*.scenario.yaml"))
EVERY_THEOREM = pytest.mark.parametrize("theorem", THEOREMS.values(), ids=list(THEOREMS))

Patch = pytest.MonkeyPatch


def check(name: str, text: str = QUARREL) -> Checked:
    (found,) = check_theorems(variants_of(text), [name])
    return found


def assert_fails(name: str, words: str, text: str = QUARREL) -> None:
    found = check(name, text)
    assert found.verdict is Verdict.FAILS, found
    assert words in found.detail
    assert "bug of negsim" in found.detail
    assert found.where


@EVERY_THEOREM
def test_a_manual_says_what_holds_why_and_where(theorem: Theorem) -> None:
    assert theorem.title
    assert not theorem.title.endswith(".")
    assert "Why: " in theorem.manual
    assert "Scope: " in theorem.manual


@EVERY_THEOREM
def test_each_theorem_applies_to_the_quarrel_and_holds(theorem: Theorem) -> None:
    found = check(theorem.id)
    assert found.verdict is Verdict.HOLDS, found
    assert found.n_cases > 0


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.name)
def test_all_theorems_hold_on_a_committed_scenario(path: Path) -> None:
    found = list(check_theorems(Variants(load_with_places(path))))
    assert [one for one in found if one.verdict is Verdict.FAILS] == []
    assert sum(one.verdict is Verdict.HOLDS for one in found) >= 10


def _assert_all_hold(document: Document) -> None:
    variants = variants_of(json.dumps(document))
    try:
        variants.whole()
    except ScenarioError as error:
        assert error.problems[0].code == "NS410"  # noqa: PT017
        return
    assert [one for one in check_theorems(variants) if one.verdict is Verdict.FAILS] == []


@settings(max_examples=20)
@given(documents())
def test_all_theorems_hold_on_random_scenarios(document: Document) -> None:
    _assert_all_hold(document)


@settings(max_examples=20)
@given(stakes())
def test_all_theorems_hold_on_random_scenarios_with_wars_and_breaches(document: Document) -> None:
    _assert_all_hold(document)


def test_an_unknown_theorem_is_refused() -> None:
    with pytest.raises(KeyError):
        list(check_theorems(variants_of(QUARREL), ["nothing"]))


# Faults


def test_a_red_line_that_is_ignored_is_noticed(monkeypatch: Patch) -> None:
    monkeypatch.setattr(
        bases, "blocked_by_signature", lambda cells, real: np.zeros((len(real), len(cells.by_conditions[1])), np.bool_)
    )
    assert_fails("no_firm_line_crossed", "crosses a real red line")


def test_a_rule_that_is_skipped_is_noticed(monkeypatch: Patch) -> None:
    monkeypatch.setattr(structure, "truth_on", lambda condition, issues, axes: np.ones((1,) * len(axes), np.bool_))
    assert_fails("no_firm_line_crossed", "breaks a rule")


def test_an_issue_that_does_not_arise_and_has_an_option_is_noticed(monkeypatch: Patch) -> None:
    monkeypatch.setattr(structure, "_relevance", lambda issue, axis, relevant: np.ones((1,) * relevant.ndim, np.bool_))
    text = QUARREL.replace("{title: Who carries it,", "{title: Who carries it, when: delivery != now,")
    text = text.replace("    no_deal: {same_as", "    values: {carrier: {irrelevant: 50}}\n    no_deal: {same_as")
    assert_fails("no_firm_line_crossed", "does not arise", text)


def test_a_party_that_is_not_asked_is_noticed(monkeypatch: Patch) -> None:
    honest = consent_of

    def forgetful(scenario: Any) -> Any:
        consent = honest(scenario)
        asked = tuple(k for k in consent.required if scenario.actors[k].id != "bank")
        return replace(consent, required=asked)

    monkeypatch.setattr(compiled, "consent_of", forgetful)
    bank = "{title: Bank, role: guarantor, consents_to: price >= 30, demands: {price: 0}, no_deal: 60}"
    text = QUARREL.replace("parties:\n", f"parties:\n  bank: {bank}\n")
    assert_fails("individually_rational", "worth less than no deal to bank", text)


def test_a_no_deal_value_that_is_too_low_is_noticed(monkeypatch: Patch) -> None:
    def low(*args: Any) -> Any:
        held = without_deal(*args)
        return replace(held, least=held.least - 2_000_000)

    monkeypatch.setattr(worlds, "without_deal", low)
    assert_fails("individually_rational", "worth less than no deal")
    assert_fails("zone_is_what_all_accept", "that somebody needed refuses")


def test_a_tie_that_is_refused_is_noticed_in_outcomes(monkeypatch: Patch) -> None:
    monkeypatch.setattr(
        counting,
        "accepts_outcomes",
        lambda held, party, outcomes: (
            held.free_sum(party, outcomes) > held.threshold(party, slice(None), outcomes.cell)
        ),
    )
    assert_fails("zone_is_what_all_accept", "is left out of the zone that everybody needed accepts")


TIED = """\
negsim: 1
id: tied
title: One price alone is left
issues: {price: {title: Price, scale: 0..100, step: 10}}
parties:
  buyer: {title: Buyer, demands: {price: 0}, no_deal: {same_as: {price: 50}}}
  seller: {title: Seller, demands: {price: 100}, no_deal: {same_as: {price: 50}}}
"""


def test_a_tie_that_is_refused_is_noticed_in_zones(monkeypatch: Patch) -> None:
    # What is more than no deal is what is at least as much as no deal and a unit.
    monkeypatch.setattr(
        evidence, "zone_exists", lambda held, found: zone_exists(held, found.pressed([-1e-5] * len(found.asked)))
    )
    assert_fails("zone_is_what_all_accept", "is said to have no zone", TIED)


def test_an_agreement_without_a_zone_is_noticed(monkeypatch: Patch) -> None:
    monkeypatch.setattr(evidence, "zone_exists", lambda held, found: np.zeros(found.n_worlds, np.bool_))
    assert_fails("agreement_needs_zone", "it is said that there is no zone")


def test_a_ratifier_who_is_not_asked_is_noticed(monkeypatch: Patch) -> None:
    monkeypatch.setattr(judging, "holds_at_home", lambda table, held, deal: np.ones(held.n_worlds, np.bool_))
    assert_fails("agreement_needs_zone", "does not accept")


def test_a_no_deal_value_that_counts_the_wrong_way_is_noticed(monkeypatch: Patch) -> None:
    def turned(actor: Any, *args: Any) -> Any:
        held = without_deal(actor, *args)
        return replace(held, least=8_000_000 - held.least) if actor.id == "buyer" else held

    for module in (worlds, rebuilding):
        monkeypatch.setattr(module, "without_deal", turned)
    assert_fails("no_deal_up_never_opens", "buyer has more without a deal")


def test_pressure_that_pushes_the_wrong_way_is_noticed(monkeypatch: Patch) -> None:
    honest = worlds.Worlds.pressed
    monkeypatch.setattr(worlds.Worlds, "pressed", lambda held, points: honest(held, [-one for one in points]))
    assert_fails("no_deal_up_never_opens", "is pressed")


def test_an_audience_cost_that_is_paid_out_is_noticed(monkeypatch: Patch) -> None:
    honest = bases.bonus_by_signature
    monkeypatch.setattr(
        bases,
        "bonus_by_signature",
        lambda cells, said: honest(cells, replace(said, audience_cost=-said.audience_cost)),
    )
    text = QUARREL.replace("require: price <= 50, firmness: 0.6", "require: price <= 20, firmness: 0.3")
    assert_fails("dropping_a_line_never_closes", "without parties.buyer.red_lines.cap", text)


def test_outcomes_that_are_lost_with_a_rule_are_noticed(monkeypatch: Patch) -> None:
    honest = structure._feasible_choices

    def losing(scenario: Any, cell_issues: Any) -> Any:
        found = honest(scenario, cell_issues)
        return found if scenario.rules else found[1::2]

    monkeypatch.setattr(structure, "_feasible_choices", losing)
    assert_fails("dropping_a_rule_never_closes", "without the rule courier_is_dear")


def test_coins_that_fall_the_wrong_way_are_noticed(monkeypatch: Patch) -> None:
    honest = draws._flip_coins
    monkeypatch.setattr(
        draws, "_flip_coins", lambda *args: {line: ~np.asarray(real) for line, real in honest(*args).items()}
    )
    assert_fails("firmer_never_opens", "firmness at 1")


def test_a_line_at_home_that_counts_as_a_bluff_is_noticed(monkeypatch: Patch) -> None:
    honest = bases.at_home
    monkeypatch.setattr(worlds, "at_home", lambda cells, said: tuple(~real for real in honest(cells, said)))
    # All of the outcomes that are left cross the line, so that everybody's refusal shows.
    text = QUARREL.replace("require: delivery == now", "require: price >= 90")
    assert_fails("asked_at_home_never_opens", "nobody asked at home", text)


def test_a_solution_that_wastes_something_is_noticed(monkeypatch: Patch) -> None:
    monkeypatch.setattr(
        settlements, "efficient_points", lambda gains: gains[:, [int(np.argmin(np.sum(gains, axis=0)))]]
    )
    assert_fails("nash_is_efficient", "all could have")


def test_a_product_that_is_not_the_largest_is_noticed(monkeypatch: Patch) -> None:
    def least_product(surplus: Any, weights: Any = None) -> Any:
        del weights
        logs = np.sum(np.log(np.maximum(surplus, 1)), axis=0)
        return np.array([np.argmin(np.where(np.all(surplus > 1_000, axis=0), logs, np.inf))])

    table = SOLUTIONS
    wrong = replace(table["nash"], solve=cast("Any", least_product))
    monkeypatch.setattr(settlements, "SOLUTIONS", {**table, "nash": wrong})
    assert_fails("nash_is_efficient", "beside a larger product", QUARREL.replace("no_deal: 30..50", "no_deal: 5..10"))


def test_weights_that_are_not_normalised_are_noticed(monkeypatch: Patch) -> None:
    def raw(party: Any, drawn: Any) -> Any:
        return {one.issue: drawn.quantity[*party.path, "priorities", one.issue] / 9 for one in party.priorities}

    monkeypatch.setattr(values, "weights", raw)
    assert_fails("scale", "multiplied by 4")


def test_values_that_hang_on_the_order_of_issues_are_noticed(monkeypatch: Patch) -> None:
    honest = values.weighted_values

    def first_counts_more(*args: Any) -> Any:
        first, *others = honest(*args)
        return [np.rint(first / 2), *others]

    monkeypatch.setattr(worlds, "weighted_values", first_counts_more)
    assert_fails("relabelling", "with the file turned round")


def _drawn_by_place(honest: Callable[..., Any]) -> Callable[..., Any]:
    def drawn(scenario: Any, **options: Any) -> Any:
        return honest(scenario, **{**options, "block": options["block"] + (scenario.issues[0].id == "price")})

    return drawn


def test_draws_that_hang_on_the_order_of_issues_are_noticed(monkeypatch: Patch) -> None:
    monkeypatch.setattr(compiled, "draw_block", _drawn_by_place(draws.draw_block))
    assert_fails("relabelling", "is drawn otherwise")


def test_worlds_that_look_at_others_are_noticed(monkeypatch: Patch) -> None:
    def all_but_the_last(held: Any, found: Any) -> Any:
        exists = zone_exists(held, found)
        exists[-10:] = False
        return exists

    for module in (evidence, by_blocks):
        monkeypatch.setattr(module, "zone_exists", all_but_the_last)
    assert_fails("order_of_blocks", "asked about together")


def test_draws_that_hang_on_how_many_there_are_are_noticed(monkeypatch: Patch) -> None:
    honest = draws.draw_block

    def uneven(scenario: Any, **options: Any) -> Any:
        return honest(scenario, **{**options, "seed": options["n_worlds"]})

    monkeypatch.setattr(compiled, "draw_block", uneven)
    assert_fails("order_of_blocks", "how many worlds are drawn")


def test_merging_that_forgets_who_is_short_is_noticed(monkeypatch: Patch) -> None:
    monkeypatch.setattr(violations, "_least_of_all", lambda held, party: np.full(held.n_worlds, 1e9))
    assert_fails("two_ways_agree", "by merging", QUARREL.replace("no_deal: 30..50", "no_deal: 60..75"))


def test_a_writer_that_forgets_something_is_noticed(monkeypatch: Patch) -> None:
    monkeypatch.setattr(writer, "unless_nothing", lambda quantity: None)
    assert_fails("written_reads_the_same", "parties")


# Scope


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("dropping_a_line_never_closes", "no red line"),
        ("dropping_a_rule_never_closes", "no rule"),
        ("firmer_never_opens", "may be a bluff"),
        ("asked_at_home_never_opens", "nobody has to ratify"),
        ("scale", "states priorities"),
        ("order_of_blocks", "one world"),
    ],
)
def test_what_a_scenario_lacks_is_named_where_a_theorem_does_not_apply(name: str, reason: str) -> None:
    found = check(name, TIED)
    assert found.verdict is Verdict.OUTSIDE
    assert reason in found.detail


def test_solutions_are_left_alone_under_a_quorum() -> None:
    found = check("nash_is_efficient", TIED + "agreement: {quorum: 1}\n")
    assert found.verdict is Verdict.OUTSIDE


def test_where_nothing_is_ever_acceptable_nothing_is_said_of_deals() -> None:
    text = TIED.replace("{price: 50}}}\n  seller", "{price: 0}}}\n  seller")
    found = check("individually_rational", text)
    assert found.verdict is Verdict.OUTSIDE
    assert "no zone and no agreement" in found.detail


def test_a_single_signatory_has_nobody_to_bargain_with() -> None:
    alone = TIED[: TIED.index("  seller")]
    assert check("agreement_needs_zone", alone).verdict is Verdict.OUTSIDE
    assert check("individually_rational", alone).verdict is Verdict.HOLDS


def test_zones_of_merged_issues_are_looked_at_too(monkeypatch: Patch) -> None:
    monkeypatch.setattr(compiled, "ENUMERATED", 1)
    for found in check_theorems(variants_of(QUARREL)):
        expected = Verdict.OUTSIDE if found.theorem == "two_ways_agree" else Verdict.HOLDS
        assert found.verdict is expected, found


def test_a_world_that_was_drawn_is_told_from_a_corner() -> None:
    seen = Evidence(variants_of(QUARREL))
    assert seen.name_world(3) == "world 3 of block 0, seed 0, sampler random"
    assert seen.name_world(seen.n_worlds - 1) == "the central world"
    assert seen.name_world(192).startswith("corner 0 of ")
