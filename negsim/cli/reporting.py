"""What `negsim run` and `negsim report` share: a page written whole, pictures and their CSV as files, a browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from negsim.cli.options import Command, with_options
from negsim.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from negsim.report.html.page import Report
    from negsim.report.pictures.picture import Absent, Picture
    from negsim.scenario import Scenario

__all__ = [
    "REPORT",
    "Drawn",
    "draw_result",
    "open_in_browser",
    "page_of",
    "picture_options",
    "read_parties",
    "refuse_plots_in_a_file",
    "write_plots",
]

REPORT = "report.html"
"""What the page of a run or a study is called in its folder."""

FORMATS = ("svg", "png")


def picture_options(*format_names: str) -> Callable[[Command], Command]:
    """Give a command the options of pictures as files; what they are drawn as goes by these names."""
    return lambda command: with_options(
        command,
        click.option("--open", "opens", is_flag=True, help="Show the page in a browser."),
        click.option("--plots", metavar="DIR", help="Write each picture, and its figures as CSV, into a folder."),
        click.option(
            *format_names,
            "plot_format",
            type=click.Choice(FORMATS),
            default="svg",
            show_default=True,
            help="What --plots draws: SVG for papers, PNG for slides.",
        ),
    )


class Drawn:
    """The pictures of a result, those left out, and the page that holds them."""

    def __init__(self, pictures: Sequence[Picture], absent: Sequence[Absent], report: Report) -> None:
        self.pictures, self.absent, self.report = tuple(pictures), tuple(absent), report


def draw_result(
    document: dict[str, Any], scenario: Scenario, text: str, run_id: str, parties: tuple[str, ...] = ()
) -> Drawn:
    """Draw the pictures of a run.

    Parameters
    ----------
    document : dict
        The result.
    scenario, text : Scenario, str
        What it is of, and that as it is saved.
    run_id : str
    parties : tuple of str
        The two of the utility space; () for the first two with a stake.
    """
    from negsim.report.html.run_report import report_of_run
    from negsim.report.pictures.source import Source
    from negsim.report.pictures.table import draw_run

    source = Source(document, scenario, parties)
    pictures, absent = draw_run(source)
    return Drawn(pictures, absent, report_of_run(source, pictures, absent, run_id=run_id, scenario_text=text))


def page_of(drawn: Drawn) -> bytes:
    """Write the page of a result."""
    from negsim.report.html.page import page_html

    return page_html(drawn.report).encode("utf-8")


def read_parties(text: str | None, scenario: Scenario) -> tuple[str, ...]:
    """Read which two parties a picture is of.

    Raises
    ------
    UsageError
        If they are not two, or one is unknown or has nothing at stake.
    """
    from negsim.scenario.words import did_you_mean

    if text is None:
        return ()
    names = tuple(name.strip() for name in text.split(","))
    ids = [party.id for party in scenario.parties if party.no_deal is not None]
    known = [party.id for party in scenario.parties]
    for name in names:
        if name in known and name not in ids:
            raise UsageError(f"--parties {text}: {name} has nothing at stake, and so no utility to show")
        if name not in known:
            raise UsageError(f"--parties {text}: there is no party {name!r}; {did_you_mean(name, known)}")
    if len(names) != 2 or names[0] == names[1]:
        raise UsageError(f"--parties {text}: the picture is of two different parties; known: {', '.join(ids)}")
    return names


def refuse_plots_in_a_file(plots: str | None) -> None:
    """Refuse a folder for pictures that is a file, before any work."""
    from pathlib import Path

    if plots is not None and Path(plots).exists() and not Path(plots).is_dir():
        raise UsageError(f"--plots {plots} is a file; name a folder")


def write_plots(drawn: Drawn, folder: str, plot_format: str) -> None:
    """Write each picture and its figures as CSV into a folder, over older ones of the same name."""
    from pathlib import Path

    from negsim.report.pictures.rendering import png_bytes, svg_file

    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for one in drawn.pictures:
        if plot_format == "png":
            content = png_bytes(one.spec, one.title)
        else:
            content = svg_file(one.spec, one.name, one.title, one.description).encode("utf-8")
        (target / f"{one.name}.{plot_format}").write_bytes(content)
        (target / f"{one.name}.csv").write_bytes(one.csv().encode("utf-8"))
    n = len(drawn.pictures)
    click.echo(f"Wrote {n} picture{'' if n == 1 else 's'}, each with its CSV, into {folder}.", err=True)
    for left_out in drawn.absent:
        click.echo(left_out.why, err=True)


def open_in_browser(page: Path) -> None:
    """Show a page in a browser, or say that there is none."""
    import webbrowser

    if not webbrowser.open(page.resolve().as_uri()):
        click.echo(f"No browser was found; open {page} in one.", err=True)
