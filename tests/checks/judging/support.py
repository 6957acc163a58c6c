"""Small scenarios with claims, judged."""

from __future__ import annotations

from pathlib import Path

from negsim.checks.judging.each import Budget
from negsim.checks.judging.judge import judge
from negsim.checks.judging.together import MOST_WORLDS
from negsim.checks.judging.variants import Variants
from negsim.checks.judging.verdicts import Judgement
from negsim.scenario import LoadedScenario
from negsim.scenario.load import interpret
from negsim.scenario.reader import read_document
from negsim.scenario.yaml_text import to_yaml

ROOT = Path(__file__).parent.parent.parent.parent

HOUSE_SALE = (ROOT / "scenarios" / "house-sale.scenario.yaml").read_text(encoding="utf-8")

# Prices 4, 5 and 6 are in the zone, with gains of 20 and 0, 10 and 10, 0 and 20. The cap is real with probability 0.3
# and leaves 4, the floor with 0.5 and leaves 5 and 6; where both are real there is no zone. So, by what is real:
#   neither 0.35: {4, 5, 6}    cap 0.15: {4}    floor 0.35: {5, 6}    both 0.15: {}
TWO_LINES = """\
negsim: 1
id: two-lines
title: Two red lines that may be bluffs
issues: {price: {title: Price, scale: 0..10, step: 1}}
parties:
  buyer:
    title: Buyer
    demands: {price: 0}
    no_deal: 40
    red_lines: {cap: {require: price <= 4, firmness: 0.3, audience_cost: 0}}
  seller:
    title: Seller
    demands: {price: 10}
    no_deal: 40
    red_lines: {floor: {require: price >= 5, firmness: 0.5, audience_cost: 0}}
"""


def load_with(text: str, *claims: str) -> LoadedScenario:
    """Load a scenario with claims named c0, c1 and so on."""
    expect = to_yaml({"expect": {f"c{k}": {"that": claim} for k, claim in enumerate(claims)}})
    return interpret(read_document(f"{text}\n{expect}", "some.scenario.yaml"))


def judged(
    text: str,
    claim: str,
    *,
    seed: int = 0,
    most_worlds: int = MOST_WORLDS,
    phases: tuple[str, ...] | None = None,
    max_examples: int = 500,
) -> Judgement:
    """Judge one claim on a scenario."""
    loaded = load_with(text, claim)
    budget = Budget(seed=seed, max_examples=max_examples)
    if phases is not None:
        budget = Budget(phases=phases, seed=seed, max_examples=max_examples)
    return judge(loaded.scenario.expectations[0], Variants(loaded, seed=seed), budget=budget, most_worlds=most_worlds)


def verdict(text: str, claim: str, **how: int) -> str:
    """Judge one claim on a scenario, and give the verdict alone."""
    return judged(text, claim, **how).verdict.value  # type: ignore[arg-type]
