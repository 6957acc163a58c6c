"""A match while it goes on, as text: what is said at the table, what is asked of the person, and hints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from negsim.report.days import day_words, span_words
from negsim.report.names import Names
from negsim.report.page import Page
from negsim.report.text_blocks import terms
from negsim.report.text_play_sheet import own_points, points_words
from negsim.report.words import count
from negsim.scenario.types import IRRELEVANT, Scenario
from negsim.scenario.words import joined
from negsim.teaching.playing.hints import Hint
from negsim.teaching.playing.own import Own, View
from negsim.teaching.playing.told import Question, Reply, Said

__all__ = [
    "deal_terms",
    "hint_sentence",
    "view_sentences",
    "write_history",
    "write_question",
    "write_said",
    "write_sitting",
]


def deal_terms(options: tuple[tuple[str, str], ...], scenario: Scenario) -> list[tuple[str, str]]:
    """Name the options of a deal, without issues that do not arise."""
    return terms([pair for pair in options if pair[1] != IRRELEVANT], (), scenario)


def view_sentences(view: View, own: Own) -> Iterator[str]:
    """Say what a deal is worth to the own party, and which own red lines it crosses."""
    gap = view.gain
    beside = (
        "as much as your walk-away value"
        if abs(gap) < 0.005
        else f"{own_points(abs(gap))} {'above' if gap > 0 else 'below'} your walk-away value"
    )
    yield f"Worth {points_words(view.points)} to you, {beside}."
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
            page.paragraph(_reply_sentence(reply, names, own.match.scenario, draft=_is_draft(said, own)))


def _is_draft(said: Said, own: Own) -> bool:
    """Tell whether a mediator asks to let a change pass, and not for a yes or a no."""
    return not said.speaker and said.round < own.match.n_rounds


def write_history(page: Page, said: Iterable[Said], own: Own) -> None:
    """Tell again what was said: every offer with what is new in it, what it is worth to the person, and the answers."""
    scenario, me = own.match.scenario, own.match.party.id
    names = Names(scenario)
    for one in said:
        who = "You" if one.speaker == me else names.party.get(one.speaker, "The mediator")
        new = (
            "; ".join(f"{title}: {option}" for title, option in deal_terms(one.moved, scenario)) or "the same as before"
        )
        worth = points_words(own.view(one.options).points)
        mark = f"{one.round}."
        page.item(f"{who}: {new} ({worth} to you).", mark)
        for reply in one.replies:
            answer = "accepts" if reply.accepted else "refuses"
            if reply.party == me:
                page.paragraph(f"You {answer[:-1]}.", len(mark) + 3)
            else:
                page.paragraph(_reply_sentence(reply, names, scenario, draft=_is_draft(one, own)), len(mark) + 3)


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


def write_sitting(page: Page, own: Own, place: int, before: float) -> None:
    """Open a session: when and where it is, what happened before it, and how that moves the own walk-away value.

    Nothing where there is no calendar. ``before`` is what no deal was worth so far.
    """
    sittings = own.match.sittings
    sitting = sittings[place]
    if sitting.day is None:
        return
    page.heading(f"Session {place + 1} of {len(sittings)} ({count(sitting.n_rounds, 'round')})")
    venue = f", in {sitting.venue}" if sitting.venue else ""
    page.paragraph(f"{sitting.title[0].upper()}{sitting.title[1:]}{venue}, {day_words(sitting.day)}.")
    for lost in sitting.lost:
        page.item(f"{day_words(lost)}: the sides met, spoke of different things, and nothing moved.")
    for news in sitting.news:
        often = "" if news.times == 1 else f", {news.times} times"
        when = day_words(news.first) if news.first == news.last else span_words(news.first, news.last)
        page.item(f"{news.title}{often} ({when}).")
    if abs(own.no_deal - before) >= _TOLD:
        page.paragraph(f"Your walk-away value is now {points_words(own.no_deal)} ({own_points(before)} before).")


_TOLD = 0.005
"""Points by which the walk-away value must move to be told."""


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
        page.paragraph(f"The mediator would change: {new}. Do you accept the change?")
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
    several = len(match.sittings) > 1
    session = f"Session {question.session} of {len(match.sittings)}, round" if several else "Round"
    left = "the last one" if not question.rounds_left else f"{count(question.rounds_left, 'round')} left after it"
    return f"{session} {question.round} of {match.n_rounds} ({left})"


_HINTS = {
    "final": "Nothing can be said after this answer: take it if it beats having no deal.",
    "last_round": "This is the last round: what is not agreed now is not agreed at all.",
    "next_to_last": "One round is left after this one. Who speaks in it, and who only answers?",
    "refuse_this": "Having no deal would be better for you than this one.",
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
