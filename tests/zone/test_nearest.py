"""The outcomes nearest to a zone, against every outcome of every world without one."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings

from negsim.errors import ScenarioError
from negsim.model.outcomes import Outcomes
from negsim.zone import analyse_zone
from negsim.zone.blocks import block_counts, line_costs
from negsim.zone.nearest import by_block, choose_nearest, count_nearest
from negsim.zone.violations import tables, what_blocks
from tests.strategies import Document, documents, scenario_of
from tests.zone.test_violations import compiled_of, smallest, violations, ways

N_WORLDS = 6


def _all_outcomes(compiled_n: int, n_free: int) -> tuple[np.ndarray, np.ndarray]:
    return np.divmod(np.arange(compiled_n), n_free)


@settings(max_examples=60)
@given(documents(max_issues=3))
def test_an_outcome_is_nearest_where_it_violates_a_smallest_set_and_a_party_lacks_hardly_more_than_the_least(
    document: Document,
) -> None:
    compiled = compiled_of(document)
    scenario, structure = compiled.scenario, compiled.structure
    draws, worlds = compiled.draw(0, N_WORLDS)
    costs = line_costs(worlds, compiled.constraints)
    blocked = [
        what_blocks(table, cost) for table, cost in zip(tables(worlds, compiled.constraints), costs, strict=True)
    ]
    exists = np.array([0 in one.sets for one in blocked])
    assume(not np.all(exists))
    found = by_block(block_counts(0, N_WORLDS, [one for one in blocked if 0 not in one.sets]))
    outcomes = structure.outcomes(*_all_outcomes(structure.n_outcomes, structure.n_free))
    counts = count_nearest(compiled, [(0, N_WORLDS)], exists, found, outcomes)
    assert counts.n_without.tolist() == [N_WORLDS - np.count_nonzero(exists)]
    spelled = [
        dict(zip((i.id for i in scenario.issues), row, strict=True)) for row in structure.choices_of(outcomes).tolist()
    ]
    nearest = np.zeros(len(outcomes), int)
    short = np.zeros(len(outcomes), int)
    for world in np.flatnonzero(~exists).tolist():
        numbers = {path: float(values[world]) for path, values in draws.quantity.items()}
        coins = {line: bool(real[world]) for line, real in draws.real.items()}
        violated = [violations(scenario, outcome, numbers, coins) for outcome in spelled]
        per_outcome = [ways(scenario, o, set(v)) for o, v in zip(spelled, violated, strict=True)]
        minimal = smallest(set().union(*per_outcome))
        for k, (mine, sets) in enumerate(zip(violated, per_outcome, strict=True)):
            near = False
            for one in sets & minimal:
                lacking = [name for name in one if not name[1]]
                least = {
                    name: min(v[name] for v, w in zip(violated, per_outcome, strict=True) if one in w)
                    for name in lacking
                }
                near |= not lacking or any(mine[name] <= least[name] + 100_000 for name in lacking)
            nearest[k] += near
            short[k] += any(not line for _, line in mine)
    assert counts.nearest[0].tolist() == nearest.tolist()
    assert np.count_nonzero(np.any(counts.lack > 0, axis=1), axis=0).tolist() == short.tolist()


@settings(max_examples=60)
@given(documents(max_issues=3))
def test_every_outcome_told_is_nearest_somewhere_and_adds_to_those_before(document: Document) -> None:
    try:
        found = analyse_zone(scenario_of(document), n_worlds=40)
    except ScenarioError as error:
        assume(error.problems[0].code != "NS410")
        raise
    assert found.blocks is not None
    near = found.blocks.nearest
    assert bool(near) == (found.blocks.n_without > 0)
    assert len({outcome.options for outcome in near}) == len(near) <= 3
    for rank, outcome in enumerate(near):
        assert outcome.share.estimate > 0
        assert outcome.new.estimate <= outcome.share.estimate
        assert rank > 0 or outcome.new == outcome.share
        assert rank == 0 or outcome.share.estimate <= near[0].share.estimate
        for party in outcome.parties:
            assert (party.points is None) == (party.short.estimate == 0)


def test_a_block_in_which_every_world_has_a_zone_does_no_harm() -> None:
    # Almost always a zone, so that whole blocks have one in every world.
    document: Document = {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"a": {"title": "A", "options": ["left", "right"]}, "b": {"title": "B", "options": ["x", "y"]}},
        "rules": {"r": {"require": "a == left or b == x"}},
        "parties": {
            "ann": {
                "title": "Ann",
                "values": {"a": {"left": 99.8, "right": 0}, "b": {"x": 99.8, "y": 0}},
                "no_deal": "0..100",
            }
        },
    }
    compiled = compiled_of(document)
    found = analyse_zone(compiled.scenario, n_worlds=1024)
    assert found.blocks is not None
    assert 0 < found.blocks.n_without < 4
    assert [outcome.share.estimate for outcome in found.blocks.nearest[:1]] == [1.0]


def test_nothing_is_told_where_nothing_was_put_forward() -> None:
    document: Document = {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"a": {"title": "A", "options": ["left", "right"]}},
        "parties": {"ann": {"title": "Ann", "values": {"a": {"left": 90, "right": 0}}, "no_deal": 10}},
    }
    compiled = compiled_of(document)
    exists = np.ones(4, np.bool_)
    chosen = choose_nearest(compiled, exists, [(0, 4)], {0: []})
    assert isinstance(chosen, Outcomes)
    assert len(chosen) == 0
