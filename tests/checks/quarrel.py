"""A scenario small enough to go through outcome by outcome, in which every theorem has something to say."""

from __future__ import annotations

from negsim.checks.judging.variants import Variants
from negsim.scenario.load import interpret
from negsim.scenario.reader import read_document

QUARREL = """\
negsim: 1
id: quarrel
title: Sale of a machine, and of what goes with it
issues:
  price: {title: Price, scale: 0..100, step: 10, unit: euros}
  delivery: {title: Delivery, kind: ordered, options: [now, soon, late]}
  carrier: {title: Who carries it, options: [buyer, seller, courier]}
  extras: {title: What goes with it, kind: ordered, options: [nothing, some, all]}
parties:
  buyer:
    title: Buyer
    demands: {price: 0, delivery: now, extras: all}
    priorities: {price: 6, delivery: 1..2, extras: 1}
    no_deal: 30..50
    red_lines: {cap: {require: price <= 50, firmness: 0.6, audience_cost: 20}}
    ratifiers:
      board: {title: Board, red_lines: {in_time: {require: delivery == now, firmness: 0.5}}}
  seller:
    title: Seller
    demands: {price: 100, delivery: late, carrier: buyer, extras: nothing}
    priorities: {price: 6, delivery: 1, carrier: 1, extras: 1}
    no_deal: {same_as: {price: 50, delivery: soon, carrier: seller, extras: some}}
    red_lines: {floor: {require: price >= 20, firmness: hard}}
rules:
  courier_is_dear: {require: carrier == courier implies price >= 60}
"""


def variants_of(text: str, name: str = "a.scenario.yaml") -> Variants:
    """A scenario written as text, to be changed in any way."""
    return Variants(interpret(read_document(text, name)))
