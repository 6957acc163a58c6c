"""From talks in single worlds to estimates over all of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.found import TEMPERS, Found
from negsim.bargaining.prospects import tactic_of
from negsim.bargaining.result import BargainResult, OptionReached, PartyOutcome, Reason, RobustDeal, TacticChange
from negsim.bargaining.stops import Stop
from negsim.bargaining.table import Table
from negsim.model.estimates import Estimate, mean_change, paired_difference, proportion, ratio, spread
from negsim.model.outcomes import spell
from negsim.model.sampling import BLOCK

__all__ = ["summarise"]

Mask = NDArray[np.bool_]

N_ROBUST = 3
"""Deals shown beside what is reached: those most often in the zone."""

_NOTHING = 1e-6
"""Points that rounding may make of nothing."""


class _Blocks:
    """Counts worlds block by block."""

    def __init__(self, n_worlds: NDArray[np.int64]) -> None:
        self.n_worlds = n_worlds
        self._starts = np.cumsum(n_worlds) - n_worlds

    def count(self, where: Mask) -> NDArray[np.int64]:
        """Count the worlds marked: (block,)."""
        return np.add.reduceat(where.astype(np.int64), self._starts)

    def p(self, where: Mask) -> Estimate:
        """Estimate how likely a world is marked."""
        return proportion(self.count(where), self.n_worlds)

    def among(self, where: Mask, cases: Mask) -> Estimate | None:
        """Estimate how likely one of some worlds is marked; None if there are none."""
        return ratio(self.count(where & cases), self.count(cases), self.n_worlds) if np.any(cases) else None


def summarise(table: Table, found: Found, n_worlds: NDArray[np.int64]) -> BargainResult:
    """Turn what was found in each world into estimates, given the number of worlds in each block."""
    blocks, protocol = _Blocks(n_worlds), table.protocol
    agreed = found.stop == Stop.AGREED
    efficient = agreed & np.all(found.spare <= _NOTHING, axis=1)
    compiled = table.compiled
    return BargainResult(
        n_worlds=int(np.sum(n_worlds)),
        seed=compiled.seed,
        sampler=compiled.sampler,
        kind=protocol.kind,
        n_rounds=protocol.rounds_a_session * protocol.sessions,
        sessions=protocol.sessions,
        offers=protocol.offers,
        beliefs=protocol.beliefs,
        order=tuple(party.id for party in table.parties),
        n_deals=len(table.deals),
        n_outcomes=compiled.structure.n_outcomes,
        coverage=None if table.is_whole else blocks.among(found.covered, found.zone),
        p_agreement=blocks.p(agreed),
        p_zone=blocks.p(found.zone),
        missed=blocks.p(found.zone & ~agreed),
        impossible=blocks.p(~found.zone),
        reasons=tuple(
            Reason(stop.word, blocks.p(found.stop == stop))
            for stop in Stop
            if stop == Stop.AGREED or np.any(found.stop == stop)
        ),
        rounds=spread((found.round[agreed] + 1).astype(np.float64)),
        p_efficient=blocks.among(efficient, agreed),
        nash=spread(found.nash[~np.isnan(found.nash)]),
        parties=_parties(table, found, agreed),
        options=_options(table, found, agreed, blocks),
        robust=_robust(table, found, blocks),
        changes=_changes(table, found, agreed, blocks),
    )


def _parties(table: Table, found: Found, agreed: Mask) -> tuple[PartyOutcome, ...]:
    outcomes = []
    for place, party in enumerate(table.parties):
        gain, best, spare = (figure[agreed, place] for figure in (found.gain, found.best, found.spare))
        share = np.where(best > 0, gain / np.where(best > 0, best, 1.0), 1.0)
        outcomes.append(
            # Under a quorum there is no best.
            PartyOutcome(party.id, tactic_of(party).name, spread(gain), spread(share[~np.isnan(best)]), spread(spare))
        )
    return tuple(outcomes)


def _options(table: Table, found: Found, agreed: Mask, blocks: _Blocks) -> tuple[OptionReached, ...]:
    """Count how often agreements hold each option."""
    if not np.any(agreed):
        return ()
    cases = blocks.count(agreed)
    reached = []
    for k, issue in enumerate(table.compiled.scenario.issues):
        choice = np.where(agreed, table.choices[found.deal, k], -1)
        for number, option in enumerate(issue.choices):
            hits = blocks.count(choice == number)
            reached.append(OptionReached(issue.id, option, ratio(hits, cases, blocks.n_worlds)))
    return tuple(reached)


def _robust(table: Table, found: Found, blocks: _Blocks) -> tuple[RobustDeal, ...]:
    """List the deals most often in the zone, best first; of equals the first in declared order."""
    total = np.sum(found.tally, axis=0)
    best = [k for k in np.argsort(-total, kind="stable")[:N_ROBUST].tolist() if total[k]]
    return tuple(
        RobustDeal(
            spell(table.compiled.scenario, table.choices[k]),
            proportion(found.tally[:, k], blocks.n_worlds),
            blocks.p(found.deal == k),
        )
        for k in best
    )


def _changes(table: Table, found: Found, agreed: Mask, blocks: _Blocks) -> tuple[TacticChange, ...]:
    named = [(place, change) for place in range(len(table.order)) for change in TEMPERS]
    gain = np.where(np.isnan(found.gain), 0.0, found.gain)
    return tuple(
        TacticChange(
            table.parties[place].id,
            change,
            paired_difference(
                blocks.count((found.changed_stop[:, k] == Stop.AGREED) & ~agreed),
                blocks.count(agreed & (found.changed_stop[:, k] != Stop.AGREED)),
                blocks.n_worlds,
            ),
            mean_change(found.changed_gain[:, k] - gain[:, place], BLOCK),
        )
        for k, (place, change) in enumerate(named)
    )
