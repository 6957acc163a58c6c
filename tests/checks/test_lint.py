"""What holds for all rules together: order, places, and scenarios without an outcome."""

from __future__ import annotations

from pathlib import Path

from negsim.checks import RULES, lint
from negsim.errors import Severity
from negsim.scenario import load_with_places
from tests.checks.sale import FIRST_LINES, SALE, lint_over_sale


def test_nothing_is_doubtful_in_the_sale() -> None:
    assert lint_over_sale("") == ()


def test_findings_stand_in_file_order_those_of_the_file_itself_first() -> None:
    found = lint_over_sale(
        "rules:\n  cheap: {require: price <= 10}\nparties:\n  buyer: {no_deal: 0}\n  seller: {title: A seller}\n"
    )
    places = [(Path(problem.place.file).name, problem.place.line) for problem in found if problem.place]
    # The seller's demand of 80, which the rule excludes, stands in the base.
    seller = 1 + SALE[: SALE.index("demands: {price: {at_least: 80}")].count("\n")
    assert places == [("fragment.scenario.yaml", 6), ("sale.scenario.yaml", seller)]
    assert [problem.code for problem in found] == ["NS508", "NS503"]


def test_without_an_outcome_the_rules_are_named_and_the_other_checks_go_on() -> None:
    found = lint_over_sale(
        "title: Sale,\nrules:\n  a: {require: price < 50}\n  b: {require: price > 50}\n"
        "parties:\n  buyer:\n    no_deal: 0.4\n"
    )
    assert [(problem.code, problem.severity) for problem in found] == [
        ("NS513", Severity.WARNING),
        ("NS410", Severity.ERROR),
        ("NS517", Severity.WARNING),
    ]
    rules = found[1].place
    assert rules is not None
    assert (rules.line, rules.column, rules.length) == (FIRST_LINES.count("\n") + 2, 1, len("rules"))


def test_too_many_cells_are_an_error_of_the_issues() -> None:
    wide = "".join(f"  i{k}: {{title: I, scale: 0..999, step: 1}}\n" for k in range(3))
    rules = "rules: {r: {require: i0 + i1 + i2 > 0}}\n"
    (found,) = [problem for problem in lint_over_sale("issues:\n" + wide + rules) if problem.severity is Severity.ERROR]
    assert found.code == "NS411"
    assert found.place is not None
    assert found.place.text == "issues:"


def test_an_override_is_its_own_place(tmp_path: Path) -> None:
    file = tmp_path / "sale.scenario.yaml"
    file.write_text(SALE, encoding="utf-8")
    (found,) = lint(load_with_places(file, overrides=["parties.buyer.no_deal=0.2..0.4"]))
    assert found.code == "NS517"
    assert found.place is not None
    assert (found.place.file, found.place.column) == ("--set", len("parties.buyer.no_deal=") + 1)


def test_a_rule_over_outcomes_says_so() -> None:
    """Without an outcome, every rule that does not claim to look at outcomes must still run."""
    found = lint_over_sale("rules:\n  a: {require: price < 50}\n  b: {require: price > 50}\n")
    assert [problem.code for problem in found] == ["NS410"]
    assert any(rule.over_outcomes for rule in RULES.values())
    assert not all(rule.over_outcomes for rule in RULES.values())
