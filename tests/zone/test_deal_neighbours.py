"""The outcomes near one outcome, beside a list of all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from negsim.model.structure import Structure, compile_structure
from negsim.scenario.types import Scenario
from negsim.zone import deal_neighbours
from negsim.zone.deal_neighbours import neighbours_of
from tests import reference
from tests.strategies import Document, documents, scenario_of


def _compiled(document: Document, data: st.DataObject) -> tuple[Structure, list[tuple[int, ...]], tuple[int, ...]]:
    scenario = scenario_of(document)
    everything = [tuple(outcome.values()) for outcome in reference.outcomes(scenario)]
    assume(everything)
    return compile_structure(scenario), everything, data.draw(st.sampled_from(everything))


def _n_changes(one: tuple[int, ...], other: tuple[int, ...], structure: Structure) -> int:
    pairs = zip(structure.issues, one, other, strict=True)
    return sum(a != b and max(a, b) < len(issue.options) for issue, a, b in pairs)


def _found(structure: Structure, deal: tuple[int, ...]) -> tuple[dict[tuple[int, ...], int], int | None]:
    near = neighbours_of(structure, np.array(deal))
    spelled = [tuple(row) for row in structure.choices_of(near.outcomes).tolist()]
    assert len(set(spelled)) == len(spelled)
    return dict(zip(spelled, near.n_changes.tolist(), strict=True)), near.most_changes


@given(documents(), st.data())
def test_in_a_small_space_every_other_outcome_is_near(document: Document, data: st.DataObject) -> None:
    structure, everything, deal = _compiled(document, data)
    expected = {other: _n_changes(deal, other, structure) for other in everything if other != deal}
    assert _found(structure, deal) == (expected, None)


@settings(max_examples=60)
@given(documents(max_issues=5), st.data(), st.sampled_from([(0, 10**6), (0, 0), (10**6, 10**6)]))
def test_in_a_large_space_few_changes_lead_to_what_is_near(
    document: Document, data: st.DataObject, limits: tuple[int, int]
) -> None:
    structure, everything, deal = _compiled(document, data)
    few, many = limits
    most = 3 if few else 2 if many else 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deal_neighbours, "ALL_OUTCOMES", 0)
        patch.setattr(deal_neighbours, "FEW", few)
        patch.setattr(deal_neighbours, "MANY", many)
        found = _found(structure, deal)
    changes = {other: _n_changes(deal, other, structure) for other in everything if other != deal}
    assert found == ({other: n for other, n in changes.items() if n <= most}, most)


@pytest.mark.parametrize(("few", "most"), [(175, 3), (174, 2)])
def test_three_changes_are_allowed_up_to_a_number_of_outcomes(
    few: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Four issues of four options: 1 + 4·3 + 6·9 + 4·27 = 175 outcomes with at most three changes, 67 with at most two.
    monkeypatch.setattr(deal_neighbours, "ALL_OUTCOMES", 0)
    monkeypatch.setattr(deal_neighbours, "FEW", few)
    scenario = _additive(4, 4)
    assert neighbours_of(compile_structure(scenario), np.zeros(4, np.intp)).most_changes == most


@pytest.mark.parametrize(("n_near", "most", "n_found"), [(67, 2, 66), (66, 1, 12)])
def test_two_changes_are_allowed_up_to_a_number_of_outcomes(
    n_near: int, most: int, n_found: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deal_neighbours, "ALL_OUTCOMES", 0)
    monkeypatch.setattr(deal_neighbours, "FEW", 0)
    monkeypatch.setattr(deal_neighbours, "MANY", n_near)
    near = neighbours_of(compile_structure(_additive(4, 4)), np.zeros(4, np.intp))
    assert (near.most_changes, len(near.outcomes.cell)) == (most, n_found)


@pytest.mark.parametrize(("n_issues", "most_changes"), [(7, None), (8, 3)])
def test_spaces_up_to_sixteen_thousand_outcomes_are_gone_through_whole(n_issues: int, most_changes: int | None) -> None:
    # 4^7 is 16,384 outcomes, 4^8 is 65,536.
    near = neighbours_of(compile_structure(_additive(n_issues, 4)), np.zeros(n_issues, np.intp))
    assert near.most_changes == most_changes
    assert len(near.outcomes.cell) == (4**7 - 1 if most_changes is None else 8 * 3 + 28 * 9 + 56 * 27)


def _additive(n_issues: int, n_options: int) -> Scenario:
    issues = {f"i{k}": {"title": "I", "options": [f"o{j}" for j in range(n_options)]} for k in range(n_issues)}
    return scenario_of(
        {
            "negsim": 1,
            "id": "many",
            "title": "Many",
            "issues": issues,
            "parties": {"ann": {"title": "Ann", "demands": {"i0": "o0"}, "no_deal": 0}},
        }
    )


@given(documents(), st.data())
def test_an_outcome_is_found_where_it_is_spelled_from(document: Document, data: st.DataObject) -> None:
    structure, everything, _ = _compiled(document, data)
    choices = np.array(everything)
    assert structure.choices_of(structure.outcomes_of(choices)).tolist() == choices.tolist()
