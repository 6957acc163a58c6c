"""The schema of a break-even, and its page."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from negsim.report.schema import break_even_schema_text
from tests.docs.pages import ROOT
from tests.docs.test_docs import keys, words_in_code

SCHEMA: dict[str, Any] = json.loads(break_even_schema_text())

SHARE = {"estimate": 0.5, "low": 0.4, "high": 0.6}
POINT = {"value": 3.0, "p": SHARE}
CROSSING = {
    "at": 3.0, "low": 2.0, "high": 4.0, "open_low": False, "open_high": True, "rising": True, "jumps": False,
    "below": POINT, "above": POINT,
}  # fmt: skip


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_key_of_a_break_even_is_in_the_reference() -> None:
    assert keys(SCHEMA) - words_in_code(ROOT / "docs" / "reference" / "json.md") == set()


@pytest.mark.parametrize(
    ("change", "fits"),
    [({}, True), ({"at": None}, False), ({"open_low": 0}, False), ({"below": SHARE}, False), ({"more": 1}, False)],
)
def test_a_crossing_is_whole(change: dict[str, Any], fits: bool) -> None:
    schema = SCHEMA["properties"]["crossings"]["items"] | {"$defs": SCHEMA["$defs"]}
    assert jsonschema.Draft202012Validator(schema).is_valid(CROSSING | change) == fits
