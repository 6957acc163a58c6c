"""Scenario files as pytest sees them: a file, and an item for each thing that is tested of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from negsim.checks.checking import Checking, judge_expectation, place_of_claim
from negsim.checks.file_report import FileReport, Judged
from negsim.errors import NegsimError, ScenarioError, Severity
from negsim.report.text_check import file_text
from negsim.scenario import LoadedScenario, load_with_places
from negsim.scenario.claims.tree import Expectation
from negsim.testing.plugin import number_of
from negsim.testing.warned import NegsimWarning

if TYPE_CHECKING:
    from negsim.checks.judging.variants import Variants

__all__ = ["ScenarioFile"]


class Unmet(Exception):
    """Something that is tested is not so; its text says what."""


class ScenarioFile(pytest.File):
    """A scenario file, read once in a process, whatever is tested of it."""

    _variants: Variants | None = None

    @cached_property
    def loaded(self) -> LoadedScenario:
        """The scenario. Its path is absolute, as a test may leave another working directory behind."""
        return load_with_places(self.path)

    @cached_property
    def checking(self) -> Checking:
        """How to check, as the options say."""
        config = self.config
        folder = config.getoption("negsim_save")
        return Checking(
            seed=number_of(config, "seed") or 0,
            max_examples=number_of(config, "max_examples"),
            most_worlds=number_of(config, "worlds"),
            folder=str(config.invocation_params.dir / folder) if folder else "",
        )

    def variants(self) -> Variants:
        """Give what the expectations are judged by; it is kept for the next item of this file."""
        from negsim.checks.judging.variants import Variants

        if self._variants is None:
            self._variants = Variants(self.loaded, seed=self.checking.seed)
        return self._variants

    def teardown(self) -> None:
        """Let go of arrays: this was the last item of the file."""
        self._variants = None

    def collect(self) -> Iterator[pytest.Item]:
        """List what is tested of the file.

        Raises
        ------
        pytest.Collector.CollectError
            If it cannot be read, with every problem in it.
        """
        try:
            scenario = self.loaded.scenario
        except NegsimError as error:
            raise self.CollectError(self.told(str(error))) from None
        if scenario.counterexample is not None:
            yield _Replay.from_parent(self, name="replay")
            return
        yield _Lint.from_parent(self, name="lint")
        for expectation in scenario.expectations:
            yield _Expect.from_parent(self, name=f"expect:{expectation.id}", expectation=expectation)

    def told(self, text: str) -> str:
        """Name files as they look from where pytest was started."""
        return text.replace(f"{self.config.invocation_params.dir}{os.sep}", "")

    def say(self, **found: Any) -> str:
        """Say what was found, in the words of negsim check."""
        return self.told(file_text(FileReport(str(self.path), **found)))


class _Item(pytest.Item):
    """Something that is tested of a scenario file."""

    parent: ScenarioFile

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.add_marker("negsim")

    def reportinfo(self) -> tuple[Path, int, str]:
        """Say where it stands: the file, the line from 0 on, and its name."""
        return self.path, self.line, self.name

    @property
    def line(self) -> int:
        """The line, from 0 on."""
        return 0

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any, **named: Any) -> Any:
        """Show what was found, and no traceback, unless negsim itself is at fault."""
        if isinstance(excinfo.value, Unmet | NegsimWarning | NegsimError):
            return self.parent.told(str(excinfo.value))
        return super().repr_failure(excinfo, *args, **named)

    def conclude(self, severity: Severity | None, text: str) -> None:
        """Fail, warn or pass, by how severe the worst is that was found; ``-rP`` shows what is said of a pass."""
        if severity is Severity.ERROR:
            raise Unmet(text)
        if severity is Severity.WARNING:
            self.warn(NegsimWarning(text))
        elif text:
            self.add_report_section("call", "negsim", text)


class _Lint(_Item):
    """That nothing in the file looks like a slip."""

    def runtest(self) -> None:
        """Look for slips."""
        from negsim.checks.lint import lint

        problems = lint(self.parent.loaded)
        found = {problem.severity for problem in problems}
        severest = next((one for one in (Severity.ERROR, Severity.WARNING) if one in found), None)
        self.conclude(severest, self.parent.say(problems=problems))


class _Expect(_Item):
    """That an expectation is met."""

    def __init__(self, *, expectation: Expectation, **given: Any) -> None:
        super().__init__(**given)
        self.expectation = expectation

    @property
    def line(self) -> int:
        """The line of the claim, or of the block if it stands in a base."""
        place = place_of_claim(self.parent.loaded, self.expectation.id)
        return place.line - 1 if place is not None and place.file == str(self.path) else 0

    def runtest(self) -> None:
        """Judge it."""
        variants = self.parent.variants()
        try:
            variants.whole()
        except ScenarioError as error:
            raise self.parent.loaded.located(error) from None
        judged = judge_expectation(self.expectation, variants, self.parent.checking)
        self._record(judged)
        severity = judged.problem.severity if judged.problem else None
        self.conclude(severity, self.parent.say(judged=(judged,)))

    def _record(self, judged: Judged) -> None:
        """Let JUnit files tell what kind of answer it was."""
        judgement = judged.judgement
        self.user_properties += [("verdict", judgement.verdict.value), ("kind", judgement.kind.value)]


class _Replay(_Item):
    """That a counterexample is none any more."""

    def runtest(self) -> None:
        """Replay it."""
        from negsim.checks.replaying import replay

        found = replay(self.parent.loaded, seed=self.parent.checking.seed)
        report = FileReport(str(self.path), replay=found)
        severities = [problem.severity for problem in report.all_problems]
        self.conclude(severities[0] if severities else None, self.parent.told(file_text(report)))
