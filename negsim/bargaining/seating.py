"""From a scenario and its draws to the table: who sits there, what it wants, and what others think it wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena, Rules, Seat
from negsim.bargaining.deals import deals_on_the_table, gains_of
from negsim.bargaining.tactics import find_tactic
from negsim.bargaining.tactics.base import Array
from negsim.errors import UsageError
from negsim.model.assumptions import Assumptions
from negsim.model.draws import Draws
from negsim.model.outcomes import Outcomes
from negsim.model.sampling import BLOCK, sample_uniforms
from negsim.model.values import UNITS_PER_POINT, central_values, demanded_values, weighted_issues
from negsim.model.worlds import Worlds, build_worlds
from negsim.scenario.bargaining import Protocol, Tactic
from negsim.scenario.quantities import Constant
from negsim.scenario.types import Party, Role, Scenario
from negsim.zone.acceptance import accepts_outcomes
from negsim.zone.compiled import Compiled

__all__ = [
    "DEFAULT_TACTIC",
    "Drawn",
    "Prospect",
    "Table",
    "can_bargain",
    "draw_worlds",
    "make_table",
    "prospects",
    "require_two",
    "seat_everybody",
    "tactic_of",
]

DEFAULT_TACTIC = Tactic("time", (("exponent", Constant(1.0)), ("start", Constant(1.0))))
"""How a party bargains of which nothing else is said: it concedes evenly."""

HEAVY = 3.0
"""How much more than the others the weight of an issue is, in the hypothesis that it is what a party cares about."""

BREAKS_DOWN = ("protocol", "breaks_down")
_DRAFTS = ("protocol", "drafts")


@dataclass(frozen=True, slots=True)
class Prospect:
    """What the others think of one signatory before the talks; the same in all worlds, whatever is drawn in them.

    ``weight`` (hypothesis, issue) are the weights of ``issues`` under each hypothesis about its priorities, summing to
    1. ``value`` (hypothesis, deal) and ``no_deal`` (case,) are in points; see `Seat`, whose fields they are.
    """

    issues: tuple[str, ...]
    weight: Array
    value: Array
    no_deal: Array
    crosses: NDArray[np.bool_]
    firmness: Array
    good_faith: float
    patience: float | None


@dataclass(frozen=True, slots=True)
class Table:
    """All of the talks that is the same in all worlds.

    ``order`` are the signatories as they speak, positions among the parties; ``prospects`` what is thought of each, in
    that order; ``choices`` (deal, issue) what the deals are made of.
    """

    compiled: Compiled
    protocol: Protocol
    order: tuple[int, ...]
    deals: Outcomes
    choices: NDArray[np.intp]
    prospects: tuple[Prospect, ...]
    p_breakdown: float

    @property
    def parties(self) -> tuple[Party, ...]:
        """The signatories in the order in which they speak."""
        return tuple(self.compiled.scenario.parties[k] for k in self.order)

    @property
    def is_whole(self) -> bool:
        """Whether all outcomes can come up."""
        return len(self.deals) == self.compiled.structure.n_outcomes


def can_bargain(scenario: Scenario) -> bool:
    """Tell whether two parties or more have to sign, so that there is somebody to bargain with."""
    return sum(party.role is Role.SIGNATORY for party in scenario.parties) > 1


def require_two(scenario: Scenario) -> None:
    """Refuse a scenario in which nobody has anybody to bargain with.

    Raises
    ------
    UsageError
        If fewer than two parties have to sign.
    """
    if not can_bargain(scenario):
        signing = [party.id for party in scenario.parties if party.role is Role.SIGNATORY]
        who = f"only {signing[0]} has to sign" if signing else "nobody has to sign"
        raise UsageError(f"bargaining takes two signatories or more, and in {scenario.id} {who}")


def make_table(compiled: Compiled) -> Table:
    """Set the table: choose the deals that can come up, and say what everybody thinks of everybody.

    Raises
    ------
    UsageError
        If one party alone has to sign.
    """
    scenario = compiled.scenario
    require_two(scenario)
    protocol = scenario.protocol or Protocol()
    ids = [party.id for party in scenario.parties]
    signing = [ids[k] for k in compiled.signatories]
    if len(signing) < 2:
        raise UsageError(f"it takes two to bargain, but only {signing[0]} has to sign")
    order = tuple(ids.index(name) for name in protocol.order or signing)
    deals = deals_on_the_table(compiled)
    choices = compiled.structure.choices_of(deals)
    draws, worlds = compiled.draw(0, BLOCK)
    thought = prospects(compiled, order, deals, choices, draws, worlds)
    broken = float(np.mean(_breakdown(draws)))
    return Table(compiled, protocol, order, deals, choices, thought, broken)


def tactic_of(party: Party) -> Tactic:
    """Say how a party bargains."""
    return party.tactic or DEFAULT_TACTIC


def prospects(  # what is thought hangs on all of these
    compiled: Compiled,
    order: tuple[int, ...],
    deals: Outcomes,
    choices: NDArray[np.intp],
    draws: Draws,
    worlds: Worlds,
) -> tuple[Prospect, ...]:
    """Say what is thought of each signatory: its demands and red lines as stated, all else as likely as drawn."""
    found = []
    for k in order:
        party, cells = compiled.scenario.parties[k], compiled.structure.parties[k]
        discount = _parameters(party, draws).get("discount")
        faith = None if party.good_faith is None else draws.quantity[*party.path, "good_faith"]
        places = _known_issues(party, compiled.scenario)
        weight = _hypotheses(len(places))
        found.append(
            Prospect(
                issues=tuple(compiled.scenario.issues[place].id for place in places),
                weight=weight,
                value=_stated_worth(party, compiled.scenario, places, weight, choices),
                no_deal=np.sort(worlds.no_deal[k] / UNITS_PER_POINT),
                crosses=np.ascontiguousarray(cells.crossed[cells.signature[deals.cell]].T),
                firmness=np.array([_firmness(party, line.id, draws) for line in party.red_lines]),
                good_faith=1.0 if faith is None else float(np.mean(faith)),
                patience=None if discount is None else float(np.mean(discount)),
            )
        )
    return tuple(found)


def _firmness(party: Party, line: str, draws: Draws) -> float:
    path = (*party.path, "red_lines", line, "firmness")
    return float(np.mean(draws.quantity[path])) if path in draws.quantity else 1.0


def _known_issues(party: Party, scenario: Scenario) -> tuple[int, ...]:
    """Name the issues that a party is known to care about: those of its demands, or all it weighs if it has none."""
    known = [demand.issue for demand in party.demands] or weighted_issues(party)
    return tuple(k for k, issue in enumerate(scenario.issues) if issue.id in known)


def _hypotheses(n_issues: int) -> Array:
    """Weigh issues equally, and then one after the other three times as much: (hypothesis, issue), summing to 1."""
    weight = np.ones((1 + n_issues if n_issues > 1 else 1, n_issues))
    weight[1:] += (HEAVY - 1) * np.eye(n_issues)[: len(weight) - 1]
    return weight / np.maximum(np.sum(weight, axis=1, keepdims=True), 1.0)


def _stated_worth(
    party: Party, scenario: Scenario, places: tuple[int, ...], weight: Array, choices: NDArray[np.intp]
) -> Array:
    """Say what deals are worth to a party that wants what it demands: (hypothesis, deal), in points.

    Of a party that demands nothing, it is known what it values, in a world in the middle.
    """
    central = {} if party.demands else central_values(scenario)[party.id]
    worth = np.zeros((len(weight), len(choices)))
    for place, k in enumerate(places):
        issue = scenario.issues[k]
        value = np.asarray(central[issue.id]) if issue.id in central else demanded_values(party, issue)
        # Term by term, not as a matrix product, whose last bits depend on the number of threads.
        worth += weight[:, place : place + 1] * value[choices[:, k]]
    return worth


def _parameters(party: Party, draws: Draws) -> dict[str, Array]:
    """Give the parameters of a party's tactic in each world."""
    tactic = tactic_of(party)
    if party.tactic is None:
        return {name: np.full(draws.n_worlds, _constant(quantity)) for name, quantity in tactic.parameters}
    return {name: draws.quantity[*party.path, "tactic", tactic.name, name] for name, _ in tactic.parameters}


def _constant(quantity: object) -> float:
    assert isinstance(quantity, Constant)
    return quantity.value


def _breakdown(draws: Draws) -> Array:
    return draws.quantity.get(("protocol", "breakdown"), np.zeros(draws.n_worlds))


@dataclass(frozen=True, slots=True)
class Drawn:
    """The worlds of a block: ``wishes`` by what everybody wants, ``truth``, where who is not serious takes nothing."""

    block: int
    draws: Draws
    wishes: Worlds
    truth: Worlds


def draw_worlds(table: Table, block: int, n_worlds: int) -> Drawn:
    """Draw the first worlds of a block."""
    compiled = table.compiled
    draws, wishes = compiled.draw(block, n_worlds)
    truth = wishes
    if draws.serious:
        truth = build_worlds(compiled.scenario, compiled.structure, draws, Assumptions(good_faith="drawn"), like=wishes)
    return Drawn(block, draws, wishes, truth)


def seat_everybody(table: Table, drawn: Drawn) -> Arena:
    """Let the signatories sit down in the worlds of a block."""
    block, draws, worlds = drawn.block, drawn.draws, drawn.wishes
    compiled, protocol = table.compiled, table.protocol
    gains = [gains_of(worlds, k, table.deals) for k in table.order]
    alike = all(np.array_equal(gain[0], gain[-1]) and np.all(gain == gain[0]) for gain in gains)
    suits = _suits(table, drawn.truth)
    alike = alike and (suits is None or bool(np.all(suits == suits[0])))
    if alike:
        gains, suits = [gain[:1] for gain in gains], None if suits is None else suits[:1]
    n = worlds.n_worlds
    consent = compiled.consent
    required = [k for k, party in enumerate(table.order) if party in consent.required]
    return Arena(
        row=np.zeros(n, np.intp) if alike else np.arange(n),
        seats=tuple(_seat(table, place, gain, draws, worlds) for place, gain in enumerate(gains)),
        rules=Rules(
            kind=protocol.kind,
            rounds=1 if protocol.kind == "take_it_or_leave_it" else protocol.rounds,
            sessions=protocol.sessions,
            offers=protocol.offers,
            learns=protocol.beliefs == "learned",
        ),
        required=tuple(required),
        quorum=consent.quorum if consent.voters else len(required),
        breaks_down=_rounds_to_breakdown(compiled, block, draws),
        p_breakdown=table.p_breakdown,
        open=suits,
        drafts=_drafts(compiled, block, n),
        choices=table.choices,
    )


def _seat(table: Table, place: int, gain: NDArray[np.float32], draws: Draws, worlds: Worlds) -> Seat:
    k, thought, n = table.order[place], table.prospects[place], worlds.n_worlds
    party = table.compiled.scenario.parties[k]
    return Seat(
        name=party.id,
        gain=gain,
        tactic=find_tactic(tactic_of(party).name),
        parameter=_parameters(party, draws),
        value=thought.value,
        no_deal=thought.no_deal,
        crosses=thought.crosses,
        real=worlds.real[k],
        firmness=thought.firmness,
        serious=draws.serious.get(party.id, np.ones(n, np.bool_)),
        good_faith=thought.good_faith,
        walks_out_below=draws.quantity.get((*party.path, "walks_out_below"), np.zeros(n)),
        patience=thought.patience,
    )


def _suits(table: Table, worlds: Worlds) -> NDArray[np.bool_] | None:
    """Tell which deals suit those who have to consent without sitting at the table: (world, deal); None if nobody."""
    compiled = table.compiled
    asked = [
        k
        for k in compiled.consent.required
        if k < len(compiled.scenario.parties) and compiled.scenario.parties[k].role is not Role.SIGNATORY
    ]
    if not asked:
        return None
    suits = np.ones((worlds.n_worlds, len(table.deals)), np.bool_)
    for k in asked:
        suits &= accepts_outcomes(worlds, k, table.deals) | ~compiled.structure.parties[k].needed[table.deals.cell]
    return suits


def _rounds_to_breakdown(compiled: Compiled, block: int, draws: Draws) -> Array:
    """Draw the round, from 0, after which talks break down: geometric, infinite where they never do."""
    p, n = _breakdown(draws), draws.n_worlds
    if not np.any(p):
        return np.full(n, np.inf)
    uniform = sample_uniforms([BREAKS_DOWN], sampler=compiled.sampler, seed=compiled.seed, block=block)[BREAKS_DOWN][:n]
    with np.errstate(divide="ignore"):
        survives = np.log1p(-p)
    safe = np.where(survives < 0, survives, -1.0)
    return np.where(p > 0, np.floor(np.log(uniform) / safe), np.inf)


def _drafts(compiled: Compiled, block: int, n_worlds: int) -> Callable[[int], Array]:
    """Give the numbers by which a mediator changes its text: of each round, block by block as all draws are."""

    def numbers(step: int) -> Array:
        paths = [(*_DRAFTS, str(step), name) for name in ("issue", "option")]
        found = sample_uniforms(paths, sampler="random", seed=compiled.seed, block=block)
        return np.stack([found[path][:n_worlds] for path in paths])

    return numbers
