"""The page of theorems lists every test of a theorem, and no other."""

from __future__ import annotations

import re

from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "explanation" / "theorems.md").read_text(encoding="utf-8")
HOME = ROOT / "tests" / "zone" / "test_theorems.py"
SOLUTIONS = ROOT / "tests" / "solutions" / "test_theorems.py"
STAKES = ROOT / "tests" / "zone" / "test_theorems_stakes.py"
TALKS = ROOT / "tests" / "talks"


def names_of_tests(text: str) -> set[str]:
    return set(re.findall(r"^def (test_\w+)", text, re.MULTILINE))


def rows() -> list[list[str]]:
    """Give the cells of each row of the tables."""
    lines = [line for line in PAGE.splitlines() if re.match(r"\| \d", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_test_of_a_theorem_is_on_the_page() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    for home in (HOME, SOLUTIONS, STAKES):
        assert names_of_tests(home.read_text(encoding="utf-8")) <= named
    # Of those on talks, each stands beside other tests of the same matter, and has a number.
    talks = {name for home in TALKS.glob("test_*.py") for name in names_of_tests(home.read_text(encoding="utf-8"))}
    numbered = {name for name in talks if re.match(r"test_\d", name)}
    assert numbered
    assert numbered <= named


def test_every_test_on_the_page_exists_where_the_page_says() -> None:
    for cell in (row[-1] for row in rows()):
        for place, name in re.findall(r"(?:in `([\w/]+\.py)` )?`(test_\w+)`", cell):
            assert name in names_of_tests((ROOT / (place or HOME)).read_text(encoding="utf-8")), name


def test_a_row_and_its_test_have_the_same_numbers() -> None:
    seen = set()
    for numbers, *_, cell in rows():
        stated = {int(number) for number in numbers.split(",")}
        seen |= stated
        if name := re.search(r"`test_(\d+)(?:_and_(\d+))?_", cell):
            assert stated <= {int(number) for number in name.groups() if number}, name[0]
    assert seen == {*range(1, 27), *range(36, 46), *range(49, 54)}


def test_expectations_that_fail_are_numbered_after_the_laws_each_with_an_example() -> None:
    examples = re.findall(r"^\*\*(\d+)\. (?:(?!^\*\*\d).)*?^>>> ", PAGE, re.MULTILINE | re.DOTALL)
    assert [int(number) for number in examples] == [*range(27, 36), 46, 47, 48]
