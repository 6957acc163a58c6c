from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.support import SNAPSHOTS, run, write_sale
from tests.snapshots import assert_matches
from tests.teaching.small import SWAP

FORMS = """\
group,names,price,time
A,Ann and Bo,10,At once
B,Cy and Di,20 marks,now
=1+1,Eve,10,later
D,Flo,no deal,
E,Gus,0,now
F,Hal,35,now
G,Ida,10,nov
A,Jo,10,now
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    forms = tmp_path / "forms.csv"
    forms.write_text(FORMS, encoding="utf-8")
    return str(forms), write_sale(tmp_path, SWAP)


def test_the_text_reads_as_agreed(files: tuple[str, str]) -> None:
    result = run("grade", *files)
    assert (result.exit_code, result.stderr) == (1, "")
    assert_matches(result.stdout, SNAPSHOTS / "grade-swap.txt")


def test_the_table_reads_as_agreed_and_bad_rows_are_told_beside_it(files: tuple[str, str]) -> None:
    result = run("grade", *files, "--format", "csv")
    assert result.exit_code == 1
    assert_matches(result.stdout, SNAPSHOTS / "grade-swap.csv")
    assert [line.partition("forms.csv, ")[2][:21] for line in result.stderr.splitlines()] == [
        "line 7, column price,", "line 8, column time, ", "line 9, column group,",
    ]  # fmt: skip


def test_names_are_kept_only_where_they_are_asked_for(files: tuple[str, str]) -> None:
    for form in ("text", "json", "csv"):
        assert "Cy and Di" not in run("grade", *files, "--format", form).stdout
        assert "Cy and Di" in run("grade", *files, "--format", form, "--names").stdout


def test_two_columns_of_the_same_name_are_both_kept(files: tuple[str, str]) -> None:
    Path(files[0]).write_text("group,name,name,price,time\nA,Ann,Bo,10,now\n", encoding="utf-8")
    (row,) = csv.DictReader(run("grade", *files, "--format", "csv", "--names").stdout.splitlines())
    assert (row["form.name"], row["form.name (2)"]) == ("Ann", "Bo")
    (group,) = json.loads(run("grade", *files, "--format", "json", "--names").stdout)["groups"]
    assert group["form"] == {"name": "Ann", "name (2)": "Bo"}


def test_an_issue_does_not_take_the_place_of_a_figure_of_the_table(tmp_path: Path) -> None:
    forms = tmp_path / "forms.csv"
    forms.write_text("group,joint,issue:group\nA,10,now\n", encoding="utf-8")
    game = write_sale(tmp_path, SWAP.replace("price", "joint").replace("time", "group"))
    (row,) = csv.DictReader(run("grade", str(forms), game, "--format", "csv").stdout.splitlines())
    assert (row["group"], row["issue:group"], row["issue:joint"], row["joint"]) == ("A", "now", "10", "143.0")


def test_the_data_hold_what_a_picture_of_the_class_needs(files: tuple[str, str]) -> None:
    data = json.loads(run("grade", *files, "--format", "json").stdout)
    assert data["format"] == "negsim.grade/1"
    assert [group["group"] for group in data["groups"]] == ["A", "B", "=1+1", "D", "E"]
    assert data["groups"][0]["scores"]["ann"]["points"] == 70
    assert data["game"]["walk_away"] == {"ann": 40, "bob": 30}
    assert {tuple(deal["points"].values()) for deal in data["game"]["frontier"]} == {(85, 47), (70, 73)}
    assert [row["line"] for row in data["bad"]] == [7, 8, 9]


def test_a_class_without_bad_rows_ends_well(files: tuple[str, str]) -> None:
    forms, scenario = files
    Path(forms).write_text("group;price;time\nA;10;now\n", encoding="utf-16")
    assert run("grade", forms, scenario).exit_code == 0


def test_a_byte_order_mark_goes_with_a_table_only(files: tuple[str, str]) -> None:
    assert run("grade", *files, "--format", "csv", "--bom").stdout.startswith("\ufeffgroup")
    result = run("grade", *files, "--bom")
    assert result.exit_code == 2
    assert "--bom goes with --format csv" in result.stderr


@pytest.mark.parametrize(
    ("text", "said"), [("", "is empty"), ("group,price\nA,1\n", "no column 'time'"), (None, "No such file")]
)
def test_forms_that_cannot_be_used_are_refused(files: tuple[str, str], text: str | None, said: str) -> None:
    forms, scenario = files
    if text is None:
        Path(forms).unlink()
    else:
        Path(forms).write_text(text, encoding="utf-8")
    result = run("grade", forms, scenario)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "forms.csv" in result.stderr


def test_the_scenario_with_the_seed_of_the_sheets_grades_as_their_game_file_does(tmp_path: Path) -> None:
    scenario = str(Path(__file__).parents[2] / "scenarios/house-sale.scenario.yaml")
    run("sheets", scenario, "--out", str(tmp_path / "out"), "--seed", "3")
    forms = tmp_path / "forms.csv"
    forms.write_text("group,price\n1,310\n2,300 thousand euros\n", encoding="utf-8")
    one = json.loads(run("grade", str(forms), scenario, "--seed", "3", "--format", "json").stdout)
    two = json.loads(
        run("grade", str(forms), str(tmp_path / "out/instructor/game.scenario.yaml"), "--format", "json").stdout
    )
    assert one["groups"] == two["groups"]
    assert one["game"] == two["game"]


def test_the_class_is_drawn_beside_the_frontier(files: tuple[str, str], tmp_path: Path) -> None:
    plot = tmp_path / "class.svg"
    result = run("grade", *files, "--plot", str(plot))
    assert result.exit_code == 1
    drawn = plot.read_text(encoding="utf-8")
    for said in (
        "Worth to Ann, points",
        "Worth to Bob, points",
        "Group without a deal",
        "=1+1",
        "4 of 5 groups agreed",
    ):
        assert said in drawn
    assert "Cy and Di" not in drawn


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--plot", "class.jpg"], "must end in .svg or .png"),
        (["--roles", "ann", "bob"], "--roles goes with --plot"),
        (["--plot", "class.svg", "--roles", "ann", "bo"], "did you mean 'bob'?"),
        (["--plot", "class.svg", "--roles", "ann", "ann"], "'ann' is named twice"),
        (["--plot", "no/such/class.svg"], "No such file"),
    ],
)
def test_what_cannot_be_drawn_is_refused(files: tuple[str, str], arguments: list[str], said: str) -> None:
    result = run("grade", *files, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
