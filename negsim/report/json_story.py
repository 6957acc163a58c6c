"""One history of talks, day by day, as plain data for JSON. Days are ``YYYY-MM-DD``."""

from __future__ import annotations

from typing import Any

from negsim.report.json_head import cast_data, head_data
from negsim.report.json_trace import learned_data, offer_data, refusal_data, start_data
from negsim.scenario.types import Scenario
from negsim.talks.story import Change, Happening, Meeting, Story

__all__ = ["STORY_FORMAT", "story_data"]

STORY_FORMAT = "negsim.talks-trace/1"

Data = dict[str, Any]


def story_data(story: Story, scenario: Scenario, sampler: str, version: str, what_if: str = "") -> Data:
    """Give one history as data, in the form that ``negsim schema talks-trace`` describes."""
    return {
        **head_data(
            STORY_FORMAT,
            scenario,
            version,
            {"world": story.world, "seed": story.seed, "sampler": sampler, "what_if": what_if or None},
        ),
        **cast_data(scenario),
        "calendar": {
            "start": story.start.isoformat(),
            "horizon": story.horizon.isoformat(),
            "now": story.now.isoformat(),
            "kind": story.kind,
        },
        "weight": story.weight,
        "had_zone": story.had_zone,
        "starts": [start_data(start) for start in story.starts],
        "entries": [_happening(one) if isinstance(one, Happening) else _meeting(one) for one in story.entries],
        "end": {
            "stop": story.stop,
            "day": story.day.isoformat(),
            "deal": dict(story.deal) or None,
            "gains": dict(story.gains),
            "left": list(story.left),
            "refused_by": [refusal_data(one) for one in story.refused_by],
        },
    }


def _happening(one: Happening) -> Data:
    return {
        "kind": one.kind,
        "day": one.day.isoformat(),
        "id": one.id,
        "times": one.times,
        "changes": [_change(change) for change in one.changes],
        "word": one.word,
    }


def _change(change: Change) -> Data:
    return {"path": change.path, "before": change.before, "after": change.after}


def _meeting(met: Meeting) -> Data:
    return {
        "kind": "session",
        "day": met.day.isoformat(),
        "session": met.id,
        "number": met.number,
        "venue": met.venue,
        "format": met.format,
        "track": met.track,
        "delegations": dict(met.delegations),
        "mismatch": met.mismatch,
        "observed": met.observed,
        "has_zone": met.has_zone,
        "no_deal": dict(met.no_deal),
        "steps": [offer_data(step) for step in met.steps],
        "learned": [learned_data(learned) for learned in met.learned],
        "ended": met.ended or None,
    }
