"""A small sale, studies of it, and the command line in processes of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from negsim.cli import main
from negsim.study import Crew, Sweep, begin_sweep, go_on
from tests.study.running.cluster import ROOT

SALE = """\
negsim: 1
id: sale
title: A sale
issues:
  price: {title: Price, kind: numeric, scale: 0..10, step: 1, unit: euros}
parties:
  buyer: {title: Buyer, demands: {price: 0}, no_deal: {same_as: {price: 3..8}}}
  seller: {title: Seller, demands: {price: 10}, no_deal: {same_as: {price: 2..7}}}
"""

GRID = (("parties.seller.no_deal", "20..60/25"),)


def sale_of(**settings: Any) -> Sweep:
    """A sweep of 25 cells over what the seller gets without a deal; what the buyer gets stays uncertain."""
    return Sweep(**{"scenario": SALE, "vary": GRID, "of": ("zone", "bargain"), "n_worlds": 32, **settings})


def run_sweep(sweep: Sweep, folder: Path, crew: Crew) -> Path:
    """Begin a study of a sweep and do all of it."""
    begin_sweep(sweep, folder)
    try:
        go_on(folder, crew)
    finally:
        crew.end()
    return folder


def negsim(*arguments: str | Path, cwd: Path | None = None, prefix: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """Start the command line in a process, and a group, of its own."""
    return subprocess.Popen(
        [*prefix, sys.executable, "-m", "negsim", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def descendants(pid: int) -> set[int]:
    """All processes that a process started, and those that they started."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1])
    found, more = {pid}, True
    while more:
        new = {child for child, parent in parents.items() if parent in found} - found
        found, more = found | new, bool(new)
    return found - {pid}


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that ended and is not yet fetched does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in {"Z", "X"}


def negsim_here(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def refused(result: Result, said: str) -> None:
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert result.stderr.startswith("Error: "), result.stderr
    assert said in result.stderr
    assert "Traceback" not in result.stderr
