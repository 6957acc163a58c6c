"""All rules over one scenario."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from negsim.checks.rules import RULES, Rule
from negsim.checks.subject import Finding, Subject
from negsim.errors import Path, Place, Problem, ScenarioError
from negsim.scenario import LoadedScenario
from negsim.scenario.marks import Document

__all__ = ["lint"]


def lint(loaded: LoadedScenario) -> tuple[Problem, ...]:
    """Look for what is valid in a scenario but probably not meant.

    Parameters
    ----------
    loaded : LoadedScenario
        From `negsim.scenario.load_with_places`.

    Returns
    -------
    tuple of Problem
        Warnings and notes in file order, each with its place; what stands in the file itself comes before what
        stands in its base. If the rules leave no outcome, or there are too many to enumerate, that is an error
        (NS410, NS411) among them, and the rules that look at outcomes are left out.

    Examples
    --------
    >>> from negsim.scenario import load_with_places
    >>> lint(load_with_places("scenarios/house-sale.scenario.yaml"))
    ()
    """
    subject = Subject(loaded)
    rules: Iterable[Rule] = RULES.values()
    problems: list[Problem] = []
    try:
        _ = subject.structure
    except ScenarioError as error:
        problems = list(loaded.located(error).problems)
        rules = [rule for rule in rules if not rule.over_outcomes]
    problems += (problem for rule in rules for problem in _apply(rule, subject))
    return tuple(sorted(problems, key=lambda problem: _order(problem, loaded.document.file)))


def _apply(rule: Rule, subject: Subject) -> Iterator[Problem]:
    for finding in rule.check(subject):
        place = finding.place or _place(finding, subject.document)
        yield Problem(rule.code, finding.message, finding.path, place, finding.help, rule.severity)


def _place(finding: Finding, document: Document) -> Place:
    """Find the mark of a path, or of the nearest block around it: then the key of that block says most."""
    path: Path = finding.path
    while path not in document.marks:
        path = path[:-1]
    mark = document.marks[path]
    return mark.key if mark.key is not None and (finding.on_key or path != finding.path) else mark.value


def _order(problem: Problem, file: str) -> tuple[bool, str, int, int, str, Path]:
    place = problem.place or Place(file, 0, 0)
    return (place.file != file, place.file, place.line, place.column, problem.code, problem.path)
