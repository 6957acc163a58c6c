"""`negsim results`: what came of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negsim import __version__
from negsim.cli.options import Share, format_option
from negsim.cli.terminal import new_page, say, say_json
from negsim.errors import UsageError

if TYPE_CHECKING:
    from negsim.study import ReadStudy
    from negsim.study.policies import PolicyComparison

__all__ = ["results", "warn_of_cells_left"]


class Percentile(click.FloatRange):
    """A low percentile: above 0, up to 50."""

    def __init__(self) -> None:
        super().__init__(0, 50, min_open=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the number; what is none is refused."""
        if str(value).strip().lower().lstrip("+-") == "nan":
            self.fail(f"{str(value)!r} is not a percentile.", param, ctx)
        return super().convert(value, param, ctx)


def warn_of_cells_left(n_left: int, n_cells: int) -> None:
    """Say on stderr that an unfinished study may be lopsided: its cells are done in the order of the design."""
    if n_left:
        said = "they are done in the order of the design, so that those done may be all from one corner of it"
        click.echo(f"Warning: {n_left:,} of {n_cells:,} cells are still to be done; {said}.", err=True)


@click.command(short_help="Show what came of a study.")
@click.argument("study")
@click.option(
    "--of",
    metavar="NAME",
    default="",
    help="Which probability to look at: p_zone, p_agreement or talks.p_agreement.  [default: the first]",
)
@click.option(
    "--at-least",
    type=Share(),
    default=0.5,
    show_default=True,
    metavar="P",
    help="What is good enough of a policy.",
)
@click.option(
    "--percentile",
    type=Percentile(),
    default=10.0,
    show_default=True,
    metavar="N",
    help="Which low percentile to give of each policy.",
)
@format_option(("text", "json", "csv", "parquet"), "`negsim schema study` describes")
@click.option("--out", metavar="FILE", help="Where to write Parquet to.")
def results(study: str, of: str, at_least: float, percentile: float, output_format: str, out: str | None) -> None:
    """Show how the results of a study run, what they go along with, how its policies do, and what failed.

    STUDY is a folder that `negsim sweep` made, finished or not. CSV and Parquet have a row a cell.
    """
    from negsim.study.reading import digest_of, read_rows, read_study
    from negsim.study.summary import summarise_study

    if (output_format == "parquet") != (out is not None):
        raise UsageError("--format parquet goes with --out FILE, and --out with nothing else")
    read = read_study(study)
    warn_of_cells_left(read.n_planned, read.n_cells)
    if output_format == "csv":
        from negsim.report.csv_study import study_csv

        say(study_csv(read, read_rows(study)))
    elif output_format == "parquet" and out is not None:
        _write_parquet(read, out)
    else:
        found, comparison = summarise_study(read, of), _comparison(read, of, at_least, percentile)
        if output_format == "json":
            from negsim.report.json_study import study_data

            say_json(study_data(read, found, comparison, read_rows(study), digest_of(study), __version__))
            return
        from negsim.report.text_study import write_study

        page = new_page()
        write_study(page, read, found, comparison)
        say(page.text())


def _comparison(read: ReadStudy, of: str, at_least: float, percentile: float) -> PolicyComparison | None:
    from negsim.study.policies import compare_policies

    if len(read.sweep.policies) < 2:
        return None
    return compare_policies(read, of, threshold=at_least, low=percentile / 100)


def _write_parquet(read: ReadStudy, out: str) -> None:
    from pathlib import Path

    from negsim.study.parts import part_bytes, write_durably
    from negsim.study.reading import columns_of
    from negsim.study.running.damage import telling_what_is_wrong

    content = part_bytes(columns_of(read.folder))
    target = Path(out)
    if not target.name or target.is_dir():
        raise UsageError(f"--out {out} is a folder; name a file")
    if not target.parent.is_dir():
        raise UsageError(f"--out {out}: there is no folder {target.parent}")
    with telling_what_is_wrong(target):
        write_durably(target, content)
    click.echo(f"Wrote {read.n_cells:,} rows to {out}.")
