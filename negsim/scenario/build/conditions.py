"""Conditions: their text parsed against the issues, each flaw put at its place in the file."""

from __future__ import annotations

from negsim.errors import Path
from negsim.scenario.build.context import MOST_CHARACTERS, MOST_CHOICES, Context
from negsim.scenario.conditions import parse_condition
from negsim.scenario.conditions.parse import MAX_LENGTH
from negsim.scenario.conditions.tree import Condition, Node, Not, OptionIn, Polynomial
from negsim.scenario.shaping import Shape

__all__ = ["build_condition", "build_optional_condition"]


def build_condition(text: str, path: Path, context: Context) -> Condition | None:
    """Parse the condition at ``path``; report its flaws and return None if it has any."""
    if context.findings.is_broken(path) or context.findings.is_full or context.effort.is_spent:
        context.findings.mark_broken(path)
        return None
    context.effort.n_characters += min(len(text), MAX_LENGTH + 1)
    found = parse_condition(text, context.names)
    if isinstance(found, Condition):
        context.effort.n_choices += _n_choices(found.root)
        return None if _is_too_much(path, context) else found
    context.findings.mark_broken(path)
    if context.names_suspect(text):
        return None
    for flaw in found:
        context.findings.report(flaw.code, path, flaw.message, help=flaw.help, stretch=(flaw.start, flaw.length))
    return None


def _is_too_much(path: Path, context: Context) -> bool:
    """Report the condition with which all of them together become too much; those after it are not read."""
    if context.effort.is_spent:
        message = "the conditions up to this one are too much to work through"
        help = f"at most {MOST_CHARACTERS:,} characters, and {MOST_CHOICES:,} options that they single out, in all"
        context.findings.report("NS306", path, message, help=help)
    return context.effort.is_spent


def _n_choices(node: Node) -> int:
    """Count the options that a condition singles out: ``price != 5`` does so with nearly all of them."""
    if isinstance(node, OptionIn):
        return len(node.choices)
    if isinstance(node, Polynomial):
        return 0
    return _n_choices(node.item) if isinstance(node, Not) else _n_choices(node.left) + _n_choices(node.right)


def build_optional_condition(shape: Shape, key: str, path: Path, context: Context) -> Condition | None:
    """Parse the condition under a key that may be left out."""
    return build_condition(getattr(shape, key), path, context) if key in shape.written else None
