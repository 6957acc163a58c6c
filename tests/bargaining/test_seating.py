"""From a scenario to the table: what others think of a party, what is drawn, and who sits there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from negsim.bargaining import bargain
from negsim.bargaining.arena import Arena
from negsim.bargaining.deals import gains_of
from negsim.bargaining.seating import (
    draw_worlds,
    open_deals,
    seat_everybody,
    seat_party,
)
from negsim.bargaining.table import Table, make_table
from negsim.errors import UsageError
from negsim.model.sampling import BLOCK
from negsim.scenario import loads
from negsim.scenario.bargaining import Tactic
from negsim.scenario.quantities import Constant
from negsim.zone.compiled import compile_scenario

TEXT = """
negsim: 1
id: s
title: S
issues:
  a: {title: A, options: [left, right]}
  b: {title: B, kind: ordered, options: [low, mid, top]}
  c: {title: C, options: [yes_please, no_thanks]}
parties:
  ann:
    title: Ann
    demands: {a: left, b: top}
    values: {c: {yes_please: 100, no_thanks: 0}}
    priorities: {a: 1, b: 5, c: 1}
    no_deal: 10..50
    good_faith: 0.8..1
    red_lines: {line: {require: b != low, firmness: 0.2..0.6}, hard: {require: a == left, firmness: hard}}
    tactic: {equilibrium: {discount: 0.7..0.9}}
    walks_out_below: 0.3
  bob:
    title: Bob
    values: {a: {left: 0, right: 50..100}, b: {low: 100, mid: 20, top: 0}}
    no_deal: 30
  med:
    title: Mediator
    role: guarantor
    demands: {c: yes_please}
    no_deal: 50
    consents_to: a == left
"""


def seated(text: str, protocol: str = "", n_worlds: int = BLOCK, block: int = 0) -> tuple[Table, Arena]:
    scenario = loads(text + (f"protocol: {protocol}\n" if protocol else ""))
    table = make_table(compile_scenario(scenario, 0, "lhs"))
    return table, seat_everybody(table, draw_worlds(table, block, n_worlds))


def place_of(table: Table, *choices: int) -> int:
    return table.choices.tolist().index(list(choices))


def test_others_know_what_a_party_demands_and_take_its_issues_for_alike_or_one_for_three_times_as_heavy() -> None:
    table, arena = seated(TEXT)
    ann = arena.seats[0]
    assert table.prospects[0].issues == ("a", "b")
    assert table.prospects[0].weight.tolist() == [[0.5, 0.5], [0.75, 0.25], [0.25, 0.75]]
    # Left meets its demand and mid half of the other, whatever stands on c, which it is not known to care about.
    for c in (0, 1):
        assert ann.value[:, place_of(table, 0, 1, c)].tolist() == [75, 87.5, 62.5]
        assert ann.value[:, place_of(table, 1, 0, c)].tolist() == [0, 0, 0]


def test_of_who_demands_nothing_others_know_what_it_values_in_the_middle() -> None:
    table, arena = seated(TEXT)
    assert table.prospects[1].issues == ("a", "b")
    # Right is worth 50 to 100, so 75 in the middle.
    assert arena.seats[1].value[:, place_of(table, 1, 1, 0)].tolist() == pytest.approx([47.5, 61.25, 33.75], abs=1e-9)


def test_others_think_no_deal_lines_and_seriousness_to_be_as_likely_as_drawn() -> None:
    table, arena = seated(TEXT)
    ann, bob = arena.seats
    assert len(ann.no_deal) == BLOCK
    assert stats.kstest(ann.no_deal, stats.uniform(10, 40).cdf).statistic < 2 / BLOCK  # a Latin hypercube
    assert np.all(np.diff(ann.no_deal) >= 0)
    assert ann.firmness.tolist() == [pytest.approx(0.4, abs=1e-3), 1.0]
    assert ann.good_faith == pytest.approx(0.9, abs=1e-3)
    assert ann.patience == pytest.approx(0.8, abs=1e-3)
    assert (bob.good_faith, bob.patience, len(bob.firmness)) == (1.0, None, 0)
    assert ann.crosses[0].tolist() == (table.choices[:, 1] == 0).tolist()
    assert ann.crosses[1].tolist() == (table.choices[:, 0] != 0).tolist()


def test_what_is_true_of_a_party_differs_from_world_to_world_and_what_is_thought_of_it_does_not() -> None:
    first, second = (seated(TEXT, block=block)[1].seats[0] for block in (0, 1))
    assert np.array_equal(first.no_deal, second.no_deal)
    assert not np.array_equal(first.gain, second.gain)
    assert np.all(first.real[:, 1])  # a hard line is real in all worlds
    assert 0.2 < np.mean(first.real[:, 0]) < 0.6
    assert 0.8 <= np.mean(first.serious) <= 1
    assert np.all(first.walks_out_below == 0.3)
    assert np.all((first.parameter["discount"] >= 0.7) & (first.parameter["discount"] <= 0.9))
    assert first.tactic.name == "equilibrium"


def test_who_is_not_said_to_bargain_in_any_way_concedes_evenly_and_never_walks_out() -> None:
    bob = seated(TEXT)[1].seats[1]
    assert bob.tactic.name == "time"
    assert {name: set(values.tolist()) for name, values in bob.parameter.items()} == {"exponent": {1}, "start": {1}}
    assert not np.any(bob.walks_out_below)
    assert np.all(bob.serious)


def test_who_is_not_at_the_table_consents_to_what_it_accepts_and_what_does_not_need_it() -> None:
    table, arena = seated(TEXT)
    assert arena.open is not None
    # It is asked about left alone, where it wants c to be yes_please.
    expected = (table.choices[:, 0] == 1) | (table.choices[:, 2] == 0)
    assert np.array_equal(arena.open, np.broadcast_to(expected, arena.open.shape))
    assert seated(TEXT.replace("consents_to: a == left", ""))[1].open is None


def test_parties_speak_in_the_order_of_the_protocol_or_of_their_ids() -> None:
    assert [seat.name for seat in seated(TEXT)[1].seats] == ["ann", "bob"]
    table, arena = seated(TEXT, "{order: [bob, ann]}")
    assert [seat.name for seat in arena.seats] == [party.id for party in table.parties] == ["bob", "ann"]
    assert arena.seats[1].tactic.name == "equilibrium"


def test_rules_are_those_of_the_protocol() -> None:
    rules = seated(TEXT, "{kind: single_text, rounds: 7, sessions: 3, offers: own_rank, beliefs: fixed}")[1].rules
    assert (rules.kind, rules.rounds, rules.sessions, rules.n_rounds) == ("single_text", 7, 3, 21)
    assert (rules.offers, rules.learns) == ("own_rank", False)
    rules = seated(TEXT, "{kind: take_it_or_leave_it, rounds: 7, sessions: 3}")[1].rules
    assert (rules.rounds, rules.n_rounds, rules.learns) == (1, 3, True)


def test_a_quorum_asks_for_votes_and_for_who_has_a_veto() -> None:
    text = TEXT.replace("role: guarantor", "").replace("    consents_to: a == left\n", "")
    assert (seated(text)[1].required, seated(text)[1].quorum) == ((0, 1, 2), 3)
    arena = seated(text + "agreement: {quorum: 2, vetoes: [med]}\n")[1]
    assert (arena.required, arena.quorum) == ((2,), 2)


@pytest.mark.parametrize("p", [0.1, 0.5])
def test_talks_break_down_after_a_geometric_number_of_rounds(p: float) -> None:
    drawn = np.concatenate([seated(TEXT, f"{{breakdown: {p}}}", block=k)[1].breaks_down for k in range(8)])
    for k in range(5):
        # Stratified, so within a world of each block of what is expected.
        assert np.mean(drawn <= k) == pytest.approx(1 - (1 - p) ** (k + 1), abs=1 / BLOCK)
    assert seated(TEXT, f"{{breakdown: {p}}}")[1].p_breakdown == pytest.approx(p, abs=1e-12)


def test_talks_break_down_at_once_or_never_where_that_is_certain() -> None:
    assert np.all(seated(TEXT, "{breakdown: 1}")[1].breaks_down == 0)
    assert np.all(np.isinf(seated(TEXT)[1].breaks_down))
    # Where the chance differs between worlds, those of the higher chance break down sooner.
    drawn = [seated(TEXT, "{breakdown: 0.0..1.0}", block=k)[1].breaks_down for k in range(4)]
    # P(after the first round) = the mean of a uniform chance, within what chance and pairing make of 1,024 worlds.
    assert np.mean(np.concatenate(drawn) == 0) == pytest.approx(0.5, abs=0.05)


def test_a_mediators_numbers_are_even_alike_for_every_choice_of_worlds_and_new_for_every_draft() -> None:
    long, short = seated(TEXT)[1], seated(TEXT, n_worlds=5)[1]
    assert long.drafts is not None
    assert short.drafts is not None
    first = long.drafts(3)
    assert first.shape == (2, BLOCK)
    assert np.all((first >= 0) & (first < 1))
    assert np.array_equal(short.drafts(3), first[:, :5])
    assert not np.array_equal(long.drafts(4), first)
    assert not np.array_equal(first[0], first[1])
    assert stats.kstest(np.concatenate([long.drafts(k).ravel() for k in range(20)]), "uniform").pvalue > 0.001
    # Blocks do not repeat each other.
    assert seated(TEXT, block=1)[1].drafts(3).tolist() != first.tolist()  # type: ignore[misc]


CERTAIN = """
negsim: 1
id: s
title: S
issues: {a: {title: A, scale: 0..10, step: 1}}
parties:
  ann: {title: Ann, demands: {a: 10}, no_deal: 20}
  bob: {title: Bob, demands: {a: 0}, no_deal: 20}
"""


def test_where_all_want_the_same_in_all_worlds_gains_stand_once() -> None:
    arena = seated(CERTAIN)[1]
    assert arena.row.tolist() == [0] * BLOCK
    assert all(len(seat.gain) == 1 for seat in arena.seats)
    arena = seated(CERTAIN.replace("no_deal: 20}", "no_deal: 20..30}"))[1]
    assert arena.row.tolist() == list(range(BLOCK))
    assert all(len(seat.gain) == BLOCK for seat in arena.seats)


def test_consent_that_differs_between_worlds_keeps_them_apart() -> None:
    consulted = "  med: {title: M, role: guarantor, demands: {a: 5}, no_deal: NO_DEAL, consents_to: a <= 10}\n"
    arena = seated(CERTAIN + consulted.replace("NO_DEAL", "20..80"))[1]
    assert arena.row.tolist() == list(range(BLOCK))
    arena = seated(CERTAIN + consulted.replace("NO_DEAL", "50"))[1]
    assert arena.open is not None
    assert (arena.row.tolist(), len(arena.open)) == ([0] * BLOCK, 1)


def test_it_takes_two_to_bargain() -> None:
    with pytest.raises(UsageError, match=r"bargaining takes two signatories or more, and in .* only ann has to sign$"):
        bargain(loads(CERTAIN[: CERTAIN.index("  bob")]))


def test_all_outcomes_of_a_small_scenario_are_on_the_table() -> None:
    table: Any = seated(TEXT)[0]
    assert table.is_whole
    assert len(table.deals) == 12


def test_some_worlds_of_a_block_are_seated_as_they_are_among_all() -> None:
    text = TEXT.replace("demands: {c: yes_please}", "values: {c: {yes_please: 100, no_thanks: 0..90}}")
    scenario = loads(text + "protocol: {breakdown: 0..0.2}\n")
    table = make_table(compile_scenario(scenario, 0, "lhs"))
    drawn = draw_worlds(table, 1, BLOCK)
    every = seat_everybody(table, drawn)
    which = np.arange(BLOCK) % 3 == 1
    draws, worlds = drawn.draws, drawn.wishes.select(which)
    some = replace(
        draws,
        quantity={path: values[which] for path, values in draws.quantity.items()},
        serious={party: values[which] for party, values in draws.serious.items()},
        n_worlds=int(np.count_nonzero(which)),
    )
    for place, seat in enumerate(every.seats):
        gain = gains_of(worlds, table.order[place], table.deals)
        one, other = seat_party(table, place, gain, some, worlds), seat.among(which)
        assert np.array_equal(gain, seat.gain[which])
        for name in ("real", "serious", "walks_out_below"):
            assert np.array_equal(getattr(one, name), getattr(other, name))
        assert {name: list(values) for name, values in one.parameter.items()} == {
            name: list(values) for name, values in other.parameter.items()
        }
    suits = open_deals(table, worlds, some.serious)
    assert every.open is not None
    assert suits is not None
    assert np.array_equal(suits, every.open[which])
    assert len(np.unique(suits, axis=0)) > 1
    # Who is not serious consents to nothing: it is as if it wanted nothing.
    idle = open_deals(table, drawn.truth.select(which), {})
    assert idle is not None
    assert np.array_equal(suits, idle)


def test_whoever_speaks_for_a_party_bargains_its_own_way_for_what_the_party_wants() -> None:
    table = make_table(compile_scenario(loads(TEXT), 0, "lhs"))
    drawn = draw_worlds(table, 0, 4)
    exponent = np.array([4.0, 5.0, 6.0, 7.0])
    root = ("talks", "envoys", "zoe")
    draws = replace(drawn.draws, quantity={**drawn.draws.quantity, (*root, "tactic", "time", "exponent"): exponent})
    gain = gains_of(drawn.wishes, table.order[0], table.deals)
    tactic = Tactic("time", (("exponent", Constant(5.0)),))
    own = seat_party(table, 0, gain, draws, drawn.wishes)
    sent = seat_party(table, 0, gain, draws, drawn.wishes, tactic, root)
    assert (own.tactic.name, sent.tactic.name, sent.name) == ("equilibrium", "time", "ann")
    assert sent.parameter["exponent"].tolist() == exponent.tolist()
    assert sent.parameter["start"].tolist() == [1.0] * 4  # the tactic's default
    assert np.array_equal(sent.gain, own.gain)
    assert np.array_equal(sent.real, own.real)
