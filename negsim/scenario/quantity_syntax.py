"""How a quantity is written: a number, a range ``low..high``, a named distribution, or ``same: PATH``.

What is checked here holds for any quantity; whether its values mean something where it stands is
checked when the scenario is built.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

from negsim.errors import Path
from negsim.records import dataclass
from negsim.scenario.quantities import Beta, Constant, Distribution, Normal, Pert, Quantity, Same, Triangular, Uniform
from negsim.scenario.words import did_you_mean, listed, number_text, shown

__all__ = ["PARAMETERS", "RANGE", "SyntaxFlaw", "read_quantity"]

NUMBER = r"[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?"
RANGE = rf"({NUMBER})\.\.({NUMBER})"
_RANGE = re.compile(RANGE)
_LARGEST = 1e15
_SHAPES = (0.01, 1e6)

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "uniform": ("low", "high"),
    "normal": ("mean", "sd"),
    "triangular": ("low", "mode", "high"),
    "pert": ("low", "mode", "high"),
    "beta": ("a", "b", "low", "high"),
}
OPTIONAL = {"beta": ("low", "high")}
_MAKERS: Mapping[str, Callable[..., Distribution]] = {
    "uniform": Uniform,
    "normal": Normal,
    "triangular": Triangular,
    "pert": Pert,
    "beta": Beta,
}


@dataclass(frozen=True, slots=True)
class SyntaxFlaw:
    """What is wrong with a value: ``message`` continues the name of the value, ``at`` leads to a part of it."""

    code: str
    message: str
    help: str = ""
    at: Path = ()
    on_key: bool = False


Flaws = tuple[SyntaxFlaw, ...]


def read_quantity(value: object) -> Quantity | Flaws:
    """Read a quantity from plain data, or say all that is wrong with it.

    >>> read_quantity("0.6..0.95")
    Uniform(low=0.6, high=0.95)
    >>> read_quantity("0.9..0.6")[0].code
    'NS211'
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        flaw = _size_flaw(value)
        return (flaw,) if flaw else Constant(float(value))
    if isinstance(value, str):
        return _read_range(value)
    if isinstance(value, dict):
        return _read_named(value)
    return (SyntaxFlaw("NS210", f"must be a quantity, not {shown(value)}", _HOW),)


_HOW = "a number, a range such as 30..50, or a distribution such as {normal: {mean: 30, sd: 5}}"


def _size_flaw(value: float, at: Path = ()) -> SyntaxFlaw | None:
    """Refuse numbers no position can need: sums of them would no longer be exact."""
    if abs(value) <= _LARGEST:
        return None
    return SyntaxFlaw("NS210", f"must be a quantity between -1e15 and 1e15, not {shown(value)}", at=at)


def _read_range(text: str) -> Quantity | Flaws:
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return (SyntaxFlaw("NS210", f"must be a quantity, not {shown(text)}", _range_hint(text)),)
    low, high = (float(end) for end in match.groups())
    flaw = _size_flaw(low) or _size_flaw(high) or _order_flaw(low, high)
    return (flaw,) if flaw else Uniform(low, high)


def _range_hint(text: str) -> str:
    """Mend the usual ways of writing a range: ``30-50``, ``30 to 50``, ``30 .. 50``, ``30..50 years``."""
    numbers = re.findall(r"[0-9]+(?:\.[0-9]+)?", text[:80])
    if len(numbers) == 2:
        return f"write a range as {numbers[0]}..{numbers[1]}, without unit or blanks"
    return f"write the number alone: {numbers[0]}" if len(numbers) == 1 else _HOW


def _order_flaw(low: float, high: float) -> SyntaxFlaw | None:
    if low < high:
        return None
    if low == high:
        return SyntaxFlaw("NS211", f"has a range from {number_text(low)} to itself", f"write {number_text(low)}")
    ends = f"{number_text(high)}..{number_text(low)}"
    return SyntaxFlaw(
        "NS211", f"has a range that runs backwards: {number_text(low)}..{number_text(high)}", f"write {ends}"
    )


def _read_named(value: Mapping[str, object]) -> Quantity | Flaws:
    known = [*PARAMETERS, "same"]
    unknown = [name for name in value if name not in known]
    if unknown:
        return tuple(
            SyntaxFlaw(
                "NS210", f"must name a distribution, not {shown(name)}", did_you_mean(name, known), (name,), True
            )
            for name in unknown
        )
    if len(value) != 1:
        found = listed(list(value), last="and") or "nothing"
        return (SyntaxFlaw("NS210", f"must have exactly one of {listed(known)}; it has {found}"),)
    ((name, parameters),) = value.items()
    return _read_same(parameters) if name == "same" else _read_parameters(name, parameters)


def _read_same(target: object) -> Quantity | Flaws:
    if isinstance(target, str) and target.strip("."):
        return Same(tuple(target.split(".")))
    message = f"must name the path of another quantity, not {shown(target)}"
    return (SyntaxFlaw("NS214", message, "such as parties.seller.no_deal", ("same",)),)


def _read_parameters(name: str, given: object) -> Quantity | Flaws:
    names = PARAMETERS[name]
    if not isinstance(given, dict):
        example = ", ".join(f"{key}: ..." for key in names)
        return (SyntaxFlaw("NS203", f"must be a mapping, not {shown(given)}", f"{name}: {{{example}}}", (name,)),)
    unknown = [key for key in given if key not in names]
    needed = [key for key in names if key not in given and key not in OPTIONAL.get(name, ())]
    needs = f"{name} has {listed(names, 'and')}"
    flaws = [SyntaxFlaw("NS201", f"is not a parameter of {name}", needs, (name, key), on_key=True) for key in unknown]
    if len(unknown) < len(needed):  # else each missing one is probably an unknown one misspelt
        flaws += [SyntaxFlaw("NS202", f"has no {key}", needs, (name,)) for key in needed]
    numbers: dict[str, float] = {}
    for key, value in given.items():
        if key not in names:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            flaws.append(SyntaxFlaw("NS203", f"must be a number, not {shown(value)}", at=(name, key)))
        elif flaw := _size_flaw(value, (name, key)):
            flaws.append(flaw)
        else:
            numbers[key] = float(value)
    if flaws:
        return tuple(flaws)
    made = _MAKERS[name](**numbers)
    flaw = _parameter_flaw(made, name)
    return (flaw,) if flaw else made


def _parameter_flaw(made: Distribution, name: str) -> SyntaxFlaw | None:
    if isinstance(made, Normal):
        return None if made.sd > 0 and math.isfinite(made.sd) else _not_positive(name, "sd", made.sd)
    flaw = _order_flaw(made.low, made.high)
    if flaw is not None:
        hint = "write the number alone" if made.low == made.high else "low must be the smaller"
        return SyntaxFlaw(flaw.code, flaw.message, hint, (name,))
    if isinstance(made, Triangular | Pert) and not made.low <= made.mode <= made.high:
        ends = f"{number_text(made.low)}..{number_text(made.high)}"
        return SyntaxFlaw("NS213", f"has its mode {number_text(made.mode)} outside {ends}", at=(name, "mode"))
    if isinstance(made, Beta):
        for key, shape in (("a", made.a), ("b", made.b)):
            if not _SHAPES[0] <= shape <= _SHAPES[1]:
                message = f"must lie between 0.01 and 1e6, not {number_text(shape)}"
                return SyntaxFlaw("NS213", message, at=(name, key))
    return None


def _not_positive(name: str, key: str, value: float) -> SyntaxFlaw:
    return SyntaxFlaw("NS213", f"must be above 0, not {number_text(value)}", at=(name, key))
