"""`negsim new`: a commented scenario to start from."""

from __future__ import annotations

import re

import click

from negsim.errors import UsageError

__all__ = ["check_name", "nearest_name", "new"]

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")


@click.command(short_help="Write a commented scenario to start from.")
@click.argument("name")
@click.option("--out", metavar="FILE", help="File to write.  [default: NAME.scenario.yaml]")
def new(name: str, out: str | None) -> None:
    """Write NAME.scenario.yaml, a commented scenario to start from.

    It is valid as it stands and is about two neighbours; replace it piece by piece. No file is ever overwritten.
    """
    from importlib.resources import files
    from pathlib import Path

    check_name(name)
    path = Path(out or f"{name}.scenario.yaml")
    text = files("negsim.cli").joinpath("starter.scenario.yaml").read_text(encoding="utf-8")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as target:
            target.write(text.replace("id: starter", f"id: {name}", 1))
    except FileExistsError:
        raise UsageError(f"{path} exists already; choose another NAME or --out") from None
    click.echo(f"Wrote {path}. Next: negsim check {path} && negsim zone {path}")


def check_name(name: str) -> None:
    """Refuse what cannot be the name of a scenario, with the nearest that can.

    Raises
    ------
    UsageError
        If the name is none.
    """
    if not _NAME.fullmatch(name):
        rule = "small letters, digits, - and _, a letter first, at most 64"
        nearest = nearest_name(name)
        hint = f"{rule}; try '{nearest}'" if nearest else rule
        raise UsageError(f"'{name}' cannot be the name of a scenario: {hint}")


def nearest_name(name: str) -> str:
    """Make the nearest name of a scenario, empty if there is nothing to make it of.

    >>> nearest_name("My Talks.scenario.yaml")
    'my-talks'
    """
    stem = re.sub(r"(\.scenario)?\.ya?ml$", "", name.lower())
    return re.sub(r"[^a-z0-9]+", "-", stem).lstrip("-0123456789")[:64].rstrip("-")
