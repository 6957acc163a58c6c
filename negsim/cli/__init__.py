"""The command line: one module a command, each importing only click until it runs.

Exit codes: 0 fine, 1 `negsim check` found something, 2 a file or a request cannot be used, 70 a defect of negsim
itself, 130 interrupted, 141 the reader of a pipe went away.
"""

from __future__ import annotations

import click

from negsim import __version__
from negsim.cli.bargain import bargain
from negsim.cli.breakeven import breakeven
from negsim.cli.cases import cases
from negsim.cli.check import check
from negsim.cli.compare import compare
from negsim.cli.deal import deal
from negsim.cli.discover import discover
from negsim.cli.explain import explain
from negsim.cli.grade import grade
from negsim.cli.group import NegsimGroup
from negsim.cli.import_table import import_table
from negsim.cli.new import new
from negsim.cli.report import report
from negsim.cli.results import results
from negsim.cli.run import run
from negsim.cli.schema import schema
from negsim.cli.sensitivity import sensitivity
from negsim.cli.sheets import sheets
from negsim.cli.show import show
from negsim.cli.studies import studies
from negsim.cli.sweep import sweep
from negsim.cli.talks import talks
from negsim.cli.zone import zone

__all__ = ["main"]


@click.group("negsim", cls=NegsimGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="negsim %(version)s")
def main() -> None:
    """Say how likely it is that stated positions leave room for a deal, and which deals.

    A scenario is one YAML file. `negsim new NAME` writes one to start from.
    """


_COMMANDS = (
    *(run, zone, deal, bargain, talks, compare, breakeven),
    *(sweep, results, studies, sensitivity, discover),
    report,
    *(show, check, new, import_table, explain, schema),
    *(cases, sheets, grade),
)
for _command in _COMMANDS:
    main.add_command(_command)
