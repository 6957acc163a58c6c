"""Worlds chosen by hand: every uncertain quantity at a value, every red line real or a bluff, everybody serious or not.

What `negsim check` looks at where it does not sample: corners, the centre, what a search comes to.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path
from negsim.model.draws import Draws, drawn_paths, draws_from, with_quantities
from negsim.model.quantiles import central_value, quantile
from negsim.records import dataclass
from negsim.scenario.inventory import NamedQuantity, coin_path, list_quantities, serious_path
from negsim.scenario.quantities import Constant, Distribution, Normal, Same, is_uncertain
from negsim.scenario.types import Scenario

__all__ = ["BLUFF", "REAL", "Factor", "centre_of", "draws_at", "factors_of", "points_of"]

BLUFF, REAL = 0.0, 1.0
"""The two values of a coin."""

_TAIL = 0.001
"""How much of a distribution without ends of its own is left out on either side."""

_HEADS, _TAILS = 1e-12, 1 - 1e-12
"""Uniform numbers with which a coin is real wherever it can be, and a bluff wherever it can be."""


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that worlds differ in: an uncertain quantity, or a coin.

    ``low`` and ``high`` are the ends of a quantity, or its .001 and .999 quantiles where it has none; ``centre`` is its
    median. A coin, of a red line (``path`` ends in ``real``) or of a party's good faith (``serious``), is `BLUFF` or
    `REAL`, and at its ``centre`` whichever is likelier, real where both are as likely. ``given`` is the path of the
    quantity that stands in the file: of a coin, the firmness or the good faith.
    """

    path: Path
    low: float
    high: float
    centre: float
    given: Path
    is_coin: bool = False


def factors_of(scenario: Scenario, keep: Collection[Path] = ()) -> tuple[Factor, ...]:
    """List all that worlds of a scenario differ in: uncertain quantities, then coins, each in the order of its path.

    A coin whose probability is 0 or 1 for certain is none. What decides a coin alone (a firmness, a good faith) is not
    listed beside it: whatever it is within its range, the coin falls on either side. Where that is also what another
    quantity is the same as, or one to ``keep``, it is listed.

    Returns
    -------
    tuple of Factor

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 1}}
    ... parties:
    ...   buyer:
    ...     title: Buyer
    ...     demands: {price: 0}
    ...     no_deal: 10..60
    ...     red_lines: {cap: {require: price <= 80, firmness: 0.4..0.8}}
    ... ''')
    >>> [(one.path[2], one.low, one.high, one.centre) for one in factors_of(sale)]
    [('no_deal', 10.0, 60.0, 35.0), ('red_lines', 0.0, 1.0, 1.0)]
    """
    named = {one.path: one for one in list_quantities(scenario)}
    coins = _coins(scenario, named)
    followed = {one.quantity.path for one in named.values() if isinstance(one.quantity, Same)}
    decided = {coin.given for coin in coins} - followed - set(keep)
    quantities = (
        _quantity(one, one.quantity)
        for path, one in named.items()
        if path not in decided and not isinstance(one.quantity, Constant | Same) and is_uncertain(one.quantity)
    )
    return (*(one for one in quantities if one.low < one.high), *coins)


def centre_of(factors: tuple[Factor, ...]) -> NDArray[np.float64]:
    """Give the point at which every factor is at its centre: float64 array (factor,)."""
    return np.array([one.centre for one in factors], np.float64)


def draws_at(scenario: Scenario, factors: tuple[Factor, ...], points: NDArray[np.float64]) -> Draws:
    """Make worlds of chosen values.

    Parameters
    ----------
    scenario : Scenario
    factors : tuple of Factor
        Of this scenario, or some of them; the others are at their centres. Of a scenario from which this one was made
        by a change, what this one has not is left out of account, and a value is taken over to where it would be
        between other ends.
    points : float64 array (world, factor)
        Values of quantities within their ends; `BLUFF` or `REAL` of coins.

    Returns
    -------
    Draws
        Where quantities are tied, each has its own value all the same.
    """
    n_worlds = len(points)
    every = factors_of(scenario, [one.path for one in factors])
    own = {one.path: one for one in every}
    at = {one.path: np.full(n_worlds, one.centre) for one in every}
    at |= {one.path: _carried(points[:, k], one, own[one.path]) for k, one in enumerate(factors) if one.path in own}
    middle = np.full(n_worlds, 0.5)
    uniform = dict.fromkeys(drawn_paths(scenario), middle)
    uniform |= {one.path: np.where(at[one.path] == REAL, _HEADS, _TAILS) for one in every if one.is_coin}
    draws = draws_from(scenario, uniform, n_worlds)
    return with_quantities(scenario, draws, {one.path: at[one.path] for one in every if not one.is_coin})


def _carried(values: NDArray[np.float64], before: Factor, after: Factor) -> NDArray[np.float64]:
    """Take values over between other ends, as far from the centre on the same side."""
    old, new = (before.low, before.centre, before.high), (after.low, after.centre, after.high)
    return values if old == new or before.is_coin else np.interp(values, old, new)


def _coins(scenario: Scenario, named: dict[Path, NamedQuantity]) -> tuple[Factor, ...]:
    found = []
    for actor in scenario.actors:
        for line in actor.red_lines:
            given = (*actor.path, "red_lines", line.id, "firmness")
            if line.firmness is not None:
                found.append((coin_path(actor, line.id), given))
    serious = [party for party in scenario.parties if party.good_faith is not None]
    found += [(serious_path(party), (*party.path, "good_faith")) for party in serious]
    coins = [_coin(path, given, named) for path, given in sorted(found)]
    return tuple(one for one in coins if one.low < one.high)


def _coin(path: Path, given: Path, named: dict[Path, NamedQuantity]) -> Factor:
    """Say how a coin may fall; the probability may be the same as that of another."""
    end = named[given]
    while isinstance(end.quantity, Same):
        end = named[end.quantity.path]
    low, high = _ends(end, end.quantity)
    likely = central_value(end.quantity, end.domain)
    return Factor(
        path,
        low=REAL if low == 1 else BLUFF,
        high=BLUFF if high == 0 else REAL,
        centre=REAL if likely >= 0.5 else BLUFF,
        given=given,
        is_coin=True,
    )


def _quantity(named: NamedQuantity, quantity: Distribution) -> Factor:
    low, high = _ends(named, quantity)
    return Factor(named.path, low, high, central_value(quantity, named.domain), named.path)


def _ends(named: NamedQuantity, quantity: Constant | Distribution) -> tuple[float, float]:
    match quantity:
        case Constant(value):
            return value, value
        case Normal():
            low, high = quantile(quantity, named.domain, np.array([_TAIL, 1 - _TAIL])).tolist()
            return low, high
    return quantity.low, quantity.high


def points_of(factors: tuple[Factor, ...], draws: Draws) -> NDArray[np.float64]:
    """Read off where worlds that were drawn stand: float64 array (world, factor)."""
    found = np.empty((draws.n_worlds, len(factors)))
    for k, one in enumerate(factors):
        if not one.is_coin:
            found[:, k] = draws.quantity[one.path]
        elif one.path[-1] == "serious":
            found[:, k] = draws.serious[one.path[1]]
        else:
            found[:, k] = draws.real[_owner(one.path), one.path[-2]]
    return found


def _owner(coin: Path) -> str:
    """Name whose red line a coin is of: ``(..., OWNER, red_lines, LINE, real)``."""
    return coin[-4]
