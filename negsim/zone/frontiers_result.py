"""What the frontier of some parties is, as plain data with rows for any data-frame library."""

from __future__ import annotations

from negsim.model.estimates import Estimate, Spread
from negsim.records import dataclass

__all__ = [
    "Attainable",
    "AttainableLevel",
    "Frontier",
    "FrontierPoint",
    "LineInWorld",
    "SolutionChoice",
    "SolutionPoint",
    "WorldFrontier",
]

Row = dict[str, str | float | None]

Points = tuple[tuple[str, float], ...]
"""Points by party, as ``(party, points)``."""


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """One Pareto-efficient point of utility, and an outcome behind it.

    ``utility`` and ``gain`` (over no deal) are in points, in the order of the frontier's parties. ``in_zone`` tells
    whether some outcome with just these utilities is in the zone of the world (None where that is not known);
    ``n_outcomes`` how many have them and cross no real red line of these parties. ``options`` is one of them: one in
    the zone if there is one, otherwise the first in declared order.
    """

    utility: tuple[float, ...]
    gain: tuple[float, ...]
    in_zone: bool | None
    n_outcomes: int
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LineInWorld:
    """A red line, and whether it is real in a world or a bluff."""

    party: str
    red_line: str
    real: bool


@dataclass(frozen=True, slots=True)
class SolutionPoint:
    """Gains of signatories that a solution chooses, in points.

    ``number`` is the place, from 1, of the frontier's point with the same gains; None where the frontier has none, or
    is that of a party that does not sign.
    """

    gains: Points
    number: int | None


@dataclass(frozen=True, slots=True)
class SolutionChoice:
    """What one solution chooses in a world: one point of gains, or several that tie."""

    name: str
    title: str
    compares_points: bool
    points: tuple[SolutionPoint, ...]


@dataclass(frozen=True, slots=True)
class WorldFrontier:
    """The frontier of some parties in one world.

    ``points`` go from the first party's best on; ``n_points`` counts all there are, of which the points are a spread
    where they are too many. ``no_deal`` and ``lines`` tell of all parties what holds in this world. ``has_zone`` is
    None where that is not known, as combinations are too many; ``solutions`` are empty then, without a zone, and under
    a quorum.
    """

    world: int
    no_deal: Points
    lines: tuple[LineInWorld, ...]
    n_points: int
    points: tuple[FrontierPoint, ...]
    has_zone: bool | None
    solutions: tuple[SolutionChoice, ...]

    def chosen_by(self, number: int) -> tuple[SolutionChoice, ...]:
        """Name the solutions that choose the point of a number, counted from 1."""
        return tuple(one for one in self.solutions if number in {point.number for point in one.points})


@dataclass(frozen=True, slots=True)
class AttainableLevel:
    """What is left for the second party where the first gains at least so much over no deal.

    ``at_least`` is in points. ``p_reach`` is the share of worlds in which the first can gain it at all; ``most`` the
    most that the second can gain then, in points, over those worlds (None if there are none); ``p_both`` the share of
    all worlds in which that is at least 0, so that both accept.
    """

    at_least: float
    p_reach: Estimate
    most: Spread | None
    p_both: Estimate


@dataclass(frozen=True, slots=True)
class Attainable:
    """The frontier of two parties over the first ``n_worlds`` worlds, level by level of the first one's gain."""

    n_worlds: int
    levels: tuple[AttainableLevel, ...]


@dataclass(frozen=True, slots=True)
class Frontier:
    """What some parties can attain at most, whatever all others say; before any conditioning on observed events.

    Only outcomes that cross no real red line of theirs count. ``found`` is the frontier in one world, or that of two
    parties over many.
    """

    parties: tuple[str, ...]
    found: WorldFrontier | Attainable

    def rows(self) -> list[Row]:
        """Give a flat row per point, or per level: the same columns in every row."""
        found = self.found
        if isinstance(found, WorldFrontier):
            return [self._point_row(number, found) for number in range(1, len(found.points) + 1)]
        return [self._level_row(level) for level in found.levels]

    def _point_row(self, number: int, found: WorldFrontier) -> Row:
        point = found.points[number - 1]
        row: Row = {"point": number}
        row |= {f"utility.{party}": value for party, value in zip(self.parties, point.utility, strict=True)}
        row |= {f"gain.{party}": value for party, value in zip(self.parties, point.gain, strict=True)}
        row |= {"in_zone": None if point.in_zone is None else str(point.in_zone).lower()}
        row |= {"outcomes": point.n_outcomes, "chosen_by": " ".join(one.name for one in found.chosen_by(number))}
        return row | dict(point.options)

    def _level_row(self, level: AttainableLevel) -> Row:
        first, second = self.parties
        most = f"most.{second}"
        row: Row = {f"at_least.{first}": level.at_least, **level.p_reach.columns("p_reach")}
        row |= level.most.columns(most) if level.most else dict.fromkeys((most, f"{most}.p10", f"{most}.p90"))
        return row | level.p_both.columns("p_both")
