"""Where a quantity comes from, by the most particular entry of a scenario's provenance."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.errors import Path
from negsim.scenario.types import Provenance

__all__ = ["origin", "standing"]


def origin(path: Path, provenance: Sequence[Provenance]) -> Provenance | None:
    """Find the entry with the longest prefix of the path."""
    covering = [entry for entry in provenance if path[: len(entry.prefix)] == entry.prefix]
    return max(covering, key=lambda entry: len(entry.prefix), default=None)


def standing(entry: Provenance | None) -> str:
    """Say in a word whether a number is ``reported``, ``assumed`` or neither (``none``).

    A source beside an assumption reports the direction; the number itself is assumed.

    >>> standing(Provenance(("parties",), source="dispatch", assumed="The report gives no figure."))
    'assumed'
    """
    if entry is None:
        return "none"
    return "assumed" if entry.assumed else "reported"
