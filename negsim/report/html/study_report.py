"""What the page of a study says, from its document and scenario."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.report.html.page import Report
from negsim.report.html.run_report import sources_of
from negsim.report.phrases import NO_FORECAST, SAMPLERS
from negsim.report.pictures.picture import Absent, Picture
from negsim.report.pictures.study_source import StudySource
from negsim.report.study_names import DESIGNS
from negsim.report.words import count, exact_percent

__all__ = ["report_of_study"]


def report_of_study(
    source: StudySource, pictures: Sequence[Picture], absent: Sequence[Absent], *, scenario_hash: str
) -> Report:
    """Put together what the page of a study says."""
    document = source.document
    settings, cells = document["settings"], document["cells"]
    line = next((one for one in document["headlines"] if one["name"] == source.of), None)
    title = f"{source.what} is known in none of the cells"
    if line is not None:
        ends = [f"{exact_percent(line[end], 0)} %" for end in ("low", "high", "median")]
        title = (
            f"{source.what} goes from {ends[0]} to {ends[1]}, {ends[2]} in the middle: it is above one half in"
            f" {line['n_above_half']:,} of {count(line['n'], 'cell')}"
        )
    return Report(
        subject=f"A study of: {source.scenario.title}",
        title=title,
        lead=tuple(_lead(source)),
        pictures=tuple(pictures),
        absent=tuple(absent),
        deals=None,
        caution=NO_FORECAST,
        facts=(
            ("Scenario", source.scenario.id),
            ("Scenario hash", scenario_hash),
            ("Digest", document["digest"]),
            ("Cells", f"{cells['done']:,} done, {cells['failed']:,} failed, {cells['left']:,} left"),
            ("Worlds", f"{settings['worlds']:,} in each cell, {SAMPLERS[settings['sampler']]}"),
            ("Seed", str(settings["seed"])),
            ("Version", f"negsim {document['made_with']['negsim']}"),
            ("Intervals", "95 %; they cover the error of sampling, and nothing that is assumed"),
        ),
        sources=sources_of(source.scenario),
        version=document["negsim"],
    )


def _lead(source: StudySource) -> list[str]:
    document = source.document
    settings, cells = document["settings"], document["cells"]
    policies = settings["policies"]
    under = f", each under {len(policies)} policies" if policies else ""
    design = DESIGNS[settings["design"]]
    said = [f"{count(cells['planned'], 'cell')}: {design}{under}."]
    if cells["left"]:
        said.append(
            f"The study is not finished: {cells['left']:,} cells are still to be done, and those done may be all from"
            " one corner of it. Go on with negsim sweep --resume."
        )
    if cells["failed"]:
        stand = "stands" if cells["failed"] == 1 else "stand"
        said.append(f"{count(cells['failed'], 'cell')} failed and {stand} in no picture.")
    return [*said, NO_FORECAST]
