"""What durability, levers, sacred values, side payments and ratifiers can get wrong, each at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.marked import assert_marked, problems_of

WAR = "war: {sides: {seller: {collapse: 0.1}, buyer: {collapse: 0.1..0.3}}}\n"
RATES = "parties: {seller: {discount_rate: 0.05}, buyer: {discount_rate: 0.05}}\n"
SHIFT = "towns: {when: price > 50, points: {seller: 5}}"
YEARS = "issues: {years: {title: Years, scale: 0..5, step: 1, unit: years}}\n"


def durable(text: str, *, head: str = RATES) -> str:
    return f"{head}durability: {{breakers: {{buyer: {{hazard: 0.1}}}}, {text}}}"


def shift(text: str, *, head: str = RATES) -> str:
    return durable(f"power_shifts: {{towns: {{when: price > 50, {text}}}}}", head=head)


def lever(text: str, *, head: str = "") -> str:
    return f"{head}parties: {{broker: {{title: B, role: mediator, levers: {{{text}}}}}}}"


def sacred(text: str, *, head: str = "") -> str:
    return f"{head}parties: {{seller: {{sacred: {{name: {{require: price > 0, {text}}}}}}}}}"


def ratified(text: str, *, party: str = "seller", more: str = "", tail: str = "") -> str:
    return f"parties: {{{party}: {{{more}ratifiers: {{wife: {{title: Wife, {text}}}}}}}}}{tail}"


DURABILITY = [
    ("NS202", RATES + "«durability»: {about: x}"),
    ("NS207", RATES + "durability: {«breakers»: {}}"),
    ("NS417", RATES + "durability: {breakers: {«byer»: {hazard: 0.1}}}"),
    ("NS212", RATES + "durability: {breakers: {buyer: {hazard: «-0.1»}}}"),
    ("NS212", durable("supports: {escrow: {when: price > 0, credibility: «90»}}")),
    ("NS302", durable("supports: {escrow: {when: «prise» > 0, credibility: 0.9}}")),
    ("NS205", durable("supports: {«Escrow»: {when: price > 0, credibility: 0.9}}")),
    ("NS204", durable("supports: {escrow: {when: price > 0, credibility: 0.9, lasts: «ever»}}")),
    ("NS424", durable("supports: {escrow: {when: price > 0, credibility: 0.9, lasts: «guarantee»}}")),
    ("NS424", durable("supports: {escrow: {when: price > 0, credibility: 0.9, against: [«seller»]}}")),
    ("NS424", durable("supports: {escrow: {when: price > 0, credibility: 0.9, against: [buyer, «buyer»]}}")),
    ("NS417", durable("supports: {escrow: {when: price > 0, credibility: 0.9, against: [«byer»]}}")),
    ("NS207", durable("supports: {escrow: {when: price > 0, credibility: 0.9, against: «[]»}}")),
    ("NS203", durable("supports: {escrow: {when: price > 0, credibility: 0.9, against: «buyer»}}")),
    ("NS401", durable("term: «yaers»")),
    ("NS424", durable("term: «payment»")),
    ("NS424", durable("term: «price»")),
    ("NS424", durable("term: «years»", head=RATES + YEARS.replace("0..5", "-1..5"))),
    ("NS424", durable("«power_shifts»: {towns: {when: price > 50}}").replace("«power_shifts»: {towns", "power_shifts: {«towns»")),
    ("NS424", shift("«by»: 0.1", head=RATES + WAR)),
    ("NS424", shift("«towards»: seller", head=RATES + WAR)),
    ("NS424", shift("«towards»: seller, points: {seller: 5}", head=RATES + WAR)),
    ("NS419", shift("towards: seller, «by»: 0.1")),
    ("NS417", shift("towards: «seler», by: 0.1", head=RATES + WAR)),
    ("NS212", shift("towards: seller, by: «10»", head=RATES + WAR)),
    ("NS212", shift("points: {seller: «101»}")),
    ("NS417", shift("points: {«seler»: 5}")),
    ("NS424", shift("points: {seller: 5}, if_broken_by: [«seller»]")),
    ("NS417", shift("points: {seller: 5}, if_broken_by: [«seler»]")),
    ("NS424", durable(f"power_shifts: {{{SHIFT}}}, remedies: {{zone: {{when: price > 0, takes_away: 1, shifts: [«twons»]}}}}")),
    ("NS424", durable(f"power_shifts: {{{SHIFT}}}, remedies: {{zone: {{when: price > 0, takes_away: 1, shifts: [towns, «towns»]}}}}")),
    ("NS207", durable("remedies: {zone: {when: price > 0, takes_away: 1, shifts: «[]»}}")),
    ("NS212", durable("remedies: {zone: {when: price > 0, takes_away: «50»}}")),
    ("NS202", durable("remedies: {«zone»: {takes_away: 0.5}}")),
    ("NS420", durable("about: x", head="parties: {seller: {discount_rate: 0.05}, «buyer»: {title: B}}\n")),
    ("NS420", durable("about: x", head="parties: {seller: {discount_rate: 0.05}, buyer: {discount_rate: «0»}}\n")),
    ("NS420", durable("about: x", head="parties: {seller: {discount_rate: 0.05}, buyer: {discount_rate: «0..0.1»}}\n")),
    ("NS420", durable("about: x", head="parties: {seller: {discount_rate: 0.05}, buyer: {discount_rate: «0.00009»}}\n")),
    ("NS420", durable("about: x", head="parties: {seller: {discount_rate: 0.05}, buyer: {discount_rate: «{normal: {mean: 0.05, sd: 0.01}}»}}\n")),
    (
        "NS420",
        WAR + durable("about: x", head="parties: {seller: {discount_rate: 0.05}, buyer: {«no_deal»: {war: {win: 9, lose: 0}}}}\n"),
    ),
    (
        "NS406",
        "parties: {seller: {discount_rate: 0.05}, buyer: {discount_rate: 0.05}, broker: {title: B, role: mediator}}\n"
        "durability: {breakers: {broker: {hazard: 0.1}}, power_shifts: {towns: {when: price > 0, points: {«broker»: 5}}}}",
    ),
]  # fmt: skip
THIRD_SIDE = (
    WAR
    + "parties: {seller: {discount_rate: 0.05}, buyer: {discount_rate: 0.05}, broker: {title: B, role: mediator}}\n"
    + "durability: {breakers: {broker: {hazard: 0.1}}, power_shifts: {x: {when: price > 0, towards: «broker», by: 0.1}}}"
)
LEVERS = [
    ("NS425", "parties: {seller: {«levers»: {buyer: {stick: 5}}}}"),
    ("NS425", lever("«broker»: {stick: 5}")),
    ("NS417", lever("«byer»: {stick: 5}")),
    ("NS212", lever("buyer: {stick: «-5»}")),
    ("NS425", lever("buyer: {«guarantee»: {when: price > 0, credibility: 0.5}}")),
    ("NS212", lever("buyer: {carrots: {aid: {when: price > 0, points: «500»}}}")),
    ("NS202", lever("buyer: {carrots: {«aid»: {when: price > 0}}}")),
    ("NS205", lever("buyer: {carrots: {«Aid»: {when: price > 0, points: 5}}}")),
    ("NS302", lever("buyer: {carrots: {aid: {when: «prise» > 0, points: 5}}}")),
    ("NS201", lever("buyer: {«stik»: 5}")),
    (
        "NS406",
        "parties: {usa: {title: U, role: guarantor}, broker: {title: B, role: mediator, levers: {«usa»: {stick: 5}}}}",
    ),
]
PAID = "side_payments: {currency: EUR, at_most: 5, worth: {seller: 1, buyer: 1}}\n"
SACRED = [
    ("NS426", sacred("«symbolic»: payment == cash")),
    ("NS426", sacred("«relief»: 5")),
    ("NS426", sacred("«offence»: 5")),
    ("NS426", sacred("«offence»: 5", head=PAID)),
    ("NS426", sacred("«offence»: 0, symbolic: payment == cash, relief: 5")),
    ("NS212", sacred("offence: «-5», material: payment == cash")),
    ("NS301", sacred("offence: 5, material: payment == «cahs»")),
    ("NS301", sacred("symbolic: payment == «cahs», relief: 5")),
    ("NS205", "parties: {seller: {sacred: {«The-name»: {require: price > 0}}}}"),
    ("NS202", "parties: {seller: {sacred: {«name»: {title: The name}}}}"),
]
PAYMENTS = [
    ("NS202", "«side_payments»: {at_most: 5, worth: {seller: 1, buyer: 1}}"),
    ("NS202", "«side_payments»: {currency: EUR, worth: {seller: 1, buyer: 1}}"),
    ("NS202", "«side_payments»: {currency: EUR, at_most: 5}"),
    ("NS203", "side_payments: {currency: EUR, at_most: 5, worth: «1»}"),
    ("NS207", "side_payments: {currency: EUR, at_most: 5, «worth»: {seller: 1}}"),
    ("NS207", "side_payments: {currency: EUR, at_most: 5, «worth»: {}}"),
    ("NS417", "side_payments: {currency: EUR, at_most: 5, worth: {seller: 1, «byer»: 1}}"),
    ("NS210", "side_payments: {currency: EUR, at_most: 5, worth: {seller: «much», buyer: 1}}"),
    ("NS212", "side_payments: {currency: EUR, at_most: «-5», worth: {seller: 1, buyer: 1}}"),
    (
        "NS406",
        "parties: {broker: {title: B, role: mediator}}\n"
        "side_payments: {currency: EUR, at_most: 5, worth: {seller: 1, «broker»: 1}}",
    ),
]
RATIFIERS = [
    ("NS202", "parties: {seller: {ratifiers: {«wife»: {about: x}}}}"),
    ("NS201", ratified("«good_faith»: 0.5")),
    ("NS201", ratified("«role»: mediator")),
    ("NS201", ratified("«demand»: {price: 5}")),
    ("NS204", "parties: {seller: {role: «ratifier»}}"),
    ("NS205", ratified("about: x").replace("wife", "«buyer»")),
    ("NS205", ratified("about: x").replace("wife", "«Wife»")),
    (
        "NS205",
        "parties: {seller: {ratifiers: {wife: {title: W}}}, buyer: {ratifiers: {«wife»: {title: W}}}}",
    ),
    ("NS205", ratified("red_lines: {«Low»: {require: price > 0, firmness: 1}}")),
    ("NS408", ratified("about: x", tail="\nagreement: {quorum: 1}").replace("ratifiers", "«ratifiers»")),
    (
        "NS408",
        ratified("about: x", party="broker", more="title: B, role: mediator, ").replace("ratifiers", "«ratifiers»"),
    ),
    ("NS401", ratified("no_deal: 5, demands: {«prise»: 5}")),
    ("NS403", ratified("no_deal: 5, demands: {price: «75»}")),
    ("NS404", ratified("no_deal: 5, priorities: {price: 1, «payment»: 1}")),
    ("NS207", ratified("no_deal: 5, values: {«price»: {}}")),
    ("NS405", ratified("no_deal: 5, demands: {«berth»: buyer}")),
    ("NS414", ratified("no_deal: 5, «priorities»: {price: 0}")),
    ("NS415", ratified("no_deal: 5, values: {«payment»: {cash: 100}}")),
    ("NS416", ratified("demands: {payment: cash}, no_deal: {«same_as»: {price: 60}}")),
    ("NS212", ratified("no_deal: «300»")),
    (
        "NS406",
        ratified(
            "demands: {price: 0}", party="broker", more="title: B, role: mediator, consents_to: price > 0, "
        ).replace("wife", "«wife»"),
    ),
    ("NS420", WAR + ratified("«no_deal»: {war: {win: 50, lose: 0, now: 5}}")),
    ("NS421", WAR + ratified("discount_rate: 0.1, no_deal: {«war»: {win: 50, lose: 0}}")),
    ("NS423", ratified("no_deal: {lottery: {«ends»: {a: {probability: 0.5, worth: 5}}}}")),
    (
        "NS420",
        "parties:\n  buyer: {discount_rate: 0.1}\n"
        "  seller: {discount_rate: 0.1, ratifiers: {wife: {title: W, no_deal: 5, discount_rate: «0»}}}\n"
        "durability: {breakers: {buyer: {hazard: 0.1}}}",
    ),
]
LINE = "require: price > 10, firmness: 0.5"
BY_LINES = [
    *(
        ("NS406", ratified(stake).replace("wife", "«wife»"))
        for stake in (
            "demands: {price: 0}",
            "demands: {}",
            "priorities: {price: 1}",
            "values: {price: {0: 0, 100: 100}}",
            "adjustments: {late: {when: price > 10, amount: 5}}",
            "adjustments: {}",
            "discount_rate: 0.1",
            "demands: {price: 0}, priorities: {price: 1}, discount_rate: 0.1",
        )
    ),
    ("NS406", ratified(f"red_lines: {{low: {{{LINE}, «audience_cost»: 0..5}}}}")),
    ("NS406 NS406", ratified(f"red_lines: {{low: {{{LINE}, «audience_cost»: 5}}, less: {{{LINE}, «audience_cost»: 1}}}}")),
    ("NS406", ratified(f"demands: {{price: 0}}, red_lines: {{low: {{{LINE}, audience_cost: 5}}}}").replace("wife", "«wife»")),
    ("NS406", RATES.replace("seller: {", "seller: {ratifiers: {«wife»: {title: W, discount_rate: 0.1}}, ") + durable("about: x", head="")),
    ("NS212", ratified(f"red_lines: {{low: {{{LINE}, audience_cost: «-5»}}}}")),
    # What else is wrong with what it says is found beside it.
    ("NS406 NS401", ratified("demands: {«prise»: 5}").replace("wife", "«wife»")),
    ("NS406 NS212", ratified("values: {price: {0: «101»}}").replace("wife", "«wife»")),
    ("NS406 NS414", ratified("«priorities»: {price: 0}").replace("wife", "«wife»")),
    ("NS406 NS212", ratified("adjustments: {late: {when: price > 10, amount: «500»}}").replace("wife", "«wife»")),
    ("NS406 NS302", ratified("about: x, discount_rate: 0.1, red_lines: {low: {require: «prise» > 0, firmness: 1}}").replace("wife", "«wife»")),
    (
        "NS406 NS420",
        RATES.replace("seller: {", "seller: {ratifiers: {«wife»: {title: W, discount_rate: «0»}}, ") + durable("about: x", head=""),
    ),
    # There is nothing of its party that anything could refer to.
    ("NS413", ratified("about: x", tail="\nprovenance: {«parties.seller.ratifiers.wife.demands.price»: {assumed: x}}")),
    ("NS214", "parties: {seller: {ratifiers: {wife: {title: W}}, no_deal: «{same: parties.seller.ratifiers.wife.discount_rate}»}}"),
]  # fmt: skip
CASES = [*DURABILITY, ("NS419", THIRD_SIDE), *LEVERS, *SACRED, *PAYMENTS, *RATIFIERS, *BY_LINES]


@pytest.mark.parametrize(("codes", "marked"), CASES, ids=[f"{codes}: {marked}" for codes, marked in CASES])
def test_a_fault_is_found_at_its_place_and_no_other_is(codes: str, marked: str, tmp_path: Path) -> None:
    assert_marked(tmp_path, codes, marked)


PILES = {
    "a fault of the party's priorities": ("NS414", "parties: {seller: {«priorities»: {price: 0}, ratifiers: {wife: {title: W, no_deal: 5}}}}"),
    "weight without values": ("NS404", "parties: {seller: {priorities: {price: 1, «payment»: 1}, ratifiers: {wife: {title: W, no_deal: 5}}}}"),
    "no value of irrelevance": ("NS405", "parties: {seller: {demands: {«berth»: buyer}, ratifiers: {wife: {title: W, no_deal: 5}}}}"),
    "a value outside its domain": ("NS212", "parties: {seller: {values: {price: {0: «101»}}, ratifiers: {wife: {title: W, no_deal: 5}}}}"),
    "a rate that is none": ("NS210", "parties: {seller: {discount_rate: «much», ratifiers: {wife: {title: W, no_deal: 5}}}}"),
    "a ratifier whose no-deal value is faulty, with all that counts only beside one": (
        "NS210",
        "parties: {seller: {ratifiers: {wife: {title: W, no_deal: «much», demands: {price: 0}, red_lines: {low: "
        "{require: price > 0, firmness: 1, audience_cost: 5}}}}}}",
    ),
    "an issue that is not there": ("NS401", "parties: {seller: {values: {«prise»: {0: 1}}, ratifiers: {wife: {title: W, no_deal: 5}}}}"),
    "a party at war without a rate": (
        "NS420",
        WAR + "parties: {seller: {«no_deal»: {war: {win: 9, lose: 0}}, ratifiers: {wife: {title: W, no_deal: {war: {win: 9, lose: 0}}}}}}",
    ),
    "a party without a rate": (
        "NS420",
        "parties: {buyer: {discount_rate: 0.1}, «seller»: {ratifiers: {wife: {title: W, no_deal: 5}}}}\n"
        "durability: {breakers: {buyer: {hazard: 0.1}}}",
    ),
    "a party whose rate can be 0": (
        "NS420",
        "parties: {buyer: {discount_rate: 0.1}, seller: {discount_rate: «0», ratifiers: {wife: {title: W, no_deal: 5}}}}\n"
        "durability: {breakers: {buyer: {hazard: 0.1}}}",
    ),
    "a party that needs a no-deal value": (
        "NS406",
        "parties:\n  «agent»: {title: A, demands: {price: 50}}\n  broker: {title: B, role: mediator, levers: {agent: {stick: 5}}}",
    ),
    "a broken condition of what is material": ("NS203", sacred("material: «[5]», offence: 5")),
    "an offence that is broken and stands alone": ("NS426", sacred("«offence»: 500")),
    "broken durability": ("NS203", lever("buyer: {guarantee: {when: price > 0, credibility: 0.5}}") + "\ndurability: «5»"),
    "priorities the same as none": (
        "NS414",
        "parties:\n  buyer: {priorities: {price: 1, payment: 0}}\n"
        "  seller: {«priorities»: {price: {same: parties.buyer.priorities.payment}}, ratifiers: {wife: {title: W, no_deal: 5}}}",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PILES)
def test_one_cause_is_one_problem(name: str, tmp_path: Path) -> None:
    assert_marked(tmp_path, *PILES[name])


NO_FAULTS = [
    durable("term: years, supports: {x: {when: years > 0, credibility: 0.1..0.9, lasts: guarantee}}", head=RATES + YEARS),
    durable("term: years", head=RATES + YEARS.replace("unit: years", "about: x")),
    durable(f"power_shifts: {{{SHIFT}}}, remedies: {{zone: {{when: price > 0, takes_away: 1}}}}"),
    shift("towards: buyer, by: 0..0.5, points: {seller: -5}, if_broken_by: [buyer]", head=RATES + WAR),
    durable("about: x"),
    lever("buyer: {}, seller: {stick: 0..5, carrots: {aid: {when: price > 0, points: -5..5}}}"),
    lever("buyer: {guarantee: {when: price > 0, credibility: 0.5}}").replace("}}}}}", "}}}}, seller: {discount_rate: 0.1}, buyer: {discount_rate: 0.1}}")
    + "\ndurability: {breakers: {buyer: {hazard: 0.1}}}",
    sacred("material: payment == cash, offence: 5", head=PAID),
    sacred("material: payment == cash"),
    sacred("offence: 5..10, material: payment == cash, symbolic: delivery == now, relief: 0"),
    PAID,
    ratified("red_lines: {low: {require: price > 10, firmness: 0.9}}"),
    ratified("red_lines: {low: {require: price > 10, firmness: 0..1, audience_cost: 0}}, about: x"),
    RATES.replace("seller: {", "seller: {ratifiers: {wife: {title: W}}, ") + durable("about: x", head=""),
    ratified("about: x", more="adjustments: {late: {when: price > 10, amount: 5}}, "),
    ratified("adjustments: {}, values: {payment: {cash: 0, transfer: 100}}, no_deal: {same_as: {price: 5, payment: cash}}"),
    ratified("priorities: {payment: 1}, demands: {payment: cash}, no_deal: {same_as: {payment: cash}}"),
    ratified("demands: {price: 0}, no_deal: 5", party="broker", more="title: B, role: mediator, consents_to: price > 0, "),
    WAR + ratified("no_deal: {war: {win: 50, lose: 0, now: 5}}", more="discount_rate: 0.1, "),
    WAR + ratified("discount_rate: 0.1, no_deal: {war: {win: 50, lose: 0, now: 5}}"),
    ratified("no_deal: {same: parties.seller.ratifiers.wife.values.price.0}, values: {price: {0: 5, 100: 5}}"),
]  # fmt: skip


@pytest.mark.parametrize("change", NO_FAULTS)
def test_what_is_right_gives_no_problem(change: str, tmp_path: Path) -> None:
    assert list(map(str, problems_of(tmp_path, change))) == []


MESSAGES = [
    (
        ratified("priorities: {price: 1}, discount_rate: 0.1"),
        "wife has priorities but no no_deal, without which it looks at its red lines alone",
        "add no_deal: 30..50 (0 to 100, as deals are valued)",
    ),
    (
        ratified("red_lines: {low: {require: price > 10, firmness: 0.5, audience_cost: 5}}"),
        "wife has no no_deal to hold an audience cost against: it looks at its red lines alone",
        "add no_deal, or leave audience_cost out",
    ),
    (
        durable("supports: {escrow: {when: price > 0, credibility: 0.9, against: [seller]}}"),
        "seller is no breaker of durability",
        "known here: buyer",
    ),
    (
        sacred("offence: 5", head=PAID),
        "offence stands without material: what something material costs, and where a deal offers it",
        "add material:",
    ),
    (durable("term: price"), "price counts euros, not years", "a term is a numeric issue in years, from 0 up"),
    (durable("term: payment"), "payment is categorical and counts no years", "a term is a numeric issue in years, from 0 up"),
    (
        durable(f"power_shifts: {{{SHIFT}}}, remedies: {{zone: {{when: price > 0, takes_away: 1, shifts: [twons]}}}}"),
        "there is no power shift 'twons'",
        "did you mean 'towns'?",
    ),
    (
        ratified("about: x").replace("wife", "buyer"),
        "buyer is the id of a party already",
        "give it another id",
    ),
    (
        WAR + ratified("no_deal: {war: {win: 50, lose: 0, now: 5}}"),
        "wife has no discount_rate, and its no_deal is a war, in which what comes later counts less",
        "add discount_rate: 0.05, per year",
    ),
    (
        durable("remedies: {zone: {when: price > 0, takes_away: 50}}"),
        "durability.remedies.zone.takes_away is 50, outside 0..1 (share)",
        "a share of 50 % is 0.5",
    ),
    (
        lever("byer: {stick: 5}"),
        "there is no party 'byer'",
        "did you mean 'buyer'?",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message", "help"), MESSAGES)
def test_a_message_names_the_thing_its_value_and_what_would_be_right(
    change: str, message: str, help: str, tmp_path: Path
) -> None:
    (problem,) = problems_of(tmp_path, change)
    assert (problem.message, problem.help) == (message, help)
