"""Quantities that are drawn stay within their bounds and can stand in a file."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from negsim.errors import UsageError
from negsim.scenario import loads
from negsim.scenario.quantities import Beta, Constant, Normal, Pert, Quantity, Triangular, Uniform
from negsim.scenario.writer import write
from negsim.testing.strategies import quantities

SPREAD = (Uniform, Triangular, Pert, Beta, Normal)


def ends(quantity: Quantity) -> tuple[float, float]:
    match quantity:
        case Constant(value):
            return value, value
        case Normal(mean, _):
            return mean, mean
        case Uniform(low, high) | Triangular(low, _, high) | Pert(low, _, high) | Beta(_, _, low, high):
            return low, high
    raise AssertionError(quantity)


BOAT = """
negsim: 1
id: boat
title: Boat
issues: {price: {title: Price, scale: 0..10, step: 5}}
parties: {ann: {title: Ann, demands: {price: 0}, no_deal: 3}}
"""


def read_again(quantity: Quantity) -> object:
    """Write a quantity into a file as the no-deal value of a party, and read it."""
    boat = loads(BOAT)
    party = replace(boat.parties[0], no_deal=quantity)
    return loads(write(replace(boat, parties=(party,)))).parties[0].no_deal


@given(st.data(), st.floats(-100, 200), st.floats(-100, 200))
def test_a_quantity_lies_within_its_bounds_and_comes_back_from_a_file(
    data: st.DataObject, one: float, other: float
) -> None:
    low, high = sorted([one, other])
    quantity = data.draw(quantities(low=low, high=high))
    first, last = ends(quantity)
    assert low <= first <= last <= high
    assert read_again(quantity) == quantity


@pytest.mark.parametrize("form", [Constant, *SPREAD])
def test_every_form_is_drawn_with_the_ends_of_the_domain(form: type) -> None:
    quick = settings(phases=[Phase.generate], max_examples=20_000)
    wanted = quantities(low=2, high=7)
    reached = find(wanted, lambda one: ends(one)[1] == 7 and type(one) is form, settings=quick)
    assert isinstance(reached, form)


@given(quantities(low=0, high=1, uncertain=False))
def test_a_quantity_that_is_not_uncertain_is_a_constant(quantity: Quantity) -> None:
    assert isinstance(quantity, Constant)


@given(quantities(low=0, high=1, uncertain=True, distributions=False))
def test_an_uncertain_quantity_without_distributions_is_a_range(quantity: Quantity) -> None:
    assert isinstance(quantity, Uniform)
    assert quantity.low < quantity.high


def test_the_smallest_quantity_is_the_lowest_constant() -> None:
    assert find(quantities(low=-3, high=7), lambda _: True) == Constant(-3.0)
    assert find(quantities(low=0, high=7), lambda quantity: ends(quantity)[0] > 3.5) == Constant(3.57)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"low": 3, "high": 2}, "cannot draw quantities between low=3 and high=2"),
        ({"high": inf}, "cannot draw quantities between low=0 and high=inf"),
        ({"low": 2, "high": 2, "uncertain": True}, "no quantity is uncertain between low=2 and high=2"),
    ],
)
def test_bounds_of_a_quantity_that_nothing_lies_within_are_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        quantities(**arguments)
    assert str(caught.value) == message


def test_one_value_alone_is_a_constant() -> None:
    assert find(quantities(low=2, high=2), lambda _: True) == Constant(2.0)
