"""`negsim check`: is a scenario valid, and does anything in it look like a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negsim.cli.analysis import set_option
from negsim.cli.terminal import say, say_json
from negsim.errors import ScenarioError, Severity

if TYPE_CHECKING:
    from negsim.errors import Problem

__all__ = ["check"]

_FINDINGS, _UNREADABLE = 1, 2


@click.command(short_help="Check scenarios for errors and likely slips.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@set_option
@click.option("--format", "output_format", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.pass_context
def check(ctx: click.Context, files: tuple[str, ...], overrides: tuple[str, ...], output_format: str) -> None:
    """Check scenarios: are they valid, and does anything look like a slip.

    Prints errors, warnings and notes with their place. Exit code 0: nothing but notes; 1: warnings; 2: errors, some
    file cannot be used. `negsim explain CODE` says more about each.
    """
    found = {file: _problems(file, overrides) for file in dict.fromkeys(files)}
    if output_format == "json":
        say_json(_as_data(found))
    else:
        _say_problems(found)
    ctx.exit(_exit_code([problem for problems in found.values() for problem in problems]))


def _problems(file: str, overrides: tuple[str, ...]) -> tuple[Problem, ...]:
    """Give what is wrong with a file: what keeps it from being read, or else what lint finds."""
    from negsim.checks import lint
    from negsim.scenario import load_with_places

    try:
        return lint(load_with_places(file, overrides=overrides))
    except ScenarioError as error:
        return error.problems


def _exit_code(problems: list[Problem]) -> int:
    severities = {problem.severity for problem in problems}
    if Severity.ERROR in severities:
        return _UNREADABLE
    return _FINDINGS if Severity.WARNING in severities else 0


def _counts(problems: list[Problem]) -> dict[str, int]:
    return {f"{kind}s": sum(problem.severity is kind for problem in problems) for kind in Severity}


def _say_problems(found: dict[str, tuple[Problem, ...]]) -> None:
    problems = [problem for of_file in found.values() for problem in of_file]
    for problem in problems:
        say(str(problem))
    if problems:
        say("")
    checked = f"{len(found)} file{'s' if len(found) != 1 else ''} checked"
    kinds = [_count(n, kind.removesuffix("s")) for kind, n in _counts(problems).items() if n]
    said = ", ".join(kinds) or "nothing to report"
    codes = sorted({problem.code for problem in problems})
    more = f" `negsim explain {codes[0]}` says more." if codes else ""
    say(f"{checked}: {said}.{more}")


def _count(n: int, kind: str) -> str:
    return f"{n} {kind}{'s' if n != 1 else ''}"


def _as_data(found: dict[str, tuple[Problem, ...]]) -> dict[str, Any]:
    from negsim.report.json import problem_data

    return {
        "format": "negsim.check/1",
        "files": [{"file": file, "problems": [problem_data(p) for p in of_file]} for file, of_file in found.items()],
        "counts": _counts([problem for of_file in found.values() for problem in of_file]),
    }
