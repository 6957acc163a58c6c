"""The list of cases as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from negsim.teaching.library import Case

__all__ = ["CASES_FORMAT", "cases_data"]

CASES_FORMAT = "negsim.cases/1"


def cases_data(found: Sequence[Case], version: str) -> dict[str, Any]:
    """Give the list as data, in the form that ``negsim schema cases`` describes."""
    return {"format": CASES_FORMAT, "negsim": version, "cases": [_case(case) for case in found]}


def _case(case: Case) -> dict[str, Any]:
    return {
        "name": case.name,
        "title": case.title,
        "level": case.level,
        "minutes": case.minutes,
        "parties": case.parties,
        "teaches": list(case.teaches),
    }
