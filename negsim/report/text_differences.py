"""What two scenarios say differently, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negsim.errors import Path, format_path
from negsim.report.names import Names, line_title
from negsim.report.page import Page
from negsim.report.phrases import option_title
from negsim.report.words import count
from negsim.scenario.differences import Differences
from negsim.scenario.inheritance import own_path
from negsim.scenario.marks import Plain
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined, number_text

__all__ = ["stated_words", "write_differences"]

_MOST_SHOWN = 20

_NOUNS = {
    "adjustments": "adjustment",
    "carrots": "carrot",
    "supports": "support",
    "power_shifts": "power shift",
    "remedies": "remedy",
    "discount_rate": "discount rate",
    "good_faith": "good faith",
    "no_deal": "no-deal value",
    "tracks": "track",
    "envoys": "envoy",
    "sessions": "session",
    "events": "event",
    "reciprocity": "answer",
    "partial_agreements": "partial agreement",
    "observed": "observation",
    "what_if": "what-if",
}
"""What is called otherwise than its key in a file."""


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
    if path[0] == "parties":
        return _of_actor(path, scenario)
    issues = {issue.id: issue for issue in scenario.issues}
    match path:
        case ("issues", issue):
            return f"the issue “{issues[issue].title}”"
        case ("issues", issue, _, option):
            return f"the option “{option_title(issues[issue], option)}” of “{issues[issue].title}”"
        case ("war" | "durability" | "side_payments" | "protocol" | "talks" as block, *held):
            return _of_block(block, held, Names(scenario).within)
        case _:
            return f"the {'rule' if path[0] == 'rules' else 'tie'} {path[1]}"


def _of_block(block: str, held: Sequence[str], names: Mapping[str, str]) -> str:
    """Name the war, durability, side payments, protocol or calendar, or what one of them holds."""
    whole = (
        "the calendar of talks"
        if block == "talks"
        else f"{'the ' if block in ('war', 'protocol') else ''}{block.replace('_', ' ')}"
    )
    match held:
        case []:
            return whole
        case ["breakers" | "sides" | "worth" as kind, party, *_]:
            return f"{names[party]} among the {kind if kind != 'worth' else 'parties'} of {whole}"
        case [kind, *further]:
            return _joined_words(f"the {_NOUNS.get(kind, kind)}", further)
        case _:
            return whole


def _of_actor(path: Path, scenario: Scenario) -> str:
    """Name a party, a ratifier or what one of them has."""
    _, actor_id, *rest = own_path(path)
    actor = next(actor for actor in scenario.actors if actor.id == actor_id)
    name = Names(scenario).within[actor_id]
    match rest:
        case []:
            return f"the {'ratifier' if actor.ratifies else 'party'} {name}"
        case ["red_lines", line]:
            return f"the red line “{line_title(actor, line)}” of {name}"
        case ["sacred", sacred]:
            title = next(held.title or held.id for held in actor.sacred if held.id == sacred)
            return f"the sacred “{title}” of {name}"
        case ["levers", target]:
            return f"the lever of {name} on {Names(scenario).within[target]}"
        case ["levers", target, kind, *further]:
            noun = _NOUNS.get(kind, kind)
            return _joined_words(f"the {noun} of {name} for {Names(scenario).within[target]}", further)
        case ["no_deal", *_, last]:
            return f"the {last.replace('_', ' ')} in the no-deal value of {name}"
        case [kind, *further]:
            return f"{_joined_words(f'the {_NOUNS.get(kind, kind)}', further)} of {name}"
        case _:
            return name


def _joined_words(first: str, further: Sequence[str]) -> str:
    return " ".join([first, *further])
