"""When indices are known too badly to be used, and what would help."""

from __future__ import annotations

import math
from collections.abc import Sequence

from negsim.study.sensitivity.result import Advice, Influence

__all__ = ["GOOD_ENOUGH", "advise"]

GOOD_ENOUGH = 0.1
"""Half-width of the interval of the largest index up to which the order of the first few can be trusted."""


def advise(influences: Sequence[Influence], n_base: int | None) -> Advice | None:
    """Warn where the widest of the intervals of the largest input has a half-width above `GOOD_ENOUGH`.

    Parameters
    ----------
    influences : sequence of Influence
        The largest first.
    n_base : int or None
        Base points of the design; None where it has none.

    Returns
    -------
    Advice or None
        With the next power of 2 times the base points at which intervals that shrink as the square root of their
        number would be narrow enough.

    Examples
    --------
    >>> from negsim.model.estimates import Estimate
    >>> advise([Influence(("p",), first=Estimate(0.5, 0.375, 0.625))], 256)
    Advice(half_width=0.125, n_base=512)
    """
    if not influences:
        return None
    widths = [found.half_width for found in (influences[0].first, influences[0].total) if found is not None]
    width = max(widths, default=0.0)
    if width <= GOOD_ENOUGH:
        return None
    more = None if n_base is None else n_base << math.ceil(2 * math.log2(width / GOOD_ENOUGH))
    return Advice(width, more)
