from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.model.estimates import Estimate
from negsim.report.ascii import to_ascii
from negsim.report.words import bar, count, percent_with_interval, short_percent
from negsim.scenario.words import joined


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((0.31, 0.29, 0.33), "31 % (±2)"),
        ((0.31, 0.296, 0.324), "31 % (±2)"),  # 1.4 points: rounded outwards
        ((0.5, 0.4995, 0.5005), "50.00 % (±0.05)"),
        ((0.02, 0.01, 0.05), "2 % (1–5)"),
        ((0.004, 0.001, 0.012), "0.4 % (0.1–1.2)"),
        ((0.999, 0.99, 1.0), "99.9 % (99.0–100.0)"),
        ((0.0, 0.0, 0.00094), "0 % (at most 0.1)"),
        ((1.0, 0.99906, 1.0), "100 % (at least 99.9)"),
        ((0.5, 0.5, 0.5), "50 %"),
        ((0.0, 0.0, 0.0), "0 %"),
    ],
)
def test_a_share_is_said_with_the_interval_that_it_has(figures: tuple[float, float, float], words: str) -> None:
    assert percent_with_interval(Estimate(*figures)) == words


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_only_a_share_of_nought_or_all_is_called_0_or_100_percent(a: float, b: float, c: float) -> None:
    low, middle, high = sorted((a, b, c))
    estimate = Estimate(middle, low, high)
    for said in (short_percent(estimate), percent_with_interval(estimate)):
        number = said.split(" ")[0]
        assert (number == "0") <= (middle < 1e-9 or high - low < 1e-9)
        assert (number == "100") <= (middle > 1 - 1e-9 or high - low < 1e-9)


@given(st.floats(0.01, 0.99), st.floats(0.001, 0.2))
def test_the_interval_in_words_is_never_narrower_than_in_figures(middle: float, half: float) -> None:
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    said = percent_with_interval(Estimate(middle, low, high))
    if "±" in said:
        stated = float(said.partition("±")[2].rstrip(")"))
        assert stated >= max(high - middle, middle - low) * 100 - 1e-6


def test_lists_and_counts_read_like_sentences() -> None:
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b"], "or") == "a or b"
    assert count(0, "world") == "0 worlds"
    assert count(2, "party", "parties") == "2 parties"


@given(st.floats(0, 1), st.integers(1, 20), st.booleans())
def test_a_bar_never_outgrows_its_column_and_shows_any_share_above_nought(
    share: float, width: int, ascii_only: bool
) -> None:
    drawn = bar(share, width, ascii_only=ascii_only)
    assert len(drawn) <= width
    assert bool(drawn) == (share > 0)


@given(st.text())
def test_any_text_has_an_ascii_form(text: str) -> None:
    assert to_ascii(text).isascii()
