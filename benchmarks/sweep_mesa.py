"""The trivial model as Mesa wants it: a class in a module that its processes can import, and that imports Mesa."""

from __future__ import annotations

import mesa

__all__ = ["TrivialModel"]


class TrivialModel(mesa.Model):  # type: ignore[misc] # it ships no types
    """A model that takes one step, which does next to nothing."""

    def __init__(self, seed: int | None = None, **cell: float) -> None:
        super().__init__(seed=seed)
        self._cell = cell
        self.product = 0.0
        self.total = 0.0
        self.datacollector = mesa.DataCollector({"total": "total", "product": "product"})

    def step(self) -> None:
        """Do the work of a cell, and end."""
        from benchmarks.sweep_peers import trivial

        found = trivial(self._cell)
        self.total, self.product = found["total"], found["product"]
        self.datacollector.collect(self)
        self.running = False
