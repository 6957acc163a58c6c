"""Rules against wars, durability, levers, sacred values and ratifiers, at exact places."""

from __future__ import annotations

import pytest

from tests.checks.sale import found_over_sale, lint_over_sale

WAR = "war: {sides: {buyer: {collapse: 0.3}, seller: {collapse: 0.1}}}\n"
RATES = "parties:\n  buyer: {discount_rate: 0.05}\n  seller: {discount_rate: 0.05}\n"
BREAKER = "durability:\n  breakers: {seller: {hazard: 0.1}}\n"
SHIFT = "  power_shifts: {paid: {when: price >= 50, points: {buyer: -20}}}\n"
GAIN = "  power_shifts: {paid: {when: price >= 50, points: {seller: 20}}}\n"
BROKER = "  broker:\n    title: Broker\n    role: mediator\n    levers:\n      buyer: "

LIKE_SELLER = (
    "parties:\n  seller:\n    ratifiers:\n      owner: {title: Owner, no_deal: {same: parties.seller.no_deal}}\n"
)
OWNER = "parties:\n  seller:\n    ratifiers:\n      owner:\n        title: Owner\n"

# A fragment over the sale -> what is found: code, line of the fragment, and the text that is pointed at.
CASES = {
    "a ratifier's line forbids what its party demands": (
        OWNER + "        red_lines:\n          floor: {require: price <= 60, firmness: 0.5}\n",
        [("NS501", 7, "price <= 60")],
    ),
    "a ratifier's line is stricter than a demand of its own": (
        OWNER + "        no_deal: 20\n        demands: {price: {at_least: 60}}\n"
        "        red_lines:\n          floor: {require: price >= 80, firmness: 0.5}\n",
        [("NS502", 7, "{at_least: 60}")],
    ),
    "what a party demands is out of reach, said once": (
        "rules:\n  cheap: {require: price <= 50}\n"
        "parties:\n  seller:\n    demands: {price: {at_least: 80}}\n"
        "    ratifiers: {owner: {title: Owner, no_deal: 20, red_lines: {late: {require: delivery == late, firmness: 0.5}}}}\n",
        [("NS503", 5, "{at_least: 80}")],
    ),
    "an adjustment that never applies, said once": (
        "parties:\n  seller:\n    adjustments: {gift: {when: price > 100, amount: 5}}\n"
        "    ratifiers: {owner: {title: Owner, no_deal: 20}}\n",
        [("NS505", 3, "price > 100")],
    ),
    "a ratifier's line that never binds, and a ratifier that adds nothing because of it": (
        OWNER + "        red_lines:\n          floor: {require: price >= 0, firmness: 0.5}\n",
        [("NS529", 4, "owner"), ("NS504", 7, "price >= 0")],
    ),
    "something sacred that nothing violates": (
        "parties:\n  seller:\n    sacred:\n      honour:\n        require: price >= 0\n"
        "        material: delivery == now\n        offence: 5\n",
        [("NS504", 5, "price >= 0")],
    ),
    "something sacred that every deal violates": (
        "parties:\n  seller:\n    sacred:\n      honour:\n        require: price > 100\n"
        "        material: delivery == now\n        offence: 5\n",
        [("NS505", 5, "price > 100")],
    ),
    "a gesture and a material offer that go with no violation": (
        "parties:\n  seller:\n    sacred:\n      honour:\n        require: price >= 50\n"
        "        material: price > 60\n        offence: 5\n        symbolic: price == 50\n        relief: 5\n",
        [("NS505", 6, "price > 60"), ("NS505", 8, "price == 50")],
    ),
    "a support, a shift, a remedy and a guarantee that no deal has": (
        RATES
        + BROKER
        + "{guarantee: {when: price > 101, credibility: 0.5}}\n"
        + BREAKER
        + "  supports: {insured: {when: price > 102, credibility: 0.5}}\n"
        "  power_shifts: {paid: {when: price > 103, points: {buyer: -20}}, sent: {when: price > 50, points: {buyer: 2}}}\n"
        "  remedies: {watched: {when: price > 104, takes_away: 0.5}}\n",
        [("NS505", line, f"price > {line_price}") for line, line_price in ((8, 101), (11, 102), (12, 103), (13, 104))],
    ),
    "a support, a shift and a guarantee that every deal has": (
        RATES
        + BROKER
        + "{guarantee: {when: price > -1, credibility: 0.5}}\n"
        + BREAKER
        + "  supports: {insured: {when: price > -2, credibility: 0.5}}\n"
        "  power_shifts: {paid: {when: price > -3, points: {buyer: -20}}}\n"
        "  remedies: {watched: {when: price > -4, takes_away: 0.5}}\n",
        [("NS526", 8, "price > -1"), ("NS526", 11, "price > -2"), ("NS526", 12, "price > -3")],
    ),
    "a war that no deal is as good as": (
        WAR
        + "parties:\n  buyer:\n    discount_rate: 0.1\n    no_deal:\n      {war: {win: 190..200, lose: 90, now: 150}}\n",
        [("NS507", 6, "{war: {win: 190..200, lose: 90, now: 150}}")],
    ),
    "a lottery that is worse than anything": (
        "parties:\n  buyer:\n    no_deal: {lottery: {ends: {a: {probability: 0.3, worth: -5}, b: {worth: 0}}}}\n",
        [("NS508", 3, "{lottery: {ends: {a: {probability: 0.3, worth: -5}, b: {worth: 0}}}}")],
    ),
    "no deal out of reach of a ratifier, with its party's demands": (
        "parties:\n  seller:\n    demands: {price: {at_least: 50}}\n    ratifiers:\n      owner:\n        title: Owner\n"
        "        no_deal: 90\n        red_lines:\n          ceiling: {require: price < 40, firmness: hard}\n",
        [("NS507", 7, "90"), ("NS501", 9, "price < 40")],
    ),
    "no deal out of reach of a party, and of its ratifier against the same": (
        "parties:\n  seller:\n    no_deal: 110\n    ratifiers:\n      owner:\n        title: Owner\n"
        "        no_deal: {same: parties.seller.no_deal}\n        values: {price: {0: 0, 100: 90}}\n",
        [("NS507", 3, "110"), ("NS507", 7, "{same: parties.seller.no_deal}")],
    ),
    "no deal out of reach of a party, and nothing of a ratifier that looks at its red lines alone": (
        "parties:\n  seller:\n    no_deal: 110\n"
        "    ratifiers: {owner: {title: Owner, red_lines: {floor: {require: price > 40, firmness: 0.5}}}}\n",
        [("NS507", 3, "110")],
    ),
    "hard lines of a party and of another's ratifier leave nothing": (
        "parties:\n  buyer: {red_lines: {cap: {require: price <= 40, firmness: hard}}}\n  seller:\n    ratifiers:\n"
        "      owner:\n        title: Owner\n        red_lines:\n          floor: {require: price >= 60, firmness: hard}\n",
        [("NS509", 8, "hard")],
    ),
    "parts of the new blocks without provenance": (
        "sources: {ad: {title: An ad}}\nprovenance:\n  parties: {source: ad}\n  durability.breakers: {source: ad}\n"
        + RATES
        + BREAKER
        + SHIFT
        + WAR
        + "side_payments: {currency: euros, at_most: 5, worth: {buyer: 1, seller: 1}}\n",
        [("NS510", 10, "power_shifts"), ("NS510", 11, "war"), ("NS510", 12, "side_payments")],
    ),
    "parts of a party without provenance, a ratifier's own among them": (
        "sources: {ad: {title: An ad}}\nprovenance:\n  parties.buyer: {source: ad}\n  parties.seller.demands: {source: ad}\n"
        "  parties.seller.no_deal.lottery.ends: {source: ad}\n"
        "parties:\n  seller:\n    good_faith: 0.5..0.8\n    discount_rate: {same: parties.buyer.discount_rate}\n"
        "    no_deal:\n      lottery:\n        ends: {a: {probability: 0.5, worth: 60}, b: {worth: 20}}\n"
        "        costs: {delay: 3}\n"
        "    ratifiers: {owner: {title: Owner, no_deal: 30}}\n  buyer: {discount_rate: 0.05..0.1}\n",
        [("NS510", 8, "good_faith"), ("NS510", 13, "costs"), ("NS510", 14, "ratifiers")],
    ),
    "a ratifier weighs nothing of what it values": (
        OWNER
        + "        no_deal: 20\n        priorities: {price: 1}\n        values: {delivery: {now: 0, soon: 50, late: 100}}\n",
        [("NS514", 8, "delivery")],
    ),
    "a ratifier weighs what is all the same to it, and so much that any deal will do": (
        OWNER + "        no_deal: 20\n        priorities: {price: 1, delivery: 1}\n        demands: {delivery: any}\n",
        [("NS508", 6, "20"), ("NS515", 7, "delivery")],
    ),
    "a ratifier values what it does not demand": (
        OWNER
        + "        no_deal: 20\n        demands: {delivery: late}\n        values: {delivery: {now: 100, soon: 50, late: 0}}\n",
        [("NS516", 8, "100")],
    ),
    "end states as parts of 1": (
        WAR + "parties:\n  buyer:\n    discount_rate: 0.1\n    no_deal: {war: {win: 0.9, lose: 0.1, now: 30}}\n",
        [("NS517", 5, "no_deal")],
    ),
    "an end of a lottery as part of 1": (
        "parties:\n  buyer:\n    no_deal: {lottery: {ends: {a: {probability: 0.5, worth: 0.9}, b: {worth: 0..0.4}}}}\n"
        "    red_lines: {cap: {require: price < 100, firmness: 0.5}}\n    adjustments: {late: {when: delivery == late and price == 90, amount: -30}}\n",
        [("NS517", 3, "no_deal")],
    ),
    "a ratifier's line for a party that nobody asks there": (
        "parties:\n  bank:\n    title: Bank\n    role: guarantor\n    consents_to: price >= 50\n    ratifiers:\n      board:\n"
        "        title: Board\n        red_lines:\n          enough: {require: price >= 20, firmness: 0.5}\n",
        [("NS519", 10, "enough")],
    ),
    "a guarantee counted twice by its term": (
        "issues:\n  years: {title: Years, scale: 0..50, step: 10, unit: years}\n"
        "parties:\n  buyer:\n    discount_rate: 0.05\n    demands: {years: {at_least: 30}}\n  seller: {discount_rate: 0.05}\n"
        + BREAKER
        + "  term: years\n  supports: {insured: {when: carrier == courier, credibility: 0.5, lasts: guarantee}}\n"
        + SHIFT,
        [("NS527", 6, "years")],
    ),
    "a ratifier's values count twice": (
        "parties:\n  buyer: {discount_rate: 0.05}\n  seller:\n    discount_rate: 0.05\n    ratifiers:\n      owner:\n"
        "        title: Owner\n        no_deal: 20\n        values: {carrier: {buyer: 0, seller: 0..20, courier: 80..100}}\n"
        + BREAKER
        + "  supports: {insured: {when: carrier == courier, credibility: 0.5}}\n"
        + "  power_shifts: {paid: {when: price >= 50, points: {seller: -20}}}\n",
        [("NS527", 9, "carrier")],
    ),
    "a support that a party dislikes that gains by a breach": (
        "parties:\n  buyer: {discount_rate: 0.05}\n  seller:\n    discount_rate: 0.05\n"
        "    demands: {carrier: {one_of: [buyer, seller]}}\n"
        + BREAKER
        + "  supports: {insured: {when: carrier == courier, credibility: 0.5}}\n"
        + GAIN,
        [("NS527", 5, "carrier")],
    ),
    "a short term that a party likes that gains by a breach": (
        "issues:\n  years: {title: Years, scale: 0..50, step: 10, unit: years}\n"
        "parties:\n  buyer: {discount_rate: 0.05}\n  seller:\n    discount_rate: 0.05\n    demands: {years: {at_most: 10}}\n"
        + BREAKER
        + "  term: years\n  supports: {insured: {when: price >= 0, credibility: 0.5, lasts: guarantee}}\n"
        + GAIN,
        [("NS527", 7, "years"), ("NS526", 11, "price >= 0")],
    ),
    "nobody ever breaks a deal": (
        RATES + "durability:\n  breakers: {seller: {hazard: 0}}\n" + SHIFT,
        [("NS528", 5, "breakers")],
    ),
    "a shift only where a hard line forbids the deal": (
        "parties:\n  buyer: {discount_rate: 0.05, red_lines: {cap: {require: price < 50, firmness: hard}}}\n"
        "  seller: {discount_rate: 0.05}\n" + BREAKER + SHIFT,
        [("NS528", 6, "power_shifts")],
    ),
    "a remedy that takes all": (
        RATES + BREAKER + SHIFT + "  remedies: {watched: {when: price >= 50, takes_away: 1}}\n",
        [("NS528", 6, "power_shifts")],
    ),
    "a shift that counts only in a breach by one that breaks nothing": (
        RATES
        + "durability:\n  breakers: {seller: {hazard: 0.1}, buyer: {hazard: 0}}\n"
        + SHIFT.replace("points", "if_broken_by: [buyer], points"),
        [("NS528", 6, "power_shifts")],
    ),
    "a ratifier whose line is hard for its party anyway": (
        "parties:\n  seller:\n    red_lines: {floor: {require: price >= 40, firmness: hard}}\n    ratifiers:\n      owner:\n"
        "        title: Owner\n        red_lines: {low: {require: price >= 20, firmness: 0.5}}\n",
        [("NS529", 5, "owner")],
    ),
    "a ratifier that says nothing, of a party with a carrot and a stick": (
        OWNER + BROKER.replace("buyer", "seller") + "{stick: 5, carrots: {gift: {when: price == 40, points: 5}}}\n",
        [("NS529", 4, "owner")],
    ),
    "a ratifier that judges as its party does": (LIKE_SELLER, [("NS529", 4, "owner")]),
    "losing on an outcome that is better": (
        WAR
        + "parties:\n  buyer:\n    discount_rate: 0.1\n    no_deal:\n      war:\n        win: {same_as: {price: 100, delivery: now}}\n"
        "        lose: {same_as: {price: 0, delivery: now}}\n        now: 30\n",
        [("NS530", 8, "lose")],
    ),
    "a good faith of 0": ("parties:\n  seller: {good_faith: 0}\n", [("NS532", 2, "0")]),
}

BELIEVER = "{war: {win: 80, lose: 10, now: 30, belief: {a: %s, b: 5}}}"

# What looks much the same and is right.
FINE = {
    "a ratifier with a line of its own, and all the rest of its party": (
        "parties:\n  seller:\n    priorities: {price: 2, delivery: 1, carrier: 1}\n    values: {price: {0: 0, 100: 100}}\n"
        "    adjustments: {late: {when: delivery == late, amount: 2}}\n    no_deal: 30\n"
        "    ratifiers: {owner: {title: Owner, no_deal: 40, red_lines: {floor: {require: price >= 90, firmness: 0.5}}}}\n"
    ),
    "a ratifier with a red line alone": (
        "parties:\n  seller:\n    ratifiers: {owner: {title: Owner, red_lines: {floor: {require: price >= 90, firmness: 0.5}}}}\n"
    ),
    "a ratifier without the carrot of its party": (
        LIKE_SELLER + BROKER.replace("buyer", "seller") + "{carrots: {gift: {when: price == 40, points: 5}}}\n"
    ),
    "a ratifier without the relief of its party": (
        LIKE_SELLER + "    sacred: {honour: {require: price >= 50, symbolic: delivery == late, relief: 5}}\n"
    ),
    "a ratifier on which the stick for its party does not bear": (
        LIKE_SELLER + BROKER.replace("buyer", "seller") + "{stick: 5}\n"
    ),
    "a ratifier with a no deal of its own": "parties:\n  seller: {ratifiers: {owner: {title: Owner, no_deal: 20}}}\n",
    "no deal out of reach but for a stick": ("parties:\n  buyer: {no_deal: 105}\n" + BROKER + "{stick: 0..6}\n"),
    "no deal out of reach but for a carrot": (
        "parties:\n  buyer: {no_deal: 105}\n" + BROKER + "{carrots: {gift: {when: price == 0, points: 0..6}}}\n"
    ),
    "no deal out of reach but for side payments": (
        "parties:\n  buyer: {no_deal: 105}\nside_payments: {currency: euros, at_most: 10, worth: {buyer: 1, seller: 1}}\n"
    ),
    "no deal out of reach but for a breach that is a gain": (
        "parties:\n  buyer: {discount_rate: 0.05, no_deal: 105}\n  seller: {discount_rate: 0.05}\n"
        + BREAKER
        + SHIFT.replace("-20", "20")
    ),
    "no deal that every outcome reaches but for the risk of breach": (
        "parties:\n  buyer: {discount_rate: 0.05, no_deal: 0}\n  seller: {discount_rate: 0.05}\n"
        + BREAKER
        + SHIFT.replace("price >= 50", "price >= 0 and delivery < late or price > 90")
    ),
    "a war that may be worth next to nothing": (
        WAR
        + "parties:\n  buyer:\n    discount_rate: 0.1\n    no_deal: {war: {win: 190..200, lose: -90..0, now: 0..150, belief: {a: 1..9, b: 1..9}}}\n"
    ),
    "all of it with its provenance, and what is the same as another": (
        "sources: {ad: {title: An ad}}\nprovenance:\n  parties.buyer: {source: ad}\n  war: {source: ad}\n"
        "  parties.seller.demands: {source: ad}\n  parties.seller.no_deal.war: {source: ad}\n"
        + WAR
        + "parties:\n  buyer:\n    discount_rate: 0.05..0.1\n    no_deal: {war: {win: 80..90, lose: 10, now: 30, costs: {toll: 1..2}}}\n"
        "  seller:\n    discount_rate: {same: parties.buyer.discount_rate}\n"
        "    no_deal: {war: {win: {same: parties.buyer.no_deal.war.win}, lose: 10, now: 30,\n"
        "      costs: {toll: {same: parties.buyer.no_deal.war.costs.toll}}}}\n"
    ),
    "an issue that only a support names": (
        "issues:\n  watch: {title: Watch, options: [nobody, neighbours]}\n"
        + RATES
        + BREAKER
        + "  supports: {seen: {when: watch == neighbours, credibility: 0.5}}\n"
        + SHIFT
    ),
    "an issue that is only the term": (
        "issues:\n  years: {title: Years, scale: 0..50, step: 10, unit: years}\n"
        + RATES
        + BREAKER
        + "  term: years\n  supports: {insured: {when: carrier == courier, credibility: 0.5, lasts: guarantee}}\n"
        + SHIFT
    ),
    "a demand on a guarantee, which counts through durability": (
        "parties:\n  buyer:\n    discount_rate: 0.05\n    demands: {price: {at_most: 20}, carrier: courier}\n    priorities: {price: 1, delivery: 1}\n"
        "  seller: {discount_rate: 0.05}\n"
        + BREAKER
        + "  supports: {insured: {when: carrier == courier, credibility: 0.5}}\n"
        + SHIFT
    ),
    "a guarantee that its party dislikes, and one whom a breach costs nothing": (
        "parties:\n  buyer:\n    discount_rate: 0.05\n    demands: {price: {at_most: 20}, carrier: {one_of: [buyer, seller]}}\n"
        "  seller:\n    discount_rate: 0.05\n    demands: {price: {at_least: 80}, carrier: courier}\n"
        + BREAKER
        + "  supports: {insured: {when: carrier == courier, credibility: 0.5}}\n"
        + SHIFT
    ),
    "a guarantee that a party likes that gains by a breach": (
        "parties:\n  buyer: {discount_rate: 0.05}\n  seller:\n    discount_rate: 0.05\n    demands: {carrier: courier}\n"
        + BREAKER
        + "  supports: {insured: {when: carrier == courier, credibility: 0.5}}\n"
        + GAIN
    ),
    "a guarantee that a party dislikes that gains by a breach of another, whom nothing holds back": (
        "parties:\n  buyer: {discount_rate: 0.05}\n  seller:\n    discount_rate: 0.05\n"
        "    demands: {carrier: {one_of: [buyer, seller]}}\n"
        "durability:\n  breakers: {seller: {hazard: 0.1}, buyer: {hazard: 0.1}}\n"
        "  supports: {insured: {when: carrier == courier, credibility: 0.5, against: [buyer]}}\n"
        + GAIN.replace("points", "if_broken_by: [seller], points")
    ),
    "a breaker that nothing holds back": RATES + BREAKER + SHIFT,
    "a shift towards a side of a war": (
        WAR
        + "parties:\n  buyer: {discount_rate: 0.05, no_deal: {war: {win: 80, lose: 10, now: 30}}}\n  seller: {discount_rate: 0.05}\n"
        + BREAKER
        + "  power_shifts: {paid: {when: price >= 50, towards: seller, by: 0.2}}\n"
    ),
    "a war that may be better lost": (
        WAR + "parties:\n  buyer: {discount_rate: 0.05, no_deal: {war: {win: 40..60, lose: 50..70, now: 30}}}\n"
    ),
    "one pessimist, and beliefs that may add up to 1": (
        WAR
        + "parties:\n  buyer: {discount_rate: 0.05, no_deal: "
        + BELIEVER % "1"
        + "}\n  seller: {discount_rate: 0.05, no_deal: "
        + BELIEVER % "2..40"
        + "}\n"
    ),
    "a pessimist against one who judges by the hazards": (
        WAR
        + "parties:\n  buyer: {discount_rate: 0.05, no_deal: "
        + BELIEVER % "1"
        + "}\n  seller: {discount_rate: 0.05, no_deal: {war: {win: 80, lose: 10, now: 30}}}\n"
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_finding_stands_at_its_place(case: str) -> None:
    fragment, expected = CASES[case]
    assert found_over_sale(fragment) == expected


@pytest.mark.parametrize("case", FINE)
def test_what_is_right_is_let_alone(case: str) -> None:
    assert lint_over_sale(FINE[case]) == ()
