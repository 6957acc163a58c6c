"""The language of conditions on cells: what it means, and what it says of what it cannot understand."""

from __future__ import annotations

import numpy as np
import pytest

from negsim.errors import UsageError
from negsim.study.table import Factor, StudyTable
from negsim.study.where import parse_where, where_names

NAN = float("nan")


def table() -> StudyTable:
    """Five cells: the fourth has no chance of agreement, the last is not done."""
    return StudyTable(
        name="sale",
        design="grid",
        seed=1,
        cell=np.arange(5),
        done=np.array([True, True, True, True, False]),
        factors=(
            Factor("parties.russia.no_deal", np.array([30.0, 40.0, 50.0, 60.0, 70.0])),
            Factor("parties.x.values.price.2.5", np.array([1.0, 2.0, 3.0, 4.0, 5.0])),
            Factor("parties.a-b.weight", np.array([0.1 + 0.2, 0.3, 0.4, 0.5, 0.6])),
            Factor("protocol", np.array([0.0, 1.0, 2.0, 0.0, 1.0]), ("single_text", "take-it-or-leave-it", "1 : 2")),
            Factor("horizon", np.array([0.0, 1.0, 0.0, 1.0, 0.0]), ("-30", "30")),
        ),
        results={
            "p_zone": np.array([0.9, 0.6, 0.5, 0.2, NAN]),
            "p_agreement": np.array([0.7, 0.55, 0.1, NAN, NAN]),
            "p_zone.low": np.array([0.8, 0.5, 0.4, 0.1, NAN]),
            "rounds": np.array([0.0, 4.0, 5.0, np.inf, NAN]),
        },
    )


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("p_zone > 0.5", [0, 1]),
        ("p_zone >= 50 %", [0, 1, 2]),
        ("p_zone>=50%", [0, 1, 2]),
        ("p_zone < .6", [2, 3]),
        ("p_zone <= 60%", [1, 2, 3]),
        ("p_zone == 0.5", [2]),
        ("p_zone != 0.5", [0, 1, 3]),
        ("p_zone.low > .4", [0, 1]),
        ("p_zone - p_agreement > .1", [0, 2]),
        ("p_zone-p_agreement>.1", [0, 2]),
        ("-p_zone < -0.5 - 10 % * 2", [0]),
        ("1 < rounds * 2 / p_zone and rounds < 5", [1]),
        ("p_zone / rounds < 1", [1, 2, 3]),
        ("rounds - rounds == 0", [0, 1, 2]),
        ("parties.russia.no_deal > 40", [2, 3]),
        ("parties.x.values.price.2.5 > 3", [3]),
        ("parties.a-b.weight == 0.3", [0, 1]),
        ("parties.a-b.weight <= 0.3", [0, 1]),
        ("parties.a-b.weight > 0.3", [2, 3]),
        ("parties.a-b.weight < 0.3", []),
        ("`parties.a-b.weight` >= .4", [2, 3]),
        ("protocol == single_text", [0, 3]),
        ("protocol != single_text", [1, 2]),
        ("protocol == take-it-or-leave-it", [1]),
        ("protocol == '1 : 2' or protocol == \"take-it-or-leave-it\"", [1, 2]),
        ("protocol in single_text | `1 : 2`", [0, 2, 3]),
        ("horizon == 30", [1, 3]),
        ("horizon == -30", [0, 2]),
        ("rounds in 4 | 5", [1, 2]),
        ("not p_zone > .5", [2, 3]),
        ("not p_agreement > .5", [2]),
        ("p_zone > .5 and (rounds > 3 or protocol == single_text)", [0, 1]),
        ("p_zone > .5 implies rounds > 3", [1, 2, 3]),
        ("p_zone > .5 iff rounds > 3", [1]),
        ("p_agreement > .5 or p_zone < 1", [0, 1, 2]),
    ],
)
def test_a_condition_holds_where_its_arithmetic_says_so(text: str, cells: list[int]) -> None:
    where = parse_where(text, where_names(table()))
    assert list(np.flatnonzero(where.holds(table()))) == cells


def test_a_cell_without_a_needed_number_is_unknown_and_does_not_hold() -> None:
    where = parse_where("not p_agreement > 1", where_names(table()))
    assert list(where.known(table())) == [True, True, True, False, False]
    assert list(where.holds(table())) == [True, True, True, False, False]


def test_a_condition_tells_which_names_it_needs() -> None:
    where = parse_where("p_zone - p_agreement > .1 and protocol == single_text", where_names(table()))
    assert where.names == ("p_zone", "p_agreement", "protocol")


def test_names_of_a_study_are_its_results_and_what_was_varied_with_their_words() -> None:
    names = where_names(table())
    assert names["p_zone"] == ()
    assert names["protocol"] == ("single_text", "take-it-or-leave-it", "1 : 2")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("p_agrement > .5", "--where:1:1: error: this study has no result 'p_agrement' and varies nothing of that name\n     1 | p_agrement > .5\n       | ^^^^^^^^^^ did you mean p_agreement?"),
        ("no_deal > 40", "did you mean parties.russia.no_deal?"),
        ("xyzzy.q > 40", "known: p_zone, p_agreement"),
        ("single_text > 1", "write protocol == single_text"),
        ("p_zone", "p_zone is a number, not a condition"),
        ("protocol", "protocol is a word, not a condition"),
        ("zzz", "this study has no result 'zzz'"),
        ("p_zone + 1", "'p_zone + 1' is a number, not a condition"),
        ("-p_zone", "'-p_zone' is a number, not a condition"),
        ("(p_zone > 1) + 2 > 3", "'(p_zone > 1)' is a condition, not a number"),
        ("not p_zone", "p_zone is a number, not a condition"),
        ("p_zone > 40 points", "'points' after a number says nothing here"),
        ("p_zone / 0 > 1", "nothing can be divided by zero"),
        ("1 < 2", "'1 < 2' compares no result and nothing varied"),
        ("protocol == single_txt", "did you mean single_text?"),
        ("protocol in single_text | double", "protocol was never 'double'"),
        ("protocol > single_text", "the words of protocol have no order"),
        ("single_text == protocol", "protocol has words, not numbers, and must come first"),
        ("p_zone + protocol > 1", "protocol has words, not numbers"),
        ("p_zone = .5", "write =="),
        ("p_zone > .5 && rounds > 1", "write and"),
        ("p_zone > .5 AND rounds > 1", "write and"),
        ("p_zone >", "the condition ends after '>'"),
        ("> p_zone", "a result, a path, a number or '(' must come first"),
        ("p_zone. > 1", "names go on after a point"),
        ("p_zone > 2x", "'2x' is not a number"),
        ("p_zone ^ 2 > 1", "there are no powers"),
        ("", "--where is empty"),
        ("p_zone > 1" + " and p_zone > 1" * 40, "the most"),
        ("p_zone > 1" + " or rounds>1" * 40, "the most"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_said_with_its_place_and_the_nearest_word(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_where(text, where_names(table()))
    assert message in str(caught.value)


def test_all_flaws_are_told_at_once_in_the_order_of_the_text() -> None:
    with pytest.raises(UsageError) as caught:
        parse_where("protocl == x and\np_zon = 1", where_names(table()), source="--target")
    places = [line.split(" error")[0] for line in str(caught.value).splitlines() if line.startswith("--target:")]
    assert places == ["--target:1:1:", "--target:1:12:", "--target:1:18:", "--target:1:24:"]


def test_a_name_that_begins_with_a_digit_stands_in_backticks() -> None:
    assert parse_where("`1st` > 0", {"1st": ()}).names == ("1st",)
