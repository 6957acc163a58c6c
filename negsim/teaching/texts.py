"""The texts of a scenario in another language: a file beside it, ``NAME.texts.LANG.yaml``, from paths to texts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from negsim.errors import Path, Problem, ScenarioError, format_path
from negsim.scenario.findings import in_file_order
from negsim.scenario.reader import read_on
from negsim.scenario.types import Party, Scenario
from negsim.scenario.words import did_you_mean

__all__ = ["read_texts", "text_paths", "texts_file"]

_READ_AT_MOST = 2**20 + 1
_ENDINGS = (".scenario.yaml", ".yaml", ".yml")


def texts_file(scenario_file: str, language: str) -> str:
    """Name the file that holds the texts of a scenario in a language.

    >>> texts_file("cases/sale.scenario.yaml", "uk")
    'cases/sale.texts.uk.yaml'
    """
    ending = next((one for one in _ENDINGS if scenario_file.endswith(one)), "")
    return f"{scenario_file.removesuffix(ending)}.texts.{language}.yaml"


def text_paths(scenario: Scenario) -> dict[str, str]:
    """List the texts of a scenario that can stand on a sheet: {path: text}, in the order of the file."""
    return {format_path(path): text for path, text in _texts(scenario)}


def _texts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    yield ("title",), scenario.title
    yield ("about",), scenario.about
    for issue in scenario.issues:
        root = ("issues", issue.id)
        yield (*root, "title"), issue.title
        yield (*root, "about"), issue.about
        yield (*root, "unit"), issue.unit
        if not issue.levels:
            for option, title in zip(issue.options, issue.option_titles, strict=True):
                yield (*root, "options", option), title
    for actor in scenario.actors:
        yield from _texts_of(actor)
    for rule in scenario.rules:
        yield ("rules", rule.id, "because"), rule.because


def _texts_of(actor: Party) -> Iterator[tuple[Path, str]]:
    root = actor.path
    yield (*root, "title"), actor.title
    yield (*root, "about"), actor.about
    yield (*root, "sheet", "story"), actor.sheet.story
    for name, items in (("interests", actor.sheet.interests), ("may_say", actor.sheet.may_say)):
        for k, text in enumerate(items):
            yield (*root, "sheet", name, str(k)), text
    for line in actor.red_lines:
        yield (*root, "red_lines", line.id, "title"), line.title
        yield (*root, "red_lines", line.id, "because"), line.because
    for adjustment in actor.adjustments:
        yield (*root, "adjustments", adjustment.id, "because"), adjustment.because


def read_texts(file: str | os.PathLike[str], known: Mapping[str, str]) -> dict[str, str]:
    """Read a file of texts.

    Parameters
    ----------
    file : path
    known : mapping of str to str
        The paths that it may name, as `text_paths` lists them.

    Returns
    -------
    dict of str to str
        Empty texts are left out.

    Raises
    ------
    ScenarioError
        With every path that names no text, each at its place, and the nearest that does.
    OSError
        If it cannot be read.
    """
    with open(file, "rb") as stream:
        document = read_on(stream.read(_READ_AT_MOST), os.fspath(file))
    problems = list(document.problems)
    found = {}
    for path, text in document.tree.items():
        mark = document.marks.get((path,))
        place = (mark.key or mark.value) if mark else None
        if path not in known:
            message = f"{path} names no text of the scenario"
            problems.append(Problem("", message, place=place, help=did_you_mean(path, known)))
        elif not isinstance(text, str):
            problems.append(Problem("", f"{path} must be text; put it in quotes", place=mark.value if mark else None))
        elif text.strip():
            found[path] = text
    if problems:
        raise ScenarioError(in_file_order(tuple(problems), os.fspath(file)))
    return found
