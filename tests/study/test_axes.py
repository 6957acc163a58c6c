"""What follows --vary: values, ranges with their ends, values at equal distances, spans, and what cannot be read."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.errors import UsageError
from negsim.study.axes import MOST_VALUES, Levels, Own, Span, read_axis, set_text, split_list
from negsim.study.sweep import Sweep, axes_of
from tests.study.sales import BUYER, SALE, sale


def levels(text: str) -> tuple[float | str, ...]:
    over = read_axis("p", text).over
    assert isinstance(over, Levels)
    return over.values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3", (3.0,)),
        ("3, 4.5 ,-1e2", (3.0, 4.5, -100.0)),
        ("holdout,zeuthen", ("holdout", "zeuthen")),
        ("30..50,40..60", ("30..50", "40..60")),
        ("holdout,{time: {exponent: 2, unit: a}}", ("holdout", "{time: {exponent: 2, unit: a}}")),
        ("[a, b],(c, d)", ("[a, b]", "(c, d)")),
        ("'a, b',\"c, ]\",d", ("'a, b'", '"c, ]"', "d")),
        ("range(0,1,0.25)", (0.0, 0.25, 0.5, 0.75, 1.0)),
        ("range(0,1,0.3)", (0.0, 0.3, 0.6, 0.9)),
        ("range(1,4)", (1.0, 2.0, 3.0, 4.0)),
        ("range(1, 0, -0.5)", (1.0, 0.5, 0.0)),
        ("range(2,2,1)", (2.0,)),
        ("-1..1/3", (-1.0, 0.0, 1.0)),
    ],
)
def test_separate_values_are_read_in_the_order_written(text: str, values: tuple[float | str, ...]) -> None:
    assert levels(text) == values


def test_steps_are_exact_decimals_whatever_binary_fractions_they_have() -> None:
    # Adding 0.1 ten times gives 0.9999999999999999, and 3 * 0.1 is 0.30000000000000004.
    assert levels("range(0,1,0.1)") == (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
    assert levels("0..1/11") == levels("range(0,1,0.1)")
    assert 3 * 0.1 not in levels("range(0,1,0.1)")


@given(st.integers(-50, 50), st.integers(1, 200), st.integers(2, 60))
def test_values_at_equal_distances_include_both_ends_and_are_the_nearest_floats(low: int, more: int, n: int) -> None:
    found = levels(f"{low}..{low + more}/{n}")
    assert found == tuple(float(Fraction(low) + Fraction(more * k, n - 1)) for k in range(n))
    assert (found[0], found[-1]) == (low, low + more)


def test_two_numbers_with_dots_between_them_stand_for_all_between() -> None:
    assert read_axis("p", "30..50").over == Span(30.0, 50.0)
    assert read_axis("p", "-.5..1e1").over == Span(-0.5, 10.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "--vary p: there is nothing to vary it over; write values a,b,c; range(0,1,0.1), its end included;"),
        ("1,,2", "--vary p=1,,2: a value between commas is missing"),
        ("1,2,1.0", "--vary p=1,2,1.0: 1 stands there twice"),
        ("a,b,a", "--vary p=a,b,a: a stands there twice"),
        ("range(0)", "--vary p=range(0): a range has a start, a stop and a step, such as range(0,1,0.1)"),
        ("range(0,1,2,3)", "a range has a start, a stop and a step"),
        ("range(0,1,0)", "--vary p=range(0,1,0): the step does not lead from the start to the stop"),
        ("range(0,1,-1)", "the step does not lead from the start to the stop"),
        ("range(0,x,1)", "--vary p=range(0,x,1): 'x' is not a number; write values a,b,c;"),
        ("range()", "'' is not a number"),
        ("range(0,1,1e-9)", "--vary p: 1,000,000,001 values from 0 in steps of 1e-09; at most 100,000 can be tried"),
        ("0..1/100001", f"--vary p: 100,001 values from 0 in steps of 1e-05; at most {MOST_VALUES:,} can be tried"),
        ("1..0", "--vary p=1..0: the first number must be the smaller; write 0..1"),
        ("1..1/3", "--vary p=1..1/3: the first number must be the smaller"),
        ("0..1/1", "--vary p=0..1/1: /1 asks for 1 values; both ends take 2 at least"),
        ("0..1e16", "--vary p=0..1e16: 1E+16 is too large; numbers reach 1e15"),
        ("range(0,1e16,1e16)", "--vary p=range(0,1e16,1e16): 1E+16 is too large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_was_written(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_axis("p", text)
    assert said in str(caught.value)


def test_each_value_has_an_equal_part_of_the_unit_interval() -> None:
    over = Levels((1.0, "b", 3.0))
    assert over.at(np.array([0.0, 0.333, 0.334, 0.666, 0.667, np.nextafter(1.0, 0.0)])) == [
        1.0,
        1.0,
        "b",
        "b",
        3.0,
        3.0,
    ]
    assert over.extremes == over.values


def test_all_between_spreads_the_unit_interval_evenly() -> None:
    assert Span(30.0, 50.0).at(np.array([0.0, 0.25, 1.0])) == [30.0, 35.0, 50.0]
    assert Span(30.0, 50.0).extremes == (30.0, 50.0)


def test_a_path_alone_is_varied_over_the_quantiles_of_its_own_distribution() -> None:
    text = SALE.replace("price: 3..6", "price: {triangular: {low: 2, mode: 2, high: 10}}")
    (axis,) = axes_of(Sweep(text, ((BUYER, ""),)), sale(text))
    assert isinstance(axis.over, Own)
    # F(x) = 1 - ((10 - x) / 8)^2, so the quantile at 3/4 is 10 - 8 / 2.
    assert axis.over.at(np.array([0.75])) == pytest.approx([6.0])
    assert list(axis.over.extremes) == pytest.approx([2.0, 10 - 8e-3], abs=1e-5)


@pytest.mark.parametrize(
    ("value", "text"),
    [(20.0, "20"), (0.1, "0.1"), (0.1 + 0.2, "0.30000000000000004"), (1e22, "1e+22"), (-2.5, "-2.5"), ("a: 1", "a: 1")],
)
def test_a_value_is_set_with_all_its_digits(value: float | str, text: str) -> None:
    assert set_text(value) == text
    if isinstance(value, float):
        assert float(text) == value


def test_a_list_is_split_at_outer_commas_alone() -> None:
    assert split_list(" a ,[b,c],{d: e,f: (g,h)},'i,j' ") == ["a", "[b,c]", "{d: e,f: (g,h)}", "'i,j'"]
    assert split_list("") == [""]
