"""When the parties of a match sit down, and what happens in between.

A scenario with a calendar of talks has a history: that of world 0 of the seed, were nothing ever agreed. From it a
match takes the sessions over a whole settlement that are still to come, what happens before each, and by how many
points it moves what no deal is worth to each. Without one, sessions and rounds are those of the protocol.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from negsim.bargaining.table import can_bargain
from negsim.records import dataclass
from negsim.scenario.bargaining import Protocol, Tactic
from negsim.scenario.quantities import NOTHING
from negsim.scenario.talks import Envoy, Talks
from negsim.scenario.types import Role, Scenario
from negsim.talks.story import Happening, Story
from negsim.talks.telling import tell_story
from negsim.teaching.whole import nearest

__all__ = ["News", "Sitting", "plain_sittings", "sittings_of"]

_TOLD = ("event", "answer", "deadline_put_off")


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened so many times between two days."""

    title: str
    times: int
    first: dt.date
    last: dt.date
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session of a match.

    ``day`` is None without a calendar. ``news`` is what happened since the one before, ``lost`` the sessions held since
    at which the sides spoke past each other. ``moved`` says by how many points what no deal is worth to each party has
    moved since the first.
    """

    n_rounds: int
    day: dt.date | None = None
    title: str = ""
    venue: str = ""
    news: tuple[News, ...] = ()
    lost: tuple[dt.date, ...] = ()
    moved: tuple[tuple[str, int], ...] = ()


def plain_sittings(protocol: Protocol) -> tuple[Sitting, ...]:
    """Give the sessions of a protocol."""
    return (Sitting(protocol.rounds_a_session),) * protocol.sessions


def sittings_of(scenario: Scenario, seed: int) -> tuple[Sitting, ...]:
    """Give the sessions that a scenario's calendar has in store; none without a calendar, or where all are over."""
    talks = scenario.talks
    if talks is None or not can_bargain(scenario):
        return ()
    story = tell_story(_endless(scenario), seed=seed)
    rounds = {one.id: _rounds(one.exchanges, scenario.protocol or Protocol()) for one in talks.sessions}
    whole = {one.id for one in talks.sessions if not one.agenda and rounds[one.id]}
    return tuple(_sittings(story, talks, whole, rounds))


def _rounds(exchanges: int | None, protocol: Protocol) -> int:
    if protocol.kind == "take_it_or_leave_it":
        return 1
    return protocol.rounds_a_session if exchanges is None else exchanges


def _endless(scenario: Scenario) -> Scenario:
    """Let nobody ever accept anything or leave, so that a history goes on to the last day."""
    parties = tuple(
        replace(party, tactic=Tactic("stalling"), walks_out_below=None) if party.role is Role.SIGNATORY else party
        for party in scenario.parties
    )
    talks = None if scenario.talks is None else replace(scenario.talks, envoys=_without_tactics(scenario.talks))
    protocol = replace(scenario.protocol or Protocol(), breakdown=NOTHING)
    return replace(scenario, parties=parties, protocol=protocol, talks=talks)


def _without_tactics(talks: Talks) -> tuple[Envoy, ...]:
    return tuple(replace(envoy, tactic=None) for envoy in talks.envoys)


def _sittings(story: Story, talks: Talks, whole: set[str], rounds: dict[str, int]) -> Iterator[Sitting]:
    """Go through a history, and give the sessions that are to be played."""
    sessions = {one.id: one for one in talks.sessions}
    news: list[Happening] = []
    lost: list[dt.date] = []
    before: dict[str, float] | None = None
    for entry in story.entries:
        if isinstance(entry, Happening):
            news.append(entry)
            continue
        if entry.observed or entry.id not in whole:
            # What was seen is history; what is not about a settlement is not played.
            news = [] if entry.observed else news
            continue
        if entry.mismatch:
            lost.append(entry.day)
            continue
        held = dict(entry.no_deal)
        before = before or held
        session = sessions[entry.id]
        yield Sitting(
            n_rounds=rounds[entry.id],
            day=entry.day,
            title=session.title or entry.id.replace("_", " "),
            venue=entry.venue,
            news=tuple(_summed(news, talks)),
            lost=tuple(lost),
            moved=tuple((party, nearest(points - before[party])) for party, points in held.items()),
        )
        news, lost = [], []


def _summed(happened: Iterable[Happening], talks: Talks) -> Iterator[News]:
    """Sum up by what it was, in the order in which it first happened."""
    events = {event.id: event for event in talks.events}
    by_name: dict[str, list[Happening]] = {}
    for one in happened:
        if one.kind in _TOLD:
            by_name.setdefault("" if one.kind == "deadline_put_off" else one.id, []).append(one)
    for name, found in by_name.items():
        event = events.get(name)
        title = "The deadline is put off" if event is None else event.title or event.id.replace("_", " ")
        about = "" if event is None else event.about
        yield News(title, sum(one.times for one in found), found[0].day, found[-1].day, about)
