"""The schema of what checking finds, and its page."""

from __future__ import annotations

import json
from typing import Any

import jsonschema

from negsim.report.schema import check_schema_text
from tests.docs.pages import ROOT
from tests.docs.test_docs import keys, words_in_code

SCHEMA: dict[str, Any] = json.loads(check_schema_text())


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_key_of_a_check_is_in_the_reference() -> None:
    assert keys(SCHEMA) - words_in_code(ROOT / "docs" / "reference" / "json.md") == set()
