"""What events do to quantities; seen once all quantities are entered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from negsim.errors import Path, format_path
from negsim.scenario.build.context import Context
from negsim.scenario.build.quantities import build_quantity, reach_of
from negsim.scenario.build.talks.calendar import ROOT
from negsim.scenario.build.talks.suggestions import suggest_quantity
from negsim.scenario.inventory import NamedQuantity
from negsim.scenario.inventory_talks import DAYS, DAYS_AWAY, domain_of_amount
from negsim.scenario.quantities import Same
from negsim.scenario.schema_events import EffectShape
from negsim.scenario.talks import OPERATIONS, Effect, Talks
from negsim.scenario.words import joined, listed, number_text

__all__ = ["build_effects", "check_effects", "is_within_effect"]


def build_effects(shapes: Mapping[str, EffectShape], root: Path, context: Context) -> tuple[Effect, ...]:
    """Build the effects of what stands at ``root``, in the order of their ids."""
    path = (*root, "effects")
    built = [_build(effect_id, shapes[effect_id], (*path, effect_id), context) for effect_id in sorted(shapes)]
    return tuple(effect for effect in built if effect is not None)


def _build(effect_id: str, shape: EffectShape, path: Path, context: Context) -> Effect | None:
    operation = _find_operation(shape, path, context)
    lasts = None if shape.lasts is None else build_quantity(shape.lasts, (*path, "lasts"), DAYS, context)
    fades = None if shape.fades is None else build_quantity(shape.fades, (*path, "fades"), DAYS_AWAY, context)
    if lasts is not None and fades is not None:
        message = f"{path[-1]} cannot both last so many days and fade"
        context.findings.report("NS444", (*path, "fades"), message, help="leave one of them", on_key=True, breaks=False)
    if not operation:
        return None
    amount = build_quantity(getattr(shape, operation), (*path, operation), domain_of_amount(operation), context)
    return Effect(effect_id, context.canonical(shape.path), operation, amount, lasts, fades)


def _find_operation(shape: EffectShape, path: Path, context: Context) -> str:
    """Name the operation of an effect; empty where there is not exactly one."""
    given = [name for name in OPERATIONS if getattr(shape, name) is not None]
    if len(given) == 1:
        return given[0]
    for name in given:
        context.findings.mark_broken((*path, name))
    if not any(context.findings.is_broken((*path, name)) for name in OPERATIONS if name not in given):
        say = f"has {joined(given)}, of which there can be only one" if given else f"has none of {listed(OPERATIONS)}"
        context.findings.report("NS444", path, f"{path[-1]} {say}", help="such as multiply: 0.5", on_key=True)
    return ""


def check_effects(talks: Talks, context: Context) -> None:
    """Check that what effects change are quantities that can change to that."""
    for path, effect in _all_effects(talks):
        if not context.findings.is_broken((*path, "path")):
            _check(effect, path, talks, context)


def _all_effects(talks: Talks) -> Iterator[tuple[Path, Effect]]:
    blocks = (("events", talks.events), ("partial_agreements", talks.partial_agreements), ("what_if", talks.what_if))
    for block, items in blocks:
        for item in items:
            yield from (((*ROOT, block, item.id, "effects", effect.id), effect) for effect in item.effects)


def is_within_effect(path: Path) -> bool:
    """Tell whether a path is that of something in an effect, or in a what-if."""
    return path[:2] == (*ROOT, "what_if") or (path[:1] == ROOT and path[3:4] == ("effects",))


def _check(effect: Effect, path: Path, talks: Talks, context: Context) -> None:
    findings, where, dotted = context.findings, (*path, "path"), format_path(effect.path)
    named = context.find_quantity(effect.path)
    if is_within_effect(effect.path):
        message = f"{dotted} is itself part of a change, and is not changed"
        findings.report("NS444", where, message, help="change the quantity that it changes")
    elif named is None:
        _report_no_quantity(effect.path, where, talks, context)
    elif isinstance(named.quantity, Same):
        message = f"{dotted} is the same as {format_path(named.quantity.path)}, and follows it"
        findings.report("NS444", where, message, help=f"change {format_path(named.quantity.path)}")
    elif effect.operation == "set":
        _check_value(effect, named, path, context)


def _report_no_quantity(target: Path, where: Path, talks: Talks, context: Context) -> None:
    findings, dotted = context.findings, format_path(target)
    if findings.is_broken(target):
        return
    if target in findings.document.marks:
        message, help = f"{dotted} is no quantity; nothing else changes while talks go on", ""
    else:
        message, help = f"there is no quantity {dotted}", suggest_quantity(target, talks, context)
    findings.report("NS444", where, message, help=help)


def _check_value(effect: Effect, named: NamedQuantity, path: Path, context: Context) -> None:
    """Check that what a quantity is set to can mean something there."""
    domain, below = named.domain, (*path, "set")
    reach = reach_of(below, context, domain)
    if reach is None or (domain.low <= reach[0] and reach[1] <= domain.high):
        return
    bounds = f"{number_text(domain.low)}..{number_text(domain.high)} ({domain.unit})"
    values = " to ".join(number_text(end) for end in dict.fromkeys(reach))
    message = f"{format_path(effect.path)} is set to {values}, outside {bounds}"
    context.findings.report("NS444", below, message)
