"""What a scenario and a finding say, in words: options, demands, quantities, agreement rules, headlines."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from negsim.bargaining.result import BargainResult
from negsim.bargaining.told import Trace
from negsim.errors import Path, format_path
from negsim.model.estimates import Estimate
from negsim.report.names import Names, parties_in_order
from negsim.report.words import bound, count, percent_with_interval
from negsim.scenario.quantities import Beta, Constant, Normal, Pert, Quantity, Same, Triangular, Uniform
from negsim.scenario.types import IRRELEVANT, Agreement, Demand, Issue, Role, Scenario
from negsim.scenario.words import joined, number_text
from negsim.study.breakeven.result import BreakEven
from negsim.talks.result import TalksResult
from negsim.talks.story import Story
from negsim.zone.comparison import Comparison
from negsim.zone.deal_result import DealResult
from negsim.zone.result import ZoneResult

__all__ = [
    "NO_FORECAST",
    "SAMPLERS",
    "acceptable_words",
    "agreement_rule",
    "choice_title",
    "deal_headline",
    "demand_words",
    "headline",
    "in_earnest_sentence",
    "in_worlds_sentence",
    "option_title",
    "quantity_words",
    "settings_line",
    "size_sentence",
    "trace_settings_line",
]

NO_FORECAST = (
    "A world is one draw of everything the scenario leaves uncertain. The figures explore these assumptions;"
    " they are no forecast."
)

SAMPLERS = {"lhs": "Latin hypercube blocks", "random": "independent draws", "sobol": "scrambled Sobol' points"}


def in_earnest_sentence(scenario: Scenario) -> str:
    """Say what it means for a zone that somebody may not be in earnest; empty where nobody may."""
    if all(actor.good_faith is None for actor in scenario.actors):
        return ""
    return "Who is not in earnest counts as accepting nothing, so that there is no deal to miss then."


def option_title(issue: Issue, option: str) -> str:
    """Give an option's title; ``irrelevant`` reads "does not arise"."""
    if option == IRRELEVANT:
        return "does not arise"
    return issue.option_titles[issue.options.index(option)]


def choice_title(issue: Issue, choice: int) -> str:
    """Give the title of a choice by its index, ``irrelevant`` being the last."""
    return option_title(issue, issue.options[choice] if choice < len(issue.options) else IRRELEVANT)


def demand_words(demand: Demand, issue: Issue) -> str:
    """Say a stated position: "at least 30 years", "Zone or Line of contact", "anything"."""
    titles = [option_title(issue, option) for option in demand.stated]
    match demand.form:
        case "at_least":
            return f"at least {titles[0]}"
        case "at_most":
            return f"at most {titles[0]}"
        case "between":
            return f"{titles[0]} to {titles[1]}"
        case "any":
            return "anything"
        case _:
            return joined(titles, "or")


def quantity_words(quantity: Quantity, name: Callable[[Path], str] = format_path) -> str:
    """Say a quantity: a number, a range, a distribution with its figures, or that it is the same as another."""
    match quantity:
        case Constant(value):
            return _number(value)
        case Uniform(low, high):
            return f"{_number(low)} to {_number(high)}"
        case Normal(mean, sd):
            return f"normal, mean {_number(mean)}, sd {_number(sd)}"
        case Triangular(low, mode, high):
            return f"triangular, {_number(low)} to {_number(high)}, most likely {_number(mode)}"
        case Pert(low, mode, high):
            return f"PERT, {_number(low)} to {_number(high)}, most likely {_number(mode)}"
        case Beta(a, b, low, high):
            return f"beta({_number(a)}, {_number(b)}) on {_number(low)} to {_number(high)}"
        case Same(path):
            return f"the same as {name(path)}"


def _number(value: float) -> str:
    """Write a number with a typographic minus."""
    text = number_text(value)
    return f"−{text[1:]}" if text.startswith("-") else text


def agreement_rule(scenario: Scenario) -> str:
    """Say who must accept a deal, in one sentence or two."""
    signing = [party for party in scenario.parties if party.role is Role.SIGNATORY]
    names = Names(scenario).within
    agreement = scenario.agreement
    if agreement.quorum is None:
        first = f"{joined([party.title for party in signing])} must accept."
    else:
        enough = f"{agreement.quorum} of {count(len(signing), 'signatory', 'signatories')} must accept"
        first = f"{enough}{_vetoes(agreement, names)}."
    others = [f"{p.title} too, where {p.consents_to.text}" for p in scenario.parties if p.consents_to is not None]
    others += _at_home(scenario, names)
    return " ".join([first, *(f"{other}." for other in others)])


def _at_home(scenario: Scenario, names: Mapping[str, str]) -> list[str]:
    """Say who ratifies: for signatories, and for those who are asked only sometimes."""
    always, sometimes = (
        [
            names[ratifier.id]
            for party in parties_in_order(scenario)
            if (party.role is Role.SIGNATORY) is signs
            for ratifier in party.ratifiers
        ]
        for signs in (True, False)
    )
    said = [f"At home {joined(always)} must accept too"] if always else []
    return [*said, *(f"At home {name} too, where that party is asked" for name in sometimes)]


def _vetoes(agreement: Agreement, names: Mapping[str, str]) -> str:
    if not agreement.vetoes:
        return ""
    return f", {joined([names[party] for party in agreement.vetoes])} among them"


def acceptable_words(scenario: Scenario) -> str:
    """Say what makes a deal part of the zone, by the agreement rule."""
    if scenario.agreement.quorum is not None:
        return "acceptable to enough parties"
    everybody = all(party.role is Role.SIGNATORY for party in scenario.parties)
    suits = "acceptable to all" if everybody else "acceptable to all who must agree"
    return f"{suits}, at home too" if any(party.ratifiers for party in scenario.parties) else suits


def headline(result: ZoneResult, scenario: Scenario) -> str:
    """Say the finding in one sentence; where somebody ratifies, with what the negotiators alone could agree on."""
    found = in_worlds_sentence(result.p_zone, result.n_worlds, scenario, "some deal", "any deal")
    alone = result.stakes.negotiators
    if alone is None:
        return found
    worlds = "worlds" if alone.n_worlds == result.n_worlds else f"the first {count(alone.n_worlds, 'world')}"
    return f"{found} To the negotiators alone some is in {percent_with_interval(alone.p_zone)} of {worlds}."


def deal_headline(result: DealResult, scenario: Scenario) -> str:
    """Say in one sentence how often one deal is acceptable; where somebody ratifies, to the negotiators alone too."""
    found = in_worlds_sentence(result.p_in_zone, result.n_worlds, scenario, "this deal", "this deal")
    alone = result.stakes.negotiators
    if alone is None:
        return found
    return f"{found} To the negotiators alone it is in {percent_with_interval(alone)} of them."


def in_worlds_sentence(share: Estimate, n_worlds: int, scenario: Scenario, deal: str, none: str) -> str:
    """Say in which share of worlds a deal is acceptable to those who must agree."""
    suits = acceptable_words(scenario)
    if share.estimate <= 0:
        return f"In none of {count(n_worlds, 'world')}{_at(share.high, up=True)} is {none} {suits}."
    if share.estimate >= 1:
        return f"In all of {count(n_worlds, 'world')}{_at(share.low, up=False)} {deal} is {suits}."
    return f"In {percent_with_interval(share)} of worlds {deal} is {suits}."


def _at(share: float, *, up: bool) -> str:
    """Say the one bound that means something where no world, or every world, has a zone."""
    if share == (0 if up else 1):
        return ""
    return f" ({'at most' if up else 'at least'} {bound(share, up=up)} %)"


def size_sentence(result: ZoneResult) -> str:
    """Say how many outcomes the zone holds."""
    size = result.size
    if not result.enumerated:
        first = "They are too many to count those in a zone: issues"
        if result.questions.method == "merge":
            first = "Those in a zone were not counted: issues, as asked,"
        return (
            f"{first} were merged into efficient combinations. P(zone) is as exact as if all had been tested; deals"
            " were chosen among efficient outcomes."
        )
    if size.median is None:
        return f"None of {count(result.n_outcomes, 'outcome')} is in the zone in any world."
    many = f"Where there is a zone, its median size is {count(size.median, 'outcome')}"
    if size.p10 == size.p90:
        return f"{many}."
    return f"{many}; in the middle 80 % of those worlds it has {size.p10:,} to {size.p90:,}."


def settings_line(
    result: ZoneResult | Comparison | DealResult | BargainResult | TalksResult | BreakEven, version: str
) -> str:
    """Say what it would take to get the same figures again."""
    sampler = SAMPLERS[result.sampler]
    made = f"{count(result.n_worlds, 'world')}, seed {result.seed}, {sampler}; negsim {version}."
    return f"{made}\nIntervals are 95 %, in percentage points."


def trace_settings_line(trace: Trace | Story, sampler: str, version: str) -> str:
    """Say what it would take to get the same talks again."""
    return f"World {trace.world:,}, seed {trace.seed}, {SAMPLERS[sampler]}; negsim {version}."
