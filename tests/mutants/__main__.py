"""Plant faults in copies of the project and see that tests notice: ``python -m tests.mutants [--jobs N] [ID...]``.

The exit code is 1 if a fault survives, or its killer cannot be run or fails without it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence

from tests.mutants.fault import Fault
from tests.mutants.faults import FAULTS
from tests.mutants.run import Outcome, Verdict, run


def main() -> int:
    """Run, and print a line for each fault."""
    options = _options()
    faults = _chosen(options.ids)
    start, verdicts = time.monotonic(), []
    for verdict in run(faults, n_jobs=options.jobs, patience_seconds=options.patience):
        verdicts.append(verdict)
        _show(verdict)
    counts = Counter(verdict.outcome for verdict in verdicts)
    told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome])
    print(f"\n{len(verdicts)} planted faults in {time.monotonic() - start:.0f} seconds: {told}")
    return 0 if all(verdict.is_dead for verdict in verdicts) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description="Plant faults and see tests notice.")
    parser.add_argument("ids", nargs="*", metavar="ID", help="faults by id, or by the beginning of it; all if left out")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="copies of the project at work")
    parser.add_argument("--patience", type=float, default=120, help="seconds by which a test may be late")
    return parser.parse_args()


def _chosen(ids: Sequence[str]) -> list[Fault]:
    faults = [fault for some in FAULTS.values() for fault in some]
    strangers = [id_ for id_ in ids if not any(fault.id.startswith(id_) for fault in faults)]
    if strangers:
        sys.exit(f"there is no fault {', '.join(strangers)}; there are {', '.join(fault.id for fault in faults)}")
    return [fault for fault in faults if not ids or fault.id.startswith(tuple(ids))]


def _show(verdict: Verdict) -> None:
    fault = verdict.fault
    print(f"{verdict.outcome:9}  {fault.id}  {verdict.seconds:.1f} s  {fault.killer}", flush=True)
    if not verdict.is_dead:
        print(f"    {fault.file}: {fault.about}\n    {verdict.said}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
