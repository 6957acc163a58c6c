"""Tables of forms as spreadsheets write them, and what is said of rows that cannot be read."""

from __future__ import annotations

import pytest

from negsim.errors import UsageError
from negsim.model.structure import compile_structure
from negsim.scenario import loads
from negsim.teaching.forms import Forms, decoded, read_forms
from tests.teaching.small import SWAP

CONDITIONAL = SWAP.replace(
    "parties:", "  paint: {title: Paint, options: [red, blue], when: time == later}\nparties:", 1
)


def read(text: str, scenario: str = SWAP) -> Forms:
    game = loads(scenario)
    return read_forms(text, game, compile_structure(game), "forms.csv")


def deals(text: str) -> list[tuple[str, object]]:
    return [(form.group, form.deal and dict(form.deal)) for form in read(text).good]


AGREED = {"price": 1, "time": 0}


@pytest.mark.parametrize(
    "row",
    ["G,10,now", "G,10 marks,At once", "G, 10 , NOW ", 'G,"10",at once', "G,10.0,now", 'G,"10,0",now', "G,10marks,now"],
)
def test_an_option_is_known_by_its_id_or_title_and_a_level_with_or_without_its_unit(row: str) -> None:
    assert deals(f"group,price,time\n{row}\n") == [("G", AGREED)]


@pytest.mark.parametrize("word", ["no deal", "No Deal", "no agreement", "impasse"])
def test_no_deal_may_stand_in_any_issue_or_in_all(word: str) -> None:
    assert deals(f"group,price,time\nG,{word},\nH,,{word}\nK,{word},{word}\n") == [
        ("G", None),
        ("H", None),
        ("K", None),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_spreadsheet_is_understood(delimiter: str, encoding: str, newline: str) -> None:
    rows = [["group", "Price", "Delivery"], ["Грæ", "10", "now"]]
    text = newline.join(delimiter.join(row) for row in rows) + newline
    assert deals(decoded(text.encode(encoding), "forms.csv")) == [("Грæ", AGREED)]


def test_columns_may_come_in_any_order_and_others_are_kept_apart() -> None:
    found = read("Names,time,GROUP,price\nAnn and Bo,now,G,10\n")
    assert found.good[0].deal == AGREED
    assert found.good[0].others == (("Names", "Ann and Bo"),)
    assert found.dropped == ("Names",)


def test_empty_lines_are_passed_over_and_lines_are_counted_as_an_editor_counts_them() -> None:
    found = read('group,price,time,note\n\nG,10,now,"one\ntwo"\n,,,\nH,11,now,\n')
    assert [form.line for form in found.good] == [3]
    assert [row.line for row in found.bad] == [6]


BAD = [
    ("G,15,now", "price", "15", "the nearest is 1|the nearest is 2"),
    ("G,90,now", "price", "90", "the nearest is 30"),
    ("G,many,now", "price", "many", "a number from 0 to 30"),
    ("G,1e400,now", "price", "1e400", "a number from 0 to 30"),
    ("G,10,nov", "time", "nov", "did you mean 'now'?"),
    ("G,10,soon", "time", "soon", "there is no such option"),
    ("G,10,", "time", "", "time"),
    ("G,,", "", "", "write: no deal"),
    ("G,no deal,now", "price", "no deal", "another column names an option"),
    (",10,now", "group", "", "no name"),
    ("G,10,now,Jane,y", "", "", "more values than columns: 5, not 3"),
]


@pytest.mark.parametrize(("row", "column", "value", "said"), BAD, ids=[row for row, *_ in BAD])
def test_a_bad_row_is_named_and_good_ones_are_kept(row: str, column: str, value: str, said: str) -> None:
    found = read(f"group,price,time\nA,20,now\n{row}\nB,10,later\n")
    assert [form.group for form in found.good] == ["A", "B"]
    (bad,) = found.bad
    assert (bad.line, bad.column, bad.value) == (3, column, value)
    assert any(one in bad.message for one in said.split("|"))


def test_what_stands_beyond_the_columns_may_be_a_name_and_is_not_told() -> None:
    assert "Jane" not in str(read("group,price,time\nG,10,now,Jane\n"))


def test_of_columns_with_the_same_title_none_is_lost() -> None:
    found = read("group,name,price,name,time,name (2),name\nG,Ann,10,Bo,now,Cy,Di\n")
    assert found.dropped == ("name", "name (3)", "name (2)", "name (4)")
    assert found.good[0].others == (("name", "Ann"), ("name (3)", "Bo"), ("name (2)", "Cy"), ("name (4)", "Di"))


GROUPED = SWAP.replace("  time: {title: Delivery", "  group: {title: Group").replace("time", "group")


def test_an_issue_that_is_called_group_has_a_column_of_its_own() -> None:
    (form,) = read("group,price,issue:group\nG,10,now\n", GROUPED).good
    assert (form.group, form.deal) == ("G", {"price": 1, "group": 0})
    with pytest.raises(UsageError, match="no column 'issue:group'"):
        read("group,price\nG,10\n", GROUPED)
    with pytest.raises(UsageError, match="'Group' stands twice"):
        read("group,price,Group\nG,10,now\n", GROUPED)


def test_any_issue_may_be_called_one_in_its_column() -> None:
    assert deals("group,issue:price,issue:time\nG,10,now\n") == [("G", AGREED)]


def test_of_two_forms_of_a_group_the_first_counts() -> None:
    found = read("group,price,time\nG,20,now\ng,10,now\n")
    assert [form.line for form in found.good] == [2]
    assert "line 2" in found.bad[0].message


def test_an_issue_that_does_not_arise_is_left_empty_or_said_not_to() -> None:
    text = "group,price,time,paint\nA,10,now,\nB,10,now,irrelevant\nC,10,later,red\nD,10,now,red\nE,10,later,\n"
    found = read(text, CONDITIONAL)
    assert [form.group for form in found.good] == ["A", "B", "C"]
    assert [row.group for row in found.bad] == ["D", "E"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("group,price\nG,10\n", "no column 'time'"),
        ("group,prise,time\nG,10,now\n", "did you mean 'price'?"),
        ("price,time\n10,now\n", "no column 'group'"),
        ("group,price,Price,time\nG,10,10,now\n", "'Price' stands twice"),
    ],
)
def test_a_table_without_its_columns_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=r"forms\.csv") as caught:
        read(text)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"  \n\n", "is empty"),
        ("group,price,time\n\u0413,10,now\n".encode("cp1251"), "line 2: not UTF-8"),
        (b"PK\x03\x04\0\0", "no table of text"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"x" * (2**22 + 1), "MiB"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        decoded(data, "forms.csv")
    assert said in str(caught.value)


def test_a_table_of_columns_alone_has_no_rows() -> None:
    assert read("group,price,time\n") == Forms((), (), ())
