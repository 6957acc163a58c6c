"""Claims on every world: where they hold, and by how much, so that a search knows where to go."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from negsim.checks.judging.asked import Asked
from negsim.checks.judging.slack import slack_of
from negsim.checks.judging.together import steps_of
from negsim.checks.judging.variants import Changes, Chosen, Variants
from negsim.errors import UsageError
from negsim.model.points import Factor
from negsim.scenario.claims.measures import MEASURES
from negsim.scenario.claims.tree import Claim, Measure, Scope, Trend
from negsim.scenario.conditions.comparing import CONNECTIVES
from negsim.scenario.conditions.syntax import Choices, Expression, Infix, Prefix, Word
from negsim.scenario.conditions.tree import Condition, Not
from negsim.scenario.conditions.working_out import work_out
from negsim.zone.kernel import Tally, find_zones

__all__ = ["EachWorld"]

Flags = NDArray[np.bool_]
Values = NDArray[np.float64]

_EQUAL = 1e-9
"""Numbers that differ by less are equal."""


class EachWorld:
    """A claim on every world, or on every outcome of its zone, as a question to worlds chosen by hand."""

    def __init__(self, claim: Claim, variants: Variants, factors: tuple[Factor, ...]) -> None:
        self.claim = claim
        self.variants = variants
        self.factors = factors

    def holds(self, points: Values) -> Flags:
        """Tell in which worlds the claim holds: (world, factor) to (world,)."""
        return self.margin(points, rough=True) >= 0

    def margin(self, points: Values, *, rough: bool = False) -> Values:
        """Tell by how much the claim holds: (world, factor) to (world,); below 0 where it does not.

        Of comparisons, the difference; of what holds or does not, how far that is from changing (`slack_of`), or just
        1 or -1 if a ``rough`` answer will do. Conditions are joined as in fuzzy logic: of ``and`` the less, of ``or``
        the more, so that the sign is right.
        """
        asked = Asked(self.variants, Chosen(self.factors, points))
        if self.claim.scope is Scope.OUTCOME:
            measure = Measure("", "option", condition=_against(self.claim))
            return -_flag_margin(asked, measure, (), rough=rough)
        assert self.claim.root is not None
        if self.claim.trend is None:
            return _Margins(asked, self.claim.measures, (), rough=rough).condition(self.claim.root)
        return self._trend(asked, self.claim.root, self.claim.trend)

    def _trend(self, asked: Asked, root: Expression, trend: Trend) -> Values:
        assert self.claim.change is not None
        values = np.stack(
            [_number(asked, self.claim.measures, root, changes) for changes in steps_of(self.claim.change)]
        )
        steps, whole = np.diff(values, axis=0), values[-1] - values[0]
        not_down, not_up = np.min(steps, axis=0) + _EQUAL, np.min(-steps, axis=0) + _EQUAL
        match trend:
            case Trend.NOT_DOWN:
                return not_down
            case Trend.NOT_UP:
                return not_up
            case Trend.SAME:
                return np.minimum(not_down, not_up)
            case Trend.UP:
                return np.minimum(not_down, whole - _EQUAL)
            case Trend.DOWN:
                return np.minimum(not_up, -whole - _EQUAL)

    def tell(self, point: Values) -> str:
        """Say what the claim's results are in one world."""
        asked = Asked(self.variants, Chosen(self.factors, point[None]))
        measures = dict(self.claim.measures)
        if self.claim.scope is Scope.OUTCOME:
            return _an_outcome(asked, _against(self.claim))
        if self.claim.change is not None:
            assert self.claim.root is not None
            told = [_number(asked, measures, self.claim.root, changes)[0] for changes in steps_of(self.claim.change)]
            return "it is " + ", then ".join(f"{value:g}" for value in _without_repeats(told))
        return ", ".join(_told(text, one, asked) for text, one in measures.items())


def _against(claim: Claim) -> Condition:
    """Turn what must hold of every outcome round."""
    assert claim.condition is not None
    return Condition(claim.condition.text, Not(claim.condition.root), claim.condition.issues)


def _an_outcome(asked: Asked, only: Condition) -> str:
    """Name the first outcome of the zone of a world that meets a condition."""
    built = asked.worlds((), only)
    assert built is not None
    compiled, worlds = built
    if compiled.merges:
        return "an outcome that does not meet it is in the zone"
    tally = Tally.empty(compiled.layout)
    find_zones(worlds, compiled.layout, compiled.joint, tally)
    tally.flush()
    row, column = np.unravel_index(np.argmax(tally.total > 0), tally.total.shape)
    outcomes = compiled.layout.outcomes(np.array([row]), np.array([column]))
    choices = compiled.structure.choices_of(outcomes)[0].tolist()
    pairs = zip(compiled.scenario.issues, choices, strict=True)
    return ", ".join(f"{issue.id} = {issue.choices[choice]}" for issue, choice in pairs) + " is in the zone"


def _without_repeats(values: list[float]) -> list[float]:
    return [value for k, value in enumerate(values) if k == 0 or value != values[k - 1]]


def _told(text: str, measure: Measure, asked: Asked) -> str:
    value = float(asked.measure(measure)[0])
    kind = MEASURES.get(measure.name)
    if kind is None or not kind.holds:
        return f"{text} is {value:g}"
    return text if value == 1 else f"not {text}"


def _flag_margin(asked: Asked, measure: Measure, changes: Changes, *, rough: bool) -> Values:
    if not rough and measure.name in ("zone", "option"):
        return slack_of(asked, changes, measure.condition)
    return np.where(asked.measure(measure, changes) == 1, 1.0, -1.0)


def _value(asked: Asked, measure: Measure, changes: Changes) -> Values:
    """Give a result as a number; what holds or does not is 1 or 0."""
    found = asked.measure(measure, changes)
    kind = MEASURES.get(measure.name)
    return found if kind is None or not kind.holds else (found == 1).astype(np.float64)


def _number(asked: Asked, measures: Mapping[str, Measure], expression: Expression, changes: Changes) -> Values:
    return _Margins(asked, measures, changes, rough=True).number(expression)


class _Margins:
    """A condition over worlds at once, told by how much it holds."""

    def __init__(self, asked: Asked, measures: Mapping[str, Measure], changes: Changes, *, rough: bool) -> None:
        self.asked = asked
        self.measures = measures
        self.changes = changes
        self.rough = rough

    def condition(self, expression: Expression) -> Values:
        match expression:
            case Word():
                return _flag_margin(self.asked, self.measures[expression.text], self.changes, rough=self.rough)
            case Prefix():
                return -self.condition(expression.item)
            case Infix(operator=operator) if operator in CONNECTIVES:
                return _JOINED[operator](self.condition(expression.left), self.condition(expression.right))
            case Infix(right=Choices(items=items)):
                return np.max([self.compare("==", expression.left, item) for item in items], axis=0)
            case Infix():
                return self.compare(expression.operator, expression.left, expression.right)
        raise AssertionError("the checker has let nothing else through")

    def compare(self, sign: str, left: Expression, right: Expression) -> Values:
        difference = self.number(left) - self.number(right)
        match sign:
            case ">=":
                return difference + _EQUAL
            case "<=":
                return -difference + _EQUAL
            case ">":
                return difference - _EQUAL
            case "<":
                return -difference - _EQUAL
            case "==":
                return _EQUAL - np.abs(difference)
        return np.abs(difference) - _EQUAL

    def number(self, expression: Expression) -> Values:
        def named(name: str) -> Values:
            return _value(self.asked, self.measures[name], self.changes)

        with np.errstate(all="ignore"):
            found: Values = work_out(expression, named, lambda one: np.full(self.asked.n_worlds, one))
        if isinstance(expression, Infix) and np.any(np.isnan(found)):
            raise UsageError("in some world the claim divides 0 by 0, or what has no end by another such")
        return found


_JOINED: Mapping[str, Callable[[Values, Values], Values]] = {
    "and": np.minimum,
    "or": np.maximum,
    "implies": lambda left, right: np.maximum(-left, right),
    "iff": lambda left, right: np.maximum(np.minimum(left, right), np.minimum(-left, -right)),
}
