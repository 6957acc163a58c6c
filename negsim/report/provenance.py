"""Where a quantity comes from, by the most particular entry of a scenario's provenance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from negsim.errors import Path
from negsim.scenario.types import Provenance, Scenario

__all__ = ["count_standings", "origin", "origin_of", "origin_words", "standing"]


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


def origin_words(entry: Provenance | None) -> str:
    """Say where a number comes from, in a few words.

    >>> origin_words(Provenance(("parties",), source="eve", by="the envoy"))
    'reported: eve, by the envoy'
    >>> origin_words(Provenance(("parties",), source="eve", assumed="The report gives no figure."))
    'assumed; direction reported: eve'
    """
    if entry is None:
        return "origin not said"
    named = f"reported: {entry.source}{f', by {entry.by}' if entry.by else ''}"
    if not entry.assumed:
        return named
    return f"assumed; direction {named}" if entry.source else "assumed"


def origin_of(path: Path, scenario: Scenario) -> str:
    """Say in brackets where a number comes from, in a scenario that has sources."""
    return f" ({origin_words(origin(path, scenario.provenance))})" if scenario.sources else ""


def count_standings(paths: Iterable[Path], provenance: Sequence[Provenance]) -> dict[str, int]:
    """Count how many numbers are ``reported``, ``assumed`` (``directed`` by a source or not) and neither (``none``)."""
    entries = [origin(path, provenance) for path in paths]
    found = Counter(standing(entry) for entry in entries)
    directed = sum(entry is not None and bool(entry.source and entry.assumed) for entry in entries)
    return {**{kind: found[kind] for kind in ("reported", "assumed", "none")}, "directed": directed}
