"""`negsim check`: is a scenario valid, does anything in it look like a slip, and does it do what its author expects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negsim import __version__
from negsim.cli.analysis import set_option
from negsim.cli.terminal import say, say_json
from negsim.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from negsim.checks.checking import Checking
    from negsim.checks.file_report import FileReport

__all__ = ["check"]

_FINDINGS, _UNREADABLE = 1, 2
_FOLDER = "counterexamples"


@click.command(short_help="Check scenarios: validity, slips, and what their authors expect.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@set_option
@click.option(
    "--checks",
    multiple=True,
    metavar="NAME",
    help="Check this alone: lint, expect, expect:ID, theorem, theorem:ID, coverage, replay; * is anything. Repeatable.",
)
@click.option("--exclude", multiple=True, metavar="NAME", help="Leave this out. Repeatable.")
@click.option("--questions", is_flag=True, help="Ask what may go either way: a later deadline, a harder line.")
@click.option("--worlds", type=click.IntRange(1), help="Worlds to look at, at most, for claims on all of them. [65536]")
@click.option("--max-examples", type=click.IntRange(0), help="Worlds to search, for each claim on every world. [500]")
@click.option("--max-time", type=click.FloatRange(0), metavar="SECONDS", help="Search no longer, for each file.")
@click.option("--max-failures", type=click.IntRange(1), help="Stop after so many expectations that do not hold.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Another seed looks elsewhere.")
@click.option("--save", "folder", default=_FOLDER, show_default=True, metavar="FOLDER", help="For counterexamples.")
@click.option("--no-save", is_flag=True, help="Write no counterexamples.")
@click.option(
    "--format",
    "--report",
    "output_format",
    type=click.Choice(("text", "json", "junit")),
    default="text",
    show_default=True,
    help="`negsim schema check` describes json.",
)
@click.pass_context
def check(ctx: click.Context, /, files: tuple[str, ...], output_format: str, **options: Any) -> None:
    """Check scenarios: are they valid, does anything look like a slip, do they do what they are expected to.

    Prints errors, warnings and notes with their place, and a verdict on each claim under `expect`. What breaks a claim
    is written to a file, which can be checked again.

    Exit code 0: nothing but notes; 1: warnings, or expectations that do not hold; 2: some file cannot be used. `negsim
    explain CODE` says more about each.
    """
    from negsim.checks.checking import check_files

    checking = _checking(options)
    reports = list(check_files(tuple(dict.fromkeys(files)), checking))
    _say(reports, output_format, checking.seed)
    if reports[-1].stopped:
        raise KeyboardInterrupt
    ctx.exit(_exit_code(reports))


def _checking(options: Mapping[str, Any]) -> Checking:
    from negsim.checks.checking import Checking

    max_time: float | None = options["max_time"]
    return Checking(
        checks=options["checks"],
        exclude=options["exclude"],
        overrides=options["overrides"],
        seed=options["seed"],
        most_worlds=options["worlds"],
        max_examples=options["max_examples"],
        max_seconds=float("inf") if max_time is None else max_time,
        max_failures=options["max_failures"],
        questions=options["questions"],
        folder="" if options["no_save"] else options["folder"],
    )


def _say(reports: list[FileReport], output_format: str, seed: int) -> None:
    if output_format == "json":
        from negsim.report.json_check import check_data

        say_json(check_data(reports, __version__, seed, _hypothesis()))
    elif output_format == "junit":
        from negsim.report.junit import junit_text

        say(junit_text(reports))
    else:
        from negsim.report.text_check import check_text

        say(check_text(reports))


def _hypothesis() -> str | None:
    """Tell which version of Hypothesis leads the search, without loading it."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("hypothesis")
    except PackageNotFoundError:
        return None


def _exit_code(reports: list[FileReport]) -> int:
    if any(not report.usable for report in reports):
        return _UNREADABLE
    severities = {problem.severity for report in reports for problem in report.all_problems}
    return _FINDINGS if severities & {Severity.ERROR, Severity.WARNING} else 0
