"""Let K worlds bargain to the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena
from negsim.bargaining.beliefs import Belief
from negsim.bargaining.protocols import PROTOCOLS
from negsim.bargaining.stops import Stop
from negsim.bargaining.talk import Listener, Talk
from negsim.records import dataclass

__all__ = ["Ended", "SessionListener", "play", "play_out", "play_session"]

SessionListener = Callable[[NDArray[np.intp], Sequence[Belief]], None]


@dataclass(frozen=True, slots=True)
class Ended:
    """How talks ended, world by world.

    ``stop`` int8 array (world,) of `Stop`; ``deal`` intp (world,), -1 without agreement; ``round`` (world,), from 0, in
    which talks ended; ``crossed`` bool (world,): the last offer that somebody refused crossed a real red line of
    theirs.
    """

    stop: NDArray[np.int8]
    deal: NDArray[np.intp]
    round: NDArray[np.intp]
    crossed: NDArray[np.bool_]


def play(
    arena: Arena,
    tempers: Sequence[float] = (),
    listener: Listener | None = None,
    on_session: SessionListener | None = None,
) -> Ended:
    """Let all worlds of an arena bargain to the end.

    Parameters
    ----------
    arena : Arena
    tempers : sequence of float, (seat,), optional
        The powers to which the levels of each seat are raised: below 1 tougher than its tactic, above 1 softer.
    listener : callable, optional
        Called with every `Turn`.
    on_session : callable, optional
        Called at the end of each session with the positions of the worlds that still talk and what is then believed of
        each seat.

    Returns
    -------
    Ended
        Nothing of it depends on which other worlds are in the arena.

    Examples
    --------
    Two split a hundred coins; the first concedes late, the second early:

    >>> from negsim.bargaining.arena import Rules, plain_seat
    >>> from negsim.bargaining.tactics import TACTICS
    >>> coins = np.arange(101, dtype=np.float32) * 100_000
    >>> def seat(name, gain, exponent):
    ...     parameter = {"exponent": np.array([exponent]), "start": np.ones(1)}
    ...     return plain_seat(name, gain[None], TACTICS["time"], parameter, 1)
    >>> arena = Arena(
    ...     row=np.zeros(1, np.intp),
    ...     seats=(seat("ann", coins, 4.0), seat("bob", coins[::-1], 0.25)),
    ...     rules=Rules(rounds=20, learns=False),
    ...     required=(0, 1),
    ...     quorum=2,
    ...     breaks_down=np.full(1, np.inf),
    ... )
    >>> int(play(arena).deal[0])
    86
    """
    return play_out(Talk(arena, tempers, listener), on_session)


def play_out(
    talk: Talk, on_session: SessionListener | None = None, sittings: Sequence[tuple[Arena, int]] = ()
) -> Ended:
    """Let talks that have not begun go on to the end, as `play` does.

    Parameters
    ----------
    talk : Talk
    on_session : callable, optional
    sittings : sequence of (Arena, int), optional
        The table of each session, the first being that of the talk, and its rounds; those of the rules if left out.
    """
    rules = talk.arena.rules
    held = sittings or [(talk.arena, rules.rounds)] * rules.sessions
    for session, (arena, n_rounds) in enumerate(held):
        if arena is not talk.arena:
            talk.reseat(arena)
        elif session and rules.learns:
            talk.open_session()
        play_session(talk, n_rounds)
        if talk.is_over:
            break
        if rules.learns:
            talk.learn()
        if on_session is not None:
            on_session(talk.world[talk.going], [belief.of(talk.going) for belief in talk.beliefs])
        if session < len(held) - 1:
            talk.let_leave()
    talk.end(talk.going, Stop.DEADLINE, between=True)
    return Ended(talk.stop, talk.deal, talk.ended, talk.crossed)


def play_session(talk: Talk, n_rounds: int) -> None:
    """Play so many rounds, from ``talk.round`` on; it then stands at the next one, whenever talks end."""
    first, step = talk.round, PROTOCOLS[talk.arena.rules.kind]
    for number in range(first, first + n_rounds):
        if talk.is_over:
            break
        talk.round = number
        step(talk)
        talk.end_round()
    talk.round = first + n_rounds
