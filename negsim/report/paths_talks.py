"""What a quantity of the calendar of talks is called, by its path, in words."""

from __future__ import annotations

from negsim.errors import Path
from negsim.report.names import Names
from negsim.report.talks_names import TalksNames, plain
from negsim.scenario.types import Scenario

__all__ = ["talks_path_words"]


def talks_path_words(path: Path, scenario: Scenario) -> str:
    """Name the quantity of the calendar at a path, ``("talks", ...)``."""
    names = TalksNames(scenario)
    match path[1:]:
        case ("envoys", envoy, "tactic", tactic, parameter):
            return f"the {plain(parameter)} of the tactic {plain(tactic)} of {names.envoy(envoy)}"
        case ("envoys", envoy, _):
            return f"the probability that {names.envoy(envoy)} speaks of other things"
        case ("sessions", session, _):
            return f"the probability that sides talk past each other in “{names.session(session)}”"
        case ("events", event, *figure):
            return _of_happening(tuple(figure), f"“{names.event(event)}”", scenario)
        case ("partial_agreements", partial, *figure):
            return _of_happening(tuple(figure), f"“{names.partial(partial)}”", scenario)
        case ("reciprocity", answer, figure):
            return f"the {figure} of the answer “{plain(answer)}”"
        case ("counsel", counsel, "bias"):
            return f"the bias of the counsel “{plain(counsel)}”"
        case ("counsel", counsel, _):
            return f"what the counsellor loses by a real line in “{plain(counsel)}”"
        case ("deadline", "extensible", _):
            return "the probability that the deadline is put off"
        case ("deadline", *_):
            return "the mean time in days until talks end"
        case ("what_if", what_if, *figure):
            return _of_happening(tuple(figure), f"“{names.what_if(what_if)}”", scenario)
        case _:
            return plain(" ".join(path[1:]))


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
