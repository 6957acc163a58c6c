"""What checking a file came to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from negsim.checks.verdict_codes import BROKEN, BUG, IDLE, IMPOSSIBLE, STILL_BROKEN, UNASKED, UNDECIDED
from negsim.errors import Place, Problem, Severity, format_path
from negsim.records import dataclass

if TYPE_CHECKING:
    from negsim.checks.counterexamples import Counterexample
    from negsim.checks.coverage import Covered
    from negsim.checks.judging.verdicts import Judgement
    from negsim.checks.questions import Answer
    from negsim.checks.replaying import Replay
    from negsim.checks.theorems import Checked

__all__ = ["FileReport", "Judged"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement with where the claim stands, and the counterexample that was written, if there is one."""

    judgement: Judgement
    place: Place | None
    counterexample: Counterexample | None = None

    @property
    def problem(self) -> Problem | None:
        """What is to be reported: nothing where the expectation holds."""
        expectation, verdict = self.judgement.expectation, self.judgement.verdict.value
        if verdict == "holds":
            return None
        is_asked = self.judgement.n_cases > 0
        code = BROKEN if verdict == "fails" else UNDECIDED if is_asked else UNASKED
        warns = expectation.warns or (verdict == "undecided" and is_asked)
        severity = Severity.WARNING if warns else Severity.ERROR
        said = "does not hold" if verdict == "fails" else "is undecided" if is_asked else "cannot be judged"
        return Problem(code, f"{expectation.id} {said}", expectation.path, self.place, "", severity)


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was found in one file: problems that keep it from being used, or what lint finds, and all else asked for.

    ``n_left_out`` counts expectations that were not judged, since enough had failed or somebody ``stopped`` it.
    """

    file: str
    problems: tuple[Problem, ...] = ()
    usable: bool = True
    judged: tuple[Judged, ...] = ()
    theorems: tuple[Checked, ...] = ()
    covered: tuple[tuple[Covered, Place | None], ...] = ()
    answers: tuple[Answer, ...] = ()
    replay: Replay | None = None
    n_left_out: int = 0
    stopped: bool = False

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """All that is to be reported as a problem, in the order in which it was found."""
        judged = (one.problem for one in self.judged)
        found = (one for one in judged if one is not None)
        return (*self.problems, *found, *self.of_theorems, *self.of_coverage, *self._of_replay())

    @property
    def of_theorems(self) -> tuple[Problem, ...]:
        """Theorems that fail, each a bug of negsim."""
        place = Place(self.file, 1, 1)
        return tuple(
            Problem(BUG, f"{one.theorem} does not hold: {one.detail} ({one.where})", place=place)
            for one in self.theorems
            if one.verdict.value == "fails"
        )

    @property
    def of_coverage(self) -> tuple[Problem, ...]:
        """Red lines and rules that never decided anything."""
        return tuple(
            Problem(
                IDLE,
                f"{format_path(one.path)} never kept a deal away by itself, in {one.n_worlds} worlds",
                one.path,
                place,
                severity=Severity.NOTE,
            )
            for one, place in self.covered
            if one.is_idle
        )

    def _of_replay(self) -> Iterator[Problem]:
        if self.replay is None or self.replay.stands is False:
            return
        place = Place(self.file, 1, 1)
        if self.replay.stands is None:
            yield Problem(IMPOSSIBLE, f"the counterexample cannot be replayed: {self.replay.reason}", place=place)
        else:
            message = f"{self.replay.of} still breaks {self.replay.expect}"
            severity = Severity.WARNING if self.replay.warns else Severity.ERROR
            yield Problem(STILL_BROKEN, message, place=place, severity=severity)
