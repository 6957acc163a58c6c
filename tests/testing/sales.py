"""Sales of which some things are expected, and pytest runs over them in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

# The parties agree wherever their no-deal values add up to 100 or less: never above 70 of the seller's.
SALE = """\
negsim: 1
id: sale
title: A sale
issues: {price: {title: Price, scale: 0..100, step: 1}}
parties:
  buyer: {title: Buyer, demands: {price: 0}, no_deal: 30}
  seller: {title: Seller, demands: {price: 100}, no_deal: 40..80}
"""
EXPECT = """\
expect:
  likely: {that: p_zone > 0.5}
  always:
    that: for every world, zone
    because: both need the sale
  warned: {that: p_zone > 0.9, severity: warn}
  undecided: {that: p_zone == 0.75}
"""
REPLAY = """\
negsim: 1
base: sale.scenario.yaml
parties: {seller: {no_deal: 80}}
counterexample: {of: sale.scenario.yaml, expect: always, changes: {parties.seller.no_deal: "80"}}
"""
LINE = {"always": 11, "warned": 13}


@dataclass(frozen=True)
class Ran:
    """How a run of pytest ended: its code, what it printed, and the outcome of each item by file and name."""

    code: int
    text: str
    outcomes: dict[tuple[str, str], str]
    messages: dict[str, str]


def pytest_run(folder: Path, *arguments: str, plugins: tuple[str, ...] = (), **environment: str) -> Ran:
    """Run pytest in a folder with the plugin of negsim, whether or not that is installed, and no other but ``plugins``."""
    command = [sys.executable, "-m", "pytest", "-p", "no:negsim", "-p", "negsim.testing.plugin"]
    for name in plugins:
        command += ["-p", name]
    junit = folder / "junit.xml"
    command += ["-q", f"--junitxml={junit}", f"--rootdir={folder}", *arguments]
    outside = {
        name: held for name, held in os.environ.items() if not name.startswith(("PYTEST", "COVERAGE", "COV_", "NEGSIM"))
    }
    inside = {**outside, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **environment}
    done = subprocess.run(
        command, cwd=folder, env=inside, capture_output=True, text=True, encoding="utf-8", check=False
    )
    outcomes, messages = {}, {}
    for case in ET.parse(junit).iter("testcase") if junit.exists() else ():
        found = next((child for child in case if child.tag in {"failure", "error", "skipped"}), None)
        outcomes[case.attrib["classname"], case.attrib["name"]] = "passed" if found is None else found.tag
        messages[case.attrib["name"]] = "" if found is None else found.text or ""
    junit.unlink(missing_ok=True)
    return Ran(done.returncode, done.stdout + done.stderr, outcomes, messages)


def write_sale(folder: Path) -> Path:
    """Write the sale, with what is expected of it."""
    path = folder / "sale.scenario.yaml"
    path.write_text(SALE + EXPECT, encoding="utf-8")
    return path
