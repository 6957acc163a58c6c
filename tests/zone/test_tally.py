from __future__ import annotations

import pytest

from negsim.scenario import loads
from negsim.zone import analyse_zone

ALWAYS = """\
negsim: 1
id: sure
title: A sure thing
issues: {price: {title: Price, scale: 0..10, step: 1}}
parties:
  buyer: {title: Buyer, demands: {price: 0}, no_deal: {same_as: {price: 6}}}
  seller: {title: Seller, demands: {price: 10}, no_deal: {same_as: {price: 4}}}
"""


@pytest.mark.parametrize("n_worlds", [255, 256, 257, 512, 1024])
def test_a_deal_that_is_in_the_zone_of_every_world_is_counted_in_every_world(n_worlds: int) -> None:
    # A count of 256 does not fit into a byte.
    result = analyse_zone(loads(ALWAYS), n_worlds=n_worlds)
    assert [dict(deal.options)["price"] for deal in result.deals] == ["4", "5", "6"]
    assert {deal.p_in_zone.estimate for deal in result.deals} == {1.0}
    assert (result.near.n_outcomes, result.near.common) == (3, ())
