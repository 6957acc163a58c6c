"""Worlds of a scenario, each a value of all that its worlds differ in."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from negsim.errors import format_path
from negsim.model.draws import Draws
from negsim.model.points import Factor, draws_at, factors_of
from negsim.records import dataclass
from negsim.scenario.types import Scenario

__all__ = ["World", "value_at", "worlds"]

_N_STEPS = 100


@dataclass(frozen=True, slots=True, repr=False)
class World:
    """One world: ``values[k]`` is where ``factors[k]`` is, within its ends; a coin is 1 where it is real or serious."""

    factors: tuple[Factor, ...]
    values: tuple[float, ...]

    @property
    def by_path(self) -> dict[str, float]:
        """The values by the paths of what has them; the path of a coin ends in ``real`` or ``serious``."""
        return {format_path(factor.path): value for factor, value in zip(self.factors, self.values, strict=True)}

    def draws(self, scenario: Scenario) -> Draws:
        """Make it a world that the model looks at: draws of a single one, all else at the centre."""
        return draws_at(scenario, self.factors, np.array([self.values], np.float64))

    def __repr__(self) -> str:
        return f"World({self.by_path})"


def worlds(scenario: Scenario) -> st.SearchStrategy[World]:
    """Draw worlds of a scenario, ends and corners of what is uncertain among them.

    Shrinks to the centre: every quantity at its median, every red line as is likelier.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    strategy of World

    Examples
    --------
    >>> from hypothesis import find
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 10}}
    ... parties:
    ...   buyer: {title: Buyer, demands: {price: 0}, no_deal: 30..50}
    ... ''')
    >>> find(worlds(sale), lambda world: True)
    World({'parties.buyer.no_deal': 40.0})
    """
    factors = factors_of(scenario)
    return st.tuples(*map(_values, factors)).map(lambda values: World(factors, values))


def _values(factor: Factor) -> st.SearchStrategy[float]:
    if factor.is_coin:
        return st.sampled_from([factor.centre, factor.low + factor.high - factor.centre])
    moves = st.one_of(st.integers(-_N_STEPS, _N_STEPS), st.sampled_from([-_N_STEPS, _N_STEPS]))
    return moves.map(lambda move: value_at(factor, move, _N_STEPS))


def value_at(factor: Factor, move: int, n_steps: int) -> float:
    """Go so many steps from the centre of a quantity towards its high end, or down; ``n_steps`` lead to either.

    >>> value_at(Factor(("x",), low=0.0, high=10.0, centre=4.0, given=("x",)), -1, 4)
    3.0
    """
    end = factor.high if move > 0 else factor.low
    if abs(move) == n_steps:
        return end
    within = factor.centre + (end - factor.centre) * abs(move) / n_steps
    return min(max(within, factor.low), factor.high)
