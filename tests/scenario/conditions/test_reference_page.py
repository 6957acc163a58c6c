"""The examples of the reference page are conditions."""

from fractions import Fraction
from pathlib import Path

from negsim.scenario.conditions import Condition, IssueNames, parse_condition

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "conditions.md"


def numeric(name: str, unit: str) -> IssueNames:
    levels = range(0, 101, 5)
    return IssueNames(name, "numeric", tuple(map(str, levels)), tuple(map(Fraction, levels)), unit)


ISSUES = (
    IssueNames("donetsk", "ordered", ("line", "demilitarised_zone", "partial_withdrawal", "full_withdrawal")),
    IssueNames("guarantor", "categorical", ("none", "un", "us_treaty")),
    IssueNames("zone_force", "categorical", ("nobody", "us"), conditional=True),
    numeric("guarantee_years", "years"),
    numeric("sanctions_relief", "percent"),
)


def test_every_example_is_a_condition():
    examples = PAGE.read_text(encoding="utf-8").split("## Examples")[1].split("```")[1].splitlines()[1:]
    assert len(examples) == 5
    for example in examples:
        assert isinstance(parse_condition(example, ISSUES), Condition), example


def test_every_code_of_a_flaw_is_on_the_page():
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"| NS30{digit} |" in page for digit in range(1, 10))
