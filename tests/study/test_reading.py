"""Studies read back: as columns, as rows, cell by cell; of scenarios and of any model; finished or not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from negsim.errors import UsageError
from negsim.study import Policy, begin_sweep, digest_of, go_on, make_crew, read_study, read_table, run_study
from negsim.study.reading import columns_of, read_heading, read_packed, read_rows, read_weights
from negsim.study.running.store import Columns, Finding, Store, create_store
from tests.study.running.making import HEAD, make_study
from tests.study.running.models import Cell
from tests.study.running.sales import run_sweep, sale_of


def flavoured(cell: Cell) -> dict[str, float]:
    if cell["x"] == 2:
        raise ValueError("no")
    return {"twice": 2.0 * cell["x"]}


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A study of a model with a text among its inputs, one cell of which fails."""
    inputs: dict[str, list[float | str]] = {
        "x": [1, 2, 3],
        "flavour": ["sweet", "sour", "sweet"],
        "either": ["a", 4, 4.5],
    }
    run_study(flavoured, inputs, ["twice"], folder=tmp_path, executor="serial")
    return tmp_path


def test_texts_become_labels_and_cells_without_a_result_have_none(mixed: Path) -> None:
    table = read_table(mixed)
    x, flavour, either = table.factors
    assert (x.values.tolist(), x.labels) == ([1, 2, 3], ())
    assert (flavour.values.tolist(), flavour.labels) == ([0, 1, 0], ("sweet", "sour"))
    assert either.labels == ("a", "4", "4.5")
    assert table.done.tolist() == [True, False, True]
    np.testing.assert_array_equal(table.results["twice"], [2, np.nan, 6])


def test_rows_say_how_each_cell_went(mixed: Path) -> None:
    first, second, _ = read_rows(mixed)
    assert (first.cell, first.inputs, first.results) == (0, {"x": 1, "flavour": "sweet", "either": "a"}, {"twice": 2.0})
    assert (second.status, second.attempts, second.error, second.results) == (
        "failed",
        1,
        "ValueError: no",
        {"twice": None},
    )


def test_a_column_of_texts_and_numbers_is_a_column_of_texts(mixed: Path) -> None:
    columns = columns_of(mixed)
    assert list(columns) == ["cell", "x", "flavour", "either", "status", "attempts", "error", "twice"]
    assert columns["either"] == ["a", "4", "4.5"]
    assert columns["x"] == [1, 2, 3]
    assert columns["status"] == ["done", "failed", "done"]


def test_what_happened_is_read_for_as_many_worlds_as_there_were(tmp_path: Path) -> None:
    run_sweep(sale_of(of=("zone",), n_worlds=37), tmp_path, make_crew("serial", 1))
    p_zone = read_study(tmp_path).table.results["p_zone"]
    for happened, p in zip(read_packed(tmp_path, "zone.worlds"), p_zone, strict=True):
        assert happened is not None
        assert len(happened) == 37
        assert np.mean(happened) == p
    with pytest.raises(UsageError, match=r"does not hold 'zone\.world', world by world; did you mean 'zone\.worlds'"):
        next(read_packed(tmp_path, "zone.world"))


def test_weights_are_read_cell_by_cell(tmp_path: Path) -> None:
    create_store(tmp_path, HEAD, Columns(("x",), (), ("weights",)), [(0.0,), (1.0,)])
    weights = np.linspace(0, 1, 10)
    with Store(tmp_path, writes=True) as store:
        store.save([Finding(1, 1, (weights.tobytes(),))])
    none_weighs, weighs = read_weights(tmp_path, "weights")
    assert none_weighs is None
    assert weighs is not None
    np.testing.assert_array_equal(weighs, weights)


def test_a_study_of_a_scenario_is_read_with_what_it_is_of(tmp_path: Path) -> None:
    sweep = sale_of(vary=(("parties.seller.no_deal", "20,30,40..50"),), of=("zone",))
    begin_sweep(sweep, tmp_path)
    unfinished = read_study(tmp_path)
    assert (unfinished.n_planned, unfinished.n_cells, unfinished.design) == (3, 3, "grid")
    before = digest_of(tmp_path)
    go_on(tmp_path, make_crew("serial", 1))
    study = read_study(tmp_path)
    assert (study.sweep, study.scenario.id, study.n_planned, study.errors) == (sweep, "sale", 0, ())
    assert study.table.factors[0].labels == ("20", "30", "40..50")
    assert set(study.made_with) == {"negsim", "numpy", "scipy", "python", "processor"}
    assert read_table(tmp_path).results["p_zone"].tolist() == study.table.results["p_zone"].tolist()
    assert read_heading(tmp_path)[2:] == ("grid", {"planned": 0, "done": 3, "failed": 0})
    assert digest_of(tmp_path) != before


def test_reasons_are_counted_with_their_first_cell_the_most_frequent_first(tmp_path: Path) -> None:
    begin_sweep(sale_of(of=("zone",)), tmp_path)
    with Store(tmp_path, writes=True) as store:
        store.save([Finding(4, 1, error="rare"), *(Finding(cell, 1, error="often") for cell in (7, 2, 9))])
    assert read_study(tmp_path).errors == (("often", 3, 2), ("rare", 1, 4))


def test_a_study_without_cells_is_a_table_without_rows(tmp_path: Path) -> None:
    table = read_table(make_study(tmp_path, 0))
    assert len(table.cell) == 0
    assert [len(factor.values) for factor in table.factors] == [0, 0]
    assert {name: len(values) for name, values in table.results.items()} == {"product": 0, "sum": 0}


def test_policies_are_labels_in_the_order_of_the_sweep(tmp_path: Path) -> None:
    policies = (Policy("as_is", ()), Policy("a_lower_price", ("parties.buyer.no_deal=30",)))
    folder = run_sweep(sale_of(vary=(), policies=policies, of=("zone",)), tmp_path, make_crew("serial", 1))
    (factor,) = read_study(folder).table.factors
    assert (factor.path, factor.labels, factor.values.tolist()) == ("policy", ("as_is", "a_lower_price"), [0, 1])
