"""What two scenarios say differently, in words."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.errors import Path, format_path
from negsim.report.page import Page
from negsim.report.phrases import option_title
from negsim.report.words import count
from negsim.scenario.differences import Differences
from negsim.scenario.marks import Plain
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined, number_text

__all__ = ["stated_words", "write_differences"]

_MOST_SHOWN = 20


def write_differences(page: Page, differences: Differences, before: Scenario, after: Scenario) -> None:
    """Say what two scenarios state differently: single statements by their paths, and what only one has by name."""
    page.heading("What differs")
    for item in differences.changed[:_MOST_SHOWN]:
        page.item(f"{format_path(item.path)}: {stated_words(item.before)} → {stated_words(item.after)}")
    more = len(differences.changed) - _MOST_SHOWN
    if more > 0:
        page.paragraph(f"{count(more, 'further statement')}; --format json has all.")
    for which, paths, scenario in (
        ("first", differences.only_before, before),
        ("second", differences.only_after, after),
    ):
        if paths:
            page.item(f"Only in the {which}: {_names(paths, scenario)}.")
    if differences.n_texts:
        page.paragraph(_texts(differences))
    elif not differences.any_figure:
        page.paragraph("Nothing.")


def stated_words(value: Plain) -> str:
    """Write a statement as a file or ``--set`` has it.

    >>> stated_words({"normal": {"mean": 3, "sd": 0.5}}), stated_words(["a", "b"]), stated_words(None)
    ('{normal: {mean: 3, sd: 0.5}}', '[a, b]', 'not stated')
    """
    match value:
        case None:
            return "not stated"
        case dict():
            return "{" + ", ".join(f"{key}: {stated_words(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(stated_words(item) for item in value) + "]"
        case str():
            return value
        case _:
            return number_text(float(value))


def _texts(differences: Differences) -> str:
    places = count(differences.n_texts, "place")
    if differences.any_figure:
        return f"Titles, notes or sources differ too, in {places}."
    return f"Nothing but titles, notes or sources, in {places}."


def _names(paths: Sequence[Path], scenario: Scenario) -> str:
    names = [_name(path, scenario) for path in paths[:_MOST_SHOWN]]
    more = len(paths) - _MOST_SHOWN
    return joined([*names, f"{more:,} more"] if more > 0 else names)


def _name(path: Path, scenario: Scenario) -> str:
    """Name what only one scenario has, by its titles."""
    issues = {issue.id: issue for issue in scenario.issues}
    parties = {party.id: party for party in scenario.parties}
    match path:
        case ("issues", issue):
            return f"the issue “{issues[issue].title}”"
        case ("issues", issue, _, option):
            return f"the option “{option_title(issues[issue], option)}” of “{issues[issue].title}”"
        case ("parties", party):
            return f"the party {parties[party].title}"
        case ("parties", party, "red_lines", line):
            title = next(held.title or held.id for held in parties[party].red_lines if held.id == line)
            return f"the red line “{title}” of {parties[party].title}"
        case ("parties", party, _, adjustment):
            return f"the adjustment {adjustment} of {parties[party].title}"
        case _:
            return f"the {'rule' if path[0] == 'rules' else 'tie'} {path[1]}"
