"""Policies compared in the same worlds, beside plain analyses and figures worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from negsim.errors import UsageError
from negsim.model.intervals import share_interval
from negsim.scenario import load, loads
from negsim.study import Policy, ReadStudy
from negsim.study.policies import compare_policies, headline_of, headlines_of
from negsim.study.reading import read_packed, read_weights
from negsim.study.table import StudyTable
from negsim.talks.analysis import hold_talks
from negsim.zone import estimate_p_zone
from negsim.zone.compare import compare_zones
from tests.study.sales import BUYER, CALENDAR, FAILING, RULES, SALE, SEEN, SELLER, begun, done

AS_IS, RICHER, CHEAPER = (
    Policy("as_is", ()),
    Policy("richer", (f"{BUYER}=4..7",)),
    Policy("cheaper", (f"{SELLER}=1..3",)),
)
ALL = (AS_IS, RICHER, CHEAPER)


def written(folder: Path, text: str = SALE) -> Path:
    file = folder / "sale.scenario.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_one_cell_is_compared_as_negsim_compare_does_to_the_digit(tmp_path: Path) -> None:
    study = done(tmp_path / "study", policies=ALL, n_worlds=1200)
    found = compare_policies(study)
    assert found is not None
    before = load(written(tmp_path))
    for policy, result in zip(ALL[1:], found.policies[1:], strict=True):
        after = load(written(tmp_path), overrides=policy.changes)
        expected = compare_zones(before, after, n_worlds=1200).p_zone
        assert result.difference == expected.difference
        assert result.mean == expected.after.estimate
        assert found.policies[0].mean == expected.before.estimate


def test_over_several_cells_it_is_the_mean_of_comparisons_cell_by_cell(tmp_path: Path) -> None:
    prices = (2.5, 3.5, 4.5)
    vary = ((SELLER, ",".join(map(str, prices))),)
    study = done(tmp_path / "study", vary=vary, policies=(AS_IS, RICHER), n_worlds=600)
    found = compare_policies(study)
    assert found is not None
    file, differences, means = written(tmp_path), [], []
    for price in prices:
        sides = [load(file, overrides=[f"{SELLER}={price}", *changes]) for changes in ((), RICHER.changes)]
        differences.append(compare_zones(sides[0], sides[1], n_worlds=600).p_zone.difference.estimate)
        means.append(estimate_p_zone(sides[1], n_worlds=600).estimate)
    assert found.policies[1].difference is not None
    assert found.policies[1].difference.estimate == pytest.approx(sum(differences) / 3, abs=1e-12)
    assert found.policies[1].mean == pytest.approx(sum(means) / 3, abs=1e-12)
    assert (found.n_rows, found.n_left_out) == (3, 0)


def with_results(study: ReadStudy, values: list[list[float]], design: str = "grid") -> ReadStudy:
    """Put other figures in the place of those that the cells of a study have: (row, policy)."""
    flat = np.array(values).reshape(-1)
    table: StudyTable = replace(study.table, results={**study.table.results, "p_zone": flat})
    return replace(study, table=table, design=design)


VALUES = [
    # as_is, richer, cheaper
    [0.10, 0.50, 0.30],
    [0.20, 0.15, 0.60],
    [0.50, 0.70, 0.40],
    [0.90, 0.40, 0.80],
]


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> ReadStudy:
    folder = tmp_path_factory.mktemp("four")
    return done(folder, vary=((RULES[0], ",".join(f"price >= {k}" for k in range(4))),), policies=ALL, n_worlds=16)


def test_regret_is_the_distance_from_the_best_policy_of_each_combination(four: ReadStudy) -> None:
    found = compare_policies(with_results(four, VALUES))
    assert found is not None
    # The best are .50, .60, .70, .90. So as_is stays behind by .40, .40, .20, 0; richer by 0, .45, 0, .50; cheaper by
    # .20, 0, .30, .10.
    assert [one.mean_regret for one in found.policies] == pytest.approx([0.25, 0.2375, 0.15])
    assert [one.max_regret for one in found.policies] == pytest.approx([0.40, 0.50, 0.30])
    assert [one.mean for one in found.policies] == pytest.approx([0.425, 0.4375, 0.525])
    assert [one.worst for one in found.policies] == pytest.approx([0.10, 0.15, 0.30])


def test_a_policy_is_satisfied_where_it_is_as_good_as_asked_ties_included(four: ReadStudy) -> None:
    half, less = (compare_policies(with_results(four, VALUES), threshold=threshold) for threshold in (0.5, 0.3))
    assert half is not None
    assert less is not None
    assert [one.satisfied.estimate for one in half.policies] == [0.5, 0.5, 0.5]
    assert [one.satisfied.estimate for one in less.policies] == [0.5, 0.75, 1.0]


def test_the_share_of_chosen_combinations_has_no_interval_that_of_sampled_ones_has(four: ReadStudy) -> None:
    chosen = compare_policies(with_results(four, VALUES, "grid"))
    sampled = compare_policies(with_results(four, VALUES, "sobol"))
    assert chosen is not None
    assert sampled is not None
    first = chosen.policies[0].satisfied
    assert first.low == first.estimate == first.high
    satisfied = sampled.policies[0].satisfied
    assert (satisfied.estimate, satisfied.low, satisfied.high) == share_interval(2.0, 4.0)


@pytest.mark.parametrize(
    ("low", "expected"),
    # The k-th lowest of four is the percentile from (k - 1)/4 to k/4.
    [(0.1, [0.10, 0.15, 0.30]), (0.25, [0.10, 0.15, 0.30]), (0.26, [0.20, 0.40, 0.40]), (0.5, [0.20, 0.40, 0.40])],
)
def test_a_percentile_is_a_value_that_a_combination_has(four: ReadStudy, low: float, expected: list[float]) -> None:
    found = compare_policies(with_results(four, VALUES), low=low)
    assert found is not None
    assert [one.percentile for one in found.policies] == expected


def test_a_combination_that_one_policy_lacks_counts_for_none(tmp_path: Path) -> None:
    # Where rule one asks for a price of 0, the policy asks for 1 as well: no outcome is left, and the cell fails.
    narrow = Policy("narrow", (f"{RULES[1]}=price == 1",))
    study = done(tmp_path, vary=(FAILING[0],), policies=(AS_IS, narrow), n_worlds=64)
    found = compare_policies(study)
    assert found is not None
    assert (found.n_rows, found.n_left_out) == (1, 1)
    assert found.policies[0].mean == study.table.results["p_zone"][2]


def test_a_study_whose_policies_are_not_done_yet_has_no_comparison(tmp_path: Path) -> None:
    assert compare_policies(begun(tmp_path, 1, policies=(AS_IS, RICHER))) is None


def test_talks_are_compared_by_what_was_seen(tmp_path: Path) -> None:
    text = SALE + CALENDAR + SEEN
    study = done(tmp_path, text, policies=(AS_IS, RICHER), of=("talks",), n_worlds=300)
    found = compare_policies(study)
    assert found is not None
    told = [
        hold_talks(loads(text, overrides=changes), n_worlds=300).p_agreement.estimate
        for changes in ((), RICHER.changes)
    ]
    assert [one.mean for one in found.policies] == pytest.approx(told, abs=1e-12)
    difference = found.policies[1].difference
    assert difference is not None
    assert difference.estimate == pytest.approx(told[1] - told[0], abs=1e-12)
    assert difference.low < difference.estimate < difference.high


def test_talks_of_which_nothing_was_seen_are_compared_as_bargaining_is(tmp_path: Path) -> None:
    study = done(tmp_path, SALE + CALENDAR, policies=(AS_IS, RICHER), of=("bargain", "talks"), n_worlds=256)
    assert headlines_of(study) == ("p_agreement", "talks.p_agreement")
    found = compare_policies(study, "talks.p_agreement")
    assert found is not None
    means = study.table.results["talks.p_agreement"]
    difference = found.policies[1].difference
    assert difference is not None
    assert difference.estimate == pytest.approx(means[1] - means[0], abs=1e-12)


def test_a_study_without_policies_is_refused(tmp_path: Path) -> None:
    study = done(tmp_path, vary=((SELLER, "3,4"),), n_worlds=16)
    with pytest.raises(UsageError, match=r"compares no policies; sweep with --policy NAME=PATH=VALUE"):
        compare_policies(study)


def test_a_result_that_the_study_lacks_is_refused_with_what_it_has(four: ReadStudy) -> None:
    with pytest.raises(UsageError, match=r"--of p_zoen: did you mean 'p_zone'\?"):
        headline_of(four, "p_zoen")
    assert headline_of(four) == headline_of(four, "p_zone") == "p_zone"


def test_what_happened_and_what_it_counts_can_be_read_cell_by_cell(tmp_path: Path) -> None:
    study = done(tmp_path, SALE + CALENDAR + SEEN, vary=FAILING, of=("talks",), n_worlds=300)
    held = list(read_packed(tmp_path, "talks.worlds"))
    weights = list(read_weights(tmp_path, "talks.weights"))
    assert [one is None for one in held] == [one is None for one in weights] == [True, False, False, False]
    for happened, weight, p in zip(held[1:], weights[1:], study.table.results["talks.p_agreement"][1:], strict=True):
        assert happened is not None
        assert weight is not None
        assert np.sum(weight[happened]) / np.sum(weight) == pytest.approx(p, abs=1e-12)
