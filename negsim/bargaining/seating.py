"""From the draws of a block of worlds to its table: who sits there, what deals are worth to each, how it bargains."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena, Rules, Seat
from negsim.bargaining.deals import gains_of
from negsim.bargaining.prospects import parameters_of, tactic_of
from negsim.bargaining.table import Table, breakdown_of
from negsim.bargaining.tactics import find_tactic
from negsim.bargaining.tactics.base import Array
from negsim.errors import Path
from negsim.model.draws import Draws
from negsim.model.rebuilding import take_in_earnest
from negsim.model.sampling import sample_step, sample_uniforms
from negsim.model.worlds import Worlds, build_worlds
from negsim.records import dataclass
from negsim.scenario.bargaining import Tactic
from negsim.scenario.types import Role
from negsim.zone.acceptance import accepts_outcomes
from negsim.zone.compiled import Compiled

__all__ = [
    "BREAKS_DOWN",
    "Drawn",
    "breakdown_round",
    "drafts",
    "draw_worlds",
    "drawn_worlds",
    "lay_table",
    "open_deals",
    "rounds_to_breakdown",
    "seat_everybody",
    "seat_party",
]

Mask = NDArray[np.bool_]

_SURELY = -1e6
"""The logarithm of a probability that is as good as none."""

BREAKS_DOWN = ("protocol", "breaks_down")
_DRAFTS = ("protocol", "drafts")


@dataclass(frozen=True, slots=True)
class Drawn:
    """The worlds of a block: ``wishes`` by what everybody wants, ``truth``, where who is not serious takes nothing.

    ``fates`` (world,) tell which of the chances of the block befall each at the table.
    """

    block: int
    draws: Draws
    wishes: Worlds
    truth: Worlds
    fates: NDArray[np.intp]


def draw_worlds(table: Table, block: int, n_worlds: int) -> Drawn:
    """Draw the first worlds of a block."""
    return drawn_worlds(table, block, table.compiled.draws(block, n_worlds))


def drawn_worlds(table: Table, block: int, draws: Draws, fates: NDArray[np.intp] | None = None) -> Drawn:
    """Take worlds that were drawn, or chosen by hand; each has its own chances at the table unless ``fates`` say."""
    compiled = table.compiled
    fates = np.arange(draws.n_worlds) if fates is None else fates
    wishes = build_worlds(compiled.scenario, compiled.structure, draws)
    return Drawn(block, draws, wishes, take_in_earnest(compiled.scenario, wishes, draws.serious), fates)


def seat_everybody(table: Table, drawn: Drawn) -> Arena:
    """Let the signatories sit down in the worlds of a block."""
    block, draws, worlds = drawn.block, drawn.draws, drawn.wishes
    gains = [gains_of(worlds, k, table.deals) for k in table.order]
    alike = all(np.array_equal(gain[0], gain[-1]) and np.all(gain == gain[0]) for gain in gains)
    suits = open_deals(table, worlds, draws.serious)
    alike = alike and (suits is None or bool(np.all(suits == suits[0])))
    if alike:
        gains, suits = [gain[:1] for gain in gains], None if suits is None else suits[:1]
    n, protocol = worlds.n_worlds, table.protocol
    return lay_table(
        table,
        tuple(seat_party(table, place, gain, draws, worlds) for place, gain in enumerate(gains)),
        Rules(rounds=protocol.rounds_a_session, sessions=protocol.sessions),
        row=np.zeros(n, np.intp) if alike else np.arange(n),
        suits=suits,
        breaks_down=rounds_to_breakdown(table.compiled, block, draws, drawn.fates),
        drafts=drafts(table.compiled, block, drawn.fates),
    )


def lay_table(  # what differs from one session to another
    table: Table,
    seats: tuple[Seat, ...],
    rules: Rules,
    *,
    row: NDArray[np.intp],
    suits: NDArray[np.bool_] | None,
    breaks_down: Array,
    drafts: Callable[[int], Array],
) -> Arena:
    """Put seats and rules together with all that the protocol and the agreement rule say of every session.

    Parameters
    ----------
    table : Table
    seats : tuple of Seat
    rules : Rules
        Of which rounds, sessions and the course of time count.
    row, suits, breaks_down, drafts
        As in `Arena`, where ``suits`` is ``open``.
    """
    protocol, consent = table.protocol, table.compiled.consent
    required = tuple(k for k, party in enumerate(table.order) if party in consent.required)
    return Arena(
        row=row,
        seats=seats,
        rules=replace(rules, kind=protocol.kind, offers=protocol.offers, learns=protocol.beliefs == "learned"),
        required=required,
        quorum=consent.quorum if consent.voters else len(required),
        breaks_down=breaks_down,
        p_breakdown=table.p_breakdown,
        open=suits,
        drafts=drafts,
        choices=table.choices,
    )


def seat_party(  # a seat, and who sits there
    table: Table,
    place: int,
    gain: NDArray[np.float32],
    draws: Draws,
    worlds: Worlds,
    tactic: Tactic | None = None,
    root: Path = (),
) -> Seat:
    """Give a signatory its seat.

    Parameters
    ----------
    table : Table
    place : int
        Of the party, in the order of speaking.
    gain : float32 array (row, deal)
    draws : Draws
    worlds : Worlds
        The same worlds, whichever they are.
    tactic : Tactic, optional
        How whoever speaks for the party bargains, if not as is said of the party itself.
    root : Path, optional
        Where that is said: the path under which ``tactic`` lies.
    """
    k, thought, n = table.order[place], table.prospects[place], worlds.n_worlds
    party = table.compiled.scenario.parties[k]
    tactic, root = (tactic_of(party), party.path) if tactic is None else (tactic, root)
    return Seat(
        name=party.id,
        gain=gain,
        tactic=find_tactic(tactic.name),
        parameter=parameters_of(tactic, root, draws),
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


def open_deals(table: Table, worlds: Worlds, serious: Mapping[str, Mask]) -> NDArray[np.bool_] | None:
    """Tell which deals suit those who have to consent without sitting at the table: (world, deal); None if nobody.

    Who is not serious, (world,), consents to nothing.
    """
    compiled, parties = table.compiled, table.compiled.scenario.parties
    asked = [k for k in compiled.consent.required if k < len(parties) and parties[k].role is not Role.SIGNATORY]
    if not asked:
        return None
    suits = np.ones((worlds.n_worlds, len(table.deals)), np.bool_)
    for k in asked:
        accepts = accepts_outcomes(worlds, k, table.deals)
        if parties[k].id in serious:
            accepts &= serious[parties[k].id][:, None]
        suits &= accepts | ~compiled.structure.parties[k].needed[table.deals.cell]
    return suits


def rounds_to_breakdown(compiled: Compiled, block: int, draws: Draws, fates: NDArray[np.intp]) -> Array:
    """Draw the round, from 0, after which talks break down, by chances of a block: (world,)."""
    drawn = sample_step(BREAKS_DOWN, sampler=compiled.sampler, seed=compiled.seed, block=block)
    return breakdown_round(breakdown_of(draws), drawn[fates])


def breakdown_round(p: Array, uniform: Array, endured: Array | float = 0.0) -> Array:
    """Turn uniform numbers into the rounds, from 0, after which talks break down: geometric, endless at 0: (world,).

    ``endured`` (world,) is the logarithm of how likely it was that they would not break down in rounds before these.
    """
    with np.errstate(divide="ignore"):
        survives = np.maximum(np.log1p(-p), _SURELY)
    safe = np.where(survives < 0, survives, -1.0)
    return np.where(p > 0, np.floor((np.log(uniform) - np.maximum(endured, _SURELY)) / safe), np.inf)


def drafts(compiled: Compiled, block: int, fates: NDArray[np.intp]) -> Callable[[int], Array]:
    """Give the numbers by which a mediator changes its text, by chances of a block, round by round."""

    def numbers(step: int) -> Array:
        paths = [(*_DRAFTS, str(step), name) for name in ("issue", "option")]
        found = sample_uniforms(paths, sampler="random", seed=compiled.seed, block=block)
        return np.stack([found[path][fates] for path in paths])

    return numbers
