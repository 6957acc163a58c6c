"""Scenario files as plain data, drawn so that they are valid: issues, parties, conditions, figures.

The strategies of `negsim.testing.strategies` read them through the reader. Whatever has alternatives draws the plainest
first, so that what is found shrinks to it.
"""

from __future__ import annotations

import json
from decimal import Decimal
from math import ceil, floor
from typing import Any

from hypothesis import strategies as st

from negsim.records import dataclass
from negsim.scenario.load import loads
from negsim.scenario.plain_values import plain_number
from negsim.scenario.types import Scenario

__all__ = [
    "ALL",
    "NONE",
    "Document",
    "Extras",
    "anywhere",
    "conditions",
    "document_of_issues",
    "documents",
    "ends_of",
    "parties_over",
    "quantities",
    "red_line",
    "scenario_of",
]

Document = dict[str, Any]

KINDS = ("categorical", "ordered", "numeric")

_MOST_NAMED = 6
"""Conditions name the first issues alone, which keeps their combinations few."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What may stand in a document beside issues, demands, priorities, values and no-deal values."""

    conditional: bool = True
    rules: bool = True
    red_lines: bool = True
    adjustments: bool = True
    guarantors: bool = True
    quorum: bool = True


ALL = Extras()
NONE = Extras(*[False] * 6)


@st.composite
def documents(
    draw: st.DrawFn,
    *,
    min_issues: int = 1,
    max_issues: int = 4,
    min_parties: int = 1,
    max_parties: int = 3,
    n_options: tuple[int, int] | None = None,
    extras: bool | Extras = True,
) -> Document:
    """Draw a scenario document: issues of all kinds with `when`, rules, consent, red lines, adjustments, quorum."""
    may = (ALL if extras else NONE) if isinstance(extras, bool) else extras
    issues = draw(
        document_of_issues(
            min_issues=min_issues, max_issues=max_issues, n_options=n_options, conditional=may.conditional
        )
    )
    # What red lines, rules, adjustments and consent can name: the other issues are free, unless they depend on one.
    named = dict(list(issues.items())[: draw(st.integers(1, min(len(issues), _MOST_NAMED)))])
    names = _party_names(draw(st.integers(min_parties, max_parties)))
    parties = {name: _party(draw, issues, named, may) for name in names}
    document: Document = {"negsim": 1, "id": "random", "title": "Random", "issues": issues, "parties": parties}
    if may.rules and draw(st.booleans()):
        document["rules"] = {"sense": {"require": draw(conditions(named))}}
    if may.guarantors and draw(st.booleans()):
        document["parties"]["zoe"] = _party(draw, issues, named, may) | {
            "role": "guarantor",
            "consents_to": draw(conditions(named)),
        }
    if may.quorum and draw(st.integers(0, 3)) == 3:
        vetoes = draw(st.lists(st.sampled_from(names), unique=True))
        quorum = draw(st.integers(1, len(names)))
        document["agreement"] = {"quorum": quorum, "vetoes": vetoes} if vetoes else {"quorum": quorum}
    return document


def _party_names(n_parties: int) -> list[str]:
    return ["ann", "bob", "cas", *(f"party{k}" for k in range(4, n_parties + 1))][:n_parties]


@st.composite
def document_of_issues(
    draw: st.DrawFn,
    *,
    min_issues: int = 1,
    max_issues: int = 4,
    kinds: tuple[str, ...] = KINDS,
    n_options: tuple[int, int] | None = None,
    conditional: bool = True,
) -> Document:
    """Draw the block of issues of a scenario document; an issue may depend on those before it.

    ``n_options`` is the fewest and the most options of an issue; without it, scales go from 0 to 3.
    """
    issues: Document = {}
    for k in range(draw(st.integers(min_issues, max_issues))):
        issue: Document = {"title": f"Issue {k}"} | draw(_choices(kinds, n_options))
        if conditional and 0 < k < _MOST_NAMED and draw(st.integers(0, 2)) == 2:
            issue["when"] = draw(conditions(issues))
        issues[f"i{k}"] = issue
    return issues


@st.composite
def _choices(draw: st.DrawFn, kinds: tuple[str, ...], n_options: tuple[int, int] | None) -> Document:
    """Draw the kind of an issue with its options or its scale.

    Every kind takes as many draws, so that what is found can shrink from one to another.
    """
    forms = [
        (kind, step) for kind in kinds for step in ((1, 0.5, 10 if n_options else 3) if kind == "numeric" else (0,))
    ]
    kind, step = draw(st.sampled_from(forms))
    fewest, most = n_options or (1, 3)
    n = draw(st.integers(max(2, fewest) if kind == "numeric" else fewest, most))
    if kind != "numeric":
        return {"kind": kind, "options": [f"o{j}" for j in range(n)]}
    end = (n - 1) * step if n_options else 3
    return {"kind": kind, "scale": f"0..{plain_number(end)}", "step": step}


@st.composite
def conditions(draw: st.DrawFn, issues: Document) -> str:
    """Draw a condition on the issues of a document."""
    atoms = [draw(_atom(name, issue)) for name, issue in issues.items()]
    first, second = draw(st.sampled_from(atoms)), draw(st.sampled_from(atoms))
    joint = draw(st.sampled_from(["and", "or", "implies", "iff"]))
    return draw(st.sampled_from([first, f"not ({first})", f"({first}) {joint} ({second})"]))


@st.composite
def _atom(draw: st.DrawFn, name: str, issue: Document) -> str:
    if issue["kind"] == "numeric":
        level = draw(st.sampled_from(ends_of(issue)))
        signs = ["==", "!="] if "when" in issue else ["==", "!=", "<", "<=", ">", ">="]
        return f"{name} {draw(st.sampled_from(signs))} {level}"
    option = draw(st.sampled_from(_options(issue)))
    signs = ["==", "!=", "<", ">="] if issue["kind"] == "ordered" and "when" not in issue else ["==", "!="]
    return f"{name} {draw(st.sampled_from(signs))} {option}"


def _options(issue: Document) -> list[str]:
    return list(issue["options"])


def ends_of(issue: Document) -> list[Any]:
    """Give the lowest and the highest level of a numeric issue, as a file has them."""
    return [_number(end) for end in issue["scale"].split("..")]


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _second_level(issue: Document) -> str:
    """Write the second of three or more levels where it is a whole number; nothing otherwise."""
    low, high = map(Decimal, issue["scale"].split(".."))
    second = low + Decimal(str(issue["step"]))
    return str(int(second)) if second == int(second) and second < high else ""


@st.composite
def parties_over(draw: st.DrawFn, issues: Document, *, extras: Extras = ALL) -> Document:
    """Draw a party of a scenario document with these issues."""
    named = dict(list(issues.items())[: draw(st.integers(1, min(len(issues), _MOST_NAMED)))])
    return _party(draw, issues, named, extras)


def _party(draw: st.DrawFn, issues: Document, named: Document, may: Extras) -> Document:
    demands = {name: _demand(draw, issue) for name, issue in issues.items()}
    party: Document = {"title": "Party", "demands": demands, "no_deal": draw(quantities(0, 90))}
    values = {name: {"irrelevant": draw(quantities(0, 100))} for name, issue in issues.items() if "when" in issue}
    for name, issue in issues.items():
        option = _second_level(issue) if issue["kind"] == "numeric" else _options(issue)[0]
        if draw(st.booleans()) and option:
            values.setdefault(name, {})[option] = draw(quantities(0, 100))
    if values:
        party["values"] = values
    if draw(st.booleans()):
        party["priorities"] = {name: draw(quantities(1, 9)) for name in issues}
    if may.red_lines and draw(st.booleans()):
        names = ["line", "second", "third"][: draw(st.integers(1, 3))]
        party["red_lines"] = {name: red_line(draw, named) for name in names}
    if may.adjustments and draw(st.booleans()):
        names = ["extra", "more"][: draw(st.integers(1, 2))]
        party["adjustments"] = {
            name: {"when": draw(conditions(named)), "amount": draw(quantities(-50, 50))} for name in names
        }
    if draw(st.integers(0, 4)) == 4:
        party["no_deal"] = {"same_as": {name: anywhere(draw, issue) for name, issue in issues.items()}}
    return party


def red_line(draw: st.DrawFn, issues: Document) -> Document:
    """Draw a red line on some issues, hard or perhaps a bluff."""
    firmness = draw(st.sampled_from(["hard", 0.5, "0.2..0.8"]))
    cost = draw(st.one_of(quantities(0, 30), st.sampled_from([0.123456, 7.000005])))
    return {"require": draw(conditions(issues)), "firmness": firmness, "audience_cost": cost}


def _demand(draw: st.DrawFn, issue: Document) -> Any:
    if issue["kind"] == "numeric":
        low, high = ends_of(issue)
        bounds = [{"at_least": high}, {"at_most": low}, {"one_of": [low, high]}, {"between": issue["scale"]}]
        return draw(st.sampled_from([low, high, *bounds, "any"]))
    options = _options(issue)
    forms: list[Any] = [draw(st.sampled_from(options)), {"one_of": sorted({options[0], options[-1]})}, "any"]
    if issue["kind"] == "ordered":
        forms += [{"at_least": options[-1]}, {"at_most": options[0]}]
    return draw(st.sampled_from(forms))


def anywhere(draw: st.DrawFn, issue: Document) -> Any:
    """Draw an option of an issue, or a level on or between the declared ones."""
    if issue["kind"] != "numeric":
        return draw(st.sampled_from(_options(issue)))
    low, high = ends_of(issue)
    return draw(quantities(ceil(low), floor(high))) if ceil(low) <= floor(high) else low


@st.composite
def quantities(draw: st.DrawFn, low: int, high: int) -> Any:
    """Draw a whole number or a range between two."""
    first, second = sorted([draw(st.integers(low, high)), draw(st.integers(low, high))])
    if first == second or draw(st.booleans()):
        return first
    return f"{first}..{second}"


def scenario_of(document: Document) -> Scenario:
    """Read a document through the reader; JSON is YAML."""
    return loads(json.dumps(document))
