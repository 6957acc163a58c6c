"""Setting a match up: who can be played, what can be offered."""

from __future__ import annotations

import numpy as np
import pytest

import negsim.teaching.playing.match as matches
from negsim.errors import UsageError
from negsim.scenario import loads
from negsim.scenario.quantities import NOTHING
from negsim.teaching.playing.match import Match
from negsim.teaching.playing.moves import Move
from negsim.teaching.playing.session import state_after
from negsim.zone.compiled import Compiled
from tests.teaching.playing.games import HARBOUR, SALE, all_deals, match_of, mill


@pytest.mark.parametrize("name", ["city", "City", " CITY "])
def test_a_party_is_named_by_its_id_or_its_title(name: str) -> None:
    assert match_of(loads(HARBOUR), name).party.id == "city"


def test_who_is_not_at_the_table_is_refused_with_those_who_are() -> None:
    with pytest.raises(
        UsageError, match=r"State is a guarantor.*to be played: city \(City\), fishers \(Fishers\) or port"
    ):
        match_of(loads(HARBOUR), "state")


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="--as fisher: there is no party of this name to play; did you mean 'fishers'"):
        match_of(loads(HARBOUR), "fisher")


def test_a_scenario_in_which_one_alone_signs_cannot_be_played() -> None:
    with pytest.raises(UsageError, match="two signatories"):
        match_of(loads(SALE.replace("title: Seller,", "title: Seller, role: mediator,")), "buyer")


def test_who_is_needed_follows_the_agreement_rule() -> None:
    assert match_of(mill(), "ann").is_needed
    assert match_of(loads(HARBOUR), "city").is_needed
    assert not match_of(loads(HARBOUR), "port").is_needed
    assert match_of(loads(HARBOUR.replace("quorum: 2", "quorum: 3")), "port").is_needed


def _with_few_deals(monkeypatch: pytest.MonkeyPatch, match: Match) -> Match:
    """The same match, were its outcomes too many for all to come up: every second deal can."""
    monkeypatch.setattr(matches, "_common", lambda compiled, thought: match.common[::2])
    return match_of(mill(), "ann")


def test_a_deal_that_nobody_had_thought_of_can_be_offered_and_changes_nothing_of_what_the_others_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    match = match_of(mill(), "ann")
    few = _with_few_deals(monkeypatch, match)
    new = next(deal for deal in all_deals(match) if deal not in all_deals(few) and dict(deal)["price"] == "10")
    silent = state_after(few, [Move("pass")]).question
    offered = state_after(few, [Move("offer", new)]).question
    assert silent is not None
    assert offered is not None
    assert offered.options == silent.options
    setup = few.set_table([new])
    assert len(setup.table.choices) == len(few.common) + 1
    assert setup.arena.listed is not None
    where = [few.spelled(setup, k) for k in range(len(setup.table.choices))].index(new)
    assert setup.arena.listed.tolist() == [k != where for k in range(len(setup.table.choices))]
    # It is worth what it is worth, and what the other takes does not hang on who thought of it.
    everything = match.set_table()
    place = all_deals(match).index(new)
    for seat in range(2):
        assert setup.arena.seats[seat].gain[0, where] == everything.arena.seats[seat].gain[0, place]


def test_no_tactic_proposes_what_only_the_person_has_thought_of(monkeypatch: pytest.MonkeyPatch) -> None:
    match = match_of(mill(), "ann")
    setup = match.set_table()
    best = all_deals(match)[int(np.argmax(match.points_of(setup, match.order[1], setup.table.deals)))]
    place = all_deals(match).index(best)
    rest = np.delete(match.common, place, axis=0)
    monkeypatch.setattr(matches, "_common", lambda compiled, thought: rest)
    few = match_of(mill(), "ann")
    state = state_after(few, [Move("offer", best)])
    # Bob takes at once what is best for him; had Ann not offered it, he would not have asked for it.
    assert state.ending is not None
    assert state.ending.stop == "agreed"
    question = state_after(few, [Move("pass")]).question
    assert question is not None
    assert question.options != best


def test_what_the_person_has_thought_of_is_not_put_on_the_menu_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    match = match_of(mill(), "ann")
    usual = state_after(match, [Move("pass")]).question
    assert usual is not None
    # What Bob would offer in round 2, he asks too much for in round 1.
    rest = np.delete(match.common, all_deals(match).index(usual.options), axis=0)
    monkeypatch.setattr(matches, "_common", lambda compiled, thought: rest)
    few = match_of(mill(), "ann")
    state = state_after(few, [Move("offer", usual.options)])
    silent = state_after(few, [Move("pass")]).question
    assert state.question is not None
    assert silent is not None
    assert state.question.options == silent.options != usual.options


def test_of_too_many_outcomes_the_scenario_and_the_game_put_deals_forward(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matches, "ALL_DEALS", 10)
    monkeypatch.setattr(matches, "deals_on_the_table", lambda compiled: compiled.structure.outcomes(*_ends(compiled)))
    match = match_of(mill(firm="0.5"), "ann")
    # The game puts the first two outcomes forward, and the scenario the last two.
    assert len(match.common) == 4


def _ends(compiled: Compiled) -> tuple[np.ndarray, np.ndarray]:
    numbers = np.arange(compiled.structure.n_outcomes)
    of_game = all(line.firmness in (None, NOTHING) for party in compiled.scenario.parties for line in party.red_lines)
    return np.divmod(numbers[:2] if of_game else numbers[-2:], compiled.structure.n_free)
