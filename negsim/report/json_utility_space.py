"""Where deals lie by what they are worth to each party, as plain data for JSON: columns, to a hundredth of a point."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from negsim.report.json_findings import spread_data
from negsim.zone.utility_space_result import UtilitySpace

__all__ = ["utility_space_data"]

Data = dict[str, Any]

_DECIMALS = 2


def utility_space_data(space: UtilitySpace | None) -> Data | None:
    """Give a utility space as data; null where fewer than two parties have anything at stake."""
    if space is None:
        return None
    names = [scale.party for scale in space.parties]
    return {
        "worlds": space.n_worlds,
        "no_deal": [
            {"party": scale.party, "mean": scale.no_deal, "points": spread_data(scale.spread)}
            for scale in space.parties
        ],
        "outcomes": {
            "whole": space.is_whole,
            "spread": space.n_spread,
            "worth": {name: _rounded(column) for name, column in zip(names, space.worth, strict=True)},
            "p_in_zone": list(space.p_in_zone),
        },
        "deals": [
            {"rank": deal.rank, "worth": dict(zip(names, _rounded(deal.worth), strict=True))} for deal in space.deals
        ],
        "frontiers": [
            {
                "parties": list(frontier.parties),
                "n_points": frontier.n_points,
                "worth": {
                    name: _rounded(point[k] for point in frontier.points) for k, name in enumerate(frontier.parties)
                },
            }
            for frontier in space.frontiers
        ],
    }


def _rounded(points: Iterable[float]) -> list[float]:
    return [round(one, _DECIMALS) for one in points]
