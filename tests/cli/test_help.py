from __future__ import annotations

import pytest

from negsim import __version__, bargaining
from negsim.cli import analysis, main
from negsim.cli.bargain import DEFAULT_WORLDS as DEFAULT_BARGAINS
from negsim.cli.bargain import ROWS as BARGAIN_ROW_NAMES
from negsim.cli.talks import ROWS as TALKS_ROW_NAMES
from negsim.model import sampling
from negsim.report import phrases
from negsim.report.csv import ROWS
from negsim.report.csv_bargain import BARGAIN_ROWS
from negsim.report.csv_talks import TALKS_ROWS
from negsim.zone.analysis import DEFAULT_WORLDS
from negsim.zone.questions import METHODS, USUAL
from tests.cli.support import SNAPSHOTS, run
from tests.snapshots import assert_matches

COMMANDS = sorted(main.commands)


def test_the_help_reads_as_agreed() -> None:
    assert_matches(run("--help").output, SNAPSHOTS / "help.txt")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_reads_as_agreed(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert result.output.isascii()
    assert max(len(line) for line in result.output.splitlines()) <= 80
    assert_matches(result.output, SNAPSHOTS / f"help-{command}.txt")


def test_h_is_short_for_help() -> None:
    assert run("-h").output == run("--help").output


def test_the_version_is_told() -> None:
    assert run("--version").output == f"negsim {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["zoen"], "No such command 'zoen'. Did you mean 'zone'?"),
        (["xyzzy"], f"There are {', '.join(main.commands)}."),
        (["zone", "--wolrds", "3", "x"], "--worlds"),
        (["zone", "--sampler", "lsh", "x"], "'lhs', 'random', 'sobol'"),
        (["zone", "--worlds", "0", "x"], "x>=1"),
        (["zone"], "Missing argument 'FILE'"),
    ],
)
def test_a_wrong_request_names_what_would_be_right(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_the_command_line_offers_the_samplers_and_the_number_of_worlds_of_the_model() -> None:
    # Written out in the command line, whose help must not load numpy.
    assert tuple(sampling.SAMPLERS) == analysis.SAMPLERS == tuple(phrases.SAMPLERS)
    assert analysis.DEFAULT_WORLDS == DEFAULT_WORLDS
    assert USUAL.points == analysis.DEFAULT_POINTS
    assert analysis.METHODS == METHODS
    assert (*ROWS, "frontier") == analysis._ROWS
    assert bargaining.DEFAULT_WORLDS == DEFAULT_BARGAINS
    assert tuple(BARGAIN_ROWS) == BARGAIN_ROW_NAMES
    assert tuple(TALKS_ROWS) == TALKS_ROW_NAMES
