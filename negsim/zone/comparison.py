"""What a comparison of two scenarios found, as plain data."""

from __future__ import annotations

from negsim.model.estimates import Estimate
from negsim.records import dataclass
from negsim.scenario.differences import Differences

__all__ = ["Change", "Comparison", "Side"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two scenarios that are compared, and the size of its outcome space."""

    scenario: str
    title: str
    n_issues: int
    n_outcomes: int
    n_cells: int


@dataclass(frozen=True, slots=True)
class Change:
    """How often something happens in either of two scenarios, over the same worlds.

    ``kind`` says what, ``key`` of what: ``zone`` of nothing further, ``option`` (in a zone) of an issue and an option,
    ``acceptance`` of a party, an issue and an option, ``red_line`` of a party and a line, ``no_deal`` of a party (there
    is a zone only without the line, or with the value lower). ``difference`` is ``after`` less ``before``, -1 to 1; its
    interval is that of a paired difference.
    """

    kind: str
    key: tuple[str, ...]
    before: Estimate
    after: Estimate
    difference: Estimate


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two scenarios on the same worlds, every figure before any conditioning on observed events.

    ``p_zone`` compares how likely a zone is; ``gained`` is the share of worlds with a zone only in the second scenario,
    ``lost`` only in the first. ``changes`` has everything else that both have, changed or not, in declared order;
    ``differences`` says what the two state differently.
    """

    before: Side
    after: Side
    n_worlds: int
    seed: int
    sampler: str
    p_zone: Change
    gained: Estimate
    lost: Estimate
    changes: tuple[Change, ...]
    differences: Differences

    def clear(self, kind: str) -> tuple[Change, ...]:
        """Give the changes of a kind whose interval excludes 0, larger ones first, equals in declared order."""
        found = (change for change in self.changes if change.kind == kind and change.difference.excludes_zero)
        return tuple(sorted(found, key=lambda change: -abs(change.difference.estimate)))

    def rows(self) -> list[dict[str, str | float]]:
        """Give one flat row per change, P(zone) first: kind, key, and each estimate with its bounds."""
        rows: list[dict[str, str | float]] = []
        for change in (self.p_zone, *self.changes):
            row: dict[str, str | float] = {"kind": change.kind, "key": ".".join(change.key)}
            row |= change.before.columns("before") | change.after.columns("after")
            row |= change.difference.columns("difference")
            rows.append(row)
        return rows
