"""The cells of a study as CSV, one row each."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.report.csv import to_csv
from negsim.study.reading import ReadStudy, StudyRow

__all__ = ["study_csv"]


def study_csv(study: ReadStudy, rows: Sequence[StudyRow]) -> str:
    """Write one row per cell: its number, what it set, how it went, and its results."""
    inputs = [factor.path for factor in study.table.factors]
    figures = list(study.table.results)
    return to_csv(
        ["cell", *inputs, "status", "attempts", "error", *figures],
        [
            {
                "cell": row.cell,
                **row.inputs,
                "status": row.status,
                "attempts": row.attempts,
                "error": row.error,
                **{name: "" if value is None else value for name, value in row.results.items()},
            }
            for row in rows
        ],
    )
