"""`negsim import` from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from negsim.scenario import load
from tests.cli.support import SNAPSHOTS, run
from tests.snapshots import assert_matches

TABLE = """\
issue;option;title;Buyer;Seller
Price;low;A low price;60;0
;high;;-7,5;52,5
Delivery;no;;0;20
;in 3 days;;40;0
no deal;;;20;30
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("My Sale 2.csv").write_text(TABLE, encoding="utf-8")


def test_a_table_becomes_a_scenario_that_says_how_its_utility_relates_to_points() -> None:
    result = run("import", "My Sale 2.csv")
    assert result.exit_code == 0, result.stderr
    text = Path("my-sale-2.scenario.yaml").read_text(encoding="utf-8")
    assert_matches(result.stdout + text, SNAPSHOTS / "import-sale.txt")
    assert load("my-sale-2.scenario.yaml").id == "my-sale-2"


def test_the_scenario_passes_check_without_even_a_note() -> None:
    run("import", "My Sale 2.csv")
    result = run("check", "my-sale-2.scenario.yaml")
    assert (result.exit_code, result.stdout.partition(":")[0]) == (0, "1 file checked")
    assert "nothing to report" in result.stdout


def test_the_file_may_be_named_and_none_is_overwritten() -> None:
    assert run("import", "My Sale 2.csv", "--out", "other.yaml").exit_code == 0
    result = run("import", "My Sale 2.csv", "--out", "other.yaml")
    assert result.exit_code == 2
    assert "exists already" in result.stderr


def test_a_table_with_a_name_of_signs_is_called_table() -> None:
    Path("2026.csv").write_text(TABLE, encoding="utf-8")
    assert run("import", "2026.csv").exit_code == 0
    assert load("table.scenario.yaml").id == "table"


def test_every_bad_cell_is_told_and_nothing_is_written() -> None:
    Path("bad.csv").write_text("issue,option,A,B\nPay,low,ten,0\n,high,0,\n", encoding="utf-8")
    result = run("import", "bad.csv")
    assert result.exit_code == 2
    assert_matches(result.stderr, SNAPSHOTS / "import-bad.txt")
    assert not Path("bad.scenario.yaml").exists()


@pytest.mark.parametrize(("table", "said"), [("nowhere.csv", "No such file"), (".", "Is a directory")])
def test_what_is_no_file_is_refused(table: str, said: str) -> None:
    result = run("import", table)
    assert result.exit_code == 2
    assert said in result.stderr


def test_names_that_cannot_be_ids_keep_their_titles() -> None:
    Path("names.csv").write_text(
        "issue,option,Ann,ann é,Ціна\nany,not,1,0,0\n,NOT!,0,1,0\n,так,0,0,1\n,ні,0,0,0\nno deal,,0,0,0\n",
        encoding="utf-8",
    )
    assert run("import", "names.csv").exit_code == 0
    scenario = load("names.scenario.yaml")
    (issue,) = scenario.issues
    assert (issue.id, issue.title) == ("issue_any", "any")
    assert issue.options == ("option_not", "option_not_2", "option_3", "option_4")
    assert {party.id: party.title for party in scenario.parties} == {"ann": "Ann", "ann_e": "ann é", "party_3": "Ціна"}
