"""Plant faults one by one in copies of the project, and see whether the property that should notice does.

A fault is dead only where its killer ran and failed (exit code 1 of pytest), or did not end in time. A test that cannot
be collected or found proves nothing: it is broken, as is one that fails without any fault.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.fault import Fault

__all__ = ["NEGSIM", "Outcome", "Project", "Verdict", "run"]

_FAILED = 1
"""The exit code of pytest where tests ran and some failed; 2 to 5 mean that it did not come to that."""

_PASSED = 0


class Outcome(StrEnum):
    """What came of a planted fault."""

    KILLED = "killed"
    TIMED_OUT = "timed out"
    SURVIVED = "SURVIVED"
    BROKEN = "BROKEN"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one fault, the words of the test that decided it, and how long that took."""

    fault: Fault
    outcome: Outcome
    said: str
    seconds: float

    @property
    def is_dead(self) -> bool:
        """Whether the fault was noticed."""
        return self.outcome in (Outcome.KILLED, Outcome.TIMED_OUT)


@dataclass(frozen=True, slots=True)
class Project:
    """What is copied, from where, and the package that the copies must be seen to import."""

    root: Path
    parts: tuple[str, ...]
    package: str


NEGSIM = Project(
    Path(__file__).parents[2], ("negsim", "tests", "scenarios", "docs", "README.md", "pyproject.toml"), "negsim"
)


def run(
    faults: Sequence[Fault], project: Project = NEGSIM, *, n_jobs: int = 1, patience_seconds: float = 120
) -> Iterator[Verdict]:
    """Run each killer once without a fault, and each fault with its killer; give verdicts as they come.

    With a fault, a killer that takes longer than five times as long as without it, and ``patience_seconds`` more, has
    noticed: the fault lets it run in circles.

    Raises
    ------
    RuntimeError
        If a copy of the project does not import its own package.
    ValueError
        If a fault does not fit its file.
    """
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder, ThreadPoolExecutor(n_jobs) as pool:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(n_jobs):
            copies.put(_copy(project, Path(folder) / str(number)))
        sound: dict[str, Future[_End]] = {}
        verdicts = []
        for fault in faults:
            # In this order, so that whoever waits for a killer waits for one that has begun.
            if fault.killer not in sound:
                sound[fault.killer] = pool.submit(_run_sound, copies, fault.killer)
            verdicts.append(pool.submit(_run_faulty, copies, fault, sound[fault.killer], patience_seconds))
        try:
            for verdict in as_completed(verdicts):
                yield verdict.result()
        finally:
            pool.shutdown(cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _End:
    """How a run of pytest ended; without a code where it did not in time."""

    code: int | None
    said: str
    seconds: float


def _copy(project: Project, to: Path) -> Path:
    """Copy a project, and see that what is imported there is the copy."""
    to.mkdir()
    for part in project.parts:
        if (project.root / part).is_dir():
            shutil.copytree(project.root / part, to / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(project.root / part, to / part)
    command = [sys.executable, "-c", f"import {project.package}; print({project.package}.__file__)"]
    done = subprocess.run(command, cwd=to, env=_surroundings(to), capture_output=True, text=True, check=True)
    if not Path(done.stdout.strip()).resolve().is_relative_to(to.resolve()):
        raise RuntimeError(f"{project.package} is imported from {done.stdout.strip()}, not from its copy in {to}")
    return to


def _surroundings(copy: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_", "COVERAGE_"))}
    return kept | {"PYTHONPATH": str(copy), "HYPOTHESIS_PROFILE": "mutants"}


@contextmanager
def _borrowed(copies: SimpleQueue[Path]) -> Iterator[Path]:
    copy = copies.get()
    try:
        yield copy
    finally:
        copies.put(copy)


def _run_sound(copies: SimpleQueue[Path], killer: str) -> _End:
    with _borrowed(copies) as copy:
        return _run_test(copy, killer)


def _run_faulty(copies: SimpleQueue[Path], fault: Fault, sound: Future[_End], patience_seconds: float) -> Verdict:
    """Say what becomes of a fault, unless its killer fails without it."""
    without = sound.result()
    if without.code != _PASSED:
        return Verdict(fault, Outcome.BROKEN, f"without the fault: {without.said}", without.seconds)
    with _borrowed(copies) as copy, _planted(copy, fault):
        end = _run_test(copy, fault.killer, "-B", most_seconds=patience_seconds + 5 * without.seconds)
    outcomes = {_PASSED: Outcome.SURVIVED, _FAILED: Outcome.KILLED, None: Outcome.TIMED_OUT}
    return Verdict(fault, outcomes.get(end.code, Outcome.BROKEN), end.said, end.seconds)


@contextmanager
def _planted(copy: Path, fault: Fault) -> Iterator[None]:
    """Have a fault in the copy for a while."""
    file = copy / fault.file
    text, times = file.read_bytes(), file.stat()
    try:
        file.write_text(fault.planted(copy), encoding="utf-8")
        # Compiled code is known by the second in which its source was changed, and by its length.
        os.utime(file, (times.st_atime, times.st_mtime + 60))
        yield
    finally:
        file.write_bytes(text)
        os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def _run_test(copy: Path, killer: str, *options: str, most_seconds: float | None = None) -> _End:
    """Run one test in a copy, in a group of processes that ends with it."""
    quiet = ["-x", "-q", "-rfE", "--tb=short", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-cov"]
    command = [sys.executable, *options, "-m", "pytest", *quiet, killer]
    start = time.monotonic()
    with subprocess.Popen(
        command,
        cwd=copy,
        env=_surroundings(copy),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=most_seconds)
            code, words = process.returncode, _last_words(said)
        except subprocess.TimeoutExpired:
            code, words = None, f"not done after {most_seconds:.0f} seconds"
        finally:
            _end(process)
    return _End(code, words, time.monotonic() - start)


def _end(process: subprocess.Popen[str]) -> None:
    """End whatever is left of the group of a process."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _last_words(said: str) -> str:
    """Give the line that tells why pytest failed, or its last one."""
    lines = [line for line in said.splitlines() if line.strip()] or ["(silence)"]
    return next((line for line in lines if line.startswith(("FAILED ", "ERROR"))), lines[-1])
