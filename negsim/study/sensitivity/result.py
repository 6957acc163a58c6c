"""What a sensitivity analysis found, as plain data with rows for any data-frame library."""

from __future__ import annotations

from negsim.model.estimates import Estimate
from negsim.records import dataclass
from negsim.study.sensitivity.elementary import Elementary
from negsim.study.sensitivity.pawn import Pawn
from negsim.study.sensitivity.regional import Split

__all__ = ["Advice", "Findings", "Influence", "Placed", "Sensitivity", "Swing"]


@dataclass(frozen=True, slots=True)
class Influence:
    """How much of the variance of the result goes with an input.

    ``paths`` are several where a scenario ties them: what they do cannot be told apart. ``coin`` tells that it decides
    whether a red line is real. ``first`` is the share of the variance that the input explains alone, ``total`` the
    share that it has a part in; ``steps`` are elementary effects. ``moved`` tells whether the result ever changed with
    it. None where the design tells nothing of a measure.
    """

    paths: tuple[str, ...]
    coin: bool = False
    moved: bool = True
    first: Estimate | None = None
    total: Estimate | None = None
    steps: Elementary | None = None

    @property
    def size(self) -> float:
        """What to sort by: the total index, that of first order, or the mean size of a step."""
        found = self.total or self.first or (self.steps.mu_star if self.steps else None)
        return found.estimate if found else 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """How the distribution of the result moves with one input, and how one is spread with and without an outcome.

    ``at_label`` is the label at which the split lies, for a categorical factor.
    """

    path: str
    coin: bool
    pawn: Pawn | None
    split: Split | None
    at_label: str | None = None


@dataclass(frozen=True, slots=True)
class Swing:
    """The result where an input is low and where it is high.

    In a scenario the input is held at its 10th and 90th percentile, ``low`` and ``high``, a red line's coin at bluff
    and real. In a study the cells of its lowest and of its highest fifth are compared, up to ``low`` and from ``high``
    on; of a categorical factor, those of the two labels with the lowest and the highest mean.
    """

    path: str
    coin: bool
    low: float | None
    high: float | None
    at_low: Estimate
    at_high: Estimate
    difference: Estimate
    low_label: str | None = None
    high_label: str | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """That the largest index is known to ``half_width`` only, and how many base points would make it `GOOD_ENOUGH`.

    ``n_base`` is None where the design has no base points.
    """

    half_width: float
    n_base: int | None


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found of one result, under one policy where policies are compared.

    ``n_cells`` were planned (worlds, for a scenario), ``n_failed`` have no result, ``n_dropped`` more are of no use
    without those. ``middle`` is the mean of the result. ``sum_first`` is the sum of first-order indices. ``constant``
    lists factors of one value. ``exact`` tells that indices are those of a whole grid, without any sampling.
    ``n_held`` worlds are behind each swing. ``n_with`` cells have the outcome that was asked for.
    """

    policy: str | None
    n_cells: int
    n_failed: int
    n_dropped: int
    n_base: int | None
    middle: Estimate | None
    varies: bool
    exact: bool
    influences: tuple[Influence, ...]
    sum_first: Estimate | None
    placed: tuple[Placed, ...]
    swings: tuple[Swing, ...]
    constant: tuple[str, ...] = ()
    n_held: int | None = None
    n_with: int | None = None
    advice: Advice | None = None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """A sensitivity analysis of a scenario (``kind`` is "scenario") or of the cells of a study ("study").

    ``of`` is the result, ``share`` tells whether it is a probability. ``where`` is a condition on cells, as written.
    """

    kind: str
    name: str
    title: str
    of: str
    share: bool
    design: str
    seed: int
    where: str | None
    findings: tuple[Findings, ...]
