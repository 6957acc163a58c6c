"""From the calendar in single worlds to estimates over all of them, weighted by how well they fit what was seen."""

from __future__ import annotations

import calendar
import datetime as dt

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.result import OptionReached, Reason
from negsim.bargaining.stops import Stop
from negsim.model.estimates import Estimate
from negsim.model.weighted import weighted_change, weighted_mean, weighted_share, weighted_spread
from negsim.scenario.talks import Deadline, Extensible, Firm, Hazard, PartialAgreement
from negsim.talks.conditioning import condition, weights_up_to
from negsim.talks.found import Found
from negsim.talks.likelihood import weights_of
from negsim.talks.plan import Plan
from negsim.talks.result import (
    DayFound,
    EventFound,
    PartialFound,
    PartyGain,
    SessionFound,
    TalksResult,
    TrustFound,
    WhatIfFound,
)
from negsim.talks.setting import Setting

__all__ = ["summarise"]

Mask = NDArray[np.bool_]
Array = NDArray[np.float64]

_KINDS: dict[type, str] = {Firm: "firm", Extensible: "extensible", Hazard: "hazard", type(None): "horizon"}


class _Weighed:
    """Estimates over weighted worlds, in blocks."""

    def __init__(self, weight: Array, block_sizes: NDArray[np.int64]) -> None:
        self.weight, self.block_sizes = weight, block_sizes

    def p(self, hit: Mask) -> Estimate:
        """Estimate how likely something is."""
        found = weighted_share(self.weight, hit, self.block_sizes)
        assert found is not None, "some world fits what was seen"
        return found

    def among(self, hit: Mask, cases: Mask) -> Estimate | None:
        """Estimate how likely something is in some worlds; None where none of them fits what was seen."""
        return weighted_share(self.weight, hit, self.block_sizes, cases)

    def change(self, one: Mask, other: Mask) -> Estimate:
        """Estimate how much likelier one thing is than another."""
        return weighted_change(self.weight, one, other, self.block_sizes)


def summarise(setting: Setting, runs: tuple[Found, ...], n_worlds: NDArray[np.int64]) -> TalksResult:
    """Turn what was found in each world, by the calendar as it stands and under each what-if, into estimates.

    Raises
    ------
    NoWorldFits
        If no world fits what was seen.
    """
    plan, found, table = setting.plans[0], runs[0], setting.table
    talks = plan.talks
    weight = weights_of(found.seen.T, tuple(seen.id for seen in plan.observed))
    weighed = _Weighed(weight, n_worlds)
    agreed = found.stop == Stop.AGREED
    days = _days(plan, talks.deadline)
    first_end = None if talks.deadline is None or isinstance(talks.deadline, Hazard) else setting.prospects[0].ends[0]
    return TalksResult(
        n_worlds=int(np.sum(n_worlds)),
        seed=table.compiled.seed,
        sampler=table.compiled.sampler,
        start=talks.start,
        horizon=talks.horizon,
        now=talks.now,
        kind=table.protocol.kind,
        order=plan.order,
        deadline_kind=_KINDS[type(talks.deadline)],
        deadline_day=None if first_end is None else plan.date_of(first_end),
        p_extended=weighed.p(found.extended) if isinstance(talks.deadline, Extensible) else None,
        n_deals=len(table.deals),
        n_outcomes=table.compiled.structure.n_outcomes,
        coverage=None if table.is_whole else weighed.among(found.covered, found.ever),
        p_agreement=weighed.p(agreed),
        p_by_deadline=None if first_end is None else weighed.p(agreed & (found.ended <= first_end)),
        missed=weighed.p(found.ever & ~agreed),
        impossible=weighed.p(~found.ever & ~agreed),
        reasons=_reasons(found, weighed),
        agreed_after=weighted_spread(found.ended[agreed].astype(np.float64), weight[agreed]),
        by_day=_by_day(plan, found, weighed, days),
        sessions=tuple(_session(plan, found, weighed, k) for k in range(len(plan.meetings))),
        events=tuple(_event(plan, found, weighed, k) for k in range(len(talks.events))),
        partials=tuple(_partial(plan, found, weighed, k) for k in range(len(talks.partial_agreements))),
        options=_options(plan, found, weighed, agreed),
        parties=tuple(
            PartyGain(party, weighted_spread(found.gain[agreed, k], weight[agreed]))
            for k, party in enumerate(plan.order)
        ),
        conditioning=condition(plan, found, weight) if plan.observed else None,
        what_ifs=tuple(
            _what_if(setting.plans[k], runs[k], found, weighed, days, first_end) for k in range(1, len(runs))
        ),
    )


def _days(plan: Plan, deadline: Deadline | None) -> list[int]:
    """List the days to tell of: those on which something may be agreed, the last of each month, and a few others."""
    told = {meeting.day for meeting in plan.meetings if meeting.n_rounds} | {0, plan.now, plan.last}
    if isinstance(deadline, Firm | Extensible):
        told.add(plan.day_of(deadline.date, plan.last))
    for day in range(plan.last + 1):
        date = plan.date_of(day)
        if date.day == calendar.monthrange(date.year, date.month)[1]:
            told.add(day)
    return sorted(told)


def _by_day(plan: Plan, found: Found, weighed: _Weighed, days: list[int]) -> tuple[DayFound, ...]:
    agreed = found.stop == Stop.AGREED
    return tuple(DayFound(plan.date_of(day), weighed.p(agreed & (found.ended <= day))) for day in days)


def _reasons(found: Found, weighed: _Weighed) -> tuple[Reason, ...]:
    return tuple(
        Reason(stop.word, weighed.p(found.stop == stop))
        for stop in Stop
        if stop == Stop.AGREED or np.any((found.stop == stop) & (weighed.weight > 0))
    )


def _session(plan: Plan, found: Found, weighed: _Weighed, k: int) -> SessionFound:
    meeting, held = plan.meetings[k], found.held[:, k]
    session = meeting.session
    return SessionFound(
        id=session.id,
        number=meeting.number,
        day=plan.date_of(meeting.day),
        title=session.title,
        venue=session.venue,
        format=session.format,
        track=meeting.track,
        delegations=tuple((party, envoy.id) for party, envoy in meeting.envoys if envoy is not None),
        agenda=session.agenda,
        exchanges=meeting.n_rounds,
        observed=meeting.observed is not None,
        p_held=weighed.p(held),
        p_agreed=weighed.p(found.agreed_at == k),
        p_zone=weighed.among(found.zone[:, k], held),
        p_mismatch=weighed.among(found.mismatch[:, k], held),
        trust=_trust(plan, found, weighed, k),
    )


def _trust(plan: Plan, found: Found, weighed: _Weighed, k: int) -> tuple[TrustFound, ...]:
    after = found.went_on[:, k]
    so_far = _Weighed(weights_up_to(plan, found, plan.meetings[k].day), weighed.block_sizes)
    weight = so_far.weight * after
    return tuple(
        TrustFound(
            party,
            so_far.among(found.serious[:, k, seat], after),
            weighted_mean(found.believed[:, k, seat].astype(np.float64), weight) if np.any(weight) else None,
        )
        for seat, party in enumerate(plan.order)
        if plan.good_faith_given(party)
    )


def _event(plan: Plan, found: Found, weighed: _Weighed, k: int) -> EventFound:
    event, struck = plan.talks.events[k], found.struck[:, k]
    mean = weighted_mean(struck.astype(np.float64), weighed.weight)
    return EventFound(event.id, event.title, _dates(plan, k), 0.0 if mean is None else mean, weighed.p(struck > 0))


def _dates(plan: Plan, k: int) -> tuple[dt.date, ...]:
    event = plan.talks.events[k]
    if event.date is not None:
        return (event.date,)
    if event.every is None:
        return ()
    first, last = plan.day_of(event.start, 0), min(plan.day_of(event.end, plan.last), plan.last)
    return tuple(plan.date_of(day) for day in range(first, last + 1, event.every))


def _partial(plan: Plan, found: Found, weighed: _Weighed, k: int) -> PartialFound:
    partial: PartialAgreement = plan.talks.partial_agreements[k]
    seen = plan.seen_of_partial(partial)
    return PartialFound(
        id=partial.id,
        title=partial.title,
        issue=partial.issue,
        option=partial.to,
        observed=seen is not None and bool(seen.at),
        p_concluded=weighed.p(found.concluded[:, k] >= 0),
    )


def _options(plan: Plan, found: Found, weighed: _Weighed, agreed: Mask) -> tuple[OptionReached, ...]:
    """Count how often agreements hold each option."""
    reached = []
    for k, issue in enumerate(plan.scenario.issues):
        for number, option in enumerate(issue.choices):
            p = weighed.among(found.choice[:, k] == number, agreed)
            if p is not None:
                reached.append(OptionReached(issue.id, option, p))
    return tuple(reached)


def _what_if(  # what is compared with what
    plan: Plan, other: Found, found: Found, weighed: _Weighed, days: list[int], first_end: int | None
) -> WhatIfFound:
    assert plan.what_if is not None
    one, agreed = other.stop == Stop.AGREED, found.stop == Stop.AGREED
    by_deadline = None if first_end is None else (one & (other.ended <= first_end), agreed & (found.ended <= first_end))
    impossible, was = ~other.ever & ~one, ~found.ever & ~agreed
    return WhatIfFound(
        id=plan.what_if.id,
        title=plan.what_if.title,
        about=plan.what_if.about,
        p_agreement=weighed.p(one),
        p_by_deadline=None if by_deadline is None else weighed.p(by_deadline[0]),
        p_impossible=weighed.p(impossible),
        change=weighed.change(one, agreed),
        change_by_deadline=None if by_deadline is None else weighed.change(*by_deadline),
        change_impossible=weighed.change(impossible, was),
        by_day=_by_day(plan, other, weighed, days),
    )
