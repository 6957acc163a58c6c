"""The calendar of talks: who meets when, what happens in between, and what was seen of it."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.scenario.build.context import Context
from negsim.scenario.build.talks.calendar import Calendar
from negsim.scenario.build.talks.circles import check_circles
from negsim.scenario.build.talks.counsel import build_counsel
from negsim.scenario.build.talks.deadline import build_deadline
from negsim.scenario.build.talks.effects import check_effects
from negsim.scenario.build.talks.events import build_events, build_reciprocity, check_namesakes
from negsim.scenario.build.talks.impossible import check_possible
from negsim.scenario.build.talks.named_issues import check_settled_issues
from negsim.scenario.build.talks.observed import build_observed, check_trials
from negsim.scenario.build.talks.partial import build_partial_agreements
from negsim.scenario.build.talks.sessions import build_envoys, build_sessions, build_tracks
from negsim.scenario.build.talks.what_if import build_what_ifs
from negsim.scenario.build.talks.when import check_days
from negsim.scenario.schema_talks import TalksShape
from negsim.scenario.talks import Talks
from negsim.scenario.types import Party, Scenario

__all__ = ["build_talks", "check_talks"]


def build_talks(shape: TalksShape | None, parties: Sequence[Party], context: Context) -> Talks | None:
    """Build the block ``talks``, if there is one."""
    if shape is None:
        return None
    calendar = Calendar(shape, {party.id: party for party in parties}, context)
    check_days(calendar)
    check_namesakes(calendar)
    return Talks(
        start=shape.start,
        horizon=shape.horizon,
        now=calendar.now,
        envoys=build_envoys(calendar),
        tracks=build_tracks(calendar),
        sessions=build_sessions(calendar),
        deadline=build_deadline(calendar),
        reciprocity=build_reciprocity(calendar),
        events=build_events(calendar),
        partial_agreements=build_partial_agreements(calendar),
        counsel=build_counsel(calendar),
        observed=build_observed(calendar),
        what_if=build_what_ifs(calendar),
        about=shape.about,
    )


def check_talks(scenario: Scenario, context: Context) -> None:
    """Check what can be seen of the calendar only once all quantities are entered and all conditions read."""
    if scenario.talks is not None:
        check_effects(scenario.talks, context)
        check_trials(scenario.talks, context)
        check_circles(scenario.talks, context)
        check_possible(scenario.talks, context)
        check_settled_issues(scenario, context)
