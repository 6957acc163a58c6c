"""What the quantity at a path is called, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from negsim.errors import Path, format_path
from negsim.report.names import Names, line_title
from negsim.report.paths_talks import talks_path_words
from negsim.report.phrases import option_title, quantity_words
from negsim.scenario.inheritance import own_path
from negsim.scenario.inventory import coin_path, list_quantities
from negsim.scenario.quantities import Quantity, Same
from negsim.scenario.types import IRRELEVANT, Issue, Party, Scenario

__all__ = ["figure_words", "path_words", "points_words", "titles_of"]


def path_words(path: Path, scenario: Scenario) -> str:
    """Name the quantity or the coin at a path in words."""
    if path[0] == "parties":
        _, actor_id, *rest = own_path(path)
        actor = next(actor for actor in scenario.actors if actor.id == actor_id)
        issues = {issue.id: issue for issue in scenario.issues}
        return _of_actor(tuple(rest), actor, issues, Names(scenario))
    if path[0] == "talks":
        return talks_path_words(path, scenario)
    return _of_scenario(path, Names(scenario))


def titles_of(paths: Iterable[str], scenario: Scenario) -> dict[str, str]:
    """Name what written paths stand for: quantities in words, coins by what they decide, all else as it is written."""
    names = Names(scenario)
    known = {format_path(named.path): named.path for named in list_quantities(scenario)}
    coins = {
        format_path(
            coin_path(actor, line.id)
        ): f"whether {names.red_line(actor.id, line.id)} ({names.party[actor.id]}) is real"
        for actor in scenario.actors
        for line in actor.red_lines
    }
    return {path: coins.get(path) or (path_words(known[path], scenario) if path in known else path) for path in paths}


def points_words(quantity: Quantity, scenario: Scenario, verb: str) -> str:
    """Say so many points after a verb: "costs 3 to 10 points", "costs the same as ..."."""
    return f"{verb} {figure_words(quantity, scenario, 'points')}"


def figure_words(quantity: Quantity, scenario: Scenario, unit: str = "") -> str:
    """Say a quantity with its unit, or what it is the same as."""
    words = quantity_words(quantity, partial(path_words, scenario=scenario))
    if isinstance(quantity, Same) or not unit:
        return words
    return f"{words} {unit}"


def _of_actor(rest: Path, actor: Party, issues: Mapping[str, Issue], names: Names) -> str:
    name = names.within[actor.id]
    match rest:
        case ("no_deal", *within):
            return _of_no_deal(tuple(within), issues, name)
        case ("priorities", issue):
            return f"the priority of “{issues[issue].title}” for {name}"
        case ("values", issue, option):
            between = issues[issue].levels and option not in issues[issue].options and option != IRRELEVANT
            title = f"{option} {issues[issue].unit}".rstrip() if between else option_title(issues[issue], option)
            return f"the value of “{title}” on “{issues[issue].title}” for {name}"
        case ("red_lines", line, figure):
            what = "probability of being real" if figure == "real" else figure.replace("_", " ")
            return f"the {what} of “{line_title(actor, line)}” ({names.party[actor.id]})"
        case ("sacred", sacred, figure):
            title = next(held.title or held.id for held in actor.sacred if held.id == sacred)
            return f"the {figure} of what is sacred, “{title}” ({names.party[actor.id]})"
        case ("levers", target, *within):
            return _of_lever(tuple(within), name, names.within[target])
        case ("discount_rate" | "good_faith" | "serious" | "tactic" | "walks_out_below", *_):
            return _of_conduct(rest, name)
        case _:
            return f"the amount of the adjustment {rest[1]} of {name}"


def _of_conduct(within: Path, name: str) -> str:
    """Name a figure of how a party weighs what comes later, and of how it bargains."""
    match within:
        case ("tactic", tactic, parameter):
            return f"{f'the {parameter} of the tactic {tactic}'.replace('_', ' ')} of {name}"
        case ("walks_out_below",):
            return f"the belief below which {name} walks out"
        case ("serious",):
            return f"the probability that {name} is in earnest"
        case _:
            return f"the {within[0].replace('_', ' ')} of {name}"


def _of_lever(within: Path, mediator: str, target: str) -> str:
    match within:
        case ("stick",):
            return f"the stick of {mediator} for {target}"
        case ("carrots", carrot, _):
            return f"the carrot {carrot} of {mediator} for {target}"
        case _:
            return f"the credibility of the guarantee of {mediator} to {target}"


_STATES = {"win": "a win", "lose": "a defeat", "now": "what is held now"}


def _of_no_deal(within: Path, issues: Mapping[str, Issue], name: str) -> str:
    """Name a figure of what a party has without a deal."""
    held = f"the no-deal value of {name}"
    match within:
        case ("war", "win" | "lose" | "now" as state, *state_path):
            return _of_state(tuple(state_path), f"the worth of {_STATES[state]} to {name}", issues)
        case ("war", "belief", figure):
            return f"the {figure} of {name}'s belief in winning"
        case ("war", "losses" | "costs" as kind, charge, *figure):
            return _of_charge(f"the {'loss' if kind == 'losses' else 'yearly cost'} {charge}", figure, name)
        case ("lottery", "ends", end, "probability"):
            return f"the probability of the end {end} without a deal, for {name}"
        case ("lottery", "ends", end, "worth", *state_path):
            return _of_state(tuple(state_path), f"the worth of the end {end} to {name}", issues)
        case ("lottery", "costs", charge, *figure):
            return _of_charge(f"the cost {charge}", figure, name)
        case ("lottery", "now", *state_path):
            return _of_state(tuple(state_path), f"the worth of {_STATES['now']} to {name}", issues)
        case _:
            return _of_state(within, held, issues)


def _of_state(within: Path, held: str, issues: Mapping[str, Issue]) -> str:
    match within:
        case ("same_as", issue):
            return f"the level of “{issues[issue].title}” in {held}"
        case ("rest",):
            return f"the worth of all other issues in {held}"
        case _:
            return held


def _of_charge(charge: str, figure: list[str], name: str) -> str:
    match figure:
        case ["factors", factor]:
            return f"the share {factor} in {charge} without a deal, for {name}"
        case _:
            return f"{charge} without a deal, for {name}"


def _of_scenario(path: Path, names: Names) -> str:
    match path:
        case ("war", "sides", side, _):
            return f"the hazard that {names.within[side]} collapses"
        case ("durability", "breakers", party, _):
            return f"the hazard that {names.within[party]} breaks a deal"
        case ("durability", "supports", support, _):
            return f"the credibility of the support {support}"
        case ("durability", "power_shifts", shift, "points", party):
            return f"the points of the power shift {shift} for {names.within[party]}"
        case ("durability", "power_shifts", shift, _):
            return f"the probability of winning in the power shift {shift}"
        case ("durability", "remedies", remedy, _):
            return f"the share that the remedy {remedy} takes away"
        case ("side_payments", "worth", party):
            return f"the worth of side payments to {names.within[party]}"
        case _:
            return "the probability that talks break down" if path[0] == "protocol" else "the bound of side payments"
