"""Harbour Sport Park: six parties, five issues, 720 deals (Abdelnabi et al. 2023, LLM-Deliberation, base game)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from negsim.scenario import loads
from negsim.zone import ZoneResult, analyse_zone
from tests.cases.data import case


@pytest.fixture(scope="module")
def game() -> Any:
    return case("harbour_sport_park.json")


def _analyse(game: Any, agreement: dict[str, Any] | None = None) -> ZoneResult:
    names = {name: name.lower().replace(" ", "_") for name in game["parties"]}
    issues = {
        f"i{k}": {"title": f"Issue {k}", "options": [f"o{j}" for j in range(n)]}
        for k, n in enumerate(game["computed"]["issues"])
    }
    parties = {}
    for name, party in game["parties"].items():
        best = [max(scores) for scores in party["scores"]]
        assert sum(best) == 100  # so that weighted values are the published scores themselves
        parties[names[name]] = {
            "title": name,
            "priorities": {f"i{k}": weight for k, weight in enumerate(best)},
            "values": {
                f"i{k}": {f"o{j}": 100 * score / best[k] if best[k] else 0 for j, score in enumerate(scores)}
                for k, scores in enumerate(party["scores"])
            },
            "no_deal": party["min"],
        }
    document = {"negsim": 1, "id": "harbour", "title": "Harbour", "issues": issues, "parties": parties}
    if agreement:
        document["agreement"] = agreement
    return analyse_zone(loads(json.dumps(document)), n_worlds=1)


def test_there_are_720_deals_of_which_12_are_acceptable_to_all(game: Any) -> None:
    found = _analyse(game)
    assert (found.n_outcomes, found.size.median) == (720, 12)


def test_55_deals_pass_five_of_six_with_the_two_vetoes(game: Any) -> None:
    vetoes = [
        name.lower().replace(" ", "_") for name, party in game["parties"].items() if party["role"] in {"p1", "p2"}
    ]
    assert len(vetoes) == 2
    assert _analyse(game, {"quorum": 5, "vetoes": vetoes}).size.median == 55


def test_133_deals_pass_five_of_six_without_vetoes(game: Any) -> None:
    assert _analyse(game, {"quorum": 5}).size.median == 133


def test_a_quorum_of_all_is_unanimity(game: Any) -> None:
    assert _analyse(game, {"quorum": 6}).size.median == 12
