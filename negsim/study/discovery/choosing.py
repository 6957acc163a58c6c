"""Which box of a peeling trajectory to take."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.errors import UsageError
from negsim.records import dataclass
from negsim.study.discovery.prim import Peeled

__all__ = ["KNEE", "Choice", "choose", "nearest_coverage"]

_NEAR = 0.05


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked of a box: its number on the trajectory, or the least density and coverage that it must have."""

    number: int | None = None
    density: float | None = None
    coverage: float | None = None


KNEE = Choice()
"""To ask for nothing."""


def choose(trajectory: Sequence[Peeled], choice: Choice = KNEE) -> int:
    """Choose a box of a peeling trajectory.

    Parameters
    ----------
    trajectory : sequence of Peeled
        As `peel` gives it: all cells first.
    choice : Choice
        Of a number, that box. Of a least density alone, the box that covers most; of a least coverage alone, the
        densest; of both, or of nothing, the knee among those that have both.

    Returns
    -------
    int
        The knee is where coverage times corrected density is highest, that is the share of the way from the base rate
        to 100 % that density goes. Among boxes that reach 95 % of the highest, that with fewest restricted factors is
        taken, then the highest.

    Raises
    ------
    UsageError
        If no box is as asked.

    Examples
    --------
    >>> from negsim.study.discovery.prim import EVERYWHERE
    >>> steps = [Peeled(EVERYWHERE, 100, 20), Peeled(EVERYWHERE, 25, 18), Peeled(EVERYWHERE, 10, 9)]
    >>> choose(steps), choose(steps, Choice(density=0.8))
    (1, 2)
    """
    if choice.number is not None:
        if choice.number >= len(trajectory):
            last = len(trajectory) - 1
            raise UsageError(f"--box {choice.number}: the trajectory has boxes 0 (all cells) to {last}")
        return choice.number
    fit = [number for number, box in enumerate(trajectory) if _fits(box, trajectory[0], choice)]
    if not fit:
        raise UsageError(_no_box(trajectory, choice))
    if choice.density is not None and choice.coverage is None:
        return max(fit, key=lambda number: (trajectory[number].n_hits, -number))
    if choice.coverage is not None and choice.density is None:
        return max(fit, key=lambda number: (_density(trajectory[number]), trajectory[number].n_hits))
    return _knee(trajectory, fit)


def nearest_coverage(trajectory: Sequence[Peeled], coverage: float) -> int:
    """Choose the box whose coverage is nearest to one, the purest of several."""
    whole = max(trajectory[0].n_hits, 1)

    def off(number: int) -> tuple[float, float]:
        box = trajectory[number]
        return abs(box.n_hits / whole - coverage), -_density(box)

    return min(range(len(trajectory)), key=off)


def _density(box: Peeled) -> float:
    return box.n_hits / box.n_cells


def _fits(box: Peeled, whole: Peeled, choice: Choice) -> bool:
    return _density(box) >= (choice.density or 0) and box.n_hits >= (choice.coverage or 0) * whole.n_hits


def _knee(trajectory: Sequence[Peeled], fit: Sequence[int]) -> int:
    base = _density(trajectory[0])

    def worth(number: int) -> float:
        return trajectory[number].n_hits * (_density(trajectory[number]) - base)

    best = max(map(worth, fit))
    near = [number for number in fit if worth(number) >= best - _NEAR * abs(best)]
    return max(near, key=lambda number: (-len(trajectory[number].region.factors), worth(number)))


def _no_box(trajectory: Sequence[Peeled], choice: Choice) -> str:
    purest = max(trajectory, key=lambda box: (_density(box), box.n_hits))
    told = f"the purest is {_density(purest):.0%} of interest and covers {purest.n_hits / trajectory[0].n_hits:.0%}"
    least = (("density", choice.density), ("coverage", choice.coverage))
    asked = [f"--{name} {share:g}" for name, share in least if share is not None]
    return f"no box on the trajectory has {' and '.join(asked)}: {told}"
