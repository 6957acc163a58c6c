"""A scenario as plain data and as text, so that reading it gives the same scenario."""

from __future__ import annotations

import re
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction

from negsim.errors import format_path
from negsim.scenario.marks import Plain
from negsim.scenario.quantities import Beta, Constant, Quantity, Same, Uniform
from negsim.scenario.types import (
    Agreement,
    Demand,
    Issue,
    IssueKind,
    Party,
    Provenance,
    RedLine,
    Role,
    SameAs,
    Scenario,
    Source,
)
from negsim.scenario.yaml_text import to_yaml

__all__ = ["to_plain", "write"]

Tree = dict[str, Plain]


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
    return _present(
        {
            "negsim": 1,
            "id": scenario.id,
            "title": scenario.title,
            "about": scenario.about or None,
            "sources": {source.id: _source(source) for source in scenario.sources} or None,
            "issues": {issue.id: _issue(issue) for issue in scenario.issues},
            "parties": {party.id: _party(party) for party in scenario.parties},
            "rules": {
                rule.id: _present({"require": rule.require.text, "because": rule.because or None})
                for rule in scenario.rules
            }
            or None,
            "agreement": _agreement(scenario.agreement) or None,
            "ties": {
                tie.id: {
                    "between": [format_path(path) for path in tie.between],
                    "rank_correlation": _number(tie.rank_correlation),
                }
                for tie in scenario.ties
            }
            or None,
            "provenance": {format_path(entry.prefix): _provenance(entry) for entry in scenario.provenance} or None,
        }
    )


def _present(tree: Tree) -> Tree:
    return {key: value for key, value in tree.items() if value is not None}


def _source(source: Source) -> Tree:
    return _present(
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


def _agreement(agreement: Agreement) -> Tree:
    return _present({"quorum": agreement.quorum, "vetoes": list(agreement.vetoes) or None})


def _issue(issue: Issue) -> Tree:
    numeric = issue.kind is IssueKind.NUMERIC
    return _present(
        {
            "title": issue.title,
            "kind": issue.kind.value,
            "options": None if numeric else _options(issue),
            "scale": f"{issue.options[0]}..{issue.options[-1]}" if numeric else None,
            "step": _step(issue.levels) if numeric else None,
            "unit": issue.unit or None,
            "when": issue.when.text if issue.when else None,
            "about": issue.about or None,
        }
    )


def _options(issue: Issue) -> Plain:
    return dict(zip(issue.options, issue.option_titles, strict=True)) if any(issue.option_titles) else [*issue.options]


def _step(levels: tuple[Fraction, ...]) -> Plain:
    step = levels[1] - levels[0]
    # Exact: a scale and its step are decimals.
    return _level(format((Decimal(step.numerator) / Decimal(step.denominator)).normalize(), "f"))


def _party(party: Party) -> Tree:
    return _present(
        {
            "title": party.title,
            "role": None if party.role is Role.SIGNATORY else party.role.value,
            "consents_to": party.consents_to.text if party.consents_to else None,
            "demands": {demand.issue: _demand(demand) for demand in party.demands} or None,
            "priorities": {priority.issue: _quantity(priority.quantity) for priority in party.priorities} or None,
            "values": _values(party) or None,
            "red_lines": {line.id: _red_line(line) for line in party.red_lines} or None,
            "adjustments": {
                item.id: _present(
                    {"when": item.when.text, "amount": _quantity(item.amount), "because": item.because or None}
                )
                for item in party.adjustments
            }
            or None,
            "no_deal": _no_deal(party.no_deal),
            "about": party.about or None,
        }
    )


def _demand(demand: Demand) -> Plain:
    stated = [_level(text) for text in demand.stated]
    if demand.form == "any":
        return "any"
    if demand.form == "option":
        return stated[0]
    if demand.form == "one_of":
        return {"one_of": stated}
    if demand.form == "between":
        return {"between": "..".join(demand.stated)}
    return {demand.form: stated[0]}


def _level(text: str) -> Plain:
    """Write a level as a number where a number says it exactly, an option as its id."""
    if not re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", text):
        return text
    value = float(text) if "." in text else int(text)
    return value if repr(value) == text else text


def _values(party: Party) -> Tree:
    values: dict[str, Tree] = {}
    for value in party.values:
        values.setdefault(value.issue, {})[value.option] = _quantity(value.quantity)
    return {**values}


def _red_line(line: RedLine) -> Tree:
    return _present(
        {
            "title": line.title or None,
            "require": line.require.text,
            "firmness": "hard" if line.firmness is None else _quantity(line.firmness),
            "audience_cost": None if line.audience_cost == Constant(0.0) else _quantity(line.audience_cost),
            "because": line.because or None,
        }
    )


def _no_deal(no_deal: Quantity | SameAs | None) -> Plain:
    if no_deal is None:
        return None
    if not isinstance(no_deal, SameAs):
        return _quantity(no_deal)
    levels: Tree = {issue: _quantity(level) for issue, level in no_deal.levels}
    return {"same_as": {**dict(no_deal.options), **levels}}


def _quantity(quantity: Quantity) -> Plain:
    if isinstance(quantity, Constant):
        return _number(quantity.value)
    if isinstance(quantity, Same):
        return {"same": format_path(quantity.path)}
    ends = _range(quantity.low, quantity.high) if isinstance(quantity, Uniform) else None
    if ends:
        return ends
    parameters: Tree = {field.name: _number(getattr(quantity, field.name)) for field in fields(quantity)}
    if isinstance(quantity, Beta) and (quantity.low, quantity.high) == (0.0, 1.0):
        del parameters["low"], parameters["high"]
    return {type(quantity).__name__.lower(): parameters}


def _number(value: float) -> int | float:
    """Write a whole number without its point, but keep the sign of -0.0."""
    value = float(value)
    whole = value.is_integer() and abs(value) < 1e15 and repr(value) != "-0.0"
    return int(value) if whole else value


def _range(low: float, high: float) -> str | None:
    """Write ``low..high``, unless an end has an exponent."""
    text = f"{_number(low)}..{_number(high)}"
    return None if "e" in text else text
