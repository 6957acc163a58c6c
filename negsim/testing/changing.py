"""The smallest change of a scenario that makes a function of it untrue."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from negsim.checks.counterexamples import edits_of, place_of, spliced
from negsim.checks.judging.corners import corners_of, orthogonal, to_points
from negsim.checks.judging.search import search
from negsim.checks.judging.smallest import smallest, thinned
from negsim.checks.judging.verdicts import Broken, Edit
from negsim.errors import NegsimError, Place, UsageError, format_path
from negsim.model.points import BLUFF, REAL, centre_of, factors_of
from negsim.records import dataclass
from negsim.report.text_check import edits_text
from negsim.scenario import LoadedScenario, Scenario
from negsim.scenario.load import interpret
from negsim.scenario.reader import read_document
from negsim.testing.given import Given, as_loaded

__all__ = ["SmallestChange", "smallest_change"]

Points = NDArray[np.float64]
Predicate = Callable[[Scenario], object]

_OPEN = 0.5
"""Where a coin stands that is left as the scenario has it: neither `BLUFF` nor `REAL`."""


@dataclass(frozen=True, slots=True)
class SmallestChange:
    """The fewest values of a scenario to hold for something to be untrue; none if it is so as it stands.

    ``edits`` make ``scenario`` of the one that was given, ``places`` say where each is made, and ``text`` is the file
    with them, None where they cannot be made in it (a value stands in its base, or is left out). ``n_cases`` counts
    the scenarios that were asked about.
    """

    edits: tuple[Edit, ...]
    places: tuple[Place | None, ...]
    scenario: Scenario
    text: str | None
    n_cases: int

    def __str__(self) -> str:
        """Show each change with its place and what stood there."""
        return edits_text(self.edits, self.places) or "nothing needs to be changed"


def smallest_change(
    scenario: Given, predicate: Predicate, *, max_examples: int = 500, seed: int = 0
) -> SmallestChange | None:
    """Find the smallest change of a scenario, within what it leaves open, for which something is untrue.

    An uncertain quantity may be held at any value it can take, a red line or good faith that may be a bluff be settled
    either way; all else stays as uncertain as it is. The scenario as it stands is asked about first, then each single
    change to an end, changes of all together, and what a search comes to.

    Parameters
    ----------
    scenario : path, Scenario or LoadedScenario
    predicate : function of Scenario
        True, or anything like it, where all is well.
    max_examples : int
        How often to call it, at most; a quarter is kept for making a change smaller.
    seed : int
        The same seed finds the same.

    Returns
    -------
    SmallestChange or None
        None if nothing was found. No value can be left out of a change by itself, unless calls ran out.

    Raises
    ------
    ScenarioError, UsageError
        If the scenario cannot be used, there are no calls to be made, or Hypothesis is needed and missing.

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 1}}
    ... parties:
    ...   buyer: {title: Buyer, demands: {price: 0}, no_deal: 10..30}
    ...   seller: {title: Seller, demands: {price: 100}, no_deal: 40..70}
    ... ''')
    >>> def keeps_calm(scenario):
    ...     held = [getattr(party.no_deal, "value", 0) for party in scenario.parties]
    ...     return max(held) < 60
    >>> print(smallest_change(sale, keeps_calm))
    <sale>:18:14: parties.seller.no_deal
      - 40..70
      + 60
    """
    if max_examples < 1:
        raise UsageError(f"max_examples must be 1 or more, not {max_examples}")
    loaded = as_loaded(scenario)
    asked = _Asked(loaded, predicate, max_examples - max_examples // 4)
    point = _find(asked, seed)
    if point is None:
        return None
    asked.most_cases = max_examples
    point = smallest(asked.breaks, asked.factors, thinned(asked.breaks, centre_of(asked.factors), point))
    edits = asked.edits(point)
    places = tuple(place_of(edit.path, loaded.document) for edit in edits)
    changed = _changed(loaded, edits)
    return SmallestChange(edits, places, changed, _text_of(loaded, edits, changed), asked.n_cases)


class _Asked:
    """A predicate, asked about a point once and no more often than is allowed."""

    def __init__(self, loaded: LoadedScenario, predicate: Predicate, most_cases: int) -> None:
        self.loaded = loaded
        self.predicate = predicate
        self.most_cases = most_cases
        self.n_cases = 0
        open_coins = [
            replace(one, low=BLUFF, high=REAL, centre=_OPEN) if one.is_coin else one
            for one in factors_of(loaded.scenario)
        ]
        self._told = tuple(open_coins)
        # A coin has three states here: it is searched like a quantity, and the side counts on which it is.
        self.factors = tuple(replace(one, is_coin=False) for one in open_coins)
        self._known: dict[tuple[Edit, ...], bool] = {}

    def edits(self, point: Points) -> tuple[Edit, ...]:
        """Say what to write in the scenario for a point."""
        pairs = zip(self._told, point.tolist(), strict=True)
        settled = [float(np.sign(value - _OPEN)) / 2 + _OPEN if one.is_coin else value for one, value in pairs]
        return edits_of(Broken(self._told, tuple(settled), ""), self.loaded.document)

    def breaks(self, points: Points) -> NDArray[np.bool_]:
        """Tell of the first point that breaks the predicate; those after it are not asked about."""
        found = np.zeros(len(points), np.bool_)
        for row, point in enumerate(points):
            if self._is_broken(point):
                found[row] = True
                break
        return found

    def _is_broken(self, point: Points) -> bool:
        edits = self.edits(point)
        if edits not in self._known:
            if self.n_cases >= self.most_cases:
                return False
            try:
                changed = _changed(self.loaded, edits)
            except NegsimError:
                # Within its reach, a value need not go with all others.
                self._known[edits] = False
                return False
            self.n_cases += 1
            self._known[edits] = not self.predicate(changed)
        return self._known[edits]


def _changed(loaded: LoadedScenario, edits: tuple[Edit, ...]) -> Scenario:
    changes = [f"{format_path(edit.path)}={edit.value}" for edit in edits]
    return interpret(loaded.document, changes).scenario if changes else loaded.scenario


def _find(asked: _Asked, seed: int) -> Points | None:
    for points in _laid_out(asked):
        found = np.flatnonzero(asked.breaks(points))
        if len(found):
            return np.asarray(points[found[0]])
    return search(
        lambda points: np.where(asked.breaks(points), -1.0, 1.0),
        asked.factors,
        max_examples=asked.most_cases - asked.n_cases,
        seed=seed,
    ).point


def _laid_out(asked: _Asked) -> Iterator[Points]:
    """Give the centre, then points that differ from it in one factor, then corners, for half of what calls are left."""
    factors = asked.factors
    centre = centre_of(factors)
    yield centre[None]
    if not factors:
        return
    singles = np.tile(centre, (2 * len(factors), 1))
    for k, one in enumerate(factors):
        singles[2 * k : 2 * k + 2, k] = one.low, one.high
    yield singles
    half = (asked.most_cases - asked.n_cases) // 2
    few = len(factors) < half.bit_length()
    corners = corners_of(factors).points if few else to_points(factors, orthogonal(len(factors)))
    yield corners[:half]


def _text_of(loaded: LoadedScenario, edits: tuple[Edit, ...], changed: Scenario) -> str | None:
    """Make the changes in the file's own text; None where that does not give the changed scenario."""
    document = loaded.document
    raw = read_document(document.text, document.file)
    if any(edit.path not in raw.marks for edit in edits):
        return None
    text = spliced(raw, {edit.path: edit.value for edit in edits}, os.path.dirname(document.file))
    try:
        same = interpret(read_document(text, document.file)).scenario == changed
    except NegsimError:
        return None
    return text if same else None
