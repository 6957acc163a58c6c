"""A scenario as plain data and as text, so that reading it gives the same scenario."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from negsim.errors import format_path
from negsim.scenario.claims.tree import Expectation
from negsim.scenario.inheritance import inherited_adjustments, inherited_priorities, inherited_rate, inherited_values
from negsim.scenario.marks import Plain
from negsim.scenario.plain_bargaining import plain_protocol, plain_tactic
from negsim.scenario.plain_commitments import (
    plain_durability,
    plain_lever,
    plain_sacred,
    plain_side_payments,
    plain_war,
)
from negsim.scenario.plain_no_deal import plain_no_deal
from negsim.scenario.plain_talks import plain_talks
from negsim.scenario.plain_values import Tree, plain_level, plain_number, plain_quantity, present, unless_nothing
from negsim.scenario.types import (
    Adjustment,
    Agreement,
    Counterexample,
    Demand,
    Issue,
    IssueKind,
    OptionValue,
    Party,
    Priority,
    Provenance,
    RedLine,
    Role,
    Scenario,
    Sheet,
    Source,
)
from negsim.scenario.yaml_text import to_yaml

__all__ = ["to_plain", "write"]


def write(scenario: Scenario) -> str:
    """Write a scenario as the text of a scenario file.

    Examples
    --------
    >>> from negsim.scenario.types import Issue, IssueKind, Scenario
    >>> issue = Issue("price", "Price", IssueKind.CATEGORICAL, ("low", "high"), ("Low", "High"))
    >>> print(write(Scenario("sale", "A sale", (issue,), ())), end="")
    negsim: 1
    id: sale
    title: A sale
    issues:
      price:
        title: Price
        kind: categorical
        options: {low: Low, high: High}
    parties: {}
    """
    return to_yaml(to_plain(scenario))


def to_plain(scenario: Scenario) -> Tree:
    """Write a scenario as plain data; what has its default is left out."""
    return present(
        {
            "negsim": 1,
            "id": scenario.id,
            "title": scenario.title,
            "about": scenario.about or None,
            "sources": {source.id: _source(source) for source in scenario.sources} or None,
            "issues": {issue.id: _issue(issue) for issue in scenario.issues},
            "parties": {party.id: _party(party) for party in scenario.parties},
            "rules": {
                rule.id: present({"require": rule.require.text, "because": rule.because or None})
                for rule in scenario.rules
            }
            or None,
            "agreement": _agreement(scenario.agreement) or None,
            "war": plain_war(scenario.war) if scenario.war else None,
            "durability": plain_durability(scenario.durability) if scenario.durability else None,
            "side_payments": plain_side_payments(scenario.side_payments) if scenario.side_payments else None,
            "protocol": plain_protocol(scenario.protocol) if scenario.protocol else None,
            "talks": plain_talks(scenario.talks) if scenario.talks else None,
            "ties": {
                tie.id: {
                    "between": [format_path(path) for path in tie.between],
                    "rank_correlation": plain_number(tie.rank_correlation),
                }
                for tie in scenario.ties
            }
            or None,
            "provenance": {format_path(entry.prefix): _provenance(entry) for entry in scenario.provenance} or None,
            "expect": {expected.id: _expectation(expected) for expected in scenario.expectations} or None,
            "counterexample": _counterexample(scenario.counterexample) if scenario.counterexample else None,
        }
    )


def _source(source: Source) -> Tree:
    return present(
        {
            "title": source.title,
            "publisher": source.publisher or None,
            "date": source.date or None,
            "date_is": None if source.date_is == "reported" else source.date_is,
            "url": source.url or None,
            "about": source.about or None,
        }
    )


def _provenance(entry: Provenance) -> Tree:
    return {name: text for name in ("source", "words", "by", "assumed", "note") if (text := getattr(entry, name))}


def _expectation(expected: Expectation) -> Tree:
    severity = "warn" if expected.warns else None
    return present({"that": expected.claim.text, "severity": severity, "because": expected.because or None})


def _counterexample(found: Counterexample) -> Tree:
    return present({"of": found.of, "expect": found.expect, "changes": dict(found.changes) or None})


def _agreement(agreement: Agreement) -> Tree:
    return present({"quorum": agreement.quorum, "vetoes": list(agreement.vetoes) or None})


def _issue(issue: Issue) -> Tree:
    numeric = issue.kind is IssueKind.NUMERIC
    return present(
        {
            "title": issue.title,
            "kind": issue.kind.value,
            "options": None if numeric else _options(issue),
            "scale": f"{issue.options[0]}..{issue.options[-1]}" if numeric else None,
            "step": _step(issue.levels) if numeric else None,
            "unit": issue.unit or None,
            "when": issue.when.text if issue.when else None,
            "indivisible": issue.indivisible or None,
            "about": issue.about or None,
        }
    )


def _options(issue: Issue) -> Plain:
    return dict(zip(issue.options, issue.option_titles, strict=True)) if any(issue.option_titles) else [*issue.options]


def _step(levels: tuple[Fraction, ...]) -> Plain:
    step = levels[1] - levels[0]
    # Exact: a scale and its step are decimals.
    return plain_level(format((Decimal(step.numerator) / Decimal(step.denominator)).normalize(), "f"))


def _party(party: Party) -> Tree:
    return present(
        {
            "title": party.title,
            "role": None if party.role is Role.SIGNATORY else party.role.value,
            "consents_to": party.consents_to.text if party.consents_to else None,
            "good_faith": None if party.good_faith is None else plain_quantity(party.good_faith),
            "demands": _demands(party.demands) or None,
            "priorities": _priorities(party.priorities) or None,
            "values": _values(party.values) or None,
            "red_lines": _red_lines(party) or None,
            "adjustments": _adjustments(party.adjustments) or None,
            "discount_rate": None if party.discount_rate is None else plain_quantity(party.discount_rate),
            "no_deal": plain_no_deal(party.no_deal, party.id),
            "sacred": {item.id: plain_sacred(item) for item in party.sacred} or None,
            "levers": {lever.party: plain_lever(lever) for lever in party.levers} or None,
            "ratifiers": {item.id: _ratifier(item, party) for item in party.ratifiers} or None,
            "tactic": plain_tactic(party.tactic) if party.tactic else None,
            "walks_out_below": None if party.walks_out_below is None else plain_quantity(party.walks_out_below),
            "about": party.about or None,
            "sheet": _sheet(party.sheet) or None,
        }
    )


def _sheet(sheet: Sheet) -> Tree:
    said: Tree = {"story": sheet.story, "interests": [*sheet.interests], "may_say": [*sheet.may_say]}
    return {name: text for name, text in said.items() if text}


def _ratifier(ratifier: Party, party: Party) -> Tree:
    """Write a ratifier; what it has of its party is left out."""
    if ratifier.no_deal is None:
        lines: Tree = {"title": ratifier.title, "red_lines": _red_lines(ratifier) or None}
        return present({**lines, "about": ratifier.about or None})
    said = _by_issue(ratifier.demands, ratifier.values)
    inherited = _by_issue(party.demands, inherited_values(party))
    own = {issue for issue in said if said[issue] != inherited.get(issue)}
    keeps_priorities = ratifier.priorities == inherited_priorities(party)
    keeps_adjustments = ratifier.adjustments == inherited_adjustments(party)
    rate = None if ratifier.discount_rate == inherited_rate(party) else ratifier.discount_rate
    return present(
        {
            "title": ratifier.title,
            "demands": _demands(demand for demand in ratifier.demands if demand.issue in own) or None,
            "priorities": None if keeps_priorities else _priorities(ratifier.priorities),
            "values": _values(value for value in ratifier.values if value.issue in own) or None,
            "red_lines": _red_lines(ratifier) or None,
            "adjustments": None if keeps_adjustments else _adjustments(ratifier.adjustments),
            "discount_rate": None if rate is None else plain_quantity(rate),
            "no_deal": plain_no_deal(ratifier.no_deal, party.id),
            "about": ratifier.about or None,
        }
    )


def _by_issue(demands: Iterable[Demand], values: Iterable[OptionValue]) -> dict[str, list[Demand | OptionValue]]:
    """Gather what is said of each issue."""
    gathered: dict[str, list[Demand | OptionValue]] = {}
    said: list[Demand | OptionValue] = [*demands, *values]
    for item in said:
        gathered.setdefault(item.issue, []).append(item)
    return gathered


def _demands(demands: Iterable[Demand]) -> Tree:
    return {demand.issue: _demand(demand) for demand in demands}


def _priorities(priorities: Iterable[Priority]) -> Tree:
    return {priority.issue: plain_quantity(priority.quantity) for priority in priorities}


def _adjustments(adjustments: Iterable[Adjustment]) -> Tree:
    return {
        item.id: present(
            {"when": item.when.text, "amount": plain_quantity(item.amount), "because": item.because or None}
        )
        for item in adjustments
    }


def _demand(demand: Demand) -> Plain:
    stated = [plain_level(text) for text in demand.stated]
    if demand.form == "any":
        return "any"
    if demand.form == "option":
        return stated[0]
    if demand.form == "one_of":
        return {"one_of": stated}
    if demand.form == "between":
        return {"between": "..".join(demand.stated)}
    return {demand.form: stated[0]}


def _values(given: Iterable[OptionValue]) -> Tree:
    values: dict[str, Tree] = {}
    for value in given:
        values.setdefault(value.issue, {})[value.option] = plain_quantity(value.quantity)
    return {**values}


def _red_lines(party: Party) -> Tree:
    return {line.id: _red_line(line) for line in party.red_lines}


def _red_line(line: RedLine) -> Tree:
    return present(
        {
            "title": line.title or None,
            "require": line.require.text,
            "firmness": "hard" if line.firmness is None else plain_quantity(line.firmness),
            "audience_cost": unless_nothing(line.audience_cost),
            "because": line.because or None,
        }
    )
