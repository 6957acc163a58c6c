"""Negotiation domains in the formats of Genius (XML), GeniusWeb and NegoLog (JSON), read for tests.

A party's utility is the sum over issues of weight times evaluation. In Genius evaluations are on any scale, and each is
divided by the largest of its issue; in the other two they are 0 to 1 as they stand.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.cases.data import FOLDER


@dataclass(frozen=True)
class Profile:
    """One party: weight and evaluations of each issue, 0 to 1, and its reservation value."""

    name: str
    weight: dict[str, float]
    value: dict[str, dict[str, float]]
    reservation: float


@dataclass(frozen=True)
class Domain:
    """Issues with their options, and the parties' profiles."""

    name: str
    issues: dict[str, tuple[str, ...]]
    profiles: tuple[Profile, ...]

    def of(self, names: list[str]) -> Domain:
        """The same domain with some of its profiles."""
        by_name = {profile.name: profile for profile in self.profiles}
        return Domain(self.name, self.issues, tuple(by_name[name] for name in names))


def domain_expected() -> Any:
    """What was computed for all domains, or skip the test that asks for it."""
    return json.loads(_present(FOLDER / "domains" / "expected.json").read_text("utf-8"))


def load_domain(name: str) -> Domain:
    """Load a domain, or skip the test that asks for it."""
    folder = _present(FOLDER / "domains" / name)
    found = [_from_xml(path) for path in sorted(folder.glob("*.xml"))]
    found += [_from_json(path) for path in sorted(folder.glob("*.json"))]
    profiles = tuple(profile for profile in found if profile)
    return Domain(name, {issue: tuple(options) for issue, options in profiles[0].value.items()}, profiles)


def utilities(domain: Domain) -> NDArray[np.float64]:
    """Utility of every outcome, float64 (party, outcome); the last issue's options alternate fastest."""
    return np.array([_utility(domain, profile) for profile in domain.profiles])


def reservations(domain: Domain) -> NDArray[np.float64]:
    """Reservation value of each party, float64 (party,)."""
    return np.array([profile.reservation for profile in domain.profiles])


def document(domain: Domain) -> dict[str, Any]:
    """A scenario document of the same domain: every utility a hundred times as large, all numbers constants."""
    issues = {
        f"i{k}": {"title": title, "options": [f"o{j}" for j in range(len(options))]}
        for k, (title, options) in enumerate(domain.issues.items())
    }
    parties = {f"p{k}": _party(domain, profile) for k, profile in enumerate(domain.profiles)}
    return {"negsim": 1, "id": "domain", "title": domain.name, "issues": issues, "parties": parties}


def _party(domain: Domain, profile: Profile) -> dict[str, Any]:
    numbered = list(enumerate(domain.issues.items()))
    return {
        "title": profile.name,
        "priorities": {f"i{k}": profile.weight[issue] for k, (issue, _) in numbered},
        "values": {
            f"i{k}": {f"o{j}": 100 * profile.value[issue][option] for j, option in enumerate(options)}
            for k, (issue, options) in numbered
        },
        "no_deal": 100 * profile.reservation,
    }


def _utility(domain: Domain, profile: Profile) -> NDArray[np.float64]:
    total = np.zeros(1)
    for issue, options in domain.issues.items():
        worth = profile.weight[issue] * np.array([profile.value[issue][option] for option in options])
        total = np.add.outer(total, worth).reshape(-1)
    return total


def _present(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"no published domain at {path}; name the folder in NEGSIM_DATA")
    return path


def _from_xml(path: Path) -> Profile | None:
    """Read a profile of Genius; None of a file that only lists issues."""
    root = ET.parse(path).getroot()
    weights = [float(weight.get("value", "")) for weight in root.iter("weight")]
    if root.tag != "utility_space" or not weights:
        return None
    issues = list(root.iter("issue"))
    value = {}
    for issue in issues:
        given = {item.get("value", ""): float(item.get("evaluation", "")) for item in issue.findall("item")}
        value[issue.get("name", "")] = {option: number / max(given.values()) for option, number in given.items()}
    # Weights stand in the order of issues, under the same numbers.
    by_number = {weight.get("index"): float(weight.get("value", "")) for weight in root.iter("weight")}
    weight = {issue.get("name", ""): by_number[issue.get("index")] for issue in issues}
    reservation = root.find("reservation")
    return Profile(path.stem, weight, value, 0.0 if reservation is None else float(reservation.get("value", "")))


def _from_json(path: Path) -> Profile | None:
    """Read a profile of GeniusWeb or NegoLog; None of a file that only describes the domain."""
    found = json.loads(path.read_text("utf-8"))
    if "LinearAdditiveUtilitySpace" in found:
        space = found["LinearAdditiveUtilitySpace"]
        value = {issue: given["discreteutils"]["valueUtilities"] for issue, given in space["issueUtilities"].items()}
        weight = space["issueWeights"]
        # The alternative to a deal is an outcome there.
        bid = space["reservationBid"]["issuevalues"]
        return Profile(path.stem, weight, value, sum(weight[issue] * value[issue][bid[issue]] for issue in bid))
    if "issueWeights" in found:
        return Profile(path.name, found["issueWeights"], found["issues"], found["reservationValue"])
    return None
