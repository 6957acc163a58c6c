"""Harbour Sport Park: six parties, five issues, 720 deals (Abdelnabi et al. 2023, LLM-Deliberation, base game)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from negsim.scenario import loads
from negsim.zone import ZoneResult, analyse_zone
from negsim.zone.questions import USUAL, Questions
from tests.cases.data import case
from tests.questions import by


@pytest.fixture(scope="module")
def game() -> Any:
    return case("harbour_sport_park.json")


def _analyse(game: Any, agreement: dict[str, Any] | None = None, questions: Questions = USUAL) -> ZoneResult:
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
    return analyse_zone(loads(json.dumps(document)), n_worlds=1, questions=questions)


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


@pytest.mark.parametrize("method", ["enumerate", "merge"])
def test_solutions_settle_on_the_published_deals(game: Any, method: str) -> None:
    found = _analyse(game, questions=by(method))
    published = {"nash": "nash", "egalitarian": "egal", "utilitarian": "util"}
    deals = {name: game["computed"][short] for name, short in published.items()}
    # Of two published deals with the same least ratio leximin takes the one with the larger next ratio (see
    # tests/cases/test_harbour_solutions.py).
    deals["kalai_smorodinsky"] = ["A2,B3,C3,D2,E3"]
    for solution in found.solutions:
        chosen = [(one.issue, one.option) for one in solution.options if one.share.estimate == 1]
        named = ",".join(f"{'ABCDE'[int(issue[1:])]}{int(option[1:]) + 1}" for issue, option in chosen)
        assert [named] == deals.pop(solution.name)
    assert not deals


def test_the_deal_of_nash_leaves_each_party_its_published_gain(game: Any) -> None:
    # Scores of A2,B3,C3,D2,E3, as in tests/cases/test_harbour_solutions.py, less each party's least. A scenario's
    # no-deal value gives way by half a unit of 10^-5 points for each issue, and a value is rounded to a unit.
    (nash, *_) = _analyse(game).solutions
    gains = {party: spread.median for party, spread in nash.gains}
    scores = dict(zip(game["parties"], [54, 48, 71, 57, 81, 77], strict=True))
    for name, party in game["parties"].items():
        assert gains[name.lower().replace(" ", "_")] == pytest.approx(scores[name] - party["min"], abs=6e-5)
