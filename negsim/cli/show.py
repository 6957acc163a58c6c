"""`negsim show`: what a scenario says and what its numbers imply."""

from __future__ import annotations

import click

from negsim import __version__
from negsim.cli.analysis import placing, set_option
from negsim.cli.terminal import new_page, say, say_json

__all__ = ["show"]


@click.command(short_help="Show positions, red lines and what is uncertain.")
@click.argument("file")
@set_option
@click.option("--format", "output_format", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--all", "every_quantity", is_flag=True, help="List every uncertain quantity; JSON always does.")
def show(file: str, overrides: tuple[str, ...], output_format: str, *, every_quantity: bool) -> None:
    """Show a scenario: positions side by side, red lines, what is uncertain.

    JSON lists every quantity with its path, the name that --set and error messages use.
    """
    from negsim.model.structure import compile_structure
    from negsim.model.tradeoffs import central_trade_offs
    from negsim.report.implications import Implications
    from negsim.report.text_show import write_scenario
    from negsim.scenario import load_with_places

    loaded = load_with_places(file, overrides=overrides)
    scenario = loaded.scenario
    with placing(loaded):
        structure = compile_structure(scenario)
    implied = Implications(structure.n_outcomes, structure.n_cells, central_trade_offs(scenario, structure))
    if output_format == "json":
        from negsim.report.json import scenario_data

        say_json(scenario_data(scenario, implied, __version__))
        return
    page = new_page()
    write_scenario(page, scenario, implied, every_quantity=every_quantity)
    say(page.text())
