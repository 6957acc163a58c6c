"""What a scenario says of the war, of what a deal has to stand and of what pushes towards it, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from negsim.report.names import Names, actors_in_order, parties_in_order
from negsim.report.page import Page
from negsim.report.paths import figure_words
from negsim.report.phrases import demand_words
from negsim.report.provenance import origin_of
from negsim.scenario.commitments import Durability, Lever, PowerShift, Sacred, Support
from negsim.scenario.inheritance import is_inherited
from negsim.scenario.quantities import NOTHING
from negsim.scenario.types import Issue, Party, Scenario
from negsim.scenario.words import joined

__all__ = ["write_commitments", "write_ratifiers", "write_war"]

_Line = tuple[str, str]
"""What is said, and why."""


def write_ratifiers(page: Page, scenario: Scenario) -> None:
    """Say who has to say yes at home, and what these have of their own."""
    if not any(party.ratifiers for party in scenario.parties):
        return
    page.heading("At home")
    page.paragraph(
        "Who else has to accept what a party accepts. Without a no-deal value of its own it looks at its red lines"
        " alone; with one it weighs deals by points, as its party does but for what is said here."
    )
    names, issues = Names(scenario), {issue.id: issue for issue in scenario.issues}
    for party in parties_in_order(scenario):
        for ratifier in party.ratifiers:
            page.item(f"{names.party[ratifier.id]}. {ratifier.about}".rstrip())
            for line in _own(ratifier, party, scenario, issues):
                page.paragraph(line, indent=6)


def _own(ratifier: Party, party: Party, scenario: Scenario, issues: dict[str, Issue]) -> Iterator[str]:
    """Say what a ratifier has of its own beside red lines and a no-deal value, which stand with those of parties."""
    for demand in ratifier.demands:
        if demand not in party.demands:
            yield f"Demands {demand_words(demand, issues[demand.issue])} on {issues[demand.issue].title}."
    root = ratifier.path
    weights = [
        item for item in ratifier.priorities if not is_inherited((*root, "priorities", item.issue), item.quantity)
    ]
    if weights:
        said = [f"{issues[item.issue].title} {figure_words(item.quantity, scenario)}" for item in weights]
        yield f"Priorities: {joined(said)}."
    values = [v for v in ratifier.values if not is_inherited((*root, "values", v.issue, v.option), v.quantity)]
    own = dict.fromkeys(issues[value.issue].title for value in values)
    if own:
        yield f"Values of its own on {joined(list(own))}."


def write_war(page: Page, scenario: Scenario) -> None:
    """Say between whom there is war, and how likely each side is to collapse."""
    if scenario.war is None:
        return
    page.heading("The war")
    if scenario.war.about:
        page.paragraph(scenario.war.about)
    names = Names(scenario)
    for side in scenario.war.sides:
        path = ("war", "sides", side.party, "collapse")
        rate = f"{figure_words(side.collapse, scenario)}{origin_of(path, scenario)}"
        page.item(f"{names.party[side.party]} collapses at a rate per year of {rate}.")


def write_commitments(page: Page, scenario: Scenario) -> None:
    """Say whether deals may be broken, what is sacred, what mediators can do and what can be paid."""
    names = Names(scenario)
    if scenario.durability is not None:
        _write_durability(page, scenario.durability, scenario, names)
    actors = actors_in_order(scenario)
    _write_lines(page, "Sacred", (_sacred(actor, held, scenario, names) for actor in actors for held in actor.sacred))
    levers = ((actor, lever) for actor in actors for lever in actor.levers)
    _write_lines(page, "Levers", (line for actor, lever in levers for line in _lever(actor, lever, scenario, names)))
    _write_side_payments(page, scenario, names)
    serious = [actor for actor in actors if actor.good_faith is not None]
    _write_lines(page, "Good faith", (_faith(party, scenario) for party in serious))


def _write_lines(page: Page, heading: str, lines: Iterable[_Line]) -> None:
    """Open a section and say line by line what stands in it; nothing without any."""
    found = list(lines)
    if found:
        page.heading(heading)
    _write_items(page, found)


def _write_items(page: Page, lines: Iterable[_Line]) -> None:
    for said, because in lines:
        page.item(said)
        if because:
            page.paragraph(because, indent=6)


def _write_durability(page: Page, held: Durability, scenario: Scenario, names: Names) -> None:
    page.heading("Durability")
    if held.about:
        page.paragraph(held.about)
    _write_items(page, _durability(held, scenario, names))
    if held.term:
        title = next(issue.title for issue in scenario.issues if issue.id == held.term)
        page.paragraph(f"A guarantee lasts for as many years as “{title}” says.")


def _durability(held: Durability, scenario: Scenario, names: Names) -> Iterator[_Line]:
    root = ("durability",)
    for breaker in held.breakers:
        rate = figure_words(breaker.hazard, scenario)
        of = origin_of((*root, "breakers", breaker.party, "hazard"), scenario)
        yield f"{names.party[breaker.party]} breaks a deal at a rate per year of {rate}{of}.", breaker.because
    for support in held.supports:
        of = origin_of((*root, "supports", support.id, "credibility"), scenario)
        yield f"{_support(support, scenario, names)}{of}.", support.because
    for shift in held.power_shifts:
        yield f"{_shift(shift, scenario, names)}.", shift.because
    for remedy in held.remedies:
        of = origin_of((*root, "remedies", remedy.id, "takes_away"), scenario)
        what = joined(list(remedy.shifts)) or "every power shift"
        share = figure_words(remedy.takes_away, scenario)
        yield f"{remedy.id}: takes away a share of {share}{of} of {what}, where {remedy.when.text}.", remedy.because


def _support(support: Support, scenario: Scenario, names: Names) -> str:
    whose = f" by {joined([names.within[party] for party in support.against])}" if support.against else ""
    lasts = ", while the guarantee runs" if support.guaranteed else ""
    share = figure_words(support.credibility, scenario)
    return f"{support.id}: prevents a share of {share} of breaches{whose} where {support.when.text}{lasts}"


def _shift(shift: PowerShift, scenario: Scenario, names: Names) -> str:
    """Say what a breach would find changed, and who would have to be the one who breaks the deal."""
    root = ("durability", "power_shifts", shift.id)
    changes = []
    if shift.by is not None:
        by = f"{figure_words(shift.by, scenario)}{origin_of((*root, 'by'), scenario)}"
        changes.append(f"{names.within[shift.towards]} is likelier to win by {by}")
    for party, amount in shift.points:
        points = f"{figure_words(amount, scenario, 'points')}{origin_of((*root, 'points', party), scenario)}"
        changes.append(f"what no deal is worth to {names.within[party]} changes by {points}")
    whose = f" by {joined([names.within[party] for party in shift.if_broken_by])}" if shift.if_broken_by else ""
    return f"{shift.id}: after a breach{whose}, {joined(changes)}, where {shift.when.text}"


def _sacred(actor: Party, held: Sacred, scenario: Scenario, names: Names) -> _Line:
    """Say what is not for sale, what offends, what relieves and that no payment counts."""
    root = (*actor.path, "sacred", held.id)
    said = [f"{names.party[actor.id]}: {held.title or held.id}, violated unless {held.require.text}"]
    if held.material is not None:
        points = f"{figure_words(held.offence, scenario, 'points')}{origin_of((*root, 'offence'), scenario)}"
        said.append(f"then something material (where {held.material.text}) costs {points} more")
    if held.symbolic is not None:
        points = f"{figure_words(held.relief, scenario, 'points')}{origin_of((*root, 'relief'), scenario)}"
        said.append(f"the gesture {held.symbolic.text} gives {points} back")
    if scenario.side_payments is not None and actor.id in dict(scenario.side_payments.worth):
        said.append(f"no side payment to {names.within[actor.id]} counts then")
    return f"{'; '.join(said)}.", held.because


def _lever(mediator: Party, lever: Lever, scenario: Scenario, names: Names) -> Iterator[_Line]:
    """Say what a mediator can take from no deal, add to deals and guarantee."""
    root, target = (*mediator.path, "levers", lever.party), names.within[lever.party]
    who = names.party[mediator.id]
    if lever.stick != NOTHING:
        points = f"{figure_words(lever.stick, scenario, 'points')}{origin_of((*root, 'stick'), scenario)}"
        yield f"{who} takes {points} from what no deal is worth to {target}.", ""
    for carrot in lever.carrots:
        path = (*root, "carrots", carrot.id, "points")
        points = f"{figure_words(carrot.points, scenario, 'points')}{origin_of(path, scenario)}"
        yield f"{who} adds {points} for {target} where {carrot.when.text} ({carrot.id}).", carrot.because
    if lever.guarantee is not None:
        share = figure_words(lever.guarantee.credibility, scenario)
        of = origin_of((*root, "guarantee", "credibility"), scenario)
        where = f"where {lever.guarantee.when.text}"
        yield f"{who} prevents a share of {share}{of} of breaches by others than {target}, {where}.", ""
    if lever.because:
        yield f"{who}, on {target}: {lever.because}", ""


def _write_side_payments(page: Page, scenario: Scenario, names: Names) -> None:
    held = scenario.side_payments
    if held is None:
        return
    page.heading("Side payments")
    if held.about:
        page.paragraph(held.about)
    bound = f"{figure_words(held.at_most, scenario, held.currency)}{origin_of(('side_payments', 'at_most'), scenario)}"
    page.paragraph(f"At most {bound} in all. What a unit is worth, in points on each party's own scale:")
    page.pairs(
        (
            names.party[party],
            f"{figure_words(worth, scenario)}{origin_of(('side_payments', 'worth', party), scenario)}",
        )
        for party, worth in held.worth
    )


def _faith(party: Party, scenario: Scenario) -> _Line:
    assert party.good_faith is not None
    share = f"{figure_words(party.good_faith, scenario)}{origin_of((*party.path, 'good_faith'), scenario)}"
    return f"{party.title} negotiates in earnest with a probability of {share}.", ""
