"""From what a file says to a plan that a calendar can follow: meetings on days, counted from the first one.

A what-if changes the plan: on which track later sessions are held, and by one more event, on the day after ``now``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from negsim.errors import Path, UsageError
from negsim.records import dataclass
from negsim.scenario.bargaining import Protocol
from negsim.scenario.talks import Effect, Envoy, Event, Observation, PartialAgreement, Session, Talks, WhatIf
from negsim.scenario.types import Role, Scenario
from negsim.scenario.words import did_you_mean

__all__ = ["Meeting", "Plan", "find_what_if", "plan_talks", "talks_of"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of a session: ``number`` counts those of a series from 1, 0 for a single one.

    ``day`` counts from the first of the calendar, from 0. ``envoys`` are those who speak, by party, None who speaks for
    itself. ``n_rounds`` are 0 where no settlement is on the agenda. ``observed`` is what was seen of it, None if
    nothing.
    """

    session: Session
    number: int
    day: int
    track: str
    envoys: tuple[tuple[str, Envoy | None], ...]
    n_rounds: int
    observed: Observation | None

    @property
    def path(self) -> Path:
        """Names the session in paths of quantities."""
        return ("talks", "sessions", self.session.id)

    def may_settle(self, issue: str) -> bool:
        """Tell whether an issue is on its agenda."""
        return not self.session.agenda or issue in self.session.agenda


@dataclass(frozen=True)
class Plan:
    """A calendar as it is planned: days are whole numbers, from 0, the first day, to ``last``.

    ``meetings`` stand in the order in which they are held. ``order`` names the signatories as they speak.
    """

    scenario: Scenario
    talks: Talks
    what_if: WhatIf | None
    order: tuple[str, ...]
    meetings: tuple[Meeting, ...]
    last: int

    def day_of(self, date: dt.date | None, otherwise: int) -> int:
        """Count a date from the first day; something else where there is none."""
        return otherwise if date is None else (date - self.talks.start).days

    def date_of(self, day: int) -> dt.date:
        """Give the date of a day."""
        return self.talks.start + dt.timedelta(days=day)

    @property
    def now(self) -> int:
        """The day up to which things were seen."""
        return self.day_of(self.talks.now, 0)

    @property
    def effects(self) -> tuple[tuple[Path, Effect], ...]:
        """All effects there can be, each with the path below which its own quantities lie."""
        talks, root = self.talks, ("talks",)
        owners: list[tuple[Path, tuple[Effect, ...]]] = [
            *(((*root, "events", event.id), event.effects) for event in talks.events),
            *(((*root, "partial_agreements", partial.id), partial.effects) for partial in talks.partial_agreements),
        ]
        if self.what_if is not None:
            owners.append(((*root, "what_if", self.what_if.id), self.what_if.effects))
        return tuple(((*path, "effects", effect.id), effect) for path, effects in owners for effect in effects)

    @property
    def observed(self) -> tuple[Observation, ...]:
        """What was seen, in the order of the days on which it was."""
        return tuple(sorted(self.talks.observed, key=self.day_seen))

    def day_seen(self, seen: Observation) -> int:
        """Give the day by the end of which something was seen."""
        dates = {session.id: session.date for session in self.talks.sessions}
        dates |= {event.id: event.date for event in self.talks.events}
        named = dates.get(seen.session or seen.event or seen.at)
        return self.day_of(seen.end or seen.date or named, self.now)

    def observation_of(self, event: Event) -> Observation | None:
        """Find whether an event with a date was seen to happen."""
        return next((seen for seen in self.talks.observed if seen.event == event.id and seen.count is None), None)

    @cached_property
    def event_place(self) -> Mapping[str, int]:
        """The place of each event."""
        return {event.id: k for k, event in enumerate(self.talks.events)}

    @cached_property
    def counted(self) -> Mapping[str, tuple[tuple[Observation, int, int], ...]]:
        """What was counted of each event, by its id, each with the first and the last of its days."""
        return {
            event.id: tuple(
                (seen, self.day_of(seen.start, 0), self.day_of(seen.end, self.now))
                for seen in self.talks.observed
                if seen.event == event.id and seen.count is not None
            )
            for event in self.talks.events
        }

    def is_counted(self, event: Event, day: int) -> bool:
        """Tell whether it was counted how often an event happened on a day."""
        return any(first <= day <= last for _, first, last in self.counted.get(event.id, ()))

    def seen_of_partial(self, partial: PartialAgreement) -> Observation | None:
        """Find what was seen of a partial agreement."""
        return next((seen for seen in self.talks.observed if seen.partial == partial.id), None)

    def good_faith_given(self, party: str) -> bool:
        """Tell whether the scenario leaves open that a signatory is serious."""
        return any(one.id == party and one.good_faith is not None for one in self.scenario.parties)

    def saw_partial_at(self, meeting: Meeting) -> Observation | None:
        """Find the partial agreement that was seen to be concluded at a meeting."""
        return next((seen for seen in self.talks.observed if seen.partial and seen.at == meeting.session.id), None)


def talks_of(scenario: Scenario) -> Talks:
    """Give the calendar of a scenario.

    Raises
    ------
    UsageError
        If it has none.
    """
    if scenario.talks is None:
        raise UsageError(
            f"{scenario.id} has no talks: a calendar is written in the block talks, with a start and sessions"
        )
    return scenario.talks


def find_what_if(talks: Talks, name: str) -> WhatIf:
    """Find a what-if by its name.

    Raises
    ------
    UsageError
        If there is none of that name.
    """
    known = {one.id: one for one in talks.what_if}
    if name not in known:
        raise UsageError(f"the scenario has no what-if {name!r}; {did_you_mean(name, known) or 'it has none'}")
    return known[name]


def plan_talks(scenario: Scenario, what_if: WhatIf | None = None) -> Plan:
    """Plan the calendar of a scenario, as it stands or under a what-if.

    Raises
    ------
    UsageError
        If it has none.
    """
    talks = talks_of(scenario)
    protocol = scenario.protocol or Protocol()
    signing = [party.id for party in scenario.parties if party.role is Role.SIGNATORY]
    bare = Plan(scenario, talks, what_if, tuple(protocol.order or signing), (), (talks.horizon - talks.start).days)
    meetings = [meeting for session in talks.sessions for meeting in _meetings(bare, session, protocol)]
    # Sorting is stable: of a day, in declared order.
    return replace(bare, meetings=tuple(sorted(meetings, key=lambda meeting: meeting.day)))


def _meetings(plan: Plan, session: Session, protocol: Protocol) -> list[Meeting]:
    if session.every is None:
        days = [plan.day_of(session.date, 0)]
    else:
        first, last = plan.day_of(session.start, 0), plan.day_of(session.end, plan.last)
        days = list(range(first, last + 1, session.every))
    usual = protocol.rounds_a_session if session.exchanges is None else session.exchanges
    n_rounds = 0 if session.agenda else (1 if protocol.kind == "take_it_or_leave_it" else usual)
    seen = next((one for one in plan.talks.observed if one.session == session.id), None)
    is_series = session.every is not None
    return [
        Meeting(
            session=session,
            number=number if is_series else 0,
            day=day,
            track=(track := _track(plan, session, day)),
            envoys=_envoys(plan, session, track),
            n_rounds=n_rounds,
            observed=seen,
        )
        for number, day in enumerate(days, 1)
    ]


def _track(plan: Plan, session: Session, day: int) -> str:
    moved = dict(plan.what_if.tracks) if plan.what_if is not None and day > plan.now else {}
    return moved.get(session.track, session.track)


def _envoys(plan: Plan, session: Session, track: str) -> tuple[tuple[str, Envoy | None], ...]:
    by_id = {envoy.id: envoy for envoy in plan.talks.envoys}
    of_track = {one.id: dict(one.delegations) for one in plan.talks.tracks}.get(track, {})
    # A what-if that moves a session to another track sends that track's people.
    own = dict(session.delegations)
    sent = of_track | own if track == session.track else own | of_track
    return tuple((party, by_id[sent[party]] if party in sent else None) for party in plan.order)
