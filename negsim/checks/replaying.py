"""Replaying counterexamples: whether the central world of a file still breaks what it was found to break."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from negsim.checks.judging.holding_in import EachWorld
from negsim.checks.judging.variants import Variants
from negsim.errors import NegsimError
from negsim.model.points import centre_of, factors_of
from negsim.scenario import LoadedScenario, load_with_places
from negsim.scenario.claims.tree import Scope
from negsim.scenario.words import did_you_mean

__all__ = ["Replay", "breaks", "replay"]


@dataclass(frozen=True, slots=True)
class Replay:
    """What became of a counterexample.

    ``of`` is the scenario that it was made of, ``expect`` the expectation, ``stands`` whether that is still broken;
    None if it cannot be replayed, for a ``reason``. ``here`` tells whether the claim is broken in the file itself, as
    the file says the claim.
    """

    of: str
    expect: str
    stands: bool | None
    here: bool | None
    reason: str = ""


def breaks(loaded: LoadedScenario, expect: str, *, seed: int = 0) -> bool:
    """Tell whether the central world of a scenario breaks an expectation on every world.

    Raises
    ------
    KeyError
        If there is no such expectation on every world.
    ScenarioError, UsageError
        If the scenario cannot be asked this.
    """
    claims = {one.id: one.claim for one in loaded.scenario.expectations}
    claim = claims[expect]
    if claim.scope is Scope.FILE:
        raise KeyError(expect)
    factors = factors_of(loaded.scenario)
    each = EachWorld(claim, Variants(loaded, seed=seed), factors)
    return not bool(each.holds(centre_of(factors)[None])[0])


def replay(loaded: LoadedScenario, *, seed: int = 0, overrides: Sequence[str] = ()) -> Replay:
    """Replay a counterexample: make its changes in the scenario that it was made of, as that stands today.

    Parameters
    ----------
    loaded : LoadedScenario
        With a ``counterexample``.
    seed : int
        As for judging.
    overrides : sequence of str
        Changes of the scenario that are made before those of the counterexample.
    """
    said = loaded.scenario.counterexample
    assert said is not None
    of = os.path.normpath(os.path.join(os.path.dirname(loaded.document.file), said.of))
    here, reason = _try(loaded, said.expect, seed)
    changes = (*overrides, *(f"{path}={value}" for path, value in said.changes))
    try:
        original = load_with_places(of, overrides=changes)
    except NegsimError as error:
        first = str(error).splitlines()[0]
        return Replay(of, said.expect, here, here, reason or f"judged by the file alone: {first}")
    stands, reason = _try(original, said.expect, seed)
    return Replay(of, said.expect, stands, here, reason)


def _try(loaded: LoadedScenario, expect: str, seed: int) -> tuple[bool | None, str]:
    try:
        return breaks(loaded, expect, seed=seed), ""
    except KeyError:
        known = [one.id for one in loaded.scenario.expectations if one.claim.scope is not Scope.FILE]
        return None, f"{loaded.document.file} has no expectation {expect} on every world; {did_you_mean(expect, known)}"
    except NegsimError as error:
        return None, str(error).splitlines()[0]
