"""Findings and scenarios as plain data for JSON. Every estimate is ``{"estimate", "low", "high"}``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from negsim.errors import Place, Problem, format_path
from negsim.report.implications import Implications
from negsim.report.json_calendar import calendar_data
from negsim.report.json_commitments import (
    durability_data,
    lever_data,
    no_deal_data,
    protocol_data,
    sacred_data,
    side_payments_data,
    war_data,
)
from negsim.report.json_findings import blocks_data, estimate_data, maybe_data, solutions_data
from negsim.report.json_frontier import frontier_data
from negsim.report.json_head import cast_at_home_data, head_data, issue_data, party_head, sample_data
from negsim.report.json_stakes import stakes_data
from negsim.report.provenance import origin, standing
from negsim.scenario.inheritance import is_inherited
from negsim.scenario.inventory import NamedQuantity, coin_paths, list_quantities
from negsim.scenario.quantities import Constant, Quantity, Same
from negsim.scenario.types import Party, Provenance, Role, SameAs, Scenario
from negsim.zone.frontiers_result import Frontier
from negsim.zone.result import (
    CoinMove,
    Deal,
    Move,
    NearDeals,
    OptionFinding,
    PartyShare,
    StructuralMove,
    ZoneResult,
    ZoneSize,
)

__all__ = [
    "ZONE_FORMAT",
    "place_data",
    "problem_data",
    "scenario_data",
    "to_text",
    "zone_data",
]

ZONE_FORMAT = "negsim.zone/1"

Data = dict[str, Any]


def to_text(data: Mapping[str, Any], *, ascii_only: bool = False) -> str:
    """Write data as JSON text with sorted keys and a closing newline: the same data, the same bytes."""
    return json.dumps(data, indent=2, sort_keys=True, ensure_ascii=ascii_only, allow_nan=False) + "\n"


def zone_data(result: ZoneResult, scenario: Scenario, version: str, frontier: Frontier | None = None) -> Data:
    """Give a zone analysis as data, in the form that ``negsim schema zone`` describes.

    A frontier stands in it where one was asked for.
    """
    return {
        **head_data(ZONE_FORMAT, scenario, version, _settings(result)),
        **cast_at_home_data(scenario),
        "outcome_space": {
            "issues": result.n_issues,
            "outcomes": result.n_outcomes,
            "cells": result.n_cells,
            "enumerated": result.enumerated,
        },
        "p_zone": estimate_data(result.p_zone),
        "zone_size": _size(result.size),
        "deals": [_deal(rank, deal) for rank, deal in enumerate(result.deals, start=1)],
        "p_covered": estimate_data(result.p_covered),
        "near": _near(result.near) if result.enumerated else None,
        "options": [_option(found) for found in result.options],
        "blocks": None if result.blocks is None else blocks_data(result.blocks),
        "solutions": solutions_data(result.solutions),
        "frontier": None if frontier is None else frontier_data(frontier),
        "moves": [_move(move) for move in result.moves],
        "coins": [_coin(coin) for coin in result.coins],
        "structure": [_structure(move) for move in result.structure],
        "stakes": stakes_data(result.stakes),
    }


def _settings(result: ZoneResult) -> Data:
    asked = result.questions
    return {
        **sample_data(result),
        "method": asked.method,
        "points": asked.points,
        "compare_points": asked.compare_points,
        "weights": dict(asked.weights),
    }


def _size(size: ZoneSize) -> Data:
    mean = None if size.mean is None else estimate_data(size.mean)
    return {"mean": mean, "p10": size.p10, "median": size.median, "p90": size.p90}


def _near(near: NearDeals) -> Data:
    return {"outcomes": near.n_outcomes, "common": dict(near.common)}


def _shares(shares: Iterable[PartyShare]) -> Data:
    return {share.party: estimate_data(share.p_accept) for share in shares}


def _deal(rank: int, deal: Deal) -> Data:
    return {
        "rank": rank,
        "options": dict(deal.options),
        "p_in_zone": estimate_data(deal.p_in_zone),
        "p_new": estimate_data(deal.p_new),
        "p_accept": _shares(deal.parties),
        "asked": list(deal.asked),
    }


def _option(found: OptionFinding) -> Data:
    return {
        "issue": found.issue,
        "option": found.option,
        "p_in_zone": maybe_data(found.p_in_zone),
        "share_of_zones": maybe_data(found.share_of_zones),
        "p_accept": _shares(found.parties),
    }


def _move(move: Move) -> Data:
    return {
        "path": move.path,
        "low_below": move.low_below,
        "high_above": move.high_above,
        "p_low": maybe_data(move.p_low),
        "p_high": maybe_data(move.p_high),
        "difference": maybe_data(move.difference),
        "stands_out": move.stands_out,
    }


def _coin(coin: CoinMove) -> Data:
    return {
        "party": coin.party,
        "red_line": coin.red_line,
        "p_bluff": maybe_data(coin.p_bluff),
        "p_real": maybe_data(coin.p_real),
        "difference": maybe_data(coin.difference),
        "stands_out": coin.stands_out,
    }


def _structure(move: StructuralMove) -> Data:
    return {
        "assumption": move.assumption,
        "alternative": move.alternative,
        "worlds": move.n_worlds,
        "p_zone": estimate_data(move.p_zone),
        "difference": estimate_data(move.difference),
    }


def scenario_data(scenario: Scenario, implied: Implications, version: str) -> Data:
    """Give a scenario as data: what ``negsim show --format json`` prints."""
    agreement = scenario.agreement
    signatories = [party.id for party in scenario.parties if party.role is Role.SIGNATORY]
    return {
        "format": "negsim.show/1",
        "negsim": version,
        "scenario": {"id": scenario.id, "title": scenario.title, "about": scenario.about},
        "outcome_space": {
            "issues": len(scenario.issues),
            "outcomes": implied.n_outcomes,
            "cells": implied.n_cells,
        },
        "issues": [issue_data(issue) for issue in scenario.issues],
        "parties": [_party_data(party) for party in scenario.parties],
        "rules": [{"id": r.id, "require": r.require.text, "because": r.because} for r in scenario.rules],
        "agreement": {"quorum": agreement.quorum, "vetoes": list(agreement.vetoes)},
        "war": war_data(scenario.war),
        "durability": durability_data(scenario.durability),
        "side_payments": side_payments_data(scenario.side_payments),
        "protocol": protocol_data(scenario.protocol, signatories),
        "talks": calendar_data(scenario.talks),
        "quantities": [
            _named_quantity(named, scenario)
            for named in list_quantities(scenario)
            if not is_inherited(named.path, named.quantity)
        ],
        "coins": [format_path(path) for path in coin_paths(scenario)],
        "ties": [
            {"id": t.id, "between": [format_path(p) for p in t.between], "rank_correlation": t.rank_correlation}
            for t in scenario.ties
        ],
        "trade_offs": _trade_offs(scenario, implied),
    }


def _party_data(party: Party) -> Data:
    return {
        **party_head(party),
        "about": party.about,
        "consents_to": party.consents_to.text if party.consents_to is not None else None,
        "demands": {d.issue: {"form": d.form, "stated": list(d.stated)} for d in party.demands},
        "red_lines": [
            {"id": line.id, "title": line.title, "require": line.require.text, "hard": line.firmness is None}
            for line in party.red_lines
        ],
        "adjustments": [{"id": a.id, "when": a.when.text, "because": a.because} for a in party.adjustments],
        "no_deal_same_as": dict(party.no_deal.options) if isinstance(party.no_deal, SameAs) else None,
        "no_deal": no_deal_data(party.no_deal),
        "sacred": [sacred_data(held) for held in party.sacred],
        "levers": [lever_data(lever) for lever in party.levers],
        "tactic": party.tactic.name if party.tactic else None,
        "ratifiers": [_party_data(ratifier) for ratifier in party.ratifiers],
    }


def _named_quantity(named: NamedQuantity, scenario: Scenario) -> Data:
    return {
        "path": format_path(named.path),
        **_quantity(named.quantity),
        "domain": {"low": named.domain.low, "high": named.domain.high, "unit": named.domain.unit},
        "provenance": _provenance(origin(named.path, scenario.provenance)),
    }


def _quantity(quantity: Quantity) -> Data:
    """Give a constant as its value, anything else by the name and figures of its distribution."""
    if isinstance(quantity, Constant):
        return {"value": quantity.value}
    if isinstance(quantity, Same):
        return {"same": format_path(quantity.path)}
    figures = {field.name: getattr(quantity, field.name) for field in fields(quantity)}
    return {"distribution": {"kind": type(quantity).__name__.lower(), **figures}}


def _provenance(entry: Provenance | None) -> Data:
    said: Data = {"standing": standing(entry)}
    if entry is None:
        return said
    texts = {"source": entry.source, "words": entry.words, "by": entry.by, "assumed": entry.assumed, "note": entry.note}
    return said | {name: text for name, text in texts.items() if text}


def _trade_offs(scenario: Scenario, implied: Implications) -> Data:
    issues = {issue.id: issue for issue in scenario.issues}
    return {
        party: [
            {
                side: {
                    "issue": step.issue,
                    "from": issues[step.issue].options[step.worse],
                    "to": issues[step.issue].options[step.better],
                    "points": step.gain,
                }
                for side, step in (("heavy", pair.heavy), ("light", pair.light))
            }
            for pair in pairs
        ]
        for party, pairs in implied.trade_offs.items()
    }


def problem_data(problem: Problem) -> Data:
    """Give one problem as data, with its place where it has one."""
    place = problem.place
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "message": problem.message,
        "help": problem.help,
        "path": format_path(problem.path),
        "place": None if place is None else place_data(place),
    }


def place_data(place: Place) -> Data:
    """Give a place in a file as data."""
    return {"file": place.file, "line": place.line, "column": place.column, "length": place.length}
