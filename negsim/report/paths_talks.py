"""What a quantity of the calendar of talks is called, by its path, in words."""

from __future__ import annotations

from negsim.errors import Path
from negsim.report.names import Names
from negsim.report.talks_names import TalksNames, plain
from negsim.scenario.types import Scenario

__all__ = ["talks_path_words"]


def talks_path_words(path: Path, scenario: Scenario) -> str:
    """Name the quantity of the calendar at a path, ``("talks", ...)``."""
    names, named = TalksNames(scenario), path[1:]
    match named:
        case ("envoys", *_):
            return _of_envoy(named, names)
        case ("sessions", session, _):
            return f"the probability that sides talk past each other in “{names.session(session)}”"
        case ("events", event, *figure):
            return _of_happening(tuple(figure), f"“{names.event(event)}”", scenario)
        case ("partial_agreements", partial, *figure):
            return _of_happening(tuple(figure), f"“{names.partial(partial)}”", scenario)
        case ("what_if", what_if, *figure):
            return _of_happening(tuple(figure), f"“{names.what_if(what_if)}”", scenario)
        case ("deadline", *_):
            hazard = named[1] == "hazard"
            return "the days that talks last on average" if hazard else "the probability that the deadline is put off"
        case ("counsel", counsel, figure):
            return f"the {'bias of' if figure == 'bias' else 'price of war to'} the counsel “{plain(counsel)}”"
        case _:
            what = "delay in days" if named[-1] == "delay" else "probability"
            return f"the {what} of the answer “{plain(named[1])}”"


def _of_envoy(named: Path, names: TalksNames) -> str:
    name = names.envoy(named[1])
    if named[2] == "sidesteps":
        return f"the probability that {name} speaks of other things"
    return f"the {plain(named[-1])} of the tactic {plain(named[3])} of {name}"


def _of_happening(figure: Path, name: str, scenario: Scenario) -> str:
    """Name a figure of an event, of a partial agreement or of what would be otherwise."""
    match figure:
        case ("rate",):
            return f"how often a day {name} happens"
        case ("delay",):
            return f"the delay in days of {name}"
        case ("unless_serious", party):
            return f"the probability of {name} where {Names(scenario).within[party]} is not in earnest"
        case ("in_return", party):
            return f"what {Names(scenario).within[party]} wants in return for {name}"
        case ("effects", effect, "lasts"):
            return f"how many days “{plain(effect)}” of {name} lasts"
        case ("effects", effect, "fades"):
            return f"the half-life in days of “{plain(effect)}” of {name}"
        case ("effects", effect, *_):
            return f"the effect “{plain(effect)}” of {name}"
        case _:
            return f"the probability of {name}"
