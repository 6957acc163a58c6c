"""The command line: one module a command, imported when it is asked for, and importing only click until it runs.

Exit codes: 0 fine, 1 `negsim check` found something, 2 a file or a request cannot be used, 70 a defect of negsim
itself, 130 interrupted, 141 the reader of a pipe went away.
"""

from __future__ import annotations

import click

from negsim import __version__
from negsim.cli.group import Commands, NegsimGroup

__all__ = ["main"]

_COMMANDS = Commands(
    *("run", "zone", "deal", "bargain", "talks", "compare", "breakeven"),
    *("sweep", "results", "studies", "sensitivity", "discover"),
    "report",
    *("show", "check", "new", "cases", "import", "explain", "schema"),
    *("sheets", "play", "grade"),
    homes={"import": "import_table"},
)


@click.group("negsim", cls=NegsimGroup, commands=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="negsim %(version)s")
def main() -> None:
    """Say how likely it is that stated positions leave room for a deal, and which deals.

    A scenario is one YAML file. `negsim new NAME` writes one to start from.
    """
