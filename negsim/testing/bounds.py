"""Bounds that nothing can lie within, refused when a strategy is made and not when it draws."""

from __future__ import annotations

from negsim.errors import UsageError

__all__ = ["check_bounds"]


def check_bounds(what: str, low: int, high: int, *, least: int = 1, most: int | None = None) -> None:
    """Refuse bounds ``min_WHAT`` and ``max_WHAT`` that run backwards, or lie where there is nothing.

    Parameters
    ----------
    what : str
        In the plural, as in the names of the arguments.
    low, high : int
    least, most : int
        What is possible.

    Raises
    ------
    UsageError
        Naming both arguments with their values.

    Examples
    --------
    >>> check_bounds("issues", 1, 4)
    >>> check_bounds("issues", 3, 2)
    Traceback (most recent call last):
    ...
    negsim.errors.UsageError: cannot have max_issues=2 < min_issues=3
    """
    both = f"min_{what}={low} and max_{what}={high}"
    if low < least:
        raise UsageError(f"cannot draw {what} between {both}: min_{what} is at least {least}")
    if high < low:
        raise UsageError(f"cannot have max_{what}={high} < min_{what}={low}")
    if most is not None and high > most:
        raise UsageError(f"cannot draw {what} between {both}: max_{what} is at most {most}")
