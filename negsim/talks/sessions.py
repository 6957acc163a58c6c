"""Holding a session: who sits there, what is offered and agreed, and what was seen of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena, Rules, Seat
from negsim.bargaining.beliefs import Belief
from negsim.bargaining.deals import gains_of
from negsim.bargaining.judging import holds_at_home
from negsim.bargaining.play import play_session
from negsim.bargaining.seating import BREAKS_DOWN, breakdown_round, drafts, lay_table, open_deals, seat_party
from negsim.bargaining.stops import Stop
from negsim.bargaining.table import breakdown_of
from negsim.bargaining.talk import Talk
from negsim.model.values import UNITS_PER_POINT
from negsim.talks.counsel import hear_counsel
from negsim.talks.course import Course
from negsim.talks.happenings import Schedule, follow
from negsim.talks.partial import conclude_partials
from negsim.talks.plan import Meeting
from negsim.talks.pressure import times_of_session
from negsim.talks.standing import Standing, stand_on
from negsim.talks.zones import note_zone

__all__ = ["hold_session", "seat_session"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Count = NDArray[np.intp]


_SOME = 0.5
"""The share of worlds that still talk below which the others are left out of the tables."""


def hold_session(course: Course, place: int, schedule: Schedule) -> None:
    """Hold the meeting at a place of the plan, in all worlds that still talk."""
    meeting = course.plan.meetings[place]
    if meeting.observed is not None:
        # There was a session, so there was none that had ended talks before.
        course.weigh(meeting.observed.id, np.where(course.alive, 0.0, -np.inf))
    concluded = course.plan.saw_partial_at(meeting)
    if concluded is not None:
        course.weigh(concluded.id, np.where(course.alive, 0.0, -np.inf))
    here = course.alive
    if not np.any(here):
        return
    standing = stand_on(course, meeting.day)
    course.held[:, place] = here
    course.mismatch[:, place] = here & _talk_past_each_other(course, meeting)
    arena = seat_session(course, place, standing, here) if meeting.n_rounds else None
    note_zone(course, place, standing, arena)
    if arena is not None:
        _talk(course, place, standing, arena)
    course.went_on[:, place] = course.alive
    _note_trust(course, place, standing)
    if course.listener is not None:
        course.listener.met(course, place, standing)
    conclude_partials(course, meeting, standing, here & ~course.mismatch[:, place], schedule)
    follow(course, meeting.session.id, meeting.day, here.astype(np.intp), schedule)


def _p_mismatch(course: Course, meeting: Meeting) -> Array:
    """Give the probability that the sides of a session talk past each other: (world,)."""
    paths = [(*meeting.path, "mismatch")]
    paths += [("talks", "envoys", envoy.id, "sidesteps") for _, envoy in meeting.envoys if envoy is not None]
    understood = [1 - course.changing.value(path, meeting.day) for path in paths]
    return 1 - reduce(np.multiply, understood)


def _talk_past_each_other(course: Course, meeting: Meeting) -> Mask:
    seen = course.plan.saw_partial_at(meeting)
    if seen is not None and not meeting.n_rounds:
        # Who agreed on something did not talk past each other.
        with np.errstate(divide="ignore"):
            course.weigh(seen.id, np.log1p(-_p_mismatch(course, meeting)))
        return np.zeros(course.n_worlds, np.bool_)
    uniform = course.steps(*meeting.path, "mismatch", str(meeting.number))
    return np.asarray(uniform < _p_mismatch(course, meeting))


def _talk(course: Course, place: int, standing: Standing, arena: Arena) -> None:
    """Let the parties bargain over a settlement for the rounds of a session."""
    meeting = course.plan.meetings[place]
    is_first = course.talk is None
    talk = _sit_down(course, arena)
    if hear_counsel(course, meeting, arena) or not is_first:
        talk.reseat(arena)
    if course.listener is not None:
        course.listener.sits_down(course, standing, arena)
        talk.listener = course.listener.hears
    talk.round = _first_round(course, place)
    before, believed = talk.remember(), talk.beliefs
    apart = course.mismatch[talk.world, place]
    if meeting.observed is None:
        talk.sit_out(apart)
    play_session(talk, meeting.n_rounds)
    # Who sits out hears nothing to leave for.
    _learn(course, talk, arena)
    if meeting.observed is None:
        talk.sit_in()
        played = talk.world[~apart]
        course.endured[played] += meeting.n_rounds * _log_survival(standing)[played]
    else:
        apart = _condition(course, place, talk, standing)
        talk.undo(before, apart)
    talk.beliefs = [_merged(old, new, apart) for old, new in zip(believed, talk.beliefs, strict=True)]
    if course.listener is not None:
        course.listener.learns(course)
    _close(course, place, standing, arena, talk)


def _first_round(course: Course, place: int) -> int:
    return sum(meeting.n_rounds for meeting in course.plan.meetings[:place])


def _sit_down(course: Course, arena: Arena) -> Talk:
    """Give the talks of a course, begun at their first session."""
    if course.talk is None:
        course.talk = Talk(arena, keeps_ended=True)
        course.talk.end(~course.alive, Stop.DEADLINE)
        course.talk.drop_ended()
    return course.talk


def _learn(course: Course, talk: Talk, arena: Arena) -> None:
    if arena.rules.learns:
        talk.learn()
    talk.let_leave()


def _condition(course: Course, place: int, talk: Talk, standing: Standing) -> Mask:
    """Weigh worlds by a session that was seen to end without a settlement; tell where its sides talked past each other.

    Where a session would have ended talks, it must have been so, with the probability that it was. Elsewhere it was so
    as drawn, and if not, talks did not break down in any of its rounds.
    """
    meeting = course.plan.meetings[place]
    assert meeting.observed is not None
    # Where talks were over before, there was no session.
    ended = ~talk.going & course.alive[talk.world]
    drawn = course.mismatch[talk.world, place]
    likelihood = np.zeros(course.n_worlds)
    went_on = meeting.n_rounds * _log_survival(standing)[talk.world]
    with np.errstate(divide="ignore"):
        apart = np.log(_p_mismatch(course, meeting)[talk.world])
    likelihood[talk.world] = np.where(ended, apart, np.where(drawn, 0.0, went_on))
    course.weigh(meeting.observed.id, likelihood)
    course.mismatch[talk.world, place] |= ended
    return np.asarray(drawn | ended)


def _log_survival(standing: Standing) -> Array:
    """Give the logarithm of the probability that talks do not break down after a round: (world,)."""
    with np.errstate(divide="ignore"):
        return np.log1p(-breakdown_of(standing.draws))


def _breaks_down(course: Course, place: int, standing: Standing) -> Array:
    """Say after which round talks break down, by how likely that is now and all that they have endured: (world,)."""
    if course.plan.meetings[place].observed is not None:
        # What is seen to have gone on has not broken down.
        return np.full(course.n_worlds, np.inf)
    round = breakdown_round(breakdown_of(standing.draws), course.steps(*BREAKS_DOWN), course.endured)
    return _first_round(course, place) + round


def _merged(old: Belief, new: Belief, keep: Mask) -> Belief:
    """Keep an old belief where it is so marked, (live,)."""
    column = keep[:, None]
    return Belief(
        np.where(column, old.weight, new.weight),
        np.where(column, old.real, new.real),
        np.where(keep, old.serious, new.serious),
    )


def _close(course: Course, place: int, standing: Standing, arena: Arena, talk: Talk) -> None:
    """Write down what has ended in a session, and let the others go on."""
    meeting = course.plan.meetings[place]
    world = talk.world
    over = world[~talk.going]
    stop = talk.stop.copy()
    agreed = np.flatnonzero(course.alive & (stop == Stop.AGREED))
    if agreed.size:
        home = holds_at_home(course.setting.table, standing.wishes, talk.deal)
        stop[agreed[~home[agreed]]] = Stop.REJECTED_AT_HOME
    signed = agreed[stop[agreed] == Stop.AGREED]
    for k, seat in enumerate(arena.seats):
        course.gain[signed, k] = seat.gain[arena.row[signed], talk.deal[signed]].astype(np.float64) / UNITS_PER_POINT
    fresh = over[course.stop[over] == Stop.OPEN]
    course.stop[fresh], course.ended[fresh] = stop[fresh], meeting.day
    course.note_earnest(np.isin(np.arange(course.n_worlds), fresh), meeting.day)
    course.deal[agreed] = talk.deal[agreed]
    course.agreed_at[signed] = place
    course.crossed[world] = talk.crossed[world]
    talk.drop_ended()


def seat_session(course: Course, place: int, standing: Standing, live: Mask) -> Arena:
    """Seat the delegations of a session in some worlds, by what is true and what a deal is worth on its day."""
    meeting, table = course.plan.meetings[place], course.setting.table
    n = course.n_worlds
    row, wishes, serious = np.arange(n), standing.wishes, standing.draws.serious
    if np.count_nonzero(live) < _SOME * n:
        row = np.zeros(n, np.intp)
        row[live] = np.arange(np.count_nonzero(live))
        wishes, serious = wishes.select(live), {party: mask[live] for party, mask in serious.items()}
    rounds = [(one.day, one.n_rounds) for one in course.plan.meetings]
    # What is otherwise from tomorrow on was not thought of before.
    prospects = course.prospects if meeting.day > course.plan.now else course.setting.prospects[0]
    times, goes_on = times_of_session(prospects, rounds, place)
    return lay_table(
        table,
        tuple(
            _seat(course, meeting, k, gains_of(wishes, party, table.deals), standing)
            for k, party in enumerate(table.order)
        ),
        Rules(rounds=meeting.n_rounds, times=times, goes_on=goes_on),
        row=row,
        suits=open_deals(table, wishes, serious),
        breaks_down=_breaks_down(course, place, standing),
        drafts=_drafts(course),
    )


def _drafts(course: Course) -> Callable[[int], Array]:
    compiled = course.setting.table.compiled
    of_blocks = [drafts(compiled, block, np.arange(n_worlds)) for block, n_worlds in course.steps.run]
    return lambda step: np.concatenate([numbers(step) for numbers in of_blocks], axis=1)


def _seat(course: Course, meeting: Meeting, k: int, gain: NDArray[np.float32], standing: Standing) -> Seat:
    """Seat whoever speaks for a signatory."""
    table, (_, envoy) = course.setting.table, meeting.envoys[k]
    if envoy is None or envoy.tactic is None:
        return seat_party(table, k, gain, standing.draws, standing.wishes)
    root = ("talks", "envoys", envoy.id)
    return seat_party(table, k, gain, standing.draws, standing.wishes, envoy.tactic, root)


def _note_trust(course: Course, place: int, standing: Standing) -> None:
    """Write down, where a session was held, who was in earnest, and how likely the others thought so after it."""
    held = course.held[:, place]
    for k, party in enumerate(course.plan.order):
        if party in standing.draws.serious:
            course.serious[held, place, k] = standing.draws.serious[party][held]
        if course.talk is None:
            course.believed[held, place, k] = course.setting.table.prospects[k].good_faith
        else:
            here = held[course.talk.world]
            course.believed[course.talk.world[here], place, k] = course.talk.beliefs[k].serious[here]
