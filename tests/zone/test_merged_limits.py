"""What cannot be done: too many efficient sums, too many outcomes, and how that is told."""

from __future__ import annotations

import pickle

import pytest

from negsim.errors import Problem, ScenarioError, UsageError
from negsim.zone import analyse_zone, compare_zones, workers
from negsim.zone.compiled import Compiled, compile_scenario
from negsim.zone.counting import Run
from tests.questions import by
from tests.strategies import Document, scenario_of


def _hopeless(n_issues: int = 25) -> Document:
    """Issues worth 1, 2, 4, ... of which each party wants all: every one of 2**25 outcomes is efficient."""
    issues = {f"i{k:02}": {"title": f"Issue {k}", "options": ["ann", "bob"]} for k in range(n_issues)}
    parties = {
        name: {
            "title": name,
            "demands": dict.fromkeys(issues, name),
            "priorities": {issue: 2**k / 64 for k, issue in enumerate(issues)},
            "no_deal": 40,
        }
        for name in ("ann", "bob")
    }
    return {"negsim": 1, "id": "hopeless", "title": "Hopeless", "issues": issues, "parties": parties}


def test_too_many_efficient_sums_are_an_error_at_the_issues() -> None:
    with pytest.raises(ScenarioError) as caught:
        analyse_zone(scenario_of(_hopeless()), n_worlds=1)
    (problem,) = caught.value.problems
    assert (problem.code, problem.path) == ("NS418", ("issues",))
    assert "3.36e+07 outcomes" in problem.message
    assert "over the 131,072 kept" in problem.message


def test_where_outcomes_can_be_enumerated_too_many_efficient_sums_only_leave_out_what_needs_them() -> None:
    # 2**18 outcomes, all efficient: more than are kept.
    found = analyse_zone(scenario_of(_hopeless(18)), n_worlds=1)
    assert (found.enumerated, found.p_zone.estimate) == (True, 1.0)
    assert (found.blocks, found.solutions) == (None, ())
    changes = compare_zones(scenario_of(_hopeless(18)), scenario_of(_hopeless(18)), n_worlds=1).changes
    assert {change.kind for change in changes} == {"option", "acceptance"}


def test_so_many_outcomes_cannot_be_enumerated_even_if_asked() -> None:
    with pytest.raises(UsageError, match="33,554,432 outcomes; at most 16,777,216 can be enumerated"):
        analyse_zone(scenario_of(_hopeless()), n_worlds=1, questions=by("enumerate"))


def test_a_method_that_there_is_not_is_an_error() -> None:
    with pytest.raises(UsageError, match="no method 'guess'; known here: auto, enumerate and merge"):
        analyse_zone(scenario_of(_hopeless(3)), n_worlds=1, questions=by("guess"))


def _problem() -> ScenarioError:
    return ScenarioError((Problem("NS418", "too many", ("issues",), help="fewer"),))


def test_problems_survive_the_way_from_a_worker_process() -> None:
    again = pickle.loads(pickle.dumps(_problem()))
    assert isinstance(again, ScenarioError)
    assert again.problems == _problem().problems
    assert str(again) == str(_problem())


def _raise_in_later_blocks(_: Compiled, run: Run) -> None:
    if run[0][0] > 0:
        raise _problem()


def test_a_problem_found_in_a_worker_process_is_the_same_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_WORTH_SECONDS", 0.0)
    monkeypatch.setattr(workers, "_RUN_SECONDS", 0.0)
    compiled = compile_scenario(scenario_of(_hopeless(3)), 0, "lhs")
    with workers.Workers(compiled, 2) as pool, pytest.raises(ScenarioError) as caught:
        list(pool.map(_raise_in_later_blocks, [(block, 1) for block in range(9)]))
    assert caught.value.problems == _problem().problems
