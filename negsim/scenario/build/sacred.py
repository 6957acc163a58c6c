"""Sacred values: what is not for sale, and what eases a violation."""

from __future__ import annotations

from negsim.errors import Path
from negsim.scenario.build.conditions import build_condition, build_optional_condition
from negsim.scenario.build.context import Context
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.commitments import Sacred
from negsim.scenario.quantities import LOSS
from negsim.scenario.schema import PartyShape
from negsim.scenario.schema_commitments import SacredShape

__all__ = ["build_sacred"]


def build_sacred(shape: PartyShape, root: Path, context: Context) -> tuple[Sacred, ...]:
    """Build the sacred values of the party at ``root``."""
    built = []
    for sacred_id, item in shape.sacred.items():
        path = (*root, "sacred", sacred_id)
        _check_pairs(item, path, context)
        built.append(_build(sacred_id, item, path, context))
    return tuple(item for item in built if item is not None)


def _check_pairs(shape: SacredShape, path: Path, context: Context) -> None:
    """Check that what makes sense only together stands together."""
    given, findings = shape.written, context.findings
    for key, other in (("symbolic", "relief"), ("relief", "symbolic")):
        if key in given and other not in given and not findings.is_broken((*path, other)):
            message = f"{key} stands without {other}: a gesture and the points that it gives back"
            findings.report("NS426", (*path, key), message, help=f"add {other}:", on_key=True)
    if "offence" in given and "material" not in given and not findings.is_broken((*path, "material")):
        message = "offence stands without material: what something material costs, and where a deal offers it"
        findings.report("NS426", (*path, "offence"), message, help="add material:", on_key=True)


def _build(sacred_id: str, shape: SacredShape, path: Path, context: Context) -> Sacred | None:
    require = build_condition(shape.require, (*path, "require"), context)
    material = build_optional_condition(shape, "material", (*path, "material"), context)
    symbolic = build_optional_condition(shape, "symbolic", (*path, "symbolic"), context)
    offence = build_quantity(shape.offence, (*path, "offence"), LOSS, context)
    relief = build_quantity(shape.relief, (*path, "relief"), LOSS, context)
    if require is None:
        return None
    return Sacred(sacred_id, require, material, offence, symbolic, relief, shape.title, shape.because)
