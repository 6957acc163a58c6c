"""The sheet of one role in a match, as text: all that it may know before the talks, and nothing that others keep."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.report.names import Names, parties_in_order
from negsim.report.page import Page
from negsim.report.phrases import agreement_rule, choice_title, demand_words
from negsim.report.words import count
from negsim.scenario.types import Issue, IssueKind, Party
from negsim.scenario.words import joined, number_text
from negsim.teaching.playing.own import Own
from negsim.teaching.whole import FEW_LEVELS, bends_of

__all__ = ["issue_heading", "options_listed", "own_points", "points_words", "write_sheet"]

_POINTS = 24
"""Columns kept for points beside options."""

_FEW_AT_THE_PROMPT = 7
"""Levels of a numeric issue up to which each has its line where an option is asked for."""

_KINDS = {
    "alternating_offers": "By turns, one makes an offer and all others answer it at once.",
    "stacked_alternating_offers": "Each in turn answers the offer on the table, or makes another instead.",
    "monotonic_concession": "All make an offer at once, and nobody may ask for more than before; then each answers.",
    "single_text": (
        "A mediator changes one draft, one issue at a time; what all let pass becomes the draft, and in the last round"
        " all say yes or no to it."
    ),
    "take_it_or_leave_it": "One makes an offer, and it is taken or left.",
}


def own_points(value: float) -> str:
    """Write points: whole ones without decimals.

    >>> own_points(30.0), own_points(12.34), own_points(-0.001)
    ('30', '12.3', '0')
    """
    whole = round(value)
    return str(whole) if abs(value - whole) < 0.005 else f"{value:.1f}"


def points_words(value: float) -> str:
    """Say points with their noun.

    >>> points_words(1.0), points_words(2.5)
    ('1 point', '2.5 points')
    """
    text = own_points(value)
    return f"{text} point{'' if text == '1' else 's'}"


def write_sheet(page: Page, own: Own) -> None:
    """Put on a page all that the role may know before the talks."""
    scenario, party = own.match.scenario, own.match.party
    page.headline(f"{scenario.title}: you are {party.title}")
    if scenario.about:
        page.paragraph(scenario.about)
    _write_role(page, party)
    page.heading("What there is to settle, and what it is worth to you")
    for number, issue in enumerate(scenario.issues, 1):
        _write_issue(page, issue, own, number)
    _write_adjustments(page, party)
    page.blank()
    page.paragraph(
        "The points of a deal are the sum over its issues"
        + (", with what is added or taken away" if party.adjustments else "")
        + f". Without a deal you have {points_words(own.no_deal)}: that is your walk-away value. A deal worth less"
        " leaves you worse off than none."
    )
    _write_own_lines(page, party)
    _write_others(page, own)
    _write_rules(page, own)


def _write_role(page: Page, party: Party) -> None:
    sheet = party.sheet
    if not (party.about or sheet.story or sheet.interests or sheet.may_say):
        return
    page.heading("Your role")
    if party.about:
        page.paragraph(party.about)
    if sheet.story:
        page.paragraph(sheet.story)
    for title, items in (("What you care about:", sheet.interests), ("What you may tell the others:", sheet.may_say)):
        if items:
            page.paragraph(title)
            for one in items:
                page.item(one)


def _write_issue(page: Page, issue: Issue, own: Own, number: int) -> None:
    where = f" (arises only where {issue.when.text})" if issue.when is not None else ""
    page.item(f"{issue.title}{where}", f"{number}.")
    if issue.about:
        page.paragraph(issue.about, 5)
    rows = list(options_listed(issue, own.worth[issue.id]))
    page.pairs(rows, indent=5, widest=page.style.width - _POINTS)


def options_listed(
    issue: Issue, worth: tuple[float, ...], *, numbered: bool = False, arising: bool = False
) -> Iterator[tuple[str, str]]:
    """List the options of an issue, a long scale by where its worth bends, each with its points.

    What is long is as on a sheet on paper; where options are ``numbered``, to be asked for, less is long. Where it is
    known to be ``arising``, what it is worth if it does not is left out.
    """
    numeric = issue.kind is IssueKind.NUMERIC
    few = _FEW_AT_THE_PROMPT if numbered else FEW_LEVELS
    places = bends_of(worth[: len(issue.options)]) if numeric and len(issue.options) > few else None
    for k in range(len(issue.options) if arising else issue.n_choices):
        if places is not None and k < len(issue.options) and k not in places:
            continue
        mark = f"{k + 1}) " if numbered and not numeric and k < len(issue.options) else ""
        name = choice_title(issue, k) if k < len(issue.options) else "if it does not arise"
        yield f"{mark}{name}", points_words(worth[k])
    if places is not None:
        yield "between these", "in proportion"


def _write_adjustments(page: Page, party: Party) -> None:
    for adjustment in party.adjustments:
        amount = getattr(adjustment.amount, "value", 0.0)
        said = f"{points_words(abs(amount))} {'more' if amount >= 0 else 'less'} where {adjustment.when.text}"
        page.item(f"{said}. {adjustment.because}".rstrip())


def _write_own_lines(page: Page, party: Party) -> None:
    if not party.red_lines:
        return
    page.heading("Your red lines")
    for line in party.red_lines:
        page.item(f"{line.title or line.id} ({line.require.text})")
        cost = getattr(line.audience_cost, "value", 0.0)
        loses = f" It would cost you {points_words(cost)}." if cost else ""
        real = "You mean it: do not sign a deal that crosses it."
        bluff = f"You say so in public, but you could sign a deal that crosses it.{loses}"
        page.paragraph(real if line.firmness is None else bluff, 6)


def _write_others(page: Page, own: Own) -> None:
    scenario = own.match.scenario
    issues = {issue.id: issue for issue in scenario.issues}
    page.heading("What is known of the others")
    for party in parties_in_order(scenario):
        if party.id == own.match.party.id:
            continue
        page.item(f"{party.title}. {party.about}".rstrip())
        if party.consents_to is not None:
            page.paragraph(f"Must agree where {party.consents_to.text}.", 6)
        stated = [f"{issues[one.issue].title}: {demand_words(one, issues[one.issue])}" for one in party.demands]
        if stated:
            page.paragraph(f"Demands: {'; '.join(stated)}.", 6)
        lines = [f"{line.title or line.id} ({line.require.text})" for line in party.red_lines]
        if lines:
            page.paragraph(f"Calls a red line: {'; '.join(lines)}.", 6)
        for ratifier in party.ratifiers:
            at_home = [f"{line.title or line.id} ({line.require.text})" for line in ratifier.red_lines]
            calls = f" Calls a red line: {'; '.join(at_home)}." if at_home else ""
            page.paragraph(f"{ratifier.title} must agree at home.{calls}", 6)


def _write_rules(page: Page, own: Own) -> None:
    match, protocol = own.match, own.match.protocol
    page.heading("How the talks go")
    names = Names(match.scenario)
    order = [match.scenario.parties[k].id for k in match.order]
    rounds = count(match.n_rounds, "round")
    several = f", in {count(len(match.sittings), 'session')}" if len(match.sittings) > 1 else ""
    ends = "Talks may break down after any round. " if getattr(protocol.breakdown, "value", 0.0) > 0 else ""
    page.paragraph(
        f"{_KINDS[protocol.kind]} In this order: {joined([names.within[one] for one in order])}. There are"
        f" {rounds}{several}; then time is up, and there is no deal. {ends}{agreement_rule(match.scenario)}"
    )
    if match.has_calendar:
        page.paragraph(
            "What happens between the sessions can move what no deal is worth to you and to the others; what options"
            " are worth stays as it is."
        )
    if match.scenario.rules:
        page.heading("What goes together")
    for rule in match.scenario.rules:
        page.item(f"{rule.require.text}{f' ({rule.because.strip().rstrip(chr(46))})' if rule.because else ''}")


def issue_heading(issue: Issue, number: int, total: int) -> str:
    """Name an issue whose option is asked for."""
    steps = ""
    if issue.kind is IssueKind.NUMERIC and len(issue.levels) > 1:
        step = number_text(float(issue.levels[1] - issue.levels[0]))
        steps = f", {issue.options[0]} to {issue.options[-1]} in steps of {step}"
    return f"{number}/{total} {issue.title}{steps}"
