"""Looking at what tactics of others answer: a slip in one is told by its name, not by talks that go astray."""

from __future__ import annotations

import numpy as np

from negsim.bargaining.tactics.base import Array, Moment, Stance, Tactic
from negsim.errors import UsageError

__all__ = ["checked_stance"]


def checked_stance(tactic: Tactic, moment: Moment, n_worlds: int) -> Stance:
    """Ask a tactic for its stance, and give it with arrays (world,) of its own if what it holds are levels.

    Parameters
    ----------
    tactic : Tactic
        What it is to answer are arrays or numbers to ask for, from 0 to 1, and to take, 0 or more and infinite where
        nothing will do; one for all worlds or (world,).
    moment : Moment
    n_worlds : int

    Raises
    ------
    UsageError
        If it fails, or what it answers is no `Stance`, does not fit the worlds, holds nan or leaves its range; with the
        name and the value.
    """
    name = tactic.name
    try:
        stance: object = tactic.stance(moment)
    except Exception as error:  # whatever goes wrong in it, its author has to know that it did
        raise UsageError(f"the tactic {name} fails: {type(error).__name__}: {error}") from error
    if not isinstance(stance, Stance):
        raise UsageError(f"the tactic {name} answers with {stance!r}, which is no negsim.bargaining.Stance")
    return Stance(
        _levels(name, "asks for", stance.ask, n_worlds, 1.0), _levels(name, "would take", stance.take, n_worlds, np.inf)
    )


def _levels(name: str, verb: str, given: object, n_worlds: int, most: float) -> Array:
    try:
        # A copy, as a tactic may write its next answer into the same array.
        level = np.array(np.broadcast_to(np.asarray(given, np.float64), (n_worlds,)))
    except (TypeError, ValueError) as error:
        what = f"an array of shape {given.shape}" if isinstance(given, np.ndarray) else repr(given)
        raise UsageError(f"the tactic {name} {verb} {what}, which is no level for each of {n_worlds} worlds") from error
    wrong = ~((level >= 0) & (level <= most))  # nan is neither
    if np.any(wrong):
        bounds = "0 or more" if np.isinf(most) else "from 0 to 1"
        raise UsageError(f"the tactic {name} {verb} {float(level[wrong][0])}, which is no level: one is {bounds}")
    return level
