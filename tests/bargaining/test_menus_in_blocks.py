"""Menus of more deals than fit into a block, and of more rows than are put in order at once, against the definition."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.bargaining import menus
from negsim.bargaining.menus import own_rank_menu, shared_frontier_menu

Array = NDArray[np.float64]

SEEDS = range(12)


def draw(seed: int, n_deals: int) -> tuple[NDArray[np.float32], Array, NDArray[np.bool_]]:
    """Draw gains (row, deal) and beliefs (deal,), with few or many ties, and deals that may not be proposed."""
    rng = np.random.default_rng([seed, n_deals])
    n_values = [4, 40, 4000][seed % 3]
    gain = rng.integers(-n_values // 4, n_values, (5, n_deals)).astype(np.float32)
    gain[rng.random(gain.shape) < 0.1] = -np.inf
    gain[rng.random(gain.shape) < 0.05] = -0.0
    others = rng.integers(0, [3, 30, 3000][seed // 3 % 3], n_deals) / 8
    return gain, others, rng.random(gain.shape) < 0.8


def frontier(gain: list[float], others: list[float], allowed: list[bool]) -> list[int]:
    """List the acceptable deals that no other beats, ascending; of two that are alike to all the first."""
    deals = [k for k in range(len(gain)) if allowed[k]]

    def beaten(k: int) -> bool:
        return any(
            gain[j] >= gain[k] and others[j] >= others[k] and (gain[j] > gain[k] or others[j] > others[k] or j < k)
            for j in deals
        )

    return sorted((k for k in deals if gain[k] >= 0 and not beaten(k)), key=lambda k: gain[k])


@pytest.mark.parametrize("n_deals", [1, 63, 64, 65, 200])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_frontier_is_found_across_blocks(seed: int, n_deals: int) -> None:
    gain, others, allowed = draw(seed, n_deals)
    menu = shared_frontier_menu(np.arange(5), gain, others, allowed)
    for row in range(5):
        wanted = frontier(gain[row].tolist(), others.tolist(), allowed[row].tolist())
        assert menu.deal[row, : menu.size[row]].tolist() == wanted
        assert menu.gain[row, : menu.size[row]].tolist() == gain[row, wanted].tolist()


@pytest.mark.parametrize("n_rows", [1, 2, 5])
@pytest.mark.parametrize("block", [1, 2, 16])
def test_neither_the_length_of_blocks_nor_the_rows_at_once_change_a_menu(
    n_rows: int, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    gain, others, _ = draw(1, 150)
    monkeypatch.setattr(menus, "_RUN", 1)
    monkeypatch.setattr(menus, "_ROWS", n_rows)
    monkeypatch.setattr(menus, "_BLOCK", block)
    menu = shared_frontier_menu(np.arange(5), gain, others)
    for row in range(5):
        wanted = frontier(gain[row].tolist(), others.tolist(), [True] * 150)
        assert menu.deal[row, : menu.size[row]].tolist() == wanted


@pytest.mark.parametrize("seed", SEEDS)
def test_all_that_a_party_accepts_is_in_order_even_where_a_gain_is_minus_zero(seed: int) -> None:
    gain, _, allowed = draw(seed, 90)
    menu = own_rank_menu(np.arange(5), gain, allowed)
    for row in range(5):
        may = [(gain[row, k], k) for k in range(90) if gain[row, k] >= 0 and allowed[row, k]]
        assert menu.deal[row, : menu.size[row]].tolist() == [k for _, k in sorted(may)]
