"""What wars, lotteries and other no-deal values can get wrong: each fault has its code and its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.marked import assert_marked, problems_of

WAR = "war: {sides: {seller: {collapse: 0.1}, buyer: {collapse: 0.1..0.3}}}\n"


def at_war(war: str, *, rest: str = "discount_rate: 0.05, ", more: str = "") -> str:
    """Give the seller of the boat a war."""
    return f"{WAR}parties: {{seller: {{{rest}no_deal: {{war: {{{war}}}}}{more}}}}}"


def lottery(text: str) -> str:
    return f"parties: {{seller: {{no_deal: {{lottery: {{{text}}}}}}}}}"


SHAPES = [
    ("NS203", "parties: {seller: {no_deal: {war: «5»}}}"),
    ("NS203", lottery("ends: «5»")),
    ("NS203", "war: «peace»"),
    ("NS203", "war: {sides: «[seller, buyer]»}"),
    ("NS203", "issues: {payment: {indivisible: «1»}}"),
    ("NS201", at_war("win: 80, lose: 0, now: 40, «belive»: {a: 1, b: 1}")),
    ("NS201", at_war("win: 80, lose: 0, «nwo»: 40, now: 30")),
    ("NS201", at_war("win: {same_as: {price: 90}, «rst»: 5}, lose: 0, now: 40")),
    ("NS201", at_war("win: 80, lose: 0, now: 40, losses: {heat: {points: 5, «factor»: {cold: 0.5}}}")),
    ("NS201", "parties: {seller: {no_deal: {same_as: {price: 60}, «lottery»: {ends: {x: {worth: 5}}}}}}"),
    ("NS201", lottery("ends: {sold: {worth: 5, «chance»: 0.5}}")),
    ("NS202", at_war("win: 80, now: 40").replace("{war:", "{«war»:")),
    ("NS202", at_war("«win»: {rest: 50}, lose: 0, now: 40")),
    ("NS202", lottery("ends: {«sold»: {probability: 1}}")),
    ("NS202", at_war("win: 80, lose: 0, now: 40, «belief»: {a: 2}")),
    ("NS202", "«war»: {about: x}"),
    ("NS204", at_war("win: 80, lose: 0, now: 40, option: «beside»")),
    ("NS210", at_war("win: «lots», lose: 0, now: 40")),
    ("NS210", at_war("win: 80, lose: {«sameas»: {price: 5}}, now: 40")),
    ("NS210", at_war("win: 80, lose: 0, now: 40, costs: {men: {«point»: 5}}")),
    ("NS210", "parties: {seller: {no_deal: {«wars»: {win: 5}}}}"),
    ("NS210 NS210", at_war("win: «lots», lose: «[]», now: 40")),
    ("NS205", lottery("ends: {«Sold»: {worth: 5}}")),
    ("NS205", lottery("ends: {sold: {worth: 5}}, costs: {«To-move»: 5}")),
    ("NS205", at_war("win: 80, lose: 0, now: 40, losses: {«Heat»: 5}")),
    ("NS205", at_war("win: 80, lose: 0, now: 40, costs: {men: {points: 5, factors: {«Cold»: 0.5}}}")),
]
DOMAINS = [
    ("NS212", WAR.replace("0.1}", "«-0.1»}", 1)),
    ("NS212", "parties: {seller: {discount_rate: «-0.1..0.1»}}"),
    ("NS212", "parties: {seller: {good_faith: «90»}}"),
    ("NS212", at_war("win: «300», lose: 0, now: 40")),
    ("NS212", at_war("win: {same_as: {price: 5}, rest: «101»}, lose: 0, now: 40")),
    ("NS212", at_war("win: {same_as: {price: «-5..5»}}, lose: 0, now: 40")),
    ("NS212", at_war("win: 80, lose: 0, now: 40, losses: {heat: «101»}")),
    ("NS212", at_war("win: 80, lose: 0, now: 40, losses: {heat: {points: 5, factors: {cold: «50»}}}")),
    ("NS212", at_war("win: 80, lose: 0, now: 40, costs: {men: «-1»}")),
    ("NS212", at_war("win: 80, lose: 0, now: 40, belief: {a: «0», b: 1}")),
    ("NS212", lottery("ends: {sold: {probability: «30», worth: 5}, kept: {worth: 5}}")),
]
WARS = [
    ("NS419", "parties: {seller: {discount_rate: 0.05, no_deal: {«war»: {win: 80, lose: 0, now: 40}}}}"),
    ("NS419", "war: {«sides»: {seller: {}}}"),
    ("NS419", "war: {«sides»: {}}"),
    ("NS419", "parties: {broker: {title: B}}\nwar: {«sides»: {seller: {}, buyer: {}, broker: {}}}"),
    ("NS417", "war: {sides: {seller: {}, «byer»: {}}}"),
    ("NS419", at_war("side: «seler», win: 80, lose: 0, now: 40")),
    ("NS419", at_war("side: «buyer», win: 80, lose: 0, now: 40")),
    (
        "NS419",
        f"{WAR}parties: {{broker: {{title: B, role: mediator, discount_rate: 0.1, no_deal: {{«war»: {{win: 80, lose: 0, now: 4}}}}}}}}",
    ),
    ("NS420", f"{WAR}parties: {{seller: {{«no_deal»: {{war: {{win: 80, lose: 0}}}}}}}}"),
    ("NS421", at_war("win: 80, lose: 0").replace("{war:", "{«war»:")),
    ("NS421", at_war("win: 80, lose: 0", rest="discount_rate: 0..0.1, ").replace("{war:", "{«war»:")),
    ("NS421", at_war("win: 80, lose: 0, «losses»: {heat: 5}", rest="discount_rate: 0, ")),
    ("NS421", at_war("win: 80, lose: 0, option: «outside»", rest="discount_rate: 0, ")),
    ("NS421", at_war("win: 80, lose: 0, losses: {heat: 5}, option: «outside»")),
    (
        "NS422",
        "war: {sides: {seller: {}, buyer: {}}}\nparties: {seller: {discount_rate: 0, «no_deal»: {war: {win: 80, lose: 0}}}}",
    ),
    (
        "NS422",
        "war: {sides: {seller: {collapse: 0..1}, buyer: {collapse: {same: war.sides.seller.collapse}}}}\n"
        "parties: {seller: {discount_rate: 0..0.1, «no_deal»: {war: {win: 80, lose: 0, now: 40}}}}",
    ),
    ("NS416", at_war("win: {«same_as»: {delivery: now}}, lose: 0, now: 40")),
    ("NS416", at_war("win: 80, lose: 0, now: {«same_as»: {}}")),
    ("NS401", at_war("win: {same_as: {price: 5, «prise»: 5}}, lose: 0, now: 40")),
    ("NS403", at_war("win: {same_as: {price: 5, payment: «card»}}, lose: 0, now: 40")),
    ("NS214", at_war("win: «{same: parties.seller.no_deal.war.loose}», lose: 0, now: 40")),
]
LOTTERIES = [
    ("NS207", lottery("ends: «{}»")),
    ("NS423", lottery("ends: {sold: {worth: 5}, «kept»: {worth: 5}}")),
    ("NS423", lottery("«ends»: {sold: {probability: 0.9, worth: 5}}")),
    ("NS423", lottery("«ends»: {sold: {probability: 0.6, worth: 5}, kept: {probability: 0.5, worth: 5}}")),
    ("NS423", lottery("«ends»: {sold: {probability: 0.4..0.6, worth: 5}, kept: {probability: 0.5, worth: 5}}")),
    (
        "NS423",
        lottery("«ends»: {a: {probability: 0.4..0.6, worth: 5}, b: {probability: 0.5, worth: 5}, c: {worth: 0}}"),
    ),
    (
        "NS423",
        lottery(
            "«ends»: {a: {probability: 0.1..0.6, worth: 5}, c: {worth: 0}, "
            "b: {probability: {same: parties.seller.no_deal.lottery.ends.a.probability}, worth: 5}}"
        ),
    ),
    ("NS421", lottery("ends: {sold: {worth: 5}}, option: «outside»")),
    ("NS416", lottery("ends: {sold: {worth: {«same_as»: {payment: cash}}}}")),
]
GROUPS = [SHAPES, DOMAINS, WARS, LOTTERIES]
CASES = [case for group in GROUPS for case in group]


@pytest.mark.parametrize(("codes", "marked"), CASES, ids=[f"{codes}: {marked}" for codes, marked in CASES])
def test_a_fault_is_found_at_its_place_and_no_other_is(codes: str, marked: str, tmp_path: Path) -> None:
    assert_marked(tmp_path, codes, marked)


NO_FAULTS = [
    at_war("win: 80, lose: 0, now: 40"),
    at_war("win: 80, lose: 0", rest="discount_rate: 0, "),
    at_war("side: seller, win: {same_as: {}, rest: 30}, lose: 0, now: {same_as: {price: 10..20}}"),
    at_war("win: 80, lose: 0, now: 40, costs: {men: {points: 5}}, belief: {a: 8, b: 2}, option: outside"),
    "war: {sides: {seller: {}, buyer: {}}}",
    "war: {sides: {seller: {}, buyer: {}}}\nparties: {seller: {discount_rate: 0.1, no_deal: {war: {win: 80, lose: 0, now: 40}}}}",
    lottery("ends: {sold: {worth: 5}}"),
    lottery("ends: {sold: {probability: 1, worth: 5}}"),
    lottery(
        "ends: {a: {probability: 0.1, worth: 5}, b: {probability: 0.2, worth: 5}, c: {probability: 0.7, worth: 5}}"
    ),
    lottery("ends: {a: {probability: 0..0.5, worth: 5}, b: {probability: 0.5, worth: 5}, c: {worth: 5}}, now: 5"),
    "parties: {seller: {discount_rate: 0, good_faith: 0.5..1}}",
    "issues: {payment: {indivisible: true}, price: {indivisible: false}}",
]


@pytest.mark.parametrize("change", NO_FAULTS)
def test_what_is_right_gives_no_problem(change: str, tmp_path: Path) -> None:
    assert list(map(str, problems_of(tmp_path, change))) == []


def test_a_broken_war_or_rate_is_not_blamed_on_those_who_refer_to_it(tmp_path: Path) -> None:
    assert_marked(tmp_path, "NS203", at_war("win: 80, lose: 0, now: 40").replace(WAR, "war: «5»\n"))
    assert_marked(
        tmp_path, "NS210", at_war("win: 80, lose: 0", rest="discount_rate: «much», ", more=", title: The seller")
    )
    assert_marked(tmp_path, "NS210", at_war("win: 80, lose: 0, now: «much», losses: {heat: 5}"))
    assert_marked(tmp_path, "NS417", at_war("win: 80, lose: 0, now: 40").replace("buyer:", "«byer»:"))
    assert_marked(tmp_path, "NS210", lottery("ends: {sold: {probability: «much», worth: 5}, kept: {worth: 5}}"))


MESSAGES = [
    (
        "parties: {seller: {good_faith: 90}}",
        "parties.seller.good_faith is 90, outside 0..1 (probability)",
        "a probability of 90 % is 0.9",
    ),
    (
        lottery("ends: {sold: {worth: {same_as: {payment: cash}}}}"),
        "same_as leaves out price, to which seller gives weight",
        "add price: ..., or rest: 50 beside same_as",
    ),
    (
        at_war("side: seler, win: 80, lose: 0, now: 40"),
        "the war has no side 'seler'",
        "did you mean 'seller'?",
    ),
    (
        "war: {sides: {seller: {}}}",
        "a war has exactly two sides, not 1",
        "name two parties",
    ),
    (
        at_war("win: 80, lose: 0, losses: {heat: 5}"),
        "parties.seller.no_deal.war has losses, but has no now: what is held meanwhile",
        "add now: 40, or now: {same_as: {...}}",
    ),
    (
        lottery("ends: {sold: {probability: 0.6, worth: 5}, kept: {probability: 0.5, worth: 5}}"),
        "the probabilities sum to 1.1, not to 1",
        "leave one out, and it gets what the others leave",
    ),
    (
        "parties: {seller: {no_deal: {wars: {win: 5}}}}",
        "parties.seller.no_deal.wars must name a distribution, not 'wars'",
        "did you mean 'war'?",
    ),
    (
        at_war("win: 80, lose: 0, now: 40, losses: {heat: {points: 5, factor: {cold: 0.5}}}"),
        "parties.seller.no_deal.war.losses.heat has no key 'factor'",
        "did you mean 'factors'?",
    ),
]


@pytest.mark.parametrize(("change", "message", "help"), MESSAGES)
def test_a_message_names_the_thing_its_value_and_what_would_be_right(
    change: str, message: str, help: str, tmp_path: Path
) -> None:
    (problem,) = problems_of(tmp_path, change)
    assert (problem.message, problem.help) == (message, help)
