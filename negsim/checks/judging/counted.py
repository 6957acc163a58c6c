"""Claims on all worlds taken together: figures with bounds, and comparisons that hold, fail or cannot be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.checks.judging.bounds import Bounds, bounds_of, draws_to_tell
from negsim.records import dataclass
from negsim.scenario.conditions.comparing import CONNECTIVES
from negsim.scenario.conditions.findings import leaves
from negsim.scenario.conditions.syntax import Choices, Expression, Infix, Number, Prefix, Word
from negsim.scenario.conditions.working_out import work_out

__all__ = [
    "Counted",
    "Truth",
    "added_up",
    "compare_with_zero",
    "difference",
    "is_sum",
    "mean_of",
    "settle",
    "worlds_to_tell",
]

Values = NDArray[np.float64]

Truth = bool | None
"""Whether something holds; None where that cannot be told."""

_ALIKE = 1e-12
"""What exact figures may be off by, beside their size."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A measure over worlds: ``values`` (world,), NaN where it does not count; ``most`` is the largest that it can be.

    ``weight`` (world,), if given, are the exact probabilities of worlds that are all there is.
    """

    values: Values
    most: float = 1.0
    weight: Values | None = None

    def bounds(self, alpha: float) -> Bounds:
        """Bound its mean over the worlds where it counts; anything if there are none."""
        return mean_of(self.values, 0.0, self.most, alpha, self.weight)

    @property
    def alone(self) -> bool:
        """Whether it counts in every world."""
        return not np.any(np.isnan(self.values))


def mean_of(values: Values, least: float, most: float, alpha: float, weight: Values | None) -> Bounds:
    """Bound a mean over the worlds in which there is a value, or work it out where all worlds have a weight."""
    counts = ~np.isnan(values)
    if not np.any(counts):
        return Bounds((least + most) / 2, least, most)
    if weight is not None:
        share = weight[counts]
        return Bounds.point(float(np.sum(share * values[counts]) / np.sum(share)))
    return bounds_of(values[counts], least, most, alpha)


def is_sum(expression: Expression) -> bool:
    """Tell whether an expression adds up results, each perhaps times a number: that can be told world by world."""
    match expression:
        case Number() | Word():
            return True
        case Prefix(operator="-", item=item):
            return is_sum(item)
        case Infix(operator="+" | "-", left=left, right=right):
            return is_sum(left) and is_sum(right)
        case Infix(operator="*", left=left, right=right):
            return is_sum(left) and is_sum(right) and (_is_number(left) or _is_number(right))
        case Infix(operator="/", left=left, right=right):
            return is_sum(left) and _is_number(right)
    return False


def _is_number(expression: Expression) -> bool:
    return not any(isinstance(leaf, Word) for leaf in leaves(expression))


def difference(left: Expression, right: Expression, counted: Mapping[str, Counted], alpha: float) -> Bounds:
    """Bound how much one number is above another.

    Every result has its share of ``alpha``; sums of several that count in every world are told world by world as well,
    since their errors have much in common.
    """
    named = [text for text in counted if text in _words(left) | _words(right)]
    whole = Infix("-", left, right, 0, 0)
    paired = len(named) > 1 and is_sum(whole) and all(counted[text].alone for text in named)
    share = alpha / (len(named) + paired)
    bounds = {text: counted[text].bounds(share) for text in named}
    found = work_out(whole, bounds.__getitem__, Bounds.point)
    if not paired:
        return found
    values, least, most = added_up(whole, counted)
    return found.meet(mean_of(values, least, most, share, next(iter(counted.values())).weight))


def added_up(expression: Expression, counted: Mapping[str, Counted]) -> tuple[Values, float, float]:
    """Add a sum up world by world: its values (world,), the least and the most that they can be.

    What takes long is counted in the first worlds alone, and so is the sum then.
    """
    n_worlds = min(len(one.values) for one in counted.values())
    values = work_out(expression, lambda text: counted[text].values[:n_worlds], lambda value: np.full(n_worlds, value))
    reach = work_out(expression, lambda text: Bounds(0.0, 0.0, counted[text].most), Bounds.point)
    return values, reach.low, reach.high


def _words(expression: Expression) -> set[str]:
    return {leaf.text for leaf in leaves(expression) if isinstance(leaf, Word)}


def compare_with_zero(sign: str, found: Bounds) -> Truth:
    """Tell whether a figure compares so with 0; None where its bounds leave both open."""
    low, high = found.low, found.high
    above, below = low > 0, high < 0
    answers: dict[str, tuple[bool, bool]] = {
        ">": (above, high <= 0),
        ">=": (low >= 0, below),
        "<": (below, low >= 0),
        "<=": (high <= 0, above),
        "==": (low == high == 0, above or below),
        "!=": (above or below, low == high == 0),
    }
    holds, fails = answers[sign]
    return True if holds else False if fails else None


def settle(
    expression: Expression, counted: Mapping[str, Counted], alpha: float
) -> tuple[Truth, Sequence[tuple[Expression, Bounds]]]:
    """Judge a condition on results: whether it holds, None if that cannot be told, and each difference compared.

    What two parts leave open, their connective may not (Kleene 1952): of an ``or``, one that holds suffices.
    """
    n_compared = _count(expression)
    seen: list[tuple[Expression, Bounds]] = []
    return _settle(expression, counted, alpha / n_compared, seen), seen


def _count(expression: Expression) -> int:
    match expression:
        case Prefix():
            return _count(expression.item)
        case Infix(operator=operator) if operator in CONNECTIVES:
            return _count(expression.left) + _count(expression.right)
        case Infix(right=Choices(items=items)):
            return len(items)
    return 1


def _settle(
    expression: Expression, counted: Mapping[str, Counted], alpha: float, seen: list[tuple[Expression, Bounds]]
) -> Truth:
    if isinstance(expression, Prefix):
        return _not(_settle(expression.item, counted, alpha, seen))
    assert isinstance(expression, Infix)
    if expression.operator in CONNECTIVES:
        left = _settle(expression.left, counted, alpha, seen)
        right = _settle(expression.right, counted, alpha, seen)
        return _joined(expression.operator, left, right)
    right_side = expression.right
    items = right_side.items if isinstance(right_side, Choices) else (right_side,)
    sign = "==" if isinstance(right_side, Choices) else expression.operator
    found: Truth = False
    for item in items:
        bounds = _without_rounding(difference(expression.left, item, counted, alpha), expression.left, item, counted)
        seen.append((expression, bounds))
        found = _or(found, compare_with_zero(sign, bounds))
    return found


def _without_rounding(found: Bounds, left: Expression, right: Expression, counted: Mapping[str, Counted]) -> Bounds:
    """Take what is known exactly, and is no more than rounding beside what was compared, for 0."""
    if found.low != found.high:
        return found
    size = sum(abs(work_out(one, lambda text: counted[text].bounds(1.0).estimate, float)) for one in (left, right))
    return Bounds.point(0.0) if abs(found.estimate) <= _ALIKE * size else found


def _not(one: Truth) -> Truth:
    return None if one is None else not one


def _or(one: Truth, other: Truth) -> Truth:
    if one or other:
        return True
    return None if one is None or other is None else False


def _joined(operator: str, left: Truth, right: Truth) -> Truth:
    match operator:
        case "or":
            return _or(left, right)
        case "and":
            return _not(_or(_not(left), _not(right)))
        case "implies":
            return _or(_not(left), right)
    return None if left is None or right is None else left == right


def worlds_to_tell(expression: Expression, counted: Mapping[str, Counted], bounds: Bounds, alpha: float) -> float:
    """Say about how many worlds would tell a comparison, for results as they were found."""
    named = [text for text in counted if text in _words(expression)]
    assert isinstance(expression, Infix)
    whole = Infix("-", expression.left, expression.right, 0, 0)
    if is_sum(whole):
        values, least, most = added_up(whole, {text: counted[text] for text in named})
        share = alpha / (len(named) + (len(named) > 1))
        there = values[~np.isnan(values)]
        portion = max(len(there), 1) / len(values)
        return draws_to_tell(bounds.estimate, float(np.var(there)), most - least, share) / portion
    variance = width = 0.0
    for text in named:
        one = counted[text]
        values = one.values[~np.isnan(one.values)]
        variance += float(np.var(values)) if len(values) else one.most**2 / 4
        width += one.most
    return draws_to_tell(bounds.estimate, variance * len(named), width, alpha / max(1, len(named)))
