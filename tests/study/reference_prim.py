"""PRIM's peeling cell by cell, in plain Python: no arrays, no order kept, every mean counted anew.

The second way that `negsim.study.discovery.prim.peel` is compared with. A cell is a list of values; a peel is worked out from the
sorted list of what is left.
"""

from __future__ import annotations

from fractions import Fraction

Cell = list[float]
Step = tuple[list[int], tuple[int, str, float] | None]
"""Cells left, and the peel that left them: factor, side, the limit (or the word that went)."""


def slow_peel(
    cells: list[Cell], categorical: list[bool], interest: list[bool], alpha: Fraction, fewest: int
) -> list[Step]:
    left = list(range(len(cells)))
    steps: list[Step] = [(left, None)]
    while 0 < sum(interest[cell] for cell in left) < len(left):
        options = []
        for factor, words in enumerate(categorical):
            values = sorted(cells[cell][factor] for cell in left)
            n_wanted = max(1, int(alpha * len(left)))
            if words:
                peels = [("words", value, [c for c in left if cells[c][factor] != value]) for value in set(values)]
                peels.sort(key=lambda peel: peel[1])
            else:
                peels = [_low(cells, factor, left, values, n_wanted), _high(cells, factor, left, values, n_wanted)]
            options += [(factor, *peel) for peel in peels]
        options = [option for option in options if fewest <= len(option[3]) < len(left)]
        if not options:
            break
        before = _mean(interest, left)
        best = options[0]
        for option in options[1:]:
            if _better(interest, left, before, option[3], best[3]):
                best = option
        factor, side, bound, left = best
        steps.append((left, (factor, side, bound)))
    return steps


def _low(cells, factor, left, values, n_wanted):
    # All values below the n-th are peeled; if it is the least value itself, that value is.
    limit = values[n_wanted]
    if limit == values[0]:
        above = [value for value in values if value > limit]
        limit = above[0] if above else values[0]
    return "low", limit, [cell for cell in left if cells[cell][factor] >= limit]


def _high(cells, factor, left, values, n_wanted):
    limit = values[-n_wanted - 1]
    if limit == values[-1]:
        below = [value for value in values if value < limit]
        limit = below[-1] if below else values[-1]
    return "high", limit, [cell for cell in left if cells[cell][factor] <= limit]


def _mean(interest, cells):
    return Fraction(sum(interest[cell] for cell in cells), len(cells))


def _better(interest, left, before, one, other):
    def key(kept):
        gain, lost = _mean(interest, kept) - before, len(left) - len(kept)
        return (gain > 0, gain < 0, gain / lost if gain > 0 else _mean(interest, kept), -lost)

    return key(one) > key(other)
