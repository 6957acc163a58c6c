"""From a file to a scenario."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from negsim.errors import Problem, ScenarioError, UsageError
from negsim.records import dataclass
from negsim.scenario.base import merge_base
from negsim.scenario.build import build_scenario
from negsim.scenario.edits import apply_override
from negsim.scenario.findings import in_file_order
from negsim.scenario.marks import Document
from negsim.scenario.reader import read_on
from negsim.scenario.types import Scenario
from negsim.scenario.words import nearest

__all__ = ["STUDY_MARK", "LoadedScenario", "interpret", "load", "load_with_places", "loads"]

STUDY_MARK = "negsim_study"
"""The key by which a study file is told from a scenario."""

_READ_AT_MOST = 2**20 + 1


@dataclass(frozen=True, slots=True)
class LoadedScenario:
    """A scenario with the document it was built from: base merged, overrides applied, every value with its place."""

    scenario: Scenario
    document: Document

    def located(self, error: ScenarioError) -> ScenarioError:
        """Give problems found later, which know only their path, the place of the nearest block that has one."""
        return ScenarioError(tuple(self._locate(problem) for problem in error.problems))

    def _locate(self, problem: Problem) -> Problem:
        path = problem.path
        while path not in self.document.marks:
            path = path[:-1]
        mark = self.document.marks[path]
        return replace(problem, place=problem.place or mark.key or mark.value)


def load(path: str | os.PathLike[str], *, overrides: Sequence[str] = ()) -> Scenario:
    """Load a scenario from a file.

    Parameters
    ----------
    path : path
        A scenario file, ``NAME.scenario.yaml``.
    overrides : sequence of str
        Changes for this time only, each ``PATH=VALUE``: ``parties.seller.no_deal=30..50``.

    Raises
    ------
    ScenarioError
        With every problem found, each at its place in the file.
    UsageError
        If an override makes no sense.
    """
    return load_with_places(path, overrides=overrides).scenario


def loads(text: str, *, file: str = "<text>", overrides: Sequence[str] = ()) -> Scenario:
    """Load a scenario from text; ``file`` is the name that problems give as their place.

    Raises
    ------
    ScenarioError, UsageError
        As `load` does.

    Examples
    --------
    >>> scenario = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 10, unit: euros}}
    ... parties:
    ...   buyer: {title: Buyer, demands: {price: 0}, no_deal: 30}
    ...   seller: {title: Seller, demands: {price: 100}, no_deal: 40..60}
    ... ''')
    >>> scenario.issues[0].n_choices, [party.id for party in scenario.parties]
    (11, ['buyer', 'seller'])
    """
    with _uncollected():
        return interpret(read_on(text, file), overrides).scenario


def load_with_places(path: str | os.PathLike[str], *, overrides: Sequence[str] = ()) -> LoadedScenario:
    """Load a scenario from a file, and keep where each of its values stands.

    Raises
    ------
    ScenarioError, UsageError
        As `load` does.
    """
    with _uncollected():
        return interpret(_read(os.fspath(path)), overrides)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold the search for cyclic garbage: reading makes none, and in a large file it takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def interpret(document: Document, overrides: Sequence[str] = ()) -> LoadedScenario:
    """Make a scenario of a document that was read, with changes; reading once and changing often saves time.

    Raises
    ------
    ScenarioError, UsageError
        As `load` does.
    """
    if STUDY_MARK in document.tree and "negsim" not in document.tree:
        raise UsageError(
            f"{document.file} is a study file, no scenario; negsim sweep {document.file} does what it says"
        )
    try:
        document = merge_base(document, _read_regular)
        for assignment in overrides:
            document = apply_override(document, assignment)
    except ScenarioError as error:
        raise ScenarioError(in_file_order((*document.problems, *error.problems), document.file)) from None
    except UsageError:
        # What the override does not find may be what could not be read.
        if document.problems:
            raise ScenarioError(in_file_order(document.problems, document.file)) from None
        raise
    return LoadedScenario(build_scenario(document), document)


def _read(path: str) -> Document:
    try:
        with open(path, "rb") as stream:
            return read_on(stream.read(_READ_AT_MOST), path)
    except (OSError, ValueError) as error:
        reason = error.strerror or "no such file" if isinstance(error, OSError) else "its name is none a file can have"
        help = _similar_file(path) if isinstance(error, FileNotFoundError) else ""
        problem = Problem("NS117", f"{path} cannot be read: {reason}", help=help)
        raise ScenarioError((problem,)) from None


def _read_regular(path: str) -> Document:
    """Read a base, which a file names and not the user: no device or pipe, which could go on for ever."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise ScenarioError((Problem("NS117", f"{path} cannot be read: it is not a file"),))
    return _read(path)


def _similar_file(path: str) -> str:
    """Name the file in the same folder that was probably meant."""
    folder, name = os.path.split(path)
    try:
        with os.scandir(folder or ".") as entries:
            names = [entry.name for entry in entries if entry.name.endswith((".yaml", ".yml"))]
    except (OSError, ValueError):
        return f"there is no folder {folder}"
    plain = {found.removesuffix(".scenario.yaml"): found for found in names}
    found = plain.get(nearest(name.removesuffix(".scenario.yaml"), plain)) or nearest(name, names)
    return f"did you mean {os.path.join(folder, found)}?" if found else ""
