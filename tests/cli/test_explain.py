from __future__ import annotations

import json
import re

import jsonschema
import pytest

from negsim.checks import RULES
from negsim.checks.verdict_pages import VERDICTS
from negsim.scenario.codes import CODES
from tests.cli.support import run


def test_every_code_is_listed_with_its_title() -> None:
    lines = run("explain").stdout.splitlines()
    assert len(lines) == len(CODES) + len(RULES) + len(VERDICTS)
    assert f"NS301  {CODES['NS301'].title}" in lines
    assert lines == sorted(lines)


def test_a_code_is_explained_in_small_letters_too() -> None:
    result = run("explain", "ns301")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"NS301: {CODES['NS301'].title}\n\n")
    assert CODES["NS301"].explanation.split() == result.stdout.split("\n\n", 1)[1].split()


PAGES = {**CODES, **VERDICTS}


@pytest.mark.parametrize("code", [*PAGES, *RULES])
def test_an_explanation_fits_80_columns_and_keeps_its_code_as_it_is(code: str) -> None:
    text = PAGES[code].explanation if code in PAGES else RULES[code].manual
    said = run("explain", code).stdout
    assert [line for line in said.splitlines() if len(line) > 80 and not line.startswith("    require: ((((")] == []
    assert re.findall("```.*?```", said, re.DOTALL) == re.findall("```.*?```", text, re.DOTALL)


def test_every_rule_has_a_page() -> None:
    for rule in RULES.values():
        assert rule.title in run("explain", rule.code).stdout


def test_an_unknown_code_names_the_nearest() -> None:
    result = run("explain", "NS3001")
    assert result.exit_code == 2
    assert "did you mean NS301" in result.stderr


def test_the_schema_of_scenarios_is_a_schema() -> None:
    schema = json.loads(run("schema").stdout)
    jsonschema.validators.validator_for(schema).check_schema(schema)
    assert "parties" in schema["properties"]
