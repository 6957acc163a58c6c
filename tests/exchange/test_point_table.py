"""Reading a table of points: what spreadsheets write, and every cell that is wrong, by row and column."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.errors import Problem, ScenarioError
from negsim.exchange import PointTable, read_point_table
from negsim.exchange.point_table import Option

PLAIN = """\
issue,option,Buyer,Seller
Price,low,60,0
Price,high,0,60
Delivery,now,10,-5
Delivery,later,-2.5,40
no deal,,20,30
"""


def read(text: str, encoding: str = "utf-8") -> PointTable:
    return read_point_table(text.encode(encoding), "points.csv")


def complaints(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read(text)
    return [problem.message.removeprefix("points.csv") for problem in caught.value.problems]


def rows(table: PointTable) -> list[tuple[str, str, str, tuple[Fraction, ...]]]:
    return [(option.issue, option.name, option.title, option.points) for option in table.options]


def test_a_table_is_read_row_by_row() -> None:
    table = read(PLAIN)
    assert {party.name: int(party.no_deal) for party in table.parties} == {"Buyer": 20, "Seller": 30}
    assert rows(table)[3] == ("Delivery", "later", "later", (Fraction(-5, 2), Fraction(40)))
    assert [(issue, len(options)) for issue, options in table.issues.items()] == [("Price", 2), ("Delivery", 2)]


@pytest.mark.parametrize(
    "text",
    [
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace(",", ";").replace("-2.5", "-2,5"),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("-2.5", "\u22122.50"),
        PLAIN.replace("Price,high", ",high").replace("Delivery,later", ",later"),
        PLAIN.replace("no deal", "No Deal"),
        PLAIN.replace("no deal", "no_deal"),
        PLAIN.replace("\n", ",,\n"),
        PLAIN.replace("no deal", ",,,\n\nno deal"),
        PLAIN.replace("issue,option", "Issue , OPTION"),
        PLAIN.replace("Price,high", '"Price"," high "'),
        PLAIN.replace("Price,high", "price,high"),
    ],
    ids=[
        "semicolons",
        "tabs",
        "decimal commas",
        "windows lines",
        "a minus sign",
        "merged cells",
        "capitals",
        "underscore",
        "empty columns",
        "empty rows",
        "names of columns",
        "quotes",
        "another spelling of an issue",
    ],
)
def test_what_spreadsheets_write_is_the_same_table(text: str) -> None:
    assert read(text) == read(PLAIN)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_at_the_beginning_is_no_part_of_the_first_name(encoding: str) -> None:
    assert read(PLAIN, encoding) == read(PLAIN)


def test_a_column_of_titles_is_no_party() -> None:
    table = read("issue,option,title,A,B\nPay,low,A low wage,0,9\n,high,,9,0\nno deal,,,1,1\n")
    assert [party.name for party in table.parties] == ["A", "B"]
    assert [option.title for option in table.options] == ["A low wage", "high"]


def test_names_may_be_in_any_script() -> None:
    table = read("issue;option;Покупець;Продавець\nЦіна;низька;5;0\nno deal;;1;1\n")
    assert [party.name for party in table.parties] == ["Покупець", "Продавець"]


def test_every_bad_cell_is_named_at_once() -> None:
    assert complaints(
        'issue,option,Ann,Bob\n,x,1,2\nPay,x,ten,"1,000"\nPay,X,5,,9\nPay,,1,2\nno deal,,1,1e5\nno deal,,1,2\n'
    ) == [
        ", row 2, column A (issue): the first option has no issue",
        ", row 3, column C (Ann): 'ten' is no number",
        ", row 3, column D (Bob): '1,000' is no number",
        ", row 4, column E: '9' stands in a column that has no name",
        ", row 4, column D (Bob): there are no points",
        ", row 4, column B (option): Pay has the option 'X' already, in row 3",
        ", row 5, column B (option): the option has no name",
        ", row 6, column D (Bob): '1e5' is no number",
        ", row 7: row 6 says what no deal is worth already",
    ]


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    assert complaints("\n\nissue,option,A,B\n\nPay,low,x,1\nno deal,,1,1\n") == [
        ", row 5, column C (A): 'x' is no number"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", [" is empty"]),
        ("\n,,\n", [" is empty"]),
        ("isue,option,A,B\nx,y,1,2\n", [", row 1: there is no column 'issue'"]),
        ("issue,option,A\nx,y,1\n", [", row 1: there are fewer than two parties"]),
        ("issue,option,A,a\nx,y,1,2\n", [", row 1, column D (a): there are two columns 'a'"]),
        ("issue,option,,B\nx,y,1,2\n", [", row 1, column C: the column has no name"]),
        ("issue,option,A,B\nx,y,1,2\n", [": there is no row 'no deal'"]),
        ("issue,option,A,B\nno deal,,1,2\n", [": there is no option"]),
        ('issue,option,A,B\nx,"y,1,2\n', [", after row 1: unexpected end of data"]),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(text: str, said: list[str]) -> None:
    assert complaints(text) == said


def test_a_misspelt_column_is_recognised() -> None:
    with pytest.raises(ScenarioError) as caught:
        read("isue,option,A,B\n")
    assert caught.value.problems[0].help == "is it 'isue'?"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"issue,option,A,B\nPay,\xe9,1,2\n", "is not in UTF-8"),
        (b"PK\x03\x04\x00\x00", "holds no text"),
        (b"issue" + b"," * 300, "columns"),
        (b"issue,option,A,B\n" + b"x,y,1,2\n" * 20_001, "rows"),
    ],
)
def test_other_files_are_refused(data: bytes, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        read_point_table(data, "points.csv")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_a_problem(data: bytes) -> None:
    problems: tuple[Problem, ...] = ()
    options: tuple[Option, ...] = ()
    try:
        options = read_point_table(b"issue,option,A,B\n" + data, "points.csv").options
    except ScenarioError as error:
        problems = error.problems
    assert bool(problems) != bool(options)
    assert all(problem.message.startswith("points.csv") for problem in problems)
