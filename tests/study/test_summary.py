"""What a study says at a glance, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from negsim.errors import UsageError
from negsim.model.sampling import sample_table
from negsim.study import Factor, ReadStudy, StudyTable
from negsim.study.summary import Group, Headline, summarise_study
from tests.study.sales import FAILING, SELLER, begun, done

NAN = float("nan")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> ReadStudy:
    return done(tmp_path_factory.mktemp("base"), vary=((SELLER, "3,4"),), n_worlds=16)


def study(base: ReadStudy, factors: dict[str, list[float]], value: list[float], **labels: tuple[str, ...]) -> ReadStudy:
    """A study with these factors, and these values of P(zone)."""
    p_zone = np.array(value)
    table = StudyTable(
        name="made",
        design="sobol",
        seed=0,
        cell=np.arange(len(value)),
        done=np.isfinite(p_zone),
        factors=tuple(Factor(path, np.array(held), labels.get(path, ())) for path, held in factors.items()),
        results={"p_zone": p_zone, "p_zone.low": p_zone - 0.01, "p_zone.high": p_zone + 0.01},
    )
    return replace(base, table=table, n_planned=0)


def test_a_result_is_told_by_its_ends_its_middle_and_how_often_it_is_above_one_half(base: ReadStudy) -> None:
    found = summarise_study(study(base, {"a": [1, 2, 3, 4]}, [0.5, 0.9, 0.1, 0.51]))
    (line,) = found.headlines
    assert replace(line, median=0.0) == Headline("p_zone", 4, 0.1, 0.0, 0.9, 2)
    assert line.median == pytest.approx(0.505)
    assert (found.of, found.n_cells, found.n_done, found.n_failed, found.n_planned) == ("p_zone", 4, 4, 0, 0)


def test_few_values_are_a_group_each_and_what_spans_most_comes_first(base: ReadStudy) -> None:
    made = study(base, {"a": [1, 1, 2, 2], "b": [0, 1, 0, 1], "c": [5, 5, 5, 5]}, [0.1, 0.3, 0.2, 0.6], b=("x", "y"))
    first, second = summarise_study(made).effects
    # Means over b: (.1 + .2)/2 and (.3 + .6)/2; over a: (.1 + .3)/2 and (.2 + .6)/2. One value of c goes along with nothing.
    assert [first.path, second.path] == ["b", "a"]
    assert [first.span, second.span] == pytest.approx([0.3, 0.2])
    assert [replace(group, mean=0.0) for group in first.groups] == [Group(0, 0, "x", 2, 0.0), Group(1, 1, "y", 2, 0.0)]
    assert [replace(group, mean=0.0) for group in second.groups] == [Group(1, 1, "", 2, 0.0), Group(2, 2, "", 2, 0.0)]
    assert [group.mean for effect in (first, second) for group in effect.groups] == pytest.approx(
        [0.15, 0.45, 0.2, 0.4]
    )


def test_many_values_are_parted_into_fifths(base: ReadStudy) -> None:
    at = np.arange(15.0)[::-1]
    (effect,) = summarise_study(study(base, {"a": at.tolist()}, (at / 20).tolist())).effects
    assert [(group.low, group.high, group.n) for group in effect.groups] == [(k, k + 2, 3) for k in (0, 3, 6, 9, 12)]
    assert [group.mean for group in effect.groups] == pytest.approx([(k + 1) / 20 for k in (0, 3, 6, 9, 12)])


def test_many_words_are_a_group_each_all_the_same(base: ReadStudy) -> None:
    words = tuple(f"w{k}" for k in range(20))
    (effect,) = summarise_study(study(base, {"a": list(range(20))}, [k / 20 for k in range(20)], a=words)).effects
    assert [group.label for group in effect.groups] == list(words)


def test_cells_without_a_result_count_nowhere(base: ReadStudy) -> None:
    found = summarise_study(study(base, {"a": [1, 1, 2, 2]}, [0.2, NAN, 0.4, NAN]))
    assert found.headlines[0].n == 2
    assert [group.n for group in found.effects[0].groups] == [1, 1]
    assert (found.n_done, found.n_failed) == (2, 2)
    assert [(cell.cell, cell.value) for cell in found.cells] == [(0, 0.2), (1, None), (2, 0.4), (3, None)]
    assert found.cells[1].low is None
    assert found.cells[0].high == pytest.approx(0.21)


def test_of_many_cells_the_three_lowest_and_the_three_highest_are_shown_in_order(base: ReadStudy) -> None:
    value = [((k * 7) % 20) / 20 for k in range(20)]
    found = summarise_study(study(base, {"a": [float(k) for k in range(20)]}, value))
    assert [cell.value for cell in found.cells] == [0.0, 0.05, 0.1, 0.85, 0.9, 0.95]
    assert [cell.inputs for cell in found.cells] == [(str(cell.cell),) for cell in found.cells]
    assert [value[cell.cell] for cell in found.cells] == [cell.value for cell in found.cells]


def test_of_many_cells_few_of_which_are_done_those_are_shown(base: ReadStudy) -> None:
    found = summarise_study(study(base, {"a": [1.0] * 20}, [0.3, 0.1, *[NAN] * 18]))
    assert [cell.cell for cell in found.cells] == [1, 0]


@pytest.mark.parametrize(("design", "told"), [("grid", True), ("list", True), ("sobol", False), ("morris", False)])
def test_what_only_chance_makes_stands_out_nowhere_but_where_values_were_chosen(
    base: ReadStudy, design: str, told: bool
) -> None:
    # What decides is a; b changes with every cell, and its halves differ by what a happens to be in them.
    a, b = [0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0], [0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0]
    made = study(base, {"a": a, "b": b}, [0.1 + 0.8 * one for one in a])
    found = summarise_study(replace(made, design=design))
    assert {effect.path: effect.stands_out for effect in found.effects} == {"a": True, "b": told}
    assert [effect.path for effect in found.effects] == ["a", "b"]


def test_what_spans_less_than_half_a_percentage_point_stands_out_nowhere(base: ReadStudy) -> None:
    for value, told in ((0.504, False), (0.506, True)):
        (effect,) = summarise_study(study(base, {"a": [0.0, 1.0]}, [0.5, value])).effects
        assert effect.stands_out == told


def test_an_effect_stands_out_by_chance_as_seldom_as_is_said(base: ReadStudy) -> None:
    # In at most 5 % of studies any of four paths that do nothing does: of 200, 20 or more with a probability below .4 %.
    n_false = 0
    for seed in range(200):
        drawn = sample_table("effects", (64, 5), seed=seed)
        made = study(base, {f"p{k}": drawn[:, k].tolist() for k in range(4)}, drawn[:, 4].tolist())
        n_false += any(effect.stands_out for effect in summarise_study(replace(made, design="lhs")).effects)
    assert 0 < n_false < 20


def test_few_values_are_told_to_six_digits_many_to_four(base: ReadStudy) -> None:
    exact, rough = [0.123456789, 1.5] * 8, [20251.3 + k for k in range(16)]
    found = summarise_study(study(base, {"a": exact, "b": rough}, [0.5] * 16))
    assert found.cells[0].inputs == ("0.123457", "20250")


def test_another_result_can_be_looked_at(tmp_path: Path) -> None:
    both = done(tmp_path, vary=((SELLER, "2,5"),), of=("zone", "bargain"), n_worlds=64)
    found = summarise_study(both, "p_agreement")
    assert [line.name for line in found.headlines] == ["p_zone", "p_agreement"]
    assert found.of == "p_agreement"
    assert [cell.value for cell in found.cells] == both.table.results["p_agreement"].tolist()
    with pytest.raises(UsageError, match=r"--of p_agreemnt: did you mean 'p_agreement'\?"):
        summarise_study(both, "p_agreemnt")


def test_a_study_of_which_nothing_is_done_says_nothing_of_results(tmp_path: Path) -> None:
    found = summarise_study(begun(tmp_path, 0, vary=((SELLER, "3,4"),)))
    assert (found.headlines, found.effects, found.n_planned, found.n_failed) == ((), (), 2, 0)
    assert [cell.value for cell in found.cells] == [None, None]


def test_an_unfinished_study_counts_what_is_left(tmp_path: Path) -> None:
    found = summarise_study(begun(tmp_path, 2, vary=FAILING, n_worlds=16))
    assert (found.n_cells, found.n_done, found.n_failed, found.n_planned) == (4, 1, 1, 2)
