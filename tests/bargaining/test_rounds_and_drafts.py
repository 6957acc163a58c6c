"""When talks break down, which round an offer belongs to, what a draft teaches, and gains where not all can gain."""

from __future__ import annotations

import numpy as np
import pytest

from negsim.bargaining import Learned, Step, bargain, trace_talks
from negsim.bargaining.judging import _share_of_product
from negsim.bargaining.protocols.single_text import neighbours_of
from negsim.scenario import Scenario, loads

SALE = """
negsim: 1
id: sale
title: A sale
issues: {price: {title: Price, scale: 0..10, step: 1}}
parties:
  ann: {title: Ann, demands: {price: 10}, no_deal: 20}
  bob: {title: Bob, demands: {price: 0}, no_deal: 20}
"""


def sale(rules: str) -> Scenario:
    return loads(SALE + f"protocol: {{{rules}}}\n")


def hold_out(rules: str) -> Scenario:
    return loads(
        SALE + f"protocol: {{{rules}}}\n", overrides=[f"parties.{name}.tactic=holdout" for name in ("ann", "bob")]
    )


def test_nothing_breaks_down_after_the_last_round() -> None:
    # Breaking down for sure after a round, talks of one round run out of time, and longer ones end after the first.
    assert trace_talks(hold_out("rounds: 1, breakdown: 1")).stop == "deadline"
    longer = trace_talks(hold_out("rounds: 2, breakdown: 1"))
    assert (longer.stop, longer.round) == ("breakdown", 1)


def test_an_offer_keeps_its_round_where_it_is_answered_in_the_next() -> None:
    # Ann offers in round 1, bob refuses and offers; ann answers him in round 2, in session 2, and so on.
    story = trace_talks(hold_out("kind: stacked_alternating_offers, rounds: 1, sessions: 3"))
    told = [(step.session, step.round, step.speaker) for step in story.steps if isinstance(step, Step)]
    assert told == [(1, 1, "ann"), (1, 1, "bob"), (2, 2, "ann"), (2, 2, "bob"), (3, 3, "ann")]


def test_every_draft_differs_from_the_one_before() -> None:
    # Over one issue of two options whoever gains by a change holds it up when it is undone: all else never changes.
    two = "negsim: 1\nid: s\ntitle: S\nissues: {a: {title: A, options: [p, q]}}\nparties:\n" + "".join(
        f"  {name}: {{title: {name.title()}, demands: {{a: p}}, no_deal: 10}}\n" for name in ("ann", "bob")
    )
    for world in range(8):
        story = trace_talks(loads(two + "protocol: {kind: single_text, rounds: 6}\n"), world=world)
        drafts = [dict(step.options)["a"] for step in story.steps if isinstance(step, Step)][:-1]
        # Once p stands, q alone can be proposed, and is held up; before that p alone can, and passes.
        assert drafts[1:] == ["q"] * 4


def test_deals_are_known_by_their_place_among_their_neighbours() -> None:
    choices = np.array([[0, 0], [0, 1], [1, 0], [2, 0]], np.intp)
    order, start, size, own = neighbours_of(choices.tobytes(), choices.shape, 0)
    assert size.tolist() == [3, 1, 3, 3]
    assert order[start + own].tolist() == [0, 1, 2, 3]


def test_who_holds_drafts_up_in_a_session_is_learned_from() -> None:
    # Bob takes nothing whatever: what he holds up in the first session, where nothing is put to all, speaks against him.
    story = trace_talks(
        loads(
            SALE + "protocol: {kind: single_text, rounds: 8, sessions: 2}\n",
            overrides=["parties.bob.good_faith=0.5", "parties.bob.tactic=holdout"],
        )
    )
    first = [step for step in story.steps if isinstance(step, Learned) and (step.session, step.party) == (1, "bob")]
    held_up = any(
        not answer.accepted
        for step in story.steps
        if isinstance(step, Step) and step.session == 1
        for answer in step.answers
        if answer.party == "bob"
    )
    assert held_up
    assert first[0].serious[1] < first[0].serious[0] == 0.5


def test_where_one_cannot_gain_the_mean_is_over_those_who_can() -> None:
    # Ann gets nothing over no deal from any deal; bob gets 30 of the 80 that he could have: his own share alone counts.
    text = """
negsim: 1
id: gift
title: A gift
issues: {size: {title: Size, options: [small, large, none]}}
parties:
  ann: {title: Ann, values: {size: {large: 100, small: 100, none: 0}}, no_deal: 100}
  bob: {title: Bob, values: {size: {large: 100, small: 50, none: 0}}, no_deal: 20}
protocol: {kind: take_it_or_leave_it, order: [ann, bob], offers: own_rank}
"""
    found = bargain(loads(text), n_worlds=1)
    reached = [one.option for one in found.options if one.p_reached.estimate == 1]
    gain = {"large": 80, "small": 30}[reached[0]]
    assert found.nash is not None
    assert found.nash.median == pytest.approx(gain / 80, abs=1e-6)
    assert gain == 30


def test_under_a_quorum_only_deals_that_win_it_count_as_more_to_be_had() -> None:
    # Ann has a veto, and p alone wins with it. Cat would have 100 points from q, with no less for bob, were it to win.
    text = """
negsim: 1
id: vote
title: A vote
issues: {a: {title: A, options: [p, q]}}
agreement: {quorum: 2, vetoes: [ann]}
parties:
  ann: {title: Ann, values: {a: {p: 50, q: 50}}, no_deal: 20, red_lines: {line: {require: a == p, firmness: hard}}}
  bob: {title: Bob, values: {a: {p: 50, q: 50}}, no_deal: 20}
  cat: {title: Cat, demands: {a: q}, no_deal: 30}
"""
    found = bargain(loads(text), n_worlds=1)
    assert found.p_efficient is not None
    assert found.p_efficient.estimate == 1
    assert [one.spare.median for one in found.parties if one.spare] == [0, 0, 0]


def test_a_deal_in_which_fewer_gain_than_could_has_no_share_of_the_product() -> None:
    # Of three deals that suit both, the first leaves ann nothing; in the others both gain: 10 · 10 and 40 · 10.
    over = np.array([[[0.0, 10.0, 40.0]] * 3, [[30.0, 10.0, 10.0]] * 3])
    share = _share_of_product(over, np.ones((3, 3), np.bool_), np.array([0, 1, 2]))
    assert share.tolist() == pytest.approx([0, 0.5, 1])
