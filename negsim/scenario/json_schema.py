"""The JSON Schema of scenario files, for editors: completion, descriptions, and most mistakes while typing.

It follows draft 7, which editors know best. What it rejects the loader rejects; the loader knows more.
"""

from __future__ import annotations

import copy
import inspect
from typing import Any

from negsim.scenario.bargaining import TACTIC_PARAMETERS
from negsim.scenario.quantity_syntax import OPTIONAL, PARAMETERS, RANGE
from negsim.scenario.schema import ScenarioShape
from negsim.scenario.schema_base import ID_PATTERN
from negsim.scenario.schema_no_deal import ChargeShape, LotteryNoDealShape, SameAsShape, WarNoDealShape
from negsim.scenario.shapes import DEMAND_FORMS
from negsim.scenario.shaping import Shape, entries_of

__all__ = ["json_schema"]

Json = dict[str, Any]

_LOOSE = "changed_"


def json_schema() -> Json:
    """Make the JSON Schema of a scenario file.

    Examples
    --------
    >>> schema = json_schema()
    >>> schema["properties"]["parties"]["description"]
    'Who negotiates.'
    """
    whole = _referring(_block(ScenarioShape))
    blocks = {shape.__name__: _referring(_block(shape)) for shape in _shapes_below(ScenarioShape)}
    leaves = {name: _referring(value) for name, value in {**_forms_of_no_deal(), **_written_by_hand()}.items()}
    # A file with a base may leave out keys and remove them with null; a leaf is replaced whole.
    loose = {name: _loosened(value) for name, value in blocks.items()}
    changes = _loosened({key: value for key, value in whole.items() if key in ("type", "properties")})
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "negsim scenario, format version 1",
        "description": whole["description"],
        "type": "object",
        "properties": {name: {"description": item["description"]} for name, item in whole["properties"].items()},
        "additionalProperties": False,
        "required": ["negsim"],
        "if": {"required": ["base"]},
        "then": changes,
        "else": {key: whole[key] for key in ("properties", "required")},
        "definitions": {**leaves, **blocks, **{f"{_LOOSE}{name}": value for name, value in loose.items()}},
    }


def _block(shape: type[Shape]) -> Json:
    entries = entries_of(shape)
    return {
        "additionalProperties": False,
        "description": inspect.getdoc(shape),
        "properties": {key: entry.schema() for key, entry in entries.items()},
        **({"required": required} if (required := [key for key, one in entries.items() if one.is_required]) else {}),
        "type": "object",
    }


def _shapes_below(shape: type[Shape]) -> list[type[Shape]]:
    """List every shape that stands somewhere in another, once, by name."""
    found = [shape]
    for one in found:
        below = (inner for entry in entries_of(one).values() for inner in entry.reader.shapes())
        found += (inner for inner in dict.fromkeys(below) if inner not in found)
    return sorted(found[1:], key=lambda one: one.__name__)


def _forms_of_no_deal() -> dict[str, Json]:
    """Define the blocks that can stand where a quantity can; each of them replaces what a base has there whole."""
    forms = (SameAsShape, ChargeShape, LotteryNoDealShape, WarNoDealShape)
    shapes = (inner for form in forms for inner in (*_shapes_below(form), form))
    return {shape.__name__: _block(shape) for shape in shapes}


def _written_by_hand() -> dict[str, Json]:
    number: Json = {"type": "number"}
    spread: Json = {"type": "string", "pattern": f"^\\s*{RANGE}\\s*$", "description": "A range: low..high."}
    word: Json = {"type": ["string", "number"]}
    forms: list[Json] = [
        _one_key(name, _mapping(keys, [key for key in keys if key not in OPTIONAL.get(name, ())]))
        for name, keys in PARAMETERS.items()
    ]
    quantity: Json = {
        "description": "A number, a range low..high, or a distribution.",
        "anyOf": [number, spread, *forms, _one_key("same", {"type": "string", "description": "A quantity's path."})],
    }
    demand_forms: dict[str, Json] = {
        form: {"type": "array", "items": word, "minItems": 1} if form == "one_of" else word for form in DEMAND_FORMS
    }
    title: Json = {"type": "string", "minLength": 1}
    return {
        "quantity": quantity,
        "condition": {"type": "string", "description": "A condition on the issues: price <= 50 and term == long"},
        "range": {"type": "string", "pattern": f"^{RANGE}$"},
        "options": {
            "anyOf": [
                {"type": "array", "items": {"type": "string", "pattern": ID_PATTERN}, "minItems": 1},
                {"type": "object", "additionalProperties": title, "minProperties": 1},
            ],
        },
        "firmness": {"anyOf": [{"const": "hard"}, {"x-definition": "quantity"}]},
        "tactic": _tactic(),
        "demand": {"anyOf": [word, *(_one_key(form, value) for form, value in demand_forms.items())]},
        "end_state": {"anyOf": [{"x-definition": "quantity"}, {"x-definition": "SameAsShape"}]},
        "charge": {"anyOf": [{"x-definition": "quantity"}, {"x-definition": "ChargeShape"}]},
        "no_deal": {
            "anyOf": [
                {"x-definition": "quantity"},
                *({"x-definition": name} for name in ("SameAsShape", "LotteryNoDealShape", "WarNoDealShape")),
            ],
        },
    }


def _tactic() -> Json:
    """Define a tactic: our own with the parameters they have, others with whatever parameters."""
    name: Json = {"type": "string", "pattern": ID_PATTERN}
    quantity: Json = {"x-definition": "quantity"}
    own: dict[str, Json] = {
        tactic: {
            "type": "object",
            "properties": {item.name: {**quantity, "description": item.about} for item in parameters},
            "additionalProperties": False,
        }
        for tactic, parameters in TACTIC_PARAMETERS.items()
    }
    given: Json = {
        "type": "object",
        "properties": own,
        "propertyNames": {"pattern": ID_PATTERN},
        "additionalProperties": {"type": "object", "additionalProperties": quantity},
        "minProperties": 1,
        "maxProperties": 1,
    }
    return {
        "description": "The name of a tactic, or a name with parameters: {time: {exponent: 2}}.",
        # An editor offers the words of the first; a tactic may also be another's.
        "anyOf": [{"enum": list(TACTIC_PARAMETERS)}, name, given],
    }


def _one_key(name: str, value: Json) -> Json:
    return {"type": "object", "properties": {name: value}, "required": [name], "additionalProperties": False}


def _mapping(keys: tuple[str, ...], required: list[str]) -> Json:
    properties = {key: {"type": "number"} for key in keys}
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _referring(value: Any) -> Any:
    """Turn the names of definitions into references to them."""
    if isinstance(value, list):
        return [_referring(item) for item in value]
    if not isinstance(value, dict):
        return value
    rest = {key: _referring(item) for key, item in value.items() if key != "x-definition"}
    if "x-definition" not in value:
        return rest
    reference = {"$ref": f"#/definitions/{value['x-definition']}"}
    # Beside $ref, draft 7 ignores everything else.
    return {**rest, "allOf": [reference]} if rest else reference


def _loosened(value: Any) -> Any:
    """Let every key be left out or null, and lead references to a block to its loosened twin."""
    if isinstance(value, list):
        return [_loosened(item) for item in value]
    if not isinstance(value, dict):
        return value
    loose = {key: _loosened(item) for key, item in value.items() if key not in ("required", "minProperties")}
    if isinstance(loose.get("$ref"), str) and loose["$ref"].endswith("Shape"):
        loose["$ref"] = loose["$ref"].replace("#/definitions/", f"#/definitions/{_LOOSE}")
    if isinstance(loose.get("properties"), dict):
        loose["properties"] = {key: _or_null(item) for key, item in loose["properties"].items()}
    if isinstance(loose.get("additionalProperties"), dict):
        loose["additionalProperties"] = _or_null(loose["additionalProperties"])
    return loose


def _or_null(schema: Json) -> Json:
    inner = copy.copy(schema)
    described = {"description": inner.pop("description")} if "description" in inner else {}
    return {**described, "anyOf": [inner, {"type": "null"}]}
