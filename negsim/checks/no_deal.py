"""Bounds on what no deal is worth to a party, in any of its forms: over all values of uncertain numbers.

Every number is let move apart from every other, so that the bounds hold in every world and are not always reached.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from negsim.checks.means import mean_bounds
from negsim.checks.subject import Subject
from negsim.checks.supports import NAUGHT, Support, share_of
from negsim.errors import Path
from negsim.scenario.no_deal import Charge, EndState, Lottery, SameAs, Stance, WarValue
from negsim.scenario.types import IRRELEVANT, Issue, Party

__all__ = ["belief_bounds", "choice_bounds", "no_deal_bounds", "slope_bounds", "state_bounds", "stick_bounds"]


def no_deal_bounds(subject: Subject, owner: Party) -> Support:
    """Bound what a party's own no deal asks of a deal, before sticks; an outside option is taken where it is better."""
    no_deal, path = owner.no_deal, (*owner.path, "no_deal")
    if no_deal is None:
        return NAUGHT
    if isinstance(no_deal, Lottery):
        root = (*path, "lottery")
        value, losses = _lottery(subject, owner, no_deal, root), NAUGHT
    elif isinstance(no_deal, WarValue):
        root = (*path, "war")
        losses = _charges(subject, no_deal.losses, (*root, "losses"))
        value = _war(subject, owner, no_deal, root)
    else:
        return state_bounds(subject, owner, no_deal, path)
    if no_deal.option is Stance.INSIDE or no_deal.now is None:
        return value
    return value.at_least(state_bounds(subject, owner, no_deal.now, (*root, "now")) - losses)


def stick_bounds(subject: Subject, owner: Party) -> Support:
    """Bound what mediators' sticks take from a party's no deal."""
    total = NAUGHT
    for mediator in subject.scenario.parties:
        for lever in mediator.levers:
            if lever.party == owner.id:
                total += subject.supports[*mediator.path, "levers", lever.party, "stick"]
    return total


def state_bounds(subject: Subject, owner: Party, state: EndState, path: Path) -> Support:
    """Bound what a state of the world is worth to a party."""
    if not isinstance(state, SameAs):
        return subject.supports[path]
    if path not in subject.states:
        issues = [issue for issue in subject.scenario.issues if subject.weight(owner, issue.id).high > 0]
        values = [choice_bounds(subject, owner, state, path, issue) for issue in issues]
        subject.states[path] = mean_bounds(values, [subject.weight(owner, issue.id) for issue in issues])
    return subject.states[path]


def choice_bounds(subject: Subject, owner: Party, state: SameAs, path: Path, issue: Issue) -> Support:
    """Bound the value, on one issue, of the outcome that a state is the same as."""
    import numpy as np

    options, levels = dict(state.options), dict(state.levels)
    if issue.id in options:
        choice = (*issue.options, IRRELEVANT).index(options[issue.id])
        low, high = subject.value_bounds(owner, issue)[:, choice].tolist()
        return Support(low, high)
    if issue.id not in levels:
        return NAUGHT if state.rest is None else subject.supports[*path, "rest"]
    level = subject.supports[*path, "same_as", issue.id]
    position = np.array([float(level) for level in issue.levels])
    # A line that is bent only at levels is lowest and highest at a level or at an end of the range.
    nodes = np.concatenate([[level.low, level.high], position[(position > level.low) & (position < level.high)]])
    lines = subject.value_bounds(owner, issue)
    lowest, highest = (np.interp(nodes, position, line[: len(position)]) for line in lines)
    return Support(float(lowest.min()), float(highest.max()))


def belief_bounds(subject: Subject, owner: Party, war: WarValue) -> Support:
    """Bound the probability of winning by which a party with a war behind its no deal decides."""
    if war.belief is not None:
        path = (*owner.path, "no_deal", "war", "belief")
        return share_of(subject.supports[*path, "a"], subject.supports[*path, "b"])
    theirs, ours = _hazards(subject, war)
    chance = share_of(theirs, ours)
    # Where neither side ever collapses, winning is taken to be as likely as losing.
    return Support(min(chance.low, 0.5), max(chance.high, 0.5)) if theirs.low + ours.low == 0 else chance


def slope_bounds(subject: Subject, owner: Party, war: WarValue) -> Support:
    """Bound what the war gains in worth for each unit of the probability of winning it."""
    root = (*owner.path, "no_deal", "war")
    win, lose = (state_bounds(subject, owner, getattr(war, end), (*root, end)) for end in ("win", "lose"))
    theirs, ours = _hazards(subject, war)
    return share_of(theirs + ours, _rate(subject, owner)) * (win - lose)


def _lottery(subject: Subject, owner: Party, lottery: Lottery, root: Path) -> Support:
    """Weigh ends by probabilities: at an extreme each is at an end of its range, what is left goes to the open end."""
    worth = {end.id: state_bounds(subject, owner, end.worth, (*root, "ends", end.id, "worth")) for end in lottery.ends}
    chance = {
        end.id: subject.supports[*root, "ends", end.id, "probability"]
        for end in lottery.ends
        if end.probability is not None
    }
    left = next((worth[end.id] for end in lottery.ends if end.probability is None), NAUGHT)
    low, high = left.low, left.high
    for end_id, probability in chance.items():
        low += min(p * (worth[end_id].low - left.low) for p in (probability.low, probability.high))
        high += max(p * (worth[end_id].high - left.high) for p in (probability.low, probability.high))
    return Support(low, high) - _charges(subject, lottery.costs, (*root, "costs"))


def _war(subject: Subject, owner: Party, war: WarValue, root: Path) -> Support:
    """Bound (r now + (a + b)(p W + (1 - p) L) - c) / (r + a + b), with p the chance of winning."""
    win, lose = (state_bounds(subject, owner, getattr(war, end), (*root, end)) for end in ("win", "lose"))
    now = NAUGHT if war.now is None else state_bounds(subject, owner, war.now, (*root, "now"))
    now -= _charges(subject, war.losses, (*root, "losses"))
    chance, rate = belief_bounds(subject, owner, war), _rate(subject, owner)
    theirs, ours = _hazards(subject, war)
    ending = _mix(share_of(theirs + ours, rate), _mix(chance, win, lose), now)
    pace, cost = rate + theirs + ours, _charges(subject, war.costs, (*root, "costs"))
    return ending - Support(*(_ratio(*pair) for pair in ((cost.low, pace.high), (cost.high, pace.low))))


def _mix(share: Support, first: Support, second: Support) -> Support:
    """Bound share · first + (1 - share) · second."""
    return Support(
        min(p * first.low + (1 - p) * second.low for p in (share.low, share.high)),
        max(p * first.high + (1 - p) * second.high for p in (share.low, share.high)),
    )


def _ratio(cost: float, pace: float) -> float:
    return 0.0 if cost == 0 else cost / pace if pace > 0 else inf


def _hazards(subject: Subject, war: WarValue) -> tuple[Support, Support]:
    """Bound the hazards per year that the other side collapses, and one's own."""
    assert subject.scenario.war is not None
    collapse = {
        side.party: subject.supports["war", "sides", side.party, "collapse"] for side in subject.scenario.war.sides
    }
    ours = collapse.pop(war.side)
    (theirs,) = collapse.values()
    return theirs, ours


def _rate(subject: Subject, owner: Party) -> Support:
    return subject.supports.get((*owner.path, "discount_rate"), NAUGHT)


def _charges(subject: Subject, charges: Iterable[Charge], root: Path) -> Support:
    """Bound the sum of some charges, each times its factors."""
    total = NAUGHT
    for charge in charges:
        path = (*root, charge.id)
        each = subject.supports[(*path, "points") if charge.factors else path]
        for name, _ in charge.factors:
            each *= subject.supports[*path, "factors", name]
        total += each
    return total
