"""The results that claims may name, one entry each: what is asked, of what, and over which worlds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from negsim.records import dataclass
from negsim.scenario.claims.tree import Scope

__all__ = ["MEASURES", "SOLUTION_NAMES", "MeasureKind"]

SOLUTION_NAMES = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")
"""The solutions that claims may ask for; `negsim.solutions` has them all, which a test sees to."""


@dataclass(frozen=True, slots=True)
class MeasureKind:
    """A result: where it may stand, what goes into its brackets, whether it holds or is a number, and what it says.

    ``arguments`` are of ``party``, ``condition``, ``condition?`` (may be left out) and ``line`` (the path of a red line
    or rule). ``other`` is what the other scope calls it.
    """

    scopes: tuple[Scope, ...]
    arguments: tuple[str, ...]
    holds: bool
    about: str
    other: str = ""

    @property
    def example(self) -> str:
        """How its brackets are written."""
        words = {"party": "PARTY", "condition": "CONDITION", "condition?": "CONDITION", "line": "PATH"}
        return f"({', '.join(words[one] for one in self.arguments)})" if self.arguments else ""


_FILE, _WORLD = (Scope.FILE,), (Scope.WORLD,)


def _pair(name: str, arguments: tuple[str, ...], about: str) -> dict[str, MeasureKind]:
    """Make the share of worlds in which something holds, and that it holds in a world."""
    return {
        f"p_{name}": MeasureKind(_FILE, arguments, False, f"the probability that {about}", other=name),
        name: MeasureKind(_WORLD, arguments, True, about, other=f"p_{name}"),
    }


MEASURES: Mapping[str, MeasureKind] = MappingProxyType(
    {
        **_pair("zone", (), "there is a zone"),
        **_pair("agreement", (), "bargaining by the protocol and the tactics of the file ends in a deal"),
        **_pair("option", ("condition",), "some outcome of the zone meets a condition"),
        **_pair("accept", ("party", "condition?"), "a party accepts some outcome (that meets a condition)"),
        **_pair("blocks", ("line",), "there is no zone, and there would be one without a red line or rule"),
        **{
            key: kind
            for name in SOLUTION_NAMES
            for key, kind in {
                f"p_{name}": MeasureKind(
                    _FILE,
                    ("condition",),
                    False,
                    "of worlds with a zone, the mean share of the chosen outcomes that meet a condition",
                    other=name,
                ),
                name: MeasureKind(
                    _WORLD,
                    ("condition",),
                    True,
                    "there is a zone, and all outcomes that the solution chooses meet a condition",
                    other=f"p_{name}",
                ),
            }.items()
        },
        "zone_size": MeasureKind((Scope.FILE, Scope.WORLD), (), False, "how many outcomes are in the zone, on average"),
    }
)
"""What claims may name beside quantities, which stand by their paths in claims on every world."""
