"""What a party has without a deal, in words: a number, an outcome, a lottery, or a war."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.report.names import Names
from negsim.report.paths import figure_words, points_words
from negsim.report.phrases import option_title
from negsim.scenario.no_deal import Charge, EndState, Lottery, NoDeal, Stance, WarValue
from negsim.scenario.quantities import Quantity
from negsim.scenario.types import Issue, Party, SameAs, Scenario
from negsim.scenario.words import joined

__all__ = ["no_deal_lines", "no_deal_words"]


def no_deal_words(no_deal: NoDeal | None, scenario: Scenario) -> str:
    """Say what a party has without a deal, in a sentence or less; what more there is, `no_deal_lines` says."""
    match no_deal:
        case None:
            return "no stake of its own"
        case Lottery():
            return f"a lottery over {joined([end.id for end in no_deal.ends])}{_stance(no_deal)}"
        case WarValue():
            return f"the war, on the side of {Names(scenario).within[no_deal.side]}{_stance(no_deal)}"
        case _:
            return _state(no_deal, scenario)


def no_deal_lines(actor: Party, scenario: Scenario) -> list[tuple[str, str]]:
    """Say item by item what a lottery or a war is worth to somebody; nothing of any other form."""
    match actor.no_deal:
        case Lottery():
            return list(_of_lottery(actor.no_deal, scenario))
        case WarValue():
            return list(_of_war(actor.no_deal, scenario))
        case _:
            return []


def _stance(no_deal: Lottery | WarValue) -> str:
    return ", to be taken up instead of talks" if no_deal.option is Stance.OUTSIDE else ""


def _of_lottery(lottery: Lottery, scenario: Scenario) -> Iterator[tuple[str, str]]:
    for end in lottery.ends:
        chance = "what is left" if end.probability is None else figure_words(end.probability, scenario)
        because = f" {end.because}" if end.because else ""
        yield end.id, f"probability {chance}; {_state(end.worth, scenario)}.{because}"
    for charge in lottery.costs:
        yield charge.id, f"costs {_charge(charge, 'points', scenario)}"
    if lottery.now is not None:
        yield "now", _state(lottery.now, scenario)


def _of_war(war: WarValue, scenario: Scenario) -> Iterator[tuple[str, str]]:
    yield "a win", _state(war.win, scenario)
    yield "a defeat", _state(war.lose, scenario)
    if war.now is not None:
        yield "now", _state(war.now, scenario)
    for charge in war.losses:
        yield charge.id, f"loses {_charge(charge, 'points', scenario)} now"
    for charge in war.costs:
        yield charge.id, f"costs {_charge(charge, 'points', scenario)} a year for good"
    if war.belief is None:
        yield "belief", "in the hazards as drawn"
    else:
        a, b = (figure_words(figure, scenario) for figure in (war.belief.a, war.belief.b))
        yield "belief", f"in winning as after {a} successes and {b} failures"


def _state(state: EndState, scenario: Scenario) -> str:
    """Say what a state of the world is worth."""
    if not isinstance(state, SameAs):
        return points_words(state, scenario, "worth")
    issues = {issue.id: issue for issue in scenario.issues}
    parts = [f"{issues[issue].title}: {option_title(issues[issue], option)}" for issue, option in state.options]
    parts += [f"{issues[issue].title}: {_level(level, issues[issue], scenario)}" for issue, level in state.levels]
    if state.rest is not None:
        parts.append(points_words(state.rest, scenario, "all other issues"))
    return f"worth the same as {'; '.join(parts)}"


def _charge(charge: Charge, unit: str, scenario: Scenario) -> str:
    shares = [f"{figure_words(share, scenario)} ({name})" for name, share in charge.factors]
    return " times ".join([figure_words(charge.points, scenario, unit), *shares])


def _level(level: Quantity, issue: Issue, scenario: Scenario) -> str:
    return figure_words(level, scenario, issue.unit)
