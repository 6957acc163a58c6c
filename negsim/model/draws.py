"""One block of worlds: every quantity of a scenario drawn, every red line resolved to real or bluff.

And the same worlds with something changed: quantities set anew, coins held against them anew, issues settled.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path, format_path
from negsim.model.quantiles import central_value, quantile
from negsim.model.sampling import BLOCK, sample_uniforms
from negsim.records import dataclass
from negsim.scenario.inventory import (
    NamedQuantity,
    coin_path,
    coin_paths,
    find_ends,
    list_quantities,
    serious_path,
    serious_paths,
)
from negsim.scenario.quantities import Constant, Distribution, Same, is_uncertain
from negsim.scenario.types import Scenario, Tie

__all__ = [
    "Draws",
    "draw_block",
    "draw_centre",
    "drawn_paths",
    "draws_from",
    "exchanged",
    "followers_of",
    "joined_draws",
    "settle_issue",
    "tied_groups",
    "with_quantities",
]


@dataclass(frozen=True, slots=True)
class Draws:
    """The values of all quantities in some worlds.

    ``quantity[path]`` is a float64 array (world,), read-only; ``real[actor, red_line]`` a bool array (world,),
    true where the red line is no bluff. A hard red line is real everywhere and is listed too. ``serious[party]``
    (world,) tells where a party whose good faith is given negotiates seriously. ``coin[path]`` (world,) are the uniform
    numbers that decide these two: real, or serious, where below the firmness or the good faith.

    ``settled[issue]`` is an intp array (world,) for a free issue that has been settled before any deal: the option that
    it was settled at, which is then all that counts whatever a deal or an end state says; -1 where it is open.
    """

    quantity: Mapping[Path, NDArray[np.float64]]
    real: Mapping[tuple[str, str], NDArray[np.bool_]]
    n_worlds: int
    serious: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    coin: Mapping[Path, NDArray[np.float64]] = field(default_factory=dict)
    settled: Mapping[str, NDArray[np.intp]] = field(default_factory=dict)

    def select(self, which: NDArray[np.bool_]) -> Draws:
        """Keep some of the worlds: those marked, (world,)."""
        return Draws(
            quantity={path: _read_only(values[which]) for path, values in self.quantity.items()},
            real={line: real[which] for line, real in self.real.items()},
            n_worlds=int(np.count_nonzero(which)),
            serious={party: serious[which] for party, serious in self.serious.items()},
            coin={path: uniform[which] for path, uniform in self.coin.items()},
            settled={issue: option[which] for issue, option in self.settled.items()},
        )


def draw_block(scenario: Scenario, *, seed: int, block: int, sampler: str = "lhs", n_worlds: int = BLOCK) -> Draws:
    """Draw the worlds of one block.

    Parameters
    ----------
    scenario : Scenario
    seed, block : int
        World ``w`` of a run is world ``w % BLOCK`` of block ``w // BLOCK``.
    sampler : str
        ``lhs``, ``random`` or ``sobol``.
    n_worlds : int
        How many of the block's worlds to keep, from the first; at most `BLOCK`.

    Returns
    -------
    Draws
    """
    uniform = sample_uniforms(drawn_paths(scenario), sampler=sampler, seed=seed, block=block)
    return draws_from(scenario, {path: values[:n_worlds] for path, values in uniform.items()}, n_worlds)


def drawn_paths(scenario: Scenario) -> tuple[Path, ...]:
    """List all that a uniform number decides: uncertain quantities, then coins of red lines and of good faith."""
    uncertain = [item.path for item in list_quantities(scenario) if is_uncertain(item.quantity)]
    return (*uncertain, *coin_paths(scenario), *serious_paths(scenario))


def draws_from(scenario: Scenario, uniform: Mapping[Path, NDArray[np.float64]], n_worlds: int) -> Draws:
    """Make worlds of given uniform numbers, of whatever design.

    Parameters
    ----------
    scenario : Scenario
    uniform : mapping of Path to float64 array (world,)
        Strictly between 0 and 1; one for each of `drawn_paths`, before rank correlations are laid on them.
    n_worlds : int

    Returns
    -------
    Draws

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 1}}
    ... parties: {buyer: {title: Buyer, demands: {price: 0}, no_deal: 10..60}}
    ... ''')
    >>> path = ("parties", "buyer", "no_deal")
    >>> draws_from(sale, {path: np.array([0.1, 0.5])}, 2).quantity[path].tolist()
    [15.0, 35.0]
    """
    named = list_quantities(scenario)
    uniform = {**uniform, **_tie(scenario.ties, uniform)}
    own = {
        item.path: _value(item.quantity, item, uniform, n_worlds)
        for item in named
        if not isinstance(item.quantity, Same)
    }
    quantity = {path: own[end.path] for path, end in find_ends(named).items()}
    for array in quantity.values():
        _read_only(array)
    coin = {path: uniform[path] for path in (*coin_paths(scenario), *serious_paths(scenario))}
    real = _all_real(scenario, n_worlds) | _flip_coins(scenario, coin, quantity)
    return Draws(quantity, real, n_worlds, _flip_for_good_faith(scenario, coin, quantity), coin)


def draw_centre(scenario: Scenario) -> Draws:
    """Give the single world in which every quantity has its median, every red line is real and everybody serious."""
    named = list_quantities(scenario)
    own = {
        item.path: np.array([central_value(item.quantity, item.domain)])
        for item in named
        if not isinstance(item.quantity, Same)
    }
    quantity = {path: own[end.path] for path, end in find_ends(named).items()}
    return Draws(quantity, _all_real(scenario, 1), 1)


def joined_draws(parts: Sequence[Draws]) -> Draws:
    """Put the worlds of several draws of a scenario, of which nothing is settled, one after the other."""
    first = parts[0]
    return Draws(
        quantity={path: _read_only(np.concatenate([one.quantity[path] for one in parts])) for path in first.quantity},
        real={line: np.concatenate([one.real[line] for one in parts]) for line in first.real},
        n_worlds=sum(one.n_worlds for one in parts),
        serious={party: np.concatenate([one.serious[party] for one in parts]) for party in first.serious},
        coin={path: np.concatenate([one.coin[path] for one in parts]) for path in first.coin},
    )


def with_quantities(
    scenario: Scenario,
    draws: Draws,
    changed: Mapping[Path, NDArray[np.float64]],
    *,
    followers: Mapping[Path, Path] | None = None,
) -> Draws:
    """Give some quantities other values in the same worlds.

    Red lines are real, and parties serious, by the same coins as before, held against firmness and good faith as they
    are now.

    Parameters
    ----------
    scenario : Scenario
    draws : Draws
    changed : mapping of Path to float64 array (world,)
        Inside the domain of each quantity. What is the `same` as one of these follows it, unless it is changed itself.
    followers : mapping of Path to Path, optional
        What each quantity is the `same` as, for those that are; looked up if left out, which takes a while.

    Returns
    -------
    Draws
        Holding the very arrays of ``draws`` for every quantity that is not changed.
    """
    new = {path: _read_only(np.array(values, np.float64)) for path, values in changed.items()}
    quantity = {**draws.quantity, **_with_followers(followers_of(scenario) if followers is None else followers, new)}
    real = {**draws.real, **_flip_coins(scenario, draws.coin, quantity)}
    serious = _flip_for_good_faith(scenario, draws.coin, quantity)
    return replace(draws, quantity=quantity, real=real, serious=serious)


def exchanged(
    scenario: Scenario,
    draws: Draws,
    other: Draws,
    paths: Collection[Path],
    *,
    followers: Mapping[Path, Path] | None = None,
) -> Draws:
    """Take some quantities and coins from other worlds, world by world, and all else from these.

    Parameters
    ----------
    scenario : Scenario
    draws, other : Draws
        Of as many worlds each.
    paths : collection of Path
        Of quantities with a value of their own, and of coins. Of quantities that are tied, all or none.
    followers : mapping of Path to Path, optional
        As for `with_quantities`.

    Returns
    -------
    Draws
        Holding the very arrays of ``draws`` for every quantity and coin that is not taken.
    """
    coin = {path: other.coin[path] if path in paths else uniform for path, uniform in draws.coin.items()}
    taken = {path: other.quantity[path] for path in paths if path in other.quantity}
    return with_quantities(scenario, replace(draws, coin=coin), taken, followers=followers)


def settle_issue(draws: Draws, issue: str, option: int, where: NDArray[np.bool_]) -> Draws:
    """Settle a free issue at an option before any deal, in the worlds marked; elsewhere it stays as it is.

    Parameters
    ----------
    draws : Draws
    issue : str
        Named by no condition and without a `when`.
    option : int
        Position among its options.
    where : bool array (world,)

    Returns
    -------
    Draws
        In the worlds marked every option of the issue is worth to every actor what this one is: in deals, and in end
        states, which leave the issue no longer to what they say or to their `rest`.
    """
    before = draws.settled.get(issue, np.full(draws.n_worlds, -1, np.intp))
    return replace(draws, settled={**draws.settled, issue: np.where(where, option, before)})


def followers_of(scenario: Scenario) -> dict[Path, Path]:
    """List what each quantity is the `same` as, for those that are."""
    return {one.path: one.quantity.path for one in list_quantities(scenario) if isinstance(one.quantity, Same)}


def _with_followers(
    source: Mapping[Path, Path], changed: Mapping[Path, NDArray[np.float64]]
) -> dict[Path, NDArray[np.float64]]:
    """Add what is, perhaps by way of others, the `same` as a changed quantity."""
    found = dict(changed)
    for path in source:
        end = path
        while end not in changed and end in source:
            end = source[end]
        if end in changed:
            found[path] = changed[end]
    return found


def _value(
    quantity: Constant | Distribution,
    named: NamedQuantity,
    uniform: Mapping[Path, NDArray[np.float64]],
    n_worlds: int,
) -> NDArray[np.float64]:
    if isinstance(quantity, Constant):
        return np.full(n_worlds, quantity.value)
    return quantile(quantity, named.domain, uniform[named.path])


def _all_real(scenario: Scenario, n_worlds: int) -> dict[tuple[str, str], NDArray[np.bool_]]:
    return {(actor.id, line.id): np.ones(n_worlds, np.bool_) for actor in scenario.actors for line in actor.red_lines}


def _flip_coins(
    scenario: Scenario, coin: Mapping[Path, NDArray[np.float64]], quantity: Mapping[Path, NDArray[np.float64]]
) -> dict[tuple[str, str], NDArray[np.bool_]]:
    """Tell where the red lines that have a coin are real."""
    return {
        (actor.id, line.id): coin[path] < quantity[*actor.path, "red_lines", line.id, "firmness"]
        for actor in scenario.actors
        for line in actor.red_lines
        if (path := coin_path(actor, line.id)) in coin
    }


def _flip_for_good_faith(
    scenario: Scenario, coin: Mapping[Path, NDArray[np.float64]], quantity: Mapping[Path, NDArray[np.float64]]
) -> dict[str, NDArray[np.bool_]]:
    """Tell where the parties that have a coin are serious."""
    return {
        party.id: coin[path] < quantity[*party.path, "good_faith"]
        for party in scenario.parties
        if (path := serious_path(party)) in coin
    }


def _read_only(values: NDArray[np.float64]) -> NDArray[np.float64]:
    values.flags.writeable = False
    return values


def _tie(ties: tuple[Tie, ...], uniform: Mapping[Path, NDArray[np.float64]]) -> dict[Path, NDArray[np.float64]]:
    """Correlate tied quantities by a Gaussian copula; each keeps its own distribution.

    The normal correlation that gives a rank correlation s is 2 sin(pi s / 6) (Pearson 1907). The first path of a
    tied group, in written order, keeps its draws; the others mix theirs with those before them.
    """
    mixed: dict[Path, NDArray[np.float64]] = {}
    for group in tied_groups(ties):
        mixed |= _mix(group, uniform)
    return mixed


def tied_groups(ties: tuple[Tie, ...]) -> list[list[Tie]]:
    """Part rank correlations into groups that share no path."""
    group_of: dict[Path, list[Tie]] = {}
    for tie in ties:
        near = {id(group_of[path]): group_of[path] for path in tie.between if path in group_of}
        group = [tie, *(other for others in near.values() for other in others)]
        group_of |= {path: group for other in group for path in other.between}
    return list({id(group): group for group in group_of.values()}.values())


def _mix(ties: list[Tie], uniform: Mapping[Path, NDArray[np.float64]]) -> dict[Path, NDArray[np.float64]]:
    from scipy.special import ndtr, ndtri

    paths = sorted({path for tie in ties for path in tie.between}, key=format_path)
    rank = {path: k for k, path in enumerate(paths)}
    correlation = np.eye(len(paths))
    for tie in ties:
        first, second = (rank[path] for path in tie.between)
        correlation[first, second] = correlation[second, first] = 2 * np.sin(np.pi * tie.rank_correlation / 6)
    factor = np.linalg.cholesky(correlation)
    normal = np.stack([ndtri(uniform[path]) for path in paths])
    # Sums in a fixed order rather than a matrix product, whose last bits depend on the number of threads.
    return {
        path: np.asarray(ndtr(sum((factor[row, k] * normal[k] for k in range(1, row + 1)), factor[row, 0] * normal[0])))
        for row, path in enumerate(paths)
        if row > 0
    }
