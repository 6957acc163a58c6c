"""A Dask cluster on loopback, in a process of its own: ``python -m tests.study.running.cluster FILE`` writes its address there.

It lasts until its standard input ends. The scheduler is that process, so killing it kills the scheduler.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent.parent
PATIENCE = 120.0
"""Seconds after which something that should have happened will not."""


def until(happened: object, what: str) -> None:
    """Poll until a callable gives something true; fail with what did not happen otherwise."""
    end = time.monotonic() + PATIENCE
    while not happened():  # type: ignore[operator]
        assert time.monotonic() < end, f"in {PATIENCE:.0f} seconds: {what}"
        time.sleep(0.01)


@contextmanager
def local_cluster(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start a cluster of two workers and give its address and the process of the scheduler."""
    at = folder / "address"
    command = [sys.executable, "-m", "tests.study.running.cluster", str(at)]
    with (folder / "cluster.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=log, stderr=log)
    try:
        until(lambda: at.exists() or process.poll() is not None, "a Dask cluster starts")
        yield at.read_text(encoding="utf-8"), process
    finally:
        process.communicate()


def main() -> None:
    import dask
    from distributed import LocalCluster

    # It looks 15 seconds after a worker died, and forgets it if it has just died again.
    dask.config.set({"distributed.deploy.lost-worker-timeout": "1h", "distributed.scheduler.allowed-failures": 0})
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        at = Path(sys.argv[1])
        fresh = at.with_suffix(".new")
        fresh.write_text(cluster.scheduler_address, encoding="utf-8")
        fresh.replace(at)
        sys.stdin.read()


if __name__ == "__main__":
    main()
