from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import jsonschema
import numpy as np
import pytest

from negsim.cli.sensitivity import DEFAULT_BASE, ROWS
from negsim.model.sampling import sample_table
from negsim.report.json_sensitivity import SENSITIVITY_ROWS
from negsim.scenario import loads
from negsim.study.designs_morris import morris
from negsim.study.designs_saltelli import saltelli
from negsim.study.sensitivity.world_sensitivity import DEFAULT_BASE as WORLD_BASE
from negsim.study.table import StudyTable
from tests.cli.support import SALE, SNAPSHOTS, run, write_sale
from tests.docs.pages import ROOT
from tests.docs.test_docs import keys, words_in_code
from tests.snapshots import assert_matches
from tests.study.tables import table_of

OPEN_SALE = SALE.replace("{price: 6}", "{price: 2..8}").replace(
    "{price: 4}}", "{price: 3..5}}\n    red_lines: {dear: {title: Not below 5, require: price >= 5, firmness: 0.5}}"
)
BUYER, SELLER = "parties.buyer.no_deal.same_as.price", "parties.seller.no_deal.same_as.price"


@pytest.fixture
def sale(tmp_path: Path) -> str:
    return write_sale(tmp_path, OPEN_SALE)


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder whose study is a table of a known function of three things varied."""
    x = sample_table("x", (200, 3), seed=0)
    tactics = np.floor(x[:, 2] * 2)
    share = np.clip(x[:, 0] + 0.2 * tactics - 0.3 * x[:, 1], 0, 1)
    done = np.arange(200) != 7
    table = table_of(
        "lhs",
        np.column_stack([2 + 6 * x[:, 0], 3 + 2 * x[:, 1], tactics]),
        {"p_zone": share, "rounds": 5 + 10 * x[:, 0] * tactics},
        names=[BUYER, SELLER, "parties.buyer.tactic"],
        labels={"parties.buyer.tactic": ("boulware", "linear")},
        done=done,
    )
    return stand_in(tmp_path, monkeypatch, table)


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: StudyTable) -> str:
    """Let a folder be read as a study of this table."""
    module = ModuleType("negsim.study.reading")
    vars(module)["read_study"] = lambda folder: SimpleNamespace(
        folder=str(folder), table=table, scenario=loads(OPEN_SALE), n_planned=0, n_cells=len(table.cell)
    )
    monkeypatch.setitem(sys.modules, "negsim.study.reading", module)
    folder = tmp_path / "made"
    folder.mkdir()
    return str(folder)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_scenario_reads_as_agreed(sale: str) -> None:
    result = run("sensitivity", sale, "--base", "512")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert_matches(result.stdout, SNAPSHOTS / "sensitivity-sale.txt")


def test_few_base_points_are_warned_of(sale: str) -> None:
    assert_matches(run("sensitivity", sale, "--base", "64").stdout, SNAPSHOTS / "sensitivity-sale-few.txt")


def test_a_study_reads_as_agreed(study: str) -> None:
    result = run("sensitivity", study, "--where", "p_zone > 0.4")
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert_matches(result.stdout, SNAPSHOTS / "sensitivity-study.txt")


def test_another_result_of_a_study_is_no_percentage(study: str) -> None:
    assert_matches(run("sensitivity", study, "--of", "rounds").stdout, SNAPSHOTS / "sensitivity-study-rounds.txt")


def test_a_whole_grid_reads_as_agreed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = (one.ravel() for one in np.meshgrid([2.0, 4.0, 8.0], [3.0, 5.0], indexing="ij"))
    table = table_of("grid", np.stack([a, b], axis=1), {"p_zone": a * b / 40}, names=[BUYER, SELLER])
    text = run("sensitivity", stand_in(tmp_path, monkeypatch, table)).stdout
    assert_matches(text, SNAPSHOTS / "sensitivity-grid.txt")


def test_where_nothing_varies_it_is_said(tmp_path: Path) -> None:
    never = write_sale(tmp_path, OPEN_SALE.replace("{price: 2..8}", "{price: 1..2}"))
    assert_matches(run("sensitivity", never, "--base", "64").stdout, SNAPSHOTS / "sensitivity-never.txt")


def test_walks_read_as_agreed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    x = morris(3, 12, seed=0)
    x[:, 2] = 1.0
    result = 0.5 * x[:, 0] - 0.3 * x[:, 0] * x[:, 1]
    result[9] = np.nan
    table = table_of("morris", x, {"p_agreement": result}, names=[BUYER, SELLER, "protocol.rounds"])
    text = run("sensitivity", stand_in(tmp_path, monkeypatch, table)).stdout
    assert_matches(text, SNAPSHOTS / "sensitivity-morris.txt")


def test_policies_read_as_agreed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    x = saltelli(2, 64, seed=0)
    values = np.column_stack([np.tile(x, (2, 1)), np.repeat([0.0, 1.0], len(x))])
    result = np.concatenate([x[:, 0] * x[:, 1], np.ones(len(x))])
    names, labels = [BUYER, SELLER, "policy"], {"policy": ("as_is", "guarantee")}
    table = table_of("saltelli", values, {"p_zone": result}, names=names, labels=labels)
    folder = stand_in(tmp_path, monkeypatch, table)
    assert_matches(run("sensitivity", folder).stdout, SNAPSHOTS / "sensitivity-policies.txt")
    assert {row["policy"] for row in rows_of(run("sensitivity", folder, "--format", "csv").stdout)} == {
        "as_is",
        "guarantee",
    }


def test_json_fits_the_schema_that_negsim_prints(sale: str, study: str) -> None:
    schema = json.loads(run("schema", "sensitivity").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    for arguments in ((sale, "--base", "64"), (study,), (study, "--where", "p_zone > 0.4")):
        data = json.loads(run("sensitivity", *arguments, "--format", "json").stdout)
        jsonschema.validate(data, schema)
        # Control: nothing else fits.
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**data, "findings": []}, schema)


@pytest.mark.parametrize("rows", ["indices", "tornado", "distributions"])
def test_csv_has_a_row_an_input(study: str, rows: str) -> None:
    found = rows_of(run("sensitivity", study, "--format", "csv", "--rows", rows).stdout)
    assert {row["path"] for row in found} == {BUYER, SELLER, "parties.buyer.tactic"}


def test_indices_are_the_rows_unless_others_are_asked_for(sale: str) -> None:
    found = rows_of(run("sensitivity", sale, "--base", "64", "--format", "csv").stdout)
    assert {"first", "first.low", "total.high", "mu_star"} < set(found[0])


def test_the_figures_do_not_depend_on_jobs(sale: str) -> None:
    one, two = (run("sensitivity", sale, "--base", "64", "--jobs", jobs, "--format", "json").stdout for jobs in "12")
    assert one == two


def test_a_change_is_made_before_anything_is_drawn(sale: str) -> None:
    data = json.loads(run("sensitivity", sale, "--base", "64", "--set", f"{BUYER}=6", "--format", "json").stdout)
    assert [BUYER] not in [one["paths"] for one in data["findings"][0]["indices"]]


@pytest.mark.parametrize("option", [("--of", "p_zone"), ("--where", "p_zone > 0.5")])
def test_what_asks_for_cells_needs_a_study(sale: str, option: tuple[str, str]) -> None:
    result = run("sensitivity", sale, *option)
    assert result.exit_code == 2
    assert f"{option[0]} goes with a study; {sale} is a scenario file" in result.stderr


@pytest.mark.parametrize("option", [("--base", "64"), ("--seed", "0"), ("--jobs", "1"), ("--set", "a=1")])
def test_what_asks_for_draws_needs_a_scenario(study: str, option: tuple[str, str]) -> None:
    result = run("sensitivity", study, *option)
    assert result.exit_code == 2
    assert f"{option[0]} goes with a scenario" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("--base", "100"), "base points come in 8 equal parts"),
        (("--rows", "tornado"), "--rows tornado needs --format csv"),
        (("--set", f"{BUYER}=6", "--set", f"{SELLER}=4", "--set", "parties.seller.red_lines=null"), "Error"),
    ],
)
def test_what_makes_no_sense_is_refused(sale: str, arguments: tuple[str, ...], hint: str) -> None:
    result = run("sensitivity", sale, *arguments)
    assert result.exit_code == 2
    assert hint in result.stderr


def test_a_folder_that_is_no_study_is_refused(tmp_path: Path) -> None:
    result = run("sensitivity", str(tmp_path))
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


def test_a_result_that_there_is_not_is_refused(study: str) -> None:
    result = run("sensitivity", study, "--of", "p_zon")
    assert result.exit_code == 2
    assert "did you mean 'p_zone'" in result.stderr


def test_the_command_knows_the_rows_and_the_default_without_loading_what_makes_them() -> None:
    assert tuple(SENSITIVITY_ROWS) == ROWS
    assert DEFAULT_BASE == WORLD_BASE


def test_every_key_of_the_json_is_in_the_reference() -> None:
    schema = json.loads(run("schema", "sensitivity").stdout)
    assert keys(schema) - words_in_code(ROOT / "docs" / "reference" / "json.md") == set()
    assert "half_width" in keys(schema)


def test_too_few_cells_are_said_to_be_too_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.linspace(0, 1, 12)[:, None]
    table = table_of("lhs", x, {"p_zone": x[:, 0]}, names=[BUYER])
    assert run("sensitivity", stand_in(tmp_path, monkeypatch, table)).stdout.startswith(
        "There are too few cells to tell what P(zone) hangs on."
    )


def test_steps_that_are_hardly_known_name_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    x = morris(2, 3, seed=0)
    table = table_of(
        "morris", x, {"p_zone": np.where((x[:, 0] > 0.5) & (x[:, 1] > 0.8), 1.0, 0.0)}, names=[BUYER, SELLER]
    )
    text = run("sensitivity", stand_in(tmp_path, monkeypatch, table)).stdout
    assert text.startswith("There are too few cells to tell what P(zone) hangs on.")
