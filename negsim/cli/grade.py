"""`negsim grade`: the deals of a class scored for every role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negsim import __version__
from negsim.cli.options import format_option
from negsim.cli.terminal import new_page, say, say_json
from negsim.errors import ScenarioError, UsageError

if TYPE_CHECKING:
    from negsim.teaching.grading import Grading

__all__ = ["grade"]

FOUND_BAD_ROWS = 1


@click.command(short_help="Score the deals of a class for every role.")
@click.argument("forms")
@click.argument("file")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="That of the sheets.")
@click.option("--names", is_flag=True, help="Keep the columns of FORMS that are neither the group nor an issue.")
@click.option("--bom", is_flag=True, help="With csv: begin with a byte order mark, which some spreadsheets need.")
@click.option("--plot", metavar="FILE", help="Draw the class as well, into an .svg or .png.")
@click.option(
    "--roles", nargs=2, metavar="ROLE ROLE", help="With --plot: which two; the first two who sign if left out."
)
@format_option(("text", "json", "csv"), "A picture of the class is drawn from")
def grade(  # each is an option
    forms: str,
    file: str,
    seed: int,
    output_format: str,
    plot: str | None,
    roles: tuple[str, str] | None,
    *,
    names: bool,
    bom: bool,
) -> None:
    """Score the deals of a class, and hold them against what there was to be had.

    FORMS is a table of values between commas, semicolons or tabs: a row for each group, a column `group`, and one for
    each issue, with options by id or title. Where there was no deal, write: no deal. FILE is the game that was played,
    instructor/game.scenario.yaml of the sheets; or the scenario, with the seed of the sheets.

    Rows that cannot be read are named, the others scored; the exit code is 1 then.
    """
    from negsim.report.text_grade import bad_row_text

    if bom and output_format != "csv":
        raise UsageError("--bom goes with --format csv")
    if roles and not plot:
        raise UsageError("--roles goes with --plot FILE")
    grading = _grade(forms, file, seed)
    if plot:
        _draw(grading, plot, roles)
    if output_format == "json":
        from negsim.report.json_grade import grade_data

        say_json(grade_data(grading, __version__, names=names))
    elif output_format == "csv":
        from negsim.report.csv_grade import grade_csv

        say(grade_csv(grading, names=names, bom=bom))
        for row in grading.bad:
            click.echo(f"{forms}, {bad_row_text(row)}", err=True)
    else:
        from negsim.report.text_grade import write_grade

        page = new_page()
        write_grade(page, grading, __version__, names=names)
        say(page.text())
    if grading.bad:
        raise click.exceptions.Exit(FOUND_BAD_ROWS)


def _draw(grading: Grading, plot: str, roles: tuple[str, str] | None) -> None:
    """Draw the class by what its deals are worth to two roles."""
    from negsim.report.json_grade import grade_data
    from negsim.report.pictures.class_space import draw_class
    from negsim.report.pictures.rendering import png_bytes, svg_file

    if not plot.endswith((".svg", ".png")):
        raise UsageError(f"--plot {plot}: the name must end in .svg or .png")
    pair = _pair(grading, roles)
    picture = draw_class(grade_data(grading, __version__), pair)
    if plot.endswith(".png"):
        drawn = png_bytes(picture.spec, picture.title)
    else:
        drawn = svg_file(picture.spec, picture.name, picture.title, picture.description).encode("utf-8")
    with open(plot, "wb") as stream:
        stream.write(drawn)


def _pair(grading: Grading, roles: tuple[str, str] | None) -> tuple[str, str]:
    """Choose two roles that count points."""
    from negsim.scenario.words import did_you_mean

    tables = grading.analysis.tables
    counting = [name for name, table in tables.items() if table.walk_away is not None and not table.actor.ratifies]
    for role in roles or ():
        if role not in counting:
            raise UsageError(f"--roles: {role!r} is no role that counts points; {did_you_mean(role, counting)}")
    if roles and roles[0] == roles[1]:
        raise UsageError(f"--roles: {roles[0]!r} is named twice; a picture is of two")
    signing = [name for name in grading.analysis.parties if name in counting]
    others = [name for name in counting if name not in signing]
    if len(counting) < 2:
        raise UsageError("--plot: there are not two roles that count points")
    first, second, *_ = roles or (*signing, *others)
    return first, second


def _grade(forms: str, file: str, seed: int) -> Grading:
    from negsim.model.structure import compile_structure
    from negsim.scenario import load_with_places
    from negsim.teaching.analysis import analyse_game
    from negsim.teaching.forms import decoded, read_forms
    from negsim.teaching.game import fixed_game
    from negsim.teaching.grading import grade as score

    loaded = load_with_places(file)
    with open(forms, "rb") as stream:
        text = decoded(stream.read(), forms)
    game = fixed_game(loaded, seed)
    try:
        structure = compile_structure(game.scenario)
        read = read_forms(text, game.scenario, structure, forms)
        return score(read, game.scenario, analyse_game(game.scenario), seed=game.seed)
    except ScenarioError as error:
        raise loaded.located(error) from None
