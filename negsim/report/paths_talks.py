"""What a quantity of the calendar of talks is called, in words."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.errors import Path
from negsim.report.names import Names
from negsim.scenario.talks import Event, PartialAgreement, Session, Talks, WhatIf

__all__ = ["calendar_words", "titled"]

Titled = Event | PartialAgreement | Session | WhatIf

_DAYS = {"lasts": "how many days it lasts", "fades": "in how many days half of it is gone"}


def titled(item: Titled) -> str:
    """Name an event, session, partial agreement or what-if: by its title in quotation marks, or by its id.

    >>> import datetime as dt
    >>> titled(Session("first", dt.date(2026, 2, 17))), titled(Session("first", title="In Geneva"))
    ('first', '“In Geneva”')
    """
    return f"“{item.title}”" if item.title else item.id


def calendar_words(path: Path, talks: Talks, names: Names) -> str:
    """Name the quantity at a path of the calendar."""
    _, block, item, *within = path
    match block:
        case "envoys":
            return _of_envoy(within, next(envoy.title or item for envoy in talks.envoys if envoy.id == item))
        case "events":
            return _of_happening(within, _named(talks.events, item), "happens", names)
        case "partial_agreements":
            return _of_happening(within, _named(talks.partial_agreements, item), "is concluded", names)
        case "what_if":
            return _of_happening(within, _named(talks.what_if, item), "", names)
        case "sessions":
            return f"the probability that the sides of {_named(talks.sessions, item)} discuss different issues"
        case _:
            return _FIGURES[block, within[0]].format(item)


_FIGURES = {
    ("reciprocity", "chance"): "the probability of the answer {}",
    ("reciprocity", "delay"): "after how many days the answer {} comes",
    ("counsel", "bias"): "the bias of who gives the counsel {}",
    ("counsel", "war_cost"): "the cost of war to who gives the counsel {}",
    ("deadline", "chance"): "the probability that the deadline is put off",
    ("deadline", "mean"): "after how many days talks end, on average",
}


def _named(items: Sequence[Titled], item_id: str) -> str:
    return next(titled(item) for item in items if item.id == item_id)


def _of_envoy(within: list[str], name: str) -> str:
    match within:
        case ["tactic", tactic, parameter]:
            return f"{f'the {parameter} of the tactic {tactic}'.replace('_', ' ')} of {name}"
        case _:
            return f"the probability that {name} sidesteps, a session"


def _of_happening(within: list[str], name: str, verb: str, names: Names) -> str:
    """Name a figure of an event, a partial agreement or a what-if."""
    match within:
        case ["rate"]:
            return f"how often {name} {verb}, a day"
        case ["delay"]:
            return f"after how many days {name} follows"
        case ["chance"]:
            return f"the probability that {name} {verb}"
        case ["unless_serious", party]:
            return f"the probability that {name} {verb} if {names.within[party]} is not serious"
        case ["in_return", party]:
            return f"what {names.within[party]} wants in return for {name}, in points"
        case [_, effect, figure]:
            what = f"the effect {effect} of {name}"
            return f"{_DAYS[figure]}: {what}" if figure in _DAYS else f"the size of {what}"
        case _:
            return name
