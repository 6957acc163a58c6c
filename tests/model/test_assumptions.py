"""What can be assumed instead of what the model takes for granted."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from negsim.errors import ScenarioError, UsageError
from negsim.model.assumptions import (
    AS_STATED,
    BELIEFS,
    BREACHES,
    GOOD_FAITH,
    IRRELEVANT_WORTHS,
    LEVERS,
    OPTIONS,
    RATIFIERS,
    VALUE_SHAPES,
    Assumptions,
)
from negsim.model.values import implied_values
from negsim.scenario.types import Demand
from tests import reference
from tests.strategies import Document, documents, scenario_of
from tests.worlds import Bench, bench

AT_LEAST_30 = Demand("years", "at_least", ("30",), (3, 4))
YEARS = np.array([0.0, 10, 20, 30, 40])


def test_a_step_gives_nothing_and_a_concave_shape_most_for_a_near_miss() -> None:
    # At 20, 10, 0 years the distance is 1/3, 2/3 and all of the farthest one: 1 - 1/9, 1 - 4/9 and 0.
    found = {shape: implied_values(AT_LEAST_30, 5, YEARS, shape).tolist() for shape in VALUE_SHAPES}
    assert found["linear"] == pytest.approx([0, 100 / 3, 200 / 3, 100, 100])
    assert found["step"] == [0, 0, 0, 100, 100]
    assert found["concave"] == pytest.approx([0, 500 / 9, 800 / 9, 100, 100])


@pytest.mark.parametrize("shape", VALUE_SHAPES)
def test_every_shape_is_whole_at_the_demand_nothing_at_the_far_end_and_never_rises_between(shape: str) -> None:
    share = VALUE_SHAPES[shape](np.linspace(0, 1, 101))
    assert (share[0], share[-1]) == (1, 0)
    assert np.all(np.diff(share) <= 0)


@pytest.mark.parametrize("shape", VALUE_SHAPES)
def test_a_demand_without_a_scale_or_that_everything_meets_has_no_shape(shape: str) -> None:
    assert implied_values(AT_LEAST_30, 5, None, shape).tolist() == [0, 0, 0, 100, 100]
    everything = Demand("years", "any", (), (0, 1, 2, 3, 4))
    assert implied_values(everything, 5, YEARS, shape).tolist() == [100] * 5


@pytest.mark.parametrize(
    ("assumption", "chosen", "message"),
    [
        ("value_shape", "linaer", "there is no value_shape 'linaer'; did you mean 'linear'"),
        ("irrelevant", "middling", "there is no irrelevant 'middling'"),
        ("belief", "comon", "there is no belief 'comon'; did you mean 'common'"),
        ("option", "beside", "there is no option 'beside'"),
        ("breach", "imposible", "there is no breach 'imposible'; did you mean 'impossible'"),
        ("ratifiers", "askd", "there is no ratifiers 'askd'; did you mean 'asked'"),
        ("levers", "puled", "there is no levers 'puled'; did you mean 'pulled'"),
        ("good_faith", "drawm", "there is no good_faith 'drawm'; did you mean 'drawn'"),
    ],
)
def test_an_assumption_that_is_not_known_is_refused(assumption: str, chosen: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        replace(AS_STATED, **{assumption: chosen})  # type: ignore[arg-type]


def test_every_analysis_takes_the_first_of_each_for_granted() -> None:
    firsts = {field.name: getattr(AS_STATED, field.name) for field in fields(Assumptions)}
    assert firsts == {
        "value_shape": next(iter(VALUE_SHAPES)),
        "irrelevant": next(iter(IRRELEVANT_WORTHS)),
        "belief": BELIEFS[0],
        "option": OPTIONS[0],
        "breach": BREACHES[0],
        "ratifiers": RATIFIERS[0],
        "levers": LEVERS[0],
        "good_faith": GOOD_FAITH[0],
        "pressure": (),
    }


def _bench(document: Document, assumptions: Assumptions) -> Bench:
    try:
        return bench(scenario_of(document), n_worlds=3, assumptions=assumptions)
    except ScenarioError as error:
        assume(error.problems[0].code != "NS410")
        raise


@settings(max_examples=120)
@given(documents(), st.sampled_from(sorted(VALUE_SHAPES)), st.sampled_from(sorted(IRRELEVANT_WORTHS)))
def test_zones_under_every_assumption_agree_with_the_reference(document: Document, shape: str, worth: str) -> None:
    compiled = _bench(document, Assumptions(shape, worth))
    scenario = compiled.scenario
    names = [issue.id for issue in scenario.issues]
    block, _ = compiled.zone()
    for world in range(3):
        numbers, coins = compiled.numbers(world)
        outcomes = (dict(zip(names, key, strict=True)) for key in compiled.choices().tolist())
        inside = [reference.in_zone(outcome, scenario, numbers, coins, (shape, worth)) for outcome in outcomes]
        assert block.size[world] == sum(inside)


@settings(max_examples=60)
@given(documents())
def test_with_the_usual_assumptions_nothing_changes(document: Document) -> None:
    stated, assumed = _bench(document, AS_STATED), _bench(document, Assumptions("linear", "as_stated"))
    for party in range(len(stated.scenario.parties)):
        assert stated.worlds.base[party].tobytes() == assumed.worlds.base[party].tobytes()
        for before, after in zip(stated.worlds.free_value[party], assumed.worlds.free_value[party], strict=True):
            assert before.tobytes() == after.tobytes()
        for before, after in zip(stated.worlds.cell_value[party], assumed.worlds.cell_value[party], strict=True):
            assert before.tobytes() == after.tobytes()
