"""What a scenario leaves open that may decide whether there is a zone: quantities, tied ones together, and coins."""

from __future__ import annotations

from negsim.errors import Path, format_path
from negsim.model.draws import tied_groups
from negsim.records import dataclass
from negsim.scenario.inventory import coin_paths
from negsim.scenario.types import Scenario
from negsim.zone.moves import moving_quantities

__all__ = ["Input", "list_inputs"]


@dataclass(frozen=True, slots=True)
class Input:
    """A quantity, several that are tied, or the coin of a red line; by their paths."""

    paths: tuple[Path, ...]
    coin: bool = False


def list_inputs(scenario: Scenario) -> tuple[Input, ...]:
    """List the inputs of a zone, quantities first, each in the order of written paths.

    Whether parties are serious is taken for granted in a zone, and how they bargain moves none; neither is listed.
    What is the ``same`` as another counts once, by the path of the other. Quantities with rank correlations between
    them are one input.
    """
    group_of = {
        path: group
        for ties in tied_groups(scenario.ties)
        for group in [frozenset(path for tie in ties for path in tie.between)]
        for path in group
    }
    moving = [named.path for named, _, _ in moving_quantities(scenario) if named.path[-1] != "good_faith"]
    found: dict[frozenset[Path], list[Path]] = {}
    for path in moving:
        found.setdefault(group_of.get(path, frozenset([path])), []).append(path)
    tied = (Input(tuple(sorted(group, key=format_path))) for group in found)
    return (*tied, *(Input((path,), coin=True) for path in coin_paths(scenario)))
