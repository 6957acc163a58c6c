"""Hypothesis knows the types of scenarios from its entry point on, and starts no slower for it."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
HEAVY = ("numpy", "scipy", "yaml", "negsim.scenario", "negsim.testing.strategies")
DRAWN = """
quick = settings(phases=[Phase.generate])
s, i, p = (find(strategies.from_type(one), lambda _: True, settings=quick) for one in (Scenario, Issue, Party))
print(loads(write(s)) == s, len(i.options) > 0, len(p.demands) > 0)
"""


def outside(code: str, *, installed: Path | None = None) -> str:
    """Run code in a process of its own, for which a package with our entry points is installed in a folder."""
    paths = [str(ROOT), *([str(installed)] if installed else [])]
    where = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(paths)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=where, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder that says that a package with the entry points of pyproject.toml is installed."""
    info = tmp_path / "negsim_x-0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: negsim-x\nVersion: 0\n", encoding="utf-8")
    entries = "".join(f"{name} = {value}\n" for name, value in PROJECT["entry-points"]["hypothesis"].items())
    (info / "entry_points.txt").write_text(f"[hypothesis]\n{entries}", encoding="utf-8")
    return tmp_path


def test_the_project_names_an_entry_point_that_exists() -> None:
    module, function = PROJECT["entry-points"]["hypothesis"]["_"].split(":")
    assert callable(getattr(import_module(module), function))


def test_a_type_is_drawn_without_an_import_from_testing(installed: Path) -> None:
    code = f"from hypothesis import *\nfrom hypothesis import strategies\nfrom negsim.scenario import *\n{DRAWN}"
    assert outside(code, installed=installed) == "True True True"


def test_a_type_that_is_there_before_hypothesis_is_drawn_as_well(installed: Path) -> None:
    code = f"from negsim.scenario import *\nfrom hypothesis import *\nfrom hypothesis import strategies\n{DRAWN}"
    assert outside(code, installed=installed) == "True True True"


def test_hypothesis_calls_the_entry_point_and_nothing_else_does(installed: Path) -> None:
    code = "import sys, hypothesis\nprint(*(type(finder).__module__ for finder in sys.meta_path))"
    assert "negsim.testing.registering" in outside(code, installed=installed)
    without = f"import os; os.environ['HYPOTHESIS_NO_PLUGINS'] = '1'\n{code}"
    assert "negsim.testing.registering" not in outside(without, installed=installed)


@pytest.mark.parametrize("name", ["hypothesis", "negsim.testing"])
def test_neither_hypothesis_nor_testing_alone_loads_anything_heavy(name: str, installed: Path) -> None:
    heavy = (*HEAVY, *(["hypothesis"] if name == "negsim.testing" else []))
    code = f"import sys, {name}\nprint(*sorted(set({heavy}) & set(sys.modules)))"
    assert outside(code, installed=installed) == ""


def test_a_heavy_module_would_be_seen(installed: Path) -> None:
    code = f"import sys, hypothesis, negsim.scenario\nprint(*sorted(set({HEAVY}) & set(sys.modules)))"
    assert outside(code, installed=installed) == "negsim.scenario yaml"


def test_the_entry_point_was_called_and_the_module_of_types_keeps_its_own_loader(installed: Path) -> None:
    code = (
        "import sys, hypothesis\nwaiting = len(sys.meta_path)\nimport negsim.scenario.types as types\n"
        "print(waiting - len(sys.meta_path), type(types.__loader__).__name__, types.__spec__.loader is types.__loader__)"
    )
    assert outside(code, installed=installed) == "1 SourceFileLoader True"


def test_called_twice_it_waits_once() -> None:
    code = (
        "import sys\nfrom negsim.testing.registering import setup\nn = len(sys.meta_path)\n"
        "setup(); setup()\nprint(len(sys.meta_path) - n)"
    )
    assert outside("import os; os.environ['HYPOTHESIS_NO_PLUGINS'] = '1'\n" + code) == "1"


def test_without_hypothesis_it_is_said_what_to_install() -> None:
    code = (
        "import sys\nsys.modules['hypothesis'] = None\nimport negsim.testing\n"
        "try:\n    import negsim.testing.strategies\nexcept ImportError as error:\n    print(error)"
    )
    assert outside(code) == "negsim.testing.strategies needs Hypothesis: pip install 'negsim[test]'"
