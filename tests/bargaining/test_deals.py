"""Which deals can come up, and what they are worth: against all outcomes one by one."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from negsim.bargaining import bargain
from negsim.bargaining.deals import ALL_DEALS, MOST_DEALS, _signed, best_deals, deals_on_the_table, gains_of
from negsim.bargaining.table import make_table
from negsim.errors import ScenarioError
from negsim.model.sampling import BLOCK
from negsim.model.worlds import Worlds
from negsim.scenario import Scenario, loads
from negsim.zone.acceptance import accepts_outcomes
from negsim.zone.compiled import Compiled, compile_scenario
from tests.strategies import Document, documents, scenario_of
from tests.strategies_stakes import stakes
from tests.worlds import Bench, bench
from tests.zone.test_holding import holding_document


def _bench(document: Document) -> Bench:
    try:
        return bench(scenario_of(document), n_worlds=3)
    except ScenarioError as error:
        assume(error.problems[0].code != "NS410")  # rules that leave no outcome are no case
        raise


def small(*, durable: bool | None = None) -> st.SearchStrategy[Document]:
    return stakes(max_issues=2, durable=durable)


@settings(max_examples=50)
@given(st.one_of(documents(max_issues=3), small(durable=True)))
def test_a_gain_is_not_below_nothing_exactly_where_the_deal_is_accepted(document: Document) -> None:
    found = _bench(document)
    deals, every = found.outcomes(), len(found.outcomes())
    some = deals.pick(np.arange(every) % 2 == 0)
    for place in range(len(found.scenario.actors)):
        for outcomes in (deals, some):
            accepts = accepts_outcomes(found.worlds, place, outcomes)
            assert np.array_equal(gains_of(found.worlds, place, outcomes) >= 0, accepts)


def test_a_loss_too_small_for_its_numbers_is_a_loss_all_the_same() -> None:
    # Below 2^-149 float32 knows nothing but 0, which would be accepted.
    signs = np.sign(_signed(np.array([-1.0, -1e-60, 0.0, 1e-60, 1.0, -inf])))
    assert signs.tolist() == [-1, -1, 0, 0, 1, -1]


@settings(max_examples=40)
@given(st.one_of(documents(max_issues=3), small(durable=True)))
def test_a_gain_is_what_a_deal_is_worth_beyond_no_deal_where_no_real_line_is_crossed(document: Document) -> None:
    found = _bench(document)
    deals = found.outcomes()
    names = [issue.id for issue in found.scenario.issues]
    for place, party in enumerate(found.scenario.parties):
        whole = gains_of(found.worlds, place, deals)
        for world in range(3):
            plain = found.plain(world)
            for k, key in enumerate(found.choices().tolist()):
                outcome = dict(zip(names, key, strict=True))
                expected = -inf if plain._crosses(party, outcome) else plain.gain(party, outcome)
                assert whole[world, k] == pytest.approx(expected, abs=2.0, rel=1e-6)


@settings(max_examples=40)
@given(st.one_of(documents(max_issues=3), small(durable=True)))
def test_the_best_deal_of_a_party_is_the_first_of_those_worth_most_to_it(document: Document) -> None:
    found = _bench(document)
    deals = found.outcomes()
    names = deals.names()
    for place in range(len(found.scenario.parties)):
        gain = found.worlds.gain(place, deals)
        gain[found.worlds.crosses_real(place, deals.cell)] = -inf
        best = [names[k] for k, most in zip(np.argmax(gain, axis=1), np.max(gain, axis=1), strict=True) if most > -inf]
        chosen = best_deals(found.worlds, place).names()
        assert len(chosen) == len(best)
        worth = dict(zip(names, gain.T.tolist(), strict=True))
        some = [world for world in range(3) if np.max(gain[world]) > -inf]
        for world, one, other in zip(some, chosen, best, strict=True):
            assert worth[one][world] == pytest.approx(worth[other][world], abs=1e-6)
            if not found.worlds.risk:  # else rounding may tell equals apart
                assert one == other


def large(n_issues: int, n_options: int, **more: str) -> Scenario:
    """Two who differ on many free issues."""
    options = ", ".join(f"o{k}" for k in range(n_options))
    issues = "\n".join(f"  i{k}: {{title: I, kind: ordered, options: [{options}]}}" for k in range(n_issues))

    def party(name: str, wanted: str, no_deal: str) -> str:
        demands = ", ".join(f"i{k}: {wanted}" for k in range(n_issues))
        weights = ", ".join(f"i{k}: {1 + (k * 3 + len(name)) % 5}..9" for k in range(n_issues))
        return f"  {name}: {{title: P, demands: {{{demands}}}, priorities: {{{weights}}}, no_deal: {no_deal}}}"

    parties = [party("ann", f"o{n_options - 1}", more.get("ann", "20..40")), party("robert", "o0", "20..40")]
    return loads("\n".join(["negsim: 1", "id: l", "title: L", "issues:", issues, "parties:", *parties]))


def compiled_of(scenario: Scenario) -> Compiled:
    return compile_scenario(scenario, 0, "lhs")


def test_up_to_a_bound_all_outcomes_can_come_up_in_their_order() -> None:
    compiled = compiled_of(large(7, 4))
    assert compiled.structure.n_outcomes == ALL_DEALS == 16_384
    choices = compiled.structure.choices_of(deals_on_the_table(compiled))
    assert len({tuple(key) for key in choices.tolist()}) == len(choices) == ALL_DEALS
    assert sorted(choices.tolist()) == choices.tolist()


@pytest.mark.parametrize("no_deal", ["20..40", "100"])
def test_beyond_it_deals_are_few_different_in_order_and_hold_what_is_best_for_each(no_deal: str) -> None:
    # Where nobody is content with less than all there is no zone, and only what is best for each comes up.
    compiled = compiled_of(large(8, 4, ann=no_deal))
    deals = deals_on_the_table(compiled)
    names = deals.names()
    assert 2 <= len(deals) <= MOST_DEALS
    assert len(set(names)) == len(names)
    choices = compiled.structure.choices_of(deals)
    assert sorted(choices.tolist()) == choices.tolist()
    pilot = compiled.worlds(0, BLOCK)
    for party in (0, 1):
        assert set(best_deals(pilot, party).names()) <= set(names)
    assert (len(deals) == 2) == (no_deal == "100")
    assert deals_on_the_table(compiled_of(large(8, 4, ann=no_deal))).names() == names


def test_of_more_deals_than_can_come_up_those_best_for_each_stay() -> None:
    compiled = compiled_of(large(8, 4))
    every = set(deals_on_the_table(compiled).names())
    some = deals_on_the_table(compiled, most_deals=20).names()
    assert len(some) == len(set(some)) == 20 < len(every)
    pilot = compiled.worlds(0, BLOCK)
    assert {*best_deals(pilot, 0).names(), *best_deals(pilot, 1).names()} <= set(some) < every


def test_outcomes_are_few_or_many_beside_the_deals_that_can_come_up() -> None:
    compiled = compiled_of(large(5, 4))  # 1,024 outcomes
    assert len(make_table(compiled, most_deals=128).deals) == 1_024
    table = make_table(compiled, most_deals=100)
    assert len(table.deals) == len(table.choices) <= 100
    assert not table.is_whole


def test_a_few_worlds_with_a_zone_put_fewer_deals_forward(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = compiled_of(large(8, 4))
    every, few = (set(deals_on_the_table(compiled, pilots=n).names()) for n in (256, 3))
    assert few < every
    # All 256 worlds of the first block have a zone: with these there are enough, and no more are drawn.
    drawn: list[int] = []
    worlds = Compiled.worlds

    def noted(self: Compiled, block: int, n_worlds: int) -> Worlds:
        drawn.append(block)
        return worlds(self, block, n_worlds)

    monkeypatch.setattr(Compiled, "worlds", noted)
    for pilots, blocks in ((200, [0]), (10_000, [0, 1, 2, 3])):
        drawn.clear()
        deals_on_the_table(compiled, pilots=pilots)
        assert drawn == blocks


def test_of_many_outcomes_the_coverage_of_zones_is_told() -> None:
    found = bargain(large(8, 4), n_worlds=32)
    assert found.n_deals < found.n_outcomes == 65_536
    assert found.coverage is not None
    assert found.coverage.estimate > 0.5
    assert bargain(large(8, 4, ann="100"), n_worlds=32).coverage is None  # no world has a zone


def test_all_deals_that_may_be_broken_are_worth_what_each_by_itself_is() -> None:
    found = bench(scenario_of(holding_document()))
    deals = found.outcomes()
    assert found.worlds.risk
    for place in (0, 1):
        whole = gains_of(found.worlds, place, deals)
        one_by_one = [gains_of(found.worlds, place, deals.pick([k])) for k in range(len(deals))]
        assert whole == pytest.approx(np.concatenate(one_by_one, axis=1), abs=2.0, rel=1e-6)
