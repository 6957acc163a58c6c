"""Dividing a pie: the zone's probability in closed form."""

from __future__ import annotations

import json
from itertools import product
from math import comb, factorial, log, sqrt

import pytest

from negsim.scenario import Scenario, loads
from negsim.zone import analyse_zone

ALPHA = 1e-9
"""Chance that a test of a frequency fails though the code is right (Hoeffding's inequality)."""


def pie(n_parties: int, n_steps: int, no_deal: list[float] | None = None) -> Scenario:
    """A pie of ``n_steps`` equal steps; an option for each way to give every step to a party."""
    shares = [s for s in product(range(n_steps + 1), repeat=n_parties) if sum(s) == n_steps]
    options = {"s" + "_".join(map(str, share)): share for share in shares}
    parties = {
        f"p{k}": {
            "title": f"Party {k}",
            "values": {"pie": {option: 100 * share[k] / n_steps for option, share in options.items()}},
            "no_deal": "0..100" if no_deal is None else no_deal[k],
        }
        for k in range(n_parties)
    }
    issues = {"pie": {"title": "The pie", "options": list(options)}}
    return loads(json.dumps({"negsim": 1, "id": "pie", "title": "A pie", "issues": issues, "parties": parties}))


@pytest.mark.parametrize(("n_parties", "n_steps"), [(2, 5), (2, 9), (3, 4), (4, 4)])
def test_the_cells_of_reservation_values_with_a_zone_number_m_choose_n(n_parties: int, n_steps: int) -> None:
    # A reservation value between (k-1)/m and k/m needs k steps. The pie feeds all iff the needs sum to m at most:
    # C(m, n) of the m^n combinations (choose the n partial sums), here counted one by one.
    zones = 0
    for needs in product(range(1, n_steps + 1), repeat=n_parties):
        middle = [100 * (k - 0.5) / n_steps for k in needs]
        zones += analyse_zone(pie(n_parties, n_steps, middle), n_worlds=1).p_zone.estimate == 1
    assert zones == comb(n_steps, n_parties)


@pytest.mark.parametrize("sampler", ["lhs", "random", "sobol"])
@pytest.mark.parametrize(("n_parties", "n_steps"), [(2, 10), (3, 10), (4, 6)])
def test_p_zone_of_independent_uniform_reservations_is_m_choose_n_over_m_to_the_n(
    n_parties: int, n_steps: int, sampler: str
) -> None:
    n_worlds = 16_384
    found = analyse_zone(pie(n_parties, n_steps), n_worlds=n_worlds, sampler=sampler).p_zone.estimate
    exact = comb(n_steps, n_parties) / n_steps**n_parties
    bound = sqrt(log(2 / ALPHA) / (2 * n_worlds))
    assert abs(found - exact) < bound
    assert abs(found - 1 / factorial(n_parties)) > abs(found - exact)  # the limit is told from the finite pie


def test_p_zone_tends_to_one_over_n_factorial_as_steps_get_finer() -> None:
    exact = [comb(m, 3) / m**3 for m in (3, 6, 12, 24)]
    distances = [1 / factorial(3) - p for p in exact]
    assert distances == sorted(distances, reverse=True)
    found = analyse_zone(pie(3, 24), n_worlds=16_384).p_zone.estimate
    assert abs(found - 1 / factorial(3)) < distances[-1] + sqrt(log(2 / ALPHA) / (2 * 16_384))
    assert abs(found - 1 / factorial(3)) < abs(found - 1 / factorial(2)) / 5


def test_the_zone_of_a_sale_is_every_price_between_the_reservation_prices() -> None:
    sale = loads("""
        negsim: 1
        id: sale
        title: A sale
        issues: {price: {title: Price, scale: 0..200, step: 10, unit: dollars}}
        parties:
          buyer: {title: Buyer, demands: {price: 0}, no_deal: {same_as: {price: 120}}}
          seller: {title: Seller, demands: {price: 200}, no_deal: {same_as: {price: 80}}}
    """)
    found = analyse_zone(sale, n_worlds=1)
    assert found.size.median == 5  # 80, 90, 100, 110, 120: both ends are ties, and ties accept
    in_zone = {item.option for item in found.options if item.p_in_zone == found.p_zone}
    assert in_zone == {"80", "90", "100", "110", "120"}
