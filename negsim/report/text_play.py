"""A match while it goes on, as text: the own sheet, what is said at the table, what is asked, and hints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from negsim.report.names import Names, parties_in_order
from negsim.report.page import Page
from negsim.report.phrases import agreement_rule, choice_title, demand_words
from negsim.report.text_blocks import terms
from negsim.report.words import count
from negsim.scenario.types import IRRELEVANT, Issue, IssueKind, Party, Scenario
from negsim.scenario.words import joined, number_text
from negsim.teaching.playing.hints import Hint
from negsim.teaching.playing.own import Own, View
from negsim.teaching.playing.told import Question, Reply, Said

__all__ = [
    "deal_terms",
    "hint_sentence",
    "issue_heading",
    "options_listed",
    "own_points",
    "view_sentences",
    "write_history",
    "write_question",
    "write_said",
    "write_sheet",
]

_FEW_LEVELS = 7
"""Levels of a numeric issue up to which each has its line on the sheet."""

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


def deal_terms(options: tuple[tuple[str, str], ...], scenario: Scenario) -> list[tuple[str, str]]:
    """Name the options of a deal, without issues that do not arise."""
    return terms([pair for pair in options if pair[1] != IRRELEVANT], (), scenario)


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
    _write_adjustments(page, party, scenario)
    page.blank()
    page.paragraph(
        "The points of a deal are the sum over its issues"
        + (", with what is added or taken away" if party.adjustments else "")
        + f". Without a deal you have {own_points(own.no_deal)} points: that is your walk-away value. A deal worth less"
        " leaves you worse off than none."
    )
    _write_own_lines(page, party)
    _write_others(page, own)
    _write_rules(page, own)


def _write_role(page: Page, party: Party) -> None:
    page.heading("Your role")
    if party.about:
        page.paragraph(party.about)
    sheet = party.sheet
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
    widest = max(len(name) for name, _ in rows)
    page.pairs([(name, f"{points}") for name, points in rows], indent=5, widest=min(widest, page.style.width - 24))


def options_listed(
    issue: Issue, worth: tuple[float, ...], *, numbered: bool = False, arising: bool = False
) -> Iterator[tuple[str, str]]:
    """List the options of an issue, a long scale by where its worth bends, each with its points.

    Where it is known to be ``arising``, what it is worth if it does not is left out.
    """
    numeric = issue.kind is IssueKind.NUMERIC
    places = _bends(worth[: len(issue.options)]) if numeric and len(issue.options) > _FEW_LEVELS else None
    for k in range(len(issue.options) if arising else issue.n_choices):
        if places is not None and k < len(issue.options) and k not in places:
            continue
        mark = f"{k + 1}) " if numbered and not numeric and k < len(issue.options) else ""
        name = choice_title(issue, k) if k < len(issue.options) else "if it does not arise"
        yield f"{mark}{name}", f"{own_points(worth[k])} points"
    if places is not None:
        yield "between these", "in proportion"


def _bends(worth: tuple[float, ...]) -> set[int]:
    """Find the levels of an even scale between which points lie on straight lines."""
    last = len(worth) - 1
    return {0, last, *(k for k in range(1, last) if abs(worth[k - 1] - 2 * worth[k] + worth[k + 1]) > 1e-4)}


def _write_adjustments(page: Page, party: Party, scenario: Scenario) -> None:
    del scenario
    for adjustment in party.adjustments:
        amount = getattr(adjustment.amount, "value", 0.0)
        said = f"{own_points(abs(amount))} points {'more' if amount >= 0 else 'less'} where {adjustment.when.text}"
        page.item(f"{said}. {adjustment.because}".rstrip())


def _write_own_lines(page: Page, party: Party) -> None:
    if not party.red_lines:
        return
    page.heading("Your red lines")
    for line in party.red_lines:
        page.item(f"{line.title or line.id} ({line.require.text})")
        cost = getattr(line.audience_cost, "value", 0.0)
        loses = f" It would cost you {own_points(cost)} points." if cost else ""
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
    several = f", in {protocol.sessions} sessions of {protocol.rounds_a_session}" if protocol.sessions > 1 else ""
    ends = "Talks may break down after any round. " if getattr(protocol.breakdown, "value", 0.0) > 0 else ""
    page.paragraph(
        f"{_KINDS[protocol.kind]} In this order: {joined([names.within[one] for one in order])}. There are"
        f" {rounds}{several}; then time is up, and there is no deal. {ends}{agreement_rule(match.scenario)}"
    )
    for rule in match.scenario.rules:
        page.item(f"No deal without {rule.require.text}. {rule.because}".rstrip())


def view_sentences(view: View, own: Own) -> Iterator[str]:
    """Say what a deal is worth to the own party, and which own red lines it crosses."""
    gap = view.gain
    beside = (
        "as much as your walk-away value"
        if abs(gap) < 0.005
        else f"{own_points(abs(gap))} {'above' if gap > 0 else 'below'} your walk-away value"
    )
    yield f"Worth {own_points(view.points)} points to you, {beside}."
    names = Names(own.match.scenario)
    for line in view.real:
        yield f"It crosses your red line {names.red_line(own.match.party.id, line)}, and you mean that one."
    for line in view.bluffs:
        yield f"It crosses your red line {names.red_line(own.match.party.id, line)}, which is a bluff of yours."


def write_said(page: Page, said: Said, own: Own) -> None:
    """Tell the answers to an offer, and the offer itself unless the person made it or was asked about it."""
    names, me = Names(own.match.scenario), own.match.party.id
    if said.speaker not in ("", me) and all(reply.party != me for reply in said.replies):
        _write_offer(page, said.speaker, said.options, said.moved, own, first=said.moved == said.options)
    for reply in said.replies:
        if reply.party != me:
            page.paragraph(_reply_sentence(reply, names, own.match.scenario, draft=not said.speaker))


def write_history(page: Page, said: Iterable[Said], own: Own) -> None:
    """Tell again what was said: every offer with what is new in it, what it is worth to the person, and the answers."""
    scenario, me = own.match.scenario, own.match.party.id
    names = Names(scenario)
    for one in said:
        who = "You" if one.speaker == me else names.party.get(one.speaker, "The mediator")
        new = (
            "; ".join(f"{title}: {option}" for title, option in deal_terms(one.moved, scenario)) or "the same as before"
        )
        worth = own_points(own.view(one.options).points)
        page.item(f"{who}: {new} ({worth} points to you).", f"{one.round}.")
        for reply in one.replies:
            answer = "accepts" if reply.accepted else "refuses"
            if reply.party == me:
                page.paragraph(f"You {answer[:-1]}.", 4)
            else:
                page.paragraph(_reply_sentence(reply, names, scenario, draft=not one.speaker), 4)


def _write_offer(
    page: Page,
    speaker: str,
    options: tuple[tuple[str, str], ...],
    moved: tuple[tuple[str, str], ...],
    own: Own,
    *,
    first: bool,
) -> None:
    scenario = own.match.scenario
    name = Names(scenario).party[speaker]
    new = "; ".join(f"{title}: {option}" for title, option in terms(moved, (), scenario))
    if first:
        page.paragraph(f"{name} offers:")
        page.pairs(deal_terms(options, scenario))
    elif not new:
        page.paragraph(f"{name} stays with its offer.")
    else:
        rest = "" if len(moved) == len(options) else "; all else as before"
        page.paragraph(f"{name} now offers {new}{rest}.")
    page.paragraph(" ".join(view_sentences(own.view(options), own)))


def _reply_sentence(reply: Reply, names: Names, scenario: Scenario, *, draft: bool) -> str:
    name = names.party[reply.party]
    if reply.accepted:
        return f"{name} {'lets it pass' if draft else 'accepts'}."
    refuses = f"{name} {'holds it up' if draft else 'refuses'}"
    away = ", though not at the table" if reply.away else ""
    if reply.lines:
        lines = joined([names.red_line(reply.party, line) for line in reply.lines])
        return f"{refuses}{away}: it crosses what it calls its red line{'' if len(reply.lines) == 1 else 's'} {lines}."
    if not reply.wants:
        return f"{refuses}{away}: it is below what they need."
    title = next(issue.title for issue in scenario.issues if issue.id == reply.wants)
    first = " first of all" if len(scenario.issues) > 1 else ""
    return f"{refuses}{away}: it is below what they need, and they want movement on “{title}”{first}."


def write_question(page: Page, question: Question, own: Own) -> None:
    """Say whose turn it is, how much time is left, and what is on the table."""
    scenario = own.match.scenario
    page.heading(_when(question, own))
    if question.kind == "offer":
        page.paragraph("It is your turn to make an offer.")
        return
    if question.kind == "draft":
        changed = tuple(pair for pair in question.options if pair not in question.before)
        new = "; ".join(f"{title}: {option}" for title, option in terms(changed, (), scenario))
        page.paragraph("The draft so far:")
        page.pairs(deal_terms(question.before, scenario))
        page.paragraph(" ".join(view_sentences(own.view(question.before), own)))
        page.paragraph(f"The mediator would change: {new}.")
        page.paragraph(" ".join(view_sentences(own.view(question.options), own)))
        return
    if not question.speaker:
        page.paragraph("The mediator puts the draft to all:")
        page.pairs(deal_terms(question.options, scenario))
        page.paragraph(" ".join(view_sentences(own.view(question.options), own)))
        return
    earlier = dict(question.earlier).get(question.speaker, ())
    moved = tuple(pair for pair in question.options if pair not in earlier)
    _write_offer(page, question.speaker, question.options, moved, own, first=not earlier)


def _when(question: Question, own: Own) -> str:
    match = own.match
    session = (
        f"Session {question.session} of {match.protocol.sessions}, round" if match.protocol.sessions > 1 else "Round"
    )
    left = "the last one" if not question.rounds_left else f"{count(question.rounds_left, 'round')} left after it"
    return f"{session} {question.round} of {match.n_rounds} ({left})"


_HINTS = {
    "final": "Nothing can be said after this answer: take it if it beats having no deal.",
    "last_round": "This is the last round: what is not agreed now is not agreed at all.",
    "next_to_last": "One round is left after this one. Who speaks in it, and who only answers?",
    "refuse_this": "No deal is better for you than this one.",
    "as_good_as_yours": "{party} offers you no less than your own last offer would give you.",
    "adviser_accepts": "A negotiator with the tactic of your file would take this now. You may want more.",
    "adviser_asks": "A negotiator with the tactic of your file would ask for about {points} points now.",
    "trade": (
        "{party} wants movement on “{issue}”, which carries few points for you. What could you ask for in return on"
        " “{other}”?"
    ),
    "stands_still": "Your last {points} offers were the same. Is there an issue that costs you little?",
    "less_than_offered": "{party} has already offered you a deal that is {points} points better for you than this one.",
    "equal_to_offered": "{party} has already offered you a deal that is worth as much to you as this one.",
    "crosses_stated": "{party} calls {line} a red line. It may be real or a bluff: what do you lose if it is real?",
    "offered_more_before": (
        "{party} has refused an offer of yours that met more of its demands. Why should it take this one?"
    ),
}


def hint_sentence(hint: Hint, own: Own) -> str:
    """Say a hint."""
    scenario = own.match.scenario
    names, titles = Names(scenario), {issue.id: issue.title for issue in scenario.issues}
    kind = "equal_to_offered" if hint.kind == "less_than_offered" and not hint.points else hint.kind
    return _HINTS[kind].format(
        party=names.party.get(hint.party, hint.party),
        points=own_points(abs(hint.points)),
        issue=titles.get(hint.issue, ""),
        other=titles.get(hint.other, ""),
        line=names.red_line(hint.party, hint.other) if kind == "crosses_stated" else "",
    )


def issue_heading(issue: Issue, number: int, total: int) -> str:
    """Name an issue whose option is asked for."""
    steps = ""
    if issue.kind is IssueKind.NUMERIC and len(issue.levels) > 1:
        step = number_text(float(issue.levels[1] - issue.levels[0]))
        steps = f", {issue.options[0]} to {issue.options[-1]} in steps of {step}"
    return f"{number}/{total} {issue.title}{steps}"
