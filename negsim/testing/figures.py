"""Quantities within a domain: numbers, ranges, distributions."""

from __future__ import annotations

from math import isfinite

from hypothesis import strategies as st

from negsim.errors import UsageError
from negsim.scenario.quantities import Beta, Constant, Distribution, Normal, Pert, Quantity, Triangular, Uniform

__all__ = ["quantities"]

_N_STEPS = 100


def quantities(
    *, low: float = 0.0, high: float = 100.0, uncertain: bool | None = None, distributions: bool = True
) -> st.SearchStrategy[Quantity]:
    """Draw numbers of a scenario that stay within ``low`` and ``high``.

    Shrinks to the constant ``low``, or to a range from there. A normal may reach further: it is cut to the domain of
    the quantity that it stands for.

    Parameters
    ----------
    low, high : float
        Both are among what is drawn, with a hundred steps between them.
    uncertain : bool, optional
        Constants alone (False), none of them (True), or either.
    distributions : bool
        Whether there may be normal, triangular, beta and PERT distributions beside ranges.

    Raises
    ------
    UsageError
        If nothing lies within the bounds.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(quantities(low=10, high=20), lambda quantity: True)
    Constant(value=10.0)
    >>> find(quantities(low=10, high=20, uncertain=True), lambda quantity: quantity.high > 15)
    Uniform(low=10.0, high=15.1)
    """
    if not (isfinite(low) and isfinite(high) and low <= high):
        raise UsageError(f"cannot draw quantities between low={low:g} and high={high:g}")
    inner = (low + (high - low) * k / _N_STEPS for k in range(1, _N_STEPS))
    values = sorted({float(low), float(high), *(round(value, 12) for value in inner if low < round(value, 12) < high)})
    if uncertain and len(values) == 1:
        raise UsageError(f"no quantity is uncertain between low={low:g} and high={high:g}")
    constants = st.sampled_from(values).map(Constant)
    if uncertain is False or len(values) == 1:
        return constants
    spread = _spread(values, distributions=distributions)
    return spread if uncertain else st.one_of(constants, spread)


@st.composite
def _spread(draw: st.DrawFn, values: list[float], *, distributions: bool) -> Distribution:
    first = draw(st.integers(0, len(values) - 2))
    last = draw(st.integers(first + 1, len(values) - 1))
    low, high = values[first], values[last]
    forms = ["uniform", "triangular", "pert", "beta", "normal"] if distributions else ["uniform"]
    form = draw(st.sampled_from(forms))
    if form == "uniform":
        return Uniform(low, high)
    if form == "beta":
        shapes = st.sampled_from([1.0, 2.0, 5.0, 0.5])
        return Beta(draw(shapes), draw(shapes), low, high)
    middle = values[draw(st.integers(first, last))]
    if form == "normal":
        return Normal(middle, (high - low) / draw(st.sampled_from([4.0, 2.0, 10.0])))
    return Triangular(low, middle, high) if form == "triangular" else Pert(low, middle, high)
