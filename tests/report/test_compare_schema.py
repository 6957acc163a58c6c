"""The schema of a comparison, and its page."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from negsim.report.schema import compare_schema_text
from tests.docs.pages import ROOT
from tests.docs.test_docs import keys, words_in_code

SCHEMA: dict[str, Any] = json.loads(compare_schema_text())

SHARE = {"estimate": 0.5, "low": 0.4, "high": 0.6}
THREE = {"before": SHARE, "after": SHARE, "difference": {"estimate": -0.5, "low": -1.0, "high": 0.0}}


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_key_of_a_comparison_is_in_the_reference() -> None:
    assert keys(SCHEMA) - words_in_code(ROOT / "docs" / "reference" / "json.md") == set()


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({"kind": "option", "issue": "land", "option": "line", **THREE}, True),
        ({"kind": "acceptance", "party": "ann", "issue": "land", "option": "line", **THREE}, True),
        ({"kind": "option", "party": "ann", "issue": "land", "option": "line", **THREE}, False),
        ({"kind": "acceptance", "issue": "land", "option": "line", **THREE}, False),
        ({"kind": "option", "issue": "land", "option": "line", **THREE, "before": THREE["difference"]}, False),
        ({"kind": "option", "issue": "land", "option": "line", "before": SHARE, "after": SHARE}, False),
    ],
)
def test_a_change_fits_only_with_the_ids_of_its_kind_and_shares_within_0_and_1(
    change: dict[str, Any], fits: bool
) -> None:
    change_schema = SCHEMA["properties"]["changes"]["items"] | {"$defs": SCHEMA["$defs"]}
    assert jsonschema.Draft202012Validator(change_schema).is_valid(change) == fits
