"""What a scenario says of the calendar of its talks, as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from negsim.report.days import day_words
from negsim.report.names import Names
from negsim.report.page import Page
from negsim.report.paths import figure_words, path_words
from negsim.report.provenance import origin_of
from negsim.report.talks_names import titled
from negsim.report.words import count
from negsim.scenario.quantities import NOTHING, Beta, Constant, Normal, Pert, Quantity, Triangular, Uniform
from negsim.scenario.talks import ALWAYS, Deadline, Effect, Event, Extensible, Firm, Observation, Session, Talks
from negsim.scenario.types import Issue, Scenario
from negsim.scenario.words import joined

__all__ = ["write_calendar"]


def write_calendar(page: Page, scenario: Scenario) -> None:
    """Say when the parties meet and until when, what happens, what was seen and what is asked; nothing without any."""
    talks = scenario.talks
    if talks is None:
        return
    page.heading("Calendar of talks")
    if talks.about:
        page.paragraph(talks.about)
    page.paragraph(
        f"From {day_words(talks.start)} to {day_words(talks.horizon)}; seen up to {day_words(talks.now)}."
        f" {_deadline(talks, scenario)}"
    )
    for session in talks.sessions:
        page.item(_session(session, talks, scenario))
    for event in talks.events:
        page.item(_event(event, talks, scenario))
    for line in _rest(talks, scenario):
        page.item(line)


def _deadline(talks: Talks, scenario: Scenario) -> str:
    """Say what ends the talks."""
    deadline: Deadline = talks.deadline or Firm(talks.horizon)
    if isinstance(deadline, Firm):
        return f"Talks end with {day_words(deadline.date)}."
    if isinstance(deadline, Extensible):
        chance = figure_words(deadline.chance, scenario) + origin_of(("talks", "deadline", "extensible"), scenario)
        often = "" if deadline.times == 1 else f", {deadline.times} times at most"
        until = f"Talks end with {day_words(deadline.date)}, or are prolonged by {count(deadline.by, 'day')}"
        return f"{until} with a probability of {chance}{often}."
    since = f" from {day_words(deadline.start)} on" if deadline.start is not None else ""
    mean = figure_words(deadline.mean, scenario, "days") + origin_of(("talks", "deadline", "hazard"), scenario)
    return f"Talks may end on any day{since}, after {mean} on average."


def _session(session: Session, talks: Talks, scenario: Scenario) -> str:
    """Say when and where the parties meet, who speaks for them and about what."""
    tracks = {track.id: track for track in talks.tracks}
    said = [f"{titled(session)}: {_days(session.date, session.every, session.start, session.end)}"]
    if session.venue and session.venue not in session.title:
        said.append(session.venue)
    if session.format:
        said.append(session.format)
    if session.track:
        track = tracks[session.track]
        said.append(f"track {titled(track)}")
    speakers = {**dict(tracks[session.track].delegations if session.track else ()), **dict(session.delegations)}
    said += _speakers(speakers, talks, scenario)
    if session.agenda:
        titles = {issue.id: issue.title for issue in scenario.issues}
        said.append(f"only about {joined([f'“{titles[issue]}”' for issue in session.agenda])}")
    if session.exchanges is not None:
        said.append(count(session.exchanges, "round"))
    if session.mismatch != NOTHING:
        said.append(f"at cross purposes with a probability of {figure_words(session.mismatch, scenario)}")
    return f"{', '.join(said)}."


def _days(date: dt.date | None, every: int | None, start: dt.date | None, end: dt.date | None) -> str:
    if date is not None:
        return day_words(date)
    since, until = (
        f" {word} {day_words(day)}" if day is not None else "" for word, day in (("from", start), ("until", end))
    )
    return f"every {count(every or 0, 'day')}{since}{until}"


def _speakers(delegations: dict[str, str], talks: Talks, scenario: Scenario) -> Iterator[str]:
    names, titles = Names(scenario).within, {envoy.id: envoy.title or envoy.id for envoy in talks.envoys}
    if delegations:
        yield joined([f"{titles[envoy]} for {names[party]}" for party, envoy in sorted(delegations.items())])


def _event(event: Event, talks: Talks, scenario: Scenario) -> str:
    """Say when an event happens and what it changes."""
    said = [f"{titled(event)}: {_when(event, scenario)}"]
    if event.chance != ALWAYS:
        said.append(f"with a probability of {figure_words(event.chance, scenario)}")
    said += [
        f"{figure_words(chance, scenario)} if {Names(scenario).within[party]} is not serious"
        for party, chance in event.unless_serious
    ]
    if event.battle:
        said.append(f"a battle, {event.battle}")
    changes = [", ".join(said), *(_effect(effect, scenario) for effect in event.effects)]
    return f"{'; '.join(changes)}{origin_of(('talks', 'events', event.id), scenario)}."


def _when(event: Event, scenario: Scenario) -> str:
    if event.rate is not None:
        rate = f"{figure_words(event.rate, scenario)} times a day"
        return rate + "".join(
            f" {word} {day_words(day)}"
            for word, day in (("from", event.start), ("until", event.end))
            if day is not None
        )
    if event.after:
        later = "" if event.delay == NOTHING else f", {figure_words(event.delay, scenario, 'days')} later"
        return f"after {_called(event.after, scenario)}{later}"
    if event.date is None and event.every is None:
        return "in answer to others"
    return _days(event.date, event.every, event.start, event.end)


def _effect(effect: Effect, scenario: Scenario) -> str:
    """Say what an effect does to which quantity."""
    change = f"{path_words(effect.path, scenario)} {_does(effect, scenario)}"
    if effect.lasts is not None:
        return f"{change} for {figure_words(effect.lasts, scenario, 'days')}"
    if effect.fades is not None:
        return f"{change}, half of it gone in {figure_words(effect.fades, scenario, 'days')}"
    return change


_VERBS = {"set": "becomes", "multiply": "is multiplied by"}


def _does(effect: Effect, scenario: Scenario) -> str:
    """Say what is done to a quantity: what is below 0 all over is taken away from it."""
    verb, amount = _VERBS.get(effect.operation, ""), effect.amount
    if effect.operation == "add":
        turned = _turned(amount)
        verb, amount = ("falls by", turned) if turned is not None else (_adds(amount), amount)
    return f"{verb} {figure_words(amount, scenario)}"


def _turned(amount: Quantity) -> Quantity | None:
    """Give the amount with the opposite sign where it lies below 0 all over, else None."""
    match amount:
        case Constant(value) if value < 0:
            return Constant(-value)
        case Uniform(low, high) if high <= 0:
            return Uniform(-high, -low)
        case Triangular(low, mode, high) if high <= 0:
            return Triangular(-high, -mode, -low)
        case Pert(low, mode, high) if high <= 0:
            return Pert(-high, -mode, -low)
        case _:
            return None


def _adds(amount: Quantity) -> str:
    """Choose the verb for what is added: it changes a quantity where it may lie below 0."""
    match amount:
        case Uniform(low=low) | Triangular(low=low) | Pert(low=low) | Beta(low=low) if low < 0:
            return "changes by"
        case Normal():
            return "changes by"
        case _:
            return "rises by"


def _called(identity: str, scenario: Scenario) -> str:
    """Name a session, an event, a partial agreement or a track by its title, or by its id."""
    talks = scenario.talks
    if talks is not None:
        for held in (talks.sessions, talks.events, talks.partial_agreements, talks.tracks):
            for one in held:
                if one.id == identity:
                    return titled(one)
    return identity


def _rest(talks: Talks, scenario: Scenario) -> Iterator[str]:
    """Say what is answered, what can be settled early, what a mediator tells, what was seen and what is asked."""
    names, issues = Names(scenario).within, {issue.id: issue for issue in scenario.issues}
    for answer in talks.reciprocity:
        chance, delay = figure_words(answer.chance, scenario), figure_words(answer.delay, scenario, "days")
        brings = f"{_called(answer.after, scenario)} brings {_called(answer.brings, scenario)}"
        yield f"{brings} {delay} later with a probability of {chance}."
    for partial in talks.partial_agreements:
        issue = issues[partial.issue]
        options = f"“{_option(issue, partial.to)}” instead of “{_option(issue, partial.instead_of)}”"
        chance = figure_words(partial.chance, scenario)
        yield f"{titled(partial)} may settle “{issue.title}” early: {options}, with a probability of {chance}."
    for counsel in talks.counsel:
        when = (
            f"on {day_words(counsel.date)}" if counsel.date is not None else f"at {_called(counsel.session, scenario)}"
        )
        line = path_words((*counsel.line, "real"), scenario).removeprefix("the probability of being real of ")
        told = f"{names[counsel.mediator]} tells {names[counsel.hears]} {when}"
        yield f"{told} whether {line} is real."
    for seen in talks.observed:
        yield f"Seen: {_seen(seen, scenario)}."
    for what_if in talks.what_if:
        moved = [
            f"sessions of {_called(one, scenario)} are held on {_called(other, scenario)}"
            for one, other in what_if.tracks
        ]
        changes = [*moved, *(_effect(effect, scenario) for effect in what_if.effects)]
        yield f"What if {titled(what_if)}: {'; '.join(changes)}."


def _between(seen: Observation) -> str:
    if seen.start is None or seen.end is None:
        return "so far"
    return f"from {day_words(seen.start)} to {day_words(seen.end)}"


def _option(issue: Issue, option: str) -> str:
    return issue.option_titles[issue.options.index(option)]


def _seen(seen: Observation, scenario: Scenario) -> str:
    """Say what was seen."""
    if seen.session:
        return f"{_called(seen.session, scenario)} brought no settlement"
    if seen.event and seen.count is not None:
        return f"{_called(seen.event, scenario)} {count(seen.count, 'time')} {_between(seen)}"
    if seen.event:
        return f"{_called(seen.event, scenario)} {'happened' if seen.happened else 'did not happen'}"
    if seen.partial:
        how = f"was concluded at {_called(seen.at, scenario)}" if seen.at else "was not concluded"
        return f"{_called(seen.partial, scenario)} {how}"
    trials = seen.binomial
    assert trials is not None
    by = "" if seen.date is None else f" by {day_words(seen.date)}"
    return f"{trials.hits:,} of {count(trials.trials, 'trial')}{by}, as to {path_words(trials.path, scenario)}"
