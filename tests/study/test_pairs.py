"""How much likelier something is under one policy than under another, added up over combinations."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.model.estimates import Estimate, difference, paired_difference
from negsim.model.sampling import BLOCK, sample_table
from negsim.model.weighted import weighted_change
from negsim.study.outcomes import block_sizes, by_block
from negsim.study.pairs import Cell, differences

N_WORLDS = 2100  # eight full blocks and a part of one
Flags = NDArray[np.bool_]


def worlds(seed: int, n_rows: int = 1, n: int = N_WORLDS) -> tuple[Flags, Flags]:
    """Under the second policy an event happens in a tenth more of all worlds, mostly in the same ones: (row, world)."""
    first, second = sample_table("pairs", (2, n_rows, n), seed=seed)
    happens = first < 0.5
    return happens, np.where(happens, second < 0.98, second < 0.22)


def cells(first: Flags, second: Flags, weight: NDArray[np.float64] | None = None) -> list[list[Cell]]:
    return [[(one, weight), (other, weight)] for one, other in zip(first, second, strict=True)]


def close(found: Estimate, expected: Estimate) -> bool:
    one, other = ((each.estimate, each.low, each.high) for each in (found, expected))
    return np.allclose(one, other, rtol=0, atol=1e-12)


def test_one_combination_gives_the_paired_difference_itself() -> None:
    (first,), (second,) = worlds(0)
    (found,) = differences(cells(first[None], second[None]), 2, N_WORLDS)
    assert found == paired_difference(by_block(second & ~first), by_block(first & ~second), block_sizes(N_WORLDS))


def test_over_combinations_it_is_the_mean_of_all_of_them() -> None:
    first, second = worlds(0, 7)
    (found,) = differences(cells(first, second), 2, N_WORLDS)
    shares = [
        sum(int(b) - int(a) for a, b in zip(one, other, strict=True)) / N_WORLDS
        for one, other in zip(first.tolist(), second.tolist(), strict=True)
    ]
    assert found.estimate == pytest.approx(sum(shares) / 7, abs=1e-12)


def test_every_policy_is_held_against_the_first() -> None:
    first, second = worlds(1)
    found = differences([[(first[0], None), (second[0], None), (first[0], None)]], 3, N_WORLDS)
    assert [one.estimate > 0 for one in found] == [True, False]
    assert found[1].estimate == 0
    assert found[0] == differences(cells(first, second), 2, N_WORLDS)[0]


def test_weights_that_are_all_equal_change_no_digit() -> None:
    first, second = worlds(0, 5)
    for weight in (np.ones(N_WORLDS), np.full(N_WORLDS, 7.0)):
        weighted = differences(cells(first, second, weight), 2, N_WORLDS)
        assert close(weighted[0], differences(cells(first, second), 2, N_WORLDS)[0])


def test_unequal_weights_change_more_than_digits() -> None:
    first, second = worlds(0, 5)
    weighted = differences(cells(first, second, np.linspace(0.1, 2, N_WORLDS)), 2, N_WORLDS)
    assert not close(weighted[0], differences(cells(first, second), 2, N_WORLDS)[0])


def test_weights_that_no_policy_changes_give_the_weighted_change() -> None:
    (first,), (second,) = worlds(2)
    weight = sample_table("pairs weight", (N_WORLDS,), seed=2)
    (found,) = differences(cells(first[None], second[None], weight), 2, N_WORLDS)
    expected = weighted_change(weight, second, first, block_sizes(N_WORLDS))
    # Both take the wider of two intervals; the score interval is the same, the residuals are scaled differently.
    assert found.estimate == pytest.approx(expected.estimate, abs=1e-12)
    assert found.half_width == pytest.approx(expected.half_width, rel=0.02)


def test_weights_that_a_policy_changes_count_under_that_policy() -> None:
    # Four worlds of weights 1, 1, 1, 1 and 3, 1, 0, 0: the event in the first is 1/4, then 3/4.
    held = np.array([True, False, False, False])
    row: list[Cell] = [(held, np.ones(4)), (held, np.array([3.0, 1.0, 0.0, 0.0]))]
    (found,) = differences([row], 2, 4)
    assert found.estimate == pytest.approx(0.5)
    assert found.low < 0.5 < found.high


def test_a_policy_that_decides_everything_has_one_sided_bounds() -> None:
    nowhere, everywhere = np.zeros((1, 512), bool), np.ones((1, 512), bool)
    for weight in (None, np.ones(512)):
        (found,) = differences(cells(nowhere, everywhere, weight), 2, 512)
        assert found.estimate == found.high == 1.0
        assert 0.98 < found.low < 1.0


def covered(n_rows: int, *, weighted: bool = False, shrink: float = 1.0) -> float:
    """The share of 400 repetitions whose interval, made so much narrower, holds the true difference of .1."""
    hits = 0
    for seed in range(400):
        first, second = worlds(1000 + seed, n_rows)
        weight = 0.5 + sample_table("pairs weight", (N_WORLDS,), seed=seed) if weighted else None
        (found,) = differences(cells(first, second, weight), 2, N_WORLDS)
        hits += abs(found.estimate - TRUE) <= found.half_width * shrink
    return hits / 400


# The event has a probability of 1/2 under the first policy, of (.98 + .22) / 2 under the second.
TRUE = (0.98 + 0.22) / 2 - 0.5

# Of 400 repetitions at 95 %, fewer than 92 % have a probability of .4 % (binomial).
ENOUGH = 0.92


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("n_rows", [1, 6])
def test_intervals_cover_the_truth_as_often_as_they_say(n_rows: int, weighted: bool) -> None:
    assert covered(n_rows, weighted=weighted) >= ENOUGH


def test_intervals_half_as_wide_would_not() -> None:
    assert covered(1, shrink=0.5) < ENOUGH


def test_pairing_is_what_makes_the_interval_narrow() -> None:
    (first,), (second,) = worlds(3)
    sizes = block_sizes(N_WORLDS)
    (found,) = differences(cells(first[None], second[None]), 2, N_WORLDS)
    unpaired = difference(by_block(second), sizes, by_block(first), sizes, sizes)
    assert unpaired.estimate == pytest.approx(found.estimate, abs=1e-12)
    assert unpaired.half_width > 1.3 * found.half_width
    # In worlds drawn anew for the second policy there is nothing to gain from pairing.
    (_,), (other,) = worlds(4)
    (apart,) = differences(cells(first[None], other[None]), 2, N_WORLDS)
    assert apart.half_width > 1.3 * found.half_width


def test_what_differs_from_block_to_block_widens_the_weighted_interval() -> None:
    weight = sample_table("pairs weight", (N_WORLDS,), seed=5)
    first = np.zeros(N_WORLDS, np.bool_)
    second = (np.arange(N_WORLDS) // BLOCK) % 2 == 0
    (found,) = differences(cells(first[None], second[None], weight), 2, N_WORLDS)
    expected = weighted_change(weight, second, first, block_sizes(N_WORLDS))
    # Blocks are scaled by what worlds weigh on average, here of all, there of full blocks.
    assert found.half_width == pytest.approx(expected.half_width, rel=2e-3)
    mixed = sample_table("pairs mixed", (N_WORLDS,), seed=6) < 0.5
    assert found.half_width > 2 * differences(cells(first[None], mixed[None], weight), 2, N_WORLDS)[0].half_width
