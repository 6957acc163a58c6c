"""What stands at the head of a document: its form, the scenario, the settings, and who is there to settle what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from negsim.scenario.types import Issue, Party, Scenario

__all__ = ["cast_at_home_data", "cast_data", "head_data", "issue_data", "party_head", "sample_data"]

Data = dict[str, Any]


class _Sampled(Protocol):
    @property
    def n_worlds(self) -> int: ...
    @property
    def seed(self) -> int: ...
    @property
    def sampler(self) -> str: ...


def sample_data(result: _Sampled) -> Data:
    """Say how many worlds were drawn, and how."""
    return {"worlds": result.n_worlds, "seed": result.seed, "sampler": result.sampler}


def head_data(form: str, scenario: Scenario, version: str, settings: Mapping[str, Any]) -> Data:
    """Give the form of a document with its version, the scenario that it is about, and the settings."""
    return {
        "format": form,
        "negsim": version,
        "scenario": {"id": scenario.id, "title": scenario.title},
        "settings": dict(settings),
    }


def cast_data(scenario: Scenario) -> Data:
    """Name the parties and the issues."""
    return {
        "parties": [party_head(party) for party in scenario.parties],
        "issues": [issue_data(issue) for issue in scenario.issues],
    }


def cast_at_home_data(scenario: Scenario) -> Data:
    """Name the parties, who ratifies for them, and the issues."""
    at_home = [actor for actor in scenario.actors if actor.ratifies]
    heads = [{"id": actor.id, "title": actor.title, "ratifies": actor.ratifies} for actor in at_home]
    return {**cast_data(scenario), "ratifiers": heads}


def party_head(party: Party) -> Data:
    """Name a party and its role."""
    return {"id": party.id, "title": party.title, "role": str(party.role)}


def issue_data(issue: Issue) -> Data:
    """Give an issue with its options in declared order."""
    titled = zip(issue.options, issue.option_titles, strict=True)
    return {
        "id": issue.id,
        "title": issue.title,
        "kind": str(issue.kind),
        "unit": issue.unit,
        "when": issue.when.text if issue.when is not None else None,
        "options": [{"id": option, "title": title} for option, title in titled],
    }
