"""Small tables at which a few worlds bargain, as arrays for the engine and world by world for the second model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena, Rules, Seat
from negsim.bargaining.tactics import TACTICS
from negsim.scenario.bargaining import OFFERS, PROTOCOLS
from tests.reference_bargaining import Game
from tests.reference_tactics import UNIT, Player

PARAMETERS: dict[str, list[float]] = {
    "exponent": [0.3, 1.0, 2.5, 7.0],
    "start": [0.0, 0.5, 0.9, 0.99],
    "window": [1.0, 2.0, 5.0],
    "level": [0.0, 0.37, 0.8, 1.0],
    "discount": [0.0, 0.6, 0.9, 1.0],
}


@dataclass(frozen=True)
class Bench:
    """The same worlds twice."""

    arena: Arena
    games: list[Game]
    tempers: list[float]


@st.composite
def benches(
    draw: st.DrawFn,
    *,
    kinds: tuple[str, ...] = PROTOCOLS,
    tactics: tuple[str, ...] = tuple(TACTICS),
    learns: bool | None = None,
    max_worlds: int = 3,
    tempers: bool = True,
    lasting: bool = False,
) -> Bench:
    """Two or three parties, a few deals, up to three worlds; whatever a table can have.

    Where talks are ``lasting``, all have to agree on one of some deals, in some rounds, and none breaks down.
    """
    n_seats, n_deals = draw(st.integers(2, 3)), draw(st.integers(6 if lasting else 1, 12))
    n_worlds = draw(st.integers(1, max_worlds))
    rules = Rules(
        kind=draw(st.sampled_from(kinds)),
        rounds=draw(st.integers(4 if lasting else 1, 6)),
        sessions=draw(st.integers(1, 3)),
        offers=draw(st.sampled_from(OFFERS)),
        learns=draw(st.booleans()) if learns is None else learns,
    )
    # Worlds of the same preferences share a row.
    row = draw(st.one_of(st.just(list(range(n_worlds))), st.just([0] * n_worlds)))
    seats = [_seat(draw, f"p{k}", n_deals, n_worlds, max(row) + 1, tactics) for k in range(n_seats)]
    required = draw(st.sampled_from([list(range(n_seats))] * 2 + [[0], [n_seats - 1], []] * (not lasting)))
    quorum = n_seats if len(required) == n_seats else draw(st.integers(max(1, len(required)), n_seats))
    p_breakdown = draw(st.sampled_from([0.0, 0.0, 0.25]))
    numbers = np.random.default_rng(draw(st.integers(0, 99))).random((rules.n_rounds + 1, 2, n_worlds))
    choices = _choices(draw, n_deals)
    arena = Arena(
        row=np.array(row, np.intp),
        seats=tuple(seats),
        rules=rules,
        required=tuple(required),
        quorum=quorum,
        breaks_down=np.array(
            draw(
                st.lists(st.sampled_from([inf] if lasting else [0, 1, 3, 7, inf]), min_size=n_worlds, max_size=n_worlds)
            ),
            float,
        ),
        open=draw(st.one_of(st.none(), _marks(max(row) + 1, n_deals))),
        p_breakdown=p_breakdown,
        drafts=_drafts(numbers),
        choices=np.array(choices, np.intp).reshape(n_deals, -1),
    )
    factors = draw(st.lists(st.sampled_from([1.0, 0.5, 2.0]), min_size=n_seats, max_size=n_seats)) if tempers else []
    return Bench(arena, [game_of(arena, k, factors, numbers) for k in range(n_worlds)], factors)


def _drafts(numbers: NDArray[np.float64]) -> Callable[[int], NDArray[np.float64]]:
    return lambda k: numbers[k]


def _choices(draw: st.DrawFn, n_deals: int) -> list[tuple[int, ...]]:
    """Different deals over two issues, in order; some differ from no other in one issue alone."""
    every = [(a, b) for a in range(4) for b in range(4)]
    return sorted(draw(st.permutations(every))[:n_deals])


def _marks(*shape: int) -> st.SearchStrategy[NDArray[np.bool_]]:
    size = int(np.prod(shape))
    flags = st.lists(st.sampled_from([True, True, False]), min_size=size, max_size=size)
    return flags.map(lambda found: np.array(found, np.bool_).reshape(shape))


def _numbers(draw: st.DrawFn, options: list[Any], *shape: int) -> NDArray[np.float64]:
    size = int(np.prod(shape))
    return np.array(draw(st.lists(st.sampled_from(options), min_size=size, max_size=size)), float).reshape(shape)


def _seat(draw: st.DrawFn, name: str, n_deals: int, n_worlds: int, n_rows: int, tactics: tuple[str, ...]) -> Seat:
    low = draw(st.sampled_from([-30, -10, 5]))
    gain = _numbers(draw, [-inf, *range(low, 60, 7), 40, 40, -0.004], n_rows, n_deals) * UNIT
    n_lines = draw(st.integers(0, 2))
    crosses = draw(_marks(n_lines, n_deals)) if n_lines else np.zeros((0, n_deals), np.bool_)
    real = draw(_marks(n_worlds, n_lines)) if n_lines else np.zeros((n_worlds, 0), np.bool_)
    if n_rows == n_worlds:
        gain[np.any(real[:, :, None] & crosses[None], axis=1)] = -inf
    tactic = draw(st.sampled_from(tactics))
    return Seat(
        name=name,
        gain=gain.astype(np.float32),
        tactic=TACTICS[tactic],
        parameter={p.name: _numbers(draw, PARAMETERS[p.name], n_worlds) for p in TACTICS[tactic].parameters},
        value=_numbers(draw, [0.0, 13.0, 42.0, 58.0, 58.0, 87.0, 100.0], draw(st.integers(1, 3)), n_deals),
        no_deal=np.sort(_numbers(draw, [0.0, 20.0, 42.0, 70.0], draw(st.integers(1, 4)))),
        crosses=crosses,
        real=real,
        firmness=_numbers(draw, [0.0, 0.2, 0.5, 0.9, 1.0], n_lines),
        serious=np.array(
            draw(st.lists(st.sampled_from([True, True, True, False]), min_size=n_worlds, max_size=n_worlds))
        ),
        good_faith=draw(st.sampled_from([0.0, 0.4, 0.9, 1.0, 1.0])),
        walks_out_below=_numbers(draw, [0.0, 0.0, 0.3, 0.8], n_worlds),
        patience=draw(st.sampled_from([None, 0.5, 0.95])),
    )


def game_of(arena: Arena, world: int, tempers: list[float], numbers: NDArray[np.float64]) -> Game:
    """One world of an arena, in lists."""
    row, rules = int(arena.row[world]), arena.rules
    players = [
        Player(
            gain=[float(gain) for gain in seat.gain[row]],
            tactic=seat.tactic.name,
            parameter={name: float(values[world]) for name, values in seat.parameter.items()},
            value=seat.value.tolist(),
            no_deal=seat.no_deal.tolist(),
            crosses=seat.crosses.tolist(),
            real=seat.real[world].tolist(),
            firmness=seat.firmness.tolist(),
            serious=bool(seat.serious[world]),
            good_faith=seat.good_faith,
            walks_out_below=float(seat.walks_out_below[world]),
            patience=seat.patience,
        )
        for seat in arena.seats
    ]
    assert arena.choices is not None
    return Game(
        players=players,
        kind=rules.kind,
        rounds=rules.rounds,
        sessions=rules.sessions,
        offers=rules.offers,
        learns=rules.learns,
        required=list(arena.required),
        quorum=arena.quorum,
        breaks_down=float(arena.breaks_down[world]),
        p_breakdown=arena.p_breakdown,
        open=None if arena.open is None else arena.open[row].tolist(),
        drafts=[(float(a), float(b)) for a, b in numbers[:, :, world]],
        choices=[tuple(deal) for deal in arena.choices.tolist()],
        tempers=tempers,
    )
