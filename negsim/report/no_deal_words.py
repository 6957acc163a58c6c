"""What a party has without a deal, in words: a number, an outcome, a lottery, or a war."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.errors import Path
from negsim.report.names import Names
from negsim.report.paths import figure_words, points_words
from negsim.report.phrases import option_title
from negsim.report.provenance import origin_of
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


_Item = tuple[str, str, Path]
"""A name, what is said of it, and its path below that of the no-deal value."""


def no_deal_lines(actor: Party, scenario: Scenario) -> list[tuple[str, str]]:
    """Say item by item what a lottery or a war is worth to somebody; nothing of any other form.

    Where an item comes from is said if it is from elsewhere than the whole.
    """
    match actor.no_deal:
        case Lottery():
            items, form = _of_lottery(actor.no_deal, scenario), "lottery"
        case WarValue():
            items, form = _of_war(actor.no_deal, scenario), "war"
        case _:
            return []
    root = (*actor.path, "no_deal")
    whole = origin_of(root, scenario)
    lines = []
    for name, text, below in items:
        of = origin_of((*root, form, *below), scenario)
        lines.append((name, f"{text}{of if of != whole else ''}"))
    return lines


def _stance(no_deal: Lottery | WarValue) -> str:
    return ", to be taken up instead of talks" if no_deal.option is Stance.OUTSIDE else ""


def _of_lottery(lottery: Lottery, scenario: Scenario) -> Iterator[_Item]:
    for end in lottery.ends:
        chance = "what is left" if end.probability is None else figure_words(end.probability, scenario)
        because = f" ({end.because})" if end.because else ""
        yield end.id, f"probability {chance}; {_state(end.worth, scenario)}{because}", ("ends", end.id)
    for charge in lottery.costs:
        yield charge.id, f"costs {_charge(charge, 'points', scenario)}", ("costs", charge.id)
    if lottery.now is not None:
        yield "now", _state(lottery.now, scenario), ("now",)


def _of_war(war: WarValue, scenario: Scenario) -> Iterator[_Item]:
    yield "a win", _state(war.win, scenario), ("win",)
    yield "a defeat", _state(war.lose, scenario), ("lose",)
    if war.now is not None:
        yield "now", _state(war.now, scenario), ("now",)
    for charge in war.losses:
        yield charge.id, f"loses {_charge(charge, 'points', scenario)} now", ("losses", charge.id)
    for charge in war.costs:
        yield charge.id, f"costs {_charge(charge, 'points', scenario)} a year for good", ("costs", charge.id)
    if war.belief is None:
        yield "belief", "in the hazards as drawn", ()
    else:
        a, b = (figure_words(figure, scenario) for figure in (war.belief.a, war.belief.b))
        yield "belief", f"in winning as after {a} successes and {b} failures", ("belief",)


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
