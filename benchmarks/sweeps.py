"""Studies: what a cell costs beside EMA Workbench, Mesa and SALib; many cells of Geneva; coming back to a large study.

The model of the first table takes microseconds, so that what is left is overhead: laying out, handing over, collecting
and, in negsim alone, keeping every cell on the disk.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.commands import Run, measured, run_once
from benchmarks.spaces import GENEVA
from benchmarks.sweep_peers import N_CELLS, PEERS
from benchmarks.timing import Row, median

__all__ = ["measure"]

ROUNDS = 3

ONE_DEAL = """\
negsim: 1
id: one-deal
title: One deal
issues: {deal: {title: Deal, options: [signed]}}
parties: {ann: {title: Ann, values: {deal: {signed: 60}}, no_deal: 0..100}}
"""

TITLES = {
    "plain": "the model called in a loop",
    "negsim_serial": "negsim, one process",
    "negsim_processes": "negsim, two processes",
    "negsim_started": "negsim, two processes, starting and ending them",
    "negsim_read": "negsim, reading all cells back as arrays",
    "ema_sequential": "EMA Workbench, one process",
    "ema_processes": "EMA Workbench, two processes",
    "mesa_serial": "Mesa `batch_run`, one process",
    "mesa_processes": "Mesa `batch_run`, two processes, starting them",
    "salib_processes": "SALib `evaluate_parallel`, two processes, starting them; keeps nothing",
}


def measure() -> list[Row]:
    """Time cells of a trivial model, of Geneva, and the end of a large study."""
    return [*_overhead(), *_geneva(), _coming_back()]


def _overhead() -> list[Row]:
    """Run every tool in turn, each in its own process: Mesa and EMA Workbench change what they are imported into."""
    seconds: dict[str, list[float]] = {name: [] for name in PEERS}
    totals = {}
    for _ in range(ROUNDS):
        for name in PEERS:
            found = json.loads(_output([sys.executable, "-m", "benchmarks.sweep_peers", name]))
            seconds[name].append(found["seconds"])
            totals[name] = found["total"]
    _check(totals)
    each = {name: median(taken) / N_CELLS * 1e6 for name, taken in seconds.items()}
    rows = [Row(f"a cell: {TITLES[name]}", f"{each[name]:.1f} µs") for name in PEERS]
    kept = each["negsim_processes"] + each["negsim_read"]
    return [
        *rows,
        _ratio(
            "EMA Workbench against negsim on two processes", each["ema_processes"], each["negsim_processes"], "10 times"
        ),
        _ratio("the same, reading back included", each["ema_processes"], kept),
        _ratio("EMA Workbench against negsim, one process", each["ema_sequential"], each["negsim_serial"]),
        _ratio("Mesa against negsim, two processes and their start", each["mesa_processes"], each["negsim_started"]),
        _ratio("Mesa against negsim, one process", each["mesa_serial"], each["negsim_serial"]),
    ]


def _ratio(what: str, theirs: float, ours: float, goal: str = "") -> Row:
    return Row(what, f"{theirs / ours:.1f} times", goal)


def _check(totals: dict[str, float]) -> None:
    """Stop where a tool computed something else; Mesa varies one input alone."""
    whole = {name: round(total, 3) for name, total in totals.items() if not name.startswith("mesa")}
    if len(set(whole.values())) > 1:
        raise SystemExit(f"not all did the same: {whole}")


def _output(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ}).stdout


def _sweep(folder: str, n_cells: int, n_jobs: int) -> list[str]:
    return [
        "sweep", str(GENEVA), "--vary", "all", "--design", "sobol", "--cells", str(n_cells), "--worlds", "1000",
        "--of", "zone", "--jobs", str(n_jobs), "--study", folder,
    ]  # fmt: skip


def _geneva() -> list[Row]:
    """Sweep Geneva on two workers and on one, in turn, each time into a new folder."""
    one, two = [], []
    for _ in range(ROUNDS):
        one.append(_swept(250, 1))
        two.append(_swept(250, 2))
    small = _swept(50, 2)
    wall = median([run.wall for run in two])
    gain = median([alone.wall / both.wall for alone, both in zip(one, two, strict=True)])
    return [
        Row("250 cells of 1,000 worlds of Geneva, P(zone), two workers, wall", f"{wall:.1f} s", "60 s"),
        Row("the same, one worker, wall", f"{median([run.wall for run in one]):.1f} s"),
        Row("two workers against one", f"{gain:.2f} times", "1.7 times"),
        Row("peak memory of driver and workers, 50 cells", f"{small.megabytes:.0f} MB"),
        Row("the same, 250 cells", f"{median([run.megabytes for run in two]):.0f} MB", "flat"),
    ]


def _swept(n_cells: int, n_jobs: int) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        return run_once(_sweep(f"{folder}/study", n_cells, n_jobs))


def _coming_back() -> Row:
    """Finish a study of 100,000 cells, then ask to go on with it."""
    with tempfile.TemporaryDirectory() as folder:
        file, study = Path(folder) / "one-deal.scenario.yaml", f"{folder}/study"
        file.write_text(ONE_DEAL, encoding="utf-8")
        vary = ["--vary", "parties.ann.no_deal", "--design", "lhs", "--cells", "100000"]
        run_once(["sweep", str(file), *vary, "--worlds", "1", "--study", study])
        again = measured(["sweep", "--resume", study], rounds=ROUNDS)
    return Row("`negsim sweep --resume` of a finished study of 100,000 cells, wall", f"{again.wall:.2f} s", "2 s")
