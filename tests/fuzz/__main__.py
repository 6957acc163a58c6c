"""Feed mutated files and conditions to the reader: ``python -m tests.fuzz --inputs 1000000``.

The exit code is 1 if anything fails. An input is told by the seed and its number:
``--seed 7 --first 123456 --inputs 1`` feeds it again.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from tests.fuzz.run import MOST_MEGABYTES, Failure, Report, run


def main() -> int:
    """Run, and print the report."""
    options = _options()
    start, total = time.monotonic(), Report()
    for report in run(options.seed, options.inputs, options.jobs, first=options.first):
        for failure in report.failures:
            _show(failure, options.out)
        total.add(report)
        seconds = time.monotonic() - start
        rate = total.n_inputs / seconds
        left = (options.inputs - total.n_inputs) / rate / 60
        end = "\r" if sys.stderr.isatty() else "\n"
        sys.stderr.write(
            f"{total.n_inputs:,} of {options.inputs:,} inputs, {len(total.failures)} failures, "
            f"{rate:,.0f} a second, {left:.0f} min left   {end}"
        )
    _print(total, options.seed)
    return 1 if total.failures else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Feed mutated files and conditions.")
    parser.add_argument("--inputs", type=int, default=1_000_000, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="other seeds give other inputs")
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"), help="where failing inputs are written")
    return parser.parse_args()


def _show(failure: Failure, out: Path) -> None:
    """Write a failing input to a file, and print its smallest part that fails."""
    out.mkdir(parents=True, exist_ok=True)
    given = failure.given
    path = out / f"{given.seed}-{given.number}-{given.kind}"
    path.write_bytes(given.data)
    path.with_name(f"{path.name}-small").write_bytes(failure.smallest)
    print(f"\nFAILURE of input {given.number} of seed {given.seed} ({given.kind}, written to {path}):")
    print(failure.fault.rstrip())
    print(f"  smallest part that fails, {len(failure.smallest)} bytes: {failure.smallest[:600]!r}", flush=True)


def _print(total: Report, seed: int) -> None:
    print(f"\n{total.n_inputs:,} inputs of seed {seed}: {len(total.failures)} failures")
    for title, counts in (("kinds", total.kinds), ("gave", total.outcomes)):
        print(f"{title}: " + ", ".join(f"{name} {n:,}" for name, n in counts.most_common()))
    print(f"peak memory of a process: {total.peak_megabytes} MB (at most {MOST_MEGABYTES})")
    print("slowest, in seconds of CPU time:")
    for seconds, number, kind, what in total.worst:
        print(f"  {seconds:.3f}  input {number} ({kind}), {what}")


if __name__ == "__main__":
    sys.exit(main())
