"""What came of the calendar of talks as plain data for JSON. Days are ``YYYY-MM-DD``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from negsim.bargaining.result import OptionReached
from negsim.report.json_findings import estimate_data, maybe_data, spread_data
from negsim.report.json_head import cast_at_home_data, head_data, sample_data
from negsim.scenario.types import Scenario
from negsim.talks.result import (
    Conditioning,
    DayFound,
    EventFound,
    Moved,
    ObservationFound,
    PartialFound,
    PartyGain,
    SessionFound,
    TalksResult,
    TrustFound,
    WhatIfFound,
)

__all__ = ["TALKS_FORMAT", "calendar_data", "talks_data"]

TALKS_FORMAT = "negsim.talks/1"

Data = dict[str, Any]


def talks_data(result: TalksResult, scenario: Scenario, version: str) -> Data:
    """Give what came of the calendar as data, in the form that ``negsim schema talks`` describes."""
    return {
        **head_data(TALKS_FORMAT, scenario, version, sample_data(result)),
        **cast_at_home_data(scenario),
        **_findings(result),
    }


def calendar_data(result: TalksResult | None) -> Data | None:
    """Give the same as one part of a saved run, with its own number of worlds; null where there is no calendar."""
    return None if result is None else {"worlds": result.n_worlds, **_findings(result)}


def _findings(result: TalksResult) -> Data:
    return {
        "calendar": {
            "start": _day(result.start),
            "horizon": _day(result.horizon),
            "now": _day(result.now),
            "kind": result.kind,
            "order": list(result.order),
        },
        "deadline": {
            "kind": result.deadline_kind,
            "day": None if result.deadline_day is None else _day(result.deadline_day),
            "p_extended": maybe_data(result.p_extended),
        },
        "outcome_space": {
            "outcomes": result.n_outcomes,
            "deals": result.n_deals,
            "coverage": maybe_data(result.coverage),
        },
        "p_agreement": estimate_data(result.p_agreement),
        "p_by_deadline": maybe_data(result.p_by_deadline),
        "p_missed": estimate_data(result.missed),
        "p_impossible": estimate_data(result.impossible),
        "reasons": [{"stop": reason.stop, "p": estimate_data(reason.p)} for reason in result.reasons],
        "agreed_after": spread_data(result.agreed_after),
        "by_day": _by_day(result.by_day),
        "sessions": [_session(one) for one in result.sessions],
        "events": [_event(one) for one in result.events],
        "partial_agreements": [_partial(one) for one in result.partials],
        "options": [_option(one) for one in result.options],
        "gains": [_gain(one) for one in result.parties],
        "conditioning": None if result.conditioning is None else _conditioning(result.conditioning),
        "what_ifs": [_what_if(one) for one in result.what_ifs],
    }


def _day(day: dt.date) -> str:
    return day.isoformat()


def _by_day(found: tuple[DayFound, ...]) -> list[Data]:
    return [{"day": _day(one.day), "p_agreement": estimate_data(one.p_agreement)} for one in found]


def _session(one: SessionFound) -> Data:
    return {
        "session": one.id,
        "number": one.number,
        "day": _day(one.day),
        "title": one.title,
        "venue": one.venue,
        "format": one.format,
        "track": one.track,
        "delegations": dict(one.delegations),
        "agenda": list(one.agenda),
        "exchanges": one.exchanges,
        "observed": one.observed,
        "p_held": estimate_data(one.p_held),
        "p_agreed": estimate_data(one.p_agreed),
        "p_zone": maybe_data(one.p_zone),
        "p_mismatch": maybe_data(one.p_mismatch),
        "trust": [_trust(trust) for trust in one.trust],
    }


def _trust(one: TrustFound) -> Data:
    return {"party": one.party, "p_in_earnest": maybe_data(one.p_serious), "believed": one.believed}


def _event(one: EventFound) -> Data:
    return {
        "event": one.id,
        "title": one.title,
        "days": [_day(day) for day in one.days],
        "mean": one.mean,
        "p_any": estimate_data(one.p_any),
    }


def _partial(one: PartialFound) -> Data:
    return {
        "partial_agreement": one.id,
        "title": one.title,
        "issue": one.issue,
        "option": one.option,
        "observed": one.observed,
        "p_concluded": estimate_data(one.p_concluded),
    }


def _option(one: OptionReached) -> Data:
    return {"issue": one.issue, "option": one.option, "p_reached": estimate_data(one.p_reached)}


def _gain(one: PartyGain) -> Data:
    return {"party": one.party, "gain": spread_data(one.gain)}


def _conditioning(found: Conditioning) -> Data:
    return {
        "now": _day(found.now),
        "observations": [_observation(one) for one in found.observations],
        "effective": found.effective,
        "enough": found.enough,
        "moved": [_moved(one) for one in found.moved],
    }


def _observation(one: ObservationFound) -> Data:
    return {"observation": one.id, "about": one.about, "likelihood": one.likelihood, "effective": one.effective}


def _moved(one: Moved) -> Data:
    return {"path": one.path, "prior": one.prior, "posterior": one.posterior, "sd": one.sd, "shift": one.shift}


def _what_if(one: WhatIfFound) -> Data:
    return {
        "what_if": one.id,
        "title": one.title,
        "about": one.about,
        "p_agreement": estimate_data(one.p_agreement),
        "p_by_deadline": maybe_data(one.p_by_deadline),
        "p_impossible": estimate_data(one.p_impossible),
        "change": estimate_data(one.change),
        "change_by_deadline": maybe_data(one.change_by_deadline),
        "change_impossible": estimate_data(one.change_impossible),
        "by_day": _by_day(one.by_day),
    }
