"""Coaching: what a person could notice without looking at anybody else's cards.

Hints know the own sheet, what was said at the table and what everybody has stated. Of the points of others they know
nothing, so none can give a threshold away.
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.records import dataclass
from negsim.teaching.playing.match import Options
from negsim.teaching.playing.own import Own, View
from negsim.teaching.playing.told import Question, Reply, Said, State

__all__ = ["Hint", "hints_on_offer", "hints_on_question"]

_STILL = 3
"""Own offers that do not move before that is remarked on."""

_CHEAP = 0.34
"""An issue that carries less than this share of the weightiest one is cheap to give."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One remark: its kind, which says what it is about, and who, which issue, which figure."""

    kind: str
    party: str = ""
    issue: str = ""
    other: str = ""
    points: float = 0.0


def hints_on_question(own: Own, state: State) -> tuple[Hint, ...]:
    """Remark on how things stand when the person is asked for a move."""
    question = state.question
    if question is None:
        return ()
    return (
        *_on_time(question),
        *_on_what_is_offered(own, question),
        *_on_refusals(own, state),
        *_on_stillness(own, state),
    )


def _on_time(question: Question) -> Iterator[Hint]:
    if question.kind == "final":
        yield Hint("final")
    elif question.rounds_left == 0:
        yield Hint("last_round")
    elif question.rounds_left == 1:
        yield Hint("next_to_last")


def _on_what_is_offered(own: Own, question: Question) -> Iterator[Hint]:
    if question.kind in ("answer", "final"):
        there = own.view(question.options)
        if not there.is_acceptable:
            yield Hint("refuse_this", party=question.speaker, points=there.gain)
        elif question.last and there.points >= own.view(question.last).points:
            yield Hint("as_good_as_yours", party=question.speaker, points=there.points)
        elif question.advice is not None and there.gain >= question.advice:
            yield Hint("adviser_accepts", party=question.speaker)
    if question.kind == "offer" and question.advice is not None:
        yield Hint("adviser_asks", points=own.no_deal + question.advice)


def _on_refusals(own: Own, state: State) -> Iterator[Hint]:
    """Remark on an issue on which another wants movement and that costs the person little, and what to ask for it."""
    question = state.question
    if question is None or question.kind != "offer":
        return
    spread = {issue: max(points) - min(points) for issue, points in own.worth.items()}
    dear = max(spread, key=lambda issue: spread[issue])
    for reply in _last_replies(own, state.said):
        if reply.wants and spread[reply.wants] <= _CHEAP * spread[dear]:
            yield Hint("trade", party=reply.party, issue=reply.wants, other=dear)


def _last_replies(own: Own, said: tuple[Said, ...]) -> tuple[Reply, ...]:
    mine = [one for one in said if one.speaker == own.match.party.id]
    return mine[-1].replies if mine else ()


def _on_stillness(own: Own, state: State) -> Iterator[Hint]:
    question = state.question
    mine = [one.options for one in state.said if one.speaker == own.match.party.id]
    if question is not None and question.kind == "offer" and len(mine) >= _STILL and len(set(mine[-_STILL:])) == 1:
        yield Hint("stands_still", points=float(_STILL))


def hints_on_offer(own: Own, state: State, options: Options) -> tuple[Hint, ...]:
    """Remark on an offer that the person is about to make."""
    question = state.question
    view = own.view(options)
    return (*_on_worth(own, view, question), *_on_having_offered_more(own, state, options))


def _on_worth(own: Own, view: View, question: Question | None) -> Iterator[Hint]:
    offers = () if question is None else question.offers
    for party, other in offers:
        there = own.view(other)
        if there.is_acceptable and there.points >= view.points:
            yield Hint("less_than_offered", party=party, points=there.points - view.points)
    if view.stated:
        party, line = view.stated[0]
        yield Hint("crosses_stated", party=party, other=line)


def _on_having_offered_more(own: Own, state: State, options: Options) -> Iterator[Hint]:
    """Remark that an earlier offer met more of what another has stated, and was refused."""
    for party in own.match.others:
        now = _meets(own, party.id, options)
        earlier = [
            one.options
            for one in state.said
            if one.speaker == own.match.party.id
            and any(reply.party == party.id and not reply.accepted for reply in one.replies)
        ]
        if any(_meets(own, party.id, offer) > now for offer in earlier):
            yield Hint("offered_more_before", party=party.id)


def _meets(own: Own, party: str, options: Options) -> frozenset[str]:
    """Name the issues on which a deal meets what a party has stated that it demands."""
    scenario = own.match.scenario
    issues, held = {issue.id: issue for issue in scenario.issues}, dict(options)
    stating = next(one for one in scenario.parties if one.id == party)
    return frozenset(
        demand.issue
        for demand in stating.demands
        if held[demand.issue] in issues[demand.issue].options
        and issues[demand.issue].options.index(held[demand.issue]) in demand.met_by
    )
