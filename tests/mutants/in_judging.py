"""Faults in how expectations are judged."""

from __future__ import annotations

from tests.mutants.fault import Fault

__all__ = ["IN_JUDGING"]

_BOUNDS = "tests/checks/judging/test_bounds.py"
_TOGETHER = "tests/checks/judging/test_together.py"
_EACH = "tests/checks/judging/test_each.py"

IN_JUDGING = (
    Fault(
        "judging-bounds-narrow",
        "negsim/checks/judging/bounds.py",
        "exact_interval(int(np.count_nonzero(values)), n, alpha / 2)",
        "exact_interval(int(np.count_nonzero(values)), n, alpha * 50)",
        f"{_BOUNDS}::test_bounds_of_a_share_miss_it_no_more_often_than_they_say",
        "Bounds of a share miss it more often than they say.",
    ),
    Fault(
        "judging-bernstein-one-sided",
        "negsim/checks/judging/bounds.py",
        "doubt = log(4 / alpha)\n    variance",
        "doubt = log(2 / alpha)\n    variance",
        f"{_BOUNDS}::test_the_bernstein_margin_is_that_of_the_theorem",
        "Both sides of the Bernstein bound have all of alpha.",
    ),
    Fault(
        "judging-bounds-ends-swapped",
        "negsim/checks/judging/bounds.py",
        "return Bounds(-self.estimate, -self.high, -self.low)",
        "return Bounds(-self.estimate, -self.low, -self.high)",
        f"{_BOUNDS}::test_bounds_are_added_and_multiplied_end_by_end",
        "What is subtracted has its ends the wrong way round.",
    ),
    Fault(
        "judging-open-taken-for-true",
        "negsim/checks/judging/counted.py",
        '">": (above, high <= 0),',
        '">": (high > 0, high <= 0),',
        f"{_TOGETHER}::test_a_verdict_near_the_truth_is_never_wrong",
        "What bounds leave open is said to hold.",
    ),
    Fault(
        "judging-implication-turned",
        "negsim/checks/judging/counted.py",
        "return _or(_not(left), right)",
        "return _or(left, _not(right))",
        f"{_TOGETHER}::test_what_one_half_leaves_open_the_whole_may_not",
        "An implication is judged the wrong way round.",
    ),
    Fault(
        "judging-corner-left-out",
        "negsim/checks/judging/corners.py",
        "product((False, True), repeat=n)), np.bool_).reshape(-1, n)",
        "product((False, True), repeat=n))[:-1], np.bool_).reshape(-1, n)",
        "tests/checks/judging/test_corners.py::test_few_factors_have_all_their_corners",
        "The corner at which all are high is not looked at.",
    ),
    Fault(
        "judging-design-weak",
        "negsim/checks/judging/corners.py",
        "order = 1 << max(2, (n_factors - 1).bit_length())",
        "order = 1 << max(1, (n_factors - 1).bit_length() - 1)",
        "tests/checks/judging/test_corners.py::test_any_three_columns_of_a_design_hold_all_eight_combinations_equally_often",
        "The covering design is half as long as it must be.",
    ),
    Fault(
        "judging-equal-taken-for-more",
        "negsim/checks/judging/holding_in.py",
        'return difference - _EQUAL\n            case "<"',
        'return difference + _EQUAL\n            case "<"',
        f"{_EACH}::test_the_worst_world_decides_as_it_should",
        "Of two equal numbers one is said to be larger.",
    ),
    Fault(
        "judging-fall-taken-for-rise",
        "negsim/checks/judging/holding_in.py",
        "np.minimum(not_up, -whole - _EQUAL)",
        "np.minimum(not_up, whole - _EQUAL)",
        f"{_EACH}::test_a_trend_is_told_in_every_world",
        "What falls is said to fail to fall.",
    ),
    Fault(
        "judging-worst-world-best",
        "negsim/checks/judging/one_way.py",
        "one.high if wants > 0 else one.low",
        "one.low if wants > 0 else one.high",
        f"{_EACH}::test_the_worst_world_decides_as_it_should",
        "The best world is taken for the worst.",
    ),
    Fault(
        "judging-smallest-not-back",
        "negsim/checks/judging/smallest.py",
        "for size in range(len(moved)):",
        "for size in range(len(moved), len(moved)):",
        "tests/checks/judging/test_smallest.py::test_of_two_ways_the_one_with_fewer_values_is_taken_though_thinning_out_would_end_at_the_other",
        "No smaller sets of values are tried.",
    ),
)
