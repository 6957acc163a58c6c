"""A problem shows itself within 80 columns, wherever in a line it is."""

from __future__ import annotations

import pytest

from negsim.errors import Place, Problem

LONG = "  seller: {title: Seller, " + "demands: {price: 100, delivery: now}, " * 8 + "no_deal: 40}"


@pytest.mark.parametrize("length", [1, 8, 40, 400])
@pytest.mark.parametrize("help", ["", "short", "the nearest levels are 50 and 60, on a scale of 0 to 100"])
def test_an_excerpt_fits_80_columns_and_the_carets_stand_under_the_fault(length: int, help: str) -> None:
    for column in range(1, len(LONG) + 1):
        place = Place("f.yaml", 12, column, length, LONG)
        _, line, pointer, *below = str(Problem("NS403", "wrong", place=place, help=help)).splitlines()
        assert max(map(len, (line, pointer, *below))) <= 80
        carets = pointer.index("^"), pointer.rindex("^") + 1
        assert LONG.startswith(line[carets[0] : carets[1]], column - 1)
        assert (help in pointer) != (below == [f"       | help: {help}"]) or not help


def test_help_that_does_not_fit_behind_the_carets_stands_below() -> None:
    place = Place("f.yaml", 9, 65, 3, "  buyer: {title: Buyer, demands: {price: 55, paid: y}, no_deal: 010}")
    problem = Problem("NS109", "readers of YAML disagree on 010", place=place, help='quote it: "010"')
    assert str(problem).splitlines()[1:] == [
        "     9 |   buyer: {title: Buyer, demands: {price: 55, paid: y}, no_deal: 010}",
        "       |                                                                 ^^^",
        '       | help: quote it: "010"',
    ]


def test_a_problem_without_a_code_names_none() -> None:
    place = Place("--where", 1, 1, 4, "p_zoen > 1")
    assert str(Problem("", "no such result", place=place)).startswith("--where:1:1: error: no such result\n")
