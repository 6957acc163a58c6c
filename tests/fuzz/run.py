"""Many inputs over several processes: what came of them, what failed, what took longest, what memory it took."""

from __future__ import annotations

import resource
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

from negsim.scenario.codes import EXAMPLE_BASE
from tests.fuzz.inputs import Input, make_input
from tests.fuzz.judge import MOST_SECONDS, Verdict, judge
from tests.fuzz.shrink import shrink

__all__ = ["Failure", "Report", "run", "run_chunk"]

MOST_MEGABYTES = 600
CHUNK = 1_000
N_WORST = 5
_MOST_FAILURES = 20
_HANGS_AFTER = 20.0
_ADDRESS_SPACE = 4 << 30


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that failed, why, and the smallest part of it that fails in the same way."""

    given: Input
    fault: str
    smallest: bytes


@dataclass(slots=True)
class Report:
    """What came of inputs; ``worst`` are the slowest: seconds, number, kind and what was being done."""

    n_inputs: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    worst: list[tuple[float, int, str, str]] = field(default_factory=list)
    peak_megabytes: int = 0
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Take another report in."""
        self.n_inputs += other.n_inputs
        self.outcomes += other.outcomes
        self.kinds += other.kinds
        self.worst = sorted([*self.worst, *other.worst], reverse=True)[:N_WORST]
        self.peak_megabytes = max(self.peak_megabytes, other.peak_megabytes)
        self.failures += other.failures


def run(seed: int, n_inputs: int, jobs: int, *, first: int = 0) -> Iterator[Report]:
    """Feed inputs in chunks; yield the report of each as it is done."""
    starts = range(first, first + n_inputs, CHUNK)
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_prepare) as pool:
        chunks = {pool.submit(run_chunk, seed, start, min(start + CHUNK, first + n_inputs)): start for start in starts}
        for chunk in as_completed(chunks):
            try:
                yield chunk.result()
            except BrokenProcessPool:
                sys.stderr.write(
                    f"\na process died; input {chunks[chunk]} or one of the {CHUNK} after it is the cause\n"
                )
                raise


def _prepare() -> None:
    """Bound the memory of a process, beyond which there is a MemoryError."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    run_chunk(0, 0, 40)  # the first inputs import what is imported late


class Hang(Exception):
    """An input took far too long."""


def _hang(signum: int, frame: FrameType | None) -> None:
    raise Hang


def run_chunk(
    seed: int, start: int, stop: int, *, large: bool | None = None, most_seconds: float = MOST_SECONDS
) -> Report:
    """Feed the inputs from ``start`` up to ``stop``."""
    report = Report(peak_megabytes=_peak_megabytes())
    with tempfile.TemporaryDirectory(prefix="negsim-fuzz-") as name:
        folder = Path(name)
        (folder / "other.scenario.yaml").write_text(EXAMPLE_BASE, encoding="utf-8")
        for number in range(start, stop):
            _feed(make_input(seed, number, large=large), folder, report, most_seconds)
    return report


def _feed(given: Input, folder: Path, report: Report, most_seconds: float) -> None:
    def judged(data: bytes) -> Verdict:
        return _judge_bounded(replace(given, data=data), folder, most_seconds)

    verdict = judged(given.data)
    if verdict.fault.startswith("slow"):  # once more: another process may have been in the way
        verdict = judged(given.data)
    peak = _peak_megabytes()
    if peak > MOST_MEGABYTES and peak > report.peak_megabytes and not verdict.fault:
        verdict.fault = f"memory: {peak} MB"
    report.n_inputs += 1
    report.outcomes[verdict.outcome or "fault"] += 1
    report.kinds[given.kind] += 1
    report.worst = sorted([*report.worst, (verdict.seconds, given.number, given.kind, verdict.slowest)])[-N_WORST:]
    report.peak_megabytes = max(report.peak_megabytes, peak)
    if verdict.fault and len(report.failures) < _MOST_FAILURES:
        report.failures.append(Failure(given, verdict.fault, _smallest(given, verdict.fault, judged)))


def _judge_bounded(given: Input, folder: Path, most_seconds: float) -> Verdict:
    """Judge an input, and let an endless loop be a Hang."""
    before = signal.signal(signal.SIGVTALRM, _hang)
    signal.setitimer(signal.ITIMER_VIRTUAL, _HANGS_AFTER)
    try:
        return judge(given, folder, most_seconds=most_seconds)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _smallest(given: Input, fault: str, judged: Callable[[bytes], Verdict]) -> bytes:
    kind = fault.partition(":")[0]
    if kind == "memory":
        return given.data
    tries = 25 if kind.startswith(("slow", "Hang")) else 600
    return shrink(given.data, lambda data: judged(data).fault.startswith(kind), tries)


def _peak_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
