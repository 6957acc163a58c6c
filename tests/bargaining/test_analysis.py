"""How talks end in worlds that are counted by blocks, or handed over."""

from __future__ import annotations

from negsim.bargaining import bargain
from negsim.bargaining.analysis import bargain_blocks, end_blocks, end_draws
from negsim.bargaining.table import make_table
from negsim.scenario import loads
from negsim.zone.compiled import compile_scenario

TOLD = """\
negsim: 1
id: told
title: A sale with a warrant
issues:
  price: {title: Price, scale: 0..10, step: 1}
parties:
  buyer: {title: Buyer, demands: {price: 0}, no_deal: 20..60}
  seller: {title: Seller, demands: {price: 10}, no_deal: 20..60}
  state:
    title: State
    role: guarantor
    consents_to: price > 5
    demands: {price: 10}
    no_deal: 0
    good_faith: 0.5
protocol: {rounds: 6}
"""


def test_worlds_handed_over_end_as_those_of_their_block_do() -> None:
    compiled = compile_scenario(loads(TOLD), 0, "lhs")
    table = make_table(compiled)
    run = [(0, 200)]
    counted, ended = bargain_blocks(table, run), end_blocks(table, run)
    given = end_draws(table, 0, compiled.draws(0, 200))
    assert len(set(given.stop.tolist())) > 1
    for found in (counted, ended):
        assert found.stop.tolist() == given.stop.tolist()
    assert ended.gain.tolist() == given.gain.tolist()


def test_who_is_asked_and_not_in_earnest_consents_to_nothing_that_needs_it() -> None:
    # Up to 5 euros they need no state and agree where they can; where every price needs it, nowhere.
    absent = TOLD.replace("good_faith: 0.5", "good_faith: 0")
    assert bargain(loads(absent), n_worlds=64).p_agreement.estimate > 0
    assert bargain(loads(absent.replace("price > 5", "price >= 0")), n_worlds=64).p_agreement.estimate == 0


def test_whoever_waits_is_told_how_many_worlds_are_done() -> None:
    told: list[tuple[int, int]] = []
    bargain(loads(TOLD), n_worlds=64, on_progress=lambda done, n: told.append((done, n)))
    assert told[-1] == (64, 64)
