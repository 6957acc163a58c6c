"""What can be asked beyond whether there is a zone, and how far it is answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from negsim.errors import UsageError
from negsim.zone import analyse_zone, plan, violations
from negsim.zone.compiled import compile_scenario
from negsim.zone.plan import make_plan
from negsim.zone.questions import USUAL, Questions
from tests.questions import EVERYTHING
from tests.strategies import Document, scenario_of


def _document() -> Document:
    party = {"title": "Party", "demands": {"a": 0, "b": "left"}, "no_deal": "30..80"}
    return {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {
            "a": {"title": "A", "scale": "0..9", "step": 1},
            "b": {"title": "B", "options": ["left", "right"]},
        },
        "parties": {
            "ann": party,
            "bob": party
            | {
                "demands": {"a": 9, "b": "right"},
                "red_lines": {"line": {"require": "b == right", "firmness": 0.5, "audience_cost": "0..20"}},
            },
            "zoe": party | {"role": "guarantor", "consents_to": "b == left"},
        },
    }


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        (Questions(weights={"bab": 2.0}), "no signatory 'bab' to weigh; did you mean 'bob'?"),
        (Questions(weights={"zoe": 2.0}), "no signatory 'zoe' to weigh; known here: ann and bob"),
        (Questions(weights={"ann": 0.0}), "the weight of ann must be positive and finite, not 0"),
        (Questions(weights={"ann": float("inf")}), "the weight of ann must be positive and finite, not inf"),
        (Questions(weights={"ann": float("nan")}), "the weight of ann must be positive and finite, not nan"),
        (Questions(points=0.0), "lowered by more than 0 and at most 100 points, not 0"),
        (Questions(points=100.1), "lowered by more than 0 and at most 100 points, not 100.1"),
        (Questions(points=float("nan")), "lowered by more than 0 and at most 100 points, not nan"),
    ],
)
def test_what_makes_no_sense_is_refused_before_any_work(questions: Questions, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        analyse_zone(scenario_of(_document()), questions=questions)
    assert message in str(caught.value)


def test_parties_have_no_weights_under_a_quorum() -> None:
    voting = scenario_of(_document() | {"agreement": {"quorum": 1}})
    with pytest.raises(UsageError, match="no weights where a quorum decides"):
        analyse_zone(voting, questions=Questions(weights={"ann": 2.0}))


def test_what_makes_sense_is_not_refused() -> None:
    asked = Questions(weights={"ann": 0.001, "bob": 1e9}, points=100.0)
    found = analyse_zone(scenario_of(_document()), n_worlds=64, questions=asked)
    assert found.questions == asked
    assert found.blocks is not None
    assert {block.points for block in found.blocks.no_deal} == {100.0}


def test_only_what_compares_no_points_is_usual() -> None:
    assert USUAL.solutions == ("nash", "kalai_smorodinsky")


def test_blocks_and_solutions_are_found_in_the_first_worlds_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    document = _document()
    first = analyse_zone(scenario_of(document), n_worlds=512, questions=EVERYTHING)
    monkeypatch.setattr(plan, "BLOCK_WORLDS", 512)
    monkeypatch.setattr(plan, "SETTLED_WORLDS", 256)
    found = analyse_zone(scenario_of(document), n_worlds=1500, questions=EVERYTHING)
    assert found.blocks == first.blocks
    assert found.blocks is not None
    assert found.blocks.n_worlds == 512
    assert {solution.n_worlds for solution in found.solutions} == {256}
    merged = analyse_zone(scenario_of(document), n_worlds=1500, questions=replace(EVERYTHING, method="merge"))
    assert (merged.blocks, merged.solutions) == (found.blocks, found.solutions)


@pytest.mark.parametrize(("work", "n_block_worlds", "n_settled_worlds"), [(1, 256, 256), (1024, 1024, 256)])
def test_where_tables_are_large_fewer_worlds_are_looked_at_and_one_block_at_least(
    work: int, n_block_worlds: int, n_settled_worlds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In the first world, two cells by the efficient levels of one issue, for three parties.
    compiled = compile_scenario(scenario_of(_document()), 0, "lhs")
    (table,) = violations.tables(compiled.worlds(0, 1), compiled.constraints, always=range(3))
    monkeypatch.setattr(plan, "_WORK", work * table.key.size * 3)
    made = make_plan(compiled, USUAL)
    assert (made.n_block_worlds, made.n_settled_worlds) == (n_block_worlds, n_settled_worlds)


def test_a_quorum_leaves_solutions_out() -> None:
    document = _document() | {"agreement": {"quorum": 1}}
    assert make_plan(compile_scenario(scenario_of(document), 0, "lhs"), USUAL).n_settled_worlds == 0
    found = analyse_zone(scenario_of(document), n_worlds=300, questions=EVERYTHING)
    assert found.solutions == ()
    assert found.blocks is not None


@pytest.mark.parametrize("agreement", [None, {"quorum": 1}])
def test_how_violations_are_counted_changes_nothing(
    agreement: Document | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = _document() | ({"agreement": agreement} if agreement else {})
    before = analyse_zone(scenario_of(document), n_worlds=256, questions=EVERYTHING)
    monkeypatch.setattr(violations, "_CELLS", 1)  # world by world
    for keys in (1, 40):  # sorted, then counted a few at a time
        monkeypatch.setattr(violations, "_KEYS", keys)
        assert analyse_zone(scenario_of(document), n_worlds=256, questions=EVERYTHING) == before


def test_more_red_lines_than_a_machine_number_has_bits_are_told_apart() -> None:
    # Ann would give up left in 70 lines, Bob right in one: either all of hers or his.
    lines = {f"line_{k}": {"require": "a == left", "firmness": "hard"} for k in range(70)}
    document: Document = {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"a": {"title": "A", "options": ["left", "right"]}},
        "parties": {
            "ann": {"title": "Ann", "demands": {"a": "any"}, "no_deal": 0, "red_lines": lines},
            "bob": {
                "title": "Bob",
                "demands": {"a": "any"},
                "no_deal": 0,
                "red_lines": {"his": {"require": "a == right", "firmness": "hard"}},
            },
        },
    }
    blocks = analyse_zone(scenario_of(document), n_worlds=8).blocks
    assert blocks is not None
    assert [{line for _, line in one.red_lines} for one in blocks.minimal] == [{"his"}, set(lines)]
    assert [block.gain.estimate for block in blocks.lines if block.red_line == "his"] == [1.0]
