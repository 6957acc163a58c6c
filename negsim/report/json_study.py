"""A study, and a list of studies, as plain data for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from negsim.report.json_head import head_data
from negsim.study.listing import StudyListed
from negsim.study.policies import PolicyComparison
from negsim.study.reading import ReadStudy, StudyRow
from negsim.study.summary import StudySummary

__all__ = ["STUDIES_FORMAT", "STUDY_FORMAT", "studies_data", "study_data"]

STUDY_FORMAT = "negsim.study/1"
STUDIES_FORMAT = "negsim.studies/1"

Data = dict[str, Any]


def study_data(  # a study, what was found in it, and its cells
    study: ReadStudy,
    found: StudySummary,
    comparison: PolicyComparison | None,
    rows: list[StudyRow],
    digest: str,
    version: str,
) -> Data:
    """Give a study as data, in the form that ``negsim schema study`` describes."""
    sweep = study.sweep
    settings = {
        "worlds": sweep.n_worlds,
        "seed": sweep.seed,
        "sampler": sweep.sampler,
        "design": study.design,
        "of": list(sweep.of),
        "vary": [{"path": path, "over": over} for path, over in sweep.vary],
        "policies": [{"name": policy.name, "changes": list(policy.changes)} for policy in sweep.policies],
    }
    return {
        **head_data(STUDY_FORMAT, study.scenario, version, settings),
        "made_with": dict(study.made_with),
        "digest": digest,
        "cells": {
            "planned": found.n_cells,
            "done": found.n_done,
            "failed": found.n_failed,
            "left": found.n_planned,
        },
        "of": found.of,
        "headlines": [asdict(line) for line in found.headlines],
        "effects": [asdict(effect) for effect in found.effects],
        "policies": None if comparison is None else asdict(comparison),
        "rows": [asdict(row) for row in rows],
    }


def studies_data(found: Sequence[StudyListed], folder: str, version: str) -> Data:
    """Give a list of studies as data, in the form that ``negsim schema studies`` describes."""
    return {
        "format": STUDIES_FORMAT,
        "negsim": version,
        "folder": folder,
        "studies": [asdict(one) for one in found],
    }
