"""What checking found, as JSON: ``negsim.check/1``."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from negsim.errors import Severity, format_path
from negsim.report.json import place_data, problem_data

if TYPE_CHECKING:
    from negsim.checks.file_report import FileReport, Judged
    from negsim.checks.judging.verdicts import Figure
    from negsim.checks.replaying import Replay

__all__ = ["check_data"]


def check_data(reports: Sequence[FileReport], version: str, seed: int, hypothesis: str | None) -> dict[str, Any]:
    """Put what was found in some files into plain data, with the versions of negsim and Hypothesis that it is by."""
    problems = [problem for report in reports for problem in report.all_problems]
    return {
        "format": "negsim.check/1",
        "negsim": version,
        "seed": seed,
        "hypothesis": hypothesis,
        "files": [_file_data(report) for report in reports],
        "counts": {f"{kind}s": sum(problem.severity is kind for problem in problems) for kind in Severity},
    }


def _file_data(report: FileReport) -> dict[str, Any]:
    return {
        "file": report.file,
        "usable": report.usable,
        "problems": [problem_data(problem) for problem in report.all_problems],
        "expectations": [_judged_data(judged) for judged in report.judged],
        "left_out": report.n_left_out,
        "stopped": report.stopped,
        "theorems": [
            {
                "id": one.theorem,
                "verdict": one.verdict.value,
                "cases": one.n_cases,
                "detail": one.detail,
                "where": one.where,
            }
            for one in report.theorems
        ],
        "coverage": [
            {
                "path": format_path(one.path),
                "worlds": one.n_worlds,
                "binds": one.n_bound,
                "decides": one.n_decided,
                "reason": one.reason,
            }
            for one, _ in report.covered
        ],
        "questions": [
            {
                "question": one.question,
                "subject": one.subject,
                "verdict": one.verdict.value,
                "worlds": one.n_cases,
                "yes": one.n_yes,
                "example": one.example,
                "detail": one.detail,
            }
            for one in report.answers
        ],
        "replay": None if report.replay is None else _replay_data(report.replay),
    }


def _judged_data(judged: Judged) -> dict[str, Any]:
    judgement, made = judged.judgement, judged.counterexample
    needed = judgement.n_needed
    return {
        "id": judgement.expectation.id,
        "that": judgement.expectation.claim.text,
        "severity": "warn" if judgement.expectation.warns else "error",
        "because": judgement.expectation.because,
        "place": None if judged.place is None else place_data(judged.place),
        "verdict": judgement.verdict.value,
        "kind": judgement.kind.value,
        "scope": judgement.scope,
        "cases": judgement.n_cases,
        "figures": [_figure_data(figure) for figure in judgement.figures],
        "worlds_needed": None if needed is None or not isfinite(needed) else int(needed),
        "reason": judgement.reason,
        "counterexample": None
        if judgement.broken is None
        else {
            "world": {format_path(factor.path): value for factor, value in judgement.broken.moved},
            "shown": judgement.broken.shown,
            "edits": [
                {
                    "path": format_path(edit.path),
                    "place": None if place is None else place_data(place),
                    "from": edit.stood,
                    "to": edit.value,
                }
                for edit, place in (zip(made.edits, made.places, strict=True) if made else ())
            ],
            "file": made.path if made and made.written else None,
            "not_saved": made.unwritten if made else "",
        },
    }


def _figure_data(figure: Figure) -> dict[str, Any]:
    bounds = figure.bounds
    return {
        "result": figure.text,
        "at": figure.at,
        "estimate": _finite(bounds.estimate),
        "low": _finite(bounds.low),
        "high": _finite(bounds.high),
    }


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


def _replay_data(replay: Replay) -> dict[str, Any]:
    return {"of": replay.of, "expect": replay.expect, "stands": replay.stands, "reason": replay.reason}
