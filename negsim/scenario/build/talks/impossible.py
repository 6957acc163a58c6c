"""What cannot have been seen: observations that contradict what a scenario says for certain, in every world."""

from __future__ import annotations

from negsim.errors import Path, format_path
from negsim.scenario.build.context import Context
from negsim.scenario.build.quantities import reach_of
from negsim.scenario.build.talks.calendar import ROOT
from negsim.scenario.quantities import Same
from negsim.scenario.talks import Binomial, Event, Observation, PartialAgreement, Talks
from negsim.scenario.words import number_text

__all__ = ["check_possible"]


def check_possible(talks: Talks, context: Context) -> None:
    """Report observations that no world can fit, since what they hang on is a constant that nothing changes.

    What-ifs change nothing before the day after ``now``, so they are no way out.
    """
    events = {event.id: event for event in talks.events}
    for seen in talks.observed:
        path, event = (*ROOT, "observed", seen.id), events.get(seen.event)
        if context.findings.is_touched(path) or context.findings.is_touched((*path, "binomial")):
            continue
        if seen.binomial is not None:
            _check_trials(seen.binomial, path, talks, context)
        elif event is not None and seen.count is not None:
            _check_count(event, seen.count, path, talks, context)
        elif event is not None and event.date is not None:
            _check_whether(event, seen, path, talks, context)


def _check_whether(event: Event, seen: Observation, path: Path, talks: Talks, context: Context) -> None:
    """Check an event with a date, which was seen to happen or not."""
    chance = _chance_of(event, talks, context)
    if chance == 1.0 and not seen.happened:
        message = f"{event.id} happens for certain, so it cannot have failed to happen"
        help = f"give {event.id} a chance below 1, or leave the observation out"
        context.findings.report("NS448", (*path, "happened"), message, help=help, breaks=False)
    elif chance == 0.0 and seen.happened:
        message = f"{event.id} has chance 0, so it cannot have happened"
        help = f"give {event.id} a chance above 0, or write happened: false"
        context.findings.report("NS448", (*path, "event"), message, help=help, breaks=False)


def _check_count(event: Event, count: int, path: Path, talks: Talks, context: Context) -> None:
    """Check how often an event with a rate was seen to happen, where nothing else brings it."""
    if count == 0 or any(answer.brings == event.id for answer in talks.reciprocity):
        return
    rate = _constant((*ROOT, "events", event.id, "rate"), talks, context)
    idle = "rate" if rate == 0.0 else "chance" if _chance_of(event, talks, context) == 0.0 else ""
    if idle:
        message = f"{event.id} has {idle} 0, so it cannot have happened {_times(count)}"
        help = f"give {event.id} a {idle} above 0, or write count: 0"
        context.findings.report("NS448", (*path, "count"), message, help=help, breaks=False)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _check_trials(seen: Binomial, path: Path, talks: Talks, context: Context) -> None:
    """Check hits of what never hits, and misses of what never misses."""
    p, misses = _constant(seen.path, talks, context), seen.trials - seen.hits
    if (p == 0.0 and seen.hits > 0) or (p == 1.0 and misses > 0):
        dotted = format_path(seen.path)
        message = f"{dotted} is {number_text(p)}, so {seen.trials:,} trials cannot have had {seen.hits:,} hits"
        help = f"let {dotted} be a range, or leave the observation out"
        context.findings.report("NS448", (*path, "binomial", "hits"), message, help=help, breaks=False)


def _chance_of(event: Event, talks: Talks, context: Context) -> float | None:
    """Give the probability of an event if it is the same in all worlds on all days; None if it may not be."""
    path = (*ROOT, "events", event.id)
    if event.unless_serious or context.findings.is_touched((*path, "unless_serious")):
        return None
    return _constant((*path, "chance"), talks, context)


def _constant(path: Path, talks: Talks, context: Context) -> float | None:
    """Give the value of a quantity if it has one alone and no effect changes it; None if not, or where it is faulty."""
    reach = reach_of(path, context)
    if reach is None or reach[0] != reach[1] or _is_faulty(talks, context):
        return None
    happenings: list[Event | PartialAgreement] = [*talks.events, *talks.partial_agreements]
    changed = {effect.path for happening in happenings for effect in happening.effects}
    return None if _end_of(path, context) in changed else reach[0]


def _is_faulty(talks: Talks, context: Context) -> bool:
    """Tell whether something may be missing that would change quantities: an effect, or what has it."""
    touched = context.findings.is_touched
    for block, items in (("events", talks.events), ("partial_agreements", talks.partial_agreements)):
        below = (*ROOT, block)
        effects = [(*below, item.id, "effects", effect.id) for item in items for effect in item.effects]
        owners = [path for item in items for path in ((*below, item.id), (*below, item.id, "effects"))]
        if any(map(touched, (below, *owners, *effects))):
            return True
    return False


def _end_of(path: Path, context: Context) -> Path:
    """Follow ``same`` to the quantity with a value of its own; there is one, and no circle, since it has a reach."""
    named = context.find_quantity(path)
    while named is not None and isinstance(named.quantity, Same):
        path = named.quantity.path
        named = context.find_quantity(path)
    return path
