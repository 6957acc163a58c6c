"""A scenario in which nothing is doubtful, for fragments to be laid over."""

from __future__ import annotations

import tempfile
from pathlib import Path

from negsim.checks import lint
from negsim.errors import Problem
from negsim.scenario import LoadedScenario, load_with_places

SALE = """\
negsim: 1
id: sale
title: Sale of a machine
issues:
  price: {title: Price, scale: 0..100, step: 10, unit: euros}
  delivery: {title: Delivery, kind: ordered, options: [now, soon, late]}
  carrier: {title: Who carries it, options: [buyer, seller, courier]}
parties:
  buyer:
    title: Buyer
    demands: {price: {at_most: 20}, delivery: now}
    no_deal: 30..50
  seller:
    title: Seller
    demands: {price: {at_least: 80}, delivery: late, carrier: buyer}
    no_deal: 30..50
"""

FIRST_LINES = "negsim: 1\nbase: sale.scenario.yaml\n"


def load_over_sale(fragment: str) -> LoadedScenario:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "sale.scenario.yaml").write_text(SALE, encoding="utf-8")
        file = Path(folder) / "fragment.scenario.yaml"
        file.write_text(FIRST_LINES + fragment, encoding="utf-8")
        return load_with_places(file)


def lint_over_sale(fragment: str) -> tuple[Problem, ...]:
    return lint(load_over_sale(fragment))


def found_over_sale(fragment: str) -> list[tuple[str, int, str]]:
    """What is found: code, line of the fragment, and the text that is pointed at."""
    found = []
    for problem in lint_over_sale(fragment):
        assert problem.place is not None
        place = problem.place
        pointed_at = place.text[place.column - 1 : place.column - 1 + place.length]
        found.append((problem.code, place.line - FIRST_LINES.count("\n"), pointed_at))
    return found
