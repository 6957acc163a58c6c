"""One deal as text: how often it is acceptable, how each party sees it, what all would prefer to it."""

from __future__ import annotations

from negsim.report.names import Names, actors_in_order, line_title
from negsim.report.page import Page
from negsim.report.phrases import (
    NO_FORECAST,
    acceptable_words,
    deal_headline,
    option_title,
    settings_line,
)
from negsim.report.text_deal_stakes import write_deal_stakes
from negsim.report.words import count, percent_with_interval, points, points_with_spread, short_percent
from negsim.scenario.types import Issue, Party, Scenario
from negsim.scenario.words import joined
from negsim.zone.deal_result import CrossedLine, DealResult, IssueLoss, PartyView, PreferredDeal

__all__ = ["write_deal"]

_NAME = 22
"""Columns for what a line says of a party."""


def write_deal(page: Page, result: DealResult, scenario: Scenario, version: str) -> None:
    """Put the finding on one deal on a page."""
    page.headline(deal_headline(result, scenario))
    page.paragraph(_accepted(result, scenario))
    page.paragraph(NO_FORECAST)
    page.blank()
    page.paragraph(scenario.title)
    page.heading("The deal")
    page.pairs((_issue(scenario, issue).title, _title(scenario, issue, option)) for issue, option in result.options)
    _write_parties(page, result, scenario)
    write_deal_stakes(page, result.stakes, scenario)
    _write_preferred(page, result, scenario)
    page.blank()
    page.paragraph(settings_line(result, version))


def _accepted(result: DealResult, scenario: Scenario) -> str:
    """Say how often each party accepts the deal, and whose acceptance it does not need."""
    by_actor = {view.party: short_percent(view.p_accept) for view in result.parties}
    names, order = Names(scenario).within, [actor.id for actor in actors_in_order(scenario) if actor.id in by_actor]
    asked = [f"{names[actor]} {by_actor[actor]}" for actor in order if actor in result.asked]
    others = [f"{names[actor]} ({by_actor[actor]})" for actor in order if actor not in result.asked]
    return f"Accepted by {', '.join(asked)}." + (f" Not asked: {', '.join(others)}." if others else "")


def _write_parties(page: Page, result: DealResult, scenario: Scenario) -> None:
    page.heading("How each party sees it")
    page.paragraph(
        "Points are on each party's own scale of 0 to 100 and do not compare between parties: the median, and in"
        " brackets the middle 80 % of worlds. What an issue costs is the mean over worlds, beside the party's best"
        " option on it."
    )
    views = {view.party: view for view in result.parties}
    names = Names(scenario).party
    for actor in actors_in_order(scenario):
        if actor.id not in views:
            continue
        page.blank()
        asked = "" if actor.id in result.asked else "; not asked"
        share = percent_with_interval(views[actor.id].p_accept)
        page.paragraph(f"{names[actor.id]}: accepts it in {share} of worlds{asked}", style="bold")
        page.pairs(_lines(views[actor.id], actor, scenario))


def _lines(view: PartyView, party: Party, scenario: Scenario) -> list[tuple[str, str]]:
    """Say line by line how a party sees the deal; what does not apply is left out."""
    lines = [] if party.by_lines_alone else [("over no deal", points_with_spread(view.gain))]
    if view.p_accept.estimate < 1:
        lines.append(("does not accept", _why_not(view)))
    if view.lacks is not None:
        lines.append(("where short, lacks", points_with_spread(view.lacks)))
    lines += [("gives up most on" if k == 0 else "", _loss(loss, scenario)) for k, loss in enumerate(view.losses)]
    lines += [("crosses" if k == 0 else "", _crossed(line, party)) for k, line in enumerate(view.crossed)]
    return [(name.ljust(_NAME), text) for name, text in lines]


def _why_not(view: PartyView) -> str:
    """Say what is in the way, in shares of all worlds; what never is, is left out."""
    reasons = (
        (view.p_short, "for want of points alone"),
        (view.p_line, "for a real red line alone"),
        (view.p_both, "for both"),
    )
    said = [f"{percent_with_interval(share)} {why}" for share, why in reasons if share.estimate > 0]
    return f"in {joined(said)}"


def _loss(loss: IssueLoss, scenario: Scenario) -> str:
    issue = _issue(scenario, loss.issue)
    best = "no option is best in most worlds" if loss.best is None else f"best: {option_title(issue, loss.best)}"
    return f"{issue.title}: {points(loss.points)} points ({best})"


def _crossed(line: CrossedLine, party: Party) -> str:
    real = f"“{line_title(party, line.red_line)}”, real in {percent_with_interval(line.p_real)} of worlds"
    if line.cost is None:
        return real
    if line.cost.p90 == 0:
        return f"{real}; crossing it costs nothing where it is a bluff"
    return f"{real}; where it is a bluff, crossing it costs {points_with_spread(line.cost)}"


def _write_preferred(page: Page, result: DealResult, scenario: Scenario) -> None:
    page.heading("Deals that all would prefer")
    page.paragraph(_how_sought(result))
    if result.preferred or result.best_other:
        page.blank()
    for rank, deal in enumerate(result.preferred, start=1):
        _write_other(page, deal, f"{rank}.", scenario)
    if result.best_other is not None:
        if result.preferred:
            page.blank()
        page.paragraph("Of the others, the one that all prefer most often:")
        _write_other(page, result.best_other, "-", scenario)


def _how_sought(result: DealResult) -> str:
    """Say what was looked for among which deals, and how many there are."""
    meant = (
        "All prefer a deal where nobody who has a say in either finds it worse, somebody finds it better, and it"
        " crosses no real red line of theirs."
    )
    others = count(result.n_compared, "other")
    among = f"the {others}" if result.most_changes is None else f"the {others} with at most {_changes(result)}"
    half = (
        "half of worlds"
        if result.n_chosen_on == result.n_worlds
        else f"half of the first {result.n_chosen_on:,} worlds"
    )
    if result.n_preferred == 0:
        return f"{meant} Of {among}, all prefer none in {half}."
    found = f"{meant} Of {among}, all prefer {result.n_preferred:,} in at least {half}"
    n_shown = len(result.preferred)
    if n_shown == result.n_preferred:
        return f"{found}."
    return f"{found}; shown {'is the one' if n_shown == 1 else f'are the {n_shown}'} with the fewest changes."


def _changes(result: DealResult) -> str:
    return count(result.most_changes or 0, "change")


def _write_other(page: Page, deal: PreferredDeal, mark: str, scenario: Scenario) -> None:
    """Say how often all prefer another deal, what changes, and what each gains by it."""
    names = Names(scenario).party
    gains = {gain.party: points_with_spread(gain.gain) for gain in deal.gains}
    page.item(
        f"All prefer it in {percent_with_interval(deal.p_preferred)} of worlds; it is {_suits(scenario)} in"
        f" {percent_with_interval(deal.p_in_zone)}. {count(deal.n_changes, 'change').capitalize()}:",
        mark,
    )
    page.pairs(
        ((_issue(scenario, issue).title, _title(scenario, issue, option)) for issue, option in deal.changes), indent=5
    )
    page.paragraph("Over the deal above:", 5)
    page.pairs(
        (
            (names[actor.id], gains[actor.id])
            for actor in actors_in_order(scenario)
            if actor.id in gains and not actor.by_lines_alone
        ),
        indent=5,
    )


def _suits(scenario: Scenario) -> str:
    """Say what makes a deal part of the zone, in the middle of a sentence."""
    words = acceptable_words(scenario)
    return f"{words}," if "," in words else words


def _title(scenario: Scenario, issue_id: str, option: str) -> str:
    return option_title(_issue(scenario, issue_id), option)


def _issue(scenario: Scenario, issue_id: str) -> Issue:
    return next(issue for issue in scenario.issues if issue.id == issue_id)
