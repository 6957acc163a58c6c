"""One deal looked at closely: who accepts it, what each party lacks and gives up, and what all would prefer to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from negsim.model.estimates import proportion
from negsim.model.outcomes import Outcomes, spell
from negsim.records import dataclass
from negsim.scenario.types import Scenario
from negsim.zone.analysis import DEFAULT_WORLDS, OnProgress, check_request
from negsim.zone.compiled import Compiled, compile_scenario
from negsim.zone.counting import Run, blocks_between, joined
from negsim.zone.deal_counting import DealView, count_preferred, view_deal
from negsim.zone.deal_neighbours import Neighbours, neighbours_of
from negsim.zone.deal_options import choices_of_options
from negsim.zone.deal_result import DealResult, PreferredDeal
from negsim.zone.deal_stakes import find_deal_stakes
from negsim.zone.deal_summary import gains_over, views_of
from negsim.zone.plan import VARIANT_WORLDS
from negsim.zone.workers import Workers

__all__ = ["analyse_deal"]

N_PREFERRED = 3
"""Deals reported that all would prefer."""

PILOT_WORLDS = 1024
"""Worlds by which these are chosen, the first ones; their shares are then estimated over all."""

Places = NDArray[np.intp]


def analyse_deal(
    scenario: Scenario,
    options: Mapping[str, str | float],
    *,
    n_worlds: int = DEFAULT_WORLDS,
    seed: int = 0,
    sampler: str = "lhs",
    n_jobs: int = 1,
    on_progress: OnProgress | None = None,
) -> DealResult:
    """Look at one deal: who accepts it how often, what stands in the way, and which deals all would prefer to it.

    Parameters
    ----------
    scenario : Scenario
    options : mapping
        The option of each issue by its id; a level of a numeric issue also as a number. An issue that does not arise
        is left out, or ``irrelevant``.
    n_worlds, seed, sampler, n_jobs, on_progress
        As for `analyse_zone`. Progress counts the worlds that are gone through first to choose what all would prefer.

    Returns
    -------
    DealResult

    Raises
    ------
    UsageError, ScenarioError
        If the options make no outcome, with everything that is wrong with them and the nearest outcome; otherwise as
        for `analyse_zone`.

    References
    ----------
    Raiffa, H. (1982). *The Art and Science of Negotiation*. Harvard University Press. (Settlement after the settlement;
    `all_prefer` says what we do otherwise.)

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 1}}
    ... parties:
    ...   buyer: {title: Buyer, demands: {price: 0}, no_deal: {same_as: {price: 40..80}}}
    ...   seller: {title: Seller, demands: {price: 100}, no_deal: {same_as: {price: 20..60}}}
    ... ''')
    >>> buyer, seller = analyse_deal(sale, {"price": 60}, n_worlds=4096).parties
    >>> buyer.p_accept.estimate, seller.p_accept.estimate
    (0.5, 1.0)
    """
    check_request(n_worlds, None, seed, n_jobs)
    compiled = compile_scenario(scenario, seed, sampler)
    given = [(issue, str(option)) for issue, option in options.items()]
    choice = choices_of_options(scenario, compiled.structure, given)
    near = neighbours_of(compiled.structure, choice)
    pilot, blocks = blocks_between(0, min(n_worlds, PILOT_WORLDS)), blocks_between(0, n_worlds)
    deal = compiled.structure.outcomes_of(choice[None, :])
    with Workers(compiled, n_jobs) as workers:
        progress = _Progress(on_progress, min(n_worlds, PILOT_WORLDS) + n_worlds)
        n_preferring = _count_preferred(workers, pilot, deal, near, progress)
        order = _rank(compiled, near, n_preferring, min(n_worlds, PILOT_WORLDS))
        outcomes = deal.followed_by(near.outcomes.pick(order.shown))
        view = _view(workers, blocks, outcomes, progress)
        first = blocks_between(0, min(n_worlds, VARIANT_WORLDS))
        stakes = find_deal_stakes(workers, compiled, blocks, first, deal)
    return replace(_result(compiled, near, order, outcomes, view, blocks), stakes=stakes)


@dataclass(slots=True)
class _Progress:
    """How many worlds were gone through, told to whoever asked."""

    tell: OnProgress | None
    planned: int
    done: int = 0

    def advance(self, n_worlds: int) -> None:
        self.done += n_worlds
        if self.tell is not None:
            self.tell(self.done, self.planned)


def _count_preferred(
    workers: Workers[Compiled], pilot: Run, deal: Outcomes, near: Neighbours, progress: _Progress
) -> NDArray[np.int64]:
    """Count in how many of the first worlds all prefer each neighbour to the deal: (outcome,)."""
    total = np.zeros(len(near.outcomes), np.int64)
    blocks = iter(pilot)
    for counts in workers.map(count_preferred, pilot, deal, near.outcomes):
        total += np.sum(counts, axis=0)
        progress.advance(sum(n_worlds for _, n_worlds in islice(blocks, len(counts))))
    return total


def _view(workers: Workers[Compiled], blocks: Run, outcomes: Outcomes, progress: _Progress) -> DealView:
    views = []
    for view in workers.map(view_deal, blocks, outcomes):
        views.append(view)
        progress.advance(len(view.gain))
    return joined(views)


@dataclass(frozen=True, slots=True)
class _Order:
    """Which neighbours to show, as positions among them, and how many of all are preferred often enough.

    ``shown`` are first the preferred ones, ``n_first`` of them, then the best other, if one is to be shown.
    """

    shown: Places
    n_first: int
    n_enough: int
    n_worlds: int


def _rank(compiled: Compiled, near: Neighbours, n_preferring: NDArray[np.int64], n_worlds: int) -> _Order:
    """Choose the nearest neighbours that all prefer in at least half of so many worlds, or the best there is."""
    any_world = np.flatnonzero(n_preferring > 0)
    choices = compiled.structure.choices_of(near.outcomes.pick(any_world))
    declared = tuple(choices.T[::-1])
    share, changes = n_preferring[any_world], near.n_changes[any_world]
    nearest = any_world[np.lexsort((*declared, -share, changes))]
    enough = nearest[2 * n_preferring[nearest] >= n_worlds]
    first = enough[:N_PREFERRED]
    if len(first) == N_PREFERRED:
        return _Order(first, len(first), len(enough), n_worlds)
    best = any_world[np.lexsort((*declared, changes, -share))]
    others = best[2 * n_preferring[best] < n_worlds]
    return _Order(np.concatenate([first, others[:1]]), len(first), len(enough), n_worlds)


def _result(
    compiled: Compiled, near: Neighbours, order: _Order, outcomes: Outcomes, view: DealView, blocks: Run
) -> DealResult:
    """Put the finding together."""
    scenario = compiled.scenario
    n_worlds = np.array([n for _, n in blocks], np.int64)
    choices = compiled.structure.choices_of(outcomes)
    shown = [
        _preferred(compiled, outcomes, choices, view, n_worlds, k + 1, int(near.n_changes[place]))
        for k, place in enumerate(order.shown)
    ]
    return DealResult(
        scenario=scenario.id,
        title=scenario.title,
        n_issues=len(scenario.issues),
        n_outcomes=compiled.structure.n_outcomes,
        n_worlds=int(np.sum(n_worlds)),
        seed=compiled.seed,
        sampler=compiled.sampler,
        options=spell(scenario, choices[0]),
        asked=tuple(scenario.actors[party].id for party in _asked(compiled, outcomes.cell[:1])),
        p_in_zone=proportion(view.in_zone[:, 0], n_worlds),
        parties=views_of(compiled, int(outcomes.cell[0]), choices[0], view, n_worlds),
        preferred=tuple(shown[: order.n_first]),
        n_preferred=order.n_enough,
        best_other=shown[order.n_first] if len(shown) > order.n_first else None,
        n_compared=len(near.outcomes),
        most_changes=near.most_changes,
        n_chosen_on=order.n_worlds,
    )


def _asked(compiled: Compiled, cells: Places) -> list[int]:
    """Name the parties whose acceptance one of some cells needs."""
    return [k for k, party in enumerate(compiled.structure.parties) if np.any(party.needed[cells])]


def _preferred(
    compiled: Compiled,
    outcomes: Outcomes,
    choices: Places,
    view: DealView,
    n_worlds: NDArray[np.int64],
    k: int,
    n_changes: int,
) -> PreferredDeal:
    """Describe the k-th outcome beside the first."""
    options = spell(compiled.scenario, choices[k])
    before = spell(compiled.scenario, choices[0])
    return PreferredDeal(
        options=options,
        changes=tuple(pair for pair, held in zip(options, before, strict=True) if pair != held),
        n_changes=n_changes,
        p_preferred=proportion(view.preferred[:, k], n_worlds),
        p_in_zone=proportion(view.in_zone[:, k], n_worlds),
        gains=gains_over(compiled, _asked(compiled, outcomes.cell[[0, k]]), view, k),
    )
