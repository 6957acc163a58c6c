"""No cell of a table of grades is taken for a formula."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.report.safe_csv import BYTE_ORDER_MARK, safe_csv, safe_text


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "-", "+"])
def test_what_a_spreadsheet_would_compute_is_quoted(text: str) -> None:
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize("value", ["-5", "+2.5", "-0,5", -5, 0.5, None, "Ann", "a=b", ""])
def test_numbers_and_plain_texts_stay_as_they_are(value: object) -> None:
    assert safe_text(value) == value  # type: ignore[arg-type]


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_no_cell_begins_a_formula_whatever_is_in_it(texts: list[str]) -> None:
    rows = [{"one": text, "=two": text} for text in texts]
    text = safe_csv(["one", "=two"], rows)
    for row in csv.reader(StringIO(text, newline="")):
        for cell in row:
            assert not cell.lstrip(" ").startswith(tuple("=@\t\r")) or cell.lstrip(" ")[:1].isdigit()
            if cell.lstrip(" ")[:1] in ("+", "-"):
                float(cell.replace(",", "."))


def test_a_byte_order_mark_stands_in_front_where_it_is_asked_for() -> None:
    assert safe_csv(["a"], [{"a": 1}], bom=True) == f"{BYTE_ORDER_MARK}a\n1\n"
    assert safe_csv(["a"], [{"a": 1}]) == "a\n1\n"
