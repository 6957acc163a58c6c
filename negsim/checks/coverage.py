"""Which red lines and rules ever decide anything, counted over worlds: one that never does may be idle, or wrong.

A line or a rule *binds* in a world if some outcome that everybody needed accepts otherwise is kept out of the zone by
it alone, and *decides* if for want of that outcome there is no zone. An audience cost counts with its line.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from negsim.checks.judging.variants import Drawn, Variants
from negsim.errors import Path, ScenarioError, UsageError
from negsim.model.worlds import Worlds, build_worlds
from negsim.records import dataclass
from negsim.scenario.conditions.tree import Condition, Not
from negsim.scenario.types import Rule
from negsim.zone.blocks import line_costs
from negsim.zone.compiled import Compiled
from negsim.zone.counting import blocks_between
from negsim.zone.existence import zone_exists
from negsim.zone.violations import Table, costly_bluffs, tables

__all__ = ["DEFAULT_WORLDS", "Covered", "cover"]

DEFAULT_WORLDS = 256

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Covered:
    """How often one red line or rule, at ``path``, decided something in ``n_worlds``.

    ``n_bound`` counts the worlds in which it alone kept an outcome out of the zone, ``n_decided`` those of them that
    have no zone because of it. ``reason`` says why it was not looked at, in 0 worlds then.
    """

    path: Path
    n_worlds: int
    n_bound: int
    n_decided: int
    reason: str = ""

    @property
    def is_idle(self) -> bool:
        """Whether it was looked at and never bound."""
        return self.n_worlds > 0 and self.n_bound == 0


def cover(variants: Variants, n_worlds: int = DEFAULT_WORLDS) -> tuple[Covered, ...]:
    """Count over the first worlds how often each red line and each rule binds and decides.

    Parameters
    ----------
    variants : Variants
    n_worlds : int

    Returns
    -------
    tuple of Covered
        Red lines of those whose acceptance can matter, then of everybody else, which never bind; then rules.

    Raises
    ------
    ScenarioError
        If the scenario has no outcome, or too many to look at.

    Examples
    --------
    >>> from negsim.scenario.load import interpret
    >>> from negsim.scenario.reader import read_document
    >>> sale = '''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 10}}
    ... parties:
    ...   buyer:
    ...     title: Buyer
    ...     demands: {price: 0}
    ...     no_deal: 30
    ...     red_lines:
    ...       cap: {require: price <= 60, firmness: hard}
    ...       never: {require: price <= 90, firmness: hard}
    ...   seller: {title: Seller, demands: {price: 100}, no_deal: 40}
    ... '''
    >>> [(one.path[-1], one.n_bound) for one in cover(Variants(interpret(read_document(sale, "sale.yaml"))), 1)]
    [('cap', 1), ('never', 0)]
    """
    compiled, sample = variants.whole(), Drawn(blocks_between(0, n_worlds))
    worlds = build_worlds(compiled.scenario, compiled.structure, sample.draws(compiled))
    exists = zone_exists(compiled, worlds)
    rules = compiled.scenario.rules
    return (*_lines(compiled, worlds, exists), *(_rule(variants, rule, sample, exists) for rule in rules))


def _lines(compiled: Compiled, worlds: Worlds, exists: Mask) -> Iterator[Covered]:
    """Count over tables of violations, which hold all efficient outcomes; no other could be kept out alone."""
    constraints = compiled.constraints
    bound = np.zeros((worlds.n_worlds, len(constraints.lines)), np.bool_)
    laid_out = tables(worlds, constraints, capped=compiled.merges)
    for world, (table, cost) in enumerate(zip(laid_out, line_costs(worlds, constraints), strict=True)):
        found = _bound(table, cost)
        bound[world] = [found >> bit & 1 for bit in range(len(constraints.lines))]
    place = {}
    for bit, (party, line) in enumerate(constraints.lines):
        actor = compiled.scenario.actors[constraints.parties[party]]
        place[*actor.path, "red_lines", actor.red_lines[line].id] = bit
    everyone = compiled.scenario.actors
    paths = [(*actor.path, "red_lines", line.id) for actor in everyone for line in actor.red_lines]
    for path in sorted(paths, key=lambda path: path not in place):
        binds = bound[:, place[path]] if path in place else np.zeros(worlds.n_worlds, np.bool_)
        yield _covered(path, binds, exists)


def _bound(table: Table, cost: list[float]) -> int:
    """Find the lines that alone keep an outcome out, as a set."""
    ways = table.ways()
    real = sum(1 << bit for bit in range(len(table.constraints.lines)) if 1 << bit in ways)
    return real | costly_bluffs(table, ways, cost)


def _rule(variants: Variants, rule: Rule, sample: Drawn, exists: Mask) -> Covered:
    """Look for zones among the outcomes that break one rule and no other."""
    path, require = ("rules", rule.id), rule.require
    broken = Condition(f"not ({require.text})", Not(require.root), require.issues)
    try:
        compiled = variants.compiled((f"rules.{rule.id}=null",), broken)
        if compiled is None:
            return _covered(path, np.zeros_like(exists), exists)
        worlds = build_worlds(compiled.scenario, compiled.structure, sample.draws(compiled))
        return _covered(path, zone_exists(compiled, worlds), exists)
    except (ScenarioError, UsageError) as error:
        return Covered(path, 0, 0, 0, str(error))


def _covered(path: Path, binds: Mask, exists: Mask) -> Covered:
    return Covered(path, len(exists), int(np.count_nonzero(binds)), int(np.count_nonzero(binds & ~exists)))
