"""What a command costs before it does anything."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("numpy", "scipy", "yaml", "rich")

# atexit runs last: an import anywhere on the way out is seen as well.
PROBE = """
import atexit, sys
atexit.register(lambda: print("LOADED", *sorted(set({heavy}) & set(sys.modules)), file=sys.stderr))
{before}
sys.argv = ["negsim", *{arguments}]
from negsim.cli import main
main()
"""


def loaded_by(*arguments: str, before: str = "") -> list[str]:
    """Run negsim in a process of its own; list the heavy modules it had loaded when it ended."""
    probe = PROBE.format(heavy=HEAVY, arguments=list(arguments), before=before)
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, encoding="utf-8", check=True)
    last = done.stderr.splitlines()[-1].split()
    assert last[0] == "LOADED"
    return last[1:]


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["zone", "--help"], ["check", "--help"]], ids=" ".join
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert loaded_by(*arguments) == []


def test_linting_alone_loads_nothing_that_it_does_not_need() -> None:
    code = (
        "import sys; from negsim.cli import main;"
        "main(['check', '--checks', 'lint', 'scenarios/geneva-2026.scenario.yaml'], standalone_mode=False);"
        "heavy = {'scipy', 'simpy', 'rich', 'hypothesis', 'jinja2', 'babel'} & sys.modules.keys();"
        "layers = {'.'.join(name.split('.')[:2]) for name in sys.modules if name.startswith('negsim.')};"
        "print(*sorted(heavy | layers), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    layers = ["checks", "cli", "errors", "model", "records", "report", "scenario"]
    assert done.stderr.split() == [f"negsim.{layer}" for layer in layers]


def test_the_probe_sees_a_heavy_module() -> None:
    assert "yaml" in loaded_by("--help", before="import yaml")


def test_a_command_loads_no_other_command() -> None:
    code = (
        "import sys; from negsim.cli import main; main(['schema'], standalone_mode=False);"
        "print(*sorted(name for name in sys.modules if name in "
        "{'negsim.cli.' + one for one in ('schema', 'run', 'sweep', 'play', 'import_table')}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr.split() == ["negsim.cli.schema"]


def test_importing_negsim_alone_loads_nothing_of_it() -> None:
    code = "import sys, negsim; print(*[name for name in sys.modules if name.startswith('negsim.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == ""
