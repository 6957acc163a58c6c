"""Faults in conditions."""

from __future__ import annotations

from tests.mutants.fault import Fault

__all__ = ["IN_CONDITIONS"]

IN_CONDITIONS = (
    Fault(
        "conditions-implies-flipped",
        "negsim/model/conditions.py",
        "return ~left | right",
        "return left | ~right",
        "tests/model/test_conditions.py::test_truth_agrees_with_a_scalar_reading_on_every_outcome",
        "An implication is read from right to left.",
    ),
    Fault(
        "conditions-iff-xor",
        "negsim/model/conditions.py",
        "return ~(left ^ right)",
        "return left ^ right",
        "tests/model/test_conditions.py::test_truth_agrees_with_a_scalar_reading_on_every_outcome",
        "What should hold together holds apart.",
    ),
    Fault(
        "conditions-or-exclusive",
        "negsim/model/conditions.py",
        "return left | right\n",
        "return left ^ right\n",
        "tests/model/test_conditions.py::test_truth_agrees_with_a_scalar_reading_on_every_outcome",
        "Of two that are joined by or, not both may hold.",
    ),
    Fault(
        "conditions-not-dropped",
        "negsim/model/conditions.py",
        "return ~_evaluate(node.item, space)",
        "return _evaluate(node.item, space)",
        "tests/model/test_conditions.py::test_truth_agrees_with_a_scalar_reading_on_every_outcome",
        "A not says nothing.",
    ),
    Fault(
        "conditions-at-most-is-below",
        "negsim/model/conditions.py",
        '"<=": operator.le',
        '"<=": operator.lt',
        "tests/model/test_conditions.py::test_truth_agrees_with_a_scalar_reading_on_every_outcome",
        "At most is less than.",
    ),
    Fault(
        "conditions-coefficients-cut",
        "negsim/model/conditions.py",
        "common = lcm(*(coefficient.denominator for coefficient in coefficients))",
        "common = 1",
        "tests/model/test_conditions.py::test_truth_agrees_with_a_scalar_reading_on_every_outcome",
        "Coefficients are cut to whole numbers.",
    ),
    Fault(
        "conditions-axis-mixed-up",
        "negsim/model/conditions.py",
        "shape[self.axis[issue]] = len(entries)",
        "shape[-1 - self.axis[issue]] = len(entries)",
        "tests/model/test_conditions.py::test_axes_in_any_order_hold_the_same_truth",
        "Entries are laid along the axis of another issue.",
    ),
    Fault(
        "conditions-overflow",
        "negsim/model/conditions.py",
        "np.int64 if bound <= _LARGEST else object",
        "np.int64",
        "tests/model/test_conditions.py::test_sums_too_large_for_64_bits_stay_exact",
        "Sums that 64 bits do not hold are added up in 64 bits.",
    ),
    Fault(
        "conditions-or-binds-as-and",
        "negsim/scenario/conditions/syntax.py",
        '"or": 3, "and": 4',
        '"or": 4, "and": 3',
        "tests/model/test_conditions.py::test_truth_agrees_with_a_scalar_reading_on_every_outcome",
        "Or binds tighter than and.",
    ),
    Fault(
        "conditions-implies-from-the-left",
        "negsim/scenario/conditions/syntax.py",
        'right_associative = operator.text == "implies"',
        'right_associative = operator.text == "iff"',
        "tests/model/test_conditions.py::test_truth_agrees_with_a_scalar_reading_on_every_outcome",
        "Of implications in a row the first two belong together.",
    ),
    Fault(
        "conditions-in-first-option",
        "negsim/scenario/conditions/options.py",
        "OptionIn(issue.id, tuple(sorted(indices)))",
        "OptionIn(issue.id, tuple(sorted(indices))[:1])",
        "tests/model/test_conditions.py::test_truth_agrees_with_a_scalar_reading_on_every_outcome",
        "Of the options after in, the first alone counts.",
    ),
    Fault(
        "conditions-order-one-short",
        "negsim/scenario/conditions/options.py",
        '"<=": (0, index + 1)',
        '"<=": (0, index)',
        "tests/model/test_conditions.py::test_truth_agrees_with_a_scalar_reading_on_every_outcome",
        "An ordered option that is named is left out of at most.",
    ),
    Fault(
        "conditions-minus-lost",
        "negsim/scenario/conditions/numbers.py",
        "_MINUS_ONE = Fraction(-1)",
        "_MINUS_ONE = Fraction(1)",
        "tests/model/test_conditions.py::test_truth_agrees_with_a_scalar_reading_on_every_outcome",
        "A minus sign says nothing.",
    ),
)
