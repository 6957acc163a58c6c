"""What a scenario says, as text: who wants what, what is ruled out, what is uncertain, what the numbers imply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from negsim.model.tradeoffs import Step, TradeOff
from negsim.report.implications import Implications
from negsim.report.names import Names, actors_in_order, parties_in_order
from negsim.report.no_deal_words import no_deal_lines, no_deal_words
from negsim.report.page import Column, Page
from negsim.report.paths import figure_words, path_words, points_words
from negsim.report.phrases import (
    agreement_rule,
    choice_title,
    demand_words,
    quantity_words,
)
from negsim.report.provenance import origin, origin_of
from negsim.report.text_bargaining import write_bargaining
from negsim.report.text_calendar import write_calendar
from negsim.report.text_commitments import write_commitments, write_ratifiers, write_war
from negsim.report.text_origins import write_sources, write_uncertain
from negsim.report.words import count
from negsim.scenario.inheritance import is_inherited
from negsim.scenario.no_deal import Lottery, WarValue
from negsim.scenario.quantities import Constant
from negsim.scenario.types import Issue, IssueKind, Party, RedLine, Scenario
from negsim.scenario.words import joined, number_text

__all__ = ["write_scenario"]

_PARTIES_IN_A_TABLE = 4
_WIDEST_ISSUE = 26
_MOST_TRADE_OFFS = 4
_WIDEST_ITEM = 20


def write_scenario(page: Page, scenario: Scenario, implied: Implications, *, every_quantity: bool = False) -> None:
    """Put a scenario on a page; of what is uncertain counts, or every quantity."""
    page.headline(scenario.title)
    if scenario.about:
        page.paragraph(scenario.about)
    _write_parties(page, scenario)
    _write_issues(page, scenario, implied)
    _write_positions(page, scenario)
    _write_red_lines(page, scenario)
    _write_adjustments(page, scenario)
    _write_agreement(page, scenario)
    write_commitments(page, scenario)
    write_bargaining(page, scenario)
    write_calendar(page, scenario)
    _write_trade_offs(page, scenario, implied)
    write_uncertain(page, scenario, every_quantity=every_quantity)
    write_sources(page, scenario)


def _write_parties(page: Page, scenario: Scenario) -> None:
    page.heading("Parties")
    page.pairs((party.title, _party_words(party)) for party in parties_in_order(scenario))


def _party_words(party: Party) -> str:
    where = f", asked where {party.consents_to.text}" if party.consents_to is not None else ""
    return f"{party.role}{where}. {party.about}".rstrip()


def _write_issues(page: Page, scenario: Scenario, implied: Implications) -> None:
    page.heading("Issues")
    for issue in scenario.issues:
        when = f"; arises where {issue.when.text}" if issue.when is not None else ""
        whole = ", indivisible" if issue.indivisible else ""
        page.item(f"{issue.title} ({issue.kind}{whole}{when})")
        page.paragraph(_options_words(issue), indent=6)
    space = (
        f"{count(len(scenario.issues), 'issue makes', 'issues make')} {count(implied.n_outcomes, 'possible outcome')}"
    )
    page.paragraph(f"{space} (in {count(implied.n_cells, 'cell')}).")


def _options_words(issue: Issue) -> str:
    if issue.kind is IssueKind.NUMERIC:
        low, high = issue.options[0], issue.option_titles[-1]
        return f"{low} to {high} in steps of {number_text(float(issue.levels[1] - issue.levels[0]))}"
    between = " < " if issue.kind is IssueKind.ORDERED else " | "
    return between.join(issue.option_titles)


def _write_positions(page: Page, scenario: Scenario) -> None:
    """Set demands side by side, a few parties a table so that words stay whole."""
    stating = [party for party in parties_in_order(scenario) if party.demands]
    if not stating:
        return
    page.heading("Stated positions")
    n_tables = -(-len(stating) // _PARTIES_IN_A_TABLE)
    size = -(-len(stating) // n_tables)
    for start in range(0, len(stating), size):
        if start:
            page.blank()
        _write_position_table(page, scenario, stating[start : start + size], size)
    silent = [party.title for party in parties_in_order(scenario) if not party.demands]
    if silent:
        page.paragraph(f"No demands stated: {joined(silent)}.")


def _write_position_table(page: Page, scenario: Scenario, parties: Sequence[Party], most: int) -> None:
    """Give every table the widths of the fullest one, so that they line up."""
    issue_width = min(_WIDEST_ISSUE, page.style.width // (most + 1))
    width = (page.style.width - issue_width) // most - 2
    columns = [Column("Issue", width=issue_width), *(Column(party.title, width=width) for party in parties)]
    demands = [{demand.issue: demand for demand in party.demands} for party in parties]
    rows = [
        [issue.title, *(demand_words(held[issue.id], issue) if issue.id in held else "–" for held in demands)]
        for issue in scenario.issues
        if any(issue.id in held for held in demands)
    ]
    page.table(columns, rows)


def _write_red_lines(page: Page, scenario: Scenario) -> None:
    if not any(actor.red_lines for actor in scenario.actors):
        return
    page.heading("Red lines")
    names = Names(scenario)
    for actor in actors_in_order(scenario):
        for line in actor.red_lines:
            page.item(f"{names.party[actor.id]}: {line.title or line.id}")
            page.paragraph(line.require.text, indent=6)
            page.paragraph(_line_words(actor, line, scenario), indent=6)


def _line_words(party: Party, line: RedLine, scenario: Scenario) -> str:
    """Say how firm a red line is, what a bluff costs, and where both figures come from."""
    path = (*party.path, "red_lines", line.id)
    if line.firmness is None:
        return f"Hard{origin_of(path, scenario)}."
    firmness = f"Firmness {quantity_words(line.firmness, partial(path_words, scenario=scenario))}"
    of_firmness, of_cost = (origin_of((*path, figure), scenario) for figure in ("firmness", "audience_cost"))
    if line.audience_cost == Constant(0):
        return f"{firmness}{of_firmness}."
    cost = points_words(line.audience_cost, scenario, "crossing it as a bluff costs")
    return f"{firmness}{of_firmness if of_firmness != of_cost else ''}; {cost}{of_cost}."


def _write_adjustments(page: Page, scenario: Scenario) -> None:
    if not any(party.adjustments for party in scenario.parties):
        return
    page.heading("Adjustments")
    names = Names(scenario)
    for actor in actors_in_order(scenario):
        for adjustment in actor.adjustments:
            if is_inherited((*actor.path, "adjustments", adjustment.id, "amount"), adjustment.amount):
                continue
            amount = points_words(adjustment.amount, scenario, f"{names.party[actor.id]}:")
            page.item(f"{amount} where {adjustment.when.text}")
            if adjustment.because:
                page.paragraph(adjustment.because, indent=6)


def _write_agreement(page: Page, scenario: Scenario) -> None:
    page.heading("Agreement")
    page.paragraph(agreement_rule(scenario))
    write_ratifiers(page, scenario)
    write_war(page, scenario)
    page.heading("Without a deal")
    names = Names(scenario)
    page.pairs((names.party[actor.id], _no_deal(actor, scenario)) for actor in actors_in_order(scenario))
    for actor in actors_in_order(scenario):
        items = _no_deal_items(actor, scenario)
        if items:
            page.paragraph(names.party[actor.id], style="bold")
            page.pairs(items, widest=_WIDEST_ITEM)
    if scenario.rules:
        page.heading("What goes together")
        for rule in scenario.rules:
            page.item(rule.require.text)
            if rule.because:
                page.paragraph(rule.because, indent=6)


def _no_deal(actor: Party, scenario: Scenario) -> str:
    """Say what somebody has without a deal; of a lottery or a war where it comes from only as far as that is said."""
    if actor.by_lines_alone:
        return "looks at its red lines alone"
    words, path = no_deal_words(actor.no_deal, scenario), (*actor.path, "no_deal")
    is_whole = not isinstance(actor.no_deal, Lottery | WarValue)
    if actor.no_deal is None or not (is_whole or origin(path, scenario.provenance)):
        return words
    return f"{words}{origin_of(path, scenario)}"


def _no_deal_items(actor: Party, scenario: Scenario) -> list[tuple[str, str]]:
    """Say item by item what a lottery or a war is worth to somebody, and how what comes later is discounted."""
    items = no_deal_lines(actor, scenario)
    rate, path = actor.discount_rate, (*actor.path, "discount_rate")
    if rate is not None and not is_inherited(path, rate):
        items.append(("discount rate", f"{figure_words(rate, scenario)} a year{origin_of(path, scenario)}"))
    return items


def _write_trade_offs(page: Page, scenario: Scenario, implied: Implications) -> None:
    if not any(implied.trade_offs.values()):
        return
    issues = {issue.id: issue for issue in scenario.issues}
    page.heading("What the numbers imply")
    page.paragraph(
        "How much one change weighs beside another, each with all else unchanged and every quantity at its median."
        " Adjustments, red lines and issues that arise with a change are left out, and so are changes that rules never"
        " allow alone."
    )
    for party in parties_in_order(scenario):
        found = implied.trade_offs.get(party.id, ())
        if found:
            page.paragraph(party.title, style="bold")
        for pair in found[:_MOST_TRADE_OFFS]:
            page.item(_trade_off_words(pair, issues))


def _trade_off_words(pair: TradeOff, issues: Mapping[str, Issue]) -> str:
    heavy, light = (f"{issues[step.issue].title}: {_step_words(step, issues[step.issue])}" for step in _order(pair))
    ratio = max(pair.ratio, 1 / pair.ratio)
    weight = "about as much as" if ratio <= 1.05 else f"{number_text(round(ratio, 1))} times as much as"
    return f"{heavy}\nweighs {weight} {light}"


def _order(pair: TradeOff) -> tuple[Step, Step]:
    return (pair.heavy, pair.light) if pair.ratio >= 1 else (pair.light, pair.heavy)


def _step_words(step: Step, issue: Issue) -> str:
    if issue.kind is not IssueKind.NUMERIC:
        return f"“{choice_title(issue, step.better)}” instead of “{choice_title(issue, step.worse)}”"
    worse, better = issue.levels[step.worse], issue.levels[step.better]
    difference = f"{number_text(float(abs(better - worse)))} {issue.unit}".rstrip()
    direction = "more" if better > worse else "less"
    return f"{difference} {direction} ({issue.options[step.better]} instead of {issue.options[step.worse]})"
