"""Every rule against its own manual page, then against cases at exact places."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from negsim.checks import RULES, Rule, lint, rules
from negsim.errors import Severity
from negsim.scenario import load_with_places
from tests.checks.manual_page import PAGE, heading, manual_page
from tests.checks.sale import found_over_sale, lint_over_sale

ROOT = Path(__file__).parent.parent.parent
SNIPPET = re.compile(r"^(Doubtful|Fine):\n\n```yaml\n(.*?)```$", re.MULTILINE | re.DOTALL)
EVERY_RULE = pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))


@EVERY_RULE
def test_a_manual_has_a_title_an_explanation_and_two_snippets(rule: Rule) -> None:
    assert rule.title
    assert "\n" not in rule.title
    explanation = rule.manual.partition("Doubtful:")[0]
    assert len(explanation.split()) >= 10
    assert [kind for kind, _ in SNIPPET.findall(rule.manual)] == ["Doubtful", "Fine"]


@EVERY_RULE
def test_a_manual_is_right_about_what_is_doubtful(rule: Rule) -> None:
    doubtful, fine = (text for _, text in SNIPPET.findall(rule.manual))
    found = lint_over_sale(doubtful)
    assert {problem.code for problem in found} == {rule.code}
    assert {problem.severity for problem in found} == {rule.severity}
    assert lint_over_sale(fine) == ()


@EVERY_RULE
def test_a_rule_has_a_code_of_its_own_and_is_no_error(rule: Rule) -> None:
    assert re.fullmatch("NS5[0-9]{2}", rule.code)
    assert RULES[rule.code] is rule
    assert rule.severity in (Severity.WARNING, Severity.NOTE)


def test_every_module_of_a_rule_is_in_the_table() -> None:
    modules = [path for path in Path(rules.__file__).parent.glob("*.py") if path.stem != "__init__"]
    assert len(modules) == len(RULES)


@EVERY_RULE
def test_a_rule_has_a_heading_on_the_reference_page(rule: Rule) -> None:
    assert heading(rule.code) in PAGE.read_text(encoding="utf-8").splitlines()


def test_the_reference_page_is_made_from_the_manuals() -> None:
    assert PAGE.read_text(encoding="utf-8") == manual_page(), "run `python -m tests.checks.manual_page`"


def test_manuals_are_read_without_numpy() -> None:
    code = "import sys; from negsim.checks import RULES; assert RULES; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.scenario.yaml")), ids=lambda path: path.stem)
def test_scenarios_of_the_repository_give_no_warning(path: Path) -> None:
    assert [problem for problem in lint(load_with_places(path)) if problem.severity is not Severity.NOTE] == []


BANK = "parties:\n  bank:\n    title: Bank\n    role: guarantor\n"
FORCE = "issues:\n  force: {title: Force, when: carrier == courier, options: [un, eu]}\n"

# A fragment over the sale -> what is found: code, line of the fragment, and the text that is pointed at.
CASES = {
    "a line is compared the wrong way": (
        "parties:\n  seller:\n    red_lines:\n      floor: {require: price <= 60, firmness: 0.5..0.9}\n",
        [("NS501", 4, "price <= 60")],
    ),
    "two demands together cross a line": (
        "parties:\n  seller:\n    red_lines:\n      a: {require: delivery < late or price < 60, firmness: hard}\n",
        [("NS501", 4, "delivery < late or price < 60")],
    ),
    "one of several demanded options crosses a line": (
        "parties:\n  seller:\n    demands: {carrier: {one_of: [buyer, seller]}}\n"
        "    red_lines:\n      not_me: {require: carrier != seller, firmness: hard}\n",
        [("NS502", 3, "{one_of: [buyer, seller]}")],
    ),
    "a demanded level is off the part of the scale that is left": (
        "parties:\n  buyer:\n    demands:\n      price: 15.0\n"
        "issues:\n  price: {step: 2.5}\nrules:\n  whole: {require: price in 10 | 20 | 90}\n",
        [("NS503", 4, "15.0")],
    ),
    "a rule that another one contains": (
        "rules:\n  wide: {require: price >= 10}\n  narrow: {require: price >= 20}\n",
        [("NS504", 2, "price >= 10")],
    ),
    "two rules that are the same: each is idle beside the other": (
        "rules:\n  one: {require: price >= 10}\n  two: {require: 10 <= price}\n",
        [("NS504", 2, "price >= 10"), ("NS504", 3, "10 <= price")],
    ),
    "a red line that the rules already grant": (
        "rules:\n  a: {require: price <= 90}\n"
        "parties:\n  buyer:\n    red_lines:\n      cap: {require: price < 95, firmness: hard}\n",
        [("NS504", 6, "price < 95")],
    ),
    "an issue that always arises, and its irrelevance that nobody sees": (
        'issues:\n  force:\n    title: Force\n    when: "price >= 0"\n    options: [un, eu]\n'
        "parties:\n  buyer: {demands: {force: un}, values: {force: {irrelevant: 0}}}\n",
        [("NS504", 4, '"price >= 0"')],
    ),
    "a consent that is always asked for": (
        BANK + "    consents_to: price >= 0\n    demands: {price: 50}\n    no_deal: 30\n",
        [("NS504", 5, "price >= 0")],
    ),
    "an issue that never arises, and no word of its unused options": (
        "issues:\n  force: {title: Force, when: price == 0 and price == 10, options: [un, eu]}\n"
        "parties:\n  buyer: {demands: {force: un}, values: {force: {irrelevant: 0}}}\n",
        [("NS505", 2, "price == 0 and price == 10")],
    ),
    "a line that no outcome respects": (
        "rules:\n  a: {require: price <= 90}\n"
        "parties:\n  seller:\n    red_lines:\n      all: {require: price == 100, firmness: 0.2..0.4}\n",
        [("NS505", 6, "price == 100")],
    ),
    "a consent that is never asked for, and a line without effect because of it": (
        BANK + "    consents_to: price < 0\n    red_lines:\n      a: {require: price > 20, firmness: hard}\n",
        [("NS505", 5, "price < 0"), ("NS519", 7, "a")],
    ),
    "an unused option with a title": (
        "issues:\n  carrier:\n    options:\n      buyer: The buyer\n      seller: The seller\n      ship: A ship\n"
        "rules:\n  dry: {require: carrier != ship}\n",
        [("NS506", 6, "ship")],
    ),
    "a mediator without a say, out of reach of anything": (
        "parties:\n  un:\n    title: UN\n    role: mediator\n    demands: {price: 50}\n    no_deal: 101..120\n",
        [("NS520", 2, "un"), ("NS507", 6, "101..120")],
    ),
    "no deal is out of reach once the hard line has its way": (
        "parties:\n  buyer:\n    no_deal: 80\n    red_lines:\n      a: {require: price >= 90, firmness: 0.9}\n"
        "      b: {require: delivery != now, firmness: hard}\n    demands: {price: any}\n",
        [("NS507", 3, "80"), ("NS501", 6, "delivery != now"), ("NS515", 7, "price")],
    ),
    "a no-deal value that is the worst outcome": (
        "parties:\n  buyer:\n    no_deal: {same_as: {price: 100, delivery: late}}\n",
        [("NS508", 3, "{same_as: {price: 100, delivery: late}}")],
    ),
    "lines of three parties, one of which is asked only there": (
        BANK + "    consents_to: price > 70\n    red_lines:\n      a: {require: price <= 70, firmness: hard}\n"
        "  seller:\n    red_lines:\n      b: {require: price > 70, firmness: hard}\n",
        [("NS509", 10, "hard")],
    ),
    "parts of a party without provenance, each in one finding": (
        "sources: {ad: {title: An ad}}\nprovenance:\n  parties.seller: {source: ad}\n"
        "  parties.buyer.no_deal: {source: ad}\n  parties.buyer.demands.price: {source: ad}\n"
        "parties:\n  buyer:\n    demands: {price: 0, delivery: now}\n"
        "    red_lines:\n      cap: {require: price < 50, firmness: hard, audience_cost: 3}\n",
        [("NS510", 8, "delivery"), ("NS510", 9, "red_lines")],
    ),
    "a tie without provenance": (
        "sources: {ad: {title: An ad}}\nprovenance:\n  parties: {source: ad}\nties:\n  market:\n"
        "    between: [parties.buyer.no_deal, parties.seller.no_deal]\n    rank_correlation: 0.5\n",
        [("NS510", 5, "market")],
    ),
    "a title of an option cut at a hash": (
        "issues:\n  carrier:\n    options: {buyer: Van #2 and more\n      , seller: Seller, courier: Courier}\n",
        [("NS512", 3, "#2 and more")],
    ),
    "a sheet cut at a hash": (
        "parties:\n  buyer:\n    sheet:\n      story: Van #2\n      interests:\n        - Rent\n        - Lot #5\n",
        [("NS512", 4, "#2"), ("NS512", 7, "#5")],
    ),
    "brackets and commas left over": (
        "about: one (two) three)\nparties:\n  buyer:\n    title: The buyer}\n    about: Wants it now,\n",
        [("NS513", 1, "one (two) three)"), ("NS513", 4, "The buyer}"), ("NS513", 5, "Wants it now,")],
    ),
    "values without weight, and a weight of 0": (
        "parties:\n  buyer:\n    priorities: {price: 1..2, delivery: 0}\n    demands: {delivery: soon}\n"
        "    values: {carrier: {buyer: 0, seller: 100, courier: 100}}\n",
        [("NS514", 4, "delivery"), ("NS514", 5, "carrier")],
    ),
    "equal values": (
        "parties:\n  buyer:\n    priorities: {price: 2, delivery: 1}\n    demands: {delivery: any}\n",
        [("NS515", 3, "delivery")],
    ),
    "a better level than the demanded ones, off the inferred end": (
        "parties:\n  buyer:\n    values:\n      price: {0: 20, 20: 10..25, 50: 30..40, 100: 0}\n",
        [("NS516", 4, "30..40")],
    ),
    "values as parts of 1": (
        "parties:\n  buyer:\n    values:\n      delivery: {now: 1, soon: 0.3..0.5, late: 0}\n",
        [("NS517", 4, "delivery")],
    ),
    "a firmness of 0": (
        "parties:\n  buyer:\n    red_lines:\n      cap: {require: price < 50, firmness: 0.0, audience_cost: 5}\n",
        [("NS522", 4, "0.0")],
    ),
    "a flat firmness in other words": (
        "parties:\n  buyer:\n    red_lines:\n      cap: {require: price < 50, firmness: {beta: {a: 1, b: 1}}}\n",
        [("NS523", 4, "{beta: {a: 1, b: 1}}")],
    ),
    "the same as a default": (
        "parties:\n  buyer:\n    red_lines:\n      a: {require: price < 50, firmness: hard}\n"
        "      b:\n        require: price < 70\n        firmness: 0.5\n"
        "        audience_cost: {same: parties.buyer.red_lines.a.audience_cost}\n",
        [("NS525", 8, "{same: parties.buyer.red_lines.a.audience_cost}")],
    ),
}

# What looks much the same and is right.
FINE = {
    "a line between what is demanded and what is not": (
        "parties:\n  seller:\n    red_lines:\n      floor: {require: price >= 80, firmness: hard}\n"
    ),
    "a demand on an issue that another demand makes irrelevant": (
        FORCE + "parties:\n  seller:\n    demands: {force: un}\n    values: {force: {irrelevant: 0}}\n"
        "    red_lines:\n      no_courier: {require: carrier != courier, firmness: hard}\n"
    ),
    "demands that the rules do not allow together": (
        "rules:\n  slow_is_cheap: {require: delivery == late implies price <= 50}\n"
    ),
    "a consent always asked for gives a veto beside a quorum": (
        BANK + "    consents_to: price >= 0\n    demands: {price: 50}\n    no_deal: 30\nagreement: {quorum: 1}\n"
    ),
    "levels that a rule cuts off": "rules:\n  floor: {require: price >= 20}\n",
    "a no-deal value out of reach but for a bluff that may pay off": (
        "parties:\n  buyer:\n    no_deal: 80\n    red_lines:\n"
        "      a: {require: price >= 90, firmness: 0.9}\n    demands: {price: 90}\n"
    ),
    "a no-deal value that only an adjustment reaches": (
        "parties:\n  buyer:\n    no_deal: 105\n    adjustments:\n      gift: {when: price == 0, amount: 1..6}\n"
    ),
    "a no-deal value as good as an outcome among many": (
        "parties:\n  buyer:\n    no_deal: {same_as: {price: 60..90, delivery: soon}}\n"
    ),
    "hard lines that leave no outcome to all, where a quorum decides": (
        "agreement: {quorum: 1}\nparties:\n  buyer: {red_lines: {a: {require: price < 50, firmness: hard}}}\n"
        "  seller: {red_lines: {b: {require: price > 50, firmness: hard}}}\n"
    ),
    "numbers without provenance where no sources are listed": "provenance:\n  parties.buyer: {assumed: For fun.}\n",
    "a copy of what has its provenance": (
        "sources: {ad: {title: An ad}}\nprovenance:\n  parties.seller: {source: ad}\n"
        "  parties.buyer.demands: {assumed: As buyers do.}\n"
        "parties:\n  buyer:\n    no_deal: {same: parties.seller.no_deal}\n"
    ),
    "comments, and a hash within a word or in quotes": ('about: "No. #5"  #five\ntitle: In C#5  # a comment\n'),
    "a bracket that closes, and a comma within": "about: one (two), three [four]\n",
    "`any` beside priorities": (
        "parties:\n  buyer:\n    demands: {carrier: any}\n    priorities: {price: 1, delivery: 1}\n"
    ),
    "ranges that overlap between what is demanded and what is not": (
        "parties:\n  buyer:\n    values:\n      delivery: {now: 50..80, soon: 80..100, late: 0}\n"
    ),
    "small values beside large ones": (
        "parties:\n  buyer:\n    values:\n      delivery: {now: 100, soon: 0.5, late: 0}\n"
    ),
    "an issue that only a condition names": (
        "issues:\n  colour: {title: Colour, options: [red, green]}\n"
        "rules:\n  red_is_dear: {require: colour == red implies price >= 50}\n"
    ),
    "a flat firmness that another follows": (
        "parties:\n  buyer:\n    red_lines:\n      a: {require: price < 50, firmness: 0..1}\n"
        "      b: {require: price < 70, firmness: {same: parties.buyer.red_lines.a.firmness}}\n"
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_finding_stands_at_its_place(case: str) -> None:
    fragment, expected = CASES[case]
    assert found_over_sale(fragment) == expected


@pytest.mark.parametrize("case", FINE)
def test_what_is_right_is_let_alone(case: str) -> None:
    assert lint_over_sale(FINE[case]) == ()
