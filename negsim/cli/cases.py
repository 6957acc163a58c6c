"""`negsim cases`: the cases that come with negsim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negsim import __version__
from negsim.cli.new import check_name
from negsim.cli.options import format_option
from negsim.cli.terminal import new_page, say, say_json
from negsim.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["cases"]


@click.group(short_help="List the cases that come with negsim, and copy one.", invoke_without_command=True)
@format_option(("text", "json"), "`negsim schema cases` describes")
@click.pass_context
def cases(ctx: click.Context, output_format: str) -> None:
    """List the cases that come with negsim: scenarios with a teaching note."""
    if ctx.invoked_subcommand is not None:
        return
    from negsim.teaching.library import cases as all_cases

    found = all_cases()
    if output_format == "json":
        from negsim.report.json_cases import cases_data

        say_json(cases_data(found, __version__))
        return
    from negsim.report.text_cases import write_cases

    page = new_page()
    write_cases(page, found)
    say(page.text())


@cases.command(short_help="Print the teaching note of a case.")
@click.argument("name")
def show(name: str) -> None:
    """Print the teaching note of the case NAME: aims, how to run it, questions, what the analysis shows, debrief."""
    from negsim.teaching.library import find_case

    say(find_case(name).note)


@cases.command(short_help="Write the scenario of a case to a file.")
@click.argument("name")
@click.option("--out", metavar="FILE", help="File to write.  [default: NAME.scenario.yaml]")
@click.option("--as", "scenario_id", metavar="ID", help="The id that it gets, to make it your own.")
def copy(name: str, out: str | None, scenario_id: str | None) -> None:
    """Write the scenario of the case NAME, comments and all, and beside it its texts in other languages, if there are.

    No file is ever overwritten.
    """
    from pathlib import Path

    from negsim.teaching.library import case_text, case_translations, find_case
    from negsim.teaching.texts import texts_file

    if scenario_id is not None:
        check_name(scenario_id)
    case = find_case(name)
    path = Path(out or f"{scenario_id or case.name}.scenario.yaml")
    texts = {Path(texts_file(str(path), language)): text for language, text in case_translations(case.name).items()}
    _write_new({path: case_text(case.name, scenario_id or ""), **texts})
    click.echo(f"Wrote {path}. Next: negsim show {path} && negsim zone {path}")
    if texts:
        click.echo(f"Beside it, for sheets in other languages: {', '.join(map(str, texts))}")
    click.echo(f"For a class: negsim cases show {case.name} && negsim sheets {path} --out sheets")


def _write_new(files: Mapping[Path, str]) -> None:
    """Write files of which none is there yet; none is written if one is."""
    for path in files:
        if path.exists():
            raise UsageError(f"{path} exists already; choose another --out")
    for path, text in files.items():
        try:
            with path.open("x", encoding="utf-8", newline="\n") as target:
                target.write(text)
        except FileExistsError:
            raise UsageError(f"{path} exists already; choose another --out") from None
