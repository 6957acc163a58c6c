"""The smallest edit: fewest values before roundest before nearest, on claims whose answer is known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.checks.judging.smallest import smallest, thinned
from negsim.model.points import Factor

Points = NDArray[np.float64]


def factor(name: str, low: float, high: float, centre: float) -> Factor:
    return Factor((name,), low, high, centre, (name,))


def coin(name: str, centre: float) -> Factor:
    return Factor((name, "real"), 0.0, 1.0, centre, (name, "firmness"), is_coin=True)


THREE = (factor("x", 0, 100, 50), factor("y", 0, 100, 50), coin("line", 1.0))
CASES: list[tuple[str, Callable[[Points], NDArray[np.bool_]], list[float], list[float]]] = [
    ("one of several is enough", lambda p: p[:, 0] > 61, [97.3, 3.1, 0.0], [70, 50, 1]),
    ("rounder comes before nearer", lambda p: p[:, 0] >= 84.2, [97.3, 50, 1.0], [90, 50, 1]),
    ("of as round ones the nearest", lambda p: p[:, 0] >= 55.2, [97.3, 50, 1.0], [60, 50, 1]),
    ("a hundred is rounder than sixty", lambda p: p[:, 0] >= 55.2, [100.0, 50, 1.0], [100, 50, 1]),
    ("as round as it must be", lambda p: (p[:, 0] > 52.1) & (p[:, 0] < 53.5), [53.4321, 50, 1.0], [53, 50, 1]),
    ("halves come before tenths", lambda p: (p[:, 0] > 52.1) & (p[:, 0] < 52.7), [52.6321, 50, 1.0], [52.5, 50, 1]),
    ("a coin alone", lambda p: p[:, 2] == 0, [97.3, 3.1, 0.0], [50, 50, 0]),
    ("both of two that hang together", lambda p: (p[:, 0] > 62) & (p[:, 1] < 33), [97.3, 3.1, 0.0], [70, 30, 1]),
    # A coin would do as well as the two values: one line is fewer than two, however round they are.
    ("fewest before roundest", lambda p: (p[:, 2] == 0) | ((p[:, 0] == 100) & (p[:, 1] == 0)), [100, 0, 0], [50, 50, 0]),
    # The two were found at their ends, where neither would do by itself; in the middle of its range one does.
    ("one that does elsewhere comes before two", lambda p: ((p[:, 0] > 68) & (p[:, 0] < 77)) | ((p[:, 0] == 100) & (p[:, 1] == 100)), [100.0, 100.0, 1.0], [70, 50, 1]),
    ("the one that goes least far", lambda p: ((p[:, 0] > 80) & (p[:, 0] < 95)) | ((p[:, 1] > 28) & (p[:, 1] < 42)) | np.all(p[:, :2] == 100, axis=1), [100.0, 100.0, 1.0], [50, 40, 1]),
    ("the centre, where that breaks it", lambda p: np.ones(len(p), np.bool_), [97.3, 3.1, 0.0], [50, 50, 1]),
    ("an exact value that is not round stays", lambda p: p[:, 0] == 97.31234567, [97.31234567, 3, 1.0], [97.31234567, 50, 1]),
]  # fmt: skip


@pytest.mark.parametrize(("breaks", "point", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_smallest_answer_is_found(
    breaks: Callable[[Points], NDArray[np.bool_]], point: list[float], expected: list[float]
) -> None:
    assert breaks(np.array([point]))[0]
    assert smallest(breaks, THREE, np.array(point, np.float64)).tolist() == expected


@pytest.mark.parametrize("needed", [(3,), (0, 17), (2, 9, 25)])
def test_of_many_factors_those_that_matter_are_left(needed: tuple[int, ...]) -> None:
    factors = tuple(factor(f"x{k}", -1, 1, 0) for k in range(30))

    def breaks(points: Points) -> NDArray[np.bool_]:
        return np.asarray(np.all(points[:, needed] >= 0.3, axis=1))

    found = smallest(breaks, factors, np.full(30, 0.9))
    assert np.flatnonzero(found).tolist() == list(needed)
    assert set(found[list(needed)].tolist()) == {0.3}


def test_of_two_ways_the_one_with_fewer_values_is_taken_though_thinning_out_would_end_at_the_other() -> None:
    factors = tuple(factor(f"x{k}", -1, 1, 0) for k in range(8))

    def breaks(points: Points) -> NDArray[np.bool_]:
        # Thinning out puts back the first four before it tries the others, and is left with all of the last four.
        away = points != 0
        return away[:, 0] | np.all(away[:, 4:], axis=1)

    assert np.count_nonzero(thinned(breaks, np.zeros(8), np.ones(8))) == 4
    assert np.count_nonzero(smallest(breaks, factors, np.ones(8))) == 1


@pytest.mark.parametrize("seed", range(20))
def test_the_answer_breaks_the_claim_and_nothing_of_it_can_be_put_back(seed: int) -> None:
    random = np.random.default_rng(seed)
    factors = tuple(factor(f"x{k}", -10, 10, 0) for k in range(6))
    slopes = random.normal(size=6)
    point = 10 * np.sign(slopes)
    limit = 0.6 * float(slopes @ point)

    def breaks(points: Points) -> NDArray[np.bool_]:
        return np.asarray(points @ slopes > limit)

    found = smallest(breaks, factors, point)
    assert breaks(found[None])[0]
    for k in np.flatnonzero(found):
        back = found.copy()
        back[k] = 0
        assert not breaks(back[None])[0]
    # No set of fewer at the values of the point: the largest terms first are the best that so few can do.
    n_needed = int(np.argmax(np.cumsum(np.sort(np.abs(10 * slopes))[::-1]) > limit)) + 1
    assert np.count_nonzero(found) == n_needed
