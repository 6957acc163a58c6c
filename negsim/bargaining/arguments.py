"""What arguments of closed forms may be; each refusal names the argument and its value."""

from __future__ import annotations

from math import inf

from negsim.errors import UsageError

__all__ = ["require_at_least", "require_between", "require_fraction", "require_positive"]

# Every test is written as what must hold, so that a value that is not a number is refused too.


def require_fraction(name: str, value: float) -> None:
    """Refuse what is not above 0 and below 1: at the ends a closed form is trivial, or not the only equilibrium."""
    if not 0 < value < 1:
        raise UsageError(f"{name} is above 0 and below 1, not {value}")


def require_between(name: str, value: float, low: float, high: float) -> None:
    """Refuse what is not from ``low`` to ``high``, both included."""
    if not low <= value <= high:
        raise UsageError(f"{name} is from {low} to {high}, not {value}")


def require_at_least(name: str, value: float, low: float = 0) -> None:
    """Refuse what is below ``low``, or infinite."""
    if not low <= value < inf:
        raise UsageError(f"{name} is finite and at least {low}, not {value}")


def require_positive(name: str, value: float) -> None:
    """Refuse what is not above 0, or infinite."""
    if not 0 < value < inf:
        raise UsageError(f"{name} is finite and above 0, not {value}")
