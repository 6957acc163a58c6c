"""One tool over the cells of a trivial model, in a process of its own: `python -m benchmarks.sweep_peers NAME`.

Mesa sets the start method of processes as it is imported, and EMA Workbench keeps its model in globals, so none is
imported beside another. Prints the wall seconds that the cells took and whether the answers are right, as JSON. What
processes need to start, and the points of the design, stand before the clock starts wherever a tool lets them: a
first run over a few cells is not timed.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["N_CELLS", "N_INPUTS", "PEERS", "in_negsim", "trivial"]

N_CELLS = 10_000
N_INPUTS = 12
N_WORKERS = 2
N_WARM = 64

INPUTS = tuple(f"x{k}" for k in range(N_INPUTS))
RESULTS = ("total", "product")


def trivial(cell: Mapping[str, float]) -> dict[str, float]:
    """Do next to nothing with twelve numbers, and give two."""
    total = sum(cell[name] for name in INPUTS)
    return {"total": total, "product": total * cell["x0"]}


def trivial_of(**cell: float) -> dict[str, float]:
    """Do the same with the inputs as keywords."""
    return trivial(cell)


def trivial_rows(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Do the same row by row: (cell, input) to (cell, result)."""
    found = [trivial(dict(zip(INPUTS, row, strict=True))) for row in rows.tolist()]
    return np.array([[one[name] for name in RESULTS] for one in found])


def points(n_cells: int) -> NDArray[np.float64]:
    """Lay the cells out: float64 array (cell, input)."""
    return np.linspace(0, 1, n_cells * N_INPUTS).reshape(n_cells, N_INPUTS)


Timed = tuple[float, float]
"""Seconds, and the sum of the first result over all cells, by which answers are compared."""


def timed(work: Callable[[], float]) -> Timed:
    """Time one piece of work, which gives the sum."""
    start = time.perf_counter()
    total = work()
    return time.perf_counter() - start, total


def plain() -> Timed:
    """Call the model in a loop: the floor."""
    cells = [dict(zip(INPUTS, row, strict=True)) for row in points(N_CELLS).tolist()]
    return timed(lambda: sum(trivial(cell)["total"] for cell in cells))


def in_negsim(executor: str | Executor, n_workers: int) -> Timed:
    """Run a study in a new folder, to its seal on the disk; what it holds is read after the clock has stopped."""
    from negsim.study import read_table, run_study

    def run(n_cells: int, folder: str) -> float:
        inputs = dict(zip(INPUTS, points(n_cells).T.tolist(), strict=True))
        start = time.perf_counter()
        run_study(trivial, inputs, RESULTS, folder=folder, executor=executor, n_workers=n_workers)
        return time.perf_counter() - start

    with tempfile.TemporaryDirectory() as folder:
        run(N_WARM, f"{folder}/warm")
        seconds = run(N_CELLS, f"{folder}/study")
        return seconds, float(np.sum(read_table(f"{folder}/study").results["total"]))


def negsim_serial() -> Timed:
    """Run a study in one process."""
    return in_negsim("serial", 1)


def negsim_started() -> Timed:
    """Run a study on two processes, and start and end them too."""
    return in_negsim("processes", N_WORKERS)


def negsim_processes() -> Timed:
    """Run a study on two processes that are there."""
    with ProcessPoolExecutor(N_WORKERS) as pool:
        return in_negsim(pool, N_WORKERS)


def negsim_read() -> Timed:
    """Read a study back as arrays."""
    from negsim.study import read_table, run_study

    with tempfile.TemporaryDirectory() as folder:
        inputs = dict(zip(INPUTS, points(N_CELLS).T.tolist(), strict=True))
        run_study(trivial, inputs, RESULTS, folder=folder, executor="serial")
        return timed(lambda: float(np.sum(read_table(folder).results["total"])))


def _ema(make: Callable[[Any], Any]) -> Timed:
    from ema_workbench import Model, RealParameter, ScalarOutcome, Scenario

    model = Model("trivial", function=trivial_of)
    model.uncertainties = [RealParameter(name, 0, 1) for name in INPUTS]
    model.outcomes = [ScalarOutcome(name) for name in RESULTS]

    def run(evaluator: Any, n_cells: int) -> float:
        cells = [Scenario(k, **dict(zip(INPUTS, row, strict=True))) for k, row in enumerate(points(n_cells).tolist())]
        _, found = evaluator.perform_experiments(scenarios=cells)
        return float(np.sum(found["total"]))

    with make(model) as evaluator:
        run(evaluator, N_WARM)
        return timed(lambda: run(evaluator, N_CELLS))


def ema_sequential() -> Timed:
    """Run EMA Workbench in one process."""
    from ema_workbench import SequentialEvaluator

    return _ema(SequentialEvaluator)


def ema_processes() -> Timed:
    """Run EMA Workbench on two processes."""
    from ema_workbench import MultiprocessingEvaluator

    return _ema(lambda model: MultiprocessingEvaluator(model, n_processes=N_WORKERS))


def _mesa(n_processes: int) -> Timed:
    from mesa.batchrunner import batch_run

    from benchmarks.sweep_mesa import TrivialModel

    def run(n_cells: int) -> float:
        # It knows every combination of separate values alone: one input varies, the others stand still.
        rows = points(n_cells)
        varied = {name: rows[:, 0].tolist() if name == "x0" else float(rows[0, k]) for k, name in enumerate(INPUTS)}
        found = batch_run(TrivialModel, varied, number_processes=n_processes, max_steps=1, display_progress=False)
        return float(sum(one["total"] for one in found))

    run(N_WARM)
    return timed(lambda: run(N_CELLS))


def mesa_serial() -> Timed:
    """Run Mesa's batch_run in one process."""
    return _mesa(1)


def mesa_processes() -> Timed:
    """Run Mesa's batch_run on two processes, which it starts anew each time."""
    return _mesa(N_WORKERS)


def salib_processes() -> Timed:
    """Let SALib hand halves of the cells to two processes, which it starts anew each time; it keeps nothing."""
    from SALib import ProblemSpec

    spec = {"num_vars": N_INPUTS, "names": list(INPUTS), "bounds": [[0, 1]] * N_INPUTS, "outputs": list(RESULTS)}

    def run(n_cells: int) -> float:
        problem = ProblemSpec(spec)
        problem.set_samples(points(n_cells))
        problem.evaluate_parallel(trivial_rows, nprocs=N_WORKERS)
        return float(np.sum(problem.results[:, 0]))

    run(N_WARM)
    return timed(lambda: run(N_CELLS))


PEERS: Mapping[str, Callable[[], Timed]] = {
    "plain": plain,
    "negsim_serial": negsim_serial,
    "negsim_processes": negsim_processes,
    "negsim_started": negsim_started,
    "negsim_read": negsim_read,
    "ema_sequential": ema_sequential,
    "ema_processes": ema_processes,
    "mesa_serial": mesa_serial,
    "mesa_processes": mesa_processes,
    "salib_processes": salib_processes,
}


def main(names: Iterable[str]) -> None:
    """Run one, and print its seconds alone."""
    (name,) = names
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        seconds, total = PEERS[name]()
    print(json.dumps({"seconds": seconds, "total": total}))


if __name__ == "__main__":
    main(sys.argv[1:])
