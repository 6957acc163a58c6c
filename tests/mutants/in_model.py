"""Faults in the model: values, worlds, structure and war."""

from __future__ import annotations

from tests.mutants.fault import Fault

__all__ = ["IN_MODEL"]

IN_MODEL = (
    Fault(
        "model-weights-not-normalised",
        "negsim/model/values.py",
        "np.where(total > 0, values / safe, 1 / len(issues))",
        "np.where(total > 0, values, 1 / len(issues))",
        "tests/model/test_worlds.py::test_thresholds_are_exact_on_random_scenarios",
        "Priorities are taken for weights as they stand.",
    ),
    Fault(
        "model-weights-of-one-priority",
        "negsim/model/values.py",
        "(priority[issue] for issue in sorted(issues))",
        "(priority[issue] for issue in sorted(issues)[:1])",
        "tests/model/test_values.py::test_priorities_are_scaled_to_sum_to_one_in_every_world",
        "Priorities are divided by one of them instead of by their sum.",
    ),
    Fault(
        "model-demand-whole-scale",
        "negsim/model/values.py",
        "farthest = np.max(distance)",
        "farthest = np.max(positions) - np.min(positions)",
        "tests/zone/test_brute_force.py::test_zone_acceptance_and_options_agree_with_the_reference_in_every_world",
        "Values fall over the length of the whole scale.",
    ),
    Fault(
        "model-rule-skipped",
        "negsim/model/structure.py",
        "for rule in scenario.rules:\n        feasible",
        "for rule in scenario.rules[1:]:\n        feasible",
        "tests/zone/test_brute_force.py::test_cells_and_free_issues_are_the_outcomes_that_the_rules_allow",
        "The first rule is left out.",
    ),
    Fault(
        "model-when-one-way",
        "negsim/model/structure.py",
        "return relevant == is_option.reshape(",
        "return relevant | ~is_option.reshape(",
        "tests/zone/test_brute_force.py::test_cells_and_free_issues_are_the_outcomes_that_the_rules_allow",
        "An issue that arises may be irrelevant all the same.",
    ),
    Fault(
        "model-no-deal-ignored",
        "negsim/model/worlds.py",
        "least = [least_of(actor, draws, assumptions, held.least)",
        "least = [least_of(actor, draws, assumptions, held.least * 0)",
        "tests/zone/test_theorems.py::test_1_and_2_the_zone_crosses_no_real_red_line_and_gives_everybody_needed_its_no_deal_value",
        "Nobody asks for what no deal is worth.",
    ),
    Fault(
        "model-cell-value-dropped",
        "negsim/model/worlds.py",
        "left -= np.take(_by_column(values), index, axis=0)",
        "left -= 0 * np.take(_by_column(values), index, axis=0)",
        "tests/model/test_worlds.py::test_thresholds_are_exact_on_random_scenarios",
        "What cells themselves are worth is not taken from what they ask for.",
    ),
    Fault(
        "model-war-hazards-swapped",
        "negsim/model/war.py",
        "a * w + b * lost",
        "b * w + a * lost",
        "tests/model/test_war.py::test_without_discounting_war_is_fearons_lottery_less_what_its_duration_costs",
        "A war is won at the hazard at which it is lost.",
    ),
    Fault(
        "model-war-undiscounted",
        "negsim/model/war.py",
        "total = r + a + b",
        "total = a + b + 0 * r",
        "tests/model/test_war.py::test_a_war_that_changes_nothing_and_costs_nothing_is_worth_what_is_held",
        "The rate of discount is left out below the line.",
    ),
    Fault(
        "model-proposer-option-split",
        "negsim/model/war.py",
        "max(discount_factor / (1 + discount_factor), outside_option)",
        "discount_factor / (1 + discount_factor) + outside_option",
        "tests/model/test_war.py::test_an_outside_option_counts_only_if_it_is_better_than_bargaining",
        "An outside option adds to what bargaining gives.",
    ),
)
