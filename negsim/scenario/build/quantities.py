"""Quantities in their places: within their domain, and ``same`` pointing at something that fits."""

from __future__ import annotations

from negsim.errors import Path, format_path
from negsim.scenario.build.context import Context
from negsim.scenario.inventory import NamedQuantity
from negsim.scenario.quantities import Constant, Domain, Normal, Quantity, Same
from negsim.scenario.words import listed, number_text

__all__ = ["build_quantity", "check_sames"]

_FARTHEST = 6.0


def build_quantity(quantity: Quantity, path: Path, domain: Domain, context: Context) -> Quantity:
    """Enter a quantity under its path, after checking that its values can mean something there."""
    if isinstance(quantity, Same):
        quantity = Same(context.canonical(format_path(quantity.path)))
    elif not context.findings.is_broken(path):
        _check_domain(quantity, path, domain, context)
    context.quantities[format_path(path)] = NamedQuantity(path, quantity, domain)
    return quantity


def _check_domain(quantity: Quantity, path: Path, domain: Domain, context: Context) -> None:
    low, high = _reach(quantity, domain)
    if domain.low <= low and high <= domain.high:
        return
    name, bounds = format_path(path), f"{number_text(domain.low)}..{number_text(domain.high)} ({domain.unit})"
    if isinstance(quantity, Normal):
        message = f"{name} has its mean {number_text(quantity.mean)} more than 6 sd outside {bounds}"
    elif isinstance(quantity, Constant):
        message = f"{name} is {number_text(quantity.value)}, outside {bounds}"
    else:
        message = f"{name} goes from {number_text(low)} to {number_text(high)}, outside {bounds}"
    percent = domain.unit == "probability" and 1 < high <= 100 and low >= 0
    help = f"a probability of {number_text(high)} % is {number_text(high / 100)}" if percent else ""
    context.findings.report("NS212", path, message, help=help)


def _reach(quantity: Quantity, domain: Domain) -> tuple[float, float]:
    """Give the smallest and largest value of a quantity that is not `Same`; a normal is cut to the domain."""
    if isinstance(quantity, Constant):
        return quantity.value, quantity.value
    if isinstance(quantity, Normal):
        margin = _FARTHEST * quantity.sd
        near = domain.low - margin <= quantity.mean <= domain.high + margin
        return (domain.low, domain.high) if near else (quantity.mean, quantity.mean)
    assert not isinstance(quantity, Same)
    return quantity.low, quantity.high


def check_sames(context: Context) -> None:
    """Follow every ``same`` to a quantity with values of its own."""
    for named in list(context.quantities.values()):
        if isinstance(named.quantity, Same):
            _check_same(named, context)


def _check_same(named: NamedQuantity, context: Context) -> None:
    findings, trail, current = context.findings, [named.path], named
    while isinstance(current.quantity, Same):
        target = context.find_quantity(current.quantity.path)
        if target is None:
            if current is named and not findings.is_broken(current.quantity.path):
                _report_missing(named, context)
            return
        if target.path in trail:
            if target is named and named.path == min(trail):
                chain = " -> ".join(format_path(path) for path in [*trail, named.path][:5])
                message = f"{format_path(named.path)} is the same as itself: {chain}"
                findings.report("NS214", named.path, message, help="give one of them a value")
            return
        trail.append(target.path)
        current = target
    if findings.is_broken(current.path):
        return
    low, high = _reach(current.quantity, current.domain)
    if low < named.domain.low or high > named.domain.high:
        bounds = f"{number_text(named.domain.low)}..{number_text(named.domain.high)} ({named.domain.unit})"
        message = (
            f"{format_path(named.path)} is the same as {format_path(current.path)}, "
            f"which goes from {number_text(low)} to {number_text(high)}, outside {bounds}"
        )
        findings.report("NS212", named.path, message)


def _report_missing(named: NamedQuantity, context: Context) -> None:
    assert isinstance(named.quantity, Same)
    target = format_path(named.quantity.path)
    message = f"{format_path(named.path)} is the same as {target}, but there is no such quantity"
    help = context.findings.suggest(target, context.quantities) or f"known: {listed(list(context.quantities), 'and')}"
    context.findings.report("NS214", named.path, message, help=help)
