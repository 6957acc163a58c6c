"""Conditions: their text parsed against the issues, each flaw put at its place in the file."""

from __future__ import annotations

from negsim.errors import Path
from negsim.scenario.build.context import Context
from negsim.scenario.conditions import parse_condition
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.schema import Shape

__all__ = ["build_condition", "build_optional_condition"]


def build_condition(text: str, path: Path, context: Context) -> Condition | None:
    """Parse the condition at ``path``; report its flaws and return None if it has any."""
    if context.findings.is_broken(path):
        return None
    found = parse_condition(text, context.names)
    if not isinstance(found, tuple):
        return found
    context.findings.mark_broken(path)
    if any(word in text for word in context.suspects):
        return None
    for flaw in found:
        context.findings.report(flaw.code, path, flaw.message, help=flaw.help, stretch=(flaw.start, flaw.length))
    return None


def build_optional_condition(shape: Shape, key: str, path: Path, context: Context) -> Condition | None:
    """Parse the condition under a key that may be left out."""
    return build_condition(getattr(shape, key), path, context) if key in shape.model_fields_set else None
