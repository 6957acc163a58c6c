"""What tests of `negsim check` share."""

from __future__ import annotations

import json

import pytest

from negsim.errors import Place, Problem, Severity
from tests.cli.support import SALE

__all__ = ["find", "with_claims"]


def find(monkeypatch: pytest.MonkeyPatch, *severities: Severity) -> None:
    """Let the rules find one problem of each severity."""
    place = Place("sale.scenario.yaml", 3, 8, 6, "title: A sale")
    problems = tuple(
        Problem(f"NS50{k}", "looks odd", ("title",), place, severity=s) for k, s in enumerate(severities, start=1)
    )
    monkeypatch.setattr("negsim.checks.checking.lint", lambda loaded: problems)


def with_claims(**claims: str) -> str:
    """The sale in which there is a zone of 3 prices and 2 ways to deliver, with claims."""
    return SALE + "expect:\n" + "".join(f"  {name}: {{that: {json.dumps(that)}}}\n" for name, that in claims.items())
