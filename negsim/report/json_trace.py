"""One negotiation, step by step, as plain data for JSON."""

from __future__ import annotations

from typing import Any

from negsim.bargaining.told import Answer, Learned, Refusal, Start, Step, Trace
from negsim.report.json_head import cast_data, head_data
from negsim.scenario.types import Scenario

__all__ = ["TRACE_FORMAT", "learned_data", "offer_data", "refusal_data", "start_data", "trace_data"]

TRACE_FORMAT = "negsim.bargain-trace/1"

Data = dict[str, Any]


def trace_data(trace: Trace, scenario: Scenario, sampler: str, version: str) -> Data:
    """Give one negotiation as data, in the form that ``negsim schema bargain-trace`` describes."""
    return {
        **head_data(TRACE_FORMAT, scenario, version, {"world": trace.world, "seed": trace.seed, "sampler": sampler}),
        **cast_data(scenario),
        "protocol": {"kind": trace.kind, "rounds_in_all": trace.n_rounds},
        "has_zone": trace.has_zone,
        "starts": [start_data(start) for start in trace.starts],
        "steps": [offer_data(step) if isinstance(step, Step) else learned_data(step) for step in trace.steps],
        "end": {
            "stop": trace.stop,
            "round": trace.round,
            "deal": dict(trace.deal) or None,
            "gains": dict(trace.gains),
            "left": list(trace.left),
            "signed": list(trace.signed),
            "refused_by": [refusal_data(one) for one in trace.refused_by],
        },
    }


def start_data(start: Start) -> Data:
    """Give what is true of a party as data."""
    return {
        "party": start.party,
        "tactic": start.tactic,
        "parameters": dict(start.parameters),
        "no_deal": start.no_deal,
        "red_lines": dict(start.real),
        "in_earnest": start.serious,
    }


def offer_data(step: Step) -> Data:
    """Give an offer and the answers to it as data."""
    return {
        "kind": "offer",
        "session": step.session,
        "round": step.round,
        "speaker": step.speaker or None,
        "options": dict(step.options),
        "moved": dict(step.moved),
        "gain": step.gain,
        "answers": [_answer(answer) for answer in step.answers],
        "suits_others": step.suits,
        "refused_by": [refusal_data(one) for one in step.refused_by],
    }


def refusal_data(one: Refusal) -> Data:
    """Give a refusal at home as data."""
    return {"actor": one.actor, "crossed": list(one.crossed)}


def _answer(answer: Answer) -> Data:
    return {
        "party": answer.party,
        "accepted": answer.accepted,
        "gain": answer.gain,
        "short": answer.short,
        "crossed": list(answer.crossed),
        "in_earnest": answer.serious,
    }


def learned_data(learned: Learned) -> Data:
    """Give what was learned of a party as data."""
    return {
        "kind": "learned",
        "session": learned.session,
        "party": learned.party,
        "weights": {issue: _belief(before, after) for issue, before, after in learned.weights},
        "red_lines": {line: _belief(before, after) for line, before, after in learned.red_lines},
        "in_earnest": _belief(*learned.serious),
    }


def _belief(before: float, after: float) -> Data:
    return {"before": before, "after": after}
