"""Small calendars of talks for tests: two villages that share out land, with whatever a calendar can have."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from negsim.scenario import Scenario
from tests.strategies import Document, scenario_of

VILLAGES: Document = {
    "negsim": 1,
    "id": "strip",
    "title": "A strip of land",
    "issues": {
        "land": {"title": "Land", "scale": "0..10", "step": 1},
        "water": {"title": "Water", "options": ["upper", "shared", "lower"], "kind": "ordered"},
        "cattle": {"title": "Cattle", "options": ["kept", "returned"]},
    },
    "parties": {
        "upper": {
            "title": "Upper village",
            "demands": {"land": 10, "water": "upper", "cattle": "returned"},
            "priorities": {"land": "3..6", "water": "1..4", "cattle": "0.5..1.5"},
            "no_deal": "30..55",
            "good_faith": 0.8,
            "walks_out_below": "0..0.4",
            "red_lines": {"spring": {"require": "water != lower", "firmness": 0.5, "audience_cost": 5}},
        },
        "lower": {
            "title": "Lower village",
            "demands": {"land": 0, "water": "lower", "cattle": "returned"},
            "priorities": {"land": "3..6", "water": "1..4", "cattle": "0.5..1.5"},
            "no_deal": "30..55",
            "good_faith": "0.7..0.9",
            "red_lines": {"field": {"require": "land <= 7", "firmness": "0.3..0.7", "audience_cost": 10}},
        },
        "wardens": {"title": "Wardens", "role": "mediator", "no_deal": 0},
    },
}

AT_WAR: Document = {
    "war": {"sides": {"upper": {"collapse": "0.2..0.6"}, "lower": {"collapse": "0.2..0.6"}}},
}

CALENDAR: Document = {
    "start": "2026-01-01",
    "horizon": "2026-03-31",
    "now": "2026-01-20",
    "sessions": {
        "hall": {"date": "2026-01-05", "exchanges": 3},
        "monthly": {"every": 20, "from": "2026-01-25", "exchanges": 3},
    },
}


def calendar_of(talks: Document | None = None, parties: Document | None = None, **blocks: Any) -> Scenario:
    """The villages with a calendar, some of whose keys are others, and with other keys of parties and blocks."""
    document = deepcopy(VILLAGES) | blocks
    for name, changed in (parties or {}).items():
        document["parties"][name] = document["parties"].get(name, {}) | changed
    return scenario_of(document | {"talks": deepcopy(CALENDAR) | (talks or {})})
