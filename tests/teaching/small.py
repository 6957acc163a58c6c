"""A game small enough to add up by hand: two issues, eight outcomes, a bluff and a real red line."""

SWAP = """\
negsim: 1
id: swap
title: A swap
issues:
  price: {title: Price, scale: 0..30, step: 10, unit: marks}
  time: {title: Delivery, options: {now: At once, later: In a week}}
parties:
  ann:
    title: Ann
    demands: {price: 30, time: now}
    priorities: {price: 60, time: 40}
    values: {price: {0: 0, 10: 50, 20: 75, 30: 100}}
    red_lines: {free: {require: price > 0, firmness: hard}}
    no_deal: 40
  bob:
    title: Bob
    demands: {price: 0, time: now}
    priorities: {price: 80, time: 20}
    red_lines: {slow: {require: time == now, firmness: 0, audience_cost: 4}}
    no_deal: 30
"""
# price      0    10        20        30
# ann        0    30        45        60     +40 at once
# bob       80    53.33     26.67      0     +20 at once, -4 in a week; rounded to 53 and 27
#
# at once: (40, 100) crosses Ann's line, (70, 73), (85, 47), (100, 20)
# a week:  (0, 76) crosses it, (30, 49), (45, 23), (60, -4)
# The frontier is at once with 10, 20 and 30; all of it but 30 is in the zone, with gains (30, 43) and (45, 17).
