"""Running the command line in this process, on small scenarios."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from negsim.cli import main

SNAPSHOTS = Path(__file__).parent / "snapshots"

# Nothing is uncertain: buyer and seller agree on 4, 5 and 6 in every world.
SALE = """\
negsim: 1
id: sale
title: A sale
issues:
  price: {title: Price, kind: numeric, scale: 0..10, step: 1, unit: euros}
  delivery: {title: Delivery, options: {now: At once, later: In a week}}
parties:
  buyer:
    title: Buyer
    demands: {price: 0}
    priorities: {price: 1}
    no_deal: {same_as: {price: 6}}
  seller:
    title: Seller
    demands: {price: 10}
    priorities: {price: 1}
    no_deal: {same_as: {price: 4}}
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def write_sale(folder: Path, text: str = SALE) -> str:
    path = folder / "sale.scenario.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


HOPELESS = """\
negsim: 1
id: hopeless
title: Each wants all
issues:
  {issues}
parties:
  ann: {title: Ann, demands: {{ann}}, priorities: {{weights}}, no_deal: 40}
  bob: {title: Bob, demands: {{bob}}, priorities: {{weights}}, no_deal: 40}
"""


def hopeless_text(n_issues: int) -> str:
    """A scenario of issues worth 1, 2, 4, ... of which each party wants all: every outcome is efficient."""
    names = [f"i{k:02}" for k in range(n_issues)]
    return (
        HOPELESS.replace("{issues}", "\n  ".join(f"{name}: {{title: Thing, options: [ann, bob]}}" for name in names))
        .replace("{ann}", ", ".join(f"{name}: ann" for name in names))
        .replace("{bob}", ", ".join(f"{name}: bob" for name in names))
        .replace("{weights}", ", ".join(f"{name}: {2**k / 64}" for k, name in enumerate(names)))
    )
