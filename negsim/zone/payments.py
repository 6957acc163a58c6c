"""Side payments: the least that has to change hands for a world to have a zone, or a deal to suit all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from negsim.model.draws import Draws
from negsim.model.estimates import proportion, ratio, spread
from negsim.model.values import UNITS_PER_POINT
from negsim.records import dataclass
from negsim.zone.compiled import Compiled
from negsim.zone.stakes_result import Paid, Payments
from negsim.zone.violations import Table

__all__ = [
    "PaidCounts",
    "Payment",
    "Purse",
    "least_payment",
    "paid_counts",
    "purse_of",
    "summarise_payments",
]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Purse:
    """Who can pay and be paid in some worlds.

    ``places`` are the parties among those with constraints, ``worth`` (world, party) what a unit is worth to each, in
    units of utility, and ``bound`` (world,) the most that may change hands. ``unpaid[party]`` (group,) tells where a
    party cannot be paid: a deal there violates what is sacred to it.
    """

    places: tuple[int, ...]
    worth: Array
    bound: Array
    unpaid: NDArray[np.bool_]

    def bills(
        self, places: Sequence[int], lacks: Array, worlds: int | slice, groups: int | NDArray[np.intp]
    ) -> tuple[Array, Array]:
        """Reckon what payments would have to win, case by case.

        Whoever lacks points is paid what they are worth to it, by those who have points to spare, each of whom the deal
        needs. Nobody is paid for what is sacred to it.

        Parameters
        ----------
        places : sequence of int
            Who has a say, as places among those with constraints.
        lacks : float64 array (place, case)
            What each lacks, in units; minus infinity where it is not asked.
        worlds : int or slice
            The world of all cases, or that of each.
        groups : int or intp array
            The group of all cases, or that of each.

        Returns
        -------
        tuple
            What each party of the purse needs (party, case), and what changes hands (case,): infinite where no payment
            within the bound wins all.
        """
        needs = np.zeros((len(self.places), lacks.shape[1]))
        spares, possible = np.zeros(lacks.shape), np.ones(lacks.shape[1], np.bool_)
        for k, place in enumerate(places):
            if place not in self.places:
                possible &= lacks[k] <= 0
                continue
            mine = self.places.index(place)
            needs[mine], spares[k] = _in_money(lacks[k], self.worth[worlds].T[mine])
            needs[mine] = np.where((needs[mine] > 0) & self.unpaid[mine, groups], np.inf, needs[mine])
        total = np.sum(needs, axis=0)
        possible &= (total <= np.sum(spares, axis=0)) & (total <= self.bound[worlds])
        return needs, np.where(possible, total, np.inf)


def purse_of(compiled: Compiled, draws: Draws) -> Purse | None:
    """Read the side payments of a scenario; None where there are none, or a quorum decides who has to be paid."""
    payments, constraints = compiled.scenario.side_payments, compiled.constraints
    if payments is None or compiled.consent.voters:
        return None
    ids = [actor.id for actor in compiled.scenario.actors]
    positions = [ids.index(party) for party, _ in payments.worth]
    known = [position for position in positions if position in constraints.parties]
    parties = [compiled.structure.parties[position] for position in known]
    worth = [draws.quantity["side_payments", "worth", ids[position]] * UNITS_PER_POINT for position in known]
    unpaid = np.array(
        [np.any(cells.profaned, axis=1)[cells.signature[constraints.cells]] for cells in parties], np.bool_
    )
    return Purse(
        tuple(constraints.parties.index(position) for position in known),
        np.stack(worth, axis=1),
        draws.quantity["side_payments", "at_most"],
        unpaid.reshape(len(known), len(constraints.cells)),
    )


@dataclass(frozen=True, slots=True)
class Payment:
    """The least payment in one world, and to whom: (party,); infinite if none within bounds does."""

    least: float
    to: tuple[bool, ...]


def least_payment(table: Table, purse: Purse, world: int) -> Payment:
    """Find the least payment that opens a zone in a world without one.

    `Purse.bills` says who pays whom; and nobody pays for a real red line.

    Parameters
    ----------
    table : Table
        In which all parties with a purse are active.
    purse : Purse
    world : int
        The place of the table's world among those of the purse.
    """
    nobody = Payment(float("inf"), (False,) * len(purse.places))
    if table.broken[0]:
        return nobody
    cells, points = np.nonzero(table.key < 1 << len(table.active))
    lacks = np.array([lack[cells, points] for lack in table.lack], np.float64).reshape(-1, len(cells))
    needs, total = purse.bills(table.active, lacks, world, cells)
    if not np.any(np.isfinite(total)):
        return nobody
    best = int(np.argmin(total))
    return Payment(float(total[best]), tuple((needs[:, best] > 0).tolist()))


def _in_money(lack: Array, worth: ArrayLike) -> tuple[Array, Array]:
    """Give what somebody needs, and what it can spare, in money.

    Parameters
    ----------
    lack : float64 array (case,)
        What it lacks, in units of utility; minus infinity where it is not asked, so neither pays nor is paid.
    worth : array_like
        What a unit of money is worth to it, in units of utility. Where that is nothing, no money wins it, and it parts
        with any.
    """
    asked, value = np.isfinite(lack), np.asarray(worth, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        money = np.where(asked, lack, 0.0) / value
    free = asked & (value == 0)
    needs = np.where(free, np.where(lack > 0, np.inf, 0.0), np.maximum(money, 0.0))
    spares = np.where(free, np.where(lack > 0, 0.0, np.inf), np.maximum(-money, 0.0))
    return np.where(asked, needs, 0.0), np.where(asked, spares, 0.0)


@dataclass(frozen=True, slots=True)
class PaidCounts:
    """Payments over a run of blocks.

    ``n_worlds``, ``n_zones`` and ``opened`` (block,) count worlds, those with a zone anyway, and those that a payment
    opens; ``least`` (opened world,) and ``to`` (opened world, party) are what is paid there, and to whom.
    """

    n_worlds: NDArray[np.int64]
    n_zones: NDArray[np.int64]
    opened: NDArray[np.int64]
    least: Array
    to: NDArray[np.bool_]


def paid_counts(n_worlds: int, found: Sequence[Payment], n_parties: int) -> PaidCounts:
    """Gather the payments of the worlds without a zone in a block of so many worlds."""
    paid = [one for one in found if np.isfinite(one.least)]
    return PaidCounts(
        np.array([n_worlds]),
        np.array([n_worlds - len(found)]),
        np.array([len(paid)]),
        np.array([one.least for one in paid], np.float64),
        np.array([one.to for one in paid], np.bool_).reshape(len(paid), n_parties),
    )


def summarise_payments(compiled: Compiled, counts: PaidCounts) -> Payments:
    """Turn counts into a finding."""
    payments, constraints = compiled.scenario.side_payments, compiled.constraints
    assert payments is not None
    ids = [compiled.scenario.actors[party].id for party in constraints.parties]
    known = [party for party, _ in payments.worth if party in ids]
    starts = np.cumsum(counts.opened) - counts.opened
    return Payments(
        int(np.sum(counts.n_worlds)),
        payments.currency,
        proportion(counts.n_zones + counts.opened, counts.n_worlds),
        proportion(counts.opened, counts.n_worlds),
        spread(counts.least),
        tuple(
            Paid(party, ratio(_by_block(counts.to[:, k], starts, counts.opened), counts.opened, counts.n_worlds))
            for k, party in enumerate(known)
        )
        if np.any(counts.opened)
        else (),
    )


def _by_block(happens: NDArray[np.bool_], starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count what happens in each block, of which some may be empty."""
    total = np.concatenate([[0], np.cumsum(happens)])
    return np.asarray(total[starts + sizes] - total[starts], np.int64)
