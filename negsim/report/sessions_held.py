"""Sessions that are held in no world at all: runs of them are told in one line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from negsim.talks.result import SessionFound, TalksResult

__all__ = ["held_or_runs", "never_held_words"]


def held_or_runs(result: TalksResult) -> Iterator[tuple[SessionFound, ...]]:
    """Give sessions one by one in order, and those that follow each other and are never held together."""
    for never, run in groupby(result.sessions, _is_never_held):
        if never:
            yield tuple(run)
        else:
            yield from ((one,) for one in run)


def never_held_words(run: tuple[SessionFound, ...], result: TalksResult) -> str:
    """Say how many sessions of a run are never held: "7 more after the deadline are never held"."""
    more = "more" if run[0] is not result.sessions[0] else "session" if len(run) == 1 else "sessions"
    deadline = result.deadline_day
    late = " after the deadline" if deadline is not None and run[0].day > deadline else ""
    return f"{len(run):,} {more}{late} {'is' if len(run) == 1 else 'are'} never held"


def _is_never_held(one: SessionFound) -> bool:
    return one.p_held.estimate == 0 and not one.observed
