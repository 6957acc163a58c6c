"""One pass shows everything that is wrong: what the reader finds hides nothing of shape and meaning, and causes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from negsim.errors import ScenarioError
from negsim.scenario import load, loads
from negsim.scenario.codes import EXAMPLE_BASE

HEAD = "negsim: 1\nid: sale\ntitle: A sale\n"
FLAWED = (
    HEAD
    + """\
issues:
  price: {title: Price, scale: 0..100, step: 10}
  paid: {title: Paid, options: {y: At once, later: Later}}
  empty:
parties:
  buyer: {title: Buyer, demands: {price: 55, paid: y}, no_deal: 010}
  seller: {title: Seller, demands: {price: 100}, no_deal: 900, titel: x}
  seller: {title: Again, no_deal: &x 3}
rules:
  fair: {require: paid == latr}
  full: {require: empty == full}
"""
)


def problems_of(text: str, *overrides: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        loads(text, overrides=overrides)
    problems = caught.value.problems
    return [f"{p.place.line} {p.code}" for p in problems if p.place is not None]


def test_slips_of_yaml_shape_and_meaning_come_together_in_file_order() -> None:
    assert problems_of(FLAWED) == [
        "6 NS108",
        "7 NS115",
        "9 NS403",
        "9 NS108",
        "9 NS109",
        "10 NS212",
        "10 NS201",
        "11 NS104",
        "11 NS105",
        "13 NS301",
    ]


FLOW = "  delivery: {title: Delivery, kind: ordered, options: [now, spring, summer]}"
BLOCK = "  delivery:\n    title: Delivery\n    kind: ordered\n    options:\n    - now\n    -\n    - summer"
SLIPS = {
    "a word some take for true, as an option": ("cash, transfer", "y, transfer", "NS108"),
    "a word some take for nothing": ("no_deal: 40", "no_deal: ~", "NS108"),
    "a number in octal": ("no_deal: 40", "no_deal: 010", "NS109"),
    "no finite number": ("no_deal: 40", "no_deal: .inf", "NS111"),
    "nothing behind a key that must be there": ("title: Sale of a boat", "title:", "NS115"),
    "nothing behind the issues": ("step: 10", "step: ", "NS115"),
    "nothing behind a party": ("no_deal: 40", "no_deal: ", "NS115"),
    "nothing behind a dash": (FLOW, BLOCK, "NS115"),
    "a list as key": ("no_deal: 40", "[no_deal]: 40", "NS114"),
    "an anchor": ("no_deal: 40", "no_deal: &walk 40", "NS105"),
    "a tag": ("no_deal: 40", "no_deal: !!int 40", "NS106"),
    "an alias": ("no_deal: 40", "no_deal: *walk", "NS105"),
    "a key again": ("no_deal: 40", "no_deal: 40, no_deal: 50", "NS104"),
    "the parties twice": ("negsim: 1", "negsim: 1\nparties: {seller: {title: S}}", "NS104"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_of_yaml_is_one_problem_and_a_fault_elsewhere_another(slip: str) -> None:
    old, new, code = SLIPS[slip]
    assert old in EXAMPLE_BASE
    text = EXAMPLE_BASE.replace(old, new, 1)
    assert {line.split()[1] for line in problems_of(text)} == {code}
    both = problems_of(text + "sorces: {}\n")
    assert [line.split()[1] for line in both] == [code, "NS201"]


def test_what_only_the_second_value_of_a_key_holds_is_not_called_missing() -> None:
    again = "issues: {colour: {title: Colour, options: [red, blue]}}\nrules: {r: {require: colour == red}}\n"
    assert problems_of(EXAMPLE_BASE + again) == ["12 NS104"]


def test_the_slips_of_a_base_come_with_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(EXAMPLE_BASE.replace("no_deal: 40", "no_deal: 010"), encoding="utf-8")
    file = tmp_path / "dear.yaml"
    file.write_text("base: base.yaml\nid: dear\nid: dearer\nparties: {buyer: {no_deal: 900}}", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(file)
    assert re.findall(r"(\w+)\.yaml:(\d+):\d+: error\[(\w+)\]", str(caught.value)) == [
        ("dear", "3", "NS104"),
        ("dear", "4", "NS212"),
        ("base", "10", "NS109"),
    ]


def test_a_base_that_is_not_there_does_not_hide_the_slips_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "dear.yaml"
    file.write_text("base: base.yaml\nid: dear\nid: dearer\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(file)
    assert [problem.code for problem in caught.value.problems] == ["NS220", "NS104"]


def test_an_override_of_what_could_not_be_read_shows_why_it_could_not() -> None:
    assert problems_of(EXAMPLE_BASE + "rules:\n", "rules.fair.because=x") == ["12 NS115"]


def test_a_misspelt_key_beside_the_right_one_hides_nothing() -> None:
    text = EXAMPLE_BASE.replace("negsim: 1", "negsim: 1\nisues: 3").replace("step: 10", "step: 30")
    assert [line.split()[1] for line in problems_of(text)] == ["NS201", "NS412"]


@pytest.mark.parametrize("text", ["a: [", "a: 1\n<<: {b: 2}\na: 3", "base:\nid: y", "[x]: 1\nid: 3", "- y", "y"])
def test_what_leaves_no_tree_to_go_on_with_ends_the_reading(text: str) -> None:
    codes = {line.split()[1] for line in problems_of(text)}
    assert codes <= {"NS103", "NS104", "NS107", "NS108", "NS113", "NS114", "NS115"}
