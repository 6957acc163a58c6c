"""Small valid scenarios for property tests, built as documents so that they pass through the reader."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from negsim.scenario import Scenario, loads

Document = dict[str, Any]


@st.composite
def documents(
    draw: st.DrawFn, *, max_issues: int = 4, min_parties: int = 1, max_parties: int = 3, extras: bool = True
) -> Document:
    """A scenario document: issues of all kinds with `when`, rules, consent, red lines, adjustments, quorum."""
    issues = _issues(draw, draw(st.integers(1, max_issues)), extras)
    # What red lines, rules, adjustments and consent can name: the other issues are free, unless they depend on one.
    named = dict(list(issues.items())[: draw(st.integers(1, len(issues)))])
    names = ["ann", "bob", "cas"][: draw(st.integers(min_parties, max_parties))]
    parties = {name: _party(draw, issues, named, extras) for name in names}
    document: Document = {"negsim": 1, "id": "random", "title": "Random", "issues": issues, "parties": parties}
    if extras:
        if draw(st.booleans()):
            document["rules"] = {"sense": {"require": draw(conditions(named))}}
        if draw(st.booleans()):
            document["parties"]["zoe"] = _party(draw, issues, named, extras) | {
                "role": "guarantor",
                "consents_to": draw(conditions(named)),
            }
        if draw(st.integers(0, 3)) == 0:
            vetoes = draw(st.lists(st.sampled_from(names), unique=True))
            quorum = draw(st.integers(1, len(names)))
            document["agreement"] = {"quorum": quorum, "vetoes": vetoes} if vetoes else {"quorum": quorum}
    return document


def _issues(draw: st.DrawFn, n: int, extras: bool) -> Document:
    issues: Document = {}
    for k in range(n):
        kind = draw(st.sampled_from(["categorical", "ordered", "numeric"]))
        issue: Document = {"title": f"Issue {k}", "kind": kind}
        if kind == "numeric":
            issue |= {"scale": "0..3", "step": draw(st.sampled_from([1, 0.5, 3]))}
        else:
            issue["options"] = [f"o{j}" for j in range(draw(st.integers(1, 3)))]
        if extras and issues and draw(st.integers(0, 2)) == 0:
            issue["when"] = draw(conditions(issues))
        issues[f"i{k}"] = issue
    return issues


@st.composite
def conditions(draw: st.DrawFn, issues: Document) -> str:
    """A condition on the issues of a document."""
    atoms = [draw(_atom(name, issue)) for name, issue in issues.items()]
    first, second = draw(st.sampled_from(atoms)), draw(st.sampled_from(atoms))
    joint = draw(st.sampled_from(["and", "or", "implies", "iff"]))
    return draw(st.sampled_from([first, f"not ({first})", f"({first}) {joint} ({second})"]))


@st.composite
def _atom(draw: st.DrawFn, name: str, issue: Document) -> str:
    if issue["kind"] == "numeric":
        level = draw(st.sampled_from(["0", "3"]))
        signs = ["==", "!="] if "when" in issue else ["==", "!=", "<", "<=", ">", ">="]
        return f"{name} {draw(st.sampled_from(signs))} {level}"
    option = draw(st.sampled_from(issue["options"]))
    signs = ["==", "!=", "<", ">="] if issue["kind"] == "ordered" and "when" not in issue else ["==", "!="]
    return f"{name} {draw(st.sampled_from(signs))} {option}"


def _party(draw: st.DrawFn, issues: Document, named: Document, extras: bool) -> Document:
    demands = {name: _demand(draw, issue) for name, issue in issues.items()}
    party: Document = {"title": "Party", "demands": demands, "no_deal": draw(quantities(0, 90))}
    values = {name: {"irrelevant": draw(quantities(0, 100))} for name, issue in issues.items() if "when" in issue}
    for name, issue in issues.items():
        if issue["kind"] != "numeric" and draw(st.booleans()):
            values.setdefault(name, {})[issue["options"][0]] = draw(quantities(0, 100))
        elif issue["kind"] == "numeric" and issue["step"] == 1 and draw(st.booleans()):
            values.setdefault(name, {})["1"] = draw(quantities(0, 100))
    if values:
        party["values"] = values
    if draw(st.booleans()):
        party["priorities"] = {name: draw(quantities(1, 9)) for name in issues}
    if extras and draw(st.booleans()):
        names = ["line", "second", "third"][: draw(st.integers(1, 3))]
        party["red_lines"] = {name: red_line(draw, named) for name in names}
    if extras and draw(st.booleans()):
        names = ["extra", "more"][: draw(st.integers(1, 2))]
        party["adjustments"] = {
            name: {"when": draw(conditions(named)), "amount": draw(quantities(-50, 50))} for name in names
        }
    if draw(st.integers(0, 4)) == 0:
        party["no_deal"] = {"same_as": {name: anywhere(draw, issue) for name, issue in issues.items()}}
    return party


def red_line(draw: st.DrawFn, issues: Document) -> Document:
    """A red line on some issues, hard or perhaps a bluff."""
    firmness = draw(st.sampled_from(["hard", 0.5, "0.2..0.8"]))
    cost = draw(st.one_of(quantities(0, 30), st.sampled_from([0.123456, 7.000005])))
    return {"require": draw(conditions(issues)), "firmness": firmness, "audience_cost": cost}


def _demand(draw: st.DrawFn, issue: Document) -> Any:
    if issue["kind"] == "numeric":
        return draw(
            st.sampled_from([0, 3, {"at_least": 3}, {"at_most": 0}, {"one_of": [0, 3]}, {"between": "0..3"}, "any"])
        )
    options = issue["options"]
    forms: list[Any] = [draw(st.sampled_from(options)), {"one_of": sorted({options[0], options[-1]})}, "any"]
    if issue["kind"] == "ordered":
        forms += [{"at_least": options[-1]}, {"at_most": options[0]}]
    return draw(st.sampled_from(forms))


def anywhere(draw: st.DrawFn, issue: Document) -> Any:
    """An option of an issue, or a level on or between the declared ones."""
    return draw(quantities(0, 3)) if issue["kind"] == "numeric" else draw(st.sampled_from(issue["options"]))


@st.composite
def quantities(draw: st.DrawFn, low: int, high: int) -> Any:
    """A whole number or a range between two."""
    first, second = sorted([draw(st.integers(low, high)), draw(st.integers(low, high))])
    if first == second or draw(st.booleans()):
        return first
    return f"{first}..{second}"


def scenario_of(document: Document) -> Scenario:
    """Read a document through the reader; JSON is YAML."""
    return loads(json.dumps(document))
