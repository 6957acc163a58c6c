"""`negsim import`: a scenario of a spreadsheet of point scores."""

from __future__ import annotations

import click

from negsim.cli.new import nearest_name
from negsim.errors import UsageError

__all__ = ["import_table"]


@click.command("import", short_help="Make a scenario of a spreadsheet of points.")
@click.argument("table", metavar="TABLE.csv")
@click.option("--out", metavar="FILE", help="File to write.  [default: TABLE.scenario.yaml, here]")
def import_table(table: str, out: str | None) -> None:
    """Make a scenario of a table of point scores.

    TABLE.csv has the columns issue, option and, if you like, title, and one more for each party, with its points. A
    row `no deal` says at how many points each walks away. Commas, semicolons or tabs stand between columns. No file is
    ever overwritten.
    """
    from pathlib import Path

    from negsim.exchange import read_point_table, scenario_of_table
    from negsim.scenario import loads

    source = Path(table)
    name = nearest_name(source.stem) or "table"
    path = Path(out or f"{name}.scenario.yaml")
    read = read_point_table(source.read_bytes(), table)
    text = scenario_of_table(read, name, table)
    scenario = loads(text, file=str(path))
    try:
        with path.open("x", encoding="utf-8", newline="\n") as target:
            target.write(text)
    except FileExistsError:
        raise UsageError(f"{path} exists already; choose another --out") from None
    n_parties, n_issues = len(scenario.parties), len(scenario.issues)
    made = f"{n_parties} parties, {n_issues} {'issue' if n_issues == 1 else 'issues'}"
    click.echo(f"Wrote {path}: {made}. Next: negsim show {path} && negsim zone {path}")
