"""What to search a break-even of, and where: as asked, and as settled for a scenario."""

from __future__ import annotations

from negsim.errors import Path, ScenarioError, UsageError, format_path
from negsim.records import dataclass
from negsim.scenario.edits import split_path
from negsim.scenario.inventory import NamedQuantity, find_ends, is_of_bargaining, list_quantities
from negsim.scenario.quantities import Constant, Domain, Normal, Same
from negsim.scenario.types import Scenario
from negsim.scenario.words import did_you_mean, number_text
from negsim.study.breakeven.curves import RESULTS, held_at

__all__ = ["DEFAULT_GRID", "MOST_GRID", "Search", "Settled", "read_target", "settle_search"]

DEFAULT_GRID = 17
MOST_GRID = 1001
"""The most values the curve can have."""

_STEPS = 1000
"""Into how many steps a range is parted unless a tolerance is given."""

_FINEST = 1e-9
"""The finest tolerance, as a share of the range."""

_TOO_WIDE = 1000.0
"""A domain wider than this says nothing of what a constant could be instead."""

_SDS = 4.0
"""How far from its mean a normal is looked at."""


@dataclass(frozen=True, slots=True)
class Search:
    """Which quantity is to be held at which values, and what is to be reached.

    ``path`` is that of the quantity, ``target`` a probability of ``result``: ``p_zone``, ``p_agreement`` (by
    `negsim.bargaining.bargain`) or ``talks.p_agreement`` (under the calendar of talks). The range ``low`` to ``high``
    is, if left out, that of the quantity's distribution, four standard deviations around the mean of a normal; of a
    constant, its domain. The curve is looked at first at ``n_grid`` values evenly spread over it; crossings are looked
    for between neighbours, so that two between the same neighbours go unseen, and found to the ``tolerance``, if left
    out to a thousandth of the range.

    Raises
    ------
    UsageError
        If there is no such result, or the target or the grid makes no sense.
    """

    path: str
    target: float
    result: str = "p_zone"
    low: float | None = None
    high: float | None = None
    n_grid: int = DEFAULT_GRID
    tolerance: float | None = None

    def __post_init__(self) -> None:
        result, target = self.result, self.target
        if result not in RESULTS:
            raise UsageError(f"there is no result {result!r} to break even; {did_you_mean(result, RESULTS)}")
        if not 0 <= target <= 1:
            percent = f"; {number_text(target)} % is {number_text(target / 100)}" if 1 < target <= 100 else ""
            raise UsageError(f"the target of {result} is a probability, 0 to 1, not {number_text(target)}{percent}")
        if not 2 <= self.n_grid <= MOST_GRID:
            raise UsageError(f"the curve has 2 to {MOST_GRID:,} values, not {self.n_grid:,}")


@dataclass(frozen=True, slots=True)
class Settled:
    """A search for a scenario: the quantity as it is written in full, what it can be at all, and where to look."""

    path: Path
    domain: Domain
    low: float
    high: float
    tolerance: float


def settle_search(search: Search, scenario: Scenario) -> Settled:
    """Find the quantity and settle the range, and refuse what makes no sense.

    Raises
    ------
    UsageError
        If there is no such quantity, it is tied to another, no zone depends on it, the scenario makes no sense at an
        end of the range, or the range or the tolerance makes none.

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {deal: {title: Deal, options: [signed]}}
    ... parties: {ann: {title: Ann, values: {deal: {signed: 60}}, no_deal: 20..100}}
    ... ''')
    >>> settled = settle_search(Search("parties.ann.no_deal", target=0.5), sale)
    >>> settled.low, settled.high, settled.tolerance
    (20.0, 100.0, 0.08)
    """
    named = _find_quantity(scenario, search.path, search.result)
    _check_untied(scenario, named.path)
    low, high = _range(scenario, named, search.low, search.high)
    tolerance = _tolerance(high - low, search.tolerance)
    for end in (low, high):
        _check_loads(scenario, named.path, end)
    return Settled(named.path, named.domain, low, high, tolerance)


def read_target(text: str) -> tuple[str, float]:
    """Read a target as a user types it: the name of a result and a probability.

    Raises
    ------
    UsageError
        If it is none.

    Examples
    --------
    >>> read_target("p_zone=0.5"), read_target("talks.p_agreement = 20 %")
    (('p_zone', 0.5), ('talks.p_agreement', 0.2))
    """
    name, sign, number = (part.strip() for part in text.partition("="))
    percent = number.endswith("%")
    try:
        value = float(number.removesuffix("%"))
    except ValueError:
        hint = f"not {number!r}" if sign else "with an equals sign between them"
        raise UsageError(f"--target {text}: a target is RESULT=NUMBER, such as p_zone=0.5, {hint}") from None
    return name, value / 100 if percent else value


def _find_quantity(scenario: Scenario, path: str, result: str) -> NamedQuantity:
    """Find the quantity at a path; refuse one that the result does not look at."""
    known = {named.path: named for named in list_quantities(scenario)}
    named = known.get(split_path(path.strip()))
    if named is None:
        raise UsageError(f"{scenario.id} has no quantity {path}; {did_you_mean(path, map(format_path, known))}")
    if result == "p_zone" and is_of_bargaining(named.path):
        raise UsageError(
            f"no zone depends on {path}, which says how talks go; ask for p_agreement or talks.p_agreement instead"
        )
    return named


def _range(scenario: Scenario, named: NamedQuantity, low: float | None, high: float | None) -> tuple[float, float]:
    """Settle the range to search; what is not given is where the quantity can be."""
    path, domain = format_path(named.path), named.domain
    if low is None or high is None:
        reach = _reach(find_ends(list_quantities(scenario))[named.path])
        if reach is None:
            raise UsageError(
                f"{path} could be anything from {number_text(domain.low)} to {number_text(domain.high)};"
                " say between which values to search: --from and --to"
            )
        low, high = reach[0] if low is None else low, reach[1] if high is None else high
    for value in (low, high):
        if not domain.low <= value <= domain.high:
            bounds = f"{number_text(domain.low)}..{number_text(domain.high)} ({domain.unit})"
            raise UsageError(f"{path} cannot be {number_text(value)}: it lies in {bounds}")
    if low >= high:
        raise UsageError(
            f"the range of {path} must go from a lower to a higher value, not from {number_text(low)} to"
            f" {number_text(high)}"
        )
    return low, high


def _reach(end: NamedQuantity) -> tuple[float, float] | None:
    """Say between which values a quantity with a value of its own can be; None where that says nothing."""
    quantity, domain = end.quantity, end.domain
    assert not isinstance(quantity, Same)
    if isinstance(quantity, Normal):
        margin = _SDS * quantity.sd
        return max(domain.low, quantity.mean - margin), min(domain.high, quantity.mean + margin)
    if not isinstance(quantity, Constant):
        return quantity.low, quantity.high
    return (domain.low, domain.high) if domain.high - domain.low <= _TOO_WIDE else None


def _tolerance(width: float, asked: float | None) -> float:
    """Give the tolerance, and refuse one that makes no sense in a range so wide."""
    if asked is None:
        return width / _STEPS
    if not width * _FINEST <= asked < width:
        bounds = f"{number_text(width * _FINEST)} and less than the range, {number_text(width)}"
        raise UsageError(f"the tolerance must be at least {bounds}, not {number_text(asked)}")
    return asked


def _check_untied(scenario: Scenario, path: Path) -> None:
    """Refuse a quantity that is tied: what is tied to it could then not be drawn as it is."""
    for tie in scenario.ties:
        if path in tie.between:
            other = format_path(tie.between[tie.between[0] == path])
            raise UsageError(
                f"{format_path(path)} is tied to {other}, and held at a value nothing can be tied to it; drop the tie:"
                f" --set ties.{tie.id}=null"
            )


def _check_loads(scenario: Scenario, path: Path, value: float) -> None:
    """Refuse a value at which the scenario makes no sense.

    What checks of several quantities allow is a range of each, so that the ends speak for all between them.
    """
    try:
        held_at(scenario, path, value)
    except ScenarioError as error:
        first = error.problems[0]
        hint = f" ({first.help})" if first.help else ""
        message = f"{format_path(path)} cannot be held at {number_text(value)}: {first.message}{hint}"
        raise UsageError(message) from None
