"""Small scenarios whose P(zone) is known as a function of one quantity."""

from __future__ import annotations

from negsim.scenario import Scenario, loads

ONE_DEAL = """
negsim: 1
id: one-deal
title: One deal
issues: {deal: {title: Deal, options: [signed]}}
parties:
  ann: {title: Ann, values: {deal: {signed: 0..100}}, no_deal: 0..100}
  bob: {title: Bob, values: {deal: {signed: 0..100}}, no_deal: 25}
"""
"""Ann's no-deal value held at x: P(zone) = (1 - x / 100) * 0.75."""

NO_DEAL = "parties.ann.no_deal"

PEAK = """
negsim: 1
id: peak
title: A price too good to leave
issues:
  price: {title: Price, scale: 0..100, step: 1}
  deal: {title: Deal, options: [signed]}
rules: {no_price: {require: price == 0}}
parties:
  ann:
    title: Ann
    values: {price: {0: 0, 50: 100, 100: 0}, deal: {signed: 0..100}}
    priorities: {price: 1, deal: 1}
    no_deal: {same_as: {price: 0..100}, rest: 20}
"""
"""Ann gets V / 2 from the deal, (100 - |100 - 2 x| + 20) / 2 from none: P(zone) = max(0, |100 - 2 x| / 100 - 0.2)."""

LEVEL = "parties.ann.no_deal.same_as.price"

HOUSE = """
negsim: 1
id: house
title: A house
issues: {price: {title: Price, scale: 0..100, step: 1}}
parties:
  buyer: {title: Buyer, demands: {price: 0}, no_deal: {same_as: {price: 10..80}}}
  seller: {title: Seller, demands: {price: 100}, no_deal: {same_as: {price: 20..60}}}
"""
"""With a buyer who pays b: P(zone) = (floor(b) - 20) / 40 from 20 to 60."""

LIMIT = "parties.buyer.no_deal.same_as.price"

LINE = """
negsim: 1
id: line
title: A line
issues: {deal: {title: Deal, options: [signed]}}
parties:
  ann:
    title: Ann
    values: {deal: {signed: 60}}
    no_deal: 50
    red_lines: {never: {title: Never, require: deal != signed, firmness: 0.5}}
"""
"""P(zone) = 1 - firmness."""

FIRMNESS = "parties.ann.red_lines.never.firmness"

JUMP = ONE_DEAL.replace(
    "ann: {title: Ann, values: {deal: {signed: 0..100}}", "ann: {title: Ann, values: {deal: {signed: 60}}"
)
"""P(zone) = 0.75 where Ann's no-deal value is at most 60, and 0 above."""


def one_deal(*overrides: str) -> Scenario:
    return loads(ONE_DEAL, overrides=overrides)
