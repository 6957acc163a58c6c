"""No text makes the condition language do anything but accept it or say what is wrong."""

from collections import Counter

import pytest

from negsim.scenario.conditions import Flaw
from tests.fuzz.condition_soup import assert_well_formed, condition_texts, judge
from tests.scenario.conditions.sample import NAMES


def test_three_thousand_texts_give_a_condition_or_flaws():
    counts = Counter(judge(text, NAMES) for text in condition_texts(3_000, 20260217, NAMES))
    assert counts["condition"] > 500
    assert {"NS301", "NS302", "NS303", "NS304", "NS305", "NS306", "NS307", "NS308"} <= set(counts)


def test_texts_against_no_issues_at_all_give_flaws():
    counts = Counter(judge(text, ()) for text in condition_texts(400, 1, NAMES))
    assert counts["condition"] == 0


def test_the_same_seed_gives_the_same_texts():
    first, again, other = (list(condition_texts(40, seed, NAMES)) for seed in (3, 3, 4))
    assert first == again
    assert first != other


@pytest.mark.parametrize(
    "flaw", [Flaw("NS303", "x", 3, 1), Flaw("NS303", "x", 0, 0), Flaw("E1", "x", 0, 1), Flaw("NS303", "\n", 0, 1)]
)
def test_the_judge_refuses_a_flaw_outside_its_text_or_unprintable(flaw):
    with pytest.raises(AssertionError):
        assert_well_formed(flaw, "abc")


@pytest.mark.parametrize(
    "text", ["", " ", "\ud800", "x" * 1_000_000, "(" * 500, "-" * 500, "not " * 120, "a" * 500, "== " * 119]
)
def test_extreme_texts_are_refused_with_a_place(text):
    assert judge(text, NAMES) != "condition"
