"""Changes of a scenario that leave it valid: what is uncertain held at one of its values, red lines real or bluffs."""

from __future__ import annotations

from math import floor, log10

from hypothesis import strategies as st

from negsim.errors import Path, UsageError, format_path
from negsim.model.points import Factor, factors_of
from negsim.records import dataclass
from negsim.scenario.inventory import find_ends, list_quantities
from negsim.scenario.load import loads
from negsim.scenario.plain_values import plain_number
from negsim.scenario.types import Scenario
from negsim.scenario.writer import write
from negsim.testing.worlds import value_at

__all__ = ["edits", "from_scenario"]

_N_STEPS = 20


@dataclass(frozen=True, slots=True)
class _Change:
    """A quantity that may be set, and whether to an end of its reach as well."""

    factor: Factor
    with_ends: bool


def edits(
    scenario: Scenario, *, max_edits: int | None = None, red_lines: bool = True
) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw changes that ``loads(write(scenario), overrides=...)`` takes, none of them the first.

    Each sets one uncertain quantity to a number within its reach, or makes one red line real (firmness 1) or a bluff
    (0). What is tied by a rank correlation stays as it is, and so do red lines whose firmness was observed, and good
    faith that decides nothing else. Weights, and chances of what was observed, stay off the ends of their reach.

    Parameters
    ----------
    scenario : Scenario
    max_edits : int, optional
        The most changes at a time.
    red_lines : bool
        Whether red lines may become real or bluffs.

    Returns
    -------
    strategy of tuple of str
        ``PATH=VALUE`` each, in the order of `negsim.model.points.factors_of`.

    Raises
    ------
    UsageError
        If ``max_edits`` is below 0.

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
    >>> find(edits(sale), lambda changes: True)
    ()
    >>> find(edits(sale), lambda changes: len(changes) == 1)
    ('parties.buyer.no_deal=40',)
    """
    return _edits(scenario, min_edits=0, max_edits=max_edits, red_lines=red_lines)


def from_scenario(
    scenario: Scenario, *, min_edits: int = 0, max_edits: int | None = None, red_lines: bool = True
) -> st.SearchStrategy[Scenario]:
    """Draw a scenario with some of its uncertain quantities held at values within their reach.

    Shrinks to the scenario itself.

    Parameters
    ----------
    scenario : Scenario
    min_edits, max_edits : int, optional
        The fewest and the most changes at a time.
    red_lines : bool
        Whether red lines may become real or bluffs.

    Returns
    -------
    strategy of Scenario

    Raises
    ------
    UsageError
        If the scenario has not so much to change.

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
    >>> find(from_scenario(sale, min_edits=1), lambda held: True).parties[0].no_deal
    Constant(value=40.0)
    """
    text = write(scenario)
    changes = _edits(scenario, min_edits=min_edits, max_edits=max_edits, red_lines=red_lines)
    return changes.map(lambda overrides: loads(text, overrides=overrides) if overrides else scenario)


def _edits(
    scenario: Scenario, *, min_edits: int, max_edits: int | None, red_lines: bool
) -> st.SearchStrategy[tuple[str, ...]]:
    changes = _changes(scenario, red_lines=red_lines)
    most = len(changes) if max_edits is None else max_edits
    if min_edits < 0:
        raise UsageError(f"cannot have min_edits={min_edits}: min_edits is at least 0")
    if most < min_edits and max_edits is not None:
        raise UsageError(f"cannot have max_edits={most} < min_edits={min_edits}")
    n_targets = len({change.factor.given for change in changes})
    if min_edits > n_targets:
        raise UsageError(f"min_edits={min_edits}, but {scenario.id} has {n_targets} things to change")
    if not changes or not most:
        return st.just(())
    positions = st.integers(0, len(changes) - 1)
    which = st.lists(
        positions, unique_by=lambda k: changes[k].factor.given, min_size=min_edits, max_size=min(most, n_targets)
    )
    return which.flatmap(lambda chosen: st.tuples(*(_assignments(changes[k]) for k in sorted(chosen))))


def _changes(scenario: Scenario, *, red_lines: bool) -> tuple[_Change, ...]:
    """List what may be changed without making a scenario invalid."""
    ends = {path: end.path for path, end in find_ends(list_quantities(scenario)).items()}
    tied = {ends[path] for tie in scenario.ties for path in tie.between}
    hung_on = {ends[path] for path in _hung_on(scenario)}
    found = []
    for factor in factors_of(scenario):
        given = ends[factor.given]
        if factor.is_coin and (not red_lines or factor.path[-1] != "real" or given in tied | hung_on):
            continue
        if given not in tied:
            found.append(_Change(factor, given not in hung_on))
    return tuple(found)


def _hung_on(scenario: Scenario) -> set[Path]:
    """Find what may not be certain: weights may not all be 0, and what was seen must be possible."""
    named = {one.path for one in list_quantities(scenario)}
    found = {path for path in named if "priorities" in path}
    if scenario.talks is not None and scenario.talks.observed:
        found |= {path for path in named if path[0] == "talks" and path[-1] in ("rate", "chance")}
        found |= {seen.binomial.path for seen in scenario.talks.observed if seen.binomial is not None}
    return found & named


def _assignments(change: _Change) -> st.SearchStrategy[str]:
    factor = change.factor
    target = format_path(factor.given)
    if factor.is_coin:
        falls = [factor.centre, factor.low + factor.high - factor.centre]
        return st.sampled_from([f"{target}={plain_number(fall)}" for fall in falls])
    furthest = _N_STEPS if change.with_ends else _N_STEPS - 1
    moves = st.integers(-furthest, furthest)
    return moves.map(lambda move: f"{target}={plain_number(_tidy(factor, value_at(factor, move, _N_STEPS)))}")


def _tidy(factor: Factor, value: float) -> float:
    """Leave out needless digits, where what is left is strictly within the reach."""
    rounded = round(value, 2 - floor(log10(factor.high - factor.low)))
    return rounded if factor.low < rounded < factor.high else value
