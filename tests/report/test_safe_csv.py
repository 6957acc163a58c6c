"""No cell of a table of grades is taken for a formula."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from negsim.report.safe_csv import BYTE_ORDER_MARK, safe_csv, safe_text


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "-", "+"])
def test_what_a_spreadsheet_would_compute_is_marked(text: str) -> None:
    assert str(safe_text(text))[:2] == f"'{text[0]}"
    assert str(safe_text(text)).replace("'", "") == text


@pytest.mark.parametrize("value", ["-5", "+2.5", "-0,5", -5, 0.5, None, "Ann", "a=b", ""])
def test_numbers_and_plain_texts_stay_as_they_are(value: object) -> None:
    assert safe_text(value) == value  # type: ignore[arg-type]


BEGINNINGS = ["=", "+", "-", "@", "\t", "\r", "\n", " ", ";", ",", "|", '"', "'", "=1+1", "-1", "y"]
TEXTS = st.one_of(
    st.text(),
    st.builds(str.__add__, st.sampled_from(BEGINNINGS), st.text()),
    st.lists(st.sampled_from(BEGINNINGS)).map("".join),
)


def cells_seen(text: str, separator: str) -> list[str]:
    """What a spreadsheet sees: quotes mean something only where a cell begins with them, or nothing at all."""
    parted = [cell for row in csv.reader(StringIO(text, newline=""), delimiter=separator) for cell in row]
    plain = [cell for line in re.split(r"[\r\n]", text) for cell in line.split(separator)]
    return [*parted, *(cell.replace('"', "") for cell in plain)]


def is_formula(cell: str) -> bool:
    """Whether a cell begins as a formula does, and is no plain number."""
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return cell.lstrip().startswith(("=", "+", "-", "@")) or cell.startswith(("\t", "\r"))
    return False


@pytest.mark.parametrize("cell", ["=1", " =1", "-a", "\t", "@x"])
def test_what_is_a_formula_is_known_to_this_test(cell: str) -> None:
    assert is_formula(cell)


@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
@example(["y;=1+1;z"], "=two")
@example(['y;"=1+1"'], "a;=two")
@example(["y\t=1+1", "y\n=1+1", "y\r=1+1"], "\n@two")
def test_no_cell_begins_a_formula_whatever_is_in_it_and_whatever_parts_cells(texts: list[str], title: str) -> None:
    written = safe_csv(["one", f"{title}."], [{"one": text, f"{title}.": text} for text in texts])
    for separator in (",", ";", "\t", "|"):
        # By commas, which part the cells, quotes are seen as they are meant.
        seen = cells_seen(written, separator)
        if separator == ",":
            seen = [cell for row in csv.reader(StringIO(written, newline="")) for cell in row]
        assert [cell for cell in seen if is_formula(cell)] == []


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_a_table_reads_back_as_what_is_safe(texts: list[str]) -> None:
    written = safe_csv(["one", "two"], [{"one": text, "two": 2} for text in texts])
    header, *rows = csv.reader(StringIO(written, newline=""))
    assert header == ["one", "two"]
    assert rows == [[safe_text(text), "2"] for text in texts]


@given(TEXTS)
def test_nothing_but_apostrophes_is_put_into_a_text(text: str) -> None:
    assert str(safe_text(text)).replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize("text", ["y;z", "y\tz", 'y"z', "y\nz", "y\rz", "y|z", "y,z"])
def test_what_some_spreadsheet_would_part_is_between_quotes(text: str) -> None:
    quoted = text.replace('"', '""')
    assert safe_csv(["a", text], [{"a": text}]) == f'a,"{quoted}"\n"{quoted}",\n'


def test_what_a_row_lacks_stays_empty() -> None:
    assert safe_csv(["a", "b"], [{"b": 0.5}, {"a": None, "b": ""}, {"a": 1}]) == "a,b\n,0.5\n,\n1,\n"


def test_a_byte_order_mark_stands_in_front_where_it_is_asked_for() -> None:
    assert safe_csv(["a"], [{"a": 1}], bom=True) == f"{BYTE_ORDER_MARK}a\n1\n"
    assert safe_csv(["a"], [{"a": 1}]) == "a\n1\n"
