"""What `negsim zone`, `negsim run` and `negsim deal` share: their options, the analysis, its output."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from negsim import __version__
from negsim.cli.options import Command, format_option, with_options
from negsim.cli.progress import counting_worlds
from negsim.cli.terminal import new_page, say, say_json
from negsim.errors import ScenarioError, UsageError
from negsim.records import dataclass

if TYPE_CHECKING:
    from negsim.bargaining import BargainResult
    from negsim.report.page import Page
    from negsim.scenario import LoadedScenario, Scenario
    from negsim.talks.result import TalksResult
    from negsim.zone import Frontier, Questions, UtilitySpace, ZoneResult

__all__ = [
    "DEFAULT_WORLDS",
    "Findings",
    "Settings",
    "analyse",
    "analysis_options",
    "common_options",
    "find_frontier_asked",
    "find_space",
    "findings_data",
    "placing",
    "print_result",
    "processors",
    "refuse_no_frontier",
    "refuse_rows_without_csv",
    "set_option",
    "write_findings",
]

DEFAULT_WORLDS = 4096
DEFAULT_POINTS = 5.0
SAMPLERS = ("lhs", "random", "sobol")
METHODS = ("auto", "enumerate", "merge")
_ROWS = ("options", "deals", "blocks", "moves", "solutions", "pressure", "durability", "frontier")


set_option = click.option(
    "--set",
    "overrides",
    multiple=True,
    metavar="PATH=VALUE",
    help="Change one thing, e.g. parties.seller.no_deal=40..60. Repeatable. `negsim show FILE --format json` lists the"
    " paths.",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """How to analyse: everything a result depends on besides the scenario, and how many jobs to use."""

    worlds: int | None = None
    precision: float | None = None
    seed: int = 0
    sampler: str = "lhs"
    jobs: int | None = None
    overrides: tuple[str, ...] = ()
    points: float = DEFAULT_POINTS
    compare_points: bool = False
    weights: tuple[str, ...] = ()
    method: str = "auto"
    frontier: str | None = None
    world: int | None = None

    def __post_init__(self) -> None:
        if self.worlds is not None and self.precision is not None:
            raise UsageError("--worlds and --precision exclude each other: a precision finds its own number of worlds")

    @property
    def frontier_parties(self) -> tuple[str, ...]:
        """The parties whose frontier is asked for, by their ids."""
        return () if self.frontier is None else tuple(name.strip() for name in self.frontier.split(","))

    @property
    def asks_frontier(self) -> bool:
        """Whether a frontier is asked for."""
        return self.frontier is not None or self.world is not None

    @property
    def n_worlds(self) -> int:
        """Worlds to draw where no precision is asked for."""
        return DEFAULT_WORLDS if self.worlds is None else self.worlds

    @property
    def questions(self) -> Questions:
        """What to ask of worlds beyond whether they have a zone."""
        from negsim.zone import Questions

        weights = dict(_weight(text) for text in self.weights)
        if len(weights) < len(self.weights):
            raise UsageError("--weight names a party twice")
        return Questions(compare_points=self.compare_points, weights=weights, points=self.points, method=self.method)


def _weight(text: str) -> tuple[str, float]:
    party, sign, number = text.partition("=")
    try:
        return party.strip(), float(number)
    except ValueError:
        hint = f"not {number.strip()!r}" if sign else "with an equals sign between them"
        raise UsageError(f"--weight {text}: a weight is PARTY=NUMBER, {hint}") from None


def _worlds_option(default: int | str) -> Callable[[Command], Command]:
    return click.option(
        "--worlds", type=click.IntRange(min=1), metavar="N", help=f"Worlds to draw.  [default: {default}]"
    )


_drawing_options = (
    click.option(
        "--seed",
        type=click.IntRange(min=0),
        metavar="N",
        default=0,
        show_default=True,
        help="Another seed draws other worlds.",
    ),
    click.option(
        "--sampler",
        type=click.Choice(SAMPLERS),
        default="lhs",
        show_default=True,
        help="How to draw: Latin hypercube blocks, independent draws, Sobol' points.",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Processes to use at most; the result is the same.  [default: one a processor]",
    ),
    set_option,
)


_frontier_options = (
    click.option(
        "--frontier",
        metavar="PARTY,PARTY",
        help="Show what two parties can both attain, whatever the others say.",
    ),
    click.option(
        "--world",
        type=click.IntRange(min=0),
        metavar="N",
        help="Show the Pareto frontier in world N, counted from 0: of --frontier, or of all signatories.",
    ),
)


def common_options(default_worlds: int | str = DEFAULT_WORLDS) -> Callable[[Command], Command]:
    """Give a command the options of whatever goes through a number of worlds, so many unless it is told otherwise."""
    return lambda command: with_options(command, _worlds_option(default_worlds), *_drawing_options)


def analysis_options(command: Command) -> Command:
    """Give a command the options of a zone analysis."""
    return with_options(
        command,
        _worlds_option(DEFAULT_WORLDS),
        click.option(
            "--precision",
            type=click.FloatRange(0.0005, 0.5, max_open=True),
            metavar="HALF-WIDTH",
            help="Draw worlds until the interval of P(zone) is this narrow, e.g. 0.01.",
        ),
        *_drawing_options,
        *_frontier_options,
        click.option(
            "--points",
            type=click.FloatRange(0, 100, min_open=True),
            default=DEFAULT_POINTS,
            show_default=True,
            metavar="N",
            help="How far to lower each party's no-deal value to see what it blocks.",
        ),
        click.option(
            "--weight",
            "weights",
            multiple=True,
            metavar="PARTY=N",
            help="Bargaining power of a signatory in the Nash solution; 1 if not given. Repeatable.",
        ),
        click.option(
            "--compare-points",
            is_flag=True,
            help="Add what weighs points of one party against another's: the egalitarian and the utilitarian solution,"
            " the least total shortfall.",
        ),
        click.option(
            "--method",
            type=click.Choice(METHODS),
            default="auto",
            show_default=True,
            help="How to find zones: test every outcome, or merge issues into efficient combinations; auto merges where"
            " outcomes are too many.",
        ),
        format_option(("text", "json", "csv"), "`negsim schema zone` describes"),
        click.option(
            "--rows",
            type=click.Choice(_ROWS),
            help="What a row of CSV is: an option of an issue, a robust deal, a red line or no-deal value and what it"
            " blocks, a quantity and what moves with it, an option and how often a solution chooses it, pressure on"
            " parties and what it opens, a robust deal and whether it holds, a point of the frontier."
            "  [default: options]",
        ),
    )


def analyse(loaded: LoadedScenario, settings: Settings) -> ZoneResult:
    """Analyse a scenario, with a progress bar where someone watches."""
    from negsim.zone import analyse_zone

    with placing(loaded), counting_worlds() as on_progress:
        return analyse_zone(
            loaded.scenario,
            n_worlds=settings.n_worlds,
            precision=settings.precision,
            seed=settings.seed,
            sampler=settings.sampler,
            n_jobs=settings.jobs or processors(),
            on_progress=on_progress,
            questions=settings.questions,
        )


def find_frontier_asked(loaded: LoadedScenario, settings: Settings, n_worlds: int) -> Frontier | None:
    """Find the frontier, if it was asked for, in the worlds of an analysis, which a precision may have settled."""
    from negsim.zone import find_frontier

    if not settings.asks_frontier:
        return None
    with placing(loaded), counting_worlds() as on_progress:
        return find_frontier(
            loaded.scenario,
            settings.frontier_parties,
            world=settings.world,
            questions=settings.questions,
            n_worlds=n_worlds,
            seed=settings.seed,
            sampler=settings.sampler,
            n_jobs=settings.jobs or processors(),
            on_progress=on_progress,
        )


def find_space(loaded: LoadedScenario, settings: Settings, result: ZoneResult) -> UtilitySpace | None:
    """Find where deals lie by what they are worth to each party, in the first worlds of an analysis."""
    from negsim.zone import find_utility_space

    with placing(loaded):
        return find_utility_space(
            loaded.scenario,
            result.deals,
            n_worlds=result.n_worlds,
            seed=settings.seed,
            sampler=settings.sampler,
            method=settings.method,
            n_jobs=settings.jobs or processors(),
        )


def refuse_no_frontier(loaded: LoadedScenario, settings: Settings, rows: str | None) -> None:
    """Refuse a frontier of which nothing can be found, and rows of one that was not asked for, before any work."""
    from negsim.zone import check_frontier

    if settings.asks_frontier:
        n_worlds = None if settings.precision is not None else settings.n_worlds
        check_frontier(loaded.scenario, settings.frontier_parties, settings.world, n_worlds)
    elif rows == "frontier":
        raise UsageError("--rows frontier needs --frontier PARTY,PARTY, --world N or both")


@contextmanager
def placing(loaded: LoadedScenario) -> Iterator[None]:
    """Give problems that only the analysis finds their place in the file."""
    try:
        yield
    except ScenarioError as error:
        raise loaded.located(error) from None


def processors() -> int:
    """Count the processors this process may use, where the system can tell."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def refuse_rows_without_csv(output_format: str, rows: str | None) -> None:
    """Refuse a choice of rows where there are none, before any work."""
    if rows and output_format != "csv":
        raise UsageError(f"--rows {rows} needs --format csv: {output_format} has no rows to choose")


@dataclass(frozen=True, slots=True)
class Findings:
    """What `negsim zone` or `negsim run` found: the zone, a frontier if asked for, what came of bargaining and talks.

    ``bargained`` tells whether these were tried at all, and ``space`` looked for, as `negsim run` does; nobody bargains
    where fewer than two sign, and there are no talks without a calendar.
    """

    zone: ZoneResult
    frontier: Frontier | None = None
    bargaining: BargainResult | None = None
    talks: TalksResult | None = None
    bargained: bool = False
    space: UtilitySpace | None = None


def findings_data(found: Findings, scenario: Scenario) -> dict[str, Any]:
    """Give findings as data for JSON."""
    from negsim.report.json import zone_data
    from negsim.report.json_bargain import bargaining_data
    from negsim.report.json_talks import calendar_data
    from negsim.report.json_utility_space import utility_space_data

    data = zone_data(found.zone, scenario, __version__, found.frontier)
    if not found.bargained:
        return data
    return data | {
        "bargaining": bargaining_data(found.bargaining),
        "talks": calendar_data(found.talks),
        "utility_space": utility_space_data(found.space),
    }


def write_findings(page: Page, found: Findings, scenario: Scenario) -> None:
    """Put findings on a page."""
    from negsim.report.text_zone import write_zone

    write_zone(page, found.zone, scenario, __version__, found.frontier, found.bargaining, found.talks)


def print_result(found: Findings, scenario: Scenario, output_format: str, rows: str | None) -> None:
    """Print findings in the form asked for."""
    if output_format == "json":
        say_json(findings_data(found, scenario))
    elif output_format == "csv":
        from negsim.report.csv import ROWS, frontier_csv

        if rows == "frontier" and found.frontier is not None:
            say(frontier_csv(found.frontier))
        else:
            say(ROWS[rows or "options"](found.zone))
    else:
        page = new_page()
        write_findings(page, found, scenario)
        say(page.text())
