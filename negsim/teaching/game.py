"""A game: one world of a scenario, with whole points, in which nothing is left to chance.

It is a scenario like any other. Sheets are printed from it, a class plays and is graded by it, and whoever wants other
figures edits its file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from negsim.model.draws import Draws, draw_block
from negsim.model.no_deal import rounding_allowance, without_deal
from negsim.model.values import UNITS_PER_POINT, option_values, weighted_values, weights
from negsim.records import dataclass
from negsim.scenario import LoadedScenario, loads
from negsim.scenario.bargaining import Protocol, Tactic
from negsim.scenario.inheritance import inherited_adjustments, inherited_priorities, inherited_values
from negsim.scenario.no_deal import NoDeal, SameAs
from negsim.scenario.quantities import NO_DEAL, NOTHING, Constant, Quantity
from negsim.scenario.types import (
    Demand,
    Issue,
    IssueKind,
    OptionValue,
    Party,
    Priority,
    Provenance,
    Scenario,
)
from negsim.scenario.writer import write
from negsim.teaching.certain import counts_for_certain
from negsim.teaching.folding import fixed_adjustments, left_out
from negsim.teaching.whole import (
    FEW_LEVELS,
    HUNDRED,
    anchors_of,
    interpolated,
    nearest,
    whole_points,
    whole_weights,
)

__all__ = ["Game", "fixed_game"]

_DECIMALS = 6
"""Of a value: a hundredth of a unit of utility, so that points are whole when the model has rounded."""


@dataclass(frozen=True, slots=True)
class Game:
    """A scenario of which everything is certain, the seed that settled it, and in words what it leaves out.

    In ``scenario`` every quantity is a constant. A red line without firmness is real, one of firmness 0 is a bluff. The
    weights of each party are whole and add up to 100. The points of an option (weight times value, by 100) are whole on
    categorical and ordered issues and on short scales; on long ones they are at the ends and wherever they bend. Only a
    party whose points were a table of constants already, not all of them whole, keeps them as they were written.
    """

    scenario: Scenario
    seed: int
    left_out: tuple[str, ...] = ()


def fixed_game(scenario: Scenario | LoadedScenario, seed: int = 0) -> Game:
    """Make a game of a scenario: world 0 of a seed, in whole points.

    Where the points of a party are a table of constants, as `negsim import` writes it, it accepts in the game what it
    accepts in the scenario: they are not rounded, and what is no whole number keeps its decimals. A game made of a game
    is the same game, whatever the seed.

    Parameters
    ----------
    scenario : Scenario or LoadedScenario
    seed : int

    Returns
    -------
    Game

    Examples
    --------
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues:
    ...   price: {title: Price, scale: 0..100, step: 1}
    ...   paid: {title: Paid, options: [now, later]}
    ... parties:
    ...   buyer:
    ...     title: Buyer
    ...     demands: {price: 0, paid: later}
    ...     priorities: {price: 2..3, paid: 1}
    ...     no_deal: 20..60
    ... ''')
    >>> (buyer,) = fixed_game(sale, seed=3).scenario.parties
    >>> [(item.issue, item.quantity.value) for item in buyer.priorities], buyer.no_deal
    ([('price', 74.0), ('paid', 26.0)], Constant(value=21.0))
    """
    if isinstance(scenario, LoadedScenario):
        scenario = scenario.scenario
    draws = draw_block(scenario, seed=seed, block=0, n_worlds=1)
    fixed = [_with_points(party, scenario, draws) for party in scenario.parties]
    priced = replace(scenario, parties=tuple(party for party, _ in fixed))
    draws = replace(draws, quantity={**draws.quantity, **_figures(priced)})
    certain = frozenset(actor.id for actor in scenario.actors if counts_for_certain(actor, scenario))
    parties = tuple(_settled(party, priced, draws, certain) for party in priced.parties)
    game = replace(
        scenario,
        parties=parties,
        war=None,
        durability=None,
        side_payments=None,
        protocol=_fixed_protocol(scenario, draws),
        talks=None,
        ties=(),
        sources=(),
        provenance=(Provenance(("parties",), assumed=_origin(scenario, seed)),),
        expectations=(),
        counterexample=None,
    )
    notes = (*left_out(scenario), *(note for _, found in fixed for note in found))
    # Read again, it is what its file says: a ratifier has of its party all that it does not say itself.
    return Game(loads(write(game), file=f"{scenario.id}.game"), _seed_of(scenario, seed), notes)


def _seed_of(scenario: Scenario, seed: int) -> int:
    """Give the seed that settled a game, as it says itself; of anything else, the one that is asked for."""
    found = re.match(rf"{_DRAWN} ([0-9]+)", _origin(scenario, seed))
    return int(found[1]) if found else seed


def _origin(scenario: Scenario, seed: int) -> str:
    """Say where the figures of a game come from; what already is a game says so itself."""
    (*_, said) = ("", *(entry.assumed for entry in scenario.provenance if entry.prefix == ("parties",)))
    if said.startswith(_DRAWN):
        return said
    certain = any(counts_for_certain(actor, scenario) for actor in scenario.actors)
    return f"{_DRAWN} {seed}, rounded to whole points{_UNLESS if certain else ''}."


_DRAWN = "What world 0 draws of every quantity with seed"
_UNLESS = " unless all that a party counts by was certain"


def _with_points(party: Party, scenario: Scenario, draws: Draws) -> tuple[Party, tuple[str, ...]]:
    """Give a party and those who ratify for it whole weights, values and adjustments; say what that leaves out."""
    actors = {actor.id: _priced(actor, scenario, draws) for actor in (party, *party.ratifiers)}
    fixed = actors[party.id][0]
    ratifiers = tuple(actors[ratifier.id][0] for ratifier in party.ratifiers)
    notes = tuple(note for _, found in actors.values() for note in found)
    return replace(fixed, ratifiers=ratifiers), notes


def _priced(actor: Party, scenario: Scenario, draws: Draws) -> tuple[Party, tuple[str, ...]]:
    if actor.by_lines_alone or actor.no_deal is None:
        return actor, ()
    drawn = {issue: float(weight[0]) for issue, weight in weights(actor, draws).items()}
    weight = (
        whole_weights({issue.id: drawn[issue.id] for issue in scenario.issues if issue.id in drawn}) if drawn else {}
    )
    certain = counts_for_certain(actor, scenario)
    values = tuple(
        value
        for issue in scenario.issues
        if issue.id in weight
        for value in _values(actor, issue, weight[issue.id], draws, HUNDRED * drawn[issue.id] if certain else None)
    )
    adjustments, notes = fixed_adjustments(actor, scenario, draws)
    priorities = tuple(Priority(issue, Constant(float(points))) for issue, points in weight.items())
    whole = replace(actor, priorities=priorities, values=values, adjustments=adjustments)
    if certain and not _counts_alike(whole, actor, scenario, draws):
        return actor, ()
    return whole, notes


def _counts_alike(whole: Party, actor: Party, scenario: Scenario, draws: Draws) -> bool:
    """Tell whether whole points are the very points of an actor who counts for certain."""
    assert isinstance(actor.no_deal, Constant)
    amounts = [actor.no_deal, *(item.amount for item in actor.adjustments)]
    if not all(isinstance(one, Constant) and one.value.is_integer() for one in amounts):
        return False
    fixed = replace(draws, quantity={**draws.quantity, **_figures_of(whole)})
    pairs = zip(
        weighted_values(whole, scenario.issues, fixed), weighted_values(actor, scenario.issues, draws), strict=True
    )
    return all(np.array_equal(rounded, exact) for rounded, exact in pairs)


def _values(
    actor: Party, issue: Issue, weight: int, draws: Draws, share: float | None = None
) -> tuple[OptionValue, ...]:
    """Value the options of an issue so that each is worth whole points; of a long scale, those where lines bend.

    The points are those that the whole weight makes, or the exact share of the issue if one is given.
    """
    values = option_values(actor, issue, draws)[0].tolist()
    if share is not None:
        # What would be more than the whole weight cannot be said; the caller sees that it is not the same.
        values = [min(float(HUNDRED), value * share / weight) for value in values]
    said: Mapping[int, float]
    if issue.kind is IssueKind.NUMERIC and len(issue.levels) > FEW_LEVELS:
        said = _along_a_scale(actor, issue, values[: len(issue.levels)], weight)
    else:
        said = dict(enumerate(_of_points(whole_points(values[: len(issue.options)], weight), weight)))
    (*irrelevant,) = _of_points(whole_points(values[len(issue.options) :], weight), weight)
    said = {**said, **{len(issue.options) + k: value for k, value in enumerate(irrelevant)}}
    return tuple(OptionValue(issue.id, issue.choices[k], Constant(value)) for k, value in said.items())


def _along_a_scale(actor: Party, issue: Issue, values: list[float], weight: int) -> dict[int, float]:
    """Round a long scale where it bends. What meets a demand is worth 100 unless valued, so less than that is said."""
    n = len(values)
    bends = anchors_of(values)
    points = interpolated(dict(zip(bends, whole_points([values[k] for k in bends], weight), strict=True)), n)
    said = {k: _of_points([points[k]], weight)[0] for k in anchors_of([HUNDRED * one / weight for one in points])}
    demanded = next((demand.met_by for demand in actor.demands if demand.issue == issue.id), ())
    if len(demanded) < n:
        said |= {k: _of_points([points[k]], weight)[0] for k in demanded if points[k] < weight}
    return dict(sorted(said.items()))


def _of_points(points: tuple[int, ...] | list[float], weight: int) -> list[float]:
    """Give the values, 0 to 100, of which the weight makes these points."""
    return [round(HUNDRED * one / weight, _DECIMALS) for one in points]


def _figures(priced: Scenario) -> dict[tuple[str, ...], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Hold the world at the weights and values of the game: {path: (world,)}."""
    return {path: figure for actor in priced.actors for path, figure in _figures_of(actor).items()}


def _figures_of(actor: Party) -> dict[tuple[str, ...], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    found = {}
    for item in actor.priorities:
        if isinstance(item.quantity, Constant):
            found[(*actor.path, "priorities", item.issue)] = np.array([item.quantity.value])
    for value in actor.values:
        if isinstance(value.quantity, Constant):
            found[(*actor.path, "values", value.issue, value.option)] = np.array([value.quantity.value])
    return found


def _settled(party: Party, priced: Scenario, draws: Draws, certain: frozenset[str]) -> Party:
    """Settle red lines and no deal of a party and of those who ratify for it, and all else that is uncertain."""
    tactic = party.tactic
    if tactic is not None:
        root = (*party.path, "tactic", tactic.name)
        drawn = tuple((name, _constant((*root, name), draws)) for name, _ in tactic.parameters)
        tactic = Tactic(tactic.name, drawn)
    leaves = None if party.walks_out_below is None else _constant((*party.path, "walks_out_below"), draws)
    settled = replace(
        _settled_actor(party, priced, draws, certain), tactic=tactic, walks_out_below=leaves, sacred=(), levers=()
    )
    ratifiers = (_settled_actor(ratifier, priced, draws, certain) for ratifier in party.ratifiers)
    return replace(settled, ratifiers=tuple(_as_inherited(ratifier, settled) for ratifier in ratifiers))


def _settled_actor(actor: Party, priced: Scenario, draws: Draws, certain: frozenset[str]) -> Party:
    lines = tuple(
        replace(line, firmness=None, audience_cost=NOTHING)
        if draws.real[actor.id, line.id][0]
        else replace(line, firmness=NOTHING, audience_cost=_whole((*actor.path, "red_lines", line.id), draws))
        for line in actor.red_lines
    )
    no_deal = actor.no_deal
    if no_deal is not None and actor.id not in certain:
        no_deal = _fixed_no_deal(actor, priced, draws)
    return replace(actor, red_lines=lines, no_deal=no_deal, discount_rate=None, good_faith=None)


def _whole(line: tuple[str, ...], draws: Draws) -> Constant:
    return Constant(float(nearest(float(draws.quantity[*line, "audience_cost"][0]))))


def _fixed_no_deal(actor: Party, priced: Scenario, draws: Draws) -> NoDeal:
    """Give what an actor has without a deal in whole points, or as a level of the one scale that it weighs."""
    no_deal, path = actor.no_deal, (*actor.path, "no_deal")
    by_id = {issue.id: issue for issue in priced.issues}
    pushed = any(lever.party == actor.id for party in priced.parties for lever in party.levers)
    if isinstance(no_deal, SameAs) and len(actor.priorities) == 1 and no_deal.levels and not pushed:
        issue = by_id[actor.priorities[0].issue]
        said = dict(no_deal.levels)
        if issue.id in said:
            level = _nearest_level(issue, float(draws.quantity[*path, "same_as", issue.id][0]))
            return SameAs(levels=((issue.id, Constant(float(level))),))
    units = float(without_deal(actor, priced, draws).least[0]) + rounding_allowance(actor)
    points = nearest(units / UNITS_PER_POINT)
    return Constant(float(max(NO_DEAL.low, min(NO_DEAL.high, points))))


def _nearest_level(issue: Issue, level: float) -> float:
    return float(min(issue.levels, key=lambda one: (abs(float(one) - level), one)))


def _fixed_protocol(scenario: Scenario, draws: Draws) -> Protocol | None:
    if scenario.protocol is None:
        return None
    return replace(scenario.protocol, breakdown=_constant(("protocol", "breakdown"), draws))


def _constant(path: tuple[str, ...], draws: Draws) -> Constant:
    return Constant(float(draws.quantity[path][0]))


def _as_inherited(ratifier: Party, party: Party) -> Party:
    """Leave out of a ratifier what it has of its party, as its file does.

    That is what it says the same way, and all of an issue without weight to it, unless it has a demand of its own.
    """
    if ratifier.no_deal is None:
        return ratifier
    weighed = {item.issue for item in ratifier.priorities}
    same = set()
    demanded = {demand.issue for one in (ratifier, party) for demand in one.demands}
    valued = {value.issue for one in (ratifier, party) for value in one.values}
    for issue in demanded | valued:
        own, theirs = _said(ratifier, issue), _said(party, issue)
        if own == theirs or (issue not in weighed and own[0] in ([], theirs[0])):
            same.add(issue)
    keeps_priorities = ratifier.priorities == party.priorities
    keeps_adjustments = ratifier.adjustments == party.adjustments
    return replace(
        ratifier,
        demands=(
            *(demand for demand in ratifier.demands if demand.issue not in same),
            *(demand for demand in party.demands if demand.issue in same),
        ),
        priorities=inherited_priorities(party) if keeps_priorities else ratifier.priorities,
        values=(
            *(value for value in ratifier.values if value.issue not in same),
            *(value for value in inherited_values(party) if value.issue in same),
        ),
        adjustments=inherited_adjustments(party) if keeps_adjustments else ratifier.adjustments,
    )


def _said(actor: Party, issue: str) -> tuple[list[Demand], dict[str, Quantity]]:
    """Give what an actor demands on an issue, and how it values it."""
    demands = [demand for demand in actor.demands if demand.issue == issue]
    return demands, {value.option: value.quantity for value in actor.values if value.issue == issue}
