"""A small sale that can be swept in every way, and studies of it, done in this process."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any
from unittest.mock import patch

from negsim.scenario import Scenario, loads
from negsim.study import ReadStudy, Sweep, begin_sweep, go_on, make_crew, read_study

BUYER, SELLER = "parties.buyer.no_deal.same_as.price", "parties.seller.no_deal.same_as.price"
RULES = "rules.one.require", "rules.two.require"

SALE = """\
negsim: 1
id: sale
title: A sale
issues:
  price: {title: Price, kind: numeric, scale: 0..10, step: 1, unit: euros}
parties:
  buyer:
    title: Buyer
    demands: {price: 0}
    priorities: {price: 1}
    no_deal: {same_as: {price: 3..6}}
    tactic: {time: {exponent: 1}}
  seller:
    title: Seller
    demands: {price: 10}
    priorities: {price: 1}
    no_deal: {same_as: {price: 2..5}}
protocol: {kind: alternating_offers, rounds: 4}
rules:
  one: {require: price >= 0}
  two: {require: price >= 0}
"""

CALENDAR = """\
talks:
  start: 2026-01-01
  horizon: 2026-03-01
  now: 2026-01-20
  sessions:
    first: {date: 2026-01-10, exchanges: 2}
    later: {every: 10, from: 2026-02-01, until: 2026-03-01, exchanges: 3}
  events:
    storm:
      title: A storm
      rate: 0.05..0.5
      effects: {wet: {path: parties.buyer.no_deal.same_as.price, add: 0..2}}
"""

SEEN = """\
  observed:
    storms: {event: storm, count: 2, from: 2026-01-01, until: 2026-01-15}
"""

FAILING = ((RULES[0], "price == 0,price >= 0"), (RULES[1], "price == 1,price >= 0"))
"""What can each be set alone; the first values of both leave no outcome."""


def sale(text: str = SALE) -> Scenario:
    return loads(text)


def done(folder: Path, text: str = SALE, **settings: Any) -> ReadStudy:
    """Run a study of the sale to its end, and read it."""
    begin_sweep(Sweep(text, **{"n_worlds": 256, **settings}), folder)
    go_on(folder, make_crew("serial", 1))
    return read_study(folder)


def begun(folder: Path, n_done: int, text: str = SALE, **settings: Any) -> ReadStudy:
    """Run a study, a cell a task, until so many cells are done."""

    def stop(cells: int, *_: int) -> None:
        if cells >= n_done:
            raise KeyboardInterrupt

    begin_sweep(Sweep(text, **{"n_worlds": 256, **settings}), folder)
    if n_done:
        with contextlib.suppress(KeyboardInterrupt), patch("negsim.study.running.driver._TASK_SECONDS", 0.0):
            go_on(folder, make_crew("serial", 1), on_cells=stop)
    return read_study(folder)
