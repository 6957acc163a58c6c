"""The JSON Schema of what negsim writes."""

from __future__ import annotations

from importlib.resources import files

__all__ = [
    "bargain_schema_text",
    "break_even_schema_text",
    "cases_schema_text",
    "check_schema_text",
    "compare_schema_text",
    "deal_schema_text",
    "discover_schema_text",
    "sensitivity_schema_text",
    "story_schema_text",
    "studies_schema_text",
    "study_schema_text",
    "talks_schema_text",
    "trace_schema_text",
    "zone_schema_text",
]


def zone_schema_text() -> str:
    """Read the schema of ``negsim.zone/1``.

    >>> '"negsim.zone/1"' in zone_schema_text()
    True
    """
    return _schema_text("zone-1.json")


def check_schema_text() -> str:
    """Read the schema of ``negsim.check/1``.

    >>> '"negsim.check/1"' in check_schema_text()
    True
    """
    return _schema_text("check-1.json")


def compare_schema_text() -> str:
    """Read the schema of ``negsim.compare/1``.

    >>> '"negsim.compare/1"' in compare_schema_text()
    True
    """
    return _schema_text("compare-1.json")


def break_even_schema_text() -> str:
    """Read the schema of ``negsim.breakeven/1``.

    >>> '"negsim.breakeven/1"' in break_even_schema_text()
    True
    """
    return _schema_text("breakeven-1.json")


def deal_schema_text() -> str:
    """Read the schema of ``negsim.deal/1``.

    >>> '"negsim.deal/1"' in deal_schema_text()
    True
    """
    return _schema_text("deal-1.json")


def discover_schema_text() -> str:
    """Read the schema of ``negsim.discover/1``.

    >>> '"negsim.discover/1"' in discover_schema_text()
    True
    """
    return _schema_text("discover-1.json")


def sensitivity_schema_text() -> str:
    """Read the schema of ``negsim.sensitivity/1``.

    >>> '"negsim.sensitivity/1"' in sensitivity_schema_text()
    True
    """
    return _schema_text("sensitivity-1.json")


def bargain_schema_text() -> str:
    """Read the schema of ``negsim.bargain/1``.

    >>> '"negsim.bargain/1"' in bargain_schema_text()
    True
    """
    return _schema_text("bargain-1.json")


def trace_schema_text() -> str:
    """Read the schema of ``negsim.bargain-trace/1``.

    >>> '"negsim.bargain-trace/1"' in trace_schema_text()
    True
    """
    return _schema_text("bargain-trace-1.json")


def talks_schema_text() -> str:
    """Read the schema of ``negsim.talks/1``.

    >>> '"negsim.talks/1"' in talks_schema_text()
    True
    """
    return _schema_text("talks-1.json")


def story_schema_text() -> str:
    """Read the schema of ``negsim.talks-trace/1``.

    >>> '"negsim.talks-trace/1"' in story_schema_text()
    True
    """
    return _schema_text("talks-trace-1.json")


def study_schema_text() -> str:
    """Read the schema of ``negsim.study/1``.

    >>> '"negsim.study/1"' in study_schema_text()
    True
    """
    return _schema_text("study-1.json")


def studies_schema_text() -> str:
    """Read the schema of ``negsim.studies/1``.

    >>> '"negsim.studies/1"' in studies_schema_text()
    True
    """
    return _schema_text("studies-1.json")


def cases_schema_text() -> str:
    """Read the schema of ``negsim.cases/1``.

    >>> '"negsim.cases/1"' in cases_schema_text()
    True
    """
    return _schema_text("cases-1.json")


def _schema_text(name: str) -> str:
    return files("negsim.report").joinpath("schemas", name).read_text(encoding="utf-8")
