"""The JSON Schema of what negsim writes."""

from __future__ import annotations

from importlib.resources import files

__all__ = ["zone_schema_text"]


def zone_schema_text() -> str:
    """Read the schema of ``negsim.zone/1``.

    >>> '"negsim.zone/1"' in zone_schema_text()
    True
    """
    return files("negsim.report").joinpath("schemas", "zone-1.json").read_text(encoding="utf-8")
