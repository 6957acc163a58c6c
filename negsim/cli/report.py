"""`negsim report`: a page with pictures, of a run or a study that was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negsim import __version__
from negsim.cli.reporting import (
    REPORT,
    Drawn,
    draw_result,
    open_in_browser,
    page_of,
    picture_options,
    read_parties,
    refuse_plots_in_a_file,
    write_plots,
)
from negsim.cli.saved_runs import read_run, telling_of_damage
from negsim.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from negsim.study.reading import ReadStudy

__all__ = ["report"]


@click.command(short_help="Write a page with pictures of a run or a study.")
@click.argument("saved", metavar="RUN|STUDY")
@click.option("--out", metavar="FILE", help="Where to write the page.  [default: report.html in RUN or STUDY]")
@click.option(
    "--parties", metavar="PARTY,PARTY", help="Whose worth of deals to show.  [default: the first two that sign]"
)
@picture_options("--format", "--plot-format")
def report(
    saved: str, *, out: str | None, parties: str | None, opens: bool, plots: str | None, plot_format: str
) -> None:
    """Write one HTML page with pictures, tables and CSV, which needs no network.

    RUN is a folder that `negsim run` saved, STUDY one of `negsim sweep`. Nothing is computed anew. The page can be
    printed, and the same result gives the same bytes.
    """
    from pathlib import Path

    refuse_plots_in_a_file(plots)
    folder = Path(saved)
    target = _target(folder, out)
    drawn = _drawn(folder, parties)
    target.write_bytes(page_of(drawn))
    click.echo(f"Wrote {target}.")
    if plots is not None:
        write_plots(drawn, plots, plot_format)
    if opens:
        open_in_browser(target)


def _target(folder: Path, out: str | None) -> Path:
    """Say where the page goes, and refuse what is no folder of a result, or no place for a file."""
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "does not exist"
        raise UsageError(f"{folder} {what}; name a folder that `negsim run` or `negsim sweep` made")
    target = type(folder)(out) if out else folder / REPORT
    if target.is_dir():
        raise UsageError(f"--out {out} is a folder; name a file")
    if not target.parent.is_dir():
        raise UsageError(f"--out {out}: there is no folder {target.parent}")
    return target


def _drawn(folder: Path, parties: str | None) -> Drawn:
    from negsim.study.running.store import is_study

    if is_study(folder):
        if parties is not None:
            raise UsageError("--parties goes with a run: a study does not keep what deals are worth")
        return _of_study(folder)
    run = read_run(folder)
    pair = read_parties(parties, run.scenario)
    with telling_of_damage(folder / "result.json"):
        return draw_result(run.document, run.scenario, run.text, run.id, pair)


def _of_study(folder: Path) -> Drawn:
    """Draw the pictures of a study, as far as it is done."""
    from negsim.cli.results import warn_of_cells_left
    from negsim.report.html.run_report import scenario_hash
    from negsim.report.html.study_report import report_of_study
    from negsim.report.json_study import study_data
    from negsim.report.pictures.study_source import StudySource
    from negsim.report.pictures.table import draw_study
    from negsim.scenario.writer import write
    from negsim.study.policies import compare_policies
    from negsim.study.reading import digest_of, read_rows, read_study
    from negsim.study.summary import summarise_study

    read = read_study(folder)
    if not any(read.table.done):
        raise UsageError(f"{folder}: no cell of this study is done yet; go on with negsim sweep --resume {folder}")
    warn_of_cells_left(read.n_planned, read.n_cells)
    comparison = compare_policies(read) if len(read.sweep.policies) > 1 else None
    document = study_data(read, summarise_study(read), comparison, read_rows(folder), digest_of(folder), __version__)
    source = StudySource(document, _sensitivity(read), read.scenario)
    pictures, absent = draw_study(source)
    hashed = scenario_hash(write(read.scenario))
    return Drawn(pictures, absent, report_of_study(source, pictures, absent, scenario_hash=hashed))


def _sensitivity(read: ReadStudy) -> dict[str, Any] | None:
    """Find what the cells tell of what the result hangs on; nothing where they are too few."""
    from negsim.report.json_sensitivity import sensitivity_data
    from negsim.study.sensitivity.analysis import study_sensitivity

    try:
        return sensitivity_data(study_sensitivity(read.table), read.scenario, __version__)
    except UsageError:
        return None
