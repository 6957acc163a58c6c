"""What blocks: closed forms, what must hold of every scenario, and scenarios without the line or with less to lose."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsim.zone import estimate_p_zone
from negsim.zone.findings import Blocks, LineBlock, MinimalSet, NoDealBlock, Shortfall
from tests.strategies import Document, documents, scenario_of
from tests.zone.analysed import analysed

N = 16_384
HOEFFDING = float(np.sqrt(np.log(2 / 1e-9) / (2 * N)))
"""How far a share of independent worlds can be from its probability but for one case in 10^9: 0.0256."""


def _blocks(document: Document, *, points: float = 5.0, n_worlds: int = N, sampler: str = "random") -> Blocks:
    blocks = analysed(document, points=points, n_worlds=n_worlds, sampler=sampler).blocks
    assert blocks is not None
    return blocks


def _line(blocks: Blocks, name: str) -> LineBlock:
    (found,) = (line for line in blocks.lines if line.red_line == name)
    return found


def _no_deal(blocks: Blocks, party: str) -> NoDealBlock:
    (found,) = (block for block in blocks.no_deal if block.party == party)
    return found


def _shortfall(blocks: Blocks, party: str) -> Shortfall:
    (found,) = (one for one in blocks.shortfalls if one.party == party)
    return found


def _sets(blocks: Blocks) -> dict[tuple[str, ...], MinimalSet]:
    """The smallest sets by what they hold: red lines by name, no-deal values by party."""
    return {
        (*(line for _, line in one.red_lines), *(one_.party for one_ in one.no_deal)): one for one in blocks.minimal
    }


def _near(estimate: float, exact: float) -> bool:
    return abs(estimate - exact) < HOEFFDING


# A sale: how much lower a no-deal value would have to be


def _sale() -> Document:
    """Prices 0 to 100 in whole steps. The buyer gets 100 - p points, the seller p; each needs a share on 20..80.

    With the shares' next whole numbers i, j from 1 to 60 above 20, all equally likely, a zone is where i + j <= 60.
    """
    return {
        "negsim": 1,
        "id": "sale",
        "title": "A sale",
        "issues": {"price": {"title": "Price", "scale": "0..100", "step": 1}},
        "parties": {
            "buyer": {"title": "Buyer", "demands": {"price": 0}, "no_deal": "20..80"},
            "seller": {"title": "Seller", "demands": {"price": 100}, "no_deal": "20..80"},
        },
    }


def _p_sale(lower: int) -> float:
    """P(i + j <= 60 + lower) over all 60 x 60 pairs."""
    return sum(i + j <= 60 + lower for i in range(1, 61) for j in range(1, 61)) / 3600


def test_a_no_deal_value_five_points_lower_opens_as_many_sales_as_the_limits_say() -> None:
    assert _p_sale(0) == pytest.approx(59 * 60 / 2 / 3600)
    found = _blocks(_sale())
    assert _near(found.p_zone.estimate, _p_sale(0))
    for party in ("buyer", "seller"):
        block = _no_deal(found, party)
        assert block.points == 5
        assert _near(block.p_lower.estimate, _p_sale(5))
        assert _near(block.gain.estimate, _p_sale(5) - _p_sale(0))
        # The control: neither no gain nor that of twice the points passes for it.
        assert not _near(block.gain.estimate, 0)
        assert not _near(block.gain.estimate, _p_sale(10) - _p_sale(0))


def test_the_points_needed_for_a_sale_are_distributed_as_the_limits_say() -> None:
    # The buyer lacks U + j - 60, U uniform on 0..60: more than t of it in (60 - t)(61 - t) / 7200 of all worlds for
    # whole t, and in (60 - t)(61 - t) / 3660 of those without a zone.
    found = _blocks(_sale())
    one = _shortfall(found, "buyer")
    assert (one.short.estimate, one.own_lines.estimate, one.others.estimate) == (1, 0, 0)
    assert one.points is not None
    bound = float(np.sqrt(np.log(2 / 1e-9) / (2 * found.n_without))) + 1 / found.n_without
    for points, quantile in ((one.points.p10, 0.1), (one.points.median, 0.5), (one.points.p90, 0.9)):
        floor, rest = divmod(points, 1)
        more = [(60 - t) * (61 - t) / 3660 for t in (floor, floor + 1)]
        # Between whole numbers U alone decides, so that the share falls in a straight line.
        assert abs(1 - (more[0] + rest * (more[1] - more[0])) - quantile) < bound
    (only,) = (minimal for minimal in found.minimal if minimal.no_deal[0].party == "buyer")
    assert only.share.estimate == 1
    assert only.no_deal[0].points == one.points


@pytest.mark.parametrize("points", [0.1, 1.25, 100.0])
def test_a_no_deal_value_is_lowered_by_as_many_points_as_were_asked(points: float) -> None:
    # One option worth 40 to Ann, who needs 40 points and as many more as were asked.
    document: Document = {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"a": {"title": "A", "options": ["one"]}},
        "parties": {"ann": {"title": "Ann", "values": {"a": {"one": 40}}, "no_deal": 40 + points}},
    }
    for asked, gain in ((points - 0.00001, 0), (points, 1)):
        block = _no_deal(_blocks(document, points=asked, n_worlds=256), "ann")
        assert (block.gain.estimate, block.p_lower.estimate, block.points) == (gain, gain, asked)


# Red lines


def _two_lines(first: float, second: float, *, exclusive: bool) -> Document:
    """Two options that suit both. Ann would not cross to the right, nor Bob to the left; or neither to the left."""
    options = {"a": {"left": 100, "right": 100}}
    return {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"a": {"title": "A", "options": ["left", "right"] if exclusive else ["left"]}},
        "parties": {
            "ann": {
                "title": "Ann",
                "values": options if exclusive else {"a": {"left": 100}},
                "no_deal": 50,
                "red_lines": {"one": {"require": "a == left" if exclusive else "a != left", "firmness": first}},
            },
            "bob": {
                "title": "Bob",
                "values": options if exclusive else {"a": {"left": 100}},
                "no_deal": 50,
                "red_lines": {"other": {"require": "a == right" if exclusive else "a != left", "firmness": second}},
            },
        },
    }


def test_of_two_lines_that_exclude_each_other_either_opens_every_world() -> None:
    found = _blocks(_two_lines(0.6, 0.7, exclusive=True))
    assert _near(found.p_zone.estimate, 1 - 0.6 * 0.7)
    for name in ("one", "other"):
        assert _line(found, name).p_without.estimate == 1
        assert _near(_line(found, name).gain.estimate, 0.6 * 0.7)
        assert not _near(_line(found, name).gain.estimate, 0.6)  # the control: what it would be were it alone
    assert {name: one.share.estimate for name, one in _sets(found).items()} == {("one",): 1, ("other",): 1}
    for party in ("ann", "bob"):
        one = _shortfall(found, party)
        assert (one.short.estimate, one.own_lines.estimate, one.others.estimate, one.points) == (0, 1, 0, None)
        assert _no_deal(found, party).gain.estimate == 0


def test_a_line_behind_another_opens_only_worlds_in_which_the_other_is_a_bluff() -> None:
    # So a firmer line of Ann's lowers what Bob's blocks: the gain of one line is not monotone in the firmness of
    # another, as exclusive lines show the other way round.
    found = _blocks(_two_lines(0.6, 0.7, exclusive=False))
    assert _near(found.p_zone.estimate, 0.4 * 0.3)
    assert _near(_line(found, "one").gain.estimate, 0.6 * 0.3)
    assert _near(_line(found, "other").gain.estimate, 0.7 * 0.4)
    without = 1 - 0.4 * 0.3
    shares = {name: one.share.estimate for name, one in _sets(found).items()}
    # Each world without a zone has one smallest set: the lines that are real.
    expected = {("one",): 0.6 * 0.3, ("other",): 0.7 * 0.4, ("one", "other"): 0.6 * 0.7}
    assert shares.keys() == expected.keys()
    for name, p in expected.items():
        assert abs(shares[name] - p / without) < 2 * HOEFFDING / without
    assert sum(shares.values()) == pytest.approx(1)
    ann = _shortfall(found, "ann")
    assert ann.own_lines.estimate == pytest.approx(shares["one",])
    assert ann.others.estimate == pytest.approx(shares["other",] + shares["one", "other"])


def test_the_audience_cost_of_a_bluff_is_a_block_of_its_line() -> None:
    # Left is worth 40 and right 60, Ann needs 50, and going right costs her 0 to 20 points where her line is a bluff.
    # A zone: a bluff (1/2) that costs 10 at most (1/2). Without the line right is always acceptable. With 5 points less
    # to lose a bluff may cost 15; a real line leaves left, 10 points short.
    document: Document = {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"a": {"title": "A", "options": ["left", "right"]}},
        "parties": {
            "ann": {
                "title": "Ann",
                "values": {"a": {"left": 40, "right": 60}},
                "no_deal": 50,
                "red_lines": {"line": {"require": "a == left", "firmness": 0.5, "audience_cost": "0..20"}},
            }
        },
    }
    found = _blocks(document)
    assert _near(found.p_zone.estimate, 0.25)
    line, no_deal = _line(found, "line"), _no_deal(found, "ann")
    assert line.p_without.estimate == 1
    assert _near(line.gain.estimate, 0.75)
    assert not _near(line.gain.estimate, 0.5)  # the control: where it is real alone
    assert _near(no_deal.p_lower.estimate, 0.5 * 0.75)
    at_ten = _no_deal(_blocks(document, points=10.0), "ann")
    assert at_ten.p_lower.estimate == 1
    # Only a real line is given up in a smallest set; what is lacking to a bluff is points.
    shares = {name: one.share.estimate for name, one in _sets(found).items()}
    assert shares.keys() == {("line",), ("ann",)}
    assert shares["ann",] == 1  # left is 10 points short in every world
    assert abs(shares["line",] - 0.5 / 0.75) < 2 * HOEFFDING / 0.75


def test_a_quorum_is_opened_by_whoever_is_lacking_to_it() -> None:
    # Each of three accepts the only option in half of all worlds, and two must. No zone: none accepts (1/8) or one
    # (3/8), a quarter and three quarters of the worlds without a zone.
    document: Document = {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"a": {"title": "A", "options": ["yes"]}},
        "agreement": {"quorum": 2},
        "parties": {
            name: {"title": name, "values": {"a": {"yes": 50}}, "no_deal": "0..100"} for name in ("ann", "bob", "cas")
        },
    }
    found = _blocks(document, points=20.0)
    assert _near(found.p_zone.estimate, 0.5)
    # Twenty points less for Ann open a world where she needs 50 to 70 and just one of the others accepts.
    assert _near(_no_deal(found, "ann").gain.estimate, 0.2 * 0.5)
    assert not _near(_no_deal(found, "ann").gain.estimate, 0.2 * 0.75)  # the control: one of the others at least
    bound = 2 * HOEFFDING / 0.5
    shares = {name: one.share.estimate for name, one in _sets(found).items()}
    singles, pairs = [("ann",), ("bob",), ("cas",)], [("ann", "bob"), ("ann", "cas"), ("bob", "cas")]
    assert shares.keys() == {*singles, *pairs}
    assert all(abs(shares[name] - 0.75 * 2 / 3) < bound for name in singles)
    assert all(abs(shares[name] - 0.25) < bound for name in pairs)
    assert len({shares[name] for name in pairs}) == 1  # all where none accepts
    ann = _shortfall(found, "ann")
    assert ann.short.estimate == shares["ann",]
    assert abs(ann.others.estimate - 0.5) < bound
    assert found.n_minimal == 6


def test_what_a_veto_and_a_guarantor_lack_must_be_given_whatever_the_quorum() -> None:
    # Two of three are enough, but Ann has a veto and Zoe guarantees. All lack 10 points: Ann's and Zoe's are in every
    # set, and one of the others' is.
    party = {"title": "Party", "values": {"a": {"yes": 50}}, "no_deal": 60}
    document: Document = {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"a": {"title": "A", "options": ["yes"]}},
        "agreement": {"quorum": 2, "vetoes": ["ann"]},
        "parties": dict.fromkeys(("ann", "bob", "cas"), party)
        | {"zoe": party | {"role": "guarantor", "consents_to": "a == yes"}},
    }
    found = _blocks(document, n_worlds=256)
    assert _sets(found).keys() == {("ann", "bob", "zoe"), ("ann", "cas", "zoe")}
    points = {one.points for minimal in found.minimal for one in minimal.no_deal}
    assert {(spread.p10, spread.median, spread.p90) for spread in points} == {(10, 10, 10)}


def test_more_than_twenty_smallest_sets_are_counted_and_the_most_frequent_told() -> None:
    # Seven of whom three must accept, and all lack points: 35 sets of three, all in every world.
    names = [f"p{k}" for k in range(7)]
    party = {"title": "Party", "values": {"a": {"yes": 50}}, "no_deal": 60}
    document: Document = {
        "negsim": 1,
        "id": "s",
        "title": "S",
        "issues": {"a": {"title": "A", "options": ["yes"]}},
        "agreement": {"quorum": 3},
        "parties": dict.fromkeys(names, party),
    }
    found = _blocks(document, n_worlds=1)
    assert (found.n_minimal, len(found.minimal)) == (35, 20)
    # Of equals those of the first constraints.
    assert [one.party for one in found.minimal[0].no_deal] == names[:3]


# What holds of every scenario


@settings(max_examples=80)
@given(documents(), st.sampled_from([0.5, 5.0, 30.0]))
def test_shares_and_gains_add_up(document: Document, points: float) -> None:
    found = analysed(document, points=points, n_worlds=300)
    blocks = found.blocks
    assert blocks is not None
    assert (blocks.n_worlds, blocks.p_zone) == (300, found.p_zone)
    assert blocks.n_without == round(300 * (1 - found.p_zone.estimate))
    for gain, p in [(line.gain, line.p_without) for line in blocks.lines] + [
        (block.gain, block.p_lower) for block in blocks.no_deal
    ]:
        assert gain.estimate >= 0
        assert p.estimate == pytest.approx(found.p_zone.estimate + gain.estimate)
    for gains in ([line.gain for line in blocks.lines], [block.gain for block in blocks.no_deal]):
        assert all(first.estimate >= second.estimate for first, second in pairwise(gains))
    assert bool(blocks.minimal) == bool(blocks.shortfalls) == (blocks.n_without > 0)
    assert all(a.share.estimate >= b.share.estimate > 0 for a, b in pairwise(blocks.minimal))
    assert all(one.red_lines or one.no_deal for one in blocks.minimal)
    for one in blocks.shortfalls:
        assert one.short.estimate + one.own_lines.estimate + one.others.estimate == pytest.approx(1)
        assert (one.points is None) == (one.short.estimate == 0)
        assert one.points is None or 0 < one.points.p10 <= one.points.median <= one.points.p90
    if len(blocks.minimal) == blocks.n_minimal:
        for short in blocks.shortfalls:
            alone = [
                one for one in blocks.minimal if not one.red_lines and [c.party for c in one.no_deal] == [short.party]
            ]
            assert sum(one.share.estimate for one in alone) == pytest.approx(short.short.estimate)
            assert all(one.no_deal[0].points == short.points for one in alone)


def _without(document: Document, party: str, line: str) -> Document:
    looser = deepcopy(document)
    lines = looser["parties"][party]["red_lines"]
    del lines[line]
    if not lines:
        del looser["parties"][party]["red_lines"]
    return looser


@settings(max_examples=100)
@given(documents())
def test_without_a_line_there_is_a_zone_where_the_file_without_it_has_one(document: Document) -> None:
    blocks = analysed(document, n_worlds=32).blocks
    assert blocks is not None
    lines = [(name, line) for name, party in document["parties"].items() for line in party.get("red_lines", {})]
    assert {(block.party, block.red_line) for block in blocks.lines} == set(lines)
    for block in blocks.lines:
        looser = _without(document, block.party, block.red_line)
        assert block.p_without == estimate_p_zone(scenario_of(looser), n_worlds=32)
