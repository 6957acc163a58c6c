"""The outcome spaces that are timed, with worlds drawn on them."""

from __future__ import annotations

from pathlib import Path

from negsim.model.draws import draw_block
from negsim.model.sampling import BLOCK
from negsim.model.structure import compile_structure
from negsim.model.worlds import Worlds, build_worlds
from negsim.scenario import Scenario, load, loads

__all__ = ["GENEVA", "additive", "geneva", "worlds_of"]

GENEVA = Path(__file__).resolve().parents[1] / "scenarios" / "geneva-2026.scenario.yaml"


def geneva() -> Scenario:
    """Load the scenario of `make run`."""
    return load(GENEVA)


def additive(n_parties: int = 2, n_issues: int = 6, n_options: int = 5) -> Scenario:
    """Issues without conditions, every value, weight and no-deal value drawn anew in each world."""
    options = [f"o{k}" for k in range(n_options)]
    issues = "\n".join(f"  i{k}: {{title: I, options: [{', '.join(options)}]}}" for k in range(n_issues))
    values = "\n".join(
        f"      i{k}: {{{', '.join(f'{option}: 0..100' for option in options)}}}" for k in range(n_issues)
    )
    weights = ", ".join(f"i{k}: 1..9" for k in range(n_issues))
    party = f"    title: P\n    no_deal: 64..80\n    priorities: {{{weights}}}\n    values:\n{values}\n"
    parties = "".join(f"  p{k}:\n{party}" for k in range(n_parties))
    return loads(f"negsim: 1\nid: additive\ntitle: Additive\nissues:\n{issues}\nparties:\n{parties}")


def worlds_of(scenario: Scenario, *, block: int = 0, n_worlds: int = BLOCK) -> Worlds:
    """One block of worlds of a scenario."""
    structure = compile_structure(scenario)
    return build_worlds(scenario, structure, draw_block(scenario, seed=0, block=block, n_worlds=n_worlds))
