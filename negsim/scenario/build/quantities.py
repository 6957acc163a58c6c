"""Quantities in their places: within their domain, and ``same`` pointing at something that fits."""

from __future__ import annotations

from negsim.errors import Path, format_path
from negsim.scenario.build.context import Context
from negsim.scenario.inheritance import is_inherited, is_priority
from negsim.scenario.inventory import NamedQuantity
from negsim.scenario.quantities import Constant, Domain, Normal, Quantity, Same
from negsim.scenario.words import number_text

__all__ = ["build_quantity", "check_sames", "reach_of"]

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
    percent = domain.unit in ("probability", "share") and 1 < high <= 100 and low >= 0
    help = f"a {domain.unit} of {number_text(high)} % is {number_text(high / 100)}" if percent else ""
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


def reach_of(path: Path, context: Context, domain: Domain | None = None) -> tuple[float, float] | None:
    """Give the smallest and largest value of the quantity at a path once all are entered; None where it is faulty.

    A normal is cut to its own domain, or to the ``domain`` of what it is put in the place of.
    """
    named = context.find_quantity(path)
    passed: set[Path] = set()
    while named is not None and named.path not in passed and not context.findings.is_broken(named.path):
        if not isinstance(named.quantity, Same):
            return _reach(named.quantity, domain or named.domain)
        passed.add(named.path)
        named = context.find_quantity(named.quantity.path)
    return None


def check_sames(context: Context) -> None:
    """Follow every ``same`` to a quantity with values of its own."""
    ends: dict[Path, NamedQuantity | None] = {}
    for named in list(context.quantities.values()):
        if isinstance(named.quantity, Same):
            end = _follow(named, ends, context)
            if end is not None and not context.findings.is_broken(end.path):
                _check_fit(named, end, context)
    _check_borrowed_weights(ends, context)


def _check_borrowed_weights(ends: dict[Path, NamedQuantity | None], context: Context) -> None:
    """Report priorities that sum to zero because those they are the same as are zero."""
    weights: dict[Path, list[NamedQuantity | None]] = {}
    for named in context.quantities.values():
        if is_priority(named.path) and not is_inherited(named.path, named.quantity):
            weights.setdefault(named.path[:-1], []).append(ends.get(named.path, named))
    borrowed = {path[:-1] for path in ends}
    for path in sorted(borrowed & weights.keys()):
        if all(end is not None and end.quantity == Constant(0.0) for end in weights[path]):
            message = f"the priorities of {path[-2]} sum to zero, being the same as others that do"
            help = "leave them out for equal weights, or give one issue a weight above 0"
            context.findings.report("NS414", path, message, help=help, on_key=True, breaks=False)


def _follow(named: NamedQuantity, ends: dict[Path, NamedQuantity | None], context: Context) -> NamedQuantity | None:
    """Find where a chain of ``same`` ends, and note that for all its links; report one that does not end."""
    trail: list[Path] = []
    passed: set[Path] = set()
    current = named
    end: NamedQuantity | None = None
    while isinstance(link := current.quantity, Same) and current.path not in ends:
        if current.path in passed:
            _report_circle(trail[trail.index(current.path) :], context)
            break
        trail.append(current.path)
        passed.add(current.path)
        target = context.find_quantity(link.path)
        if target is None:
            if not context.findings.is_broken(link.path):
                _report_missing(current, link.path, context)
            break
        current = target
    else:
        end = ends.get(current.path, current)
    ends.update(dict.fromkeys(trail, end))
    return end


def _report_circle(circle: list[Path], context: Context) -> None:
    first = circle.index(min(circle))
    turned = [*circle[first:], *circle[:first], circle[first]]
    message = f"{format_path(turned[0])} is the same as itself: {' -> '.join(map(format_path, turned[:5]))}"
    context.findings.report("NS214", turned[0], message, help="give one of them a value")


def _check_fit(named: NamedQuantity, end: NamedQuantity, context: Context) -> None:
    low, high = _reach(end.quantity, end.domain)
    if low < named.domain.low or high > named.domain.high:
        bounds = f"{number_text(named.domain.low)}..{number_text(named.domain.high)} ({named.domain.unit})"
        message = (
            f"{format_path(named.path)} is the same as {format_path(end.path)}, "
            f"which goes from {number_text(low)} to {number_text(high)}, outside {bounds}"
        )
        context.findings.report("NS212", named.path, message)


def _report_missing(named: NamedQuantity, path: Path, context: Context) -> None:
    target = format_path(path)
    message = f"{format_path(named.path)} is the same as {target}, but there is no such quantity"
    help = context.findings.suggest(target, context.quantities)
    context.findings.report("NS214", named.path, message, help=help)
