"""What blocks, beside scenarios in which just that is changed: less to lose, a firmer line, more points."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from negsim.zone import estimate_p_zone
from tests.strategies import Document, documents, scenario_of
from tests.zone.analysed import analysed


@settings(max_examples=100)
@given(documents(), st.sampled_from([1, 5, 17]))
def test_with_less_to_lose_there_is_a_zone_where_the_file_with_less_has_one(document: Document, points: int) -> None:
    blocks = analysed(document, points=points, n_worlds=32).blocks
    assert blocks is not None
    for block in blocks.no_deal:
        lower = deepcopy(document)
        before = document["parties"][block.party]["no_deal"]
        if isinstance(before, int):
            lower["parties"][block.party]["no_deal"] = before - points
        elif isinstance(before, str):
            low, high = (int(end) - points for end in before.split(".."))
            lower["parties"][block.party]["no_deal"] = {"uniform": {"low": low, "high": high}}
        else:
            continue  # an outcome cannot be lowered by points
        assert block.p_lower == estimate_p_zone(scenario_of(lower), n_worlds=32)


@settings(max_examples=40)
@given(documents())
def test_a_firmer_line_blocks_more_and_without_it_nothing_changes(document: Document) -> None:
    name = next((name for name, party in document["parties"].items() if "red_lines" in party), None)
    assume(name is not None)
    without, gains = [], []
    for firmness in (0.0, 0.3, 0.7, "hard"):
        document["parties"][name]["red_lines"]["line"]["firmness"] = firmness
        blocks = analysed(document, n_worlds=32).blocks
        assert blocks is not None
        (block,) = (one for one in blocks.lines if (one.party, one.red_line) == (name, "line"))
        without.append(block.p_without)
        gains.append(block.gain.estimate)
    assert len(set(without)) == 1
    assert gains == sorted(gains)


@settings(max_examples=30)
@given(documents())
def test_more_points_never_open_fewer_worlds(document: Document) -> None:
    gains = []
    for points in (1.0, 5.0, 25.0, 100.0):
        blocks = analysed(document, points=points, n_worlds=32).blocks
        assert blocks is not None
        gains.append({block.party: block.gain.estimate for block in blocks.no_deal})
    for fewer, more in pairwise(gains):
        assert all(fewer[party] <= more[party] for party in fewer)
