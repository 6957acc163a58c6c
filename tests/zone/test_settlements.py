"""What solutions choose in a world, from efficient gains, against all outcomes of its zone one by one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from numpy.typing import NDArray

from negsim.model.worlds import Worlds
from negsim.scenario import loads
from negsim.scenario.types import Party, Role
from negsim.solutions import SOLUTIONS
from negsim.zone import analyse_zone
from negsim.zone.compiled import Compiled, compile_scenario
from negsim.zone.questions import Questions
from negsim.zone.settlements import SettledCounts, settle, settled_counts, signing_places
from negsim.zone.violations import tables
from tests import reference
from tests.questions import EVERYTHING
from tests.solutions import plain
from tests.strategies import Document, documents, scenario_of
from tests.zone.test_utility_space import TRADE
from tests.zone.test_violations import compiled_of

NO_DEAL = ("parties", "ann", "no_deal")

PLAIN = {
    "nash": plain.nash,
    "kalai_smorodinsky": plain.kalai_smorodinsky,
    "egalitarian": plain.egalitarian,
    "utilitarian": plain.utilitarian,
}


def countable(gains: NDArray[np.float64], signing: Sequence[Party]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Mark the efficient outcomes, which alone can be chosen; of their gains, what rounding may account for is none."""
    no_less = np.all(gains[:, :, None] >= gains[:, None, :], axis=0)
    efficient = ~np.any(no_less & np.any(gains[:, :, None] > gains[:, None, :], axis=0), axis=0)
    rounding = np.array([[2 * reference.allowance(party)] for party in signing])
    return efficient, np.where(gains <= rounding, 0.0, gains)[:, efficient]


def _settled(compiled: Compiled, worlds: Worlds, questions: Questions) -> SettledCounts:
    (table,) = tables(worlds, compiled.constraints, always=signing_places(compiled))
    inside = [[float(worlds.inside[party][0]) for party in compiled.signatories]]
    return settled_counts(compiled, 1, [settle(compiled, table, questions)], inside, len(questions.solutions))


@settings(max_examples=150)
@given(documents())
def test_solutions_choose_what_they_choose_among_all_outcomes_and_ties_share_equally(document: Document) -> None:
    document.pop("agreement", None)
    compiled = compiled_of(document)
    scenario = compiled.scenario
    outcomes = list(reference.outcomes(scenario))
    signing = [party for party in scenario.parties if party.role is Role.SIGNATORY]
    draws, worlds = compiled.draw(0, 1)
    numbers = {path: float(values[0]) for path, values in draws.quantity.items()}
    coins = {line: bool(real[0]) for line, real in draws.real.items()}
    zone = [outcome for outcome in outcomes if reference.in_zone(outcome, scenario, numbers, coins)]
    assume(zone)
    gains = np.array(
        [
            [
                reference.utility(party, outcome, scenario, numbers, coins)
                - reference.no_deal(party, scenario, numbers)
                for outcome in zone
            ]
            for party in signing
        ],
        np.float64,
    )
    efficient, counted = countable(gains, signing)
    zone = [outcome for outcome, kept in zip(zone, efficient, strict=True) if kept]
    gains = gains[:, efficient]
    found = _settled(compiled, worlds, Questions(compare_points=True))
    assert (found.n_worlds.tolist(), found.n_zones.tolist()) == ([1], [1])
    for k, name in enumerate(SOLUTIONS):
        chosen = PLAIN[name](counted)
        expected = [
            float(Fraction(sum(zone[one][issue.id] == choice for one in chosen), len(chosen)))
            for issue in scenario.issues
            for choice in range(issue.n_choices)
        ]
        assert found.share[0, k].tolist() == pytest.approx(expected, abs=1e-12)
        assert found.gain[0, k].tolist() == pytest.approx(np.mean(gains[:, chosen], axis=1).tolist(), rel=1e-12)


def test_whoever_gets_just_what_no_deal_gives_gains_nothing() -> None:
    # On the left Ann gets just her no-deal value and Bob 30 points more than his, on the right Ann 20 more and he none:
    # nobody can gain together with the other, so the Nash solution is either. Of six issues none rounds to a whole
    # unit, which the allowance for rounding would make a gain.
    same = {f"s{k}": {"title": f"S{k}", "options": ["only"]} for k in range(6)}

    def party(left: int, right: int, no_deal: float) -> Document:
        values = {"a": {"left": left, "right": right}} | {name: {"only": 10} for name in same}
        return {"title": "P", "values": values, "no_deal": no_deal}

    document: Document = {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"a": {"title": "A", "options": ["left", "right"]}} | same,
        "parties": {"ann": party(10, 80, 10), "bob": party(94, 10, 10)},
    }
    compiled = compiled_of(document)
    found = _settled(compiled, compiled.worlds(0, 1), EVERYTHING)
    assert found.share[0, 0, :2].tolist() == [0.5, 0.5]
    # Beside it stands the Kalai-Smorodinsky solution: both get nothing or all of what they can.
    assert found.share[0, 1, :2].tolist() == [0.5, 0.5]


def test_bargaining_power_moves_the_nash_solution_and_no_other() -> None:
    # A pie of 100 steps with nothing to fall back on: shares are as powers (Roth 1979), 60 to 30 of 90.
    document: Document = {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"pie": {"title": "Pie", "scale": "0..90", "step": 1}},
        "parties": {
            "ann": {"title": "Ann", "demands": {"pie": 90}, "no_deal": 0},
            "bob": {"title": "Bob", "demands": {"pie": 0}, "no_deal": 0},
        },
    }
    compiled = compiled_of(document)
    worlds = compiled.worlds(0, 1)
    equal = _settled(compiled, worlds, Questions())
    weighted = _settled(compiled, worlds, Questions(weights={"ann": 2.0}))
    assert np.flatnonzero(equal.share[0, 0]).tolist() == [45]
    assert np.flatnonzero(weighted.share[0, 0]).tolist() == [60]
    assert equal.share[0, 1].tolist() == weighted.share[0, 1].tolist()


def _three_things(ann: Document, bob: Document) -> Document:
    """Three issues of two options each; a rule that always holds names the first."""
    issues = {name: {"title": name, "options": ["left", "right"]} for name in "cfg"}
    return {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": issues,
        "rules": {"sense": {"require": "c == left or c == right"}},
        "parties": {"ann": {"title": "Ann"} | ann, "bob": {"title": "Bob"} | bob},
    }


def test_outcomes_that_tie_count_one_by_one_however_they_are_laid_out() -> None:
    # Ann wants the left of all three things, Bob the right, and Ann's power is twice his: she gets two of three, any.
    compiled = compiled_of(
        _three_things(
            {"demands": dict.fromkeys("cfg", "left"), "no_deal": 0},
            {"demands": dict.fromkeys("cfg", "right"), "no_deal": 0},
        )
    )
    found = _settled(compiled, compiled.worlds(0, 1), Questions(weights={"ann": 2.0}))
    assert found.share[0, 0].tolist() == pytest.approx([2 / 3, 1 / 3] * 3)


def test_whoever_is_asked_about_some_outcomes_has_a_say_in_which_of_them_tie() -> None:
    # To Ann and Bob all is the same; Zoe, asked on the right of the first thing, only takes the left of the second.
    document = _three_things(
        {"demands": dict.fromkeys("cfg", "any"), "no_deal": 0}, {"demands": dict.fromkeys("cfg", "any"), "no_deal": 0}
    )
    document["parties"]["zoe"] = {
        "title": "Zoe",
        "role": "guarantor",
        "consents_to": "c == right",
        "demands": {"f": "left"},
        "no_deal": 50,
    }
    compiled = compiled_of(document)
    found = _settled(compiled, compiled.worlds(0, 1), Questions())
    # Of (left, left), (left, right) and (right, left), with either option of the third thing.
    assert found.share[0, 0].tolist() == pytest.approx([2 / 3, 1 / 3, 2 / 3, 1 / 3, 1 / 2, 1 / 2])


def test_gains_beyond_what_a_short_float_tells_apart_still_tie_as_they_should() -> None:
    # The left is worth 95.00002 points to Ann and the right 95.00003, to Bob the other way round, and no deal -100 to
    # both: gains are beyond 2**24 units, 167.77 points. Either side has the same product, least gain and sum.
    document: Document = {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"c": {"title": "C", "options": ["same"]}, "a": {"title": "A", "options": ["left", "right"]}},
        "parties": {
            name: {
                "title": name,
                "values": {"c": {"same": 100}, "a": {"left": left, "right": right}},
                "no_deal": -100,
            }
            for name, left, right in (("ann", 90.00004, 90.00006), ("bob", 90.00006, 90.00004))
        },
    }
    compiled = compiled_of(document)
    found = _settled(compiled, compiled.worlds(0, 1), EVERYTHING)
    for k in range(len(SOLUTIONS)):
        assert found.share[0, k].tolist() == [1.0, 0.5, 0.5]
        # A no-deal value gives way by half a unit for each issue.
        assert found.gain[0, k].tolist() == [9_500_002.5 + 10_000_000 + 1] * 2


def test_blocks_of_worlds_without_any_zone_do_not_hide_what_is_chosen_in_the_others() -> None:
    # One world in a thousand has a zone: some of the four blocks of 256 worlds have none.
    document: Document = {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"a": {"title": "A", "options": ["yes"]}},
        "parties": {"ann": {"title": "Ann", "values": {"a": {"yes": 0.1}}, "no_deal": "0..100"}},
    }
    scenario = scenario_of(document)
    by_block = [
        int(np.count_nonzero(compile_scenario(scenario, 0, "lhs").draws(k, 256).quantity[NO_DEAL] <= 0.1))
        for k in range(4)
    ]
    assert 0 in by_block
    assert any(by_block)
    found = analyse_zone(scenario, n_worlds=1024, questions=EVERYTHING)
    assert [solution.n_zones for solution in found.solutions] == [sum(by_block)] * len(SOLUTIONS)
    assert {option.share.estimate for solution in found.solutions for option in solution.options} == {1.0}


def test_what_a_solution_leaves_each_is_its_gain_on_top_of_no_deal() -> None:
    # The only gain for both is (low, late): 75 to each, of which 20 and 70 are there without a deal.
    (nash, *_) = analyse_zone(loads(TRADE), n_worlds=64).solutions
    assert dict(nash.worth) == pytest.approx({"ann": 75.0, "bob": 75.0}, abs=1e-4)
    gains = {party: gain.median for party, gain in nash.gains}
    assert gains == pytest.approx({"ann": 55.0, "bob": 5.0}, abs=1e-4)
