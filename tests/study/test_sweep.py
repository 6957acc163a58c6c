"""A sweep: what is varied, in how many cells, and what is refused before any cell is done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from negsim.errors import UsageError
from negsim.study import Policy, Sweep, begin_sweep
from negsim.study.axes import Levels, Own, read_axis
from negsim.study.designs import MOST_CELLS
from negsim.study.sweep import ALL, axes_of, cells_of, check_sweep, default_design, sweep_id, work_of
from negsim.zone.analysis import MAX_WORLDS
from tests.study.sales import BUYER, CALENDAR, FAILING, RULES, SALE, SELLER, done, sale

RICHER = Policy("richer", (f"{BUYER}=4..7",))


def refused(sweep: Sweep) -> str:
    with pytest.raises(UsageError) as caught:
        check_sweep(sweep, axes_of(sweep, work_of(sweep).scenario()))
    return str(caught.value)


def test_all_stands_for_every_uncertain_quantity() -> None:
    axes = axes_of(Sweep(SALE, ((ALL, ""),)), sale())
    assert [axis.path for axis in axes] == [BUYER, SELLER]
    assert all(isinstance(axis.over, Own) for axis in axes)


def test_the_design_is_a_grid_unless_something_is_varied_over_all_between() -> None:
    assert default_design([read_axis("a", "1,2"), read_axis("b", "0..1/3")]) == "grid"
    assert default_design([read_axis("a", "1,2"), read_axis("b", "0..1")]) == "sobol"


def test_policies_change_fastest_and_are_the_last_input() -> None:
    sweep = Sweep(SALE, ((SELLER, "3,4"),), policies=(Policy("as_is", ()), RICHER))
    names, rows = cells_of(sweep, axes_of(sweep, sale()))
    assert names == (SELLER, "policy")
    assert rows == [(3.0, "as_is"), (3.0, "richer"), (4.0, "as_is"), (4.0, "richer")]


def test_policies_alone_make_a_cell_each() -> None:
    sweep = Sweep(SALE, policies=(Policy("as_is", ()), RICHER))
    assert cells_of(sweep, ()) == (("policy",), [("as_is",), ("richer",)])


def test_cells_times_policies_have_a_limit() -> None:
    sweep = Sweep(SALE, ((SELLER, ""),), n_cells=MOST_CELLS, policies=(Policy("as_is", ()), RICHER))
    small = Sweep(
        SALE, ((SELLER, ""),), n_cells=4, policies=tuple(Policy(f"p{k}", ()) for k in range(MOST_CELLS // 4 + 1))
    )
    with pytest.raises(UsageError, match=r"4 cells under 2500001 policies are more than 10,000,000"):
        cells_of(small, axes_of(small, sale()))
    assert sweep.n_cells == MOST_CELLS


def test_a_sweep_comes_back_from_json_as_it_was() -> None:
    sweep = Sweep(
        SALE, ((SELLER, "3,4"), (BUYER, "")), "sobol", 7, (RICHER,), ("zone", "bargain"), 99, 5, "random", True
    )
    assert Sweep.of_data(json.loads(json.dumps(sweep.data()))) == sweep


def test_the_id_of_a_study_hangs_on_everything_that_its_results_depend_on() -> None:
    sweep, scenario = Sweep(SALE, ((SELLER, "3,4"),)), sale()
    others = [
        Sweep(SALE + "\n", sweep.vary),
        Sweep(SALE, ((SELLER, "3,5"),)),
        Sweep(SALE, sweep.vary, design="list"),
        Sweep(SALE, sweep.vary, policies=(RICHER,)),
        Sweep(SALE, sweep.vary, of=("zone", "bargain")),
        Sweep(SALE, sweep.vary, n_worlds=7),
        Sweep(SALE, sweep.vary, seed=1),
        Sweep(SALE, sweep.vary, sampler="random"),
    ]
    ids = {sweep_id(one, scenario, "1") for one in (sweep, *others)} | {sweep_id(sweep, scenario, "2")}
    assert len(ids) == len(others) + 2
    assert all(one.startswith("sale-sweep-") for one in ids)
    assert sweep_id(Sweep(**sweep.data()), scenario, "1") in ids


@pytest.mark.parametrize(
    ("vary", "said"),
    [
        (((SELLER, "3,4"), (SELLER, "5,6")), f"--vary {SELLER} stands there twice"),
        (((ALL, ""), (SELLER, "3,4")), f"--vary {SELLER} stands there twice"),
        (
            (("parties.seller.no_deal", "40,50"), (SELLER, "3,4")),
            f"--vary parties.seller.no_deal and --vary {SELLER} change the same thing",
        ),
        (
            ((SELLER, "3,4"), ("parties.seller.no_deal", "40,50")),
            f"--vary {SELLER} and --vary parties.seller.no_deal change the same thing",
        ),
        (
            (("parties.seler.no_deal.same_as.price", ""),),
            "--vary parties.seler.no_deal.same_as.price: the scenario gives it no range; say over what, as in"
            f" parties.seler.no_deal.same_as.price=0..1/11, or did you mean '{SELLER}'?",
        ),
        (((SELLER, "1..0"),), "the first number must be the smaller"),
    ],
)
def test_paths_that_overlap_or_have_no_range_are_refused(vary: tuple[tuple[str, str], ...], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        axes_of(Sweep(SALE, vary), sale())
    assert said in str(caught.value)


def test_a_path_that_begins_like_another_overlaps_with_nothing() -> None:
    text = SALE.replace("  two:", "  one_more: {require: price >= 0}\n  two:")
    axes = axes_of(
        Sweep(text, (("rules.one", "{require: price > 1}"), ("rules.one_more", "{require: price > 2}"))), sale(text)
    )
    assert len(axes) == 2


def test_a_scenario_without_ranges_says_so() -> None:
    text = SALE.replace("3..6", "6").replace("2..5", "2")
    with pytest.raises(UsageError, match="or the scenario leaves nothing uncertain"):
        axes_of(Sweep(text, ((BUYER, ""),)), sale(text))


VARY = ((SELLER, "3,4"),)


@pytest.mark.parametrize(
    ("sweep", "said"),
    [
        (Sweep(SALE, VARY, of=("zoen",)), "--of zoen: did you mean 'zone'?"),
        (Sweep(SALE, VARY, of=("zone", "zone")), "--of zone,zone: name each of zone, bargain or talks once at most"),
        (Sweep(SALE, VARY, of=()), "--of : name each of zone, bargain or talks once at most, and one at least"),
        (Sweep(SALE, VARY, of=("talks",)), "--of talks: sale has no calendar of talks; leave talks out"),
        (Sweep(SALE, VARY, n_worlds=0), f"the number of worlds must be 1 to {MAX_WORLDS:,}, not 0"),
        (Sweep(SALE, VARY, sampler="lsh"), "there is no sampler 'lsh'; did you mean 'lhs'?"),
        (Sweep(SALE), "there is nothing to sweep: give --vary PATH=SPEC, or --policy NAME=PATH=VALUE"),
        (Sweep(SALE, ((SELLER, "3,11"),)), f"--vary {SELLER}: 11 cannot be set"),
        (Sweep(SALE, (("parties.seler.no_deal", "3,4"),)), "--vary parties.seler.no_deal: 3 cannot be set"),
        (
            Sweep(SALE, (("parties.seller.tactic", "holdout,holdup"),)),
            "--vary parties.seller.tactic: holdup cannot be set",
        ),
        (Sweep(SALE, ((SELLER, "9..11"),)), f"--vary {SELLER}: 11 cannot be set"),
        (Sweep(SALE, policies=(RICHER, RICHER)), "--policy richer stands there twice"),
        (Sweep(SALE, ((BUYER, "3,4"),), policies=(RICHER,)), f"--policy richer sets {BUYER}, which --vary changes too"),
        (Sweep(SALE, (("parties.buyer.no_deal", "30,40"),), policies=(RICHER,)), "which --vary changes too"),
        (Sweep(SALE, policies=(Policy("odd", (f"{BUYER}=11",)),)), "--policy odd cannot be followed"),
    ],
)
def test_what_no_cell_could_be_done_with_is_refused_before_any_is(sweep: Sweep, said: str) -> None:
    assert said in refused(sweep)


def test_what_nobody_could_bargain_about_is_refused() -> None:
    text = SALE.replace("    title: Seller\n", "    title: Seller\n    role: guarantor\n    consents_to: price >= 5\n")
    assert "two" in refused(Sweep(text, VARY, of=("bargain",)))
    assert "two signatories" in refused(Sweep(text + CALENDAR, VARY, of=("talks",)))


def test_a_refusal_names_the_place_within_the_value() -> None:
    said = refused(Sweep(SALE, (("parties.seller.tactic", "holdout,holdup"),)))
    assert "there is no tactic 'holdup'" in said
    assert "did you mean 'holdout'?" in said


def test_of_long_axes_the_first_values_and_the_last_are_tried() -> None:
    assert refused(Sweep(SALE, ((SELLER, "0..11/5000"),))).startswith(f"--vary {SELLER}: 11 cannot be set")


def test_nothing_is_left_behind_by_a_sweep_that_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        begin_sweep(Sweep(SALE, ((SELLER, "3,11"),)), tmp_path / "study")
    assert not (tmp_path / "study").exists()


def test_a_combination_that_makes_no_scenario_is_a_failed_cell_with_its_reason(tmp_path: Path) -> None:
    study = done(tmp_path, vary=FAILING, n_worlds=16)
    assert study.table.done.tolist() == [False, True, True, True]
    ((reason, n, first),) = study.errors
    assert (n, first) == (1, 0)
    assert "no outcome satisfies all rules" in reason


def test_options_of_tactics_and_protocols_are_categories(tmp_path: Path) -> None:
    vary = (
        ("parties.seller.tactic", "holdout,{time: {exponent: 2}}"),
        ("protocol.kind", "alternating_offers,single_text"),
    )
    study = done(tmp_path, vary=vary, of=("bargain",), n_worlds=64)
    assert all(study.table.done)
    assert [factor.labels for factor in study.table.factors] == [
        ("holdout", "{time: {exponent: 2}}"),
        ("alternating_offers", "single_text"),
    ]
    assert [study.table.factors[0].text(row) for row in range(4)] == ["holdout"] * 2 + ["{time: {exponent: 2}}"] * 2


def test_ranges_can_be_varied_as_values_themselves(tmp_path: Path) -> None:
    study = done(tmp_path, vary=((SELLER, "2..3,5..6"),), n_worlds=256)
    axis = read_axis(SELLER, "2..3,5..6")
    assert axis.over == Levels(("2..3", "5..6"))
    low, high = study.table.results["p_zone"]
    # The buyer's limit is between 3 and 6: a seller content with 3 always finds a price, one that needs 5 or more seldom.
    assert low == 1.0
    assert high < 0.4
    assert RULES[0] not in [factor.path for factor in study.table.factors]


LOTTERY = """\
negsim: 1
id: lot
title: A lottery
issues: {price: {title: Price, scale: 0..10, step: 1}}
parties:
  ann: {title: Ann, demands: {price: 0}, no_deal: 40}
  bob:
    title: Bob
    demands: {price: 10}
    no_deal:
      lottery:
        ends:
          good: {probability: 0..0.5, worth: 80}
          fair: {probability: 0.5, worth: 40}
          bad: {worth: 10}
        now: 30
"""
GOOD, FAIR = (f"parties.bob.no_deal.lottery.ends.{end}.probability" for end in ("good", "fair"))


def test_values_that_make_a_scenario_only_together_are_not_refused() -> None:
    sweep = Sweep(LOTTERY, ((GOOD, "0.1,0.2"), (FAIR, "0.6,0.8")), n_worlds=16)
    axes = axes_of(sweep, work_of(sweep).scenario())
    check_sweep(sweep, axes, cells_of(sweep, axes)[1])
    assert work_of(sweep)({GOOD: 0.1, FAIR: 0.8})["p_zone"] is not None


def test_values_that_make_none_alone_or_together_are_refused() -> None:
    sweep = Sweep(LOTTERY, ((GOOD, "0.3,0.4"), (FAIR, "0.6,0.8")), n_worlds=16)
    axes = axes_of(sweep, work_of(sweep).scenario())
    with pytest.raises(UsageError, match=r"--vary parties\.bob.*fair\.probability: 0\.8 cannot be set"):
        check_sweep(sweep, axes, cells_of(sweep, axes)[1])
