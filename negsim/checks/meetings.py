"""On which days the sessions of a calendar are planned, and until when talks can go on."""

from __future__ import annotations

import datetime as dt

from negsim.scenario.talks import Firm, Session, Talks

__all__ = ["last_day", "meeting_days"]


def meeting_days(session: Session, talks: Talks) -> list[dt.date]:
    """List the day of a session, or those of a series, whether or not talks go on until then."""
    if session.date is not None:
        return [session.date]
    assert session.every is not None
    first, last = session.start or talks.start, session.end or talks.horizon
    return [first + dt.timedelta(days=days) for days in range(0, (last - first).days + 1, session.every)]


def last_day(talks: Talks) -> dt.date:
    """Give the last day on which a session can be held: that of a firm deadline, or the horizon."""
    return talks.deadline.date if isinstance(talks.deadline, Firm) else talks.horizon
