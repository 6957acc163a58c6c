"""The zone report as text: the finding first, then robust deals, what moves it, and options issue by issue."""

from __future__ import annotations

from collections.abc import Sequence, Set

from negsim.bargaining.result import BargainResult
from negsim.report.columns import GAP, PartyHeadings, party_headings
from negsim.report.names import Names, actors_in_order, parties_in_order
from negsim.report.page import Column, Page
from negsim.report.phrases import (
    NO_FORECAST,
    headline,
    option_title,
    settings_line,
    size_sentence,
)
from negsim.report.text_bargain import write_bargain_briefly
from negsim.report.text_blocks import chief_block, write_blocks
from negsim.report.text_durability import write_durability
from negsim.report.text_frontier import write_frontier
from negsim.report.text_moves import write_moves
from negsim.report.text_solutions import write_solutions
from negsim.report.text_stakes import write_at_home, write_no_deal_stakes, write_pushes
from negsim.report.text_talks import write_talks_briefly
from negsim.report.words import count, evenly, exact_percent, percent_with_interval, short_percent
from negsim.scenario.types import Issue, IssueKind, Scenario
from negsim.scenario.words import joined
from negsim.talks.result import TalksResult
from negsim.zone.frontiers_result import Frontier
from negsim.zone.result import Deal, NearDeals, OptionFinding, ZoneResult

__all__ = ["write_zone"]

_MOST_OPTIONS = 12
_INDENT = 2
_BAR = 8
_PERCENT = 5
_FAIR_OPTION, _NARROWEST_OPTION = 24, 12

TOO_MANY = (
    "What blocks, and what solutions would choose, is left out: there are too many combinations to look at for so many"
    " parties."
)

PRIOR_ZONE = (
    "This zone is prior to what was observed of the talks: here every world counts alike. negsim talks weighs worlds by"
    " how well they fit it."
)

NO_PAYMENTS = "Side payments are left out: where a quorum decides, who would have to be paid differs from deal to deal."

NO_SOLUTIONS = "What solutions would choose is left out: where a quorum decides, who signs differs from deal to deal."


def write_zone(
    page: Page,
    result: ZoneResult,
    scenario: Scenario,
    version: str,
    frontier: Frontier | None = None,
    bargaining: BargainResult | None = None,
    talks: TalksResult | None = None,
) -> None:
    """Put a zone analysis on a page, with a frontier where one was asked for; in short how bargaining and talks go."""
    chief = chief_block(result.blocks, scenario) if result.blocks else ""
    page.headline(f"{headline(result, scenario)} {chief}".rstrip())
    page.paragraph(NO_FORECAST)
    if scenario.talks is not None and scenario.talks.observed:
        page.paragraph(PRIOR_ZONE)
    page.blank()
    page.paragraph(scenario.title)
    space = f"{count(result.n_issues, 'issue')}, {count(result.n_outcomes, 'possible outcome')}."
    page.paragraph(f"{space} {size_sentence(result)}")
    if result.deals:
        _write_deals(page, result, scenario)
    write_durability(page, result.stakes, scenario)
    if result.blocks:
        write_blocks(page, result.blocks, result.n_worlds, scenario)
    else:
        page.blank()
        page.paragraph(TOO_MANY)
    write_at_home(page, result.stakes, scenario)
    write_no_deal_stakes(page, result.stakes, scenario)
    write_pushes(page, result.stakes, scenario)
    if scenario.agreement.quorum is not None:
        page.blank()
        page.paragraph(NO_SOLUTIONS)
        if scenario.side_payments is not None:
            page.paragraph(NO_PAYMENTS)
    write_solutions(page, result.solutions, scenario, result.questions.weights)
    if frontier is not None:
        write_frontier(page, frontier, scenario)
    if bargaining is not None:
        write_bargain_briefly(page, bargaining, scenario)
    if talks is not None:
        write_talks_briefly(page, talks, scenario)
    write_moves(page, result, scenario)
    _write_options(page, result, scenario)
    page.blank()
    page.paragraph(settings_line(result, version))


def _write_deals(page: Page, result: ZoneResult, scenario: Scenario) -> None:
    """Say the first deal in full and the next as differences from it."""
    page.heading("Robust deals")
    first, *others = result.deals
    page.paragraph(_how_chosen(result))
    titles = {issue.id: issue.title for issue in scenario.issues}
    page.blank()
    page.item(f"{percent_with_interval(first.p_in_zone)} of worlds. {_accepted(first, scenario)}", "1.")
    page.pairs(((titles[issue], _title(scenario, issue, option)) for issue, option in first.options), indent=5)
    for rank, deal in enumerate(others, start=2):
        share = percent_with_interval(deal.p_in_zone)
        page.item(f"{share} of worlds; {_adds(deal, rank)}. {_accepted(deal, scenario)}", f"{rank}.")
        page.paragraph("As deal 1, but", 5)
        page.pairs(_differences(deal, first, scenario), indent=5)
    near = result.near
    if near.n_outcomes > 1:
        page.blank()
        page.paragraph(
            f"{count(near.n_outcomes, 'outcome')} are as robust as deal 1 within its interval. {_shared(near)}"
        )
        page.pairs(((titles[issue], _title(scenario, issue, option)) for issue, option in near.common), indent=2)


def _how_chosen(result: ZoneResult) -> str:
    if len(result.deals) == 1:
        return "The deal that is in the zone in most worlds."
    of_those = "" if result.enumerated else " of all that were looked at"
    return (
        f"Deal 1 is in the zone in most worlds{of_those}; each further one is the deal most often in it where none"
        f" above is. At least one of them is in {percent_with_interval(result.p_covered)} of worlds."
    )


def _adds(deal: Deal, rank: int) -> str:
    if deal.p_new.estimate == 0:
        return "always with one above"
    return f"{percent_with_interval(deal.p_new)} where {'deal 1 is not' if rank == 2 else 'none above is'}"


def _shared(near: NearDeals) -> str:
    """Introduce what the outcomes about as robust as the first have in common."""
    if not near.common:
        return "They have no term in common."
    return "They have these terms in common; on the other issues deal 1 may be chance:"


def _differences(deal: Deal, first: Deal, scenario: Scenario) -> list[tuple[str, str]]:
    titles = {issue.id: issue.title for issue in scenario.issues}
    return [
        (titles[issue], _title(scenario, issue, option))
        for (issue, option), before in zip(deal.options, first.options, strict=True)
        if (issue, option) != before
    ]


def _title(scenario: Scenario, issue_id: str, option: str) -> str:
    return option_title(_issue(scenario, issue_id), option)


def _issue(scenario: Scenario, issue_id: str) -> Issue:
    return next(issue for issue in scenario.issues if issue.id == issue_id)


def _accepted(deal: Deal, scenario: Scenario) -> str:
    """Say how often each party accepts a deal, and whose acceptance it does not need."""
    by_actor = {share.party: short_percent(share.p_accept) for share in deal.parties}
    names, order = Names(scenario).within, [actor.id for actor in actors_in_order(scenario) if actor.id in by_actor]
    asked = [f"{names[actor]} {by_actor[actor]}" for actor in order if actor in deal.asked]
    others = [f"{names[actor]} ({by_actor[actor]})" for actor in order if actor not in deal.asked]
    return f"Accepted by {', '.join(asked)}." + (f" Not asked: {', '.join(others)}." if others else "")


def _write_options(page: Page, result: ZoneResult, scenario: Scenario) -> None:
    """Set one small table an issue, all with the same columns and the headings once."""
    parties = _headings(scenario, page.style.width)
    page.heading("Options, issue by issue")
    zones = "Zones: of the worlds with a zone, how many have some deal with the option in it."
    if not result.enumerated:
        zones += " Of issues that no condition names this is not known (?), as they were merged."
    if parties.headings:
        page.paragraph(
            f"{zones} Parties: the percentage of all worlds in which each accepts some outcome with the option,"
            " whatever the others say."
        )
    else:
        page.paragraph(f"{zones} The columns of {len(result.parties)} parties do not fit here; --format csv has them.")
    if parties.legend:
        page.paragraph(f"{parties.legend}.")
    columns = _option_columns(parties, page.style.width)
    order = [party.id for party in parties_in_order(scenario)]
    page.blank()
    page.table(columns, [], indent=_INDENT)
    for issue in scenario.issues:
        found = [option for option in result.options if option.issue == issue.id]
        shown = _most_telling(found, issue, {dict(deal.options)[issue.id] for deal in result.deals})
        page.paragraph(_issue_heading(issue), style="bold")
        page.table(
            columns,
            [_option_row(page, option, issue, order[: len(parties.headings)]) for option in shown],
            indent=_INDENT,
            header=False,
        )
        if len(shown) < len(found):
            page.paragraph(_left_out(found, shown, issue), _INDENT)


def _issue_heading(issue: Issue) -> str:
    return issue.title if issue.when is None else f"{issue.title} (arises where {issue.when.text})"


def _headings(scenario: Scenario, width: int) -> PartyHeadings:
    """Fit the parties beside option titles of a fair width, or of a narrow one; too many parties have no columns."""
    titles = [party.title for party in parties_in_order(scenario)]
    room = width - _INDENT - _BAR - _PERCENT - 2 * GAP
    for option in (_FAIR_OPTION, _NARROWEST_OPTION):
        fitted = party_headings(titles, room - option)
        if fitted.total_width <= room - option:
            return fitted
    return PartyHeadings((), ())


def _option_columns(parties: PartyHeadings, width: int) -> list[Column]:
    option = width - _INDENT - _BAR - _PERCENT - 2 * GAP - parties.total_width
    return [
        Column("Option", width=option),
        Column("Zones", bars=True, width=_BAR),
        Column("", figures=True, width=_PERCENT),
        *(Column(title, figures=True, width=w) for title, w in zip(parties.headings, parties.widths, strict=True)),
    ]


def _option_row(page: Page, found: OptionFinding, issue: Issue, parties: Sequence[str]) -> list[str]:
    share = found.share_of_zones
    drawn = ["", _unknown(found)] if share is None else [page.bar(share.estimate, _BAR), short_percent(share)]
    accepted = {item.party: exact_percent(item.p_accept.estimate, 0) for item in found.parties}
    return [option_title(issue, found.option), *drawn, *(accepted[party] for party in parties)]


def _unknown(found: OptionFinding) -> str:
    return "none" if found.p_in_zone is not None else "?"


def _often(found: OptionFinding) -> float:
    """Give the share of worlds with the option in the zone; 1 where nobody looked."""
    return 1.0 if found.p_in_zone is None else found.p_in_zone.estimate


def _most_telling(found: Sequence[OptionFinding], issue: Issue, in_deals: Set[str]) -> list[OptionFinding]:
    """Keep a long list readable: what the deals hold, and of the options with a zone as many as there is room for."""
    if len(found) <= _MOST_OPTIONS:
        return list(found)
    kept = [k for k, option in enumerate(found) if option.option in in_deals][:_MOST_OPTIONS]
    any_zone = [k for k, option in enumerate(found) if _often(option) > 0] or list(range(len(found)))
    others = [k for k in any_zone if k not in kept]
    room = _MOST_OPTIONS - len(kept)
    if issue.kind is IssueKind.CATEGORICAL:
        more = sorted(others, key=lambda k: (-_often(found[k]), k))[:room]
    else:
        more = evenly(others, room)
    return [found[k] for k in sorted([*kept, *more])]


def _left_out(found: Sequence[OptionFinding], shown: Sequence[OptionFinding], issue: Issue) -> str:
    """Say how many options are not shown, and which."""
    noun = "option" if issue.kind is IssueKind.CATEGORICAL else "level"
    hidden = [option for option in found if option not in shown]
    n_without = sum(_often(option) == 0 for option in hidden)
    others = len(hidden) - n_without
    which = "less frequent" if issue.kind is IssueKind.CATEGORICAL else "between those shown"
    kinds = [f"{n:,} {what}" for n, what in ((n_without, "in no zone"), (others, which)) if n]
    return f"({len(shown)} of {count(len(found), noun)}. Left out: {joined(kinds)}; --format csv has all.)"
