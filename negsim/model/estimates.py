"""Estimates from sampled worlds, with the interval that the sampling design earns."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Estimate"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A point estimate and its 95 % interval."""

    estimate: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half the length of the interval."""
        return (self.high - self.low) / 2

    def columns(self, name: str) -> dict[str, float]:
        """Spread over three flat columns: ``name``, ``name.low``, ``name.high``."""
        return {name: self.estimate, f"{name}.low": self.low, f"{name}.high": self.high}
