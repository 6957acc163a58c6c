from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from negsim.errors import UsageError
from negsim.model.sampling import BLOCK, SAMPLERS, SERIES, sample_series, sample_step, sample_uniforms

PATHS = [("parties", "a", "no_deal"), ("parties", "b", "no_deal"), ("parties", "b", "red_lines", "x", "real")]


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_every_sampler_is_uniform_and_stays_inside(sampler: str) -> None:
    for path in PATHS:
        drawn = np.concatenate([sample_uniforms(PATHS, sampler=sampler, seed=1, block=b)[path] for b in range(20)])
        assert drawn.min() > 0
        assert drawn.max() < 1
        assert stats.kstest(drawn, "uniform").pvalue > 1e-6
        assert stats.kstest(drawn**1.2, "uniform").pvalue < 1e-6  # the test has power


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_a_draw_depends_on_seed_and_block_and_path(sampler: str) -> None:
    first = sample_uniforms(PATHS, sampler=sampler, seed=1, block=0)
    again = sample_uniforms(PATHS[::-1], sampler=sampler, seed=1, block=0)
    assert all(np.array_equal(first[path], again[path]) for path in PATHS)
    assert not np.array_equal(first[PATHS[0]], first[PATHS[1]])
    for seed, block in ((2, 0), (1, 1)):
        other = sample_uniforms(PATHS, sampler=sampler, seed=seed, block=block)
        assert not np.array_equal(first[PATHS[0]], other[PATHS[0]])


@pytest.mark.parametrize("sampler", ["lhs", "random"])
def test_a_new_path_leaves_every_other_draw_as_it_was(sampler: str) -> None:
    alone = sample_uniforms(PATHS[:1], sampler=sampler, seed=3, block=2)
    together = sample_uniforms(PATHS, sampler=sampler, seed=3, block=2)
    assert np.array_equal(alone[PATHS[0]], together[PATHS[0]])


@pytest.mark.parametrize("sampler", ["lhs", "sobol"])
def test_a_block_has_one_draw_in_each_stratum(sampler: str) -> None:
    for path, drawn in sample_uniforms(PATHS, sampler=sampler, seed=9, block=4).items():
        assert sorted(np.floor(drawn * BLOCK).astype(int)) == list(range(BLOCK)), path


def test_independent_draws_are_not_stratified() -> None:
    drawn = sample_uniforms(PATHS, sampler="random", seed=9, block=4)[PATHS[0]]
    assert len(set(np.floor(drawn * BLOCK).astype(int))) < BLOCK * 0.8


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_paths_and_blocks_are_uncorrelated(sampler: str) -> None:
    blocks = [sample_uniforms(PATHS, sampler=sampler, seed=0, block=b) for b in range(20)]
    a, b = (np.concatenate([block[path] for block in blocks]) for path in PATHS[:2])
    # A correlation of n independent pairs has standard deviation 1/sqrt(n).
    assert abs(np.corrcoef(a, b)[0, 1]) < 6 / np.sqrt(len(a))
    assert abs(np.corrcoef(a[BLOCK:], a[:-BLOCK])[0, 1]) < 6 / np.sqrt(len(a) - BLOCK)


def test_an_unknown_sampler_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="'lsh'; known: lhs, random, sobol"):
        sample_uniforms(PATHS, sampler="lsh", seed=0, block=0)


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_no_paths_need_no_draws(sampler: str) -> None:
    assert sample_uniforms([], sampler=sampler, seed=0, block=0) == {}


@pytest.mark.parametrize("sampler", list(SAMPLERS))
def test_what_happens_on_the_way_goes_with_no_quantity(sampler: str) -> None:
    blocks = range(40)
    step = np.concatenate([sample_step(("on", "the", "way"), sampler=sampler, seed=0, block=b) for b in blocks])
    series = np.concatenate([sample_series(("gaps",), 0, sampler=sampler, seed=0, block=b) for b in blocks], axis=1)
    quantities = [sample_uniforms(PATHS, sampler=sampler, seed=0, block=b) for b in blocks]
    limit = 4.5 / np.sqrt(step.size)  # of uncorrelated numbers one pair in 100,000 is beyond it
    for path in PATHS:
        drawn = np.concatenate([block[path] for block in quantities])
        for numbers in (step, *series):
            assert abs(np.corrcoef(numbers, drawn)[0, 1]) < limit
    # The control: alone in a Sobol' sequence a path would be its first dimension, as some quantity is.
    if sampler == "sobol":
        alone = np.concatenate(
            [sample_uniforms([("alone",)], sampler=sampler, seed=0, block=b)[("alone",)] for b in blocks]
        )
        first = np.concatenate([block[min(PATHS)] for block in quantities])
        assert abs(np.corrcoef(alone, first)[0, 1]) > 0.5


def test_steps_are_in_different_orders_and_each_is_a_hypercube() -> None:
    series = sample_series(("gaps",), 0, sampler="lhs", seed=0, block=0)
    assert series.shape == (SERIES, BLOCK)
    assert all(sorted(np.floor(row * BLOCK).astype(int).tolist()) == list(range(BLOCK)) for row in series)
    later = sample_series(("gaps",), 1, sampler="lhs", seed=0, block=0)
    assert len({row.tobytes() for row in (*series, *later)}) == 2 * SERIES
