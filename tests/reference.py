"""The model once more, as plainly as it can be written: one world, one outcome, one party at a time.

Nothing here shares code with the model but the scenario's own data and the numbers drawn. It is what the
arrays are compared with.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from negsim.errors import Path
from negsim.scenario.conditions.tree import And, Iff, Implies, Node, Not, OptionIn, Or, Polynomial
from negsim.scenario.types import IRRELEVANT, Issue, IssueKind, Party, Role, SameAs, Scenario

Outcome = dict[str, int]
"""The choice of each issue; the index after the last option is `irrelevant`."""

Numbers = dict[Path, float]
Coins = dict[tuple[str, str], bool]

Assumed = tuple[str, str]
"""The shape of values that demands imply, and what an issue that does not arise is worth."""

AS_STATED: Assumed = ("linear", "as_stated")


def outcomes(scenario: Scenario) -> Iterator[Outcome]:
    """Every outcome the rules allow, in the order of the declared options."""
    for choice in product(*(range(issue.n_choices) for issue in scenario.issues)):
        outcome = {issue.id: k for issue, k in zip(scenario.issues, choice, strict=True)}
        if all(_arises(issue, outcome, scenario) for issue in scenario.issues) and all(
            holds(rule.require.root, outcome, scenario) for rule in scenario.rules
        ):
            yield outcome


def _arises(issue: Issue, outcome: Outcome, scenario: Scenario) -> bool:
    if issue.when is None:
        return True
    return holds(issue.when.root, outcome, scenario) == (outcome[issue.id] < len(issue.options))


def holds(node: Node, outcome: Outcome, scenario: Scenario) -> bool:
    match node:
        case OptionIn(issue, choices):
            return outcome[issue] in choices
        case Polynomial(sign, terms):
            level = {
                issue.id: issue.levels[outcome[issue.id]]
                for issue in scenario.issues
                if issue.levels and issue.when is None
            }
            total = Fraction(0)
            for term in terms:
                part = term.coefficient
                for name in term.issues:
                    part *= level[name]
                total += part
            return {
                "==": total == 0,
                "!=": total != 0,
                "<": total < 0,
                "<=": total <= 0,
                ">": total > 0,
                ">=": total >= 0,
            }[sign]
        case Not(item):
            return not holds(item, outcome, scenario)
        case And(left, right):
            return holds(left, outcome, scenario) and holds(right, outcome, scenario)
        case Or(left, right):
            return holds(left, outcome, scenario) or holds(right, outcome, scenario)
        case Implies(left, right):
            return not holds(left, outcome, scenario) or holds(right, outcome, scenario)
        case Iff(left, right):
            return holds(left, outcome, scenario) == holds(right, outcome, scenario)


def utility(
    party: Party, outcome: Outcome, scenario: Scenario, numbers: Numbers, coins: Coins, assumed: Assumed = AS_STATED
) -> int:
    """What an outcome is worth, in units of 10^-5 points: values, adjustments, and the cost of crossed bluffs."""
    total = sum(_worth(party, issue, outcome[issue.id], numbers, assumed) for issue in scenario.issues)
    for adjustment in party.adjustments:
        if holds(adjustment.when.root, outcome, scenario):
            total += round(numbers[*party.path, "adjustments", adjustment.id, "amount"] * 100_000)
    for line in party.red_lines:
        if not coins[party.id, line.id] and not holds(line.require.root, outcome, scenario):
            total -= round(numbers[*party.path, "red_lines", line.id, "audience_cost"] * 100_000)
    return total


def accepts(
    party: Party, outcome: Outcome, scenario: Scenario, numbers: Numbers, coins: Coins, assumed: Assumed = AS_STATED
) -> bool:
    for line in party.red_lines:
        if coins[party.id, line.id] and not holds(line.require.root, outcome, scenario):
            return False
    return utility(party, outcome, scenario, numbers, coins, assumed) >= no_deal(party, scenario, numbers, assumed)


def in_zone(outcome: Outcome, scenario: Scenario, numbers: Numbers, coins: Coins, assumed: Assumed = AS_STATED) -> bool:
    accepting = {party.id for party in scenario.parties if accepts(party, outcome, scenario, numbers, coins, assumed)}
    signatories = {party.id for party in scenario.parties if party.role is Role.SIGNATORY}
    consulted = {
        party.id
        for party in scenario.parties
        if party.role is not Role.SIGNATORY
        and party.consents_to is not None
        and holds(party.consents_to.root, outcome, scenario)
    }
    if not consulted <= accepting:
        return False
    if scenario.agreement.quorum is None:
        return signatories <= accepting
    return set(scenario.agreement.vetoes) <= accepting and len(signatories & accepting) >= scenario.agreement.quorum


def no_deal(party: Party, scenario: Scenario, numbers: Numbers, assumed: Assumed = AS_STATED) -> int:
    """A no-deal value that is a number or an outcome; tests/reference_stakes.py has the others."""
    if party.no_deal is None:
        return 0
    root = (*party.path, "no_deal")
    if not isinstance(party.no_deal, SameAs):
        return round(numbers[root] * 100_000) - allowance(party)
    return worth_of(party, party.no_deal, root, scenario, numbers, assumed)


def worth_of(
    party: Party, state: SameAs, root: Path, scenario: Scenario, numbers: Numbers, assumed: Assumed = AS_STATED
) -> int:
    """What a state that is described as an outcome is worth, in units; issues it leaves out are worth its `rest`."""
    issues = {issue.id: issue for issue in scenario.issues}
    total = 0
    for name, option in state.options:
        issue = issues[name]
        total += _worth(party, issue, _position(issue, option), numbers, assumed)
    for name, _ in state.levels:
        issue, level = issues[name], numbers[(*root, "same_as", name)]
        value = _line(issue, [_value(party, issue, k, numbers, assumed) for k in range(len(issue.options))], level)
        total += round(_weight(party, name, numbers) * value * 100_000)
    for name in cared_for(party) - {name for name, _ in (*state.options, *state.levels)}:
        total += round(_weight(party, name, numbers) * numbers[(*root, "rest")] * 100_000)
    return total


def allowance(party: Party) -> int:
    """Units that rounding may cost a deal worth just as much as a no-deal value given as a number."""
    return 0 if party.no_deal is None or isinstance(party.no_deal, SameAs) else len(cared_for(party)) // 2


def _position(issue: Issue, option: str) -> int:
    return len(issue.options) if option == IRRELEVANT else issue.options.index(option)


def _worth(party: Party, issue: Issue, choice: int, numbers: Numbers, assumed: Assumed) -> int:
    weight = _weight(party, issue.id, numbers)
    return round(weight * _value(party, issue, choice, numbers, assumed) * 100_000) if weight else 0


def _weight(party: Party, issue: str, numbers: Numbers) -> float:
    if party.priorities:
        given = {p.issue: numbers[*party.path, "priorities", p.issue] for p in party.priorities}
        return given.get(issue, 0.0) / sum(given.values())
    equal = cared_for(party)
    return 1 / len(equal) if issue in equal else 0.0


def cared_for(party: Party) -> set[str]:
    if party.priorities:
        return {priority.issue for priority in party.priorities}
    return {demand.issue for demand in party.demands} | {value.issue for value in party.values}


def _value(party: Party, issue: Issue, choice: int, numbers: Numbers, assumed: Assumed) -> float:
    shape, irrelevant = assumed
    if choice == len(issue.options) and irrelevant != "as_stated":
        options = [_value(party, issue, k, numbers, assumed) for k in range(len(issue.options))]
        return min(options) if irrelevant == "worst" else max(options)
    given = {
        _position(issue, value.option): numbers[*party.path, "values", issue.id, value.option]
        for value in party.values
        if value.issue == issue.id
    }
    if choice in given:
        return given[choice]
    if choice == len(issue.options):
        return 0.0
    points = [k for k in given if k < len(issue.options)]
    if issue.kind is not IssueKind.NUMERIC or not points:
        return _inferred(party, issue, choice, shape)
    last = len(issue.options) - 1
    known = {0: _inferred(party, issue, 0, shape), last: _inferred(party, issue, last, shape)}
    demand = next((demand for demand in party.demands if demand.issue == issue.id), None)
    if demand is not None and len(demand.met_by) <= last:
        known |= dict.fromkeys(demand.met_by, 100.0)
    known |= {k: given[k] for k in points}
    if choice in known:
        return known[choice]
    left, right = max(k for k in known if k < choice), min(k for k in known if k > choice)
    low, high, here = (float(issue.levels[k]) for k in (left, right, choice))
    return known[left] + (here - low) / (high - low) * (known[right] - known[left])


def _inferred(party: Party, issue: Issue, choice: int, shape: str) -> float:
    demand = next((demand for demand in party.demands if demand.issue == issue.id), None)
    if demand is None:
        return 0.0
    if choice in demand.met_by:
        return 100.0
    if issue.kind is IssueKind.CATEGORICAL or issue.indivisible or shape == "step":
        return 0.0
    place = [float(level) for level in issue.levels] or list(range(len(issue.options)))
    away = [min(abs(here - place[k]) for k in demand.met_by) for here in place]
    share = away[choice] / max(away)
    return 100 * (1 - (share * share if shape == "concave" else share))


def _line(issue: Issue, values: list[float], at: float) -> float:
    place = [float(level) for level in issue.levels]
    for k in range(len(place) - 1):
        if at == place[k + 1]:
            return values[k + 1]
        if place[k] <= at < place[k + 1]:
            return values[k] + (at - place[k]) / (place[k + 1] - place[k]) * (values[k + 1] - values[k])
    return values[0]
