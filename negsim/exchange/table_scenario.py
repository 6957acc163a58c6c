"""A scenario file made of a table of point scores."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from fractions import Fraction

from negsim.errors import Problem, ScenarioError, UsageError
from negsim.exchange.point_table import PointTable
from negsim.exchange.scaling import Scaled, scale_points
from negsim.scenario.build.ids import RESERVED
from negsim.scenario.marks import Plain
from negsim.scenario.plain_values import plain_number
from negsim.scenario.words import number_text
from negsim.scenario.yaml_text import to_yaml

__all__ = ["scenario_of_table"]

_LONGEST = 56  # leaves room for a number behind it


def scenario_of_table(table: PointTable, scenario_id: str, file: str) -> str:
    """Write a table as a scenario file.

    Parameters
    ----------
    table : PointTable
    scenario_id : str
        What the scenario is called.
    file : str
        Where the table was read from; the scenario names it as its source.

    Raises
    ------
    ScenarioError
        If the points of a party cannot be put on the scale of utility; all such parties at once.
    """
    issues = table.issues
    issue_ids = dict(zip(issues, _ids(issues, "issue"), strict=True))
    option_ids = {issue: _ids((one.name for one in options), "option") for issue, options in issues.items()}
    party_ids = _ids((party.name for party in table.parties), "party")
    scaled = _scale(table, file)
    tree: dict[str, Plain] = {
        "negsim": 1,
        "id": scenario_id,
        "title": f"Points of {_title(file)}",
        "about": "Made of a table of points by negsim import. Say here what it is about.",
        "issues": {
            issue_ids[issue]: {
                "title": issue,
                "options": {key: one.title for key, one in zip(option_ids[issue], options, strict=True)},
            }
            for issue, options in issues.items()
        },
        "parties": {
            key: _party(party.name, one, issue_ids, option_ids)
            for key, party, one in zip(party_ids, table.parties, scaled, strict=True)
        },
        "sources": {"table": {"title": _title(file)}},
        "provenance": {"parties": {"source": "table"}},
    }
    return _heading(table, scaled, file) + to_yaml(tree)


def _scale(table: PointTable, file: str) -> list[Scaled]:
    scaled, problems = [], []
    for k, party in enumerate(table.parties):
        points = {issue: [one.points[k] for one in options] for issue, options in table.issues.items()}
        try:
            scaled.append(scale_points(points, party.no_deal))
        except UsageError as error:
            problems.append(Problem("", f"{file}, column {party.name}: the party {error}"))
    if problems:
        raise ScenarioError(tuple(problems))
    return scaled


def _party(name: str, scaled: Scaled, issue_ids: dict[str, str], option_ids: dict[str, list[str]]) -> dict[str, Plain]:
    values: dict[str, Plain] = {
        issue_ids[issue]: {key: _number(value) for key, value in zip(option_ids[issue], given, strict=True)}
        for issue, given in scaled.values.items()
    }
    weights: dict[str, Plain] = {issue_ids[issue]: _number(weight) for issue, weight in scaled.weights.items()}
    return {"title": name, "priorities": weights, "values": values, "no_deal": _number(scaled.no_deal)}


def _number(value: Fraction) -> int | float:
    return plain_number(float(value))


def _heading(table: PointTable, scaled: list[Scaled], file: str) -> str:
    """Say in comments how utility relates to the points of the table."""
    lines = [
        f"Made of {_title(file)} by negsim import. Weights are the largest points of an issue, from the least where",
        "that is negative; with the values they add up to the points again, or to these on another scale:",
        *(f"    {party.name}: {_relation(one)}" for party, one in zip(table.parties, scaled, strict=True)),
        "Nothing is uncertain yet: write a range for whatever is, such as `no_deal: 40..60`.",
    ]
    return "".join(f"# {_printable(line)}\n" for line in lines)


def _relation(scaled: Scaled) -> str:
    if scaled.origin:
        sign = "+" if scaled.origin < 0 else "-"
        shifted = f"(points {sign} {number_text(float(abs(scaled.origin)))})"
    else:
        shifted = "points"
    return (
        f"utility = {shifted}" if scaled.factor == 1 else f"utility = {number_text(float(scaled.factor))} * {shifted}"
    )


def _title(file: str) -> str:
    return re.split(r"[/\\]", file)[-1]


def _printable(line: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in line)


def _ids(names: Iterable[str], kind: str) -> list[str]:
    """Make ids of names, each another: small letters, digits and underscores; numbered where letters cannot be kept."""
    found: list[str] = []
    for number, name in enumerate(names, start=1):
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST].rstrip("_")
        if not base:
            base = f"{kind}_{number}"
        elif not base[0].isalpha() or base in RESERVED:
            base = f"{kind}_{base}"
        wanted, again = base, 2
        while wanted in found:
            wanted, again = f"{base}_{again}", again + 1
        found.append(wanted)
    return found
