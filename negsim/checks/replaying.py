"""Replaying counterexamples: whether the central world of a file still breaks what it was found to break."""

from __future__ import annotations

import os
from collections.abc import Sequence

from negsim.checks.judging.holding_in import EachWorld
from negsim.checks.judging.variants import Variants
from negsim.errors import NegsimError, format_path
from negsim.model.points import Factor, centre_of, factors_of
from negsim.records import dataclass
from negsim.scenario import LoadedScenario, load_with_places
from negsim.scenario.claims.tree import Scope
from negsim.scenario.edits import split_path
from negsim.scenario.load import interpret
from negsim.scenario.types import Scenario
from negsim.scenario.words import did_you_mean

__all__ = ["Replay", "breaks", "replay"]


@dataclass(frozen=True, slots=True)
class Replay:
    """What became of a counterexample.

    ``of`` is the scenario that it was made of, ``expect`` the expectation, ``stands`` whether that is still broken;
    None if it cannot be replayed, for a ``reason``. Where ``warns``, the expectation only warns.
    """

    of: str
    expect: str
    stands: bool | None
    reason: str = ""
    warns: bool = False


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
    changes = tuple(f"{path}={value}" for path, value in said.changes)
    try:
        plain = load_with_places(of, overrides=overrides)
        # Other claims may name what the changes take out.
        others = (f"expect.{one.id}=null" for one in plain.scenario.expectations if one.id != said.expect)
        original = interpret(plain.document, (*others, *changes))
    except NegsimError as error:
        first = str(error).splitlines()[0]
        here, reason = _try(loaded, said.expect, seed)
        return Replay(of, said.expect, here, reason or f"judged by the file alone: {first}")
    stands, reason = _try(original if said.expect in _claims(original) else plain, said.expect, seed)
    gone = _out_of_reach(plain.scenario, said.changes) if stands else ""
    if gone:
        return Replay(of, said.expect, stands=False, reason=gone)
    warns = any(one.warns for one in original.scenario.expectations if one.id == said.expect)
    return Replay(of, said.expect, stands, reason, warns)


def _claims(loaded: LoadedScenario) -> set[str]:
    return {one.id for one in loaded.scenario.expectations}


def _out_of_reach(scenario: Scenario, changes: Sequence[tuple[str, str]]) -> str:
    """Say which value a scenario no longer leaves open, if there is one: then none of its worlds is the one found.

    What is certain in the scenario is not looked at: ``--set`` may have changed it.
    """
    values = {split_path(path): value for path, value in changes}
    for one in factors_of(scenario, values):
        text = values.get(one.given, "")
        if text.replace(".", "", 1).lstrip("-").isdigit() and not _reaches(one, float(text)):
            return f"{format_path(one.given)} can no longer be {text}"
    return ""


def _reaches(factor: Factor, value: float) -> bool:
    return factor.low - _ROUNDED <= value <= factor.high + _ROUNDED


_ROUNDED = 1e-9
"""What a value that was written may be off by."""


def _try(loaded: LoadedScenario, expect: str, seed: int) -> tuple[bool | None, str]:
    try:
        return breaks(loaded, expect, seed=seed), ""
    except KeyError:
        known = [one.id for one in loaded.scenario.expectations if one.claim.scope is not Scope.FILE]
        return None, f"{loaded.document.file} has no expectation {expect} on every world; {did_you_mean(expect, known)}"
    except NegsimError as error:
        return None, str(error).splitlines()[0]
