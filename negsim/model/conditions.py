"""Where conditions hold: boolean arrays over the options of the issues they name.

A condition is evaluated on the axes of its own issues and broadcast to larger spaces, which is far
cheaper than evaluating it on every outcome. Everything is exact: levels and coefficients become integers.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import lcm, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from negsim.records import dataclass
from negsim.scenario.conditions.tree import And, Condition, Iff, Implies, Node, Not, OptionIn, Or, Polynomial, Sign
from negsim.scenario.types import Issue

__all__ = ["truth", "truth_on"]

_LARGEST = 2**63 - 1
_COMPARE: Mapping[Sign, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def truth(condition: Condition, issues: Sequence[Issue]) -> NDArray[np.bool_]:
    """Say for every combination of the options of the issues it names whether a condition holds.

    Parameters
    ----------
    condition
        A condition that was checked against ``issues``.
    issues
        The issues of the scenario.

    Returns
    -------
    array of bool, shape (n_choices of each of condition.issues)
        ``irrelevant`` is the last index of a conditional issue.

    Examples
    --------
    >>> from negsim.scenario.types import IssueKind
    >>> price = Issue("price", "Price", IssueKind.NUMERIC, ("0", "1", "2"), ("0", "1", "2"), (0, 1, 2))
    >>> truth(Condition("price in 0 | 2", OptionIn("price", (0, 2)), ("price",)), [price]).tolist()
    [True, False, True]
    """
    return truth_on(condition, issues, condition.issues)


def truth_on(condition: Condition, issues: Sequence[Issue], axes: Sequence[str]) -> NDArray[np.bool_]:
    """Say where a condition holds, as an array that broadcasts over the given axes.

    Parameters
    ----------
    condition
        A condition that was checked against ``issues``.
    issues
        The issues of the scenario.
    axes
        The ids of the issues that are the axes of the result; all that the condition names are among them.

    Returns
    -------
    array of bool, one axis per id
        Of length n_choices for an issue that the condition names, 1 for any other.

    Raises
    ------
    ValueError
        If the condition names an issue that is not among ``axes``.
    """
    missing = [issue for issue in condition.issues if issue not in axes]
    if missing:
        raise ValueError(f"the condition names {', '.join(missing)}, which is not among the axes {', '.join(axes)}")
    space = _Space({issue.id: issue for issue in issues}, {issue: axis for axis, issue in enumerate(axes)})
    shape = [space.issues[issue].n_choices if issue in condition.issues else 1 for issue in axes]
    return np.broadcast_to(_evaluate(condition.root, space), shape).copy()


@dataclass(frozen=True, slots=True)
class _Space:
    """The issues, and which axis each of them is."""

    issues: Mapping[str, Issue]
    axis: Mapping[str, int]

    def along(self, issue: str, entries: NDArray[Any]) -> NDArray[Any]:
        """Lay entries along the axis of an issue."""
        shape = [1] * len(self.axis)
        shape[self.axis[issue]] = len(entries)
        return np.reshape(entries, shape)


def _evaluate(node: Node, space: _Space) -> NDArray[np.bool_]:
    match node:
        case OptionIn():
            return _evaluate_options(node, space)
        case Polynomial():
            return _evaluate_polynomial(node, space)
        case Not():
            return ~_evaluate(node.item, space)
    return _connect(node, _evaluate(node.left, space), _evaluate(node.right, space))


def _connect(node: And | Or | Implies | Iff, left: NDArray[np.bool_], right: NDArray[np.bool_]) -> NDArray[np.bool_]:
    match node:
        case And():
            return left & right
        case Or():
            return left | right
        case Implies():
            return ~left | right
    return ~(left ^ right)


def _evaluate_options(node: OptionIn, space: _Space) -> NDArray[np.bool_]:
    chosen = np.zeros(space.issues[node.issue].n_choices, dtype=np.bool_)
    chosen[list(node.choices)] = True
    return space.along(node.issue, chosen)


def _evaluate_polynomial(node: Polynomial, space: _Space) -> NDArray[np.bool_]:
    """Compare the polynomial, times a positive number that makes it integer, with 0."""
    named = sorted({issue for term in node.terms for issue in term.issues})
    levels, scales = _integer_levels(named, space)
    coefficients = [term.coefficient / prod(scales[issue] for issue in term.issues) for term in node.terms]
    common = lcm(*(coefficient.denominator for coefficient in coefficients))
    integers = [int(coefficient * common) for coefficient in coefficients]
    largest = {issue: max((1, *(abs(level) for level in levels[issue]))) for issue in named}
    bound = sum(
        abs(integer) * prod(largest[issue] for issue in term.issues)
        for integer, term in zip(integers, node.terms, strict=True)
    )
    # Python's integers are the slow way out when a sum or a product on the way to it could overflow.
    dtype = np.dtype(np.int64 if bound <= _LARGEST else object)
    arrays = {issue: space.along(issue, np.array(levels[issue], dtype=dtype)) for issue in named}
    total = np.zeros([1] * len(space.axis), dtype=dtype)
    for integer, term in zip(integers, node.terms, strict=True):
        total = total + prod((arrays[issue] for issue in term.issues), start=np.array(integer, dtype=dtype))
    return np.asarray(_COMPARE[node.sign](total, 0), dtype=np.bool_)


def _integer_levels(named: Sequence[str], space: _Space) -> tuple[dict[str, list[int]], dict[str, int]]:
    """Write the levels of each issue as integers over one denominator per issue."""
    scales, levels = {}, {}
    for name in named:
        issue = space.issues[name]
        if issue.when is not None:
            raise ValueError(f"{name} may be irrelevant, so it cannot be part of a polynomial")
        exact = [Fraction(level) for level in issue.levels]
        scales[name] = lcm(*(level.denominator for level in exact))
        levels[name] = [int(level * scales[name]) for level in exact]
    return levels, scales
