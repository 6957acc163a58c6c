"""Every code can be had as the text of a file, in more than one."""

from __future__ import annotations

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from negsim.errors import ScenarioError, UsageError
from negsim.scenario import loads
from negsim.scenario.codes import CODES
from negsim.testing.faults import codes_of
from negsim.testing.strategies import invalid_scenarios

OF_NO_TEXT = {"NS101", "NS117", "NS418"}
FOUND_BY_THE_MODEL = {"NS410", "NS411"}
CODES_OF_TEXTS = sorted(CODES.keys() - OF_NO_TEXT)


def codes_on_loading(text: str) -> set[str]:
    try:
        loads(text)
    except ScenarioError as error:
        return {problem.code for problem in error.problems}
    return set()


@pytest.mark.parametrize("code", CODES_OF_TEXTS)
@settings(max_examples=4, phases=[Phase.generate])
@given(data=st.data())
def test_a_text_drawn_for_a_code_is_refused_with_it(code: str, data: st.DataObject) -> None:
    text = data.draw(invalid_scenarios(code))
    found = codes_of if code in FOUND_BY_THE_MODEL else codes_on_loading
    assert code in found(text)


@pytest.mark.parametrize("code", ["NS103", "NS113", "NS201", "NS221", "NS410"])
def test_texts_for_a_code_differ(code: str) -> None:
    one = find(invalid_scenarios(code), lambda _: True)
    assert find(invalid_scenarios(code), lambda text: text != one) != one


def test_an_example_over_its_base_has_no_other_problem() -> None:
    assert codes_on_loading(find(invalid_scenarios("NS403"), lambda _: True)) == {"NS403"}


@pytest.mark.parametrize("code", sorted(OF_NO_TEXT))
def test_a_code_that_no_text_has_is_refused_with_the_reason(code: str) -> None:
    with pytest.raises(UsageError, match=f"no text of a scenario has {code}: it is "):
        invalid_scenarios(code)


@pytest.mark.parametrize(("code", "near"), [("NS999", "NS449"), ("ns201", "NS201"), ("NS40l", "NS40"), ("", "NS")])
def test_an_unknown_code_is_refused_with_the_nearest(code: str, near: str) -> None:
    with pytest.raises(UsageError, match=f"there is no code '{code}'; did you mean NS...\\?") as caught:
        invalid_scenarios(code)
    assert near in str(caught.value)


def test_a_sound_text_has_no_codes() -> None:
    assert codes_of("negsim: 1\nid: a\ntitle: A\nissues: {}\nparties: {}\n") == {"NS207"}
