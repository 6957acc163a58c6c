"""What the parts of a calendar of talks are called: its events, sessions, envoys, tracks and what-ifs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from negsim.report.names import Names
from negsim.scenario.talks import Talks
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined

__all__ = ["TalksNames", "plain", "titled"]


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...


def plain(identity: str) -> str:
    """Read an id as words.

    >>> plain("four_day_truce")
    'four day truce'
    """
    return identity.replace("_", " ")


def titled(item: _Named) -> str:
    """Name a part of a calendar: by its title in quotation marks, or by its id.

    >>> from negsim.scenario.talks import Session
    >>> titled(Session("first")), titled(Session("first", title="In Geneva"))
    ('first', '“In Geneva”')
    """
    return f"“{item.title}”" if item.title else item.id


class TalksNames:
    """Titles by id; what has none is called by its id, read as words."""

    def __init__(self, scenario: Scenario) -> None:
        talks = scenario.talks
        self._parties = Names(scenario).within
        self._events, self._sessions = _titles(talks, "events"), _titles(talks, "sessions")
        self._envoys, self._tracks = _titles(talks, "envoys"), _titles(talks, "tracks")
        self._partials, self._what_ifs = _titles(talks, "partial_agreements"), _titles(talks, "what_if")
        self._venues = {session.id: session.venue for session in talks.sessions} if talks else {}

    def event(self, identity: str) -> str:
        """Name an event."""
        return self._events.get(identity) or plain(identity)

    def partial(self, identity: str) -> str:
        """Name a partial agreement."""
        return self._partials.get(identity) or plain(identity)

    def what_if(self, identity: str) -> str:
        """Name a what-if."""
        return self._what_ifs.get(identity) or plain(identity)

    def track(self, identity: str) -> str:
        """Name a track."""
        return self._tracks.get(identity) or plain(identity)

    def envoy(self, identity: str) -> str:
        """Name an envoy."""
        return self._envoys.get(identity) or plain(identity)

    def session(self, identity: str, number: int = 0, venue: str = "") -> str:
        """Name a session by its title, its venue or its id; the meeting of a series with its number."""
        name = self._sessions.get(identity) or venue or self._venues.get(identity, "") or plain(identity)
        return f"{name} ({number:,})" if number else name

    def leaders(self, delegations: Sequence[tuple[str, str]]) -> str:
        """Say who speaks for each signatory that does not speak for itself; empty where all do."""
        return joined([self.envoy(envoy) for _, envoy in delegations if envoy])

    def delegations(self, delegations: Sequence[tuple[str, str]]) -> str:
        """Say who speaks for which signatory."""
        return joined(
            [f"{self.envoy(envoy)} for {self._parties[party]}" for party, envoy in delegations if envoy],
        )


def _titles(talks: Talks | None, block: str) -> dict[str, str]:
    """Give the titles in a block by id, empty where there is none."""
    held: Sequence[_Named] = getattr(talks, block) if talks else ()
    return {one.id: one.title for one in held}
