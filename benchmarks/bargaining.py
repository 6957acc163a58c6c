"""Talks a second, beside NegMAS, between time-based negotiators; and whether talks end alike in both.

Two parties make stacked alternating offers on 15,625 outcomes for at most 100 rounds. Who is Boulware, linear or
conceder is drawn for each talk. NegMAS is timed in its natural way, in which every talk makes its utility functions,
sorts the outcomes by them and starts a mechanism; and in its best way found, in which the former two are done before
the clock starts, and talks have neither threads nor callbacks; and so with both made inside, as every world of negsim
makes its preferences. NegMAS holds talks in one process; negsim has two, started before the clock starts. All else that
negsim does is timed, the drawing of preferences included.

In the mode `frontier` negsim offers, of deals worth the same, what is best for the other by common beliefs: random
weights and values, under which no two deals are alike. NegMAS knows nothing of the kind; `own_rank` is its own way.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np
from numpy.typing import NDArray

from benchmarks.commands import wall_seconds
from benchmarks.negmas_talks import EXPONENTS, Utility, additive_utility, invert, space_of, talk, talk_fast
from benchmarks.same_talks import compare
from benchmarks.spaces import GENEVA
from benchmarks.timing import Row, median, run_in_turn
from negsim.bargaining.arena import Arena, Rules, plain_seat
from negsim.bargaining.play import play
from negsim.bargaining.stops import Stop
from negsim.bargaining.tactics import TACTICS
from negsim.model.worlds import outer_sum

__all__ = ["measure"]

SHAPE = (5,) * 6

N_ROUNDS = 100

N_WORLDS = 10_000

N_PROCESSES = 2

AT_ONCE = {"frontier": 1000, "own_rank": 250}
"""Worlds of an arena where each has its own preferences: some 125 MB of gains, or of menus."""

N_TALKS = {"natural": 18, "best": 90}
"""Talks that NegMAS is given: each pair of its tactics two and ten times."""

UNITS = 10_000_000
"""Units of 10^-5 points in NegMAS's 1."""


@dataclass(frozen=True, slots=True)
class _Preferences:
    """What deals are worth to a party in K worlds, in units of 10^-5 points.

    ``value`` are float32 arrays (world, option), one an issue, that add up; ``reserved`` (world,) is what no deal is
    worth, 0 to 60 points.
    """

    value: tuple[NDArray[np.float32], ...]
    reserved: NDArray[np.float32]

    def gain(self) -> NDArray[np.float32]:
        """Give what each deal is worth beyond no deal: (world, deal)."""
        first, *others = self.value
        return outer_sum([first - self.reserved[:, None], *others])


def measure() -> list[Row]:
    """Compare how talks end, and time them in both."""
    same = {n_parties: compare(n_parties, n_domains) for n_parties, n_domains in ((2, 360), (3, 324))}
    with ProcessPoolExecutor(N_PROCESSES) as pool:
        rate = _rates(pool)
    seconds = wall_seconds(["bargain", str(GENEVA), "--worlds", "1024"], rounds=3)
    return [
        *(
            Row(f"talks of {n_parties} that end in the same deal and round in both", f"{n} of {n}, {agreed} in a deal")
            for n_parties, (n, agreed) in same.items()
        ),
        Row("own preferences in every world, `frontier`, negsim, talks a second", f"{rate['frontier']:,.0f}"),
        Row("the same, `own_rank`", f"{rate['own_rank']:,.0f}"),
        Row("NegMAS, its natural way, one process, talks a second", f"{rate['natural']:.1f}"),
        Row("NegMAS, its best way found, one process, talks a second", f"{rate['best']:.1f}"),
        _times("negsim, `frontier`, against NegMAS's natural way", rate, "frontier", "natural", "1,000 times"),
        _times("negsim, `frontier`, against NegMAS's best way", rate, "frontier", "best", "100 times"),
        Row(
            "NegMAS, its best way, functions and inverses made inside, talks a second",
            f"{rate['best, making all']:.1f}",
        ),
        _times("negsim, `frontier`, against that", rate, "frontier", "best, making all", "100 times"),
        _times("negsim, `own_rank`, against NegMAS's natural way", rate, "own_rank", "natural"),
        _times("negsim, `own_rank`, against NegMAS's best way", rate, "own_rank", "best"),
        Row("preferences common to all worlds, `frontier`, negsim, talks a second", f"{rate['common']:,.0f}"),
        Row("the same, NegMAS's best way, one process", f"{rate['best, common']:.1f}"),
        _times("the one against the other", rate, "common", "best, common", "2,000 times"),
        Row("`negsim bargain` of Geneva, 1,024 worlds, wall", f"{seconds:.2f} s"),
    ]


def _times(what: str, rate: dict[str, float], ours: str, theirs: str, goal: str = "") -> Row:
    return Row(what, f"{rate[ours] / rate[theirs]:,.0f} times", goal)


def _rates(pool: ProcessPoolExecutor) -> dict[str, float]:
    """Time all in turn: talks a second, by name."""
    n_best = N_TALKS["best"]
    pairs = [_utilities(world) for world in range(n_best)]
    inverses = [tuple(invert(utility) for utility in pair) for pair in pairs]
    exponents = list(product(EXPONENTS, repeat=2)) * n_best
    works = {
        "frontier": lambda: _in_processes(pool, partial(_own, "frontier")),
        "own_rank": lambda: _in_processes(pool, partial(_own, "own_rank")),
        "common": lambda: _in_processes(pool, _common),
        "natural": lambda: [talk(_utilities(k), exponents[k], N_ROUNDS) for k in range(N_TALKS["natural"])],
        "best, making all": lambda: [
            talk_fast(tuple(invert(utility) for utility in _utilities(k)), exponents[k], N_ROUNDS)
            for k in range(N_TALKS["natural"])
        ],
        "best": lambda: [talk_fast(inverses[k], exponents[k], N_ROUNDS) for k in range(n_best)],
        "best, common": lambda: [talk_fast(inverses[0], exponents[k], N_ROUNDS) for k in range(n_best)],
    }
    n_talks = {
        "natural": N_TALKS["natural"],
        "best, making all": N_TALKS["natural"],
        "best": n_best,
        "best, common": n_best,
    }
    seconds = run_in_turn(works, rounds=3)
    return {name: n_talks.get(name, N_WORLDS) / median(times) for name, times in seconds.items()}


def _in_processes(pool: ProcessPoolExecutor, hold: Callable[[int, int], int]) -> int:
    """Let each process hold its share of the talks; how many ended in agreement."""
    return sum(pool.map(hold, range(N_PROCESSES), [N_WORLDS // N_PROCESSES] * N_PROCESSES))


def _own(offers: str, seed: int, n_worlds: int) -> int:
    """Hold talks in worlds each with its own preferences."""
    rng = np.random.default_rng(seed)
    believed = [_draw(np.random.default_rng([0, k]), 1) for k in range(2)]
    n = AT_ONCE[offers]
    return sum(
        _hold(rng, [_draw(rng, n) for _ in range(2)], believed, offers, np.arange(n)) for _ in range(n_worlds // n)
    )


def _common(seed: int, n_worlds: int) -> int:
    """Hold talks in worlds that differ in tactics alone."""
    rng = np.random.default_rng(seed)
    preferences = [_draw(np.random.default_rng([0, k]), 1) for k in range(2)]
    return _hold(rng, preferences, preferences, "frontier", np.zeros(n_worlds, np.intp))


def _hold(
    rng: np.random.Generator,
    preferences: list[_Preferences],
    believed: list[_Preferences],
    offers: str,
    row: NDArray[np.intp],
) -> int:
    n = len(row)
    arena = Arena(
        row=row,
        seats=tuple(
            plain_seat(
                f"p{k}",
                preferences[k].gain(),
                TACTICS["time"],
                {"exponent": rng.choice(EXPONENTS, n), "start": np.ones(n)},
                n,
                value=outer_sum(believed[k].value)[0] / 100_000.0,
            )
            for k in range(2)
        ),
        rules=Rules("stacked_alternating_offers", N_ROUNDS, offers=offers, learns=False),
        required=(0, 1),
        quorum=2,
        breaks_down=np.full(n, np.inf),
    )
    return int(np.count_nonzero(play(arena).stop == Stop.AGREED))


def _draw(rng: np.random.Generator, n_worlds: int) -> _Preferences:
    """Draw random weights, which add up to 1, and values and a reservation value in each world."""
    weight = rng.dirichlet(np.ones(len(SHAPE)), n_worlds)
    value = tuple(
        np.rint(weight[:, k, None] * rng.random((n_worlds, n_options)) * UNITS).astype(np.float32)
        for k, n_options in enumerate(SHAPE)
    )
    return _Preferences(value, np.rint(rng.random(n_worlds) * 0.6 * UNITS).astype(np.float32))


def _utilities(world: int) -> tuple[Utility, ...]:
    """Make the utility functions of two parties for NegMAS."""
    space, rng = space_of(SHAPE), np.random.default_rng([1, world])
    drawn = [_draw(rng, 1) for _ in range(2)]
    return tuple(
        additive_utility([(value[0] / UNITS).tolist() for value in one.value], float(one.reserved[0]) / UNITS, space)
        for one in drawn
    )
